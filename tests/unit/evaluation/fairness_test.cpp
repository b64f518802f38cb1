#include "evaluation/fairness.hpp"

#include "support/tables.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <numeric>

using doctest::Approx;
using mlp::CheckStatus;
using mlp::Json;
using mlp::Task;
using mlp::evaluation::AttributeFairness;
using mlp::evaluation::Disparities;
using mlp::evaluation::disparities_of;
using mlp::evaluation::Disparity;
using mlp::evaluation::Eligibility;
using mlp::evaluation::fairness_of;
using mlp::evaluation::FairnessReport;
using mlp::evaluation::GroupRates;
using mlp::evaluation::judge_gap;
using mlp::evaluation::rates_of;
using mlp::evaluation::Scored;
using mlp::evaluation::Slice;
using mlp::evaluation::Verdict;
using mlp::metrics::Status;

namespace {

/// Rows of groups, made from confusion counts.
struct Rows {
  Scored scored;
  std::vector<Slice> groups;

  Rows() { scored.classes = {"no", "yes"}; }

  Rows& group(const std::string& name, int tp, int fn, int fp, int tn) {
    Slice slice{"g=" + name, {"g"}, {}};
    const auto append = [&](int rows, double target, double score) {
      for (int i = 0; i < rows; ++i) {
        slice.at.push_back(static_cast<std::uint32_t>(scored.target.size()));
        scored.target.push_back(target);
        scored.model.push_back(score);
      }
    };
    append(tp, 1, 0.8);
    append(fn, 1, 0.3);
    append(fp, 0, 0.7);
    append(tn, 0, 0.2);
    groups.push_back(std::move(slice));
    return *this;
  }

  [[nodiscard]] std::vector<GroupRates> rates(const Eligibility& eligibility = {}) const {
    return rates_of(scored, groups, eligibility);
  }
  [[nodiscard]] Disparities disparities(const Eligibility& eligibility = {}) const {
    return disparities_of(scored.task, scored.classes, rates(eligibility), 0.95);
  }
};

const Disparity& named(const Disparities& all, std::string_view name) {
  for (const Disparity& disparity : all.disparities) {
    if (disparity.name == name) {
      return disparity;
    }
  }
  FAIL("no disparity ", std::string(name));
  return all.disparities.front();
}

/// The 18 rows of Fairlearn's user guide ("perform fairness assessment").
Rows fairlearn() {
  Rows rows;
  rows.scored.target = {0, 1, 1, 1, 1, 0, 1, 0, 1, 0, 0, 0, 1, 1, 1, 1, 1, 1};
  rows.scored.model = {0, 0, 1, 0, 1, 1, 1, 0, 0, 1, 1, 1, 1, 0, 0, 1, 1, 0};
  const std::string group = "bbabbcccaacabccbcc";
  rows.groups = {{"g=a", {"g"}, {}}, {"g=b", {"g"}, {}}, {"g=c", {"g"}, {}}};
  for (std::uint32_t row = 0; row < group.size(); ++row) {
    rows.groups[static_cast<std::size_t>(group[row] - 'a')].at.push_back(row);
  }
  return rows;
}

constexpr Eligibility k_all = {1, 1};

} // namespace

TEST_CASE("disparities: Fairlearn's eighteen rows") {
  const auto rates = fairlearn().rates(k_all);
  const std::vector<std::array<double, 4>> published = {
      {4, .5, 1, .75}, {6, .6, 0, .5}, {8, .4, .666667, .5}}; // n, tpr, fpr, selection rate
  for (std::size_t g = 0; g < 3; ++g) {
    CHECK(static_cast<double>(rates[g].n) == published[g][0]);
    CHECK(*rates[g].find("recall")->value == Approx(published[g][1]));
    CHECK(*rates[g].find("fpr")->value == Approx(published[g][2]).epsilon(1e-5));
    CHECK(*rates[g].find("selection_rate")->value == Approx(published[g][3]));
  }
  CHECK(rates[2].is_reference);
  const auto found = fairlearn().disparities(k_all);
  CHECK(*named(found, "demographic_parity_difference").value == Approx(.25));
  CHECK(*named(found, "impact_ratio").value == Approx(.66666).epsilon(1e-4));
  CHECK(*named(found, "equal_opportunity_difference").value == Approx(.2));
  CHECK(*named(found, "equalized_odds_difference").value == Approx(1.0)); // fpr, the worse of tpr and fpr
  CHECK(*named(found, "equalized_odds_ratio").value == 0.0);
  for (const Disparity& disparity : found.disparities) {
    CAPTURE(disparity.name);
    if (disparity.value && disparity.lower && disparity.upper) {
      CHECK(*disparity.lower <= *disparity.value);
      CHECK(*disparity.value <= *disparity.upper);
    }
  }
}

