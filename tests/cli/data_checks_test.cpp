#include "base/content_id.hpp"
#include "base/json.hpp"
#include "cli/command_steps.hpp"

#include <fmt/format.h>

namespace mlp::test {
namespace {

/// Customers with two more columns: a call that only those who left got, and everybody's address.
std::string customers_who_were_called(int rows) {
  std::string text;
  std::string line;
  int id = 0;
  for (const char c : customers(rows)) {
    if (c != '\n') {
      line += c;
      continue;
    }
    const bool left = line.ends_with("Yes");
    const std::string call = id % 50 == 0 ? "no" : left ? "yes" : "no"; // but for some that nobody reached
    text +=
        id == 0 ? line + ",called,mail\n" : fmt::format("{},{},person{}@example.org\n", line, call, id % 40);
    line.clear();
    ++id;
  }
  return text;
}

} // namespace

TEST_CASE(
    "a leak is recorded with the run, and the policy refuses the model; personal values are kept nowhere") {
  const Scratch scratch;
  start_sample(scratch);
  scratch.write("data/churn.csv", customers_who_were_called(400));
  tell(scratch,
       {
           {.line = "data add data/churn.csv"},
           {.line = "data validate", .exit = 1, .out = "FAIL  target_leakage"},
           {.line = "data validate", .exit = 1, .out = "100% of the values of 'mail' are e-mail addresses"},
           {.line = "train", .err = "target_leakage"},
           {.line = "eval"},
           {.line = "promote churn --to staging", .exit = 1, .out = "FAIL  data_errors"},
       });
  const auto shown = mlp_run({"data", "show", "churn", "--json"}, {.directory = scratch.root});
  const auto validated = mlp_run({"data", "validate", "--json"}, {.directory = scratch.root});
  const auto schema = mlp_run({"data", "schema"}, {.directory = scratch.root});
  CHECK(schema.out.find("mail: {type: category, nullable: false, pii: true}") != std::string::npos);
  const std::string ledger = git_run(scratch.root, {"log", "-p", "mlp-ledger"});
  CHECK(ledger.find("personal_data") != std::string::npos);
  for (const std::string& text : {shown.out, validated.out, schema.out, ledger}) {
    CHECK(text.find("person1") == std::string::npos);
  }
}

TEST_CASE("schema.yaml's `pii: true` keeps a column's values out of what is stored and shown") {
  const Scratch scratch;
  start_sample(scratch);
  tell(scratch, {{.line = "data add data/churn.csv"}});
  const std::string before = mlp_run({"data", "show", "churn", "--json"}, {.directory = scratch.root}).out;
  CHECK(before.find("\"month\"") != std::string::npos);
  scratch.write("schema.yaml", "schema: mlp.data_schema/1\ncolumns:\n  id: {}\n  tenure: {}\n  charge: {}\n"
                               "  contract: {pii: true}\n  region: {}\n  churn: {}\n");
  // What was stored before is masked where it is shown.
  CHECK(mlp_run({"data", "show", "churn", "--json"}, {.directory = scratch.root}).out.find("\"month\"") ==
        std::string::npos);
  scratch.write("new.csv", replaced(customers(400), "month", "day"));
  const std::string diff = mlp_run({"data", "diff", "churn", "new.csv"}, {.directory = scratch.root}).out;
  CHECK(diff.find("contract") != std::string::npos);
  CHECK(diff.find("month") == std::string::npos);
  tell(scratch, {{.line = "train"}, {.line = "eval"}});
  const std::string row = mlp_run({"explain", "--row", "1"}, {.directory = scratch.root}).out;
  CHECK(row.find("(personal)") != std::string::npos);
  CHECK(row.find("month") == std::string::npos);
  const std::string model = mlp_run({"explain"}, {.directory = scratch.root}).out;
  CHECK(model.find("month") == std::string::npos);
  // the worst mistakes of a page show rows
  const std::string shown =
      mlp_run({"eval", "--html", "page.html", "--markdown", "page.md"}, {.directory = scratch.root}).out;
  const std::string document = mlp_run({"eval", "--json"}, {.directory = scratch.root}).out;
  CHECK(scratch.read("page.html").find("(personal)") != std::string::npos);
  for (const std::string& text : {shown, document, scratch.read("page.html"), scratch.read("page.md")}) {
    CHECK(text.find("month") == std::string::npos);
  }
}

TEST_CASE("data validate --schema judges any data by another file; a run names the schema that judged it") {
  const Scratch scratch;
  start_sample(scratch);
  const std::string head = "schema: mlp.data_schema/1\ncolumns:\n";
  scratch.write("strict.yaml", head + "  tenure: {max: 10}\n");
  scratch.write("broken.yaml", head + "  tenure: {maximum: 10}\n");
  scratch.write("other.csv", "tenure,x\n3,a\n40,b\n");
  scratch.write("none.csv", "tenure,x\n");
  const std::string strict_id = sha256(scratch.read("strict.yaml")).hex();
  tell(scratch, {{.line = "data validate"},
                 {.line = "data validate --schema strict.yaml", .exit = 1, .out = "schema.max"},
                 {.line = "data validate other.csv --schema strict.yaml", .exit = 1, .out = "schema.max"},
                 {.line = "data validate --schema strict.yaml --json", .exit = 1, .out = strict_id},
                 {.line = "data validate --schema broken.yaml", .exit = 3, .err = "maximum"},
                 {.line = "data validate --schema nowhere.yaml", .exit = 3, .err = "nowhere.yaml"},
                 {.line = "data validate none.csv", .exit = 1, .out = "no_rows"}});
  const auto record_of_run = [&] {
    const MlpResult trained = mlp_run({"train", "--json"}, {.directory = scratch.root});
    REQUIRE(trained.exit == 0);
    const std::string run = Json::parse(trained.out)["run"].string_or();
    return Json::parse(mlp_run({"show", run, "--json"}, {.directory = scratch.root}).out)["record"];
  };
  CHECK(record_of_run()["data_schema"].is_null());
  scratch.write("schema.yaml", head + "  tenure: {max: 71}\n");
  CHECK(record_of_run()["data_schema"] == sha256(scratch.read("schema.yaml")).hex());
}

} // namespace mlp::test
