// How long 2,000 bootstrap replicates of ten metrics take on 1,000,000 rows, against NumPy and scikit-learn
// doing one replicate (times 2,000), in the same run. The aim is at least 200 times as fast, in at most three
// times the memory of the predictions (a target and a score a row).
//   MLP_BENCH_PYTHON  the Python that has numpy and scikit-learn (default: python3)
//   MLP_BENCH_ROWS    rows (default: 1,000,000)
#include "metrics/bootstrap.hpp"

#include "base/error.hpp"
#include "base/random.hpp"
#include "metrics/registry.hpp"
#include "os/machine.hpp"
#include "os/process.hpp"

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

namespace {

using namespace mlp::metrics;

constexpr std::int64_t k_replicates = 2000;

// Four of ranks or losses, six of the confusion matrix.
const std::vector<std::string> k_names = {"roc_auc",  "average_precision", "log_loss", "brier",
                                          "accuracy", "precision",         "recall",   "f1",
                                          "mcc",      "balanced_accuracy"};

constexpr const char* k_peer = R"python(
import sys, time, numpy
from sklearn.metrics import *
n = int(sys.argv[1])
rng = numpy.random.default_rng(7)
y = rng.random(n) < .3
p = 1 / (1 + numpy.exp(-(rng.normal(size=n) + 1.5 * y - 1)))
times = []
for _ in range(3):
    start = time.perf_counter()
    rows = rng.integers(0, n, n)
    a, b = y[rows], p[rows]
    c = b >= .5
    roc_auc_score(a, b), average_precision_score(a, b), log_loss(a, b), brier_score_loss(a, b)
    accuracy_score(a, c), precision_score(a, c), recall_score(a, c), f1_score(a, c), matthews_corrcoef(a, c)
    balanced_accuracy_score(a, c)
    times.append(time.perf_counter() - start)
print(sorted(times)[1])
)python";

double peer_seconds(std::size_t rows) {
  const char* chosen = std::getenv("MLP_BENCH_PYTHON");
  const mlp::os::ProcessResult result =
      mlp::os::run_process({chosen != nullptr ? chosen : "python3", "-c", k_peer, std::to_string(rows)});
  if (result.status != 0) {
    throw mlp::Error(mlp::ErrorCode::environment, "cannot run scikit-learn: {}", result.err);
  }
  return std::strtod(result.out.c_str(), nullptr);
}

double own_seconds(std::size_t n, unsigned threads) {
  std::vector<double> target(n);
  std::vector<double> scores(n);
  for (std::size_t row = 0; row < n; ++row) {
    const auto uniform = [row](std::uint64_t what) {
      return (static_cast<double>(mlp::random_bits(7, what, row) >> 11U) + 0.5) * 0x1p-53;
    };
    target[row] = uniform(0) < 0.3 ? 1.0 : 0.0;
    const double normal =
        std::sqrt(-2 * std::log(uniform(1))) * std::cos(6.283185307179586 * uniform(2)); // Box-Muller
    scores[row] = 1 / (1 + std::exp(-(normal + 1.5 * target[row] - 1)));
  }
  Sample sample;
  sample.target = target;
  sample.scores = scores;
  IntervalOptions options;
  options.replicates = k_replicates;
  options.threads = threads;
  const auto begin = std::chrono::steady_clock::now();
  const Rows rows = canonical(sample);
  const auto families = prepare(k_names, rows);
  const auto evaluate = [&](RowWeights& weights, std::span<double> values) {
    std::array<double, 16> some{};
    for (const PreparedFamily& family : families) {
      family.statistic->evaluate(weights, std::span(some).first(family.infos.size()));
      for (std::size_t i = 0; i < family.infos.size(); ++i) {
        values[family.positions[i]] = some[i];
      }
    }
  };
  const Replicates replicates = bootstrap(rows, k_names.size(), evaluate, options);
  for (std::size_t number = 0; number < k_names.size(); ++number) {
    if (!percentile_interval(replicates, number, 0.95)) {
      throw mlp::Error(mlp::ErrorCode::internal, "no interval of {}", k_names[number]);
    }
  }
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

} // namespace

int main() {
  const char* asked = std::getenv("MLP_BENCH_ROWS");
  const std::size_t rows = asked != nullptr ? std::strtoul(asked, nullptr, 10) : 1'000'000;
  try {
    const unsigned cores = mlp::os::this_machine().cores;
    const std::uint64_t before = mlp::os::peak_memory_bytes();
    const double own = own_seconds(rows, cores);
    const auto memory = static_cast<double>(mlp::os::peak_memory_bytes() - before);
    constexpr double k_bytes_a_row = 2 * sizeof(double);
    const double peer = peer_seconds(rows);
    fmt::print("{} rows, {} replicates of {} metrics, {} threads\n", rows, k_replicates, k_names.size(),
               cores);
    fmt::print("mlp            {:9.1f} s   memory {:.1f} x the predictions\n", own,
               memory / (k_bytes_a_row * static_cast<double>(rows)));
    fmt::print("scikit-learn   {:9.1f} s ({:.2f} s a replicate)   {:.0f} x mlp\n", peer * k_replicates, peer,
               peer * k_replicates / own);
  } catch (const std::exception& error) {
    fmt::print(stderr, "bench_bootstrap: {}\n", error.what());
    return 1;
  }
  return 0;
}
