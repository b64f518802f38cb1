#include "workflow/store_place.hpp"

#include "base/error.hpp"

#include <unistd.h>

namespace mlp::workflow {
namespace {

namespace fs = std::filesystem;

constexpr const char* k_remedy =
    "set MLP_STORE to a folder that you may write to, or unset it to use the repository's own store";

/// The path itself, or the nearest part of it that is there.
fs::path nearest_present(fs::path path) {
  std::error_code ignored; // what cannot be looked at counts as absent
  while (!fs::exists(path, ignored) && path != path.parent_path()) {
    path = path.parent_path();
  }
  return path.empty() ? fs::path(".") : path;
}

} // namespace

fs::path store_place(const std::optional<fs::path>& wanted, const fs::path& own) {
  if (!wanted) {
    return own;
  }
  const fs::path present = nearest_present(*wanted);
  std::error_code ignored;
  if (!fs::is_directory(present, ignored)) {
    throw Error(ErrorCode::environment, "cannot use the store '{}' of MLP_STORE: '{}' is no folder",
                wanted->string(), present.string())
        .hint(k_remedy);
  }
  if (!fs::exists(*wanted, ignored) && ::access(present.c_str(), W_OK | X_OK) != 0) {
    throw Error(ErrorCode::environment,
                "cannot use the store '{}' of MLP_STORE: it is not there, and may not be made in '{}'",
                wanted->string(), present.string())
        .hint(k_remedy);
  }
  return *wanted;
}

} // namespace mlp::workflow
