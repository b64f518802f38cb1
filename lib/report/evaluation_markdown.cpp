#include "report/evaluation_markdown.hpp"

#include "report/baseline_rows.hpp"
#include "report/markdown.hpp"
#include "report/numbers.hpp"
#include "report/weak_slice_rows.hpp"

#include <fmt/format.h>

namespace mlp::report {
namespace {

void header(std::string& out, const std::vector<std::string>& names) {
  markdown_row(out, names);
  out += "| --- ";
  for (std::size_t i = 1; i < names.size(); ++i) {
    out += "| ---: ";
  }
  out += "|\n";
}

std::string_view sign_of(Verdict::Mood mood) {
  return mood == Verdict::Mood::good ? "✅" : mood == Verdict::Mood::unsure ? "⚠️" : "❌";
}

void add_metrics(std::string& out, const EvaluationView& view, const PageFacts& facts) {
  std::vector<std::string> names = view.shown();
  names.insert(names.end(), {"skill_vs_dummy", "skill_vs_simple", "skill_vs_stump"});
  std::vector<std::string> columns = {"metric", "value", interval_header(view), std::string(view.guess()),
                                      "simple model"};
  const EvaluationView champion(facts.champion);
  if (!facts.champion.is_null()) {
    columns.push_back(facts.champion_name);
  }
  header(out, columns);
  for (const std::string& name : names) {
    const Json& metric = view.metric(name);
    if (metric.is_null()) {
      continue;
    }
    std::vector<std::string> cells = {view.label(name), value_text(metric), interval_text(metric),
                                      value_text(view.baseline("dummy", name)),
                                      value_text(view.baseline("simple", name))};
    if (!facts.champion.is_null()) {
      cells.push_back(value_text(champion.metric(name)));
    }
    markdown_row(out, cells);
  }
}

void add_baselines(std::string& out, const EvaluationView& view) {
  const auto rows = baseline_rows(view);
  if (rows.empty()) {
    return;
  }
  out += "\n";
  header(out, {"instead of the model", "metric", "model", "instead", "better by", interval_header(view)});
  for (const BaselineRow& line : rows) {
    markdown_row(out, {line.instead, line.metric, line.model, line.other, line.better_by, line.interval});
  }
}

void add_groups(std::string& out, const EvaluationView& view) {
  const auto slices = view.slices();
  if (slices.empty()) {
    return;
  }
  out += "\n";
  std::vector<std::string> columns = {"group", std::string(view.unit()), view.label(view.primary()),
                                      interval_header(view)};
  if (view.is_binary()) {
    columns.emplace_back("selected");
  }
  header(out, columns);
  for (const std::string& slice : slices) {
    const Json& metric = view.metric(view.primary(), slice);
    std::vector<std::string> cells = {slice, thousands(metric["n"].integer_or(0)), value_text(metric),
                                      interval_text(metric)};
    if (view.is_binary()) {
      cells.push_back(value_text(view.metric("selection_rate", slice)));
    }
    markdown_row(out, cells);
  }
}

void add_weak_slices(std::string& out, const EvaluationView& view) {
  const auto rows = weak_slice_rows(view);
  if (rows.empty()) {
    return;
  }
  out += "\n";
  header(out, {"weak slice", "rows", view.document()["weak_slices"]["loss"].string_or(), "more", "q"});
  for (const WeakSliceRow& line : rows) {
    markdown_row(out, {line.slice, line.n, line.loss, line.more, line.q});
  }
}

void add_checks(std::string& out, const EvaluationView& view) {
  for (const Json& check : view.document()["checks"].as_array()) {
    if (check["status"].string_or() != "pass") {
      out += fmt::format("\n- **{}** {}: {}", markdown_text(check["status"].string_or()),
                         markdown_text(check["id"].string_or()), markdown_text(check["why"].string_or()));
    }
  }
}

} // namespace

std::string evaluation_markdown(const Json& document, const PageFacts& facts) {
  const EvaluationView view(document);
  const Verdict verdict = verdict_of(view);
  std::string out = fmt::format("### {} {} `{}`: {}\n\n", sign_of(verdict.mood),
                                markdown_text(document["name"].string_or()),
                                document["model"].string_or().substr(0, 7), markdown_text(verdict.title));
  for (const std::string& reason : verdict.reasons) {
    out += fmt::format("- {}\n", markdown_text(reason));
  }
  out += fmt::format("- {} of {} `{}`\n\n", markdown_text(view.extent()),
                     markdown_text(document["dataset_name"].string_or()),
                     document["dataset"].string_or().substr(0, 7));
  add_metrics(out, view, facts);
  add_baselines(out, view);
  add_groups(out, view);
  add_weak_slices(out, view);
  add_checks(out, view);
  out += fmt::format("\n\nevaluation `{}` · code `{}` · {} · {}\n",
                     document["evaluation"].string_or().substr(0, 7), markdown_text(facts.code),
                     markdown_text(facts.made), markdown_text(facts.program));
  return out;
}

} // namespace mlp::report
