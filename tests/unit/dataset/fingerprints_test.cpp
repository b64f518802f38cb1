#include "dataset/fingerprints.hpp"

#include "base/error.hpp"
#include "support/tables.hpp"

#include <doctest/doctest.h>

#include <set>

using namespace mlp;
using namespace mlp::dataset;
using namespace mlp::test;

namespace {

Table animals() {
  return table_of({number_column("legs", {4, 4, k_missing_number, 2}),
                   category_column("kind", {"cat", "dog", "fish", ""}), boolean_column("y", {1, 0, 0, 1}),
                   number_column("id", {1, 2, 3, 4})});
}

config::Project animal_project() {
  config::Project project = project_for(Task::binary, "y");
  set_role(project, "id", config::Role::id);
  return project;
}

} // namespace

TEST_CASE("equal rows have equal fingerprints in any column order, coding and number of threads") {
  const Table table = animals();
  const auto prints = row_fingerprints(table, animal_project(), 1);
  CHECK(row_fingerprints(table, animal_project(), 3) == prints);
  // other categories beside them, the columns turned round, other ids: as another file would have it
  Table other =
      table_of({number_column("id", {9, 8, 7}), boolean_column("y", {0, 1, 0}),
                category_column("kind", {"dog", "cat", "aardvark"}), number_column("legs", {4, 4, 4})});
  const auto others = row_fingerprints(other, animal_project(), 1);
  CHECK(others[0] == prints[1]);
  CHECK(others[1] == prints[0]);
  CHECK(std::set<std::uint64_t>(prints.begin(), prints.end()).size() == 4);
}

TEST_CASE("a fingerprint covers features and target, nothing else") {
  Table changed = animals();
  changed.columns[3].numbers = {7, 7, 7, 7};
  CHECK(row_fingerprints(changed, animal_project(), 1) == row_fingerprints(animals(), animal_project(), 1));
  changed.columns[2].numbers[0] = 0;
  CHECK(row_fingerprints(changed, animal_project(), 1)[0] !=
        row_fingerprints(animals(), animal_project(), 1)[0]);
}

TEST_CASE("a number has one fingerprint whether it was read as a number or as a word; −0 is 0") {
  const Table numbers = table_of({number_column("x", {3, 0.5, -0.0, 1e300})});
  const Table words = table_of({category_column("x", {"3", "0.5", "0", "1e+300"})});
  const Table other = table_of({category_column("x", {"03", "0.50", "zero", "1e300"})});
  const std::vector<std::string> columns = {"x"};
  CHECK(row_fingerprints(numbers, columns, 1) == row_fingerprints(words, columns, 1));
  const auto prints = row_fingerprints(numbers, columns, 1);
  const auto others = row_fingerprints(other, columns, 1);
  for (std::size_t row = 0; row < prints.size(); ++row) {
    CHECK(others[row] != prints[row]); // another text is another value
  }
}

TEST_CASE("a date and the number of its seconds differ, as do swapped values") {
  const std::vector<std::string> columns = {"a", "b"};
  const Table table = table_of({number_column("a", {1, 2}), number_column("b", {2, 1})});
  const auto prints = row_fingerprints(table, columns, 1);
  CHECK(prints[0] != prints[1]);
  const Table dates = table_of({datetime_column("a", {1, 2}), number_column("b", {2, 1})});
  CHECK(row_fingerprints(dates, columns, 1)[0] != prints[0]);
}

TEST_CASE("many different rows have different fingerprints") {
  // 200,000 rows of two columns; a 64-bit hash repeats among them with a chance of 1e-9
  const Table table =
      table_of({number_column("a", counting(0, 200'000)), number_column("b", counting(-7, 199'993))});
  const auto prints = row_fingerprints(table, std::vector<std::string>{"a", "b"}, 2);
  CHECK(std::set<std::uint64_t>(prints.begin(), prints.end()).size() == 200'000);
}

TEST_CASE("stored fingerprints are sorted, distinct, little endian, under a line that names the format") {
  CHECK(serialise_fingerprints({0x0102, 1, 0x0102}) ==
        std::string("mlp-fingerprints 1\n\1\0\0\0\0\0\0\0\2\1\0\0\0\0\0\0", 35));
}

TEST_CASE("seen rows are those whose fingerprint was stored") {
  const std::string stored = serialise_fingerprints({5, UINT64_MAX, 9});
  CHECK(seen_rows(stored, std::vector<std::uint64_t>{9, 8, UINT64_MAX, 0}) ==
        std::vector<bool>{true, false, true, false});
  CHECK(seen_rows(serialise_fingerprints({}), std::vector<std::uint64_t>{0}) == std::vector<bool>{false});
}

TEST_CASE("damaged or newer fingerprints are refused") {
  const std::string stored = serialise_fingerprints({1, 2});
  const std::vector<std::uint64_t> rows = {1};
  for (std::size_t size = 0; size < stored.size(); ++size) {
    const bool whole = size >= 19 && (size - 19) % 8 == 0; // a list that ends at a fingerprint is a list
    if (!whole) {
      CHECK_THROWS_AS(static_cast<void>(seen_rows(stored.substr(0, size), rows)), Error);
    }
  }
  CHECK_THROWS_WITH_AS(static_cast<void>(seen_rows("mlp-fingerprints 2\n", rows)),
                       "cannot read row fingerprints: a newer mlp wrote them", Error);
}
