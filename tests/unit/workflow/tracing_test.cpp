#include "workflow/tracing.hpp"

#include "unit/workflow/opened_project.hpp"
#include "workflow/deciding.hpp"

#include <fstream>

namespace mlp::workflow {
namespace {

using test::error_of;
using test::OpenedProject;
using Kinds = std::vector<std::string>;

LineageNode traced(OpenedProject& project, const std::string& text, Direction direction) {
  auto workspace = project.open();
  return lineage(workspace, text, direction);
}

Kinds kinds(const LineageNode& node) {
  Kinds found;
  for (const LineageNode& link : node.links) {
    found.push_back(link.kind);
  }
  return found;
}

AuditResult audited(OpenedProject& project, const std::string& at = "") {
  auto workspace = project.open();
  return audit(workspace, at);
}

Kinds rules(const AuditResult& result) {
  Kinds found;
  for (const AuditFinding& finding : result.findings) {
    found.push_back(finding.id);
  }
  return found;
}

std::filesystem::path object_file(const OpenedProject& project, const std::string& hex) {
  return project.root / ".git/mlp/objects" / hex.substr(0, 2) / hex.substr(2);
}

void flip_last_byte(const std::filesystem::path& path) {
  std::string bytes = os::read_file(path);
  bytes.back() = static_cast<char>(bytes.back() ^ 1);
  std::filesystem::permissions(path, std::filesystem::perms::owner_write, std::filesystem::perm_options::add);
  std::ofstream(path, std::ios::binary) << bytes;
}

} // namespace

TEST_CASE("lineage up: a decision leads over evaluation, model and run to data, code and configuration") {
  OpenedProject project;
  const TrainResult trained = project.train();
  static_cast<void>(project.evaluate());
  const PromoteResult promoted = project.promote("staging");
  const LineageNode decision = traced(project, promoted.record->id.hex(), Direction::up);
  CHECK(kinds(decision) == Kinds{"evaluation", "policy", "model"});
  const LineageNode& evaluation = decision.links[0];
  CHECK(kinds(evaluation) == Kinds{"model", "dataset"});
  const LineageNode& model = evaluation.links[0];
  CHECK(model.id == trained.model.hex());
  CHECK(model.text == "churn " + trained.model.brief() + ", holds staging");
  REQUIRE(kinds(model) == Kinds{"run"});
  CHECK(kinds(model.links[0]) == Kinds{"dataset", "code", "config"});
  CHECK(model.links[0].links[0].id == trained.dataset.hex());
  CHECK(decision.links[2].links.empty()); // each thing is expanded once
  CHECK(to_json(decision)["links"].size() == 3);
}

TEST_CASE(
    "lineage down: from data to runs, models, what was decided on them, and evaluations of other data") {
  OpenedProject project;
  const TrainResult trained = project.train();
  static_cast<void>(project.evaluate());
  REQUIRE(project.promote("staging").verdict.allowed);
  project.write("data/june.csv", test::customers(80, 1001));
  static_cast<void>(project.evaluate("", "data/june.csv"));
  const LineageNode data = traced(project, "data/churn.csv", Direction::down);
  REQUIRE(kinds(data) == Kinds{"run"});
  REQUIRE(kinds(data.links[0]) == Kinds{"model"});
  CHECK(kinds(data.links[0].links[0]) == Kinds{"evaluation", "decision", "evaluation"});
  CHECK(kinds(traced(project, trained.run.id.hex(), Direction::down)) == Kinds{"model"});
  const LineageNode june = traced(project, "data/june.csv", Direction::down);
  CHECK(june.text.starts_with("june "));
  CHECK(kinds(june) == Kinds{"evaluation"});
}

TEST_CASE("audit: a whole loop is intact, and is counted") {
  OpenedProject project;
  static_cast<void>(project.promoted());
  const AuditResult result = audited(project);
  CHECK(rules(result) == Kinds{});
  CHECK(result.records == 3);
  CHECK(result.decisions == 1);
  CHECK(result.objects > 8);
  CHECK_FALSE(result.tampered());
  CHECK(to_json(result, "mlp.audit/1")["ok"] == true);
}

TEST_CASE("audit: an object that lost a bit, or is gone, is named with the record that names it") {
  OpenedProject project;
  const TrainResult trained = project.train();
  const std::string curve = trained.run.body["curve"].as_string();
  flip_last_byte(object_file(project, curve));
  const AuditResult damaged = audited(project);
  REQUIRE(rules(damaged) == Kinds{"object"});
  CHECK(damaged.tampered());
  CHECK(damaged.findings[0].subject == curve);
  CHECK(damaged.findings[0].affected == Kinds{"run " + trained.run.id.brief()});
  REQUIRE(std::filesystem::remove(object_file(project, curve)));
  CHECK(audited(project).findings[0].why == "curve: is not in the store");
}

TEST_CASE("audit: a file of a model that was changed is found through its folder") {
  OpenedProject project;
  const TrainResult trained = project.train();
  auto workspace = project.open();
  const auto items = workspace.store().get_tree(trained.model);
  flip_last_byte(object_file(project, items.front().id.hex()));
  const AuditResult result = audited(project);
  REQUIRE(rules(result) == Kinds{"object"});
  CHECK(result.findings[0].subject == trained.model.hex());
  CHECK(result.findings[0].why.starts_with("model: its file 'features.json': "));
}

TEST_CASE("audit: a promotion that no evaluation or no rule stands behind is found") {
  OpenedProject project;
  const TrainResult trained = project.train();
  auto workspace = project.open();
  const auto forge = [&](const Json& evaluation, bool blocks) {
    return workspace.record(
        "decision",
        Json::object({{"decision", "promotion"},
                      {"model", trained.model.hex()},
                      {"name", "churn"},
                      {"stage", "staging"},
                      {"dataset", trained.dataset.hex()},
                      {"evaluation", evaluation},
                      {"rules", Json::array({Json::object({{"rule", "roc_auc"}, {"blocks", blocks}})})}}));
  };
  static_cast<void>(forge(Json(), false));
  CHECK(rules(audited(project)) == Kinds{"no_evidence"});
  CHECK_FALSE(audited(project).tampered()); // a finding, no tampering
  static_cast<void>(forge(std::string(64, 'a'), true));
  CHECK(rules(audited(project)) == Kinds{"no_evidence", "lost_evidence", "forced"});
  CHECK(audited(project).tampered());
  const ContentId other = project.train({"max_depth=2"}).model;
  const EvaluateResult evaluated = project.evaluate(other.hex());
  auto later = project.open();
  static_cast<void>(later.record("decision", Json::object({{"decision", "promotion"},
                                                           {"model", trained.model.hex()},
                                                           {"dataset", trained.dataset.hex()},
                                                           {"evaluation", evaluated.record.id.hex()}})));
  CHECK(rules(audited(project)).back() == "foreign_evidence");
}

TEST_CASE("audit --at: only what was recorded until that day or record") {
  OpenedProject project;
  const TrainResult first = project.train();
  project.now += 24 * 3600;
  static_cast<void>(project.train({"max_depth=2"}));
  CHECK(audited(project).records == 2);
  CHECK(audited(project, "2026-11-23").records == 1);
  CHECK(audited(project, first.run.id.hex()).records == 1);
  CHECK(audited(project, "2026-11-22").records == 0);
  CHECK(error_of([&] { static_cast<void>(audited(project, "nonsense")); }).code() == ErrorCode::not_found);
}

TEST_CASE("fsck: a damaged pack is named with what it belongs to, up to the stages") {
  OpenedProject project;
  const ContentId model = project.promoted();
  auto run = [&] {
    auto workspace = project.open();
    for (const ledger::Entry& entry : workspace.ledger().entries()) {
      if (entry.kind == "run") {
        return entry.id.brief();
      }
    }
    return std::string();
  }();
  {
    auto workspace = project.open();
    CHECK(fsck(workspace, true).findings.empty());
  }
  const std::filesystem::directory_iterator packs(project.root / ".git/mlp/packs");
  flip_last_byte(packs->path()); // of the data alone: models are loose objects
  auto workspace = project.open();
  const AuditResult result = fsck(workspace, false);
  REQUIRE(rules(result) == Kinds{"store"});
  const Kinds& affected = result.findings[0].affected;
  const auto names = [&](const std::string& text) {
    return std::count(affected.begin(), affected.end(), text) == 1;
  };
  CHECK(names("run " + run + " (dataset churn)"));
  CHECK(names("stage staging (churn " + model.brief() + ")"));
}

} // namespace mlp::workflow
