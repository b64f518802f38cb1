#include "base/error.hpp"
#include "git/libgit2.hpp"
#include "git/repository.hpp"
#include "os/files.hpp"

#include <algorithm>
#include <span>

namespace mlp::git {
namespace {

using Visit = std::function<void(const std::string& path, const ObjectName& blob)>;

/// The entry `name`, or null; also where `tree` itself is null.
const git_tree_entry* entry_of(const TreeHandle& tree, const char* name) {
  return tree != nullptr ? git_tree_entry_byname(tree.get(), name) : nullptr;
}

bool is_tree(const git_tree_entry* entry) {
  return entry != nullptr && git_tree_entry_type(entry) == GIT_OBJECT_TREE;
}

/// Walks two trees side by side, as deep as they differ.
void walk(git_repository* repository, const TreeHandle& tree, const TreeHandle& other,
          const std::string& prefix, const Visit& visit) {
  for (std::size_t i = 0; i < git_tree_entrycount(tree.get()); ++i) {
    const git_tree_entry* entry = git_tree_entry_byindex(tree.get(), i);
    const git_tree_entry* twin = entry_of(other, git_tree_entry_name(entry));
    if (twin != nullptr && git_oid_equal(git_tree_entry_id(entry), git_tree_entry_id(twin)) != 0 &&
        git_tree_entry_type(entry) == git_tree_entry_type(twin)) {
      continue;
    }
    const std::string path = prefix + git_tree_entry_name(entry);
    if (is_tree(entry)) {
      const TreeHandle deeper = read_tree(repository, *git_tree_entry_id(entry));
      walk(repository, deeper, is_tree(twin) ? read_tree(repository, *git_tree_entry_id(twin)) : TreeHandle(),
           path + "/", visit);
    } else {
      visit(path, name_from(*git_tree_entry_id(entry)));
    }
  }
}

TreeBuilderHandle builder_from(git_repository* repository, const TreeHandle& base) {
  TreeBuilderHandle builder;
  check(git_treebuilder_new(OutPointer(builder), repository, base.get()), "start a tree");
  return builder;
}

void insert(const TreeBuilderHandle& builder, const char* name, const git_oid& oid, git_filemode_t mode) {
  check(git_treebuilder_insert(nullptr, builder.get(), name, &oid, mode),
        std::string("add '") + name + "' to a tree");
}

/// While this lives, libgit2 does not wait for the disk at each object: sync_objects() does, for all at once.
class WithoutSync {
public:
  WithoutSync() { git_libgit2_opts(GIT_OPT_ENABLE_FSYNC_GITDIR, 0); }
  ~WithoutSync() { git_libgit2_opts(GIT_OPT_ENABLE_FSYNC_GITDIR, 1); }
  WithoutSync(const WithoutSync&) = delete;
  WithoutSync& operator=(const WithoutSync&) = delete;
};

/// Writes trees, and notes which.
class TreeWriter {
public:
  TreeWriter(git_repository* repository, std::vector<git_oid>& written)
      : repository_(repository), written_(written) {}

  /// `added` is sorted by path, and all of it lies below `depth` characters of path.
  git_oid add_to(const TreeHandle& base, std::span<const TreeEntry> added, std::size_t depth) {
    const TreeBuilderHandle builder = builder_from(repository_, base);
    while (!added.empty()) {
      const std::string_view path = std::string_view(added.front().path).substr(depth);
      const auto slash = path.find('/');
      const std::string name(path.substr(0, slash));
      if (slash == std::string_view::npos) {
        insert(builder, name.c_str(), oid_from(added.front().blob), GIT_FILEMODE_BLOB);
        added = added.subspan(1);
        continue;
      }
      const std::string_view folder = std::string_view(added.front().path).substr(0, depth + slash + 1);
      const auto beyond = std::find_if(added.begin(), added.end(), [&](const TreeEntry& entry) {
        return !std::string_view(entry.path).starts_with(folder);
      });
      const auto count = static_cast<std::size_t>(beyond - added.begin());
      const git_tree_entry* existing = entry_of(base, name.c_str());
      const TreeHandle below =
          is_tree(existing) ? read_tree(repository_, *git_tree_entry_id(existing)) : TreeHandle();
      insert(builder, name.c_str(), add_to(below, added.first(count), folder.size()), GIT_FILEMODE_TREE);
      added = added.subspan(count);
    }
    return write(builder);
  }

  git_oid unite(const git_oid& ours, const git_oid& theirs) {
    if (git_oid_equal(&ours, &theirs) != 0) {
      return ours;
    }
    const TreeHandle our_tree = read_tree(repository_, ours);
    const TreeHandle their_tree = read_tree(repository_, theirs);
    const TreeBuilderHandle builder = builder_from(repository_, our_tree);
    for (std::size_t i = 0; i < git_tree_entrycount(their_tree.get()); ++i) {
      const git_tree_entry* theirs_here = git_tree_entry_byindex(their_tree.get(), i);
      const char* name = git_tree_entry_name(theirs_here);
      const git_tree_entry* ours_here = entry_of(our_tree, name);
      if (ours_here == nullptr) {
        insert(builder, name, *git_tree_entry_id(theirs_here), git_tree_entry_filemode(theirs_here));
      } else if (is_tree(ours_here) && is_tree(theirs_here)) {
        insert(builder, name, unite(*git_tree_entry_id(ours_here), *git_tree_entry_id(theirs_here)),
               GIT_FILEMODE_TREE);
      }
    }
    return write(builder);
  }

private:
  git_oid write(const TreeBuilderHandle& builder) {
    const WithoutSync later;
    git_oid written{};
    check(git_treebuilder_write(&written, builder.get()), "write a tree");
    written_.push_back(written);
    return written;
  }

