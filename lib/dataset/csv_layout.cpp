#include "dataset/csv_layout.hpp"

#include "base/error.hpp"
#include "dataset/csv_dialect.hpp"
#include "dataset/csv_structure.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace mlp::dataset {
namespace {

constexpr std::size_t k_most_sample_records = 1000;

/// The first record of a file.
struct FirstRecord {
  Record fields;
  std::size_t blank_lines = 0; ///< before it
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// Past the blank lines at the front of `text`.
void pass_blank_lines(std::string_view text, char delimiter, FirstRecord& record) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '\n' || c == '\r') {
      at += c == '\r' && at + 1 < text.size() && text[at + 1] == '\n' ? 1U : 0U;
      record.begin = at + 1;
      ++record.blank_lines;
    } else if (c == delimiter || (c != ' ' && c != '\t')) {
      break;
    }
  }
}

FirstRecord first_record(const TextFile& file, const Dialect& dialect) {
  FirstRecord record;
  pass_blank_lines(file.text, dialect.delimiter, record);
  const std::string_view rest = file.text.substr(record.begin);
  const std::size_t bytes = take_records(rest, 1, BlankLine::skipped).bytes;
  const std::string unended = bytes == 0 ? std::string(rest) + '\n' : std::string();
  Sample sample = read_sample(bytes == 0 ? std::string_view(unended) : rest.substr(0, bytes), dialect, 1);
  if (sample.malformed) {
    sample.malformed->place += record.begin;
    sample.malformed->opened += record.begin;
    fail_malformed(*sample.malformed, 0, file.name, file.text, file.first_line);
  }
  record.end = std::min(file.text.size(), record.begin + sample.end);
  record.fields = std::move(sample.records.front());
  return record;
}

void require_unique(const std::vector<std::string>& names, const std::string& place) {
  std::unordered_map<std::string_view, std::size_t> first;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto [at, is_new] = first.try_emplace(names[i], i);
    if (!is_new) {
      throw Error(ErrorCode::input, "{}: columns {} and {} are both named '{}'", place, at->second + 1, i + 1,
                  names[i])
          .hint("rename one of them; or set data.format.header to false, if that line is data");
    }
  }
}

/// Names without blanks at their ends; column_<n> where there is none.
std::vector<std::string> names_of(const Record& header, std::vector<std::string>& notes) {
  std::vector<std::string> names;
  std::size_t with_blanks = 0;
  for (std::size_t i = 0; i < header.size(); ++i) {
    const std::string_view name = trimmed(header[i]);
    with_blanks += name.size() != header[i].size() && !name.empty() ? 1U : 0U;
    names.emplace_back(name.empty() ? fmt::format("column_{}", i + 1) : std::string(name));
    if (name.empty()) {
      notes.push_back(
          fmt::format("column {} has no name in the header: it is called '{}'", i + 1, names.back()));
    }
  }
  if (with_blanks > 0) {
    notes.push_back(fmt::format("the blanks around {} column name{} are left out", with_blanks,
                                with_blanks == 1 ? "" : "s"));
  }
  return names;
}

/// A line of this length is no header, and its text is no name for reports and records.
void require_short(const std::vector<std::string>& names, const std::string& place) {
  constexpr std::size_t k_longest_name = 4096; // bytes
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i].size() > k_longest_name) {
      throw Error(ErrorCode::input, "{}: the name of column {} has {} bytes, more than {}", place, i + 1,
                  names[i].size(), k_longest_name)
          .hint("shorten it; or set data.format.header to false, if that line is data");
    }
  }
}

/// Whether it stands in single or typographic quotes, or grave accents.
bool is_in_other_quotes(std::string_view field) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 5> k_pairs = {
      {{"'", "'"}, {"`", "`"}, {"\u2018", "\u2019"}, {"\u201c", "\u201d"}, {"\u201e", "\u201c"}}};
  return std::any_of(k_pairs.begin(), k_pairs.end(), [&](const auto& pair) {
    return field.size() >= pair.first.size() + pair.second.size() && field.starts_with(pair.first) &&
           field.ends_with(pair.second);
  });
}

/// Other quotes than " would stay in every name and value.
void require_usual_quotes(const Record& first, const std::string& place) {
  const bool other = first.size() > 1 && std::all_of(first.begin(), first.end(), [](const auto& field) {
                       return is_in_other_quotes(trimmed(field));
                     });
  if (other) {
    throw Error(ErrorCode::input, "{}: every value stands in quotes that are no double quotes", place)
        .hint("write the file with double quotes (\"); Python's csv module reads others with `quotechar`");
  }
}

/// A line that names few of its columns is a title above the table.
void require_named(const Record& first, const std::string& place) {
  const auto named = std::count_if(first.begin(), first.end(),
                                   [](const std::string& field) { return !trimmed(field).empty(); });
  if (first.size() >= 3 && static_cast<std::size_t>(named) * 2 < first.size()) {
    throw Error(ErrorCode::input, "{}: {} of {} columns {} a name", place, named, first.size(),
                named == 1 ? "has" : "have")
        .hint("remove what stands above the line of names; or set data.format.header to true, if it is it");
  }
}

/// Where all other lines agree on another number of columns, the header is what is wrong.
void require_fitting(const Record& header, const std::vector<Record>& lines, const std::string& place) {
  constexpr std::size_t k_few_lines = 2;
  const bool even = lines.size() >= k_few_lines &&
                    std::all_of(lines.begin(), lines.end(),
                                [&](const Record& line) { return line.size() == lines.front().size(); });
  if (!even || lines.front().size() == header.size()) {
    return;
  }
  throw Error(ErrorCode::input, "{}: {} column name{}, but the lines below have {} field{}", place,
              header.size(), header.size() == 1 ? "" : "s", lines.front().size(),
              lines.front().size() == 1 ? "" : "s")
      .hint(header.size() < lines.front().size()
                ? "remove what stands above the line of names, or add the names that it lacks; a value that "
                  "holds "
                  "the delimiter must stand in double quotes"
                : "remove the names of no column, or what stands between the header and the table");
}

