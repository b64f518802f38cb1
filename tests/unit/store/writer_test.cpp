#include "store/writer.hpp"

#include "store_support.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

using mlp::sha256;
using mlp::os::real_files;
using mlp::store::ObjectStore;
using mlp::test::files_below;
using mlp::test::k_piece;
using mlp::test::noise;
using mlp::test::Scratch;
using mlp::test::table;

TEST_CASE("writer: how the bytes are cut makes no difference to the id, nor to what is stored") {
  const std::string content = table(2 * k_piece + 1234);
  std::vector<std::filesystem::path> reference;
  for (const std::size_t step :
       {std::size_t{1000}, std::size_t{77'777}, k_piece - 1, k_piece, content.size()}) {
    CAPTURE(step);
    const Scratch scratch;
    ObjectStore store(scratch.root, real_files(), 2);
    auto writer = store.writer();
    for (std::size_t at = 0; at < content.size(); at += step) {
      writer.append(std::string_view(content).substr(at, step));
    }
    CHECK(writer.commit() == sha256(content));
    std::vector<std::filesystem::path> names;
    for (const auto& file : files_below(scratch.root)) {
      names.push_back(file.lexically_relative(scratch.root));
    }
    CHECK((reference.empty() || names == reference));
    reference = names;
  }
}

TEST_CASE("writer: nothing appended is the empty content") {
  const Scratch scratch;
  ObjectStore store(scratch.root, real_files());
  CHECK(store.writer().commit() == sha256(""));
}

TEST_CASE("writer: nothing is visible before commit, and nothing remains without it") {
  const Scratch scratch;
  for (const unsigned threads : {1U, 3U}) {
    ObjectStore store(scratch.root, real_files(), threads);
    {
      auto writer = store.writer();
      for (std::uint64_t i = 0; i < 7; ++i) {
        writer.append(noise(k_piece, i));
      }
      CHECK(files_below(scratch.root / "objects").empty());
      CHECK(files_below(scratch.root / "packs").empty());
    }
    CHECK(files_below(scratch.root).empty());
  }
}

TEST_CASE("writer: full packs stay of interrupted work, and are not written again") {
  const Scratch scratch;
  const std::string content = noise(17 * k_piece); // two packs of 32 MiB, and 4 MiB more
  {
    ObjectStore store(scratch.root, real_files(), 2);
    auto writer = store.writer();
    writer.append(content);
  }
  const auto kept = files_below(scratch.root);
  CHECK((kept.size() == 1 || kept.size() == 2)); // the last submission may not have been packed
  for (const auto& pack : kept) {
    CHECK(std::filesystem::file_size(pack) >= 32U << 20U);
    CHECK(std::filesystem::file_size(pack) <= 64U << 20U);
  }
  ObjectStore store(scratch.root, real_files(), 2);
  CHECK(store.fsck(true, nullptr, nullptr).empty());
  auto writer = store.writer();
  writer.append(content);
  CHECK((store.get(writer.commit()) == content));
  CHECK(files_below(scratch.root).size() == 3);
  for (const auto& pack : kept) {
    CHECK(std::filesystem::exists(pack));
  }
}

TEST_CASE("writer: staged, its packs get their names at flush") {
  const Scratch scratch;
  ObjectStore store(scratch.root, real_files());
  store.stage_puts();
  auto writer = store.writer();
  writer.append(table(k_piece));
  const auto id = writer.commit();
  CHECK(files_below(scratch.root / "packs").empty());
  CHECK(store.contains(id));
  store.flush();
  CHECK(files_below(scratch.root / "packs").size() == 1);
  CHECK((ObjectStore(scratch.root, real_files()).get(id) == table(k_piece)));
}

TEST_CASE("writer: moved, it goes on") {
  const Scratch scratch;
  ObjectStore store(scratch.root, real_files());
  auto writer = store.writer();
  writer.append("a");
  auto moved = std::move(writer);
  moved.append("b");
  CHECK(store.get(moved.commit()) == "ab");
}

TEST_CASE("put_files: files of all sizes in few packs, each id that of its bytes") {
  for (const unsigned threads : {1U, 3U}) {
    for (const bool staged : {false, true}) {
      const Scratch scratch;
      ObjectStore store(scratch.root / "store", real_files(), threads);
      if (staged) {
        store.stage_puts();
      }
      std::vector<std::filesystem::path> paths;
      std::vector<std::string> contents;
      for (std::uint64_t i = 0; i < 300; ++i) {
        contents.push_back(i == 7 ? noise(k_piece + 5) : i == 8 ? table(300'000) : table(i * 13 % 2000, i));
        paths.push_back(scratch.write("files/" + std::to_string(i), contents.back()));
      }
      std::vector<mlp::ContentId> ids(paths.size());
      const auto path_of = [&](std::size_t i) { return paths[i]; };
      store.put_files(paths.size(), path_of, [&](std::size_t i, const mlp::ContentId& id) { ids[i] = id; });
      store.flush();
      CHECK(files_below(scratch.root / "store").size() == 1);
      const ObjectStore other(scratch.root / "store", real_files());
      CHECK(other.fsck(true, nullptr, nullptr).empty());
      for (std::size_t i = 0; i < ids.size(); ++i) {
        CHECK(ids[i] == sha256(contents[i]));
        CHECK((other.get(ids[i]) == contents[i]));
      }
      store.put_files(paths.size(), path_of, [](std::size_t, const mlp::ContentId&) {});
      store.flush();
      CHECK(files_below(scratch.root / "store").size() == 1); // nothing new
    }
  }
}
