#include "evaluation/dependence.hpp"

#include "metrics/metric.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace mlp;
using evaluation::Scored;
using metrics::Dependence;

namespace {

using Places = std::vector<std::uint32_t>;

dataset::Table patients() {
  dataset::Table table;
  dataset::Column patient;
  patient.name = "patient";
  patient.type = dataset::ColumnType::category;
  patient.categories = {"ann", "bob", "cid"};
  patient.codes = {2, 0, 2, -1, 1, -1};
  dataset::Column day;
  day.name = "day";
  day.type = dataset::ColumnType::datetime;
  day.numbers = {500, 100, 300, 300, 200, 400};
  table.columns = {patient, day};
  table.rows = 6;
  return table;
}

config::Project project_with(const std::string& column, config::Role role) {
  config::Project project;
  project.data.columns[column].role = role;
  return project;
}

Scored found(const dataset::Table& table, const std::vector<std::uint32_t>& rows,
             const config::Project& project) {
  Scored scored;
  evaluation::set_dependence(scored, table, rows, project);
  return scored;
}

} // namespace

TEST_CASE("rows of one group are a cluster, a row without a group one of its own") {
  const Scored scored = found(patients(), {0, 1, 2, 3, 4, 5}, project_with("patient", config::Role::group));
  CHECK(scored.dependence == Dependence::clusters);
  CHECK(scored.places == Places{2, 0, 2, 3, 1, 4});
}

TEST_CASE("only groups that are scored count") {
  const Scored scored = found(patients(), {0, 2, 4}, project_with("patient", config::Role::group));
  CHECK(scored.places == Places{1, 1, 0});
}

TEST_CASE("a time column orders rows; rows of one time stand together, and a row without a time ends it") {
  dataset::Table table = patients();
  const config::Project project = project_with("day", config::Role::time);
  const Scored scored = found(table, {0, 1, 2, 3, 4, 5}, project);
  CHECK(scored.dependence == Dependence::time);
  CHECK(scored.places == Places{4, 0, 2, 2, 1, 3});
  table.columns[1].numbers[3] = std::nan("");
  CHECK(found(table, {0, 1, 2, 3}, project).dependence == Dependence::none);
  CHECK(found(table, {0, 1, 2}, project).dependence == Dependence::time);
}

TEST_CASE("nothing declared: rows are independent") {
  CHECK(found(patients(), {0, 1}, {}).dependence == Dependence::none);
  CHECK(found(patients(), {0, 1}, project_with("patient", config::Role::id)).dependence == Dependence::none);
}

TEST_CASE("a part of the rows keeps its clusters, numbered anew") {
  Scored scored;
  scored.target = {1, 0, 1, 0};
  scored.model = {.9, .2, .8, .1};
  scored.dependence = Dependence::clusters;
  scored.places = {5, 1, 5, 3};
  const Scored part = evaluation::rows_at(scored, {0, 2, 3});
  CHECK(part.places == Places{1, 1, 0});
  CHECK(evaluation::sample_of(part, part.model).places.size() == 3);
}
