#include "config/sections.hpp"

#include <array>
#include <limits>

namespace mlp::config {
namespace {

constexpr double k_infinity = std::numeric_limits<double>::infinity();

void check_owner(MapReader section) {
  section.text("name");
  section.text("email");
  section.finish();
}

void check_value(MapReader section) {
  section.text("metric");
  section.number("target", {-k_infinity, k_infinity});
  section.text("unit");
  section.finish();
}

void check_risk(MapReader section) {
  section.text("domain");
  for (const std::string_view question :
       {"decides_about_people", "reversible", "human_in_loop", "generative"}) {
    section.boolean(question);
  }
  section.finish();
}

} // namespace

void check_product(MapReader section) {
  for (const std::string_view key : {"question", "decision", "baseline", "stop_when", "people_affected"}) {
    section.text(key);
  }
  section.texts("users");
  check_owner(section.map("owner"));
  check_value(section.map("value"));
  check_risk(section.map("risk"));
  section.finish();
}

void check_monitoring(MapReader section) {
  for (const std::string_view key : {"window", "predictions_within", "labels_within"}) {
    section.duration(key);
  }
  constexpr std::array<std::string_view, 3> reactions = {"report", "retrain", "rollback"};
  section.choice("on_alert", reactions);
  MapReader retrain = section.map("retrain");
  retrain.duration("max_age");
  retrain.finish();
  section.finish();
}

} // namespace mlp::config
