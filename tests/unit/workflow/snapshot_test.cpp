#include "workflow/snapshot.hpp"

#include "unit/workflow/opened_project.hpp"

namespace mlp::workflow {
namespace {

using test::OpenedProject;
using Names = std::vector<std::string>;

struct Kept {
  CodeSnapshot snapshot;
  std::map<std::string, std::string> files; ///< path → content
};

Kept kept(OpenedProject& project) {
  auto workspace = project.open();
  Kept result{snapshot_code(workspace), {}};
  for (const store::TreeItem& item : workspace.store().get_tree(result.snapshot.tree)) {
    result.files[item.path] = workspace.store().get(item.id);
  }
  return result;
}

} // namespace

TEST_CASE("snapshot_code: the tracked files as they stand, changes included; others are only counted") {
  OpenedProject project;
  project.edit("seed: 7", "seed: 8");
  project.write("scratch.py", "print()");
  const Kept found = kept(project);
  CHECK(found.files.size() == 3); // mlp.yaml, policy.yaml, .gitignore
  CHECK(found.files.at("mlp.yaml") == project.read("mlp.yaml"));
  const Json json = to_json(found.snapshot);
  CHECK(json["clean"] == false);
  CHECK(json["modified"] == Json::array({"mlp.yaml"}));
  CHECK(json["untracked"] == Json::array({"scratch.py"}));
  CHECK(json["snapshot"] == found.snapshot.tree.hex());
  CHECK(project.git("", {"status", "--porcelain"}) == " M mlp.yaml\n?? scratch.py\n"); // it reads only
}

TEST_CASE("snapshot_code: a link is kept as its target; a large or missing file is named, not kept") {
  OpenedProject project;
  std::filesystem::create_symlink("mlp.yaml", project.root / "link");
  project.write("large.bin", std::string(3000, 'x'));
  project.write("gone.txt", "x");
  project.commit();
  std::filesystem::remove(project.root / "gone.txt");
  CHECK(kept(project).snapshot.omitted == Names{"gone.txt"});
  project.git("", {"config", "mlp.snapshotMaxBytes", "2000"});
  const Kept found = kept(project);
  CHECK(found.snapshot.omitted == Names{"gone.txt", "large.bin"});
  CHECK(found.files.at("link") == "mlp.yaml");
  project.git("", {"config", "mlp.snapshotMaxBytes", "lots"});
  CHECK(test::error_of([&] { static_cast<void>(kept(project)); }).code() == ErrorCode::environment);
}

TEST_CASE("snapshot_code: the same files make the same tree, a changed one another") {
  OpenedProject project;
  const ContentId first = kept(project).snapshot.tree;
  CHECK(kept(project).snapshot.tree == first);
  project.edit("seed: 7", "seed: 8");
  CHECK(kept(project).snapshot.tree != first);
}

} // namespace mlp::workflow
