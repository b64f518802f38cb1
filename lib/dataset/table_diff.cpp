#include "dataset/table_diff.hpp"

#include "dataset/fingerprints.hpp"
#include "dataset/personal_data.hpp"

#include <fmt/ranges.h>

#include <algorithm>

namespace mlp::dataset {
namespace {

using Types = std::map<std::string, ColumnType>;

/// What is kept of one side after its table is gone.
struct Side {
  std::int64_t rows = 0;
  std::vector<ColumnKind> columns;
  std::vector<Distribution> distributions; ///< [column]
  IdentifiedRows fingerprints;
  std::set<std::string> personal;
};

std::vector<std::string> names_of(const std::vector<ColumnKind>& columns) {
  std::vector<std::string> names;
  names.reserve(columns.size());
  for (const ColumnKind& column : columns) {
    names.push_back(column.name);
  }
  return names;
}

const ColumnKind* find(const std::vector<ColumnKind>& columns, const std::string& name) {
  const auto found = std::find_if(columns.begin(), columns.end(),
                                  [&](const ColumnKind& column) { return column.name == name; });
  return found == columns.end() ? nullptr : &*found;
}

/// `common`: the columns that rows are compared in; empty = all.
Side summary_of(const Table& table, const std::vector<std::string>& common, const TableDiffOptions& options) {
  Side side;
  side.rows = static_cast<std::int64_t>(table.rows);
  for (const Column& column : table.columns) {
    side.columns.push_back({column.name, column.type});
    if (personal_data(column)) {
      side.personal.insert(column.name);
    }
  }
  side.distributions = distributions_of(table, options.threads);
  side.fingerprints.rows =
      row_fingerprints(table, common.empty() ? names_of(side.columns) : common, options.threads);
  const bool has_ids = std::all_of(options.ids.begin(), options.ids.end(),
                                   [&](const std::string& id) { return table.find(id) != nullptr; });
  if (has_ids && !options.ids.empty()) {
    side.fingerprints.ids = row_fingerprints(table, options.ids, options.threads);
  }
  return side;
}

/// The columns of both sides, in the left one's order.
std::vector<std::string> common_columns(const std::vector<ColumnKind>& left,
                                        const std::vector<ColumnKind>& right) {
  std::vector<std::string> common;
  for (const ColumnKind& column : left) {
    if (find(right, column.name) != nullptr) {
      common.push_back(column.name);
    }
  }
  return common;
}

bool names_rows(const Distribution& words) {
  constexpr double k_most_differ = 0.95;
  constexpr std::size_t k_few = 20;
  return words.words.size() >= k_few &&
         static_cast<double>(words.words.size()) > k_most_differ * static_cast<double>(words.count);
}

/// Values that could tell who a row is about.
void hide(std::set<std::string>& hidden, const Side& side) {
  for (const Distribution& column : side.distributions) {
    if (column.type == ColumnType::text || names_rows(column)) {
      hidden.insert(column.name);
    }
  }
  hidden.insert(side.personal.begin(), side.personal.end());
}

/// Takes the values from a personal column's shift; how far it moved stays.
void mask_personal(ShiftSide& side) {
  side.min = side.q25 = side.median = side.q75 = side.max = side.mean = std::nullopt;
}

void compare_rows(TableDiff& diff, const Side& left, const Side& right, const TableDiffOptions& options) {
  if (!options.ids.empty()) {
    const bool both = left.fingerprints.ids.size() == left.fingerprints.rows.size() &&
                      right.fingerprints.ids.size() == right.fingerprints.rows.size();
    auto found = both ? compare_by_id(left.fingerprints, right.fingerprints) : std::nullopt;
    if (found) {
      diff.by_id = true;
      diff.rows = std::move(*found);
      return;
    }
    if (!left.fingerprints.ids.empty() || !right.fingerprints.ids.empty()) {
      diff.notes.push_back(fmt::format("'{}' {}: rows are compared by content", fmt::join(options.ids, ", "),
                                       both ? "does not name each row once" : "is not in both tables"));
    }
  }
  diff.rows = compare_content(left.fingerprints.rows, right.fingerprints.rows);
}

void compare_columns(TableDiff& diff, const Side& left, const Side& right) {
  for (const Distribution& a : left.distributions) {
    const auto b = std::find_if(right.distributions.begin(), right.distributions.end(),
                                [&](const Distribution& other) { return other.name == a.name; });
    if (b == right.distributions.end() || b->type != a.type || left.rows == 0 || right.rows == 0) {
      continue;
    }
    ColumnShift shift = shift_between(a, *b);
    if (shift.moved()) {
      if (left.personal.contains(a.name) || right.personal.contains(a.name)) {
        mask_personal(shift.left);
        mask_personal(shift.right);
      }
      diff.columns.push_back(std::move(shift));
    }
  }
  std::stable_sort(diff.columns.begin(), diff.columns.end(), [](const ColumnShift& a, const ColumnShift& b) {
    const Drift one = a.drift();
    const Drift other = b.drift();
    return one != other ? one > other : a.distance.value_or(0) > b.distance.value_or(0);
  });
}

/// Which cells of the changed rows differ: the right side's are kept from its table, the left side is read
/// again.
class CellComparison {
public:
  CellComparison(TableDiff& diff, std::vector<std::string> columns)
      : diff_(diff), columns_(std::move(columns)) {}

