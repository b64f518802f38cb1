#include "report/data_diff_html.hpp"

#include "report/data_diff_text.hpp"
#include "report/display.hpp"
#include "report/numbers.hpp"
#include "report/page.hpp"

#include <fmt/format.h>

namespace mlp::report {
namespace {

void write_answer(Markup& page, const Json& document) {
  const bool equal = document["equal"].bool_or(false);
  page.element("div", {{"class", equal ? "verdict good" : "verdict unsure"}, {"role", "status"}}, [&] {
    page.element("strong", {}, equal ? "They are the same table" : "They differ");
    page.element("ul", {}, [&] {
      page.element("li", {}, "from " + data_side_text(document["left"]));
      page.element("li", {}, "to " + data_side_text(document["right"]));
      for (const Json& note : document["notes"].as_array()) {
        page.element("li", {}, note.string_or());
      }
    });
  });
}

void write_counts(Markup& page, const Json& rows) {
  page.element("dl", {{"class", "facts"}}, [&] {
    const auto fact = [&](const char* name, const std::string& beside) {
      if (rows[name].is_integer()) {
        write_fact(page, fmt::format("rows {}", name), thousands(rows[name].as_integer()), beside);
      }
    };
    fact("added", row_numbers_text(rows["added_rows"], rows["added"].integer_or(0)));
    fact("removed", row_numbers_text(rows["removed_rows"], rows["removed"].integer_or(0)));
    fact("changed", "");
    fact("unchanged", rows["same_order"].bool_or(true) ? "in the same order" : "");
  });
}

void write_files(Markup& page, const Json& files) {
  page.element("h2", {}, "Files");
  page.element("dl", {{"class", "facts"}}, [&] {
    for (const char* name : {"added", "removed", "changed", "moved", "unchanged"}) {
      write_fact(page, fmt::format("files {}", name), thousands(files[name].integer_or(0)), "");
    }
  });
  write_table(page, {{"", ""}, {"file", ""}}, [&] {
    for (const char* name : {"added", "removed", "changed"}) {
      for (const Json& path : files[std::string(name) + "_files"].as_array()) {
        page.element("tr", {}, [&] {
          write_cell(page, name);
          page.element("td", {}, [&] { page.element("code", {}, path.string_or()); });
        });
      }
    }
    for (const Json& moved : files["moved_files"].as_array()) {
      page.element("tr", {}, [&] {
        write_cell(page, "moved");
        page.element("td", {}, [&] {
          page.element("code", {}, moved["from"].string_or() + " → " + moved["to"].string_or());
        });
      });
    }
  });
}

void write_schema(Markup& page, const Json& changes) {
  page.element("h2", {}, "Columns that are not the same");
  write_table(page, {{"change", ""}, {"column", ""}, {"from", ""}, {"to", ""}}, [&] {
    for (const Json& change : changes.as_array()) {
      page.element("tr", {}, [&] {
        write_cell(page, change["what"].string_or());
        page.element("th", {{"scope", "row"}}, change["column"].string_or());
        write_cell(page, change["left"].string_or());
        write_cell(page, change["right"].string_or());
      });
    }
  });
}

void write_changed_rows(Markup& page, const Json& rows) {
  page.element("h2", {}, "Rows that changed");
  write_table(page, {{"column", ""}, {"rows", "number"}}, [&] {
    for (const Json& column : rows["changed_columns"].as_array()) {
      page.element("tr", {}, [&] {
        page.element("th", {{"scope", "row"}}, column["column"].string_or());
        write_cell(page, thousands(column["rows"].integer_or(0)), "number");
      });
    }
  });
  page.element("h3", {}, "The first ones");
  write_table(page, {{"row", "number"}, {"now row", "number"}, {"cells", ""}}, [&] {
    for (const Json& row : rows["changed_rows"].as_array()) {
      page.element("tr", {}, [&] {
        write_cell(page, thousands(row["left"].integer_or(0)), "number");
        write_cell(page, thousands(row["right"].integer_or(0)), "number");
        std::string cells;
        for (const Json& cell : row["cells"].as_array()) {
          cells += (cells.empty() ? "" : ", ") + changed_cell_text(cell);
        }
        write_cell(page, cells);
      });
    }
  });
}

void write_columns(Markup& page, const Json& columns) {
  page.element("h2", {{"id", "columns"}}, "How the columns moved");
  page.element(
      "p", {{"class", "about"}},
      "The farthest first. ks is the Kolmogorov–Smirnov distance of two distributions of numbers, tv the "
      "total variation of two of categories: 0 where they are the same, 1 where they share nothing. By "
      "chance alone, two samples of n values of one source are up to 1.9 / √n apart in ks in 19 of 20 "
      "cases.");
  write_table(page,
              {{"column", ""},
               {"", "picture optional"},
               {"distance", "number"},
               {"from n", "number optional"},
               {"to n", "number optional"},
               {"", ""}},
              [&] {
                for (const Json& column : columns.as_array()) {
                  const double distance = column["distance"].number_or(0);
                  page.element("tr", {}, [&] {
                    page.element("th", {{"scope", "row"}}, column["name"].string_or());
                    page.element("td", {{"class", "picture optional"}}, [&] {
                      page.element(
                          "div", {{"class", "bar"}, {"style", fmt::format("width:{:.1f}%", 100 * distance)}},
                          "");
                    });
                    write_cell(page, shift_distance_text(column), "number");
                    write_cell(page, thousands(column["left"]["count"].integer_or(0)), "number optional");
                    write_cell(page, thousands(column["right"]["count"].integer_or(0)), "number optional");
                    write_cell(page, column_shift_text(column));
                  });
                }
              });
}

} // namespace

std::string data_diff_html(const Json& document, const std::string& program) {
  const PageHead head{fmt::format("{} {} → {} {}", document["left"]["name"].string_or(),
                                  document["left"]["dataset"].string_or().substr(0, 7),
                                  document["right"]["name"].string_or(),
                                  document["right"]["dataset"].string_or().substr(0, 7)),
                      "difference of data", "what changed between two versions of data", "provenance",
                      "Skip to where this is from"};
  return html_page(head, [&](Markup& page) {
    write_answer(page, document);
    const Json& table = document["table"];
    if (table.is_object()) {
      write_counts(page, table["rows"]);
    }
    if (document["files"].is_object()) {
      write_files(page, document["files"]);
    }
    if (table["schema_changes"].size() > 0) {
      write_schema(page, table["schema_changes"]);
    }
    if (table["columns"].size() > 0) {
      write_columns(page, table["columns"]);
    }
    if (table["rows"]["changed_columns"].size() > 0) {
      write_changed_rows(page, table["rows"]);
    }
    page.element("h2", {{"id", "provenance"}}, "Where this is from");
    write_terms(page, {{"from", document["left"]["dataset"].string_or()},
                       {"to", document["right"]["dataset"].string_or()},
                       {"by", program}});
  });
}

} // namespace mlp::report
