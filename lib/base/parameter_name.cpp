#include "base/parameter_name.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

namespace mlp {
namespace {

constexpr double k_most_rows = 9007199254740992.0; // whole numbers of a double

/// `lift@` and `k` of `lift@k`.
struct Form {
  std::string_view stem;
  std::string_view place; ///< empty: no form
};

Form form_of(std::string_view name) {
  const std::size_t end = name.find('@') == std::string_view::npos ? name.npos : name.find_last_of("@=");
  const std::string_view place = end == name.npos ? "" : name.substr(end + 1);
  for (const std::string_view known : {"k", "n", "q", "beta", "p", "class"}) {
    if (place == known) {
      return {name.substr(0, end + 1), place};
    }
  }
  return {name, ""};
}

std::optional<double> number_of(const std::string& text) {
  double number = 0.0;
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number);
  return error == std::errc() && rest == end && std::isfinite(number) ? std::optional(number) : std::nullopt;
}

/// 0.1 of `0.1` and of `10%`.
std::optional<double> share_of(std::string_view text) {
  const bool percent = text.ends_with('%');
  // in the text, not by a division: 0.7% is the double next to 0.007
  const auto number =
      number_of(percent ? std::string(text.substr(0, text.size() - 1)) + "e-2" : std::string(text));
  return number && *number > 0.0 && *number < 1.0 ? number : std::nullopt;
}

std::optional<double> count_of(std::string_view text) {
  const auto number = number_of(std::string(text));
  const bool is_count =
      number && text.find_first_not_of("0123456789") == text.npos && *number >= 1.0 && *number <= k_most_rows;
  return is_count ? number : std::nullopt;
}

std::optional<double> between(std::string_view text, double low, double high) {
  const auto number = number_of(std::string(text));
  return number && *number > low && *number < high ? number : std::nullopt;
}

std::optional<double> value_of(std::string_view place, std::string_view text) {
  if (place == "n") {
    return count_of(text);
  }
  if (place == "q") {
    return share_of(text);
  }
  if (place == "p") {
    return between(text, 1.0, 2.0);
  }
  return between(text, 0.0, HUGE_VAL); // beta
}

std::string_view allowed(std::string_view place) {
  if (place == "k") {
    return "rows: how many (100) or which share of them (10%)";
  }
  if (place == "n") {
    return "a whole number from 1 on";
  }
  if (place == "q") {
    return "a number between 0 and 1";
  }
  if (place == "p") {
    return "a number between 1 and 2";
  }
  return place == "beta" ? "a number above 0" : "the name of a class";
}

} // namespace

bool is_form(std::string_view name) { return !form_of(name).place.empty(); }

std::optional<NameParameter> parameter_of(std::string_view form, std::string_view name) {
  const Form wanted = form_of(form);
  if (wanted.place.empty() || !name.starts_with(wanted.stem) || name.size() == wanted.stem.size()) {
    return std::nullopt;
  }
  const std::string_view text = name.substr(wanted.stem.size());
  if (wanted.place == "class") {
    return NameParameter{0.0, false, std::string(text)};
  }
  if (wanted.place == "k") {
    if (const auto count = count_of(text)) {
      return NameParameter{*count, false, fmt::format("{:.0f}", *count)};
    }
  }
  const auto number = wanted.place == "k" ? share_of(text) : value_of(wanted.place, text);
  if (!number) {
    return std::nullopt;
  }
  return NameParameter{*number, wanted.place == "k",
                       wanted.place == "n" ? fmt::format("{:.0f}", *number) : fmt::format("{}", *number)};
}

std::optional<std::string> known_name(std::span<const std::string> known, std::string_view name) {
  for (const std::string& form : known) {
    if (!is_form(form) && form == name) {
      return form;
    }
  }
  for (const std::string& form : known) {
    if (const auto parameter = parameter_of(form, name)) {
      return std::string(form_of(form).stem) + parameter->text;
    }
  }
  return std::nullopt;
}

std::optional<std::string> parameter_hint(std::span<const std::string> known, std::string_view name) {
  for (const std::string& candidate : known) {
    const Form form = form_of(candidate);
    const bool begins = name.starts_with(form.stem) || name == form.stem.substr(0, form.stem.size() - 1);
    if (!form.place.empty() && begins) {
      return fmt::format("write `{}` with {}: {}", candidate, form.place, allowed(form.place));
    }
  }
  return std::nullopt;
}

} // namespace mlp
