// How fast we hash and store, against libcrypto's SHA-256 over the same memory in the same run. Above 0.9 for
// Sha256 is the aim; storing writes and syncs the file, so its ratio is a fact to watch, not a limit.
#include "base/content_id.hpp"
#include "base/random.hpp"
#include "os/files.hpp"
#include "store/object_store.hpp"
#include "support/scratch.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <functional>
#include <string>
#include <vector>

// Scratch asks doctest whether a test failed; without its runner it needs the implementation alone.
#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

namespace {

constexpr std::size_t k_bytes = std::size_t{256} << 20U;
constexpr int k_rounds = 5;

/// The median of several timings, in seconds.
double seconds(const std::function<void(int)>& work, int rounds = k_rounds) {
  std::vector<double> times;
  for (int round = 0; round < rounds; ++round) {
    const auto begin = std::chrono::steady_clock::now();
    work(round);
    times.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
  }
  std::sort(times.begin(), times.end());
  return times[times.size() / 2];
}

std::string noise() {
  std::string bytes(k_bytes, '\0');
  for (std::size_t i = 0; i < k_bytes; i += 8) {
    const std::uint64_t bits = mlp::mix64(i);
    for (std::size_t k = 0; k < 8; ++k) {
      bytes[i + k] = static_cast<char>(bits >> (8 * k));
    }
  }
  return bytes;
}

std::string table() {
  std::string bytes;
  for (std::uint64_t row = 0; bytes.size() < k_bytes; ++row) {
    bytes += std::to_string(row) + "," + std::to_string(mlp::mix64(row) % 100'000) + ",yes,0.25\n";
  }
  bytes.resize(k_bytes);
  return bytes;
}

void hash_with_libcrypto(const std::string& bytes) {
  std::array<unsigned char, 32> digest{};
  EVP_Digest(bytes.data(), bytes.size(), digest.data(), nullptr, EVP_sha256(), nullptr);
}

void print(const char* what, double peer, double ours) {
  std::printf("%-44s %6.0f MB/s   %.2f x libcrypto\n", what, static_cast<double>(k_bytes) / 1e6 / ours,
              peer / ours);
}

void measure(const char* name, const std::string& bytes, const mlp::test::Scratch& scratch) {
  const double peer = seconds([&](int) { hash_with_libcrypto(bytes); });
  std::printf("%s content: libcrypto EVP SHA-256 %.0f MB/s\n", name,
              static_cast<double>(k_bytes) / 1e6 / peer);
  print("  Sha256", peer, seconds([&](int) { static_cast<void>(mlp::sha256(bytes)); }));
  const auto path = scratch.write(name, bytes);
  for (const unsigned threads : {1U, 2U}) {
    const auto root = [&](int round) {
      return scratch.root / (std::string(name) + "-" + std::to_string(threads) + "-" + std::to_string(round));
    };
    const auto put = [&](int round) {
      mlp::store::ObjectStore(root(round), mlp::os::real_files(), threads).put_file(path);
    };
    print(threads == 1 ? "  put_file, 1 thread" : "  put_file, 2 threads", peer, seconds(put, 3));
    print(threads == 1 ? "  put_file of known content, 1 thread" : "  put_file of known content, 2 threads",
          peer, seconds([&](int) { put(0); }, 3));
    for (int round = 0; round < 3; ++round) {
      std::filesystem::remove_all(root(round));
    }
  }
}

} // namespace

int main() {
  const mlp::test::Scratch scratch;
  measure("raw", noise(), scratch);
  measure("compressible", table(), scratch);
}
