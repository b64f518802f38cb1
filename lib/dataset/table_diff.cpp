#include "dataset/table_diff.hpp"

#include "dataset/table_scan.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <memory>
#include <utility>

namespace mlp::dataset {
namespace {

const ColumnKind* find(const std::vector<ColumnKind>& columns, const std::string& name) {
  const auto found = std::find_if(columns.begin(), columns.end(),
                                  [&](const ColumnKind& column) { return column.name == name; });
  return found == columns.end() ? nullptr : &*found;
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
void hide(std::set<std::string>& hidden, const RowScan& side) {
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

void compare_rows(TableDiff& diff, const RowScan& left, const RowScan& right,
                  const TableDiffOptions& options) {
  if (!options.ids.empty()) {
    const bool both = left.hashes.ids.size() == left.hashes.rows.size() &&
                      right.hashes.ids.size() == right.hashes.rows.size();
    auto found = both ? compare_by_id(left.hashes, right.hashes) : std::nullopt;
    if (found) {
      diff.by_id = true;
      diff.rows = std::move(*found);
      return;
    }
    if (!left.hashes.ids.empty() || !right.hashes.ids.empty()) {
      diff.notes.push_back(fmt::format("'{}' {}: rows are compared by content", fmt::join(options.ids, ", "),
                                       both ? "does not name each row once" : "is not in both tables"));
    }
  }
  diff.rows = compare_content(left.hashes.rows, right.hashes.rows);
}

void compare_columns(TableDiff& diff, const RowScan& left, const RowScan& right) {
  for (const Distribution& a : left.distributions) {
    const auto b = std::find_if(right.distributions.begin(), right.distributions.end(),
                                [&](const Distribution& other) { return other.name == a.name; });
    if (b == right.distributions.end() || b->type != a.type || left.rows == 0 || right.rows == 0) {
      continue;
    }
    if (a.too_many_words || b->too_many_words) {
      diff.notes.push_back(fmt::format(
          "column '{}' has more different words than are counted: how they moved is not known", a.name));
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

/// The cells of the changed rows, as many columns at a time as there is room for.
class CellComparison {
public:
  CellComparison(TableDiff& diff, const DiffSide& left, const DiffSide& right, std::size_t most_cells)
      : diff_(diff), left_(left), right_(right),
        columns_at_once_(std::max<std::size_t>(most_cells / diff.rows.changed.size(), 1)) {}

  void run(const std::vector<std::string>& columns) {
    for (std::size_t begin = 0; begin < columns.size(); begin += columns_at_once_) {
      const std::size_t end = std::min(begin + columns_at_once_, columns.size());
      const std::vector<std::string> some(columns.begin() + static_cast<std::ptrdiff_t>(begin),
                                          columns.begin() + static_cast<std::ptrdiff_t>(end));
      const RowsAsRead right = right_.read_cells(request(some, Which::right));
      const RowsAsRead left = left_.read_cells(request(some, Which::left));
      diff_.cells.add(left, right, some, diff_.rows.changed, diff_.hidden);
    }
  }

private:
  enum class Which : bool { left, right };
  [[nodiscard]] CellRequest request(const std::vector<std::string>& columns, Which which) const {
    CellRequest request{{}, columns, {}, diff_.hidden};
    for (const ColumnKind& column : which == Which::left ? diff_.left_columns : diff_.right_columns) {
      request.types[column.name] = column.type;
    }
    request.rows.reserve(diff_.rows.changed.size());
    for (const auto& [left, right] : diff_.rows.changed) {
      request.rows.push_back(which == Which::left ? left : right);
    }
    return request;
  }

  TableDiff& diff_;
  const DiffSide& left_;
  const DiffSide& right_;
  std::size_t columns_at_once_;
};

/// Columns that only one side has, or of another type there: rows then compare over the others, and as text.
bool columns_differ(const std::vector<SchemaChange>& schema) {
  return std::any_of(schema.begin(), schema.end(),
                     [](const SchemaChange& change) { return change.what != SchemaChange::What::order; });
}

/// As far as the schemas, where nothing else can be said yet.
TableDiff compare_read(const DiffSide& left_side, const DiffSide& right_side, const TableDiffOptions& options,
                       const RowScanRequest& request) {
  TableDiff diff;
  const RowScan left = left_side.scan(request);
  const RowScan right = right_side.scan(request);
  diff.left_rows = left.rows;
  diff.right_rows = right.rows;
  diff.left_columns = left.columns;
  diff.right_columns = right.columns;
  diff.schema = compare_schemas(left.columns, right.columns);
  const std::vector<std::string> common = common_columns(left.columns, right.columns);
  if (request.columns.empty() && columns_differ(diff.schema) && !common.empty()) {
    return diff;
  }
  diff.hidden = options.hidden;
  hide(diff.hidden, left);
  hide(diff.hidden, right);
  compare_rows(diff, left, right, options);
  compare_columns(diff, left, right);
  if (!diff.rows.changed.empty()) {
    CellComparison(diff, left_side, right_side, options.most_cells).run(common);
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

DiffSide streamed_side(std::vector<Source> sources, const ReadOptions& options) {
  const auto shared = std::make_shared<const std::vector<Source>>(std::move(sources));
  return {
      [=](const RowScanRequest& request) { return scan_rows(*shared, options, request, k_scan_piece_bytes); },
      [=](const CellRequest& request) { return read_cells(*shared, options, request, k_scan_piece_bytes); }};
}

DiffSide held_side(ReadSide read, const ReadOptions& options) {
  return {[=](const RowScanRequest& request) { return scan_rows(read(request.types), options, request); },
          [=](const CellRequest& request) { return rows_as_read(read(request.types), options, request); }};
}

TableDiff compare_tables(const DiffSide& left, const DiffSide& right, const TableDiffOptions& options) {
  TableDiff first = compare_read(left, right, options, {{}, {}, options.ids});
  RowScanRequest again;
  again.ids = options.ids;
  again.columns = common_columns(first.left_columns, first.right_columns);
  if (!columns_differ(first.schema) || again.columns.empty()) {
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
