#include "unit/metrics/expect.hpp"
#include "unit/metrics/samples.hpp"

using namespace mlp::metrics;
using namespace mlp::metrics::test;
using mlp::Task;

TEST_CASE("multiclass log_loss: equal to scikit-learn on weighted rows") {
  check_values(multiclass_data().sample(), {{"log_loss", 0.8297095401565056}}); // scikit-learn 1.9.1
}

TEST_CASE("multiclass log_loss: rows are normalised first") {
  auto data = multiclass_data();
  for (double& score : data.scores) {
    score *= 0.5;
  }
  check_values(data.sample(), {{"log_loss", 0.8297095401565056}});
}

TEST_CASE(
    "top_k_accuracy: scikit-learn's documented example, and undefined where every class is in the top") {
  const Data data{Task::multiclass, {0, 1, 2, 2}, {.5, .2, .2, .3, .4, .2, .2, .4, .3, .7, .2, .1}, {}, 3};
  check_values(data.sample(), {{"top_2_accuracy", 0.75}});
  check_undefined(data.sample(), "top_3_accuracy", "there are only 3 classes");
}

TEST_CASE("top_k_accuracy: a tie at the border counts in part") {
  // .7 comes first; the true class and two others share .1 for one place of two: 1/3
  const Data data{Task::multiclass, {1}, {.7, .1, .1, .1}, {}, 4};
  check_values(data.sample(), {{"top_2_accuracy", 1.0 / 3.0}, {"top_3_accuracy", 2.0 / 3.0}});
}

TEST_CASE("top_k@n: equal to the fixed names of two and three; not of as many places as classes") {
  const Data data = multiclass_data();
  check_values(data.sample(), {{"top_k@2", *measure("top_2_accuracy", data.sample()).value}});
  check_values(data.sample(), {{"top_k@1", *measure("accuracy", data.sample()).value}});
  check_undefined(data.sample(), "top_k@3", "there are only 3 classes");
}
