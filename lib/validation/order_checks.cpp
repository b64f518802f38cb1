#include "validation/order_checks.hpp"

#include "dataset/sorted_numbers.hpp"
#include "validation/predictive_power.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>

namespace mlp::validation {
namespace {

constexpr double k_warn_auc = 0.6; // evaluation.md §7
constexpr double k_few = 30;
constexpr double k_warn_correlation = 0.3;
constexpr std::size_t k_most_classes = 20;
constexpr double k_stuck_share = 0.05;
constexpr std::size_t k_stuck_rows = 100;
constexpr std::int64_t k_stuck_distinct = 20;

/// The labels as one 0/1 (or number) series each: the positive class, every frequent class, or the value.
struct Series {
  std::string name;
  std::vector<double> values; ///< [labelled rows], in the order of the file
};

std::vector<double> present(const std::vector<double>& values) {
  std::vector<double> kept;
  std::copy_if(values.begin(), values.end(), std::back_inserter(kept),
               [](double value) { return !std::isnan(value); });
  return kept;
}

std::vector<Series> series_of(const LabelView& labels, const std::string& target) {
  const std::vector<double> values = present(labels.values);
  if (labels.task != Task::multiclass) {
    return {{target, values}};
  }
  std::vector<Series> series;
  for (std::size_t k = 0; k < labels.classes.size() && k < k_most_classes; ++k) {
    Series one{fmt::format("{} = {}", target, labels.classes[k]), {}};
    for (const double value : values) {
      one.values.push_back(value == static_cast<double>(k) ? 1.0 : 0.0);
    }
    if (std::count(one.values.begin(), one.values.end(), 1.0) >= static_cast<std::ptrdiff_t>(k_few)) {
      series.push_back(std::move(one));
    }
  }
  return series;
}

struct OrderAuc {
  double auc = 0.5;
  double errors = 0.0; ///< standard errors from 0.5
};

OrderAuc auc_of_row_number(const std::vector<double>& labels, double above) {
  double before = 0; // rows not above so far
  double won = 0;
  double positive = 0;
  for (const double label : labels) {
    if (label > above) {
      ++positive;
      won += before;
    } else {
      ++before;
    }
  }
  if (positive < k_few || before < k_few) {
    return {};
  }
  const double auc = won / (positive * before);
  const double error = std::sqrt((positive + before + 1) / (12 * positive * before));
  return {std::max(auc, 1 - auc), std::fabs(auc - 0.5) / error};
}

/// Correlation of neighbours; 0 where the series is constant.
double neighbour_correlation(const std::vector<double>& values) {
  double mean = 0;
  for (const double value : values) {
    mean += value / static_cast<double>(values.size());
  }
  double squares = 0;
  double products = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    squares += (values[i] - mean) * (values[i] - mean);
    products += i > 0 ? (values[i] - mean) * (values[i - 1] - mean) : 0;
  }
  return squares > 0 ? products / squares : 0;
}

/// The longest stretch of one value.
struct Stretch {
  std::size_t begin = 0;
  std::size_t rows = 0;
  std::size_t elsewhere = 0;    ///< rows outside it with the same value
  std::size_t next_longest = 0; ///< of another value
};

Stretch longest_stretch(const std::vector<double>& values) {
  Stretch longest;
  for (std::size_t begin = 0; begin < values.size();) {
    std::size_t end = begin + 1;
    while (end < values.size() && values[end] == values[begin]) {
      ++end;
    }
    if (end - begin > longest.rows) {
      if (longest.rows > 0 && values[longest.begin] != values[begin]) {
        longest.next_longest = std::max(longest.next_longest, longest.rows);
      }
      longest.begin = begin;
      longest.rows = end - begin;
    } else if (values[longest.begin] != values[begin]) {
      longest.next_longest = std::max(longest.next_longest, end - begin);
    }
    begin = end;
  }
  if (longest.rows > 0) {
    const auto same = std::count(values.begin(), values.end(), values[longest.begin]);
    longest.elsewhere = static_cast<std::size_t>(same) - longest.rows;
  }
  return longest;
}

bool is_stuck(const Stretch& stretch, std::size_t rows) {
  return stretch.rows >= k_stuck_rows &&
         static_cast<double>(stretch.rows) >= k_stuck_share * static_cast<double>(rows) &&
         stretch.rows >= 4 * stretch.next_longest && 20 * stretch.elsewhere < rows - stretch.rows;
}

} // namespace

