#include "workflow/workspace.hpp"

#include "base/error.hpp"
#include "config/overrides.hpp"
#include "metrics/metric.hpp"
#include "model/train.hpp"
#include "workflow/store_place.hpp"

#include <algorithm>
#include <map>

namespace mlp::workflow {
namespace {

constexpr const char* k_project_file = "mlp.yaml";

/// The folder of the nearest mlp.yaml from `start` up to `root`, or nothing.
std::optional<fs::path> nearest_project(const fs::path& start, const fs::path& root) {
  for (fs::path folder = start;; folder = folder.parent_path()) {
    std::error_code ignored;
    if (fs::is_regular_file(folder / k_project_file, ignored)) {
      return folder;
    }
    if (folder == root || folder == folder.parent_path()) {
      return std::nullopt;
    }
  }
}

} // namespace

struct Workspace::State {
  State(const Context& given, std::optional<git::Repository> found)
      : context(given), repository(std::move(found)) {}

  [[nodiscard]] fs::path store_root() const {
    return store_place(context.store, repository->common_directory() / "mlp");
  }

  const Context& context;
  std::optional<git::Repository> repository;
  fs::path folder; ///< of the project; empty where opened anywhere without one
  std::string path = ".";
  std::unique_ptr<store::ObjectStore> store;
  std::unique_ptr<ledger::Ledger> ledger;
  std::map<fs::path, dataset::HashCache> caches; ///< by their files
  std::unique_ptr<xgb::Library> library;
  std::optional<config::Project> project;
};

Workspace::Workspace(std::unique_ptr<State> state) : state_(std::move(state)) {
  if (!has_repository()) {
    return;
  }
  const fs::path root = fs::weakly_canonical(state_->repository->work_tree());
  const auto folder = nearest_project(fs::weakly_canonical(state_->context.directory), root);
  if (folder) {
    state_->folder = *folder;
    const std::string relative = folder->lexically_relative(root).generic_string();
    state_->path = relative.empty() ? "." : relative;
  }
}

Workspace::Workspace(const Context& context) : Workspace(anywhere(context)) {
  if (state_->folder.empty()) {
    throw Error(ErrorCode::not_found, "no mlp.yaml from '{}' up to the root of its repository",
                context.directory.string())
        .hint("start a project with `mlp init`");
  }
}

Workspace Workspace::anywhere(const Context& context) {
  return Workspace(std::make_unique<State>(context, git::Repository::open(context.directory)));
}

Workspace Workspace::wherever(const Context& context) {
  return Workspace(std::make_unique<State>(context, git::Repository::find(context.directory)));
}

Workspace::~Workspace() = default;
Workspace::Workspace(Workspace&&) noexcept = default;

const Context& Workspace::context() const { return state_->context; }
bool Workspace::has_project() const { return !state_->folder.empty(); }
fs::path Workspace::project_folder() const { return state_->folder; }
std::string Workspace::project_path() const { return state_->path; }
bool Workspace::has_repository() const { return state_->repository.has_value(); }

git::Repository& Workspace::repository() {
  if (!state_->repository) {
    state_->repository = git::Repository::open(state_->context.directory); // says that there is none
  }
  return *state_->repository;
}

store::ObjectStore& Workspace::store() {
  if (state_->store == nullptr) {
    static_cast<void>(repository());
    state_->store = std::make_unique<store::ObjectStore>(state_->store_root(), state_->context.files,
                                                         state_->context.threads);
    state_->store->hold();            // until the record that names what was stored is written
    state_->store->stage_puts();      // record() and decide() flush
    state_->store->clear_leftovers(); // of killed processes; nothing to do costs one look at a folder
  }
  return *state_->store;
}

ledger::Ledger& Workspace::ledger() {
  if (state_->ledger == nullptr) {
    ledger::LedgerOptions options;
    options.folder = repository().common_directory() / "mlp";
    options.threads = state_->context.threads;
    if (!state_->folder.empty()) {
      // A mistake elsewhere in mlp.yaml must not keep anybody from reading the ledger.
      const auto loaded =
          config::load_project(os::read_file(state_->folder / k_project_file), k_project_file);
      options.branch = loaded.project.ledger.branch;
      options.remote = loaded.project.ledger.remote;
    }
    state_->ledger = std::make_unique<ledger::Ledger>(repository(), state_->context.files, options);
  }
  return *state_->ledger;
}

bool Workspace::remembers() const {
  std::error_code absent;
  return has_project() || (has_repository() && fs::is_directory(state_->store_root(), absent));
}

dataset::HashCache& Workspace::hash_cache(const fs::path& data) {
  if (!remembers()) {
    return state_->caches.try_emplace(fs::path(), fs::path(), fs::path(), state_->context.files)
        .first->second;
  }
  const fs::path root = state_->store_root();
  std::error_code ignored; // what is no folder is a file, here or not
  const bool folder = !data.empty() && fs::is_directory(data, ignored);
  const fs::path file =
      folder ? root / "cache" / "folders" / sha256(fs::weakly_canonical(data).native()).hex().substr(0, 16)
             : root / "cache" / "hashes";
  return state_->caches.try_emplace(file, file, root / "tmp", state_->context.files).first->second;
}

const xgb::Library& Workspace::xgboost() {
  if (state_->library == nullptr) {
    state_->library =
        std::make_unique<xgb::Library>(xgb::Library::open(state_->context.xgboost.value_or(fs::path())));
  }
  return *state_->library;
}

const config::Project& Workspace::project() {
  if (!state_->project) {
    state_->project = project_with({});
  }
  return *state_->project;
}

config::Project Workspace::project_with(const std::vector<config::Override>& overrides) {
  return config::require_usable(
      load_any_project(os::read_file(state_->folder / k_project_file), k_project_file, overrides));
}

ledger::Actor Workspace::actor() {
  const git::Identity identity = repository().identity();
  return {identity.name, identity.email};
}

ledger::Record Workspace::record(const std::string& kind, Json body) {
  body["project"] = state_->path;
  for (const char* written : {"text", "message", "source", "licence"}) {
    require_short(written, body[written].string_or());
  }
  flush_store();
  return ledger().append(kind, body, actor(), state_->context.now());
}

ledger::Record Workspace::decide(Json body, const std::function<void()>& still_valid) {
  body["project"] = state_->path;
  flush_store();
  return ledger().decide(body, actor(), state_->context.now(), still_valid);
}

void Workspace::flush_store() {
  if (state_->store != nullptr) {
    state_->store->flush();
  }
}

void require_short(std::string_view what, std::string_view text) {
  const auto escaped = [](char c) { return static_cast<unsigned char>(c) < 0x20; };
  const auto longer = static_cast<std::size_t>(std::count_if(text.begin(), text.end(), escaped)) * 5;
  if (text.size() + longer > k_longest_text_bytes) { // as a record writes it: \u0001
    throw Error(ErrorCode::usage, "the {} has {} bytes, more than {}", what, text.size() + longer,
                k_longest_text_bytes)
        .hint("put long texts into a file of the repository and name it here");
  }
}

config::LoadedProject load_any_project(const std::string& text, const std::string& file,
                                       const std::vector<config::Override>& overrides) {
  config::MetricsByTask metrics_by_task;
  for (const std::string_view name : k_task_names) {
    metrics_by_task[*task_from(name)] = metrics::metric_forms(*task_from(name));
  }
  config::LoadedProject loaded = config::load_project(text, file, overrides, metrics_by_task);
  if (loaded.usable()) {
    for (config::Finding& finding : model::check_params(loaded.project, file)) {
      loaded.findings.push_back(std::move(finding));
    }
    config::refuse_wrong_overrides(loaded.findings, overrides);
  }
  return loaded;
}

} // namespace mlp::workflow
