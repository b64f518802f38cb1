#pragma once

#include "dataset/profile.hpp"
#include "dataset/table.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mlp::dataset {

/// What personal data a column seems to hold.
struct PersonalData {
  std::string kind;   ///< "e-mail addresses", "card numbers", …
  double share = 0.0; ///< of the present values that were looked at; 1 where the title alone says so
  bool by_title = false;
};

inline constexpr const char* k_phone_numbers = "phone numbers"; ///< PersonalData::kind
inline constexpr double k_personal_share = 0.5; ///< of the values: from it on a column is personal

/// Every how many rows a value is looked at: a power of two, so that at most 2,000 are, and rows can be left
/// out again when more come.
[[nodiscard]] std::uint64_t looked_at_step(std::uint64_t rows);

/// The present values that are looked at, as trimmed text; of whole numbers all digits.
[[nodiscard]] std::vector<std::string> looked_at(const Column& column);

/// Looks at up to 2,000 values (spread over the column) and the title. At least half of the values,
/// and 5 of them, must be of a kind: e-mail addresses, phone numbers (written as such, or digits under such a
/// title), IBANs, card numbers, the numbers of persons of national_ids.hpp and Spain (their check digits
/// right), US social security numbers (the form 3-2-4, or nine digits under such a title) and IP addresses;
/// or hold many digits under a title such as "passport number". Columns titled like persons' names, dates of
/// birth or home addresses are personal by title. Nothing where no kind is found. Where a
/// person declared the column (Column::personal), that decides.
[[nodiscard]] std::optional<PersonalData> personal_data(const Column& column);

/// Takes the values from the profile of a personal column: most frequent ones, range, quantiles, histogram.
void mask_personal(ColumnProfile& profile);
/// The same of a profile whose table is not at hand: of the columns that were `declared` personal since.
void mask_personal(Profile& profile, const std::map<std::string, bool>& declared);

inline constexpr const char* k_personal_text = "(personal)"; ///< stands for a value that is not shown
/// A cell as a page or a terminal shows it: Column::text, or k_personal_text for the value of a personal one.
[[nodiscard]] std::string shown_text(const Column& column, std::size_t row, bool is_personal);

} // namespace mlp::dataset
