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

void DistinctSketch::raise(std::uint64_t hash) {
  unsigned char& place = registers_[hash >> (64 - k_bits)];
  const auto rank = static_cast<unsigned char>(
      1 + std::min<int>(std::countl_zero(hash << k_bits), static_cast<int>(64 - k_bits)));
  if (rank <= place) {
    return;
  }
  const bool was_lowest = place == lowest_;
  place = rank;
  if (was_lowest && --at_lowest_ == 0) {
    find_lowest();
  }
}

void DistinctSketch::add_hashes(std::span<std::uint64_t> hashes) {
  std::size_t left = 0;
  for (const std::uint64_t hash : hashes) { // without a branch, which would often be foretold wrongly
    hashes[left] = hash;
    left += (hash & low_ranks_) == 0 ? 1U : 0U;
  }
  for (const std::uint64_t hash : hashes.first(left)) {
    raise(hash);
  }
}

void DistinctSketch::find_lowest() {
  lowest_ = *std::min_element(registers_.begin(), registers_.end());
  at_lowest_ = static_cast<std::size_t>(
      std::count(registers_.begin(), registers_.end(), static_cast<unsigned char>(lowest_)));
  const unsigned bits = std::min(lowest_, 64 - k_bits); // behind those that choose the register
  low_ranks_ = ((std::uint64_t{1} << bits) - 1) << (64 - k_bits - bits);
}

void DistinctSketch::merge(const DistinctSketch& other) {
  for (std::size_t i = 0; i < registers_.size(); ++i) {
    registers_[i] = std::max(registers_[i], other.registers_[i]);
  }
  find_lowest();
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
