#include "commands/commands.hpp"
#include "context.hpp"
#include "report/display.hpp"
#include "report/numbers.hpp"
#include "workflow/tracing.hpp"

#include <fmt/ranges.h>

#include <memory>
#include <ostream>

namespace mlp::cli {
namespace {

Exit answer(const workflow::AuditResult& result) {
  if (result.tampered()) {
    return Exit::integrity;
  }
  return result.findings.empty() ? Exit::ok : Exit::no;
}

void print_findings(Session& session, const workflow::AuditResult& result) {
  const report::Style style(session.color);
  for (const workflow::AuditFinding& finding : result.findings) {
    const bool integrity = finding.severity == workflow::AuditFinding::Severity::integrity;
    session.out << fmt::format("{}  {}  {}: {}\n",
                               integrity ? style.red("INTEGRITY") : style.yellow("finding"), finding.id,
                               report::printable(finding.subject), report::printable(finding.why));
    if (!finding.affected.empty()) {
      session.out << fmt::format("    affects {}\n", fmt::join(finding.affected, ", "));
    }
  }
  for (const std::string& note : result.notes) {
    session.out << "note: " << note << "\n";
  }
}

Exit run_audit(const std::string& at, Session& session) {
  const auto context = context_of(session);
  workflow::Workspace workspace = workflow::Workspace::anywhere(context);
  const workflow::AuditResult result = workflow::audit(workspace, at);
  if (session.json) {
    session.print(to_json(result, "mlp.audit/1"));
    return answer(result);
  }
  print_findings(session, result);
  session.out << fmt::format("{} records, {} objects, {} decisions: {}\n", report::thousands(result.records),
                             report::thousands(result.objects), report::thousands(result.decisions),
                             result.findings.empty() ? "all intact"
                                                     : fmt::format("{} findings", result.findings.size()));
  return answer(result);
}

Exit run_fsck(bool deep, Session& session) {
  const auto context = context_of(session);
  workflow::Workspace workspace = workflow::Workspace::anywhere(context);
  const workflow::AuditResult result = workflow::fsck(workspace, deep);
  if (session.json) {
    session.print(to_json(result, "mlp.fsck/1"));
    return answer(result);
  }
  print_findings(session, result);
  session.out << (result.findings.empty() ? "store and ledger are intact\n"
                                          : fmt::format("{} findings\n", result.findings.size()));
  return answer(result);
}

} // namespace

Command audit_command() {
  return {.name = "audit",
          .group = "Account",
          .summary = "Verify every record, object and decision",
          .description = "Checks each record's hash, that the ledger only grew, that every object a record "
                         "names is present and "
                         "intact, and that each promotion's evidence stands. Names exactly what does not.",
          .example = "mlp audit\nmlp audit --at 2026-06-30",
          .exits = {{0, "all intact"},
                    {1, "findings that are no tampering"},
                    {4, "bytes or history were changed"}},
          .declare = [](Options& options) {
            auto at = std::make_shared<std::string>();
            options.option("--at", "DATE|RECORD", at.get(), "only what was recorded until then");
            return [at](Session& session) { return run_audit(*at, session); };
          }};
}

Command fsck_command() {
  return {.name = "fsck",
          .group = "Share and keep",
          .summary = "Verify every file of the object store",
          .description =
              "Reads every stored file outside cache/, tmp/ and trash/ and compares it with its hash, and "
              "every record of the ledger; with --deep also decodes every piece and hashes every content "
              "whole. Says which datasets, models and stages need what is damaged.",
          .example = "mlp fsck\nmlp fsck --deep",
          .exits = {{0, "all intact"},
                    {1, "malformed records, nothing changed"},
                    {4, "stored bytes do not match their hash"}},
          .declare = [](Options& options) {
            auto deep = std::make_shared<bool>(false);
            options.flag("--deep", *deep, "decode and hash every content, too");
            return [deep](Session& session) { return run_fsck(*deep, session); };
          }};
}

} // namespace mlp::cli
