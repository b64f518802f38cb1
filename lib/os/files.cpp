#include "os/files.hpp"

#include "base/error.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstring>
#include <utility>

namespace mlp::os {
namespace {

[[noreturn]] void fail(std::string_view action, const fs::path& path, int code) {
  Error error(code == ENOENT ? ErrorCode::not_found : ErrorCode::environment, "cannot {} '{}': {}", action,
              path.string(), std::strerror(code));
  if (code == ENOSPC || code == EDQUOT) {
    throw std::move(error).hint("free some disk space, then run the command again: nothing was lost");
  }
  if (code == EACCES || code == EPERM || code == EROFS) {
    throw std::move(error).hint("check who owns the file and its folder, and their permissions");
  }
  throw std::move(error);
}

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
  void set_read_only(const fs::path& path) override {
    if (::chmod(path.c_str(), 0444) != 0) {
      fail("protect", path, errno);
    }
  }
};

fs::path draft_name(const fs::path& target, const fs::path& drafts) {
  static std::atomic<unsigned> counter{0}; // unique within the process; the pid makes it unique beyond
  const fs::path folder = drafts.empty() ? target.parent_path() : drafts;
  return folder /
         fmt::format("{}.{}-{}.draft", target.filename().string(), ::getpid(), counter.fetch_add(1));
}

fs::path folder_of(const fs::path& path) {
  return path.has_parent_path() ? path.parent_path() : fs::path(".");
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

Draft::Draft(FileOps& files, fs::path target, const fs::path& drafts)
    : files_(files), target_(std::move(target)), draft_(draft_name(target_, drafts)),
      file_(files.create(draft_)) {}

Draft::~Draft() {
  if (file_ != nullptr) {
    file_.reset();
    std::error_code ignored; // a draft that stays is harmless, and a destructor must not throw
    fs::remove(draft_, ignored);
  }
}

void Draft::write(std::string_view bytes) { file_->write(bytes); }

void Draft::publish() {
  file_->sync();
  files_.rename(draft_, target_);
  file_.reset();
  files_.sync_directory(folder_of(target_));
}

void write_file(FileOps& files, const fs::path& path, std::string_view bytes) {
  if (path.has_parent_path()) {
    files.make_directories(path.parent_path());
  }
  Draft draft(files, path);
  draft.write(bytes);
  draft.publish();
}

std::string read_file(const fs::path& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat facts {};
  if (file.get() < 0 || ::fstat(file.get(), &facts) != 0) {
    fail("read", path, errno);
  }
  if (S_ISDIR(facts.st_mode)) {
    fail("read", path, EISDIR);
  }
  std::string bytes(static_cast<std::size_t>(facts.st_size), '\0');
  std::size_t done = 0;
  for (;;) {
    if (done == bytes.size()) {
      bytes.resize(bytes.size() + 4096); // it may have grown, or be a pipe of unknown length
    }
    const ssize_t got = ::read(file.get(), bytes.data() + done, bytes.size() - done);
    if (got < 0) {
      if (errno == EINTR) {
        continue;
      }
      fail("read", path, errno);
    }
    if (got == 0) {
      break;
    }
    done += static_cast<std::size_t>(got);
  }
  bytes.resize(done);
  return bytes;
}

std::optional<std::string> read_file_if_exists(const fs::path& path) {
  std::error_code ignored;
  if (!fs::exists(path, ignored)) {
    return std::nullopt;
  }
  return read_file(path);
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

MappedFile::MappedFile(const fs::path& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  struct stat facts {};
  if (file.get() < 0 || ::fstat(file.get(), &facts) != 0) {
    fail("read", path, errno);
  }
  if (!S_ISREG(facts.st_mode)) {
    throw Error(ErrorCode::input, "cannot read '{}': not a regular file", path.string());
  }
  size_ = static_cast<std::size_t>(facts.st_size);
  if (size_ == 0) {
    return; // mmap refuses an empty range
  }
  void* mapped = ::mmap(nullptr, size_, PROT_READ, MAP_PRIVATE, file.get(), 0);
  if (mapped == MAP_FAILED) { // NOLINT: the C macro casts
    fail("map", path, errno);
  }
  data_ = static_cast<const char*>(mapped);
}

MappedFile::~MappedFile() {
  if (data_ != nullptr) {
    ::munmap(const_cast<char*>(data_), size_); // the C interface takes no const
  }
}

MappedFile::MappedFile(MappedFile&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  return *this;
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

std::unique_ptr<FileLock> FileLock::try_lock(const fs::path& path) {
  std::unique_ptr<FileLock> lock(new FileLock()); // NOLINT: the constructor is private
  lock->descriptor_ = open_lock(path);
  if (::flock(lock->descriptor_, LOCK_EX | LOCK_NB) == 0) {
    return lock;
  }
  return nullptr;
}

} // namespace mlp::os
