#include "dataset/split.hpp"
#include "support/tables.hpp"

#include <doctest/doctest.h>

using namespace mlp;
using namespace mlp::dataset;
using namespace mlp::test;
using config::Role;
using config::SplitBy;

TEST_CASE("a split's id is the SHA-256 of its canonical JSON") {
  config::Project project = project_for(Task::binary, "y");
  set_role(project, "id", Role::id);
  CHECK(
      split_id(project) ==
      sha256(
          R"({"by":"hash","key":["id"],"schema":"mlp.split/1","seed":0,"target":"y","test":0.2,"valid":0.2})"));
}

TEST_CASE("a split's id changes with what moves rows, and with nothing else") {
  config::Project project = project_for(Task::binary, "y");
  project.data.split.key = {"a", "b"};
  const ContentId id = split_id(project);
  const auto changed = [&](auto change) {
    config::Project other = project;
    change(other);
    return split_id(other) != id;
  };
  CHECK(changed([](auto& p) { p.data.split.seed = 1; }));
  CHECK(changed([](auto& p) { p.data.split.test = 0.3; }));
  CHECK(changed([](auto& p) { p.data.split.valid = 0.3; }));
  CHECK(changed([](auto& p) { p.data.split.key = {"a"}; }));
  CHECK(changed([](auto& p) { p.data.target = "z"; }));
  CHECK(changed([](auto& p) { p.data.split.by = SplitBy::group; }));
  CHECK_FALSE(changed([](auto& p) { p.data.split.key = {"b", "a"}; }));
  CHECK_FALSE(changed([](auto& p) { p.model.seed = 5; }));
  CHECK_FALSE(changed([](auto& p) { p.data.columns["c"].role = Role::ignore; }));
}

TEST_CASE("where all features are the key, the columns left out are part of the id") {
  config::Project project = project_for(Task::binary, "y");
  const ContentId id = split_id(project);
  set_role(project, "c", Role::feature);
  CHECK(split_id(project) == id);
  set_role(project, "c", Role::ignore);
  CHECK(split_id(project) != id);
}

TEST_CASE("by time and by file, the id holds the times and the test file") {
  config::Project project = project_for(Task::binary, "y");
  project.data.split.by = SplitBy::time;
  project.data.split.test_from = 100;
  project.data.split.valid_from = 50;
  set_role(project, "at", Role::time);
  const ContentId id = split_id(project);
  config::Project other = project;
  other.data.split.valid = 0.5; // valid_from decides
  CHECK(split_id(other) == id);
  other.data.split.gap_seconds = 1;
  CHECK(split_id(other) != id);
  project.data.split.by = SplitBy::file;
  project.data.split.test_file = "a.csv";
  const ContentId by_file = split_id(project);
  project.data.split.test_file = "b.csv";
  CHECK(split_id(project) != by_file);
}
