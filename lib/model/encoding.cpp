#include "model/encoding.hpp"

#include "base/error.hpp"
#include "os/threads.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <mutex>
#include <optional>
#include <unordered_map>

namespace mlp::model {
namespace {

using dataset::Column;
using dataset::ColumnType;

constexpr float k_missing = std::numeric_limits<float>::quiet_NaN();
constexpr std::size_t k_block = 4096; // rows encoded at once: what they become stays in the core's own cache

enum class Oddity : std::uint8_t { none, missing, unseen_category, out_of_range, wrong_type };

bool is_coded(const Column& column) {
  return column.type == ColumnType::category || column.type == ColumnType::text;
}

bool has_values(const Column& column) {
  if (is_coded(column)) {
    return !column.categories.empty();
  }
  return std::any_of(column.numbers.begin(), column.numbers.end(),
                     [](double value) { return !std::isnan(value); });
}

float as_float(double value) {
  constexpr double k_largest = std::numeric_limits<float>::max();
  return static_cast<float>(std::clamp(value, -k_largest, k_largest));
}

/// Why a column cannot be this feature, or nothing.
std::optional<std::string> misfit(const Feature& feature, const Column& column) {
  if (!has_values(column) || feature.type == ColumnType::category || feature.type == column.type) {
    return std::nullopt;
  }
  const bool wants_number = feature.type == ColumnType::number || feature.type == ColumnType::boolean;
  if (wants_number && (column.type == ColumnType::number || column.type == ColumnType::boolean)) {
    return std::nullopt;
  }
  if (feature.type == ColumnType::boolean && is_coded(column)) {
    return std::nullopt;
  }
  return fmt::format("'{}' is {}, not {}", feature.name, name_of(column.type), name_of(feature.type));
}

std::vector<std::string> categories_in(const Column& column, std::span<const std::uint32_t> rows) {
  std::vector<bool> occurs(column.categories.size(), false);
  for (const std::uint32_t row : rows) {
    if (column.codes[row] >= 0) {
      occurs[static_cast<std::size_t>(column.codes[row])] = true;
    }
  }
  std::vector<std::string> categories;
  for (std::size_t code = 0; code < occurs.size(); ++code) {
    if (occurs[code]) {
      categories.push_back(column.categories[code]);
    }
  }
  return categories;
}

void learn_range(const Column& column, std::span<const std::uint32_t> rows, const config::Project& project,
                 Feature& feature) {
  double least = std::numeric_limits<double>::infinity();
  double most = -least;
  for (const std::uint32_t row : rows) {
    const double value = column.numbers[row]; // NaN, a missing value, compares false
    least = value < least ? value : least;
    most = value > most ? value : most;
  }
  if (least <= most) {
    feature.min = least;
    feature.max = most;
  }
  if (const auto declared = project.data.columns.find(column.name); declared != project.data.columns.end()) {
    feature.min = declared->second.min.has_value() ? declared->second.min : feature.min;
    feature.max = declared->second.max.has_value() ? declared->second.max : feature.max;
  }
}

} // namespace

std::vector<Feature> learn_features(const dataset::Table& table, std::span<const std::uint32_t> training_rows,
                                    const dataset::Roles& roles, const config::Project& project,
                                    unsigned threads) {
  std::vector<Feature> features(roles.features.size());
  os::parallel_for(features.size(), threads, [&](std::size_t i) {
    Feature& feature = features[i];
    feature.name = roles.features[i];
    const Column& column = table.column(feature.name);
    feature.type = is_coded(column) ? ColumnType::category : column.type;
    feature.spellings = column.spellings;
    if (feature.type == ColumnType::category) {
      feature.categories = categories_in(column, training_rows);
    } else if (feature.type == ColumnType::number) {
      learn_range(column, training_rows, project, feature);
    }
  });
  return features;
}

std::vector<xgb::FeatureColumn> feature_columns(const std::vector<Feature>& features) {
  std::vector<xgb::FeatureColumn> columns;
  columns.reserve(features.size());
  for (const Feature& feature : features) {
    columns.push_back({feature.name, !feature.categories.empty()});
  }
  return columns;
}

/// One feature and the column that it is read from.
struct Encoder::Binding {
  const Feature* feature = nullptr;
  const Column* column = nullptr;
  std::vector<float> value_of_code; ///< of a coded column; NaN = not known to the model
  std::unordered_map<std::string_view, float> value_of_text; ///< a category read from numbers

  Binding(const Feature& wanted, const Column& found) : feature(&wanted), column(&found) {
    if (!is_coded(found) && wanted.type != ColumnType::category) {
      return;
    }
    const auto& known = wanted.type == ColumnType::boolean ? wanted.spellings : wanted.categories;
    for (std::size_t i = 0; i < known.size(); ++i) {
      value_of_text.emplace(known[i], static_cast<float>(i));
    }
    for (const std::string& category : found.categories) {
      const auto at = value_of_text.find(category);
      value_of_code.push_back(at == value_of_text.end() ? k_missing : at->second);
    }
  }

  [[nodiscard]] Oddity unknown() const {
    return feature->type == ColumnType::category ? Oddity::unseen_category : Oddity::wrong_type;
  }

