#include "base/json.hpp"
#include "xgb/functions.hpp"

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <numeric>
#include <utility>

namespace mlp::xgb {
namespace {

struct BoosterDeleter {
  const Library::Functions* functions;
  void operator()(void* handle) const noexcept { static_cast<void>(functions->booster_free(handle)); }
};

constexpr const char* k_transformed =
    R"({"type":0,"training":false,"iteration_begin":0,"iteration_end":0,"strict_shape":false})";
constexpr const char* k_margin =
    R"({"type":1,"training":false,"iteration_begin":0,"iteration_end":0,"strict_shape":false})";
constexpr const char* k_contributions =
    R"({"type":2,"training":false,"iteration_begin":0,"iteration_end":0,"strict_shape":false})";
constexpr const char* k_transformed_rows =
    R"({"type":0,"training":false,"iteration_begin":0,"iteration_end":0,"strict_shape":false,"missing":NaN,"cache_id":0})";

std::vector<float> copied(const bst_ulong* shape, bst_ulong dimensions, const float* values) {
  const auto size =
      std::accumulate(shape, shape + dimensions, std::size_t{1}, std::multiplies<std::size_t>());
  return {values, values + size};
}

/// Features by index: names as they stand in a model may be absent, doubled or break the JSON of a dump.
std::vector<std::string> index_names(std::size_t features) {
  std::vector<std::string> names;
  names.reserve(features);
  for (std::size_t i = 0; i < features; ++i) {
    names.push_back(std::to_string(i));
  }
  return names;
}

/// Adds the cuts of a tree of a dump, "{"split":"3","split_condition":0.5,"children":[…]}".
void add_cuts(const Json& node, std::vector<std::vector<float>>& cuts) {
  if (!node.has("split")) {
    return; // a leaf
  }
  const Json& cut = node["split_condition"];
  if (cut.is_number()) {
    cuts.at(std::stoul(node["split"].as_string())).push_back(static_cast<float>(cut.as_number()));
  }
  for (const Json& child : node["children"].as_array()) {
    add_cuts(child, cuts);
  }
}

// "[3]\ttrain-logloss:0.25\tvalid-logloss:0.31"
std::map<std::string, double> parse_evaluation(std::string_view line) {
  std::map<std::string, double> values;
  for (auto tab = line.find('\t'); tab != std::string_view::npos; tab = line.find('\t')) {
    line.remove_prefix(tab + 1);
    const std::string_view item = line.substr(0, line.find('\t'));
    const auto colon = item.rfind(':');
    if (colon != std::string_view::npos) {
      values.emplace(item.substr(0, colon),
                     std::strtod(std::string(item.substr(colon + 1)).c_str(), nullptr));
    }
  }
  return values;
}

} // namespace

struct Booster::Impl {
  Library library;
  std::unique_ptr<void, BoosterDeleter> handle;

  [[nodiscard]] const Library::Functions& xgboost() const { return library.functions(); }

  static std::unique_ptr<Impl> create(const Library& library, const std::vector<DMatrixHandle>& cached) {
    const auto& xgboost = library.functions();
    BoosterHandle handle = nullptr;
    xgboost.check(xgboost.booster_create(cached.data(), cached.size(), &handle), "start a booster",
                  ErrorCode::internal);
    auto impl = std::make_unique<Impl>(Impl{library, {handle, {&xgboost}}});
    impl->set("verbosity", "0");
    return impl;
  }

