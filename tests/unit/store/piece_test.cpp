#include "store/piece.hpp"

#include "base/random.hpp"

#include <doctest/doctest.h>

using mlp::ErrorCode;
using mlp::sha256;
using mlp::store::Damage;
using mlp::store::decode_piece;
using mlp::store::PieceEncoder;

namespace {

std::string noise(std::size_t size) {
  std::string bytes(size, '\0');
  for (std::size_t i = 0; i < size; ++i) {
    bytes[i] = static_cast<char>(mlp::random_bits(1, 2, i));
  }
  return bytes;
}

std::string encoded(std::string_view content) {
  PieceEncoder encoder;
  const auto piece = encoder.encode(content);
  return piece.header + std::string(piece.payload);
}

Damage damage_of(std::string_view file, const mlp::ContentId& id) {
  const auto result = decode_piece(file, id);
  REQUIRE(std::holds_alternative<Damage>(result));
  return std::get<Damage>(result);
}

} // namespace

TEST_CASE("encode: compressible content becomes smaller, noise stays raw") {
  const std::string zeros(100'000, '0');
  CHECK(encoded(zeros).starts_with("mlp-object 1 zstd 100000 "));
  CHECK(encoded(zeros).size() < 1000);
  CHECK(encoded(noise(100'000)) == "mlp-object 1 raw 100000\n" + noise(100'000));
  CHECK(encoded("") == "mlp-object 1 raw 0\n");
  CHECK(encoded("abc") == "mlp-object 1 raw 3\nabc");
}

TEST_CASE("encode: what saves less than 5 % stays raw") {
  // noise cannot be compressed and repeats cost next to nothing: the share of the repeats is what is saved
  CHECK(encoded(noise(96'500) + std::string(3'500, 'x')).starts_with("mlp-object 1 raw "));
  CHECK(encoded(noise(90'000) + std::string(10'000, 'x')).starts_with("mlp-object 1 zstd "));
}

TEST_CASE("encode: one encoder, many pieces, each as if it were alone") {
  PieceEncoder encoder;
  for (const std::size_t size : {100'000U, 10U, 50'000U, 0U, 200'000U}) {
    const std::string content(size, 'x');
    const auto piece = encoder.encode(content);
    CHECK(piece.header + std::string(piece.payload) == encoded(content));
  }
}

TEST_CASE("decode: gives back what was encoded") {
  for (const std::string& content : {std::string(), std::string("abc"), std::string(100'000, 'x'),
                                     noise(100'000), std::string(mlp::store::k_piece_bytes, 'y')}) {
    const auto back = decode_piece(encoded(content), sha256(content));
    REQUIRE(std::holds_alternative<std::string>(back));
    CHECK((std::get<std::string>(back) == content));
  }
}

TEST_CASE("decode: content under another's name is damage that says whose it is") {
  const auto damage = damage_of(encoded("abc"), sha256("abd"));
  CHECK(damage.code == ErrorCode::corrupt);
  CHECK(damage.why ==
        "holds the content of 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad', "
        "not of its own name");
}

TEST_CASE("decode: every bit of a file counts, and every byte of its length") {
  for (const std::string& content : {std::string("abc"), std::string(3000, 'x') + "tail", noise(200)}) {
    const std::string file = encoded(content);
    const auto id = sha256(content);
    for (std::size_t i = 0; i < file.size(); ++i) {
      CHECK(std::holds_alternative<Damage>(decode_piece(file.substr(0, i), id)));
      for (unsigned bit = 0; bit < 8; ++bit) {
        CAPTURE(i);
        CAPTURE(bit);
        std::string flipped = file;
        flipped[i] = static_cast<char>(static_cast<unsigned char>(flipped[i]) ^ (1U << bit));
        CHECK(std::holds_alternative<Damage>(decode_piece(flipped, id)));
      }
    }
    CHECK(std::holds_alternative<Damage>(decode_piece(file + "x", id)));
  }
}

TEST_CASE("decode: a header that states the impossible is refused before anything is allocated") {
  for (const char* header :
       {"mlp-object 1 raw 4194305\n", "mlp-object 1 raw 18446744073709551616\n", "mlp-object 1 raw 03\nabc",
        "mlp-object 1 raw -3\n", "mlp-object 1 raw \n", "mlp-object 1 raw\n", "mlp-object 1 lzma 3\nabc",
        "mlp-object 1 zstd 3\nabc", "mlp-object 1 raw 3 \nabc", "mlp-object 1 raw 3",
        "mlp-object 0 raw 3\nabc", "mlp-object 01 raw 3\nabc", "mlp-manifest 1\n", "abc", ""}) {
    CAPTURE(header);
    CHECK(damage_of(header, sha256("abc")).code == ErrorCode::corrupt);
  }
}

TEST_CASE("decode: a newer format is not damage: it needs a newer mlp") {
  const auto damage = damage_of("mlp-object 2 brotli 3\nabc", sha256("abc"));
  CHECK(damage.code == ErrorCode::input);
  CHECK(damage.why == "has format version 2, this mlp reads version 1");
}
