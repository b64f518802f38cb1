#include "base/radix_sort.hpp"
#include "base/random.hpp"
#include "validation/row_keys.hpp"
#include "validation/split_checks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <span>

namespace mlp::validation {
namespace {

constexpr double k_fail_share = 0.01; // evaluation.md §7
constexpr std::size_t k_crossed = 2000;
constexpr std::uint64_t k_partners = 0x70616972; // stream of the second parents

enum class Place : std::uint8_t { other, learnt, test, test_table };

/// A row of the table (or of the test table) under the key of its features.
struct Entry {
  std::uint64_t key = 0;
  std::uint32_t row = 0;
  Place place = Place::other;
};

/// Rows by the key of their features; those of equal features stand together, in order of place and row.
class RowGroups {
public:
  RowGroups(const Subject& subject, const RowKeys& keys) {
    const std::vector<std::uint64_t> all = keys.all(subject.threads);
    entries_.resize(all.size());
    for (std::size_t row = 0; row < all.size(); ++row) {
      entries_[row] = {all[row], static_cast<std::uint32_t>(row), Place::other};
    }
    if (subject.is_split()) {
      place_sides(subject);
    }
    radix_sort(entries_, [](const Entry& entry) { return entry.key; });
  }

  template <typename Take> void each(Take take) const {
    for (auto begin = entries_.begin(); begin != entries_.end();) {
      auto end = begin + 1;
      while (end != entries_.end() && end->key == begin->key) {
        ++end;
      }
      if (end - begin > 1) {
        take(std::span(begin, end));
      }
      begin = end;
    }
  }

