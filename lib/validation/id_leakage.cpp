#include "base/random.hpp"
#include "dataset/column_facts.hpp"
#include "dataset/sorted_numbers.hpp"
#include "validation/order_checks.hpp"
#include "validation/predictive_power.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace mlp::validation {
namespace {

constexpr double k_warn_auc = 0.6;             // of order_leakage (evaluation.md §7)
constexpr double k_errors = 4;                 // likewise, with one look
constexpr double k_few = 30;                   // rows of each kind
constexpr double k_id_share = 0.95;            // evaluation.md §7, "ID column"
constexpr std::size_t k_most_classes = 20;     // looked at one by one
constexpr std::uint64_t k_halves = 0x68616c66; // stream of the halves

/// What one look at an id says of each row, in the order of the labelled rows.
struct Look {
  std::string part;     ///< "order", "first letters", …
  bool ordered = false; ///< values are numbers whose order counts; else names of groups
  std::vector<double> values;
};

struct Found {
  double auc = 0.5;
  double errors = 0; ///< standard errors from 0.5
};

Found judged(std::vector<ScoredCell> cells, double negative, double positive) {
  if (negative < k_few || positive < k_few) {
    return {};
  }
  const double auc = auc_of(std::move(cells));
  return {auc, (auc - 0.5) / std::sqrt((negative + positive + 1) / (12 * negative * positive))};
}

Found by_order(const std::vector<double>& values, const std::vector<bool>& is_positive) {
  std::vector<ScoredCell> cells(values.size());
  double positive = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    cells[i].score = values[i];
    (is_positive[i] ? cells[i].positive : cells[i].negative) = 1;
    positive += is_positive[i] ? 1 : 0;
  }
  const Found found = judged(std::move(cells), static_cast<double>(values.size()) - positive, positive);
  return {std::max(found.auc, 1 - found.auc), std::fabs(found.errors)};
}

/// One half of the rows teaches each group's share of positives, which orders the other half.
Found by_group(const std::vector<double>& groups, const std::vector<bool>& is_positive) {
  std::map<double, ScoredCell> cells;
  std::map<double, std::pair<double, double>> learnt; // positive, all
  double negative = 0;
  double positive = 0;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if ((random_bits(k_seed, k_halves, i) & 1U) != 0) {
      learnt[groups[i]].first += is_positive[i] ? 1 : 0;
      learnt[groups[i]].second += 1;
    } else {
      (is_positive[i] ? cells[groups[i]].positive : cells[groups[i]].negative) += 1;
      (is_positive[i] ? positive : negative) += 1;
    }
  }
  const double overall = positive / std::max(1.0, positive + negative);
  std::vector<ScoredCell> scored;
  for (auto& [group, cell] : cells) {
    const auto& [hits, rows] = learnt[group];
    cell.score = (hits + overall) / (rows + 1);
    scored.push_back(cell);
  }
  return judged(std::move(scored), negative, positive);
}

std::string letters_of(const std::string& text) {
  const std::size_t digit = text.find_first_of("0123456789");
  return digit == 0 ? text.substr(0, 1) : text.substr(0, digit);
}

std::vector<Look> looks_of(const dataset::Column& column, const std::vector<std::uint32_t>& rows) {
  std::vector<Look> looks = {{"order", true, {}},
                             {"length", false, {}},
                             {"last character", false, {}},
                             {"first letters", false, {}}};
  std::map<std::string, double> starts;
  for (const std::uint32_t row : rows) {
    const std::string text = column.text(row);
    looks[0].values.push_back(column.is_numeric() ? column.numbers[row] : column.codes[row]);
    looks[1].values.push_back(static_cast<double>(text.size()));
    looks[2].values.push_back(static_cast<double>(text.back()));
    looks[3].values.push_back(
        starts.try_emplace(letters_of(text), static_cast<double>(starts.size())).first->second);
  }
  const std::vector<double>& order = looks[0].values;
  if (std::is_sorted(order.begin(), order.end()) || std::is_sorted(order.rbegin(), order.rend())) {
    return {looks[2]}; // it counts the rows: order_leakage speaks of them
  }
  return looks;
}

