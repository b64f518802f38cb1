#include "xgb/functions.hpp"

#include <dlfcn.h>

#include <utility>

namespace mlp::xgb {
namespace {

constexpr const char* k_default_library = "libxgboost.so.0";
constexpr const char* k_install_hint =
    "install it: `sudo apt install libxgboost0`, or let MLP_XGBOOST_LIBRARY "
    "name the file";

template <typename Function> void resolve(void* handle, const char* name, Function& function) {
  void* const symbol = dlsym(handle, name);
  if (symbol == nullptr) {
    throw Error(ErrorCode::environment, "cannot use XGBoost: the library lacks the function '{}'", name)
        .hint("mlp needs XGBoost 1.7 or newer");
  }
  function = reinterpret_cast<Function>(symbol); // POSIX: what dlsym returns may be a function
}

void resolve_all(void* handle, Library::Functions& functions) {
  resolve(handle, "XGBoostVersion", functions.read_version);
  resolve(handle, "XGBGetLastError", functions.last_error);
  resolve(handle, "XGBSetGlobalConfig", functions.set_global_config);
  resolve(handle, "XGDMatrixCreateFromMat_omp", functions.matrix_from_rows);
  resolve(handle, "XGDMatrixCreateFromCSR", functions.matrix_from_sparse_rows);
  resolve(handle, "XGDMatrixFree", functions.matrix_free);
  resolve(handle, "XGDMatrixSetFloatInfo", functions.matrix_set_floats);
  resolve(handle, "XGDMatrixSetUIntInfo", functions.matrix_set_counts);
  resolve(handle, "XGDMatrixSetStrFeatureInfo", functions.matrix_set_feature_texts);
  resolve(handle, "XGDMatrixNumRow", functions.matrix_rows);
  resolve(handle, "XGBoosterCreate", functions.booster_create);
  resolve(handle, "XGBoosterFree", functions.booster_free);
  resolve(handle, "XGBoosterSetParam", functions.booster_set_param);
  resolve(handle, "XGBoosterUpdateOneIter", functions.booster_update);
  resolve(handle, "XGBoosterEvalOneIter", functions.booster_evaluate);
  resolve(handle, "XGBoosterPredictFromDMatrix", functions.booster_predict);
  resolve(handle, "XGBoosterPredictFromDense", functions.booster_predict_rows);
  resolve(handle, "XGBoosterSlice", functions.booster_slice);
  resolve(handle, "XGBoosterSetStrFeatureInfo", functions.booster_set_feature_texts);
  resolve(handle, "XGBoosterSaveModelToBuffer", functions.booster_save);
  resolve(handle, "XGBoosterLoadModelFromBuffer", functions.booster_load);
  resolve(handle, "XGBoosterBoostedRounds", functions.booster_rounds);
  resolve(handle, "XGBoosterSaveJsonConfig", functions.booster_config);
  resolve(handle, "XGBoosterGetNumFeature", functions.booster_feature_count);
  resolve(handle, "XGBoosterFeatureScore", functions.booster_feature_score);
  resolve(handle, "XGBoosterDumpModelExWithFeatures", functions.booster_dump);
}

void require_version(Library::Functions& functions) {
  int major = 0;
  int minor = 0;
  int patch = 0;
  functions.read_version(&major, &minor, &patch);
  functions.version = fmt::format("{}.{}.{}", major, minor, patch);
  if (std::pair(major, minor) < std::pair(1, 7)) {
    throw Error(ErrorCode::environment, "cannot use XGBoost {}: mlp needs 1.7 or newer", functions.version)
        .hint(k_install_hint);
  }
}

} // namespace

Library Library::open(const std::filesystem::path& path) {
  const std::string name = path.empty() ? k_default_library : path.string();
  void* const handle = dlopen(name.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
  if (handle == nullptr) {
    const char* const reason = dlerror();
    throw Error(ErrorCode::environment, "cannot load XGBoost: {}", reason != nullptr ? reason : name)
        .hint(k_install_hint);
  }
  auto functions = std::make_shared<Functions>();
  resolve_all(handle, *functions);
  require_version(*functions);
  Library library;
  library.functions_ = std::move(functions);
  return library;
}

std::string Library::version() const { return functions_->version; }

void Library::Functions::check(int status, std::string_view action, ErrorCode code) const {
  if (status == 0) {
    return;
  }
  const char* const raw = last_error();
  throw Error(code, "cannot {}: {}", action, raw != nullptr ? plain_message(raw) : "XGBoost gives no reason");
}

// Raw: "[05:40:01] ./src/objective/regression_obj.cu:119: Check failed: x > 0: label must be …\nStack
// trace:\n…"
std::string plain_message(std::string_view raw) {
  std::string_view text = raw.substr(0, raw.find("\nStack trace"));
  if (text.starts_with('[')) {
    const auto time_end = text.find("] ");
    const auto place_end = time_end == std::string_view::npos ? time_end : text.find(": ", time_end);
    if (place_end != std::string_view::npos) {
      text.remove_prefix(place_end + 2);
    }
  }
  constexpr std::string_view k_check = "Check failed: ";
  if (text.starts_with(k_check)) {
    const auto words = text.find(": ", k_check.size());
    text.remove_prefix(words == std::string_view::npos ? 0 : words + 2);
  }
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ' || text.back() == '.')) {
    text.remove_suffix(1);
  }
  return text.empty() ? "XGBoost gives no reason" : std::string(text);
}

std::string array_interface(const void* data, std::string_view type, std::size_t rows, std::size_t columns) {
  const std::string shape = columns == 0 ? fmt::format("[{}]", rows) : fmt::format("[{},{}]", rows, columns);
  return fmt::format(R"({{"data":[{},true],"shape":{},"typestr":"{}","version":3}})",
                     reinterpret_cast<std::uintptr_t>(data), shape, type);
}

} // namespace mlp::xgb
