#pragma once

#include "config/project.hpp"
#include "dataset/roles.hpp"
#include "dataset/table.hpp"
#include "model/artifact.hpp"
#include "xgb/booster.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace mlp::model {

/// The features as the training rows show them: categories that occur there (sorted by bytes: code = index),
/// and for numbers the range: what mlp.yaml declares (min, max), else what occurs. Dates have no range, since
/// tomorrow's always lie outside.
[[nodiscard]] std::vector<Feature> learn_features(const dataset::Table& table,
                                                  std::span<const std::uint32_t> training_rows,
                                                  const dataset::Roles& roles, const config::Project& project,
                                                  unsigned threads);

/// The columns as XGBoost takes them: a category that never occurs is a number.
[[nodiscard]] std::vector<xgb::FeatureColumn> feature_columns(const std::vector<Feature>& features);

/// What was odd in one feature's column, in rows.
struct Oddities {
  std::int64_t missing = 0;
  std::int64_t unseen_category = 0;
  std::int64_t out_of_range = 0;
  std::int64_t wrong_type = 0;
};

struct EncodingReport {
  std::vector<Oddities> oddities;    ///< [features], added to
  std::vector<std::uint8_t> invalid; ///< [rows] 1: an unseen category, a value out of range or a wrong type
};

/// Turns a table's rows into the booster's input: float32, NaN = missing. Numbers beyond float32 become its
/// largest. A category that training never saw, or text that is not of the feature's type, is missing.
class Encoder {
public:
  /// Binds features to columns by name; both must outlive this.
  /// throws Error{input} naming every column that is missing or of a type that does not fit
  Encoder(const std::vector<Feature>& features, const dataset::Table& table);
  ~Encoder();

  /// [rows × features], row-major, on up to `threads` threads. `report` may be null.
  [[nodiscard]] std::vector<float> encode(std::span<const std::uint32_t> rows, unsigned threads,
                                          EncodingReport* report = nullptr) const;

private:
  struct Binding;
  void encode_block(std::span<const std::uint32_t> rows, std::span<float> out, std::span<Oddities> oddities,
                    std::span<std::uint8_t> invalid) const;
  std::vector<Binding> bindings_;
};

} // namespace mlp::model
