#pragma once

#include "base/check.hpp"
#include "base/time.hpp"
#include "config/project.hpp"
#include "dataset/profile.hpp"
#include "dataset/roles.hpp"
#include "dataset/table.hpp"

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace mlp::validation {

/// The labels of a table as numbers: 0/1 (1 = positive), class index, the value, or the grade; NaN =
/// missing.
struct LabelView {
  Task task = Task::binary;
  std::vector<double> values; ///< [rows]
  std::vector<std::string> classes;
  /// Only where they are classes.
  [[nodiscard]] std::size_t class_count() const { return task == Task::binary ? 2 : classes.size(); }
};

/// Rows of one side of a split, and the table that they stand in.
struct Side {
  const dataset::Table* table = nullptr;
  std::vector<std::uint32_t> rows; ///< ascending
};

/// What is examined. The references must outlive it.
struct Subject {
  const dataset::Table& table;
  const dataset::Profile& profile;
  const config::Project& project;
  const dataset::Roles& roles; ///< the target's name is empty where no column is the target
  std::optional<LabelView> labels;
  std::optional<Side> learnt; ///< rows for training and validation; nothing: the data are not split
  std::optional<Side> test;   ///< of another table where the split is by file
  std::optional<std::int64_t> previous_rows; ///< of the version before this one
  UnixSeconds now = 0;
  unsigned threads = 1;

  [[nodiscard]] bool is_split() const { return learnt && test && !test->rows.empty(); }
};
inline constexpr const char* k_not_split = "the data are not split"; ///< why a check is skipped
inline constexpr const char* k_no_target = "there is no target";     ///< likewise

/// A check that has nothing to work on.
struct Skipped {
  std::string id;
  std::string why;
};

/// What came of the checks. A check over the features of a table that all pass is one entry: the highest
/// value.
struct Findings {
  std::vector<Check> checks;
  std::vector<Skipped> skipped;

  Check& add(std::string id, CheckStatus status, std::string why, std::string subject = "");
  void skip(std::string id, std::string why);
};

/// How many rows a check names.
inline constexpr std::size_t k_rows_named = 5;

/// Keeps the lowest row numbers that it is given, each once.
class FirstRows {
public:
  void add(std::size_t row); ///< 0 = the first
  [[nodiscard]] std::vector<std::int64_t> numbers() const { return {rows_.begin(), rows_.end()}; }

private:
  std::set<std::int64_t> rows_; ///< 1 = the first
};

/// Seed of every sample that a check draws: results are the same each time.
inline constexpr std::uint64_t k_seed = 0x6d6c7076616c6964; // "mlpvalid"

/// fail from `fail` on, warn from `warn` on; NaN fails.
[[nodiscard]] CheckStatus judged(double value, double warn, double fail);

/// About `most` of `n` rows, drawn by a hash of their number: all of them where there are no more.
[[nodiscard]] std::vector<std::uint32_t> sampled_rows(std::size_t n, std::size_t most, std::uint64_t stream);

} // namespace mlp::validation
