#include "evaluation/slice_results.hpp"

#include <doctest/doctest.h>

using doctest::Approx;
using mlp::Json;
using mlp::evaluation::evaluate_slice;
using mlp::evaluation::evaluate_slices;
using mlp::evaluation::Scored;
using mlp::evaluation::Slice;
using mlp::evaluation::SliceResult;
using mlp::metrics::IntervalOptions;
using mlp::metrics::Status;

namespace {

const IntervalOptions k_options = {.replicates = 200};

/// The first `selected` of `rows` rows are called positive; every other row is positive.
void append_rows(Scored& scored, int rows, int selected) {
  for (int i = 0; i < rows; ++i) {
    scored.target.push_back(i % 2);
    scored.model.push_back(i < selected ? 0.9 : 0.1);
  }
}

/// Newcombe's example as a slice: 56 of its 70 rows are selected (times two), 48 of 80 others.
Scored newcombe() {
  Scored scored;
  scored.classes = {"no", "yes"};
  append_rows(scored, 140, 112);
  append_rows(scored, 160, 96);
  return scored;
}

Slice first(std::uint32_t rows) {
  Slice slice{"g=a", {"g"}, {}};
  for (std::uint32_t i = 0; i < rows; ++i) {
    slice.at.push_back(i);
  }
  return slice;
}

} // namespace

TEST_CASE("evaluate_slice: a share differs from the other rows' by Newcombe's interval") {
  const SliceResult result = evaluate_slice(newcombe(), first(140), {"selection_rate"}, k_options);
  CHECK(result.n == 140);
  CHECK(result.n_pos == 70);
  CHECK(result.n_neg == 70);
  CHECK(result.status == Status::ok);
  REQUIRE(result.differences.size() == 1);
  const auto& difference = result.differences[0];
  CHECK(difference.metric == "selection_rate");
  CHECK(*difference.rest == Approx(.6));
  CHECK(*difference.value == Approx(.2)); // .8 − .6: not .8 − 208/300, the overall share
  // Wilson: 112/140 .7260–.8578, 96/160 .5225–.6727; .2 − √(.0740² + .0727²), .2 + √(.0578² + .0775²)
  CHECK(*difference.lower == Approx(.0963).epsilon(.002));
  CHECK(*difference.upper == Approx(.2967).epsilon(.002));
}

TEST_CASE("evaluate_slice: a resampled metric has a difference with an interval, too") {
  const SliceResult result = evaluate_slice(newcombe(), first(140), {"f1"}, k_options);
  const auto& difference = result.differences.front();
  CHECK(difference.status == Status::ok);
  CHECK(*difference.lower < *difference.value);
  CHECK(*difference.value < *difference.upper);
}

TEST_CASE("evaluate_slice: 99 rows, or one row, are insufficient and say so; 100 are not") {
  const SliceResult result = evaluate_slice(newcombe(), first(99), {"accuracy"}, k_options);
  CHECK(result.status == Status::insufficient);
  CHECK(result.why == "99 rows are fewer than 100");
  CHECK(result.metrics[0].value); // shown, with its wide interval
  CHECK(result.differences[0].status == Status::insufficient);
  CHECK(evaluate_slice(newcombe(), first(100), {"accuracy"}, k_options).status == Status::ok);
  const SliceResult lone = evaluate_slice(newcombe(), first(1), {"roc_auc", "accuracy"}, k_options);
  CHECK(lone.status == Status::insufficient);
  CHECK(lone.n == 1);
  CHECK(lone.metrics[0].status == Status::undefined);
  CHECK(lone.differences[0].status == Status::undefined);
}

TEST_CASE(
    "evaluate_slice: too few other rows are as insufficient as too few of its own; none leave no rest") {
  const SliceResult most = evaluate_slice(newcombe(), first(250), {"accuracy"}, k_options);
  CHECK(most.why == "50 other rows are fewer than 100");
  const SliceResult all = evaluate_slice(newcombe(), first(300), {"accuracy"}, k_options);
  CHECK(all.differences.empty());
  CHECK(all.why == "0 other rows are fewer than 100");
}

TEST_CASE("evaluate_slice: a metric without a value in the other rows has no difference, and says where") {
  Scored scored = newcombe();
  for (std::size_t i = 140; i < 300; ++i) {
    scored.target[i] = 0.0;
  }
  const SliceResult result = evaluate_slice(scored, first(140), {"recall"}, k_options);
  CHECK(result.metrics[0].status == Status::ok);
  CHECK_FALSE(result.differences[0].value);
  CHECK(result.differences[0].why == "in the other rows: there is no positive row");
}

TEST_CASE("append_json: the item of a slice's metric has the difference to the rest beside it") {
  Json list = Json::array();
  append_json(evaluate_slice(newcombe(), first(140), {"selection_rate"}, k_options), list);
  const Json& item = list.as_array().front();
  CHECK(item["slice"] == "g=a");
  CHECK(item["slice_status"] == "ok");
  CHECK(item["n_pos"] == 70);
  CHECK(item["n_neg"] == 70);
  CHECK(item["difference"]["rest"].as_number() == Approx(.6));
  CHECK(item["difference"]["ci"].as_array().size() == 2);
}

TEST_CASE("evaluate_slices: several at once give what each gives alone") {
  const Scored scored = newcombe();
  const std::vector<Slice> slices = {first(140), first(200), first(100), first(250)};
  IntervalOptions two = k_options;
  two.threads = 2; // four slices are enough to give each thread its own
  const auto together = evaluate_slices(scored, slices, {"f1", "roc_auc"}, two);
  REQUIRE(together.size() == slices.size());
  for (std::size_t i = 0; i < slices.size(); ++i) {
    Json expected = Json::array();
    append_json(evaluate_slice(scored, slices[i], {"f1", "roc_auc"}, k_options), expected);
    Json found = Json::array();
    append_json(together[i], found);
    CHECK(found.dump() == expected.dump());
  }
}

TEST_CASE("evaluate_slice: of a ranking it is the queries that are enough or too few") {
  Scored
      scored; // 150 queries of three rows, two thirds of them in the slice; every tenth has no relevant row
  scored.task = mlp::Task::ranking;
  scored.dependence = mlp::metrics::Dependence::clusters;
  Slice slice{"g=a", {"g"}, {}};
  for (std::uint32_t query = 0; query < 150; ++query) {
    for (std::uint32_t row = 0; row < 3; ++row) {
      if (query < 100) {
        slice.at.push_back(query * 3 + row);
      }
      scored.target.push_back(row == 1 && query % 10 != 0 ? 1.0 : 0.0);
      scored.model.push_back(static_cast<double>((query + row) % 3));
      scored.places.push_back(query);
    }
  }
  const SliceResult result = evaluate_slice(scored, slice, {"ndcg"}, k_options);
  CHECK(result.n == 300); // rows
  CHECK(result.metrics.front().n == 90);
  CHECK(result.status == Status::insufficient);
  CHECK(result.why == "90 queries are fewer than 100");
}
