#include "report/evaluation_view.hpp"

#include "report/metric_label.hpp"
#include "report/numbers.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace mlp::report {
namespace {

const Json k_none;

const Json& named(const Json& list, std::string_view name, std::string_view slice) {
  if (list.is_array()) {
    for (const Json& item : list.as_array()) {
      if (item["name"].string_or() == name && item["slice"].string_or() == slice) {
        return item;
      }
    }
  }
  return k_none;
}

std::vector<std::string> texts(const Json& list) {
  std::vector<std::string> result;
  if (list.is_array()) {
    for (const Json& item : list.as_array()) {
      result.push_back(item.string_or());
    }
  }
  return result;
}

std::optional<double> bound(const Json& metric, std::size_t which) {
  const Json& interval = metric["ci"];
  return interval.is_array() && interval.size() == 2 && interval.as_array()[which].is_number()
             ? std::optional(interval.as_array()[which].as_number())
             : std::nullopt;
}

enum class Proof { better, worse, open, unknown };

Proof proof_of(const Json& skill) {
  const auto lower = bound(skill, 0);
  const auto upper = bound(skill, 1);
  if (!lower || !upper) {
    return Proof::unknown;
  }
  return *lower > 0 ? Proof::better : *upper < 0 ? Proof::worse : Proof::open;
}

std::string reason(Proof proof, std::string_view than, const Json& skill) {
  const std::string numbers = fmt::format("skill {} ({})", value_text(skill), interval_text(skill));
  switch (proof) {
  case Proof::better:
    return fmt::format("Better than {}: {}.", than, numbers);
  case Proof::worse:
    return fmt::format("Worse than {}: {}.", than, numbers);
  case Proof::open:
    return fmt::format("Not proved better than {}: {}; zero lies within the interval.", than, numbers);
  case Proof::unknown:
    break;
  }
  return fmt::format("Not compared with {}.", than);
}

/// The model against one baseline by what matters most: money where it is counted, else the first metric.
Json against(const EvaluationView& view, std::string_view with) {
  const Json& comparisons = view.document()["comparisons"];
  Json found;
  if (!comparisons.is_array()) {
    return found;
  }
  for (const Json& comparison : comparisons.as_array()) {
    if (comparison["with"].string_or() != with) {
      continue;
    }
    for (const Json& metric : comparison["metrics"].as_array()) {
      if (found.is_null() || metric["name"].string_or() == "value_per_1000") {
        found = metric;
      }
    }
  }
  return found;
}

/// What the verdict says of calling everybody, or nobody: of the better of the two.
void judge_value(Verdict& verdict, const EvaluationView& view) {
  const Json& alternatives = view.document()["value"]["alternatives"];
  std::string_view name;
  Json best;
  for (const auto& [key, who] : {std::pair("treat_all", "everybody"), std::pair("treat_none", "nobody")}) {
    const Json& other = alternatives[key];
    if (other["value_per_1000"].is_number() &&
        (best.is_null() || other["value_per_1000"].as_number() > best["value_per_1000"].as_number())) {
      best = other;
      name = who;
    }
  }
  const Proof proof =
      best.is_null() ? Proof::unknown : proof_of(Json::object({{"ci", best["advantage_ci"]}}));
  if (proof == Proof::unknown) {
    return;
  }
  const bool is_better = proof == Proof::better;
  const bool is_worse = proof == Proof::worse;
  const std::string_view finding = is_better  ? "Worth more than"
                                   : is_worse ? "Worth less than"
                                              : "Not proved worth more than";
  verdict.reasons.push_back(fmt::format("{} calling {} positive: {} per 1,000 cases against {}.", finding,
                                        name, value_text(view.document()["value"]["value_per_1000"]),
                                        metric_text(best["value_per_1000"].as_number())));
  if (!is_better && verdict.mood != Verdict::Mood::bad) {
    verdict.mood = is_worse ? Verdict::Mood::bad : Verdict::Mood::unsure;
    verdict.title = fmt::format("{} calling {} positive", finding, name);
  }
}

/// What the verdict says of today's way to decide, where mlp.yaml names it.
void judge_current_rule(Verdict& verdict, const EvaluationView& view) {
  const Json difference = against(view, "current_rule");
  const Proof proof = proof_of(difference);
  if (difference.is_null() || proof == Proof::unknown) {
    return;
  }
  const std::string name = view.label(difference["name"].string_or());
  const std::string numbers =
      fmt::format("{} {} against {}", name, metric_text(difference["model"].as_number()),
                  metric_text(difference["other"].as_number()));
  if (proof == Proof::better) {
    verdict.reasons.push_back(fmt::format("Better than the current rule: {}.", numbers));
    return;
  }
  const bool is_worse = proof == Proof::worse;
  verdict.reasons.push_back(
      fmt::format("{} the current rule: {}.", is_worse ? "Worse than" : "Not proved better than", numbers));
  if (verdict.mood != Verdict::Mood::bad) {
    verdict.mood = is_worse ? Verdict::Mood::bad : Verdict::Mood::unsure;
    verdict.title = is_worse ? "The current rule does better" : "Not proved better than the current rule";
  }
}

} // namespace

