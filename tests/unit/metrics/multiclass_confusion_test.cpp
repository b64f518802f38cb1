#include "unit/metrics/expect.hpp"
#include "unit/metrics/samples.hpp"

using namespace mlp::metrics;
using namespace mlp::metrics::test;
using mlp::Task;

namespace {

/// Rows whose class is called with certainty.
Data called(std::vector<double> target, const std::vector<std::size_t>& calls, std::size_t classes) {
  Data data{
      Task::multiclass, std::move(target), std::vector<double>(calls.size() * classes, 0.0), {}, classes};
  for (std::size_t row = 0; row < calls.size(); ++row) {
    data.scores[row * classes + calls[row]] = 1.0;
  }
  return data;
}

} // namespace

TEST_CASE("multiclass confusion metrics: equal to scikit-learn on weighted rows") {
  // scikit-learn 1.9.1 on multiclass_data
  check_values(multiclass_data().sample(), {{"accuracy", 0.5094339622641509},
                                            {"balanced_accuracy", 0.5248538011695906},
                                            {"macro_f1", 0.4753484501768254},
                                            {"weighted_f1", 0.46562991863281145},
                                            {"micro_f1", 0.5094339622641509},
                                            {"macro_precision", 0.658008658008658},
                                            {"weighted_precision", 0.6687086498407253},
                                            {"micro_precision", 0.5094339622641509},
                                            {"macro_recall", 0.5248538011695906},
                                            {"weighted_recall", 0.5094339622641509},
                                            {"micro_recall", 0.5094339622641509},
                                            {"mcc", 0.306204762510584},
                                            {"kappa", 0.27320675105485237},
                                            {"kappa_quadratic", 0.10071154898741097}});
}

TEST_CASE("multiclass confusion metrics: scikit-learn's documented examples") {
  const auto averages = called({0, 1, 2, 0, 1, 2}, {0, 2, 1, 0, 0, 1}, 3);
  check_values(averages.sample(), {{"macro_precision", 2.0 / 9.0},
                                   {"macro_recall", 1.0 / 3.0},
                                   {"macro_f1", 4.0 / 15.0},
                                   {"micro_f1", 1.0 / 3.0}});
  const auto kappas = called({2, 0, 2, 2, 0, 1}, {0, 0, 2, 2, 0, 2}, 3);
  check_values(kappas.sample(), {{"kappa", 3.0 / 7.0}, {"kappa_quadratic", 6.0 / 11.0}});
}

TEST_CASE("multiclass confusion metrics: a class without rows or calls does not enter a mean") {
  const auto data = called({0, 1, 0, 1}, {0, 1, 0, 0}, 5);
  // recalls 1 and 1/2; F1 2·2/(2+3) and 2·1/(2+1)
  check_values(data.sample(), {{"macro_recall", 0.75}, {"macro_f1", (0.8 + 2.0 / 3.0) / 2.0}});
}

TEST_CASE("multiclass confusion metrics: 0/0 of one class leaves the mean undefined") {
  const auto never_called = called({0, 1, 2}, {0, 1, 1}, 3);
  check_undefined(never_called.sample(), "macro_precision", "a class that rows have is never called");
  check_undefined(never_called.sample(), "weighted_precision", "a class that rows have is never called");
  const auto absent = called({0, 1, 1}, {0, 1, 2}, 3);
  check_undefined(absent.sample(), "macro_recall", "a class that is called has no row");
  const auto constant = called({0, 1, 1}, {1, 1, 1}, 3);
  check_undefined(constant.sample(), "mcc", "targets or calls are all of one class");
  check_undefined(constant.sample(), "kappa", "targets or calls are all of one class");
  const auto one_class = called({1, 1}, {1, 0}, 3);
  check_undefined(one_class.sample(), "balanced_accuracy", "only one class is present");
}

TEST_CASE("precision@class, recall@class, f1@class: equal to scikit-learn's of each class, weighted") {
  const Data data = multiclass_data();
  const std::vector<std::string> names = {"ash", "oak", "elm"};
  Sample sample = data.sample();
  sample.class_names = names;
  check_values(sample, {{"precision@ash", 0.42857142857142855},
                        {"precision@oak", 0.5454545454545454},
                        {"precision@elm", 1.0},
                        {"recall@ash", 2.0 / 3.0},
                        {"recall@oak", 0.75},
                        {"recall@elm", 0.15789473684210525},
                        {"f1@ash", 0.5217391304347826},
                        {"f1@oak", 0.631578947368421},
                        {"f1@elm", 0.2727272727272727}});
  check_values(data.sample(), {{"recall@1", 0.75}}); // without names, by number
  check_undefined(sample, "recall@yew", "there is no class 'yew'");
}

TEST_CASE(
    "precision@class of a class that is never called is undefined, as recall@class of one without rows") {
  const Data data{Task::multiclass, {0, 0, 1}, {.8, .1, .1, .7, .2, .1, .6, .3, .1}, {}, 3};
  check_undefined(data.sample(), "precision@1", "no row is called this class");
  check_undefined(data.sample(), "recall@2", "there is no row of this class");
  check_undefined(data.sample(), "f1@2", "no row is of this class or called so");
}

TEST_CASE("recall@class has the Wilson interval of its own rows") {
  // 8 of 10 rows of class 0 are called so: Wilson 95% of 8/10 is [0.4902, 0.9433]
  Data data{Task::multiclass, {}, {}, {}, 2};
  for (int i = 0; i < 20; ++i) {
    data.target.push_back(i < 10 ? 0.0 : 1.0);
    const double own = i < 8 || i >= 10 ? 0.9 : 0.1;
    data.scores.push_back(i < 10 ? own : 1.0 - own);
    data.scores.push_back(i < 10 ? 1.0 - own : own);
  }
  const std::vector<std::string> names = {"recall@0"};
  const auto value = measure_with_intervals(names, data.sample(), {}).front();
  CHECK(value.method == IntervalMethod::wilson);
  CHECK(*value.lower == doctest::Approx(0.49016).epsilon(1e-4));
  CHECK(*value.upper == doctest::Approx(0.94332).epsilon(1e-4));
}
