#include "cli/command_steps.hpp"
#include "support/parquet_bytes.hpp"

namespace mlp::test {
namespace {

constexpr int k_input_error = 3;
const std::string k_refusal = " is a Parquet file, and this mlp was built without Apache Arrow";

} // namespace

TEST_CASE("a Parquet file is refused by what it holds, with the way to a file that can be read") {
  const Scratch scratch;
  start_sample(scratch);
  scratch.write("rows.parquet", parquet_bytes());
  scratch.write("rows.csv", parquet_bytes());
  scratch.write("parts/1.parquet", parquet_bytes());
  scratch.write("mixed/1.csv", "x,y\n1,a\n");
  scratch.write("mixed/2.csv", parquet_bytes());
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

TEST_CASE("a model does not score a Parquet file that this build cannot read") {
  const Scratch scratch;
  start_sample(scratch);
  scratch.write("rows.parquet", parquet_bytes());
  tell(scratch, {
                    {.line = "train"},
                    {.line = "predict rows.parquet -o scores.csv",
                     .exit = k_input_error,
                     .err = "'rows.parquet'" + k_refusal},
                });
}

} // namespace mlp::test
