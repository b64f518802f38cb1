#include "workflow/data_diffing.hpp"

#include "base/error.hpp"
#include "workflow/data_side.hpp"

#include <fmt/ranges.h>

#include <algorithm>

namespace mlp::workflow {
namespace {

using Files = std::vector<store::TreeItem>;

Json side_json(const DataSide& side) {
  return Json::object({{"name", side.name},
                       {"dataset", side.id.hex()},
                       {"path", side.path ? Json(side.typed) : Json()},
                       {"files", side.files.size()},
                       {"rows", side.record["rows"]},
                       {"columns", side.record["columns"]}});
}

Json paths_json(const Files& files) {
  Json list = Json::array();
  for (std::size_t i = 0; i < std::min(files.size(), dataset::k_diff_examples); ++i) {
    list.push_back(files[i].path);
  }
  return list;
}

Json files_json(const dataset::FileDiff& diff) {
  Files changed;
  Json moved = Json::array();
  for (const auto& [left, right] : diff.changed) {
    changed.push_back(right);
  }
  for (std::size_t i = 0; i < std::min(diff.moved.size(), dataset::k_diff_examples); ++i) {
    moved.push_back(Json::object({{"from", diff.moved[i].first}, {"to", diff.moved[i].second}}));
  }
  return Json::object({{"added", diff.added.size()},
                       {"removed", diff.removed.size()},
                       {"changed", diff.changed.size()},
                       {"moved", diff.moved.size()},
                       {"unchanged", diff.unchanged},
                       {"added_files", paths_json(diff.added)},
                       {"removed_files", paths_json(diff.removed)},
                       {"changed_files", paths_json(changed)},
                       {"moved_files", std::move(moved)}});
}

/// The files to read of each side: all, or those that differ.
struct Scope {
  Files left;
  Files right;
};

Scope scope_of(const DataSide& left, const DataSide& right, const std::optional<dataset::FileDiff>& diff) {
  if (!diff) {
    return {left.files, right.files};
  }
  Scope scope{diff->removed, diff->added};
  for (const auto& [a, b] : diff->changed) {
    scope.left.push_back(a);
    scope.right.push_back(b);
  }
  const auto by_path = [](const store::TreeItem& a, const store::TreeItem& b) { return a.path < b.path; };
  std::sort(scope.left.begin(), scope.left.end(), by_path);
  std::sort(scope.right.begin(), scope.right.end(), by_path);
  return scope;
}

bool are_tables(const Scope& scope) {
  const auto is_table = [](const store::TreeItem& item) { return dataset::is_table_name(item.path); };
  return std::all_of(scope.left.begin(), scope.left.end(), is_table) &&
         std::all_of(scope.right.begin(), scope.right.end(), is_table);
}

class Comparison {
public:
  Comparison(Workspace& workspace, const DiffDataRequest& request)
      : workspace_(workspace), request_(request), left_(open_side(workspace, request.left)),
        right_(open_side(workspace, request.right)) {}

  Json run() {
    Json document = Json::object({{"schema", "mlp.data_diff/1"},
                                  {"left", side_json(left_)},
                                  {"right", side_json(right_)},
                                  {"equal", left_.id == right_.id},
                                  {"files", nullptr},
                                  {"table", nullptr}});
    if (left_.id != right_.id) {
      compare(document);
    }
    document["notes"] = notes_;
    return document;
  }

private:
  void compare(Json& document) {
    std::optional<dataset::FileDiff> files;
    if (left_.folder && right_.folder) {
      files = dataset::compare_files(left_.files, right_.files);
      document["files"] = files_json(*files);
    }
    const Scope scope = scope_of(left_, right_, files);
    if (files && !are_tables(scope)) {
      notes_.push_back("not all of these files are tables: they are compared by their bytes alone");
      return;
    }
    if (scope.left.empty() || scope.right.empty()) {
      notes_.push_back("no file was changed: those that came or went are not read");
      return;
    }
    const dataset::TableDiff diff = compare_tables(scope);
    document["equal"] = !files && diff.equal();
    document["table"] = table_json(diff, scope, files.has_value());
    if (!files) {
      set_size(document["left"], diff.left_rows, diff.left_columns.size());
      set_size(document["right"], diff.right_rows, diff.right_columns.size());
    }
  }