TEST_CASE("disparities: groups of four to eight rows are no evidence, but Fairlearn's number is shown") {
  const auto found = fairlearn().disparities();
  const Disparity& odds = named(found, "equalized_odds_difference");
  CHECK_FALSE(odds.value);
  CHECK_FALSE(odds.lower);
  CHECK(*odds.all_groups == Approx(1.0));
  CHECK(odds.verdict == Verdict::insufficient_evidence);
  CHECK(odds.insufficient == std::vector<std::string>{"g=a", "g=b", "g=c"});
  CHECK(found.pairs.empty());
}

TEST_CASE("disparities: the published decision tree on Adult, by its counts") {
  // Female: 1,769 of 16,192 earn more, 6.35% = 1,028 are called so; Male: 9,918 of 32,650, 21.35% = 6,971
  const auto found =
      Rows().group("Female", 900, 869, 128, 14295).group("Male", 5200, 4718, 1771, 20961).disparities();
  const Disparity& parity = named(found, "demographic_parity_difference");
  CHECK(*parity.value == Approx(.150).epsilon(.001));
  CHECK(*parity.all_groups == *parity.value);
  CHECK(parity.verdict == Verdict::proved_unfair);
  CHECK(parity.lowest == "g=Female");
  CHECK(parity.highest == "g=Male");
  const Disparity& ratio = named(found, "impact_ratio");
  CHECK(*ratio.value == Approx(.297).epsilon(.002));
  CHECK(*ratio.upper < .33);
  CHECK(ratio.verdict == Verdict::proved_unfair);
  CHECK(*ratio.p_value < 1e-100);
  CHECK(ratio.n == 48842);
  const Disparity& base = named(found, "base_rate_difference");
  CHECK(*base.value == Approx(.1945).epsilon(.001));
  CHECK_FALSE(base.verdict); // of the data, not of the model
}

TEST_CASE("disparities: of two groups the interval of the gap is Newcombe's") {
  // selected: 112 of 140 and 96 of 160; see the slices' test for the numbers
  const auto found = Rows().group("a", 56, 14, 56, 14).group("b", 48, 32, 48, 32).disparities();
  const Disparity& parity = named(found, "demographic_parity_difference");
  CHECK(*parity.value == Approx(.2));
  CHECK(*parity.lower == Approx(.0963).epsilon(.002));
  CHECK(*parity.upper == Approx(.2967).epsilon(.002));
  CHECK(parity.verdict == Verdict::inconclusive); // the limit is .1
  REQUIRE_FALSE(found.pairs.empty());
  const auto& pair = found.pairs.front();
  CHECK(pair.rate == "selection_rate");
  CHECK(pair.group == "g=a");
  CHECK(pair.reference == "g=b"); // the larger
  CHECK(pair.difference == Approx(.2));
  // pooled 208/300: z = .2/√(.6933·.3067·(1/140 + 1/160)) = 3.747
  CHECK(pair.p_value == Approx(1.79e-4).epsilon(.01));
  CHECK(pair.p_holm == pair.p_value);
}

TEST_CASE("disparities: the log method's interval of two groups' ratio") {
  // selected 30 of 200 and 60 of 200: ln ½ ± 1.95996·√(1/30 − 1/200 + 1/60 − 1/200) = −.6931 ± .3920
  const auto found = Rows().group("a", 15, 85, 15, 85).group("b", 30, 70, 30, 70).disparities();
  const Disparity& ratio = named(found, "impact_ratio");
  CHECK(*ratio.value == Approx(.5));
  CHECK(*ratio.lower == Approx(.3379).epsilon(.001));
  CHECK(*ratio.upper == Approx(.7400).epsilon(.001));
  CHECK(ratio.verdict == Verdict::proved_unfair);
}

