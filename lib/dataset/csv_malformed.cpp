#include "base/error.hpp"
#include "dataset/csv_chunk.hpp"
#include "dataset/csv_structure.hpp"

namespace mlp::dataset {

void fail_malformed(const Malformed& malformed, std::size_t expected_fields, std::string_view name,
                    std::string_view text, std::size_t first_line) {
  const auto line = [&](std::size_t place) { return first_line - 1 + line_of(text, place); };
  const std::size_t at = line(malformed.place);
  switch (malformed.kind) {
  case Malformed::Kind::field_count:
    throw Error(ErrorCode::input, "{}:{}: {} field{}, expected {}", name, at, malformed.fields,
                malformed.fields == 1 ? "" : "s", expected_fields)
        .hint("correct the line; a value that holds the delimiter must stand in quotes");
  case Malformed::Kind::stray_quote:
    throw Error(ErrorCode::input, "{}:{}: a quote inside field {}, which is not quoted", name, at,
                malformed.fields)
        .hint("put the whole value in quotes and double the quotes in it: \"5\"\" pipe\"");
  case Malformed::Kind::text_after_quote:
    throw Error(ErrorCode::input, "{}:{}: text behind the closing quote of field {}, which opened on line {}",
                name, at, malformed.fields, line(malformed.opened))
        .hint("double the quotes inside a quoted value: \"5\"\" pipe\"");
  case Malformed::Kind::header_again:
    throw Error(ErrorCode::input, "{}:{}: the names of the columns stand there again", name, at)
        .hint("remove the line where a file goes on; a second table belongs into a file of its own");
  case Malformed::Kind::unterminated_quote:
    break;
  }
  throw Error(ErrorCode::input, "{}:{}: the quote that opens field {} is never closed", name,
              line(malformed.opened), malformed.fields)
      .hint("close the quote; double the quotes inside a quoted value");
}

} // namespace mlp::dataset
