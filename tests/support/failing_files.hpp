#pragma once

#include "os/files.hpp"

#include <atomic>

namespace mlp::test {

/// Passes `allowed` operations on to the real file system, then throws Error{environment} at each further
/// one: what a full or broken disk does. A write that fails has written half of its bytes.
class FailingFiles final : public os::FileOps {
public:
  explicit FailingFiles(int allowed) : allowed_(allowed) {}

  void make_directories(const std::filesystem::path& path) override;
  std::unique_ptr<os::OutputFile> create(const std::filesystem::path& path) override;
  void rename(const std::filesystem::path& from, const std::filesystem::path& to) override;
  void sync_directory(const std::filesystem::path& path) override;
  void remove(const std::filesystem::path& path) override;
  void sync_file_system(const std::filesystem::path& path) override;
  void set_read_only(const std::filesystem::path& path) override;
  bool link(const std::filesystem::path& from, const std::filesystem::path& to) override;
  bool clone(const std::filesystem::path& from, const std::filesystem::path& to) override;

  /// Whether an operation was refused: a fault loop ends with the first run where none was.
  [[nodiscard]] bool failed() const { return failed_; }

private:
  friend class FailingOutput;
  [[nodiscard]] bool refuses();
  void spend();

  std::atomic<int> allowed_;
  std::atomic<bool> failed_ = false;
};

} // namespace mlp::test
