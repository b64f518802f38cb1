#include "dataset/hash_cache.hpp"

#include "base/error.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <iterator>
#include <string_view>

namespace mlp::dataset {
namespace {

// The cache file, version 1. A path's '\' and line feed stand as "\\" and "\n"; its other bytes as they are.
//
//   mlp-hashes 1
//   <sha-256> <size> <mtime ns> <ctime ns> <inode> <path>     one line a file, sorted by path bytes
constexpr std::string_view k_header = "mlp-hashes 1\n";

constexpr std::size_t k_most_beside_path = 64 + 4 * 20 + 6; // an id, four numbers, blanks and line feed

// Two writes within one tick of the kernel's clock (10 ms at most) leave the same timestamp; a file system
// with whole seconds (FAT: two of them) is known by a timestamp without a fraction.
constexpr std::int64_t k_second_ns = 1'000'000'000;
constexpr std::int64_t k_fine_tick_ns = 20'000'000;
constexpr std::int64_t k_coarse_tick_ns = 2 * k_second_ns;

bool could_change_unseen(std::int64_t timestamp_ns, std::int64_t now_ns) {
  const std::int64_t tick = timestamp_ns % k_second_ns == 0 ? k_coarse_tick_ns : k_fine_tick_ns;
  return timestamp_ns + tick >= now_ns;
}

std::string escaped(std::string_view path) {
  std::string text;
  for (const char c : path) {
    text += c == '\\' ? "\\\\" : c == '\n' ? "\\n" : std::string(1, c);
  }
  return text;
}

std::string unescaped(std::string_view text) {
  std::string path;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escape = text[i] == '\\' && i + 1 < text.size();
    path += !escape ? text[i] : text[i + 1] == 'n' ? '\n' : text[i + 1];
    i += escape ? 1 : 0;
  }
  return path;
}

/// Cuts off the text up to the next blank.
std::string_view next_word(std::string_view& line) {
  const std::size_t end = std::min(line.find(' '), line.size());
  const std::string_view word = line.substr(0, end);
  line.remove_prefix(std::min(end + 1, line.size()));
  return word;
}

template <typename Number> bool read_number(std::string_view word, Number& number) {
  const char* const end = word.data() + word.size();
  const auto [stop, error] = std::from_chars(word.data(), end, number);
  return error == std::errc() && stop == end;
}

} // namespace

HashCache::HashCache(std::filesystem::path cache_file, std::filesystem::path drafts, os::FileOps& files)
    : file_(std::move(cache_file)), drafts_(std::move(drafts)), files_(files),
      file_stat_(os::stat_file(file_)) {
  if (const auto bytes = os::read_file_if_exists(file_)) {
    entries_ = parse(*bytes);
  }
}

std::optional<ContentId> HashCache::find(const std::string& path, const os::FileStat& stat) const {
  const auto found = entries_.find(path);
  return found != entries_.end() && found->second.stat == stat ? std::optional(found->second.id)
                                                               : std::nullopt;
}

void HashCache::remember(const std::string& path, const os::FileStat& stat, const ContentId& id,
                         std::int64_t now_ns) {
  if (could_change_unseen(stat.modified_ns, now_ns) || could_change_unseen(stat.changed_ns, now_ns)) {
    return;
  }
  entries_[path] = {stat, id, true};
  has_new_ = true;
}

void HashCache::save() {
  if (!has_new_ || file_.empty()) {
    return;
  }
  try {
    if (os::stat_file(file_) != file_stat_) {
      take_from_others();
    }
    os::write_cache(files_, file_, drafts_, format(entries_));
    file_stat_ = os::stat_file(file_);
    for (auto& [path, entry] : entries_) {
      entry.is_new = false;
    }
    has_new_ = false;
  } catch (const Error&) { // NOLINT(bugprone-empty-catch): a full disk must not fail a command that only read
  }
}

/// What other processes wrote meanwhile replaces all that is not new here.
void HashCache::take_from_others() {
  const auto bytes = os::read_file_if_exists(file_);
  Entries entries = bytes ? parse(*bytes) : Entries();
  for (auto& [path, entry] : entries_) {
    if (entry.is_new) {
      entries[path] = entry;
    }
  }
  entries_ = std::move(entries);
}

HashCache::Entries HashCache::parse(std::string_view bytes) {
  Entries entries;
  if (!bytes.starts_with(k_header)) {
    return entries;
  }
  bytes.remove_prefix(k_header.size());
  while (!bytes.empty()) {
    const std::size_t end = bytes.find('\n');
    if (end == std::string_view::npos) {
      break; // cut off: what was written whole is still right
    }
    std::string_view line = bytes.substr(0, end);
    bytes.remove_prefix(end + 1);
    Entry entry;
    const auto id = ContentId::from_hex(next_word(line));
    const bool whole = read_number(next_word(line), entry.stat.size) &&
                       read_number(next_word(line), entry.stat.modified_ns) &&
                       read_number(next_word(line), entry.stat.changed_ns) &&
                       read_number(next_word(line), entry.stat.inode);
    if (id && whole && !line.empty()) {
      entry.id = *id;
      entries[unescaped(line)] = entry;
    }
  }
  return entries;
}

std::string HashCache::format(const Entries& entries) {
  std::string text(k_header);
  std::size_t bytes = text.size();
  for (const auto& [path, entry] : entries) {
    bytes += path.size() + k_most_beside_path;
  }
  text.reserve(bytes);
  for (const auto& [path, entry] : entries) {
    fmt::format_to(std::back_inserter(text), "{} {} {} {} {} {}\n", entry.id.hex(), entry.stat.size,
                   entry.stat.modified_ns, entry.stat.changed_ns, entry.stat.inode, escaped(path));
  }
  return text;
}

} // namespace mlp::dataset
