#pragma once

#include "dataset/text_buffer.hpp"

#include <cstddef>
#include <functional>
#include <memory>

namespace mlp::dataset {

/// Reads in a thread of its own while its caller works on what was read, at most a few buffers ahead.
class ReadAhead {
public:
  /// `fill` adds the next bytes to a cleared buffer, none at the end. Without `threaded`, next() calls it.
  enum class Threaded : bool { no, yes };
  ReadAhead(std::function<void(TextBuffer&)> fill, std::size_t bytes_before, Threaded threaded);
  ~ReadAhead(); ///< waits for the buffer that is being filled
  ReadAhead(const ReadAhead&) = delete;
  ReadAhead& operator=(const ReadAhead&) = delete;

  /// The next bytes, with `bytes_before` of room in front; empty at the end. throws what `fill` threw
  [[nodiscard]] TextBuffer next();
  /// Takes a buffer back, to be filled again.
  void reuse(TextBuffer buffer);

private:
  struct State;
  std::unique_ptr<State> state_;
};

} // namespace mlp::dataset
