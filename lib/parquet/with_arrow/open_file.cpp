#include "base/error.hpp"
#include "parquet/parquet.hpp"
#include "parquet/with_arrow/values.hpp"

#include <arrow/array.h>
#include <arrow/io/memory.h>
#include <arrow/record_batch.h>
#include <arrow/result.h>
#include <arrow/type.h>
#include <parquet/arrow/reader.h>
#include <parquet/exception.h>

#include <algorithm>
#include <utility>

namespace mlp::parquet {
namespace {

[[noreturn]] void fail_damaged(const std::string& name, const std::string& reason) {
  throw Error(ErrorCode::input, "cannot read the Parquet file '{}': {}", name, reason)
      .hint("fetch or write the file again");
}

void require(const ::arrow::Status& status, const std::string& name) {
  if (!status.ok()) {
    fail_damaged(name, status.message());
  }
}
template <typename T> T value_of(::arrow::Result<T> result, const std::string& name) {
  require(result.status(), name);
  return std::move(result).ValueUnsafe();
}

/// Calls into Arrow, whose Parquet part also throws.
template <typename Call> auto guarded(const std::string& name, const Call& call) {
  try {
    return call();
  } catch (const ::parquet::ParquetException& error) {
    fail_damaged(name, error.what());
  }
}

class ArrowBatch final : public Batch {
public:
  explicit ArrowBatch(std::shared_ptr<::arrow::RecordBatch> batch) : batch_(std::move(batch)) {}
  [[nodiscard]] std::size_t rows() const override { return static_cast<std::size_t>(batch_->num_rows()); }
  [[nodiscard]] std::optional<std::size_t> read_numbers(std::size_t column, double* out) const override {
    return parquet::read_numbers(*batch_->column(static_cast<int>(column)), out);
  }
  void read_texts(std::size_t column,
                  const std::function<void(std::optional<std::string_view>)>& take) const override {
    parquet::read_texts(*batch_->column(static_cast<int>(column)), take);
  }

private:
  std::shared_ptr<::arrow::RecordBatch> batch_;
};

class ArrowFile final : public File {
public:
  ArrowFile(std::string_view bytes, std::string name, unsigned threads) : name_(std::move(name)) {
    guarded(name_, [&] {
      ::parquet::arrow::FileReaderBuilder builder;
      const auto buffer = std::make_shared<::arrow::Buffer>(bytes);
      require(builder.Open(std::make_shared<::arrow::io::BufferReader>(buffer)), name_);
      ::parquet::ArrowReaderProperties properties(threads > 1);
      properties.set_pre_buffer(false); // the bytes are in memory
      builder.properties(properties);
      reader_ = value_of(builder.Build(), name_);
      read_fields();
    });
  }

  [[nodiscard]] const std::vector<Field>& fields() const override { return fields_; }

  void read(const std::vector<std::size_t>& columns, std::size_t most_rows,
            const std::function<bool(const Batch&)>& take) override {
    guarded(name_, [&] {
      std::vector<int> indices(columns.begin(), columns.end()); // no column is nested: leaves are fields
      std::vector<int> groups;
      for (int group = 0; group < reader_->num_row_groups(); ++group) {
        groups.push_back(group);
      }
      reader_->set_batch_size(static_cast<std::int64_t>(most_rows));
      const auto batches = value_of(reader_->GetRecordBatchReader(groups, indices), name_);
      for (;;) {
        std::shared_ptr<::arrow::RecordBatch> batch;
        require(batches->ReadNext(&batch), name_);
        if (batch == nullptr) {
          return;
        }
        validate(*batch);
        if (!take(ArrowBatch(std::move(batch)))) {
          return;
        }
      }
    });
  }

private:
  /// Sizes and offsets, and whether each row of a dictionary's column names one of its values.
  void validate(const ::arrow::RecordBatch& batch) const {
    require(batch.Validate(), name_);
    for (const auto& column : batch.columns()) {
      if (column->type_id() == ::arrow::Type::DICTIONARY) {
        require(column->ValidateFull(), name_);
      }
    }
  }

  void read_fields() {
    std::shared_ptr<::arrow::Schema> schema;
    require(reader_->GetSchema(&schema), name_);
    for (const auto& field : schema->fields()) {
      const auto kind = kind_of(*field->type());
      if (!kind) {
        throw Error(ErrorCode::input,
                    "'{}': column '{}' has the type {}, which no column of a table can have", name_,
                    field->name(), field->type()->ToString())
            .hint("write the file without that column, or its parts as columns of their own");
      }
      fields_.push_back({field->name(), *kind});
    }
  }

  std::string name_;
  std::unique_ptr<::parquet::arrow::FileReader> reader_;
  std::vector<Field> fields_;
};

} // namespace

bool is_built_in() { return true; }

std::unique_ptr<File> open_file(std::string_view bytes, const std::string& name, unsigned threads) {
  return std::make_unique<ArrowFile>(bytes, name, threads);
}

} // namespace mlp::parquet
