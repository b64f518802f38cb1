#pragma once

#include "dataset/personal_data.hpp"
#include "dataset/spellings.hpp"
#include "dataset/table.hpp"
#include "dataset/written_form.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace mlp::dataset {

/// What findings need to know of a column beside its profile.
struct ColumnFacts {
  bool like_names = true; ///< words without a blank, or whole numbers: what identifiers are made of
  std::size_t misfits = 0;
  std::uint64_t first_misfit = 0;     ///< row, where there is one
  std::optional<Spellings> spellings; ///< of a category column of at most k_most_spelt words
  std::optional<PersonalData> personal;
  bool declared = false;              ///< whether a person said if it is personal
  std::optional<WrittenForm> written; ///< of words that are numbers or dates to a person
  bool like_thousands = false; ///< numbers that could all be thousands with points: "1.017", "12.500", "950"
};

/// Where more words are alike but for their spelling they are names or texts, not categories.
inline constexpr std::size_t k_most_spelt = 1'000;

/// ColumnFacts::like_names
[[nodiscard]] bool like_names(const Column& column);
/// Whether `value` is missing, or what a point before three digits makes of a number below a million.
[[nodiscard]] bool in_thousandths(double value);
/// Sets `written` of a column's facts, and takes back that its dates or amounts are phone numbers: both are
/// digits between marks. `declared`: the style of the table's numbers.
void look_at_writing(ColumnFacts& facts, const Column& column, NumberStyle declared);

/// Takes the values from the profiles of personal columns.
void mask_personal(Profile& profile, const std::vector<ColumnFacts>& facts);

/// Of all columns, in table order.
[[nodiscard]] std::vector<ColumnFacts> facts_of(const Table& table);

} // namespace mlp::dataset
