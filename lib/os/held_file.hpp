#pragma once

#include "os/files.hpp"

#include <string_view>

namespace mlp::os {

/// A file's bytes in memory, read-only, for as long as this lives, whatever other processes do to the file.
///
/// The file is mapped under a read lease: who wants to write or truncate it meanwhile waits until this ends
/// (or until the kernel's patience does: fs.lease-break-time, 45 s). Where the kernel grants no lease
/// (another user's file, one that somebody has open for writing, a network file system), the bytes are copied
/// instead. throws Error{not_found}, Error{environment}, Error{input} for what is no regular file, or for one
/// that got shorter while it was copied
class HeldFile {
public:
  explicit HeldFile(const fs::path& path);
  ~HeldFile();
  HeldFile(HeldFile&& other) noexcept;
  HeldFile& operator=(HeldFile&& other) noexcept;
  [[nodiscard]] std::string_view bytes() const { return {data_, size_}; }

private:
  HeldFile() = default;

  int lease_ = -1; ///< the descriptor that has it
  char* data_ = nullptr;
  std::size_t size_ = 0;
};

} // namespace mlp::os
