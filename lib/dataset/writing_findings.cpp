#include "dataset/writing_findings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace mlp::dataset {
namespace {

constexpr const char* k_iso = "write them as ISO 8601 has it, YYYY-MM-DD, and they are read as dates";

bool needs_decimal_comma(const ColumnFacts& facts) {
  return facts.written && facts.written->as == WrittenAs::decimal_commas;
}

std::string set_format(NumberStyle style) {
  return fmt::format("set `format: {{{}}}` below data in mlp.yaml", yaml_of(style));
}

struct Words {
  const char* id;
  std::string what; ///< the values are
  std::string remedy;
};

Words words_of(const WrittenForm& form, bool beside_decimal_commas) {
  constexpr NumberStyle k_decimal_comma = {',', '.'};
  switch (form.as) {
  case WrittenAs::decimal_commas:
    return {"decimal_commas", "numbers with a decimal comma", set_format(form.style)};
  case WrittenAs::grouped_by_points:
    return {"written_numbers", "numbers with points between thousands", set_format(form.style)};
  case WrittenAs::grouped:
    return {
        "written_numbers", "numbers with marks between thousands",
        set_format({beside_decimal_commas && form.style.thousands != ',' ? ',' : '.', form.style.thousands})};
  case WrittenAs::commas_either_way:
    if (beside_decimal_commas) {
      return {"decimal_commas", "numbers with a decimal comma", set_format(k_decimal_comma)};
    }
    return {"written_numbers", "numbers with a comma before three digits",
            fmt::format("{}; if these are thousands and no decimals, `format: {{{}}}`",
                        set_format(k_decimal_comma), yaml_of({'.', ','}))};
  case WrittenAs::decimal_points:
    return {"written_numbers", "numbers with a decimal point, and data.format names another mark",
            "write all numbers of the table with one decimal mark"};
  case WrittenAs::per_cent:
    return {"written_numbers", "numbers with a per cent sign", "write the numbers alone"};
  case WrittenAs::currency:
    return {"written_numbers", "amounts with a currency",
            "write the numbers alone, and a currency that differs in a column of its own"};
  case WrittenAs::day_month_year:
    return {"written_dates", "dates with the day first", k_iso};
  case WrittenAs::month_day_year:
    return {"written_dates", "dates with the month first", k_iso};
  case WrittenAs::day_or_month_first:
    return {"written_dates", "dates, with the day or the month first (they do not tell which)", k_iso};
  case WrittenAs::year_month_day:
    break;
  }
  return {"written_dates", "dates with slashes or points", k_iso};
}

Check finding(const char* id, const ColumnProfile& column, double share, std::string why) {
  Check check;
  check.id = id;
  check.status = CheckStatus::warn;
  check.observed = share;
  check.n = column.count;
  check.subject = column.name;
  check.why = std::move(why);
  return check;
}

Check finding(const ColumnProfile& column, const WrittenForm& form, bool beside_decimal_commas) {
  const Words words = words_of(form, beside_decimal_commas);
  Check check = finding(words.id, column, form.share,
                        fmt::format("{:.0f}% of the values of '{}' are {}, and are read as words: {}",
                                    100 * form.share, column.name, words.what, words.remedy));
  check.limit = k_written_share;
  return check;
}

Check misread(const ColumnProfile& column) {
  return finding(
      "thousands_as_fractions", column, 1.0,
      fmt::format("'{}' was read as fractions, but beside columns of decimal commas its points look "
                  "like those of thousands: {}",
                  column.name, set_format({',', '.'})));
}

/// Whether a style with a decimal comma would take a number for another one, or for none.
bool is_point_number(const ColumnProfile& column, const ColumnFacts& facts) {
  const bool whole = facts.like_names || column.count == 0;
  return column.type == ColumnType::number && !whole && !facts.like_thousands;
}

} // namespace

std::string yaml_of(NumberStyle style) {
  const bool default_thousands = style.decimal == ',' && style.thousands == '.';
  std::string text = style.decimal == ',' ? "decimal: \",\"" : "";
  if (style.thousands != '\0' && !default_thousands) {
    text += fmt::format("{}thousands: \"{}\"", text.empty() ? "" : ", ", style.thousands);
  }
  return text;
}

std::vector<Check> writing_findings(const Profile& profile, std::span<const ColumnFacts> facts,
                                    std::span<const std::size_t> columns) {
  const bool decimal_commas = std::any_of(facts.begin(), facts.end(), needs_decimal_comma);
  std::vector<Check> findings;
  for (const std::size_t i : columns) {
    if (facts[i].written) {
      findings.push_back(finding(profile.columns[i], *facts[i].written, decimal_commas));
    } else if (facts[i].like_thousands && decimal_commas) {
      findings.push_back(misread(profile.columns[i]));
    }
  }
  return findings;
}

std::optional<NumberStyle> agreed_style(const Profile& profile, std::span<const ColumnFacts> facts) {
  std::optional<NumberStyle> agreed;
  for (std::size_t i = 0; i < facts.size(); ++i) {
    char thousands = facts[i].like_thousands ? '.' : '\0';
    if (is_point_number(profile.columns[i], facts[i])) {
      return std::nullopt;
    }
    if (needs_decimal_comma(facts[i])) {
      agreed = agreed.value_or(NumberStyle{',', '\0'});
      thousands = facts[i].written->style.thousands;
    }
    if (agreed && thousands != '\0') {
      if (agreed->thousands != '\0' && agreed->thousands != thousands) {
        return std::nullopt;
      }
      agreed->thousands = thousands;
    }
  }
  if (agreed && agreed->thousands == '\0') {
    agreed->thousands = '.'; // as beside every decimal comma
  }
  return agreed;
}

} // namespace mlp::dataset
