#include "model/predictions.hpp"

#include "base/error.hpp"
#include "base/json.hpp"
#include "dataset/write_csv.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <unordered_map>
#include <utility>

namespace mlp::model {
namespace {

using dataset::Column;
using dataset::ColumnType;
using dataset::Table;

constexpr std::uint32_t k_no_line = std::numeric_limits<std::uint32_t>::max();

std::vector<std::string> score_columns(const PredictionLayout& layout) {
  switch (layout.task) {
  case Task::binary:
    return {"probability"};
  case Task::multiclass: {
    std::vector<std::string> names;
    for (const std::string& name : layout.classes) {
      names.push_back("probability_" + name);
    }
    return names;
  }
  case Task::regression:
    return {"prediction"};
  }
  return {};
}

void append_field(std::string& out, std::string_view text) {
  out += ',';
  dataset::append_csv_field(out, text);
}

void append_scores(std::string& out, const PredictionLayout& layout, std::span<const double> scores) {
  if (layout.task != Task::regression) {
    append_field(out, predicted_class(layout, scores));
  }
  for (const double score : scores) {
    out += ',';
    out += shortest(score);
  }
}

const Column& required_column(const Table& file, const std::string& name) {
  const Column* const column = file.find(name);
  if (column == nullptr) {
    throw Error(ErrorCode::input, "the predictions have no column '{}'", name)
        .hint("`mlp predict --help` shows the format");
  }
  if (column->type != ColumnType::number && column->type != ColumnType::boolean) {
    throw Error(ErrorCode::input, "the column '{}' of the predictions is {}, not number", name,
                name_of(column->type));
  }
  return *column;
}

/// The line of the file that speaks of each data row, or k_no_line.
std::vector<std::uint32_t> lines_by_id(const Column& file_ids, const Column& data_ids, std::size_t rows) {
  std::unordered_map<std::string, std::uint32_t> line_of;
  for (std::uint32_t line = 0; line < file_ids.codes.size() + file_ids.numbers.size(); ++line) {
    if (!line_of.emplace(file_ids.text(line), line).second) {
      throw Error(ErrorCode::input, "the predictions hold '{}' {} twice", file_ids.name, file_ids.text(line))
          .hint("write one line for each id");
    }
  }
  std::vector<std::uint32_t> lines(rows, k_no_line);
  for (std::uint32_t row = 0; row < rows; ++row) {
    const auto found = line_of.find(data_ids.text(row));
    lines[row] = found == line_of.end() ? k_no_line : found->second;
  }
  return lines;
}

std::vector<std::uint32_t> lines_by_row(const Column& numbers, std::size_t rows) {
  std::vector<std::uint32_t> lines(rows, k_no_line);
  for (std::uint32_t line = 0; line < numbers.numbers.size(); ++line) {
    const double number = numbers.numbers[line];
    if (!(number >= 1.0 && number <= static_cast<double>(rows)) || number != std::floor(number)) {
      throw Error(ErrorCode::input, "the predictions speak of row {}, the data have rows 1 to {}",
                  shortest(number), rows);
    }
    std::uint32_t& place = lines[static_cast<std::size_t>(number) - 1];
    if (place != k_no_line) {
      throw Error(ErrorCode::input, "the predictions hold row {} twice", shortest(number))
          .hint("write one line for each row");
    }
    place = line;
  }
  return lines;
}

std::vector<std::uint32_t> lines_in_order(const Table& file, std::size_t rows) {
  if (file.rows != rows) {
    throw Error(ErrorCode::input, "the predictions have {} lines and no column 'row', the data {} rows",
                file.rows, rows)
        .hint("add the column 'row' (1 = the first data row) or the id column");
  }
  std::vector<std::uint32_t> lines(rows);
  for (std::uint32_t row = 0; row < rows; ++row) {
    lines[row] = row;
  }
  return lines;
}

std::vector<std::uint32_t> matched_lines(const Table& file, const PredictionLayout& layout,
                                         const Table& data) {
  const Column* const file_ids = layout.id_column ? file.find(*layout.id_column) : nullptr;
  const Column* const data_ids = layout.id_column ? data.find(*layout.id_column) : nullptr;
  if (file_ids != nullptr && data_ids != nullptr) {
    return lines_by_id(*file_ids, *data_ids, data.rows);
  }
  if (file.find("row") != nullptr) {
    return lines_by_row(required_column(file, "row"), data.rows);
  }
  return lines_in_order(file, data.rows);
}

void require_probability(double score, const std::string& column, std::uint32_t line) {
  if (!(score >= 0.0 && score <= 1.0)) {
    throw Error(ErrorCode::input, "'{}' is {} in line {} of the predictions; a probability is in [0, 1]",
                column, shortest(score), line + 2); // the header is line 1
  }
}

} // namespace

PredictionLayout layout_of(const Artifact& artifact, const Table& input) {
  PredictionLayout layout{artifact.task, artifact.classes, artifact.threshold, artifact.id_column, false};
  if (layout.id_column && input.find(*layout.id_column) == nullptr) {
    layout.id_column.reset();
  }
  return layout;
}

const std::string& predicted_class(const PredictionLayout& layout, std::span<const double> scores) {
  if (layout.task == Task::binary) {
    return layout.classes[scores[0] >= layout.threshold ? 1 : 0];
  }
  return layout
      .classes[static_cast<std::size_t>(std::max_element(scores.begin(), scores.end()) - scores.begin())];
}

void append_predictions_header(std::string& out, const PredictionLayout& layout) {
  out += "row";
  if (layout.id_column) {
    append_field(out, *layout.id_column);
  }
  if (layout.task != Task::regression) {
    out += ",prediction";
  }
  for (const std::string& name : score_columns(layout)) {
    append_field(out, name);
  }
  out += layout.has_invalid ? ",invalid\n" : "\n";
}

void append_predictions(std::string& out, const PredictionLayout& layout, const PredictedRows& predicted) {
  const Column* const ids = layout.id_column ? predicted.table.find(*layout.id_column) : nullptr;
  const std::size_t width = score_columns(layout).size();
  for (std::size_t i = 0; i < predicted.rows.size(); ++i) {
    out += std::to_string(predicted.rows_before + predicted.rows[i] + 1);
    if (layout.id_column) {
      append_field(out, ids != nullptr ? ids->text(predicted.rows[i]) : "");
    }
    if (predicted.rejected != nullptr && (*predicted.rejected)[i]) {
      out.append(layout.task == Task::regression ? 1 : width + 1, ',');
    } else {
      append_scores(out, layout, predicted.scores.subspan(i * width, width));
    }
    if (layout.has_invalid) {
      out += predicted.invalid != nullptr && (*predicted.invalid)[i] ? ",1" : ",0";
    }
    out += '\n';
  }
}

std::map<std::string, ColumnType> prediction_types(const PredictionLayout& layout, const Table& data) {
  std::map<std::string, ColumnType> types = {{"row", ColumnType::number}};
  for (const std::string& name : score_columns(layout)) {
    types.emplace(name, ColumnType::number);
  }
  const Column* const ids = layout.id_column ? data.find(*layout.id_column) : nullptr;
  if (ids != nullptr) { // read alike, so that equal ids have equal texts
    types.emplace(ids->name, ids->type);
  }
  return types;
}

MatchedPredictions match_predictions(const Table& file, const PredictionLayout& layout, const Table& data,
                                     const std::vector<std::uint32_t>& rows) {
  std::vector<const Column*> columns;
  for (const std::string& name : score_columns(layout)) {
    columns.push_back(&required_column(file, name));
  }
  const auto lines = matched_lines(file, layout, data);
  MatchedPredictions matched;
  for (const std::uint32_t row : rows) {
    const std::uint32_t line = lines[row];
    if (line == k_no_line || std::isnan(columns[0]->numbers[line])) {
      continue;
    }
    matched.rows.push_back(row);
    for (const Column* const column : columns) {
      const double score = column->numbers[line];
      if (layout.task != Task::regression) {
        require_probability(score, column->name, line);
      }
      matched.scores.push_back(score);
    }
  }
  return matched;
}

} // namespace mlp::model