  void take_right(const Table& table) { right_ = rows(table, true); }
  void take_left(const Table& table) {
    const RowsAsRead left = rows(table, false);
    diff_.cells = compare_cells(left, right_, columns_, diff_.rows.changed, diff_.hidden);
  }

private:
  [[nodiscard]] RowsAsRead rows(const Table& table, bool right) const {
    std::vector<std::uint32_t> numbers;
    for (const auto& [a, b] : diff_.rows.changed) {
      numbers.push_back(right ? b : a);
    }
    return rows_as_read(table, columns_, numbers, diff_.hidden);
  }
  TableDiff& diff_;
  std::vector<std::string> columns_;
  RowsAsRead right_;
};

/// Columns that only one side has, or of another type there: rows then compare over the others, and as text.
bool columns_differ(const std::vector<SchemaChange>& schema) {
  return std::any_of(schema.begin(), schema.end(),
                     [](const SchemaChange& change) { return change.what != SchemaChange::What::order; });
}

struct Reading {
  Types types;                     ///< that are given
  std::vector<std::string> common; ///< what rows are compared in; empty = all columns
};

/// As far as the schemas, where nothing else can be said yet.
TableDiff compare_read(const ReadSide& read_left, const ReadSide& read_right, const TableDiffOptions& options,
                       const Reading& reading) {
  TableDiff diff;
  const Side left = summary_of(read_left(reading.types), reading.common, options);
  Table table = read_right(reading.types);
  const Side right = summary_of(table, reading.common, options);
  diff.left_rows = left.rows;
  diff.right_rows = right.rows;
  diff.left_columns = left.columns;
  diff.right_columns = right.columns;
  diff.schema = compare_schemas(left.columns, right.columns);
  const std::vector<std::string> common = common_columns(left.columns, right.columns);
  if (reading.common.empty() && columns_differ(diff.schema) && !common.empty()) {
    return diff;
  }
  diff.hidden = options.hidden;
  hide(diff.hidden, left);
  hide(diff.hidden, right);
  compare_rows(diff, left, right, options);
  compare_columns(diff, left, right);
  if (!diff.rows.changed.empty()) {
    CellComparison cells(diff, common);
    cells.take_right(table);
    table = {}; // one in memory at a time
    cells.take_left(read_left(reading.types));
  }
  return diff;
}

} // namespace

std::string_view name_of(SchemaChange::What what) {
  switch (what) {
  case SchemaChange::What::added:
    return "added";
  case SchemaChange::What::removed:
    return "removed";
  case SchemaChange::What::type:
    return "type";
  case SchemaChange::What::order:
    break;
  }
  return "order";
}

std::vector<SchemaChange> compare_schemas(const std::vector<ColumnKind>& left,
                                          const std::vector<ColumnKind>& right) {
  std::vector<SchemaChange> changes;
  std::vector<std::string> common_left;
  std::vector<std::string> common_right;
  for (const ColumnKind& column : left) {
    const ColumnKind* other = find(right, column.name);
    if (other == nullptr) {
      changes.push_back({SchemaChange::What::removed, column.name, std::string(name_of(column.type)), ""});
    } else {
      common_left.push_back(column.name);
      if (other->type != column.type) {
        changes.push_back({SchemaChange::What::type, column.name, std::string(name_of(column.type)),
                           std::string(name_of(other->type))});
      }
    }
  }
  for (const ColumnKind& column : right) {
    if (find(left, column.name) == nullptr) {
      changes.push_back({SchemaChange::What::added, column.name, "", std::string(name_of(column.type))});
    } else {
      common_right.push_back(column.name);
    }
  }
  if (common_left != common_right) {
    changes.push_back({SchemaChange::What::order, "", fmt::format("{}", fmt::join(common_left, ", ")),
                       fmt::format("{}", fmt::join(common_right, ", "))});
  }
  return changes;
}

bool TableDiff::equal() const {
  return schema.empty() && rows.same_order && rows.added == 0 && rows.removed == 0 && rows.changed.empty();
}

TableDiff compare_tables(const ReadSide& left, const ReadSide& right, const TableDiffOptions& options) {
  TableDiff first = compare_read(left, right, options, {});
  Reading again;
  again.common = common_columns(first.left_columns, first.right_columns);
  if (!columns_differ(first.schema) || again.common.empty()) {
    return first;
  }
  for (const SchemaChange& change : first.schema) {
    if (change.what == SchemaChange::What::type) {
      again.types[change.column] = ColumnType::text;
    }
  }
  TableDiff diff = compare_read(left, right, options, again);
  std::erase_if(diff.columns, [&](const ColumnShift& shift) { return again.types.contains(shift.name); });
  diff.left_columns = std::move(first.left_columns);
  diff.right_columns = std::move(first.right_columns);
  diff.schema = std::move(first.schema);
  return diff;
}

} // namespace mlp::dataset
