#include "report/value_lines.hpp"

#include "report/numbers.hpp"
#include "report/text_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace mlp::report {

std::string value_lines(const evaluation::DecisionValue& value) {
  const auto money = [](double amount) { return fixed_text(amount, decimals_for(amount)); };
  const auto interval = [&](const std::optional<double>& lower, const std::optional<double>& upper) {
    return lower && upper
               ? range_text(*lower, *upper, decimals_for(std::max(std::abs(*lower), std::abs(*upper))))
               : std::string();
  };
  const auto& total = value.value_per_1000;
  TextTable table({Align::left, Align::right, Align::left});
  table.row({"value of 1,000 cases", money(total.value.value_or(0.0)), interval(total.lower, total.upper)});
  for (const evaluation::Alternative& other : value.alternatives) {
    const std::string advantage = interval(other.lower, other.upper);
    table.row({other.name == "treat_all"    ? "calling all positive"
               : other.name == "treat_none" ? "calling none positive"
                                            : fmt::format("the current rule ({} rows)", thousands(other.n)),
               money(other.value_per_1000),
               advantage.empty() ? "" : fmt::format("the model is better by {}", advantage)});
  }
  std::string text = table.text(2, 3);
  text += fmt::format("  threshold {:.3g}", value.threshold);
  if (value.bayes_threshold) {
    text += fmt::format("; {:.3g} would be best for calibrated probabilities", *value.bayes_threshold);
  }
  if (value.best_threshold && value.regret_per_1000) {
    text += fmt::format("; the best on these rows ({:.3g}) would add {}", *value.best_threshold,
                        money(*value.regret_per_1000));
  }
  return text + "\n";
}

} // namespace mlp::report