  [[nodiscard]] Oddity absent(std::uint32_t row) const {
    const bool is_misfit = std::binary_search(column->misfits.begin(), column->misfits.end(), row);
    return is_misfit ? Oddity::wrong_type : Oddity::missing;
  }

  float of_code(std::uint32_t row, Oddity& oddity) const {
    const std::int32_t code = column->codes[row];
    if (code < 0) {
      oddity = absent(row);
      return k_missing;
    }
    const float value = value_of_code[static_cast<std::size_t>(code)];
    oddity = std::isnan(value) ? unknown() : Oddity::none;
    return value;
  }

  float of_text(std::uint32_t row, Oddity& oddity) const {
    if (std::isnan(column->numbers[row])) {
      oddity = absent(row);
      return k_missing;
    }
    const auto at = value_of_text.find(column->text(row));
    oddity = at == value_of_text.end() ? unknown() : Oddity::none;
    return at == value_of_text.end() ? k_missing : at->second;
  }

  float of_number(std::uint32_t row, Oddity& oddity) const {
    const double value = column->numbers[row];
    oddity = Oddity::none;
    if (std::isnan(value)) {
      oddity = absent(row);
    } else if (feature->type == ColumnType::boolean && value != 0.0 && value != 1.0) {
      oddity = Oddity::wrong_type;
      return k_missing;
    } else if ((feature->min && value < *feature->min) || (feature->max && value > *feature->max)) {
      oddity = Oddity::out_of_range;
    }
    return std::isnan(value) ? k_missing : as_float(value);
  }

  float value(std::uint32_t row, Oddity& oddity) const {
    if (is_coded(*column)) {
      return of_code(row, oddity);
    }
    return feature->type == ColumnType::category ? of_text(row, oddity) : of_number(row, oddity);
  }
};

namespace {

void count(Oddity oddity, Oddities& oddities) {
  switch (oddity) {
  case Oddity::none:
    return;
  case Oddity::missing:
    ++oddities.missing;
    return;
  case Oddity::unseen_category:
    ++oddities.unseen_category;
    return;
  case Oddity::out_of_range:
    ++oddities.out_of_range;
    return;
  case Oddity::wrong_type:
    ++oddities.wrong_type;
    return;
  }
}

void add(const Oddities& more, Oddities& sum) {
  sum.missing += more.missing;
  sum.unseen_category += more.unseen_category;
  sum.out_of_range += more.out_of_range;
  sum.wrong_type += more.wrong_type;
}

} // namespace

Encoder::Encoder(const std::vector<Feature>& features, const dataset::Table& table) {
  std::vector<std::string> faults;
  for (const Feature& feature : features) {
    const Column* const column = table.find(feature.name);
    if (column == nullptr) {
      faults.push_back(fmt::format("'{}' is missing", feature.name));
    } else if (auto fault = misfit(feature, *column)) {
      faults.push_back(std::move(*fault));
    } else {
      bindings_.emplace_back(feature, *column);
    }
  }
  if (!faults.empty()) {
    throw Error(ErrorCode::input, "the columns do not fit the model: {}", fmt::join(faults, "; "))
        .hint("`mlp show MODEL` lists the columns that a model needs");
  }
}

Encoder::~Encoder() = default;

void Encoder::encode_block(std::span<const std::uint32_t> rows, std::span<float> out,
                           std::span<Oddities> oddities, std::span<std::uint8_t> invalid) const {
  const std::size_t width = bindings_.size();
  for (std::size_t feature = 0; feature < width; ++feature) {
    const Binding& binding = bindings_[feature];
    for (std::size_t i = 0; i < rows.size(); ++i) {
      Oddity oddity = Oddity::none;
      out[i * width + feature] = binding.value(rows[i], oddity);
      count(oddity, oddities[feature]);
      if (oddity > Oddity::missing && !invalid.empty()) {
        invalid[i] = 1;
      }
    }
  }
}

std::vector<float> Encoder::encode(std::span<const std::uint32_t> rows, unsigned threads,
                                   EncodingReport* report) const {
  const std::size_t width = bindings_.size();
  std::vector<float> values(rows.size() * width);
  if (report != nullptr) {
    report->oddities.resize(width);
    report->invalid.assign(rows.size(), 0);
  }
  std::mutex guard;
  os::parallel_for((rows.size() + k_block - 1) / k_block, threads, [&](std::size_t block) {
    const std::size_t first = block * k_block;
    const std::size_t size = std::min(k_block, rows.size() - first);
    std::vector<Oddities> oddities(width);
    std::span<std::uint8_t> invalid;
    if (report != nullptr) {
      invalid = std::span(report->invalid).subspan(first, size);
    }
    encode_block(rows.subspan(first, size), std::span(values).subspan(first * width, size * width), oddities,
                 invalid);
    if (report != nullptr) {
      const std::lock_guard lock(guard);
      for (std::size_t i = 0; i < width; ++i) {
        add(oddities[i], report->oddities[i]);
      }
    }
  });
  return values;
}

} // namespace mlp::model
