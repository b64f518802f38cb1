#pragma once

#include "os/files.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace mlp::os {

/// The end of a file in memory, read-only. For files that nobody writes to any more: one that is cut short
/// while it is mapped ends the process at the next look (SIGBUS). For others: HeldFile.
class MappedFile {
public:
  MappedFile() = default; ///< no bytes
  /// The bytes from `from` to the file's end. throws Error{not_found}, Error{environment}
  MappedFile(const fs::path& path, std::uint64_t from);
  ~MappedFile();
  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&& other) noexcept;
  [[nodiscard]] std::string_view bytes() const { return bytes_; }

private:
  void* mapped_ = nullptr;
  std::size_t length_ = 0;
  std::string_view bytes_;
};

/// `size` bytes of the file from `offset` on, fewer where it ends before. throws Error{not_found},
/// Error{environment}
[[nodiscard]] std::string read_range(const fs::path& path, std::uint64_t offset, std::size_t size);

} // namespace mlp::os
