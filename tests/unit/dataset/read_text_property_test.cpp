// Properties of the CSV reader on made-up tables and on damaged bytes; all made from fixed seeds.

#include "base/random.hpp"
#include "dataset/table_stream.hpp"
#include "dataset/write_csv.hpp"
#include "support/scratch.hpp"
#include "unit/dataset/csv_text.hpp"

#include <doctest/doctest.h>

#include <array>

namespace mlp::dataset {
namespace {

using test::cells_of;
using Cells = std::vector<std::vector<std::string>>;

/// Draws from one stream of random numbers.
class Draws {
public:
  explicit Draws(std::uint64_t seed) : seed_(seed) {}
  std::size_t below(std::size_t n) { return random_below(n, seed_, 0, next_++); }

private:
  std::uint64_t seed_;
  std::uint64_t next_ = 0;
};

std::string nasty_text(Draws& draws) {
  constexpr std::array<std::string_view, 18> k_parts = {"a",
                                                        "b,",
                                                        "\"",
                                                        "\"\"",
                                                        "\n",
                                                        "\r\n",
                                                        "\r",
                                                        ";",
                                                        "\t",
                                                        "|",
                                                        " ",
                                                        "\xc3\xa9",
                                                        "\xf0\x9f\x98\x8e",
                                                        "12",
                                                        "-",
                                                        ".5",
                                                        "x",
                                                        "a longer run of letters than sixteen bytes"};
  std::string text;
  for (std::size_t parts = draws.below(6); parts > 0; --parts) {
    text += k_parts[draws.below(k_parts.size())];
  }
  return text;
}

struct Example {
  Cells cells; ///< the names first
  std::string csv;
};

Example example(std::uint64_t seed) {
  Draws draws(seed);
  const std::size_t columns = 1 + draws.below(5);
  const std::size_t rows = draws.below(30);
  const std::string line_end = std::array{"\n", "\r\n", "\r"}[draws.below(3)];
  Example result;
  result.cells.emplace_back();
  for (std::size_t i = 0; i < columns; ++i) {
    result.cells[0].push_back("name_" + std::to_string(i));
  }
  for (std::size_t row = 0; row < rows; ++row) {
    auto& cells = result.cells.emplace_back();
    for (std::size_t i = 0; i < columns; ++i) {
      cells.push_back(nasty_text(draws));
    }
  }
  for (const auto& cells : result.cells) {
    std::string line;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      line += i > 0 ? "," : "";
      append_csv_field(line, cells[i]);
    }
    result.csv += (line.empty() ? "\"\"" : line) + line_end;
  }
  if (rows > 0 && draws.below(2) == 0) {
    result.csv.resize(result.csv.size() - line_end.size());
  }
  return result;
}

/// Nothing is missing and nothing inferred: cells are what was written.
ReadOptions exact_options(const std::vector<std::string>& names, unsigned threads) {
  ReadOptions options = test::all_text(names);
  options.format.delimiter = ',';
  options.format.header = true;
  options.format.missing.emplace();
  options.threads = threads;
  return options;
}

} // namespace

TEST_CASE("round trip: what was written is read, whatever is in it, in chunks of any size, on any threads") {
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    CAPTURE(seed);
    const Example written = example(seed);
    const std::size_t chunk_bytes = 1 + seed % 40;
    const unsigned threads = seed % 3 == 0 ? 1 : seed % 3 == 1 ? 2 : 7;
    const Table table =
        test::table_of(written.csv, exact_options(written.cells[0], threads), {.chunk_bytes = chunk_bytes});
    CHECK(cells_of(table) == written.cells);
  }
}

TEST_CASE("round trip: the same piece by piece, however few rows and bytes a piece has") {
  const test::Scratch scratch;
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    CAPTURE(seed);
    const Example written = example(seed);
    const Source source{scratch.write("data.csv", written.csv), "data.csv"};
    Cells found;
    stream_pieces(source, exact_options(written.cells[0], 1), 1 + seed % 4, 1 + seed % 23,
                  [&](Table&& piece) {
                    Cells cells = cells_of(piece);
                    CHECK(piece.rows <= 1 + seed % 4);
                    found.insert(found.end(), cells.begin() + (found.empty() ? 0 : 1), cells.end());
                    return true;
                  });
    CHECK(found == written.cells);
  }
}

TEST_CASE("threads and chunks: inferred types, categories, notes and errors are the same for any of them") {
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    CAPTURE(seed);
    Draws draws(1000 + seed);
    std::string csv = "number,mixed,word,flag,day\n";
    for (std::size_t row = 0; row < 300; ++row) {
      csv += std::to_string(draws.below(1000)) + (draws.below(40) == 0 ? "" : ".5") + ",";
      csv += (draws.below(100) == 0 ? "x" + std::to_string(row) : std::to_string(draws.below(50))) + ",";
      csv += std::string(1 + draws.below(20), static_cast<char>('a' + draws.below(5))) + ",";
      csv += std::string(draws.below(2) == 0 ? "yes" : "no") + ",2020-01-0" +
             std::to_string(1 + draws.below(9)) + "\n";
      csv += draws.below(200) == 0 ? "\n" : "";
      csv += seed % 5 == 0 && draws.below(100) == 0 ? "1,2\n" : "";
    }
    const auto outcome = [&](unsigned threads, std::size_t chunk_bytes) -> std::string {
      ReadOptions options;
      options.threads = threads;
      try {
        const Table table = test::table_of(csv, options, {.chunk_bytes = chunk_bytes, .sample_bytes = 500});
        std::string text = to_json(table.format).dump() + test::notes_of(table);
        for (const Column& column : table.columns) {
          text += name_of(column.type);
        }
        for (const auto& cells : cells_of(table)) {
          for (const auto& cell : cells) {
            text += cell + "|";
          }
        }
        return text;
      } catch (const Error& error) {
        return error.what();
      }
    };
    const std::string expected = outcome(1, std::size_t{1} << 20U);
    CHECK(outcome(2, 100) == expected);
    CHECK(outcome(7, 37) == expected);
    CHECK(outcome(1, 1000) == expected);
  }
}

TEST_CASE("damaged bytes: a table or an input error, nothing else, and the same on any threads") {
  const std::string_view alphabet = "\"\"\",,\n\r;ab1.- \t|\xc3\xa9\x80\xff";
  for (std::uint64_t seed = 0; seed < 1500; ++seed) {
    CAPTURE(seed);
    Draws draws(5000 + seed);
    std::string csv = seed % 2 == 0 ? example(seed).csv : std::string();
    for (std::size_t changes = 1 + draws.below(seed % 2 == 0 ? 4 : 120); changes > 0; --changes) {
      const char c = alphabet[draws.below(alphabet.size())];
      csv.insert(csv.begin() + static_cast<std::ptrdiff_t>(draws.below(csv.size() + 1)), c);
    }
    const auto outcome = [&](unsigned threads, std::size_t chunk_bytes) -> std::string {
      ReadOptions options;
      options.threads = threads;
      try {
        const Table table = test::table_of(csv, options, {.chunk_bytes = chunk_bytes});
        return std::to_string(table.rows) + "x" + std::to_string(table.columns.size()) +
               test::notes_of(table);
      } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::input);
        return error.what();
      }
    };
    const std::string expected = outcome(1, std::size_t{1} << 20U);
    CHECK(outcome(3, 1 + draws.below(30)) == expected);
  }
}

} // namespace mlp::dataset
