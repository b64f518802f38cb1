#include "dataset/read_table.hpp"
#include "dataset/version.hpp"
#include "examined_table.hpp"
#include "validation/validate.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <set>

using namespace mlp;
using namespace mlp::test;
using namespace mlp::validation;

namespace {

using Named = std::set<std::string>;

/// The ids (and columns, where they name one) of what fails or warns on a public table, every fifth row of
/// which is the test part. Nothing (said so) where MLP_TEST_DATA does not say where it is.
std::optional<Named> found_in(const std::string& path, Task task, const std::string& target,
                              CheckStatus status, const std::vector<std::string>& ignored = {}) {
  const char* folder = std::getenv("MLP_TEST_DATA");
  if (folder == nullptr) {
    MESSAGE("skipped: set MLP_TEST_DATA");
    return std::nullopt;
  }
  dataset::ReadOptions options;
  options.threads = 2;
  ExaminedTable data(task, {number_column("y", {0})}); // until the table is read
  data.table = dataset::read_table(dataset::sources_of(std::filesystem::path(folder) / path, path), options);
  data.project.data.target = target;
  if (task == Task::binary) {
    data.project.data.positive = data.table.column(target).text(0);
  }
  for (const std::string& name : ignored) {
    data.role(name, config::Role::ignore);
  }
  data.is_test = [](std::size_t row) { return random_bits(7, 7, row) % 5 == 0; };
  const Findings findings =
      data.run([](const Subject& subject, Findings& found) { found = examine(subject, Depth::all); });
  Named named;
  for (const Check& check : findings.checks) {
    if (check.status == status) {
      named.insert(check.subject.empty() ? check.id : check.id + " " + check.subject);
    }
  }
  return named;
}

} // namespace

// The number of hires is that of casual plus that of registered users (Readme.txt of the data).
TEST_CASE("bike sharing: the parts of the target are found") {
  if (const auto failed = found_in("bike-sharing/hour.csv", Task::regression, "cnt", CheckStatus::fail)) {
    CHECK(failed->contains("target_combination registered"));
    CHECK(failed->contains("target_leakage registered"));
  }
}

// Harries 1999: prices were not transferred to Victoria before May 1997, and neighbours depend on each other.
TEST_CASE("elec2: columns that were not measured at first, and rows that depend on each other, warn") {
  if (const auto warned = found_in("elec2/elec2.csv", Task::binary, "class", CheckStatus::warn)) {
    CHECK(warned->contains("row_dependence"));
    for (const char* column : {"vicprice", "vicdemand", "transfer"}) {
      CHECK(warned->contains(std::string("stuck_column ") + column));
    }
  }
}

// 1,177 of 6,497 wines are there more than once.
TEST_CASE("wine: copies on both sides of the split fail") {
  for (const char* path : {"wine-quality/winequality-red.csv", "wine-quality/winequality-white.csv"}) {
    if (const auto failed = found_in(path, Task::regression, "quality", CheckStatus::fail)) {
      CHECK(*failed == Named{"duplicates_across_split"});
    }
  }
}

TEST_CASE("tables without a known leak do not fail") {
  struct Table {
    const char* path;
    Task task;
    const char* target;
  };
  for (const Table& table : {Table{"adult/adult-train.csv", Task::binary, "income"},
                             Table{"german-credit/credit-g.csv", Task::binary, "class"},
                             Table{"california-housing/housing.csv", Task::regression, "median_house_value"},
                             Table{"diamonds/diamonds.csv", Task::multiclass, "cut"}}) {
    CAPTURE(table.path);
    if (const auto failed = found_in(table.path, table.task, table.target, CheckStatus::fail)) {
      CHECK(*failed == Named{});
    }
  }
}
