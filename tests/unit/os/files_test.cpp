#include "os/files.hpp"

#include "base/error.hpp"
#include "support/child_process.hpp"
#include "support/error_of.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include <array>

using mlp::ErrorCode;
using mlp::os::InputFile;
using mlp::os::read_file;
using mlp::os::read_file_if_exists;
using mlp::os::real_files;
using mlp::test::code_of;
using mlp::test::Scratch;

namespace fs = std::filesystem;

TEST_CASE("read_file: the whole file, of any size") {
  const Scratch scratch;
  for (const std::size_t size : {0U, 1U, 4095U, 4096U, 4097U, 100'000U}) {
    const std::string bytes(size, 'x');
    CHECK(read_file(scratch.write("file", bytes)) == bytes);
  }
}

TEST_CASE("read_file: a file of /proc, which states no size") {
  CHECK(read_file("/proc/self/status").find("VmPeak") != std::string::npos);
}

TEST_CASE("read_file: absent is not_found and names the path; a folder is an error of its own") {
  const Scratch scratch;
  scratch.write("file", "x");
  CHECK(code_of([&] { (void)read_file(scratch.root / "absent"); }) == ErrorCode::not_found);
  CHECK(code_of([&] { (void)read_file(scratch.root / "file/below"); }) == ErrorCode::not_found);
  CHECK(code_of([&] { (void)read_file(scratch.root); }) == ErrorCode::environment);
  CHECK_THROWS_WITH_AS((void)read_file("/absent/file"),
                       "cannot read '/absent/file': No such file or directory", mlp::Error);
}

TEST_CASE("read_file_if_exists: nothing for an absent file, never for one that cannot be read") {
  const Scratch scratch;
  CHECK_FALSE(read_file_if_exists(scratch.root / "absent"));
  CHECK(read_file_if_exists(scratch.write("file", "x")) == "x");
  CHECK(code_of([&] { (void)read_file_if_exists(scratch.root); }) == ErrorCode::environment);
  fs::create_symlink("loop", scratch.root / "loop");
  CHECK(code_of([&] { (void)read_file_if_exists(scratch.root / "loop"); }) == ErrorCode::environment);
}

TEST_CASE("InputFile: full buffers until the end") {
  const Scratch scratch;
  InputFile file(scratch.write("file", "abcdefgh"));
  CHECK(file.size() == 8);
  std::array<char, 5> buffer{};
  CHECK(file.read(buffer) == 5);
  CHECK(std::string_view(buffer.data(), 5) == "abcde");
  CHECK(file.read(buffer) == 3);
  CHECK(std::string_view(buffer.data(), 3) == "fgh");
  CHECK(file.read(buffer) == 0);
}

TEST_CASE("InputFile: an absent file is not_found, a folder an input error") {
  const Scratch scratch;
  CHECK(code_of([&] { const InputFile file(scratch.root / "absent"); }) == ErrorCode::not_found);
  CHECK(code_of([&] { const InputFile file(scratch.root); }) == ErrorCode::input);
}

TEST_CASE("stat_file: regular files only, and a rewrite of the same size shows") {
  const Scratch scratch;
  const auto path = scratch.write("file", "abc");
  const auto before = mlp::os::stat_file(path);
  REQUIRE(before);
  CHECK(before->size == 3);
  CHECK(mlp::os::stat_file(path) == before);
  mlp::os::write_file(real_files(), path, "abd");
  CHECK(mlp::os::stat_file(path) != before); // another inode at least
  CHECK_FALSE(mlp::os::stat_file(scratch.root));
  CHECK_FALSE(mlp::os::stat_file(scratch.root / "absent"));
}

TEST_CASE("real_files: create refuses a name that is taken") {
  const Scratch scratch;
  const auto path = scratch.write("file", "old");
  CHECK(code_of([&] { (void)real_files().create(path); }) == ErrorCode::environment);
  CHECK(scratch.read("file") == "old");
}

TEST_CASE("real_files: errors name the action, the path and the reason") {
  const Scratch scratch;
  const fs::path absent = scratch.root / "absent";
  CHECK_THROWS_WITH_AS((void)real_files().create(absent / "x"),
                       ("cannot create '" + (absent / "x").string() + "': No such file or directory").c_str(),
                       mlp::Error);
  CHECK(code_of([&] { real_files().rename(absent, scratch.root / "y"); }) == ErrorCode::environment);
  CHECK(code_of([&] { real_files().sync_directory(absent); }) == ErrorCode::environment);
  CHECK(code_of([&] { real_files().make_directories(scratch.write("file", "") / "x"); }) ==
        ErrorCode::environment);
  CHECK(code_of([&] { real_files().set_read_only(absent); }) == ErrorCode::environment);
}

TEST_CASE("real_files: a file that may not grow is an error, not the end of the process") {
  const Scratch scratch;
  const int status = mlp::test::in_child([&] {
    const rlimit limit{1000, 1000};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    ::signal(SIGXFSZ, SIG_IGN);
    return code_of([&] {
             mlp::os::write_file(real_files(), scratch.root / "file", std::string(5000, 'x'));
           }) == ErrorCode::environment
               ? 7
               : 8;
  });
  CHECK(status == 7);
  CHECK(fs::is_empty(scratch.root));
}

TEST_CASE(
    "sync_files: many at once; one that is gone is passed over, one that cannot be reached is an error") {
  const Scratch scratch;
  std::vector<std::filesystem::path> files;
  for (int i = 0; i < 40; ++i) {
    const std::string name = std::to_string(i % 7) + "/" + std::to_string(i);
    scratch.write(name, "x");
    files.push_back(scratch.root / name);
  }
  files.push_back(scratch.root / "absent/file");
  CHECK_NOTHROW(mlp::os::sync_files(files));
  files.push_back(scratch.root / "1/1/below a file");
  CHECK_THROWS_WITH_AS(mlp::os::sync_files(files), doctest::Contains("1/1/below a file"), mlp::Error);
}

TEST_CASE("real_files: remove is content with a file that is gone") {
  const Scratch scratch;
  const auto path = scratch.write("file", "x");
  real_files().remove(path);
  CHECK_FALSE(fs::exists(path));
  CHECK_NOTHROW(real_files().remove(path));
}

TEST_CASE("FileLock: held by one at a time, and free when its holder is killed") {
  const Scratch scratch;
  const fs::path path = scratch.root / "lock";
  {
    const mlp::os::FileLock held(path);
    CHECK(mlp::os::FileLock::try_lock(path) == nullptr);
  }
  CHECK(mlp::os::FileLock::try_lock(path) != nullptr);

  std::array<int, 2> ready{};
  REQUIRE(::pipe(ready.data()) == 0);
  const pid_t child = mlp::test::start_child([&] {
    const mlp::os::FileLock held(path);
    static_cast<void>(::write(ready[1], "x", 1) == 1);
    ::pause();
  });
  char byte = 0;
  REQUIRE(::read(ready[0], &byte, 1) == 1);
  CHECK(mlp::os::FileLock::try_lock(path) == nullptr);
  REQUIRE(::kill(child, SIGKILL) == 0);
  REQUIRE(mlp::test::status_of(child) == 128 + SIGKILL);
  CHECK(mlp::os::FileLock::try_lock(path) != nullptr);
  ::close(ready[0]);
  ::close(ready[1]);
}
