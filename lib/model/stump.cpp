#include "model/stump.hpp"

#include "base/time.hpp"
#include "dataset/personal_data.hpp"
#include "model/encoding.hpp"
#include "model/training_data.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <span>
#include <string_view>

namespace mlp::model {
namespace {

using Rows = std::vector<std::uint32_t>;

constexpr double k_rounding = 1e-12; // a gain above it is one
constexpr std::size_t k_rows_at_once = 1U << 16U;

/// Weight of some rows and the weighted sum of each of their outputs: one a class, or the target itself.
struct Side {
  double weight = 0.0;
  std::vector<double> sums;

  explicit Side(std::size_t outputs) : sums(outputs, 0.0) {}
  void add(const Side& other, double sign = 1.0) {
    weight += sign * other.weight;
    for (std::size_t i = 0; i < sums.size(); ++i) {
      sums[i] += sign * other.sums[i];
    }
  }
  /// How much of the squared error its means explain.
  [[nodiscard]] double explained() const {
    double squares = 0.0;
    for (const double sum : sums) {
      squares += sum * sum;
    }
    return weight > 0.0 ? squares / weight : 0.0;
  }
};

struct Split {
  double gain = 0.0;
  std::size_t feature = 0;
  bool is_category = false;
  float at = 0.0F;            ///< below it, or equal to this code: the first side
  bool missing_first = false; ///< rows without a value are on the first side
};

bool is_first(const Split& split, float value) {
  if (std::isnan(value)) {
    return split.missing_first;
  }
  return split.is_category ? value == split.at : value < split.at;
}

/// The rows that a stump is fitted to.
struct FittedRows {
  std::vector<float> encoded; ///< [rows × features]
  std::size_t features = 0;
  std::vector<double> target;
  std::vector<double> weights;
  std::size_t classes = 0; ///< 0: the target is a number, of which its mean was taken away
  double mean = 0.0;

  [[nodiscard]] std::size_t size() const { return target.size(); }
  [[nodiscard]] std::size_t outputs() const { return classes == 0 ? 1 : classes; }
  [[nodiscard]] float value(std::size_t row, std::size_t feature) const {
    return encoded[row * features + feature];
  }
  void add_to(Side& side, std::size_t row) const {
    side.weight += weights[row];
    side.sums[classes == 0 ? 0 : static_cast<std::size_t>(target[row])] +=
        weights[row] * (classes == 0 ? target[row] : 1.0);
  }
};

class Search {
public:
  explicit Search(const FittedRows& rows) : rows_(rows), all_(rows.outputs()) {
    for (std::size_t row = 0; row < rows.size(); ++row) {
      rows.add_to(all_, row);
      squares_ += rows.weights[row] * (rows.classes == 0 ? rows.target[row] * rows.target[row] : 1.0);
    }
  }

  [[nodiscard]] const Side& all() const { return all_; }

  [[nodiscard]] std::optional<Split> best(const std::vector<Feature>& features) {
    for (std::size_t feature = 0; feature < features.size(); ++feature) {
      feature_ = feature;
      missing_ = Side(rows_.outputs());
      if (features[feature].type == dataset::ColumnType::category) {
        try_categories(features[feature].categories.size());
      } else {
        try_cuts();
      }
    }
    return best_;
  }

private:
  /// One side holds `first`, the other all else; rows without a value go to either.
  void consider(const Side& first, float at, bool is_category) {
    for (const bool missing_first : {false, true}) {
      Side left = first;
      if (missing_first) {
        left.add(missing_);
      }
      Side right = all_;
      right.add(left, -1.0);
      const double gain = left.explained() + right.explained() - all_.explained();
      const double least = best_ ? best_->gain : k_rounding * squares_;
      const bool both_hold_rows = left.weight > 0.0 && right.weight > k_rounding * all_.weight;
      if (both_hold_rows && gain > least) {
        best_ = Split{gain, feature_, is_category, at, missing_first};
      }
    }
  }

  void try_categories(std::size_t categories) {
    std::vector<Side> sides(categories, Side(rows_.outputs()));
    for (std::size_t row = 0; row < rows_.size(); ++row) {
      const float code = rows_.value(row, feature_);
      rows_.add_to(std::isnan(code) ? missing_ : sides[static_cast<std::size_t>(code)], row);
    }
    for (std::size_t code = 0; code < categories; ++code) {
      consider(sides[code], static_cast<float>(code), true);
    }
  }

