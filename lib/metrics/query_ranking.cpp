#include "metrics/queries.hpp"
#include "metrics/registry.hpp"
#include "metrics/sums.hpp"

#include <array>
#include <limits>

// Metrics of the order of each query's results: means over the queries that have a relevant one.

namespace mlp::metrics {
namespace {

constexpr double k_all = std::numeric_limits<double>::infinity();

double ndcg_linear(const Query& query, double places) { return ndcg(query, places, Gain::linear); }
double ndcg_exponential(const Query& query, double places) { return ndcg(query, places, Gain::exponential); }
double first_relevant(const Query& query, double /*places*/) { return reciprocal_rank(query); }
double precision(const Query& query, double places) { return relevant_within(query, places) / places; }
double recall(const Query& query, double places) { return relevant_within(query, places) / query.relevant; }

struct Entry {
  MetricInfo info;
  double (*of_query)(const Query& query, double places);
};

constexpr auto k_higher = Direction::higher_is_better;
constexpr auto k_clusters = IntervalMethod::cluster_bootstrap;
constexpr std::string_view k_range = "[0, 1]";
constexpr std::string_view k_ties = "McSherry & Najork 2008: ties count as expected of a random order";

constexpr std::array<Entry, 10> k_table = {{
    {{"ndcg@n", Task::ranking, k_higher, k_clusters, k_range,
      "ndcg of the first n results of each query, over that of the best n", "scikit-learn: ndcg_score, k=n",
      "10"},
     ndcg_linear},
    {{"ndcg", Task::ranking, k_higher, k_clusters, k_range,
      "mean over the queries of the discounted gain of their order over that of the best order; gain = "
      "grade, "
      "discount 1/log2(1 + rank), ties averaged. A query without a relevant result (all grades 0) is left "
      "out, "
      "here as in every metric, and counted apart",
      "scikit-learn: ndcg_score"},
     ndcg_linear},
    {{"ndcg_exp@n", Task::ranking, k_higher, k_clusters, k_range,
      "ndcg_exp of the first n results of each query, over that of the best n", "Burges et al. 2005", "10"},
     ndcg_exponential},
    {{"ndcg_exp", Task::ranking, k_higher, k_clusters, k_range,
      "ndcg with the gain 2^grade - 1: what XGBoost calls ndcg, but without queries that have no relevant "
      "result",
      "Burges et al. 2005"},
     ndcg_exponential},
    {{"map@n", Task::ranking, k_higher, k_clusters, k_range,
      "mean over the queries of the sum of the precision at each relevant result (grade above 0) among the "
      "first "
      "n, over min(n, relevant results)",
      k_ties, "10"},
     average_precision},
    {{"map", Task::ranking, k_higher, k_clusters, k_range,
      "mean over the queries of the average precision: the mean of the precision at each relevant result",
      "scikit-learn: average_precision_score, but for ties"},
     average_precision},
    {{"mrr", Task::ranking, k_higher, k_clusters, k_range,
      "mean over the queries of 1 / rank of the first relevant result", k_ties},
     first_relevant},
    {{"precision@n", Task::ranking, k_higher, k_clusters, k_range,
      "mean over the queries of the share of relevant results among the first n places, filled or not",
      k_ties, "10"},
     precision},
    {{"recall@n", Task::ranking, k_higher, k_clusters, k_range,
      "mean over the queries of the share of the relevant results that are among the first n", k_ties, "10"},
     recall},
    {{"hit@n", Task::ranking, k_higher, k_clusters, k_range,
      "share of the queries that have a relevant result among the first n", k_ties, "10"},
     chance_of_hit},
}};

class QueryStatistic final : public Statistic {
public:
  QueryStatistic(const Rows& rows, std::span<const Wanted> wanted) : values_(wanted.size()) {
    for (Query& query : queries_of(rows)) {
      if (query.relevant == 0.0) {
        continue;
      }
      for (std::size_t i = 0; i < wanted.size(); ++i) {
        const double places = wanted[i].parameter.number;
        values_[i].push_back(k_table.at(wanted[i].metric).of_query(query, places > 0.0 ? places : k_all));
      }
      members_.push_back(std::move(query.rows));
    }
  }

  void evaluate(RowWeights& weights, std::span<double> values) const override {
    const std::span<const double> all = weights.all();
    std::vector<double> of_query(members_.size(), 0.0); // the mean weight of its rows
    for (std::size_t query = 0; query < members_.size(); ++query) {
      for (const std::uint32_t row : members_[query]) {
        of_query[query] += all[row];
      }
      of_query[query] /= static_cast<double>(members_[query].size());
    }
    for (std::size_t i = 0; i < values_.size(); ++i) {
      values[i] = weighted_mean(of_query, values_[i]);
    }
  }

  [[nodiscard]] std::string why_undefined(std::size_t /*metric*/) const override {
    return members_.empty() ? "no query has a relevant result"
                            : "no query with a relevant result weighs anything";
  }

private:
  std::vector<std::vector<std::uint32_t>> members_; ///< rows of each query that has a relevant one
  std::vector<std::vector<double>> values_;         ///< of each metric: one a query
};

} // namespace

Family query_ranking() {
  return {infos_of(k_table), [](const Rows& rows, std::span<const Wanted> wanted) {
            return std::unique_ptr<Statistic>(std::make_unique<QueryStatistic>(rows, wanted));
          }};
}

} // namespace mlp::metrics
