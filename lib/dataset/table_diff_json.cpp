#include "dataset/table_diff.hpp"

namespace mlp::dataset {
namespace {

Json rows_from_one(const std::vector<std::size_t>& rows) {
  Json list = Json::array();
  for (const std::size_t row : rows) {
    list.push_back(row + 1);
  }
  return list;
}

Json to_json(const ChangedRow& row) {
  Json cells = Json::array();
  for (const ChangedCell& cell : row.cells) {
    Json item = Json::object({{"column", cell.column}, {"shown", cell.shown}});
    if (cell.shown) {
      item["left"] = cell.left;
      item["right"] = cell.right;
    }
    cells.push_back(std::move(item));
  }
  return Json::object({{"left", row.left + 1}, {"right", row.right + 1}, {"cells", std::move(cells)}});
}

Json to_json(const ShiftSide& side) {
  return Json::object({{"count", side.count},
                       {"missing", side.missing},
                       {"min", side.min},
                       {"q25", side.q25},
                       {"median", side.median},
                       {"q75", side.q75},
                       {"max", side.max},
                       {"mean", side.mean}});
}

/// Values that came or went: how many, and which, unless they are hidden.
Json values_json(const std::vector<std::pair<std::string, std::int64_t>>& values, bool shown) {
  Json list = Json::array();
  for (std::size_t i = 0; shown && i < std::min(values.size(), k_diff_examples); ++i) {
    list.push_back(Json::object({{"value", values[i].first}, {"count", values[i].second}}));
  }
  return Json::object({{"n", values.size()}, {"values", std::move(list)}});
}

Json to_json(const ColumnShift& shift, bool shown) {
  return Json::object({{"name", shift.name},
                       {"type", name_of(shift.type)},
                       {"left", to_json(shift.left)},
                       {"right", to_json(shift.right)},
                       {"distance_name", shift.distance_name},
                       {"distance", shift.distance},
                       {"distance_error", shift.distance_error},
                       {"drift", std::string(name_of(shift.drift()))},
                       {"came", values_json(shift.came, shown)},
                       {"went", values_json(shift.went, shown)}});
}

Json rows_json(const TableDiff& diff) {
  Json columns = Json::array();
  for (const auto& [name, rows] : diff.cells.columns) {
    columns.push_back(Json::object({{"column", name}, {"rows", rows}}));
  }
  Json examples = Json::array();
  for (const ChangedRow& row : diff.cells.examples) {
    examples.push_back(to_json(row));
  }
  return Json::object({{"by", diff.by_id ? "id" : "content"},
                       {"added", diff.rows.added},
                       {"removed", diff.rows.removed},
                       {"changed", diff.by_id ? Json(diff.rows.changed.size()) : Json()},
                       {"unchanged", diff.rows.unchanged},
                       {"same_order", diff.rows.same_order},
                       {"added_rows", rows_from_one(diff.rows.added_rows)},
                       {"removed_rows", rows_from_one(diff.rows.removed_rows)},
                       {"changed_rows", std::move(examples)},
                       {"changed_columns", std::move(columns)}});
}

} // namespace

Json to_json(const TableDiff& diff) {
  Json schema = Json::array();
  for (const SchemaChange& change : diff.schema) {
    schema.push_back(Json::object({{"what", name_of(change.what)},
                                   {"column", change.column},
                                   {"left", change.left},
                                   {"right", change.right}}));
  }
  Json columns = Json::array();
  for (const ColumnShift& shift : diff.columns) {
    columns.push_back(to_json(shift, !diff.hidden.contains(shift.name)));
  }
  return Json::object({{"left_rows", diff.left_rows},
                       {"right_rows", diff.right_rows},
                       {"schema_changes", std::move(schema)},
                       {"rows", rows_json(diff)},
                       {"columns", std::move(columns)}});
}

} // namespace mlp::dataset
