#include "dataset/csv_sample.hpp"

#include "dataset/csv_field.hpp"
#include "dataset/csv_structure.hpp"

#include <limits>
#include <utility>

namespace mlp::dataset {
namespace {

/// Reads one record; null (and `sample.malformed`) where it is malformed.
const char* take_record(FieldReader& fields, const char* at, const Dialect& dialect, Sample& sample) {
  Record record;
  for (;;) {
    at = fields.take(at);
    if (at == nullptr) {
      sample.malformed = fields.malformed(0);
      sample.malformed->fields = record.size() + 1;
      return nullptr;
    }
    record.emplace_back(fields.text());
    if (!fields.is_delimiter(*at)) {
      break;
    }
    ++at;
    if (dialect.blank_after_delimiter) {
      at = fields.behind_blanks(at);
    }
  }
  sample.records.push_back(std::move(record));
  return at;
}

const char* behind_line_end(const char* at, const char* end) {
  return at + (*at == '\r' && at + 1 != end && at[1] == '\n' ? 2 : 1);
}

} // namespace

std::string sample_text(std::string_view text, std::size_t bytes) {
  constexpr std::size_t k_all = std::numeric_limits<std::size_t>::max();
  std::size_t size = text.size();
  if (text.size() > bytes) {
    size = take_records(text.substr(0, bytes), k_all, BlankLine::skipped).bytes;
    if (size == 0) {
      size = take_records(text, 1, BlankLine::skipped).bytes;
    }
    if (size == 0) {
      size = text.size();
    }
  }
  std::string sample(text.substr(0, size));
  if (!sample.empty() && sample.back() != '\n' && sample.back() != '\r') {
    sample += '\n';
  }
  return sample;
}

Sample read_sample(std::string_view text, const Dialect& dialect, std::size_t most) {
  Sample sample;
  FieldReader fields(text, dialect.delimiter);
  const char* const end = text.data() + text.size();
  const char* at = text.data();
  while (at != end && sample.records.size() < most) {
    if (const char* line_end = fields.end_of_blank_line(at)) {
      at = behind_line_end(line_end, end);
      continue;
    }
    at = take_record(fields, at, dialect, sample);
    if (at == nullptr) {
      break;
    }
    at = behind_line_end(at, end);
    sample.end = static_cast<std::size_t>(at - text.data());
  }
  return sample;
}

} // namespace mlp::dataset
