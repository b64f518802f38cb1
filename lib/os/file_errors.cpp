#include "os/file_errors.hpp"

#include "base/error.hpp"

#include <cerrno>
#include <cstring>

namespace mlp::os {

void fail(std::string_view action, const fs::path& path, int code) {
  Error error(ErrorCode::environment, "cannot {} '{}': {}", action, path.string(), std::strerror(code));
  if (code == ENOSPC || code == EDQUOT) {
    throw std::move(error).hint("free some disk space, then run the command again: nothing was lost");
  }
  if (code == EACCES || code == EPERM || code == EROFS) {
    throw std::move(error).hint("check who owns the file and its folder, and their permissions");
  }
  throw std::move(error);
}

bool is_absent(int code) { return code == ENOENT || code == ENOTDIR; }

void fail_reading(const fs::path& path, int code) {
  if (is_absent(code)) {
    throw Error(ErrorCode::not_found, "cannot read '{}': {}", path.string(), std::strerror(code));
  }
  fail("read", path, code);
}

} // namespace mlp::os
