#include "model/given_predictions.hpp"

#include "base/error.hpp"
#include "dataset/labels.hpp"
#include "dataset/read_table.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

namespace mlp::model {
namespace {

using dataset::Column;
using dataset::ColumnType;
using dataset::Table;

constexpr std::string_view k_probability = "probability";
constexpr std::string_view k_probability_of = "probability_";
constexpr std::int32_t k_no_class = -1;

/// "'p.csv' row 17": the row is counted as in the column `row`.
std::string place(const std::string& name, std::size_t row) {
  return fmt::format("'{}' row {}", name, row + 1);
}

Table read_file(const std::string& name, std::string_view bytes, const PredictedTarget& target,
                const ReadEffort& effort) {
  dataset::ReadOptions options;
  options.format.header = true;
  options.format.missing = std::vector<std::string>{""}; // "nan" is no absent prediction but a wrong one
  options.types["row"] = ColumnType::number;
  options.types["prediction"] = has_classes(target.task) ? ColumnType::text : ColumnType::number;
  if (target.task == Task::ranking) {
    options.types["score"] = ColumnType::number;
  }
  options.types[std::string(k_probability)] = ColumnType::number;
  for (const std::string& label : target.classes) {
    options.types[std::string(k_probability_of) + label] = ColumnType::number;
  }
  if (target.id_column) {
    options.types[*target.id_column] = ColumnType::text;
  }
  options.threads = effort.threads;
  options.progress = effort.progress;
  options.interrupt = effort.interrupt;
  Table table = dataset::read_table_bytes({{name, bytes}}, options);
  if (table.rows == 0) {
    throw Error(ErrorCode::input, "'{}' holds a header and no predictions", name)
        .hint("write one line for each predicted row below the header");
  }
  return table;
}

std::int32_t class_of(const std::string& text, const std::vector<std::string>& classes) {
  const auto found = std::find_if(classes.begin(), classes.end(),
                                  [&](const std::string& label) { return dataset::same_label(label, text); });
  return found == classes.end() ? k_no_class : static_cast<std::int32_t>(found - classes.begin());
}

/// Reads one file's table, column by column.
class Reading {
public:
  Reading(const std::string& name, const Table& table, const PredictedTarget& target)
      : name_(name), table_(table), target_(target) {
    given_.name = name;
    given_.rows = table.rows;
    given_.empty.assign(table.rows, false);
  }

  GivenPredictions read() {
    read_ids();
    read_row_numbers();
    read_called();
    const std::vector<const Column*> columns = score_columns();
    if (columns.empty()) {
      score_labels();
    } else {
      read_scores(columns);
    }
    if (std::all_of(given_.empty.begin(), given_.empty.end(), [](bool empty) { return empty; })) {
      throw Error(ErrorCode::input, "'{}' predicts nothing: all {} rows are empty", name_, given_.rows)
          .hint("look at what wrote the file");
    }
    return std::move(given_);
  }

private:
  void read_ids() {
    const Column* ids = target_.id_column ? table_.find(*target_.id_column) : nullptr;
    if (ids == nullptr) {
      return;
    }
    given_.ids.reserve(table_.rows);
    for (std::size_t row = 0; row < table_.rows; ++row) {
      if (ids->missing(row)) {
        throw Error(ErrorCode::input, "{}: the id '{}' is empty", place(name_, row), ids->name)
            .hint("give every prediction the id of its row, or leave the column out and number the rows in "
                  "`row`");
      }
      given_.ids.push_back(ids->text(row));
    }
  }

  void read_row_numbers() {
    const Column* numbers = target_.id_column == "row" ? nullptr : table_.find("row");
    if (numbers == nullptr) {
      return;
    }
    given_.row_numbers.reserve(table_.rows);
    for (std::size_t row = 0; row < table_.rows; ++row) {
      const double number = numbers->numbers[row];
      constexpr double k_most_rows = 9007199254740992.0; // 2^53: whole numbers are exact below
      if (!(number >= 1 && number <= k_most_rows && number == std::floor(number))) {
        throw Error(ErrorCode::input, "{}: 'row' is {}, not a whole number from 1 on", place(name_, row),
                    numbers->missing(row) ? "empty or no number" : shortest(number))
            .hint("`row` counts the data rows of the data from 1, without the header");
      }
      given_.row_numbers.push_back(static_cast<std::int64_t>(number));
    }
  }

  void read_called() {
    const Column* labels = has_classes(target_.task) ? table_.find("prediction") : nullptr;
    if (labels == nullptr) {
      return;
    }
    std::vector<std::int32_t> class_by_code;
    for (const std::string& text : labels->categories) {
      class_by_code.push_back(class_of(text, target_.classes));
    }
    given_.called.assign(table_.rows, k_no_class);
    for (std::size_t row = 0; row < table_.rows; ++row) {
      if (labels->missing(row)) {
        continue;
      }
      given_.called[row] = class_by_code[static_cast<std::size_t>(labels->codes[row])];
      if (given_.called[row] == k_no_class) {
        throw Error(ErrorCode::input, "{}: '{}' is no class of '{}'", place(name_, row), labels->text(row),
                    target_.name)
            .hint(fmt::format("write the label's own text: {}", fmt::join(target_.classes, ", ")));
      }
    }
  }

