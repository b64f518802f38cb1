#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace mlp {

/// A SHA-256 of content: what names a dataset, model, record or stored object.
class ContentId {
public:
  ContentId() = default; ///< all zero: names nothing
  explicit ContentId(const std::array<std::uint8_t, 32>& bytes) : bytes_(bytes) {}

  /// 64 lower-case hexadecimal digits, or nothing.
  [[nodiscard]] static std::optional<ContentId> from_hex(std::string_view hex);
  [[nodiscard]] std::string hex() const;
  /// What people see: the first 7 digits.
  [[nodiscard]] std::string brief() const { return hex().substr(0, 7); }
  [[nodiscard]] bool empty() const { return *this == ContentId(); }
  [[nodiscard]] const std::array<std::uint8_t, 32>& bytes() const { return bytes_; }

  // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 sees the zero of the comparison that is made here
  friend auto operator<=>(const ContentId&, const ContentId&) = default;

private:
  std::array<std::uint8_t, 32> bytes_{};
};

/// SHA-256, fed piece by piece (FIPS 180-4, computed by libcrypto).
class Sha256 {
public:
  Sha256();
  ~Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;

  void update(std::string_view bytes);
  void update(std::span<const std::byte> bytes);
  /// The hash of all that was fed; the object then starts anew.
  [[nodiscard]] ContentId finish();

private:
  struct Context;
  std::unique_ptr<Context> context_;
};

[[nodiscard]] ContentId sha256(std::string_view bytes);

} // namespace mlp

template <> struct std::hash<mlp::ContentId> {
  std::size_t operator()(const mlp::ContentId& id) const noexcept {
    std::size_t value = 0;
    for (std::size_t i = 0; i < sizeof value; ++i) {
      value = value << 8U | id.bytes()[i];
    }
    return value;
  }
};
