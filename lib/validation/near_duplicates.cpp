#include "base/random.hpp"
#include "validation/row_keys.hpp"
#include "validation/split_checks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <unordered_map>

namespace mlp::validation {
namespace {

constexpr const char* k_id = "near_duplicates";
constexpr double k_excess = 0.02;    // evaluation.md §7
constexpr double k_agreeing = 0.90;  // likewise
constexpr std::size_t k_columns = 2; // values of one repeat: nothing can be said of chance
constexpr std::size_t k_tested = 5000;
constexpr std::size_t k_candidates = 50;       // for the other parent of a crossed row
constexpr std::uint32_t k_most_compared = 200; // of a looked-up row in one group of features
constexpr std::uint64_t k_drawn = 0x6e656172;  // stream of the sample

/// A row that is looked up among the learnt ones.
struct Wanted {
  std::uint32_t row = 0;            ///< of the test table: the first parent of a crossed one
  std::vector<std::uint64_t> cells; ///< keys under which what is alike is equal
  std::uint64_t exact = 0;          ///< key of the row as it stands
};

/// The features of each group: those with the most distinct values first, dealt out in turn, so that every
/// group tells rows apart as well as the others.
std::vector<std::vector<std::size_t>> groups_of(const Subject& subject, std::size_t groups) {
  std::vector<std::size_t> order(subject.roles.features.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::vector<std::int64_t> distinct;
  for (const std::string& name : subject.roles.features) {
    const auto& columns = subject.profile.columns;
    const auto found =
        std::find_if(columns.begin(), columns.end(), [&](const auto& column) { return column.name == name; });
    distinct.push_back(found == columns.end() ? 0 : found->unique);
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return distinct[a] > distinct[b]; });
  std::vector<std::vector<std::size_t>> dealt(groups);
  for (std::size_t i = 0; i < order.size(); ++i) {
    dealt[i % groups].push_back(order[i]);
  }
  return dealt;
}

/// Looks rows up: which have a learnt row, other than a copy, that is not alike in at most `most_different`
/// features?
class Search {
public:
  Search(const Subject& subject, std::size_t most_different, std::vector<Wanted> wanted)
      : subject_(subject), groups_(groups_of(subject, most_different + 1)), most_different_(most_different),
        wanted_(std::move(wanted)), found_(wanted_.size()), compared_(wanted_.size() * groups_.size()),
        index_(groups_.size()) {
    for (std::uint32_t i = 0; i < wanted_.size(); ++i) {
      for (std::size_t g = 0; g < groups_.size(); ++g) {
        index_[g][key_of(wanted_[i].cells, g)].push_back(i);
      }
    }
  }

  void run() {
    const RowKeys keys(*subject_.learnt->table, subject_.roles.features, dataset::Likeness::alike);
    const RowKeys exact(*subject_.learnt->table, subject_.roles.features);
    const std::vector<std::uint32_t>& rows = subject_.learnt->rows;
    std::vector<std::uint64_t> cells(keys.columns());
    for (const std::uint32_t row : rows) {
      for (std::size_t column = 0; column < cells.size(); ++column) {
        cells[column] = keys.cell(row, column);
      }
      for (std::size_t g = 0; g < groups_.size(); ++g) {
        const auto bucket = index_[g].find(key_of(cells, g));
        if (bucket != index_[g].end()) {
          compare(bucket->second, g, cells, exact.row(row));
        }
      }
    }
  }

  [[nodiscard]] bool found(std::size_t wanted) const { return found_[wanted]; }
  [[nodiscard]] std::size_t count(std::size_t begin, std::size_t end) const {
    const auto first = found_.begin();
    return static_cast<std::size_t>(std::count(first + static_cast<std::ptrdiff_t>(begin),
                                               first + static_cast<std::ptrdiff_t>(end), true));
  }

private:
  [[nodiscard]] std::uint64_t key_of(const std::vector<std::uint64_t>& cells, std::size_t group) const {
    std::uint64_t key = group;
    for (const std::size_t column : groups_[group]) {
      key = mix64(key ^ cells[column]);
    }
    return key;
  }

  /// Compares with all that share the group; those that are found, or were compared often enough, leave it.
  void compare(std::vector<std::uint32_t>& bucket, std::size_t group, const std::vector<std::uint64_t>& cells,
               std::uint64_t exact) {
    for (std::size_t i = 0; i < bucket.size();) {
      const std::uint32_t wanted = bucket[i];
      std::uint32_t& compared = compared_[wanted * groups_.size() + group];
      if (!found_[wanted]) {
        const std::size_t different = differences(wanted_[wanted].cells, cells);
        found_[wanted] = different <= most_different_ && exact != wanted_[wanted].exact;
        ++compared;
      }
      if (found_[wanted] || compared >= k_most_compared) {
        bucket[i] = bucket.back();
        bucket.pop_back();
      } else {
        ++i;
      }
    }
  }

  [[nodiscard]] std::size_t differences(const std::vector<std::uint64_t>& a,
                                        const std::vector<std::uint64_t>& b) const {
    std::size_t different = 0;
    for (std::size_t column = 0; column < a.size() && different <= most_different_; ++column) {
      different += a[column] != b[column] ? 1U : 0U;
    }
    return different;
  }

