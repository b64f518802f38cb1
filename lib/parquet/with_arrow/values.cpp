#include "parquet/with_arrow/values.hpp"

#include "base/json.hpp"
#include "base/time.hpp"

#include <arrow/array.h>
#include <arrow/type.h>

#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <type_traits>

namespace mlp::parquet {
namespace {

using ::arrow::Array;
using ::arrow::Type;
using ::arrow::internal::checked_cast;
using Take = std::function<void(std::optional<std::string_view>)>;

constexpr double k_no_value = std::numeric_limits<double>::quiet_NaN();

double time_from(std::int64_t seconds) {
  constexpr std::int64_t k_year_0 = -62'167'219'200;
  constexpr std::int64_t k_year_10000 = 253'402'300'800;
  return seconds < k_year_0 || seconds >= k_year_10000 ? std::numeric_limits<double>::infinity()
                                                       : static_cast<double>(seconds);
}

std::int64_t floor_divided(std::int64_t value, std::int64_t by) {
  return value / by - (value % by < 0 ? 1 : 0);
}

std::int64_t ticks_per_second(::arrow::TimeUnit::type unit) {
  switch (unit) {
  case ::arrow::TimeUnit::SECOND:
    return 1;
  case ::arrow::TimeUnit::MILLI:
    return 1'000;
  case ::arrow::TimeUnit::MICRO:
    return 1'000'000;
  case ::arrow::TimeUnit::NANO:
    break;
  }
  return 1'000'000'000;
}

/// The double that reads back from the shortest decimal form of a 32-bit float.
double decimal_value(float value) {
  std::array<char, 32> text{};
  const auto written =
      std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::scientific);
  double result = value;
  std::from_chars(text.data(), written.ptr, result); // of an infinity, too
  return result;
}

double number_from(const std::string& text) {
  double value = k_no_value;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

/// Calls visit(accessor) with a function row → value: an integer type, float, double, or std::string of a
/// decimal.
template <typename ArrayType, typename Visit> auto visit_as(const Array& array, const Visit& visit) {
  const auto& values = checked_cast<const ArrayType&>(array);
  return visit([&values](std::int64_t row) {
    if constexpr (std::is_same_v<typename ArrayType::TypeClass, ::arrow::Decimal32Type> ||
                  std::is_same_v<typename ArrayType::TypeClass, ::arrow::Decimal64Type> ||
                  std::is_same_v<typename ArrayType::TypeClass, ::arrow::Decimal128Type> ||
                  std::is_same_v<typename ArrayType::TypeClass, ::arrow::Decimal256Type>) {
      return values.FormatValue(row);
    } else {
      return values.Value(row);
    }
  });
}

template <typename Visit> auto visit_numbers(const Array& array, const Visit& visit) {
  switch (array.type_id()) {
  case Type::INT8:
    return visit_as<::arrow::Int8Array>(array, visit);
  case Type::UINT8:
    return visit_as<::arrow::UInt8Array>(array, visit);
  case Type::INT16:
    return visit_as<::arrow::Int16Array>(array, visit);
  case Type::UINT16:
    return visit_as<::arrow::UInt16Array>(array, visit);
  case Type::INT32:
    return visit_as<::arrow::Int32Array>(array, visit);
  case Type::UINT32:
    return visit_as<::arrow::UInt32Array>(array, visit);
  case Type::INT64:
    return visit_as<::arrow::Int64Array>(array, visit);
  case Type::UINT64:
    return visit_as<::arrow::UInt64Array>(array, visit);
  case Type::FLOAT:
    return visit_as<::arrow::FloatArray>(array, visit);
  case Type::DECIMAL32:
    return visit_as<::arrow::Decimal32Array>(array, visit);
  case Type::DECIMAL64:
    return visit_as<::arrow::Decimal64Array>(array, visit);
  case Type::DECIMAL128:
    return visit_as<::arrow::Decimal128Array>(array, visit);
  case Type::DECIMAL256:
    return visit_as<::arrow::Decimal256Array>(array, visit);
  default:
    return visit_as<::arrow::DoubleArray>(array, visit);
  }
}

/// Row → seconds since 1970, of a date or timestamp.
std::function<std::int64_t(std::int64_t)> times_of(const Array& array) {
  constexpr std::int64_t k_day_seconds = 86'400;
  switch (array.type_id()) {
  case Type::DATE32:
    return [&values = checked_cast<const ::arrow::Date32Array&>(array)](std::int64_t row) {
      return values.Value(row) * k_day_seconds;
    };
  case Type::DATE64:
    return [&values = checked_cast<const ::arrow::Date64Array&>(array)](std::int64_t row) {
      return floor_divided(values.Value(row), 1'000);
    };
  default:
    break;
  }
  const auto ticks = ticks_per_second(checked_cast<const ::arrow::TimestampType&>(*array.type()).unit());
  return [&values = checked_cast<const ::arrow::TimestampArray&>(array), ticks](std::int64_t row) {
    return floor_divided(values.Value(row), ticks);
  };
}

template <typename Value> double number_of(const Value& value) {
  if constexpr (std::is_same_v<Value, std::string>) {
    return number_from(value);
  } else if constexpr (std::is_same_v<Value, float>) {
    return decimal_value(value);
  } else {
    return static_cast<double>(value);
  }
}

/// Whether a double gives the digits back, as for a CSV file: no question for what has a fraction.
template <typename Value> bool keeps_digits(const Value& value, double number) {
  if constexpr (std::is_same_v<Value, std::string>) {
    constexpr double k_largest_exact = 9'007'199'254'740'992; // 2^53
    return std::abs(number) <= k_largest_exact || value.find_first_of(".E") != std::string::npos;
  } else if constexpr (std::is_integral_v<Value>) {
    constexpr double k_more_than_19_digits = 1e19;
    const auto bits = static_cast<std::uint64_t>(value);
    return std::abs(number) < k_more_than_19_digits &&
           static_cast<std::uint64_t>(std::abs(number)) == (number < 0 ? 0 - bits : bits);
  } else {
    return true;
  }
}

template <typename Value> std::string text_of(const Value& value) {
  if constexpr (std::is_same_v<Value, std::string>) {
    return value;
  } else if constexpr (std::is_integral_v<Value>) {
    return std::to_string(value);
  } else {
    return shortest(number_of(value));
  }
}

void read_number_texts(const Array& array, const Take& take) {
  visit_numbers(array, [&](const auto& value_at) {
    for (std::int64_t row = 0; row < array.length(); ++row) {
      if (array.IsNull(row)) {
        take(std::nullopt);
      } else {
        take(text_of(value_at(row)));
      }
    }
  });
}

void read_time_texts(const Array& array, const Take& take) {
  const auto time_at = times_of(array);
  for (std::int64_t row = 0; row < array.length(); ++row) {
    if (array.IsNull(row) || std::isinf(time_from(time_at(row)))) {
      take(std::nullopt);
    } else {
      take(format_time(time_at(row)));
    }
  }
}

template <typename ArrayType> void read_views(const Array& array, const Take& take) {
  const auto& values = checked_cast<const ArrayType&>(array);
  for (std::int64_t row = 0; row < array.length(); ++row) {
    take(array.IsNull(row) ? std::nullopt : std::optional<std::string_view>(values.GetView(row)));
  }
}

void read_dictionary_texts(const Array& array, const Take& take) {
  const auto& values = checked_cast<const ::arrow::DictionaryArray&>(array);
  std::vector<std::optional<std::string>> texts;
  read_texts(*values.dictionary(), [&](std::optional<std::string_view> text) {
    texts.emplace_back(text ? std::optional<std::string>(*text) : std::nullopt);
  });
  for (std::int64_t row = 0; row < array.length(); ++row) {
    if (array.IsNull(row)) {
      take(std::nullopt);
    } else {
      const auto& text = texts.at(static_cast<std::size_t>(values.GetValueIndex(row)));
      take(text ? std::optional<std::string_view>(*text) : std::nullopt);
    }
  }
}

} // namespace

std::optional<Kind> kind_of(const ::arrow::DataType& type) {
  switch (type.id()) {
  case Type::NA:
  case Type::INT8:
  case Type::UINT8:
  case Type::INT16:
  case Type::UINT16:
  case Type::INT32:
  case Type::UINT32:
  case Type::INT64:
  case Type::UINT64:
  case Type::FLOAT:
  case Type::DOUBLE:
  case Type::DECIMAL32:
  case Type::DECIMAL64:
  case Type::DECIMAL128:
  case Type::DECIMAL256:
    return Kind::number;
  case Type::BOOL:
    return Kind::boolean;
  case Type::DATE32:
  case Type::DATE64:
  case Type::TIMESTAMP:
    return Kind::datetime;
  case Type::STRING:
  case Type::LARGE_STRING:
  case Type::BINARY:
  case Type::LARGE_BINARY:
  case Type::STRING_VIEW:
  case Type::BINARY_VIEW:
    return Kind::text;
  case Type::DICTIONARY:
    return kind_of(*checked_cast<const ::arrow::DictionaryType&>(type).value_type())
               ? std::optional(Kind::category)
               : std::nullopt;
  default:
    return std::nullopt;
  }
}

std::optional<std::size_t> read_numbers(const Array& array, double* out) {
  std::optional<std::size_t> first_lost;
  const auto fill = [&](const auto& number_at) {
    for (std::int64_t row = 0; row < array.length(); ++row) {
      out[row] = array.IsNull(row) ? k_no_value : number_at(row);
    }
  };
  if (array.type_id() == Type::NA) {
    fill([](std::int64_t) { return k_no_value; });
  } else if (array.type_id() == Type::BOOL) {
    const auto& values = checked_cast<const ::arrow::BooleanArray&>(array);
    fill([&](std::int64_t row) { return values.Value(row) ? 1.0 : 0.0; });
  } else if (kind_of(*array.type()) == Kind::datetime) {
    fill([time_at = times_of(array)](std::int64_t row) { return time_from(time_at(row)); });
  } else {
    visit_numbers(array, [&](const auto& value_at) {
      fill([&](std::int64_t row) {
        const auto value = value_at(row);
        const double number = number_of(value);
        if (!first_lost && !keeps_digits(value, number)) {
          first_lost = static_cast<std::size_t>(row);
        }
        return number;
      });
    });
  }
  return first_lost;
}

void read_texts(const Array& array, const Take& take) {
  switch (array.type_id()) {
  case Type::NA:
    for (std::int64_t row = 0; row < array.length(); ++row) {
      take(std::nullopt);
    }
    return;
  case Type::BOOL: {
    const auto& values = checked_cast<const ::arrow::BooleanArray&>(array);
    for (std::int64_t row = 0; row < array.length(); ++row) {
      take(array.IsNull(row) ? std::nullopt
                             : std::optional<std::string_view>(values.Value(row) ? "true" : "false"));
    }
    return;
  }
  case Type::STRING:
  case Type::BINARY:
    return read_views<::arrow::BinaryArray>(array, take);
  case Type::LARGE_STRING:
  case Type::LARGE_BINARY:
    return read_views<::arrow::LargeBinaryArray>(array, take);
  case Type::STRING_VIEW:
  case Type::BINARY_VIEW:
    return read_views<::arrow::BinaryViewArray>(array, take);
  case Type::DICTIONARY:
    return read_dictionary_texts(array, take);
  default:
    return kind_of(*array.type()) == Kind::datetime ? read_time_texts(array, take)
                                                    : read_number_texts(array, take);
  }
}

} // namespace mlp::parquet
