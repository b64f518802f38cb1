#pragma once

#include "config/project.hpp"
#include "dataset/table.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mlp::dataset {

/// A 64-bit fingerprint of each row's decoded values in `columns`, taken by name: equal rows have equal
/// fingerprints in any file, whatever the order of its columns or the codes of its categories; 1,000,000
/// different rows share one with a chance of 3 in 100 million. throws Error{input} where a column is absent
[[nodiscard]] std::vector<std::uint64_t> row_fingerprints(const Table& table,
                                                          std::vector<std::string> columns, unsigned threads);
/// The same of the columns that the trainer is offered, and the target.
[[nodiscard]] std::vector<std::uint64_t> row_fingerprints(const Table& table, const config::Project& project,
                                                          unsigned threads);

/// The rows that a model has seen, as a run stores them: "mlp-fingerprints 1\n", then each distinct
/// fingerprint as 8 bytes, little endian, ascending.
[[nodiscard]] std::string serialise_fingerprints(std::vector<std::uint64_t> fingerprints);

/// For each fingerprint, whether it is among the serialised ones.
/// throws Error{corrupt} where the bytes are no such list, Error{input} where a newer mlp wrote it
[[nodiscard]] std::vector<bool> seen_rows(std::string_view serialised,
                                          std::span<const std::uint64_t> fingerprints);

} // namespace mlp::dataset
