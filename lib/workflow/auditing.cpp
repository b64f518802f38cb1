#include "base/error.hpp"
#include "workflow/deciding.hpp"
#include "workflow/recorded_objects.hpp"
#include "workflow/tracing.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace mlp::workflow {
namespace {

using Severity = AuditFinding::Severity;

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
