#include "support/failing_files.hpp"

#include "base/error.hpp"

namespace mlp::test {

class FailingOutput final : public os::OutputFile {
public:
  FailingOutput(FailingFiles& files, std::unique_ptr<os::OutputFile> real)
      : files_(files), real_(std::move(real)) {}
  void write(std::string_view bytes) override {
    if (files_.refuses()) {
      real_->write(bytes.substr(0, bytes.size() / 2));
      throw Error(ErrorCode::environment, "no space left on the test's disk");
    }
    real_->write(bytes);
  }
  void sync() override {
    files_.spend();
    real_->sync();
  }

private:
  FailingFiles& files_;
  std::unique_ptr<os::OutputFile> real_;
};

bool FailingFiles::refuses() {
  const bool refused = allowed_.fetch_sub(1) <= 0;
  if (refused) {
    failed_ = true;
  }
  return refused;
}

void FailingFiles::spend() {
  if (refuses()) {
    throw Error(ErrorCode::environment, "the test's disk failed");
  }
}

void FailingFiles::make_directories(const std::filesystem::path& path) {
  spend();
  os::real_files().make_directories(path);
}

std::unique_ptr<os::OutputFile> FailingFiles::create(const std::filesystem::path& path) {
  spend();
  return std::make_unique<FailingOutput>(*this, os::real_files().create(path));
}

void FailingFiles::rename(const std::filesystem::path& from, const std::filesystem::path& to) {
  spend();
  os::real_files().rename(from, to);
}

void FailingFiles::sync_directory(const std::filesystem::path& path) {
  spend();
  os::real_files().sync_directory(path);
}

void FailingFiles::remove(const std::filesystem::path& path) {
  spend();
  os::real_files().remove(path);
}

void FailingFiles::sync_file_system(const std::filesystem::path& path) {
  spend();
  os::real_files().sync_file_system(path);
}

void FailingFiles::set_read_only(const std::filesystem::path& path) {
  spend();
  os::real_files().set_read_only(path);
}

bool FailingFiles::link(const std::filesystem::path& from, const std::filesystem::path& to) {
  spend();
  return os::real_files().link(from, to);
}

bool FailingFiles::clone(const std::filesystem::path& from, const std::filesystem::path& to) {
  spend();
  return os::real_files().clone(from, to);
}

} // namespace mlp::test
