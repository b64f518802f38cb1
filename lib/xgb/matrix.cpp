#include "xgb/functions.hpp"

#include <limits>
#include <utility>

namespace mlp::xgb {
namespace {

constexpr float k_missing = std::numeric_limits<float>::quiet_NaN();

// XGBoost keeps this setting per thread, so it is made wherever a thread first comes in.
void silence(const Library& library) {
  library.functions().check(library.functions().set_global_config(R"({"verbosity":0})"), "configure XGBoost",
                            ErrorCode::internal);
}

std::unique_ptr<Matrix::Impl> owned(const Library& library, DMatrixHandle handle) {
  return std::make_unique<Matrix::Impl>(
      Matrix::Impl{library, std::unique_ptr<void, MatrixDeleter>(handle, {&library.functions()})});
}

} // namespace

Matrix::Matrix(const Library& library, std::span<const float> values, std::size_t rows,
               const std::vector<FeatureColumn>& columns, unsigned threads) {
  if (values.size() != rows * columns.size()) {
    throw Error(ErrorCode::internal, "cannot make a matrix of {} × {} from {} values", rows, columns.size(),
                values.size());
  }
  silence(library);
  const auto& xgboost = library.functions();
  DMatrixHandle handle = nullptr;
  xgboost.check(xgboost.matrix_from_rows(values.data(), rows, columns.size(), k_missing, &handle,
                                         static_cast<int>(threads)),
                "hand the rows to XGBoost");
  impl_ = owned(library, handle);
  std::vector<const char*> types;
  types.reserve(columns.size());
  for (const auto& column : columns) {
    types.push_back(column.categorical ? "c" : "q");
  }
  xgboost.check(xgboost.matrix_set_feature_texts(handle, "feature_type", types.data(), types.size()),
                "tell XGBoost the feature types", ErrorCode::internal);
}

Matrix::Matrix(const Library& library, const SparseRows& rows, unsigned threads) {
  silence(library);
  const auto& xgboost = library.functions();
  const std::string starts = array_interface(rows.starts.data(), "<u8", rows.starts.size());
  const std::string columns = array_interface(rows.columns.data(), "<u4", rows.columns.size());
  const std::string values = array_interface(rows.values.data(), "<f4", rows.values.size());
  const std::string config = fmt::format(R"({{"missing":NaN,"nthread":{}}})", threads);
  DMatrixHandle handle = nullptr;
  xgboost.check(xgboost.matrix_from_sparse_rows(starts.c_str(), columns.c_str(), values.c_str(),
                                                rows.column_count, config.c_str(), &handle),
                "hand the rows to XGBoost");
  impl_ = owned(library, handle);
}

Matrix::~Matrix() = default;
Matrix::Matrix(Matrix&&) noexcept = default;

void Matrix::set_labels(std::span<const float> labels) {
  const auto& xgboost = impl_->library.functions();
  xgboost.check(xgboost.matrix_set_floats(impl_->handle.get(), "label", labels.data(), labels.size()),
                "hand the labels to XGBoost");
}

void Matrix::set_weights(std::span<const float> weights) {
  const auto& xgboost = impl_->library.functions();
  xgboost.check(xgboost.matrix_set_floats(impl_->handle.get(), "weight", weights.data(), weights.size()),
                "hand the weights to XGBoost");
}

void Matrix::set_groups(std::span<const std::uint32_t> sizes) {
  const auto& xgboost = impl_->library.functions();
  xgboost.check(xgboost.matrix_set_counts(impl_->handle.get(), "group", sizes.data(), sizes.size()),
                "hand the queries to XGBoost");
}

std::size_t Matrix::rows() const {
  const auto& xgboost = impl_->library.functions();
  bst_ulong rows = 0;
  xgboost.check(xgboost.matrix_rows(impl_->handle.get(), &rows), "count the rows", ErrorCode::internal);
  return rows;
}

} // namespace mlp::xgb
