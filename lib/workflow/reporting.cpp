#include "workflow/reporting.hpp"

#include "base/error.hpp"
#include "report/evaluation_html.hpp"
#include "report/evaluation_markdown.hpp"
#include "workflow/policy_source.hpp"
#include "workflow/stage_state.hpp"

namespace mlp::workflow {
namespace {

/// What the model of a stage reached on the same rows, by its newest evaluation; null where nobody measured
/// that.
Json evaluation_on_same_rows(Workspace& workspace, const std::string& model, const Json& document) {
  const auto& entries = workspace.ledger().entries();
  for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
    if (entry->kind != "evaluation" || entry->model != model ||
        entry->dataset != document["dataset"].string_or()) {
      continue;
    }
    const Json body = workspace.ledger().read(entry->id).body;
    const auto object = ContentId::from_hex(body["document"].string_or());
    if (object && body["split"] == document["split"] && body["part"] == document["part"] &&
        workspace.store().contains(*object)) {
      return Json::parse(workspace.store().get(*object), "evaluation " + entry->id.brief());
    }
  }
  return {};
}

/// The model of the highest stage that another model holds.
void find_champion(Workspace& workspace, const Json& document, report::PageFacts& facts) {
  const policy::Stages state = stage_state(workspace);
  for (const std::string& stage : stage_names(workspace)) {
    const policy::Tenure* holder = state.holder_of(stage);
    if (holder == nullptr || holder->model == document["model"].string_or()) {
      continue;
    }
    if (Json found = evaluation_on_same_rows(workspace, holder->model, document); !found.is_null()) {
      facts.champion = std::move(found);
      facts.champion_name = fmt::format("{} {} ({})", holder->name, holder->model.substr(0, 7), stage);
    }
  }
}

report::PageFacts facts_of(Workspace& workspace, const EvaluateResult& result, const ReportRequest& request) {
  const config::Project& project = workspace.project();
  report::PageFacts facts;
  facts.project = project.name;
  facts.question = project.product["question"].string_or();
  facts.decision = project.product["decision"].string_or();
  facts.owner = project.product["owner"]["name"].string_or();
  const Json& code = result.record.body["code"];
  facts.code = code["commit"].string_or("no commit") +
               (code["clean"].bool_or(false) ? "" : " and changes that are not committed");
  facts.program = request.program;
  facts.made = result.record.time;
  facts.worst_header = result.worst.header;
  facts.worst = result.worst.rows;
  find_champion(workspace, result.document, facts);
  return facts;
}

fs::path place_of(const Workspace& workspace, const std::string& path) {
  return workspace.context().directory / fs::path(path);
}

} // namespace

void require_page_place(const Workspace& workspace, const std::string& path) {
  const fs::path place = place_of(workspace, path);
  std::error_code ignored;
  if (!path.empty() && fs::is_directory(place, ignored)) {
    throw Error(ErrorCode::input, "'{}' is a folder: a report is a file", path).hint("name a file in it");
  }
  if (!path.empty() && !fs::is_directory(place.parent_path(), ignored)) {
    throw Error(ErrorCode::not_found, "the folder of '{}' does not exist", path)
        .hint(fmt::format("run `mkdir -p {}`", fs::path(path).parent_path().string()));
  }
}

void write_page(Workspace& workspace, const std::string& path, const std::function<std::string()>& make) {
  if (!path.empty()) {
    os::write_file(workspace.context().files, place_of(workspace, path), make());
  }
}

void require_report_places(const Workspace& workspace, const ReportRequest& request) {
  require_page_place(workspace, request.html);
  require_page_place(workspace, request.markdown);
}

void write_reports(Workspace& workspace, const EvaluateResult& result, const ReportRequest& request) {
  if (request.html.empty() && request.markdown.empty()) {
    return;
  }
  const report::PageFacts facts = facts_of(workspace, result, request);
  write_page(workspace, request.html, [&] { return report::evaluation_html(result.document, facts); });
  write_page(workspace, request.markdown,
             [&] { return report::evaluation_markdown(result.document, facts); });
}

} // namespace mlp::workflow
