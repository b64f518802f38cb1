#include "validation/feature_checks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace mlp::validation {
namespace {

constexpr std::size_t k_most_terms = 5;
constexpr std::size_t k_most_rows = 2000;
constexpr double k_exact = 1e-9; // of the variance may be left: what rounding leaves
constexpr std::uint64_t k_sample = 0x636f6d62;

using Vector = std::vector<double>;

double dot(const Vector& a, const Vector& b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

void centre(Vector& values) {
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
  for (double& value : values) {
    value -= mean;
  }
}

/// Takes from `values` what lies along `unit`.
void reduce(Vector& values, const Vector& unit) {
  const double along = dot(values, unit);
  for (std::size_t i = 0; i < values.size(); ++i) {
    values[i] -= along * unit[i];
  }
}

/// Which features, taken greedily (orthogonal matching pursuit, Pati et al. 1993), leave nothing of the
/// target; empty where five leave something.
std::vector<std::size_t> terms_of(std::vector<Vector> features, Vector target) {
  centre(target);
  const double whole = dot(target, target);
  Vector norms;
  for (Vector& feature : features) {
    centre(feature);
    norms.push_back(dot(feature, feature));
  }
  std::vector<std::size_t> taken;
  while (taken.size() < k_most_terms && whole > 0) {
    std::size_t best = features.size();
    double gain = 0;
    for (std::size_t f = 0; f < features.size(); ++f) {
      const double left = dot(features[f], features[f]);
      if (left <= 1e-12 * norms[f] || norms[f] <= 0) {
        continue; // nothing that the taken ones did not say
      }
      const double along = dot(features[f], target);
      if (along * along / left > gain) {
        gain = along * along / left;
        best = f;
      }
    }
    if (best == features.size()) {
      return {};
    }
    taken.push_back(best);
    Vector unit = features[best];
    const double length = std::sqrt(dot(unit, unit));
    for (double& value : unit) {
      value /= length;
    }
    reduce(target, unit);
    for (Vector& feature : features) {
      reduce(feature, unit);
    }
    if (dot(target, target) <= k_exact * whole) {
      return taken;
    }
  }
  return {};
}

/// Numeric features that are present in most rows, and the rows in which all of them and the target are.
struct Complete {
  std::vector<const dataset::Column*> columns;
  std::vector<std::uint32_t> rows;
};

Complete complete_rows(const Subject& subject) {
  Complete complete;
  for (const std::string& name : subject.roles.features) {
    const dataset::Column& column = subject.table.column(name);
    const auto missing = std::count_if(column.numbers.begin(), column.numbers.end(),
                                       [](double value) { return std::isnan(value); });
    if (column.type == dataset::ColumnType::number &&
        static_cast<std::size_t>(missing) * 10 <= subject.table.rows) {
      complete.columns.push_back(&column);
    }
  }
  for (const std::uint32_t row : sampled_rows(subject.table.rows, k_most_rows, k_sample)) {
    const bool whole =
        !std::isnan(subject.labels->values[row]) &&
        std::none_of(complete.columns.begin(), complete.columns.end(),
                     [&](const dataset::Column* column) { return std::isnan(column->numbers[row]); });
    if (whole) {
      complete.rows.push_back(row);
    }
  }
  return complete;
}

} // namespace

void check_target_combination(const Subject& subject, Findings& findings) {
  constexpr const char* id = "target_combination";
  if (!subject.labels || has_classes(subject.labels->task)) {
    findings.skip(id, subject.labels ? "the target is no number" : k_no_target);
    return;
  }
  const Complete complete = complete_rows(subject);
  if (complete.columns.empty() || complete.rows.size() < 30) {
    findings.skip(id, "too few rows in which all numbers are present");
    return;
  }
  std::vector<Vector> features;
  for (const dataset::Column* column : complete.columns) {
    Vector& values = features.emplace_back();
    for (const std::uint32_t row : complete.rows) {
      values.push_back(column->numbers[row]);
    }
  }
  Vector target;
  for (const std::uint32_t row : complete.rows) {
    target.push_back(subject.labels->values[row]);
  }
  std::string names;
  const std::vector<std::size_t> terms = terms_of(std::move(features), std::move(target));
  for (const std::size_t term : terms) {
    names += (names.empty() ? "'" : " and '") + complete.columns[term]->name + "'";
  }
  Check& check = findings.add(
      id, terms.empty() ? CheckStatus::pass : CheckStatus::fail,
      terms.empty() ? ""
                    : fmt::format("'{}' can be computed from {} exactly: they are parts of it, give them "
                                  "`role: ignore`",
                                  subject.roles.target, names),
      terms.empty() ? "" : complete.columns[terms.front()]->name);
  check.observed = static_cast<double>(terms.size());
  check.limit = 0;
  check.n = static_cast<std::int64_t>(complete.rows.size());
}

} // namespace mlp::validation
