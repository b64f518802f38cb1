// How fast we hash and store, against libcrypto's SHA-256 over the same memory in the same run. Above 0.9 for
// Sha256 is the aim; storing writes and syncs the file, so its ratio is a fact to watch, not a limit.
#include "base/content_id.hpp"
#include "base/random.hpp"
#include "os/files.hpp"
#include "os/machine.hpp"
#include "store/object_store.hpp"
#include "support/scratch.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <functional>
#include <string>
#include <vector>

// Scratch asks doctest whether a test failed; without its runner it needs the implementation alone.
#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

namespace {

constexpr std::size_t k_bytes = std::size_t{256} << 20U;
constexpr int k_rounds = 3; // odd: the median is one of them

struct Seconds {
  double wall = 0;
  double cpu = 0; ///< of all threads
};

double cpu_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

Seconds time_of(const std::function<void()>& work) {
  const double cpu = cpu_seconds();
  const auto begin = std::chrono::steady_clock::now();
  work();
  return {std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count(),
          cpu_seconds() - cpu};
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
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

/// Runs peer and work in turn and prints the medians of their ratios: what else the machine does hits both.
/// The CPU ratio is the steadier one where other programs run, the wall ratio what a user waits for.
void compare(const char* what, const std::string& bytes, const std::function<void(int)>& work) {
  std::vector<double> speeds;
  std::vector<double> wall;
  std::vector<double> cpu;
  for (int round = 0; round < k_rounds; ++round) {
    const Seconds peer = time_of([&] { hash_with_libcrypto(bytes); });
    const Seconds ours = time_of([&] { work(round); });
    speeds.push_back(static_cast<double>(k_bytes) / 1e6 / ours.wall);
    wall.push_back(peer.wall / ours.wall);
    cpu.push_back(peer.cpu / ours.cpu);
  }
  std::printf("  %-36s %6.0f MB/s   %.2f x libcrypto by wall, %.2f x by CPU time\n", what, median(speeds),
              median(wall), median(cpu));
}

void measure(const char* name, const std::string& bytes, const mlp::test::Scratch& scratch) {
  std::printf("%s content, 256 MiB\n", name);
  compare("libcrypto itself", bytes, [&](int) { hash_with_libcrypto(bytes); });
  compare("Sha256", bytes, [&](int) { static_cast<void>(mlp::sha256(bytes)); });
  const auto path = scratch.write(name, bytes);
  for (const unsigned threads : {1U, 2U}) {
    const auto put = [&](int round) {
      const auto root = scratch.root / std::to_string(threads) / std::to_string(round);
      mlp::store::ObjectStore(root, mlp::os::real_files(), threads).put_file(path);
    };
    const std::string suffix = threads == 1 ? ", 1 thread" : ", 2 threads";
    compare(("put_file" + suffix).c_str(), bytes, put);
    compare(("put_file of known content" + suffix).c_str(), bytes, [&](int) { put(0); });
    std::filesystem::remove_all(scratch.root / std::to_string(threads));
  }
}

} // namespace

int main() {
  std::setvbuf(stdout, nullptr, _IOLBF, 0); // each line as it is measured, also into a pipe
  const mlp::test::Scratch scratch;
  measure("raw", noise(), scratch);
  measure("compressible", table(), scratch);
}
