#pragma once

#include "base/progress.hpp"
#include "base/time.hpp"
#include "config/project.hpp"
#include "dataset/version.hpp"
#include "git/repository.hpp"
#include "ledger/ledger.hpp"
#include "os/files.hpp"
#include "store/object_store.hpp"
#include "xgb/booster.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace mlp::workflow {

namespace fs = std::filesystem;

/// What the program reads from its surroundings and hands to every use case. References must outlive it.
struct Context {
  fs::path directory;                   ///< where the command was started (or -C)
  std::function<std::int64_t()> now_ns; ///< nanoseconds since 1970
  os::FileOps& files;
  Progress& progress;
  const Interrupt& interrupt;
  unsigned threads = 1;
  std::optional<fs::path> store;   ///< MLP_STORE
  std::optional<fs::path> xgboost; ///< MLP_XGBOOST_LIBRARY
  bool ci = false;                 ///< CI is set

  [[nodiscard]] UnixSeconds now() const { return now_ns() / 1'000'000'000; }
};

/// An opened project: the nearest mlp.yaml from the working directory up to the repository's root, its
/// repository, store and ledger. What is expensive is opened when first asked for.
class Workspace {
public:
  /// throws Error{not_found} "no mlp.yaml from '…' up to the repository's root" (hint: mlp init)
  explicit Workspace(const Context& context);
  /// Only the repository is needed (fsck, log, audit from any folder).
  static Workspace anywhere(const Context& context);
  /// Not even that (a look at files): project and repository are there where they are found.
  static Workspace wherever(const Context& context);
  ~Workspace();
  Workspace(Workspace&&) noexcept;

  [[nodiscard]] const Context& context() const;
  [[nodiscard]] bool has_project() const;
  [[nodiscard]] bool has_repository() const;     ///< else store() and ledger() throw as repository()
  [[nodiscard]] fs::path project_folder() const; ///< absolute; empty where there is none
  [[nodiscard]] std::string
  project_path() const; ///< relative to the repository's root, "." for the root itself
  /// throws Error{not_found} where there is none
  [[nodiscard]] git::Repository& repository();
  [[nodiscard]] store::ObjectStore& store();
  [[nodiscard]] ledger::Ledger& ledger();
  /// Of a folder of data, its own: it may list a million files, which no other command should have to read.
  /// Where neither a project nor a store is here, it leaves nothing behind.
  [[nodiscard]] dataset::HashCache& hash_cache(const fs::path& data = {});
  [[nodiscard]] const xgb::Library& xgboost();

  /// mlp.yaml as it stands in the working tree. throws Error{input} where it has errors
  [[nodiscard]] const config::Project& project();
  [[nodiscard]] config::Project project_with(const std::vector<config::Override>& overrides);

  /// Makes what was put into the store durable, then appends a fact with this project's path and the user's
  /// identity.
  ledger::Record record(const std::string& kind, Json body);
  /// The same for a decision; see Ledger::decide.
  ledger::Record decide(Json body, const std::function<void()>& still_valid);
  [[nodiscard]] ledger::Actor actor();

private:
  struct State;
  void flush_store();
  [[nodiscard]] bool remembers() const;
  explicit Workspace(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// What a person writes into a record: a note, a reason, a message.
inline constexpr std::size_t k_longest_text_bytes = 16UL * 1024;
/// throws Error{usage} above that: a record is no place for documents. `what`: "note"
void require_short(std::string_view what, std::string_view text);

/// mlp.yaml judged whole: what config sees, with the metrics that exist and the parameters that XGBoost
/// knows.
[[nodiscard]] config::LoadedProject load_any_project(const std::string& text, const std::string& file,
                                                     const std::vector<config::Override>& overrides);

} // namespace mlp::workflow
