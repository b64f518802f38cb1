#include "base/error.hpp"
#include "metrics/comparison.hpp"
#include "unit/metrics/expect.hpp"
#include "unit/metrics/samples.hpp"

using namespace mlp::metrics;
using namespace mlp::metrics::test;
using mlp::Task;

namespace {

/// Queries 0 (five results), 1 (six, with ties), 2 (three, none of them relevant) and 3 (two).
struct Queries {
  std::vector<double> grades = {3, 2, 0, 1, 0, 0, 1, 1, 0, 2, 0, 0, 0, 0, 1, 0};
  std::vector<double> scores = {.9, .1, .8, .5, .2, .3, .7, .7, .2, .3, .3, .5, .4, .3, .2, .6};
  std::vector<double> weights;
  std::vector<std::uint32_t> queries = {0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 2, 2, 2, 3, 3};

  void weigh(const std::vector<double>& of_query) {
    for (const std::uint32_t query : queries) {
      weights.push_back(of_query[query]);
    }
  }
  [[nodiscard]] Sample sample() const {
    Sample result;
    result.task = Task::ranking;
    result.target = grades;
    result.scores = scores;
    result.weights = weights;
    result.dependence = Dependence::clusters;
    result.places = queries;
    return result;
  }
};

/// One query of seven results: five tied ones, two of them relevant, before two others.
Queries tied() { return {{0, 1, 0, 2, 0, 0, 1}, {1, 1, 1, 1, 1, 0, 0}, {}, {0, 0, 0, 0, 0, 0, 0}}; }

} // namespace

TEST_CASE("ndcg, ndcg@n: equal to scikit-learn's ndcg_score of the queries that have a relevant result") {
  // ndcg_score 1.5.2 of queries 0, 1 and 3: 0.89748…, 0.80144… (ties averaged), 0.63092…
  check_values(Queries().sample(), {{"ndcg", 0.776622048853936},
                                    {"ndcg@2", 0.6515846919632192},
                                    {"ndcg@3", 0.6644368238657443},
                                    {"ndcg@100", 0.776622048853936}});
}

TEST_CASE("ndcg: scikit-learn's documented examples, ties averaged") {
  const Queries one{{10, 0, 0, 1, 5}, {.1, .2, .3, 4, 70}, {}, {0, 0, 0, 0, 0}};
  check_values(one.sample(), {{"ndcg", 0.6956940443813076}, {"ndcg@4", 0.4123818817534531}});
  const Queries other{{10, 0, 0, 1, 5}, {.05, 1.1, 1, .5, 0}, {}, {0, 0, 0, 0, 0}};
  check_values(other.sample(), {{"ndcg", 0.493680191377376}, {"ndcg@4", 0.3520241100634488}});
  // the grades 10 and 5 share the first place: (10 + 5) / 2 / 10; the first of equals would give .5 or 1
  const Queries tie{{10, 0, 0, 1, 5}, {1, 0, 0, 0, 1}, {}, {0, 0, 0, 0, 0}};
  check_values(tie.sample(), {{"ndcg@1", 0.75}});
}

TEST_CASE("ndcg_exp: ndcg_score of the gains 2^grade - 1") {
  check_values(Queries().sample(), {{"ndcg_exp", 0.7555749978654553},
                                    {"ndcg_exp@2", 0.6224204172700186},
                                    {"ndcg_exp@3", 0.6484207012691171}});
}

TEST_CASE("ranking metrics: a query weighs what its rows weigh in the mean") {
  Queries data;
  data.weigh({1, 2, 5, .5}); // np.average(…, weights=[1, 2, .5]) over queries 0, 1 and 3
  check_values(data.sample(), {{"ndcg", 0.8045288441322862},
                               {"ndcg_exp@3", 0.6130413483308625},
                               {"map", 0.8174603174603176},
                               {"map@2", 0.7857142857142857},
                               {"mrr", 0.9285714285714286},
                               {"precision@4", 0.5595238095238095},
                               {"recall@2", 0.619047619047619},
                               {"hit@1", 0.8571428571428571}});
  data.weights[0] = 0.5; // rows of query 0 weigh .5 1 1 1 1.5: the mean stays 1
  data.weights[4] = 1.5;
  check_values(data.sample(), {{"ndcg", 0.8045288441322862}});
}

