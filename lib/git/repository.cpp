#include "git/repository.hpp"

#include "base/error.hpp"
#include "git/libgit2.hpp"
#include "git/program.hpp"

namespace mlp::git {
namespace {

/// git's own idea of where the repository of `start` is, for messages about one that cannot be opened.
fs::path place_of(const fs::path& start) {
  git_buf found = GIT_BUF_INIT;
  fs::path place = start;
  if (git_repository_discover(&found, start.c_str(), 0, nullptr) == 0) {
    const fs::path directory = fs::path(found.ptr).parent_path(); // libgit2 ends it with '/'
    place = directory.filename() == ".git" ? directory.parent_path() : directory;
  }
  git_buf_dispose(&found);
  return place;
}

[[noreturn]] void explain(int status, const fs::path& start) {
  const git_error* last = git_error_last();
  const std::string detail = last != nullptr && last->message != nullptr ? last->message : "no detail";
  const auto says = [&](std::string_view words) { return detail.find(words) != std::string::npos; };
  if (status == GIT_EOWNER || says("safe.directory") || says("not owned by")) {
    const std::string place = place_of(start).string();
    throw Error(ErrorCode::environment, "cannot use the repository '{}': it belongs to somebody else", place)
        .hint("if you trust it, run `git config --global --add safe.directory " + place + "`");
  }
  if (says("objectformat")) {
    throw Error(ErrorCode::environment, "cannot use the repository '{}': it names objects by SHA-256",
                place_of(start).string())
        .hint("mlp needs a repository of git's default object format: `git init --object-format=sha1`");
  }
  if (says("refstorage")) {
    throw Error(ErrorCode::environment, "cannot use the repository '{}': it keeps its refs as a reftable",
                place_of(start).string())
        .hint("run `git refs migrate --ref-format=files`");
  }
  if (status == GIT_ENOTFOUND) {
    throw Error(ErrorCode::not_found, "'{}' is not in a git repository", start.string())
        .hint("run `git init` first, or `mlp init` to make a new project");
  }
  throw Error(ErrorCode::environment, "cannot open the repository of '{}': {}", start.string(), detail);
}

fs::path without_slash(const char* path) {
  const fs::path result(path);
  return result.has_filename() ? result : result.parent_path();
}

/// Nothing where `start` is in no repository.
RepositoryHandle try_open(const fs::path& start) {
  start_libgit2();
  RepositoryHandle handle;
  const int status =
      git_repository_open_ext(OutPointer(handle), start.c_str(), GIT_REPOSITORY_OPEN_CROSS_FS, nullptr);
  if (status < 0 && status != GIT_ENOTFOUND) {
    explain(status, start);
  }
  return handle;
}

fs::path nearest_existing(fs::path path) {
  std::error_code ignored;
  while (!fs::exists(path, ignored) && path.has_relative_path()) {
    path = path.parent_path();
  }
  return path.empty() ? fs::path(".") : path;
}

} // namespace

Repository::Repository(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Repository::~Repository() = default;
Repository::Repository(Repository&&) noexcept = default;
Repository& Repository::operator=(Repository&&) noexcept = default;

Repository Repository::open(const fs::path& start) {
  auto found = find(start);
  if (!found) {
    explain(GIT_ENOTFOUND, start);
  }
  return std::move(*found);
}

std::optional<Repository> Repository::find(const fs::path& start) {
  auto impl = std::make_unique<Impl>();
  impl->handle = try_open(start);
  if (impl->handle == nullptr) {
    return std::nullopt;
  }
  impl->git_directory = without_slash(git_repository_path(impl->raw()));
  impl->common_directory = without_slash(git_repository_commondir(impl->raw()));
  if (const char* work_tree = git_repository_workdir(impl->raw()); work_tree != nullptr) {
    impl->work_tree = without_slash(work_tree);
  }
  return Repository(std::move(impl));
}

Repository Repository::init(const fs::path& path) {
  if (try_open(nearest_existing(path)) == nullptr) {
    const fs::path target = fs::absolute(path);
    os::ProcessOptions options;
    options.variables = {{"LC_ALL", "C"}};
    const os::ProcessResult result =
        os::run_process({"git", "init", "--quiet", "--", target.string()}, options);
    if (result.status != 0) {
      throw Error(ErrorCode::environment, "cannot make a git repository in '{}': {}", path.string(),
                  message_of(result));
    }
    return open(target);
  }
  return open(nearest_existing(path));
}

fs::path Repository::work_tree() const {
  if (!impl_->work_tree) {
    throw Error(ErrorCode::environment, "the repository '{}' is bare: it has no files to work on",
                impl_->git_directory.string())
        .hint("run mlp in a clone of it: `git clone " + impl_->git_directory.string() + "`");
  }
  return *impl_->work_tree;
}

fs::path Repository::common_directory() const { return impl_->common_directory; }

bool Repository::is_shallow() const { return git_repository_is_shallow(impl_->raw()) == 1; }

} // namespace mlp::git