  void set(const std::string& name, const std::string& value) {
    xgboost().check(xgboost().booster_set_param(handle.get(), name.c_str(), value.c_str()),
                    fmt::format("set '{}' to '{}'", name, value));
  }
};

Booster::Booster(const Library& library, const std::vector<const Matrix*>& cached,
                 const std::map<std::string, std::string>& params) {
  std::vector<DMatrixHandle> handles;
  handles.reserve(cached.size());
  for (const Matrix* matrix : cached) {
    handles.push_back(matrix->impl().handle.get());
  }
  impl_ = Impl::create(library, handles);
  for (const auto& [name, value] : params) {
    impl_->set(name, value);
  }
}

Booster::Booster(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Booster::~Booster() = default;
Booster::Booster(Booster&&) noexcept = default;
Booster& Booster::operator=(Booster&&) noexcept = default;

Booster Booster::load(const Library& library, std::string_view bytes, unsigned threads) {
  auto impl = Impl::create(library, {});
  const auto& xgboost = library.functions();
  xgboost.check(xgboost.booster_load(impl->handle.get(), bytes.data(), bytes.size()), "load the model",
                ErrorCode::corrupt);
  impl->set("nthread", std::to_string(threads));
  return Booster(std::move(impl));
}

void Booster::update(std::int64_t iteration, const Matrix& train) {
  impl_->xgboost().check(impl_->xgboost().booster_update(impl_->handle.get(), static_cast<int>(iteration),
                                                         train.impl().handle.get()),
                         "train");
}

std::map<std::string, double>
Booster::evaluate(std::int64_t iteration,
                  const std::vector<std::pair<std::string, const Matrix*>>& matrices) const {
  std::vector<DMatrixHandle> handles;
  std::vector<const char*> names;
  for (const auto& [name, matrix] : matrices) {
    handles.push_back(matrix->impl().handle.get());
    names.push_back(name.c_str());
  }
  const char* line = nullptr;
  impl_->xgboost().check(impl_->xgboost().booster_evaluate(impl_->handle.get(), static_cast<int>(iteration),
                                                           handles.data(), names.data(), handles.size(),
                                                           &line),
                         "evaluate the model");
  return parse_evaluation(line);
}

std::vector<float> Booster::predict(const Matrix& matrix, Output output) const {
  const bst_ulong* shape = nullptr;
  bst_ulong dimensions = 0;
  const float* values = nullptr;
  impl_->xgboost().check(impl_->xgboost().booster_predict(impl_->handle.get(), matrix.impl().handle.get(),
                                                          output == Output::margin ? k_margin : k_transformed,
                                                          &shape, &dimensions, &values),
                         "predict");
  return copied(shape, dimensions, values);
}

std::vector<float> Booster::predict_rows(std::span<const float> values, std::size_t rows) const {
  if (rows == 0) {
    return {};
  }
  const std::string rows_interface = array_interface(values.data(), "<f4", rows, values.size() / rows);
  const bst_ulong* shape = nullptr;
  bst_ulong dimensions = 0;
  const float* predicted = nullptr;
  impl_->xgboost().check(impl_->xgboost().booster_predict_rows(impl_->handle.get(), rows_interface.c_str(),
                                                               k_transformed_rows, nullptr, &shape,
                                                               &dimensions, &predicted),
                         "predict");
  return copied(shape, dimensions, predicted);
}

std::vector<float> Booster::contributions(const Matrix& matrix) const {
  const bst_ulong* shape = nullptr;
  bst_ulong dimensions = 0;
  const float* values = nullptr;
  impl_->xgboost().check(impl_->xgboost().booster_predict(impl_->handle.get(), matrix.impl().handle.get(),
                                                          k_contributions, &shape, &dimensions, &values),
                         "explain the rows");
  return copied(shape, dimensions, values);
}

std::vector<FeatureUse> Booster::feature_use() const {
  std::vector<FeatureUse> use(feature_count());
  const Json names(index_names(use.size()));
  const auto read = [&](const char* type, const std::function<void(FeatureUse&, double)>& take) {
    const std::string config = Json::object({{"importance_type", type}, {"feature_names", names}}).dump();
    bst_ulong count = 0;
    const char** features = nullptr;
    bst_ulong dimensions = 0;
    const bst_ulong* shape = nullptr;
    const float* scores = nullptr;
    impl_->xgboost().check(impl_->xgboost().booster_feature_score(impl_->handle.get(), config.c_str(), &count,
                                                                  &features, &dimensions, &shape, &scores),
                           "read the use of features", ErrorCode::internal);
    for (std::size_t i = 0; i < count; ++i) {
      take(use.at(std::stoul(features[i])), static_cast<double>(scores[i]));
    }
  };
  read("weight", [](FeatureUse& of, double value) { of.splits = static_cast<std::int64_t>(value); });
  read("gain", [](FeatureUse& of, double value) { of.gain = value; });
  read("cover", [](FeatureUse& of, double value) { of.cover = value; });
  return use;
}

std::vector<std::vector<float>> Booster::split_points(const std::vector<FeatureColumn>& columns) const {
  const std::vector<std::string> texts = index_names(columns.size());
  std::vector<const char*> names;
  std::vector<const char*> types;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    names.push_back(texts[i].c_str());
    types.push_back(columns[i].categorical ? "c" : "q");
  }
  bst_ulong trees = 0;
  const char** dumps = nullptr;
  impl_->xgboost().check(impl_->xgboost().booster_dump(impl_->handle.get(), static_cast<int>(columns.size()),
                                                       names.data(), types.data(), 0, "json", &trees, &dumps),
                         "read the trees", ErrorCode::internal);
  std::vector<std::vector<float>> cuts(columns.size());
  for (std::size_t tree = 0; tree < trees; ++tree) {
    add_cuts(Json::parse(dumps[tree], "XGBoost's dump of a tree"), cuts);
  }
  for (std::vector<float>& of_feature : cuts) {
    std::sort(of_feature.begin(), of_feature.end());
    of_feature.erase(std::unique(of_feature.begin(), of_feature.end()), of_feature.end());
  }
  return cuts;
}

void Booster::keep_rounds(std::int64_t rounds) {
  BoosterHandle sliced = nullptr;
  impl_->xgboost().check(
      impl_->xgboost().booster_slice(impl_->handle.get(), 0, static_cast<int>(rounds), 1, &sliced),
      "keep the best rounds", ErrorCode::internal);
  impl_->handle.reset(sliced);
}

void Booster::set_feature_names(const std::vector<FeatureColumn>& columns) {
  std::vector<const char*> names;
  std::vector<const char*> types;
  for (const auto& column : columns) {
    names.push_back(column.name.c_str());
    types.push_back(column.categorical ? "c" : "q");
  }
  const auto& xgboost = impl_->xgboost();
  xgboost.check(
      xgboost.booster_set_feature_texts(impl_->handle.get(), "feature_name", names.data(), names.size()),
      "name the features", ErrorCode::internal);
  xgboost.check(
      xgboost.booster_set_feature_texts(impl_->handle.get(), "feature_type", types.data(), types.size()),
      "name the feature types", ErrorCode::internal);
}

std::string Booster::save_ubj() const {
  bst_ulong size = 0;
  const char* bytes = nullptr;
  impl_->xgboost().check(
      impl_->xgboost().booster_save(impl_->handle.get(), R"({"format":"ubj"})", &size, &bytes),
      "save the model", ErrorCode::internal);
  return {bytes, size};
}

std::int64_t Booster::rounds() const {
  int rounds = 0;
  impl_->xgboost().check(impl_->xgboost().booster_rounds(impl_->handle.get(), &rounds), "count the rounds",
                         ErrorCode::internal);
  return rounds;
}

std::string Booster::kind() const {
  bst_ulong size = 0;
  const char* config = nullptr;
  impl_->xgboost().check(impl_->xgboost().booster_config(impl_->handle.get(), &size, &config),
                         "read the model's configuration", ErrorCode::internal);
  const Json document = Json::parse({config, size}, "XGBoost's configuration");
  return document["learner"]["gradient_booster"]["name"].as_string();
}

std::size_t Booster::feature_count() const {
  bst_ulong count = 0;
  impl_->xgboost().check(impl_->xgboost().booster_feature_count(impl_->handle.get(), &count),
                         "count the features", ErrorCode::internal);
  return count;
}

} // namespace mlp::xgb
