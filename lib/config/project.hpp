#pragma once

#include "base/json.hpp"
#include "base/task.hpp"
#include "base/time.hpp"
#include "config/yaml.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mlp::config {

enum class Role { feature, id, time, group, weight, post_outcome, ignore, target };
[[nodiscard]] std::string_view name_of(Role role);

/// `data.format`: what the user fixed; the rest is detected.
struct FormatConfig {
  std::optional<char> delimiter;
  std::optional<bool> header;
  std::optional<std::vector<std::string>> missing;
  std::optional<std::string> encoding; ///< utf-8 | latin-1
  std::optional<char> decimal;         ///< . | , as numbers of CSV files have it
  std::optional<char> thousands;       ///< . | , | blank | ' between groups of three digits; not `decimal`
};

/// One entry of `data.columns`.
struct ColumnConfig {
  std::optional<std::string> type; ///< number | boolean | category | datetime | text
  std::optional<Role> role;
  bool is_protected = false;
  std::optional<double> min;
  std::optional<double> max;
  std::optional<double> max_missing; ///< share, 0–1
  std::optional<std::vector<std::string>> values;
  std::string unit;
  Position position;
};

enum class SplitBy { hash, time, group, file };
[[nodiscard]] std::string_view name_of(SplitBy by);

struct SplitConfig {
  SplitBy by = SplitBy::hash;
  std::vector<std::string> key; ///< hash, group: columns; empty = see architecture.md
  std::int64_t seed = 0;
  double test = 0.2;
  double valid = 0.2;                   ///< share of what test leaves
  std::string test_file;                ///< by file
  std::optional<UnixSeconds> test_from; ///< by time
  std::optional<UnixSeconds> valid_from;
  std::int64_t gap_seconds = 0;
};

struct DataConfig {
  std::vector<std::string> paths; ///< one file or folder, or several files as one table
  FormatConfig format;
  std::string target;
  std::optional<std::string> positive; ///< binary only
  std::map<std::string, ColumnConfig> columns;
  SplitConfig split;
};

/// A trainer that is a program of the user's, and the program that predicts with what it made. Both are run
/// by `sh -c` as they are written; the contract is `mlp help trainer`.
struct ExternalTrainer {
  std::string command;
  std::string predict;
  std::optional<std::int64_t> timeout_seconds; ///< of either; nothing: as long as it takes
};

struct ModelConfig {
  Task task = Task::binary;
  std::string trainer = "xgboost";         ///< or "external"
  std::optional<ExternalTrainer> external; ///< where the trainer is external
  std::int64_t rounds = 500;
  std::int64_t early_stopping = 30;   ///< 0 = off
  std::map<std::string, Json> params; ///< xgboost's own names
  bool balanced = false;              ///< class_weight: balanced
  Calibration calibrate = Calibration::none;
  std::int64_t seed = 0;
};

struct SliceConfig {
  std::vector<std::string> columns; ///< one, or a cross of several
  std::optional<int> bins;          ///< quantile bins of a number
};

struct DecisionConfig {
  double threshold = 0.5; ///< a positive is p ≥ threshold
  Json costs;             ///< {tp,tn,fp,fn}, each an amount or the name of a column; or null
  Json as_written;        ///< the whole mapping
};

/// How cases are decided today: a column of the data, or a file of predictions. Neither: nobody says.
struct CurrentRule {
  std::string column;              ///< of the target's classes; or of numbers, with a threshold
  std::string predictions;         ///< path of a predictions file, from the project's folder
  std::optional<double> threshold; ///< binary: a positive is a number ≥ this

  [[nodiscard]] bool is_given() const { return !column.empty() || !predictions.empty(); }
};

/// From how many rows on a group is judged, and a rate by its denominator.
struct FairnessConfig {
  std::int64_t min_n = 100;
  std::int64_t min_denominator = 30;
};

struct EvaluationConfig {
  std::vector<std::string> metrics; ///< the first is primary; never empty after loading
  DecisionConfig decision;
  CurrentRule current_rule;
  FairnessConfig fairness;
  std::vector<SliceConfig> slices;
  std::int64_t bootstrap = 2000;
  double confidence = 0.95;
  std::int64_t seed = 0; ///< of the bootstrap
  /// The column whose values get conformal rules of their own; empty = one rule for all rows.
  std::string conformal_by;
  /// Of a protected column: the share of each of its values in the population that the model is for.
  std::map<std::string, std::map<std::string, double>> reference_population;
};

struct LedgerConfig {
  std::string branch = "mlp-ledger";
  std::string remote = "origin";
};

/// mlp.yaml, complete: every default filled in.
struct Project {
  std::string name;
  Json product; ///< as written: gates ask for its members by dotted path ("product.owner.name")
  DataConfig data;
  ModelConfig model;
  EvaluationConfig evaluation;
  bool reject_invalid = false; ///< predict.on_invalid: reject
  LedgerConfig ledger;

  /// The sections as canonical JSON with every default filled in; their SHA-256 decides whether evidence is
  /// stale.
  Json data_section;
  Json evaluation_section;
  Json model_section;
  Json document; ///< all of mlp.yaml with overrides applied

  /// Where `dotted.key` (or its nearest written parent) stands in the file: for errors and hints.
  [[nodiscard]] Position position_of(std::string_view dotted_key) const;
  std::map<std::string, Position> positions;
};

/// One `--set KEY=VALUE`: "max_depth=8" is short for "model.params.max_depth=8" (and rounds, seed,
/// early_stopping for model.…); a key with a dot is taken as it is.
struct Override {
  std::string key;
  std::string value;
};

struct LoadedProject {
  Project project;
  std::vector<Finding> findings; ///< all at once; `project` is usable where none is an error
  [[nodiscard]] bool usable() const;
};

/// The metrics that exist, by task: names, and forms of names with a parameter (base/parameter_name.hpp);
/// where a task is absent, names are not judged.
using MetricsByTask = std::map<Task, std::vector<std::string>>;

/// Validates `text` completely: unknown keys (with the nearest one), wrong types, impossible combinations.
/// throws Error{input} only where the text is no YAML; Error{usage} for an override that names no key, or
/// whose value makes an error
[[nodiscard]] LoadedProject load_project(std::string_view text, const std::string& file,
                                         const std::vector<Override>& overrides = {},
                                         const MetricsByTask& metrics = {});

/// throws Error{input} with the first finding (and how many more) where it is not usable
[[nodiscard]] Project require_usable(LoadedProject loaded);

/// The sections of mlp.yaml: schema, name, product, data, …
[[nodiscard]] const std::vector<std::string>& section_names();
/// The keys of `product`: what a policy may require to be filled in.
[[nodiscard]] const std::vector<std::string>& product_keys();

/// Whether "product.owner" holds something: not absent, not empty, and in a map or list every member so.
[[nodiscard]] bool is_filled_in(const Project& project, std::string_view dotted_key);

} // namespace mlp::config
