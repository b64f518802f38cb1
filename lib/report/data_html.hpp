#pragma once

#include "base/check.hpp"
#include "dataset/profile.hpp"

#include <span>
#include <string>
#include <utility>
#include <vector>

namespace mlp::report {

/// What a page about data says beyond their profile.
struct DataPage {
  std::string name;
  std::string dataset; ///< id
  std::uint64_t bytes = 0;
  std::int64_t versions = 0;
  std::string uses;                                            ///< what was made from it, in a sentence
  std::vector<std::pair<std::string, std::string>> provenance; ///< name and value; empty ones are left out
};

/// A page of its own: warnings first, then a picture of each of these columns, then where the data are from.
[[nodiscard]] std::string data_html(const dataset::Profile& profile, std::span<const std::size_t> columns,
                                    std::span<const Check> checks, const DataPage& facts);

} // namespace mlp::report
