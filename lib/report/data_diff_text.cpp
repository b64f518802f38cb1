#include "report/data_diff_text.hpp"

#include "base/time.hpp"
#include "report/numbers.hpp"
#include "report/text_table.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mlp::report {
namespace {

constexpr std::size_t k_shown_columns = 20;
constexpr std::size_t k_widest = 24;

std::string point(const Json& column, const Json& value) {
  if (!value.is_number()) {
    return "–";
  }
  return column["type"].string_or() == "datetime" ? format_date(static_cast<UnixSeconds>(value.as_number()))
                                                  : metric_text(value.as_number());
}

/// "what a → b", or nothing where both read the same.
std::string moved(std::string_view what, const std::string& from, const std::string& to) {
  return from == to ? "" : fmt::format("{} {} → {}", what, from, to);
}

/// Whether a distance shows in three decimals.
bool is_seen(double distance) { return distance == 0 || distance >= 0.0005; }

bool is_tiny(const Json& column) {
  return column["distance"].number_or(1) < 0.0005 && column_shift_text(column).empty();
}

void append(std::string& text, const std::string& part) {
  if (!part.empty()) {
    text += (text.empty() ? "" : " · ") + part;
  }
}

std::string words_text(std::string_view what, const Json& words) {
  const std::int64_t n = words["n"].integer_or(0);
  if (n == 0) {
    return "";
  }
  const auto& values = words["values"].as_array();
  std::string text;
  for (std::size_t i = 0; i < values.size() && i < 3; ++i) {
    text += fmt::format("{}'{}' ({})", i == 0 ? "" : ", ",
                        shortened(printable(values[i]["value"].string_or()), k_widest),
                        thousands(values[i]["count"].integer_or(0)));
  }
  if (values.empty()) {
    return fmt::format("{} {} {}", what, thousands(n), n == 1 ? "value" : "values");
  }
  return fmt::format("{} {}{}", what, text, n > 3 ? fmt::format(" and {} more", thousands(n - 3)) : "");
}

double share_missing(const Json& side) {
  const auto rows = static_cast<double>(side["count"].integer_or(0) + side["missing"].integer_or(0));
  return rows > 0 ? side["missing"].number_or(0) / rows : 0;
}

std::string files_text(const Json& files, const Style& style) {
  std::string text = style.bold("files") + "\n";
  const auto paths = [&](const Json& list, std::int64_t n) {
    std::string some;
    for (std::size_t i = 0; i < list.size() && i < 3; ++i) {
      some += (i == 0 ? "" : ", ") + printable(list.as_array()[i].string_or());
    }
    return some + (n > 3 ? ", …" : "");
  };
  const auto line = [&](const std::string& sign, const char* what, const char* names) {
    if (const std::int64_t n = files[what].integer_or(0); n > 0) {
      text += fmt::format("  {} {} {}   {}\n", sign, thousands(n), what, paths(files[names], n));
    }
  };
  line(style.red("-"), "removed", "removed_files");
  line(style.green("+"), "added", "added_files");
  line(style.yellow("~"), "changed", "changed_files");
  if (const std::int64_t n = files["moved"].integer_or(0); n > 0) {
    const Json& first = files["moved_files"].as_array().front();
    text += fmt::format("  {} {} moved   {} → {}{}\n", style.yellow("~"), thousands(n),
                        printable(first["from"].string_or()), printable(first["to"].string_or()),
                        n > 1 ? ", …" : "");
  }
  return text + fmt::format("  = {} unchanged\n", thousands(files["unchanged"].integer_or(0)));
}

std::string schema_text(const Json& changes, const Style& style) {
  std::string text = style.bold("schema") + "\n";
  for (const Json& change : changes.as_array()) {
    const std::string what = change["what"].string_or();
    const std::string column = printable(change["column"].string_or());
    if (what == "added") {
      text += fmt::format("  {} {}   {}\n", style.green("+"), column, change["right"].string_or());
    } else if (what == "removed") {
      text += fmt::format("  {} {}   {}\n", style.red("-"), column, change["left"].string_or());
    } else if (what == "type") {
      text += fmt::format("  {} {}   {} → {}\n", style.yellow("~"), column, change["left"].string_or(),
                          change["right"].string_or());
    } else {
      text += fmt::format("  {} the columns stand in another order\n", style.yellow("~"));
    }
  }
  return text;
}

std::string rows_text(const Json& rows, const Style& style) {
  const bool by_id = rows["by"].string_or() == "id";
  std::string text = style.bold(fmt::format("rows, by {}", by_id ? "id" : "content")) + "\n";
  const auto line = [&](const std::string& sign, const char* what, const std::string& beside) {
    text += fmt::format("  {} {} {}{}\n", sign, thousands(rows[what].integer_or(0)), what,
                        beside.empty() ? "" : "   " + beside);
  };
  line(style.red("-"), "removed", row_numbers_text(rows["removed_rows"], rows["removed"].integer_or(0)));
  line(style.green("+"), "added", row_numbers_text(rows["added_rows"], rows["added"].integer_or(0)));
  if (by_id) {
    std::string columns;
    for (std::size_t i = 0; i < rows["changed_columns"].size() && i < 5; ++i) {
      const Json& column = rows["changed_columns"].as_array()[i];
      columns += fmt::format("{}{} in {}", i == 0 ? "" : ", ", printable(column["column"].string_or()),
                             thousands(column["rows"].integer_or(0)));
    }
    line(style.yellow("~"), "changed", columns + (rows["changed_columns"].size() > 5 ? ", …" : ""));
    for (const Json& row : rows["changed_rows"].as_array()) {
      std::string cells;
      for (const Json& cell : row["cells"].as_array()) {
        cells += (cells.empty() ? "" : ", ") + changed_cell_text(cell);
      }
      text += fmt::format("      row {} → {}   {}\n", thousands(row["left"].integer_or(0)),
                          thousands(row["right"].integer_or(0)), cells);
    }
  }
  line("=", "unchanged",
       rows["same_order"].bool_or(true) || rows["added"].integer_or(0) > 0 ||
               rows["removed"].integer_or(0) > 0 || rows["changed"].integer_or(0) > 0
           ? ""
           : "in another order");
  return text;
}

std::string columns_text(const Json& columns, const Style& style) {
  TextTable table({Align::left, Align::left, Align::right, Align::left});
  table.row({"column", "distance", "n", ""});
  std::size_t shown = 0;
  for (const Json& column : columns.as_array()) {
    if (shown == k_shown_columns || is_tiny(column)) {
      continue;
    }
    ++shown;
    table.row({shortened(printable(column["name"].string_or()), k_widest), shift_distance_text(column),
               fmt::format("{} → {}", thousands(column["left"]["count"].integer_or(0)),
                           thousands(column["right"]["count"].integer_or(0))),
               column_shift_text(column)});
  }
  std::string text = style.bold("columns that moved") + "\n" + (shown > 0 ? table.text(2) : "");
  if (columns.size() > shown) {
    text += fmt::format("  … {} more moved less (--json has all)\n",
                        thousands(static_cast<std::int64_t>(columns.size() - shown)));
  }
  return text;
}

} // namespace

