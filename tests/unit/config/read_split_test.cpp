#include "unit/config/loaded.hpp"

#include <doctest/doctest.h>

using namespace mlp::config;
using namespace mlp::test;

namespace {

SplitConfig split_of(const std::string& data) {
  const LoadedProject loaded = load_project(with_data(data), "mlp.yaml");
  CHECK(loaded.findings.empty());
  return loaded.project.data.split;
}

} // namespace

TEST_CASE("each way of splitting is read") {
  const SplitConfig by_hash = split_of("  split: {key: customer, seed: 3, test: 0.3, valid: 0}\n");
  CHECK(by_hash.by == SplitBy::hash);
  CHECK(by_hash.key == Lines{"customer"});
  CHECK(by_hash.seed == 3);
  CHECK(by_hash.test == 0.3);
  CHECK(by_hash.valid == 0.0);

  const SplitConfig by_time =
      split_of("  columns: {day: {role: time}}\n"
               "  split: {by: time, test_from: 2026-01-01, valid_from: 2025-10-01, gap: 1d}\n");
  CHECK(by_time.test_from == 1767225600); // date -u -d 2026-01-01 +%s
  CHECK(by_time.valid_from == 1759276800);
  CHECK(by_time.gap_seconds == 86400);

  const SplitConfig by_file = split_of("  split: {by: file, test: data/adult-test.csv, valid: 0.1}\n");
  CHECK(by_file.test_file == "data/adult-test.csv");
  CHECK(by_file.valid == 0.1);
}

TEST_CASE("the column with the role stands for the key where none is written") {
  CHECK(split_of("  columns: {house: {role: group}}\n  split: {by: group}\n").key == Lines{"house"});
  CHECK(split_of("  columns: {number: {role: id}}\n").key == Lines{"number"});
  CHECK(split_of("").key.empty());
}

TEST_CASE("a split that lacks what it needs is refused") {
  CHECK(findings_of(with_data("  split: {by: time, valid_from: 2025-10-01}\n")) ==
        Lines{"incomplete_split: mlp.yaml:8:3: a split by time needs a column with the role time in "
              "'data.columns'",
              "missing_key: mlp.yaml:8:10: 'data.split.test_from' is missing: rows from this time on are the "
              "test part of a split by time"});
  CHECK(findings_of(with_data("  split: {by: group}\n")) ==
        Lines{"incomplete_split: mlp.yaml:8:3: a split by group needs 'data.split.key', or a column with the "
              "role group in 'data.columns'"});
  CHECK(findings_of(with_data("  split: {by: file}\n")) ==
        Lines{"missing_key: mlp.yaml:8:10: 'data.split.test' is missing: the file whose rows are the test "
              "part of a split by file"});
}

TEST_CASE("keys of another way of splitting are refused, not ignored") {
  CHECK(findings_of(with_data("  split: {by: hash, test_from: 2026-01-01}\n")) ==
        Lines{"split_key_mismatch: mlp.yaml:8:21: 'data.split.test_from' has no effect on a split by hash"});
  CHECK(findings_of(with_data("  columns: {day: {role: time}}\n"
                              "  split: {by: time, test_from: 2026-01-01, test: 0.2, seed: 1}\n")) ==
        Lines{"split_key_mismatch: mlp.yaml:9:44: 'data.split.test' has no effect on a split by time",
              "split_key_mismatch: mlp.yaml:9:55: 'data.split.seed' has no effect on a split by time"});
}

TEST_CASE("shares, dates and their order are judged") {
  CHECK(findings_of(with_data("  split: {test: 1.2, valid: 1, seed: -1}\n")) ==
        Lines{"out_of_range: mlp.yaml:8:17: 'data.split.test' is 1.2; it must be above 0 and below 1",
              "out_of_range: mlp.yaml:8:29: 'data.split.valid' is 1; it must be at least 0 and below 1",
              "out_of_range: mlp.yaml:8:38: 'data.split.seed' is -1; it must be at least 0 and at most "
              "9007199254740992"});
  CHECK(findings_of(with_data("  columns: {day: {role: time}}\n"
                              "  split: {by: time, test_from: 2026-02-30, valid_from: soon}\n")) ==
        Lines{"invalid_value: mlp.yaml:9:32: 'data.split.test_from' is '2026-02-30', not a date like "
              "2026-01-31 or 2026-01-31T12:00:00Z",
              "invalid_value: mlp.yaml:9:56: 'data.split.valid_from' is 'soon', not a date like 2026-01-31 "
              "or 2026-01-31T12:00:00Z"});
  CHECK(findings_of(with_data("  columns: {day: {role: time}}\n"
                              "  split: {by: time, test_from: 2026-01-01, valid_from: 2026-01-01}\n")) ==
        Lines{"out_of_range: mlp.yaml:9:56: 'data.split.valid_from' is not before 'data.split.test_from'"});
  CHECK(findings_of(with_data("  split: {by: hsah, test: x}\n")) ==
        Lines{"invalid_value: mlp.yaml:8:15: 'data.split.by' is 'hsah', not one of hash, time, group, file; "
              "did you mean 'hash'?"});
}
