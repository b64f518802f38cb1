#pragma once

#include <fmt/format.h>

#include <string>

/// A small project whose models train in milliseconds and pass its policy.
namespace mlp::test {

inline constexpr const char* k_customers_header = "id,tenure,charge,contract,region,churn\n";

/// Customers from the id `first` on, no two alike. Short tenures without a two-year contract leave, with
/// every tenth answer turned round.
inline std::string customer_rows(int rows, int first = 1) {
  std::string text;
  for (int id = first; id < first + rows; ++id) {
    const int tenure = id * 37 % 72;
    const int contract = id * 7 % 3;
    const bool leaves = (tenure < 30 && contract < 2) != (id * 13 % 10 == 0);
    text += fmt::format("{},{},{},{},{},{}\n", id, tenure, 20 + id * 7919 % 10007 / 100.0,
                        contract == 0   ? "month"
                        : contract == 1 ? "year"
                                        : "two",
                        id % 4 == 0 ? "north" : "south", leaves ? "Yes" : "No");
  }
  return text;
}
inline std::string customers(int rows, int first = 1) {
  return k_customers_header + customer_rows(rows, first);
}

inline std::string project_yaml() {
  return R"(schema: mlp.project/1
name: churn
product:
  question: Who will leave?
  decision: Call them.
  owner: {name: Ana Ruiz, email: ana@example.org}
data:
  path: data/churn.csv
  target: churn
  positive: "Yes"
  columns:
    id: {role: id}
    region: {protected: true}
  split: {by: hash, seed: 0, test: 0.3, valid: 0.2}
model:
  task: binary
  rounds: 8
  early_stopping: 0
  params: {eta: 0.3, max_depth: 3}
  seed: 7
evaluation:
  metrics: [roc_auc, log_loss, recall]
  decision: {threshold: 0.5}
  bootstrap: 100
)";
}

inline std::string policy_yaml() {
  return R"(schema: mlp.policy/1
defaults: {alpha: 0.05, min_n: 20, min_denominator: 5, on_inconclusive: warn, on_missing: deny}
stages:
  staging:
    gates: [quality]
  production:
    from: staging
    gates: [quality, no_regression, charter]
gates:
  quality:
    - {metric: roc_auc, min: 0.6}
    - {check: data_errors, max: 0}
  no_regression:
    baseline: stage
    first_model: warn
    metrics:
      - {metric: roc_auc, mode: guard, margin: 0.05}
  charter:
    - {required: [product.question, product.owner]}
    - {check: committed, else: warn}
)";
}

/// `text` with the one place that holds `from` saying `to` instead.
inline std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  return at == std::string::npos ? "'" + from + "' is not there" : text.replace(at, from.size(), to);
}

} // namespace mlp::test
