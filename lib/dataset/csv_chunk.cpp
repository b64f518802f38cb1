#include "dataset/csv_chunk.hpp"

#include "base/time.hpp"
#include "dataset/ascii.hpp"
#include "dataset/csv_field.hpp"
#include "dataset/short_number.hpp"

#include <fast_float/fast_float.h>

#include <cmath>
#include <cstring>
#include <limits>

namespace mlp::dataset {
namespace {

constexpr double k_all_integers_exact = 9007199254740992.0; // 2^53
constexpr double k_missing = std::numeric_limits<double>::quiet_NaN();

class ChunkReader {
public:
  ChunkReader(const ChunkText& chunk, const Dialect& dialect, const MissingTokens& missing,
              const std::vector<ColumnTask>& tasks)
      : chunk_(chunk), fields_(chunk.text, dialect.delimiter), missing_(missing), tasks_(tasks),
        header_(dialect.header), skip_blanks_(dialect.blank_after_delimiter),
        empty_is_missing_(missing.find("").has_value()), number_may_be_missing_(missing.may_be_number()),
        end_(chunk.text.data() + chunk.text.size()) {
    const auto before = static_cast<std::size_t>(chunk.text.data() - chunk.readable_begin);
    const auto all = static_cast<std::size_t>(chunk.readable_end - chunk.readable_begin);
    fast_from_ = chunk.text.data() + (before < k_readable_before ? k_readable_before - before : 0);
    if (all >= k_readable_behind && !number_may_be_missing_) {
      fast_to_ = chunk.readable_end - k_readable_behind;
    }
    result_.columns.resize(tasks.size());
  }

  ChunkResult run() {
    const char* at = chunk_.text.data();
    while (at != end_ && at != nullptr) {
      at = read_line(at);
    }
    result_.rows = row_;
    result_.quoted = fields_.quoted();
    if (empty_seen_) {
      is_missing({});
    }
    if (at == nullptr && !result_.malformed) {
      result_.malformed = fields_.malformed(chunk_.place);
      result_.malformed->fields = field_ + 1;
    }
    return std::move(result_);
  }

private:
  const char* read_line(const char* at) {
    if (tasks_.size() > 1) {
      if (const char* line_end = fields_.end_of_blank_line(at)) {
        ++result_.blank_lines;
        return pass_line_end(line_end);
      }
      result_.empty_rows += is_empty_row(at) ? 1U : 0U;
      if (may_be_header(at) && is_header(at)) {
        result_.malformed = Malformed{Malformed::Kind::header_again, place_of(at), 0, 0};
        return nullptr;
      }
    }
    const char* const line = at;
    const ColumnTask* const first = tasks_.data();
    const ColumnTask* const last = first + tasks_.size() - 1;
    for (const ColumnTask* task = first;; ++task) {
      const ShortNumber number = task->reader == CellReader::number && at >= fast_from_ && at < fast_to_
                                     ? read_short_number(at)
                                     : ShortNumber();
      if (number.end != nullptr && fields_.is_field_end(*number.end)) {
        task->numbers[row_] = number.value;
        at = number.end;
      } else {
        field_ = static_cast<std::size_t>(task - first);
        at = read_cell(at, *task);
        if (at == nullptr) {
          return nullptr;
        }
      }
      if (fields_.is_delimiter(*at) == (task == last)) {
        return wrong_count(line);
      }
      if (task == last) {
        break;
      }
      ++at;
      if (skip_blanks_) {
        at = fields_.behind_blanks(at);
      }
    }
    ++row_;
    return pass_line_end(at);
  }

  [[nodiscard]] bool is_empty_row(const char* at) const {
    if (!fields_.is_delimiter(*at)) {
      return false;
    }
    while (fields_.is_delimiter(*at) || *at == ' ') {
      ++at;
    }
    return fields_.is_field_end(*at);
  }

  /// By its first letters: what most lines are not is told at once.
  [[nodiscard]] bool may_be_header(const char* at) const {
    if (header_.empty()) {
      return false;
    }
    const std::string& first = header_.front();
    at += *at == '"' ? 1 : 0;
    return static_cast<std::size_t>(end_ - at) > first.size() &&
           std::memcmp(at, first.data(), first.size()) == 0 &&
           (!first.empty() || fields_.is_delimiter(*at) || *at == '"');
  }

  bool is_header(const char* at) {
    for (std::size_t i = 0; i < header_.size(); ++i) {
      at = fields_.take(skip_blanks_ && i > 0 ? fields_.behind_blanks(at) : at);
      const bool last = i + 1 == header_.size();
      if (at == nullptr || trimmed(fields_.text()) != header_[i] || fields_.is_delimiter(*at) == last) {
        return false;
      }
      ++at;
    }
    return true;
  }

  const char* read_cell(const char* at, const ColumnTask& task) {
    switch (task.reader) {
    case CellReader::number:
      return read_number<'.'>(at, task);
    case CellReader::styled_number:
      return read_styled_number(at, task);
    case CellReader::text:
      return read_text(at, task);
    case CellReader::datetime:
      return read_datetime(at, task);
    case CellReader::skip:
      break;
    }
    return fields_.take(at);
  }

  const char* read_styled_number(const char* at, const ColumnTask& task) {
    if (fields_.is_delimiter(task.style.decimal)) { // a number that has one stands in quotes
      return read_odd_number(at, fields_.take(at), task);
    }
    return task.style.decimal == ',' ? read_number<','>(at, task) : read_number<'.'>(at, task);
  }