/// "sep=;" above a table tells a spreadsheet its delimiter, and would be read as the line of names.
void require_no_separator_line(const TextFile& file) {
  std::string_view line = file.text.substr(0, std::min(file.text.find_first_of("\r\n"), file.text.size()));
  if (line.size() >= 2 && line.front() == '"' && line.back() == '"') {
    line = line.substr(1, line.size() - 2);
  }
  constexpr std::string_view k_before = "sep=";
  if (line.size() == k_before.size() + 1 && line.starts_with(k_before)) {
    throw Error(ErrorCode::input, "{}: the line 'sep={}' is no part of the table", place_name(file, 0),
                line.back())
        .hint(fmt::format(
            "remove the line; where '{}' is no comma, semicolon, tab or |, set data.format.delimiter to it",
            line.back()));
  }
}

/// What is_header of a chunk compares a line with.
std::vector<std::string> repeatable(const Record& header) {
  std::vector<std::string> fields;
  if (header.size() > 1) { // a word may well be the name of its column
    std::transform(header.begin(), header.end(), std::back_inserter(fields),
                   [](const std::string& field) { return std::string(trimmed(field)); });
  }
  return fields;
}

std::vector<std::string> numbered_names(std::size_t columns) {
  std::vector<std::string> names;
  for (std::size_t i = 1; i <= columns; ++i) {
    names.push_back(fmt::format("column_{}", i));
  }
  return names;
}

[[noreturn]] void fail_empty(const TextFile& file) {
  const bool empty = file.text.empty();
  throw Error(ErrorCode::input, "cannot read '{}': {}", file.name,
              empty ? "the file is empty" : "it holds nothing but blank lines")
      .hint("a table needs a header or at least one row");
}

/// A file of blank lines is one column of missing values, but only where somebody said that it has no header.
Layout blank_layout(const TextFile& file, const config::FormatConfig& declared) {
  if (file.text.empty() || declared.header.value_or(true)) {
    fail_empty(file);
  }
  Layout layout;
  layout.header = false;
  layout.names = numbered_names(1);
  return layout;
}

void note_layout(Layout& layout, bool header_declared) {
  if (layout.names.size() == 1) {
    layout.notes.emplace_back("no delimiter was found (comma, semicolon, tab, |): the table has one column");
  }
  if (!layout.header && !header_declared) {
    layout.notes.push_back(fmt::format(
        "the first line looks like data, not like names: the columns are called column_1 to column_{}",
        layout.names.size()));
  }
}

} // namespace

std::string place_name(const TextFile& file, std::size_t place) {
  return fmt::format("{}:{}", file.name, file.first_line - 1 + line_of(file.text, place));
}

Layout detect_layout(TextFile& file, const config::FormatConfig& declared, std::size_t sample_bytes) {
  require_no_separator_line(file);
  const std::string sample = sample_text(file.text, sample_bytes);
  Layout layout;
  layout.dialect = detect_dialect(sample, declared);
  layout.numbers = number_style_of(declared);
  layout.sample = read_sample(sample, layout.dialect, k_most_sample_records).records;
  if (layout.sample.empty() && file.text.find_first_not_of(" \t\r\n") == std::string_view::npos) {
    return blank_layout(file, declared);
  }
  const FirstRecord first = first_record(file, layout.dialect);
  require_usual_quotes(first.fields, place_name(file, first.begin));
  layout.header = declared.header.value_or(detect_header(layout.sample, layout.numbers));
  if (layout.header) {
    layout.names = names_of(first.fields, layout.notes);
    require_short(layout.names, place_name(file, first.begin));
    require_unique(layout.names, place_name(file, first.begin));
    layout.sample.erase(layout.sample.begin());
    if (!declared.header) {
      require_named(first.fields, place_name(file, first.begin));
    }
    require_fitting(first.fields, layout.sample, place_name(file, first.begin));
    layout.dialect.header = repeatable(first.fields);
    file.data_begin = first.end;
    file.blank_lines = first.blank_lines;
  } else {
    layout.names = numbered_names(first.fields.size());
  }
  note_layout(layout, declared.header.has_value());
  return layout;
}

void require_same_layout(TextFile& file, const Layout& layout, const std::string& first_name) {
  if (!layout.header) {
    return; // a wrong number of fields is found in the first line, as in any other
  }
  if (file.text.find_first_not_of(" \t\r\n") == std::string_view::npos) {
    fail_empty(file);
  }
  std::vector<std::string> notes;
  const FirstRecord first = first_record(file, layout.dialect);
  file.data_begin = first.end;
  file.blank_lines = first.blank_lines;
  const std::vector<std::string> names = names_of(first.fields, notes);
  const auto [here, there] =
      std::mismatch(names.begin(), names.end(), layout.names.begin(), layout.names.end());
  if (here == names.end() && there == layout.names.end()) {
    return;
  }
  const auto column = here - names.begin() + 1;
  const auto shown = [](auto at, const auto& all) {
    return at == all.end() ? std::string("absent") : fmt::format("'{}'", *at);
  };
  throw Error(ErrorCode::input, "{}: the header differs from that of '{}': column {} is {}, expected {}",
              place_name(file, first.begin), first_name, column, shown(here, names),
              shown(there, layout.names))
      .hint("files of one table need the same columns in the same order, each with the header");
}

} // namespace mlp::dataset
