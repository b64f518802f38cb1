#include "dataset/write_csv.hpp"

#include <algorithm>

namespace mlp::dataset {
namespace {

bool needs_quotes(std::string_view text, char delimiter) {
  const auto is_blank = [](char c) { return c == ' ' || c == '\t'; };
  if (!text.empty() && (is_blank(text.front()) || is_blank(text.back()))) {
    return true;
  }
  return std::any_of(text.begin(), text.end(),
                     [&](char c) { return c == delimiter || c == '"' || c == '\n' || c == '\r'; });
}

void end_line(std::string& out, const Table& table, bool empty) {
  if (table.columns.size() == 1 && empty) {
    out += "\"\"";
  }
  out += '\n';
}

} // namespace

void append_csv_field(std::string& out, std::string_view text, char delimiter) {
  if (!needs_quotes(text, delimiter)) {
    out += text;
    return;
  }
  out += '"';
  for (const char c : text) {
    if (c == '"') {
      out += '"';
    }
    out += c;
  }
  out += '"';
}

void append_csv_header(std::string& out, const Table& table) {
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (i > 0) {
      out += ',';
    }
    append_csv_field(out, table.columns[i].name);
  }
  end_line(out, table, false);
}

void append_csv_row(std::string& out, const Table& table, std::size_t row) {
  const std::size_t before = out.size();
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (i > 0) {
      out += ',';
    }
    append_csv_field(out, table.columns[i].text(row));
  }
  end_line(out, table, out.size() == before);
}

} // namespace mlp::dataset
