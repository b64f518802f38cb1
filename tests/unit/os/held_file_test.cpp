#include "os/held_file.hpp"

#include "base/error.hpp"
#include "support/error_of.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <optional>
#include <string>
#include <thread>

using mlp::ErrorCode;
using mlp::os::HeldFile;
using mlp::test::code_of;
using mlp::test::Scratch;

namespace fs = std::filesystem;

namespace {

/// More than a page, so that a mapping of a file that was cut would fault behind the cut.
const std::string k_bytes(200'000, 'x');

/// Another process's `truncate -s 0`, and whether it is through.
class Truncation {
public:
  explicit Truncation(const fs::path& path)
      : thread_([this, path] {
          CHECK(::truncate(path.c_str(), 0) == 0);
          through_.store(true);
        }) {}
  void wait_a_while() const {
    for (int i = 0; i < 50 && !through_.load(); ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
  }
  [[nodiscard]] bool through() const { return through_.load(); }

private:
  std::atomic<bool> through_{false};
  std::jthread thread_; // last: it uses the other
};

} // namespace

TEST_CASE("HeldFile: the bytes, also of an empty file, and moved along") {
  const Scratch scratch;
  CHECK(HeldFile(scratch.write("empty", "")).bytes().empty());
  HeldFile file(scratch.write("file", "abc"));
  HeldFile moved(std::move(file));
  CHECK(moved.bytes() == "abc");
  moved = HeldFile(scratch.write("other", "defg"));
  CHECK(moved.bytes() == "defg");
}

TEST_CASE("HeldFile: absent is not_found; a folder or pipe is an input error and does not block") {
  const Scratch scratch;
  REQUIRE(::mkfifo((scratch.root / "pipe").c_str(), 0600) == 0);
  CHECK(code_of([&] { const HeldFile file(scratch.root / "absent"); }) == ErrorCode::not_found);
  CHECK(code_of([&] { const HeldFile file(scratch.root); }) == ErrorCode::input);
  CHECK(code_of([&] { const HeldFile file(scratch.root / "pipe"); }) == ErrorCode::input);
}

TEST_CASE("HeldFile: its bytes stay when somebody truncates the file, who gets his way in the end") {
  const Scratch scratch;
  const auto path = scratch.write("file", k_bytes);
  {
    std::optional<HeldFile> file(path);
    Truncation truncation(path); // waits for the lease, or is through at once where there was none
    truncation.wait_a_while();
    CHECK(file->bytes() == k_bytes);
    file.reset();
  }
  CHECK(fs::file_size(path) == 0);
}

TEST_CASE("HeldFile: a file that somebody has open for writing is copied, and cutting it changes nothing") {
  const Scratch scratch;
  const auto path = scratch.write("file", k_bytes);
  const int writer = ::open(path.c_str(), O_WRONLY);
  REQUIRE(writer >= 0);
  const HeldFile file(path);
  CHECK(::ftruncate(writer, 0) == 0);
  ::close(writer);
  CHECK(file.bytes() == k_bytes);
}

TEST_CASE("HeldFile: a file that gets shorter while it is copied is an input error or read whole") {
  const Scratch scratch;
  const std::string many(std::size_t{8} << 20U, 'x');
  for (int round = 0; round < 20; ++round) {
    const auto path = scratch.write("file", many);
    const int writer = ::open(path.c_str(), O_WRONLY); // no lease then
    REQUIRE(writer >= 0);
    const std::jthread cutting([writer] {
      CHECK(::ftruncate(writer, 4096) == 0);
      ::close(writer);
    });
    try {
      const HeldFile file(path);
      CHECK((file.bytes() == many || file.bytes() == std::string_view(many).substr(0, 4096)));
    } catch (const mlp::Error& error) {
      CHECK(error.code() == ErrorCode::input);
      CHECK(std::string(error.what()).ends_with("changed while it was read"));
    }
  }
}
