#include "dataset/column_rows.hpp"
#include "dataset/distribution.hpp"
#include "os/threads.hpp"
#include "validation/split_checks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace mlp::validation {
namespace {

using dataset::Column;
using dataset::ColumnShift;
using dataset::ShiftSide;

constexpr const char* k_id = "split_shift";
constexpr std::size_t k_most_rows = 50'000;
constexpr std::uint64_t k_sample = 0x73686966; // stream of the sampled rows

std::vector<std::uint32_t> sample_of(const std::vector<std::uint32_t>& rows) {
  std::vector<std::uint32_t> sample;
  for (const std::uint32_t i : sampled_rows(rows.size(), k_most_rows, k_sample)) {
    sample.push_back(rows[i]);
  }
  return sample;
}

double missing_share(const ShiftSide& side) {
  return static_cast<double>(side.missing) / static_cast<double>(side.count + side.missing);
}

double new_share(const ColumnShift& shift) {
  const auto rows = std::accumulate(shift.came.begin(), shift.came.end(), std::int64_t{0},
                                    [](std::int64_t sum, const auto& value) { return sum + value.second; });
  return shift.right.count == 0 ? 0.0 : static_cast<double>(rows) / static_cast<double>(shift.right.count);
}

std::string why_of(const ColumnShift& shift) {
  std::string text = fmt::format("'{}' lies {:.2f} apart ({}) between learnt and test rows", shift.name,
                                 shift.distance.value_or(0.0),
                                 shift.distance_name == "ks" ? "Kolmogorov-Smirnov" : "total variation");
  const double before = missing_share(shift.left);
  const double after = missing_share(shift.right);
  if (std::fabs(after - before) >= 0.05) {
    text += fmt::format(", is missing in {:.1f}% and {:.1f}%", 100 * before, 100 * after);
  }
  if (const double share = new_share(shift); !shift.came.empty() && share > 0.0) {
    text += fmt::format(", and {:.1f}% of the test rows hold values that were not learnt", 100 * share);
  }
  return text + ": the model is judged on other data than it learns from";
}

void add_shift(Findings& findings, const ColumnShift& shift, CheckStatus status) {
  Check& check = findings.add(k_id, status, status == CheckStatus::pass ? "" : why_of(shift), shift.name);
  check.observed = shift.distance.value_or(0.0);
  check.limit = std::max(dataset::k_alert_distance, shift.chance_distance);
  check.n = shift.right.count + shift.right.missing;
}

} // namespace

void check_split_shift(const Subject& subject, Findings& findings) {
  if (!subject.is_split()) {
    findings.skip(k_id, k_not_split);
    return;
  }
  if (subject.project.data.split.by == config::SplitBy::hash) {
    findings.skip(k_id, "split by hash: both sides are alike but for chance");
    return;
  }
  if (std::min(subject.learnt->rows.size(), subject.test->rows.size()) < dataset::k_few_to_shift) {
    findings.skip(k_id, fmt::format("fewer than {} learnt or test rows", dataset::k_few_to_shift));
    return;
  }
  const auto learnt = sample_of(subject.learnt->rows);
  const auto test = sample_of(subject.test->rows);
  std::vector<std::optional<ColumnShift>> shifts(subject.roles.features.size());
  os::parallel_for(shifts.size(), subject.threads, [&](std::size_t i) {
    const Column& left = subject.learnt->table->column(subject.roles.features[i]);
    const Column& right = subject.test->table->column(subject.roles.features[i]);
    if (left.type == right.type) { // else the tables are refused for it
      shifts[i] = shift_between(distribution_of(taken(left, learnt)), distribution_of(taken(right, test)));
    }
  });
  const ColumnShift* farthest = nullptr;
  bool any = false;
  for (const auto& shift : shifts) {
    if (!shift) {
      continue;
    }
    if (shift->drift() == dataset::Drift::alert) {
      add_shift(findings, *shift, CheckStatus::warn);
      any = true;
    }
    if (farthest == nullptr || shift->distance.value_or(0.0) > farthest->distance.value_or(0.0)) {
      farthest = &*shift;
    }
  }
  if (farthest == nullptr) {
    findings.skip(k_id, "no features");
  } else if (!any) {
    add_shift(findings, *farthest, CheckStatus::pass);
  }
}

} // namespace mlp::validation
