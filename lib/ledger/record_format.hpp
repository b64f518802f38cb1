#pragma once

#include "ledger/record.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace mlp::ledger {

inline constexpr std::size_t k_largest_record = 64UL * 1024; ///< bytes
inline constexpr std::int64_t k_largest_seq = 1LL << 53U;    ///< every JSON reader holds it exactly

/// "records/2026-11/23/<id>.json": the day is that of the record's time ("2026-11-23T05:14:13Z").
[[nodiscard]] std::string record_path(const ContentId& id, std::string_view time);

[[nodiscard]] bool is_record_path(std::string_view path); ///< whether it lies in records/

/// The record that `path` of the ledger holds in `bytes`.
/// throws Error{corrupt} where the bytes do not match the path's id, Error{input} where they are no record,
/// each saying why, without the path
[[nodiscard]] Record record_at(std::string_view path, std::string_view bytes);

/// The id that a record's path names; the empty id where it names none.
[[nodiscard]] ContentId id_in(std::string_view path);

/// What lists show of a record; `blob`, `local` and `published` are the caller's to fill in.
/// throws Error{corrupt} where a member that lists show is of the wrong kind
[[nodiscard]] Entry entry_of(const Record& record);

} // namespace mlp::ledger
