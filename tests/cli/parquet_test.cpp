#include "parquet/parquet.hpp"

#include "base/json.hpp"
#include "cli/command_steps.hpp"
#include "os/files.hpp"
#include "support/parquet_file.hpp"

namespace mlp::test {
namespace {

constexpr int k_input_error = 3;
const std::string k_refusal = " is a Parquet file, and this mlp was built without Apache Arrow";
const bool k_reads = parquet::is_built_in();

std::string parquet_customers() { return os::read_file(parquet_file("customers.parquet")); }

Json json_of(const Scratch& scratch, const std::string& line) {
  const MlpResult result = mlp_run(words_of(line), {.directory = scratch.root});
  INFO("mlp ", line, "\n", result.err);
  REQUIRE(result.exit == 0);
  return Json::parse(result.out);
}

} // namespace

TEST_CASE("a Parquet file is refused by what it holds, with the way to a file that can be read" *
          doctest::skip(k_reads)) {
  const Scratch scratch;
  start_sample(scratch);
  scratch.write("rows.parquet", parquet_customers());
  scratch.write("rows.csv", parquet_customers());
  scratch.write("parts/1.parquet", parquet_customers());
  scratch.write("mixed/1.csv", "x,y\n1,a\n");
  scratch.write("mixed/2.csv", parquet_customers());
  const std::string hint = "duckdb";
  tell(scratch,
       {
           {.line = "data add rows.parquet", .exit = k_input_error, .err = "'rows.parquet'" + k_refusal},
           {.line = "data add rows.parquet", .exit = k_input_error, .err = hint},
           {.line = "data add rows.csv", .exit = k_input_error, .err = "'rows.csv'" + k_refusal},
           {.line = "data add parts", .exit = k_input_error, .err = "'parts/1.parquet'" + k_refusal},
           {.line = "data add mixed", .exit = k_input_error, .err = "'mixed/2.csv'" + k_refusal},
           {.line = "data show rows.parquet", .exit = k_input_error, .err = "'rows.parquet'" + k_refusal},
           {.line = "data diff data/churn.csv rows.parquet",
            .exit = k_input_error,
            .err = "'rows.parquet'" + k_refusal},
           {.line = "init new --data rows.parquet --target y",
            .exit = k_input_error,
            .err = "rows.parquet'" + k_refusal},
       });
}

TEST_CASE("a model does not score a Parquet file that this build cannot read" * doctest::skip(k_reads)) {
  const Scratch scratch;
  start_sample(scratch);
  scratch.write("rows.parquet", parquet_customers());
  tell(scratch, {
                    {.line = "train"},
                    {.line = "predict rows.parquet -o scores.csv",
                     .exit = k_input_error,
                     .err = "'rows.parquet'" + k_refusal},
                });
}

TEST_CASE("the rows of a Parquet file give the model, metrics and scores that they give as CSV" *
          doctest::skip(!k_reads)) {
  const Scratch scratch;
  start_sample(scratch);
  const Json csv_run = json_of(scratch, "train --json");
  const Json csv_evaluation = json_of(scratch, "eval --json");
  scratch.write("data/churn.parquet", parquet_customers());
  tell(scratch,
       {
           {.line = "data diff data/churn.csv data/churn.parquet", .out = "the same table in other bytes"},
           {.line = "predict data/churn.csv -o from_csv.csv"},
           {.line = "predict data/churn.parquet -o from_parquet.csv"},
           {.line = "data add data/churn.parquet", .out = "400 rows"},
           {.line = "data show data/churn.parquet", .out = "Parquet"},
           {.line = "data validate data/churn.parquet"},
           {.line = "check", .before = edited("mlp.yaml", "data/churn.csv", "data/churn.parquet")},
       });
  CHECK(scratch.read("from_csv.csv") == scratch.read("from_parquet.csv"));
  const Json run = json_of(scratch, "train --json");
  CHECK(run["model"] == csv_run["model"]);
  CHECK(run["dataset"] != csv_run["dataset"]); // an id is of the bytes
  const Json evaluation = json_of(scratch, "eval --json");
  CHECK(evaluation["metrics"] == csv_evaluation["metrics"]);
}

TEST_CASE("a Parquet file without rows, with a nested column, or cut short is refused" *
          doctest::skip(!k_reads)) {
  const Scratch scratch;
  start_sample(scratch);
  scratch.write("nested.parquet", os::read_file(parquet_file("nested.parquet")));
  scratch.write("cut.parquet", parquet_customers().substr(0, 5'000));
  tell(scratch, {
                    {.line = "data add nested.parquet", .exit = k_input_error, .err = "column 'tags'"},
                    {.line = "data add cut.parquet", .exit = k_input_error, .err = "'cut.parquet'"},
                });
}

} // namespace mlp::test
