#include "base/error.hpp"
#include "os/process.hpp"
#include "store/object_store.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

using mlp::ContentId;
using mlp::ErrorCode;
using mlp::sha256;
using mlp::store::parse_tree_listing;
using mlp::store::tree_listing;
using mlp::store::TreeItem;

namespace {

const std::string k_abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"; // of "abc"

std::string error_of(const auto& action) {
  try {
    action();
  } catch (const mlp::Error& error) {
    return std::string(name_of(error.code())) + ": " + error.what();
  }
  return "no error";
}

} // namespace

TEST_CASE("tree_listing: the header, then sha256sum's lines sorted by path bytes") {
  const auto id = sha256("abc");
  CHECK(tree_listing({{"b", id}, {"a/z", id}, {"B", id}, {"a-b", id}}) ==
        "# mlp tree 1\n" + k_abc + "  B\n" + k_abc + "  a-b\n" + k_abc + "  a/z\n" + k_abc + "  b\n");
  CHECK(tree_listing({}) == "# mlp tree 1\n");
}

TEST_CASE("tree_listing: the lines of sha256sum itself, odd names and all, and it checks them") {
  const mlp::test::Scratch scratch;
  std::vector<TreeItem> items;
  std::vector<std::string> command = {"sha256sum"};
  for (const std::string name :
       {" leading", "#hash", "a\nb", "back\\slash", "caf\xe9", "plain", "two  blanks", "é"}) {
    scratch.write(name, "content of " + name);
    items.push_back({name, sha256("content of " + name)});
    command.push_back(name);
  }
  const std::string listing = tree_listing(items);
  const auto reference = mlp::os::run_process(command, {.directory = scratch.root});
  REQUIRE(reference.status == 0);
  CHECK(listing == "# mlp tree 1\n" + reference.out);
  const auto checked =
      mlp::os::run_process({"sha256sum", "-c", "--strict"}, {.directory = scratch.root, .input = listing});
  CHECK(checked.status == 0);
}

TEST_CASE("tree_listing: a carriage return is escaped, too") {
  CHECK(tree_listing({{"a\rb", sha256("abc")}}) == "# mlp tree 1\n\\" + k_abc + "  a\\rb\n");
}

TEST_CASE("parse_tree_listing: reads back what tree_listing wrote") {
  const std::vector<TreeItem> items = {{"a\nb", sha256("1")},
                                       {"a\r", sha256("2")},
                                       {"a\\nb", sha256("3")},
                                       {"b/c/d", sha256("4")},
                                       {"b/c0", sha256("5")}};
  CHECK(parse_tree_listing(tree_listing(items)) == items);
  CHECK(parse_tree_listing("# mlp tree 1\n").empty());
}

TEST_CASE("parse_tree_listing: paths that would leave the folder are refused") {
  for (const std::string path :
       {"/etc/passwd", "../x", "a/../../x", "a/..", "..", ".", "a/./b", "a//b", "a/", ""}) {
    CAPTURE(path);
    CHECK(error_of([&] {
            (void)parse_tree_listing("# mlp tree 1\n" + k_abc + "  " + path + "\n");
          }).starts_with("corrupt: cannot use the folder's file '" + path + "': its path "));
    CHECK(error_of([&] { (void)tree_listing({{path, sha256("abc")}}); }).starts_with("input: "));
  }
  const std::string zero = "a" + std::string(1, '\0') + "b";
  CHECK(error_of([&] {
          (void)parse_tree_listing("# mlp tree 1\n" + k_abc + "  " + zero + "\n");
        }).starts_with("corrupt: "));
}

TEST_CASE("parse_tree_listing: a name twice, or a file that is a folder, too, is refused") {
  CHECK(error_of([] {
          (void)tree_listing({{"a", sha256("1")}, {"a", sha256("2")}});
        }) == "input: cannot use the folder's file 'a': it is listed twice");
  CHECK(error_of([] {
          (void)tree_listing({{"a", sha256("1")}, {"a-b", sha256("2")}, {"a/b", sha256("3")}});
        }) == "input: cannot use the folder's file 'a/b': 'a' is a file itself");
}

TEST_CASE("parse_tree_listing: one folder has one listing") {
  const std::string a = k_abc + "  a\n";
  const std::string b = k_abc + "  b\n";
  const std::string head = "# mlp tree 1\n";
  CHECK_NOTHROW((void)parse_tree_listing(head + a + b));
  for (const std::string& text :
       {head + b + a, head + a + b.substr(0, b.size() - 1), head + a + "\n" + b, head + "\\" + a,
        head + k_abc + " *a\n", head + k_abc.substr(1) + "  a\n", head + "# comment\n", head + a + " ",
        head + "\\" + k_abc + "  a\\x\\n\n", a, std::string(), std::string("# mlp tree 1")}) {
    CAPTURE(text);
    CHECK(error_of([&] { (void)parse_tree_listing(text); }).starts_with("corrupt: "));
  }
}

TEST_CASE("parse_tree_listing: a newer format asks for a newer mlp") {
  try {
    (void)parse_tree_listing("# mlp tree 2\n");
    FAIL("read it");
  } catch (const mlp::Error& error) {
    CHECK(error.code() == ErrorCode::input);
    CHECK(error.hints() == std::vector<std::string>{"upgrade mlp"});
  }
}
