#include "unit/metrics/expect.hpp"
#include "unit/metrics/samples.hpp"

using namespace mlp::metrics;
using namespace mlp::metrics::test;
using mlp::Task;

TEST_CASE("multiclass roc_auc: equal to scikit-learn") {
  auto data = multiclass_data();
  // scikit-learn 1.9.1 roc_auc_score(multi_class="ovr") on weighted rows
  check_values(data.sample(),
               {{"roc_auc_ovr", 0.8698266599195392}, {"roc_auc_ovr_weighted", 0.8689966960777171}});
  data.weights.clear(); // its "ovo" takes no weights
  check_values(data.sample(), {{"roc_auc_ovo", 0.9074074074074074}});
}

TEST_CASE("multiclass roc_auc: of two classes it is the binary one, however it is averaged") {
  const auto binary = binary_data();
  Data data{Task::multiclass, binary.target, {}, binary.weights, 2};
  for (const double score : binary.scores) {
    data.scores.push_back(1.0 - score);
    data.scores.push_back(score);
  }
  const double auc = *measure("roc_auc", binary.sample()).value;
  check_values(data.sample(), {{"roc_auc_ovr", auc}, {"roc_auc_ovr_weighted", auc}, {"roc_auc_ovo", auc}});
}

TEST_CASE("multiclass roc_auc: undefined where a class has no row") {
  auto data = multiclass_data();
  for (double& y : data.target) {
    y = y == 2.0 ? 1.0 : y;
  }
  check_undefined(data.sample(), "roc_auc_ovr", "a class has no row");
  check_undefined(data.sample(), "roc_auc_ovr_weighted", "a class has no row");
  check_undefined(data.sample(), "roc_auc_ovo", "a class has no row");
}

TEST_CASE("roc_auc_ovo_weighted: equal to scikit-learn's ovo, weighted") {
  // three of class 0, two of 1, four of 2, so that pairs weigh otherwise
  Data data{Task::multiclass,
            {0, 0, 0, 1, 1, 2, 2, 2, 2},
            {.6,  .3, .1, .3, .5, .2, .5, .2, .3, .2, .5, .3, .4, .35,
             .25, .1, .2, .7, .3, .3, .4, .3, .5, .2, .1, .1, .8},
            {},
            3};
  check_values(data.sample(),
               {{"roc_auc_ovo", 0.8229166666666666}, {"roc_auc_ovo_weighted", 0.8287037037037036}});
}
