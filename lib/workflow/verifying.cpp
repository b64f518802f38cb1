#include "base/error.hpp"
#include "workflow/recorded_objects.hpp"
#include "workflow/stage_state.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace mlp::workflow {
namespace {

/// Which records need damaged objects, and which stages hold models that do.
class Affected {
public:
  Affected(Workspace& workspace, const std::vector<ledger::Record>& records)
      : workspace_(workspace), records_(records) {}

  /// `object`: of the finding; where it has none, what is not there counts: nobody knows what a broken pack
  /// held.
  [[nodiscard]] std::vector<std::string> by(const std::string& object) {
    const auto damaged = ContentId::from_hex(object);
    std::set<std::string> names;
    std::set<std::string> models;
    for (const ledger::Record& record : records_) {
      const auto members = object_members().find(record.kind);
      if (members == object_members().end()) {
        continue;
      }
      for (const std::string& name : members->second) {
        if (needs(member(record.body, name).string_or(), damaged)) {
          names.insert(fmt::format("{} ({} {})", title(record), name, record.body["name"].string_or()));
          models.insert(record.body["model"].string_or());
        }
      }
    }
    for (const auto& [stage, state] : stage_state(workspace_).stages) {
      const policy::Tenure* holder = state.holder();
      if (holder != nullptr && models.contains(holder->model)) {
        names.insert(fmt::format("stage {} ({} {})", stage, holder->name, holder->model.substr(0, 7)));
      }
    }
    return {names.begin(), names.end()};
  }

private:
  /// Whether a named object is the damaged one (or, without one, absent), or a folder that holds it.
  [[nodiscard]] bool needs(const std::string& hex, const std::optional<ContentId>& damaged) {
    const auto id = ContentId::from_hex(hex);
    if (!id) {
      return false;
    }
    const auto& files = files_of(*id);
    if (damaged) {
      return *id == *damaged || files.contains(*damaged);
    }
    return std::any_of(files.begin(), files.end(),
                       [&](const ContentId& file) { return !workspace_.store().contains(file); });
  }

  /// Of a folder, and itself.
  [[nodiscard]] const std::set<ContentId>& files_of(const ContentId& id) {
    const auto [known, first] = files_.try_emplace(id);
    if (first) {
      known->second.insert(id);
      try {
        if (workspace_.store().contains(id) && workspace_.store().is_tree(id)) {
          for (const store::TreeItem& item : workspace_.store().get_tree(id)) {
            known->second.insert(item.id);
          }
        }
      } catch (const Error&) { // NOLINT(bugprone-empty-catch): a damaged listing is a finding of its own
      }
    }
    return known->second;
  }

  Workspace& workspace_;
  const std::vector<ledger::Record>& records_;
  std::map<ContentId, std::set<ContentId>> files_; ///< of folders, themselves among them
};

} // namespace

AuditResult fsck(Workspace& workspace, bool deep) {
  AuditResult result;
  take_ledger_findings(workspace, result);
  std::vector<ledger::Record> records;
  for (const ledger::Entry& entry : workspace.ledger().entries()) {
    try {
      records.push_back(workspace.ledger().read(entry.id));
    } catch (const Error&) { // reported above; the rest must still be checked
      continue;
    }
  }
  result.records = static_cast<std::int64_t>(records.size());
  const auto found =
      workspace.store().fsck(deep, &workspace.context().progress, &workspace.context().interrupt);
  Affected affected(workspace, records);
  for (const store::StoreFinding& finding : found) {
    result.findings.push_back(
        {AuditFinding::Severity::integrity, "store", finding.path, finding.why, affected.by(finding.id)});
  }
  return result;
}

} // namespace mlp::workflow
