#include "workflow/label_noise.hpp"

#include "base/error.hpp"
#include "model/cross_fit.hpp"
#include "validation/confident_learning.hpp"

#include <fmt/format.h>

#include <cmath>

namespace mlp::workflow {
namespace {

constexpr const char* k_id = "label_noise";
constexpr std::size_t k_most_rows = 20'000;
constexpr std::int64_t k_few = 30;
constexpr std::uint64_t k_sample = 0x6e6f6973; // stream of the sampled rows

struct Judged {
  std::vector<std::uint32_t> rows;
  std::vector<std::size_t> labels; ///< index among the classes that are frequent enough
  std::size_t classes = 0;
};

Judged judged_rows(const validation::LabelView& labels) {
  std::vector<std::uint32_t> sample;
  std::vector<std::int64_t> counts(labels.class_count());
  for (const std::uint32_t row : validation::sampled_rows(labels.values.size(), k_most_rows, k_sample)) {
    if (!std::isnan(labels.values[row])) {
      sample.push_back(row);
      ++counts[static_cast<std::size_t>(labels.values[row])];
    }
  }
  Judged judged;
  std::vector<std::size_t> place(counts.size());
  for (std::size_t k = 0; k < counts.size(); ++k) {
    place[k] = judged.classes;
    judged.classes += counts[k] >= k_few ? 1U : 0U;
  }
  for (const std::uint32_t row : sample) {
    const auto label = static_cast<std::size_t>(labels.values[row]);
    if (counts[label] >= k_few) {
      judged.rows.push_back(row);
      judged.labels.push_back(place[label]);
    }
  }
  return judged;
}

/// Nothing where there is no XGBoost to fit with.
const xgb::Library* library_of(Workspace& workspace, validation::Findings& findings) {
  try {
    return &workspace.xgboost();
  } catch (const Error& error) {
    if (error.code() != ErrorCode::environment) {
      throw;
    }
    findings.skip(k_id, error.what());
    return nullptr;
  }
}

} // namespace

void report_label_noise(Workspace& workspace, const validation::Subject& subject,
                        validation::Findings& findings) {
  if (!subject.labels || !has_classes(subject.labels->task) || subject.roles.features.empty()) {
    findings.skip(k_id, "it needs classes and features");
    return;
  }
  const Judged judged = judged_rows(*subject.labels);
  if (judged.classes < 2) {
    findings.skip(k_id, "fewer than two classes have 30 rows");
    return;
  }
  const xgb::Library* library = library_of(workspace, findings);
  if (library == nullptr) {
    return;
  }
  const Context& context = workspace.context();
  const std::vector<double> probabilities = model::out_of_fold_probabilities(
      subject.table, judged.rows, judged.labels, judged.classes, subject.roles, subject.project, *library,
      context.threads, &context.progress, &context.interrupt);
  const validation::NoisyLabels noisy =
      validation::noisy_labels(judged.labels, probabilities, judged.classes);
  Check& check = findings.add(
      k_id, CheckStatus::pass,
      fmt::format(
          "{:.1f}% of {} labels look like another class's to a small model that was not fitted on them",
          100 * noisy.share, judged.rows.size()),
      subject.roles.target);
  check.observed = noisy.share;
  check.n = static_cast<std::int64_t>(judged.rows.size());
  for (std::size_t i = 0; i < noisy.suspects.size() && i < validation::k_rows_named; ++i) {
    check.rows.push_back(static_cast<std::int64_t>(judged.rows[noisy.suspects[i]]) + 1);
  }
}

} // namespace mlp::workflow
