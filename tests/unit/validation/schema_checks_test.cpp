#include "validation/schema_checks.hpp"

#include "examined_table.hpp"
#include "validation/infer_schema.hpp"

#include <doctest/doctest.h>

using namespace mlp;
using namespace mlp::test;
using namespace mlp::validation;

namespace {

config::DataSchema schema_of(const std::string& columns) {
  auto loaded = config::load_data_schema("schema: mlp.data_schema/1\ncolumns:\n" + columns, "schema.yaml");
  for (const auto& finding : loaded.findings) {
    FAIL(finding.text());
  }
  return loaded.schema;
}

/// "id column observed [rows]" of each finding.
std::vector<std::string> found(const dataset::Table& table, const std::string& columns) {
  Findings findings;
  check_schema(table, dataset::profile_of(table, 1), schema_of(columns), findings);
  std::vector<std::string> lines;
  for (const Check& check : findings.checks) {
    std::string line = check.id + " " + check.subject;
    for (const std::int64_t row : check.rows) {
      line += " " + std::to_string(row);
    }
    lines.push_back(line);
  }
  return lines;
}
using Lines = std::vector<std::string>;

} // namespace

TEST_CASE("each promise of the schema is checked, with the rows that break it") {
  const auto table =
      table_of({number_column("n", {1, 5, k_missing_number, 9}), category_column("c", {"a", "b", "", "b"}),
                category_column("code", {"A1", "B2", "C3", "C33"})});
  CHECK(found(table, "  n: {type: number}\n  c: {type: category}\n  code: {type: text}\n") == Lines{});
  CHECK(found(table, "  n: {min: 2, max: 8}\n  c: {values: [a]}\n  code: {regex: \"[A-Z][0-9]\"}\n") ==
        Lines{"schema.min n 1", "schema.max n 4", "schema.values c 2 4", "schema.regex code 4"});
  CHECK(found(table, "  n: {nullable: false}\n  c: {max_missing: 0.2, unique: true}\n  code: {monotone: "
                     "decreasing}\n") ==
        Lines{"schema.missing n 3", "schema.missing c 3", "schema.unique c 4", "schema.monotone code 2 3 4"});
  CHECK(found(table, "  n: {max_missing: 0.25, monotone: increasing}\n  cc: {}\n  code: {}\n") ==
        Lines{"schema.missing_column cc", "schema.unknown_column c"});
  CHECK(found(table, "  c: {}\nclosed: true\n") ==
        Lines{"schema.unknown_column n", "schema.unknown_column code"});
  // "A1" and its like are no numbers; a number is no datetime
  CHECK(found(table, "  n: {type: datetime}\n  c: {}\n  code: {type: number}\n") ==
        Lines{"schema.type n", "schema.type code 1 2 3 4"});
}

TEST_CASE("columns that the schema does not name warn once; a closed schema fails at each") {
  const auto table = table_of({number_column("n", {1, 5}), number_column("m", {1, 2}),
                               category_column("c", {"a", "b"}), number_column("k", {3, 4})});
  const auto findings_of = [&](const std::string& columns) {
    Findings findings;
    check_schema(table, dataset::profile_of(table, 1), schema_of(columns), findings);
    return findings.checks;
  };
  const auto open = findings_of("  n: {min: 0}\n");
  REQUIRE(open.size() == 1);
  CHECK(open.front().status == CheckStatus::warn);
  CHECK(open.front().observed == 3.0);
  CHECK(open.front().why ==
        "schema.yaml promises nothing of 'm', 'c', 'k'; `closed: true` in it forbids other columns");
  const auto closed = findings_of("  n: {min: 0}\n  c: {}\nclosed: true\n");
  REQUIRE(closed.size() == 2);
  CHECK(closed.front().status == CheckStatus::fail);
  CHECK(closed.front().subject == "m");
}

TEST_CASE("values that look like numbers in this version keep a schema of words") {
  const auto table = table_of({number_column("zip", {1, 2, 2}), number_column("word", {1, 2, 2})});
  CHECK(found(table, "  zip: {type: category, values: [\"1\", \"2\"]}\n  word: {type: category}\n") ==
        Lines{"schema.type word"});
}

TEST_CASE("features that are known too late by the schema fail") {
  const auto table =
      table_of({datetime_column("asked", {100, 200}), datetime_column("paid", {100, 250}),
                number_column("amount", {1, 2}), number_column("score", {1, 2}), number_column("fee", {1, 2}),
                number_column("at_once", {1, 2}), number_column("ref", {1, 2})});
  dataset::Roles roles;
  roles.time = "asked";
  roles.features = {"amount", "score", "fee", "at_once", "ref"};
  Findings findings;
  check_schema_roles(
      table, roles,
      schema_of("  paid: {type: datetime}\n  amount: {available_at: paid}\n  score: {available_at: 30d}\n"
                "  fee: {role: post_outcome}\n  at_once: {available_at: 0d}\n  ref: {role: id}\n"),
      findings);
  REQUIRE(findings.checks.size() == 4);
  CHECK(findings.checks[0].id == "post_outcome_feature");
  CHECK(findings.checks[0].rows == std::vector<std::int64_t>{2}); // paid at 250, asked at 200
  CHECK(findings.checks[1].subject == "score");
  CHECK(findings.checks[2].subject == "fee");
  CHECK(findings.checks[3].id == "schema.role");
}

TEST_CASE("an inferred schema says what the data keep, keeps it, and holds no personal value") {
  std::vector<std::string> codes;
  std::vector<std::string> mails;
  std::vector<double> sizes = counting(0, 40);
  sizes[0] = k_missing_number; // 1 of 40 = 2.5%: twice that is 5%
  for (int i = 0; i < 40; ++i) {
    codes.push_back("AB-" + std::to_string(i + 5)); // one digit in five rows, two in the others
    mails.push_back("p" + std::to_string(i) + "@example.org");
  }
  const auto table = table_of({text_column("code", codes), number_column("size", sizes),
                               text_column("mail", mails), boolean_column("y", coins(40, 1))});
  auto project = project_for(Task::binary, "y");
  const auto profile = dataset::profile_of(table, 1);
  const config::DataSchema schema = infer_schema(table, profile, project);
  CHECK(config::format_data_schema(schema, {}) ==
        "schema: mlp.data_schema/1\nclosed: true\ncolumns:\n"
        "  code: {type: text, nullable: false, regex: \"[A-Z]{2}-[0-9]{1,2}\", unique: true}\n"
        "  size: {type: number, max_missing: 0.05, min: 1, max: 39, unique: true}\n"
        "  mail: {type: text, nullable: false, pii: true}\n"
        "  \"y\": {type: boolean, nullable: false, values: [\"No\", \"Yes\"], role: target}\n");
  Findings findings;
  check_schema(table, profile, schema, findings);
  CHECK(findings.checks.empty());
  std::vector<Check> personal = {Check{"personal_data", CheckStatus::warn, {}, {}, {}, "", "mail", {}}};
  drop_answered(personal, schema);
  CHECK(personal.empty());
}
