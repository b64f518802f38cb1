#include "report/evaluation_sections.hpp"
#include "report/page.hpp"
#include "report/weak_slice_rows.hpp"

#include <cctype>

namespace mlp::report {

void write_weak_slices(Markup& page, const EvaluationView& view) {
  std::string summary = weak_slice_summary(view);
  if (summary.empty()) {
    return;
  }
  summary.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(summary.front())));
  page.element("h2", {}, "Where is it weak?");
  page.element("p", {{"class", "about"}}, summary + ".");
  const auto rows = weak_slice_rows(view);
  if (rows.empty()) {
    return;
  }
  const std::string loss = view.document()["weak_slices"]["loss"].string_or();
  const std::string_view unit = view.is_ranking() ? "queries" : "rows";
  write_table(page, {{"slice", ""}, {unit, "number"}, {loss, "number"}, {"more", "number"}, {"q", "number"}},
              [&] {
                for (const WeakSliceRow& row : rows) {
                  page.element("tr", {}, [&] {
                    page.element("th", {{"scope", "row"}}, [&] { page.name(row.slice); });
                    for (const std::string& text : {row.n, row.loss, row.more, row.q}) {
                      write_cell(page, text, "number");
                    }
                  });
                }
              });
}

} // namespace mlp::report
