#include "commands/commands.hpp"
#include "context.hpp"
#include "report/diff_text.hpp"
#include "workflow/listing.hpp"

#include <fmt/format.h>

#include <memory>
#include <ostream>

namespace mlp::cli {
namespace {

struct DiffOptions {
  std::string left;
  std::string right;
};

Exit run(const DiffOptions& options, Session& session) {
  const auto context = context_of(session);
  workflow::Workspace workspace = workflow::Workspace::anywhere(context);
  const workflow::DiffResult result = workflow::diff(workspace, options.left, options.right);
  const Exit answer = result.differences.empty() ? Exit::ok : Exit::no;
  if (session.json) {
    Json differences = Json::array();
    for (const report::DiffLine& line : result.differences) {
      differences.push_back(Json::object(
          {{"area", line.area}, {"name", line.name}, {"left", line.left}, {"right", line.right}}));
    }
    session.print(
        Json::object({{"schema", "mlp.diff/1"},
                      {"left", result.left},
                      {"right", result.right},
                      {"differences", std::move(differences)},
                      {"comparison", result.comparison ? workflow::to_json(*result.comparison) : Json()}}));
    return answer;
  }
  if (result.differences.empty()) {
    session.out << fmt::format("{} and {} do not differ\n", result.left, result.right);
    return answer;
  }
  std::string text = fmt::format("- {}\n+ {}\n{}", result.left, result.right,
                                 report::diff_table(result.differences, report::Style(session.color)));
  if (result.comparison) {
    text += report::comparison_table(workflow::to_json(*result.comparison));
  } else if (!result.why_no_comparison.empty()) {
    session.err << "note: " << result.why_no_comparison << "\n";
  }
  session.page(text);
  return answer;
}

} // namespace

Command diff_command() {
  return {.name = "diff",
          .group = "Experiment",
          .summary = "Show what differs between two runs, models or evaluations",
          .description =
              "Compares data, code, parameters, environment and metrics; of a model, its newest run and "
              "evaluation; of two models that were evaluated on one test part, also their predictions there, "
              "as the promotion gate does; so, too, of two evaluations of the same data, whatever made the "
              "predictions. Like `diff`, it answers by its exit code too.",
          .example = "mlp diff income@production income",
          .exits = {{0, "they do not differ"},
                    {1, "they differ"},
                    {3, "a REF names nothing, or more than one thing"}},
          .declare = [](Options& options) {
            auto given = std::make_shared<DiffOptions>();
            options.positional("A", &given->left, "run, model or evaluation").required = true;
            options.positional("B", &given->right, "run, model or evaluation").required = true;
            return [given](Session& session) { return run(*given, session); };
          }};
}

} // namespace mlp::cli
