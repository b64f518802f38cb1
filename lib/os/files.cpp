#include "os/files.hpp"

#include "base/error.hpp"
#include "os/file_errors.hpp"
#include "os/threads.hpp"

#include <fcntl.h>
#include <linux/fs.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <set>
#include <utility>

namespace mlp::os {
namespace {

/// An open descriptor, closed at the end of its life.
class Descriptor {
public:
  explicit Descriptor(int value) : value_(value) {}
  ~Descriptor() {
    if (value_ >= 0) {
      ::close(value_);
    }
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int get() const { return value_; }

private:
  int value_;
};

class RealOutputFile final : public OutputFile {
public:
  RealOutputFile(fs::path path, int descriptor) : path_(std::move(path)), descriptor_(descriptor) {}
  void write(std::string_view bytes) override {
    while (!bytes.empty()) {
      const ssize_t written = ::write(descriptor_.get(), bytes.data(), bytes.size());
      if (written < 0) {
        if (errno == EINTR) {
          continue;
        }
        fail("write", path_, errno);
      }
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
  }
  void sync() override {
    if (::fsync(descriptor_.get()) != 0) {
      fail("sync", path_, errno);
    }
  }

private:
  fs::path path_;
  Descriptor descriptor_;
};

class RealFiles final : public FileOps {
public:
  void make_directories(const fs::path& path) override {
    std::error_code error;
    fs::create_directories(path, error);
    if (error) {
      fail("make the folder", path, error.value());
    }
  }
  std::unique_ptr<OutputFile> create(const fs::path& path) override {
    const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor < 0) {
      fail("create", path, errno);
    }
    return std::make_unique<RealOutputFile>(path, descriptor);
  }
  void rename(const fs::path& from, const fs::path& to) override {
    if (::rename(from.c_str(), to.c_str()) != 0) {
      fail("write", to, errno);
    }
  }
  void sync_directory(const fs::path& path) override {
    const Descriptor folder(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    // Some file systems know no fsync of a folder (EINVAL): the rename is then as durable as they make it.
    if (folder.get() < 0 || (::fsync(folder.get()) != 0 && errno != EINVAL)) {
      fail("sync the folder", path, errno);
    }
  }
  void remove(const fs::path& path) override {
    if (::unlink(path.c_str()) != 0 && errno != ENOENT) {
      fail("remove", path, errno);
    }
  }
  void sync_file_system(const fs::path& path) override {
    const Descriptor folder(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (folder.get() < 0 || ::syncfs(folder.get()) != 0) {
      fail("sync", path, errno);
    }
  }
  void set_read_only(const fs::path& path) override {
    if (::chmod(path.c_str(), 0444) != 0) {
      fail("protect", path, errno);
    }
  }
  bool link(const fs::path& from, const fs::path& to) override {
    if (::link(from.c_str(), to.c_str()) == 0) {
      return true;
    }
    if (cannot_share(errno) || errno == EMLINK) {
      return false;
    }
    fail("link", to, errno);
  }
  bool clone(const fs::path& from, const fs::path& to) override {
    const Descriptor source(::open(from.c_str(), O_RDONLY | O_CLOEXEC));
    if (source.get() < 0) {
      fail_reading(from, errno);
    }
    const Descriptor copy(::open(to.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666)); // NOLINT: POSIX
    if (copy.get() < 0) {
      fail("create", to, errno);
    }
    if (::ioctl(copy.get(), FICLONE, source.get()) == 0 && ::fsync(copy.get()) == 0) {
      return true;
    }
    const int code = errno;
    remove(to);
    if (cannot_share(code)) {
      return false;
    }
    fail("clone", to, code);
  }

private:
  /// Another file system, or one that knows no such thing.
  static bool cannot_share(int code) {
    return code == EXDEV || code == EPERM || code == EOPNOTSUPP || code == EINVAL || code == ENOTTY ||
           code == ENOSYS;
  }
};

std::size_t read_some(int descriptor, std::span<char> buffer, const fs::path& path) {
  for (;;) {
    const ssize_t got = ::read(descriptor, buffer.data(), buffer.size());
    if (got >= 0) {
      return static_cast<std::size_t>(got);
    }
    if (errno != EINTR) {
      fail("read", path, errno);
    }
  }
}

int open_lock(const fs::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (descriptor < 0) {
    fail("open the lock", path, errno);
  }
  return descriptor;
}

} // namespace

FileOps& real_files() {
  static RealFiles files;
  return files;
}

void sync_files(const std::vector<fs::path>& files) {
  parallel_for(files.size(), k_disk_waits, [&](std::size_t i) {
    const Descriptor file(::open(files[i].c_str(), O_RDONLY | O_CLOEXEC));
    const bool absent = file.get() < 0 && errno == ENOENT;
    if (!absent && (file.get() < 0 || ::fsync(file.get()) != 0)) {
      fail("sync", files[i], errno);
    }
  });
  std::set<fs::path> unique;
  for (const fs::path& file : files) {
    if (fs::exists(file.parent_path())) {
      unique.insert(file.parent_path());
    }
  }
  const std::vector<fs::path> folders(unique.begin(), unique.end());
  parallel_for(folders.size(), k_disk_waits, [&](std::size_t i) { real_files().sync_directory(folders[i]); });
}

std::string read_file(const fs::path& path) {
  std::optional<std::string> bytes = read_file_if_exists(path);
  if (!bytes) {
    fail_reading(path, ENOENT);
  }
  return std::move(*bytes);
}

std::optional<std::string> read_file_if_exists(const fs::path& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0 && is_absent(errno)) {
    return std::nullopt;
  }
  struct stat facts {};
  if (file.get() < 0 || ::fstat(file.get(), &facts) != 0) {
    fail("read", path, errno);
  }
  if (S_ISDIR(facts.st_mode)) {
    fail("read", path, EISDIR);
  }
  std::string bytes;
  std::size_t done = 0;
  std::size_t expected =
      static_cast<std::size_t>(facts.st_size) + 1; // one more, so that the end shows at once
  for (;;) {
    bytes.resize(std::max(bytes.size(), expected));
    const std::size_t got = read_some(file.get(), std::span(bytes).subspan(done), path);
    done += got;
    if (got == 0) {
      break;
    }
    if (done == bytes.size()) {
      expected = 2 * bytes.size(); // it has grown, or is a pipe of unknown length
    }
  }
  bytes.resize(done);
  return bytes;
}

InputFile::InputFile(fs::path path)
    : path_(std::move(path)), descriptor_(::open(path_.c_str(), O_RDONLY | O_CLOEXEC)) {
  if (descriptor_ < 0) {
    fail_reading(path_, errno);
  }
  struct stat facts {};
  if (::fstat(descriptor_, &facts) != 0 || S_ISDIR(facts.st_mode)) {
    ::close(descriptor_);
    throw Error(ErrorCode::input, "cannot read '{}': it is a folder", path_.string());
  }
  size_ = S_ISREG(facts.st_mode) ? static_cast<std::uint64_t>(facts.st_size) : 0;
}

InputFile::~InputFile() { ::close(descriptor_); }

std::size_t InputFile::read(std::span<char> buffer) {
  std::size_t done = 0;
  while (done < buffer.size()) {
    const std::size_t got = read_some(descriptor_, buffer.subspan(done), path_);
    if (got == 0) {
      break;
    }
    done += got;
  }
  return done;
}

std::optional<FileStat> stat_file(const fs::path& path) {
  struct stat facts {};
  if (::stat(path.c_str(), &facts) != 0 || !S_ISREG(facts.st_mode)) {
    return std::nullopt;
  }
  const auto nanoseconds = [](const timespec& time) {
    return static_cast<std::int64_t>(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
  };
  return FileStat{static_cast<std::uint64_t>(facts.st_size), nanoseconds(facts.st_mtim),
                  nanoseconds(facts.st_ctim), facts.st_ino};
}

FileLock::FileLock(const fs::path& path) : descriptor_(open_lock(path)) {
  while (::flock(descriptor_, LOCK_EX) != 0) {
    if (errno != EINTR) {
      const int code = errno;
      ::close(descriptor_);
      fail("lock", path, code);
    }
  }
}

FileLock::~FileLock() {
  if (descriptor_ >= 0) {
    ::close(descriptor_); // frees the lock
  }
}

std::unique_ptr<FileLock> FileLock::share(const fs::path& path) {
  std::unique_ptr<FileLock> lock(new FileLock()); // NOLINT: the constructor is private
  lock->descriptor_ = open_lock(path);
  while (::flock(lock->descriptor_, LOCK_SH) != 0) {
    if (errno != EINTR) {
      fail("lock", path, errno);
    }
  }
  return lock;
}

std::unique_ptr<FileLock> FileLock::try_lock(const fs::path& path) {
  std::unique_ptr<FileLock> lock(new FileLock()); // NOLINT: the constructor is private
  lock->descriptor_ = open_lock(path);
  while (::flock(lock->descriptor_, LOCK_EX | LOCK_NB) != 0) {
    if (errno == EWOULDBLOCK) {
      return nullptr;
    }
    if (errno != EINTR) {
      fail("lock", path, errno);
    }
  }
  return lock;
}

} // namespace mlp::os
