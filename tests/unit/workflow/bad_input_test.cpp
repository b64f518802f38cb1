#include "unit/workflow/opened_project.hpp"

#include <fmt/format.h>

// What comes of rows that cannot be measured as they are: `mlp help evaluation` says the same.

namespace mlp::workflow {
namespace {

using test::check_named;
using test::error_of;
using test::OpenedProject;

/// Customers that no model was trained on, each with this label (by its number).
std::string unseen(
    int rows, const std::function<std::string(int)>& label,
    const std::function<std::string(int)>& region = [](int) { return "south"; }) {
  std::string text = test::k_customers_header;
  for (int i = 0; i < rows; ++i) {
    text += fmt::format("{},{},{},{},{},{}\n", 9000 + i, 100 + i % 70, 20.001 + i,
                        i % 2 == 0 ? "month" : "two", region(i), label(i));
  }
  return text;
}

std::string yes_and_no(int i) { return i % 3 == 0 ? "Yes" : "No"; }

EvaluateResult judged(OpenedProject& project, const std::string& data) {
  project.write("other.csv", data);
  return project.evaluate("", "other.csv");
}

std::string refusal(OpenedProject& project, const std::string& data) {
  const Error error = error_of([&] { static_cast<void>(judged(project, data)); });
  CHECK(error.code() == ErrorCode::input);
  return error.what();
}

const metrics::MetricValue& metric(const EvaluateResult& result, std::string_view name) {
  REQUIRE(result.evaluation.find(name) != nullptr);
  return *result.evaluation.find(name);
}

} // namespace

TEST_CASE(
    "bad input: rows without a label are left out and counted; without any there is nothing to measure") {
  OpenedProject project;
  static_cast<void>(project.train());
  const auto some = judged(project, unseen(120, [](int i) { return i < 20 ? "" : yes_and_no(i); }));
  CHECK(some.evaluation.n == 100);
  CHECK(some.dropped == 20);
  CHECK(check_named(some, "rows_without_target").status == CheckStatus::warn);
  CHECK(refusal(project, unseen(120, [](int) { return ""; })).find("has a value of 'churn'") !=
        std::string::npos);
}

TEST_CASE("bad input: a label that is no class of the model is refused, by name") {
  OpenedProject project;
  static_cast<void>(project.train());
  const std::string text =
      refusal(project, unseen(120, [](int i) { return i == 7 ? "perhaps" : yes_and_no(i); }));
  CHECK(text.find("perhaps") != std::string::npos);
}

TEST_CASE("bad input: of one class alone what needs two is undefined, with the reason, and the rest stands") {
  OpenedProject project;
  static_cast<void>(project.train());
  const auto result = judged(project, unseen(120, [](int) { return "No"; }));
  for (const char* name : {"roc_auc", "recall"}) {
    CHECK(metric(result, name).status == metrics::Status::undefined);
    CHECK_FALSE(metric(result, name).why.empty());
    CHECK_FALSE(metric(result, name).value);
  }
  CHECK(metric(result, "log_loss").value.has_value());
  CHECK(metric(result, "accuracy").value.has_value());
}

TEST_CASE(
    "bad input: a weight that is no number of 0 or more is refused by its row, and so are weights all zero") {
  OpenedProject project;
  std::string header = test::k_customers_header;
  const auto weighted = [&](const std::string& text, const std::function<std::string(int)>& weight) {
    std::string out;
    int row = -1;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = text.find('\n', at);
      out += text.substr(at, end - at) + "," + (row < 0 ? "w" : weight(row)) + "\n";
      ++row;
      at = end + 1;
    }
    return out;
  };
  project.write("data/churn.csv", weighted(test::customers(400), [](int) { return "1"; }));
  project.edit("    region: {protected: true}\n", "    region: {protected: true}\n    w: {role: weight}\n");
  static_cast<void>(project.train());
  const std::string rows = unseen(120, yes_and_no);
  for (const char* bad : {"-2", "", "inf"}) {
    CAPTURE(bad);
    CHECK(refusal(project, weighted(rows, [&](int i) { return i == 4 ? bad : "1"; })) ==
          "the weight column 'w' is missing, negative or infinite in 1 of 120 rows; the first is row 5");
  }
  CHECK(refusal(project, weighted(rows, [](int i) { return i == 4 ? "heavy" : "1"; })) ==
        "the weight column 'w' is a category, not a number");
  CHECK(refusal(project, weighted(rows, [](int) { return "0"; })) == "cannot measure: all 120 weights are 0");
}

TEST_CASE("bad input: a group of one row is listed, judged by nothing, and harms no other") {
  OpenedProject project;
  static_cast<void>(project.train());
  const auto result = judged(project, unseen(301, yes_and_no, [](int i) {
                               return i == 0 ? "east" : i % 2 == 0 ? "north" : "south";
                             }));
  const auto& slices = result.evaluation.slices;
  const auto east = std::find_if(slices.begin(), slices.end(),
                                 [](const auto& slice) { return slice.label == "region=east"; });
  REQUIRE(east != slices.end());
  CHECK(east->n == 1);
  CHECK(east->status == metrics::Status::insufficient);
  REQUIRE(result.fairness.attributes.size() == 1);
  const auto& disparity = result.fairness.attributes.front().disparities.disparities.front();
  CHECK(disparity.insufficient == std::vector<std::string>{"region=east"});
  CHECK(disparity.value.has_value()); // of the other two
}

} // namespace mlp::workflow
