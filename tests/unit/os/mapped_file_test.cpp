#include "os/mapped_file.hpp"

#include "base/error.hpp"
#include "os/hash_file.hpp"
#include "support/error_of.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

using mlp::ErrorCode;
using mlp::os::hash_file;
using mlp::os::MappedFile;
using mlp::os::read_range;
using mlp::test::code_of;
using mlp::test::Scratch;

TEST_CASE("the end of a file, from any offset") {
  const Scratch scratch;
  std::string bytes(20'000, 'a');
  bytes += "end";
  const auto path = scratch.write("file", bytes);
  for (const std::size_t from : {std::size_t{0}, std::size_t{1}, std::size_t{4096}, std::size_t{19'999}}) {
    CHECK((MappedFile(path, from).bytes() == bytes.substr(from)));
  }
  CHECK(MappedFile(path, bytes.size()).bytes().empty());
  CHECK(MappedFile(path, 1'000'000).bytes().empty());
  MappedFile moved = MappedFile(path, 20'000);
  const MappedFile again = std::move(moved);
  CHECK(again.bytes() == "end");
  CHECK(code_of([&] { MappedFile(scratch.root / "absent", 0); }) == ErrorCode::not_found);
}

TEST_CASE("a range of a file, shorter where the file ends") {
  const Scratch scratch;
  const auto path = scratch.write("file", "0123456789");
  CHECK(read_range(path, 3, 4) == "3456");
  CHECK(read_range(path, 8, 4) == "89");
  CHECK(read_range(path, 20, 4).empty());
  CHECK(code_of([&] { static_cast<void>(read_range(scratch.root / "absent", 0, 1)); }) ==
        ErrorCode::not_found);
}

TEST_CASE("the hash of a file is that of its bytes") {
  const Scratch scratch;
  for (const std::size_t size :
       {std::size_t{0}, std::size_t{3}, std::size_t{256} << 10U, std::size_t{700'001}}) {
    const std::string bytes(size, 'x');
    CHECK(hash_file(scratch.write("file", bytes)) == mlp::sha256(bytes));
  }
  CHECK(code_of([&] { static_cast<void>(hash_file(scratch.root)); }) == ErrorCode::input);
}
