#include "dataset/value_hash.hpp"

#include "base/content_id.hpp"
#include "base/json.hpp"
#include "base/random.hpp"
#include "dataset/plain_words.hpp"

#include <bit>
#include <charconv>
#include <cmath>
#include <functional>
#include <string>

namespace mlp::dataset {
namespace {

constexpr std::uint64_t k_missing = 0x6d697373696e6700; // "missing": any constant that no value is mixed from
constexpr std::uint64_t k_datetime = 0x6461746574696d65; // keeps 1970-01-01 apart from the number 0

std::uint64_t hash_of(double number) {
  return mix64(std::bit_cast<std::uint64_t>(number + 0.0)); // + 0.0: −0 equals 0
}

std::uint64_t hash_of(const std::string& text) {
  double number = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error == std::errc() && stop == end && std::isfinite(number) && shortest(number) == text) {
    return hash_of(number);
  }
  return std::hash<ContentId>()(sha256(text));
}

double rounded(double number) {
  const double whole = std::nearbyint(number);
  if (std::fabs(number - whole) <= 1e-6 * std::fabs(whole)) { // counts and codes are never rounded together
    return whole;
  }
  constexpr unsigned k_dropped_bits = 52 - 15;
  const std::uint64_t half = std::uint64_t{1} << (k_dropped_bits - 1);
  const std::uint64_t bits = std::bit_cast<std::uint64_t>(number) + half;
  return std::bit_cast<double>(bits >> k_dropped_bits << k_dropped_bits);
}

} // namespace

ValueHasher::ValueHasher(const Column& column, Likeness likeness) : column_(column), likeness_(likeness) {
  for (const std::string& text : column.type == ColumnType::boolean ? column.spellings : column.categories) {
    known_.push_back(hash_of(likeness == Likeness::alike ? plain_words(text) : text));
  }
}

std::uint64_t ValueHasher::operator()(std::size_t row) const {
  if (column_.missing(row)) {
    return k_missing;
  }
  switch (column_.type) {
  case ColumnType::number:
    return hash_of(likeness_ == Likeness::alike ? rounded(column_.numbers[row]) : column_.numbers[row]);
  case ColumnType::datetime:
    return mix64(hash_of(column_.numbers[row]) ^ k_datetime);
  case ColumnType::boolean:
    return known_[column_.numbers[row] != 0 ? 1 : 0];
  case ColumnType::category:
  case ColumnType::text:
    break;
  }
  return known_[static_cast<std::size_t>(column_.codes[row])];
}

} // namespace mlp::dataset
