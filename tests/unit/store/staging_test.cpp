#include "base/error.hpp"
#include "store/object_store.hpp"
#include "store_support.hpp"
#include "support/failing_files.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

using mlp::ContentId;
using mlp::sha256;
using mlp::os::real_files;
using mlp::store::ObjectStore;
using mlp::test::FailingFiles;
using mlp::test::files_below;
using mlp::test::Scratch;

namespace fs = std::filesystem;

TEST_CASE("staged contents get their names at flush, and are known to their store before") {
  const Scratch scratch;
  ObjectStore store(scratch.root, real_files());
  const ObjectStore other(scratch.root, real_files());
  store.stage_puts();
  const ContentId id = store.put("one");
  CHECK(store.put("one") == id);
  const ContentId tree = store.put_tree({{"file", id}}); // the listing's file is staged, too
  CHECK(store.contains(id));
  CHECK_FALSE(other.contains(id));
  store.flush();
  CHECK(other.get(id) == "one");
  CHECK(other.get_tree(tree).size() == 1);
  CHECK(files_below(scratch.root / "tmp").empty());
}

TEST_CASE("reading what is staged flushes it first") {
  const Scratch scratch;
  ObjectStore store(scratch.root, real_files());
  store.stage_puts();
  SUBCASE("get") { CHECK(store.get(store.put("one")) == "one"); }
  SUBCASE("size") { CHECK(store.size_of(store.put("one")) == 3); }
  SUBCASE("verify") { CHECK_FALSE(store.verify(store.put("one"))); }
  SUBCASE("prefix") {
    const ContentId id = store.put("one");
    CHECK(store.with_prefix(id.hex().substr(0, 6)) == std::vector{id});
  }
}

TEST_CASE("what was staged and never flushed is gone with its store") {
  const Scratch scratch;
  {
    ObjectStore store(scratch.root, real_files());
    store.stage_puts();
    (void)store.put("one");
    CHECK(files_below(scratch.root).size() == 1);
  }
  CHECK(files_below(scratch.root).empty());
}

TEST_CASE("staging holds no more than some dozens of files open") {
  const Scratch scratch;
  ObjectStore store(scratch.root, real_files());
  store.stage_puts();
  for (int i = 0; i < 500; ++i) {
    (void)store.put(std::to_string(i));
    CHECK(files_below(scratch.root / "tmp").size() < 100);
  }
  store.flush();
  CHECK(files_below(scratch.root / "objects").size() == 500);
}

TEST_CASE("whichever disk operation of a flush fails, what is there is whole, and doing it again mends it") {
  for (int allowed = 0;; ++allowed) {
    CAPTURE(allowed);
    const Scratch scratch;
    FailingFiles files(allowed);
    bool threw = false;
    {
      ObjectStore store(scratch.root, files);
      store.stage_puts();
      try {
        (void)store.put("one");
        (void)store.put("two");
        store.flush();
      } catch (const mlp::Error&) {
        threw = true;
      }
    }
    CHECK(threw == files.failed());
    ObjectStore again(scratch.root, real_files());
    CHECK(again.fsck(false, nullptr, nullptr).empty());
    CHECK(files_below(scratch.root / "tmp").empty());
    again.stage_puts();
    (void)again.put("one");
    (void)again.put("two");
    again.flush();
    CHECK(again.get(sha256("one")) == "one");
    CHECK(again.get(sha256("two")) == "two");
    if (!files.failed()) {
      break;
    }
  }
}
