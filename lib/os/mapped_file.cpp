#include "os/mapped_file.hpp"

#include "os/file_errors.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

namespace mlp::os {
namespace {

class Opened {
public:
  explicit Opened(const fs::path& path) : descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
    if (descriptor_ < 0) {
      fail_reading(path, errno);
    }
  }
  ~Opened() { ::close(descriptor_); }
  Opened(const Opened&) = delete;
  Opened& operator=(const Opened&) = delete;
  [[nodiscard]] int get() const { return descriptor_; }

private:
  int descriptor_;
};

} // namespace

MappedFile::MappedFile(const fs::path& path, std::uint64_t from) {
  const Opened file(path);
  struct stat facts {};
  if (::fstat(file.get(), &facts) != 0) {
    fail_reading(path, errno);
  }
  const auto size = static_cast<std::uint64_t>(facts.st_size);
  if (from >= size) {
    return; // mmap refuses an empty range
  }
  const auto page = static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
  const std::uint64_t begin = from - from % page;
  length_ = static_cast<std::size_t>(size - begin);
  void* const mapped =
      ::mmap(nullptr, length_, PROT_READ, MAP_PRIVATE, file.get(), static_cast<off_t>(begin));
  if (mapped == MAP_FAILED) { // NOLINT: the C macro casts
    fail("map", path, errno);
  }
  mapped_ = mapped;
  bytes_ = std::string_view(static_cast<const char*>(mapped_), length_).substr(from - begin);
}

MappedFile::~MappedFile() {
  if (mapped_ != nullptr) {
    ::munmap(mapped_, length_);
  }
}

MappedFile::MappedFile(MappedFile&& other) noexcept
    : mapped_(std::exchange(other.mapped_, nullptr)), length_(std::exchange(other.length_, 0)),
      bytes_(std::exchange(other.bytes_, {})) {}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
  std::swap(mapped_, other.mapped_);
  std::swap(length_, other.length_);
  std::swap(bytes_, other.bytes_);
  return *this;
}

std::string read_range(const fs::path& path, std::uint64_t offset, std::size_t size) {
  const Opened file(path);
  std::string bytes(size, '\0');
  std::size_t done = 0;
  while (done < size) {
    const ssize_t got =
        ::pread(file.get(), bytes.data() + done, size - done, static_cast<off_t>(offset + done));
    if (got < 0 && errno != EINTR) {
      fail("read", path, errno);
    }
    if (got == 0) {
      break;
    }
    done += static_cast<std::size_t>(std::max<ssize_t>(got, 0));
  }
  bytes.resize(done);
  return bytes;
}

} // namespace mlp::os
