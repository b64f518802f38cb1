#include "report/reliance_text.hpp"

#include <doctest/doctest.h>

using mlp::evaluation::Reliance;
using mlp::report::reliance_text;

TEST_CASE("calibration, sets and confident errors are a line each") {
  Reliance reliance;
  reliance.reliability = mlp::metrics::Reliability{{}, 0.03, 0.0021, 0.21, 0.0312};
  reliance.rule = mlp::metrics::ConformalRule{0.9, 500, 451, 0.6, {}};
  reliance.coverage = mlp::metrics::Coverage{1000, 0.904, {0.896, 0.911}, 1.12, 0.0};
  reliance.abstention = mlp::metrics::Abstention{};
  reliance.abstention->confident = {4102, 97, 0.0236, mlp::metrics::Interval{0.019, 0.029}, 0.026, {}};
  CHECK(reliance_text(reliance) ==
        "  calibration    excess error 0.002 (p = 0.21), largest gap of a bin 0.031\n"
        "  sets of 90%    hold the truth in 90.4% (89.6% – 91.1%) of rows, 1.12 classes a row\n"
        "  sure (≥ 0.9)   of 4,102 rows 97 are wrong: 2.4% (1.9% – 2.9%), a calibrated model has 2.6%\n");
}

TEST_CASE("a regression has intervals; too few validation rows hold everything; nothing is no text") {
  Reliance reliance;
  CHECK(reliance_text(reliance).empty());
  reliance.rule = mlp::metrics::ConformalRule{0.9, 500, 451, 12.5, {}};
  reliance.coverage = mlp::metrics::Coverage{1000, 0.904, {0.896, 0.911}, 0.0, 0.0};
  CHECK(reliance_text(reliance) ==
        "  intervals of 90%   hold the truth in 90.4% (89.6% – 91.1%) of rows, ± 12.50 wide\n");
  reliance.rule->limit.reset();
  reliance.rule->n = 5;
  CHECK(reliance_text(reliance) == "  intervals of 90%   hold everything: 5 validation rows are too few\n");
}

TEST_CASE("groups with rules of their own follow, the first ten of them") {
  Reliance reliance;
  reliance.rule = mlp::metrics::ConformalRule{0.9, 500, 451, 12.5, {}};
  reliance.coverage = mlp::metrics::Coverage{1000, 0.904, {0.896, 0.911}, 0.0, 0.0};
  reliance.group_column = "region";
  mlp::evaluation::GroupRule north{"region=north", *reliance.rule, reliance.coverage};
  north.rule.limit = 20.0;
  mlp::evaluation::GroupRule south{"region=south", *reliance.rule, reliance.coverage};
  south.rule.limit.reset();
  south.rule.n = 4;
  reliance.group_rules = {north, south};
  CHECK(reliance_text(reliance) ==
        "  intervals of 90%   hold the truth in 90.4% (89.6% – 91.1%) of rows, ± 12.50 wide\n"
        "  own rules          region=north: 90.4% (89.6% – 91.1%), ± 20.00\n"
        "                     region=south: holds everything, 4 validation rows are too few\n");
  reliance.group_rules.assign(12, north);
  CHECK(reliance_text(reliance).find("2 more groups: see --json\n") != std::string::npos);
}
