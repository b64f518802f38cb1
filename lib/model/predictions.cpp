#include "model/predictions.hpp"

#include "base/error.hpp"
#include "base/json.hpp"
#include "dataset/write_csv.hpp"

#include <algorithm>
#include <utility>

namespace mlp::model {
namespace {

using dataset::Column;
using dataset::Table;

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
  case Task::ranking:
    return {"score"};
  }
  return {};
}

void append_field(std::string& out, std::string_view text) {
  out += ',';
  dataset::append_csv_field(out, text);
}

void append_scores(std::string& out, const PredictionLayout& layout, std::span<const double> scores) {
  if (has_classes(layout.task)) {
    append_field(out, predicted_class(layout, scores));
  }
  for (const double score : scores) {
    out += ',';
    out += shortest(score);
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
  if (has_classes(layout.task)) {
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
      out.append(has_classes(layout.task) ? width + 1 : 1, ',');
    } else {
      append_scores(out, layout, predicted.scores.subspan(i * width, width));
    }
    if (layout.has_invalid) {
      out += predicted.invalid != nullptr && (*predicted.invalid)[i] ? ",1" : ",0";
    }
    out += '\n';
  }
}

} // namespace mlp::model
