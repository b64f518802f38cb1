#include "base/parameter_name.hpp"

#include <doctest/doctest.h>

#include <vector>

using namespace mlp;

TEST_CASE("parameter_of: a count or a share of rows") {
  CHECK(parameter_of("lift@k", "lift@100")->number == 100.0);
  CHECK_FALSE(parameter_of("lift@k", "lift@100")->is_share);
  CHECK(parameter_of("lift@k", "lift@10%")->number == 0.1);
  CHECK(parameter_of("lift@k", "lift@10%")->is_share);
  CHECK(parameter_of("lift@k", "lift@0.7%")->number == 0.007); // not 0.7 / 100, which is its neighbour
  for (const auto* name : {"lift@", "lift@k", "lift", "lift@0", "lift@100%", "lift@1.5", "lift@-1", "lift@ 3",
                           "lift@nan", "lift@1e3", "lift@0x1", "lift@5%%", "up@5"}) {
    CAPTURE(name);
    CHECK_FALSE(parameter_of("lift@k", name));
  }
}

TEST_CASE("parameter_of: what each place allows") {
  CHECK(parameter_of("top_k@n", "top_k@5")->number == 5.0);
  CHECK_FALSE(parameter_of("top_k@n", "top_k@0.5"));
  CHECK(parameter_of("pinball@q", "pinball@95%")->text == "0.95");
  CHECK_FALSE(parameter_of("pinball@q", "pinball@1"));
  CHECK(parameter_of("fbeta@beta", "fbeta@2")->text == "2");
  CHECK_FALSE(parameter_of("fbeta@beta", "fbeta@0"));
  CHECK_FALSE(parameter_of("fbeta@beta", "fbeta@inf"));
  CHECK(parameter_of("tweedie_deviance@p", "tweedie_deviance@1.5")->number == 1.5);
  CHECK_FALSE(parameter_of("tweedie_deviance@p", "tweedie_deviance@2"));
  CHECK(parameter_of("recall@class", "recall@a@b = c")->text == "a@b = c");
  CHECK(parameter_of("recall@fpr=q", "recall@fpr=0.05")->number == 0.05);
  CHECK_FALSE(parameter_of("recall@k", "recall@fpr=0.05"));
}

TEST_CASE("known_name: one spelling for each metric") {
  const std::vector<std::string> known = {"recall", "recall@k", "recall@fpr=q", "lift@k"};
  CHECK(known_name(known, "recall") == "recall");
  CHECK(known_name(known, "recall@10%") == "recall@0.1");
  CHECK(known_name(known, "recall@0.10") == "recall@0.1");
  CHECK(known_name(known, "recall@010") == "recall@10");
  CHECK(known_name(known, "recall@fpr=5%") == "recall@fpr=0.05");
  CHECK_FALSE(known_name(known, "lift"));
  CHECK_FALSE(known_name(known, "lift@k"));
}

TEST_CASE("parameter_hint: says what may stand in the place of the parameter") {
  const std::vector<std::string> known = {"roc_auc", "lift@k", "pinball@q"};
  CHECK(parameter_hint(known, "lift@2.5") ==
        "write `lift@k` with k: rows: how many (100) or which share of them (10%)");
  CHECK(parameter_hint(known, "pinball") == "write `pinball@q` with q: a number between 0 and 1");
  CHECK_FALSE(parameter_hint(known, "roc_acu"));
}
