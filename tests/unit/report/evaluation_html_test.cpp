#include "report/evaluation_html.hpp"

#include "evaluation_document.hpp"
#include "page_check.hpp"
#include "report/evaluation_markdown.hpp"

#include <doctest/doctest.h>

using mlp::Json;
using mlp::report::evaluation_html;
using mlp::report::evaluation_markdown;
using mlp::test::badly_closed;
using mlp::test::evaluation_document;
using mlp::test::holds;
using mlp::test::measured;

namespace {

Json with_everything() {
  Json document = evaluation_document(.4, .6, .1, .2);
  const Json counts = Json::array({5, 3});
  document["thresholds"] = Json::object(
      {{"steps", 1},
       {"groups",
        Json::array(
            {Json::object(
                 {{"slice", nullptr}, {"positives", 5}, {"negatives", 5}, {"tp", counts}, {"fp", counts}}),
             Json::object({{"slice", "</script><script>alert(1)"},
                           {"positives", 5},
                           {"negatives", 5},
                           {"tp", counts},
                           {"fp", counts}})})}});
  document["confusion"] =
      Json::object({{"classes", Json::array({"<no>", "yes"})},
                    {"counts", Json::array({Json::array({400, 20}), Json::array({30, 50})})}});
  const auto disparity = [](const char* name, const char* verdict) {
    return Json::object({{"name", name},
                         {"family", "independence"},
                         {"value", 0.2},
                         {"limit", 0.1},
                         {"ci", Json::array({0.12, 0.28})},
                         {"lowest", "sex=<F>"},
                         {"highest", "sex=M"},
                         {"verdict", verdict}});
  };
  const auto group = [](const char* name, int n, const char* status) {
    Json rate = measured("selection_rate", 0.2, 0.15, 0.25);
    rate["status"] = status;
    rate["why"] = "the group has 12 rows, fewer than 100";
    return Json::object({{"group", name}, {"n", n}, {"rates", Json::array({rate})}});
  };
  document["fairness"] = Json::object(
      {{"attributes",
        Json::array({Json::object(
            {{"columns", Json::array({"sex"})},
             {"groups", Json::array({group("sex=<F>", 500, "ok"), group("sex=M", 12, "insufficient")})},
             {"proxy", Json::object({{"group", "sex=<F>"}, {"auc", 0.8}, {"ci", Json::array({0.7, 0.9})}})},
             {"disparities", Json::array({disparity("demographic_parity_difference", "proved_unfair"),
                                          disparity("accuracy_difference", "proved_ok"),
                                          disparity("equalized_odds_difference", "inconclusive")})}})})}});
  const auto coverage = [](double value) {
    return Json::object({{"n", 40}, {"value", value}, {"ci", Json::array({value - 0.1, value + 0.05})}});
  };
  Json slice = coverage(0.75);
  slice["slice"] = "region=<south>";
  document["conformal"] = Json::object(
      {{"n", 120},
       {"level", 0.9},
       {"limit", 0.4},
       {"mean_size", 1.25},
       {"coverage", coverage(0.91)},
       {"slices", Json::array({slice})},
       {"by", Json::object({{"column", "region"},
                            {"groups", Json::array({Json::object({{"group", "region=north"},
                                                                  {"limit", nullptr},
                                                                  {"mean_size", 2},
                                                                  {"coverage", coverage(0.9)}}),
                                                    Json::object({{"group", "region=(missing)"},
                                                                  {"limit", 0.5},
                                                                  {"mean_size", nullptr},
                                                                  {"coverage", nullptr}})})}})}});
  document["checks"].push_back(Json::object({{"id", "few_rows"}, {"status", "warn"}, {"why", "<12> rows"}}));
  return document;
}

} // namespace

