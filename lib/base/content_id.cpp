#include "base/content_id.hpp"

#include "base/error.hpp"

#include <openssl/evp.h>

namespace mlp {
namespace {

/// Fetched once: looking the algorithm up costs more than hashing a short record.
const EVP_MD* sha256_algorithm() {
  static const EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  if (algorithm == nullptr) {
    throw Error(ErrorCode::environment, "libcrypto offers no SHA-256");
  }
  return algorithm;
}

int digit(char c) {
  if (c >= '0' && c <= '9') {
    return c - '0';
  }
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

} // namespace

std::optional<ContentId> ContentId::from_hex(std::string_view hex) {
  if (hex.size() != 64) {
    return std::nullopt;
  }
  std::array<std::uint8_t, 32> bytes{};
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const int high = digit(hex[2 * i]);
    const int low = digit(hex[2 * i + 1]);
    if (high < 0 || low < 0) {
      return std::nullopt;
    }
    bytes[i] = static_cast<std::uint8_t>(high * 16 + low);
  }
  return ContentId(bytes);
}

std::string ContentId::hex() const {
  constexpr std::string_view k_digits = "0123456789abcdef";
  std::string text;
  text.reserve(64);
  for (const std::uint8_t byte : bytes_) {
    text += k_digits[byte >> 4U];
    text += k_digits[byte & 15U];
  }
  return text;
}

struct Sha256::Context {
  Context() : handle(EVP_MD_CTX_new()) { start(); }
  ~Context() { EVP_MD_CTX_free(handle); }
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;
  void start() const {
    if (handle == nullptr || EVP_DigestInit_ex2(handle, sha256_algorithm(), nullptr) != 1) {
      throw Error(ErrorCode::environment, "cannot start SHA-256");
    }
  }
  EVP_MD_CTX* handle;
};

Sha256::Sha256() : context_(std::make_unique<Context>()) {}
Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

void Sha256::update(std::string_view bytes) {
  if (EVP_DigestUpdate(context_->handle, bytes.data(), bytes.size()) != 1) {
    throw Error(ErrorCode::internal, "cannot compute SHA-256");
  }
}

void Sha256::update(std::span<const std::byte> bytes) {
  update(std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
}

ContentId Sha256::finish() {
  std::array<std::uint8_t, 32> bytes{};
  if (EVP_DigestFinal_ex(context_->handle, bytes.data(), nullptr) != 1) {
    throw Error(ErrorCode::internal, "cannot compute SHA-256");
  }
  context_->start();
  return ContentId(bytes);
}

ContentId sha256(std::string_view bytes) {
  Sha256 hash;
  hash.update(bytes);
  return hash.finish();
}

} // namespace mlp
