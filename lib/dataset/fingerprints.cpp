#include "dataset/fingerprints.hpp"

#include "base/error.hpp"
#include "base/radix_sort.hpp"
#include "base/random.hpp"
#include "dataset/roles.hpp"
#include "dataset/value_hash.hpp"
#include "os/threads.hpp"

#include <algorithm>

namespace mlp::dataset {
namespace {

constexpr std::string_view k_magic = "mlp-fingerprints ";
constexpr std::string_view k_header = "mlp-fingerprints 1\n";
constexpr std::size_t k_bytes = 8; // of a fingerprint
constexpr std::size_t k_rows_at_once = 16384;

std::vector<std::uint64_t> parse(std::string_view bytes) {
  if (!bytes.starts_with(k_header)) {
    if (bytes.starts_with(k_magic)) {
      throw Error(ErrorCode::input, "cannot read row fingerprints: a newer mlp wrote them")
          .hint("upgrade mlp");
    }
    throw Error(ErrorCode::corrupt, "cannot read row fingerprints: the header is not '{}'",
                k_header.substr(0, k_header.size() - 1));
  }
  bytes.remove_prefix(k_header.size());
  std::vector<std::uint64_t> fingerprints(bytes.size() / k_bytes);
  for (std::size_t i = 0; i < fingerprints.size() * k_bytes; ++i) {
    fingerprints[i / k_bytes] |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[i]))
                                 << (i % k_bytes * 8);
  }
  if (bytes.size() % k_bytes != 0 || !std::is_sorted(fingerprints.begin(), fingerprints.end())) {
    throw Error(ErrorCode::corrupt, "cannot read row fingerprints: they are cut off or out of order");
  }
  return fingerprints;
}

} // namespace

std::vector<std::uint64_t> row_fingerprints(const Table& table, std::vector<std::string> columns,
                                            unsigned threads) {
  std::sort(columns.begin(), columns.end());
  columns.erase(std::unique(columns.begin(), columns.end()), columns.end());
  std::vector<ValueHasher> hashers;
  hashers.reserve(columns.size());
  for (const std::string& name : columns) {
    hashers.emplace_back(table.column(name));
  }
  std::vector<std::uint64_t> fingerprints(table.rows);
  const std::size_t pieces = (table.rows + k_rows_at_once - 1) / k_rows_at_once;
  os::parallel_for(pieces, threads, [&](std::size_t piece) {
    const std::size_t begin = piece * k_rows_at_once;
    const std::size_t end = std::min(begin + k_rows_at_once, table.rows);
    for (const ValueHasher& hash : hashers) { // column by column: each stands together in memory
      for (std::size_t row = begin; row < end; ++row) {
        fingerprints[row] = mix64(fingerprints[row] ^ hash(row));
      }
    }
  });
  return fingerprints;
}

std::vector<std::uint64_t> row_fingerprints(const Table& table, const config::Project& project,
                                            unsigned threads) {
  Roles roles = roles_of(table, project);
  std::vector<std::string> columns = std::move(roles.features);
  columns.push_back(roles.target);
  return row_fingerprints(table, std::move(columns), threads);
}

std::string serialise_fingerprints(std::vector<std::uint64_t> fingerprints) {
  radix_sort(fingerprints, [](std::uint64_t fingerprint) { return fingerprint; });
  fingerprints.erase(std::unique(fingerprints.begin(), fingerprints.end()), fingerprints.end());
  std::string bytes(k_header);
  bytes.reserve(bytes.size() + fingerprints.size() * k_bytes);
  for (const std::uint64_t fingerprint : fingerprints) {
    for (unsigned shift = 0; shift < 64; shift += 8) {
      bytes += static_cast<char>(fingerprint >> shift & 0xffU);
    }
  }
  return bytes;
}

std::vector<bool> seen_rows(std::string_view serialised, std::span<const std::uint64_t> fingerprints) {
  const std::vector<std::uint64_t> known = parse(serialised);
  std::vector<bool> seen(fingerprints.size());
  std::transform(fingerprints.begin(), fingerprints.end(), seen.begin(), [&](std::uint64_t fingerprint) {
    return std::binary_search(known.begin(), known.end(), fingerprint);
  });
  return seen;
}

} // namespace mlp::dataset
