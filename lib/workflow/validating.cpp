#include "workflow/validating.hpp"

#include "base/error.hpp"
#include "dataset/checks.hpp"
#include "validation/catalogue.hpp"
#include "validation/label_delay.hpp"
#include "validation/schema_checks.hpp"
#include "workflow/data_schema.hpp"
#include "workflow/examining.hpp"
#include "workflow/label_noise.hpp"
#include "workflow/opened_data.hpp"

#include <algorithm>
#include <set>

namespace mlp::workflow {
namespace {

using validation::Findings;

constexpr const char* k_project_file = "mlp.yaml";

/// Every column but text is a feature where nobody says what columns are for.
dataset::Roles plain_roles(const dataset::Table& table) {
  dataset::Roles roles;
  for (const dataset::Column& column : table.columns) {
    if (column.type != dataset::ColumnType::text) {
      roles.features.push_back(column.name);
    }
  }
  return roles;
}

void add_absent_columns(const dataset::Table& table, const config::Project& project, Findings& findings) {
  std::set<std::string> said;
  for (const config::Finding& finding :
       dataset::check_columns(column_names(table), project, k_project_file)) {
    if (said.insert(finding.message).second) {
      findings.add("missing_column", CheckStatus::fail,
                   fmt::format("{} ({}); {}", finding.message,
                               finding.text().substr(0, finding.text().find(": ")), finding.hint));
    }
  }
}

bool target_fits(const std::vector<Check>& checks) {
  static const std::set<std::string> problems = {"target_missing", "one_class", "target_classes",
                                                 "target_not_numeric"};
  return std::none_of(checks.begin(), checks.end(), [](const Check& check) {
    return check.status == CheckStatus::fail && problems.contains(check.id);
  });
}

/// The split that training would make; a finding where it cannot be made.
std::optional<dataset::Split> split_for(const Context& context, const dataset::Table& table,
                                        const config::Project& project, Findings& findings) {
  try {
    return dataset::split_of(table, project, context.threads);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::input) {
      throw;
    }
    findings.add("split", CheckStatus::fail, error.what());
    return std::nullopt;
  }
}

void add_passes(const std::vector<validation::Scope>& scopes, std::int64_t rows, Findings& findings) {
  std::set<std::string> found;
  for (const Check& check : findings.checks) {
    found.insert(check.id);
  }
  for (const validation::Skipped& skipped : findings.skipped) {
    found.insert(skipped.id);
  }
  for (const validation::CheckInfo& info : validation::catalogue()) {
    const std::string id(info.id);
    if (std::find(scopes.begin(), scopes.end(), info.scope) != scopes.end() && !found.contains(id)) {
      findings.add(id, CheckStatus::pass, "").n = rows;
    }
  }
}

/// What the schema says of personal data answers that check.
void add_schema_findings(const dataset::Table& table, const dataset::Profile& profile,
                         const dataset::Roles& roles, const config::DataSchema& schema, Findings& findings) {
  validation::check_schema(table, profile, schema, findings);
  validation::check_schema_roles(table, roles, schema, findings);
  validation::drop_answered(findings.checks, schema);
}

void append(Findings& findings, std::vector<Check> checks) {
  std::move(checks.begin(), checks.end(), std::back_inserter(findings.checks));
}

void append(Findings& findings, Findings more) {
  append(findings, std::move(more.checks));
  std::move(more.skipped.begin(), more.skipped.end(), std::back_inserter(findings.skipped));
}

/// The checks by what mlp.yaml says of the columns.
void examine_as_declared(Workspace& workspace, const OpenedData& data, const dataset::Profile& profile,
                         const config::DataSchema* schema, Findings& findings) {
  const config::Project& project = workspace.project();
  append(findings, dataset::check_for_training(data.table, profile, project));
  const dataset::Roles roles = dataset::roles_of(data.table, project);
  Examined examined{data.table, profile, project, roles};
  examined.labelled = target_fits(findings.checks);
  examined.previous_rows = rows_before(workspace, data.name, data.version);
  std::optional<dataset::Split> split;
  std::optional<LoadedData> test;
  if (examined.labelled) {
    split = split_for(workspace.context(), data.table, project, findings);
    examined.split = split ? &*split : nullptr;
    if (split && project.data.split.by == config::SplitBy::file) {
      test = load_data(workspace, project, {project.data.split.test_file});
      examined.test_table = &test->table;
    }
  }
  std::vector<validation::Scope> passed = {validation::Scope::table, validation::Scope::training};
  const validation::Subject subject = subject_of(workspace.context(), examined);
  if (schema != nullptr) {
    add_schema_findings(data.table, profile, roles, *schema, findings);
    validation::check_label_delay(subject, *schema, findings);
    passed.push_back(validation::Scope::schema);
  }
  add_passes(passed, profile.rows, findings);
  append(findings, validation::examine(subject, validation::Depth::all));
  report_label_noise(workspace, subject, findings);
}

void examine_as_table(Workspace& workspace, const OpenedData& data, const dataset::Profile& profile,
                      const config::DataSchema* schema, Findings& findings) {
  append(findings, dataset::check_table(data.table, profile));
  std::vector<validation::Scope> passed = {validation::Scope::table};
  if (schema != nullptr) {
    validation::check_schema(data.table, profile, *schema, findings);
    validation::drop_answered(findings.checks, *schema);
    findings.skip("label_delay", validation::k_no_target);
    findings.skip("schema.role", "mlp.yaml is not about these columns");
    passed.push_back(validation::Scope::schema);
  }
  add_passes(passed, profile.rows, findings);
  const config::Project nothing;
  const dataset::Roles roles = plain_roles(data.table);
  Examined examined{data.table, profile, nothing, roles};
  examined.previous_rows = rows_before(workspace, data.name, data.version);
  append(findings, validation::examine(subject_of(workspace.context(), examined), validation::Depth::all));
}

int rank_of(CheckStatus status) {
  return status == CheckStatus::fail ? 0 : status == CheckStatus::pass ? 2 : 1;
}

} // namespace

