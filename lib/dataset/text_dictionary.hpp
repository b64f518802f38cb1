#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace mlp::dataset {

/// Distinct texts in the order in which they came, each with the place where it was first seen. Texts are views
/// of the file; only those that had to be decoded are kept here.
class TextDictionary {
public:
  struct Entry {
    std::string_view text;
    std::size_t place = 0; ///< byte in the file's text where the field begins
    std::uint32_t hash = 0;
  };
  enum class Lifetime : std::uint8_t { of_file, of_call };

  /// The index of `text` among the entries; a new one is added.
  [[nodiscard]] std::uint32_t index_of(std::string_view text, std::size_t place, Lifetime lifetime) {
    const std::uint32_t hash = hash_of(text);
    if (slots_.empty()) {
      slots_.assign(k_first_slots, 0);
    }
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t at = hash & mask;; at = (at + 1) & mask) {
      const std::uint32_t slot = slots_[at];
      if (slot == 0) {
        return add(text, place, hash, lifetime, at);
      }
      const Entry& entry = entries_[slot - 1];
      if (entry.hash == hash && entry.text == text) {
        return slot - 1;
      }
    }
  }
  [[nodiscard]] const std::vector<Entry>& entries() const { return entries_; }

private:
  static constexpr std::size_t k_first_slots = 16;

  [[nodiscard]] static std::uint64_t word(const char* bytes, std::size_t size) {
    std::uint64_t value = 0;
    std::memcpy(&value, bytes, size);
    return value;
  }
  [[nodiscard]] static std::uint32_t hash_of(std::string_view text) {
    constexpr std::uint64_t k_odd = 0x9e3779b97f4a7c15ULL;
    std::uint64_t hash = text.size() * k_odd;
    const char* at = text.data();
    std::size_t left = text.size();
    for (; left >= 8; at += 8, left -= 8) {
      hash = (hash ^ word(at, 8)) * k_odd;
      hash ^= hash >> 32U;
    }
    if (left >= 4) {
      hash = (hash ^ (word(at, 4) << 32U | word(at + left - 4, 4))) * k_odd;
    } else if (left > 0) {
      const std::uint64_t tail = word(at, 1) | word(at + left / 2, 1) << 8U | word(at + left - 1, 1) << 16U;
      hash = (hash ^ tail) * k_odd;
    }
    return static_cast<std::uint32_t>(hash ^ hash >> 32U);
  }

  std::uint32_t add(std::string_view text, std::size_t place, std::uint32_t hash, Lifetime lifetime,
                    std::size_t at);
  void grow();

  std::vector<Entry> entries_;
  std::vector<std::uint32_t> slots_; ///< entry index + 1, 0 = free; a power of two, at most half full
  std::deque<std::string> decoded_;
};

} // namespace mlp::dataset
