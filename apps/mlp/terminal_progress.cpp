#include "terminal_progress.hpp"

#include "report/display.hpp"
#include "report/numbers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>

namespace mlp::cli {
namespace {

constexpr std::int64_t k_silent_ns = 500'000'000;
constexpr std::int64_t k_between_draws_ns = 100'000'000;
constexpr std::uint64_t k_bar_cells = 20;

std::string bar(double share) {
  const auto full = static_cast<std::uint64_t>(share * static_cast<double>(k_bar_cells));
  std::string text;
  for (std::uint64_t i = 0; i < k_bar_cells; ++i) {
    text += i < full ? "█" : "░";
  }
  return text;
}

std::string amount(std::uint64_t number, std::string_view unit) {
  return unit == "B" ? report::bytes_text(number) : report::thousands(static_cast<std::int64_t>(number));
}

std::string count_text(const ProgressLine& line) {
  const std::string unit = line.unit == "B" || line.unit.empty() ? "" : fmt::format(" {}", line.unit);
  if (line.total == 0) {
    return amount(line.done, line.unit) + unit;
  }
  return fmt::format("{}/{}{}", amount(line.done, line.unit), amount(line.total, line.unit), unit);
}

} // namespace

std::string to_text(const ProgressLine& line) {
  std::string text(line.what);
  if (line.total > 0) {
    const double share = static_cast<double>(line.done) / static_cast<double>(line.total);
    text += "  " + bar(std::clamp(share, 0.0, 1.0));
  }
  text += "  " + count_text(line);
  if (line.rate > 0) {
    text += line.unit == "B" || line.rate >= 10
                ? fmt::format("  {}/s", amount(static_cast<std::uint64_t>(line.rate), line.unit))
                : fmt::format("  {:.1f}/s", line.rate);
    if (line.total > line.done) {
      const double left = static_cast<double>(line.total - line.done) / line.rate;
      text += fmt::format("  {} left", report::duration_text(std::max(left, 0.1)));
    }
  }
  if (!line.note.empty()) {
    text += fmt::format("  {}", line.note);
  }
  return text;
}

void SilentProgress::warn(std::string_view message) { err_ << "warning: " << message << '\n'; }

TerminalProgress::~TerminalProgress() { erase(); }

void TerminalProgress::show(std::string_view what, std::uint64_t done, std::uint64_t total,
                            std::string_view unit, std::string_view note) {
  const std::int64_t now = now_ns_();
  if (what != what_) {
    erase();
    what_ = what;
    begun_ns_ = now;
    begun_at_ = done;
  }
  if (now - begun_ns_ < k_silent_ns || (!line_.empty() && now - drawn_ns_ < k_between_draws_ns)) {
    return;
  }
  const double seconds = static_cast<double>(now - begun_ns_) / 1e9;
  const double advanced = done > begun_at_ ? static_cast<double>(done - begun_at_) : 0.0;
  line_ = report::shortened(to_text({what, done, total, unit, note, advanced / seconds}), width_ - 1);
  err_ << '\r' << line_ << "\x1b[K" << std::flush;
  drawn_ns_ = now;
}

void TerminalProgress::finish() {
  erase();
  what_.clear();
}

void TerminalProgress::warn(std::string_view message) {
  const std::string shown = line_;
  erase();
  err_ << "warning: " << message << '\n';
  if (!shown.empty()) {
    err_ << shown << std::flush;
    line_ = shown;
  }
}

void TerminalProgress::erase() {
  if (!line_.empty()) {
    err_ << "\r\x1b[K" << std::flush;
    line_.clear();
  }
}

} // namespace mlp::cli
