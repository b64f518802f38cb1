#include "commands/commands.hpp"
#include "context.hpp"
#include "report/display.hpp"
#include "report/explanation_text.hpp"
#include "report/numbers.hpp"
#include "workflow/explaining_rows.hpp"

#include <fmt/format.h>

#include <memory>
#include <ostream>

namespace mlp::cli {
namespace {

constexpr const char* k_reading =
    "importance   how much worse the metric gets when the feature is shuffled; features that say the same "
    "share it\n"
    "interval     of the shuffles and of the rows drawn anew, those of one group or stretch of time "
    "together\n"
    "gain, cover  means over the splits that ask for it: fall of the loss, weight of the rows there\n";

void print(Session& session, const workflow::ExplainModelResult& result) {
  const bool test = result.part == "test";
  const std::string drawn =
      result.rows_used < result.rows ? fmt::format(" ({} drawn)", report::thousands(result.rows_used)) : "";
  const std::string groups =
      result.clusters ? fmt::format(" in {} groups", report::thousands(*result.clusters)) : "";
  std::string text = fmt::format(
      "{} {} on {}{} {}: {} rows{}{}, {} {}, {} shuffles a feature\n", result.name, result.model.brief(),
      test ? "the test part of " : "", result.dataset_name, result.dataset.brief(),
      report::thousands(result.rows), drawn, groups, result.score.name,
      result.score.value ? report::metric_text(*result.score.value) : "undefined", result.repeats);
  text += report::model_explanation_text(result.explanation, result.level) + "\n" + k_reading;
  session.page(text);
}

void print(Session& session, const workflow::ExplainRowResult& result) {
  const auto& scores = result.explanation.scores;
  std::string text = fmt::format("row {} of {} {}: {} {} predicts {}", result.row, result.dataset_name,
                                 result.dataset.brief(), result.name, result.model.brief(),
                                 report::printable(result.prediction));
  if (result.artifact.task == Task::binary) {
    text += fmt::format(" (P({}) = {}, threshold {})", report::printable(result.artifact.classes.back()),
                        report::metric_text(scores[0]), report::metric_text(result.artifact.threshold));
  } else if (result.artifact.task == Task::multiclass) {
    text += fmt::format(" (P = {})", report::metric_text(scores[result.explanation.output]));
  }
  text += result.label ? fmt::format("; it was {}\n", report::printable(*result.label)) : "\n";
  text += report::row_explanation_text({result.artifact, result.values, result.explanation, result.changes});
  if (result.is_trained_on) {
    session.err << "note: the model was trained or stopped on this row: it has seen the answer\n";
  }
  session.page(text);
}

Exit run(const workflow::ExplainRequest& request, Session& session) {
  const auto context = context_of(session);
  workflow::Workspace workspace(context);
  const auto show = [&](const auto& result) {
    if (session.json) {
      session.print(workflow::to_json(result));
    } else {
      print(session, result);
    }
  };
  if (request.row) {
    show(workflow::explain_row(workspace, request));
  } else {
    show(workflow::explain_model(workspace, request));
  }
  return Exit::ok;
}

} // namespace

Command explain_command() {
  return {
      .name = "explain",
      .group = "Evaluate",
      .summary = "Show what a model looks at, or why it says what it says of a row",
      .description =
          "Shows how much each feature matters on rows that the model was not trained on, and how "
          "predictions depend on the foremost ones; with --row, each feature's part in one row's prediction, "
          "and the nearest change of one feature that would turn the decision (not of a model of an external "
          "trainer). "
          "Records nothing.",
      .example = "mlp explain\nmlp explain income@staging --row 17\nmlp explain --row 3 --data data/june.csv",
      .exits = {{0, "explained"}, {3, "no such model or data, or no rows are left"}},
      .declare = [](Options& options) {
        auto request = std::make_shared<workflow::ExplainRequest>();
        options.positional("MODEL", &request->model, "model to explain; the newest where left out");
        options.option("--row", "N", &request->row, "explain one row; 1 is the first data row of the data");
        options.option("--data", "REF|PATH", &request->data,
                       "data to explain it on; the model's own where left out");
        return [request](Session& session) { return run(*request, session); };
      }};
}

} // namespace mlp::cli
