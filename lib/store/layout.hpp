#pragma once

#include "base/content_id.hpp"

#include <filesystem>
#include <optional>
#include <string_view>

namespace mlp::store {

/// Where things are below a store's root: objects/<aa>/<62 hex>, manifests/<aa>/<62 hex>, packs/<64
/// hex>.pack, tmp/.
struct Layout {
  std::filesystem::path root;

  [[nodiscard]] std::filesystem::path objects() const { return root / "objects"; }
  [[nodiscard]] std::filesystem::path manifests() const { return root / "manifests"; }
  [[nodiscard]] std::filesystem::path packs() const { return root / "packs"; }
  [[nodiscard]] std::filesystem::path drafts() const { return root / "tmp"; }
  [[nodiscard]] std::filesystem::path object(const ContentId& id) const;
  [[nodiscard]] std::filesystem::path manifest(const ContentId& id) const;
  [[nodiscard]] std::filesystem::path pack(const ContentId& id) const;
};

/// The id that a pack of this name has; nothing where it is no pack's name.
[[nodiscard]] std::optional<ContentId> id_of_pack(std::string_view name);

/// The id that a file `<aa>/<62 hex>` is named by; nothing where the name is no such one.
[[nodiscard]] std::optional<ContentId> id_of_file(std::string_view folder, std::string_view name);

} // namespace mlp::store
