#include "dataset/read_table.hpp"

#include "base/error.hpp"
#include "dataset/csv_assembly.hpp"
#include "dataset/csv_escapes.hpp"
#include "dataset/dataset_files.hpp"
#include "dataset/parquet_table.hpp"
#include "dataset/read_text.hpp"
#include "dataset/stored_text.hpp"
#include "os/held_file.hpp"
#include "parquet/parquet.hpp"

#include <algorithm>
#include <optional>

namespace mlp::dataset {
namespace {

using NamedBytes = std::vector<std::pair<std::string, std::string_view>>;

/// What the files' storage shows about the format.
void describe_storage(const std::vector<std::unique_ptr<StoredText>>& stored,
                      const std::vector<TextFile>& files, const ReadOptions& options, Table& table) {
  for (std::size_t i = 0; i < stored.size(); ++i) {
    const DecodedText& decoded = stored[i]->decoded;
    table.format.byte_order_mark = table.format.byte_order_mark || decoded.byte_order_mark;
    if (stored[i]->compression != Compression::none) {
      table.format.compression = name_of(stored[i]->compression);
    }
    if (decoded.encoding != "utf-8") {
      table.format.encoding = decoded.encoding;
      if (!options.format.encoding) {
        table.notes.push_back(latin1_note(files[i].name));
      }
    }
  }
}

void require_unchanged(const std::vector<Source>& sources,
                       const std::vector<std::optional<os::FileStat>>& before) {
  for (std::size_t i = 0; i < sources.size(); ++i) {
    if (os::stat_file(sources[i].path) != before[i]) {
      throw_changed(sources[i]);
    }
  }
}

/// Returns the text with its escapes rewritten, in a copy where it was none.
std::string_view rewrite_escapes(DecodedText& decoded) {
  if (decoded.decoded.empty()) {
    decoded.decoded = decoded.text;
  }
  EscapeRewriter().rewrite(decoded.decoded, 0);
  decoded.text = decoded.decoded;
  return decoded.text;
}

/// Whether all files are Parquet. throws Error{input} where only some are
bool are_parquet(const NamedBytes& named_bytes) {
  const auto other = [](const auto& named) { return !parquet::is_parquet(named.second); };
  const auto is = [](const auto& named) { return parquet::is_parquet(named.second); };
  const auto first = std::find_if(named_bytes.begin(), named_bytes.end(), is);
  if (first == named_bytes.end()) {
    return false;
  }
  if (!parquet::is_built_in()) {
    static_cast<void>(parquet::open_file(first->second, first->first, 1)); // says so
  }
  if (const auto text = std::find_if(named_bytes.begin(), named_bytes.end(), other);
      text != named_bytes.end()) {
    throw Error(ErrorCode::input, "cannot read '{}' and '{}' as one table: only the first is a Parquet file",
                first->first, text->first)
        .hint("write all files of a table in one format");
  }
  return true;
}

} // namespace

std::string latin1_note(const std::string& name) {
  return fmt::format("'{}' is not UTF-8: it is read as Latin-1", name);
}

MissingTokens missing_tokens_of(const config::FormatConfig& format) {
  return format.missing ? MissingTokens(*format.missing) : MissingTokens();
}

Table read_text(const NamedBytes& named_bytes, const ReadOptions& options, const ReadSizes& sizes) {
  if (named_bytes.empty()) {
    throw Error(ErrorCode::input, "cannot read a table: there is no file").hint("name at least one CSV file");
  }
  std::vector<std::unique_ptr<StoredText>> stored;
  std::vector<TextFile> files;
  for (const auto& [name, bytes] : named_bytes) {
    stored.push_back(text_of(bytes, name, options));
    files.push_back({name, stored.back()->decoded.text});
  }
  const bool escaped = escapes_by_backslash(files.front().text, sizes.sample_bytes, options.format);
  for (std::size_t i = 0; escaped && i < files.size(); ++i) {
    files[i].text = rewrite_escapes(stored[i]->decoded);
  }
  Layout layout = detect_layout(files.front(), options.format, sizes.sample_bytes);
  if (escaped) {
    layout.notes.emplace_back(k_escapes_note);
  }
  for (std::size_t i = 1; i < files.size(); ++i) {
    require_same_layout(files[i], layout, files.front().name);
  }
  const MissingTokens missing = missing_tokens_of(options.format);
  const auto plans = plan_columns(layout, options, missing);
  Table table = assemble_table(files, layout, plans,
                               {.missing = missing,
                                .missing_declared = options.format.missing.has_value(),
                                .threads = options.threads,
                                .progress = options.progress,
                                .interrupt = options.interrupt,
                                .chunk_bytes = sizes.chunk_bytes});
  table.notes.insert(table.notes.begin(), layout.notes.begin(), layout.notes.end());
  describe_storage(stored, files, options, table);
  for (Column& column : table.columns) {
    if (const auto said = options.personal.find(column.name); said != options.personal.end()) {
      column.personal = said->second;
    }
  }
  return table;
}

bool ReadOptions::declares_boolean(const std::string& column) const {
  const auto declared = columns.find(column);
  return declared != columns.end() && declared->second.type == name_of(ColumnType::boolean);
}

Table read_table(const std::vector<Source>& sources, const ReadOptions& options) {
  std::vector<std::optional<os::FileStat>> before;
  std::vector<os::HeldFile> held;
  NamedBytes named_bytes;
  for (const Source& source : sources) {
    before.push_back(os::stat_file(source.path));
    held.emplace_back(source.path);
    named_bytes.emplace_back(source.name, held.back().bytes());
  }
  Table table = read_table_bytes(named_bytes, options);
  require_unchanged(sources, before);
  return table;
}

Table read_table_bytes(const NamedBytes& named_bytes, const ReadOptions& options) {
  std::vector<std::string_view> files;
  for (const auto& named : named_bytes) {
    files.push_back(named.second);
  }
  TapFeed feed(options, std::move(files));
  Table table = are_parquet(named_bytes) ? read_parquet(named_bytes, options)
                                         : read_text(named_bytes, options, ReadSizes());
  feed.finish();
  return table;
}

} // namespace mlp::dataset
