#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mlp::dataset {

/// What a person should know of a licence as written: which of its ids are not among the common ones of the
/// SPDX licence list, with the nearest that is. `LicenseRef-…` names terms of one's own and is fine; so is
/// nothing.
///
/// `expression`: SPDX 2.3, annex D: ids of letters, digits, '.' and '-', a '+' behind one for later versions,
/// `WITH` an exception, `AND`, `OR`, parentheses. throws Error{usage} where it is no such expression
[[nodiscard]] std::vector<std::string> licence_notes(std::string_view expression);

} // namespace mlp::dataset