TEST_CASE("disparities: five equal groups of a hundred rows are not accused, ten thousand rows acquit them") {
  const auto equal = [](int times) {
    Rows rows;
    for (const char* name : {"a", "b", "c", "d", "e"}) {
      rows.group(name, 30 * times, 20 * times, 20 * times, 30 * times);
    }
    return rows.disparities();
  };
  CHECK(*named(equal(1), "equalized_odds_difference").value == 0.0);
  CHECK(named(equal(1), "equalized_odds_difference").verdict == Verdict::inconclusive);
  CHECK(named(equal(1), "impact_ratio").verdict == Verdict::inconclusive);
  CHECK(named(equal(100), "equalized_odds_difference").verdict == Verdict::proved_ok);
  CHECK(named(equal(100), "impact_ratio").verdict == Verdict::proved_ok);
  CHECK(*named(equal(100), "equalized_odds_difference").lower == 0.0);
}

TEST_CASE("disparities: a group without positive rows has no true positive rate, and the gap is not 1") {
  const auto rows =
      Rows().group("a", 300, 100, 100, 300).group("b", 300, 100, 100, 300).group("none", 0, 0, 100, 300);
  CHECK(rows.rates()[2].find("recall")->status == Status::undefined);
  const auto found = rows.disparities();
  const Disparity& odds = named(found, "equalized_odds_difference");
  CHECK(*odds.value == 0.0);
  CHECK(*odds.all_groups == 0.0);
  CHECK(odds.insufficient == std::vector<std::string>{"g=none"});
  CHECK_FALSE(odds.why.empty());
}

TEST_CASE("rates: eligibility is of the denominator, not of the group alone") {
  // 29 and 30 positives; the groups are large, and one has 99 rows
  const auto rates = Rows()
                         .group("few", 20, 9, 50, 200)
                         .group("enough", 20, 10, 50, 200)
                         .group("small", 40, 10, 9, 40)
                         .rates();
  CHECK(rates[0].find("recall")->status == Status::insufficient);
  CHECK(rates[0].find("recall")->why == "its denominator has 29 rows, fewer than 30");
  CHECK(rates[0].find("recall")->value); // shown, not judged
  CHECK(rates[0].find("fpr")->status == Status::ok);
  CHECK(rates[1].find("recall")->status == Status::ok);
  CHECK(rates[2].find("fpr")->status == Status::insufficient);
  CHECK(rates[2].find("fpr")->why == "the group has 99 rows, fewer than 100");
}

TEST_CASE("rates: a row of weight two counts as two, but adds no certainty that it does not bring") {
  Rows rows = Rows().group("a", 60, 40, 40, 60).group("b", 60, 40, 40, 60);
  rows.scored.weights.assign(400, 1.0);
  for (std::size_t i = 0; i < 60; ++i) {
    rows.scored.weights[i] = 2.0; // the true positives of a
  }
  const auto rates = rows.rates();
  CHECK(*rates[0].find("recall")->value == Approx(120.0 / 160));
  // (2·60 + 40)² / (4·60 + 40) = 91.43 effective rows of 100
  CHECK(rates[0].find("recall")->effective_n == Approx(91.43).epsilon(.001));
  CHECK(rates[0].find("roc_auc") == nullptr); // DeLong knows no weights
  for (const Disparity& disparity : rows.disparities().disparities) {
    CHECK(disparity.name != "roc_auc_difference");
  }
}

