#include "model/given_predictions.hpp"

#include "base/error.hpp"
#include "sample_table.hpp"

#include <doctest/doctest.h>

using mlp::Error;
using mlp::ErrorCode;
using mlp::Task;
using mlp::model::GivenPredictions;
using mlp::model::PredictedTarget;
using mlp::test::categories;
using mlp::test::number_column;
using mlp::test::table_of;
using Doubles = std::vector<double>;
using Entries = std::vector<std::int64_t>;
using Rows = std::vector<std::uint32_t>;

namespace {

const PredictedTarget k_binary = {Task::binary, "churn", {"No", "Yes"}, "id"};
const PredictedTarget k_multiclass = {Task::multiclass, "kind", {"1", "2", "b"}, {}};
const PredictedTarget k_regression = {Task::regression, "price", {}, {}};

GivenPredictions read(const PredictedTarget& target, const std::string& text) {
  return mlp::model::read_predictions("p.csv", text, target, {});
}

/// The message of the refusal; each has a hint.
std::string refused(const PredictedTarget& target, const std::string& text) {
  try {
    static_cast<void>(read(target, text));
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::input);
    CHECK_FALSE(error.hints().empty());
    return error.what();
  }
  return "read";
}

/// Data of four rows, the last two of which are to be scored.
struct Data {
  mlp::dataset::Table table = table_of({number_column("id", {10, 20, 30, 40})});
  Rows part = {2, 3};
  bool part_has_files = true;
};

mlp::model::PredictionMatch match(const PredictedTarget& target, const std::string& text,
                                  const Data& data = {}) {
  return mlp::model::match_predictions(read(target, text), target,
                                       {.table = data.table,
                                        .name = "churn",
                                        .remedy = "name them",
                                        .part = data.part,
                                        .part_has_files = data.part_has_files});
}

std::string unmatched(const PredictedTarget& target, const std::string& text, const Data& data = {}) {
  try {
    static_cast<void>(match(target, text, data));
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::input);
    CHECK_FALSE(error.hints().empty());
    return error.what();
  }
  return "matched";
}

} // namespace

TEST_CASE(
    "given predictions: columns in any order, others ignored; a probability reads back as the same double") {
  const auto given =
      read(k_binary, "note,probability,row,prediction,id\nx,0.10000000000000001,7,No,a\n,1,2,Yes,b\n");
  CHECK(given.rows == 2);
  CHECK(given.scores == Doubles{0.1, 1});
  CHECK(given.row_numbers == Entries{7, 2});
  CHECK(given.ids == std::vector<std::string>{"a", "b"});
  CHECK(given.called == std::vector<std::int32_t>{0, 1});
  CHECK_FALSE(given.labels_only);
}

TEST_CASE("given predictions: class columns in any order stand in the order of the classes") {
  const auto given = read(k_multiclass, "probability_b,probability_2,probability_1\n0.5,0.3,0.2\n");
  CHECK(given.scores == Doubles{0.2, 0.3, 0.5});
}

TEST_CASE("given predictions: labels alone are a score of 1 for their class, however a number is spelt") {
  const auto binary = read(k_binary, "prediction\nYes\nNo\n");
  CHECK(binary.labels_only);
  CHECK(binary.scores == Doubles{1, 0});
  const auto multiclass = read(k_multiclass, "prediction\n2.0\nb\n");
  CHECK(multiclass.labels_only);
  CHECK(multiclass.scores == Doubles{0, 1, 0, 0, 0, 1});
}

TEST_CASE("given predictions: a rejected row is empty, one that is predicted in part is refused") {
  const auto given = read(k_binary, "row,prediction,probability\n1,,\n2,Yes,0.75\n");
  CHECK(given.empty == std::vector<bool>{true, false});
  CHECK(refused(k_binary, "row,prediction,probability\n1,Yes,\n2,Yes,0.75\n")
            .starts_with("'p.csv' row 1 is predicted in part"));
  CHECK(refused(k_multiclass, "probability_1,probability_2,probability_b\n1,0,0\n0.5,,0.5\n") ==
        "'p.csv' row 2 is predicted in part: 1 of its 3 probabilities are empty");
  CHECK(refused(k_binary, "row,probability\n1,\n2,\n") == "'p.csv' predicts nothing: all 2 rows are empty");
}

TEST_CASE("given predictions: what is no probability is refused with its row") {
  CHECK(refused(k_binary, "probability\n0.5\n1.5\n") == "'p.csv' row 2: 'probability' is 1.5, not in [0, 1]");
  CHECK(refused(k_binary, "probability\n-1e-9\n") == "'p.csv' row 1: 'probability' is -1e-09, not in [0, 1]");
  CHECK(refused(k_binary, "probability\n0.5\nnan\n") == "'p.csv' row 2: 'probability' is no finite number");
  CHECK(refused(k_binary, "probability\n0.5\nNA\n") == "'p.csv' row 2: 'probability' is no finite number");
  CHECK(refused(k_regression, "prediction\n1\n2\ninf\n") ==
        "'p.csv' row 3: 'prediction' is no finite number");
  CHECK(refused(k_regression, "prediction\n1\ncheap\n") == "'p.csv' row 2: 'prediction' is no finite number");
}

TEST_CASE("given predictions: probabilities of a row add up to 1 within 0.001, and are judged as they are "
          "written") {
  // three thirds rounded to three digits add up to 0.999
  const auto rounded = read(k_multiclass, "probability_1,probability_2,probability_b\n0.333,0.333,0.333\n");
  CHECK(rounded.scores == Doubles{0.333, 0.333, 0.333});
  CHECK(refused(k_multiclass, "probability_1,probability_2,probability_b\n0.5,0.25,0.125\n") ==
        "'p.csv' row 1: its 3 probabilities add up to 0.875, not to 1 (± 0.001)");
}

