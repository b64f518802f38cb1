#include "dataset/short_number.hpp"

#include "base/random.hpp"
#include "dataset/cell_value.hpp"

#include <doctest/doctest.h>

#include <string>

namespace mlp::dataset {
namespace {

/// Reads `number` between other bytes, as it stands in a file.
ShortNumber read(const std::string& number, std::string& bytes) {
  bytes = std::string(k_readable_before, '7') + number + ",98765432109876543210" +
          std::string(k_readable_behind, '1');
  return read_short_number(bytes.data() + k_readable_before);
}

} // namespace

TEST_CASE("read_short_number: gives what the careful reader gives, for 20,000 random numbers") {
  std::string bytes;
  for (std::uint64_t i = 0; i < 20'000; ++i) {
    std::string number = random_below(2, 1, 0, i) == 0 ? "-" : "";
    const std::uint64_t digits = 1 + random_below(13, 1, 1, i);
    const std::uint64_t point = random_below(20, 1, 2, i);
    for (std::uint64_t k = 0; k < digits; ++k) {
      if (k == point && k > 0) {
        number += '.';
      }
      number += static_cast<char>('0' + random_below(10, 1, 3 + k, i));
    }
    CAPTURE(number);
    const ShortNumber found = read(number, bytes);
    const NumberText expected = parse_number(number);
    if (expected.fit == NumberFit::identifier) {
      CHECK(found.end == nullptr);
    } else if (found.end != nullptr) {
      CHECK(found.end == bytes.data() + k_readable_before + number.size());
      CHECK(std::bit_cast<std::uint64_t>(found.value) == std::bit_cast<std::uint64_t>(expected.value));
    }
  }
}

TEST_CASE("read_short_number: leaves what is no short number to others") {
  std::string bytes;
  for (const char* number :
       {"", "-", ".5", "abc", "007", "-01", "1234567890123456", "0.12345678901234", "+1", "\"1\""}) {
    CAPTURE(number);
    CHECK(read(number, bytes).end == nullptr);
  }
}

TEST_CASE("read_short_number: stops behind the digits, so that the caller sees what follows") {
  std::string bytes;
  const ShortNumber found = read("12e5", bytes);
#if defined(__SSE2__)
  REQUIRE(found.end != nullptr);
  CHECK(*found.end == 'e');
#else
  CHECK(found.end == nullptr);
#endif
}

} // namespace mlp::dataset
