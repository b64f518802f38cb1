#include "base/error.hpp"
#include "commands/commands.hpp"
#include "config/rules.hpp"
#include "context.hpp"
#include "report/display.hpp"
#include "workflow/checking.hpp"

#include <fmt/format.h>

#include <memory>
#include <ostream>

namespace mlp::cli {
namespace {

Exit explain(const std::string& rule, Session& session) {
  const std::string text(config::explain_rule(rule));
  if (session.json) {
    session.print(Json::object({{"schema", "mlp.rule/1"}, {"rule", rule}, {"text", text}}));
  } else {
    session.out << rule << "\n" << report::wrapped(text, session.width, 2);
  }
  return Exit::ok;
}

Exit run(const std::string& rule, Session& session) {
  if (!rule.empty()) {
    return explain(rule, session);
  }
  const auto context = context_of(session);
  workflow::Workspace workspace(context);
  const workflow::CheckResult result = workflow::check(workspace);
  if (session.json) {
    session.print(to_json(result));
    return result.ok() ? Exit::ok : Exit::input;
  }
  const report::Style style(session.color);
  std::size_t errors = 0;
  for (const config::Finding& finding : result.findings) {
    const bool error = finding.severity == config::Finding::Severity::error;
    errors += error ? 1U : 0U;
    session.out << finding.text() << style.dim(" [" + finding.rule + "]") << (error ? "" : " (warning)")
                << "\n";
    if (!finding.hint.empty()) {
      session.out << "  hint: " << finding.hint << "\n";
    }
  }
  for (const std::string& note : result.notes) {
    session.out << "note: " << note << "\n";
  }
  if (result.ok()) {
    session.out << "mlp.yaml and policy.yaml are right\n";
    return Exit::ok;
  }
  session.err << fmt::format("{} error{}; `mlp check --explain RULE` says more of one\n", errors,
                             errors == 1 ? "" : "s");
  return Exit::input;
}

} // namespace

Command check_command() {
  return {
      .name = "check",
      .group = "Start",
      .summary = "Say all that is wrong with mlp.yaml and policy.yaml",
      .description =
          "Looks for unknown keys, wrong types, impossible combinations, unknown metrics and parameters, and "
          "columns that the data lack. Shows all findings at once, each with file:line:column.",
      .example = "mlp check\nmlp check --explain unknown_key",
      .exits = {{0, "both files are right"}, {3, "there are errors"}},
      .declare = [](Options& options) {
        auto rule = std::make_shared<std::string>();
        options.option("--explain", "RULE", rule.get(), "what a rule means and what to do");
        return [rule](Session& session) { return run(*rule, session); };
      }};
}

} // namespace mlp::cli
