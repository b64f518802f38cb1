#include "dataset/column_plan.hpp"

#include "base/time.hpp"

#include <cmath>

namespace mlp::dataset {
namespace {

/// Numbers and date/times have readers of their own; all else, booleans too, is settled from the distinct
/// values.
ColumnType guess_of(const std::vector<Record>& sample, std::size_t column, const MissingTokens& missing,
                    NumberStyle style) {
  bool numbers = true;
  bool times = true;
  bool any = false;
  for (const Record& record : sample) {
    const std::string_view text = column < record.size() ? trimmed(record[column]) : std::string_view();
    if (missing.find(text)) {
      continue;
    }
    any = true;
    const NumberFit fit = parse_number(text, style).fit;
    numbers = numbers && (fit == NumberFit::exact || fit == NumberFit::beyond);
    times = times && parse_time(text).has_value();
  }
  if (numbers || !any) {
    return ColumnType::number;
  }
  return times ? ColumnType::datetime : ColumnType::category;
}

/// Whether every number could be one in thousands with a point, as in "12.500", and some have to be.
bool look_like_thousands(const std::vector<Record>& sample, std::size_t column,
                         const MissingTokens& missing) {
  constexpr NumberStyle k_points = {.decimal = ',', .thousands = '.'};
  std::size_t grouped = 0;
  for (const Record& record : sample) {
    const std::string_view text = column < record.size() ? trimmed(record[column]) : std::string_view();
    if (missing.find(text)) {
      continue;
    }
    const NumberText number = parse_number(text, k_points);
    if (number.fit != NumberFit::exact || number.value != std::trunc(number.value)) {
      return false;
    }
    const bool has_point = text.find('.') != std::string_view::npos;
    grouped += has_point ? 1U : 0U;
    if (!has_point && std::fabs(number.value) >= 1000) {
      return false;
    }
  }
  return grouped > 0;
}

} // namespace

std::vector<ColumnPlan> plan_columns(const Layout& layout, const ReadOptions& options,
                                     const MissingTokens& missing) {
  const NumberStyle style = number_style_of(options.format);
  std::vector<ColumnPlan> plans;
  plans.reserve(layout.names.size());
  for (std::size_t i = 0; i < layout.names.size(); ++i) {
    ColumnPlan plan{layout.names[i], ColumnType::number, TypeSource::inferred, style};
    const auto given = options.types.find(plan.name);
    const auto configured = options.columns.find(plan.name);
    if (given != options.types.end()) {
      plan.type = given->second;
      plan.source = TypeSource::given;
    } else if (configured != options.columns.end() && configured->second.type) {
      const auto type = column_type_from(*configured->second.type);
      plan.type = type.value_or(ColumnType::text);
      plan.source = TypeSource::declared;
    } else {
      plan.type = guess_of(layout.sample, i, missing, style);
    }
    plan.like_thousands =
        plan.type == ColumnType::number && style.is_plain() && look_like_thousands(layout.sample, i, missing);
    plans.push_back(std::move(plan));
  }
  return plans;
}

} // namespace mlp::dataset
