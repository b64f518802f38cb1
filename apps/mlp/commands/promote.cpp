#include "commands/commands.hpp"
#include "context.hpp"
#include "report/findings.hpp"
#include "workflow/promoting.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <ostream>

namespace mlp::cli {
namespace {

void print(Session& session, const workflow::PromoteResult& result) {
  const report::Style style(session.color);
  for (const std::string& note : result.notes) {
    session.err << "note: " << note << "\n";
  }
  session.out << report::rules_list(result.verdict.rules, style);
  const auto blocking = std::count_if(result.verdict.rules.begin(), result.verdict.rules.end(),
                                      [](const policy::RuleResult& rule) { return rule.blocks; });
  const std::string model = fmt::format("{} {}", result.name, result.model.brief());
  if (result.dry_run) {
    session.out << (result.verdict.allowed ? "would be allowed" : "would be refused") << "   " << model
                << " to " << result.stage << "   nothing decided (recorded as a look at the test set)\n";
  } else if (result.verdict.allowed) {
    session.out << style.bold(fmt::format("{:<9} {}", result.stage, model)) << "   recorded decision "
                << result.record->id.brief() << "\n";
  } else {
    session.out << style.red("refused")
                << fmt::format("  {} of {} rules failed   recorded denial {}\n", blocking,
                               result.verdict.rules.size(), result.record->id.brief());
  }
  for (const std::string& hint : result.hints) {
    session.err << "hint: " << hint << "\n";
  }
}

Exit run(const workflow::PromoteRequest& request, Session& session) {
  const auto context = context_of(session);
  workflow::Workspace workspace(context);
  const workflow::PromoteResult result = workflow::promote(workspace, request);
  if (session.json) {
    session.print(to_json(result));
  } else {
    print(session, result);
  }
  return result.verdict.allowed ? Exit::ok : Exit::no;
}

} // namespace

Command promote_command() {
  return {.name = "promote",
          .group = "Decide",
          .summary = "Move a model to a stage if the policy allows it",
          .description =
              "Judges the stage's gates by the protected branch's policy.yaml, scoring model and present "
              "holder anew "
              "on the same rows. Records a promotion or a denial; what is missing is not made, but named.",
          .example = "mlp promote --to staging\nmlp promote income@HEAD --to production --dry-run",
          .exits = {{0, "promoted (dry run: it would be)"},
                    {1, "refused by a rule, or the stage moved"},
                    {3, "no such model or stage, or no valid policy.yaml"}},
          .declare = [](Options& options) {
            auto request = std::make_shared<workflow::PromoteRequest>();
            options.positional("MODEL", &request->model,
                               "model to move; the newest where left out (with CI set: name it)");
            options.option("--to", "STAGE", &request->stage, "stage to move it to").required = true;
            options.flag("--dry-run", request->dry_run,
                         "judge and decide nothing; counts as a look at the test set");
            return [request](Session& session) { return run(*request, session); };
          }};
}

} // namespace mlp::cli
