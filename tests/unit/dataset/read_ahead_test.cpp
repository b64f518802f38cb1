#include "dataset/read_ahead.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <stdexcept>
#include <string>

using namespace mlp::dataset;

namespace {

constexpr std::size_t k_before = 8;

/// Fills buffers with "0,", "1," … up to `parts`, then fails or ends.
auto counting(int parts, bool fails, std::atomic<int>& filled) {
  return [=, &filled](TextBuffer& buffer) {
    if (filled == parts) {
      if (fails) {
        throw std::runtime_error("the disk is gone");
      }
      return;
    }
    buffer.add(std::to_string(filled++) + ",");
  };
}

} // namespace

TEST_CASE("text buffer: bytes go off the front and come at the end, and stand in one place") {
  TextBuffer buffer(4, 0);
  for (int i = 0; i < 1000; ++i) {
    buffer.add("ab");
    buffer.drop(1);
  }
  CHECK(buffer.view().size() == 1000); // 2 came and 1 went, a thousand times
  CHECK(buffer.view().substr(0, 4) == "abab");
  buffer.keep(3);
  CHECK(buffer.view() == "aba");
  CHECK(buffer.put_in_front("xy")); // the room of what was dropped
  CHECK(buffer.view() == "xyaba");
  buffer.clear(4);
  CHECK(buffer.view().empty());
  CHECK_FALSE(buffer.put_in_front("12345"));
  CHECK(buffer.put_in_front("1234"));
  CHECK(buffer.view() == "1234");
  const char* room = buffer.room(3).data();
  CHECK(room == buffer.view().data() + 4);
}

TEST_CASE("read ahead: all bytes in order, with room in front, in a thread or not") {
  for (const auto threaded : {ReadAhead::Threaded::no, ReadAhead::Threaded::yes}) {
    std::atomic<int> filled{0};
    ReadAhead ahead(counting(50, false, filled), k_before, threaded);
    std::string all;
    for (TextBuffer part = ahead.next(); !part.view().empty(); part = ahead.next()) {
      all += part.view();
      CHECK(part.put_in_front("12345678"));
      ahead.reuse(std::move(part));
    }
    CHECK(all.substr(0, 6) == "0,1,2,");
    CHECK(all.size() == 10 * 2 + 40 * 3); // 0 to 9 and 10 to 49
  }
}

TEST_CASE("read ahead: what was read before a failure comes first, then the failure, as often as one asks") {
  for (const auto threaded : {ReadAhead::Threaded::no, ReadAhead::Threaded::yes}) {
    std::atomic<int> filled{0};
    ReadAhead ahead(counting(2, true, filled), k_before, threaded);
    CHECK(ahead.next().view() == "0,");
    CHECK(ahead.next().view() == "1,");
    CHECK_THROWS_WITH(static_cast<void>(ahead.next()), "the disk is gone");
    CHECK_THROWS_WITH(static_cast<void>(ahead.next()), "the disk is gone");
  }
}

TEST_CASE("read ahead: a reader that nobody asks any more fills a few buffers and ends") {
  std::atomic<int> filled{0};
  {
    ReadAhead ahead(counting(1000, false, filled), k_before, ReadAhead::Threaded::yes);
    static_cast<void>(ahead.next());
  }
  CHECK(filled <= 4); // the one that was taken, two that wait, one that was being filled
}
