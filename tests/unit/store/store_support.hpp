#pragma once

#include "base/random.hpp"
#include "store/object_store.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

namespace mlp::test {

inline constexpr std::size_t k_piece = std::size_t{4} << 20U; ///< the store's own

/// Spoils a stored file behind the store's back.
inline void overwrite(const std::filesystem::path& path, std::string_view bytes) {
  std::filesystem::permissions(path, std::filesystem::perms::owner_write, std::filesystem::perm_options::add);
  std::ofstream(path, std::ios::binary) << bytes;
}

/// Bytes that no compressor makes smaller, and others for each seed.
inline std::string noise(std::size_t size, std::uint64_t seed = 1) {
  std::string bytes(size, '\0');
  for (std::size_t i = 0; i < size; i += 8) {
    const std::uint64_t bits = random_bits(seed, 0, i);
    for (std::size_t k = 0; k < std::min<std::size_t>(8, size - i); ++k) {
      bytes[i + k] = static_cast<char>(bits >> (8 * k));
    }
  }
  return bytes;
}

/// Rows of a table: compressible, and others for each seed.
inline std::string table(std::size_t size, std::uint64_t seed = 1) {
  std::string bytes;
  for (std::uint64_t row = 0; bytes.size() < size; ++row) {
    bytes += std::to_string(row) + "," + std::to_string(random_below(100'000, seed, 1, row)) + ",yes\n";
  }
  bytes.resize(size);
  return bytes;
}

/// Every file below a folder, sorted.
inline std::vector<std::filesystem::path> files_below(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  if (std::filesystem::exists(folder)) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
      if (!entry.is_directory()) {
        files.push_back(entry.path());
      }
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

} // namespace mlp::test
