#include "workflow/restoring.hpp"

#include "unit/workflow/opened_project.hpp"

namespace mlp::workflow {
namespace {

using test::error_of;
using test::OpenedProject;

CheckoutResult checked_out(OpenedProject& project, const CheckoutRequest& request) {
  auto workspace = project.open();
  return checkout_data(workspace, request);
}

/// A folder of three files, added and then removed.
void add_and_remove_docs(OpenedProject& project) {
  project.write("data/docs/a.txt", "aa");
  project.write("data/docs/deep/b.txt", "bb");
  project.write("data/docs/deep/c.txt", "cc");
  static_cast<void>(project.add("data/docs"));
  std::filesystem::remove_all(project.root / "data/docs");
}

} // namespace

TEST_CASE("data checkout: a version by name, id or pointer comes back where it lay, or where it is wanted") {
  OpenedProject project;
  const std::string bytes = project.read("data/churn.csv");
  const ContentId dataset = project.add("data/churn.csv").dataset;
  const auto path = project.root / "data/churn.csv";
  for (const std::string& text : {std::string("churn"), dataset.hex(), std::string("data/churn.csv"),
                                  std::string("data/churn.csv.mlp")}) {
    CAPTURE(text);
    std::filesystem::remove(path);
    const CheckoutResult result = checked_out(project, {.dataset = text});
    CHECK(result.files == 1);
    CHECK(result.written == 1);
    CHECK(result.name == "churn");
    CHECK(project.read("data/churn.csv") == bytes);
  }
  CHECK(checked_out(project, {.dataset = "churn"}).written == 0);
  static_cast<void>(checked_out(project, {.dataset = "churn", .to = "old/copy.csv"}));
  CHECK(project.read("old/copy.csv") == bytes);
}

TEST_CASE("data checkout: data that only a run has read come back under their own name") {
  OpenedProject project(test::replaced(test::project_yaml(), "name: churn", "name: leavers"));
  const TrainResult trained = project.train();
  std::filesystem::remove(project.root / "data/churn.csv");
  const CheckoutResult result = checked_out(project, {.dataset = trained.dataset.hex()});
  CHECK(result.name == "churn");
  CHECK(project.read("data/churn.csv") == test::customers(400));
}

TEST_CASE("data checkout: a pack that was cut is damage, and one that is gone is bytes that are not here") {
  OpenedProject project;
  const std::string id = project.add("data/churn.csv").dataset.hex();
  std::filesystem::remove(project.root / "data/churn.csv");
  std::vector<std::filesystem::path> packs;
  for (const auto& entry : std::filesystem::directory_iterator(project.root / ".git/mlp/packs")) {
    packs.push_back(entry.path());
  }
  for (const auto& pack : packs) {
    std::filesystem::permissions(pack, std::filesystem::perms::owner_all);
    std::filesystem::resize_file(pack, std::filesystem::file_size(pack) / 2);
  }
  const auto failure = [&] {
    return error_of([&] { static_cast<void>(checked_out(project, {.dataset = id})); });
  };
  CHECK(failure().code() == ErrorCode::corrupt);
  CHECK(std::string(failure().what()).find(id) != std::string::npos);
  for (const auto& pack : packs) {
    std::filesystem::remove(pack);
  }
  CHECK(failure().code() == ErrorCode::not_found);
  CHECK(std::string(failure().what()).find("are not in this store") != std::string::npos);
}

TEST_CASE("data checkout: bytes that no version keeps are not overwritten unless forced") {
  OpenedProject project;
  static_cast<void>(project.add("data/churn.csv"));
  project.write("data/churn.csv", "mine");
  const Error error = error_of([&] { static_cast<void>(checked_out(project, {.dataset = "churn"})); });
  CHECK(error.code() == ErrorCode::input);
  CHECK(project.read("data/churn.csv") == "mine");
  static_cast<void>(checked_out(project, {.dataset = "churn", .force = true}));
  CHECK(project.read("data/churn.csv") == test::customers(400));

  project.write("data/churn.csv", test::customers(401));
  static_cast<void>(project.add("data/churn.csv")); // these bytes are kept: they may go
  project.write("data/june.csv", test::customers(10));
  const ContentId june = project.add("data/june.csv").dataset;
  CHECK(checked_out(project, {.dataset = june.hex(), .to = "data/churn.csv"}).dataset == june);
}

TEST_CASE("data checkout: a folder, whole or in parts; what is there is not written again") {
  OpenedProject project;
  add_and_remove_docs(project);
  const CheckoutResult part = checked_out(project, {.dataset = "docs", .only = {"deep/b.txt"}});
  CHECK(part.files == 1);
  CHECK_FALSE(std::filesystem::exists(project.root / "data/docs/a.txt"));
  const CheckoutResult folder = checked_out(project, {.dataset = "docs", .only = {"./deep/"}});
  CHECK(folder.files == 2);
  CHECK(folder.written == 1);
  const CheckoutResult all = checked_out(project, {.dataset = "docs"});
  CHECK(all.files == 3);
  CHECK(all.written == 1);
  CHECK(project.read("data/docs/a.txt") == "aa");
  CHECK(project.read("data/docs/deep/c.txt") == "cc");
  CHECK(checked_out(project, {.dataset = "docs"}).written == 0);
  CHECK(project.add("data/docs").unchanged);
}

TEST_CASE("data checkout: --only names nothing, or the version is a file") {
  OpenedProject project;
  add_and_remove_docs(project);
  static_cast<void>(project.add("data/churn.csv"));
  const auto code = [&](const CheckoutRequest& request) {
    return error_of([&] { static_cast<void>(checked_out(project, request)); }).code();
  };
  CHECK(code({.dataset = "docs", .only = {"dee"}}) == ErrorCode::not_found);
  CHECK(code({.dataset = "churn", .only = {"a"}}) == ErrorCode::usage);
  CHECK_FALSE(std::filesystem::exists(project.root / "data/docs"));
}

TEST_CASE("data checkout: changed files of a folder are named before anything is written, others stay") {
  OpenedProject project;
  add_and_remove_docs(project);
  project.write("data/docs/deep/c.txt", "precious");
  project.write("data/docs/mine.txt", "mine");
  const Error error = error_of([&] { static_cast<void>(checked_out(project, {.dataset = "docs"})); });
  CHECK(error.code() == ErrorCode::input);
  CHECK(std::string(error.what()).find("deep/c.txt") != std::string::npos);
  CHECK_FALSE(std::filesystem::exists(project.root / "data/docs/a.txt"));
  CHECK(checked_out(project, {.dataset = "docs", .force = true}).written == 3);
  CHECK(project.read("data/docs/deep/c.txt") == "cc");
  CHECK(project.read("data/docs/mine.txt") == "mine");
  std::filesystem::remove(project.root / "data/docs/a.txt");
  std::filesystem::create_directory(project.root / "data/docs/a.txt");
  CHECK(error_of([&] { static_cast<void>(checked_out(project, {.dataset = "docs"})); }).code() ==
        ErrorCode::input);
}

TEST_CASE(
    "data checkout: as hard links or clones where git config says so, and copies where neither is possible") {
  OpenedProject project;
  add_and_remove_docs(project);
  const auto file = project.root / "data/docs/a.txt";
  const auto write_bits = [&] {
    return std::filesystem::status(file).permissions() & std::filesystem::perms::owner_write;
  };
  project.git("", {"config", "mlp.checkout", "hardlink"});
  static_cast<void>(checked_out(project, {.dataset = "docs"}));
  CHECK(project.read("data/docs/a.txt") == "aa");
  CHECK(std::filesystem::hard_link_count(file) == 2);
  CHECK(write_bits() == std::filesystem::perms::none);

  // who writes through the link spoils the whole copy: it is not used again
  std::filesystem::permissions(file, std::filesystem::perms::owner_write, std::filesystem::perm_options::add);
  project.write("data/docs/a.txt", "spoilt");
  static_cast<void>(checked_out(project, {.dataset = "docs", .to = "again"}));
  CHECK(project.read("again/a.txt") == "aa");

  std::filesystem::remove_all(project.root / "data/docs");
  project.git("", {"config", "mlp.checkout", "reflink"});
  static_cast<void>(checked_out(project, {.dataset = "docs"}));
  CHECK(project.read("data/docs/a.txt") == "aa");
  CHECK(std::filesystem::hard_link_count(file) == 1);
  CHECK(write_bits() != std::filesystem::perms::none);

  project.git("", {"config", "mlp.checkout", "teleport"});
  CHECK(error_of([&] { static_cast<void>(checked_out(project, {.dataset = "docs"})); }).code() ==
        ErrorCode::input);
}

} // namespace mlp::workflow
