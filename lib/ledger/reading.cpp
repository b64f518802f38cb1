#include "base/error.hpp"
#include "ledger/record_format.hpp"
#include "ledger/state.hpp"
#include "os/files.hpp"

#include <algorithm>
#include <charconv>

namespace mlp::ledger {
namespace {

constexpr std::string_view k_format_name = "mlp-ledger ";
constexpr int k_format_version = 1;

std::optional<git::ObjectName> tree_of(const git::Repository& repository,
                                       const std::optional<git::ObjectName>& tip) {
  return tip ? std::optional(repository.tree_of(*tip)) : std::nullopt;
}

Index read_index(const fs::path& path) {
  try {
    if (const auto bytes = os::read_file_if_exists(path)) {
      return decode(*bytes).value_or(Index());
    }
  } catch (const Error&) { // NOLINT(bugprone-empty-catch): a cache that cannot be read is made anew
  }
  return {};
}

void keep_index(os::FileOps& files, const fs::path& folder, const Index& index) {
  try {
    os::write_cache(files, folder / "cache" / "ledger-index", folder / "tmp", encode(index));
  } catch (
      const Error&) { // NOLINT(bugprone-empty-catch): a cache; the store may be read-only or the disk full
  }
}

} // namespace

Tips Ledger::State::read_tips() const {
  return {repository.ref(local_ref), repository.ref(tracking_ref), repository.ref(seen_ref)};
}

std::vector<std::string> Ledger::State::lost_between(const git::ObjectName& held,
                                                     const git::ObjectName& now) const {
  std::vector<std::string> lost;
  repository.walk_tree(repository.tree_of(held), repository.tree_of(now),
                       [&](const std::string& path, const git::ObjectName&) {
                         if (is_record_path(path)) {
                           lost.push_back(path);
                         }
                       });
  return lost;
}

void Ledger::State::refuse_lost(const std::vector<std::string>& lost) const {
  constexpr std::size_t k_named = 5;
  std::string names;
  for (std::size_t i = 0; i < std::min(lost.size(), k_named); ++i) {
    names += (i > 0 ? ", " : "") + lost[i];
  }
  if (lost.size() > k_named) {
    names += fmt::format(" and {} more", lost.size() - k_named);
  }
  const std::string& remote = options.remote;
  throw Error(ErrorCode::corrupt, "the ledger of '{}' lost {} of the records it once had: {}", remote,
              lost.size(), names)
      .hint(fmt::format("to put them back: `git push --force {} {}:{}`, then `git fetch {}`", remote,
                        seen_ref, local_ref, remote))
      .hint(
          fmt::format("to accept the loss (another repository's ledger): `git update-ref -d {}`", seen_ref));
}

void Ledger::State::require_known_format(const git::ObjectName& tip) const {
  const auto text = repository.file_at(tip, "format");
  int version = 0;
  if (text && text->starts_with(k_format_name)) {
    const char* const digits = text->data() + k_format_name.size();
    std::from_chars(digits, text->data() + text->size(), version);
  }
  if (version > k_format_version) {
    throw Error(ErrorCode::input, "the ledger has format {}, this mlp knows {}", version, k_format_version)
        .hint("upgrade mlp");
  }
  if (version != k_format_version) {
    throw Error(ErrorCode::corrupt,
                "commit {} of branch '{}' is no ledger: its file 'format' is missing or bad", tip,
                options.branch)
        .hint(fmt::format("see what is on the branch: `git log {}`", options.branch));
  }
}

void Ledger::State::refresh(std::size_t worth_keeping) {
  const Tips now = read_tips();
  if (loaded && now == tips) {
    return;
  }
  if (!loaded) {
    index = read_index(options.folder / "cache" / "ledger-index");
  }
  const std::array trees = {tree_of(repository, now.local), tree_of(repository, now.of_remote())};
  for (const auto& [tip, tree] : {std::pair(now.local, trees[0]), std::pair(now.of_remote(), trees[1])}) {
    if (tip && tree != index.trees[0] && tree != index.trees[1]) {
      require_known_format(*tip);
    }
  }
  if (now.remote && now.seen && now.remote != now.seen) {
    if (const auto lost = lost_between(*now.seen, *now.remote); !lost.empty()) {
      refuse_lost(lost);
    }
  }
  std::size_t differed = 0;
  try {
    differed = update(index, repository, trees, options.threads);
  } catch (const Error&) { // the trees that it covers may have been collected as garbage
    index = Index();
    loaded = false;
    differed = update(index, repository, trees, options.threads);
  }
  quarantined.clear();
  for (const Misfit& misfit : index.misfits) {
    quarantined.push_back({misfit.path, misfit.why});
  }
  tips = now;
  loaded = true;
  if (differed >= worth_keeping) {
    keep_index(files, options.folder, index);
  }
  if (now.remote && now.remote != now.seen) {
    remember_seen(*now.remote);
  }
}

} // namespace mlp::ledger
