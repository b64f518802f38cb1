#include "metrics/bootstrap.hpp"

#include "base/error.hpp"
#include "metrics/resampling.hpp"
#include "os/threads.hpp"

#include <algorithm>
#include <cmath>
#include <mutex>

namespace mlp::metrics {
namespace {

constexpr double k_most_undefined = 0.05;
constexpr std::size_t k_replicates_a_task = 16; // buffers are allocated once for so many

} // namespace

std::vector<double> Replicates::defined(std::size_t number) const {
  std::vector<double> result;
  result.reserve(size());
  for (std::size_t at = number; at < values_.size(); at += numbers_) {
    if (std::isfinite(values_[at])) {
      result.push_back(values_[at]);
    }
  }
  return result;
}

Replicates bootstrap(const Rows& rows, std::size_t numbers, const Evaluate& evaluate,
                     const IntervalOptions& options) {
  if (options.replicates < 1) {
    throw Error(ErrorCode::input, "cannot resample {} times: an interval needs at least one replicate",
                options.replicates)
        .hint("set `evaluation.bootstrap: 2000` in mlp.yaml");
  }
  const auto replicates = static_cast<std::size_t>(options.replicates);
  Replicates result(replicates, numbers);
  const std::size_t tasks = (replicates + k_replicates_a_task - 1) / k_replicates_a_task;
  std::mutex guard;
  std::size_t done = 0;
  os::parallel_for(tasks, options.threads, [&](std::size_t task) {
    Resampler resampler(rows);
    RowWeights weights(rows);
    const std::size_t end = std::min((task + 1) * k_replicates_a_task, replicates);
    for (std::size_t replicate = task * k_replicates_a_task; replicate < end; ++replicate) {
      if (options.interrupt != nullptr) {
        options.interrupt->check();
      }
      weights.draw(resampler.draw(options.seed, replicate));
      evaluate(weights, result.of_replicate(replicate));
    }
    if (options.progress != nullptr) {
      const std::lock_guard lock(guard); // it is called from one thread at a time
      done += end - task * k_replicates_a_task;
      options.progress->show("resampling", done, replicates, "resamples", "");
    }
  });
  if (options.progress != nullptr) {
    options.progress->finish();
  }
  return result;
}

std::optional<Interval> percentile_interval(const Replicates& replicates, std::size_t number, double level) {
  auto values = replicates.defined(number);
  const auto all = static_cast<double>(replicates.size());
  if (values.empty() || all - static_cast<double>(values.size()) > k_most_undefined * all) {
    return std::nullopt;
  }
  return Interval{quantile(values, 0.5 - 0.5 * level), quantile(values, 0.5 + 0.5 * level)};
}

std::string why_no_interval(const Replicates& replicates, std::size_t number) {
  return fmt::format("{} of {} resamples leave it undefined, more than 5%: too few rows of some kind",
                     replicates.size() - replicates.defined(number).size(), replicates.size());
}

} // namespace mlp::metrics
