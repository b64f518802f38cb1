#include "evaluation/scored.hpp"

#include "dataset/row_costs.hpp"

#include <algorithm>

namespace mlp::evaluation {
namespace {

std::vector<double> gather(const std::vector<double>& values, const std::vector<std::uint32_t>& at,
                           std::size_t width) {
  std::vector<double> result;
  if (values.empty()) {
    return result;
  }
  result.reserve(at.size() * width);
  for (const std::uint32_t i : at) {
    const auto first = values.begin() + static_cast<std::ptrdiff_t>(i * width);
    result.insert(result.end(), first, first + static_cast<std::ptrdiff_t>(width));
  }
  return result;
}

/// The clusters that occur are numbered anew, in their order.
std::vector<std::uint32_t> places_at(const Scored& scored, const std::vector<std::uint32_t>& at) {
  std::vector<std::uint32_t> places;
  if (scored.dependence == metrics::Dependence::none) {
    return places;
  }
  for (const std::uint32_t i : at) {
    places.push_back(scored.places[i]);
  }
  if (scored.dependence == metrics::Dependence::clusters) {
    std::vector<std::uint32_t> known = places;
    std::ranges::sort(known);
    known.erase(std::unique(known.begin(), known.end()), known.end());
    for (std::uint32_t& place : places) {
      place = static_cast<std::uint32_t>(std::ranges::lower_bound(known, place) - known.begin());
    }
  }
  return places;
}

} // namespace

void set_costs(Scored& scored, const dataset::Table& table, const std::vector<std::uint32_t>& rows,
               const config::Project& project) {
  if (auto costs = dataset::row_costs(table, rows, scored.target, project)) {
    scored.call_cost = std::move(costs->call);
    scored.pass_cost = std::move(costs->pass);
  }
}

metrics::Sample sample_of(const Scored& scored, const std::vector<double>& scores) {
  metrics::Sample sample;
  sample.task = scored.task;
  sample.target = scored.target;
  sample.scores = scores;
  sample.weights = scored.weights;
  sample.classes = scored.task == Task::multiclass ? scored.classes.size() : 1;
  sample.threshold = scored.threshold;
  sample.dependence = scored.dependence;
  sample.places = scored.places;
  if (scored.task == Task::multiclass) {
    sample.class_names = scored.classes;
  }
  sample.call_cost = scored.call_cost;
  sample.pass_cost = scored.pass_cost;
  return sample;
}

metrics::Sample model_sample_of(const Scored& scored) {
  metrics::Sample sample = sample_of(scored, scored.model);
  sample.features = scored.features;
  sample.half_width = scored.half_width;
  return sample;
}

Scored rows_at(const Scored& scored, const std::vector<std::uint32_t>& at) {
  Scored part;
  part.task = scored.task;
  part.classes = scored.classes;
  part.threshold = scored.threshold;
  part.target = gather(scored.target, at, 1);
  part.weights = gather(scored.weights, at, 1);
  part.model = gather(scored.model, at, scored.model.size() / scored.target.size());
  part.dependence = scored.dependence;
  part.places = places_at(scored, at);
  part.features = scored.features;
  part.half_width = scored.half_width;
  part.call_cost = gather(scored.call_cost, at, 1);
  part.pass_cost = gather(scored.pass_cost, at, 1);
  return part;
}

metrics::IntervalOptions interval_options(const config::Project& project, const Effort& effort) {
  metrics::IntervalOptions options;
  options.level = project.evaluation.confidence;
  options.replicates = project.evaluation.bootstrap;
  options.seed = static_cast<std::uint64_t>(project.evaluation.seed);
  options.threads = effort.threads;
  options.progress = effort.progress;
  options.interrupt = effort.interrupt;
  return options;
}

} // namespace mlp::evaluation