  git_repository* repository_;
  std::vector<git_oid>& written_;
};

/// libgit2 refuses what git would silently drop from a name.
std::string speakable(std::string_view text) {
  std::string result;
  std::copy_if(text.begin(), text.end(), std::back_inserter(result), [](char letter) {
    return letter != '<' && letter != '>' && static_cast<unsigned char>(letter) >= 0x20;
  });
  return result.find_first_not_of(" .,:;\"'\\") == std::string::npos ? "unknown" : result;
}

} // namespace

ObjectName Repository::tree_of(const ObjectName& commit) const {
  return name_from(*git_commit_tree_id(read_commit(impl_->raw(), commit).get()));
}

std::vector<ObjectName> Repository::parents_of(const ObjectName& commit) const {
  const CommitHandle handle = read_commit(impl_->raw(), commit);
  std::vector<ObjectName> parents;
  for (unsigned i = 0; i < git_commit_parentcount(handle.get()); ++i) {
    parents.push_back(name_from(*git_commit_parent_id(handle.get(), i)));
  }
  return parents;
}

bool Repository::has_object(const ObjectName& name) const {
  OdbHandle store;
  check(git_repository_odb(OutPointer(store), impl_->raw()), "open the object database");
  const git_oid oid = oid_from(name);
  return git_odb_exists(store.get(), &oid) == 1;
}

std::optional<std::string> Repository::file_at(const ObjectName& commit, const std::string& path) const {
  const TreeHandle tree = read_tree(impl_->raw(), oid_from(tree_of(commit)));
  TreeEntryHandle entry;
  const int status = git_tree_entry_bypath(OutPointer(entry), tree.get(), path.c_str());
  if (status == GIT_ENOTFOUND || (status == 0 && git_tree_entry_type(entry.get()) != GIT_OBJECT_BLOB)) {
    return std::nullopt;
  }
  check(status, "read '" + path + "' of commit " + commit);
  return read_blob(name_from(*git_tree_entry_id(entry.get())));
}

std::string Repository::read_blob(const ObjectName& blob) const {
  BlobHandle handle;
  const git_oid oid = oid_from(blob);
  check(git_blob_lookup(OutPointer(handle), impl_->raw(), &oid), "read object " + blob);
  const auto size = static_cast<std::size_t>(git_blob_rawsize(handle.get()));
  return {static_cast<const char*>(git_blob_rawcontent(handle.get())), size};
}

void Repository::walk_tree(const ObjectName& tree, const std::optional<ObjectName>& same_as,
                           const Visit& visit) const {
  if (same_as != tree) {
    walk(impl_->raw(), read_tree(impl_->raw(), oid_from(tree)),
         same_as ? read_tree(impl_->raw(), oid_from(*same_as)) : TreeHandle(), "", visit);
  }
}

ObjectName Repository::tree_with(const std::optional<ObjectName>& base, const std::vector<TreeEntry>& added) {
  std::vector<TreeEntry> sorted = added;
  std::sort(sorted.begin(), sorted.end(),
            [](const TreeEntry& a, const TreeEntry& b) { return a.path < b.path; });
  const TreeHandle tree = base ? read_tree(impl_->raw(), oid_from(*base)) : TreeHandle();
  return name_from(TreeWriter(impl_->raw(), impl_->unsynced).add_to(tree, sorted, 0));
}

ObjectName Repository::union_of(const ObjectName& ours, const ObjectName& theirs) {
  return name_from(TreeWriter(impl_->raw(), impl_->unsynced).unite(oid_from(ours), oid_from(theirs)));
}

ObjectName Repository::write_blob(std::string_view bytes) {
  const WithoutSync later;
  git_oid written{};
  check(git_blob_create_from_buffer(&written, impl_->raw(), bytes.data(), bytes.size()), "write an object");
  impl_->unsynced.push_back(written);
  return name_from(written);
}

ObjectName Repository::write_commit(const ObjectName& tree, const std::vector<ObjectName>& parents,
                                    const Identity& author, UnixSeconds time, const std::string& message) {
  SignatureHandle signature;
  check(git_signature_new(OutPointer(signature), speakable(author.name).c_str(),
                          speakable(author.email).c_str(), time, 0),
        "sign a commit");
  const TreeHandle tree_handle = read_tree(impl_->raw(), oid_from(tree));
  std::vector<CommitHandle> owned;
  std::vector<const git_commit*> raw;
  for (const ObjectName& parent : parents) {
    owned.push_back(read_commit(impl_->raw(), parent));
    raw.push_back(owned.back().get());
  }
  const WithoutSync later;
  git_oid written{};
  check(git_commit_create(&written, impl_->raw(), nullptr, signature.get(), signature.get(), "UTF-8",
                          message.c_str(), tree_handle.get(), raw.size(), raw.data()),
        "write a commit");
  impl_->unsynced.push_back(written);
  return name_from(written);
}

void Repository::sync_objects() {
  std::vector<fs::path> files;
  for (const git_oid& oid : impl_->unsynced) {
    const std::string name = name_from(oid); // one that was there before may lie in a pack, synced long ago
    files.push_back(impl_->common_directory / "objects" / name.substr(0, 2) / name.substr(2));
  }
  os::sync_files(files);
  impl_->unsynced.clear();
}

} // namespace mlp::git
