#include "dataset/table.hpp"

#include "base/error.hpp"
#include "base/nearest.hpp"
#include "base/time.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace mlp::dataset {
namespace {

constexpr std::array<std::string_view, 5> k_type_names = {"number", "boolean", "category", "datetime",
                                                          "text"};

} // namespace

std::string_view name_of(ColumnType type) { return k_type_names[static_cast<std::size_t>(type)]; }

std::optional<ColumnType> column_type_from(std::string_view name) {
  const auto* found = std::find(k_type_names.begin(), k_type_names.end(), name);
  if (found == k_type_names.end()) {
    return std::nullopt;
  }
  return static_cast<ColumnType>(found - k_type_names.begin());
}

bool Column::missing(std::size_t row) const {
  return is_numeric() ? std::isnan(numbers[row]) : codes[row] < 0;
}

std::string Column::text(std::size_t row) const {
  if (missing(row)) {
    return {};
  }
  switch (type) {
  case ColumnType::number:
    return shortest(numbers[row]);
  case ColumnType::datetime:
    return format_time(static_cast<UnixSeconds>(numbers[row]));
  case ColumnType::boolean:
    return spellings[numbers[row] != 0.0 ? 1 : 0];
  case ColumnType::category:
  case ColumnType::text:
    break;
  }
  return categories[static_cast<std::size_t>(codes[row])];
}

Json to_json(const Format& format) {
  if (format.parquet) {
    return Json::object({{"parquet", true}, {"missing", format.missing}});
  }
  Json json = Json::object({{"delimiter", std::string(1, format.delimiter)},
                            {"blank_after_delimiter", format.blank_after_delimiter},
                            {"header", format.header},
                            {"quoted", format.quoted},
                            {"encoding", format.encoding},
                            {"byte_order_mark", format.byte_order_mark},
                            {"line_ending", format.line_ending},
                            {"missing", format.missing},
                            {"compression", format.compression}});
  if (!format.numbers.is_plain()) {
    json["decimal"] = std::string(1, format.numbers.decimal);
    json["thousands"] =
        format.numbers.thousands == '\0' ? Json() : Json(std::string(1, format.numbers.thousands));
  }
  return json;
}

const Column* Table::find(std::string_view name) const {
  const auto found =
      std::find_if(columns.begin(), columns.end(), [&](const Column& column) { return column.name == name; });
  return found == columns.end() ? nullptr : &*found;
}

const Column& Table::column(std::string_view name) const {
  if (const Column* found = find(name)) {
    return *found;
  }
  std::vector<std::string> names;
  names.reserve(columns.size());
  for (const Column& each : columns) {
    names.push_back(each.name);
  }
  Error error(ErrorCode::input, "the data have no column '{}'", name);
  if (const auto near = nearest(name, names)) {
    throw std::move(error).hint(fmt::format("did you mean '{}'?", *near));
  }
  throw std::move(error).hint("run `mlp data show` for the columns there are");
}

} // namespace mlp::dataset
