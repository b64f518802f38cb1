#include "base/error.hpp"
#include "metrics/comparison.hpp"
#include "metrics/distributions.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>

namespace mlp::metrics {
namespace {

constexpr double k_power = 0.8; // of the test for which the rows needed are counted

std::string with_thousands(double whole) {
  std::string digits = fmt::format("{:.0f}", whole);
  for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3) {
    digits.insert(static_cast<std::size_t>(at), ",");
  }
  return digits;
}

/// Variance of one row's difference. McNemar's is planned for equally good models, so it is the share of
/// discordant rows.
double variance_per_row(const Difference& difference) {
  const double seen =
      difference.standard_error * difference.standard_error * static_cast<double>(difference.n);
  const bool counted = difference.method.starts_with("mcnemar");
  return counted ? seen + difference.delta * difference.delta : seen;
}

/// ", about 3,092 rows would": n ≈ variance·((z_α + z_β)/effect)²; nothing where it is no more than there
/// are.
std::string rows_needed(const Difference& difference, double effect, double alpha) {
  const double z = normal_quantile(1.0 - alpha) + normal_quantile(k_power);
  const double needed = std::ceil(variance_per_row(difference) * (z / effect) * (z / effect));
  if (!(effect > 0.0) || !(needed > static_cast<double>(difference.n)) || !std::isfinite(needed)) {
    return "";
  }
  return fmt::format("; about {} rows would tell", with_thousands(needed));
}

struct Verdict {
  CheckStatus status;
  std::string why;
};

Verdict guard(const Difference& d, double margin, double alpha) {
  if (d.delta < -2.0 * margin) {
    return {CheckStatus::fail, "worse by more than twice the margin"};
  }
  if (d.delta < -margin && d.upper < 0.0) {
    return {CheckStatus::fail, "significantly worse, and by more than the margin"};
  }
  if (d.delta >= -margin && d.upper >= 0.0) {
    return {CheckStatus::pass, "no worse than the margin allows"};
  }
  if (d.delta >= -margin) {
    return {CheckStatus::inconclusive, "significantly worse, though within the margin"};
  }
  return {CheckStatus::inconclusive,
          "worse by more than the margin, but that may be chance" + rows_needed(d, margin, alpha)};
}

Verdict non_inferiority(const Difference& d, double margin, double alpha) {
  if (d.lower > -margin) {
    return {CheckStatus::pass, "shown to be no worse than the margin allows"};
  }
  if (d.upper < -margin) {
    return {CheckStatus::fail, "shown to be worse than the margin allows"};
  }
  return {CheckStatus::inconclusive, "these rows cannot tell" + rows_needed(d, margin, alpha)};
}

Verdict superiority(const Difference& d, double /*margin*/, double alpha) {
  if (d.lower > 0.0) {
    return {CheckStatus::pass, "shown to be better"};
  }
  if (d.upper <= 0.0) {
    return {CheckStatus::fail, "shown not to be better"};
  }
  return {CheckStatus::inconclusive, "these rows cannot tell" + rows_needed(d, d.delta, alpha)};
}

void require_margin(DecisionMode mode, double margin) {
  const bool needs_one = mode == DecisionMode::non_inferiority;
  if (!std::isfinite(margin) || margin < 0.0 || (needs_one && margin == 0.0)) {
    throw Error(ErrorCode::input, "cannot judge by {} with a margin of {}", name_of(mode), margin)
        .hint("set `margin:` in policy.yaml to a number above 0, for example 0.01");
  }
}

} // namespace

std::string_view name_of(DecisionMode mode) {
  constexpr std::array<std::string_view, 3> names = {"guard", "non_inferiority", "superiority"};
  return names.at(static_cast<std::size_t>(mode));
}

Check decide(const Difference& difference, DecisionMode mode, double margin, double alpha) {
  require_margin(mode, margin);
  Check check;
  check.id = std::string(name_of(mode));
  check.subject = difference.metric;
  check.limit = mode == DecisionMode::superiority ? 0.0 : -margin;
  check.n = difference.n;
  const bool is_number =
      std::isfinite(difference.delta) && std::isfinite(difference.lower) && std::isfinite(difference.upper);
  if (difference.status != Status::ok || !is_number || !difference.candidate || !difference.champion) {
    check.status = CheckStatus::missing;
    check.why = difference.why.empty() ? "the difference is not a number" : difference.why;
    return check;
  }
  constexpr std::array judges = {guard, non_inferiority, superiority};
  const Verdict verdict = judges.at(static_cast<std::size_t>(mode))(difference, margin, alpha);
  check.status = verdict.status;
  check.observed = difference.delta;
  check.why = fmt::format("{}: {:.4g} against {:.4g}, difference {:+.3g} (from {:+.3g} to {:+.3g})",
                          verdict.why, *difference.candidate, *difference.champion, difference.delta,
                          difference.lower, difference.upper);
  return check;
}

} // namespace mlp::metrics
