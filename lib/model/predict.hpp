#pragma once

#include "base/check.hpp"
#include "dataset/table.hpp"
#include "model/artifact.hpp"
#include "xgb/booster.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace mlp::model {

/// What was odd in the rows that were predicted.
struct InputReport {
  std::int64_t rows = 0;
  std::int64_t invalid_rows = 0;                       ///< with at least one of the below
  std::map<std::string, std::int64_t> unseen_category; ///< by column
  std::map<std::string, std::int64_t> out_of_range;
  std::map<std::string, std::int64_t> wrong_type;
  std::map<std::string, std::int64_t> missing; ///< for information; not invalid
};

/// Counts into `report` what the encoding of some rows found odd, by feature.
struct EncodingReport;
void add(const std::vector<Feature>& features, const EncodingReport& found, InputReport& report);

/// A loaded model. Tables are fitted to its features by column name.
class Predictor {
public:
  Predictor(Artifact artifact, const xgb::Library& library, unsigned threads);
  ~Predictor();
  Predictor(Predictor&&) noexcept;

  [[nodiscard]] const Artifact& artifact() const;
  /// The types in which a table must be read for this model (for dataset::ReadOptions::types).
  [[nodiscard]] std::map<std::string, dataset::ColumnType> types() const;

  /// Scores for `rows` of the table in metrics::Sample's layout: binary P(positive), multiclass [n·k],
  /// regression. `report` (may be null) counts odd values; `invalid` (may be null) is set to one flag a row.
  /// throws Error{input} naming every column that is missing or of a type that does not fit
  [[nodiscard]] std::vector<double> scores(const dataset::Table& table,
                                           const std::vector<std::uint32_t>& rows,
                                           InputReport* report = nullptr,
                                           std::vector<bool>* invalid = nullptr) const;

  // For explanations, which change some values of rows and look what comes of it.

  /// Rows as the booster takes them: [rows × features] float32, NaN = missing. throws what scores() throws
  [[nodiscard]] std::vector<float> encoded(const dataset::Table& table,
                                           const std::vector<std::uint32_t>& rows) const;
  /// Scores of encoded rows: what scores() gives for them.
  [[nodiscard]] std::vector<double> scores_of_encoded(std::span<const float> values) const;
  /// The same as the booster gives them, before the model's calibrator (if it has one) acts.
  [[nodiscard]] std::vector<double> booster_scores_of_encoded(std::span<const float> values) const;
  [[nodiscard]] xgb::Matrix matrix_of_encoded(std::span<const float> values) const;
  [[nodiscard]] const xgb::Booster& booster() const;

private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

} // namespace mlp::model
