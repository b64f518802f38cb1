#include "validation/subject.hpp"

#include "base/random.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

namespace mlp::validation {

Check& Findings::add(std::string id, CheckStatus status, std::string why, std::string subject) {
  Check check;
  check.id = std::move(id);
  check.status = status;
  check.why = std::move(why);
  check.subject = std::move(subject);
  return checks.emplace_back(std::move(check));
}

void Findings::skip(std::string id, std::string why) { skipped.push_back({std::move(id), std::move(why)}); }

void FirstRows::add(std::size_t row) {
  rows_.insert(static_cast<std::int64_t>(row) + 1);
  if (rows_.size() > k_rows_named) {
    rows_.erase(std::prev(rows_.end()));
  }
}

CheckStatus judged(double value, double warn, double fail) {
  if (!(value < fail)) {
    return CheckStatus::fail;
  }
  return value >= warn ? CheckStatus::warn : CheckStatus::pass;
}

std::vector<std::uint32_t> sampled_rows(std::size_t n, std::size_t most, std::uint64_t stream) {
  std::vector<std::uint32_t> rows;
  const double share = static_cast<double>(most) / static_cast<double>(std::max<std::size_t>(n, 1));
  const auto below =
      static_cast<std::uint64_t>(std::ldexp(std::min(share, 1.0), 63)); // of 2^63, so that it fits
  for (std::size_t row = 0; row < n; ++row) {
    if (n <= most || (random_bits(k_seed, stream, row) >> 1U) < below) {
      rows.push_back(static_cast<std::uint32_t>(row));
    }
  }
  return rows;
}

} // namespace mlp::validation
