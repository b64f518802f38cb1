#include "report/evaluation_html.hpp"

#include "report/evaluation_sections.hpp"
#include "report/numbers.hpp"
#include "report/page.hpp"

#include <fmt/format.h>

namespace mlp::report {
namespace {

void write_verdict(Markup& page, const EvaluationView& view) {
  const Verdict verdict = verdict_of(view);
  page.element("div", {{"class", fmt::format("verdict {}", name_of(verdict.mood))}, {"role", "status"}}, [&] {
    page.element("strong", {}, verdict.title);
    page.element("ul", {}, [&] {
      for (const std::string& reason : verdict.reasons) {
        page.element("li", {}, reason);
      }
    });
  });
}

std::string rows_beside(const Json& document) {
  if (document["part"].string_or() != "test") {
    return "rows that the model was not trained on";
  }
  const std::int64_t looks = document["test_set_use"].integer_or(0);
  return looks <= 1 ? "of the test part, first look at them"
                    : fmt::format("of the test part, look {} at them", looks);
}

void write_facts(Markup& page, const EvaluationView& view) {
  page.element("dl", {{"class", "facts"}}, [&] {
    const Json& primary = view.metric(view.primary());
    write_fact(page, view.label(view.primary()), value_text(primary), interval_text(primary));
    write_fact(page, view.guess(), value_text(view.baseline("dummy", view.primary())),
               view.is_ranking() ? "what is to be expected of it" : "always the same answer");
    write_fact(page, "simple model", value_text(view.baseline("simple", view.primary())),
               view.is_ranking() ? "linear, each row by itself" : "linear or logistic");
    if (view.is_ranking()) {
      write_fact(page, "queries", thousands(primary["n"].integer_or(0)), view.extent());
    } else {
      write_fact(page, "rows", thousands(view.document()["n"].integer_or(0)), rows_beside(view.document()));
    }
  });
}

void write_purpose(Markup& page, const PageFacts& facts) {
  const auto line = [&](std::string_view name, const std::string& text) {
    page.element("p", {}, [&] {
      page.element("span", {{"class", "quiet"}}, fmt::format("{}: ", name));
      page.text(text.empty() ? "not stated in mlp.yaml" : text);
    });
  };
  line("Question", facts.question);
  line("Decision", facts.decision);
  line("Owner", facts.owner);
}

} // namespace

std::string evaluation_html(const Json& document, const PageFacts& facts) {
  const EvaluationView view(document);
  const std::string title =
      fmt::format("{} {}", document["name"].string_or(), document["model"].string_or().substr(0, 7));
  const PageHead head{title, "evaluation",
                      fmt::format("evaluated on {} {}", document["dataset_name"].string_or(),
                                  document["dataset"].string_or().substr(0, 7)),
                      "numbers", "Skip to the numbers"};
  return html_page(head, [&](Markup& page) {
    write_verdict(page, view);
    write_facts(page, view);
    write_purpose(page, facts);
    write_value(page, view);
    write_metrics(page, view, facts);
    write_baselines(page, view);
    write_groups(page, view);
    write_weak_slices(page, view);
    write_fairness(page, view);
    write_threshold_explorer(page, view);
    write_calibration(page, view);
    write_conformal(page, view);
    write_abstention(page, view);
    write_confusion(page, view);
    write_error_bins(page, view);
    write_worst_rows(page, view, facts);
    write_checks(page, view);
    write_all_metrics(page, view);
    write_provenance(page, view, facts);
  });
}

} // namespace mlp::report
