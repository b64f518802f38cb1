#pragma once

#include "base/check.hpp"
#include "workflow/data_uses.hpp"
#include "workflow/references.hpp"

#include <optional>
#include <string>
#include <vector>

namespace mlp::workflow {

/// One thing in a lineage: a dataset, a file of one, run, model, evaluation, decision, code or note.
struct LineageNode {
  std::string kind;
  std::string id;   ///< full hex
  std::string text; ///< one line for people
  std::vector<LineageNode> links;
};

enum class Direction { up, down };

/// up: what it was made from (decision → evaluation → model → run → dataset, code, configuration); down: what
/// was made from it (dataset → runs → models → evaluations, decisions, stages it holds). Each thing is
/// expanded once. down, of a file that is no version by itself: of each version of a folder that holds its
/// bytes, or held other bytes in its place; it need not exist any more.
[[nodiscard]] LineageNode lineage(Workspace& workspace, const std::string& text, Direction direction);
[[nodiscard]] Json to_json(const LineageNode& node);

/// All that was made from the data that a lineage down begins with; nothing where it begins with something
/// else.
[[nodiscard]] std::optional<DataUses> touched_by(Workspace& workspace, const LineageNode& node);

/// A finding of `mlp audit` or `mlp fsck`.
struct AuditFinding {
  enum class Severity {
    integrity,
    finding
  } severity = Severity::finding; ///< integrity → exit 4, finding → exit 1
  std::string id;                 ///< stable name of the rule
  std::string subject;            ///< record, object or path
  std::string why;
  std::vector<std::string> affected; ///< "dataset adult 3f2a9c1", "model income 7c1e04b"
};
struct AuditResult {
  std::int64_t records = 0;
  std::int64_t objects = 0;
  std::int64_t decisions = 0;
  std::vector<AuditFinding> findings;
  std::vector<std::string> notes;
  [[nodiscard]] bool tampered() const;
};
/// Each record's hash, the add-only rule, each referenced object present and intact, each decision's
/// evidence. `at`: a date or a record: only what was recorded until then.
[[nodiscard]] AuditResult audit(Workspace& workspace, const std::string& at);
/// Every file of the store outside cache/, tmp/ and trash/, and the ledger's records; `deep` also decodes
/// what packs hold. Says which records, and models on which stages, need what is damaged.
[[nodiscard]] AuditResult fsck(Workspace& workspace, bool deep);
[[nodiscard]] Json to_json(const AuditResult& result, const std::string& schema);

} // namespace mlp::workflow
