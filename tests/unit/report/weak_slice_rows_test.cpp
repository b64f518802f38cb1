#include "report/weak_slice_rows.hpp"

#include "evaluation_document.hpp"

#include <doctest/doctest.h>

using mlp::Json;
using mlp::report::EvaluationView;
using mlp::report::weak_slice_table;
using mlp::test::evaluation_document;

namespace {

Json weak(const std::string& slice, bool confirmed) {
  return Json::object({{"slice", slice},
                       {"n", 1200},
                       {"loss", 0.75},
                       {"difference", 0.25},
                       {"q", 0.0012},
                       {"confirmed", confirmed}});
}

Json with_slices(Json slices) {
  Json document = evaluation_document(.4, .6, .1, .2);
  document["weak_slices"] =
      Json::object({{"loss", "log_loss"}, {"candidates", 120}, {"slices", std::move(slices)}, {"why", ""}});
  return document;
}

} // namespace

TEST_CASE("weak slices: the confirmed ones are listed, and how many were searched is said") {
  const Json document = with_slices(Json::array({weak("region=north", true), weak("tenure=< 3", false)}));
  CHECK(weak_slice_table(EvaluationView(document)) ==
        "  of 120 slices that were searched, 1 is worse than the other rows: found on one half of them, "
        "confirmed on the other\n"
        "  weak slice         n   log_loss    more        q\n"
        "  region=north   1,200      0.750   0.250   0.0012\n");
}

TEST_CASE("weak slices: none that is proved is an answer, none that was searched has a reason") {
  const Json none = with_slices(Json::array({weak("tenure=< 3", false)}));
  CHECK(weak_slice_table(EvaluationView(none)) ==
        "  of 120 slices that were searched, none is provably worse than the other rows\n");
  Json document = with_slices(Json::array());
  document["weak_slices"]["candidates"] = 0;
  document["weak_slices"]["why"] = "too few rows";
  CHECK(weak_slice_table(EvaluationView(document)) == "  no weak slices: too few rows\n");
  CHECK(weak_slice_table(EvaluationView(evaluation_document(.4, .6, .1, .2))).empty());
}
