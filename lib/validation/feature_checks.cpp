#include "validation/feature_checks.hpp"

#include "os/threads.hpp"
#include "validation/predictive_power.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>

namespace mlp::validation {
namespace {

constexpr double k_warn_power = 0.85; // evaluation.md §7
constexpr double k_fail_power = 0.95;
constexpr double k_fail_missing = 0.75;
constexpr double k_few = 30;
constexpr std::size_t k_most_rows = 50'000;
constexpr std::uint64_t k_sample = 0x706f7765; // stream of the sampled rows

std::vector<std::uint32_t> labelled_rows(const LabelView& labels) {
  std::vector<std::uint32_t> rows;
  for (std::size_t row = 0; row < labels.values.size(); ++row) {
    if (!std::isnan(labels.values[row])) {
      rows.push_back(static_cast<std::uint32_t>(row));
    }
  }
  return rows;
}

std::vector<std::uint32_t> sample_of(const std::vector<std::uint32_t>& rows) {
  std::vector<std::uint32_t> sample;
  for (const std::uint32_t i : sampled_rows(rows.size(), k_most_rows, k_sample)) {
    sample.push_back(rows[i]);
  }
  return sample;
}

/// Whether there are rows enough for a judgement.
bool enough(const LabelView& labels, const std::vector<std::uint32_t>& rows) {
  if (!has_classes(labels.task)) {
    return static_cast<double>(rows.size()) >= k_few;
  }
  std::vector<double> counts(labels.class_count());
  for (const std::uint32_t row : rows) {
    counts[static_cast<std::size_t>(labels.values[row])] += 1;
  }
  return std::count_if(counts.begin(), counts.end(), [](double rows_of) { return rows_of >= k_few; }) >= 2;
}

std::string power_text(const Subject& subject, const std::string& feature, double power) {
  switch (subject.labels->task) {
  case Task::binary:
    return fmt::format("'{}' alone orders the rows by '{}' with an AUC of {:.3f}", feature,
                       subject.roles.target, power);
  case Task::multiclass:
    return fmt::format("'{}' alone saves {:.1f}% of the Brier score of guessing '{}'", feature, 100 * power,
                       subject.roles.target);
  case Task::regression:
  case Task::ranking: // grades are numbers
    break;
  }
  return fmt::format("'{}' alone explains {:.1f}% of the variance of '{}'", feature, 100 * power,
                     subject.roles.target);
}

/// One entry for each that is no pass, else one for the highest.
struct Measured {
  std::string feature;
  double value = 0.0;
  std::int64_t n = 0;
};

/// For two classes the AUC with which a flag tells them apart, whichever way: ½ + ½·|difference of shares|.
double auc_of_shares(double flagged, double of, double other_flagged, double of_others) {
  return 0.5 + 0.5 * std::fabs(flagged / of - other_flagged / of_others);
}

double missing_auc_of_classes(const dataset::Column& column, const LabelView& labels,
                              const std::vector<std::uint32_t>& rows, double missing) {
  std::vector<double> counts(labels.class_count());
  std::vector<double> flagged(labels.class_count());
  for (const std::uint32_t row : rows) {
    const auto label = static_cast<std::size_t>(labels.values[row]);
    counts[label] += 1;
    flagged[label] += column.missing(row) ? 1 : 0;
  }
  const auto n = static_cast<double>(rows.size());
  double highest = 0.5;
  for (std::size_t k = 0; k < counts.size(); ++k) {
    if (counts[k] >= k_few && n - counts[k] >= k_few) {
      highest = std::max(highest, auc_of_shares(flagged[k], counts[k], missing - flagged[k], n - counts[k]));
    }
  }
  return highest;
}

double missing_auc_of_numbers(const dataset::Column& column, const LabelView& labels,
                              const std::vector<std::uint32_t>& rows) {
  std::vector<ScoredCell> cells;
  cells.reserve(rows.size());
  for (const std::uint32_t row : rows) {
    const bool missing = column.missing(row);
    cells.push_back({labels.values[row], missing ? 0.0 : 1.0, missing ? 1.0 : 0.0});
  }
  const double auc = auc_of(std::move(cells));
  return std::max(auc, 1 - auc);
}

void report(Findings& findings, const std::string& id, const std::vector<Measured>& measured, double warn,
            double fail, const std::function<std::string(const Measured&)>& why) {
  const Measured* highest = nullptr;
  bool any = false;
  for (const Measured& one : measured) {
    const CheckStatus status = judged(one.value, warn, fail);
    if (status != CheckStatus::pass) {
      Check& check = findings.add(id, status, why(one), one.feature);
      check.observed = one.value;
      check.limit = status == CheckStatus::fail ? fail : warn;
      check.n = one.n;
      any = true;
    }
    if (highest == nullptr || one.value > highest->value) {
      highest = &one;
    }
  }
  if (!any && highest != nullptr) {
    Check& check = findings.add(id, CheckStatus::pass, "", highest->feature);
    check.observed = highest->value;
    check.limit = warn;
    check.n = highest->n;
  }
}

} // namespace

void check_target_leakage(const Subject& subject, Findings& findings) {
  constexpr const char* id = "target_leakage";
  if (!subject.labels || subject.roles.features.empty()) {
    findings.skip(id, subject.labels ? "no features" : k_no_target);
    return;
  }
  const std::vector<std::uint32_t> rows = sample_of(labelled_rows(*subject.labels));
  if (!enough(*subject.labels, rows)) {
    findings.skip(id, "too few labelled rows");
    return;
  }
  const std::vector<std::string>& features = subject.roles.features;
  std::vector<Measured> measured(features.size());
  os::parallel_for(features.size(), subject.threads, [&](std::size_t i) {
    const double power = predictive_power(subject.table.column(features[i]), *subject.labels, rows);
    measured[i] = {features[i], power, static_cast<std::int64_t>(rows.size())};
  });
  report(findings, id, measured, k_warn_power, k_fail_power, [&](const Measured& one) {
    return fmt::format("{}: is it known when the model is asked? If not, give it `role: post_outcome`",
                       power_text(subject, one.feature, one.value));
  });
}

void check_missingness(const Subject& subject, Findings& findings) {
  constexpr const char* id = "missingness_leakage";
  if (!subject.labels || subject.roles.features.empty()) {
    findings.skip(id, subject.labels ? "no features" : k_no_target);
    return;
  }
  const std::vector<std::uint32_t> rows = sample_of(labelled_rows(*subject.labels));
  std::vector<Measured> measured;
  for (const std::string& feature : subject.roles.features) {
    const dataset::Column& column = subject.table.column(feature);
    const auto missing = static_cast<double>(
        std::count_if(rows.begin(), rows.end(), [&](std::uint32_t row) { return column.missing(row); }));
    if (missing < k_few || static_cast<double>(rows.size()) - missing < k_few) {
      continue;
    }
    const double auc = has_classes(subject.labels->task)
                           ? missing_auc_of_classes(column, *subject.labels, rows, missing)
                           : missing_auc_of_numbers(column, *subject.labels, rows);
    measured.push_back({feature, auc, static_cast<std::int64_t>(rows.size())});
  }
  if (measured.empty()) {
    findings.skip(id, "no feature is missing in 30 rows or more");
    return;
  }
  report(findings, id, measured, k_fail_missing, k_fail_missing, [&](const Measured& one) {
    return fmt::format("whether '{}' is missing tells '{}' with an AUC of {:.3f}: it is filled in after the "
                       "outcome, or because of it",
                       one.feature, subject.roles.target, one.value);
  });
}

} // namespace mlp::validation
