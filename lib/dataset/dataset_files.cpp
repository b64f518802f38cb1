#include "dataset/dataset_files.hpp"

#include "base/error.hpp"
#include "os/files.hpp"

#include <algorithm>

namespace mlp::dataset {
namespace {

namespace fs = std::filesystem;

bool left_out(const fs::path& path) {
  const std::string name = path.filename().string();
  return name.starts_with('.') || name.ends_with(".mlp") || os::draft_owner(name); // half of a checkout
}

} // namespace

void visit_files_below(const fs::path& root, const std::string& shown_name,
                       const std::function<bool(const fs::path&)>& visit) {
  std::error_code error;
  fs::recursive_directory_iterator entry(root, error);
  fs::path reading = root; // the folder that an error is about
  for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    const fs::file_status status = entry->symlink_status();
    reading = fs::is_directory(status) ? entry->path() : entry->path().parent_path();
    if (left_out(entry->path())) {
      if (fs::is_directory(status)) {
        entry.disable_recursion_pending();
      }
      continue;
    }
    if (fs::is_regular_file(status)) {
      if (!visit(entry->path())) {
        return;
      }
    } else if (!fs::is_directory(status)) {
      throw Error(ErrorCode::input, "cannot take '{}' as data: '{}' is {}", shown_name,
                  entry->path().lexically_relative(root).string(),
                  fs::is_symlink(status) ? "a link" : "neither a file nor a folder")
          .hint(fs::is_symlink(status) ? "put the file itself there" : "move it out of the folder");
    }
  }
  if (error) {
    const fs::path shown =
        reading == root ? fs::path(shown_name) : shown_name / reading.lexically_relative(root);
    throw Error(ErrorCode::environment, "cannot read the folder '{}': {}", shown.string(), error.message())
        .hint("check who owns the folder and what is in it, and their permissions");
  }
}

namespace {

bool is_below(const fs::path& path, const fs::path& folder) {
  const fs::path relative = path.lexically_relative(folder);
  return !relative.empty() && *relative.begin() != "..";
}

/// The folder that the listing's paths start from: a single folder itself, else the paths' common parent.
fs::path listing_root(const std::vector<std::pair<fs::path, std::string>>& paths) {
  fs::path common = paths.front().first.lexically_normal();
  if (paths.size() == 1) {
    return common;
  }
  common = common.parent_path();
  for (const auto& [path, name] : paths) {
    while (!is_below(path.lexically_normal(), common) && common.has_relative_path()) {
      common = common.parent_path();
    }
  }
  return common;
}

/// What is at the path, links followed. throws Error{not_found} where nothing is, Error{environment} where
/// that cannot be told
fs::file_status status_of(const fs::path& root, const std::string& shown_name) {
  std::error_code error;
  const fs::file_status status = fs::status(root, error);
  if (error == std::errc::too_many_symbolic_link_levels) {
    throw Error(ErrorCode::input, "cannot read '{}': it is a link that leads back to itself", shown_name)
        .hint("mend the link, or name the file itself");
  }
  if (status.type() == fs::file_type::none) {
    throw Error(ErrorCode::environment, "cannot read '{}': {}", shown_name, error.message())
        .hint("check the path, who owns the folders above, and their permissions");
  }
  if (status.type() != fs::file_type::not_found) {
    return status;
  }
  const fs::path link = fs::is_symlink(root, error) ? fs::read_symlink(root, error) : fs::path();
  if (!link.empty()) {
    throw Error(ErrorCode::not_found, "cannot read '{}': it is a link to '{}', which does not exist",
                shown_name, link.string())
        .hint("mend the link, or name the file itself");
  }
  throw Error(ErrorCode::not_found, "data '{}' does not exist", shown_name).hint("check the path's spelling");
}

} // namespace

bool is_there(const fs::path& path) {
  std::error_code unknown;
  return fs::symlink_status(path, unknown).type() != fs::file_type::not_found;
}

std::vector<Source> sources_of(const fs::path& root, const std::string& shown_name) {
  const fs::file_status status = status_of(root, shown_name);
  if (fs::is_regular_file(status)) {
    return {{root, shown_name}};
  }
  if (!fs::is_directory(status)) {
    throw Error(ErrorCode::input, "cannot take '{}' as data: it is neither a file nor a folder", shown_name)
        .hint("write it to a file first");
  }
  std::vector<std::string> paths;
  visit_files_below(root, shown_name, [&](const fs::path& path) {
    paths.push_back(path.native());
    return true;
  });
  std::sort(paths.begin(), paths.end());
  const std::size_t prefix = (root / "").native().size(); // all of them begin with the root and a slash
  const std::string shown_prefix = (fs::path(shown_name) / "").generic_string();
  std::vector<Source> sources;
  sources.reserve(paths.size());
  for (std::string& path : paths) {
    std::string name = shown_prefix + path.substr(prefix);
    sources.push_back({std::move(path), std::move(name)});
  }
  if (sources.empty()) {
    throw Error(ErrorCode::input, "the folder '{}' holds no data files", shown_name)
        .hint("put .csv or .tsv files there; dot files and .mlp files do not count");
  }
  return sources;
}

std::vector<DatasetFile> files_of(const std::vector<std::pair<fs::path, std::string>>& paths) {
  const fs::path root = listing_root(paths);
  std::error_code unknown; // sources_of says what is wrong with it
  const bool one_file = paths.size() == 1 && !fs::is_directory(paths.front().first, unknown);
  std::vector<DatasetFile> files;
  for (const auto& [path, name] : paths) {
    const bool the_root = paths.size() == 1; // its files' names begin with it, as they are
    const std::size_t prefix = (path / "").native().size();
    for (Source& source : sources_of(path, name)) {
      std::string item =
          one_file   ? ""
          : the_root ? source.path.substr(prefix)
                     : fs::path(source.path).lexically_normal().lexically_relative(root).generic_string();
      files.push_back({std::move(source), std::move(item)});
    }
  }
  std::sort(files.begin(), files.end(),
            [](const DatasetFile& a, const DatasetFile& b) { return a.item < b.item; });
  const auto twice =
      std::adjacent_find(files.begin(), files.end(),
                         [](const DatasetFile& a, const DatasetFile& b) { return a.item == b.item; });
  if (twice != files.end()) {
    throw Error(ErrorCode::input, "the data name '{}' twice", twice->source.name).hint("name each file once");
  }
  return files;
}

os::FileStat stat_of(const Source& source) {
  if (const auto stat = os::stat_file(source.path)) {
    return *stat;
  }
  throw Error(ErrorCode::not_found, "cannot read '{}': it is no longer there", source.name)
      .hint("run the command again when it is back");
}

void throw_changed(const Source& source) {
  throw Error(ErrorCode::input, "'{}' changed while it was read", source.name)
      .hint("run the command again when nothing writes to the file");
}

void require_unchanged(const Source& source, const os::FileStat& before) {
  if (stat_of(source) != before) {
    throw_changed(source);
  }
}

Version version_from(const std::vector<DatasetFile>& files, const std::vector<ContentId>& ids,
                     std::uint64_t bytes) {
  Version version;
  version.bytes = bytes;
  version.folder = files.size() > 1 || !files.front().item.empty();
  for (std::size_t i = 0; i < files.size(); ++i) {
    version.files.push_back({files[i].item, ids[i]});
  }
  version.id = version.folder ? sha256(store::tree_listing(version.files)) : ids.front();
  return version;
}

} // namespace mlp::dataset
