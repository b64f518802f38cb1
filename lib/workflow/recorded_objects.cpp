#include "workflow/recorded_objects.hpp"

#include "base/error.hpp"

namespace mlp::workflow {

/// Members of each kind of record that name an object of the store; dotted where nested.
const std::map<std::string, std::vector<std::string>>& object_members() {
  static const std::map<std::string, std::vector<std::string>> members = {
      {"dataset", {"dataset", "profile"}},
      {"run",
       {"model", "dataset", "config", "curve", "fingerprints", "code.snapshot", "test_file.dataset",
        "external.log"}},
      {"evaluation", {"model", "dataset", "document", "predictions", "predictions_file.object"}},
      {"decision", {"model", "policy.object", "champion_scores"}},
  };
  return members;
}

const Json& member(const Json& body, std::string_view dotted) {
  const auto dot = dotted.find('.');
  const Json& value = body[dotted.substr(0, dot)];
  return dot == std::string_view::npos ? value : member(value, dotted.substr(dot + 1));
}

std::string title(const ledger::Record& record) {
  return fmt::format("{} {}", record.kind, record.id.brief());
}

void take_ledger_findings(Workspace& workspace, AuditResult& result) {
  using Severity = AuditFinding::Severity;
  for (const ledger::LedgerFinding& finding : workspace.ledger().verify()) {
    const bool malformed = finding.kind == ledger::LedgerFinding::Kind::malformed;
    result.findings.push_back({malformed ? Severity::finding : Severity::integrity,
                               malformed ? "malformed_record" : "ledger",
                               finding.subject,
                               finding.why,
                               {}});
  }
}

} // namespace mlp::workflow
