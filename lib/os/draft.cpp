#include "base/content_id.hpp"
#include "base/error.hpp"
#include "os/files.hpp"

#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <charconv>

namespace mlp::os {
namespace {

constexpr std::string_view k_suffix = ".draft";

fs::path folder_of(const fs::path& path) {
  return path.has_parent_path() ? path.parent_path() : fs::path(".");
}

/// Eight digits that stand for this boot of this machine and this container: within one place a pid names a
/// process.
const std::string& this_place() {
  static const std::string place = [] {
    std::error_code ignored; // without /proc all places look alike, and the pid alone decides
    const std::string processes = fs::read_symlink("/proc/self/ns/pid", ignored).string();
    return sha256(read_file_if_exists("/proc/sys/kernel/random/boot_id").value_or("") + processes)
        .hex()
        .substr(0, 8);
  }();
  return place;
}

std::optional<pid_t> to_pid(std::string_view digits) {
  pid_t pid = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), pid);
  if (error != std::errc() || end != digits.data() + digits.size() || pid <= 0) {
    return std::nullopt;
  }
  return pid;
}

} // namespace

fs::path draft_path(const fs::path& target, const fs::path& drafts) {
  constexpr std::size_t k_longest_stem = 100; // a name may have 255 bytes, and the target's may use them all
  static std::atomic<unsigned> counter{0};    // unique within the process; the pid makes it unique beyond
  const fs::path folder = drafts.empty() ? folder_of(target) : drafts;
  const std::string stem = target.filename().string().substr(0, k_longest_stem);
  for (;;) {
    fs::path name =
        folder / fmt::format("{}.{}-{}-{}{}", stem, this_place(), ::getpid(), counter.fetch_add(1), k_suffix);
    std::error_code ignored;
    if (!fs::exists(
            fs::symlink_status(name, ignored))) { // a killed process of the same pid may have left one
      return name;
    }
  }
}

Draft::Draft(FileOps& files, fs::path target, const fs::path& drafts)
    : files_(files), target_(std::move(target)), draft_(draft_path(target_, drafts)),
      file_(files.create(draft_)) {}

Draft::~Draft() {
  if (!placed_) {
    file_.reset();
    std::error_code ignored; // a draft that stays is harmless, and a destructor must not throw
    fs::remove(draft_, ignored);
  }
}

void Draft::write(std::string_view bytes) { file_->write(bytes); }

void Draft::seal() {
  if (file_ != nullptr) {
    file_->sync();
    file_.reset();
  }
}

void Draft::close() { file_.reset(); }

void Draft::place() {
  files_.rename(draft_, target_);
  placed_ = true;
}

void Draft::publish() {
  seal();
  place();
  files_.sync_directory(folder_of(target_));
}

void write_cache(FileOps& files, const fs::path& path, const fs::path& drafts, std::string_view bytes) {
  files.make_directories(path.parent_path());
  files.make_directories(drafts);
  Draft draft(files, path, drafts);
  draft.write(bytes);
  draft.place();
}

void write_file(FileOps& files, const fs::path& path, std::string_view bytes) {
  if (path.has_parent_path()) {
    files.make_directories(path.parent_path());
  }
  remove_left_drafts(files, folder_of(path));
  Draft draft(files, path);
  draft.write(bytes);
  draft.publish();
}

std::optional<DraftOwner> draft_owner(std::string_view file_name) {
  if (!file_name.ends_with(k_suffix)) {
    return std::nullopt;
  }
  file_name.remove_suffix(k_suffix.size());
  const std::string_view tag = file_name.substr(file_name.rfind('.') + 1); // <place>-<pid>-<n>
  const auto first = tag.find('-');
  const auto second = tag.find('-', first + 1);
  if (first != this_place().size() || second == std::string_view::npos) {
    return std::nullopt;
  }
  const auto pid = to_pid(tag.substr(first + 1, second - first - 1));
  if (!pid) {
    return std::nullopt;
  }
  if (tag.substr(0, first) != this_place()) {
    return DraftOwner::elsewhere;
  }
  const bool gone = ::kill(*pid, 0) != 0 && errno == ESRCH;
  return gone ? DraftOwner::gone : DraftOwner::alive;
}

void remove_left_drafts(FileOps& files, const fs::path& folder) {
  std::error_code error;
  std::vector<fs::path> left;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    std::error_code vanished;
    if (draft_owner(entry->path().filename().native()) == DraftOwner::gone &&
        fs::is_regular_file(entry->symlink_status(vanished))) {
      left.push_back(entry->path());
    }
  }
  for (const fs::path& path : left) {
    files.remove(path);
  }
}

} // namespace mlp::os
