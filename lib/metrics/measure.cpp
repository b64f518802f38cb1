#include "base/error.hpp"
#include "metrics/bootstrap.hpp"
#include "metrics/delong.hpp"
#include "metrics/distributions.hpp"
#include "metrics/intervals.hpp"
#include "metrics/queries.hpp"
#include "metrics/registry.hpp"
#include "metrics/row_losses.hpp"
#include "metrics/sums.hpp"

#include <algorithm>
#include <cmath>

namespace mlp::metrics {
namespace {

std::optional<std::int64_t> count_positive(const Rows& rows) {
  if (rows.task != Task::binary) {
    return std::nullopt;
  }
  return static_cast<std::int64_t>(std::ranges::count(rows.target, 1.0));
}

MetricValue describe(const std::string& name, const MetricInfo& info, const Rows& rows) {
  MetricValue value;
  value.name = name;
  value.n = count_units(rows);
  value.n_pos = count_positive(rows);
  value.direction = info.direction;
  return value;
}

void make_insufficient(MetricValue& value, std::string why) {
  value.status = Status::insufficient;
  value.value.reset();
  value.why = std::move(why);
}

void set_interval(MetricValue& value, IntervalMethod method, const Interval& interval) {
  value.method = method;
  value.lower = interval.lower;
  value.upper = interval.upper;
}

/// The values of a family's metrics, in its order.
std::vector<MetricValue> values_of(const PreparedFamily& family, const Rows& rows) {
  std::vector<double> numbers(family.infos.size());
  RowWeights weights(rows);
  family.statistic->evaluate(weights, numbers);
  std::vector<MetricValue> values;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    MetricValue value = describe(family.names[i], *family.infos[i], rows);
    if (std::isfinite(numbers[i])) {
      value.value = numbers[i];
    } else {
      value.status = Status::undefined;
      value.why =
          std::isnan(numbers[i]) ? family.statistic->why_undefined(i) : "it is too large for a double";
    }
    values.push_back(std::move(value));
  }
  return values;
}

IntervalMethod bootstrap_of(const Rows& rows) {
  switch (rows.dependence) {
  case Dependence::none:
    return IntervalMethod::bootstrap;
  case Dependence::clusters:
    return IntervalMethod::cluster_bootstrap;
  case Dependence::time:
    break;
  }
  return IntervalMethod::block_bootstrap;
}

IntervalMethod method_on(const Rows& rows, const MetricInfo& info) {
  if (rows.dependence != Dependence::none) {
    return info.interval == IntervalMethod::none ? IntervalMethod::none : bootstrap_of(rows);
  }
  const bool normal_fails = info.interval == IntervalMethod::normal && rows.size() < k_normal_min_rows;
  const bool delong_fails = info.interval == IntervalMethod::delong && !rows.weights.empty();
  return normal_fails || delong_fails ? IntervalMethod::bootstrap : info.interval;
}

void add_wilson(MetricValue& value, const Statistic& statistic, std::size_t metric, const Rows& rows,
                double level) {
  const auto estimate = estimate_mean(statistic.row_values(metric), rows.weights);
  set_interval(value, IntervalMethod::wilson, wilson_interval(*value.value, estimate.effective_rows, level));
}

void add_normal(MetricValue& value, const Statistic& statistic, std::size_t metric, const Rows& rows,
                double level) {
  if (const auto error = statistic.standard_error(metric)) {
    const double half = normal_quantile(0.5 + 0.5 * level) * *error;
    set_interval(value, IntervalMethod::normal, {*value.value - half, *value.value + half});
    return;
  }
  const auto estimate = estimate_mean(statistic.row_values(metric), rows.weights);
  if (estimate.effective_rows < 2.0) {
    make_insufficient(value, "the weights leave fewer than two effective rows");
    return;
  }
  set_interval(value, IntervalMethod::normal, mean_interval(estimate, level));
}

void add_delong(MetricValue& value, const Rows& rows, double level) {
  const auto ranked = placements(rows.target, rows.scores);
  if (std::min(ranked.positive.size(), ranked.negative.size()) < 2) {
    make_insufficient(value, "a class has only one row: an interval needs two");
    return;
  }
  set_interval(value, IntervalMethod::delong, auc_interval(ranked, level));
}

/// The losses of another model, by which ours is judged.
struct Reference {
  std::size_t position; ///< in the values
  std::vector<double> losses;
};

std::vector<Rows> rows_of(const Sample& sample, std::span<const Rival> rivals) {
  std::vector<Sample> samples = {sample};
  for (const Rival& rival : rivals) {
    samples.push_back(rival.sample);
  }
  return canonical_together(samples);
}

class Measurement {
public:
  Measurement(std::vector<Rows> rows, const IntervalOptions& options)
      : rows_(std::move(rows.front())), options_(options) {
    if (rows.size() > 1) {
      losses_ = skill_losses(rows_);
    }
    for (std::size_t i = 1; i < rows.size(); ++i) {
      references_.push_back({i - 1, skill_losses(rows[i])});
    }
  }