  template <char decimal> const char* read_number(const char* at, const ColumnTask& task) {
    if (fields_.is_field_end(*at) && empty_is_missing_) {
      task.numbers[row_] = k_missing;
      empty_seen_ = true;
      return at;
    }
    const char* digits = at + (*at == '-' ? 1 : 0);
    double value = 0.0;
    constexpr fast_float::parse_options k_options(fast_float::chars_format::general, decimal);
    const auto read = fast_float::from_chars_advanced(at, end_, value, k_options);
    const bool plain = (is_digit(digits[0]) && (digits[0] != '0' || !is_digit(digits[1]))) &&
                       std::fabs(value) < k_all_integers_exact;
    if (plain && !number_may_be_missing_ && fields_.is_field_end(*read.ptr)) {
      task.numbers[row_] = value;
      return read.ptr;
    }
    return read_odd_number(at, fields_.take(at), task);
  }

  /// A cell that is no plain number: missing, quoted, with blanks or thousands, an identifier, or no number.
  const char* read_odd_number(const char* at, const char* end, const ColumnTask& task) {
    if (end == nullptr) {
      return nullptr;
    }
    const std::string_view text = trimmed(fields_.text());
    task.numbers[row_] = k_missing;
    if (is_missing(text)) {
      return end;
    }
    const NumberText number = parse_number(text, task.style);
    if (number.fit == NumberFit::exact ||
        (number.fit == NumberFit::identifier && task.identifiers_are_numbers)) {
      task.numbers[row_] = number.value;
    } else if (number.fit == NumberFit::beyond) {
      note_beyond(at);
    } else {
      note_misfit(at, task);
    }
    return end;
  }

  const char* read_datetime(const char* at, const ColumnTask& task) {
    const char* end = fields_.take(at);
    if (end == nullptr) {
      return nullptr;
    }
    const std::string_view text = trimmed(fields_.text());
    task.numbers[row_] = k_missing;
    if (is_missing(text)) {
      return end;
    }
    if (const auto time = parse_time(text)) {
      task.numbers[row_] = static_cast<double>(*time);
    } else {
      note_misfit(at, task);
    }
    return end;
  }

  const char* read_text(const char* at, const ColumnTask& task) {
    const char* end = fields_.take(at);
    if (end == nullptr) {
      return nullptr;
    }
    const auto lifetime =
        fields_.decoded() ? TextDictionary::Lifetime::of_call : TextDictionary::Lifetime::of_file;
    const auto code = result_.columns[field_].dictionary.index_of(fields_.text(), place_of(at), lifetime);
    task.codes[row_] = static_cast<std::int32_t>(code);
    return end;
  }

  /// Whether `text` stands for no value; remembers which token it is.
  bool is_missing(std::string_view text) {
    const auto token = missing_.find(text);
    if (token && *token < 64) {
      result_.missing_seen |= std::uint64_t{1} << *token;
    }
    return token.has_value();
  }

  void note_beyond(const char* at) {
    ColumnPart& part = result_.columns[field_];
    if (!part.first_beyond) {
      part.first_beyond = place_of(at);
    }
    part.misfits.push_back(static_cast<std::uint32_t>(row_));
  }

  void note_misfit(const char* at, const ColumnTask& task) {
    ColumnPart& part = result_.columns[field_];
    if (!part.first_misfit) {
      part.first_misfit = place_of(at);
    }
    if (task.on_misfit == OnMisfit::record) {
      part.misfits.push_back(static_cast<std::uint32_t>(row_));
    } else {
      tasks_[field_].reader = CellReader::skip;
    }
  }

  const char* pass_line_end(const char* at) {
    if (*at == '\n') {
      result_.line_feed = true;
      return at + 1;
    }
    if (at + 1 != end_ && at[1] == '\n') {
      result_.both = true;
      return at + 2;
    }
    result_.carriage_return = true;
    return at + 1;
  }

  /// Too few or too many fields: counts what there is.
  const char* wrong_count(const char* line) {
    std::size_t fields = 0;
    const char* at = line;
    for (bool more = true; more; ++fields) {
      at = fields_.take(skip_blanks_ && fields > 0 ? fields_.behind_blanks(at) : at);
      if (at == nullptr) {
        field_ = fields;
        return nullptr;
      }
      more = fields_.is_delimiter(*at);
      ++at;
    }
    result_.malformed = Malformed{Malformed::Kind::field_count, place_of(line), 0, fields};
    return nullptr;
  }

  [[nodiscard]] std::size_t place_of(const char* at) const {
    return chunk_.place + static_cast<std::size_t>(at - chunk_.text.data());
  }

  ChunkText chunk_;
  FieldReader fields_;
  const MissingTokens& missing_;
  std::vector<ColumnTask> tasks_; ///< a copy: a column that does not fit is skipped from there on
  const std::vector<std::string>& header_;
  bool skip_blanks_;
  bool empty_is_missing_;
  bool number_may_be_missing_; ///< a token such as -9: each number is to be looked up
  bool empty_seen_ = false;
  const char* end_;
  const char* fast_from_; ///< read_short_number may be used in [fast_from_, fast_to_)
  const char* fast_to_ = nullptr;
  std::size_t field_ = 0;
  std::size_t row_ = 0;
  ChunkResult result_;
};

} // namespace

ChunkResult read_chunk(const ChunkText& chunk, const Dialect& dialect, const MissingTokens& missing,
                       const std::vector<ColumnTask>& tasks) {
  return ChunkReader(chunk, dialect, missing, tasks).run();
}

} // namespace mlp::dataset
