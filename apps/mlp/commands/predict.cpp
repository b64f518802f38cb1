#include "base/error.hpp"
#include "commands/commands.hpp"
#include "context.hpp"
#include "report/numbers.hpp"
#include "workflow/using.hpp"

#include <fmt/ranges.h>

#include <memory>
#include <ostream>

namespace mlp::cli {
namespace {

void report_counts(Session& session, std::string_view what,
                   const std::map<std::string, std::int64_t>& counts) {
  for (const auto& [column, count] : counts) {
    session.warn(fmt::format("'{}': {} rows with {}", column, report::thousands(count), what));
  }
}

void report_input(Session& session, const workflow::PredictResult& result) {
  if (!result.note.empty()) {
    session.err << "note: " << result.note << "\n";
  }
  report_counts(session, "an unseen category", result.report.unseen_category);
  report_counts(session, "a value outside the range of training", result.report.out_of_range);
  report_counts(session, "a value of the wrong type", result.report.wrong_type);
  if (result.report.invalid_rows > 0) {
    session.warn(fmt::format("{} of {} rows are odd ({}); the first: row {}",
                             report::thousands(result.report.invalid_rows), report::thousands(result.rows),
                             result.rejected > 0 ? "rejected: their prediction is empty"
                                                 : "flagged: predicted all the same",
                             fmt::join(result.first_invalid, ", ")));
  }
}

Exit run(const workflow::PredictRequest& request, Session& session) {
  if (session.json && request.output.empty()) {
    throw Error(ErrorCode::usage, "--json needs -o FILE: the predictions would stand in its way")
        .hint("run `mlp predict INPUT -o predictions.csv --json`");
  }
  const auto context = context_of(session);
  workflow::Workspace workspace(context);
  const workflow::PredictResult result =
      workflow::predict(workspace, request, [&](std::string_view bytes) { session.out << bytes; });
  report_input(session, result);
  if (session.json) {
    session.print(to_json(result));
  } else if (!request.output.empty()) {
    session.out << fmt::format("{}   {} rows by {} {}\n", request.output, report::thousands(result.rows),
                               result.name, result.model.brief());
  }
  return Exit::ok;
}

} // namespace

Command predict_command() {
  return {
      .name = "predict",
      .group = "Operate",
      .summary = "Predict the rows of a file",
      .description =
          "Streams the input through the model in bounded memory and writes one row a row: row, id, "
          "prediction and "
          "probabilities. Input is checked against the model's schema; odd values are counted and reported.",
      .example = "mlp predict data/june.csv -o predictions.csv\nmlp predict income@staging data/june.csv",
      .exits = {{0, "predicted"}, {3, "columns are missing or do not fit; no such model or file"}},
      .declare = [](Options& options) {
        auto request = std::make_shared<workflow::PredictRequest>();
        options.positional("MODEL", &request->model, "the last stage's holder where left out");
        options.positional("INPUT", &request->input, "CSV file (also .gz, .zst) or Parquet file").required =
            true;
        options.option("-o,--output", "OUT", &request->output,
                       "file to write; standard output where left out");
        options
            .option(
                "--on-invalid", "WHAT", &request->on_invalid,
                "rows with unseen categories, values out of range or of the wrong type: reject leaves their "
                "prediction empty, flag predicts and reports; as mlp.yaml says where left out")
            .choices = {"reject", "flag"};
        return [request](Session& session) { return run(*request, session); };
      }};
}

} // namespace mlp::cli
