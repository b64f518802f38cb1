#include "base/error.hpp"
#include "workflow/deciding.hpp"
#include "workflow/stage_state.hpp"
#include "workflow/tracing.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace mlp::workflow {
namespace {

using Severity = AuditFinding::Severity;

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

std::vector<ledger::Record> records_until(Workspace& workspace, const std::string& at) {
  std::vector<ledger::Record> records;
  std::optional<std::string> until;
  std::optional<std::int64_t> last_seq;
  if (!at.empty()) {
    if (parse_time(at)) {
      until = until_time(at);
    } else {
      const Reference reference = resolve(workspace, at);
      last_seq = reference.entry->seq;
    }
  }
  for (const ledger::Entry& entry : workspace.ledger().entries()) {
    if ((!until || entry.time <= *until) && (!last_seq || entry.seq <= *last_seq)) {
      records.push_back(workspace.ledger().read(entry.id));
    }
  }
  return records;
}

/// Every stored object that records name, each verified once; which records name it.
class ObjectAudit {
public:
  explicit ObjectAudit(Workspace& workspace) : workspace_(workspace) {}

  void take(const ledger::Record& record, AuditResult& result) {
    const auto members = object_members().find(record.kind);
    if (members == object_members().end()) {
      return;
    }
    for (const std::string& name : members->second) {
      const Json& value = member(record.body, name);
      if (!value.is_null()) {
        verify(record, name, value.string_or(), result);
      }
    }
  }

private:
  void verify(const ledger::Record& record, const std::string& name, const std::string& hex,
              AuditResult& result) {
    const auto id = ContentId::from_hex(hex);
    if (!id) {
      result.findings.push_back({Severity::integrity,
                                 "bad_reference",
                                 title(record),
                                 fmt::format("'{}' is no hash: '{}'", name, hex),
                                 {}});
      return;
    }
    const auto [known, first] = verdicts_.try_emplace(*id);
    if (first) {
      ++result.objects;
      workspace_.context().interrupt.check();
      known->second = verdict(*id);
      if (known->second.empty() && (name == "model" || name == "code.snapshot" || is_folder(*id))) {
        for (const store::TreeItem& item : workspace_.store().get_tree(*id)) {
          ++result.objects;
          const std::string bad = verdicts_.try_emplace(item.id, verdict(item.id)).first->second;
          if (!bad.empty() && known->second.empty()) {
            known->second = fmt::format("its file '{}': {}", item.path, bad);
          }
        }
      }
    }
    if (!known->second.empty()) {
      result.findings.push_back(
          {Severity::integrity, "object", hex, fmt::format("{}: {}", name, known->second), {title(record)}});
    }
  }

  /// A dataset may be a file or a folder; only a small object can be told by its first bytes cheaply.
  [[nodiscard]] bool is_folder(const ContentId& id) const {
    constexpr std::uint64_t k_largest_listing = 64ULL << 20U;
    const auto size = workspace_.store().size_of(id);
    return size && *size <= k_largest_listing && store::is_tree_listing(workspace_.store().get(id));
  }

  [[nodiscard]] std::string verdict(const ContentId& id) const {
    if (!workspace_.store().contains(id)) {
      return "is not in the store";
    }
    return workspace_.store().verify(id).value_or("");
  }

