#pragma once

#include "base/content_id.hpp"
#include "base/progress.hpp"
#include "base/time.hpp"
#include "os/files.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mlp::store {

namespace fs = std::filesystem;

/// One file of a folder object.
struct TreeItem {
  std::string path; ///< relative, '/' between parts
  ContentId id;
  friend bool operator==(const TreeItem&, const TreeItem&) = default;
};

/// The listing of a folder: "# mlp tree 1\n", then `sha256sum`'s lines sorted by path bytes (names with a
/// backslash, newline or carriage return escaped as sha256sum does). Its SHA-256 is the folder's id.
[[nodiscard]] std::string tree_listing(std::vector<TreeItem> items);
/// throws Error{corrupt} where the text is no such listing
[[nodiscard]] std::vector<TreeItem> parse_tree_listing(std::string_view listing);
[[nodiscard]] bool is_tree_listing(std::string_view bytes);

/// How contents get to the working tree. `reflink` shares the bytes until either is written to, `hardlink`
/// makes read-only files that are one with the store's whole copy; both are copies where the file system
/// cannot.
enum class CheckoutMode { copy, reflink, hardlink };

/// A content and the file that it is to be.
struct Placement {
  ContentId id;
  fs::path target;
};

/// What collect() found that nobody needs, and took away unless it was asked only to look.
struct Collected {
  std::uint64_t objects = 0;     ///< contents and pieces
  std::uint64_t bytes = 0;       ///< that they take on disk
  std::uint64_t trash_bytes = 0; ///< of what went to the trash long ago, which is removed now
};
struct CollectRequest {
  bool remove = false;         ///< else only look
  UnixSeconds now = 0;         ///< what goes is kept in trash/<day>/
  std::int64_t keep_days = 14; ///< in the trash
};

/// What fsck found wrong in the store.
struct StoreFinding {
  std::string path; ///< of the file in the store
  std::string id;   ///< of the object concerned, where known
  std::string why;
};

class Holdings;
class PackWriter;

/// Content-addressed bytes below one folder (`.git/mlp`): loose objects, and packs of the chunks that larger
/// contents are cut into. Ids are SHA-256 of content, whatever the store does with it. Safe with many
/// processes at once; every write is draft → fsync → rename. Formats: see lib/README.md.
class ObjectStore {
public:
  ObjectStore(fs::path root, os::FileOps& files, unsigned threads = 1);
  ~ObjectStore();

  [[nodiscard]] const fs::path& root() const { return root_; }

  /// From now on put() and writers only draft what is small: flush() makes it durable and gives it its names,
  /// with one wait for the disk for all of it instead of three for each. What was not flushed is dropped with
  /// the store; of large contents, full packs stay, so that doing it again need not begin anew. Reading
  /// through this store flushes first.
  void stage_puts();
  void flush() const;

  /// Stores bytes, durable on return; a second put of the same content writes nothing.
  ContentId put(std::string_view bytes);
  /// Stores the listing (the files must be in the store already) and returns the folder's id.
  ContentId put_tree(std::vector<TreeItem> items);

  /// A file that is stored while it is read: append() all its bytes in order, then commit(). It is cut into
  /// chunks, which are compressed and packed on up to `threads` threads. Dropped without commit(): nothing
  /// that can be asked for remains.
  class Writer {
  public:
    ~Writer();
    Writer(Writer&&) noexcept;
    void append(std::string_view bytes);
    /// Durable on return, or once flushed; the id is the SHA-256 of all bytes.
    ContentId commit();
    struct Impl;

  private:
    friend class ObjectStore;
    explicit Writer(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
  };
  [[nodiscard]] Writer writer();
  /// Reads, hashes and stores a file in one pass.
  ContentId put_file(const fs::path& path, Progress* progress = nullptr,
                     const Interrupt* interrupt = nullptr);

  /// Reads, hashes and stores many files on all threads; small ones share packs. Calls `took(i, id)`, from
  /// any thread, when file i has been read. Durable on return, or once flushed.
  void put_files(std::size_t count, const std::function<fs::path(std::size_t)>& path_of,
                 const std::function<void(std::size_t, const ContentId&)>& took, Progress* progress = nullptr,
                 const Interrupt* interrupt = nullptr);

  [[nodiscard]] bool contains(const ContentId& id) const;
  [[nodiscard]] std::optional<std::uint64_t> size_of(const ContentId& id) const;
  /// The whole content, verified. throws Error{not_found} or Error{corrupt} naming the object
  [[nodiscard]] std::string get(const ContentId& id) const;
  /// Piece by piece, each verified before it is handed over, and the whole at the end.
  void read(const ContentId& id, const std::function<void(std::string_view)>& take) const;
  /// The first bytes of a stored content: at least 16 KiB, or all of it.
  [[nodiscard]] std::string beginning(const ContentId& id) const;
  /// Whether a stored content is a folder's listing; reads its beginning.
  [[nodiscard]] bool is_tree(const ContentId& id) const;
  [[nodiscard]] std::vector<TreeItem> get_tree(const ContentId& id) const;
  /// Writes the content to `target` (draft → rename). For a folder object: the whole folder.
  void checkout(const ContentId& id, const fs::path& target) const;
  /// Writes contents to their places, each file atomically, replacing what stands there; makes their folders.
  /// Interrupted, it leaves some of them done: the rest can be asked for again.
  void restore(const std::vector<Placement>& placements, CheckoutMode mode, Progress* progress = nullptr,
               const Interrupt* interrupt = nullptr) const;

  /// Verifies every file of the store outside cache/, tmp/ and trash/: the hash of each object and pack, and
  /// that all pieces of each content are there; `deep` also decodes every piece and hashes every content
  /// whole. Unknown files are findings.
  [[nodiscard]] std::vector<StoreFinding> fsck(bool deep, Progress* progress,
                                               const Interrupt* interrupt) const;
  /// Verifies one object whole. Nothing where it is fine.
  [[nodiscard]] std::optional<std::string> verify(const ContentId& id) const;

  /// Full ids of stored objects that begin with `prefix` (hex digits, ≥ 4).
  [[nodiscard]] std::vector<ContentId> with_prefix(std::string_view prefix) const;

  /// Keeps collect() of other processes waiting for as long as this store lives: for commands that are going
  /// to name what they find here. Does nothing where the store may only be read.
  void hold();
  /// Moves to the trash what is not among the contents that `needed` names, with their pieces; packs of which
  /// a quarter or more goes are written anew. `needed` is called when nobody else is at work here.
  /// Interrupted at any moment, it has taken nothing that is needed. throws Error{environment} where others
  /// are at work, Error{corrupt} where something needed is damaged
  [[nodiscard]] Collected collect(const CollectRequest& request,
                                  const std::function<std::set<ContentId>()>& needed, Progress* progress,
                                  const Interrupt* interrupt);

  /// Removes what killed processes left in tmp/ (drafts whose process is gone).
  void clear_leftovers() const;

private:
  struct Staged {
    std::map<ContentId, std::unique_ptr<os::Draft>> drafts; ///< of loose objects
    std::shared_ptr<PackWriter> packs;
  };
  void stage(const ContentId& id, std::string_view bytes);

  fs::path root_;
  os::FileOps& files_;
  unsigned threads_;
  std::unique_ptr<Holdings> holdings_;
  std::unique_ptr<os::FileLock> hold_;
  std::unique_ptr<Staged> staged_; ///< absent where put() is durable on return
};

} // namespace mlp::store
