#include "store/manifest.hpp"

#include <doctest/doctest.h>

using mlp::ErrorCode;
using mlp::sha256;
using mlp::store::Damage;
using mlp::store::Manifest;
using mlp::store::parse_manifest;
using mlp::store::parse_manifest_bytes;

TEST_CASE("manifest: in a pack, 36 bytes a piece; reads back") {
  const Manifest manifest{{{sha256("abc"), 3}, {sha256(""), 0x12345678}}};
  const std::string bytes = to_bytes(manifest);
  REQUIRE(bytes.size() == 72);
  CHECK(bytes.substr(0, 4) == "\xba\x78\x16\xbf");
  CHECK(bytes.substr(32, 4) == std::string("\3\0\0\0", 4));
  CHECK(bytes.substr(68) == "\x78\x56\x34\x12");
  const auto back = parse_manifest_bytes(bytes);
  REQUIRE(std::holds_alternative<Manifest>(back));
  CHECK((std::get<Manifest>(back).pieces == manifest.pieces));
  CHECK(std::get<Manifest>(back).size() == 0x12345678 + 3);
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    CHECK(std::holds_alternative<Damage>(parse_manifest_bytes(bytes.substr(0, size))) == (size != 36));
  }
}

TEST_CASE("manifest: in a file of its own: header, size of all, one line a piece") {
  const auto read = parse_manifest("mlp-manifest 1\nsize 13\n"
                                   "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad 3\n"
                                   "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 10\n");
  REQUIRE(std::holds_alternative<Manifest>(read));
  CHECK((std::get<Manifest>(read).pieces ==
         std::vector<Manifest::Piece>{{sha256("abc"), 3}, {sha256(""), 10}}));
}

TEST_CASE("manifest: an empty list, a wrong sum, a broken line are damage") {
  const std::string abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  const std::string head = "mlp-manifest 1\n";
  REQUIRE(std::holds_alternative<Manifest>(parse_manifest(head + "size 3\n" + abc + " 3\n")));
  for (const std::string& text :
       {std::string(), head, head + "size 0\n", head + "size 4\n" + abc + " 3\n", head + abc + " 3\n",
        head + "size 3\n" + abc + " 3", head + "size 3\n" + abc + "  3\n", head + "size 3\n" + abc + " \n",
        head + "size 3\n" + abc + "\n", head + "size 3\n" + abc.substr(1) + " 3\n",
        head + "size 03\n" + abc + " 3\n", head + "size 3\n" + abc + " 3\n\n",
        head + "size 3 \n" + abc + " 3\n"}) {
    CAPTURE(text);
    const auto result = parse_manifest(text);
    REQUIRE(std::holds_alternative<Damage>(result));
    CHECK(std::get<Damage>(result).code == ErrorCode::corrupt);
  }
}

TEST_CASE("manifest: cut short at any byte, it is damage") {
  const std::string text =
      "mlp-manifest 1\nsize 3\n" + sha256("1").hex() + " 1\n" + sha256("2").hex() + " 2\n";
  for (std::size_t size = 0; size < text.size(); ++size) {
    CAPTURE(size);
    CHECK(std::holds_alternative<Damage>(parse_manifest(text.substr(0, size))));
  }
}

TEST_CASE("manifest: a newer format needs a newer mlp") {
  const auto result = parse_manifest("mlp-manifest 12\nchunks\n");
  REQUIRE(std::holds_alternative<Damage>(result));
  CHECK(std::get<Damage>(result).code == ErrorCode::input);
}