TEST_CASE("judge_gap: what the interval proves, and NaN or no interval prove nothing") {
  CHECK(judge_gap(false, .11, .3, .1) == Verdict::proved_unfair);
  CHECK(judge_gap(false, .02, .1, .1) == Verdict::proved_ok);
  CHECK(judge_gap(false, .05, .11, .1) == Verdict::inconclusive);
  CHECK(judge_gap(true, .5, .79, .8) == Verdict::proved_unfair);
  CHECK(judge_gap(true, .8, .95, .8) == Verdict::proved_ok);
  CHECK(judge_gap(true, .7, .95, .8) == Verdict::inconclusive);
  CHECK(judge_gap(false, std::nullopt, std::nullopt, .1) == Verdict::insufficient_evidence);
  CHECK(judge_gap(false, .01, std::nullopt, .1) == Verdict::insufficient_evidence);
  CHECK(judge_gap(false, std::nan(""), std::nan(""), .1) == Verdict::inconclusive);
}

TEST_CASE("disparities: multiclass is each class against the rest, and the worst class is named") {
  Rows rows;
  rows.scored.task = Task::multiclass;
  rows.scored.classes = {"a", "b", "c"};
  // group 1 is always called rightly; in group 2 every second row of class c is called b
  for (int group = 0; group < 2; ++group) {
    Slice slice{group == 0 ? "g=1" : "g=2", {"g"}, {}};
    for (int i = 0; i < 900; ++i) {
      slice.at.push_back(static_cast<std::uint32_t>(rows.scored.target.size()));
      const int truth = i % 3;
      const int called = group == 1 && truth == 2 && i % 2 == 0 ? 1 : truth;
      rows.scored.target.push_back(truth);
      for (int c = 0; c < 3; ++c) {
        rows.scored.model.push_back(c == called ? 0.8 : 0.1);
      }
    }
    rows.groups.push_back(std::move(slice));
  }
  const auto found = rows.disparities();
  const Disparity& opportunity = named(found, "equal_opportunity_difference");
  CHECK(*opportunity.value == Approx(.5));
  CHECK(opportunity.class_name == "c");
  CHECK(opportunity.verdict == Verdict::proved_unfair);
  CHECK(*named(found, "accuracy_difference").value == Approx(1.0 / 6));
  CHECK(*named(found, "predictive_parity_difference").value == Approx(1.0 / 3)); // b: 300 of 450
  CHECK(named(found, "predictive_parity_difference").class_name == "b");
}

TEST_CASE("disparities: regression compares mean predictions, mean errors and the sizes of errors") {
  Rows rows;
  rows.scored.task = Task::regression;
  for (int group = 0; group < 2; ++group) {
    Slice slice{group == 0 ? "g=1" : "g=2", {"g"}, {}};
    for (int i = 0; i < 400; ++i) {
      slice.at.push_back(static_cast<std::uint32_t>(rows.scored.target.size()));
      rows.scored.target.push_back(10.0);
      // errors of ±1 in the first group; of 3 and −1 in the second: mean 1, mean size 2
      rows.scored.model.push_back(10.0 + (group == 0 ? (i % 2 == 0 ? 1 : -1) : (i % 2 == 0 ? 3 : -1)));
    }
    rows.groups.push_back(std::move(slice));
  }
  const auto found = rows.disparities();
  CHECK(*named(found, "mean_prediction_difference").value == Approx(1.0));
  CHECK(*named(found, "mean_error_difference").value == Approx(1.0));
  // standard errors 1/20 and 2/20 by 399 degrees: 1 ± 1.966·√(.0501² + .1001²)
  CHECK(*named(found, "mean_error_difference").lower == Approx(1 - .2202).epsilon(.001));
  const Disparity& ratio = named(found, "mae_ratio");
  CHECK(*ratio.value == Approx(.5));
  CHECK(ratio.verdict == Verdict::proved_unfair);
  CHECK_FALSE(named(found, "mean_prediction_difference").verdict); // its limit is the project's business
}

