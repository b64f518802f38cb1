#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>

namespace mlp {

/// Where long work says how far it is. The program shows it; tests and quiet runs ignore it.
/// Implementations are called from one thread at a time.
class Progress {
public:
  Progress() = default;
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  virtual ~Progress() = default;

  /// `what`: "reading adult.csv"; `total` 0 = unknown; `unit`: "B", "rows", "rounds"; `note`: e.g. "valid
  /// roc_auc 0.928".
  virtual void show(std::string_view what, std::uint64_t done, std::uint64_t total, std::string_view unit,
                    std::string_view note) = 0;
  /// The work named last is over: its line may go.
  virtual void finish() = 0;
  /// A warning that belongs on standard error, now.
  virtual void warn(std::string_view message) = 0;
};

/// Set by Ctrl-C; long loops ask it between steps.
class Interrupt {
public:
  void request() noexcept { requested_.store(true, std::memory_order_relaxed); }
  [[nodiscard]] bool requested() const noexcept { return requested_.load(std::memory_order_relaxed); }
  /// throws Error{interrupted} once requested
  void check() const;

private:
  std::atomic<bool> requested_{false};
  static_assert(std::atomic<bool>::is_always_lock_free, "set from a signal handler");
};

} // namespace mlp
