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

} // namespace mlp::test
