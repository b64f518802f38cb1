#include "evaluation/fairness.hpp"

#include "dataset/roles.hpp"
#include "evaluation/slices.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace mlp::evaluation {
namespace {

std::vector<std::string> protected_columns(const config::Project& project) {
  std::vector<std::string> names;
  for (const auto& [name, column] : project.data.columns) {
    if (column.is_protected && name != project.data.target) {
      names.push_back(name);
    }
  }
  return names;
}

/// Each protected column as it is sliced, each pair of them, and declared crosses of more.
std::vector<config::SliceConfig> wanted_groups(const config::Project& project) {
  const auto names = protected_columns(project);
  std::vector<config::SliceConfig> wanted;
  for (const std::string& name : names) {
    config::SliceConfig slice{{name}, std::nullopt};
    for (const config::SliceConfig& declared : project.evaluation.slices) {
      if (declared.columns == slice.columns) {
        slice.bins = declared.bins;
      }
    }
    wanted.push_back(std::move(slice));
  }
  for (std::size_t i = 0; i < names.size(); ++i) {
    for (std::size_t j = i + 1; j < names.size(); ++j) {
      wanted.push_back({{names[i], names[j]}, std::nullopt});
    }
  }
  for (const config::SliceConfig& declared : project.evaluation.slices) {
    const bool is_known =
        std::all_of(declared.columns.begin(), declared.columns.end(), [&](const auto& name) {
          return std::find(names.begin(), names.end(), name) != names.end();
        });
    if (is_known && declared.columns.size() > 2) {
      wanted.push_back(declared);
    }
  }
  return wanted;
}

std::string name_of_columns(const AttributeFairness& attribute) {
  return fmt::format("{}", fmt::join(attribute.columns, " & "));
}

/// One check an attribute: which of its gaps provably exceed their limits. It passes where all of them
/// provably do not: a gap that nobody can judge is no proof.
Check gap_check(const AttributeFairness& attribute) {
  Check check;
  check.id = "disparity";
  check.subject = name_of_columns(attribute);
  std::int64_t proved = 0;
  std::size_t limited = 0;
  std::size_t undecided = 0;
  for (const Disparity& disparity : attribute.disparities.disparities) {
    limited += disparity.limit ? 1U : 0U;
    undecided += disparity.limit && disparity.verdict != Verdict::proved_ok ? 1U : 0U;
    if (disparity.verdict != Verdict::proved_unfair) {
      continue;
    }
    check.why +=
        fmt::format("{}{} {:.3f} ({} to {}, limit {})",
                    proved++ == 0 ? check.subject + ": provably beyond the limit: " : "; ", disparity.name,
                    *disparity.value, disparity.lowest, disparity.highest, shortest(*disparity.limit));
    check.n = disparity.n;
  }
  check.observed = static_cast<double>(proved);
  check.status = proved > 0       ? CheckStatus::warn
                 : undecided == 0 ? CheckStatus::pass
                                  : CheckStatus::inconclusive;
  if (check.status == CheckStatus::inconclusive) {
    check.why = fmt::format("{}: {} of {} gaps are not proved to lie within their limits", check.subject,
                            undecided, limited);
  }
  return check;
}

Check proxy_check(const AttributeFairness& attribute) {
  const Proxy& proxy = *attribute.proxy;
  Check check;
  check.id = "proxy_auc";
  check.observed = proxy.auc;
  check.limit = k_proxy_fails;
  check.n = proxy.n;
  check.subject = name_of_columns(attribute);
  if (!proxy.auc) {
    check.status = CheckStatus::inconclusive;
    check.why = fmt::format("{}: {}", check.subject, proxy.why);
  } else if (*proxy.auc >= k_proxy_warns) {
    check.status = *proxy.auc >= k_proxy_fails ? CheckStatus::fail : CheckStatus::warn;
    check.why = fmt::format("the features tell {} from the others with an AUC of {:.3f}: leaving '{}' out "
                            "does not keep the model from using it",
                            proxy.group, *proxy.auc, check.subject);
  }
  return check;
}

Check representation_check(const AttributeFairness& attribute) {
  const GroupShare* least = attribute.representation->least();
  Check check;
  check.id = "representation";
  check.limit = k_least_ratio;
  check.n = attribute.representation->n;
  check.subject = name_of_columns(attribute);
  if (least == nullptr) {
    check.status = CheckStatus::inconclusive;
    check.why = fmt::format("no row of '{}' has a value of the reference population", check.subject);
    return check;
  }
  check.observed = least->ratio;
  if (*least->ratio < k_least_ratio) {
    check.status = CheckStatus::warn;
    check.why = fmt::format("{}={} is {:.1f}% of the rows and {:.1f}% of the reference population",
                            check.subject, least->value, 100.0 * least->share, 100.0 * least->expected);
  }
  return check;
}

} // namespace

FairnessReport fairness_of(const Scored& scored, const dataset::Table& table,
                           const std::vector<std::uint32_t>& rows, const config::Project& project) {
  FairnessReport report;
  report.level = project.evaluation.confidence;
  report.eligibility = {project.evaluation.fairness.min_n, project.evaluation.fairness.min_denominator};
  std::vector<std::string> features;
  for (const dataset::Column& column : table.columns) {
    if (dataset::role_of(project, column.name) == config::Role::feature) {
      features.push_back(column.name);
    }
  }
  for (const config::SliceConfig& wanted : wanted_groups(project)) {
    AttributeFairness attribute;
    attribute.columns = wanted.columns;
    attribute.is_feature =
        std::any_of(wanted.columns.begin(), wanted.columns.end(), [&](const std::string& name) {
          return dataset::role_of(project, name) == config::Role::feature;
        });
    const auto groups = slices_by(table, rows, wanted);
    attribute.groups = rates_of(scored, groups, report.eligibility);
    attribute.disparities = disparities_of(scored.task, scored.classes, attribute.groups, report.level);
    const auto population = project.evaluation.reference_population.find(wanted.columns.front());
    if (wanted.columns.size() == 1 && population != project.evaluation.reference_population.end()) {
      attribute.representation = representation_of(table.column(wanted.columns.front()), table.rows,
                                                   population->second, report.level);
    }
    attribute.score_given_target = score_link(scored, groups, report.eligibility, report.level);
    attribute.missingness = missingness_gap(table, rows, groups, features, report.eligibility);
    attribute.distributions = distribution_gaps(scored, groups, report.eligibility);
    report.attributes.push_back(std::move(attribute));
  }
  return report;
}

std::vector<Check> checks_of(const FairnessReport& report) {
  std::vector<Check> checks;
  for (const AttributeFairness& attribute : report.attributes) {
    if (attribute.columns.size() > 1) { // crosses are reported, and judged only where a policy names them
      continue;
    }
    checks.push_back(gap_check(attribute));
    Check feature{"attribute_not_a_feature", CheckStatus::pass, {}, {}, {}, "", attribute.columns.front()};
    if (attribute.is_feature) {
      feature.status = CheckStatus::warn;
      feature.why = fmt::format("the model reads the protected attribute '{}'", attribute.columns.front());
    }
    checks.push_back(std::move(feature));
    if (attribute.proxy) {
      checks.push_back(proxy_check(attribute));
    }
    if (attribute.representation) {
      checks.push_back(representation_check(attribute));
    }
  }
  return checks;
}

} // namespace mlp::evaluation
