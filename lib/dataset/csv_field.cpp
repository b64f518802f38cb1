#include "dataset/csv_field.hpp"

#include <cstring>

namespace mlp::dataset {

const char* FieldReader::take_quoted(const char* open) {
  quoted_ = true;
  decoded_ = false;
  const char* part = open + 1;
  for (const char* at = part;;) {
    at = static_cast<const char*>(std::memchr(at, '"', static_cast<std::size_t>(end_ - at)));
    if (at == nullptr) {
      return fail(Malformed::Kind::unterminated_quote, open, open);
    }
    const std::string_view run(part, static_cast<std::size_t>(at - part));
    const char next = at[1]; // the text ends with a line end, so there is one
    if (next == '"') {
      if (!decoded_) {
        buffer_.clear();
      }
      buffer_.append(run).push_back('"');
      decoded_ = true;
      at += 2;
      part = at;
      continue;
    }
    if (!is_field_end(next)) {
      return fail(Malformed::Kind::text_after_quote, at + 1, open);
    }
    text_ = decoded_ ? std::string_view(buffer_.append(run)) : run;
    return at + 1;
  }
}

} // namespace mlp::dataset
