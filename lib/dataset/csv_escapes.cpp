#include "dataset/csv_escapes.hpp"

#include "dataset/csv_dialect.hpp"

#include <algorithm>
#include <limits>

namespace mlp::dataset {
namespace {

/// Whether it is well-formed, of two columns or more, and all lines have the same number of fields.
bool is_even(std::string_view sample, const config::FormatConfig& declared) {
  const Dialect dialect = detect_dialect(sample, declared);
  const Sample read = read_sample(sample, dialect, std::numeric_limits<std::size_t>::max());
  return !read.malformed && !read.records.empty() && read.records.front().size() > 1 &&
         std::all_of(read.records.begin(), read.records.end(),
                     [&](const Record& record) { return record.size() == read.records.front().size(); });
}

} // namespace

void EscapeRewriter::rewrite(std::span<char> text, std::size_t from) {
  for (std::size_t at = from; at < text.size(); ++at) {
    if (after_backslash_) {
      after_backslash_ = false;
      if (text[at] == '"' && at > 0) {
        text[at - 1] = '"';
      }
    } else if (text[at] == '"') {
      inside_ = !inside_;
    } else {
      after_backslash_ = inside_ && text[at] == '\\';
    }
  }
}

bool escapes_by_backslash(std::string_view text, std::size_t sample_bytes,
                          const config::FormatConfig& declared) {
  const std::string_view front = text.substr(0, sample_bytes);
  if (front.find("\\\"") == std::string_view::npos) {
    return false;
  }
  std::string rewritten(front);
  EscapeRewriter().rewrite(rewritten, 0);
  const std::size_t whole = front.size() == text.size() ? rewritten.size() : rewritten.size() - 1;
  const std::string with = sample_text(rewritten, whole); // without the record that the sample's end cuts
  const std::string as_it_is = sample_text(text, sample_bytes);
  // Read with the wrong quotes, the last record that ends may be one far before.
  return is_even(with, declared) && (!is_even(as_it_is, declared) || as_it_is.size() < with.size());
}

} // namespace mlp::dataset
