#include "base/content_id.hpp"

#include <doctest/doctest.h>

using mlp::ContentId;
using mlp::Sha256;
using mlp::sha256;

TEST_CASE("sha256: the vectors of FIPS 180-4's examples") {
  CHECK(sha256("").hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(sha256("abc").hex() == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq").hex() ==
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  CHECK(sha256(std::string(1'000'000, 'a')).hex() ==
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("Sha256: how the bytes are cut makes no difference") {
  const std::string text(300, 'x');
  for (std::size_t cut = 0; cut <= text.size(); ++cut) {
    Sha256 hash;
    hash.update(std::string_view(text).substr(0, cut));
    hash.update(std::as_bytes(std::span(text).subspan(cut)));
    CHECK(hash.finish() == sha256(text));
  }
}

TEST_CASE("Sha256: starts anew after finish") {
  Sha256 hash;
  hash.update("first");
  CHECK(hash.finish() == sha256("first"));
  hash.update("abc");
  CHECK(hash.finish() == sha256("abc"));
}

TEST_CASE("ContentId: 64 lower-case hex digits read back, anything else is none") {
  const std::string hex = sha256("abc").hex();
  REQUIRE(ContentId::from_hex(hex));
  CHECK(ContentId::from_hex(hex)->hex() == hex);
  CHECK_FALSE(ContentId::from_hex(hex.substr(1)));
  CHECK_FALSE(ContentId::from_hex(hex + "0"));
  CHECK_FALSE(ContentId::from_hex("B" + hex.substr(1)));
  CHECK_FALSE(ContentId::from_hex("g" + hex.substr(1)));
  CHECK_FALSE(ContentId::from_hex(""));
}

TEST_CASE("ContentId: people see seven digits, and the default names nothing") {
  CHECK(sha256("abc").brief() == "ba7816b");
  CHECK(ContentId().empty());
  CHECK_FALSE(sha256("").empty());
}

TEST_CASE("ContentId: ordered as its hex digits are") {
  CHECK(sha256("abc") < sha256(""));                                     // ba.. < e3..
  CHECK(std::hash<ContentId>()(sha256("abc")) == 0xba7816bf8f01cfeaULL); // its first eight bytes
}
