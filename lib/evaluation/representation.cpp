#include "evaluation/representation.hpp"

#include "metrics/chi_square.hpp"
#include "metrics/intervals.hpp"

#include <algorithm>
#include <limits>

namespace mlp::evaluation {
namespace {

std::map<std::string, std::int64_t> counts_of(const dataset::Column& column, std::size_t rows) {
  std::map<std::string, std::int64_t> counts;
  if (column.is_numeric()) {
    std::map<double, std::pair<std::int64_t, std::size_t>> by_number; // texts are made once a value
    for (std::size_t row = 0; row < rows; ++row) {
      if (!column.missing(row)) {
        auto& [n, example] = by_number[column.numbers[row]];
        ++n;
        example = row;
      }
    }
    for (const auto& [number, found] : by_number) {
      counts[column.text(found.second)] += found.first;
    }
    return counts;
  }
  std::vector<std::int64_t> by_code(column.categories.size(), 0);
  for (const std::int32_t code : column.codes) {
    if (code >= 0) {
      ++by_code[static_cast<std::size_t>(code)];
    }
  }
  for (std::size_t code = 0; code < by_code.size(); ++code) {
    counts[column.categories[code]] = by_code[code];
  }
  return counts;
}

void add_chi_square(Representation& result) {
  double chi_square = 0.0;
  for (const GroupShare& group : result.groups) {
    const double expected = group.expected * static_cast<double>(result.n);
    const double gap = static_cast<double>(group.n) - expected;
    if (expected > 0.0) {
      chi_square += gap * gap / expected;
    } else if (gap != 0.0) {
      chi_square = std::numeric_limits<double>::infinity();
    }
  }
  result.chi_square = chi_square;
  const auto degrees = static_cast<double>(result.groups.size()) - 1.0;
  if (degrees > 0.0) {
    result.p_value = chi_square < std::numeric_limits<double>::infinity()
                         ? metrics::chi_square_tail(chi_square, degrees)
                         : 0.0;
  }
}

} // namespace

const GroupShare* Representation::least() const {
  const GroupShare* least = nullptr;
  for (const GroupShare& group : groups) {
    if (group.ratio && (least == nullptr || *group.ratio < *least->ratio)) {
      least = &group;
    }
  }
  return least;
}

Representation representation_of(const dataset::Column& column, std::size_t rows,
                                 const std::map<std::string, double>& population, double level) {
  const auto counts = counts_of(column, rows);
  Representation result;
  double whole = 0.0;
  std::int64_t present = 0;
  for (const auto& [value, share] : population) {
    const auto found = counts.find(value);
    result.groups.push_back({value, found == counts.end() ? 0 : found->second, 0.0, share, {}, {}, {}});
    result.n += result.groups.back().n;
    whole += share;
  }
  for (const auto& [value, n] : counts) {
    present += n;
  }
  result.unlisted = present - result.n;
  result.missing = static_cast<std::int64_t>(rows) - present;
  for (GroupShare& group : result.groups) {
    group.expected /= whole;
    if (result.n == 0) {
      continue;
    }
    const auto n = static_cast<double>(result.n);
    group.share = static_cast<double>(group.n) / n;
    if (group.expected > 0.0) {
      const auto interval = metrics::wilson_interval(group.share, n, level);
      group.ratio = group.share / group.expected;
      group.lower = interval.lower / group.expected;
      group.upper = interval.upper / group.expected;
    }
  }
  if (result.n > 0) {
    add_chi_square(result);
  }
  return result;
}

Json to_json(const Representation& representation) {
  Json groups = Json::array();
  for (const GroupShare& group : representation.groups) {
    groups.push_back(
        Json::object({{"value", group.value},
                      {"n", group.n},
                      {"share", group.share},
                      {"expected", group.expected},
                      {"ratio", Json(group.ratio)},
                      {"ci", group.lower ? Json::array({*group.lower, *group.upper}) : Json()}}));
  }
  return Json::object({{"groups", std::move(groups)},
                       {"n", representation.n},
                       {"unlisted", representation.unlisted},
                       {"missing", representation.missing},
                       {"chi_square", Json(representation.chi_square)},
                       {"p", Json(representation.p_value)}});
}

} // namespace mlp::evaluation
