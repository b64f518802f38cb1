#include "store/damage.hpp"

namespace mlp::store {

void throw_damage(const ContentId& id, const std::filesystem::path& file, const Damage& damage) {
  if (damage.code == ErrorCode::input) {
    throw Error(damage.code, "cannot read object '{}': '{}' {}", id.hex(), file.string(), damage.why)
        .hint("upgrade mlp");
  }
  throw Error(damage.code, "object '{}' is damaged: '{}' {}", id.hex(), file.string(), damage.why)
      .hint("run `mlp fsck`");
}

} // namespace mlp::store
