#pragma once

#include "workflow/workspace.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace mlp::workflow {

/// What a REF on the command line named (cli.md, "Naming things").
struct Reference {
  enum class Kind { model, dataset, record } kind = Kind::record;
  ContentId id;     ///< of the model, dataset version or record
  std::string name; ///< of the model or dataset; may be empty
  std::optional<ledger::Entry>
      entry; ///< the newest run of the model, record of the dataset, or the record itself
};

/// Resolves any REF: an exact name beats a hash prefix (≥ 4 digits); `model:`, `data:`; `name@stage[~N]`,
/// `name@HEAD`; a dataset's path. throws Error{not_found} with near names, Error{ambiguous} listing what it
/// could be
[[nodiscard]] Reference resolve(Workspace& workspace, std::string_view text);

/// Resolves to a model: a model's name or id, `name@stage`, or a run or evaluation of it.
[[nodiscard]] Reference resolve_model(Workspace& workspace, std::string_view text);
/// Decisions are about this project's models. throws Error{input} where the model was only trained in another
/// project of the repository
void require_own_model(Workspace& workspace, const Reference& model);

/// The newest model of this project. throws Error{not_found} (hint: mlp train)
[[nodiscard]] Reference newest_model(Workspace& workspace);
/// The model that `predict`, `monitor` and `export` take by default: the holder of the last stage of
/// policy.yaml, else the newest model that is not retired, with a note that says so.
struct DefaultModel {
  Reference model;
  std::string note; ///< empty where it holds the stage
};
[[nodiscard]] DefaultModel serving_model(Workspace& workspace);

/// Resolves to a stored dataset version: a name, an id, or a path whose bytes were added before.
[[nodiscard]] Reference resolve_dataset(Workspace& workspace, std::string_view text);

/// The newest run that made this model. throws Error{not_found}
[[nodiscard]] ledger::Record run_of(Workspace& workspace, const ContentId& model);

} // namespace mlp::workflow
