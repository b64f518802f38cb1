#include "model/cross_fit.hpp"

#include "base/error.hpp"
#include "base/random.hpp"
#include "model/boosting.hpp"
#include "model/encoding.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <string>

namespace mlp::model {
namespace {

constexpr std::size_t k_folds = 5;
constexpr std::uint64_t k_stream = 0x666f6c64; ///< of the random numbers that make the folds
constexpr int k_rounds = 40;
constexpr double k_features_a_tree = 2000; // the time grows with them: 10,000 took three minutes

std::map<std::string, std::string> small_trees(std::size_t classes, std::size_t features, unsigned threads) {
  return {{"objective", "multi:softprob"},
          {"num_class", std::to_string(classes)},
          {"tree_method", "hist"},
          {"max_depth", "3"},
          {"eta", "0.3"},
          {"min_child_weight", "5"},
          {"colsample_bytree",
           fmt::format("{}", std::min(1.0, k_features_a_tree / static_cast<double>(features)))},
          {"max_bin", "32"},
          {"nthread", std::to_string(threads)},
          {"seed", "0"}};
}

/// The rows of the matrix (row-major, `width` values each) at `positions`.
std::vector<float> gather(const std::vector<float>& values, std::size_t width,
                          const std::vector<std::size_t>& positions) {
  std::vector<float> part;
  part.reserve(positions.size() * width);
  for (const std::size_t position : positions) {
    const auto first = values.begin() + static_cast<std::ptrdiff_t>(position * width);
    part.insert(part.end(), first, first + static_cast<std::ptrdiff_t>(width));
  }
  return part;
}

} // namespace

std::vector<double> out_of_fold_probabilities(const dataset::Table& table,
                                              const std::vector<std::uint32_t>& rows,
                                              const std::vector<std::size_t>& classes, std::size_t count,
                                              const dataset::Roles& roles, const config::Project& project,
                                              const xgb::Library& library, unsigned threads,
                                              Progress* progress, const Interrupt* interrupt) {
  if (roles.features.empty()) {
    throw Error(ErrorCode::input, "there is no feature to predict from")
        .hint("give at least one column the role feature in mlp.yaml");
  }
  const auto features = learn_features(table, rows, roles, project, threads);
  const auto columns = feature_columns(features);
  const auto values = Encoder(features, table).encode(rows, threads);
  std::vector<double> probabilities(rows.size() * count);
  for (std::size_t fold = 0; fold < k_folds; ++fold) {
    std::array<std::vector<std::size_t>, 2> parts; // learnt from, predicted
    for (std::size_t i = 0; i < rows.size(); ++i) {
      parts.at(random_below(k_folds, 0, k_stream, rows[i]) == fold ? 1 : 0).push_back(i);
    }
    if (parts[1].empty() || parts[0].empty()) {
      continue;
    }
    xgb::Matrix learnt(library, gather(values, columns.size(), parts[0]), parts[0].size(), columns, threads);
    std::vector<float> labels;
    for (const std::size_t i : parts[0]) {
      labels.push_back(static_cast<float>(classes[i]));
    }
    learnt.set_labels(labels);
    xgb::Booster booster(library, {&learnt}, small_trees(count, columns.size(), threads));
    for (int round = 0; round < k_rounds; ++round) {
      if (interrupt != nullptr) {
        interrupt->check();
      }
      if (progress != nullptr) {
        progress->show("cross-fitting", fold * k_rounds + static_cast<std::size_t>(round), k_folds * k_rounds,
                       "rounds", "");
      }
      booster.update(round, learnt);
    }
    const xgb::Matrix held_out(library, gather(values, columns.size(), parts[1]), parts[1].size(), columns,
                               threads);
    const auto scores = scores_of(Task::multiclass, count, booster.predict(held_out));
    for (std::size_t i = 0; i < parts[1].size(); ++i) {
      std::copy_n(scores.begin() + static_cast<std::ptrdiff_t>(i * count), count,
                  probabilities.begin() + static_cast<std::ptrdiff_t>(parts[1][i] * count));
    }
  }
  if (progress != nullptr) {
    progress->finish();
  }
  return probabilities;
}

} // namespace mlp::model
