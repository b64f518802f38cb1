#pragma once

#include "store/damage.hpp"
#include "store/layout.hpp"
#include "store/manifest.hpp"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace mlp::store {

/// Damage, and the stored file that has it.
struct DamagedFile {
  std::filesystem::path file;
  Damage damage;
};

/// Whether there is a file; throws Error{environment} where that cannot be known (permissions).
[[nodiscard]] bool is_there(const std::filesystem::path& path);

/// What a folder holds, sorted by name; empty where there is no such folder.
[[nodiscard]] std::vector<std::filesystem::directory_entry> entries_of(const std::filesystem::path& folder);

/// One stored piece, verified; a missing file is damage, too.
[[nodiscard]] std::variant<std::string, Damage> load_piece(const Layout& layout, const ContentId& id);
[[nodiscard]] std::variant<Manifest, Damage> load_manifest(const Layout& layout, const ContentId& id);

/// Hands the content over piece by piece, each verified before, and verifies the whole at the end: what was
/// taken counts only where nothing is returned. At least one call of `take`, also for empty content.
[[nodiscard]] std::optional<DamagedFile> stream(const Layout& layout, const ContentId& id,
                                                const std::function<void(std::string_view)>& take);

} // namespace mlp::store
