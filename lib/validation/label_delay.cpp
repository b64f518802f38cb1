#include "validation/label_delay.hpp"

#include "config/scalars.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace mlp::validation {
namespace {

using dataset::Column;

constexpr const char* k_id = "label_delay";
constexpr double k_day_seconds = 86'400;

const Column* dates_of(const dataset::Table& table, const std::string& name) {
  const Column* column = table.find(name);
  return column != nullptr && column->type == dataset::ColumnType::datetime ? column : nullptr;
}

/// [rows] seconds from the row's time to its label; NaN where one of them is missing.
std::vector<double> delays_of(const Subject& subject, const Column& asked, const Column* known,
                              double duration) {
  std::vector<double> delays(subject.table.rows, std::numeric_limits<double>::quiet_NaN());
  for (std::size_t row = 0; row < delays.size(); ++row) {
    if (!std::isnan(subject.labels->values[row]) && !std::isnan(asked.numbers[row])) {
      delays[row] = known == nullptr ? duration : known->numbers[row] - asked.numbers[row];
    }
  }
  return delays;
}

/// Learnt rows whose label was not known yet at the first test row; none where time does not part the sides.
struct Late {
  std::int64_t rows = 0;
  FirstRows first;
};
Late late_labels(const Subject& subject, const Column& asked, const std::vector<double>& delays) {
  Late late;
  const Column* tested = subject.is_split() ? dates_of(*subject.test->table, asked.name) : nullptr;
  if (tested == nullptr) {
    return late;
  }
  double first_test = std::numeric_limits<double>::infinity();
  for (const std::uint32_t row : subject.test->rows) {
    first_test = std::fmin(first_test, tested->numbers[row]);
  }
  for (const std::uint32_t row : subject.learnt->rows) {
    if (asked.numbers[row] >= first_test) {
      return {}; // what time_leakage is about
    }
    if (asked.numbers[row] + delays[row] > first_test) {
      ++late.rows;
      late.first.add(row);
    }
  }
  return late;
}

std::string days(double seconds) { return fmt::format("{:.4g}", seconds / k_day_seconds); }

/// The value that a share of `sorted` does not exceed.
double nearest_rank(const std::vector<double>& sorted, double share) {
  const auto rank = std::ceil(share * static_cast<double>(sorted.size()));
  return sorted[static_cast<std::size_t>(std::max(rank, 1.0)) - 1];
}

void report(const Subject& subject, const Column& asked, const std::vector<double>& delays,
            Findings& findings) {
  std::vector<double> sorted;
  FirstRows early;
  for (std::size_t row = 0; row < delays.size(); ++row) {
    if (!std::isnan(delays[row])) {
      sorted.push_back(delays[row]);
    }
    if (delays[row] < 0) {
      early.add(row);
    }
  }
  if (sorted.empty()) {
    findings.skip(k_id, "no row has a target, its time and the time of the target");
    return;
  }
  std::sort(sorted.begin(), sorted.end());
  const auto before = std::lower_bound(sorted.begin(), sorted.end(), 0.0) - sorted.begin();
  const Late late = late_labels(subject, asked, delays);
  std::string why = fmt::format(
      "labels are known {} days after '{}' (median), nine of ten after {}, all after {}",
      days(nearest_rank(sorted, 0.5)), asked.name, days(nearest_rank(sorted, 0.9)), days(sorted.back()));
  if (before > 0) {
    why += fmt::format("; {} of them before it: was the row written after its outcome?", before);
  }
  if (late.rows > 0) {
    why +=
        fmt::format("; {} of {} learnt labels were not known yet at the first test row: set `gap: {:.0f}d` "
                    "in `split`",
                    late.rows, subject.learnt->rows.size(), std::ceil(sorted.back() / k_day_seconds));
  }
  const bool odd = before > 0 || late.rows > 0;
  Check& check =
      findings.add(k_id, odd ? CheckStatus::warn : CheckStatus::pass, std::move(why), subject.roles.target);
  check.observed = nearest_rank(sorted, 0.9) / k_day_seconds;
  check.n = static_cast<std::int64_t>(sorted.size());
  check.rows = before > 0 ? early.numbers() : late.first.numbers();
}

} // namespace

void check_label_delay(const Subject& subject, const config::DataSchema& schema, Findings& findings) {
  if (!subject.labels) {
    findings.skip(k_id, k_no_target);
    return;
  }
  const config::ColumnSchema* said = schema.find(subject.roles.target);
  if (said == nullptr || said->available_at.empty()) {
    findings.skip(k_id, "schema.yaml does not say when the target is known (`available_at`)");
    return;
  }
  const Column* asked = subject.roles.time ? dates_of(subject.table, *subject.roles.time) : nullptr;
  if (asked == nullptr) {
    findings.skip(k_id, "no column of dates has `role: time`");
    return;
  }
  const auto duration = config::parse_duration(said->available_at);
  const Column* known = duration ? nullptr : dates_of(subject.table, said->available_at);
  if (!duration && known == nullptr) {
    findings.skip(k_id, fmt::format("'{}' is no column of dates", said->available_at));
    return;
  }
  report(subject, *asked, delays_of(subject, *asked, known, static_cast<double>(duration.value_or(0))),
         findings);
}

} // namespace mlp::validation
