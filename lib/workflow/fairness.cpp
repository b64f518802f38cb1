#include "workflow/fairness.hpp"

#include "base/error.hpp"
#include "metrics/delong.hpp"
#include "model/cross_fit.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace mlp::workflow {
namespace {

constexpr std::size_t k_most_rows = 20'000; // more would move the numbers by less than their intervals
constexpr std::size_t k_min_proxy_group = 30;
constexpr std::size_t k_most_flips = 12; ///< values that are tried

std::vector<std::uint32_t> thinned(const std::vector<std::uint32_t>& rows) {
  const std::size_t step = (rows.size() + k_most_rows - 1) / k_most_rows;
  std::vector<std::uint32_t> kept;
  for (std::size_t i = 0; i < rows.size(); i += std::max<std::size_t>(1, step)) {
    kept.push_back(rows[i]);
  }
  return kept;
}

/// The rows of groups that are large enough to be predicted, with the index of their group.
struct Labelled {
  std::vector<std::uint32_t> rows;
  std::vector<std::size_t> group;
  std::vector<std::string> labels;
};

Labelled labelled(const dataset::Column& column, const std::vector<std::uint32_t>& rows,
                  std::optional<int> bins) {
  const auto kept = thinned(rows);
  const evaluation::Grouping grouping = evaluation::group_by(column, kept, bins);
  std::vector<std::size_t> sizes(grouping.labels.size(), 0);
  for (const std::size_t group : grouping.group) {
    ++sizes[group];
  }
  std::map<std::size_t, std::size_t> index;
  Labelled result;
  for (std::size_t group = 0; group < sizes.size(); ++group) {
    if (sizes[group] >= k_min_proxy_group && grouping.others != group && grouping.missing != group) {
      index.emplace(group, result.labels.size());
      result.labels.push_back(column.name + "=" + grouping.labels[group]);
    }
  }
  for (std::size_t i = 0; i < kept.size(); ++i) {
    if (const auto found = index.find(grouping.group[i]); found != index.end()) {
      result.rows.push_back(kept[i]);
      result.group.push_back(found->second);
    }
  }
  return result;
}

/// The group whose members are told from all others best.
void keep_best_group(const Labelled& groups, const std::vector<double>& probabilities, double level,
                     evaluation::Proxy& proxy) {
  const std::size_t count = groups.labels.size();
  for (std::size_t group = 0; group < count; ++group) {
    std::vector<double> target;
    std::vector<double> scores;
    for (std::size_t i = 0; i < groups.rows.size(); ++i) {
      target.push_back(groups.group[i] == group ? 1.0 : 0.0);
      scores.push_back(probabilities[i * count + group]);
    }
    const auto ranked = metrics::placements(target, scores);
    const double auc = metrics::auc_of(ranked);
    if (!proxy.auc || auc > *proxy.auc) {
      const auto interval = metrics::auc_interval(ranked, level);
      proxy.auc = auc;
      proxy.lower = interval.lower;
      proxy.upper = interval.upper;
      proxy.group = groups.labels[group];
    }
  }
}

std::optional<int> bins_of(const config::Project& project, const std::string& name) {
  for (const config::SliceConfig& slice : project.evaluation.slices) {
    if (slice.columns == std::vector<std::string>{name}) {
      return slice.bins;
    }
  }
  return std::nullopt;
}

evaluation::Proxy proxy_of(Workspace& workspace, const config::Project& project, const std::string& name,
                           const dataset::Table& table, const std::vector<std::uint32_t>& rows) {
  evaluation::Proxy proxy;
  dataset::Roles roles = dataset::roles_of(table, project);
  std::erase(roles.features, name);
  const Labelled groups = labelled(table.column(name), rows, bins_of(project, name));
  proxy.n = static_cast<std::int64_t>(groups.rows.size());
  if (groups.labels.size() < 2) {
    proxy.why = fmt::format("fewer than two groups have {} rows", k_min_proxy_group);
    return proxy;
  }
  if (roles.features.empty()) {
    proxy.why = "the model has no other feature";
    return proxy;
  }
  const Context& context = workspace.context();
  const auto probabilities = model::out_of_fold_probabilities(
      table, groups.rows, groups.group, groups.labels.size(), roles, project, workspace.xgboost(),
      context.threads, &context.progress, &context.interrupt);
  keep_best_group(groups, probabilities, project.evaluation.confidence, proxy);
  proxy.p_value = evaluation::permutation_p(groups.group, probabilities, groups.labels.size(), *proxy.auc);
  std::vector<bool> member;
  for (const std::size_t group : groups.group) {
    member.push_back(groups.labels[group] == proxy.group);
  }
  proxy.features = evaluation::single_feature_tells(table, groups.rows, member, roles.features);
  return proxy;
}

/// The values that the column takes most often, with a row that has each.
std::vector<std::uint32_t> examples_of_values(const dataset::Column& column,
                                              const std::vector<std::uint32_t>& rows) {
  std::map<double, std::pair<std::size_t, std::uint32_t>> found;
  for (const std::uint32_t row : rows) {
    if (!column.missing(row)) {
      auto& [n, example] = found[column.is_numeric() ? column.numbers[row] : column.codes[row]];
      ++n;
      example = row;
    }
  }
  std::vector<std::size_t> sizes;
  std::vector<std::uint32_t> examples;
  for (const auto& [value, of] : found) {
    sizes.push_back(of.first);
    examples.push_back(of.second);
  }
  std::vector<std::uint32_t> kept;
  for (const std::size_t i : evaluation::largest_groups(sizes, k_most_flips)) {
    kept.push_back(examples[i]);
  }
  return kept;
}

/// The columns that the model may read, at these rows only.
dataset::Table some_rows(const dataset::Table& table, const std::vector<std::uint32_t>& rows) {
  dataset::Table some;
  some.rows = rows.size();
  for (const dataset::Column& column : table.columns) {
    dataset::Column part = column;
    part.misfits.clear();
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (column.is_numeric()) {
        part.numbers[i] = column.numbers[rows[i]];
      } else {
        part.codes[i] = column.codes[rows[i]];
      }
    }
    part.numbers.resize(column.is_numeric() ? rows.size() : 0);
    part.codes.resize(column.is_numeric() ? 0 : rows.size());
    some.columns.push_back(std::move(part));
  }
  return some;
}