const Json& EvaluationView::metric(std::string_view name, std::string_view slice) const {
  return named(document_["metrics"], name, slice);
}

const Json& EvaluationView::baseline(std::string_view which, std::string_view name) const {
  return named(document_["baselines"][which], name, "");
}

std::vector<std::string> EvaluationView::shown() const { return texts(document_["shown"]); }

std::vector<std::string> EvaluationView::all() const {
  std::vector<std::string> names;
  for (const Json& item : document_["metrics"].as_array()) {
    if (item["slice"].is_null()) {
      names.push_back(item["name"].as_string());
    }
  }
  return names;
}

std::vector<std::string> EvaluationView::slices() const {
  std::vector<std::string> labels;
  for (const Json& item : document_["metrics"].as_array()) {
    const std::string label = item["slice"].string_or();
    if (!label.empty() && std::find(labels.begin(), labels.end(), label) == labels.end()) {
      labels.push_back(label);
    }
  }
  return labels;
}

std::string EvaluationView::label(const std::string& metric) const {
  const Json& threshold = document_["threshold"];
  return metric_label(metric, threshold.is_number() ? std::optional(threshold.as_number()) : std::nullopt);
}

std::string EvaluationView::extent() const {
  const std::string rows = fmt::format("{} rows", thousands(document_["n"].integer_or(0)));
  const Json& queries = document_["queries"];
  if (!queries.is_object()) {
    return rows;
  }
  const std::int64_t without = queries["without_relevant"].integer_or(0);
  return fmt::format(
      "{} in {} queries{}", rows, thousands(queries["n"].integer_or(0)),
      without == 0 ? "" : fmt::format(" ({} of them without a relevant row, left out)", thousands(without)));
}

std::string value_text(const Json& metric) {
  return metric["value"].is_number() ? metric_text(metric["value"].as_number()) : "–";
}

std::string interval_text(const Json& metric) {
  const auto lower = bound(metric, 0);
  const auto upper = bound(metric, 1);
  if (lower && upper) {
    const int decimals = decimals_for(metric["value"].number_or(*upper));
    return range_text(*lower, *upper, decimals);
  }
  const std::string status = metric["status"].string_or("ok");
  return status == "ok" ? "" : fmt::format("{}: {}", status, metric["why"].string_or());
}

std::string_view name_of(Verdict::Mood mood) {
  switch (mood) {
  case Verdict::Mood::good:
    return "good";
  case Verdict::Mood::unsure:
    return "unsure";
  case Verdict::Mood::bad:
    break;
  }
  return "bad";
}

Verdict verdict_of(const EvaluationView& view) {
  const Json& guessing = view.metric("skill_vs_dummy");
  const Json& simple = view.metric("skill_vs_simple");
  const Proof beats_guessing = proof_of(guessing);
  const Proof beats_simple = proof_of(simple);
  Verdict verdict;
  if (beats_guessing == Proof::worse) {
    verdict = {Verdict::Mood::bad, fmt::format("Worse than {}", view.guessing()), {}};
  } else if (beats_guessing != Proof::better) {
    verdict = {Verdict::Mood::bad, fmt::format("Not proved better than {}", view.guessing()), {}};
  } else if (beats_simple == Proof::better) {
    verdict = {Verdict::Mood::good, "Worth having: better than guessing and than a simple model", {}};
  } else if (beats_simple == Proof::worse) {
    verdict = {Verdict::Mood::bad, "A simple model does better", {}};
  } else {
    verdict = {Verdict::Mood::unsure, "Better than guessing; not proved better than a simple model", {}};
  }
  verdict.reasons.push_back(reason(beats_guessing, view.guessing(), guessing));
  verdict.reasons.push_back(reason(beats_simple, "a simple model", simple));
  const Json& stump = view.metric("skill_vs_stump");
  if (beats_guessing == Proof::better && proof_of(stump) == Proof::worse) {
    verdict = {Verdict::Mood::bad, "A single question does better", std::move(verdict.reasons)};
    verdict.reasons.push_back(reason(Proof::worse, "a single question", stump));
  }
  judge_current_rule(verdict, view);
  judge_value(verdict, view);
  std::size_t odd = 0;
  std::vector<std::string> kinds;
  for (const Json& check : view.document()["checks"].as_array()) {
    if (check["status"].string_or() != "pass") {
      ++odd;
      const std::string id = check["id"].string_or();
      if (std::find(kinds.begin(), kinds.end(), id) == kinds.end()) {
        kinds.push_back(id);
      }
    }
  }
  if (odd > 0) {
    verdict.reasons.push_back(fmt::format("{} of the checks below {} attention: {}.", odd,
                                          odd == 1 ? "needs" : "need", fmt::join(kinds, ", ")));
    verdict.mood = verdict.mood == Verdict::Mood::good ? Verdict::Mood::unsure : verdict.mood;
  }
  return verdict;
}

} // namespace mlp::report
