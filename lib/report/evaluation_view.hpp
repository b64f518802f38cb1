#pragma once

#include "base/json.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mlp::report {

/// What a report says of an evaluation beyond its document.
struct PageFacts {
  std::string project;
  std::string question; ///< of mlp.yaml's product section; empty where not stated
  std::string decision;
  std::string owner;
  std::string code;                      ///< commit, with a word where the tree was not clean
  std::string program;                   ///< name and version
  std::string made;                      ///< UTC time
  std::string champion_name;             ///< who holds a stage now, where it was evaluated on the same rows
  Json champion;                         ///< its evaluation document, or null
  std::vector<std::string> worst_header; ///< of the rows on which the model is most wrong
  std::vector<std::vector<std::string>> worst;
};

/// Reads the document of an evaluation (`mlp eval --json`). It must outlive the view.
class EvaluationView {
public:
  explicit EvaluationView(const Json& document) : document_(document) {}

  /// A metric as the document has it; null where it has none. `slice` empty: over all rows.
  [[nodiscard]] const Json& metric(std::string_view name, std::string_view slice = "") const;
  [[nodiscard]] const Json& baseline(std::string_view which, std::string_view name) const;
  [[nodiscard]] std::string primary() const { return document_["primary"].string_or(); }
  [[nodiscard]] std::vector<std::string> shown() const; ///< metrics of mlp.yaml, in its order
  [[nodiscard]] std::vector<std::string> all() const;   ///< names of all metrics
  [[nodiscard]] bool is_ranking() const { return document_["task"].string_or() == "ranking"; }
  /// What the dummy does, short and in a sentence: "guessing", "always guessing the same".
  [[nodiscard]] std::string_view guess() const { return is_ranking() ? "random order" : "guessing"; }
  [[nodiscard]] std::string_view guessing() const {
    return is_ranking() ? "a random order" : "always guessing the same";
  }
  /// What a metric's n counts: rows, or the queries of a ranking.
  [[nodiscard]] std::string_view unit() const { return is_ranking() ? "queries" : "rows"; }
  /// "768 rows", "768 rows in 50 queries (2 of them without a relevant row, left out)"
  [[nodiscard]] std::string extent() const;
  [[nodiscard]] std::vector<std::string> slices() const; ///< labels, in order
  [[nodiscard]] bool is_binary() const { return document_["task"].string_or() == "binary"; }
  [[nodiscard]] const Json& document() const { return document_; }
  /// "recall (≥ 0.50)": what a threshold decides says which one.
  [[nodiscard]] std::string label(const std::string& metric) const;

private:
  const Json& document_;
};

/// "0.927", or "–" where there is no value.
[[nodiscard]] std::string value_text(const Json& metric);
/// "0.921 – 0.933", or why there is none.
[[nodiscard]] std::string interval_text(const Json& metric);

/// What a reader should think first.
struct Verdict {
  enum class Mood { good, unsure, bad };
  Mood mood = Mood::unsure;
  std::string title;
  std::vector<std::string> reasons;
};
[[nodiscard]] std::string_view name_of(Verdict::Mood mood);

/// Is the model worth having? Proved better than guessing and than a simple model by the intervals of its
/// skills, and no worse than a single question or the current rule; warnings among the checks are counted.
[[nodiscard]] Verdict verdict_of(const EvaluationView& view);

} // namespace mlp::report
