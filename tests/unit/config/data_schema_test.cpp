#include "config/data_schema.hpp"

#include <doctest/doctest.h>

using namespace mlp::config;

namespace {

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  for (const Finding& finding : load_data_schema(text, "schema.yaml").findings) {
    lines.push_back(finding.rule + ": " + finding.text());
  }
  return lines;
}
using Lines = std::vector<std::string>;

} // namespace

TEST_CASE("a schema reads back from what was written of it") {
  const std::string text =
      "# by hand\nschema: mlp.data_schema/1\ncolumns:\n"
      "  id: {type: category, nullable: false, regex: \"[0-9]{4}\", unique: true, role: id}\n"
      "  \"odd: name\": {type: number, max_missing: 0.05, min: -1, max: 72.5, unit: months}\n"
      "  t: {type: datetime, monotone: increasing, role: time, owner: Ana Ruiz}\n"
      "  late: {values: [a, \"1\"], available_at: \"30d\", pii: false}\n"
      "  later: {available_at: t, pii: true}\n";
  const LoadedSchema loaded = load_data_schema(text, "schema.yaml");
  CHECK(loaded.findings.empty());
  REQUIRE(loaded.schema.columns.size() == 5);
  CHECK(loaded.schema.find("id")->pattern->matches("0123"));
  CHECK_FALSE(loaded.schema.find("id")->nullable);
  CHECK(loaded.schema.find("odd: name")->max == 72.5);
  CHECK(loaded.schema.find("t")->monotone == Monotone::increasing);
  CHECK(loaded.schema.find("late")->pii == false);
  CHECK(loaded.schema.find("none") == nullptr);
  CHECK(format_data_schema(loaded.schema, {"by hand"}) == text);
}

TEST_CASE("what is wrong with a schema is said all at once, with its place and the nearest key") {
  CHECK(
      lines_of("schema: mlp.data_schema/1\n"
               "columns:\n"
               "  a: {tpye: number, min: 3, max: 2}\n"
               "  b: {type: text, max: 2, regex: \"[\"}\n"
               "  c: {nullable: false, max_missing: 0.1, available_at: tt}\n"
               "  t: {type: datetime}\n") ==
      Lines{"unknown_key: schema.yaml:3:7: unknown key 'tpye' in 'columns.a'; did you mean 'type'?",
            "column_limits: schema.yaml:3:21: 'columns.a.min' 3 is above its max 2",
            "column_limits: schema.yaml:4:19: 'columns.b.max' limits a text: only numbers have limits",
            "invalid_value: schema.yaml:4:34: 'columns.b.regex' is no pattern: the pattern ends too early at "
            "character 2",
            "column_limits: schema.yaml:5:24: 'columns.c.max_missing' allows what `nullable: false` forbids",
            "invalid_value: schema.yaml:5:56: 'columns.c.available_at' is 'tt', no duration like 30d and no "
            "column of "
            "dates; did you mean 't'?"});
  CHECK(lines_of("schema: mlp.data_schema/2\ncolumns: {}\n").size() == 1);
  CHECK(lines_of("schema: mlp.data_schema/1\n").size() == 1);
}
