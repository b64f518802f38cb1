#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mlp::xgb {

/// XGBoost, loaded at run time with dlopen and never unloaded (its OpenMP threads outlive any handle).
/// `OMP_WAIT_POLICY=passive` must be in the environment before (apps/mlp sets it): libgomp reads it while it
/// is loaded, and would otherwise spin so that two trainings on the same cores are six times slower.
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

/// Rows of which most values are absent (compressed sparse rows).
struct SparseRows {
  std::vector<std::uint64_t> starts;  ///< [rows + 1] into the two below
  std::vector<std::uint32_t> columns; ///< ascending within a row
  std::vector<float> values;
  std::size_t column_count = 0;
};

/// One data matrix of XGBoost with labels and weights. It keeps no reference to what it was made from.
class Matrix {
public:
  /// Row-major: values[row * columns.size() + column], NaN = missing. throws Error{input} for infinite values
  Matrix(const Library& library, std::span<const float> values, std::size_t rows,
         const std::vector<FeatureColumn>& columns, unsigned threads);
  Matrix(const Library& library, const SparseRows& rows, unsigned threads);
  ~Matrix();
  Matrix(Matrix&&) noexcept;
  void set_labels(std::span<const float> labels);
  /// One weight a row; where there are groups, one a group.
  void set_weights(std::span<const float> weights);
  /// How many rows each query has: the first `sizes[0]` rows are of the first one, and so on.
  void set_groups(std::span<const std::uint32_t> sizes);
  [[nodiscard]] std::size_t rows() const;
  struct Impl;
  [[nodiscard]] const Impl& impl() const { return *impl_; }

private:
  std::unique_ptr<Impl> impl_;
};

/// How much one feature is used by the trees of a booster.
struct FeatureUse {
  std::int64_t splits = 0; ///< that ask for it; 0 = never used
  double gain = 0.0;       ///< mean fall of the loss by such a split, in the objective's own unit
  double cover = 0.0;      ///< mean Σ of second derivatives of the rows that reach such a split
};

class Booster {
public:
  /// `cached`: matrices whose margins are kept while training, so that predicting on them is free; they must
  /// outlive it. `params` are XGBoost's own; a bad value is reported by the first update().
  Booster(const Library& library, const std::vector<const Matrix*>& cached,
          const std::map<std::string, std::string>& params);
  /// A model from UBJ (or JSON) bytes. throws Error{corrupt}
  static Booster load(const Library& library, std::string_view bytes, unsigned threads);
  ~Booster();
  Booster(Booster&&) noexcept;
  Booster& operator=(Booster&&) noexcept;

  /// One boosting round. throws Error{input} with XGBoost's own words
  void update(std::int64_t iteration, const Matrix& train);
  /// XGBoost's own metrics on named matrices: "valid-auc" → 0.9283.
  [[nodiscard]] std::map<std::string, double>
  evaluate(std::int64_t iteration, const std::vector<std::pair<std::string, const Matrix*>>& matrices) const;
  /// [rows × outputs] transformed predictions (probabilities), or margins.
  enum class Output { transformed, margin };
  [[nodiscard]] std::vector<float> predict(const Matrix& matrix, Output output = Output::transformed) const;
  /// The same straight from row-major values, without making a matrix: for trees (kind() "gbtree") only.
  [[nodiscard]] std::vector<float> predict_rows(std::span<const float> values, std::size_t rows) const;
  /// Slices to the first `rounds`: for kind() "gbtree" only.
  void keep_rounds(std::int64_t rounds);
  void set_feature_names(const std::vector<FeatureColumn>& columns);
  [[nodiscard]] std::string save_ubj() const;
  [[nodiscard]] std::int64_t rounds() const;
  [[nodiscard]] std::string kind() const; ///< gbtree, dart or gblinear
  [[nodiscard]] std::size_t feature_count() const;

  /// SHAP values: [rows × (features + 1)], of several outputs [rows × outputs × (features + 1)]; the last
  /// number is the base value, and each line adds up to the margin. Source: Lundberg et al. 2020 (TreeSHAP,
  /// path-dependent); of a linear booster weight · value.
  [[nodiscard]] std::vector<float> contributions(const Matrix& matrix) const;
  /// [features] in column order, whatever their names: for trees only (kind() is not "gblinear").
  [[nodiscard]] std::vector<FeatureUse> feature_use() const;
  /// [features] the numbers at which trees cut each feature, ascending and distinct: a row goes one way
  /// below, the other from there on. Empty for a category, which is cut by sets. For trees only.
  [[nodiscard]] std::vector<std::vector<float>> split_points(const std::vector<FeatureColumn>& columns) const;

private:
  struct Impl;
  explicit Booster(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

} // namespace mlp::xgb
