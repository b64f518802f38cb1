#pragma once

#include "report/diff_text.hpp"
#include "workflow/pairing.hpp"
#include "workflow/references.hpp"

#include <optional>
#include <string>
#include <vector>

namespace mlp::workflow {

struct LogRequest {
  std::int64_t limit = 0; ///< 0 = all
  std::string kind;
  std::string model; ///< REF or name
  std::string stage;
  std::string since; ///< ISO date or time
  std::string sort;  ///< metric; best first
};

/// One record in a list: what it is, who, when, and one line that says what happened.
struct LogLine {
  ledger::Record record;
  std::string actor;
  std::string summary;
  std::vector<std::string> warnings; ///< "conflict with decision …"
};
/// Newest first. throws Error{usage} for an unknown kind (nearest) or metric
[[nodiscard]] std::vector<LogLine> list_records(Workspace& workspace, const LogRequest& request);

/// "promoted income 7c1e04b to staging", "roc_auc 0.927 on test of adult", …
[[nodiscard]] std::string summary_of(const Json& body);

struct ShowResult {
  Reference reference;
  Json body;                           ///< the record, or for a model its newest run
  std::vector<ledger::Record> related; ///< evaluations, decisions and notes about it, oldest first
};
[[nodiscard]] ShowResult show(Workspace& workspace, const std::string& text);

/// The raw bytes a REF names: a record's JSON, a dataset, an object of the store (by id or prefix), a model's
/// listing.
[[nodiscard]] std::string raw_bytes(Workspace& workspace, const std::string& text);

/// Records a note about what REF names.
[[nodiscard]] ledger::Record add_note(Workspace& workspace, const std::string& text, const std::string& note);

/// What differs between two runs, models or evaluations: data, code, parameters, metrics, environment.
struct DiffResult {
  std::string left; ///< "run 91ab3f2 (income 7c1e04b)"
  std::string right;
  std::vector<report::DiffLine> differences;
  std::optional<ModelComparison> comparison; ///< of two models, on the same rows
  std::string why_no_comparison;             ///< "" where there is nothing to compare
};
[[nodiscard]] DiffResult diff(Workspace& workspace, const std::string& left, const std::string& right);

} // namespace mlp::workflow
