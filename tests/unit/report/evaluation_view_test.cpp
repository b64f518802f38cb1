#include "report/evaluation_view.hpp"

#include "evaluation_document.hpp"
#include "report/baseline_rows.hpp"

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
  CHECK(verdict.reasons.back() == "1 of the checks below needs attention: train_overlap.");
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

namespace {

/// A paired difference as a document holds it.
Json difference(const std::string& name, double model, double other, double lower, double upper) {
  return Json::object({{"name", name},
                       {"model", model},
                       {"other", other},
                       {"delta", model - other},
                       {"ci", Json::array({lower, upper})},
                       {"status", "ok"},
                       {"why", ""}});
}

Json compared(const std::string& with, std::int64_t n, Json metrics) {
  return Json::object({{"with", with}, {"n", n}, {"level", .95}, {"metrics", std::move(metrics)}});
}

} // namespace

TEST_CASE("the verdict says what the current rule is worth, by money where it is counted") {
  Json document = evaluation_document(.4, .6, .1, .2);
  const auto with_value = [&](double lower, double upper) {
    document["comparisons"] =
        Json::array({compared("current_rule", 900,
                              Json::array({difference("recall", .8, .6, .1, .3),
                                           difference("value_per_1000", 500, 400, lower, upper)}))});
    return verdict_of(EvaluationView(document));
  };
  CHECK(with_value(50, 150).mood == Verdict::Mood::good);
  CHECK(with_value(50, 150).reasons[2] ==
        "Better than the current rule: value_per_1000 500.0 against 400.0.");
  CHECK(with_value(-50, 150).title == "Not proved better than the current rule");
  CHECK(with_value(-50, 150).mood == Verdict::Mood::unsure);
  CHECK(with_value(-150, -50).mood == Verdict::Mood::bad);
}

TEST_CASE("the verdict says whether the model is worth more than calling everybody, or nobody") {
  Json document = evaluation_document(.4, .6, .1, .2);
  const auto beside = [&](double all, double lower, double upper) {
    const auto other = [](double value, double from, double to) {
      return Json::object({{"value_per_1000", value}, {"advantage_ci", Json::array({from, to})}});
    };
    document["value"] =
        Json::object({{"value_per_1000", mlp::test::measured("value_per_1000", 2500, 2100, 2900)},
                      {"alternatives", Json::object({{"treat_all", other(all, lower, upper)},
                                                     {"treat_none", other(-8000, 9000, 12000)}})}});
    return verdict_of(EvaluationView(document));
  };
  const Verdict worse = beside(2900, -600, -100);
  CHECK(worse.mood == Verdict::Mood::bad);
  CHECK(worse.title == "Worth less than calling everybody positive");
  CHECK(worse.reasons.back() ==
        "Worth less than calling everybody positive: 2,500 per 1,000 cases against 2,900.");
  CHECK(beside(2400, -100, 300).mood == Verdict::Mood::unsure); // zero lies within
  CHECK(beside(2000, 100, 900).mood == Verdict::Mood::good);
  CHECK(beside(-9000, 11000, 12000).reasons.back() ==
        "Worth more than calling nobody positive: 2,500 per 1,000 cases against -8,000.");
}

TEST_CASE("a model that a single question beats is bad, whatever else it beats") {
  Json document = evaluation_document(.4, .6, .1, .2);
  document["metrics"].push_back(mlp::test::measured("skill_vs_stump", -.2, -.3, -.1));
  const Verdict verdict = verdict_of(EvaluationView(document));
  CHECK(verdict.mood == Verdict::Mood::bad);
  CHECK(verdict.title == "A single question does better");
  CHECK(verdict.reasons.size() == 3);
}

TEST_CASE("what would be instead of the model stands in a table, each way named once") {
  Json document = evaluation_document(.4, .6, .1, .2);
  CHECK(mlp::report::baseline_table(EvaluationView(document)).empty()); // a document of before
  document["stump"] = "tenure < 30";
  Json undefined = difference("recall", .6, .5, 0, 0);
  undefined["delta"] = nullptr;
  undefined["status"] = "undefined";
  undefined["why"] = "there is no positive row";
  document["comparisons"] =
      Json::array({compared("stump", 1000, Json::array({difference("roc_auc", .9, .7, .15, .25)})),
                   compared("current_rule", 900,
                            Json::array({undefined, difference("value_per_1000", 500, 400, 50, 150)}))});
  CHECK(
      mlp::report::baseline_table(EvaluationView(document)) ==
      "  instead of the model        metric            model   instead   better by   95% interval\n"
      "  one question: tenure < 30   roc_auc           0.900     0.700       0.200   0.150 – 0.250\n"
      "  current rule (900 rows)     recall (≥ 0.50)   0.600     0.500           –   undefined: there is no "
      "positive row\n"
      "                              value_per_1000    500.0     400.0       100.0   50.0 – 150.0\n");
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
  CHECK(mlp::report::interval_text(mlp::test::measured("skill", -.1, -.2, .1)) == "-0.200 to 0.100");
  CHECK(mlp::report::interval_text(Json::object({{"status", "undefined"}, {"why", "one class"}})) ==
        "undefined: one class");
}
