#include "evaluation/scored.hpp"

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

} // namespace

metrics::Sample sample_of(const Scored& scored, const std::vector<double>& scores) {
  metrics::Sample sample;
  sample.task = scored.task;
  sample.target = scored.target;
  sample.scores = scores;
  sample.weights = scored.weights;
  sample.classes = scored.task == Task::multiclass ? scored.classes.size() : 1;
  sample.threshold = scored.threshold;
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
