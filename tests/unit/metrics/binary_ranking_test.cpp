#include "unit/metrics/expect.hpp"
#include "unit/metrics/samples.hpp"

using namespace mlp::metrics;
using namespace mlp::metrics::test;
using mlp::Task;

TEST_CASE("ranking metrics: equal to scikit-learn and scipy on weighted rows with ties") {
  // scikit-learn 1.9.1 on binary_data; ks = max |tpr - fpr| of its roc_curve
  check_values(binary_data().sample(), {{"roc_auc", 0.6184062850729517},
                                        {"average_precision", 0.6110817534263508},
                                        {"ks_stat", 0.2727272727272727}});
}

TEST_CASE("roc_auc, average_precision: scikit-learn's documented example") {
  const Data data{Task::binary, {0, 0, 1, 1}, {.1, .4, .35, .8}, {}};
  // pairs won: .35 > .1, .8 > both: 3 of 4; AP: 1/2 · 1 + 1/2 · 2/3
  check_values(data.sample(), {{"roc_auc", 0.75}, {"average_precision", 5.0 / 6.0}});
}

TEST_CASE("roc_auc: swapping the labels gives 1 - AUC, ties count half") {
  auto data = binary_data();
  const double auc = *measure("roc_auc", data.sample()).value;
  for (double& y : data.target) {
    y = 1.0 - y;
  }
  check_values(data.sample(), {{"roc_auc", 1.0 - auc}});
  const Data tied{Task::binary, {0, 1, 1, 0}, {.5, .5, .5, .5}, {}};
  check_values(tied.sample(), {{"roc_auc", 0.5}, {"average_precision", 0.5}, {"ks_stat", 0.0}});
}

TEST_CASE("precision@0.1, lift@0.1: a tie at the border counts in part") {
  // 20 rows, so two places: one for .9 (positive); three rows of .8, one positive, share the other: 1/3
  Data data{Task::binary, std::vector<double>(20, 0.0), std::vector<double>(20, 0.1), {}};
  data.scores[0] = .9;
  data.scores[1] = data.scores[2] = data.scores[3] = .8;
  data.target[0] = data.target[3] = 1.0;
  // precision (1 + 1/3)/2 = 2/3; prevalence 2/20
  check_values(data.sample(), {{"precision@0.1", 2.0 / 3.0}, {"lift@0.1", 20.0 / 3.0}});
}

TEST_CASE("recall@fpr=0.1: the highest recall that the allowed false positives buy") {
  // ten negatives, so one is allowed: .9+, .8-, .7+ are passed before the second negative at .6; then .5+ is
  // lost
  Data data{Task::binary, {1, 0, 1, 0, 1}, {.9, .8, .7, .6, .5}, {}};
  for (int i = 0; i < 8; ++i) {
    data.target.push_back(0.0);
    data.scores.push_back(0.1);
  }
  check_values(data.sample(), {{"recall@fpr=0.1", 2.0 / 3.0}});
  data.scores[4] = .6; // tied with the second negative: none of it may be called, so half a tie would not do
  check_values(data.sample(), {{"recall@fpr=0.1", 2.0 / 3.0}});
  data.scores[4] = .8; // tied with the first negative: both are called
  check_values(data.sample(), {{"recall@fpr=0.1", 1.0}});
}

TEST_CASE("ranking metrics: one class leaves them undefined") {
  const Data data{Task::binary, {0, 0, 0}, {.1, .2, .3}, {}};
  check_undefined(data.sample(), "roc_auc", "only one class is present");
  check_undefined(data.sample(), "average_precision", "there is no positive row");
  check_undefined(data.sample(), "ks_stat", "only one class is present");
  check_undefined(data.sample(), "lift@0.1", "there is no positive row");
  check_undefined(data.sample(), "recall@fpr=0.1", "only one class is present");
  check_values(data.sample(), {{"precision@0.1", 0.0}});
}

TEST_CASE("lift@k, precision@k, recall@k: k is a count of rows, or a share of them") {
  // of twelve rows the five highest are .9+ .8- .7+ .7+ .6-: three of six positive ones
  Data data = binary_data();
  data.weights.clear();
  check_values(data.sample(), {{"precision@5", 0.6}, {"recall@5", 0.5}, {"lift@5", 1.2}});
  // a quarter is three rows: .9+, .8- and one of two at .7, both positive
  check_values(data.sample(),
               {{"precision@25%", 2.0 / 3.0}, {"precision@0.25", 2.0 / 3.0}, {"recall@3", 1.0 / 3.0}});
  check_values(data.sample(), {{"precision@12", 0.5}, {"recall@12", 1.0}});
  check_undefined(data.sample(), "precision@13", "there are only 12 rows");
}

TEST_CASE("recall@fpr=q: each q has its own border") {
  // six negatives: .8 .6 .4 .3 .2 .1; a third allows two: .9+ .7+ .7+ .55+ stand above the third, at .4
  Data data = binary_data();
  data.weights.clear();
  // positives: .9 .7 .7 .4 .35 .55; at .4 one of each class, none of it fits
  check_values(data.sample(),
               {{"recall@fpr=0.34", 4.0 / 6.0 + 0.04 / 6.0}, {"recall@fpr=1%", (1.0 + 0.0) / 6.0}});
}

TEST_CASE("precision@k of several k at once: as one by one") {
  const Data data = binary_data();
  const std::vector<std::string> names = {"precision@0.1", "roc_auc", "recall@0.5", "lift@0.3",
                                          "recall@fpr=0.2"};
  const auto together = measure_all(names, data.sample());
  for (std::size_t i = 0; i < names.size(); ++i) {
    CAPTURE(names[i]);
    CHECK(together[i].name == names[i]);
    CHECK(*together[i].value == *measure(names[i], data.sample()).value);
  }
}