/// What changes where every row has one and the same value.
struct Change {
  std::int64_t n = 0;
  std::int64_t flipped = 0;
  double moved = 0.0;
};

std::size_t called(const evaluation::Scored& scored, const double* scores, std::size_t width) {
  return width == 1 ? (scores[0] >= scored.threshold ? 1U : 0U)
                    : static_cast<std::size_t>(std::max_element(scores, scores + width) - scores);
}

Change change_of(const evaluation::Scored& scored, const std::vector<double>& before,
                 const std::vector<double>& after, const std::vector<bool>& concerned) {
  const std::size_t width = before.size() / concerned.size();
  Change change;
  for (std::size_t i = 0; i < concerned.size(); ++i) {
    if (!concerned[i]) {
      continue;
    }
    const double* here = &before[i * width];
    const double* there = &after[i * width];
    const std::size_t at = called(scored, here, width);
    ++change.n;
    change.flipped += at != called(scored, there, width) ? 1 : 0;
    const std::size_t shown = width == 1 ? 0 : at;
    change.moved += std::abs(there[shown] - here[shown]);
  }
  return change;
}

evaluation::Counterfactual counterfactual_of(const evaluation::Scored& scored, const std::string& name,
                                             const dataset::Table& table,
                                             const std::vector<std::uint32_t>& rows,
                                             const ScoreTable& score_table) {
  evaluation::Counterfactual result;
  dataset::Table some = some_rows(table, thinned(rows));
  const auto column = std::find_if(some.columns.begin(), some.columns.end(),
                                   [&](const dataset::Column& candidate) { return candidate.name == name; });
  const dataset::Column original = *column;
  std::vector<std::uint32_t> all(some.rows);
  for (std::uint32_t i = 0; i < all.size(); ++i) {
    all[i] = i;
  }
  const auto examples = examples_of_values(original, all);
  if (examples.size() < 2) {
    result.why = "it has fewer than two values";
    return result;
  }
  const auto before = score_table(some, all);
  for (const std::uint32_t example : examples) {
    std::vector<bool> concerned;
    concerned.reserve(all.size());
    for (const std::uint32_t row : all) {
      concerned.push_back(!original.missing(row) && original.text(row) != original.text(example));
    }
    if (original.is_numeric()) {
      std::fill(column->numbers.begin(), column->numbers.end(), original.numbers[example]);
    } else {
      std::fill(column->codes.begin(), column->codes.end(), original.codes[example]);
    }
    const Change change = change_of(scored, before, score_table(some, all), concerned);
    const double n = static_cast<double>(std::max<std::int64_t>(1, change.n));
    const double flipped = static_cast<double>(change.flipped) / n;
    const double moved = change.moved / n;
    if (result.n == 0 ||
        std::pair(flipped, moved) > std::pair(result.flipped.value_or(0), result.mean_change)) {
      result.value = original.text(example);
      result.n = change.n;
      result.flipped = flipped;
      result.mean_change = moved;
    }
  }
  if (!has_classes(scored.task)) {
    result.flipped.reset();
  }
  return result;
}

} // namespace

evaluation::FairnessReport fairness_report(Workspace& workspace, const config::Project& project,
                                           const evaluation::Scored& scored, const dataset::Table& table,
                                           const std::vector<std::uint32_t>& rows,
                                           const ScoreTable& score_table) {
  if (scored.task == Task::ranking) {
    return {};
  }
  evaluation::FairnessReport report = evaluation::fairness_of(scored, table, rows, project);
  for (evaluation::AttributeFairness& attribute : report.attributes) {
    if (attribute.columns.size() > 1) {
      continue;
    }
    const std::string& name = attribute.columns.front();
    attribute.proxy = proxy_of(workspace, project, name, table, rows);
    if (attribute.is_feature && score_table) {
      attribute.counterfactual = counterfactual_of(scored, name, table, rows, score_table);
    }
  }
  return report;
}

} // namespace mlp::workflow
