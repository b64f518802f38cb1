#include "report/fairness_table.hpp"

#include "report/display.hpp"
#include "report/numbers.hpp"
#include "report/text_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace mlp::report {
namespace {

using evaluation::AttributeFairness;
using evaluation::Disparity;
using evaluation::FairnessReport;
using evaluation::GroupRate;
using evaluation::Verdict;

constexpr std::size_t k_indent = 2;
constexpr std::size_t k_gap = 3;
constexpr std::size_t k_widest_label = 32;
constexpr std::size_t k_most_groups = 12;

/// Rates as they are headed; those that a task lacks are left out.
constexpr std::array<std::pair<std::string_view, std::string_view>, 8> k_rates = {
    {{"selection_rate", "selected"},
     {"recall", "recall"},
     {"fpr", "fpr"},
     {"precision", "precision"},
     {"accuracy", "accuracy"},
     {"mean_prediction", "mean prediction"},
     {"mean_error", "mean error"},
     {"mae", "mae"}}};

std::string number_text(double value) { return fixed_text(value, decimals_for(value)); }

/// What too few rows say is in brackets.
std::string rate_text(const GroupRate* rate) {
  if (rate == nullptr || !rate->value) {
    return "–";
  }
  return rate->eligible() ? number_text(*rate->value) : fmt::format("({})", number_text(*rate->value));
}

std::string groups_table(const AttributeFairness& attribute) {
  const auto& groups = attribute.groups;
  std::vector<std::string> header = {printable(attribute.columns.front()), "n"};
  std::vector<std::string_view> rates;
  for (const auto& [name, heading] : k_rates) {
    if (!groups.empty() && groups.front().find(name) != nullptr) {
      rates.push_back(name);
      header.emplace_back(heading);
    }
  }
  std::vector<Align> alignment(header.size(), Align::right);
  alignment.front() = Align::left;
  TextTable table(std::move(alignment));
  table.row(std::move(header));
  for (std::size_t i = 0; i < std::min(groups.size(), k_most_groups); ++i) {
    const std::string value = groups[i].label.substr(attribute.columns.front().size() + 1);
    std::vector<std::string> cells = {shortened(printable(value), k_widest_label), thousands(groups[i].n)};
    for (const std::string_view rate : rates) {
      cells.push_back(rate_text(groups[i].find(rate)));
    }
    table.row(std::move(cells));
  }
  std::string text = table.text(k_indent, k_gap);
  if (groups.size() > k_most_groups) {
    text += fmt::format("  … and {} more groups: see --json\n", groups.size() - k_most_groups);
  }
  return text;
}

std::string verdict_text(const Disparity& disparity) {
  return disparity.verdict ? std::string(verdict_words(name_of(*disparity.verdict))) : "";
}

std::string bound_text(const std::optional<double>& bound) {
  return bound ? fixed_text(*bound, 3) : std::string("?");
}

std::string disparities_table(const AttributeFairness& attribute, double level) {
  TextTable table({Align::left, Align::right, Align::left, Align::right, Align::left});
  table.row({"between groups", "value", fmt::format("{:.3g}% interval", level * 100), "limit", ""});
  for (const Disparity& disparity : attribute.disparities.disparities) {
    std::string verdict = verdict_text(disparity);
    if (disparity.name == "impact_ratio" && !verdict.empty()) {
      verdict += " (screening)";
    }
    if (!disparity.class_name.empty()) {
      verdict += fmt::format(" (class {})", shortened(printable(disparity.class_name), k_widest_label / 2));
    }
    table.row(
        {disparity.name, disparity.value ? number_text(*disparity.value) : "–",
         disparity.value ? fmt::format("{} – {}", bound_text(disparity.lower), bound_text(disparity.upper))
                         : "",
         disparity.limit ? fmt::format("{} {}", disparity.is_ratio ? "≥" : "≤", shortest(*disparity.limit))
                         : "",
         std::move(verdict)});
  }
  return table.text(k_indent, k_gap);
}

std::string model_lines(const AttributeFairness& attribute) {
  std::string text;
  if (attribute.proxy && attribute.proxy->auc) {
    text += fmt::format("  the other features tell {} apart with an AUC of {:.3f} ({:.3f} – {:.3f})",
                        printable(attribute.proxy->group), *attribute.proxy->auc, *attribute.proxy->lower,
                        *attribute.proxy->upper);
    if (!attribute.proxy->features.empty()) {
      const evaluation::FeatureTell& best = attribute.proxy->features.front();
      text += fmt::format("; {} alone with {:.3f}", printable(best.feature), best.auc);
    }
    text += "\n";
  }
  if (attribute.score_given_target) {
    const evaluation::ScoreLink& link = *attribute.score_given_target;
    text += fmt::format("  given the target, the score goes with {} by a correlation of {:.3f} ({})\n",
                        printable(link.group), link.correlation, range_text(link.lower, link.upper, 3));
  }
  for (const evaluation::DistributionGap& gap : attribute.distributions) {
    text += fmt::format("  predictions of {} lie apart from those of {} by KS {:.3f} (p = {:.2g})\n",
                        printable(gap.group), printable(gap.reference), gap.distance, gap.p_holm);
  }
  if (attribute.missingness && attribute.missingness->value > 0.0) {
    const evaluation::MissingnessGap& gap = *attribute.missingness;
    text += fmt::format("  {} is missing more often in {} than in {}, by {}\n", printable(gap.column),
                        printable(gap.highest), printable(gap.lowest), percent_text(gap.value));
  }
  if (attribute.counterfactual && attribute.counterfactual->flipped) {
    text += fmt::format("  with {}={} in its place {} of the decisions change\n",
                        printable(attribute.columns.front()), printable(attribute.counterfactual->value),
                        percent_text(*attribute.counterfactual->flipped));
  }
  return text;
}

bool shows_impact_ratio(const FairnessReport& report) {
  return std::any_of(report.attributes.begin(), report.attributes.end(),
                     [](const AttributeFairness& attribute) {
                       const auto& all = attribute.disparities.disparities;
                       return std::any_of(all.begin(), all.end(),
                                          [](const Disparity& d) { return d.name == "impact_ratio"; });
                     });
}

} // namespace

std::string_view verdict_words(std::string_view verdict) {
  return verdict == "proved_ok"       ? "within the limit"
         : verdict == "proved_unfair" ? "beyond the limit"
         : verdict == "inconclusive"  ? "inconclusive"
                                      : "too few rows";
}

std::string fairness_table(const FairnessReport& report) {
  std::string text;
  std::size_t crosses = 0;
  for (const AttributeFairness& attribute : report.attributes) {
    if (attribute.columns.size() > 1) {
      ++crosses;
      continue;
    }
    text += text.empty() ? "" : "\n";
    text += groups_table(attribute);
    text += disparities_table(attribute, report.level);
    text += model_lines(attribute);
  }
  if (shows_impact_ratio(report)) {
    text += fmt::format("  screening: {}\n", evaluation::k_screening_text);
  }
  if (crosses > 0) {
    text += fmt::format("  {} of protected columns: see --json\n",
                        crosses == 1 ? "1 cross" : fmt::format("{} crosses", crosses));
  }
  return text;
}

} // namespace mlp::report