bool ValidatedData::ok() const {
  return std::none_of(checks.begin(), checks.end(),
                      [](const Check& check) { return check.status == CheckStatus::fail; });
}

ValidatedData validate_data(Workspace& workspace, const ValidateDataRequest& request) {
  const config::Project& project = workspace.project();
  std::optional<ReadSchema> schema;
  if (!request.schema.empty()) {
    schema = read_schema(workspace, request.schema);
  }
  const OpenedData data = open_to_look_at(workspace, request.data);
  const dataset::Profile profile = dataset::profile_of(data.table, workspace.context().threads);
  ValidatedData validated;
  validated.name = data.name;
  validated.dataset = data.version;
  validated.rows = profile.rows;
  validated.columns = static_cast<std::int64_t>(profile.columns.size());
  validated.about_project = has_project_columns(data.table, project);
  validated.notes = data.table.notes;
  if (!schema && (validated.about_project || request.data.empty())) {
    schema = project_schema(workspace);
  }
  const config::DataSchema* promises = schema ? &schema->schema : nullptr;
  Findings findings;
  if (validated.about_project) {
    examine_as_declared(workspace, data, profile, promises, findings);
  } else {
    if (request.data.empty()) {
      add_absent_columns(data.table, project, findings);
    } else {
      validated.notes.emplace_back(
          "mlp.yaml names columns that are not here: checked without target and split");
    }
    examine_as_table(workspace, data, profile, promises, findings);
  }
  if (schema) {
    validated.schema = sha256(schema->text);
  }
  std::stable_sort(findings.checks.begin(), findings.checks.end(),
                   [](const Check& a, const Check& b) { return rank_of(a.status) < rank_of(b.status); });
  validated.checks = std::move(findings.checks);
  validated.skipped = std::move(findings.skipped);
  return validated;
}

Json to_json(const ValidatedData& validated) {
  Json checks = Json::array();
  for (const Check& check : validated.checks) {
    checks.push_back(to_json(check));
  }
  Json skipped = Json::array();
  for (const validation::Skipped& one : validated.skipped) {
    skipped.push_back(Json::object({{"id", one.id}, {"why", one.why}}));
  }
  return Json::object({{"schema", "mlp.validation/1"},
                       {"ok", validated.ok()},
                       {"name", validated.name},
                       {"dataset", validated.dataset.hex()},
                       {"rows", validated.rows},
                       {"columns", validated.columns},
                       {"data_schema", validated.schema ? Json(validated.schema->hex()) : Json()},
                       {"checks", std::move(checks)},
                       {"skipped", std::move(skipped)},
                       {"notes", validated.notes}});
}

} // namespace mlp::workflow
