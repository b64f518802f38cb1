#include "store/object_store.hpp"

#include "base/error.hpp"
#include "store/folder.hpp"
#include "store/holdings.hpp"
#include "store/layout.hpp"
#include "store/pack_writer.hpp"
#include "store/piece.hpp"
#include "store/writer.hpp"

#include <algorithm>
#include <set>

namespace mlp::store {
namespace {

constexpr std::size_t k_block_bytes = std::size_t{1} << 20U;
constexpr std::size_t k_most_staged = 64; // each is an open file

[[noreturn]] void throw_absent(const ContentId& id) {
  throw Error(ErrorCode::not_found, "object '{}' is not in the store", id.hex()).hint("run `mlp fsck`");
}

void add_names(const fs::path& folder, std::string_view prefix, std::set<ContentId>& found) {
  const std::string first(prefix.substr(0, 2));
  for (const auto& entry : entries_of(folder / first)) {
    const std::string name = entry.path().filename().string();
    const auto id = id_of_file(first, name);
    if (id && name.starts_with(prefix.substr(2))) {
      found.insert(*id);
    }
  }
}

/// Contents that packs hold whole, and those that are cut into pieces; a piece of others is no content of its
/// own, but nobody can tell, and nobody asks for one by chance.
void add_packed(const std::vector<std::shared_ptr<const PackFile>>& packs, std::string_view prefix,
                std::set<ContentId>& found) {
  constexpr std::size_t k_digits = 64;
  std::string lowest(prefix.substr(0, k_digits));
  lowest.append(k_digits - lowest.size(), '0');
  const auto from = ContentId::from_hex(lowest);
  for (const auto& pack : packs) {
    for (std::size_t i = pack->lower_bound(*from); i < pack->size(); ++i) {
      const ContentId id = pack->at(i).id;
      if (!id.hex().starts_with(prefix)) {
        break;
      }
      found.insert(id);
    }
  }
}

/// throws Error{not_found} unless another process has just stored it; Error{corrupt} where it may have been
/// in a pack that cannot be read
void require_present(Holdings& holdings, const ContentId& id) {
  if (holdings.contains(id)) {
    return;
  }
  holdings.list_anew();
  if (holdings.contains(id)) {
    return;
  }
  if (const auto damaged = holdings.unreadable_pack()) {
    throw_damage(id, damaged->file, damaged->damage);
  }
  throw_absent(id);
}

} // namespace

ObjectStore::ObjectStore(fs::path root, os::FileOps& files, unsigned threads)
    : root_(std::move(root)), files_(files), threads_(std::max(threads, 1U)),
      holdings_(std::make_unique<Holdings>(Layout{root_})) {}

ObjectStore::~ObjectStore() = default;

ContentId ObjectStore::put(std::string_view bytes) {
  if (bytes.size() <= k_piece_bytes) {
    const ContentId id = sha256(bytes);
    if (staged_ == nullptr) {
      store_piece(*holdings_, files_, id, bytes);
    } else if (!staged_->drafts.contains(id)) {
      stage(id, bytes);
    }
    return id;
  }
  Writer large = writer();
  large.append(bytes);
  return large.commit();
}

void ObjectStore::stage_puts() {
  staged_ = std::make_unique<Staged>();
  staged_->packs = std::make_shared<PackWriter>(holdings_->layout(), files_);
}

void ObjectStore::stage(const ContentId& id, std::string_view bytes) {
  if (auto draft = draft_of_piece(*holdings_, files_, id, bytes)) {
    staged_->drafts.emplace(id, std::move(draft));
  }
  if (staged_->drafts.size() == k_most_staged) {
    flush();
  }
}

void ObjectStore::flush() const {
  if (staged_ == nullptr || (staged_->drafts.empty() && !staged_->packs->is_open())) {
    return;
  }
  std::vector<std::unique_ptr<os::Draft>> drafts;
  for (auto& [id, draft] : staged_->drafts) {
    drafts.push_back(std::move(draft));
  }
  staged_->drafts.clear();
  place_packs(files_, *holdings_, *staged_->packs, std::move(drafts));
}

ContentId ObjectStore::put_tree(std::vector<TreeItem> items) {
  for (const TreeItem& item : items) {
    if (!contains(item.id)) {
      throw_absent(item.id);
    }
  }
  return put(tree_listing(std::move(items)));
}

ObjectStore::Writer ObjectStore::writer() {
  return Writer(std::make_unique<Writer::Impl>(*holdings_, files_,
                                               staged_ == nullptr ? nullptr : staged_->packs, threads_));
}

ContentId ObjectStore::put_file(const fs::path& path, Progress* progress, const Interrupt* interrupt) {
  os::InputFile file(path);
  Writer into = writer();
  std::string block(k_block_bytes, '\0');
  std::uint64_t done = 0;
  for (std::size_t got = block.size(); got == block.size();) {
    if (interrupt != nullptr) {
      interrupt->check();
    }
    got = file.read(block);
    into.append(std::string_view(block).substr(0, got));
    done += got;
    if (progress != nullptr) {
      progress->show("storing " + path.filename().string(), done, file.size(), "B", "");
    }
  }
  const ContentId id = into.commit();
  if (progress != nullptr) {
    progress->finish();
  }
  return id;
}

bool ObjectStore::contains(const ContentId& id) const {
  return (staged_ != nullptr && (staged_->drafts.contains(id) || staged_->packs->holds(id))) ||
         holdings_->contains(id);
}

std::optional<std::uint64_t> ObjectStore::size_of(const ContentId& id) const {
  flush();
  return holdings_->size_of(id);
}

std::string ObjectStore::get(const ContentId& id) const {
  std::string bytes;
  read(id, [&](std::string_view piece) { bytes += piece; });
  return bytes;
}

void ObjectStore::read(const ContentId& id, const std::function<void(std::string_view)>& take) const {
  flush();
  require_present(*holdings_, id);
  if (const auto found = holdings_->stream(id, take)) {
    throw_damage(id, found->file, found->damage);
  }
}

std::string ObjectStore::beginning(const ContentId& id) const {
  flush();
  require_present(*holdings_, id);
  auto piece = holdings_->load_piece(id);
  if (std::holds_alternative<DamagedFile>(piece)) { // of several pieces, or damaged
    const auto manifest = holdings_->load_manifest(id);
    if (const auto* damaged = std::get_if<DamagedFile>(&manifest)) {
      throw_damage(id, damaged->file, damaged->damage);
    }
    piece = holdings_->load_piece(std::get<Manifest>(manifest).pieces.front().id);
  }
  if (const auto* damaged = std::get_if<DamagedFile>(&piece)) {
    throw_damage(id, damaged->file, damaged->damage);
  }
  return std::get<std::string>(std::move(piece));
}

bool ObjectStore::is_tree(const ContentId& id) const { return is_tree_listing(beginning(id)); }

std::vector<TreeItem> ObjectStore::get_tree(const ContentId& id) const { return parse_tree_listing(get(id)); }

std::optional<std::string> ObjectStore::verify(const ContentId& id) const {
  flush();
  if (!contains(id)) {
    return "is not in the store";
  }
  const auto found = holdings_->stream(id, [](std::string_view) {});
  if (!found) {
    return std::nullopt;
  }
  return fmt::format("'{}' {}", found->file.string(), found->damage.why);
}

std::vector<ContentId> ObjectStore::with_prefix(std::string_view prefix) const {
  constexpr std::size_t k_shortest = 4;
  if (prefix.size() < k_shortest || prefix.find_first_not_of("0123456789abcdef") != std::string_view::npos) {
    return {};
  }
  flush();
  const Layout layout{root_};
  std::set<ContentId> found;
  add_names(layout.objects(), prefix, found);
  add_names(layout.manifests(), prefix, found);
  add_packed(holdings_->packs().whole, prefix, found);
  return {found.begin(), found.end()};
}

} // namespace mlp::store
