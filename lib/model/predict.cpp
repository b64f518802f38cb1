#include "model/predict.hpp"

#include "base/error.hpp"
#include "model/boosting.hpp"
#include "model/encoding.hpp"

#include <algorithm>
#include <span>
#include <utility>

namespace mlp::model {
namespace {

constexpr std::size_t k_rows_at_once = 1U << 16U; // bounds memory, whatever the size of the table

void add_to(std::map<std::string, std::int64_t>& counts, const std::string& column, std::int64_t rows) {
  if (rows > 0) {
    counts[column] += rows;
  }
}

Artifact built_in(Artifact artifact) {
  if (artifact.external) {
    throw Error(ErrorCode::input, "an external trainer made this model: there is no booster in it")
        .hint("`mlp predict` and `mlp eval` run its own command");
  }
  return artifact;
}

} // namespace

struct Predictor::Impl {
  Artifact artifact;
  xgb::Library library;
  xgb::Booster booster;
  unsigned threads;
  bool takes_rows; ///< plain trees predict straight from rows

  Impl(Artifact loaded, const xgb::Library& xgboost, unsigned thread_count)
      : artifact(built_in(std::move(loaded))), library(xgboost),
        booster(xgb::Booster::load(xgboost, artifact.booster, thread_count)), threads(thread_count),
        takes_rows(booster.kind() == "gbtree") {
    if (booster.feature_count() != artifact.features.size()) {
      throw Error(ErrorCode::corrupt, "the model's booster takes {} features, its features.json names {}",
                  booster.feature_count(), artifact.features.size());
    }
  }

  [[nodiscard]] std::size_t outputs() const {
    return artifact.task == Task::multiclass ? artifact.classes.size() : 1;
  }

  [[nodiscard]] xgb::Matrix matrix_of(std::span<const float> values, std::size_t rows) const {
    return {library, values, rows, feature_columns(artifact.features), threads};
  }

  [[nodiscard]] std::vector<double> predicted(std::span<const float> values, std::size_t rows) const {
    auto scores = boosted(values, rows);
    if (artifact.calibrator) {
      metrics::calibrate(*artifact.calibrator, outputs(), scores);
    }
    return scores;
  }

  [[nodiscard]] std::vector<double> boosted(std::span<const float> values, std::size_t rows) const {
    return scores_of(artifact.task, outputs(),
                     takes_rows ? booster.predict_rows(values, rows)
                                : booster.predict(matrix_of(values, rows)));
  }
};

void add(const std::vector<Feature>& features, const EncodingReport& found, InputReport& report) {
  for (std::size_t i = 0; i < features.size(); ++i) {
    const std::string& name = features[i].name;
    add_to(report.missing, name, found.oddities[i].missing);
    add_to(report.unseen_category, name, found.oddities[i].unseen_category);
    add_to(report.out_of_range, name, found.oddities[i].out_of_range);
    add_to(report.wrong_type, name, found.oddities[i].wrong_type);
  }
  report.rows += static_cast<std::int64_t>(found.invalid.size());
  report.invalid_rows += std::count(found.invalid.begin(), found.invalid.end(), 1);
}

Predictor::Predictor(Artifact artifact, const xgb::Library& library, unsigned threads)
    : impl_(std::make_unique<Impl>(std::move(artifact), library, threads)) {}

Predictor::~Predictor() = default;
Predictor::Predictor(Predictor&&) noexcept = default;

const Artifact& Predictor::artifact() const { return impl_->artifact; }

std::map<std::string, dataset::ColumnType> Predictor::types() const {
  std::map<std::string, dataset::ColumnType> types;
  for (const Feature& feature : impl_->artifact.features) {
    types.emplace(feature.name, feature.type);
  }
  return types;
}

std::vector<double> Predictor::scores(const dataset::Table& table, const std::vector<std::uint32_t>& rows,
                                      InputReport* report, std::vector<bool>* invalid) const {
  const Encoder encoder(impl_->artifact.features, table);
  std::vector<double> scores;
  scores.reserve(rows.size() * impl_->outputs());
  if (invalid != nullptr) {
    invalid->clear();
    invalid->reserve(rows.size());
  }
  for (std::size_t first = 0; first < rows.size(); first += k_rows_at_once) {
    const auto chunk = std::span(rows).subspan(first, std::min(k_rows_at_once, rows.size() - first));
    EncodingReport found;
    const auto values = encoder.encode(chunk, impl_->threads, &found);
    const auto more = impl_->predicted(values, chunk.size());
    scores.insert(scores.end(), more.begin(), more.end());
    if (report != nullptr) {
      add(impl_->artifact.features, found, *report);
    }
    if (invalid != nullptr) {
      invalid->insert(invalid->end(), found.invalid.begin(), found.invalid.end());
    }
  }
  return scores;
}

std::vector<float> Predictor::encoded(const dataset::Table& table,
                                      const std::vector<std::uint32_t>& rows) const {
  return Encoder(impl_->artifact.features, table).encode(rows, impl_->threads);
}

std::vector<double> Predictor::scores_of_encoded(std::span<const float> values) const {
  return impl_->predicted(values, values.size() / impl_->artifact.features.size());
}

std::vector<double> Predictor::booster_scores_of_encoded(std::span<const float> values) const {
  return impl_->boosted(values, values.size() / impl_->artifact.features.size());
}

xgb::Matrix Predictor::matrix_of_encoded(std::span<const float> values) const {
  return impl_->matrix_of(values, values.size() / impl_->artifact.features.size());
}

const xgb::Booster& Predictor::booster() const { return impl_->booster; }

} // namespace mlp::model
