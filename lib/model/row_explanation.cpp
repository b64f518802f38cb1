#include "model/row_explanation.hpp"

#include "model/encoding.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace mlp::model {
namespace {

constexpr float k_endless = std::numeric_limits<float>::infinity();

/// One value of a feature that is tried, with what it stands for.
struct Trial {
  float value = 0.0F;
  std::optional<float> from_on;
  std::optional<float> below;
};

/// In each interval between split points the value nearest to `current`.
std::vector<Trial> number_trials(const std::vector<float>& cuts, float current) {
  std::vector<Trial> trials;
  for (std::size_t i = 0; i <= cuts.size() && !cuts.empty(); ++i) {
    Trial trial;
    trial.from_on = i > 0 ? std::optional(cuts[i - 1]) : std::nullopt;
    trial.below = i < cuts.size() ? std::optional(cuts[i]) : std::nullopt;
    const bool is_above = trial.from_on && *trial.from_on > current;
    const bool is_below = trial.below && *trial.below <= current;
    trial.value = is_above ? *trial.from_on : is_below ? std::nextafterf(*trial.below, -k_endless) : current;
    if (is_above || is_below) {
      trials.push_back(trial);
    }
  }
  return trials;
}

std::vector<Trial> code_trials(std::size_t codes, float current) {
  std::vector<Trial> trials;
  for (std::size_t code = 0; code < codes; ++code) {
    if (static_cast<float>(code) != current) {
      trials.push_back({static_cast<float>(code), {}, {}});
    }
  }
  return trials;
}

bool is_coded(const Feature& feature) {
  return feature.type == dataset::ColumnType::category || feature.type == dataset::ColumnType::boolean;
}

/// The present values of one feature among encoded rows, sorted.
std::vector<float> sorted_column(std::span<const float> encoded, std::size_t width, std::size_t feature) {
  std::vector<float> values;
  for (std::size_t at = feature; at < encoded.size(); at += width) {
    if (!std::isnan(encoded[at])) {
      values.push_back(encoded[at]);
    }
  }
  std::sort(values.begin(), values.end());
  return values;
}

double share_below(const std::vector<float>& sorted, float value) {
  const auto below = std::lower_bound(sorted.begin(), sorted.end(), value) - sorted.begin();
  return static_cast<double>(below) / static_cast<double>(sorted.size());
}

double distance_between(const Feature& feature, const std::vector<float>& sorted, float from, float to) {
  if (sorted.empty()) {
    return 1.0;
  }
  if (is_coded(feature)) {
    const auto [first, last] = std::equal_range(sorted.begin(), sorted.end(), to);
    return 1.0 - static_cast<double>(last - first) / static_cast<double>(sorted.size());
  }
  return std::abs(share_below(sorted, to) - share_below(sorted, from));
}

/// The best change of one feature, or nothing.
std::optional<Change> nearest_change(const Predictor& predictor, std::span<const float> row,
                                     std::size_t feature, const std::vector<Trial>& trials, float start,
                                     const std::vector<float>& sorted) {
  const Artifact& artifact = predictor.artifact();
  std::vector<float> rows(row.begin(), row.end());
  for (const Trial& trial : trials) {
    rows.insert(rows.end(), row.begin(), row.end());
    rows[rows.size() - row.size() + feature] = trial.value;
  }
  const auto scores = predictor.scores_of_encoded(rows);
  const bool decision = scores[0] >= artifact.threshold;
  std::optional<Change> best;
  double best_gap = 0.0;
  for (std::size_t i = 0; i < trials.size(); ++i) {
    const double score = scores[i + 1];
    if ((score >= artifact.threshold) == decision) {
      continue;
    }
    const Change change{feature,
                        trials[i].value,
                        trials[i].from_on,
                        trials[i].below,
                        distance_between(artifact.features[feature], sorted, start, trials[i].value),
                        score};
    const double gap = std::abs(static_cast<double>(trials[i].value) - static_cast<double>(start));
    const bool is_nearer =
        !best || change.distance < best->distance || (change.distance == best->distance && gap < best_gap);
    if (is_nearer) {
      best = change;
      best_gap = gap;
    }
  }
  return best;
}

} // namespace

RowExplanation explain_row(const Predictor& predictor, std::span<const float> row) {
  RowExplanation explanation;
  explanation.scores = predictor.scores_of_encoded(row);
  const auto& scores = explanation.scores;
  explanation.output =
      static_cast<std::size_t>(std::max_element(scores.begin(), scores.end()) - scores.begin());
  const xgb::Matrix matrix = predictor.matrix_of_encoded(row);
  const auto margins = predictor.booster().predict(matrix, xgb::Booster::Output::margin);
  const auto contributions = predictor.booster().contributions(matrix);
  const std::size_t width = row.size() + 1;
  const auto line = std::span(contributions).subspan(explanation.output * width, width);
  explanation.margin = static_cast<double>(margins[explanation.output]);
  explanation.contributions.assign(line.begin(), line.end() - 1);
  explanation.base_value = static_cast<double>(line.back());
  return explanation;
}

std::vector<Change> nearest_changes(const Predictor& predictor, std::span<const float> row,
                                    std::span<const float> reference) {
  const Artifact& artifact = predictor.artifact();
  if (artifact.task != Task::binary || predictor.booster().kind() == "gblinear") {
    return {};
  }
  const auto cuts = predictor.booster().split_points(feature_columns(artifact.features));
  std::vector<Change> changes;
  for (std::size_t feature = 0; feature < row.size(); ++feature) {
    const Feature& of = artifact.features[feature];
    const auto sorted = sorted_column(reference, row.size(), feature);
    const float median = sorted.empty() ? 0.0F : sorted[sorted.size() / 2];
    const float start = std::isnan(row[feature]) ? median : row[feature];
    const std::size_t codes =
        of.type == dataset::ColumnType::boolean ? of.spellings.size() : of.categories.size();
    auto trials = is_coded(of) ? code_trials(codes, row[feature]) : number_trials(cuts[feature], start);
    if (!is_coded(of) && std::isnan(row[feature])) {
      trials.push_back({median, {}, {}}); // the interval that the median itself lies in
    }
    if (auto change = nearest_change(predictor, row, feature, trials, start, sorted)) {
      changes.push_back(*change);
    }
  }
  std::stable_sort(changes.begin(), changes.end(),
                   [](const Change& a, const Change& b) { return a.distance < b.distance; });
  return changes;
}

} // namespace mlp::model
