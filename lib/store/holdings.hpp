#pragma once

#include "store/damage.hpp"
#include "store/layout.hpp"
#include "store/manifest.hpp"
#include "store/pack.hpp"

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
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

/// What a store holds on disk: loose files and packs. Knows the packs by a listing that it renews when it
/// does not find something and the folder has changed, so what other processes add is seen. For any thread.
class Holdings {
public:
  explicit Holdings(Layout layout) : layout_(std::move(layout)) {}
  Holdings(const Holdings&) = delete;
  Holdings& operator=(const Holdings&) = delete;

  [[nodiscard]] const Layout& layout() const { return layout_; }

  [[nodiscard]] bool contains(const ContentId& id) const;
  /// Whether the content is stored as one piece that is intact: a loose one is read; of a pack, the whole
  /// file is hashed at the first question. What is damaged does not count, so adding the data again mends a
  /// store.
  [[nodiscard]] bool has_intact_piece(const ContentId& id) const;
  /// The same, whether it is intact or not.
  [[nodiscard]] bool has_piece(const ContentId& id) const;
  [[nodiscard]] std::optional<std::uint64_t> size_of(const ContentId& id) const;

  /// One stored piece, verified; one that is missing is damage, too. A copy that is whole beats damaged ones.
  [[nodiscard]] std::variant<std::string, DamagedFile> load_piece(const ContentId& id) const;
  [[nodiscard]] std::variant<Manifest, DamagedFile> load_manifest(const ContentId& id) const;

  /// Hands the content over piece by piece, each verified before, and verifies the whole at the end: what was
  /// taken counts only where nothing is returned. At least one call of `take`, also for empty content.
  [[nodiscard]] std::optional<DamagedFile> stream(const ContentId& id,
                                                  const std::function<void(std::string_view)>& take) const;

  /// The next question lists the packs anew, whatever the folder's time says: two changes may bear the same.
  void list_anew();

  struct Packs {
    std::vector<std::shared_ptr<const PackFile>> whole; ///< by name
    std::vector<DamagedFile> damaged;                   ///< that are no packs, or not whole ones
  };
  [[nodiscard]] Packs packs() const;
  /// A pack that cannot be trusted, where one is: what it held may be what is not found elsewhere.
  [[nodiscard]] std::optional<DamagedFile> unreadable_pack() const;

private:
  struct Found {
    std::shared_ptr<const PackFile> pack;
    PackEntry entry;
  };
  [[nodiscard]] std::vector<Found> find(const ContentId& id) const;
  [[nodiscard]] std::vector<Found> find_in_known(const ContentId& id) const;
  [[nodiscard]] std::variant<std::string, DamagedFile> load(const Found& found) const;
  [[nodiscard]] bool is_intact(const PackFile& pack) const;
  /// Lists the packs where the folder has changed since; says whether it had.
  bool renew() const;

  Layout layout_;
  mutable std::mutex guard_; ///< of all below
  mutable Packs packs_;
  mutable std::optional<std::filesystem::file_time_type> listed_; ///< the folder's time when it was listed
  mutable std::map<std::filesystem::path, bool> intact_;          ///< packs that were hashed
};

} // namespace mlp::store
