#include "dataset/distinct_sketch.hpp"

#include <cmath>
#include <limits>
#include <numbers>

namespace mlp::dataset {
namespace {

// σ and τ of Ertl 2017, equations (14) and (15), summed until nothing changes any more.

double sigma(double x) {
  if (x == 1) {
    return std::numeric_limits<double>::infinity();
  }
  double weight = 1;
  double sum = x;
  for (double before = -1; before != sum;) {
    x *= x;
    before = sum;
    sum += x * weight;
    weight += weight;
  }
  return sum;
}

double tau(double x) {
  if (x == 0 || x == 1) {
    return 0;
  }
  double weight = 1;
  double sum = 1 - x;
  for (double before = -1; before != sum;) {
    x = std::sqrt(x);
    before = sum;
    weight *= 0.5;
    sum -= (1 - x) * (1 - x) * weight;
  }
  return sum / 3;
}

} // namespace

void DistinctSketch::merge(const DistinctSketch& other) {
  for (std::size_t i = 0; i < registers_.size(); ++i) {
    registers_[i] = std::max(registers_[i], other.registers_[i]);
  }
}

double DistinctSketch::estimate() const {
  constexpr std::size_t k_ranks = 64 - k_bits;
  std::array<double, k_ranks + 2> counts{};
  for (const unsigned char rank : registers_) {
    ++counts.at(rank);
  }
  const auto registers = static_cast<double>(registers_.size());
  double z = registers * tau(1 - counts[k_ranks + 1] / registers);
  for (std::size_t rank = k_ranks; rank > 0; --rank) {
    z = 0.5 * (z + counts.at(rank));
  }
  z += registers * sigma(counts[0] / registers);
  return registers * registers / (2 * std::numbers::ln2 * z);
}

} // namespace mlp::dataset
