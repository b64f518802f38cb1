#pragma once

#include "git/repository.hpp"
#include "ledger/record.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mlp::ledger {

/// The two places that the ledger is read from.
enum class Side { local, remote };

/// A file below records/ that is no readable record.
struct Misfit {
  std::string path;
  std::string blob;
  std::string why;
  bool local = false;
  bool published = false;
  bool unreadable =
      false; ///< its bytes are not here, or damaged: that may be cured, so each update tries again
};

/// What is known of all records of two trees. Derived: it may be deleted at any time.
struct Index {
  std::array<std::optional<git::ObjectName>, 2> trees; ///< by Side: what `entries` and `misfits` cover
  std::vector<Entry> entries;                          ///< sorted by (seq, id)
  std::vector<Misfit> misfits;
};

/// Brings the index from the trees it covers to `trees` by reading only what differs; returns how many files
/// differed.
/// throws Error{corrupt} where a tree (not a record) cannot be read
std::size_t update(Index& index, const git::Repository& repository,
                   const std::array<std::optional<git::ObjectName>, 2>& trees, unsigned threads);

/// For cache/; see index.cpp for the format.
[[nodiscard]] std::string encode(const Index& index);
/// Nothing for bytes that are damaged or of another version.
[[nodiscard]] std::optional<Index> decode(std::string_view bytes);

} // namespace mlp::ledger
