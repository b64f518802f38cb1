#include "base/error.hpp"
#include "model/given_predictions.hpp"

#include <charconv>
#include <unordered_map>

namespace mlp::model {
namespace {

using dataset::Column;

constexpr std::int64_t k_none = -1;
constexpr std::int64_t k_twice = -2;

/// An id as the data's column would write it: 7 and 7.0 are one number.
std::string as_in(const Column& column, const std::string& text) {
  if (column.type != dataset::ColumnType::number) {
    return text;
  }
  double value = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, failure] = std::from_chars(text.data(), end, value);
  return failure == std::errc() && stop == end ? shortest(value) : text;
}

class Matching {
public:
  Matching(const GivenPredictions& given, const PredictedTarget& target, const PredictedData& data)
      : given_(given), target_(target), data_(data) {
    match_.entry_of.assign(data.table.rows, k_none);
  }

  PredictionMatch run() {
    const Column* ids = given_.ids.empty() ? nullptr : data_.table.find(*target_.id_column);
    if (ids != nullptr && by_ids(*ids)) {
      match_.by = "id";
    } else if (!given_.row_numbers.empty()) {
      by_row_numbers();
      match_.by = "row";
    } else {
      by_order();
      match_.by = "order";
    }
    return std::move(match_);
  }

private:
  /// False where the data's ids do not tell rows apart, and row numbers do.
  bool by_ids(const Column& ids) {
    std::unordered_map<std::string, std::int64_t> row_of;
    row_of.reserve(data_.table.rows);
    for (std::size_t row = 0; row < data_.table.rows; ++row) {
      if (!ids.missing(row)) {
        const auto [place, is_new] = row_of.try_emplace(ids.text(row), static_cast<std::int64_t>(row));
        place->second = is_new ? place->second : k_twice;
      }
    }
    for (std::size_t entry = 0; entry < given_.rows; ++entry) {
      const auto found = row_of.find(as_in(ids, given_.ids[entry]));
      if (found == row_of.end()) {
        throw Error(ErrorCode::input, "'{}' row {}: {} has no '{}' {}", given_.name, entry + 1, data_.name,
                    ids.name, given_.ids[entry])
            .hint(data_.remedy);
      }
      if (found->second == k_twice) {
        return ids_are_not_unique(ids, entry);
      }
      take(static_cast<std::size_t>(found->second), entry,
           fmt::format("'{}' {}", ids.name, given_.ids[entry]));
    }
    return true;
  }

  bool ids_are_not_unique(const Column& ids, std::size_t entry) {
    if (given_.row_numbers.empty()) {
      throw Error(ErrorCode::input, "'{}' row {}: '{}' {} stands in several rows of {}", given_.name,
                  entry + 1, ids.name, given_.ids[entry], data_.name)
          .hint("add a column `row` to the predictions: the number of the data row, from 1");
    }
    match_.entry_of.assign(data_.table.rows, k_none);
    return false;
  }

  void by_row_numbers() {
    refuse_rows_of_the_part();
    for (std::size_t entry = 0; entry < given_.rows; ++entry) {
      const std::int64_t number = given_.row_numbers[entry];
      if (number > static_cast<std::int64_t>(data_.table.rows)) {
        throw Error(ErrorCode::input, "'{}' row {}: 'row' is {}, and {} has {} rows", given_.name, entry + 1,
                    number, data_.name, data_.table.rows)
            .hint(data_.remedy);
      }
      take(static_cast<std::size_t>(number - 1), entry, fmt::format("row {}", number));
    }
  }

  /// 1, 2, 3, … up to the size of the part: somebody predicted a file of the part, which has a count of its
  /// own. Taken for rows of the data, nearly all of them would be of other rows, without a sign of it.
  void refuse_rows_of_the_part() const {
    if (!data_.part_has_files || given_.rows != data_.part.size() || given_.rows == data_.table.rows) {
      return;
    }
    for (std::size_t entry = 0; entry < given_.rows; ++entry) {
      if (given_.row_numbers[entry] != static_cast<std::int64_t>(entry) + 1) {
        return;
      }
    }
    throw Error(ErrorCode::input,
                "'{}': its {} rows are numbered from 1, as in a file of the test part, not as in {}",
                given_.name, given_.rows, data_.name)
        .hint("name the file that was predicted (`--data FILE`), or copy its column `row` (`mlp data split` "
              "writes one)");
  }

  void by_order() {
    const bool all = given_.rows == data_.table.rows;
    if (!all && given_.rows != data_.part.size()) {
      throw Error(ErrorCode::input,
                  "'{}' has {} rows without '{}' to match them by; {} has {}, {} of them to score",
                  given_.name, given_.rows, target_.id_column.value_or("row"), data_.name, data_.table.rows,
                  data_.part.size())
          .hint("add a column `row` (1 = the first data row) or the id column, or predict every row");
    }
    for (std::size_t entry = 0; entry < given_.rows; ++entry) {
      match_.entry_of[all ? entry : data_.part[entry]] = static_cast<std::int64_t>(entry);
    }
  }

  void take(std::size_t row, std::size_t entry, const std::string& what) {
    std::int64_t& place = match_.entry_of[row];
    if (place != k_none) {
      throw Error(ErrorCode::input, "'{}' row {}: {} is predicted in row {} already", given_.name, entry + 1,
                  what, place + 1)
          .hint("keep one prediction a row");
    }
    place = static_cast<std::int64_t>(entry);
  }

  const GivenPredictions& given_;
  const PredictedTarget& target_;
  const PredictedData& data_;
  PredictionMatch match_;
};

} // namespace

PredictionMatch match_predictions(const GivenPredictions& given, const PredictedTarget& target,
                                  const PredictedData& data) {
  return Matching(given, target, data).run();
}

} // namespace mlp::model