  /// The columns of the scores in the order of the layout; none where only labels are given.
  std::vector<const Column*> score_columns() {
    switch (target_.task) {
    case Task::regression:
      return {&required("prediction")};
    case Task::ranking:
      return {&required("score")};
    case Task::binary:
      if (const Column* column = table_.find(k_probability)) {
        return {column};
      }
      break;
    case Task::multiclass:
      if (auto columns = class_columns(); !columns.empty()) {
        return columns;
      }
      break;
    }
    if (given_.called.empty()) {
      static_cast<void>(required(target_.task == Task::binary
                                     ? std::string(k_probability)
                                     : std::string(k_probability_of) + target_.classes.front()));
    }
    return {};
  }

  const Column& required(const std::string& column) {
    if (const Column* found = table_.find(column)) {
      return *found;
    }
    std::vector<std::string> names;
    for (const Column& found : table_.columns) {
      names.push_back("'" + found.name + "'");
    }
    throw Error(ErrorCode::input, "'{}' has no column '{}': it holds {}", name_, column,
                fmt::join(names, ", "))
        .hint("predictions are `prediction` (a number, or a label), `probability` (of the positive class), "
              "`probability_<class>` for each class, or the `score` of a ranking");
  }

  std::vector<const Column*> class_columns() {
    std::vector<const Column*> columns(target_.classes.size(), nullptr);
    bool any = false;
    for (const Column& column : table_.columns) {
      if (!column.name.starts_with(k_probability_of)) {
        continue;
      }
      const std::string label = column.name.substr(k_probability_of.size());
      const std::int32_t index = class_of(label, target_.classes);
      if (index == k_no_class) {
        throw Error(ErrorCode::input, "'{}': the column '{}' is of no class of '{}'", name_, column.name,
                    target_.name)
            .hint(fmt::format("its classes: {}", fmt::join(target_.classes, ", ")));
      }
      const Column*& slot = columns[static_cast<std::size_t>(index)];
      if (slot != nullptr) {
        throw Error(ErrorCode::input, "'{}': '{}' and '{}' are of the same class", name_, slot->name,
                    column.name)
            .hint("keep one of the two columns");
      }
      slot = &column;
      any = true;
    }
    if (!any) {
      return {};
    }
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (columns[i] == nullptr) {
        static_cast<void>(required(std::string(k_probability_of) + target_.classes[i]));
      }
    }
    return columns;
  }

  void read_scores(const std::vector<const Column*>& columns) {
    given_.scores.reserve(table_.rows * columns.size());
    for (const Column* column : columns) {
      require_numbers(*column);
    }
    for (std::size_t row = 0; row < table_.rows; ++row) {
      const auto absent = static_cast<std::size_t>(std::count_if(
          columns.begin(), columns.end(), [row](const Column* column) { return column->missing(row); }));
      const bool labelled = !given_.called.empty() && given_.called[row] != k_no_class;
      if (absent > 0 && (absent < columns.size() || labelled)) {
        throw Error(ErrorCode::input, "{} is predicted in part: {} of its {} are empty", place(name_, row),
                    absent,
                    columns.size() == 1 ? "probability" : fmt::format("{} probabilities", columns.size()))
            .hint("fill the row, or leave all of its predictions empty");
      }
      given_.empty[row] = absent > 0;
      for (const Column* column : columns) {
        given_.scores.push_back(absent > 0 ? 0.0 : column->numbers[row]);
      }
      if (absent == 0 && has_classes(target_.task)) {
        check_probabilities(columns, row);
      }
    }
  }

  void require_numbers(const Column& column) const {
    if (!column.is_numeric()) {
      throw Error(ErrorCode::input, "'{}': the column '{}' is no column of numbers", name_, column.name)
          .hint("write numbers with a point, for example 0.25");
    }
    if (!column.misfits.empty()) {
      throw Error(ErrorCode::input, "{}: '{}' is no finite number", place(name_, column.misfits.front()),
                  column.name)
          .hint("NaN and infinity cannot be judged: leave the prediction empty where there is none");
    }
  }

  void check_probabilities(const std::vector<const Column*>& columns, std::size_t row) const {
    double sum = 0;
    for (const Column* column : columns) {
      const double value = column->numbers[row];
      if (!(value >= 0 && value <= 1)) {
        throw Error(ErrorCode::input, "{}: '{}' is {}, not in [0, 1]", place(name_, row), column->name,
                    shortest(value))
            .hint("write a probability; scores of another kind must be made into one first");
      }
      sum += value;
    }
    if (columns.size() > 1 && !(std::abs(sum - 1) <= k_probability_sum_tolerance)) {
      throw Error(ErrorCode::input, "{}: its {} probabilities add up to {}, not to 1 (± {})",
                  place(name_, row), columns.size(), shortest(sum), k_probability_sum_tolerance)
          .hint("write a probability for every class of the row");
    }
  }

  /// A label is a score of 1 for its class.
  void score_labels() {
    given_.labels_only = true;
    const std::size_t width = target_.task == Task::binary ? 1 : target_.classes.size();
    given_.scores.assign(table_.rows * width, 0.0);
    for (std::size_t row = 0; row < table_.rows; ++row) {
      const std::int32_t called = given_.called[row];
      given_.empty[row] = called == k_no_class;
      if (called == k_no_class) {
        continue;
      }
      if (width == 1) {
        given_.scores[row] = called == 1 ? 1.0 : 0.0;
      } else {
        given_.scores[row * width + static_cast<std::size_t>(called)] = 1.0;
      }
    }
  }

  const std::string& name_;
  const Table& table_;
  const PredictedTarget& target_;
  GivenPredictions given_;
};

} // namespace

GivenPredictions read_predictions(const std::string& name, std::string_view bytes,
                                  const PredictedTarget& target, const ReadEffort& effort) {
  const Table table = read_file(name, bytes, target, effort);
  return Reading(name, table, target).read();
}

} // namespace mlp::model