TEST_CASE("a page is well-formed, asks the network for nothing, and shows the data's text as text") {
  mlp::report::PageFacts facts;
  facts.question = "Who <leaves>?";
  facts.worst_header = {"row", "name"};
  facts.worst = {{"1", "<img src=x onerror=alert(1)>"}};
  const std::string page = evaluation_html(with_everything(), facts);
  CHECK(badly_closed(page) == "");
  for (const char* remote : {"http:", "https:", "src=", "@import", "url("}) {
    CAPTURE(remote);
    CHECK_FALSE(holds(page, remote == std::string("src=") ? " src=\"" : remote));
  }
  CHECK(holds(page, "Who &lt;leaves&gt;?"));
  CHECK(holds(page, "&lt;img src=x onerror=alert(1)&gt;"));
  CHECK_FALSE(holds(page, "<img"));
  CHECK_FALSE(holds(page, "</script><script>alert")); // neither in the table nor in the script's data
  CHECK(holds(page, "\\u003c/script>"));
  CHECK(holds(page, "sex=&lt;F&gt;"));
}

TEST_CASE("a page leaves out what its document lacks") {
  const std::string page = evaluation_html(evaluation_document(.4, .6, .1, .2), {});
  CHECK(badly_closed(page) == "");
  for (const char* part : {"What if the threshold moved?", "What is called what?", "worst mistakes", "Checks",
                           "Where is it wrong?", "Do the probabilities", "treat groups alike"}) {
    CAPTURE(part);
    CHECK_FALSE(holds(page, part));
    CHECK(holds(page, "How good is it?"));
  }
  CHECK(holds(evaluation_html(with_everything(), {}), "What if the threshold moved?"));
  CHECK(holds(evaluation_html(with_everything(), {}), " 10 rows</span>")); // of the explorer's group
}

TEST_CASE("protected groups stand with their rows and rates, and those that are too small say so") {
  const std::string page = evaluation_html(with_everything(), {});
  CHECK(holds(page, "0.150 – 0.250"));
  CHECK(holds(page, "the group has 12 rows, fewer than 100"));
  CHECK(holds(page, "The features tell sex=&lt;F&gt; from the others with an AUC of 0.800 (0.700 – 0.900)."));
}

TEST_CASE("gaps between groups say what their intervals prove") {
  const std::string page = evaluation_html(with_everything(), {});
  CHECK(holds(page, "Does it treat groups alike?"));
  CHECK(holds(page, "<td class=\"status fail\">beyond the limit</td>"));
  CHECK(holds(page, "<td class=\"status pass\">within the limit</td>"));
  CHECK(holds(page, "<td class=\"status inconclusive\">inconclusive</td>"));
  CHECK(holds(page, "from sex=&lt;F&gt; to sex=M"));
  CHECK_FALSE(holds(page, ">fair<"));
}

TEST_CASE("a gap names its class and groups, an end that is not known, and that it has no limit") {
  Json document = with_everything();
  const auto gap = [](const char* name, Json lower, Json upper, Json limit, Json verdict) {
    return Json::object({{"name", name},
                         {"family", "separation"},
                         {"class", "<rare>"},
                         {"value", 0.2},
                         {"limit", limit},
                         {"ci", Json::array({lower, upper})},
                         {"lowest", "sex=<F>"},
                         {"highest", "sex=M"},
                         {"verdict", verdict}});
  };
  document["fairness"] = Json::object(
      {{"attributes", Json::array({Json::object(
                          {{"columns", Json::array({"sex"})},
                           {"disparities",
                            Json::array({gap("equalized_odds_difference", 0.04, nullptr, 0.1, "inconclusive"),
                                         gap("equalized_odds_ratio", nullptr, 0.75, 0.8, "proved_unfair"),
                                         gap("mean_error_difference", 0.0, 0.3, nullptr, nullptr)})}})})}});
  const std::string page = evaluation_html(document, {});
  CHECK(badly_closed(page) == "");
  CHECK(holds(page, "class &lt;rare&gt;: from sex=&lt;F&gt; to sex=M</div>"));
  CHECK(holds(page, ">at least 0.040</td>"));
  CHECK(holds(page, ">at most 0.750</td>"));
  CHECK(holds(page, "<td class=\"quiet\">no limit</td>"));
}

