#include "support/child_process.hpp"
#include "support/failing_files.hpp"
#include "unit/ledger/opened_ledger.hpp"

#include <doctest/doctest.h>

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>

#include <algorithm>
#include <optional>
#include <set>
#include <sstream>

namespace mlp::ledger {
namespace {

using test::GitScratch;
using test::OpenedLedger;
using test::start_child;
using test::status_of;

constexpr const char* k_role = "MLP_TEST_APPEND"; // "<folder> <records> <day>"
constexpr int k_report = 9;                       ///< where a started process writes the ids that it appended

/// Starts this program anew as a process that appends, as a command would be. (Copies would share libgit2's
/// random numbers, and so the names of its temporary files.)
pid_t start_appending(const fs::path& root, int records, unsigned day, int report) {
  const pid_t child = ::fork();
  if (child == 0) {
    ::setenv(k_role, fmt::format("{} {} {}", root.string(), records, day).c_str(), 1);
    ::dup2(report, k_report);
    ::execl("/proc/self/exe", "unit_ledger", "-tc=append: a process of its own*", nullptr);
    ::_exit(127);
  }
  return child;
}

TEST_CASE("append: a process of its own appends what it is told and reports each record") {
  const char* role = ::getenv(k_role);
  std::optional<GitScratch> scratch;
  fs::path root;
  int records = 3;
  unsigned day = 0;
  if (role != nullptr) {
    std::istringstream(role) >> root >> records >> day;
  } else {
    root = scratch.emplace().repository("r");
  }
  OpenedLedger opened(root);
  for (int i = 0; i < records; ++i) {
    const Json body = Json::object({{"text", fmt::format("{}-{}", ::getpid(), i)}});
    const Record record = opened.ledger.append("note", body, test::k_actor, test::k_time + 86'400 * day);
    if (role != nullptr) {
      REQUIRE(::write(k_report, (record.id.hex() + "\n").c_str(), 65) == 65);
    }
  }
  CHECK(static_cast<int>(opened.ledger.entries().size()) >= records);
}

TEST_CASE("append: eight processes with fifty records each keep all four hundred") {
  const GitScratch scratch;
  const fs::path root = scratch.repository("r");
  const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
  std::vector<pid_t> children;
  for (int process = 0; process < 8; ++process) {
    children.push_back(start_appending(root, 50, 0, nowhere));
  }
  for (const pid_t child : children) {
    CHECK(status_of(child) == 0);
  }
  ::close(nowhere);
  OpenedLedger opened(root);
  const auto texts = opened.texts();
  CHECK(texts.size() == 400);
  CHECK(std::set<std::string>(texts.begin(), texts.end()).size() == 400);
  const auto& entries = opened.ledger.entries();
  for (std::size_t i = 0; i < entries.size(); ++i) { // under the lock each one sees all before it
    CHECK(entries[i].seq == static_cast<std::int64_t>(i) + 1);
  }
  CHECK(opened.ledger.verify().empty());
}

TEST_CASE("append: whichever disk operation fails, the record is there as a whole or not at all") {
  const GitScratch scratch;
  const fs::path root = scratch.repository("r");
  std::size_t kept = 0;
  bool failed = true;
  for (int allowed = 0; failed; ++allowed) {
    CAPTURE(allowed);
    test::FailingFiles failing(allowed);
    try {
      OpenedLedger(root, failing).note(fmt::format("{}", allowed));
      ++kept;
    } catch (const Error& error) {
      CHECK(error.code() == ErrorCode::environment);
    }
    failed = failing.failed();
    OpenedLedger healthy(root);
    CHECK(healthy.ledger.entries().size() == kept);
    CHECK(healthy.ledger.quarantined().empty());
  }
  CHECK(kept >= 1);
}

TEST_CASE("append: a full disk below git is an environment error, and the next append works") {
  const GitScratch scratch;
  const fs::path root = scratch.repository("r");
  OpenedLedger(root).note("before");
  const pid_t child = start_child([&] {
    OpenedLedger opened(root);
    ::signal(SIGXFSZ, SIG_IGN);
    const rlimit small{64, RLIM_INFINITY}; // bytes: enough for our small files, too little for a commit
    ::setrlimit(RLIMIT_FSIZE, &small);
    try {
      opened.note("lost");
    } catch (const Error& error) {
      if (error.code() == ErrorCode::environment) {
        return;
      }
    }
    throw std::runtime_error("no environment error");
  });
  CHECK(status_of(child) == 0);
  OpenedLedger opened(root);
  opened.note("after");
  CHECK(opened.texts() == std::vector<std::string>{"before", "after"});
  scratch.git("r", {"fsck", "--full"});
}

TEST_CASE("append: the lock file of a killed writer is cleared, old or known; a living git's is waited for") {
  const GitScratch scratch;
  const fs::path root = scratch.repository("r");
  OpenedLedger opened(root);
  opened.note("one");
  const fs::path lock = scratch.write("r/.git/refs/heads/mlp-ledger.lock", "");
  fs::last_write_time(lock, fs::file_time_type::clock::now() - std::chrono::seconds(11));
  opened.note("two");
  CHECK_FALSE(fs::exists(lock));

  // A writer that died between writing the ref's lock file and renaming it.
  const std::string intended = scratch.read("r/.git/mlp/cache/ledger-tip");
  REQUIRE(intended.size() == 40);
  scratch.write("r/.git/refs/heads/mlp-ledger.lock", intended + "\n");
  opened.note("three");
  CHECK_FALSE(fs::exists(lock));

  scratch.write("r/.git/refs/heads/mlp-ledger.lock", "");
  const pid_t living = start_child([&] {
    ::usleep(200'000);
    fs::remove(lock);
  });
  opened.note("four");
  CHECK(status_of(living) == 0);
  CHECK(opened.texts().size() == 4);
}

/// Whole lines until the end; waits for the first one, then `delay_us`, then calls `then`.
template <typename Then>
std::vector<std::string> lines_of(int descriptor, useconds_t delay_us, const Then& then) {
  std::string text;
  bool called = false;
  std::array<char, 4096> buffer{};
  for (ssize_t got = 0; (got = ::read(descriptor, buffer.data(), buffer.size())) > 0;) {
    text.append(buffer.data(), static_cast<std::size_t>(got));
    if (!std::exchange(called, true)) {
      ::usleep(delay_us);
      then();
    }
  }
  std::vector<std::string> lines;
  for (std::size_t end = 0; (end = text.find('\n')) != std::string::npos; text.erase(0, end + 1)) {
    lines.push_back(text.substr(0, end));
  }
  return lines;
}

TEST_CASE("append: a hundred kills at random moments lose nothing that was reported") {
  const GitScratch scratch;
  const fs::path root = scratch.repository("r");
  const fs::path lock = root / ".git/refs/heads/mlp-ledger.lock";
  std::vector<std::string> reported;
  int killed_with_lock = 0;
  for (unsigned round = 0; round < 100; ++round) {
    std::array<int, 2> ends{};
    REQUIRE(::pipe2(ends.data(), O_CLOEXEC) == 0);
    const pid_t child = start_appending(root, 1'000'000, round, ends[1]);
    ::close(ends[1]);
    const useconds_t delay_us = (round * 7919U) % 6'000U; // spread over several appends
    const auto ids = lines_of(ends[0], delay_us, [&] { ::kill(child, SIGKILL); });
    CHECK(status_of(child) == 128 + SIGKILL);
    ::close(ends[0]);
    reported.insert(reported.end(), ids.begin(), ids.end());
    if (fs::exists(lock)) {
      ++killed_with_lock;
      if (fs::file_size(lock) == 0) { // who left an empty one cannot be told: let ten seconds pass
        fs::last_write_time(lock, fs::file_time_type::clock::now() - std::chrono::seconds(11));
      }
    }
  }
  MESSAGE(reported.size(), " records reported, killed ", killed_with_lock, " times with the ref locked");
  CHECK(reported.size() >= 100);
  OpenedLedger opened(root);
  opened.note("next");
  std::set<std::string> present;
  for (const Entry& entry : opened.ledger.entries()) {
    present.insert(entry.id.hex());
  }
  for (const std::string& id : reported) {
    CHECK(present.contains(id));
  }
  CHECK(opened.ledger.quarantined().empty());
  CHECK(opened.ledger.verify().empty());
  scratch.git("r", {"fsck", "--full"});
}

} // namespace
} // namespace mlp::ledger
