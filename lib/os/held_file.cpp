#include "os/held_file.hpp"

#include "base/error.hpp"
#include "os/file_errors.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <utility>

namespace mlp::os {
namespace {

/// A signal tells the holder of a lease that somebody waits, and by default it is one that kills: SIGURG is
/// ignored by every process that does not ask for it.
bool take_lease(int descriptor) {
  return ::fcntl(descriptor, F_SETSIG, SIGURG) == 0 && ::fcntl(descriptor, F_SETLEASE, F_RDLCK) == 0;
}

char* map(int descriptor, std::size_t size, const fs::path& path) {
  const int protection = descriptor < 0 ? PROT_READ | PROT_WRITE : PROT_READ;
  const int flags = descriptor < 0 ? MAP_PRIVATE | MAP_ANONYMOUS : MAP_PRIVATE;
  void* const mapped = ::mmap(nullptr, size, protection, flags, descriptor, 0);
  if (mapped == MAP_FAILED) { // NOLINT: the C macro casts
    fail("map", path, errno);
  }
  return static_cast<char*>(mapped);
}

void copy(int descriptor, std::span<char> into, const fs::path& path) {
  constexpr std::size_t k_piece_bytes = std::size_t{1} << 20U;
  ::madvise(into.data(), into.size(), MADV_HUGEPAGE); // a wish: fewer faults
  for (std::size_t at = 0; at < into.size();) {
    const std::size_t most = std::min(k_piece_bytes, into.size() - at);
    const ssize_t count = ::pread(descriptor, into.data() + at, most, static_cast<off_t>(at));
    if (count < 0 && errno != EINTR) {
      fail("read", path, errno);
    }
    if (count == 0) {
      throw Error(ErrorCode::input, "'{}' changed while it was read", path.string())
          .hint("run the command again when nothing writes to the file");
    }
    at += static_cast<std::size_t>(std::max<ssize_t>(count, 0));
  }
}

} // namespace

// Delegates, so that the destructor also runs where something below throws.
HeldFile::HeldFile(const fs::path& path) : HeldFile() {
  lease_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  const bool leased = lease_ >= 0 && take_lease(lease_);
  struct stat facts {}; // under the lease, so that the size stays
  if (lease_ < 0 || ::fstat(lease_, &facts) != 0) {
    fail_reading(path, errno);
  }
  if (!S_ISREG(facts.st_mode)) {
    throw Error(ErrorCode::input, "cannot read '{}': not a regular file", path.string());
  }
  if (facts.st_size == 0) {
    return; // mmap refuses an empty range
  }
  const auto size = static_cast<std::size_t>(facts.st_size);
  data_ = map(leased ? lease_ : -1, size, path);
  size_ = size;
  if (!leased) {
    copy(lease_, {data_, size_}, path);
  }
}

HeldFile::~HeldFile() {
  if (data_ != nullptr) {
    ::munmap(data_, size_);
  }
  if (lease_ >= 0) {
    ::close(lease_); // gives the lease back, after the last use of the mapping
  }
}

HeldFile::HeldFile(HeldFile&& other) noexcept
    : lease_(std::exchange(other.lease_, -1)), data_(std::exchange(other.data_, nullptr)),
      size_(std::exchange(other.size_, 0)) {}

HeldFile& HeldFile::operator=(HeldFile&& other) noexcept {
  std::swap(lease_, other.lease_);
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  return *this;
}

} // namespace mlp::os