void check_row_order(const Subject& subject, Findings& findings) {
  constexpr const char* id = "order_leakage";
  if (!subject.labels) {
    findings.skip(id, k_no_target);
    return;
  }
  OrderAuc highest;
  std::string name = subject.roles.target;
  std::size_t n = 0;
  for (Series& series : series_of(*subject.labels, subject.roles.target)) {
    double above = 0;
    n = series.values.size();
    if (!has_classes(subject.labels->task) && n > 0) {
      std::vector<double> sorted = series.values;
      dataset::sort_numbers(sorted);
      above = dataset::quantile(sorted, 0.5);
    }
    const OrderAuc found = auc_of_row_number(series.values, above);
    if (found.auc > highest.auc) {
      highest = found;
      name = series.name;
    }
  }
  const bool odd = highest.auc >= k_warn_auc && highest.errors >= 4;
  Check& check = findings.add(
      id, odd ? CheckStatus::warn : CheckStatus::pass,
      odd ? fmt::format("the row's number tells '{}' with an AUC of {:.3f}: the file is sorted by it, or it "
                        "drifts; take care that no feature counts rows",
                        name, highest.auc)
          : "");
  check.observed = highest.auc;
  check.limit = k_warn_auc;
  check.n = static_cast<std::int64_t>(n);
}

void check_row_dependence(const Subject& subject, Findings& findings) {
  constexpr const char* id = "row_dependence";
  if (!subject.labels || !subject.is_split() || subject.test->table != &subject.table) {
    findings.skip(id, subject.labels ? k_not_split : k_no_target);
    return;
  }
  if (subject.labels->task == Task::ranking) {
    findings.skip(id, "queries stay whole: neighbours of one are on one side");
    return;
  }
  if (subject.project.data.split.by != config::SplitBy::hash) {
    findings.skip(id, "the split is not by hash");
    return;
  }
  double highest = 0;
  std::size_t n = 0;
  for (const Series& series : series_of(*subject.labels, subject.roles.target)) {
    highest = std::max(highest, neighbour_correlation(series.values));
    n = series.values.size();
  }
  const bool odd = highest >= k_warn_correlation && highest * std::sqrt(static_cast<double>(n)) >= 6;
  Check& check = findings.add(
      id, odd ? CheckStatus::warn : CheckStatus::pass,
      odd ? fmt::format(
                "'{}' of a row resembles that of the next one (correlation {:.2f}), and a split by "
                "hash puts neighbours on both sides: if rows follow each other, split by time or group",
                subject.roles.target, highest)
          : "");
  check.observed = highest;
  check.limit = k_warn_correlation;
  check.n = static_cast<std::int64_t>(n);
}

void check_stuck_columns(const Subject& subject, Findings& findings) {
  constexpr const char* id = "stuck_column";
  bool any = false;
  for (const std::string& name : subject.roles.features) {
    const dataset::Column& column = subject.table.column(name);
    const auto place = static_cast<std::size_t>(&column - subject.table.columns.data());
    if (column.type != dataset::ColumnType::number ||
        subject.profile.columns[place].unique < k_stuck_distinct) {
      continue;
    }
    const Stretch stretch = longest_stretch(column.numbers);
    if (!is_stuck(stretch, subject.table.rows)) {
      continue;
    }
    any = true;
    Check& check =
        findings.add(id, CheckStatus::warn,
                     fmt::format("'{}' keeps one value in rows {} to {}, and varies elsewhere: was it not "
                                 "measured there?",
                                 name, stretch.begin + 1, stretch.begin + stretch.rows),
                     name);
    check.observed = static_cast<double>(stretch.rows) / static_cast<double>(subject.table.rows);
    check.limit = k_stuck_share;
    check.n = static_cast<std::int64_t>(subject.table.rows);
    check.rows = {static_cast<std::int64_t>(stretch.begin) + 1};
  }
  if (!any) {
    findings.add(id, CheckStatus::pass, "").n = static_cast<std::int64_t>(subject.table.rows);
  }
}

} // namespace mlp::validation
