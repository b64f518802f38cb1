#pragma once

#include "base/error.hpp"
#include "xgb/booster.hpp"

#include <xgboost/c_api.h>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace mlp::xgb {

/// The functions of XGBoost that mlp calls, typed by its own header and looked up once, at load time.
struct Library::Functions {
  std::string version;

  decltype(&::XGBoostVersion) read_version = nullptr;
  decltype(&::XGBGetLastError) last_error = nullptr;
  decltype(&::XGBSetGlobalConfig) set_global_config = nullptr;

  decltype(&::XGDMatrixCreateFromMat_omp) matrix_from_rows = nullptr;
  decltype(&::XGDMatrixCreateFromCSR) matrix_from_sparse_rows = nullptr;
  decltype(&::XGDMatrixFree) matrix_free = nullptr;
  decltype(&::XGDMatrixSetFloatInfo) matrix_set_floats = nullptr;
  decltype(&::XGDMatrixSetUIntInfo) matrix_set_counts = nullptr;
  decltype(&::XGDMatrixSetStrFeatureInfo) matrix_set_feature_texts = nullptr;
  decltype(&::XGDMatrixNumRow) matrix_rows = nullptr;

  decltype(&::XGBoosterCreate) booster_create = nullptr;
  decltype(&::XGBoosterFree) booster_free = nullptr;
  decltype(&::XGBoosterSetParam) booster_set_param = nullptr;
  decltype(&::XGBoosterUpdateOneIter) booster_update = nullptr;
  decltype(&::XGBoosterEvalOneIter) booster_evaluate = nullptr;
  decltype(&::XGBoosterPredictFromDMatrix) booster_predict = nullptr;
  decltype(&::XGBoosterPredictFromDense) booster_predict_rows = nullptr;
  decltype(&::XGBoosterSlice) booster_slice = nullptr;
  decltype(&::XGBoosterSetStrFeatureInfo) booster_set_feature_texts = nullptr;
  decltype(&::XGBoosterSaveModelToBuffer) booster_save = nullptr;
  decltype(&::XGBoosterLoadModelFromBuffer) booster_load = nullptr;
  decltype(&::XGBoosterBoostedRounds) booster_rounds = nullptr;
  decltype(&::XGBoosterSaveJsonConfig) booster_config = nullptr;
  decltype(&::XGBoosterGetNumFeature) booster_feature_count = nullptr;
  decltype(&::XGBoosterFeatureScore) booster_feature_score = nullptr;
  decltype(&::XGBoosterDumpModelExWithFeatures) booster_dump = nullptr;

  /// throws Error{code} "cannot <action>: <XGBoost's words>" unless `status` is 0
  void check(int status, std::string_view action, ErrorCode code = ErrorCode::input) const;
};

/// What XGBoost says, without the time, the source position and the stack trace around it.
[[nodiscard]] std::string plain_message(std::string_view raw);

/// The array interface (JSON) of borrowed memory. `type`: "<f4", "<u4", "<u8"; `columns` 0 = one dimension.
[[nodiscard]] std::string array_interface(const void* data, std::string_view type, std::size_t rows,
                                          std::size_t columns = 0);

struct MatrixDeleter {
  const Library::Functions* functions;
  void operator()(void* handle) const noexcept { static_cast<void>(functions->matrix_free(handle)); }
};

struct Matrix::Impl {
  Library library; ///< keeps the functions alive that free the handle
  std::unique_ptr<void, MatrixDeleter> handle;
};

} // namespace mlp::xgb
