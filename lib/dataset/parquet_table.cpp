#include "dataset/parquet_table.hpp"

#include "base/error.hpp"
#include "dataset/csv_assembly.hpp"
#include "dataset/parquet_columns.hpp"
#include "os/files.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <memory>
#include <numeric>
#include <unordered_set>

namespace mlp::dataset {
namespace {

constexpr std::size_t k_rows_at_once = 65'536;

/// Null is missing; of texts, the empty one too, and what the user names.
MissingTokens missing_of(const config::FormatConfig& format) {
  return MissingTokens(format.missing.value_or(std::vector<std::string>{""}));
}

ColumnPlan natural_plan(const parquet::Field& field) {
  switch (field.kind) {
  case parquet::Kind::number:
    return {field.name, ColumnType::number, TypeSource::inferred};
  case parquet::Kind::boolean:
    return {field.name, ColumnType::boolean, TypeSource::inferred};
  case parquet::Kind::datetime:
    return {field.name, ColumnType::datetime, TypeSource::inferred};
  case parquet::Kind::category:
    return {field.name, ColumnType::category, TypeSource::given};
  case parquet::Kind::text:
    break;
  }
  return {field.name, ColumnType::category, TypeSource::inferred};
}

void require_names(const std::vector<parquet::Field>& fields, const std::string& name) {
  if (fields.empty()) {
    throw Error(ErrorCode::input, "cannot read '{}': it has no columns", name)
        .hint("a table needs at least one");
  }
  std::unordered_set<std::string_view> seen;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (trimmed(fields[i].name).empty() || !seen.insert(fields[i].name).second) {
      throw Error(ErrorCode::input, "'{}': {} '{}'", name,
                  fields[i].name.empty() ? fmt::format("column {} has no name:", i + 1)
                                         : "two columns have the name",
                  fields[i].name)
          .hint("give each column a name of its own");
    }
  }
}

void require_same_fields(const std::vector<parquet::Field>& fields, const std::string& name,
                         const std::vector<parquet::Field>& expected, const std::string& first_name) {
  const auto [here, there] =
      std::mismatch(fields.begin(), fields.end(), expected.begin(), expected.end(),
                    [](const auto& a, const auto& b) { return a.name == b.name && a.kind == b.kind; });
  if (here == fields.end() && there == expected.end()) {
    return;
  }
  throw Error(ErrorCode::input, "'{}' has not the columns of '{}': the first difference is column {}", name,
              first_name, here - fields.begin() + 1)
      .hint("files of one table need the same columns in the same order, with the same types");
}

std::vector<std::size_t> all_of(const std::vector<parquet::Field>& fields) {
  std::vector<std::size_t> columns(fields.size());
  std::iota(columns.begin(), columns.end(), std::size_t{0});
  return columns;
}

class ParquetTable {
public:
  ParquetTable(const std::vector<std::pair<std::string, std::string_view>>& named_bytes,
               const ReadOptions& options)
      : named_bytes_(named_bytes), options_(options), missing_(missing_of(options.format)) {
    for (const auto& [name, bytes] : named_bytes) {
      files_.push_back(parquet::open_file(bytes, name, options.threads));
      require_names(files_.back()->fields(), name);
      require_same_fields(files_.back()->fields(), name, files_.front()->fields(), named_bytes.front().first);
    }
    for (const parquet::Field& field : files_.front()->fields()) {
      plans_.push_back({plan_of(field), field.kind});
    }
    table_.format.parquet = true;
    table_.format.missing = options.format.missing.value_or(std::vector<std::string>());
  }

  Table run() {
    table_.columns.resize(plans_.size());
    const std::vector<std::size_t> again = read(all_of(files_.front()->fields()));
    if (!again.empty()) {
      for (const std::size_t i : again) {
        plans_[i].plan.type = ColumnType::category;
      }
      read(again);
    }
    return std::move(table_);
  }

private:
  [[nodiscard]] ColumnPlan plan_of(const parquet::Field& field) const {
    const auto given = options_.types.find(field.name);
    if (given != options_.types.end()) {
      return {field.name, given->second, TypeSource::given};
    }
    const auto configured = options_.columns.find(field.name);
    if (configured != options_.columns.end() && configured->second.type) {
      return {field.name, column_type_from(*configured->second.type).value_or(ColumnType::text),
              TypeSource::declared};
    }
    return natural_plan(field);
  }

