#pragma once

#include "base/progress.hpp"
#include "config/project.hpp"
#include "dataset/table.hpp"

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace mlp::dataset {

/// What a reader is told beside the bytes.
struct ReadOptions {
  config::FormatConfig format;                         ///< what the user fixed
  std::map<std::string, config::ColumnConfig> columns; ///< declared types by column name
  /// Column types and categories that must be taken as they are (a model's schema): nothing is inferred for
  /// these.
  std::map<std::string, ColumnType> types;
  std::map<std::string, bool> personal; ///< by column name, whether a person declared it personal
  unsigned threads = 1;
  Progress* progress = nullptr;
  const Interrupt* interrupt = nullptr;
  /// Called with the bytes of each file as stored (compressed ones before decompression), in order, while
  /// they are parsed: hashing and storing in the same pass. May be called from another thread, one call at a
  /// time.
  std::function<void(std::string_view)> tap;

  /// Whether `columns` declares this one a boolean.
  [[nodiscard]] bool declares_boolean(const std::string& column) const;
};

/// One file's name (for messages) and its place. Several files with the same columns are one table.
struct Source {
  std::string
      path; ///< native bytes: a std::filesystem::path takes 300 bytes more, and there may be 1,000,000
  std::string name; ///< as the user wrote it
};

/// Reads CSV (RFC 4180 and its relatives; .gz and .zst too) into a table. The same bytes give the same table,
/// and the same first error, on any number of threads. What was detected stands in Table::format, what a
/// person should know in Table::notes.
///
/// Lines      LF, CRLF or CR end one. Blank lines are skipped and counted; in a table of one column each is a
/// missing
///            value. Every line has as many fields as the first.
/// Quotes     stand around a whole field, doubled inside it; anywhere else they are errors.
/// Delimiter  one of `, ; tab |`, see detect_dialect. Blanks belong to a value, unless every delimiter has
/// one. Header     see detect_header. Names lose the blanks at their ends; a blank name becomes column_<n>;
/// two equal
///            names are an error. Without a header all columns are called column_1, column_2, ...
/// Encoding   UTF-8, or Latin-1 where the bytes are no UTF-8 and plausible as Latin-1, see decode_text.
/// Missing    MissingTokens::k_default unless declared: compared without blanks at the ends, quoted or not.
/// Number     digits, point, exponent. Where one value of a column is an integer that a double would not give
/// back
///            (leading zeros, 20-digit ids), the column is a category and noted. Infinities and numbers above
///            the largest double (1e400) are missing, listed in Column::misfits and noted. nan is a missing
///            token. Decimal commas and thousands separators are no numbers unless declared (NumberStyle);
///            where the delimiter is such a mark, numbers that have it stand in quotes.
/// Boolean    true/false or yes/no in one spelling each; 0/1 are numbers, unless declared boolean.
/// Date/time  every value is one that parse_time reads (ISO 8601).
/// Text       more than 1,000 distinct values and more than half of those present; all else is a category.
/// Types that data.columns declares are kept: a value that does not fit is an error; leading zeros are then
/// no reason against a number. Types from a model's schema: it is missing and listed in Column::misfits.
/// Several files need the same header, or the same number of columns where there is none.
///
/// Parquet    files that begin as such are read with Apache Arrow where it is built in (parquet.hpp):
/// numbers,
///            booleans, dates and dictionaries are what the file says, plain text becomes what it would in a
///            CSV file. Only null, the empty text and what is declared are missing. Places are
///            "name, row n".
///
/// A file must not be truncated meanwhile: it is mapped. throws Error{input} "name:line: ..." for a malformed
/// line, a value of the wrong type, a file that changed while it was read; Error{not_found},
/// Error{environment}, Error{interrupted}
[[nodiscard]] Table read_table(const std::vector<Source>& sources, const ReadOptions& options);
/// The same from memory, for stored datasets: `bytes` as they were stored.
[[nodiscard]] Table read_table_bytes(const std::vector<std::pair<std::string, std::string_view>>& named_bytes,
                                     const ReadOptions& options);

/// Hands over a table piece by piece in bounded memory, each at most `rows_at_once` rows; category columns
/// have per-piece categories. Types as in `options.types`; columns not named there come as text. Stops early
/// where `take` returns false.
void stream_table(const Source& source, const ReadOptions& options, std::size_t rows_at_once,
                  const std::function<bool(Table&&)>& take);

} // namespace mlp::dataset
