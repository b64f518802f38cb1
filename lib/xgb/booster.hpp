#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mlp::xgb {

/// XGBoost, loaded at run time with dlopen and never unloaded. `OMP_WAIT_POLICY=passive` must be in the
/// environment before (apps/mlp sets it): see open().
class Library {
public:
  /// `path` empty: libxgboost.so.0. throws Error{environment} with the package to install, or for a version
  /// below 1.7
  static Library open(const std::filesystem::path& path = {});
  [[nodiscard]] std::string version() const; ///< "1.7.4"
  struct Functions;
  [[nodiscard]] const Functions& functions() const { return *functions_; }

private:
  std::shared_ptr<const Functions> functions_;
};

/// A feature column as the trainer sees it: float32, NaN = missing; categories as codes.
struct FeatureColumn {
  std::string name;
  bool categorical = false;
};

/// Column-major float32 [columns × rows] with labels and weights: one data matrix of XGBoost.
class Matrix {
public:
  /// values[c * rows + r]
  Matrix(const Library& library, std::span<const float> values, std::size_t rows,
         const std::vector<FeatureColumn>& columns, unsigned threads);
  ~Matrix();
  Matrix(Matrix&&) noexcept;
  void set_labels(std::span<const float> labels);
  void set_weights(std::span<const float> weights);
  [[nodiscard]] std::size_t rows() const;
  struct Impl;
  [[nodiscard]] const Impl& impl() const { return *impl_; }

private:
  std::unique_ptr<Impl> impl_;
};

class Booster {
public:
  /// `cached`: matrices whose margins are kept while training, so that predicting on them is free; they must
  /// outlive it.
  Booster(const Library& library, const std::vector<const Matrix*>& cached,
          const std::map<std::string, std::string>& params);
  /// A model from UBJ (or JSON) bytes.
  static Booster load(const Library& library, std::string_view bytes, unsigned threads);
  ~Booster();
  Booster(Booster&&) noexcept;

  void update(std::int64_t iteration, const Matrix& train);
  /// XGBoost's own metrics on named matrices: "valid-auc" → 0.9283.
  [[nodiscard]] std::map<std::string, double>
  evaluate(std::int64_t iteration, const std::vector<std::pair<std::string, const Matrix*>>& matrices) const;
  /// [rows × outputs] transformed predictions (probabilities), or margins.
  [[nodiscard]] std::vector<float> predict(const Matrix& matrix, bool margin = false) const;
  void keep_rounds(std::int64_t rounds); ///< slices to the first `rounds`
  void set_feature_names(const std::vector<FeatureColumn>& columns);
  [[nodiscard]] std::string save_ubj() const;
  [[nodiscard]] std::int64_t rounds() const;

private:
  struct Impl;
  explicit Booster(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

} // namespace mlp::xgb
