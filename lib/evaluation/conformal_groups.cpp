#include "evaluation/conformal_groups.hpp"

#include "evaluation/grouping.hpp"
#include "evaluation/interval_json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace mlp::evaluation {
namespace {

constexpr const char* k_others = "(others)";
constexpr const char* k_missing = "(missing)";

std::vector<std::string> texts_of(const dataset::Column& column, const std::vector<std::uint32_t>& rows) {
  std::vector<std::string> texts;
  texts.reserve(rows.size());
  for (const std::uint32_t row : rows) {
    texts.push_back(column.missing(row) ? "" : column.text(row));
  }
  return texts;
}

/// The label of each text that has one of its own; an empty text is a missing value.
std::map<std::string, std::uint32_t> numbered(const std::vector<std::string>& validation,
                                              const std::vector<std::string>& scored) {
  std::map<std::string, std::size_t> counts;
  for (const auto* texts : {&validation, &scored}) {
    for (const std::string& text : *texts) {
      counts[text] += text.empty() ? 0U : 1U;
    }
  }
  counts.erase("");
  std::vector<std::size_t> sizes;
  sizes.reserve(counts.size());
  for (const auto& [text, count] : counts) {
    sizes.push_back(count);
  }
  const auto kept = largest_groups(sizes, k_most_slices);
  std::map<std::string, std::uint32_t> numbers;
  std::size_t position = 0;
  for (const auto& [text, count] : counts) {
    if (std::binary_search(kept.begin(), kept.end(), position++)) {
      numbers.emplace(text, static_cast<std::uint32_t>(numbers.size()));
    }
  }
  return numbers;
}

/// The rows of one group, copied: their targets, scores and weights.
struct Part {
  std::vector<double> target;
  std::vector<double> scores;
  std::vector<double> weights;
  metrics::Sample sample;

  Part(const metrics::Sample& whole, const std::vector<std::uint32_t>& groups, std::uint32_t group) {
    for (std::size_t row = 0; row < groups.size(); ++row) {
      if (groups[row] != group) {
        continue;
      }
      target.push_back(whole.target[row]);
      const auto of_row = whole.scores.subspan(row * whole.classes, whole.classes);
      scores.insert(scores.end(), of_row.begin(), of_row.end());
      if (!whole.weights.empty()) {
        weights.push_back(whole.weights[row]);
      }
    }
    sample.task = whole.task;
    sample.target = target;
    sample.scores = scores;
    sample.weights = weights;
    sample.classes = whole.classes;
  }
  Part(const Part&) = delete; // its sample looks at it
  Part& operator=(const Part&) = delete;
};

} // namespace

ConformalGroups conformal_groups(const std::string& column, const dataset::Table& of_validation,
                                 const std::vector<std::uint32_t>& validation_rows,
                                 const dataset::Table& of_scored,
                                 const std::vector<std::uint32_t>& scored_rows) {
  const auto validation = texts_of(of_validation.column(column), validation_rows);
  const auto scored = texts_of(of_scored.column(column), scored_rows);
  const auto numbers = numbered(validation, scored);
  const auto others = static_cast<std::uint32_t>(numbers.size());
  const auto groups_of = [&](const std::vector<std::string>& texts) {
    std::vector<std::uint32_t> groups;
    groups.reserve(texts.size());
    for (const std::string& text : texts) {
      const auto found = numbers.find(text);
      groups.push_back(text.empty() ? others + 1 : found == numbers.end() ? others : found->second);
    }
    return groups;
  };
  ConformalGroups groups{column, {}, groups_of(validation), groups_of(scored)};
  for (const auto& [text, number] : numbers) {
    groups.labels.push_back(text);
  }
  groups.labels.insert(groups.labels.end(), {k_others, k_missing});
  return groups;
}

std::vector<GroupRule> group_rules(const ConformalGroups& groups, const metrics::Sample& validation,
                                   const metrics::Sample& scored, double level, double interval_level) {
  std::vector<GroupRule> rules;
  for (std::uint32_t group = 0; group < groups.labels.size(); ++group) {
    const Part judged(scored, groups.scored, group);
    if (judged.target.empty()) {
      continue;
    }
    const Part made_from(validation, groups.validation, group);
    GroupRule rule;
    rule.group = fmt::format("{}={}", groups.column, groups.labels[group]);
    rule.rule = metrics::conformal_rule(made_from.sample, level);
    const auto rows = metrics::conformal_rows(rule.rule, judged.sample);
    std::vector<std::uint32_t> all(rows.size());
    std::generate(all.begin(), all.end(), [at = 0U]() mutable { return at++; });
    rule.coverage = metrics::coverage_of(rows, judged.weights, all, interval_level);
    rules.push_back(std::move(rule));
  }
  return rules;
}

Json to_json(std::span<const GroupRule> rules, bool is_regression) {
  Json list = Json::array();
  for (const GroupRule& of : rules) {
    Json item = Json::object({{"group", of.group},
                              {"n", of.rule.n},
                              {"rank", of.rule.rank},
                              {"limit", of.rule.limit},
                              {"expected", of.rule.expected ? interval_json(*of.rule.expected) : Json()},
                              {"coverage", of.coverage ? to_json(*of.coverage) : Json()}});
    item["mean_size"] = !is_regression && of.coverage ? Json(of.coverage->mean_size) : Json();
    item["mean_width"] = is_regression && of.rule.limit ? Json(2.0 * *of.rule.limit) : Json();
    list.push_back(std::move(item));
  }
  return list;
}

Json to_json(const metrics::Coverage& coverage) {
  return Json::object(
      {{"n", coverage.n}, {"value", coverage.share}, {"ci", interval_json(coverage.interval)}});
}

} // namespace mlp::evaluation
