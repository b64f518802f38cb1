#pragma once

#include "base/time.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mlp::os {

namespace fs = std::filesystem;

/// What tells one state of a file from another without reading it.
struct FileStat {
  std::uint64_t size = 0;
  std::int64_t modified_ns = 0; ///< mtime
  std::int64_t changed_ns = 0;  ///< ctime
  std::uint64_t inode = 0;
  friend bool operator==(const FileStat&, const FileStat&) = default;
};

/// An open file being written. Nothing is visible under a final name until FileOps::publish.
class OutputFile {
public:
  OutputFile() = default;
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;
  virtual ~OutputFile() = default; ///< closes; never throws
  virtual void write(std::string_view bytes) = 0;
  virtual void sync() = 0; ///< fsync
};

/// Every disk operation that changes something, behind one seam: tests let the n-th one fail.
/// All throw Error{environment} that names the path and the reason (disk full, read-only, permission).
class FileOps {
public:
  FileOps() = default;
  FileOps(const FileOps&) = delete;
  FileOps& operator=(const FileOps&) = delete;
  virtual ~FileOps() = default;

  virtual void make_directories(const fs::path& path) = 0;
  /// Creates `path`, which must not exist (O_EXCL, O_CLOEXEC).
  virtual std::unique_ptr<OutputFile> create(const fs::path& path) = 0;
  /// Atomically gives `from` the name `to`, replacing what was there.
  virtual void rename(const fs::path& from, const fs::path& to) = 0;
  virtual void sync_directory(const fs::path& path) = 0;
  /// Makes all that was written to the file system that holds `path` durable: for many files at once.
  virtual void sync_file_system(const fs::path& path) = 0;
  virtual void remove(const fs::path& path) = 0; ///< no error where it is absent
  virtual void set_read_only(const fs::path& path) = 0;
  /// Gives a file a second name, which must be free. False where the file system cannot.
  virtual bool link(const fs::path& from, const fs::path& to) = 0;
  /// A new file that shares the other's bytes until either is written to. False where the file system cannot.
  virtual bool clone(const fs::path& from, const fs::path& to) = 0;
};

/// For any thread, as every FileOps.
[[nodiscard]] FileOps& real_files();

/// Makes files that another library wrote durable: fsync of each that is there, then of the folders that hold
/// them. throws Error{environment} naming the path
void sync_files(const std::vector<fs::path>& files);

/// A file under construction: `<target>.<place>-<pid>-<n>.draft` beside the target (or in `drafts` where
/// given). The destructor removes it; only publish() makes it the target: fsync, rename, fsync of the folder.
class Draft {
public:
  Draft(FileOps& files, fs::path target, const fs::path& drafts = {});
  ~Draft();
  Draft(const Draft&) = delete;
  Draft& operator=(const Draft&) = delete;

  void write(std::string_view bytes);
  /// Changes where the draft will go: for names that are known only after writing.
  void retarget(fs::path target) { target_ = std::move(target); }
  void set_read_only() { files_.set_read_only(draft_); }
  void seal();  ///< fsync and close: nothing can be written after it
  void close(); ///< without fsync: for those who sync the file system after many
  void publish();

  /// The rename alone. Durable where it was sealed before and the target's folder is synced after.
  void place();
  [[nodiscard]] const fs::path& target() const { return target_; }

private:
  FileOps& files_;
  fs::path target_;
  fs::path draft_;
  std::unique_ptr<OutputFile> file_;
  bool placed_ = false;
};

/// A name that no file has yet, of the form above: for a folder that is built under it and then renamed.
[[nodiscard]] fs::path draft_path(const fs::path& target, const fs::path& drafts = {});
/// Whose a draft is, by its name. `elsewhere`: another host, container or boot, so that its pid says nothing
/// here.
enum class DraftOwner { alive, gone, elsewhere };
/// Nothing where the file's name is not a draft's.
[[nodiscard]] std::optional<DraftOwner> draft_owner(std::string_view file_name);
/// Removes the files of `folder` (not below) that are drafts of processes that are gone. No error where there
/// is no such folder, or it cannot be listed: they are tried again with the next write there.
void remove_left_drafts(FileOps& files, const fs::path& folder);

/// Draft (in `drafts`) → rename, waiting for no disk; makes both folders where they are absent. For what can
/// be made anew: after a power cut the file may be the old one, the new one, empty or cut off, and its reader
/// must tell.
void write_cache(FileOps& files, const fs::path& path, const fs::path& drafts, std::string_view bytes);

/// Draft → fsync → rename → fsync of the folder; makes the folder where it is absent, and removes what killed
/// processes left in it.
void write_file(FileOps& files, const fs::path& path, std::string_view bytes);

/// The whole file. throws Error{not_found} or Error{environment}, naming the path
[[nodiscard]] std::string read_file(const fs::path& path);
/// Nothing only where there is no such file; one that cannot be read throws.
[[nodiscard]] std::optional<std::string> read_file_if_exists(const fs::path& path);
[[nodiscard]] std::optional<FileStat> stat_file(const fs::path& path); ///< regular files; follows links

/// A file read from its beginning to its end, in bounded memory.
class InputFile {
public:
  /// throws Error{not_found}, Error{environment}, or Error{input} for a folder
  explicit InputFile(fs::path path);
  ~InputFile();
  InputFile(const InputFile&) = delete;
  InputFile& operator=(const InputFile&) = delete;
  /// Fills as much of the buffer as there is; fewer bytes than asked for = the end.
  [[nodiscard]] std::size_t read(std::span<char> buffer);
  [[nodiscard]] std::uint64_t size() const { return size_; } ///< when it was opened; 0 for a pipe

private:
  fs::path path_;
  int descriptor_;
  std::uint64_t size_ = 0;
};

/// flock(2) on `path` (made where absent); waits; the kernel frees it when the process dies.
class FileLock {
public:
  explicit FileLock(const fs::path& path);
  ~FileLock();
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;
  /// Held together with others that share it; waits for who has it alone.
  [[nodiscard]] static std::unique_ptr<FileLock> share(const fs::path& path);
  /// Nothing where somebody else holds it.
  [[nodiscard]] static std::unique_ptr<FileLock> try_lock(const fs::path& path);

private:
  FileLock() = default;
  int descriptor_ = -1;
};

} // namespace mlp::os