  std::vector<MetricValue> run(std::span<const std::string> names, std::span<const Rival> rivals) {
    values_.resize(names.size() + rivals.size());
    for (const PreparedFamily& family : prepare(names, rows_)) {
      add_closed_forms(family);
    }
    for (Reference& reference : references_) {
      const std::string& name = rivals[reference.position].skill;
      reference.position += names.size();
      add_skill(name, reference);
    }
    if (!to_resample_.empty() || !skills_to_resample_.empty()) {
      add_bootstrap();
    }
    return std::move(values_);
  }

private:
  void add_closed_forms(const PreparedFamily& family) {
    auto measured = values_of(family, rows_);
    for (std::size_t i = 0; i < measured.size(); ++i) {
      MetricValue& value = values_[family.positions[i]];
      value = std::move(measured[i]);
      value.level = options_.level;
      if (value.status == Status::ok) {
        add_closed_form(value, family, i);
      }
    }
  }

  /// Relative to the sum of the model's own losses, which all skills share.
  [[nodiscard]] double skill_of(double own, const Reference& reference, const RowWeights& weights) const {
    const double other = weighted_sum(weights, reference.losses);
    return other > 0.0 ? 1.0 - own / other : k_undefined;
  }

  void add_skill(const std::string& name, const Reference& reference) {
    MetricValue& value = values_[reference.position];
    value.name = name;
    value.n = count_units(rows_);
    value.n_pos = count_positive(rows_);
    value.direction = Direction::higher_is_better;
    value.level = options_.level;
    const RowWeights weights(rows_);
    const double skill = skill_of(weighted_sum(weights, losses_), reference, weights);
    if (!std::isfinite(skill)) {
      value.status = Status::undefined;
      value.why = "the other model makes no error: nothing can be better";
      return;
    }
    value.value = skill;
    skills_to_resample_.push_back(&reference);
  }

  void add_closed_form(MetricValue& value, const PreparedFamily& family, std::size_t i) {
    switch (method_on(rows_, *family.infos[i])) {
    case IntervalMethod::wilson:
      return add_wilson(value, *family.statistic, i, rows_, options_.level);
    case IntervalMethod::normal:
      return add_normal(value, *family.statistic, i, rows_, options_.level);
    case IntervalMethod::delong:
      return add_delong(value, rows_, options_.level);
    case IntervalMethod::bootstrap:
    case IntervalMethod::basic_bootstrap:
    case IntervalMethod::cluster_bootstrap:
    case IntervalMethod::block_bootstrap:
      to_resample_.push_back(&value);
      return;
    case IntervalMethod::none:
      return;
    }
  }

  void add_bootstrap() {
    std::vector<MetricValue*> resampled = to_resample_;
    for (const Reference* reference : skills_to_resample_) {
      resampled.push_back(&values_[reference->position]);
    }
    const bool one_cluster = rows_.dependence == Dependence::clusters && rows_.groups < 2;
    if (rows_.size() < 2 || one_cluster) {
      for (MetricValue* value : resampled) {
        make_insufficient(*value, one_cluster ? "there is only one cluster: an interval needs two"
                                              : "there is only one row: an interval needs two");
      }
      return;
    }
    const Replicates replicates = resample();
    for (std::size_t number = 0; number < resampled.size(); ++number) {
      MetricValue& value = *resampled[number];
      if (const auto interval = percentile_interval(replicates, number, options_.level)) {
        set_bootstrap(value, *interval);
      } else {
        make_insufficient(value, why_no_interval(replicates, number));
      }
    }
  }

