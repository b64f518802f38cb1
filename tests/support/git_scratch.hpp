#pragma once

#include "base/error.hpp"
#include "os/process.hpp"
#include "support/error_of.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

#include <stdlib.h>
#include <unistd.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace mlp::test {

/// A HOME of this process's own, with nothing of the machine's git configuration. libgit2 looks for it once.
class TestHome {
public:
  static void enter() { static const TestHome home; }

private:
  std::filesystem::path root;

  TestHome() {
    prefer_memory();
    std::string name = (std::filesystem::temp_directory_path() / "mlp-home-XXXXXX").string();
    root = ::mkdtemp(name.data());
    ::setenv("HOME", root.c_str(), 1);
    ::setenv("XDG_CONFIG_HOME", (root / "config").c_str(), 1);
    ::setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
    ::setenv("LC_ALL", "C", 1);
    for (const char* name_of_role : {"GIT_AUTHOR", "GIT_COMMITTER"}) {
      const std::string role = name_of_role;
      ::setenv((role + "_NAME").c_str(), "Ada Lovelace", 1);
      ::setenv((role + "_EMAIL").c_str(), "ada@example.org", 1);
      ::setenv((role + "_DATE").c_str(), "2026-11-23T05:14:13Z", 1);
    }
    for (const char* inherited :
         {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_CONFIG_GLOBAL", "EMAIL"}) {
      ::unsetenv(inherited);
    }
  }
  /// Each object that git writes is synced several times: on a busy disk that would take most of the tests'
  /// time.
  static void prefer_memory() {
    constexpr std::uintmax_t k_needed_bytes = 256UL << 20U;
    std::error_code absent;
    if (std::filesystem::space("/dev/shm", absent).available >= k_needed_bytes && !absent) {
      ::setenv("TMPDIR", "/dev/shm", 1);
    }
  }
  ~TestHome() {
    std::error_code ignored;
    std::filesystem::remove_all(root, ignored);
  }
};

/// Comes before Scratch, which asks where temporary folders go.
struct InTestHome {
  InTestHome() { TestHome::enter(); }
};

/// A scratch folder in which git works with a fixed identity and an empty HOME.
class GitScratch : private InTestHome, public Scratch {
public:
  /// Runs git in `directory` (below root) and returns what it printed; it must succeed.
  std::string git(std::string_view directory, std::vector<std::string> arguments) const {
    const os::ProcessResult result = try_git(directory, arguments);
    INFO("git ", arguments.front(), ": ", result.err);
    REQUIRE(result.status == 0);
    return result.out;
  }
  os::ProcessResult try_git(std::string_view directory, std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), {"git", "-c", "protocol.file.allow=always"});
    os::ProcessOptions options;
    options.directory = root / directory;
    return os::run_process(arguments, options);
  }

  /// A repository `name` with one commit on `main`: a.txt holds "a\n".
  std::filesystem::path repository(std::string_view name) const {
    std::filesystem::create_directories(root / name);
    git(name, {"init", "--quiet", "--initial-branch=main"});
    write(std::string(name) + "/a.txt", "a\n");
    git(name, {"add", "a.txt"});
    git(name, {"commit", "--quiet", "--message", "start"});
    return root / name;
  }
};

} // namespace mlp::test
