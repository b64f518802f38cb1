#include "report/evaluation_html.hpp"

#include "config/templates.hpp"
#include "report/evaluation_sections.hpp"
#include "report/numbers.hpp"

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

void fact(Markup& page, std::string_view name, std::string_view value, std::string_view beside) {
  page.element("div", {}, [&] {
    page.element("dt", {}, name);
    page.element("dd", {}, [&] {
      page.text(value);
      if (!beside.empty()) {
        page.element("small", {}, beside);
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
    fact(page, view.label(view.primary()), value_text(primary), interval_text(primary));
    fact(page, view.guess(), value_text(view.baseline("dummy", view.primary())),
         view.is_ranking() ? "what is to be expected of it" : "always the same answer");
    fact(page, "simple model", value_text(view.baseline("simple", view.primary())),
         view.is_ranking() ? "linear, each row by itself" : "linear or logistic");
    if (view.is_ranking()) {
      fact(page, "queries", thousands(primary["n"].integer_or(0)), view.extent());
    } else {
      fact(page, "rows", thousands(view.document()["n"].integer_or(0)), rows_beside(view.document()));
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

void write_head(Markup& page, const std::string& title) {
  page.element("head", {}, [&] {
    page.empty("meta", {{"charset", "utf-8"}});
    page.empty("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}});
    page.empty("meta",
               {{"http-equiv", "Content-Security-Policy"},
                {"content", "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"}});
    page.element("title", {}, title);
    page.element("style", {}, [&] { page.raw(config::page_style()); });
  });
}

} // namespace

std::string evaluation_html(const Json& document, const PageFacts& facts) {
  const EvaluationView view(document);
  const std::string title =
      fmt::format("{} {}", document["name"].string_or(), document["model"].string_or().substr(0, 7));
  Markup page;
  page.raw("<!DOCTYPE html>\n");
  page.element("html", {{"lang", "en"}}, [&] {
    write_head(page, title + " · evaluation");
    page.element("body", {}, [&] {
      page.element("a", {{"class", "skip"}, {"href", "#numbers"}}, "Skip to the numbers");
      page.element("header", {}, [&] {
        page.element("h1", {}, title);
        page.element("p", {{"class", "quiet"}},
                     fmt::format("evaluated on {} {}", document["dataset_name"].string_or(),
                                 document["dataset"].string_or().substr(0, 7)));
      });
      page.element("main", {}, [&] {
        write_verdict(page, view);
        write_facts(page, view);
        write_purpose(page, facts);
        write_value(page, view);
        write_metrics(page, view, facts);
        write_groups(page, view);
        write_fairness(page, view);
        write_threshold_explorer(page, view);
        write_calibration(page, view);
        write_abstention(page, view);
        write_confusion(page, view);
        write_error_bins(page, view);
        write_worst_rows(page, view, facts);
        write_checks(page, view);
        write_all_metrics(page, view);
        write_provenance(page, view, facts);
      });
    });
  });
  return page.str();
}

} // namespace mlp::report
