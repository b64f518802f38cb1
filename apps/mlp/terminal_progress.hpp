#pragma once

#include "base/progress.hpp"

#include <cstdint>
#include <functional>
#include <iosfwd>
#include <string>

namespace mlp::cli {

/// Warnings only: for quiet runs, and where standard error is no terminal.
class SilentProgress final : public Progress {
public:
  explicit SilentProgress(std::ostream& err) : err_(err) {}
  void show(std::string_view, std::uint64_t, std::uint64_t, std::string_view, std::string_view) override {}
  void finish() override {}
  void warn(std::string_view message) override;

private:
  std::ostream& err_;
};

/// One line on a terminal that is drawn over and over: bar, count, rate and time left. It appears when the
/// work has taken half a second, is drawn at most ten times a second, and goes when the work ends.
class TerminalProgress final : public Progress {
public:
  /// `now_ns`: any clock that never goes back; `width`: columns of the terminal.
  TerminalProgress(std::ostream& err, std::function<std::int64_t()> now_ns, unsigned width)
      : err_(err), now_ns_(std::move(now_ns)), width_(width) {}
  ~TerminalProgress() override;

  void show(std::string_view what, std::uint64_t done, std::uint64_t total, std::string_view unit,
            std::string_view note) override;
  void finish() override;
  void warn(std::string_view message) override;

private:
  void erase();

  std::ostream& err_;
  std::function<std::int64_t()> now_ns_;
  unsigned width_;
  std::string what_;
  std::string line_; ///< as it stands on the terminal; empty: nothing does
  std::int64_t begun_ns_ = 0;
  std::int64_t drawn_ns_ = 0;
  std::uint64_t begun_at_ = 0; ///< `done` when the work was first shown
};

/// The line itself: `training  ████████░░░░░░░░░░░░  64/500 rounds  12/s  36 s left  valid roc_auc 0.928`.
struct ProgressLine {
  std::string_view what;
  std::uint64_t done = 0;
  std::uint64_t total = 0; ///< 0: unknown
  std::string_view unit;
  std::string_view note;
  double rate = 0.0; ///< units a second; 0: unknown
};
[[nodiscard]] std::string to_text(const ProgressLine& line);

} // namespace mlp::cli
