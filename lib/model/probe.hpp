#pragma once

#include "model/external.hpp"
#include "model/predict.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace mlp::model {

/// One feature's values moved between rows: row i gets that of row from[i].
struct Swap {
  std::size_t feature = 0;
  std::vector<std::uint32_t> from; ///< [rows]
};

/// Some rows as a model sees them, and what it says of them when values of a feature change places: what an
/// explanation needs of a model that it cannot look into.
class Probe {
public:
  explicit Probe(std::vector<float> encoded) : encoded_(std::move(encoded)) {}
  Probe(const Probe&) = delete;
  Probe& operator=(const Probe&) = delete;
  virtual ~Probe() = default;

  [[nodiscard]] virtual const Artifact& artifact() const = 0;
  /// The rows as float32, [rows × features]; NaN = missing
  [[nodiscard]] std::span<const float> encoded() const { return encoded_; }
  [[nodiscard]] std::size_t rows() const { return encoded_.size() / artifact().features.size(); }

  /// Of the rows as they are, in metrics::Sample's layout.
  [[nodiscard]] virtual std::vector<double> scores() const = 0;
  /// The same after each swap alone. throws as the predictor's scores()
  [[nodiscard]] virtual std::vector<std::vector<double>> scores_after(std::span<const Swap> swaps) const = 0;
  /// As many swaps as are best asked for at once, ≥ 1.
  [[nodiscard]] virtual std::size_t swaps_at_once() const = 0;
  /// How its trees use each feature; empty where it has none, or nobody knows.
  [[nodiscard]] virtual std::vector<xgb::FeatureUse> feature_use() const = 0;
  /// Some of the rows; this must outlive it.
  [[nodiscard]] virtual std::unique_ptr<Probe> of(std::span<const std::uint32_t> positions) const = 0;

protected:
  /// The encoded values of some of the rows.
  [[nodiscard]] std::vector<float> encoded_of(std::span<const std::uint32_t> positions) const;

private:
  std::vector<float> encoded_;
};

/// A model of our own; the predictor must outlive it. throws what Predictor::scores() throws
[[nodiscard]] std::unique_ptr<Probe> probe_of(const Predictor& predictor, const dataset::Table& table,
                                              const std::vector<std::uint32_t>& rows);

/// A model whose command predicts: it runs once for many swaps. Predictor and table must outlive it.
[[nodiscard]] std::unique_ptr<Probe> probe_of(const ExternalPredictor& predictor, const dataset::Table& table,
                                              const std::vector<std::uint32_t>& rows);

} // namespace mlp::model
