// How fast a table is read from CSV, against pandas.read_csv and against plain reading of the same file, in
// the same run. The aim is at least 4 times pandas on one thread and 6 times on two.
//   MLP_BENCH_PYTHON  the Python that has pandas (default: python3)
//   MLP_BENCH_ROWS    rows of the table (default: 1,000,000; 30 columns)
#include "base/error.hpp"
#include "base/random.hpp"
#include "dataset/read_table.hpp"
#include "dataset/write_csv.hpp"
#include "os/files.hpp"
#include "os/machine.hpp"
#include "os/process.hpp"
#include "support/scratch.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

// Scratch asks doctest whether a test failed; without its runner it needs the implementation alone.
#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

namespace {

namespace fs = std::filesystem;

constexpr int k_rounds = 5; // odd: the median is one of them

double seconds_of(const std::function<void()>& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

/// 8 columns of integers, 18 of decimals (2 to 6 digits), 4 of text, one with quoted commas; one cell in 15
/// missing.
void append_cell(std::string& line, std::uint64_t row, std::uint64_t column) {
  const auto draw = [&](std::uint64_t n, std::uint64_t what) {
    return mlp::random_below(n, what, column, row);
  };
  constexpr std::array<const char*, 5> k_cities = {"Paris, France", "Rome", "New York, \"NY\"", "Lima",
                                                   "Oslo"};
  constexpr std::array<const char*, 3> k_contracts = {"Month-to-month", "One year", "Two year"};
  constexpr std::array<double, 5> k_scales = {1e2, 1e3, 1e4, 1e5, 1e6};
  if (draw(15, 1) == 0) {
    return;
  }
  if (column < 8) {
    line += std::to_string(static_cast<std::int64_t>(draw(20'000'000, 2) >> column) - 5'000);
  } else if (column < 26) {
    const double scale = k_scales[column % k_scales.size()];
    line += fmt::format(
        "{}", static_cast<double>(static_cast<std::int64_t>(draw(200'000'000, 3)) - 100'000'000) / scale);
  } else if (column == 26) {
    mlp::dataset::append_csv_field(line, k_cities[draw(k_cities.size(), 4)]);
  } else if (column == 27) {
    line += k_contracts[draw(k_contracts.size(), 5)];
  } else {
    line += column == 28 ? fmt::format("SKU-{}", draw(5000, 6)) : draw(2, 7) == 0 ? "Yes" : "No";
  }
}

void write_table(const fs::path& path, std::uint64_t rows) {
  constexpr std::uint64_t k_columns = 30;
  std::ofstream file(path, std::ios::binary);
  std::string line;
  for (std::uint64_t column = 0; column < k_columns; ++column) {
    line += fmt::format("{}column_{}", column > 0 ? "," : "", column);
  }
  file << line << '\n';
  for (std::uint64_t row = 0; row < rows; ++row) {
    line.clear();
    for (std::uint64_t column = 0; column < k_columns; ++column) {
      line += column > 0 ? "," : "";
      append_cell(line, row, column);
    }
    file << line << '\n';
  }
}

/// Seconds of pandas.read_csv alone, without starting Python and importing pandas.
double pandas_seconds(const fs::path& path) {
  const char* python = std::getenv("MLP_BENCH_PYTHON");
  const std::string program = "import sys, time, pandas\n"
                              "begin = time.perf_counter()\n"
                              "pandas.read_csv(sys.argv[1])\n"
                              "print(time.perf_counter() - begin)\n";
  const auto result =
      mlp::os::run_process({python != nullptr ? python : "python3", "-c", program, path.string()});
  if (result.status != 0) {
    throw mlp::Error(mlp::ErrorCode::environment, "cannot run pandas: {}", result.err);
  }
  return std::stod(result.out);
}

double our_seconds(const fs::path& path, unsigned threads) {
  return seconds_of([&] {
    mlp::dataset::ReadOptions options;
    options.threads = threads;
    const auto table = mlp::dataset::read_table({{path, path.filename().string()}}, options);
    if (table.columns.size() != 30) {
      throw mlp::Error(mlp::ErrorCode::internal, "{} columns were read", table.columns.size());
    }
  });
}

} // namespace

int main() try {
  const char* rows = std::getenv("MLP_BENCH_ROWS");
  const mlp::test::Scratch scratch;
  const fs::path path = scratch.root / "table.csv";
  write_table(path, rows != nullptr ? std::stoull(rows) : 1'000'000);
  const auto megabytes = static_cast<double>(fs::file_size(path)) / 1e6;
  std::vector<double> plain;
  std::vector<double> one;
  std::vector<double> two;
  std::vector<double> pandas;
  for (int round = 0; round < k_rounds; ++round) {
    plain.push_back(seconds_of([&] { static_cast<void>(mlp::os::read_file(path)); }));
    one.push_back(our_seconds(path, 1));
    two.push_back(our_seconds(path, 2));
    pandas.push_back(pandas_seconds(path));
  }
  const auto show = [&](const char* what, double seconds) {
    std::printf("%-18s %6.3f s %7.0f MB/s %6.2f x pandas %7.2f x plain reading\n", what, seconds,
                megabytes / seconds, median(pandas) / seconds, seconds / median(plain));
  };
  std::printf("%.0f MB, medians of %d rounds\n", megabytes, k_rounds);
  show("plain reading", median(plain));
  show("pandas.read_csv", median(pandas));
  show("mlp, 1 thread", median(one));
  show("mlp, 2 threads", median(two));
  std::printf("peak memory of mlp (with the file mapped): %.0f MB\n",
              static_cast<double>(mlp::os::peak_memory_bytes()) / 1e6);
  return 0;
} catch (const std::exception& error) {
  std::fprintf(stderr, "bench_read_csv: %s\n", error.what());
  return 2;
}
