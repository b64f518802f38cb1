#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace mlp::dataset {

/// Distinct texts in the order in which they came, each with the place where it was first seen. Texts are
/// views of the file; only those that had to be decoded are kept here.
class TextDictionary {
public:
  struct Entry {
    std::string_view text;
    std::size_t place = 0; ///< byte in the file's text where the field begins
  };
  enum class Lifetime : std::uint8_t { of_file, of_call };

  /// The index of `text` among the entries; a new one is added.
  [[nodiscard]] std::uint32_t index_of(std::string_view text, std::size_t place, Lifetime lifetime) {
    const Fingerprint print(text);
    if (slots_.empty()) {
      slots_.resize(k_first_slots);
    }
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t at = print.hash() & mask;; at = (at + 1) & mask) {
      const Slot& slot = slots_[at];
      if (slot.entry == 0) {
        return add(text, place, print, lifetime, at);
      }
      if (slot.print == print &&
          (text.size() <= Fingerprint::k_whole || entries_[slot.entry - 1].text == text)) {
        return slot.entry - 1;
      }
    }
  }
  [[nodiscard]] const std::vector<Entry>& entries() const { return entries_; }

private:
  /// Of a text of up to k_whole bytes, as most are, size, first and last eight bytes: all there is, so that
  /// comparing two does not need the texts. Of a longer one, all bytes go into the first word.
  class Fingerprint {
  public:
    static constexpr std::size_t k_whole = 16;

    Fingerprint() = default;
    explicit Fingerprint(std::string_view text) : size_(text.size()) {
      const char* bytes = text.data();
      if (size_ >= 8) {
        first_ = word(bytes, 8);
        last_ = word(bytes + size_ - 8, 8);
        for (std::size_t at = 8; at + 8 <= size_; at += 8) {
          first_ = mixed(first_ ^ word(bytes + at, 8));
        }
      } else if (size_ >= 4) {
        first_ = word(bytes, 4);
        last_ = word(bytes + size_ - 4, 4);
      } else if (size_ > 0) {
        first_ = word(bytes, 1) | word(bytes + size_ / 2, 1) << 8U;
        last_ = word(bytes + size_ - 1, 1);
      }
    }
    [[nodiscard]] std::size_t hash() const { return mixed(mixed(first_ ^ size_) ^ last_) * k_odd >> 32U; }
    friend bool operator==(const Fingerprint&, const Fingerprint&) = default;

  private:
    static constexpr std::uint64_t k_odd = 0x9e3779b97f4a7c15ULL; // 2^64 / golden ratio

    [[nodiscard]] static std::uint64_t mixed(std::uint64_t value) {
      value *= k_odd;
      return value ^ value >> 32U;
    }
    [[nodiscard]] static std::uint64_t word(const char* bytes, std::size_t size) {
      std::uint64_t value = 0;
      std::memcpy(&value, bytes, size);
      return value;
    }

    std::uint64_t first_ = 0;
    std::uint64_t last_ = 0;
    std::uint64_t size_ = 0;
  };
  struct Slot {
    Fingerprint print;
    std::uint32_t entry = 0; ///< index + 1; 0 = free
  };
  static constexpr std::size_t k_first_slots = 16;

  std::uint32_t add(std::string_view text, std::size_t place, const Fingerprint& print, Lifetime lifetime,
                    std::size_t at);
  void grow();

  std::vector<Entry> entries_;
  std::vector<Slot> slots_; ///< a power of two, at most half full
  std::deque<std::string> decoded_;
};

} // namespace mlp::dataset
