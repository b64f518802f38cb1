#include "dataset/row_hash.hpp"

#include "dataset/cell_value.hpp"

#include <algorithm>
#include <cstring>

namespace mlp::dataset {

RowHash hash_of(std::string_view text) {
  if (const std::string_view bare = trimmed(text); bare.size() != text.size() && parse_boolean(bare)) {
    text = bare;
  }
  RowHash hash;
  hash.add({text.size(), text.size()}); // so that what fills the last word is told from the text
  for (std::size_t at = 0; at < text.size(); at += sizeof(std::uint64_t)) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + at, std::min(sizeof word, text.size() - at));
    hash.add({word, word});
  }
  return hash;
}

RowHash hash_of_declared(bool value) { return hash_of(std::string_view(value ? "true" : "false")); }

TableValueHasher::TableValueHasher(const Column& column, bool declared_boolean) : column_(column) {
  if (column.type == ColumnType::boolean && declared_boolean) {
    known_ = {hash_of_declared(false), hash_of_declared(true)};
    return;
  }
  for (const std::string& text : column.type == ColumnType::boolean ? column.spellings : column.categories) {
    known_.push_back(hash_of(std::string_view(text)));
  }
}

} // namespace mlp::dataset