  const Subject& subject_;
  std::vector<std::vector<std::size_t>> groups_;
  std::size_t most_different_;
  std::vector<Wanted> wanted_;
  std::vector<bool> found_;
  std::vector<std::uint32_t> compared_;                                              ///< [wanted][group]
  std::vector<std::unordered_map<std::uint64_t, std::vector<std::uint32_t>>> index_; ///< [group]
};

std::size_t agreeing(const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b) {
  std::size_t same = 0;
  for (std::size_t column = 0; column < a.size(); ++column) {
    same += a[column] == b[column] ? 1U : 0U;
  }
  return same;
}

/// Another of the first `n` rows, the one most like row `i` of some that are drawn, but no near duplicate of
/// it: crossed with it, columns that depend on each other mostly still fit together, as chance would have
/// them.
std::size_t like_one(const std::vector<Wanted>& wanted, std::size_t n, std::size_t i) {
  std::size_t best = i;
  std::size_t most = 0;
  for (std::size_t draw = 0; draw < k_candidates; ++draw) {
    const std::size_t other = random_below(n, k_seed, k_drawn, i * k_candidates + draw);
    const std::size_t same = agreeing(wanted[i].cells, wanted[other].cells);
    const bool near = static_cast<double>(same) >= k_agreeing * static_cast<double>(wanted[i].cells.size());
    if (!near && (best == i || same > most)) {
      best = other;
      most = same;
    }
  }
  return best;
}

/// First the test rows, then as many that are crossed from two of them each.
std::vector<Wanted> rows_to_find(const Subject& subject) {
  const RowKeys keys(*subject.test->table, subject.roles.features, dataset::Likeness::alike);
  const RowKeys exact(*subject.test->table, subject.roles.features);
  const std::vector<std::uint32_t>& test = subject.test->rows;
  std::vector<Wanted> wanted;
  std::vector<std::uint32_t> rows;
  for (const std::uint32_t i : sampled_rows(test.size(), k_tested, k_drawn)) {
    rows.push_back(test[i]);
  }
  for (const std::uint32_t row : rows) {
    Wanted& one = wanted.emplace_back();
    one.row = row;
    one.exact = exact.row(row);
    for (std::size_t column = 0; column < keys.columns(); ++column) {
      one.cells.push_back(keys.cell(row, column));
    }
  }
  for (std::size_t draw = 0; draw < rows.size(); ++draw) {
    const std::size_t other = like_one(wanted, rows.size(), draw);
    wanted.push_back({rows[draw], keys.crossed(rows[draw], rows[other], draw),
                      sum_of(exact.crossed(rows[draw], rows[other], draw))});
  }
  return wanted;
}

CheckStatus status_of(double excess, double share, double chance, double n) {
  const double error = std::sqrt((share * (1 - share) + chance * (1 - chance)) / n);
  if (excess - 2 * error > k_excess) {
    return CheckStatus::fail;
  }
  return excess > k_excess && excess > 2 * error ? CheckStatus::warn : CheckStatus::pass;
}

} // namespace

void check_near_duplicates(const Subject& subject, Findings& findings) {
  const std::size_t columns = subject.roles.features.size();
  if (!subject.is_split()) {
    findings.skip(k_id, k_not_split);
    return;
  }
  if (subject.labels && subject.labels->task == Task::ranking) {
    findings.skip(k_id, "a document may stand in several queries: its rows are alike");
    return;
  }
  if (columns < k_columns) {
    findings.skip(k_id, "fewer than two features");
    return;
  }
  const auto wanted_same =
      static_cast<std::size_t>(std::ceil(k_agreeing * static_cast<double>(columns) - 1e-9));
  std::vector<Wanted> wanted = rows_to_find(subject);
  const std::size_t n = wanted.size() / 2;
  FirstRows first;
  std::vector<std::uint32_t> rows;
  for (std::size_t i = 0; i < n; ++i) {
    rows.push_back(wanted[i].row);
  }
  Search search(subject, columns - wanted_same, std::move(wanted));
  search.run();
  for (std::size_t i = 0; i < n; ++i) {
    if (search.found(i)) {
      first.add(rows[i]);
    }
  }
  const double share = static_cast<double>(search.count(0, n)) / static_cast<double>(n);
  const double chance = static_cast<double>(search.count(n, 2 * n)) / static_cast<double>(n);
  const double excess = share - chance;
  const CheckStatus status = status_of(excess, share, chance, static_cast<double>(n));
  std::string why = fmt::format("{:.1f}% of {} test rows agree in at least {} of {} features (but for case, "
                                "blanks and rounding) with a "
                                "row that is learnt from, "
                                "{:.1f}% by chance",
                                100 * share, n, wanted_same, columns, 100 * chance);
  if (status != CheckStatus::pass) {
    why += ": are they the same things twice? Split by what they share (`split.key`)";
  }
  Check& check = findings.add(k_id, status, std::move(why));
  check.observed = excess;
  check.limit = k_excess;
  check.n = static_cast<std::int64_t>(n);
  if (status != CheckStatus::pass) {
    check.rows = first.numbers();
  }
}

} // namespace mlp::validation
