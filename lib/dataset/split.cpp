#include "dataset/split.hpp"

#include "base/error.hpp"
#include "dataset/queries.hpp"
#include "dataset/row_text.hpp"
#include "dataset/split_key.hpp"
#include "os/threads.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <unordered_map>

namespace mlp::dataset {
namespace {

constexpr std::size_t k_rows_at_once = 8192;

/// Bytes `begin` to `begin` + 7 of a hash as a share in [0, 1).
double share_at(const ContentId& hash, std::size_t begin) {
  std::uint64_t number = 0;
  for (std::size_t i = begin; i < begin + 8; ++i) {
    number = number << 8U | hash.bytes()[i];
  }
  constexpr unsigned k_beyond_double = 11; // a double holds 53 bits: what is dropped cannot round up to 1
  return std::ldexp(static_cast<double>(number >> k_beyond_double), -53);
}

void assign_by_hash(Split& split, const Table& table, const config::Project& project, unsigned threads) {
  const config::SplitConfig& how = project.data.split;
  const double test = how.by == config::SplitBy::file ? 0 : how.test;
  const RowText text(table, key_columns(table, project));
  const std::string seed = fmt::to_string(how.seed);
  const std::string prefix = fmt::format("{}:{},", seed.size(), seed);
  const std::size_t pieces = (table.rows + k_rows_at_once - 1) / k_rows_at_once;
  os::parallel_for(pieces, threads, [&](std::size_t piece) {
    Sha256 hash;
    std::string bytes;
    const std::size_t end = std::min((piece + 1) * k_rows_at_once, table.rows);
    for (std::size_t row = piece * k_rows_at_once; row < end; ++row) {
      if (split.part[row] == Part::none) {
        continue;
      }
      bytes = prefix;
      text.append(row, bytes);
      hash.update(bytes);
      const ContentId id = hash.finish();
      split.part[row] = share_at(id, 0) < test        ? Part::test
                        : share_at(id, 8) < how.valid ? Part::valid
                                                      : Part::train;
    }
  });
}

const Column& time_column(const Table& table, const config::Project& project) {
  const auto name = column_of_role(project, config::Role::time);
  if (!name) {
    throw Error(ErrorCode::input, "cannot split by time: mlp.yaml names no time column")
        .hint("set `role: time` for a column of `data.columns`");
  }
  const Column& column = table.column(*name);
  if (column.type != ColumnType::datetime) {
    throw Error(ErrorCode::input, "cannot split by time: the column '{}' is a {}, not a datetime", *name,
                name_of(column.type))
        .hint(fmt::format(
            "write its values like 2026-01-31 or 2026-01-31T12:00:00, and set `type: datetime` for '{}'",
            *name));
  }
  return column;
}

/// Where the validation part begins: as written, or where the last `valid` share of the rows before `before`
/// begins; never, where there is no such share.
double valid_begin(const Split& split, const Column& time, const config::SplitConfig& how, double before) {
  if (how.valid_from) {
    return static_cast<double>(*how.valid_from);
  }
  std::vector<double> earlier;
  for (std::size_t row = 0; row < split.part.size(); ++row) {
    if (split.part[row] != Part::none && time.numbers[row] < before) {
      earlier.push_back(time.numbers[row]);
    }
  }
  const auto wanted = static_cast<std::size_t>(std::llround(how.valid * static_cast<double>(earlier.size())));
  if (wanted == 0) {
    return std::numeric_limits<double>::infinity();
  }
  const auto begin = earlier.end() - static_cast<std::ptrdiff_t>(wanted);
  std::nth_element(earlier.begin(), begin, earlier.end());
  return *begin;
}

void assign_by_time(Split& split, const Table& table, const config::Project& project) {
  const config::SplitConfig& how = project.data.split;
  if (!how.test_from) {
    throw Error(ErrorCode::input, "cannot split by time: mlp.yaml does not say when the test part begins")
        .hint("set `data.split.test_from: YYYY-MM-DD`");
  }
  const Column& time = time_column(table, project);
  const auto test_from = static_cast<double>(*how.test_from);
  const auto gap = static_cast<double>(how.gap_seconds);
  const double valid_from = std::min(valid_begin(split, time, how, test_from - gap), test_from);
  for (std::size_t row = 0; row < table.rows; ++row) {
    if (split.part[row] == Part::none) {
      continue;
    }
    const double at = time.numbers[row];
    if (std::isnan(at)) {
      split.part[row] = Part::none;
      ++split.undated;
    } else if (at >= test_from) {
      split.part[row] = Part::test;
    } else if (at >= test_from - gap || (at < valid_from && at >= valid_from - gap)) {
      split.part[row] = Part::none;
      ++split.gap;
    } else {
      split.part[row] = at >= valid_from ? Part::valid : Part::train;
    }
  }
}

/// All rows with a target (and of a ranking a query) in `part`; the others in none, and counted.
Split start(const Table& table, const config::Project& project, Part part) {
  const Column& target = table.column(project.data.target);
  const Column* query = project.model.task == Task::ranking ? &query_column(table, project) : nullptr;
  Split split;
  split.part.assign(table.rows, part);
  for (std::size_t row = 0; row < table.rows; ++row) {
    if (target.missing(row) || (query != nullptr && query->missing(row))) {
      split.part[row] = Part::none;
      ++split.dropped;
    }
  }
  return split;
}

void count_parts(Split& split) {
  split.train = std::count(split.part.begin(), split.part.end(), Part::train);
  split.valid = std::count(split.part.begin(), split.part.end(), Part::valid);
  split.test = std::count(split.part.begin(), split.part.end(), Part::test);
}

/// A ranking is of whole queries: half of one in training would tell about its other half.
void require_whole_queries(const Split& split, const Table& table, const config::Project& project) {
  if (project.model.task != Task::ranking) {
    return;
  }
  const Column& query = query_column(table, project);
  std::unordered_map<std::string, Part> part_of;
  for (std::size_t row = 0; row < table.rows; ++row) {
    if (split.part[row] == Part::none) {
      continue;
    }
    const auto [place, is_new] = part_of.emplace(query.text(row), split.part[row]);
    if (!is_new && place->second != split.part[row]) {
      throw Error(ErrorCode::input, "the split by {} cuts the query '{}' ('{}'): it has rows in {} and in {}",
                  name_of(project.data.split.by), place->first, query.name, name_of(place->second),
                  name_of(split.part[row]))
          .hint("remove `key` from `data.split` of mlp.yaml, or set `by: group`");
    }
  }
}

void require_rows(const Split& split, const config::Project& project) {
  const config::SplitConfig& how = project.data.split;
  const bool by_time = how.by == config::SplitBy::time;
  const auto require = [&](Part part, std::int64_t rows) {
    if (rows > 0) {
      return;
    }
    throw Error(ErrorCode::input, "the {} part is empty: split by {}, {} of {} rows have a target",
                name_of(part), name_of(how.by), static_cast<std::int64_t>(split.part.size()) - split.dropped,
                split.part.size())
        .hint(by_time ? "set `test_from`, `valid_from` and `gap` of `data.split` in mlp.yaml within the "
                        "data's times"
                      : "set another share or seed in `data.split` of mlp.yaml, or add data");
  };
  require(Part::train, split.train);
  if (how.by != config::SplitBy::file) {
    require(Part::test, split.test);
  }
  if (how.valid > 0 || (by_time && how.valid_from)) {
    require(Part::valid, split.valid);
  }
}

} // namespace

std::string_view name_of(Part part) {
  constexpr std::array<std::string_view, 4> k_names = {"train", "valid", "test", "none"};
  return k_names[static_cast<std::size_t>(part)];
}

std::vector<std::uint32_t> Split::rows_of(Part which) const {
  std::vector<std::uint32_t> rows;
  for (std::size_t row = 0; row < part.size(); ++row) {
    if (part[row] == which) {
      rows.push_back(static_cast<std::uint32_t>(row));
    }
  }
  return rows;
}

Split split_of(const Table& table, const config::Project& project, unsigned threads) {
  Split split = start(table, project, Part::train);
  if (project.data.split.by == config::SplitBy::time) {
    assign_by_time(split, table, project);
  } else {
    assign_by_hash(split, table, project, threads);
  }
  require_whole_queries(split, table, project);
  count_parts(split);
  require_rows(split, project);
  return split;
}

Split split_of_test_file(const Table& table, const config::Project& project) {
  Split split = start(table, project, Part::test);
  count_parts(split);
  if (split.test == 0) {
    throw Error(ErrorCode::input, "the test file has no row with a target ('{}')", project.data.target)
        .hint("set `data.split.test` in mlp.yaml to a file with labelled rows");
  }
  return split;
}

} // namespace mlp::dataset
