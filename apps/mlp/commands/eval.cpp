#include "commands/commands.hpp"
#include "context.hpp"
#include "report/baseline_rows.hpp"
#include "report/evaluation_view.hpp"
#include "report/fairness_table.hpp"
#include "report/findings.hpp"
#include "report/metric_tables.hpp"
#include "report/numbers.hpp"
#include "report/reliance_text.hpp"
#include "report/value_lines.hpp"
#include "report/weak_slice_rows.hpp"
#include "version.hpp"
#include "workflow/evaluating.hpp"
#include "workflow/reporting.hpp"

#include <fmt/format.h>

#include <memory>
#include <ostream>

namespace mlp::cli {
namespace {

struct EvalOptions {
  workflow::EvaluateRequest request;
  workflow::ReportRequest report;
  bool all = false;
};

std::string ordinal(std::int64_t n) {
  return n == 1 ? "first look at them" : fmt::format("look {} at them", n);
}

/// "income 7c1e04b", "predictions rules 0b77d10", "predictions served 0b77d10 of income 7c1e04b"
std::string subject(const workflow::EvaluateResult& result) {
  std::string text;
  if (result.predictions) {
    text = fmt::format("predictions {} {}", result.predictions->name, result.predictions->object.brief());
    if (result.model == result.predictions->object) {
      return text;
    }
    text += " of ";
  }
  return text + fmt::format("{} {}", result.name, result.model.brief());
}

std::string title(const workflow::EvaluateResult& result) {
  const bool test = result.part == "test";
  std::string text =
      fmt::format("{} on {}{} {}: {}", subject(result), test ? "the test part of " : "", result.dataset_name,
                  result.dataset.brief(), report::EvaluationView(result.document).extent());
  if (test) {
    text += ", " + ordinal(result.test_set_use);
  }
  if (result.excluded > 0) {
    text += fmt::format(" ({} rows that it was trained on left out)", report::thousands(result.excluded));
  }
  if (result.predictions && result.predictions->outside > 0) {
    text += fmt::format(" ({} more predictions are of other rows)",
                        report::thousands(result.predictions->outside));
  }
  return text;
}

void print(Session& session, const workflow::EvaluateResult& result, const EvalOptions& options) {
  const workflow::ReportRequest& written = options.report;
  std::string text = title(result) + "\n";
  text += report::metrics_table(result.evaluation, options.all ? report::Rows::all : report::Rows::shown);
  text += "\n" + report::baseline_table(report::EvaluationView(result.document));
  if (!result.evaluation.slices.empty()) {
    text += "\n" + report::slice_table(result.evaluation);
  }
  if (const auto weak = report::weak_slice_table(report::EvaluationView(result.document)); !weak.empty()) {
    text += "\n" + weak;
  }
  if (!result.fairness.attributes.empty()) {
    text += "\n" + report::fairness_table(result.fairness);
  }
  if (result.value) {
    text += "\n" + report::value_lines(*result.value);
  }
  if (!result.evaluation.confusion.empty()) {
    text += "\n" + report::confusion_table(result.evaluation);
  }
  if (result.reliance) {
    text += "\n" + report::reliance_text(*result.reliance);
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
  for (const std::string& file : {written.html, written.markdown}) {
    if (!file.empty()) {
      text += "\nwrote     " + file;
    }
  }
  session.out << text << "\nrecorded  evaluation " << result.record.id.brief() << "\n";
  if (!result.next_stage.empty() && result.part == "test") {
    session.out << "next      mlp promote --to " << result.next_stage << "\n";
  }
}

Exit run(const EvalOptions& options, Session& session) {
  const auto context = context_of(session);
  workflow::Workspace workspace(context);
  workflow::require_report_places(workspace, options.report);
  const workflow::EvaluateResult result = workflow::evaluate(workspace, options.request);
  workflow::write_reports(workspace, result, options.report);
  if (session.json) {
    session.print(result.document);
  } else {
    print(session, result, options);
  }
  return Exit::ok;
}

} // namespace

Command eval_command() {
  return {
      .name = "eval",
      .group = "Evaluate",
      .summary = "Measure a model on data that it was not trained on",
      .description =
          "Shows each metric with its interval, beside always guessing the same, a simple model, one "
          "single question and the current rule of mlp.yaml, and by slice; predictions from a file need no "
          "model, and with MODEL are compared with its own. "
          "Rows that the model was trained on are left out and counted; predictions are kept by hash.",
      .example = "mlp eval\nmlp eval income@production --data data/june.csv\n"
                 "mlp eval --html income.html --markdown income.md\n"
                 "mlp eval --predictions rules.csv --name rules",
      .exits = {{0, "measured and recorded"}, {3, "no such model or data, or no rows are left"}},
      .declare = [](Options& options) {
        auto given = std::make_shared<EvalOptions>();
        given->report.program = fmt::format("mlp {}", k_version);
        options.positional("MODEL", &given->request.model, "model to measure; the newest where left out");
        options.option("--data", "REF|PATH", &given->request.data,
                       "labelled data; the test part of the model's own where left out");
        options.option("--predictions", "FILE", &given->request.predictions,
                       "judge the predictions of this CSV file, whatever made them: `row` or the id column, "
                       "then `probability`, `probability_<class>`, `prediction` or `score`");
        options.option("--name", "NAME", &given->request.name,
                       "what to call the predictions; the file's name where left out");
        options.option("--html", "FILE", &given->report.html, "write the evaluation as a page of its own");
        options.option("--markdown", "FILE", &given->report.markdown,
                       "write it in short, for a pull request");
        options.flag("--all", given->all, "show every metric of the task, not only those of mlp.yaml");
        return [given](Session& session) { return run(*given, session); };
      }};
}

} // namespace mlp::cli
