#include "workflow/checking.hpp"

#include "base/error.hpp"
#include "config/data_schema.hpp"
#include "dataset/read_table.hpp"
#include "dataset/roles.hpp"
#include "model/constraints.hpp"
#include "workflow/class_names.hpp"
#include "workflow/data_source.hpp"
#include "workflow/policy_source.hpp"

#include <algorithm>

namespace mlp::workflow {
namespace {

constexpr const char* k_project_file = "mlp.yaml";
constexpr const char* k_policy_file = "policy.yaml";

/// The column names of the data, from the first file's first rows.
std::vector<std::string> columns_of(Workspace& workspace, const config::Project& project,
                                    const std::string& path) {
  std::vector<std::string> names;
  const auto sources = dataset::sources_of(workspace.project_folder() / path, path);
  dataset::ReadOptions options = read_options(workspace, project);
  options.progress = nullptr;
  dataset::stream_table(sources.front(), options, 1, [&](dataset::Table&& table) {
    for (const dataset::Column& column : table.columns) {
      names.push_back(column.name);
    }
    return false;
  });
  return names;
}

void check_data(Workspace& workspace, const config::Project& project, CheckResult& result) {
  for (const std::string& path : project.data.paths) {
    std::error_code ignored;
    if (!fs::exists(workspace.project_folder() / path, ignored)) {
      result.notes.push_back(fmt::format("'{}' is not here: its columns were not checked", path));
      continue;
    }
    try {
      const std::vector<std::string> columns = columns_of(workspace, project, path);
      for (const auto& findings : {dataset::check_columns(columns, project, k_project_file),
                                   model::check_constraints(project, columns, k_project_file)}) {
        result.findings.insert(result.findings.end(), findings.begin(), findings.end());
      }
    } catch (const Error& error) {
      config::Finding finding;
      finding.rule = "unreadable_data";
      finding.file = k_project_file;
      finding.position = project.position_of("data.path");
      finding.message = error.what();
      result.findings.push_back(std::move(finding));
    }
  }
}

} // namespace

bool CheckResult::ok() const {
  return std::none_of(findings.begin(), findings.end(), [](const config::Finding& finding) {
    return finding.severity == config::Finding::Severity::error;
  });
}

CheckResult check(Workspace& workspace) {
  CheckResult result;
  const config::LoadedProject loaded =
      load_any_project(os::read_file(workspace.project_folder() / k_project_file), k_project_file, {});
  result.findings = loaded.findings;
  if (loaded.usable()) {
    check_data(workspace, loaded.project, result);
  }
  policy::Policy policy;
  const auto policy_text = os::read_file_if_exists(workspace.project_folder() / k_policy_file);
  if (!policy_text) {
    result.notes.emplace_back("policy.yaml is not here: nothing can be promoted");
  } else {
    auto of_policy = policy::load_policy(*policy_text, k_policy_file, policy_context(loaded.project));
    result.findings.insert(result.findings.end(), of_policy.findings.begin(), of_policy.findings.end());
    policy = std::move(of_policy.policy);
  }
  if (loaded.usable()) {
    const auto findings = check_class_names(workspace, loaded.project, policy);
    result.findings.insert(result.findings.end(), findings.begin(), findings.end());
  }
  if (const auto text = os::read_file_if_exists(workspace.project_folder() / config::k_schema_file)) {
    const auto schema = config::load_data_schema(*text, config::k_schema_file);
    result.findings.insert(result.findings.end(), schema.findings.begin(), schema.findings.end());
  }
  std::stable_sort(result.findings.begin(), result.findings.end(), [](const auto& a, const auto& b) {
    return std::tie(a.file, a.position.line, a.position.column) <
           std::tie(b.file, b.position.line, b.position.column);
  });
  return result;
}

Json to_json(const CheckResult& result) {
  Json findings = Json::array();
  for (const config::Finding& finding : result.findings) {
    findings.push_back(Json::object(
        {{"rule", finding.rule},
         {"severity", finding.severity == config::Finding::Severity::error ? "error" : "warning"},
         {"file", finding.file},
         {"line", finding.position.line},
         {"column", finding.position.column},
         {"message", finding.message},
         {"hint", finding.hint}}));
  }
  return Json::object({{"schema", "mlp.check/1"},
                       {"ok", result.ok()},
                       {"findings", std::move(findings)},
                       {"notes", result.notes}});
}

} // namespace mlp::workflow
