#include "commands/commands.hpp"
#include "context.hpp"
#include "report/display.hpp"
#include "report/findings.hpp"
#include "report/numbers.hpp"
#include "version.hpp"
#include "workflow/training.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <memory>
#include <ostream>

namespace mlp::cli {
namespace {

using report::thousands;

void print_line(Session& session, const std::string& title, const std::string& text) {
  session.out << fmt::format("{:<10}{}\n", title, text);
  session.out.flush(); // training may take long: what is known already must be seen
}

void print_data(Session& session, const workflow::TrainResult& result) {
  const auto warnings = std::count_if(result.checks.begin(), result.checks.end(),
                                      [](const Check& check) { return check.status == CheckStatus::warn; });
  std::string text = fmt::format("{} {}   {} rows × {} columns", report::printable(result.dataset_name),
                                 result.dataset.brief(), thousands(result.rows), result.columns);
  if (warnings > 0) {
    text += fmt::format(", {} warning{} (mlp data validate)", warnings, warnings == 1 ? "" : "s");
  }
  print_line(session, "dataset", text);
  const auto& split = result.split;
  text = fmt::format("train {} · valid {} · test {}   by {}", thousands(split.train), thousands(split.valid),
                     thousands(split.test), name_of(result.split_config.by));
  if (result.split_config.by == config::SplitBy::hash || result.split_config.by == config::SplitBy::group) {
    text += fmt::format(", seed {}", result.split_config.seed);
  }
  if (!result.class_shares.empty()) {
    text += fmt::format("   positive: {}", fmt::join(result.class_shares, " · "));
  }
  print_line(session, "split", text);
  if (split.dropped > 0) {
    print_line(session, "dropped", fmt::format("{} rows without a target", thousands(split.dropped)));
  }
  const report::Style style(session.err_is_terminal && session.color);
  session.err << report::first_checks_list(result.checks, style, "`mlp data validate` has all");
  for (const std::string& note : result.notes) {
    session.err << "note: " << report::printable(note) << "\n";
  }
}

std::string seeds_text(const workflow::SeedSpread& spread) {
  const auto [lowest, highest] = std::minmax_element(spread.values.begin(), spread.values.end());
  if (*lowest == *highest) {
    return fmt::format("{} seeds make the same model: no parameter draws at random (as subsample does)",
                       spread.values.size());
  }
  const int decimals = std::max(report::decimals_for(spread.mean()), 4);
  return fmt::format("{} of them: valid {} {} on average, standard deviation {}, {} – {}",
                     spread.values.size(), spread.metric, report::fixed_text(spread.mean(), decimals),
                     report::fixed_text(spread.deviation(), decimals), report::fixed_text(*lowest, decimals),
                     report::fixed_text(*highest, decimals));
}

void print_model(Session& session, const workflow::TrainResult& result) {
  const auto& trained = result.trained;
  std::string text =
      trained.external ? fmt::format("external command, {}", report::duration_text(trained.external->seconds))
                       : fmt::format("{} rounds", trained.best_round);
  if (trained.valid_value) {
    text += fmt::format("  valid {} {}", trained.valid_metric, report::metric_text(*trained.valid_value));
  }
  if (trained.stopped_early) {
    text += fmt::format("  stopped early (of {} trained)", trained.rounds);
  }
  print_line(session, "training", text);
  if (const auto& spread = result.spread) {
    print_line(session, "seeds", seeds_text(*spread));
  }
  if (const auto& calibration = trained.calibration) {
    print_line(session, "calibrate",
               fmt::format("{} on {} validation rows  log_loss {} → {} (cross-fitted)",
                           name_of(calibration->method), thousands(calibration->rows),
                           report::metric_text(calibration->loss_before),
                           report::metric_text(calibration->loss_after)));
  }
  print_line(session, "model",
             fmt::format("{} {}   {}   {}", result.name, result.model.brief(),
                         report::bytes_text(result.artifact_bytes), report::duration_text(result.seconds)));
  if (result.same_as) {
    print_line(session, "same as", *result.same_as);
  }
  print_line(session, "recorded", fmt::format("run {}", result.run.id.brief()));
  print_line(session, "next", "mlp eval");
}

Exit run(const workflow::TrainRequest& request, Session& session) {
  const auto context = context_of(session);
  workflow::Workspace workspace(context);
  workflow::TrainEvents events;
  if (!session.json) {
    events.data_ready = [&](const workflow::TrainResult& result) { print_data(session, result); };
  }
  const workflow::TrainResult result = workflow::train(workspace, request, events);
  if (session.json) {
    Json document = result.run.body;
    document["schema"] = "mlp.run/1";
    document["run"] = result.run.id.hex();
    document["same_as"] = Json(result.same_as);
    document["notes"] = Json(result.notes);
    session.print(document);
  } else {
    print_model(session, result);
  }
  return Exit::ok;
}

} // namespace

Command train_command() {
  return {
      .name = "train",
      .group = "Experiment",
      .summary = "Train a model and record the run",
      .description =
          "Reads, checks, stores and splits the data that mlp.yaml names, trains on the train part, and "
          "stops "
          "early by the validation part. Records data, code, parameters, environment and the model's id.",
      .example = "mlp train --set max_depth=8 -m \"deeper trees\"",
      .exits = {{0, "trained and recorded"}, {3, "mlp.yaml or the data make training meaningless"}},
      .declare = [](Options& options) {
        auto request = std::make_shared<workflow::TrainRequest>();
        request->mlp_version = k_version;
        options.option("--set", "KEY=VALUE", &request->settings,
                       "override mlp.yaml for this run; `max_depth=8` is short for model.params.max_depth");
        options.flag("--locked", request->locked, "stop where the data differ from their pointer (PATH.mlp)");
        options.option(
            "--seeds", "K", &request->seeds,
            "train K models that differ in their seed alone, keep the first, and record how far they "
            "spread on the validation part; `mlp diff` then names what is no larger");
        options.option("-m,--message", "TEXT", &request->message, "why this run: kept in its record");
        return [request](Session& session) { return run(*request, session); };
      }};
}

} // namespace mlp::cli
