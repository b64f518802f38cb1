#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace mlp::dataset {

/// Bytes that are read from front to back.
class ByteStream {
public:
  ByteStream() = default;
  ByteStream(const ByteStream&) = delete;
  ByteStream& operator=(const ByteStream&) = delete;
  virtual ~ByteStream() = default;
  /// Writes bytes to the front of `room` (which has some) and returns how many; 0 at the end.
  virtual std::size_t read(std::span<char> room) = 0;
};

/// Appends up to `most` bytes; false at the end, when nothing was appended.
bool append_bytes(ByteStream& stream, std::string& out, std::size_t most);

enum class Compression { none, gzip, zstd };
[[nodiscard]] std::string_view name_of(Compression compression);

/// By the first bytes, whatever the file is called. throws Error{input} for archives and formats that are no
/// text (zip and so spreadsheets, bzip2, xz)
[[nodiscard]] Compression compression_of(std::string_view first_bytes, const std::string& name);

/// The bytes that `stored` unpacks to: all members of a gzip file, all frames of a zstd file. read() throws
/// Error{input} where they are truncated or damaged. `stored` yields what `name` holds.
[[nodiscard]] std::unique_ptr<ByteStream> unpacked(std::unique_ptr<ByteStream> stored,
                                                   Compression compression, const std::string& name);

/// The bytes of memory, which must outlive the stream.
[[nodiscard]] std::unique_ptr<ByteStream> stream_of(std::string_view bytes);

} // namespace mlp::dataset