  /// A maximum is larger on resamples than on the rows, as it is on these rows than in truth: its interval is
  /// reflected about its value (basic bootstrap, Davison & Hinkley 1997, 5.2.1), within [0, 1].
  void set_bootstrap(MetricValue& value, const Interval& percentiles) const {
    const IntervalMethod method = bootstrap_of(rows_);
    const MetricInfo* info = find_metric(rows_.task, value.name); // none: a skill
    if (info == nullptr || info->interval != IntervalMethod::basic_bootstrap) {
      set_interval(value, method, percentiles);
      return;
    }
    const double twice = 2.0 * *value.value;
    set_interval(value, method == IntervalMethod::bootstrap ? IntervalMethod::basic_bootstrap : method,
                 {std::max(0.0, twice - percentiles.upper), std::min(1.0, twice - percentiles.lower)});
  }

  /// The metrics in the order of to_resample_, then the skills, all on the same resamples.
  Replicates resample() {
    std::vector<std::string> names;
    for (const MetricValue* value : to_resample_) {
      names.push_back(value->name);
    }
    const auto families = prepare(names, rows_);
    const auto evaluate = [&](RowWeights& weights, std::span<double> numbers) {
      for (const PreparedFamily& family : families) {
        std::vector<double> values(family.infos.size());
        family.statistic->evaluate(weights, values);
        for (std::size_t i = 0; i < values.size(); ++i) {
          numbers[family.positions[i]] = values[i];
        }
      }
      const double own = skills_to_resample_.empty() ? 0.0 : weighted_sum(weights, losses_);
      for (std::size_t i = 0; i < skills_to_resample_.size(); ++i) {
        numbers[names.size() + i] = skill_of(own, *skills_to_resample_[i], weights);
      }
    };
    return bootstrap(rows_, names.size() + skills_to_resample_.size(), evaluate, options_);
  }

  Rows rows_;
  std::vector<double> losses_; ///< of the model, where it has rivals
  std::vector<Reference> references_;
  IntervalOptions options_;
  std::vector<MetricValue> values_;       ///< in the order of the names asked for
  std::vector<MetricValue*> to_resample_; ///< the metrics among them that need the bootstrap
  std::vector<const Reference*> skills_to_resample_;
};

void require_level(double level) {
  if (!(level > 0.0 && level < 1.0)) {
    throw Error(ErrorCode::input, "cannot make an interval of level {}: it must lie between 0 and 1", level)
        .hint("set `evaluation.confidence: 0.95` in mlp.yaml");
  }
}

} // namespace

MetricValue measure(std::string_view name, const Sample& sample) {
  const Rows rows = canonical(sample);
  return std::move(values_of(prepare_one(name, rows), rows).front());
}

std::vector<MetricValue> measure_all(std::span<const std::string> names, const Sample& sample) {
  const Rows rows = canonical(sample);
  std::vector<MetricValue> values(names.size());
  for (const PreparedFamily& family : prepare(names, rows)) {
    auto measured = values_of(family, rows);
    for (std::size_t i = 0; i < measured.size(); ++i) {
      values[family.positions[i]] = std::move(measured[i]);
    }
  }
  return values;
}

std::vector<MetricValue> measure_with_intervals(std::span<const std::string> names, const Sample& sample,
                                                const IntervalOptions& options) {
  return measure_with_rivals(names, sample, {}, options);
}

std::vector<MetricValue> measure_with_rivals(std::span<const std::string> names, const Sample& sample,
                                             std::span<const Rival> rivals, const IntervalOptions& options) {
  require_level(options.level);
  return Measurement(rows_of(sample, rivals), options).run(names, rivals);
}

} // namespace mlp::metrics
