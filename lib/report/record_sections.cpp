#include "report/evaluation_sections.hpp"
#include "report/page.hpp"

#include <fmt/format.h>

namespace mlp::report {
void write_worst_rows(Markup& page, const EvaluationView& view, const PageFacts& facts) {
  const bool is_ranking = view.is_ranking();
  if (facts.worst.empty()) {
    return;
  }
  page.element("h2", {}, "Its worst mistakes");
  page.element(
      "p", {{"class", "about"}},
      is_ranking
          ? "Relevant rows that stand too far down in their query: a wrong grade, or a missing feature? Rows "
            "are counted from 1 in the data."
          : "The rows on which it is most wrong: a wrong label, a missing feature, or a case that it should "
            "not decide? Rows are counted from 1 in the data.");
  page.element("div", {{"class", "wide"}}, [&] {
    page.element("table", {}, [&] {
      page.element("thead", {}, [&] {
        page.element("tr", {}, [&] {
          for (const std::string& name : facts.worst_header) {
            page.element("th", {{"scope", "col"}}, name);
          }
        });
      });
      page.element("tbody", {}, [&] {
        for (const auto& row : facts.worst) {
          page.element("tr", {}, [&] {
            for (const std::string& text : row) {
              page.element("td", {}, text);
            }
          });
        }
      });
    });
  });
}

void write_checks(Markup& page, const EvaluationView& view) {
  const Json& checks = view.document()["checks"];
  if (!checks.is_array() || checks.size() == 0) {
    return;
  }
  page.element("h2", {}, "Checks");
  write_check_rows(page, checks);
}

void write_provenance(Markup& page, const EvaluationView& view, const PageFacts& facts) {
  const Json& document = view.document();
  page.element("h2", {}, "Where this is from");
  write_terms(page, {{"project", facts.project},
                     {"model", document["model"].string_or()},
                     {"trained by run", document["run"].string_or()},
                     {"data", document["dataset"].string_or()},
                     {"split", document["split"].string_or()},
                     {"code", facts.code},
                     {"predictions", document["predictions"].string_or()},
                     {"evaluation", document["evaluation"].string_or()},
                     {"made", facts.made},
                     {"by", facts.program}});
  page.element("p", {{"class", "about"}}, [&] {
    page.text("Each name is the SHA-256 of what it names: ");
    page.element("code", {}, fmt::format("mlp show {}", document["evaluation"].string_or().substr(0, 7)));
    page.text(" shows the record, ");
    page.element("code", {}, "mlp audit");
    page.text(" checks that nothing was changed.");
  });
}

} // namespace mlp::report
