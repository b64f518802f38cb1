#include "workflow/collecting.hpp"

#include "unit/workflow/opened_project.hpp"
#include "workflow/needed_objects.hpp"
#include "workflow/tracing.hpp"

namespace mlp::workflow {
namespace {

using test::error_of;
using test::OpenedProject;

store::Collected collected(OpenedProject& project, bool remove = true) {
  auto workspace = project.open();
  return collect_garbage(workspace, remove);
}

/// Stores what no record will ever name: a loose object and a packed one.
std::pair<ContentId, ContentId> garbage(OpenedProject& project) {
  auto workspace = project.open();
  store::ObjectStore& store = workspace.store();
  const ContentId loose = store.put("of a command that was refused");
  auto writer = store.writer();
  writer.append("of a command that was interrupted");
  const ContentId packed = writer.commit();
  store.flush();
  return {loose, packed};
}

bool has(OpenedProject& project, const ContentId& id) {
  auto workspace = project.open();
  return workspace.store().contains(id);
}

} // namespace

TEST_CASE("gc: what runs, evaluations and decisions need stays, and what nobody needs goes") {
  OpenedProject project;
  const ContentId model = project.promoted();
  project.write("data/june.csv", test::customers(30));
  static_cast<void>(project.add("data/june.csv"));
  const auto [loose, packed] = garbage(project);
  const auto look = collected(project, false);
  CHECK(look.objects == 2);
  CHECK(has(project, loose));
  const auto taken = collected(project);
  CHECK(taken.objects == 2);
  CHECK(taken.bytes == look.bytes);
  CHECK_FALSE(has(project, loose));
  CHECK_FALSE(has(project, packed));
  CHECK(collected(project).objects == 0);
  auto workspace = project.open();
  CHECK(fsck(workspace, true).findings.empty());
  CHECK(audit(workspace, "").findings.empty());
  CHECK(workspace.store().contains(model));
}

TEST_CASE("gc: a pointer in any commit, index or work tree keeps its dataset, without any record") {
  OpenedProject project;
  const auto [loose, packed] = garbage(project);
  const auto pointer = [](const ContentId& id) {
    return "schema: mlp.pointer/1\ndataset: " + id.hex() + "\nbytes: 1\nrows: 1\nfiles: 1\n";
  };
  SUBCASE("an older commit of another branch") {
    project.git("", {"checkout", "--quiet", "-b", "other"});
    project.write("data/a.csv.mlp", pointer(packed));
    project.commit();
    project.write("data/a.csv.mlp", "schema: mlp.pointer/1\n");
    project.commit();
    project.git("", {"checkout", "--quiet", "main"});
  }
  SUBCASE("the index") {
    project.write("data/a.csv.mlp", pointer(packed));
    project.git("", {"add", "data/a.csv.mlp"});
    std::filesystem::remove(project.root / "data/a.csv.mlp");
  }
  SUBCASE("the work tree, also where it is ignored") {
    project.write(".gitignore", "*.mlp\n");
    project.write("data/a.csv.mlp", pointer(packed));
  }
  SUBCASE("another worktree") {
    project.git("", {"worktree", "add", "--quiet", "--detach", (project.root / "out/tree").string()});
    project.write("out/tree/a.csv.mlp", pointer(packed));
  }
  CHECK(collected(project).objects == 1);
  CHECK(has(project, packed));
  CHECK_FALSE(has(project, loose));
}

TEST_CASE("gc: the files of a folder and the ids in a document are needed where these are") {
  OpenedProject project;
  auto workspace = project.open();
  store::ObjectStore& store = workspace.store();
  const ContentId file = store.put("a file");
  const ContentId folder = store.put_tree({{"a", file}});
  const ContentId document = store.put("{\"of\":\"" + folder.hex() + "\"}");
  CHECK(leads_to(store, document) == std::vector{folder});
  CHECK(leads_to(store, folder) == std::vector{file});
  CHECK(leads_to(store, file).empty());
}

TEST_CASE("ids_in: 64 lower-case hexadecimal digits that stand alone") {
  const std::string id = sha256("x").hex();
  CHECK(ids_in("\"" + id + "\"," + id) == std::vector{sha256("x"), sha256("x")});
  CHECK(ids_in(id + "0").empty());
  CHECK(ids_in(id.substr(1)).empty());
  CHECK(ids_in("").empty());
}

TEST_CASE("gc: the trash keeps what went for 14 days") {
  OpenedProject project;
  static_cast<void>(garbage(project));
  static_cast<void>(collected(project));
  const auto trash = project.root / ".git/mlp/trash/2026-11-23";
  CHECK(std::filesystem::exists(trash / "objects"));
  CHECK(std::filesystem::exists(trash / "packs"));
  project.now += 14 * 86'400;
  CHECK(collected(project).trash_bytes == 0);
  project.now += 86'400;
  CHECK(collected(project, false).trash_bytes > 0);
  CHECK(std::filesystem::exists(trash));
  CHECK(collected(project).trash_bytes > 0);
  CHECK_FALSE(std::filesystem::exists(trash));
}

TEST_CASE("gc: not while another command is at work, and not in a store that others share") {
  OpenedProject project;
  const auto [loose, packed] = garbage(project);
  {
    auto busy = project.open();
    static_cast<void>(busy.store());
    const Error error = error_of([&] { static_cast<void>(collected(project)); });
    CHECK(error.code() == ErrorCode::environment);
  }
  Context context = project.context();
  context.store = project.root / ".git/mlp";
  Workspace shared(context);
  CHECK(error_of([&] { static_cast<void>(collect_garbage(shared, true)); }).code() == ErrorCode::environment);
  CHECK(has(project, loose));
}

} // namespace mlp::workflow
