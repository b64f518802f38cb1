#include "workflow/current_rule.hpp"

#include "base/error.hpp"
#include "model/given_predictions.hpp"

namespace mlp::workflow {
namespace {

std::string read_rule_file(Workspace& workspace, const std::string& path) {
  auto bytes = os::read_file_if_exists(workspace.project_folder() / path);
  if (!bytes) {
    const config::Position at = workspace.project().position_of("evaluation.current_rule.predictions");
    throw Error(ErrorCode::not_found,
                "mlp.yaml:{}:{}: 'evaluation.current_rule.predictions' names '{}', which does not exist",
                at.line, at.column, path)
        .hint("check the path's spelling: it starts at the project's folder");
  }
  return std::move(*bytes);
}

/// The rule's predictions of the scored rows.
void take_file(Workspace& workspace, const model::Artifact& artifact, const TestRows& test,
               CurrentRule& rule) {
  const Context& context = workspace.context();
  const std::string bytes = read_rule_file(workspace, rule.path);
  const model::PredictedTarget target{artifact.task, artifact.target, artifact.classes, artifact.id_column};
  const auto given = model::read_predictions(rule.path, bytes, target,
                                             {context.threads, &context.progress, &context.interrupt});
  const auto match =
      model::match_predictions(given, target,
                               {.table = test.table,
                                .name = fmt::format("{} {}", test.dataset_name, test.dataset.brief()),
                                .remedy = "does `evaluation.current_rule` name predictions of other data?",
                                .part = test.part_rows,
                                .part_has_files = test.part == "test"});
  const std::size_t width = given.scores.size() / given.rows;
  for (std::uint32_t i = 0; i < test.rows.size(); ++i) {
    const std::int64_t entry = match.entry_of[test.rows[i]];
    if (entry < 0 || given.empty[static_cast<std::size_t>(entry)]) {
      continue;
    }
    rule.scores.at.push_back(i);
    const auto first =
        given.scores.begin() + static_cast<std::ptrdiff_t>(static_cast<std::size_t>(entry) * width);
    rule.scores.scores.insert(rule.scores.scores.end(), first, first + static_cast<std::ptrdiff_t>(width));
  }
  if (rule.scores.at.empty()) {
    throw Error(ErrorCode::input, "'{}' predicts none of the {} rows that are scored", rule.path,
                test.rows.size())
        .hint("`mlp data split --part test` lists the rows of the test part");
  }
  rule.scores.labels_only = given.labels_only;
  rule.scores.threshold =
      given.labels_only ? 0.5 : workspace.project().evaluation.current_rule.threshold.value_or(0.5);
  rule.object = workspace.store().put(bytes);
}

} // namespace

std::optional<CurrentRule> current_rule(Workspace& workspace, const model::Artifact& artifact,
                                        const TestRows& test, const evaluation::Scored& scored,
                                        std::string& note) {
  const config::Project& project = workspace.project();
  const config::CurrentRule& asked = project.evaluation.current_rule;
  if (!asked.is_given()) {
    return std::nullopt;
  }
  CurrentRule rule;
  rule.column = asked.column;
  rule.path = asked.predictions;
  if (!asked.column.empty()) {
    rule.scores = evaluation::rule_of_column(test.table, test.rows, scored, project);
  } else {
    try {
      take_file(workspace, artifact, test, rule);
    } catch (const Error& error) {
      if (test.part == "test" || error.code() != ErrorCode::input) {
        throw;
      }
      note = fmt::format("no current rule beside it: {}", error.what());
      return std::nullopt;
    }
  }
  rule.undecided = static_cast<std::int64_t>(test.rows.size() - rule.scores.at.size());
  return rule;
}

Check check_of(const CurrentRule& rule) {
  Check check;
  check.id = "current_rule_undecided";
  check.observed = static_cast<double>(rule.undecided);
  check.n = rule.undecided + static_cast<std::int64_t>(rule.scores.at.size());
  check.subject = rule.column.empty() ? rule.path : rule.column;
  if (rule.undecided > 0) {
    check.status = CheckStatus::warn;
    check.why = fmt::format("the current rule decides {} of {} rows: it is compared on these alone",
                            rule.scores.at.size(), *check.n);
  }
  return check;
}

Json to_json(const CurrentRule& rule) {
  return Json::object({{"column", rule.column.empty() ? Json() : Json(rule.column)},
                       {"predictions", rule.path.empty() ? Json() : Json(rule.path)},
                       {"object", rule.object ? Json(rule.object->hex()) : Json()},
                       {"labels_only", rule.scores.labels_only},
                       {"threshold", rule.scores.labels_only ? Json() : Json(rule.scores.threshold)},
                       {"n", rule.scores.at.size()},
                       {"undecided", rule.undecided}});
}

} // namespace mlp::workflow
