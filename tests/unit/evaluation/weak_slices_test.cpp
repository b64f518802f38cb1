#include "evaluation/weak_slices.hpp"

#include "base/random.hpp"
#include "support/tables.hpp"

#include <doctest/doctest.h>

#include <numeric>

using mlp::Task;
using mlp::evaluation::find_weak_slices;
using mlp::evaluation::Scored;
using mlp::evaluation::WeakSlice;
using mlp::evaluation::WeakSlices;

namespace {

double uniform(std::uint64_t stream, std::uint64_t i) {
  return static_cast<double>(mlp::random_below(1'000'000, 11, stream, i)) / 1e6;
}

/// Four independent columns of four values; scores are the truth, but for a share of rows where a = x and b =
/// y, whose answers are coins.
struct Planted {
  mlp::dataset::Table table;
  Scored scored;
  std::vector<std::uint32_t> rows;
  mlp::config::Project project = mlp::test::project_for(Task::binary, "target");

  Planted(std::size_t n, bool is_planted) {
    const std::vector<std::string> words = {"w", "x", "y", "z"};
    std::vector<std::vector<std::string>> columns(4);
    for (std::uint64_t i = 0; i < n; ++i) {
      for (std::uint64_t column = 0; column < 4; ++column) {
        columns[column].push_back(words[mlp::random_below(4, 5, column, i)]);
      }
      const bool weak = is_planted && columns[0].back() == "x" && columns[1].back() == "y";
      const double p = 0.1 + 0.8 * uniform(20, i);
      scored.target.push_back(uniform(21, i) < (weak ? 1.0 - p : p) ? 1.0 : 0.0);
      scored.model.push_back(p);
    }
    scored.classes = {"no", "yes"};
    table = mlp::test::table_of(
        {mlp::test::category_column("a", columns[0]), mlp::test::category_column("b", columns[1]),
         mlp::test::category_column("c", columns[2]), mlp::test::category_column("d", columns[3])});
    rows.resize(n);
    std::iota(rows.begin(), rows.end(), 0U);
  }

  [[nodiscard]] WeakSlices found(unsigned threads = 2) const {
    return find_weak_slices(scored, table, rows, project, {.threads = threads});
  }
};

} // namespace

TEST_CASE("find_weak_slices: a weakness planted where two columns meet is found and confirmed") {
  const WeakSlices found = Planted(8000, true).found();
  REQUIRE_FALSE(found.slices.empty());
  const WeakSlice& worst = found.slices.front();
  CHECK(worst.label == "a=x & b=y");
  CHECK(worst.columns == std::vector<std::string>{"a", "b"});
  CHECK(worst.confirmed);
  CHECK(worst.q_value < 1e-6);
  CHECK(worst.difference > 0.2);
  CHECK(worst.searched_n + worst.n > 400); // 1/16 of 8,000 is 500
  CHECK(found.loss == "log_loss");
  // 16 single values and 6 pairs of columns with 16 cells each
  CHECK(found.candidates == 16 + 96);
}

TEST_CASE("find_weak_slices: where nothing is weak, what the search finds is not confirmed") {
  int confirmed = 0;
  const WeakSlices found = Planted(8000, false).found();
  REQUIRE_FALSE(found.slices.empty()); // searching always finds something
  for (const WeakSlice& slice : found.slices) {
    confirmed += slice.confirmed ? 1 : 0;
  }
  CHECK(confirmed == 0);
  CHECK(found.slices.size() <= 10);
  CHECK(found.slices.front().searched_difference > found.slices.front().difference);
}

TEST_CASE("find_weak_slices: the same on any number of threads") {
  const Planted planted(3000, true);
  CHECK(to_json(planted.found(1)).dump() == to_json(planted.found(5)).dump());
}

TEST_CASE("find_weak_slices: too few rows are said to be, and the target and words are never sliced by") {
  CHECK(Planted(150, true).found().why == "too few rows: each half needs 100");
  Planted planted(3000, true);
  planted.table.columns[0].name = "target";
  planted.table.columns[1].type = mlp::dataset::ColumnType::text;
  mlp::test::set_role(planted.project, "c", mlp::config::Role::id);
  for (const WeakSlice& slice : planted.found().slices) {
    CHECK(slice.columns == std::vector<std::string>{"d"});
  }
  planted.project.data.columns["c"].is_protected = true;
  CHECK(planted.found().candidates == 4 + 4 + 16);
}

TEST_CASE("find_weak_slices: values of personal columns are named only where mlp.yaml slices by them") {
  Planted planted(3000, true);
  planted.table.columns[0].personal = true;
  CHECK(planted.found().candidates == 3 * 4 + 3 * 16);
  planted.project.evaluation.slices.emplace_back().columns = {"a"};
  CHECK(planted.found().candidates == 16 + 96);
}

TEST_CASE("find_weak_slices: of a ranking, whole queries are searched by what is true of all their rows") {
  // 600 queries of two results, one relevant. In the south the relevant one mostly stands second:
  // 1 - ndcg = 1 - 1/log2(3) = 0.369 where it does, 0 where it stands first
  constexpr std::uint64_t k_queries = 600;
  Scored scored;
  scored.task = Task::ranking;
  scored.dependence = mlp::metrics::Dependence::clusters;
  std::vector<std::string> market;
  std::vector<std::string> shelf;
  for (std::uint64_t query = 0; query < k_queries; ++query) {
    const bool south = mlp::random_below(2, 3, 0, query) == 0;
    const bool wrong = uniform(30, query) < (south ? 0.8 : 0.2);
    for (const bool relevant : {true, false}) {
      scored.target.push_back(relevant ? 1.0 : 0.0);
      scored.model.push_back(relevant == wrong ? 0.0 : 1.0);
      scored.places.push_back(static_cast<std::uint32_t>(query));
      market.emplace_back(south ? "south" : "north");
      shelf.emplace_back(relevant ? "upper" : "lower"); // of a row: says nothing of its query
    }
  }
  const auto table = mlp::test::table_of(
      {mlp::test::category_column("market", market), mlp::test::category_column("shelf", shelf)});
  std::vector<std::uint32_t> rows(2 * k_queries);
  std::iota(rows.begin(), rows.end(), 0U);
  const auto project = mlp::test::project_for(Task::ranking, "target");
  const WeakSlices found = find_weak_slices(scored, table, rows, project, {.threads = 2});
  CHECK(found.loss == "1 - ndcg");
  CHECK(found.candidates == 2); // the two markets; no shelf
  REQUIRE(found.slices.size() == 1);
  CHECK(found.slices[0].label == "market=south");
  CHECK(found.slices[0].confirmed);
  CHECK(found.slices[0].n + found.slices[0].searched_n < 360); // about 300 queries, not 600 rows
  CHECK(found.slices[0].difference == doctest::Approx(0.6 * 0.369).epsilon(0.25));
}
