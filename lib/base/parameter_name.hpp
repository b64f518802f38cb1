#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace mlp {

/// Names with a parameter: `lift@10%` is a name of the form `lift@k`. What stands last in a form, behind its
/// '@' or '=', says what a name may have in its place:
///
///     k      rows: how many (a whole number from 1 on), or which share of them (0.1 or 10%, between 0 and 1)
///     n      a whole number from 1 on
///     q      a number between 0 and 1, or a percentage
///     beta   a number above 0
///     p      a number between 1 and 2
///     class  any text
///
/// A form without '@' is a plain name.
[[nodiscard]] bool is_form(std::string_view name);

/// The parameter of a name.
struct NameParameter {
  double number = 0.0;   ///< 0.1 of `10%`; 0 of a class
  bool is_share = false; ///< of k: a share of the rows, not how many
  std::string text;      ///< in its one spelling: "0.1" of `10%`
};

/// What `name` has in the place of the form's parameter; nothing where it is no name of the form, or the form
/// has no parameter.
[[nodiscard]] std::optional<NameParameter> parameter_of(std::string_view form, std::string_view name);

/// The one spelling (`lift@0.1` of `lift@10%`) of a name that stands in `known`, by itself or as one of a
/// form; nothing where it does not.
[[nodiscard]] std::optional<std::string> known_name(std::span<const std::string> known,
                                                    std::string_view name);

/// What to put where of a form: "write lift@k with k …"; nothing where `name` begins as no form of `known`.
[[nodiscard]] std::optional<std::string> parameter_hint(std::span<const std::string> known,
                                                        std::string_view name);

} // namespace mlp