TEST_CASE("given predictions: a class without a column, a column without a class, an unknown label") {
  CHECK(refused(k_multiclass, "row,probability_1,probability_b\n1,0.5,0.5\n") ==
        "'p.csv' has no column 'probability_2': it holds 'row', 'probability_1', 'probability_b'");
  CHECK(refused(k_multiclass, "probability_1,probability_2,probability_b,probability_c\n1,0,0,0\n") ==
        "'p.csv': the column 'probability_c' is of no class of 'kind'");
  CHECK(refused(k_multiclass, "probability_1,probability_1.0,probability_2,probability_b\n1,0,0,0\n") ==
        "'p.csv': 'probability_1' and 'probability_1.0' are of the same class");
  CHECK(refused(k_binary, "row,prediction\n1,No\n2,Maybe\n") ==
        "'p.csv' row 2: 'Maybe' is no class of 'churn'");
  CHECK(refused(k_binary, "row,score\n1,0.5\n") ==
        "'p.csv' has no column 'probability': it holds 'row', 'score'");
}

TEST_CASE("given predictions: files without rows, ids or row numbers that name nothing") {
  CHECK(refused(k_binary, "").find("the file is empty") != std::string::npos);
  CHECK(refused(k_binary, "row,probability\n") == "'p.csv' holds a header and no predictions");
  CHECK(refused(k_binary, "id,probability\na,0.5\n,0.5\n") == "'p.csv' row 2: the id 'id' is empty");
  CHECK(refused(k_binary, "row,probability\n0,0.5\n") ==
        "'p.csv' row 1: 'row' is 0, not a whole number from 1 on");
  CHECK(refused(k_binary, "row,probability\n1.5,0.5\n") ==
        "'p.csv' row 1: 'row' is 1.5, not a whole number from 1 on");
  CHECK(refused(k_binary, "row,probability\n1,0.5\n,0.5\n").starts_with("'p.csv' row 2: 'row' is empty"));
}

TEST_CASE("matching: by the id where there is one, whatever `row` says; 20.0 is 20") {
  const auto by_id = match(k_binary, "row,id,probability\n1,40,0.5\n2,20.0,0.5\n");
  CHECK(by_id.by == "id");
  CHECK(by_id.entry_of == Entries{-1, 1, -1, 0});
  CHECK(unmatched(k_binary, "id,probability\n10,0.5\n50,0.5\n") == "'p.csv' row 2: churn has no 'id' 50");
  CHECK(unmatched(k_binary, "id,probability\n10,0.5\n20,0.5\n10,0.5\n") ==
        "'p.csv' row 3: 'id' 10 is predicted in row 1 already");
}

TEST_CASE("matching: ids that stand in several rows of the data match nothing; `row` does") {
  Data data;
  data.table = table_of({number_column("id", {10, 20, 20, 40})});
  const auto by_row = match(k_binary, "row,id,probability\n3,20,0.5\n4,40,0.5\n", data);
  CHECK(by_row.by == "row");
  CHECK(by_row.entry_of == Entries{-1, -1, 0, 1});
  CHECK(unmatched(k_binary, "id,probability\n20,0.5\n", data) ==
        "'p.csv' row 1: 'id' 20 stands in several rows of churn");
  CHECK(match(k_binary, "id,probability\n40,0.5\n", data).by == "id"); // this one is unique
}

TEST_CASE("matching: by row number, each row once and within the data") {
  const auto by_row = match(k_regression, "row,prediction\n4,1\n1,2\n");
  CHECK(by_row.by == "row");
  CHECK(by_row.entry_of == Entries{1, -1, -1, 0});
  CHECK(unmatched(k_regression, "row,prediction\n1,1\n5,2\n") ==
        "'p.csv' row 2: 'row' is 5, and churn has 4 rows");
  CHECK(unmatched(k_regression, "row,prediction\n3,1\n3,2\n") ==
        "'p.csv' row 2: row 3 is predicted in row 1 already");
}

TEST_CASE("matching: rows numbered as in a file of the part are not taken for rows of the data") {
  const std::string text = "row,prediction\n1,1\n2,2\n"; // as many as the part has, which are rows 3 and 4
  CHECK(unmatched(k_regression, text) ==
        "'p.csv': its 2 rows are numbered from 1, as in a file of the test part, not as in churn");
  CHECK(match(k_regression, "row,prediction\n3,1\n4,2\n").by == "row");
  Data whole; // of other data, all labelled rows are scored: nobody has them in a file of their own
  whole.part_has_files = false;
  CHECK(match(k_regression, text, whole).entry_of == Entries{0, 1, -1, -1});
}

TEST_CASE("matching: by order where every row of the data, or of the part, is predicted") {
  const auto all = match(k_regression, "prediction\n1\n2\n3\n4\n");
  CHECK(all.by == "order");
  CHECK(all.entry_of == Entries{0, 1, 2, 3});
  CHECK(match(k_regression, "prediction\n1\n2\n").entry_of == Entries{-1, -1, 0, 1});
  CHECK(unmatched(k_regression, "prediction\n1\n2\n3\n") ==
        "'p.csv' has 3 rows without 'row' to match them by; churn has 4, 2 of them to score");
  CHECK(unmatched(k_regression, "prediction\n1\n2\n3\n4\n5\n") ==
        "'p.csv' has 5 rows without 'row' to match them by; churn has 4, 2 of them to score");
}