  static void set_size(Json& side, std::int64_t rows, std::size_t columns) {
    side["rows"] = rows;
    side["columns"] = columns;
  }

  dataset::TableDiff compare_tables(const Scope& scope) {
    dataset::TableDiffOptions options;
    set_roles(options);
    dataset::TableDiff diff =
        dataset::compare_tables(reader(left_, scope.left), reader(right_, scope.right), options);
    if (!request_.ids.empty() && !diff.by_id) {
      throw Error(ErrorCode::input, "{}",
                  diff.notes.empty() ? fmt::format("'{}' is in neither table", fmt::join(request_.ids, ", "))
                                     : diff.notes.front().substr(0, diff.notes.front().find(':')))
          .hint("leave --id out to compare rows by content, or name columns that are different in every row");
    }
    return diff;
  }

  void set_roles(dataset::TableDiffOptions& options) {
    options.ids = request_.ids;
    options.hidden.insert(request_.ids.begin(), request_.ids.end());
    if (!workspace_.has_project()) {
      return;
    }
    for (const auto& [name, column] : workspace_.project().data.columns) {
      const bool is_id = column.role == config::Role::id;
      if (is_id || column.is_protected) {
        options.hidden.insert(name);
      }
      if (is_id && request_.ids.empty()) {
        options.ids.push_back(name);
      }
    }
  }

  /// Declared types hold for both sides or for none: otherwise one table would differ from itself.
  dataset::DiffSide reader(DataSide& side, const Files& files) {
    dataset::ReadOptions options = read_options_for(workspace_, side.data_path);
    if (read_options_for(workspace_, left_.data_path).columns.empty() ||
        read_options_for(workspace_, right_.data_path).columns.empty()) {
      options.columns.clear();
    }
    use_common_marks(options.format);
    if (can_stream(side, files)) {
      return dataset::streamed_side(sources_of(side, files), options);
    }
    const auto read = [this, &side, &files,
                       options](const std::map<std::string, dataset::ColumnType>& types) {
      dataset::ReadOptions reading = options;
      reading.types = types;
      return read_side(workspace_, side, files, reading);
    };
    return dataset::held_side(read, options);
  }

  /// A table that mlp.yaml does not declare is taken to write its numbers like the one beside it.
  void use_common_marks(config::FormatConfig& format) {
    for (const DataSide* side : {&left_, &right_}) {
      const config::FormatConfig declared = read_options_for(workspace_, side->data_path).format;
      if (!format.decimal && !format.thousands) {
        format.decimal = declared.decimal;
        format.thousands = declared.thousands;
      }
    }
  }

  /// Row numbers count within one file: where several were read, they would name none.
  Json table_json(const dataset::TableDiff& diff, const Scope& scope, bool folders) {
    Json table = to_json(diff);
    notes_.insert(notes_.end(), diff.notes.begin(), diff.notes.end());
    table["left_file"] = folders && scope.left.size() == 1 ? Json(scope.left.front().path) : Json();
    table["right_file"] = folders && scope.right.size() == 1 ? Json(scope.right.front().path) : Json();
    if (folders) {
      notes_.push_back("rows and columns are of the files that differ");
    }
    if (folders && (scope.left.size() > 1 || scope.right.size() > 1)) {
      for (const char* name : {"added_rows", "removed_rows", "changed_rows"}) {
        table["rows"][name] = Json::array();
      }
    }
    return table;
  }

  Workspace& workspace_;
  const DiffDataRequest& request_;
  DataSide left_;
  DataSide right_;
  std::vector<std::string> notes_;
};

} // namespace

Json diff_data(Workspace& workspace, const DiffDataRequest& request) {
  return Comparison(workspace, request).run();
}

} // namespace mlp::workflow
