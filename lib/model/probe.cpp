#include "model/probe.hpp"

#include "dataset/column_rows.hpp"
#include "model/encoding.hpp"

#include <algorithm>
#include <numeric>

namespace mlp::model {
namespace {

constexpr std::size_t k_rows_a_command = 500'000; // its start costs a second, each row memory and disk

class BuiltInProbe final : public Probe {
public:
  BuiltInProbe(const Predictor& predictor, std::vector<float> encoded)
      : Probe(std::move(encoded)), predictor_(predictor) {}

  [[nodiscard]] const Artifact& artifact() const override { return predictor_.artifact(); }
  [[nodiscard]] std::vector<double> scores() const override {
    return predictor_.scores_of_encoded(encoded());
  }
  [[nodiscard]] std::size_t swaps_at_once() const override { return 1; }
  [[nodiscard]] std::unique_ptr<Probe> of(std::span<const std::uint32_t> positions) const override {
    return std::make_unique<BuiltInProbe>(predictor_, encoded_of(positions));
  }

  [[nodiscard]] std::vector<std::vector<double>> scores_after(std::span<const Swap> swaps) const override {
    const std::size_t width = artifact().features.size();
    std::vector<float> values(encoded().begin(), encoded().end());
    std::vector<std::vector<double>> scores;
    for (const Swap& swap : swaps) {
      for (std::size_t row = 0; row < rows(); ++row) {
        values[row * width + swap.feature] = encoded()[swap.from[row] * width + swap.feature];
      }
      scores.push_back(predictor_.scores_of_encoded(values));
      for (std::size_t at = swap.feature; at < values.size(); at += width) {
        values[at] = encoded()[at];
      }
    }
    return scores;
  }

  [[nodiscard]] std::vector<xgb::FeatureUse> feature_use() const override {
    return predictor_.booster().kind() == "gblinear" ? std::vector<xgb::FeatureUse>()
                                                     : predictor_.booster().feature_use();
  }

private:
  const Predictor& predictor_;
};

class ExternalProbe final : public Probe {
public:
  ExternalProbe(const ExternalPredictor& predictor, const dataset::Table& table,
                std::vector<std::uint32_t> rows, std::vector<float> encoded)
      : Probe(std::move(encoded)), predictor_(predictor), table_(table), rows_(std::move(rows)) {}

  [[nodiscard]] const Artifact& artifact() const override { return predictor_.artifact(); }
  [[nodiscard]] std::vector<double> scores() const override { return predictor_.scores(table_, rows_); }
  [[nodiscard]] std::size_t swaps_at_once() const override {
    return std::max<std::size_t>(1, k_rows_a_command / std::max<std::size_t>(1, rows_.size()));
  }
  [[nodiscard]] std::vector<xgb::FeatureUse> feature_use() const override { return {}; }

  [[nodiscard]] std::unique_ptr<Probe> of(std::span<const std::uint32_t> positions) const override {
    std::vector<std::uint32_t> rows;
    rows.reserve(positions.size());
    for (const std::uint32_t at : positions) {
      rows.push_back(rows_[at]);
    }
    return std::make_unique<ExternalProbe>(predictor_, table_, std::move(rows), encoded_of(positions));
  }

  [[nodiscard]] std::vector<std::vector<double>> scores_after(std::span<const Swap> swaps) const override {
    const dataset::Table swapped = swapped_table(swaps);
    std::vector<std::uint32_t> all(swapped.rows);
    std::iota(all.begin(), all.end(), 0U);
    const std::vector<double> scores = predictor_.scores(swapped, all);
    const auto length = static_cast<std::ptrdiff_t>(swaps.empty() ? 0 : scores.size() / swaps.size());
    std::vector<std::vector<double>> result;
    for (auto begin = scores.begin(); begin != scores.end(); begin += length) {
      result.emplace_back(begin, begin + length);
    }
    return result;
  }

private:
  /// The rows once for each swap, one below the other.
  [[nodiscard]] dataset::Table swapped_table(std::span<const Swap> swaps) const {
    dataset::Table swapped;
    swapped.rows = rows_.size() * swaps.size();
    std::vector<std::uint32_t> places;
    for (std::size_t feature = 0; feature < artifact().features.size(); ++feature) {
      places.clear();
      for (const Swap& swap : swaps) {
        for (std::size_t row = 0; row < rows_.size(); ++row) {
          places.push_back(rows_[swap.feature == feature ? swap.from[row] : row]);
        }
      }
      swapped.columns.push_back(taken(table_.column(artifact().features[feature].name), places));
    }
    return swapped;
  }

  const ExternalPredictor& predictor_;
  const dataset::Table& table_;
  std::vector<std::uint32_t> rows_; ///< of the table
};

} // namespace

std::vector<float> Probe::encoded_of(std::span<const std::uint32_t> positions) const {
  const std::size_t width = artifact().features.size();
  std::vector<float> values;
  values.reserve(positions.size() * width);
  for (const std::uint32_t row : positions) {
    const auto line = encoded().subspan(row * width, width);
    values.insert(values.end(), line.begin(), line.end());
  }
  return values;
}

std::unique_ptr<Probe> probe_of(const Predictor& predictor, const dataset::Table& table,
                                const std::vector<std::uint32_t>& rows) {
  return std::make_unique<BuiltInProbe>(predictor, predictor.encoded(table, rows));
}

std::unique_ptr<Probe> probe_of(const ExternalPredictor& predictor, const dataset::Table& table,
                                const std::vector<std::uint32_t>& rows) {
  constexpr unsigned one_thread = 1; // a few thousand rows
  const Encoder encoder(predictor.artifact().features, table);
  return std::make_unique<ExternalProbe>(predictor, table, rows, encoder.encode(rows, one_thread));
}

} // namespace mlp::model