  /// Reads these columns into the table; returns those whose guessed type did not hold.
  std::vector<std::size_t> read(const std::vector<std::size_t>& columns) {
    std::vector<ParquetPlan> plans;
    plans.reserve(columns.size());
    for (const std::size_t i : columns) {
      plans.push_back(plans_[i]);
    }
    ParquetColumns gathered(plans, missing_, options_.threads);
    for (std::size_t i = 0; i < files_.size(); ++i) {
      std::size_t row = 0;
      files_[i]->read(columns, k_rows_at_once, [&](const parquet::Batch& batch) {
        if (options_.interrupt != nullptr) {
          options_.interrupt->check();
        }
        gathered.add(batch, named_bytes_[i].first, row);
        row += batch.rows();
        return true;
      });
    }
    const std::vector<Settled> settled = gathered.settle();
    table_.rows = gathered.rows();
    require_declared_types(gathered, plans, settled);
    std::vector<std::size_t> again;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (settled[i].misfit && plans[i].plan.source == TypeSource::inferred) {
        again.push_back(columns[i]);
      } else {
        table_.columns[columns[i]] = gathered.take_column(i);
        table_.notes.insert(table_.notes.end(), settled[i].notes.begin(), settled[i].notes.end());
      }
    }
    return again;
  }

  static void require_declared_types(const ParquetColumns& gathered, const std::vector<ParquetPlan>& plans,
                                     const std::vector<Settled>& settled) {
    for (std::size_t i = 0; i < plans.size(); ++i) {
      if (settled[i].misfit && plans[i].plan.source == TypeSource::declared) {
        fail_declared_type(plans[i].plan, gathered.name_place(*settled[i].misfit));
      }
    }
  }

  const std::vector<std::pair<std::string, std::string_view>>& named_bytes_;
  const ReadOptions& options_;
  MissingTokens missing_;
  std::vector<std::unique_ptr<parquet::File>> files_;
  std::vector<ParquetPlan> plans_;
  Table table_;
};

} // namespace

bool is_parquet_file(const Source& source) {
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(source.path, ignored)) {
    return false;
  }
  std::array<char, 4> first{};
  os::InputFile file(source.path);
  return parquet::is_parquet({first.data(), file.read(first)});
}

Table read_parquet(const std::vector<std::pair<std::string, std::string_view>>& named_bytes,
                   const ReadOptions& options) {
  return ParquetTable(named_bytes, options).run();
}

void stream_parquet(std::string_view bytes, const std::string& name, const ReadOptions& options,
                    std::size_t rows_at_once, const std::function<bool(Table&&)>& take) {
  const auto file = parquet::open_file(bytes, name, options.threads);
  require_names(file->fields(), name);
  std::vector<ParquetPlan> plans;
  plans.reserve(file->fields().size());
  for (const parquet::Field& field : file->fields()) {
    const auto given = options.types.find(field.name);
    plans.push_back(
        {{field.name, given == options.types.end() ? ColumnType::text : given->second, TypeSource::given},
         field.kind});
  }
  const MissingTokens missing = missing_of(options.format);
  const auto hand_over = [&](ParquetColumns& gathered) {
    Table table;
    table.format.parquet = true;
    table.rows = gathered.rows();
    const std::vector<Settled> settled = gathered.settle();
    for (std::size_t i = 0; i < plans.size(); ++i) {
      table.columns.push_back(gathered.take_column(i));
      table.notes.insert(table.notes.end(), settled[i].notes.begin(), settled[i].notes.end());
    }
    return take(std::move(table));
  };
  std::size_t row = 0;
  file->read(all_of(file->fields()), std::max<std::size_t>(rows_at_once, 1),
             [&](const parquet::Batch& batch) {
               if (options.interrupt != nullptr) {
                 options.interrupt->check();
               }
               ParquetColumns gathered(plans, missing, options.threads);
               gathered.add(batch, name, row);
               row += batch.rows();
               return hand_over(gathered);
             });
  if (row == 0) {
    ParquetColumns none(plans, missing, options.threads);
    hand_over(none);
  }
}

} // namespace mlp::dataset
