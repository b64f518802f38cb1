#pragma once

#include "os/memory.hpp"

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <span>
#include <string_view>

namespace mlp::dataset {

/// Bytes in one place that are taken off the front and added at the end. Room that was never written to costs
/// nothing, and there is some in front, so that what is left of the text before can be put there.
class TextBuffer {
public:
  TextBuffer() = default;
  TextBuffer(std::size_t bytes_before, std::size_t bytes_behind) { make_room(bytes_before, bytes_behind); }

  [[nodiscard]] std::string_view view() const { return {bytes_.get() + begin_, end_ - begin_}; }
  [[nodiscard]] std::span<char> bytes() { return {bytes_.get() + begin_, end_ - begin_}; }
  /// Room for `bytes` more at the end; added() says how many were written there.
  [[nodiscard]] std::span<char> room(std::size_t bytes) {
    if (size_ - end_ < bytes) {
      make_room(begin_, std::max(bytes, end_ - begin_)); // at least twice: many small parts may follow
    }
    return {bytes_.get() + end_, bytes};
  }
  void added(std::size_t bytes) { end_ += bytes; }
  void add(std::string_view bytes) {
    if (!bytes.empty()) {
      std::memcpy(room(bytes.size()).data(), bytes.data(), bytes.size());
      end_ += bytes.size();
    }
  }
  void drop(std::size_t bytes) { begin_ += bytes; }
  void keep(std::size_t bytes) { end_ = begin_ + bytes; }
  /// Becomes empty, with this room in front.
  void clear(std::size_t bytes_before) {
    begin_ = std::min(bytes_before, size_);
    end_ = begin_;
  }
  /// False, and nothing done, where there is not so much room in front.
  [[nodiscard]] bool put_in_front(std::string_view bytes) {
    if (bytes.size() > begin_) {
      return false;
    }
    begin_ -= bytes.size();
    if (!bytes.empty()) {
      std::memcpy(bytes_.get() + begin_, bytes.data(), bytes.size());
    }
    return true;
  }

private:
  void make_room(std::size_t before, std::size_t behind) {
    const std::size_t used = end_ - begin_;
    const std::size_t size = before + used + behind;
    auto larger = std::make_unique_for_overwrite<char[]>(size); // NOLINT: a vector would write to all of it
    os::prefer_huge_pages(larger.get(), size);
    if (used > 0) {
      std::memcpy(larger.get() + before, bytes_.get() + begin_, used);
    }
    bytes_ = std::move(larger);
    size_ = size;
    begin_ = before;
    end_ = before + used;
  }

  std::unique_ptr<char[]> bytes_; // NOLINT: see make_room
  std::size_t size_ = 0;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

} // namespace mlp::dataset
