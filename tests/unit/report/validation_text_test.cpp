#include "report/validation_text.hpp"

#include "report/check_reference.hpp"
#include "validation/catalogue.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

using mlp::Check;
using mlp::CheckStatus;
using mlp::report::Style;
using mlp::report::validation_text;

TEST_CASE("findings show what was measured and which rows; plain passes and what was not run are named") {
  Check leak{"target_leakage", CheckStatus::fail, 0.9876, 0.95, 100, "'x' tells", "x", {3, 17}};
  Check plain{"one_class", CheckStatus::pass, {}, {}, 100, "", "", {}};
  CHECK(validation_text(std::vector{leak, plain},
                        std::vector<mlp::validation::Skipped>{{"row_count", "no version"}}, Style(false)) ==
        "FAIL  target_leakage  0.988 (limit 0.95)  'x' tells; rows 3, 17\n"
        "passed as well:\n  one_class\n"
        "not run:\n  row_count: no version\n");
}

TEST_CASE("of a hundred findings of one kind ten are shown, the others counted") {
  std::vector<Check> checks(100, Check{"constant_column", CheckStatus::warn, 1.0, {}, 9, "c", "c", {}});
  const std::string text = validation_text(checks, {}, Style(false));
  CHECK(std::count(text.begin(), text.end(), '\n') == 11);
  CHECK(text.find("and 90 more constant_column") != std::string::npos);
}

TEST_CASE("the reference explains every check once") {
  const std::string text = mlp::report::check_reference();
  std::set<std::string_view> ids;
  for (const auto& info : mlp::validation::catalogue()) {
    CHECK(ids.insert(info.id).second);
    CHECK(text.find("  " + std::string(info.id) + "\n") != std::string::npos);
  }
  CHECK(mlp::report::check_reference_json().as_array().size() == ids.size());
}