  Workspace& workspace_;
  std::map<ContentId, std::string> verdicts_; ///< empty = intact
};

const ledger::Record* find(const std::vector<ledger::Record>& records, const std::string& id) {
  const auto found =
      std::find_if(records.begin(), records.end(), [&](const auto& record) { return record.id.hex() == id; });
  return found == records.end() ? nullptr : &*found;
}

/// A promotion must have been allowed by its own rules, on evidence that exists and is about the same model.
void audit_promotion(const std::vector<ledger::Record>& records, const ledger::Record& record,
                     AuditResult& result) {
  const Json& body = record.body;
  const auto complain = [&](Severity severity, const char* id, std::string why) {
    result.findings.push_back({severity, id, title(record), std::move(why), {}});
  };
  const std::string evidence = body["evaluation"].string_or();
  const ledger::Record* evaluation = find(records, evidence);
  if (evidence.empty()) {
    complain(Severity::finding, "no_evidence", "no evaluation stands behind this promotion");
  } else if (evaluation == nullptr) {
    complain(Severity::integrity, "lost_evidence",
             fmt::format("its evaluation {} is not in the ledger", evidence.substr(0, 7)));
  } else if (evaluation->body["model"] != body["model"] || evaluation->body["dataset"] != body["dataset"]) {
    complain(Severity::integrity, "foreign_evidence",
             fmt::format("its evaluation {} is about another model or dataset", evidence.substr(0, 7)));
  } else if (evaluation->seq >= record.seq) {
    complain(Severity::integrity, "late_evidence", "its evaluation was recorded after it");
  }
  if (body["rules"].is_array()) {
    for (const Json& rule : body["rules"].as_array()) {
      if (rule["blocks"].bool_or(false)) {
        complain(Severity::integrity, "forced",
                 fmt::format("it was promoted although rule '{}' refused it", rule["rule"].string_or()));
      }
    }
  }
  if (body["policy"]["object"] != body["policy"]["hash"]) {
    complain(Severity::integrity, "policy", "the stored policy is not the one that judged");
  }
}

void audit_decision(const std::vector<ledger::Record>& records, const ledger::Record& record,
                    AuditResult& result) {
  ++result.decisions;
  const std::string model = record.body["model"].string_or();
  const bool trained = std::any_of(records.begin(), records.end(), [&](const auto& other) {
    return other.kind == "run" && other.body["model"].string_or() == model;
  });
  if (!trained) {
    result.findings.push_back({Severity::integrity,
                               "unknown_model",
                               title(record),
                               fmt::format("no run made model {}", model.substr(0, 7)),
                               {}});
  }
  const std::string expects = record.body["expects"].string_or();
  if (!expects.empty() && find(records, expects) == nullptr) {
    result.findings.push_back(
        {Severity::integrity,
         "lost_decision",
         title(record),
         fmt::format("the decision before it, {}, is not in the ledger", expects.substr(0, 7)),
         {}});
  }
  if (record.body["decision"].string_or() == "promotion") {
    audit_promotion(records, record, result);
    if (record.body["policy"]["branch"].string_or() == "unprotected") {
      result.notes.push_back(fmt::format("{}: judged by an unprotected policy", title(record)));
    }
  }
}

void take_ledger_findings(Workspace& workspace, AuditResult& result) {
  for (const ledger::LedgerFinding& finding : workspace.ledger().verify()) {
    const bool malformed = finding.kind == ledger::LedgerFinding::Kind::malformed;
    result.findings.push_back({malformed ? Severity::finding : Severity::integrity,
                               malformed ? "malformed_record" : "ledger",
                               finding.subject,
                               finding.why,
                               {}});
  }
}

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

bool AuditResult::tampered() const {
  return std::any_of(findings.begin(), findings.end(),
                     [](const AuditFinding& finding) { return finding.severity == Severity::integrity; });
}

AuditResult audit(Workspace& workspace, const std::string& at) {
  AuditResult result;
  take_ledger_findings(workspace, result);
  const std::vector<ledger::Record> records = records_until(workspace, at);
  result.records = static_cast<std::int64_t>(records.size());
  ObjectAudit objects(workspace);
  std::uint64_t done = 0;
  for (const ledger::Record& record : records) {
    workspace.context().progress.show("auditing", ++done, records.size(), "records", "");
    objects.take(record, result);
    if (record.kind == "decision") {
      audit_decision(records, record, result);
    }
  }
  workspace.context().progress.finish();
  return result;
}

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
        {Severity::integrity, "store", finding.path, finding.why, affected.by(finding.id)});
  }
  return result;
}

Json to_json(const AuditResult& result, const std::string& schema) {
  Json findings = Json::array();
  for (const AuditFinding& finding : result.findings) {
    findings.push_back(
        Json::object({{"id", finding.id},
                      {"severity", finding.severity == Severity::integrity ? "integrity" : "finding"},
                      {"subject", finding.subject},
                      {"why", finding.why},
                      {"affected", finding.affected}}));
  }
  return Json::object({{"schema", schema},
                       {"records", result.records},
                       {"objects", result.objects},
                       {"decisions", result.decisions},
                       {"ok", result.findings.empty()},
                       {"findings", std::move(findings)},
                       {"notes", result.notes}});
}

} // namespace mlp::workflow
