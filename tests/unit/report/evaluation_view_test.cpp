#include "report/evaluation_view.hpp"

#include "evaluation_document.hpp"

#include <doctest/doctest.h>

using mlp::Json;
using mlp::report::EvaluationView;
using mlp::report::Verdict;
using mlp::report::verdict_of;
using mlp::test::evaluation_document;

TEST_CASE("the verdict follows the intervals of the skills, not their values") {
  const auto mood_of = [](const Json& document) { return verdict_of(EvaluationView(document)).mood; };
  CHECK(mood_of(evaluation_document(.4, .6, .1, .2)) == Verdict::Mood::good);
  CHECK(mood_of(evaluation_document(.4, .6, -.05, .2)) == Verdict::Mood::unsure); // zero lies within
  CHECK(mood_of(evaluation_document(.4, .6, -.2, -.1)) == Verdict::Mood::bad);
  CHECK(mood_of(evaluation_document(-.1, .3, .1, .2)) == Verdict::Mood::bad);
  CHECK(mood_of(evaluation_document(-.3, -.1, .1, .2)) == Verdict::Mood::bad);
}

TEST_CASE("a check that did not pass makes the best verdict unsure, and is counted") {
  Json document = evaluation_document(.4, .6, .1, .2);
  document["checks"].push_back(
      Json::object({{"id", "train_overlap"}, {"status", "warn"}, {"why", "3 rows"}}));
  const Verdict verdict = verdict_of(EvaluationView(document));
  CHECK(verdict.mood == Verdict::Mood::unsure);
  CHECK(verdict.reasons.back() == "1 of the checks below needs attention.");
}

TEST_CASE("without a simple model the verdict says that nothing was compared with it") {
  Json document = evaluation_document(.4, .6, .1, .2);
  Json::Array metrics = document["metrics"].as_array();
  std::erase_if(metrics, [](const Json& metric) { return metric["name"].as_string() == "skill_vs_simple"; });
  document["metrics"] = Json(metrics);
  const Verdict verdict = verdict_of(EvaluationView(document));
  CHECK(verdict.mood == Verdict::Mood::unsure);
  CHECK(verdict.reasons[1] == "Not compared with a simple model.");
}

TEST_CASE("a view finds metrics over all rows and of slices, and what is absent is null") {
  const Json document = evaluation_document(.4, .6, .1, .2);
  const EvaluationView view(document);
  CHECK(view.metric("roc_auc")["value"].as_number() == 0.9);
  CHECK(view.metric("roc_auc", "sex=<F>")["value"].as_number() == 0.8);
  CHECK(view.metric("brier").is_null());
  CHECK(view.slices() == std::vector<std::string>{"sex=<F>"});
  CHECK(view.label("recall") == "recall (≥ 0.50)");
  CHECK(mlp::report::value_text(view.metric("brier")) == "–");
  CHECK(mlp::report::interval_text(view.metric("roc_auc")) == "0.880 – 0.920");
  CHECK(mlp::report::interval_text(Json::object({{"status", "undefined"}, {"why", "one class"}})) ==
        "undefined: one class");
}
