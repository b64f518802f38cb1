#include "base/error.hpp"
#include "store/object_store.hpp"
#include "store/pack.hpp"
#include "store_support.hpp"
#include "support/error_of.hpp"
#include "support/failing_files.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

using mlp::ContentId;
using mlp::ErrorCode;
using mlp::sha256;
using mlp::os::real_files;
using mlp::store::Collected;
using mlp::store::ObjectStore;
using mlp::test::code_of;
using mlp::test::FailingFiles;
using mlp::test::files_below;
using mlp::test::k_piece;
using mlp::test::noise;
using mlp::test::overwrite;
using mlp::test::Scratch;

namespace fs = std::filesystem;

namespace {

constexpr mlp::UnixSeconds k_now = 1'795'410'853; // 2026-11-23

Collected collect(ObjectStore& store, const std::set<ContentId>& needed, bool remove = true) {
  return store.collect(
      {.remove = remove, .now = k_now}, [&] { return needed; }, nullptr, nullptr);
}

std::size_t packs_of(const ObjectStore& store) { return files_below(store.root() / "packs").size(); }

} // namespace

TEST_CASE("collect: what is needed stays with all of its pieces, though others shared them") {
  const Scratch scratch;
  ObjectStore store(scratch.root, real_files());
  const std::string common = noise(2 * k_piece);
  const ContentId first = store.put(common);
  const ContentId second = store.put(common + noise(k_piece, 2)); // most of it is in the first one's pack
  const ContentId small = store.put("small");
  const ContentId unused = store.put("unused");
  const Collected look = collect(store, {second, small}, false);
  CHECK(look.objects == 1); // of the first pack next to nothing would go, so it stays as it is
  CHECK(store.contains(unused));
  CHECK(collect(store, {second, small}).objects == 1);
  CHECK_FALSE(store.contains(unused));
  CHECK(store.contains(first));
  CHECK((store.get(second) == common + noise(k_piece, 2)));
  CHECK(store.get(small) == "small");
  CHECK(store.fsck(true, nullptr, nullptr).empty());
}

TEST_CASE("collect: a pack of which a quarter goes is written anew, and the old one is in the trash") {
  const Scratch scratch;
  ObjectStore store(scratch.root, real_files());
  store.stage_puts(); // both in one pack
  auto writer = store.writer();
  writer.append(noise(2 * k_piece));
  const ContentId kept = writer.commit();
  auto other = store.writer();
  other.append(noise(2 * k_piece, 2));
  const ContentId gone = other.commit();
  store.flush();
  REQUIRE(packs_of(store) == 1);
  const Collected taken = collect(store, {kept});
  CHECK(taken.bytes >= 2 * k_piece);
  CHECK(taken.bytes < 2 * k_piece + 100'000);
  CHECK(packs_of(store) == 1);
  CHECK(files_below(scratch.root / "trash/2026-11-23/packs").size() == 1);
  CHECK_FALSE(store.contains(gone));
  CHECK((store.get(kept) == noise(2 * k_piece)));
  CHECK(store.fsck(true, nullptr, nullptr).empty());
  CHECK(collect(store, {kept}).objects == 0);
}

TEST_CASE("collect: a reader that has a pack open finds its pieces in the new one") {
  const Scratch scratch;
  ObjectStore store(scratch.root, real_files());
  store.stage_puts();
  auto writer = store.writer();
  writer.append(noise(2 * k_piece));
  const ContentId kept = writer.commit();
  auto other = store.writer();
  other.append(noise(2 * k_piece, 2));
  static_cast<void>(other.commit());
  store.flush();
  const ObjectStore reader(scratch.root, real_files());
  std::string bytes;
  bool collected = false;
  reader.read(kept, [&](std::string_view piece) {
    bytes += piece;
    if (!std::exchange(collected, true)) {
      static_cast<void>(collect(store, {kept}));
    }
  });
  CHECK((bytes == noise(2 * k_piece)));
}

TEST_CASE("collect: whichever disk operation fails, all that is needed is there") {
  for (int allowed = 0;; ++allowed) {
    CAPTURE(allowed);
    const Scratch scratch;
    ObjectStore healthy(scratch.root, real_files());
    healthy.stage_puts();
    auto writer = healthy.writer();
    writer.append(std::string(k_piece, 'a') + "b");
    const ContentId kept = writer.commit();
    auto other = healthy.writer();
    other.append(noise(300'000));
    static_cast<void>(other.commit());
    static_cast<void>(healthy.put("unused"));
    const ContentId small = healthy.put("small");
    healthy.flush();
    FailingFiles files(allowed);
    try {
      ObjectStore store(scratch.root, files);
      static_cast<void>(collect(store, {kept, small}));
    } catch (const mlp::Error& error) {
      CHECK(error.code() == ErrorCode::environment);
    }
    const ObjectStore after(scratch.root, real_files());
    CHECK(after.get(small) == "small");
    CHECK(after.get(kept).size() == k_piece + 1);
    CHECK(after.fsck(true, nullptr, nullptr).empty());
    if (!files.failed()) {
      CHECK(allowed > 6);
      break;
    }
  }
}

TEST_CASE("collect: where something needed is damaged, nothing goes") {
  const Scratch scratch;
  const ContentId id = ObjectStore(scratch.root, real_files()).put(noise(2 * k_piece));
  ObjectStore store(scratch.root, real_files());
  static_cast<void>(store.put("unused"));
  const fs::path pack = files_below(scratch.root / "packs").front();
  std::string bytes = mlp::os::read_file(pack);
  const auto entry = std::get<mlp::store::PackFile>(mlp::store::PackFile::open(pack)).find(id);
  bytes.resize(entry->offset); // the manifest, and all behind it
  overwrite(pack, bytes);
  ObjectStore again(scratch.root, real_files());
  CHECK(code_of([&] { static_cast<void>(collect(again, {id})); }) == ErrorCode::corrupt);
  CHECK(again.contains(sha256("unused")));
}

TEST_CASE("collect: not while another store of this folder is held") {
  const Scratch scratch;
  ObjectStore store(scratch.root, real_files());
  static_cast<void>(store.put("unused"));
  {
    ObjectStore other(scratch.root, real_files());
    other.hold();
    CHECK(code_of([&] { static_cast<void>(collect(store, {})); }) == ErrorCode::environment);
  }
  CHECK(collect(store, {}).objects == 1);
}