/// Ids by role, or by their values, that are offered to no trainer.
std::vector<const dataset::Column*> ids_of(const Subject& subject) {
  const dataset::Roles& roles = subject.roles;
  std::vector<const dataset::Column*> ids;
  for (std::size_t i = 0; i < subject.table.columns.size(); ++i) {
    const dataset::Column& column = subject.table.columns[i];
    const dataset::ColumnProfile& profile = subject.profile.columns[i];
    const bool other =
        column.name == roles.target || column.name == roles.time || column.name == roles.weight ||
        column.type == dataset::ColumnType::datetime || column.type == dataset::ColumnType::boolean ||
        dataset::role_of(subject.project, column.name) == config::Role::post_outcome ||
        std::find(roles.features.begin(), roles.features.end(), column.name) != roles.features.end();
    const bool names = dataset::like_names(column) &&
                       static_cast<double>(profile.unique) > k_id_share * static_cast<double>(profile.count);
    if (!other && (column.name == roles.id || names)) {
      ids.push_back(&column);
    }
  }
  return ids;
}

/// For each class that is looked at (or above the median), its name and which of `rows` are of it.
std::vector<std::pair<std::string, std::vector<bool>>> kinds_of(const Subject& subject,
                                                                const std::vector<std::uint32_t>& rows) {
  const LabelView& labels = *subject.labels;
  const bool classes = has_classes(labels.task);
  std::vector<double> values;
  for (const std::uint32_t row : rows) {
    values.push_back(labels.values[row]);
  }
  double limit = 0;
  if (!classes && !values.empty()) {
    std::vector<double> sorted = values;
    dataset::sort_numbers(sorted);
    limit = dataset::quantile(sorted, 0.5);
  }
  const bool many = labels.task == Task::multiclass;
  std::vector<std::pair<std::string, std::vector<bool>>> kinds;
  for (std::size_t k = 0; k < (many ? std::min(labels.classes.size(), k_most_classes) : 1); ++k) {
    auto& [name, is_positive] = kinds.emplace_back(subject.roles.target, std::vector<bool>());
    name += many ? " = " + labels.classes[k] : "";
    for (const double value : values) {
      is_positive.push_back(many ? value == static_cast<double>(k) : value > limit);
    }
  }
  return kinds;
}

struct Best {
  Found found;
  std::string column, part, kind;
  std::size_t rows = 0;
};

void look_at(const Subject& subject, const dataset::Column& column, Best& best, std::size_t& looks) {
  std::vector<std::uint32_t> rows;
  for (std::uint32_t row = 0; row < subject.table.rows; ++row) {
    if (!std::isnan(subject.labels->values[row]) && !column.missing(row)) {
      rows.push_back(row);
    }
  }
  const auto kinds = kinds_of(subject, rows);
  for (const Look& look : looks_of(column, rows)) {
    for (const auto& [kind, is_positive] : kinds) {
      ++looks;
      const Found found =
          look.ordered ? by_order(look.values, is_positive) : by_group(look.values, is_positive);
      if (found.auc >= k_warn_auc ? found.errors > best.found.errors || best.found.auc < k_warn_auc
                                  : found.auc > best.found.auc) {
        best = {found, column.name, look.part, kind, rows.size()};
      }
    }
  }
}

} // namespace

void check_id_leakage(const Subject& subject, Findings& findings) {
  constexpr const char* id = "id_leakage";
  if (!subject.labels) {
    findings.skip(id, k_no_target);
    return;
  }
  const std::vector<const dataset::Column*> ids = ids_of(subject);
  if (ids.empty()) {
    findings.skip(id, "no column names rows, or it is a feature");
    return;
  }
  Best best;
  std::size_t looks = 0;
  for (const dataset::Column* column : ids) {
    look_at(subject, *column, best, looks);
  }
  const double needed = std::sqrt(k_errors * k_errors + 2 * std::log(static_cast<double>(looks)));
  const bool odd = best.found.auc >= k_warn_auc && best.found.errors >= needed;
  Check& check = findings.add(
      id, odd ? CheckStatus::warn : CheckStatus::pass,
      odd ? fmt::format("the {} of '{}' tells '{}' with an AUC of {:.3f}: were rows of different outcomes "
                        "gathered apart? Never make a feature of it",
                        best.part, best.column, best.kind, best.found.auc)
          : "",
      odd ? best.column : "");
  check.observed = best.found.auc;
  check.limit = k_warn_auc;
  check.n = static_cast<std::int64_t>(best.rows);
}

} // namespace mlp::validation
