#include "store/pack.hpp"

#include "base/error.hpp"
#include "store/pack_writer.hpp"
#include "store_support.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

using mlp::ContentId;
using mlp::sha256;
using mlp::os::real_files;
using mlp::store::Damage;
using mlp::store::Layout;
using mlp::store::PackedPieces;
using mlp::store::PackEntry;
using mlp::store::PackFile;
using mlp::store::PackWriter;
using mlp::store::PieceEncoder;
using mlp::test::files_below;
using mlp::test::Scratch;
using mlp::test::table;

namespace fs = std::filesystem;

namespace {

PackedPieces packed(const std::vector<std::string>& contents) {
  PackedPieces pieces;
  PieceEncoder encoder;
  for (const std::string& content : contents) {
    pieces.add(sha256(content), PackEntry::Kind::piece, encoder.compress(content), content.size());
  }
  return pieces;
}

/// The pack that a writer makes of these.
fs::path written(const Scratch& scratch, const std::vector<PackedPieces>& all) {
  const Layout layout{scratch.root};
  PackWriter writer(layout, real_files());
  for (const PackedPieces& pieces : all) {
    writer.add(pieces);
  }
  const auto draft = writer.finish();
  REQUIRE(draft != nullptr);
  fs::create_directories(layout.packs());
  draft->publish();
  return draft->target();
}

PackFile opened(const fs::path& path) {
  auto pack = PackFile::open(path);
  REQUIRE(std::holds_alternative<PackFile>(pack));
  return std::move(std::get<PackFile>(pack));
}

} // namespace

TEST_CASE("a pack is named by the SHA-256 of its bytes, and gives back what it holds") {
  const Scratch scratch;
  const std::vector<std::string> contents = {table(5000), "", "x", table(700, 2)};
  const fs::path path = written(scratch, {packed(contents)});
  CHECK(path == Layout{scratch.root}.pack(sha256(mlp::os::read_file(path))));
  const PackFile pack = opened(path);
  CHECK(pack.size() == contents.size());
  CHECK(pack.intact());
  CHECK(pack.index_intact());
  for (const std::string& content : contents) {
    const auto entry = pack.find(sha256(content));
    REQUIRE(entry);
    CHECK(std::get<std::string>(pack.load(*entry)) == content);
  }
  CHECK_FALSE(pack.find(sha256("absent")));
}

TEST_CASE("a pack of one hundred pieces: the index is sorted, and every id is found in it") {
  const Scratch scratch;
  std::vector<std::string> contents;
  for (int i = 0; i < 100; ++i) {
    contents.push_back(std::to_string(i));
  }
  const PackFile pack = opened(written(scratch, {packed(contents)}));
  for (std::size_t i = 0; i < pack.size(); ++i) {
    CHECK(pack.lower_bound(pack.at(i).id) == i);
    CHECK((i == 0 || pack.at(i - 1).id < pack.at(i).id));
  }
  CHECK(pack.lower_bound(ContentId()) == 0);
}

TEST_CASE("a piece that comes twice is packed once, wherever in a hand-over it stands") {
  const Scratch scratch;
  const auto both = written(scratch, {packed({"a", "b", "c"}), packed({"b", "d", "a", "e"})});
  const PackFile pack = opened(both);
  CHECK(pack.size() == 5);
  for (const char* content : {"a", "b", "c", "d", "e"}) {
    CHECK(std::get<std::string>(pack.load(*pack.find(sha256(content)))) == content);
  }
}

TEST_CASE("one thread or many: the same packs") {
  std::vector<std::vector<std::string>> names;
  for (const unsigned threads : {1U, 2U, 5U}) {
    const Scratch scratch;
    mlp::store::ObjectStore store(scratch.root, real_files(), threads);
    store.put(mlp::test::noise(std::size_t{40} << 20U));
    auto& found = names.emplace_back();
    for (const auto& file : files_below(scratch.root / "packs")) {
      found.push_back(file.filename().string());
    }
    CHECK(found.size() == 2);
  }
  CHECK(names[0] == names[1]);
  CHECK(names[0] == names[2]);
}

TEST_CASE("an index that points outside of the payloads is damage") {
  const Scratch scratch;
  const PackFile pack = opened(written(scratch, {packed({"abc"})}));
  PackEntry entry = *pack.find(sha256("abc"));
  entry.stored = 1000;
  CHECK(std::get<Damage>(pack.load(entry)).why == "has a broken index");
  entry = *pack.find(sha256("abc"));
  entry.size = 1U << 31U;
  CHECK(std::holds_alternative<Damage>(pack.load(entry)));
}
