#include "base/error.hpp"
#include "ledger/index.hpp"
#include "ledger/record_format.hpp"
#include "os/threads.hpp"

#include <algorithm>
#include <mutex>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <variant>

namespace mlp::ledger {
namespace {

constexpr std::array k_sides = {Side::local, Side::remote};

/// A file of the ledger's tree, on one side.
struct SidedFile {
  Side side;
  std::string path;
  git::ObjectName blob;
};

template <typename Item> auto& flag_of(Item& item, Side side) {
  return side == Side::local ? item.local : item.published;
}

/// The record files that `tree` has beyond or unlike `other`.
std::vector<SidedFile> beyond(const git::Repository& repository,
                              const std::array<std::optional<git::ObjectName>, 2>& trees,
                              const std::array<std::optional<git::ObjectName>, 2>& others) {
  std::vector<SidedFile> files;
  for (const Side side : k_sides) {
    const auto i = static_cast<std::size_t>(side);
    if (trees.at(i)) {
      repository.walk_tree(*trees.at(i), others.at(i),
                           [&](const std::string& path, const git::ObjectName& blob) {
                             if (is_record_path(path)) {
                               files.push_back({side, path, blob});
                             }
                           });
    }
  }
  return files;
}

/// Finds what the index holds of a file.
class Lookup {
public:
  explicit Lookup(Index& index) : index_(index) {
    for (std::size_t i = 0; i < index.entries.size(); ++i) {
      entries_.emplace(index.entries[i].path, i);
    }
  }

  /// Sets the flag of the file's side; false where the index does not hold the file.
  bool mark(const SidedFile& file, bool present) {
    const auto entry = entries_.find(file.path);
    if (entry != entries_.end() && index_.entries[entry->second].blob == file.blob) {
      flag_of(index_.entries[entry->second], file.side) = present;
      return true;
    }
    const auto misfit =
        std::find_if(index_.misfits.begin(), index_.misfits.end(), [&](const Misfit& candidate) {
          return candidate.path == file.path && candidate.blob == file.blob;
        });
    if (misfit != index_.misfits.end()) {
      flag_of(*misfit, file.side) = present;
      return true;
    }
    return false;
  }

  void add(Entry entry) {
    entries_.emplace(entry.path, index_.entries.size());
    index_.entries.push_back(std::move(entry));
  }

private:
  Index& index_;
  std::unordered_map<std::string, std::size_t> entries_;
};

Misfit misfit_of(const SidedFile& file, std::string why, bool unreadable) {
  Misfit misfit;
  misfit.path = file.path;
  misfit.blob = file.blob;
  misfit.why = std::move(why);
  misfit.unreadable = unreadable;
  return misfit;
}

/// Reads record files for several threads: understanding one takes longer than getting its bytes.
class RecordReader {
public:
  explicit RecordReader(const git::Repository& repository) : repository_(repository) {}

  /// One bad record must not blind the tool: it is set aside.
  std::variant<Entry, Misfit> read(const SidedFile& file) {
    std::string bytes;
    try {
      const std::lock_guard lock(one_at_a_time_);
      bytes = repository_.read_blob(file.blob);
    } catch (const Error& error) {
      if (error.code() != ErrorCode::corrupt) {
        throw;
      }
      return misfit_of(file, error.what(), true);
    }
    try {
      Entry entry = entry_of(record_at(file.path, bytes));
      entry.blob = file.blob;
      return entry;
    } catch (const Error& error) {
      return misfit_of(file, error.what(), false);
    }
  }

private:
  const git::Repository& repository_;
  std::mutex one_at_a_time_; ///< of the repository
};

/// Reads files that the index does not know, each once where both sides have it.
void read_new(Index& index, Lookup& lookup, const git::Repository& repository, std::vector<SidedFile> files,
              unsigned threads) {
  std::unordered_set<std::string> known;
  const auto again = std::stable_partition(files.begin(), files.end(), [&](const SidedFile& file) {
    return known.insert(file.path + file.blob).second;
  });
  std::vector<std::variant<Entry, Misfit>> found(static_cast<std::size_t>(again - files.begin()));
  RecordReader reader(repository);
  os::parallel_for(found.size(), threads, [&](std::size_t i) { found[i] = reader.read(files[i]); });
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (auto* entry = std::get_if<Entry>(&found[i])) {
      flag_of(*entry, files[i].side) = true;
      lookup.add(std::move(*entry));
    } else {
      auto& misfit = std::get<Misfit>(found[i]);
      flag_of(misfit, files[i].side) = true;
      index.misfits.push_back(std::move(misfit));
    }
  }
  std::for_each(again, files.end(), [&](const SidedFile& file) { lookup.mark(file, true); });
}

/// Takes out the files whose bytes could not be read, to be tried again.
std::vector<SidedFile> take_unreadable(Index& index) {
  std::vector<SidedFile> files;
  for (const Misfit& misfit : index.misfits) {
    for (const Side side : k_sides) {
      if (misfit.unreadable && flag_of(misfit, side)) {
        files.push_back({side, misfit.path, misfit.blob});
      }
    }
  }
  std::erase_if(index.misfits, [](const Misfit& misfit) { return misfit.unreadable; });
  return files;
}

} // namespace

std::size_t update(Index& index, const git::Repository& repository,
                   const std::array<std::optional<git::ObjectName>, 2>& trees, unsigned threads) {
  const std::vector<SidedFile> gone = beyond(repository, index.trees, trees);
  std::vector<SidedFile> added = beyond(repository, trees, index.trees);
  if (!gone.empty()) {
    Lookup lookup(index);
    for (const SidedFile& file : gone) {
      lookup.mark(file, false);
    }
    const auto nowhere = [](const auto& item) { return !item.local && !item.published; };
    std::erase_if(index.entries, nowhere);
    std::erase_if(index.misfits, nowhere);
  }
  const std::size_t differed = gone.size() + added.size();
  const std::vector<SidedFile> again = take_unreadable(index);
  added.insert(added.end(), again.begin(), again.end());
  if (!added.empty()) {
    Lookup lookup(index);
    std::erase_if(added, [&](const SidedFile& file) { return lookup.mark(file, true); });
    read_new(index, lookup, repository, std::move(added), threads);
    std::sort(index.entries.begin(), index.entries.end(),
              [](const Entry& a, const Entry& b) { return std::tie(a.seq, a.id) < std::tie(b.seq, b.id); });
    std::sort(index.misfits.begin(), index.misfits.end(), [](const Misfit& a, const Misfit& b) {
      return std::tie(a.path, a.blob) < std::tie(b.path, b.blob);
    });
  }
  index.trees = trees;
  return differed;
}

} // namespace mlp::ledger
