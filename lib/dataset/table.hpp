#pragma once

#include "base/json.hpp"
#include "dataset/number_style.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mlp::dataset {

enum class ColumnType { number, boolean, category, datetime, text };
[[nodiscard]] std::string_view name_of(ColumnType type);

/// The type that a configuration or a model's schema names; nothing where there is no such type.
[[nodiscard]] std::optional<ColumnType> column_type_from(std::string_view name);

/// One column of a table. Numbers, booleans (0/1) and date/times (seconds since 1970, UTC) stand in
/// `numbers`, a missing value is NaN. Categories and text stand in `codes`, an index into `categories`; a
/// missing value is −1.
struct Column {
  std::string name;
  ColumnType type = ColumnType::number;
  std::vector<double> numbers;         ///< [rows] of number, boolean, datetime; else empty
  std::vector<std::int32_t> codes;     ///< [rows] of category, text; else empty
  std::vector<std::string> categories; ///< distinct values, sorted by bytes
  /// How a boolean was spelt: {false's text, true's text}, e.g. {"No", "Yes"}. Empty for other types.
  std::vector<std::string> spellings;
  /// Rows, ascending, whose text did not fit the type and is missing for that reason: no number where the
  /// type was given (a model's schema), or a number that no double holds (inf, 1e400).
  std::vector<std::uint32_t> misfits;
  bool like_thousands = false;  ///< a number column whose first rows look so: ColumnPlan::like_thousands
  std::optional<bool> personal; ///< what a person declared (ReadOptions); nothing: personal_data looks

  [[nodiscard]] bool is_numeric() const { return type != ColumnType::category && type != ColumnType::text; }
  [[nodiscard]] bool missing(std::size_t row) const;
  /// The value's decoded text: what was written for categories, text and booleans; the shortest form of a
  /// number; ISO 8601 of a date/time; "" where missing.
  [[nodiscard]] std::string text(std::size_t row) const;
};

/// How the files were read: detected or declared, shown and recorded.
struct Format {
  bool parquet = false; ///< then only `missing` says more
  char delimiter = ',';
  bool blank_after_delimiter = false; ///< each delimiter is followed by a blank that is not part of the value
  bool header = true;
  bool quoted = false;            ///< any quoted field was seen
  std::string encoding = "utf-8"; ///< utf-8 | latin-1
  bool byte_order_mark = false;
  std::string line_ending = "lf"; ///< lf | crlf | cr | mixed
  std::vector<std::string>
      missing; ///< tokens read as missing: as declared, else the default ones that occurred
  std::string compression = "none"; ///< none | gzip | zstd
  NumberStyle numbers;              ///< as declared
};
[[nodiscard]] Json to_json(const Format& format);

struct Table {
  std::vector<Column> columns;
  std::size_t rows = 0;
  Format format;
  std::vector<std::string>
      notes; ///< what a person should know: "3 blank lines skipped", "column 'x' read as text…"

  [[nodiscard]] const Column* find(std::string_view name) const;
  /// throws Error{input} with the nearest name where there is no such column
  [[nodiscard]] const Column& column(std::string_view name) const;
};

} // namespace mlp::dataset
