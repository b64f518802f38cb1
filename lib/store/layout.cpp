#include "store/layout.hpp"

#include <string>

namespace mlp::store {
namespace {

constexpr std::string_view k_pack_suffix = ".pack";

std::filesystem::path below(const std::filesystem::path& folder, const ContentId& id) {
  const std::string hex = id.hex();
  return folder / hex.substr(0, 2) / hex.substr(2);
}

} // namespace

std::filesystem::path Layout::object(const ContentId& id) const { return below(objects(), id); }
std::filesystem::path Layout::manifest(const ContentId& id) const { return below(manifests(), id); }

std::filesystem::path Layout::pack(const ContentId& id) const {
  return packs() / id.hex().append(k_pack_suffix);
}

std::optional<ContentId> id_of_pack(std::string_view name) {
  if (!name.ends_with(k_pack_suffix)) {
    return std::nullopt;
  }
  name.remove_suffix(k_pack_suffix.size());
  return ContentId::from_hex(name);
}

std::optional<ContentId> id_of_file(std::string_view folder, std::string_view name) {
  if (folder.size() != 2) {
    return std::nullopt;
  }
  return ContentId::from_hex(std::string(folder).append(name));
}

} // namespace mlp::store