  void try_cuts() {
    std::vector<std::uint32_t> order;
    for (std::uint32_t row = 0; row < rows_.size(); ++row) {
      if (std::isnan(rows_.value(row, feature_))) {
        rows_.add_to(missing_, row);
      } else {
        order.push_back(row);
      }
    }
    std::ranges::stable_sort(order, {}, [&](std::uint32_t row) { return rows_.value(row, feature_); });
    Side below(rows_.outputs());
    for (std::size_t i = 0; i + 1 < order.size(); ++i) {
      rows_.add_to(below, order[i]);
      const float here = rows_.value(order[i], feature_);
      const float next = rows_.value(order[i + 1], feature_);
      if (here < next) {
        const float middle = here + (next - here) / 2.0F;
        consider(below, middle > here && std::isfinite(middle) ? middle : next, false);
      }
    }
  }

  const FittedRows& rows_;
  Side all_;
  double squares_ = 0.0;
  Side missing_{0};
  std::size_t feature_ = 0;
  std::optional<Split> best_;
};

FittedRows fitted_rows(const dataset::Table& table, const Rows& rows, const dataset::Roles& roles,
                       const config::Project& project, const std::vector<Feature>& features,
                       unsigned threads) {
  FittedRows fitted;
  fitted.encoded = Encoder(features, table).encode(rows, threads);
  fitted.features = features.size();
  const auto target = dataset::target_of(table, project);
  fitted.target = gathered(target.values, rows);
  fitted.weights = weights_of(table, roles, rows);
  if (fitted.weights.empty()) {
    fitted.weights.assign(rows.size(), 1.0);
  }
  if (has_classes(project.model.task)) {
    fitted.classes = target.classes.size();
    return fitted;
  }
  fitted.mean = weighted_mean(fitted.target, fitted.weights);
  for (double& value : fitted.target) {
    value -= fitted.mean; // squares of large numbers would swallow small differences
  }
  return fitted;
}

/// What a side predicts, one score a row of it; of two classes the second's.
std::vector<double> prediction_of(const Side& side, const Side& all, Task task, double mean) {
  if (!has_classes(task)) {
    return {mean + side.sums[0] / side.weight};
  }
  std::vector<double> shares;
  for (std::size_t i = 0; i < side.sums.size(); ++i) {
    shares.push_back((side.sums[i] + all.sums[i] / all.weight) / (side.weight + 1.0));
  }
  return task == Task::binary ? std::vector{shares[1]} : shares;
}

/// In words; a value of personal data is not among them.
std::string question_of(const Split& split, const Feature& feature, const dataset::Column& column) {
  if (dataset::personal_data(column)) {
    const std::string_view verb =
        split.is_category || column.type == dataset::ColumnType::boolean ? "is" : "<";
    return fmt::format("{} {} {}", feature.name, verb, dataset::k_personal_text);
  }
  if (split.is_category) {
    return fmt::format("{} is '{}'", feature.name, feature.categories[static_cast<std::size_t>(split.at)]);
  }
  if (feature.type == dataset::ColumnType::boolean && feature.spellings.size() == 2) {
    return fmt::format("{} is '{}'", feature.name, feature.spellings[0]);
  }
  if (feature.type == dataset::ColumnType::datetime) {
    return fmt::format("{} before {}", feature.name, format_utc(static_cast<UnixSeconds>(split.at)));
  }
  return fmt::format("{} < {:.6g}", feature.name, split.at);
}

} // namespace

Stump stump_scores(const dataset::Table& train_table, const std::vector<std::uint32_t>& train_rows,
                   const dataset::Table& scored, const std::vector<std::uint32_t>& rows,
                   const dataset::Roles& roles, const config::Project& project, unsigned threads) {
  const Rows kept = thinned_rows(train_rows);
  const auto features = learn_features(train_table, kept, roles, project, threads);
  const FittedRows fitted = fitted_rows(train_table, kept, roles, project, features, threads);
  Search search(fitted);
  const auto split = search.best(features);
  if (!split) {
    return {};
  }
  Side first(fitted.outputs());
  Side second = search.all();
  for (std::size_t row = 0; row < fitted.size(); ++row) {
    if (is_first(*split, fitted.value(row, split->feature))) {
      fitted.add_to(first, row);
    }
  }
  second.add(first, -1.0);
  const Task task = project.model.task;
  const auto if_first = prediction_of(first, search.all(), task, fitted.mean);
  const auto if_second = prediction_of(second, search.all(), task, fitted.mean);

  Stump stump;
  const Feature& feature = features[split->feature];
  stump.question = question_of(*split, feature, train_table.column(feature.name));
  const std::vector<Feature> asked = {features[split->feature]};
  const Encoder encoder(asked, scored);
  for (std::size_t begin = 0; begin < rows.size(); begin += k_rows_at_once) {
    const auto chunk = std::span(rows).subspan(begin, std::min(k_rows_at_once, rows.size() - begin));
    for (const float value : encoder.encode(chunk, threads)) {
      const auto& prediction = is_first(*split, value) ? if_first : if_second;
      stump.scores.insert(stump.scores.end(), prediction.begin(), prediction.end());
    }
  }
  return stump;
}

} // namespace mlp::model
