#include "workflow/model_checks.hpp"

#include "metrics/metric.hpp"
#include "model/encoding.hpp"
#include "model/predict.hpp"
#include "workflow/evidence.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace mlp::workflow {
namespace {

constexpr double k_dominant_share = 0.8;
constexpr double k_high_auc = 0.95;

std::optional<Check> dominance(Workspace& workspace, const model::Artifact& artifact,
                               const evaluation::Scored& scored) {
  if (artifact.external || (scored.task != Task::binary && scored.task != Task::multiclass)) {
    return std::nullopt;
  }
  const model::Predictor predictor(artifact, workspace.xgboost(), workspace.context().threads);
  if (predictor.booster().kind() == "gblinear") {
    return std::nullopt;
  }
  const metrics::MetricValue auc = metrics::measure(scored.task == Task::binary ? "roc_auc" : "roc_auc_ovr",
                                                    evaluation::model_sample_of(scored));
  if (!auc.value) {
    return std::nullopt;
  }
  std::vector<std::string> names;
  std::vector<double> gains;
  for (const model::Feature& feature : artifact.features) {
    names.push_back(feature.name);
  }
  for (const xgb::FeatureUse& use : predictor.booster().feature_use()) {
    gains.push_back(use.gain * static_cast<double>(use.splits));
  }
  return dominance_check(names, gains, *auc.value, auc.n);
}

std::vector<std::uint32_t> learnt_rows(const dataset::Table& table, const config::Project& project,
                                       const model::Artifact& artifact, unsigned threads) {
  auto rows = dataset::split_of(table, project, threads).rows_of(dataset::Part::train);
  const dataset::Target target = dataset::target_of(table, project, artifact.classes);
  std::erase_if(rows, [&](std::uint32_t row) { return std::isnan(target.values[row]); });
  return rows;
}

std::optional<Check> encodings(Workspace& workspace, const LoadedModel& model, const TestRows& test) {
  const config::Project& project = workspace.project();
  const Json& run = model.run.body;
  if (test.part != "test" || run["dataset"].string_or() != test.dataset.hex() ||
      run["sections"]["data"] != section_hashes(project)["data"] || !run["test_file"].is_null()) {
    return std::nullopt;
  }
  const unsigned threads = workspace.context().threads;
  const auto rows = learnt_rows(test.table, project, model.artifact, threads);
  dataset::Roles roles;
  for (const model::Feature& feature : model.artifact.features) {
    roles.features.push_back(feature.name);
  }
  const auto anew = model::learn_features(test.table, rows, roles, project, threads);
  std::vector<std::string> others;
  for (std::size_t i = 0; i < anew.size(); ++i) {
    const model::Feature& feature = model.artifact.features[i];
    if (feature.categories != anew[i].categories || feature.min != anew[i].min ||
        feature.max != anew[i].max) {
      others.push_back(feature.name);
    }
  }
  Check check{"preprocessing_leakage",
              CheckStatus::pass,
              static_cast<double>(others.size()),
              0.0,
              static_cast<std::int64_t>(rows.size()),
              "",
              ""};
  if (!others.empty()) {
    check.status = CheckStatus::fail;
    check.subject = others.front();
    check.why =
        fmt::format("the model's categories or range of '{}'{} are not those of its train part alone",
                    others.front(), others.size() > 1 ? fmt::format(" and {} more", others.size() - 1) : "");
  }
  return check;
}

} // namespace

std::optional<Check> dominance_check(const std::vector<std::string>& names, std::span<const double> gains,
                                     double auc, std::int64_t n) {
  const double total = std::accumulate(gains.begin(), gains.end(), 0.0);
  if (!(total > 0)) {
    return std::nullopt;
  }
  const auto largest = std::max_element(gains.begin(), gains.end());
  Check check{"leak_by_dominance", CheckStatus::pass, *largest / total, k_dominant_share, n, "", ""};
  if (*check.observed > k_dominant_share && auc > k_high_auc) {
    check.status = CheckStatus::warn;
    check.subject = names[static_cast<std::size_t>(largest - gains.begin())];
    check.why = fmt::format("'{}' alone makes {:.0f}% of the trees' gain, and the AUC is {:.3f}: is it known "
                            "when the model is asked?",
                            check.subject, 100 * *check.observed, auc);
  }
  return check;
}

std::vector<Check> model_checks(Workspace& workspace, const LoadedModel& model, const TestRows& test,
                                const evaluation::Scored& scored) {
  std::vector<Check> checks;
  for (auto&& check : {dominance(workspace, model.artifact, scored), encodings(workspace, model, test)}) {
    if (check) {
      checks.push_back(*check);
    }
  }
  return checks;
}

} // namespace mlp::workflow
