#include "store/object_store.hpp"

#include "base/error.hpp"
#include "store/layout.hpp"
#include "store/piece.hpp"
#include "store/piece_crew.hpp"
#include "store/placing.hpp"
#include "store/reader.hpp"
#include "store/writer.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace mlp::store {
namespace {

constexpr std::size_t k_block_bytes = std::size_t{1} << 20U;
constexpr std::size_t k_most_staged = 64; // each is an open file

[[noreturn]] void throw_absent(const ContentId& id) {
  throw Error(ErrorCode::not_found, "object '{}' is not in the store", id.hex()).hint("run `mlp fsck`");
}

std::variant<PieceHeader, Damage> load_header(const fs::path& path) {
  std::array<char, 128> start{}; // longer than any header
  os::InputFile file(path);
  return parse_piece_header(std::string_view(start.data(), file.read(start)));
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

} // namespace

ObjectStore::ObjectStore(fs::path root, os::FileOps& files, unsigned threads)
    : root_(std::move(root)), files_(files), threads_(std::max(threads, 1U)) {}

ContentId ObjectStore::put(std::string_view bytes) {
  if (bytes.size() <= k_piece_bytes) {
    const ContentId id = sha256(bytes);
    if (staged_ == nullptr) {
      store_piece({root_}, files_, id, bytes);
    } else if (!staged_->contains(id)) {
      stage(id, bytes);
    }
    return id;
  }
  Writer large = writer();
  large.append(bytes);
  return large.commit();
}

void ObjectStore::stage_puts() { staged_ = std::make_unique<Staged>(); }

void ObjectStore::stage(const ContentId& id, std::string_view bytes) {
  PieceEncoder encoder;
  if (auto draft = draft_of_piece({root_}, files_, encoder, id, bytes)) {
    staged_->emplace(id, std::move(draft));
  }
  if (staged_->size() == k_most_staged) {
    flush();
  }
}

void ObjectStore::flush() const {
  if (staged_ == nullptr || staged_->empty()) {
    return;
  }
  std::vector<std::unique_ptr<os::Draft>> drafts;
  for (auto& [id, draft] : *staged_) {
    drafts.push_back(std::move(draft));
  }
  staged_->clear();
  place(files_, drafts);
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
  return Writer(std::make_unique<Writer::Impl>(Layout{root_}, files_, threads_));
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
  const Layout layout{root_};
  return (staged_ != nullptr && staged_->contains(id)) || is_there(layout.object(id)) ||
         is_there(layout.manifest(id));
}

std::optional<std::uint64_t> ObjectStore::size_of(const ContentId& id) const {
  flush();
  const Layout layout{root_};
  if (is_there(layout.object(id))) {
    const auto header = load_header(layout.object(id));
    if (const auto* damage = std::get_if<Damage>(&header)) {
      throw_damage(id, layout.object(id), *damage);
    }
    return std::get<PieceHeader>(header).size;
  }
  if (!is_there(layout.manifest(id))) {
    return std::nullopt;
  }
  const auto manifest = load_manifest(layout, id);
  if (const auto* damage = std::get_if<Damage>(&manifest)) {
    throw_damage(id, layout.manifest(id), *damage);
  }
  return std::get<Manifest>(manifest).size();
}

std::string ObjectStore::get(const ContentId& id) const {
  std::string bytes;
  read(id, [&](std::string_view piece) { bytes += piece; });
  return bytes;
}

void ObjectStore::read(const ContentId& id, const std::function<void(std::string_view)>& take) const {
  flush();
  if (!contains(id)) {
    throw_absent(id);
  }
  if (const auto found = stream({root_}, id, take)) {
    throw_damage(id, found->file, found->damage);
  }
}

std::vector<TreeItem> ObjectStore::get_tree(const ContentId& id) const { return parse_tree_listing(get(id)); }

std::optional<std::string> ObjectStore::verify(const ContentId& id) const {
  flush();
  if (!contains(id)) {
    return "is not in the store";
  }
  const auto found = stream({root_}, id, [](std::string_view) {});
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
  return {found.begin(), found.end()};
}

} // namespace mlp::store