std::string data_side_text(const Json& side) {
  std::string text =
      fmt::format("{} {}", printable(side["name"].string_or()), side["dataset"].string_or().substr(0, 7));
  if (side["rows"].is_integer()) {
    text += fmt::format("   {} rows × {} columns", thousands(side["rows"].as_integer()),
                        thousands(side["columns"].integer_or(0)));
  }
  if (side["files"].integer_or(1) > 1) {
    text += fmt::format("   {} files", thousands(side["files"].as_integer()));
  }
  return text;
}

std::string shift_distance_text(const Json& column) {
  if (!column["distance"].is_number()) {
    return "–";
  }
  const double distance = column["distance"].as_number();
  return column["distance_name"].string_or() +
         (is_seen(distance) ? " " + fixed_text(distance, 3) : " <0.001") +
         (column["drift"].string_or("none") == "none" ? "" : " " + column["drift"].as_string());
}

std::string column_shift_text(const Json& column) {
  const Json& left = column["left"];
  const Json& right = column["right"];
  std::string text;
  append(text, moved("median", point(column, left["median"]), point(column, right["median"])));
  if (column["type"].string_or() == "number") {
    append(text, moved("mean", point(column, left["mean"]), point(column, right["mean"])));
  }
  append(text, words_text("came", column["came"]));
  append(text, words_text("went", column["went"]));
  append(text, moved("missing", percent_text(share_missing(left)), percent_text(share_missing(right))));
  return text;
}

std::string changed_cell_text(const Json& cell) {
  const auto value = [](const Json& text) {
    return text.string_or().empty() ? std::string("(missing)")
                                    : shortened(printable(text.string_or()), k_widest);
  };
  const std::string column = printable(cell["column"].string_or());
  return cell["shown"].bool_or(false)
             ? fmt::format("{} {} → {}", column, value(cell["left"]), value(cell["right"]))
             : column + " (not shown)";
}

std::string row_numbers_text(const Json& rows, std::int64_t n) {
  std::string text;
  for (const Json& row : rows.as_array()) {
    text += (text.empty() ? (n == 1 ? "row " : "rows ") : std::string(", ")) + thousands(row.as_integer());
  }
  return text.empty() || n <= static_cast<std::int64_t>(rows.size()) ? text : text + ", …";
}

std::string data_diff_text(const Json& document, const Style& style) {
  std::string text = style.red("- " + data_side_text(document["left"])) + "\n" +
                     style.green("+ " + data_side_text(document["right"])) + "\n";
  if (document["equal"].bool_or(false)) {
    return text + (document["table"].is_null() ? "the same bytes\n" : "the same table in other bytes\n");
  }
  if (document["files"].is_object()) {
    text += files_text(document["files"], style);
  }
  const Json& table = document["table"];
  if (!table.is_object()) {
    return text;
  }
  if (table["schema_changes"].size() > 0) {
    text += schema_text(table["schema_changes"], style);
  }
  text += rows_text(table["rows"], style);
  if (table["columns"].size() > 0) {
    text += columns_text(table["columns"], style);
  }
  return text;
}

} // namespace mlp::report