  /// Whether a row of these features stands at `place`, other than the two given.
  [[nodiscard]] bool holds(std::uint64_t key, std::optional<Place> place, std::uint32_t a = 0xffffffffU,
                           std::uint32_t b = 0xffffffffU) const {
    auto found =
        std::lower_bound(entries_.begin(), entries_.end(), key,
                         [](const Entry& entry, std::uint64_t wanted) { return entry.key < wanted; });
    for (; found != entries_.end() && found->key == key; ++found) {
      if ((!place || found->place == *place) && found->row != a && found->row != b) {
        return true;
      }
    }
    return false;
  }

private:
  void place_sides(const Subject& subject) {
    for (const std::uint32_t row : subject.learnt->rows) {
      entries_[row].place = Place::learnt;
    }
    if (subject.test->table == &subject.table) {
      for (const std::uint32_t row : subject.test->rows) {
        entries_[row].place = Place::test;
      }
      return;
    }
    const RowKeys keys(*subject.test->table, subject.roles.features);
    for (const std::uint32_t row : subject.test->rows) {
      entries_.push_back({keys.row(row), row, Place::test_table});
    }
  }
  std::vector<Entry> entries_;
};

bool is_test(const Entry& entry) { return entry.place == Place::test || entry.place == Place::test_table; }

/// The share of `draws` rows, each crossed from two of `rows`, that `found` knows.
template <typename Found>
double share_by_chance(const RowKeys& keys, const std::vector<std::uint32_t>& rows, Found found) {
  const std::size_t draws = std::min(rows.size(), k_crossed);
  std::size_t hits = 0;
  for (std::size_t draw = 0; draw < draws; ++draw) {
    const std::uint32_t a = rows[random_below(rows.size(), k_seed, k_partners, 2 * draw)];
    const std::uint32_t b = rows[random_below(rows.size(), k_seed, k_partners, 2 * draw + 1)];
    hits += found(sum_of(keys.crossed(a, b, draw)), a, b) ? 1U : 0U;
  }
  return draws == 0 ? 0.0 : static_cast<double>(hits) / static_cast<double>(draws);
}

struct Shared {
  std::int64_t test_rows = 0;
  std::int64_t learnt_rows = 0;
  FirstRows first; ///< of the test rows
};

Shared shared_rows(const RowGroups& groups) {
  Shared shared;
  groups.each([&](std::span<const Entry> group) {
    const auto test = std::count_if(group.begin(), group.end(), is_test);
    const auto learnt =
        std::count_if(group.begin(), group.end(), [](const Entry& e) { return e.place == Place::learnt; });
    if (test == 0 || learnt == 0) {
      return;
    }
    shared.test_rows += test;
    shared.learnt_rows += learnt;
    for (const Entry& entry : group) {
      if (is_test(entry)) {
        shared.first.add(entry.row);
      }
    }
  });
  return shared;
}

void check_across(const Subject& subject, const RowGroups& groups, Findings& findings) {
  constexpr const char* id = "duplicates_across_split";
  if (!subject.is_split()) {
    findings.skip(id, k_not_split);
    return;
  }
  const Shared shared = shared_rows(groups);
  const auto test_rows = static_cast<double>(subject.test->rows.size());
  const double share = static_cast<double>(shared.test_rows) / test_rows;
  double chance = 0.0;
  if (shared.test_rows > 0) {
    const RowKeys keys(*subject.test->table, subject.roles.features);
    chance = share_by_chance(keys, subject.test->rows, [&](std::uint64_t key, std::uint32_t, std::uint32_t) {
      return groups.holds(key, Place::learnt);
    });
  }
  CheckStatus status = CheckStatus::pass;
  if (share > 2 * chance) {
    // The same document in another query is no copy: it may have another grade there.
    const bool ranking = subject.labels && subject.labels->task == Task::ranking;
    status = share > k_fail_share && !ranking ? CheckStatus::fail : CheckStatus::warn;
  }
  std::string why;
  if (shared.test_rows > 0) {
    why = fmt::format("{} of {} test rows have the same features as a row that is learnt from ({} of {} the "
                      "other way), {:.1f}% by chance",
                      shared.test_rows, subject.test->rows.size(), shared.learnt_rows,
                      subject.learnt->rows.size(), 100 * chance);
    if (status != CheckStatus::pass) {
      why += ": remove the copies, or split by what they share (`split.key`)";
    }
  }
  Check& check = findings.add(id, status, why);
  check.observed = share;
  check.limit = k_fail_share;
  check.n = static_cast<std::int64_t>(subject.test->rows.size());
  check.rows = shared.first.numbers();
}

void check_conflicts(const Subject& subject, const RowGroups& groups, Findings& findings) {
  constexpr const char* id = "conflicting_labels";
  if (!subject.labels || !has_classes(subject.labels->task)) {
    findings.skip(id, subject.labels ? "the target is no class" : k_no_target);
    return;
  }
  const std::vector<double>& labels = subject.labels->values;
  std::int64_t rows = 0;
  FirstRows first;
  groups.each([&](std::span<const Entry> group) {
    std::int64_t labelled = 0;
    double label = std::nan("");
    bool conflict = false;
    for (const Entry& entry : group) {
      if (entry.place == Place::test_table || std::isnan(labels[entry.row])) {
        continue;
      }
      conflict = conflict || (labelled > 0 && labels[entry.row] != label);
      label = labels[entry.row];
      ++labelled;
    }
    if (!conflict) {
      return;
    }
    rows += labelled;
    for (const Entry& entry : group) {
      if (entry.place != Place::test_table && !std::isnan(labels[entry.row])) {
        first.add(entry.row);
      }
    }
  });
  const auto labelled =
      std::count_if(labels.begin(), labels.end(), [](double label) { return !std::isnan(label); });
  const double share = labelled == 0 ? 0.0 : static_cast<double>(rows) / static_cast<double>(labelled);
  Check& check = findings.add(id, share > k_fail_share ? CheckStatus::warn : CheckStatus::pass,
                              rows == 0 ? ""
                                        : fmt::format("{} of {} rows have the same features as a row with "
                                                      "another '{}': no model can be right about both",
                                                      rows, labelled, subject.roles.target));
  check.observed = share;
  check.limit = k_fail_share;
  check.n = labelled;
  check.rows = first.numbers();
}

std::vector<std::string> rest_columns(const Subject& subject) {
  const std::vector<std::string>& features = subject.roles.features;
  std::vector<std::string> rest;
  for (const dataset::Column& column : subject.table.columns) {
    if (column.name != subject.roles.id &&
        std::find(features.begin(), features.end(), column.name) == features.end()) {
      rest.push_back(column.name);
    }
  }
  return rest;
}

void check_repeats(const Subject& subject, const RowKeys& keys, const RowGroups& groups, Findings& findings) {
  const RowKeys rest(subject.table, rest_columns(subject));
  std::int64_t repeats = 0;
  FirstRows first;
  std::vector<std::pair<std::uint64_t, std::uint32_t>> rows;
  groups.each([&](std::span<const Entry> group) {
    rows.clear();
    for (const Entry& entry : group) {
      if (entry.place != Place::test_table) {
        rows.emplace_back(rest.row(entry.row), entry.row);
      }
    }
    std::sort(rows.begin(), rows.end());
    for (std::size_t i = 1; i < rows.size(); ++i) {
      if (rows[i].first == rows[i - 1].first) {
        ++repeats;
        first.add(rows[i].second);
      }
    }
  });
  const std::size_t n = subject.table.rows;
  const double share = n == 0 ? 0.0 : static_cast<double>(repeats) / static_cast<double>(n);
  double chance = 0.0;
  if (repeats > 0) {
    const std::vector<std::uint32_t> all = sampled_rows(n, k_crossed, k_partners);
    chance = share_by_chance(keys, all, [&](std::uint64_t key, std::uint32_t a, std::uint32_t b) {
      return groups.holds(key, std::nullopt, a, b);
    });
  }
  const bool odd = repeats > 0 && share > 2 * chance;
  Check& check =
      findings.add("duplicate_rows", odd ? CheckStatus::warn : CheckStatus::pass,
                   repeats == 0 ? ""
                                : fmt::format("{} of {} rows repeat an earlier one{}: {}", repeats, n,
                                              subject.roles.id ? " in all but the id" : "",
                                              odd ? "counted twice, they weigh twice"
                                                  : "no more than values as common as these make"));
  check.observed = share;
  check.limit = 0;
  check.n = static_cast<std::int64_t>(n);
  check.rows = first.numbers();
}

} // namespace

void check_duplicates(const Subject& subject, Findings& findings) {
  if (subject.roles.features.size() < 2) { // values of one feature repeat: nothing can be said of chance
    for (const char* id : {"duplicates_across_split", "conflicting_labels", "duplicate_rows"}) {
      findings.skip(id, "fewer than two features");
    }
    return;
  }
  const RowKeys keys(subject.table, subject.roles.features);
  const RowGroups groups(subject, keys);
  check_across(subject, groups, findings);
  check_conflicts(subject, groups, findings);
  check_repeats(subject, keys, groups, findings);
}

} // namespace mlp::validation
