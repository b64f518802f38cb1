#pragma once

#include "base/content_id.hpp"
#include "base/error.hpp"

#include <filesystem>
#include <string>

namespace mlp::store {

/// What is wrong with a stored file. An answer for fsck, an error for a reader.
struct Damage {
  std::string why;
  ErrorCode code = ErrorCode::corrupt; ///< input: written by a newer mlp
};

/// throws Error naming the object and the file, with what to type next
[[noreturn]] void throw_damage(const ContentId& id, const std::filesystem::path& file, const Damage& damage);

} // namespace mlp::store
