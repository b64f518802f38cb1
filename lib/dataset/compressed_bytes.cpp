#include "dataset/compressed_bytes.hpp"

#include "base/c_handle.hpp"
#include "base/error.hpp"

#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <array>
#include <utility>

namespace mlp::dataset {
namespace {

constexpr std::size_t k_stored_piece_bytes = std::size_t{1} << 18U;

[[noreturn]] void fail_unpacking(const std::string& name, std::string_view reason) {
  throw Error(ErrorCode::input, "cannot unpack '{}': {}", name, reason)
      .hint("fetch or compress the file again");
}

class MemoryBytes final : public ByteStream {
public:
  explicit MemoryBytes(std::string_view bytes) : rest_(bytes) {}
  std::size_t read(std::span<char> room) override {
    const std::size_t count = rest_.copy(room.data(), room.size());
    rest_.remove_prefix(count);
    return count;
  }

private:
  std::string_view rest_;
};

/// What a decoder has not used yet of the stored bytes.
class StoredBytes {
public:
  explicit StoredBytes(std::unique_ptr<ByteStream> stream) : stream_(std::move(stream)) {}
  /// The bytes at hand; read anew where all are used; empty at the end.
  std::string_view at_hand() {
    if (used_ == piece_.size()) {
      piece_.clear();
      used_ = 0;
      append_bytes(*stream_, piece_, k_stored_piece_bytes);
    }
    return std::string_view(piece_).substr(used_);
  }
  void use(std::size_t bytes) { used_ += bytes; }

private:
  std::unique_ptr<ByteStream> stream_;
  std::string piece_;
  std::size_t used_ = 0;
};

class GzipBytes final : public ByteStream {
public:
  GzipBytes(std::unique_ptr<ByteStream> stored, std::string name)
      : stored_(std::move(stored)), name_(std::move(name)) {
    constexpr int k_gzip_only = 16;
    if (inflateInit2(&state_, k_gzip_only + MAX_WBITS) != Z_OK) { // NOLINT: zlib's macro casts
      throw Error(ErrorCode::environment, "cannot unpack '{}': not enough memory", name_);
    }
  }
  GzipBytes(const GzipBytes&) = delete;
  GzipBytes& operator=(const GzipBytes&) = delete;
  ~GzipBytes() override { inflateEnd(&state_); }

  std::size_t read(std::span<char> room) override {
    std::size_t count = 0;
    while (count == 0 && !ended_) {
      state_.next_out = reinterpret_cast<Bytef*>(room.data()); // NOLINT: zlib speaks of unsigned char
      state_.avail_out = static_cast<uInt>(room.size());
      step();
      count = room.size() - state_.avail_out;
    }
    return count;
  }

private:
  void step() {
    const std::string_view input = stored_.at_hand();
    if (input.empty()) {
      if (inside_member_) {
        fail_unpacking(name_, "the file is truncated");
      }
      ended_ = true;
      return;
    }
    if (!inside_member_ && members_ > 0 && input.front() == '\0') {
      stored_.use(1); // padding, as on tapes: gzip ignores it
      return;
    }
    inside_member_ = true;
    // NOLINTNEXTLINE: zlib speaks of unsigned char, and of const only behind a macro; it does not write here
    state_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(input.data()));
    state_.avail_in = static_cast<uInt>(input.size());
    const int status = inflate(&state_, Z_NO_FLUSH);
    stored_.use(input.size() - state_.avail_in);
    if (status == Z_STREAM_END) {
      inside_member_ = false;
      ++members_;
      inflateReset(&state_);
    } else if (status != Z_OK && status != Z_BUF_ERROR) {
      fail_unpacking(name_, state_.msg != nullptr ? state_.msg : "the file is damaged");
    }
  }

  StoredBytes stored_;
  std::string name_;
  z_stream state_{};
  bool inside_member_ = false;
  bool ended_ = false;
  std::size_t members_ = 0;
};

class ZstdBytes final : public ByteStream {
public:
  ZstdBytes(std::unique_ptr<ByteStream> stored, std::string name)
      : stored_(std::move(stored)), name_(std::move(name)), state_(ZSTD_createDStream()) {}

  std::size_t read(std::span<char> room) override {
    ZSTD_outBuffer output{room.data(), room.size(), 0};
    while (output.pos == 0) {
      const std::string_view input = stored_.at_hand();
      if (input.empty()) {
        if (inside_frame_) {
          fail_unpacking(name_, "the file is truncated");
        }
        break;
      }
      ZSTD_inBuffer in{input.data(), input.size(), 0};
      const std::size_t status = ZSTD_decompressStream(state_.get(), &output, &in);
      stored_.use(in.pos);
      if (ZSTD_isError(status) != 0U) {
        fail_unpacking(name_, ZSTD_getErrorName(status));
      }
      inside_frame_ = status != 0;
    }
    return output.pos;
  }

private:
  StoredBytes stored_;
  std::string name_;
  CHandle<ZSTD_DStream, ZSTD_freeDStream> state_;
  bool inside_frame_ = false;
};

} // namespace

bool append_bytes(ByteStream& stream, std::string& out, std::size_t most) {
  const std::size_t before = out.size();
  out.resize(before + most);
  const std::size_t count = stream.read(std::span(out).subspan(before));
  out.resize(before + count);
  return count > 0;
}

std::string_view name_of(Compression compression) {
  constexpr std::array<std::string_view, 3> k_names = {"none", "gzip", "zstd"};
  return k_names[static_cast<std::size_t>(compression)];
}

Compression compression_of(std::string_view first_bytes, const std::string& name) {
  using namespace std::string_view_literals;
  const auto begins_with = [&](std::string_view magic) {
    return first_bytes.substr(0, magic.size()) == magic;
  };
  if (begins_with("\x1f\x8b"sv)) {
    return Compression::gzip;
  }
  if (begins_with("\x28\xb5\x2f\xfd"sv)) {
    return Compression::zstd;
  }
  constexpr std::array<std::pair<std::string_view, std::string_view>, 4> k_refused = {
      {{"PK\x03\x04"sv, "a zip archive or a spreadsheet"},
       {"BZh91AY"sv, "compressed by bzip2"},
       {"\xfd\x37zXZ"sv, "compressed by xz"},
       {"\xd0\xcf\x11\xe0"sv, "an old spreadsheet"}}};
  for (const auto& [magic, what] : k_refused) {
    if (begins_with(magic)) {
      throw Error(ErrorCode::input, "cannot read '{}': it is {}, and must be CSV (.gz and .zst may be)", name,
                  what)
          .hint("unpack it, or export it as CSV");
    }
  }
  return Compression::none;
}

std::unique_ptr<ByteStream> unpacked(std::unique_ptr<ByteStream> stored, Compression compression,
                                     const std::string& name) {
  switch (compression) {
  case Compression::gzip:
    return std::make_unique<GzipBytes>(std::move(stored), name);
  case Compression::zstd:
    return std::make_unique<ZstdBytes>(std::move(stored), name);
  case Compression::none:
    break;
  }
  return stored;
}

std::unique_ptr<ByteStream> stream_of(std::string_view bytes) { return std::make_unique<MemoryBytes>(bytes); }

} // namespace mlp::dataset
