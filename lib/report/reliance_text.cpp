#include "report/reliance_text.hpp"

#include "report/display.hpp"
#include "report/numbers.hpp"
#include "report/text_table.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mlp::report {
namespace {

constexpr std::size_t k_most_groups = 10;

std::string share_text(double share, const metrics::Interval& interval) {
  return fmt::format("{} ({} – {})", percent_text(share), percent_text(interval.lower),
                     percent_text(interval.upper));
}

std::string calibration_text(const metrics::Reliability& found) {
  std::string text = fmt::format("excess error {} (p = {:.2g})", fixed_text(found.excess, 3), found.p_value);
  if (found.largest_gap) {
    text += fmt::format(", largest gap of a bin {}", fixed_text(*found.largest_gap, 3));
  }
  return text;
}

std::string coverage_text(const evaluation::Reliance& reliance) {
  const metrics::Coverage& coverage = *reliance.coverage;
  if (!reliance.rule->limit) {
    return fmt::format("hold everything: {} validation rows are too few", reliance.rule->n);
  }
  const std::string size = reliance.abstention
                               ? fmt::format("{} classes a row", fixed_text(coverage.mean_size, 2))
                               : fmt::format("± {} wide", metric_text(*reliance.rule->limit));
  return fmt::format("hold the truth in {} of rows, {}", share_text(coverage.share, coverage.interval), size);
}

std::string group_text(const evaluation::Reliance& reliance, const evaluation::GroupRule& of) {
  const std::string name = printable(of.group);
  if (!of.rule.limit) {
    return fmt::format("{}: holds everything, {} validation rows are too few", name, of.rule.n);
  }
  if (!of.coverage) {
    return fmt::format("{}: its rows weigh nothing", name);
  }
  const std::string size = reliance.abstention
                               ? fmt::format("{} classes", fixed_text(of.coverage->mean_size, 2))
                               : fmt::format("± {}", metric_text(*of.rule.limit));
  return fmt::format("{}: {}, {}", name, share_text(of.coverage->share, of.coverage->interval), size);
}

std::string confident_text(const metrics::ConfidentErrors& confident) {
  if (!confident.rate) {
    return "no row";
  }
  return fmt::format("of {} rows {} are wrong: {}, a calibrated model has {}", thousands(confident.n),
                     thousands(confident.wrong), share_text(*confident.rate, *confident.interval),
                     percent_text(*confident.promised));
}

} // namespace

std::string reliance_text(const evaluation::Reliance& reliance) {
  TextTable table({Align::left, Align::left});
  if (reliance.reliability) {
    table.row({"calibration", calibration_text(*reliance.reliability)});
  }
  if (reliance.rule) {
    const char* const what = reliance.abstention ? "sets" : "intervals";
    table.row({fmt::format("{} of {:.0f}%", what, 100.0 * reliance.rule->level), coverage_text(reliance)});
  }
  for (std::size_t i = 0; i < std::min(reliance.group_rules.size(), k_most_groups); ++i) {
    table.row({i == 0 ? "own rules" : "", group_text(reliance, reliance.group_rules[i])});
  }
  if (reliance.group_rules.size() > k_most_groups) {
    table.row({"", fmt::format("{} more groups: see --json", reliance.group_rules.size() - k_most_groups)});
  }
  if (reliance.abstention) {
    table.row({fmt::format("sure (≥ {:.1f})", metrics::k_confident),
               confident_text(reliance.abstention->confident)});
  }
  return table.text(2, 3);
}

} // namespace mlp::report
