#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string_view>

namespace mlp::dataset {

/// Calls a tap in a thread of its own while the bytes' reader goes on, at most a few pieces behind.
class TapThread {
public:
  /// With one thread, or without a tap, put() calls it itself.
  TapThread(std::function<void(std::string_view)> tap, unsigned threads);
  ~TapThread(); ///< where finish() was not reached, drops what is waiting
  TapThread(const TapThread&) = delete;
  TapThread& operator=(const TapThread&) = delete;

  /// Copies the bytes; waits while too much is waiting. throws what the tap threw
  void put(std::string_view bytes);
  /// Returns when the tap has had all bytes. throws what the tap threw
  void finish();

private:
  struct State;
  std::function<void(std::string_view)> tap_;
  std::unique_ptr<State> state_;
};

} // namespace mlp::dataset
