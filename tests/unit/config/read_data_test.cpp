#include "unit/config/loaded.hpp"

#include <doctest/doctest.h>

using namespace mlp::config;
using namespace mlp::test;

TEST_CASE("text that looks like a boolean, a number or null keeps its text") {
  const Project project = load_project(project_text("model: {task: binary}\n"
                                                    "data:\n"
                                                    "  path: [a.csv, b.csv]\n"
                                                    "  target: 2024\n"
                                                    "  positive: Yes\n"
                                                    "  format: {missing: [NA, null, ~, no]}\n"
                                                    "  columns: {smoker: {values: [Yes, No, 01]}}\n"),
                                       "mlp.yaml")
                              .project;
  CHECK(project.data.target == "2024");
  CHECK(project.data.positive == "Yes");
  CHECK(project.data.paths == Lines{"a.csv", "b.csv"});
  CHECK(project.data.format.missing == Lines{"NA", "null", "~", "no"});
  CHECK(project.data.columns.at("smoker").values == Lines{"Yes", "No", "01"});
}

TEST_CASE("a column's findings stand where the column is written") {
  CHECK(
      findings_of(with_data("  columns:\n"
                            "    a: {type: int}\n"
                            "    b: {role: featur}\n"
                            "    c: {min: 3, max: 1}\n"
                            "    d: {type: category, min: 0}\n"
                            "    e: {type: number, values: [1, 2]}\n"
                            "    f: {max_missing: 1.5}\n"
                            "    g: {protected: yes}\n"
                            "    h: {unti: kg}\n"
                            "    i: number\n")) ==
      Lines{"invalid_value: mlp.yaml:9:15: 'data.columns.a.type' is 'int', not one of number, boolean, "
            "category, datetime, text",
            "invalid_value: mlp.yaml:10:15: 'data.columns.b.role' is 'featur', not one of feature, id, time, "
            "group, weight, "
            "post_outcome, ignore, target; did you mean 'feature'?",
            "column_limits: mlp.yaml:11:9: 'data.columns.c.min' 3 is above its max 1",
            "column_limits: mlp.yaml:12:25: 'data.columns.d.min' limits a category: only numbers have limits",
            "column_limits: mlp.yaml:13:23: 'data.columns.e.values' lists categories of a number",
            "out_of_range: mlp.yaml:14:22: 'data.columns.f.max_missing' is 1.5; it must be at least 0 and at "
            "most 1",
            "wrong_type: mlp.yaml:15:20: 'data.columns.g.protected' is 'yes', not true or false",
            "unknown_key: mlp.yaml:16:9: unknown key 'unti' in 'data.columns.h'; did you mean 'unit'?",
            "wrong_type: mlp.yaml:17:8: 'data.columns.i' is 'number', not a map (key: value)"});
}

TEST_CASE("the delimiter is one character, or the word tab") {
  CHECK(load_project(with_data("  format: {delimiter: tab}\n"), "f").project.data.format.delimiter == '\t');
  CHECK(load_project(with_data("  format: {delimiter: \"\\t\"}\n"), "f").project.data.format.delimiter ==
        '\t');
  CHECK(load_project(with_data("  format: {delimiter: \"|\"}\n"), "f").project.data.format.delimiter == '|');
  CHECK(findings_of(with_data("  format: {delimiter: ;;, encoding: utf8}\n")) ==
        Lines{"invalid_value: mlp.yaml:8:23: 'data.format.delimiter' is ';;', not one character like \",\", "
              "\";\", \"|\" or tab",
              "invalid_value: mlp.yaml:8:37: 'data.format.encoding' is 'utf8', not one of utf-8, latin-1; "
              "did you mean 'utf-8'?"});
}

TEST_CASE("data.format: the decimal mark and the one between thousands are named, and differ") {
  const auto marks =
      load_project(with_data("  format: {decimal: \",\", thousands: \" \"}\n"), "f").project.data.format;
  CHECK(marks.decimal == ',');
  CHECK(marks.thousands == ' ');
  const auto none = load_project(with_data(""), "f").project.data.format;
  CHECK_FALSE(none.decimal);
  CHECK_FALSE(none.thousands);
  const auto first_of = [](const std::string& format) {
    return findings_of(with_data("  format: " + format + "\n")).front();
  };
  CHECK(first_of("{decimal: \";\"}") ==
        "invalid_value: mlp.yaml:8:21: 'data.format.decimal' is ';', not one of ., ,; did you mean '.'?");
  CHECK(first_of("{decimal: \",\", thousands: \",\"}") ==
        "invalid_value: mlp.yaml:8:26: 'data.format.thousands' is ',' like the decimal mark: a number cannot "
        "tell them apart");
  CHECK(first_of("{thousands: \".\"}").find("like the decimal mark") != std::string::npos);
}

TEST_CASE("a table of protected attributes is not supported yet, and that is said") {
  CHECK(findings_of(with_data("  protected_table: data/protected.csv\n")) ==
        Lines{"not_supported: mlp.yaml:8:3: not supported by this version yet: 'data.protected_table'"});
}
