#include "workflow/worst_mistakes.hpp"

#include "dataset/personal_data.hpp"
#include "evaluation/row_errors.hpp"
#include "report/numbers.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mlp::workflow {
namespace {

constexpr std::size_t k_rows = 15;
constexpr std::size_t k_features = 6;

/// What a row is called, and with what score.
std::pair<std::string, std::string> called(const evaluation::Scored& scored, std::size_t at) {
  if (!has_classes(scored.task)) {
    return {report::metric_text(scored.model[at]), ""};
  }
  if (scored.task == Task::binary) {
    const bool positive = scored.model[at] >= scored.threshold;
    return {scored.classes[positive ? 1 : 0], report::metric_text(scored.model[at])};
  }
  const auto first = scored.model.begin() + static_cast<std::ptrdiff_t>(at * scored.classes.size());
  const auto best = std::max_element(first, first + static_cast<std::ptrdiff_t>(scored.classes.size()));
  return {scored.classes[static_cast<std::size_t>(best - first)], report::metric_text(*best)};
}

std::string truth(const evaluation::Scored& scored, std::size_t at) {
  if (scored.task == Task::ranking) {
    return fmt::format("{:.0f}", scored.target[at]);
  }
  return has_classes(scored.task) ? scored.classes[static_cast<std::size_t>(scored.target[at])]
                                  : report::metric_text(scored.target[at]);
}

/// A column whose values are shown, and whether they are somebody's.
struct ShownColumn {
  const dataset::Column* column = nullptr; ///< null: there is none
  bool is_personal = false;

  explicit ShownColumn(const dataset::Column* of)
      : column(of), is_personal(of != nullptr && dataset::personal_data(*of).has_value()) {}
  [[nodiscard]] std::string text(std::size_t row) const {
    return dataset::shown_text(*column, row, is_personal);
  }
};

} // namespace

ShownRows worst_mistakes(const TestRows& test, const evaluation::Scored& scored,
                         const model::Artifact& artifact) {
  const bool has_score = has_classes(scored.task);
  const ShownColumn id(artifact.id_column ? test.table.find(*artifact.id_column) : nullptr);
  std::vector<ShownColumn> features;
  ShownRows shown;
  shown.header = {"row"};
  if (id.column != nullptr) {
    shown.header.push_back(id.column->name);
  }
  const ShownColumn query(test.query.empty() ? nullptr : test.table.find(test.query));
  const bool has_query = query.column != nullptr;
  if (has_query) {
    shown.header.push_back(query.column->name);
  }
  shown.header.insert(shown.header.end(), {has_query ? "grade" : "is", has_score   ? "called"
                                                                       : has_query ? "score"
                                                                                   : "predicted"});
  if (has_score) {
    shown.header.emplace_back("score");
  }
  for (const model::Feature& feature : artifact.features) {
    const dataset::Column* column = test.table.find(feature.name);
    if (column != nullptr && features.size() < k_features) {
      features.emplace_back(column);
      shown.header.push_back(feature.name);
    }
  }
  for (const std::size_t at : evaluation::worst_rows(scored, k_rows)) {
    const std::uint32_t row = test.rows[at];
    std::vector<std::string> cells = {std::to_string(row + 1)};
    if (id.column != nullptr) {
      cells.push_back(id.text(row));
    }
    if (has_query) {
      cells.push_back(query.text(row));
    }
    const auto [name, score] = called(scored, at);
    cells.insert(cells.end(), {truth(scored, at), name});
    if (has_score) {
      cells.push_back(score);
    }
    for (const ShownColumn& feature : features) {
      cells.push_back(feature.text(row));
    }
    shown.rows.push_back(std::move(cells));
  }
  return shown;
}

} // namespace mlp::workflow
