#include "store/folder.hpp"

#include "base/error.hpp"

#include <algorithm>

namespace mlp::store {
namespace {

namespace fs = std::filesystem;

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

} // namespace mlp::store
