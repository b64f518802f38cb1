#include "store/layout.hpp"

#include <doctest/doctest.h>

using mlp::sha256;
using mlp::store::Layout;

TEST_CASE("layout: the first two digits are the folder, the others the file") {
  const Layout layout{"/s"};
  const std::string rest = "7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  CHECK(layout.object(sha256("abc")) == "/s/objects/ba/" + rest);
  CHECK(layout.manifest(sha256("abc")) == "/s/manifests/ba/" + rest);
  CHECK(mlp::store::id_of_file("ba", rest) == sha256("abc"));
  CHECK_FALSE(mlp::store::id_of_file("ba7", rest.substr(1)));
  CHECK_FALSE(mlp::store::id_of_file("b", "a" + rest));
  CHECK_FALSE(mlp::store::id_of_file("ba", rest + ".draft"));
  CHECK_FALSE(mlp::store::id_of_file("BA", rest));
}
