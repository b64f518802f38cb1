#include "model/linear_design.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace mlp::model {
namespace {

constexpr std::size_t k_most_categories = 100; // bounds the columns; rarer ones say little to a simple model

/// Codes by falling frequency; equal ones by code.
std::vector<std::size_t> frequent_codes(std::span<const float> encoded, std::size_t width,
                                        std::size_t feature, std::size_t categories) {
  std::vector<std::int64_t> counts(categories, 0);
  for (std::size_t at = feature; at < encoded.size(); at += width) {
    if (!std::isnan(encoded[at])) {
      ++counts[static_cast<std::size_t>(encoded[at])];
    }
  }
  std::vector<std::size_t> codes(categories);
  std::iota(codes.begin(), codes.end(), std::size_t{0});
  std::stable_sort(codes.begin(), codes.end(),
                   [&](std::size_t a, std::size_t b) { return counts[a] > counts[b]; });
  codes.resize(std::min(codes.size(), k_most_categories));
  return codes;
}

struct Moments {
  double mean = 0.0;
  double deviation = 0.0;
};

Moments moments_of(std::span<const float> encoded, std::size_t width, std::size_t feature) {
  double count = 0.0;
  double sum = 0.0;
  for (std::size_t at = feature; at < encoded.size(); at += width) {
    if (!std::isnan(encoded[at])) {
      count += 1.0;
      sum += static_cast<double>(encoded[at]);
    }
  }
  if (count == 0.0) {
    return {};
  }
  const double mean = sum / count;
  double squares = 0.0;
  for (std::size_t at = feature; at < encoded.size(); at += width) {
    if (!std::isnan(encoded[at])) {
      const double distance = static_cast<double>(encoded[at]) - mean;
      squares += distance * distance;
    }
  }
  return {mean, std::sqrt(squares / count)};
}

} // namespace

LinearDesign::LinearDesign(const std::vector<Feature>& features, std::span<const float> encoded) {
  const std::size_t width = features.size();
  for (std::size_t i = 0; i < width; ++i) {
    Part part;
    if (features[i].categories.empty()) {
      const Moments moments = moments_of(encoded, width, i);
      part.mean = moments.mean;
      part.deviation = moments.deviation;
      part.column = static_cast<std::uint32_t>(columns_);
      columns_ += part.deviation > 0.0 ? 1 : 0;
    } else {
      part.column_of_code.assign(features[i].categories.size(), -1);
      for (const std::size_t code : frequent_codes(encoded, width, i, features[i].categories.size())) {
        part.column_of_code[code] = static_cast<std::int64_t>(columns_++);
      }
    }
    parts_.push_back(std::move(part));
  }
}

xgb::SparseRows LinearDesign::rows_of(std::span<const float> encoded) const {
  xgb::SparseRows rows;
  rows.column_count = columns_;
  rows.starts.push_back(0);
  const std::size_t width = parts_.size();
  for (std::size_t first = 0; first < encoded.size(); first += width) {
    for (std::size_t i = 0; i < width; ++i) {
      const Part& part = parts_[i];
      const float value = encoded[first + i];
      if (std::isnan(value)) {
        continue;
      }
      if (part.column_of_code.empty()) {
        if (part.deviation > 0.0) {
          rows.columns.push_back(part.column);
          rows.values.push_back(
              static_cast<float>((static_cast<double>(value) - part.mean) / part.deviation));
        }
      } else if (const auto column = part.column_of_code[static_cast<std::size_t>(value)]; column >= 0) {
        rows.columns.push_back(static_cast<std::uint32_t>(column));
        rows.values.push_back(1.0F);
      }
    }
    rows.starts.push_back(rows.columns.size());
  }
  return rows;
}

} // namespace mlp::model
