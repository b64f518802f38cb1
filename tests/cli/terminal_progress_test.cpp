#include "terminal_progress.hpp"

#include <doctest/doctest.h>

#include <sstream>

using mlp::cli::TerminalProgress;

namespace {

constexpr std::int64_t k_millisecond = 1'000'000;

struct Terminal {
  std::ostringstream err;
  std::int64_t now = 0;
  TerminalProgress progress{err, [this] { return now; }, 80};

  /// What showing this adds to the terminal.
  std::string show(std::int64_t at_ms, std::uint64_t done, std::string_view what = "reading") {
    now = at_ms * k_millisecond;
    err.str("");
    progress.show(what, done, 100, "rows", "");
    return err.str();
  }
};

} // namespace

TEST_CASE("work that ends within half a second shows nothing at all") {
  Terminal terminal;
  CHECK(terminal.show(0, 0) == "");
  CHECK(terminal.show(499, 99) == "");
  terminal.progress.finish();
  CHECK(terminal.err.str() == "");
}

TEST_CASE("after half a second: bar, count, rate and time left") {
  Terminal terminal;
  static_cast<void>(terminal.show(0, 0));
  // 50 of 100 rows in 2 s: 25 a second, the other 50 take 2 s
  CHECK(terminal.show(2000, 50) == "\rreading  ██████████░░░░░░░░░░  50/100 rows  25/s  2.0 s left\x1b[K");
}

TEST_CASE("it is drawn at most ten times a second and goes when the work ends") {
  Terminal terminal;
  static_cast<void>(terminal.show(0, 0));
  CHECK(terminal.show(600, 10) != "");
  CHECK(terminal.show(650, 20) == "");
  CHECK(terminal.show(701, 30) != "");
  terminal.err.str("");
  terminal.progress.finish();
  CHECK(terminal.err.str() == "\r\x1b[K");
}

TEST_CASE("a warning stands on its own line and the bar comes back below it") {
  Terminal terminal;
  static_cast<void>(terminal.show(0, 0));
  const std::string drawn = terminal.show(1000, 10);
  terminal.err.str("");
  terminal.progress.warn("column 'x' is constant");
  const std::string text = terminal.err.str();
  CHECK(text.starts_with("\r\x1b[Kwarning: column 'x' is constant\nreading "));
}

TEST_CASE("the next piece of work waits its own half second") {
  Terminal terminal;
  static_cast<void>(terminal.show(0, 0));
  static_cast<void>(terminal.show(1000, 10));
  CHECK(terminal.show(1200, 0, "training") == "\r\x1b[K");
}

TEST_CASE("bytes, unknown totals and notes") {
  using mlp::cli::to_text;
  CHECK(to_text({.what = "hashing", .done = 421888, .total = 0, .unit = "B", .note = "", .rate = 1048576}) ==
        "hashing  412 KiB  1.00 MiB/s");
  CHECK(to_text({.what = "training",
                 .done = 5,
                 .total = 10,
                 .unit = "rounds",
                 .note = "valid roc_auc 0.928",
                 .rate = 2.5}) ==
        "training  ██████████░░░░░░░░░░  5/10 rounds  2.5/s  2.0 s left  valid roc_auc 0.928");
}
