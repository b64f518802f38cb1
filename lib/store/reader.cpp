#include "store/reader.hpp"

#include "os/files.hpp"
#include "store/piece.hpp"

#include <algorithm>

namespace mlp::store {
namespace {

namespace fs = std::filesystem;

std::optional<DamagedFile> stream_manifest(const Layout& layout, const ContentId& id,
                                           const std::function<void(std::string_view)>& take) {
  const auto loaded = load_manifest(layout, id);
  if (const auto* damage = std::get_if<Damage>(&loaded)) {
    return DamagedFile{layout.manifest(id), *damage};
  }
  Sha256 whole;
  for (const auto& piece : std::get<Manifest>(loaded).pieces) {
    const auto content = load_piece(layout, piece.id);
    if (const auto* damage = std::get_if<Damage>(&content)) {
      return DamagedFile{layout.object(piece.id), *damage};
    }
    const auto& bytes = std::get<std::string>(content);
    if (bytes.size() != piece.size) {
      return DamagedFile{layout.manifest(id), {"states a wrong size for a piece"}};
    }
    whole.update(bytes);
    take(bytes);
  }
  if (whole.finish() != id) {
    return DamagedFile{layout.manifest(id), {"lists pieces that are not the content of its name"}};
  }
  return std::nullopt;
}

[[noreturn]] void fail_to_look(const fs::path& path, const std::error_code& error) {
  throw Error(ErrorCode::environment, "cannot look for '{}': {}", path.string(), error.message())
      .hint("check who owns the store's folder, and its permissions");
}

} // namespace

bool is_there(const fs::path& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (status.type() == fs::file_type::none) {
    fail_to_look(path, error);
  }
  return fs::exists(status);
}

std::vector<fs::directory_entry> entries_of(const fs::path& folder) {
  std::vector<fs::directory_entry> entries;
  if (!is_there(folder)) {
    return entries;
  }
  std::error_code error;
  for (auto entry = fs::directory_iterator(folder, error); !error && entry != fs::directory_iterator();
       entry.increment(error)) {
    entries.push_back(*entry);
  }
  if (error) {
    fail_to_look(folder, error);
  }
  std::sort(entries.begin(), entries.end());
  return entries;
}

std::variant<std::string, Damage> load_piece(const Layout& layout, const ContentId& id) {
  constexpr std::uint64_t k_largest_file = k_piece_bytes + 64; // content, at worst raw, and its header
  const fs::path path = layout.object(id);
  if (const auto facts = os::stat_file(path); facts && facts->size > k_largest_file) {
    return Damage{"is larger than any object"};
  }
  const auto bytes = os::read_file_if_exists(path);
  return bytes ? decode_piece(*bytes, id) : Damage{"is missing"};
}

std::variant<Manifest, Damage> load_manifest(const Layout& layout, const ContentId& id) {
  const auto text = os::read_file_if_exists(layout.manifest(id));
  return text ? parse_manifest(*text) : Damage{"is missing"};
}

std::optional<DamagedFile> stream(const Layout& layout, const ContentId& id,
                                  const std::function<void(std::string_view)>& take) {
  if (!is_there(layout.object(id))) {
    return stream_manifest(layout, id, take);
  }
  const auto content = load_piece(layout, id);
  if (const auto* damage = std::get_if<Damage>(&content)) {
    return DamagedFile{layout.object(id), *damage};
  }
  take(std::get<std::string>(content));
  return std::nullopt;
}

} // namespace mlp::store