TEST_CASE("disparity passes where every gap is proved to lie within its limit") {
  const auto rows = Rows().group("a", 4000, 4000, 4000, 4000).group("b", 4000, 4000, 4000, 4000);
  std::vector<std::string> sex(16'000, "f");
  sex.resize(32'000, "m");
  std::vector<std::uint32_t> all(sex.size());
  std::iota(all.begin(), all.end(), 0U);
  auto project = mlp::test::project_for(Task::binary, "y");
  project.data.columns["sex"].is_protected = true;
  const auto checks = checks_of(
      fairness_of(rows.scored, mlp::test::table_of({mlp::test::category_column("sex", sex)}), all, project));
  const auto found = std::ranges::find(checks, "disparity", &mlp::Check::id);
  REQUIRE(found != checks.end());
  CHECK(found->status == CheckStatus::pass);
}

TEST_CASE("fairness_of: each protected column, each pair, and nothing where none is protected") {
  const auto rows = Rows().group("a", 100, 50, 50, 100).group("b", 50, 100, 100, 50);
  std::vector<std::string> sex;
  std::vector<std::string> age;
  std::vector<std::uint32_t> all;
  for (std::uint32_t i = 0; i < 600; ++i) {
    sex.push_back(i < 300 ? "f" : "m");
    age.push_back(i % 2 == 0 ? "old" : "young");
    all.push_back(i);
  }
  const auto table =
      mlp::test::table_of({mlp::test::category_column("sex", sex), mlp::test::category_column("age", age)});
  auto project = mlp::test::project_for(Task::binary, "y");
  CHECK(fairness_of(rows.scored, table, all, project).attributes.empty());
  project.data.columns["sex"].is_protected = true;
  project.data.columns["age"].is_protected = true;
  project.data.columns["age"].role = mlp::config::Role::feature;
  project.evaluation.reference_population["sex"] = {{"f", .8}, {"m", .2}};
  const FairnessReport report = fairness_of(rows.scored, table, all, project);
  REQUIRE(report.attributes.size() == 3);
  CHECK(report.attributes[0].columns == std::vector<std::string>{"age"});
  CHECK(report.attributes[0].is_feature);
  CHECK(report.attributes[1].columns == std::vector<std::string>{"sex"});
  CHECK_FALSE(report.attributes[1].is_feature);
  CHECK(report.attributes[2].columns == std::vector<std::string>{"age", "sex"});
  CHECK(report.attributes[2].groups.size() == 4);

  const auto checks = checks_of(report);
  const auto found = [&](const std::string& id, const std::string& subject) {
    return std::find_if(checks.begin(), checks.end(),
                        [&](const mlp::Check& check) { return check.id == id && check.subject == subject; });
  };
  CHECK(found("attribute_not_a_feature", "age")->status == CheckStatus::warn);
  CHECK(found("attribute_not_a_feature", "sex")->status == CheckStatus::pass);
  CHECK(found("disparity", "sex")->status == CheckStatus::warn); // recall is 2/3 and 1/3
  CHECK(
      found("disparity", "sex")->why.find("equal_opportunity_difference 0.333 (sex=m to sex=f, limit 0.1)") !=
      std::string::npos);
  CHECK(found("disparity", "age")->status == CheckStatus::inconclusive); // equal, but of 600 rows no proof
  CHECK(found("disparity", "age")->why.find("gaps are not proved to lie within their limits") !=
        std::string::npos);
  REQUIRE(found("representation", "sex") != checks.end());
  CHECK(found("representation", "sex")->status == CheckStatus::warn);
  CHECK(found("representation", "sex")->why ==
        "sex=f is 50.0% of the rows and 80.0% of the reference population");

  const std::string json = to_json(report).dump();
  CHECK(json.find("29 CFR 1607.4D") != std::string::npos);
  CHECK(json.find("\"fair\"") == std::string::npos);
}

TEST_CASE("representation: chi-square and ratios against the population, by hand") {
  // 30 f and 70 m where 50 each are expected: 400/50 + 400/50 = 16
  std::vector<std::string> sex(30, "f");
  sex.insert(sex.end(), 70, "m");
  sex.insert(sex.end(), 5, "x");
  sex.insert(sex.end(), 3, "");
  const auto table = mlp::test::table_of({mlp::test::category_column("sex", sex)});
  const auto found =
      mlp::evaluation::representation_of(table.columns[0], table.rows, {{"f", .5}, {"m", .5}}, .95);
  CHECK(found.n == 100);
  CHECK(found.unlisted == 5);
  CHECK(found.missing == 3);
  CHECK(*found.chi_square == Approx(16.0));
  CHECK(*found.p_value == Approx(6.334e-5).epsilon(.001)); // 2·(1 − Φ(4))
  CHECK(found.least()->value == "f");
  CHECK(*found.least()->ratio == Approx(.6));
  // Wilson of 30 in 100: .2189 to .3958
  CHECK(*found.least()->lower == Approx(.4379).epsilon(.001));
  CHECK(*found.least()->upper == Approx(.7917).epsilon(.001));
}

TEST_CASE("representation: a value that never occurs has a ratio of 0; without rows nothing is said") {
  const auto table = mlp::test::table_of({mlp::test::boolean_column("old", {0, 0, 1})});
  const auto found =
      mlp::evaluation::representation_of(table.columns[0], 3, {{"No", .5}, {"Yes", .4}, {"?", .1}}, .95);
  CHECK(found.least()->value == "?");
  CHECK(*found.least()->ratio == 0.0);
  const auto none = mlp::evaluation::representation_of(table.columns[0], 3, {{"f", .5}, {"m", .5}}, .95);
  CHECK(none.least() == nullptr);
  CHECK_FALSE(none.p_value);
  CHECK(none.unlisted == 3);
}

TEST_CASE("rows that belong together are no more evidence than their clusters") {
  // 40 customers, each with five rows that are alike: 20 called of 40, however often each is counted
  Rows rows;
  Slice slice{"g=a", {"g"}, {}};
  Rows once;
  Slice once_slice{"g=a", {"g"}, {}};
  for (std::uint32_t customer = 0; customer < 40; ++customer) {
    const double score = customer % 2 == 0 ? 0.7 + 0.001 * customer : 0.2 + 0.003 * customer;
    const double target = customer % 3 == 0 ? 1.0 : 0.0;
    for (int i = 0; i < 5; ++i) {
      slice.at.push_back(static_cast<std::uint32_t>(rows.scored.target.size()));
      rows.scored.target.push_back(target);
      rows.scored.model.push_back(score);
      rows.scored.places.push_back(customer);
    }
    once_slice.at.push_back(customer);
    once.scored.target.push_back(target);
    once.scored.model.push_back(score);
  }
  rows.groups = {slice};
  once.groups = {once_slice};
  const auto independent = rows.rates(k_all).front();
  rows.scored.dependence = mlp::metrics::Dependence::clusters;
  const auto clustered = rows.rates(k_all).front();
  const auto single = once.rates(k_all).front();
  CHECK(independent.find("selection_rate")->effective_n == Approx(200));
  // G/(G-1) Σ(5(x - p)/200)² = p(1 - p)/39, and t of 39 degrees is 2.0227 where z is 1.95996
  CHECK(clustered.find("selection_rate")->effective_n ==
        Approx(39 * std::pow(1.959964 / 2.022691, 2)).epsilon(1e-5));
  for (const char* rate : {"selection_rate", "recall", "roc_auc", "calibration_intercept"}) {
    CAPTURE(rate);
    CHECK(*clustered.find(rate)->value == Approx(*independent.find(rate)->value));
    CHECK(clustered.find(rate)->standard_error ==
          Approx(single.find(rate)->standard_error).epsilon(0.06)); // as of 40 rows: √5 of that of 200
    CHECK(clustered.find(rate)->standard_error > 2.0 * independent.find(rate)->standard_error);
    CHECK(clustered.find(rate)->n == independent.find(rate)->n);
  }
}

TEST_CASE("disparities: p of the worst of two rates allows for both") {
  const auto found = Rows().group("a", 60, 40, 20, 80).group("b", 45, 55, 30, 70).disparities();
  const auto pair = [&](const char* rate) {
    for (const auto& one : found.pairs) {
      if (one.rate == rate) {
        return one.p_holm;
      }
    }
    return -1.0;
  };
  CHECK(*named(found, "equal_opportunity_difference").p_value == Approx(pair("recall")));
  CHECK(*named(found, "equalized_odds_difference").p_value ==
        Approx(2.0 * std::min(pair("recall"), pair("fpr"))));
}