TEST_CASE("map, mrr, precision@n, recall@n, hit@n: the mean over all orders that the scores allow") {
  // each order of the ties enumerated; query 0 alone is average_precision_score of (1, 1, 0, 1, 0) = 0.7555…
  check_values(Queries().sample(), {{"map", 0.7277777777777779},
                                    {"map@2", 2.0 / 3.0},
                                    {"mrr", 5.0 / 6.0},
                                    {"precision@4", 0.47222222222222215},
                                    {"recall@2", 2.0 / 3.0},
                                    {"hit@1", 2.0 / 3.0},
                                    {"hit@3", 1.0}});
  check_values(tied().sample(), {{"map", 0.5497619047619052},
                                 {"map@3", 0.2833333333333337},
                                 {"mrr", 0.6416666666666669},
                                 {"hit@2", 0.7},
                                 {"recall@6", 2.5 / 3.0},
                                 {"ndcg@3", 0.4083636340561206}});
}

TEST_CASE("ranking metrics: n counts the queries with a relevant result") {
  CHECK(measure("ndcg", Queries().sample()).n == 3);
  CHECK_FALSE(measure("ndcg", Queries().sample()).n_pos);
}

TEST_CASE("ranking metrics: no order of the rows changes a number; rows of a query need not stand together") {
  const Queries data;
  Queries mixed{{}, {}, {}, {}};
  for (std::size_t i = 0; i < data.grades.size(); ++i) {
    const std::size_t from = (i * 7) % data.grades.size(); // 7 and 16 have no common divisor
    mixed.grades.push_back(data.grades[from]);
    mixed.scores.push_back(data.scores[from]);
    mixed.queries.push_back(data.queries[from]);
  }
  for (const auto& name : metric_names(Task::ranking)) {
    CAPTURE(name);
    CHECK(*measure(name, mixed.sample()).value == *measure(name, data.sample()).value);
  }
}

TEST_CASE("ranking metrics: undefined where no query has a relevant result") {
  Queries data;
  data.grades.assign(16, 0.0);
  for (const auto& name : metric_names(Task::ranking)) {
    check_undefined(data.sample(), name, "no query has a relevant result");
  }
  CHECK(measure("ndcg", data.sample()).n == 0);
}

TEST_CASE("ranking metrics: the interval is of resampled queries; of one query there is none") {
  const std::vector<std::string> names = {"ndcg@10"};
  Queries data;
  const auto value = measure_with_intervals(names, data.sample(), {}).front();
  CHECK(value.method == IntervalMethod::cluster_bootstrap);
  // of four queries 0 (.897…), 1 (.801…) and 3 (.630…) count: no mean of some of them lies outside these
  CHECK(*value.lower >= 0.6309297535714574);
  CHECK(*value.upper <= 0.8974867083034290);
  CHECK(*value.lower < *value.upper);
  const auto alone = measure_with_intervals(names, tied().sample(), {}).front();
  CHECK(alone.status == Status::insufficient);
  CHECK(alone.why == "there is only one cluster: an interval needs two");
}

TEST_CASE(
    "skill of a ranking: 1 - (1 - ndcg) / (1 - ndcg of the other), of a random order where all are tied") {
  const Queries data;
  Queries random = data;
  random.scores.assign(16, 0.0);
  const std::vector<std::string> names = {"ndcg"};
  const std::vector<Rival> rivals = {{"skill_vs_dummy", random.sample()}};
  const auto values = measure_with_rivals(names, data.sample(), rivals, {});
  const double other = *measure("ndcg", random.sample()).value;
  CHECK(*values[1].value == doctest::Approx(1.0 - (1.0 - 0.776622048853936) / (1.0 - other)).epsilon(1e-9));
  CHECK(values[1].n == 3);
}

TEST_CASE("ranking: grades are whole numbers from 0 on, and each row has a query") {
  for (const double grade : {-1.0, 0.5, std::nan("")}) {
    Queries data;
    data.grades[3] = grade;
    CHECK_THROWS_WITH_AS(
        measure("ndcg", data.sample()),
        "cannot measure: 1 of 16 targets are no grade of relevance: a whole number from 0 on", mlp::Error);
  }
  const Queries data;
  Sample sample = data.sample();
  sample.dependence = Dependence::none;
  sample.places = {};
  CHECK_THROWS_WITH_AS(measure("ndcg", sample), "cannot measure: a ranking needs the query of each row",
                       mlp::Error);
}

TEST_CASE("compare: two rankings are paired by query; n counts queries, and one query proves nothing") {
  const Queries data;
  Queries random = data;
  random.scores.assign(16, 0.0);
  const auto difference = compare("ndcg", data.sample(), random.sample(), 0.025, {});
  CHECK(difference.method == "paired_cluster_bootstrap");
  CHECK(difference.n == 3);
  CHECK(difference.delta ==
        doctest::Approx(0.776622048853936 - *measure("ndcg", random.sample()).value).epsilon(1e-9));
  Queries other = tied();
  other.scores.assign(7, 0.0);
  const auto alone = compare("ndcg", tied().sample(), other.sample(), 0.025, {});
  CHECK(alone.status == Status::insufficient);
  CHECK(alone.why == "there is only one cluster: an interval needs two");
}
