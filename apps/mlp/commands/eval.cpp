#include "commands/commands.hpp"
#include "context.hpp"
#include "report/fairness_table.hpp"
#include "report/findings.hpp"
#include "report/metric_tables.hpp"
#include "report/numbers.hpp"
#include "workflow/evaluating.hpp"

#include <fmt/format.h>

#include <memory>
#include <ostream>

namespace mlp::cli {
namespace {

struct EvalOptions {
  workflow::EvaluateRequest request;
  bool all = false;
};

std::string ordinal(std::int64_t n) {
  return n == 1 ? "first look at them" : fmt::format("look {} at them", n);
}

std::string title(const workflow::EvaluateResult& result) {
  const bool test = result.part == "test";
  std::string text = fmt::format("{} {} on {}{} {}: {} rows", result.name, result.model.brief(),
                                 test ? "the test part of " : "", result.dataset_name, result.dataset.brief(),
                                 report::thousands(result.evaluation.n));
  if (test) {
    text += ", " + ordinal(result.test_set_use);
  }
  if (result.excluded > 0) {
    text += fmt::format(" ({} rows that it was trained on left out)", report::thousands(result.excluded));
  }
  return text;
}

void print(Session& session, const workflow::EvaluateResult& result, bool all) {
  std::string text = title(result) + "\n";
  text += report::metrics_table(result.evaluation, all ? report::Rows::all : report::Rows::shown);
  if (!result.evaluation.slices.empty()) {
    text += "\n" + report::slice_table(result.evaluation);
  }
  if (!result.fairness.attributes.empty()) {
    text += "\n" + report::fairness_table(result.fairness);
  }
  if (!result.evaluation.confusion.empty()) {
    text += "\n" + report::confusion_table(result.evaluation);
  }
  std::vector<Check> odd;
  for (const Check& check : result.checks) {
    if (check.status != CheckStatus::pass) {
      odd.push_back(check);
    }
  }
  session.err << report::checks_list(odd, report::Style(session.err_is_terminal && session.color));
  for (const std::string& note : result.notes) {
    session.err << "note: " << note << "\n";
  }
  session.out << text << "\nrecorded  evaluation " << result.record.id.brief() << "\n";
  if (!result.next_stage.empty() && result.part == "test") {
    session.out << "next      mlp promote --to " << result.next_stage << "\n";
  }
}

Exit run(const EvalOptions& options, Session& session) {
  const auto context = context_of(session);
  workflow::Workspace workspace(context);
  const workflow::EvaluateResult result = workflow::evaluate(workspace, options.request);
  if (session.json) {
    session.print(result.document);
  } else {
    print(session, result, options.all);
  }
  return Exit::ok;
}

} // namespace

Command eval_command() {
  return {.name = "eval",
          .group = "Evaluate",
          .summary = "Measure a model on data that it was not trained on",
          .description =
              "Shows each metric with its interval, beside always guessing the same and a simple model, and "
              "by slice. "
              "Rows that the model was trained on are left out and counted; predictions are kept by hash.",
          .example = "mlp eval\nmlp eval income@production --data data/june.csv",
          .exits = {{0, "measured and recorded"}, {3, "no such model or data, or no rows are left"}},
          .declare = [](Options& options) {
            auto given = std::make_shared<EvalOptions>();
            options.positional("MODEL", &given->request.model, "model to measure; the newest where left out");
            options.option("--data", "REF|PATH", &given->request.data,
                           "labelled data; the test part of the model's own where left out");
            options.flag("--all", given->all, "show every metric of the task, not only those of mlp.yaml");
            return [given](Session& session) { return run(*given, session); };
          }};
}

} // namespace mlp::cli
