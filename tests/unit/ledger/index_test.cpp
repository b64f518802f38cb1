#include "ledger/index.hpp"

#include "ledger/record_format.hpp"

#include <doctest/doctest.h>

namespace mlp::ledger {
namespace {

Index sample() {
  Index index;
  index.trees = {git::ObjectName(40, 'a'), std::nullopt};
  Entry entry;
  entry.id = sha256("1");
  entry.kind = "decision";
  entry.seq = 3;
  entry.time = "2026-11-23T05:16:40Z";
  entry.project = ".";
  entry.name = "in\tcome\n";
  entry.stage = "production";
  entry.decision = "promotion";
  entry.expects = sha256("0").hex();
  entry.path = record_path(entry.id, entry.time);
  entry.blob = std::string(40, 'b');
  entry.published = true;
  index.entries.push_back(entry);
  Misfit misfit;
  misfit.path = "records/x";
  misfit.blob = std::string(40, 'c');
  misfit.why = "bad";
  misfit.local = true;
  misfit.unreadable = true;
  index.misfits.push_back(misfit);
  return index;
}

TEST_CASE("encode and decode: an index comes back whole") {
  const auto read = decode(encode(sample()));
  REQUIRE(read.has_value());
  CHECK(read->trees == sample().trees);
  REQUIRE(read->entries.size() == 1);
  const Entry& entry = read->entries[0];
  CHECK(entry.id == sha256("1"));
  CHECK(entry.seq == 3);
  CHECK(entry.name == "in\tcome\n");
  CHECK(entry.expects == sha256("0").hex());
  CHECK(entry.path == sample().entries[0].path);
  CHECK(entry.published);
  CHECK_FALSE(entry.local);
  REQUIRE(read->misfits.size() == 1);
  CHECK(read->misfits[0].why == "bad");
  CHECK(read->misfits[0].local);
  CHECK(read->misfits[0].unreadable);
}

TEST_CASE("decode: cut at any byte, or with any byte flipped, an index is refused") {
  const std::string whole = encode(sample());
  for (std::size_t i = 0; i < whole.size(); ++i) {
    CAPTURE(i);
    CHECK_FALSE(decode(whole.substr(0, i)).has_value());
    std::string flipped = whole;
    flipped[i] = static_cast<char>(flipped[i] ^ 1);
    CHECK_FALSE(decode(flipped).has_value());
  }
  CHECK_FALSE(decode(whole + "x").has_value());
}

} // namespace
} // namespace mlp::ledger
