#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Apache Parquet files, read with Apache Arrow's C++ library where CMake found it; else open_file() only
/// says so.
namespace mlp::parquet {

/// Whether this program was built with Apache Arrow.
[[nodiscard]] bool is_built_in();

/// By a file's first bytes, whatever it is called.
[[nodiscard]] bool is_parquet(std::string_view first_bytes);

/// What the values of a column are.
enum class Kind {
  number,   ///< integers, floats, decimals
  boolean,  ///< 0 or 1
  datetime, ///< seconds since 1970, UTC; fractions are dropped
  text,     ///< bytes that should be UTF-8
  category  ///< text from a dictionary that the file declares
};
struct Field {
  std::string name;
  Kind kind = Kind::number;
};

/// Some consecutive rows of the columns that were asked for, each called by its index among those. Several
/// threads may read different columns at once.
class Batch {
public:
  Batch() = default;
  Batch(const Batch&) = delete;
  Batch& operator=(const Batch&) = delete;
  virtual ~Batch() = default;
  [[nodiscard]] virtual std::size_t rows() const = 0;
  /// Writes the values of a number, boolean or datetime column to out[rows()]: NaN where there is none, an
  /// infinity for a date/time outside the years 0 to 9999. A 32-bit float is the number that its shortest
  /// decimal form says, as in a CSV file. Returns the first row with an integer that a double does not give
  /// back.
  [[nodiscard]] virtual std::optional<std::size_t> read_numbers(std::size_t column, double* out) const = 0;
  /// Calls `take` for each row, with nothing where there is no value. Of any kind: digits of a number, "true"
  /// and "false", ISO 8601. A text lives as long as the call.
  virtual void read_texts(std::size_t column,
                          const std::function<void(std::optional<std::string_view>)>& take) const = 0;
};

/// A Parquet file in memory.
class File {
public:
  File() = default;
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  virtual ~File() = default;
  [[nodiscard]] virtual const std::vector<Field>& fields() const = 0;
  /// Hands over these columns (indices into fields()) from the first row to the last, at most `most_rows` at
  /// once, never more than a row group in memory; stops where `take` returns false. throws Error{input} for
  /// damaged bytes
  virtual void read(const std::vector<std::size_t>& columns, std::size_t most_rows,
                    const std::function<bool(const Batch&)>& take) = 0;
};

/// `bytes` must outlive the result; `name` is what messages call the file. `threads`: more than one lets
/// Arrow decode columns side by side. throws Error{input} for damaged bytes, for a column whose type no
/// column of a table can hold (lists, structs, maps), and for any file where Arrow is not built in
[[nodiscard]] std::unique_ptr<File> open_file(std::string_view bytes, const std::string& name,
                                              unsigned threads);

} // namespace mlp::parquet
