#include "store/chunking.hpp"

#include "base/content_id.hpp"
#include "base/random.hpp"
#include "store_support.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <set>
#include <string>
#include <vector>

using mlp::store::first_chunk;
using mlp::store::k_largest_chunk;
using mlp::store::k_smallest_chunk;
using mlp::test::noise;
using mlp::test::table;

namespace {

std::vector<std::string> chunks_of(std::string_view bytes) {
  std::vector<std::string> chunks;
  while (!bytes.empty()) {
    chunks.emplace_back(bytes.substr(0, first_chunk(bytes)));
    bytes.remove_prefix(chunks.back().size());
  }
  return chunks;
}

/// first_chunk as its format's description says it, byte by byte.
std::size_t plain_chunk(std::string_view bytes) {
  const std::size_t end = std::min(bytes.size(), k_largest_chunk);
  std::uint64_t hash = 0;
  for (std::size_t at = k_smallest_chunk; at < end; ++at) {
    hash = 2 * hash + mlp::random_bits(0x6d6c70, 0, static_cast<unsigned char>(bytes[at]));
    const unsigned zero_bits = at < 51'200 ? 18 : 14;
    if (hash >> (64 - zero_bits) == 0) {
      return at + 1;
    }
  }
  return end;
}

/// Share of the bytes of `next` that stand in no chunk of `before`.
double new_share(const std::string& before, const std::string& next) {
  const auto known = chunks_of(before);
  const std::set<std::string> all(known.begin(), known.end());
  std::size_t fresh = 0;
  for (const std::string& chunk : chunks_of(next)) {
    fresh += all.contains(chunk) ? 0 : chunk.size();
  }
  return static_cast<double>(fresh) / static_cast<double>(next.size());
}

} // namespace

TEST_CASE("chunks have 16 to 256 KiB, 64 KiB on average; only the last may be smaller") {
  for (const std::string& bytes : {noise(std::size_t{20} << 20U), table(std::size_t{20} << 20U)}) {
    const auto chunks = chunks_of(bytes);
    for (std::size_t i = 0; i + 1 < chunks.size(); ++i) {
      CHECK(chunks[i].size() >= k_smallest_chunk);
      CHECK(chunks[i].size() <= k_largest_chunk);
    }
    const double mean = static_cast<double>(bytes.size()) / static_cast<double>(chunks.size());
    CHECK(mean > 58'000); // 64 KiB = 65,536; 320 chunks: a standard error of about 1,600
    CHECK(mean < 73'000);
  }
}

TEST_CASE("chunks are those of the plain description, wherever the bytes end") {
  for (const std::string& bytes : {noise(std::size_t{12} << 20U), table(std::size_t{12} << 20U)}) {
    for (std::string_view rest = bytes; !rest.empty(); rest.remove_prefix(first_chunk(rest))) {
      REQUIRE(first_chunk(rest) == plain_chunk(rest));
    }
    for (std::size_t size = k_smallest_chunk - 3; size < 3 * k_smallest_chunk; size += 509) {
      const std::string_view part = std::string_view(bytes).substr(0, size);
      REQUIRE(first_chunk(part) == plain_chunk(part));
    }
  }
}

TEST_CASE("bytes without any change are cut at 256 KiB, and short ones not at all") {
  const std::string zeros(std::size_t{1} << 20U, '\0');
  CHECK(first_chunk(zeros) == k_largest_chunk);
  CHECK(first_chunk("abc") == 3);
  CHECK(first_chunk("") == 0);
}

TEST_CASE("where chunks end depends on the bytes before it alone") {
  const std::string bytes = noise(std::size_t{3} << 20U);
  const std::size_t cut = first_chunk(bytes);
  CHECK(first_chunk(std::string_view(bytes).substr(0, k_largest_chunk)) == cut);
  CHECK(first_chunk(bytes.substr(0, cut + 1) + noise(k_largest_chunk, 2)) == cut);
}

// The cuts are part of the store's format. From a second implementation in Python (gear[i] =
// mix(mix(mix(0x6d6c70) ^ 0) ^ i) with SplitMix64's finaliser; masks of 18 and 14 top bits; 16, 50, 256 KiB).
TEST_CASE("the cuts of known bytes never change") {
  std::vector<std::size_t> sizes;
  for (const auto& chunk : chunks_of(noise(400'000))) {
    sizes.push_back(chunk.size());
  }
  CHECK(sizes == std::vector<std::size_t>{106646, 69731, 53948, 68101, 72757, 23094, 5723});
}

TEST_CASE("appending, inserting and deleting move the cuts nearby alone") {
  const std::string bytes = noise(std::size_t{16} << 20U);
  CHECK(new_share(bytes, bytes) == 0);
  CHECK(new_share(bytes, bytes + noise(1000, 2)) < 0.02);
  const std::size_t middle = bytes.size() / 2;
  CHECK(new_share(bytes, bytes.substr(0, middle) + "one row\n" + bytes.substr(middle)) < 0.02);
  CHECK(new_share(bytes, bytes.substr(0, middle) + bytes.substr(middle + 100'000)) < 0.02);
  CHECK(new_share(bytes, noise(1 << 20U, 3)) == 1);
}
