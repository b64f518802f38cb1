#include "store/holdings.hpp"

#include "base/error.hpp"
#include "store/folder.hpp"
#include "store/piece.hpp"

#include <algorithm>

namespace mlp::store {
namespace {

namespace fs = std::filesystem;

std::variant<std::string, Damage> load_loose_piece(const fs::path& path, const ContentId& id) {
  constexpr std::uint64_t k_largest_file = k_piece_bytes + 64; // content, at worst raw, and its header
  if (const auto facts = os::stat_file(path); facts && facts->size > k_largest_file) {
    return Damage{"is larger than any object"};
  }
  const auto bytes = os::read_file_if_exists(path);
  return bytes ? decode_piece(*bytes, id) : Damage{"is missing"};
}

} // namespace

bool Holdings::contains(const ContentId& id) const {
  return is_there(layout_.object(id)) || !find(id).empty() || is_there(layout_.manifest(id));
}

bool Holdings::has_intact_piece(const ContentId& id) const {
  for (const Found& found : find_in_known(id)) {
    if (found.entry.kind == PackEntry::Kind::piece && is_intact(*found.pack)) {
      return true;
    }
  }
  return std::holds_alternative<std::string>(load_loose_piece(layout_.object(id), id));
}

bool Holdings::has_piece(const ContentId& id) const {
  const auto entries = find(id);
  return is_there(layout_.object(id)) || std::any_of(entries.begin(), entries.end(), [](const Found& found) {
           return found.entry.kind == PackEntry::Kind::piece;
         });
}

std::optional<std::uint64_t> Holdings::size_of(const ContentId& id) const {
  if (is_there(layout_.object(id))) {
    const auto header = parse_piece_header(os::read_range(layout_.object(id), 0, k_longest_piece_header));
    if (const auto* damage = std::get_if<Damage>(&header)) {
      throw_damage(id, layout_.object(id), *damage);
    }
    return std::get<PieceHeader>(header).size;
  }
  for (const Found& found : find(id)) {
    if (found.entry.kind == PackEntry::Kind::piece) {
      return found.entry.size;
    }
  }
  const auto manifest = load_manifest(id);
  if (const auto* damaged = std::get_if<DamagedFile>(&manifest)) {
    if (is_there(layout_.manifest(id)) || !find(id).empty()) {
      throw_damage(id, damaged->file, damaged->damage);
    }
    return std::nullopt;
  }
  return std::get<Manifest>(manifest).size();
}

std::variant<std::string, DamagedFile> Holdings::load_piece(const ContentId& id) const {
  auto loose = load_loose_piece(layout_.object(id), id);
  if (auto* bytes = std::get_if<std::string>(&loose)) {
    return std::move(*bytes);
  }
  DamagedFile first{layout_.object(id), std::get<Damage>(loose)};
  for (const Found& found : find(id)) {
    if (found.entry.kind != PackEntry::Kind::piece) {
      continue;
    }
    auto loaded = load(found);
    if (std::holds_alternative<std::string>(loaded)) {
      return loaded;
    }
    first = std::get<DamagedFile>(loaded);
  }
  return first;
}

std::variant<Manifest, DamagedFile> Holdings::load_manifest(const ContentId& id) const {
  std::optional<DamagedFile> first;
  for (const Found& found : find(id)) {
    if (found.entry.kind != PackEntry::Kind::manifest) {
      continue;
    }
    const auto loaded = load(found);
    if (const auto* damaged = std::get_if<DamagedFile>(&loaded)) {
      first = *damaged;
      continue;
    }
    auto manifest = parse_manifest_bytes(std::get<std::string>(loaded));
    if (auto* whole = std::get_if<Manifest>(&manifest)) {
      return std::move(*whole);
    }
    first = DamagedFile{found.pack->path(), std::get<Damage>(manifest)};
  }
  const auto text = os::read_file_if_exists(layout_.manifest(id));
  if (!text) {
    return first.value_or(DamagedFile{layout_.manifest(id), {"is missing"}});
  }
  auto manifest = parse_manifest(*text);
  if (auto* whole = std::get_if<Manifest>(&manifest)) {
    return std::move(*whole);
  }
  return DamagedFile{layout_.manifest(id), std::get<Damage>(manifest)};
}

std::optional<DamagedFile> Holdings::stream(const ContentId& id,
                                            const std::function<void(std::string_view)>& take) const {
  const auto entries = find(id);
  if (has_piece(id)) {
    const auto content = load_piece(id);
    if (const auto* damaged = std::get_if<DamagedFile>(&content)) {
      return *damaged;
    }
    take(std::get<std::string>(content));
    return std::nullopt;
  }
  const auto loaded = load_manifest(id);
  if (const auto* damaged = std::get_if<DamagedFile>(&loaded)) {
    return *damaged;
  }
  const fs::path listing = entries.empty() ? layout_.manifest(id) : entries.front().pack->path();
  Sha256 whole;
  for (const auto& piece : std::get<Manifest>(loaded).pieces) {
    const auto content = load_piece(piece.id);
    if (const auto* damaged = std::get_if<DamagedFile>(&content)) {
      return *damaged;
    }
    const auto& bytes = std::get<std::string>(content);
    if (bytes.size() != piece.size) {
      return DamagedFile{listing, {"states a wrong size for a piece"}};
    }
    whole.update(bytes);
    take(bytes);
  }
  if (whole.finish() != id) {
    return DamagedFile{listing, {"lists pieces that are not the content of its name"}};
  }
  return std::nullopt;
}

void Holdings::list_anew() {
  const std::lock_guard lock(guard_);
  listed_.reset();
}

Holdings::Packs Holdings::packs() const {
  renew();
  const std::lock_guard lock(guard_);
  return packs_;
}

std::optional<DamagedFile> Holdings::unreadable_pack() const {
  const Packs known = packs();
  if (!known.damaged.empty()) {
    return known.damaged.front();
  }
  for (const auto& pack : known.whole) {
    if (!pack->index_intact()) {
      return DamagedFile{pack->path(), {"has a broken index"}};
    }
  }
  return std::nullopt;
}

std::vector<Holdings::Found> Holdings::find(const ContentId& id) const {
  auto found = find_in_known(id);
  return found.empty() && renew() ? find_in_known(id) : found;
}

std::vector<Holdings::Found> Holdings::find_in_known(const ContentId& id) const {
  {
    const std::lock_guard lock(guard_);
    if (listed_) {
      std::vector<Found> found;
      for (const auto& pack : packs_.whole) {
        if (const auto entry = pack->find(id)) {
          found.push_back({pack, *entry});
        }
      }
      return found;
    }
  }
  return renew() ? find_in_known(id) : std::vector<Found>();
}

std::variant<std::string, DamagedFile> Holdings::load(const Found& found) const {
  try {
    auto loaded = found.pack->load(found.entry);
    if (auto* bytes = std::get_if<std::string>(&loaded)) {
      return std::move(*bytes);
    }
    return DamagedFile{found.pack->path(), std::get<Damage>(loaded)};
  } catch (const Error& error) {
    if (error.code() != ErrorCode::not_found) {
      throw;
    }
  }
  // Collected meanwhile: what is still needed stands in another pack now.
  renew();
  for (const Found& other : find_in_known(found.entry.id)) {
    if (other.entry.kind == found.entry.kind && fs::exists(other.pack->path())) {
      return load(other);
    }
  }
  return DamagedFile{found.pack->path(), {"is missing"}};
}

bool Holdings::is_intact(const PackFile& pack) const {
  {
    const std::lock_guard lock(guard_);
    if (const auto known = intact_.find(pack.path()); known != intact_.end()) {
      return known->second;
    }
  }
  const bool intact = pack.intact(); // two threads may both ask: rare, and harmless
  const std::lock_guard lock(guard_);
  return intact_[pack.path()] = intact;
}

bool Holdings::renew() const {
  std::error_code absent;
  const auto changed = fs::last_write_time(layout_.packs(), absent);
  const auto time = absent ? fs::file_time_type::min() : changed;
  const std::lock_guard lock(guard_);
  if (listed_ == time) {
    return false;
  }
  std::map<fs::path, std::shared_ptr<const PackFile>> known;
  for (const auto& pack : packs_.whole) {
    known[pack->path()] = pack;
  }
  Packs packs;
  for (const auto& entry : entries_of(layout_.packs())) {
    if (!id_of_pack(entry.path().filename().string())) {
      continue; // fsck names it
    }
    if (const auto pack = known.find(entry.path()); pack != known.end()) {
      packs.whole.push_back(pack->second);
      continue;
    }
    auto opened = PackFile::open(entry.path());
    if (auto* pack = std::get_if<PackFile>(&opened)) {
      packs.whole.push_back(std::make_shared<PackFile>(std::move(*pack)));
    } else {
      packs.damaged.push_back({entry.path(), std::get<Damage>(opened)});
    }
  }
  packs_ = std::move(packs);
  listed_ = time;
  return true;
}

} // namespace mlp::store