TEST_CASE("the questions about groups of a regression speak of no positive answer") {
  Json document = with_everything();
  CHECK(holds(evaluation_html(document, {}), "how often the answer is positive"));
  document["task"] = "regression";
  CHECK_FALSE(holds(evaluation_html(document, {}), "how often the answer is positive"));
}

TEST_CASE("a model that is sure of no row says so") {
  Json document = with_everything();
  const auto point = [](double coverage, double risk) {
    return Json::object({{"coverage", coverage}, {"risk", risk}});
  };
  document["abstention"] =
      Json::object({{"curve", Json::array({point(0.5, 0.1), point(1.0, 0.2)})},
                    {"confident", Json::object({{"n", 0}, {"wrong", 0}, {"from", 0.9}})}});
  CHECK(holds(evaluation_html(document, {}), "It is at least 90.0% sure of no row."));
  document["abstention"]["confident"] = Json::object({{"n", 40}, {"wrong", 3}, {"from", 0.9}});
  CHECK(holds(evaluation_html(document, {}),
              "Of the 40 rows on which it is at least 90.0% sure, 3 are wrong."));
}

TEST_CASE("a check about a column names it") {
  Json document = with_everything();
  document["checks"].push_back(
      Json::object({{"id", "disparity"}, {"status", "pass"}, {"subject", "<sex>"}, {"why", ""}}));
  CHECK(holds(evaluation_html(document, {}), "disparity<span class=\"quiet\"> &lt;sex&gt;</span>"));
}

TEST_CASE("a champion that was measured on the same rows stands beside the model") {
  mlp::report::PageFacts facts;
  CHECK_FALSE(holds(evaluation_html(with_everything(), facts), "champion\""));
  facts.champion = evaluation_document(.3, .4, .1, .2);
  facts.champion_name = "churn 1234567 (production)";
  const std::string page = evaluation_html(with_everything(), facts);
  CHECK(holds(page, "churn 1234567 (production)"));
  CHECK(holds(page, "class=\"champion\""));
  CHECK(holds(evaluation_markdown(with_everything(), facts), "| churn 1234567 (production) |"));
}

TEST_CASE("a page shows how often the sets hold the truth, on the whole, in slices and by rules of groups") {
  const std::string page = evaluation_html(with_everything(), {});
  CHECK(holds(page, "Which classes stay possible?"));
  CHECK(holds(page, "made from 120 validation rows"));
  CHECK(holds(page, "91.0%"));
  CHECK(holds(page, "1.25 classes"));
  CHECK(holds(page, "region=&lt;south&gt;"));
  CHECK(holds(page, "Own rules by region"));
  CHECK(holds(page, "everything")); // no limit: too few validation rows
  Json regression = with_everything();
  regression["conformal"]["mean_size"] = Json();
  regression["conformal"]["by"] = Json();
  const std::string intervals = evaluation_html(regression, {});
  CHECK(holds(intervals, "How far off may it be?"));
  CHECK(holds(intervals, "± 0.4"));
  CHECK_FALSE(holds(intervals, "Own rules"));
}

TEST_CASE("Markdown: the verdict first, then tables; text of the data cannot leave its cell") {
  Json document = with_everything();
  document["name"] = "a|b`c";
  const std::string text = evaluation_markdown(document, {});
  CHECK(text.starts_with("### ⚠️ a\\|b\\`c `aaaaaaa`: Worth having"));
  CHECK(holds(text, "| roc\\_auc | 0.900 | 0.880 – 0.920 | 0.500 | – |"));
  CHECK(holds(text, "| sex=\\<F\\> | 1,000 | 0.800 | 0.700 – 0.900 | – |"));
  CHECK(holds(text, "- **warn** few\\_rows: \\<12\\> rows"));
}
