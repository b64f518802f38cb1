#include "report/weak_slice_rows.hpp"

#include "report/display.hpp"
#include "report/numbers.hpp"
#include "report/text_table.hpp"

#include <fmt/format.h>

namespace mlp::report {

std::vector<WeakSliceRow> weak_slice_rows(const EvaluationView& view) {
  std::vector<WeakSliceRow> rows;
  const Json& slices = view.document()["weak_slices"]["slices"];
  if (!slices.is_array()) {
    return rows;
  }
  for (const Json& slice : slices.as_array()) {
    if (slice["confirmed"].bool_or(false)) {
      rows.push_back({printable(slice["slice"].string_or()), thousands(slice["n"].integer_or(0)),
                      metric_text(slice["loss"].number_or(0.0)),
                      metric_text(slice["difference"].number_or(0.0)),
                      fmt::format("{:.2g}", slice["q"].number_or(1.0))});
    }
  }
  return rows;
}

std::string weak_slice_summary(const EvaluationView& view) {
  const Json& found = view.document()["weak_slices"];
  const std::int64_t searched = found["candidates"].integer_or(0);
  const std::size_t confirmed = weak_slice_rows(view).size();
  if (found.is_null() || searched == 0) {
    return found["why"].string_or().empty() ? ""
                                            : fmt::format("no weak slices: {}", found["why"].string_or());
  }
  if (confirmed == 0) {
    return fmt::format("of {} slices that were searched, none is provably worse than the other rows",
                       thousands(searched));
  }
  return fmt::format("of {} slices that were searched, {} worse than the other rows: found on one half of "
                     "them, confirmed on the other",
                     thousands(searched), confirmed == 1 ? "1 is" : fmt::format("{} are", confirmed));
}

std::string weak_slice_table(const EvaluationView& view) {
  const std::string summary = weak_slice_summary(view);
  if (summary.empty()) {
    return "";
  }
  const auto rows = weak_slice_rows(view);
  std::string text = fmt::format("  {}\n", summary);
  if (rows.empty()) {
    return text;
  }
  TextTable table({Align::left, Align::right, Align::right, Align::right, Align::right});
  table.row({"weak slice", "n", view.document()["weak_slices"]["loss"].string_or(), "more", "q"});
  for (const WeakSliceRow& row : rows) {
    table.row({shortened(row.slice, 44), row.n, row.loss, row.more, row.q});
  }
  return text + table.text(2, 3);
}

} // namespace mlp::report
