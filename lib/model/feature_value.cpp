#include "model/feature_value.hpp"

#include "base/time.hpp"

#include <fmt/format.h>

#include <cmath>

namespace mlp::model {

std::string value_text(const Feature& feature, float value) {
  if (std::isnan(value)) {
    return k_missing_text;
  }
  const auto& texts = feature.type == dataset::ColumnType::boolean ? feature.spellings : feature.categories;
  if (value >= 0.0F && value < static_cast<float>(texts.size())) {
    return texts[static_cast<std::size_t>(value)];
  }
  if (feature.type == dataset::ColumnType::datetime) {
    return format_utc(static_cast<UnixSeconds>(value));
  }
  return fmt::format("{}", value);
}

} // namespace mlp::model
