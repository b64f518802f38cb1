#include "dataset/row_scan.hpp"

#include "base/error.hpp"
#include "dataset/personal_data.hpp"
#include "dataset/read_text.hpp"
#include "dataset/row_hash.hpp"
#include "dataset/table_pieces.hpp"
#include "dataset/table_scan.hpp"
#include "dataset/text_census.hpp"
#include "os/threads.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <optional>

namespace mlp::dataset {
namespace {

constexpr std::size_t k_most_rows = std::numeric_limits<std::uint32_t>::max();

/// Of all columns where none is named, in the byte order of the names.
std::vector<std::size_t> places_of(const std::vector<std::string>& names,
                                   const std::vector<std::string>& wanted) {
  std::vector<std::size_t> places(names.size());
  std::iota(places.begin(), places.end(), 0);
  if (!wanted.empty()) {
    const std::set<std::string> found(wanted.begin(), wanted.end());
    std::erase_if(places, [&](std::size_t i) { return !found.contains(names[i]); });
  }
  std::sort(places.begin(), places.end(), [&](std::size_t a, std::size_t b) { return names[a] < names[b]; });
  return places;
}

bool has_all(const std::vector<std::string>& names, const std::vector<std::string>& wanted) {
  return std::all_of(wanted.begin(), wanted.end(), [&](const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
  });
}

template <typename Item> std::vector<std::string> names_of(const std::vector<Item>& items) {
  std::vector<std::string> names;
  names.reserve(items.size());
  std::transform(items.begin(), items.end(), std::back_inserter(names),
                 [](const Item& item) { return item.name; });
  return names;
}

/// Hashes the cells of a piece as TableValueHasher does those of a table.
class CellHasher {
public:
  CellHasher(const MissingTokens& missing, const ReadOptions& options)
      : missing_(missing), options_(options) {}

  [[nodiscard]] RowHash text_hash(const ColumnPlan& plan, std::string_view text) const {
    if (missing_.find(trimmed(text))) {
      return k_hash_of_missing;
    }
    if (plan.type == ColumnType::boolean && options_.declares_boolean(plan.name)) {
      const auto value = declared_boolean(trimmed(text));
      return value ? hash_of_declared(*value) : k_hash_of_missing;
    }
    return hash_of(text);
  }

  /// Calls `use(row of the piece, hash)` for each row of a chunk.
  template <typename Use>
  void for_each(const TablePiece& piece, const ColumnPlan& plan, std::size_t column, std::size_t chunk,
                const Use& use) const {
    const RowRange range = piece.cells.ranges()[chunk];
    const RawColumn& raw = piece.cells.columns()[column];
    if (piece.readers[column] != CellReader::text) {
      for (std::size_t row = range.begin; row < range.end; ++row) {
        const double value = raw.numbers[row];
        use(row, value != value ? k_hash_of_missing : hash_of(value));
      }
      return;
    }
    std::vector<RowHash> known;
    for (const TextDictionary::Entry& entry :
         piece.cells.results()[chunk].columns[column].dictionary.entries()) {
      known.push_back(text_hash(plan, entry.text));
    }
    for (std::size_t row = range.begin; row < range.end; ++row) {
      use(row, known[static_cast<std::size_t>(raw.codes[row])]);
    }
  }

private:
  const MissingTokens& missing_;
  const ReadOptions& options_;
};

/// Hashes all rows that go by.
class RowHashing final : public TableObserver {
public:
  RowHashing(const ReadOptions& options, const RowScanRequest& request)
      : options_(options), request_(request), missing_(missing_tokens_of(options.format)) {}

  void begin() override {
    hashes.rows.clear();
    hashes.ids.clear();
  }

  void take(const TablePiece& piece, const std::vector<ColumnPlan>& plans) override {
    const std::vector<std::string> names = names_of(plans);
    add(hashes.rows, piece, plans, places_of(names, request_.columns));
    if (!request_.ids.empty() && has_all(names, request_.ids)) {
      add(hashes.ids, piece, plans, places_of(names, request_.ids));
    }
  }

  void end(std::vector<Distribution> found) override { distributions = std::move(found); }

  IdentifiedRows hashes;
  std::vector<Distribution> distributions;

private:
  void add(std::vector<RowHash>& rows, const TablePiece& piece, const std::vector<ColumnPlan>& plans,
           const std::vector<std::size_t>& places) const {
    const std::size_t before = rows.size();
    if (before + piece.cells.rows() > k_most_rows) {
      throw Error(ErrorCode::input, "cannot compare tables of more than {} rows", k_most_rows)
          .hint("compare them file by file");
    }
    rows.resize(before + piece.cells.rows());
    const CellHasher hasher(missing_, options_);
    os::parallel_for(piece.cells.results().size(), options_.threads, [&](std::size_t chunk) {
      for (const std::size_t column : places) { // column by column: each stands together in memory
        hasher.for_each(piece, plans[column], column, chunk,
                        [&](std::size_t row, const RowHash& value) { rows[before + row].add(value); });
      }
    });
  }

  const ReadOptions& options_;
  const RowScanRequest& request_;
  MissingTokens missing_;
};

void add_hashes(std::vector<RowHash>& rows, const Table& table, const ReadOptions& options,
                const std::vector<std::size_t>& places) {
  rows.resize(table.rows);
  for (const std::size_t i : places) {
    const Column& column = table.columns[i];
    const TableValueHasher hash(column, options.declares_boolean(column.name));
    for (std::size_t row = 0; row < table.rows; ++row) {
      rows[row].add(hash(row));
    }
  }
}

/// The cells that were asked for, of pieces that go by.
class CellPicking {
public:
  CellPicking(TablePieces& pieces, const ReadOptions& options, const CellRequest& request)
      : pieces_(pieces), options_(options), request_(request), order_(request.rows.size()) {
    std::iota(order_.begin(), order_.end(), 0);
    std::sort(order_.begin(), order_.end(),
              [&](std::uint32_t a, std::uint32_t b) { return request.rows[a] < request.rows[b]; });
    read_.hashes.assign(request.columns.size(), std::vector<std::uint64_t>(request.rows.size()));
    read_.texts.resize(request.columns.size());
    for (std::size_t i = 0; i < request.columns.size(); ++i) {
      if (!request.hidden.contains(request.columns[i])) {
        read_.texts[i].resize(std::min(request.rows.size(), k_diff_examples));
      }
    }
  }

  std::vector<CellReader> readers() {
    const std::vector<ColumnPlan>& plans = pieces_.plans();
    if (places_.empty()) {
      std::map<std::string_view, std::size_t> known;
      for (std::size_t i = 0; i < plans.size(); ++i) {
        known[plans[i].name] = i;
      }
      for (const std::string& name : request_.columns) {
        places_.push_back(known.at(name));
      }
    }
    std::vector<CellReader> readers(plans.size(), CellReader::skip);
    for (const std::size_t column : places_) {
      readers[column] = reader_of(plans[column]);
    }
    return readers;
  }

  void take(const TablePiece& piece) {
    const std::uint64_t end = piece.rows_before + piece.cells.rows();
    std::size_t last = next_;
    while (last < order_.size() && request_.rows[order_[last]] < end) {
      ++last;
    }
    const auto picked = std::span(order_).subspan(next_, last - next_);
    os::parallel_for(places_.size(), options_.threads,
                     [&](std::size_t i) { pick(piece, places_[i], i, picked); });
    next_ = last;
  }

  RowsAsRead finish() { return std::move(read_); }

private:
  void pick(const TablePiece& piece, std::size_t column, std::size_t i,
            std::span<const std::uint32_t> picked) {
    const CellHasher hasher(pieces_.missing(), options_);
    const ColumnPlan& plan = pieces_.plans()[column];
    const RawColumn& raw = piece.cells.columns()[column];
    std::size_t chunk = 0;
    for (const std::uint32_t place : picked) {
      const auto row = static_cast<std::size_t>(request_.rows[place] - piece.rows_before);
      if (piece.readers[column] != CellReader::text) {
        const double value = raw.numbers[row];
        read_.hashes[i][place] = (value != value ? k_hash_of_missing : hash_of(value)).first;
        if (place < read_.texts[i].size()) {
          read_.texts[i][place] = number_text(plan.type, value);
        }
        continue;
      }
      while (row >= piece.cells.ranges()[chunk].end) {
        ++chunk;
      }
      const auto code = static_cast<std::size_t>(raw.codes[row]);
      const std::string_view text =
          piece.cells.results()[chunk].columns[column].dictionary.entries()[code].text;
      read_.hashes[i][place] = hasher.text_hash(plan, text).first;
      if (place < read_.texts[i].size() && !pieces_.missing().find(trimmed(text))) {
        read_.texts[i][place] = plan.type == ColumnType::boolean ? trimmed(text) : text;
      }
    }
  }

  static std::string number_text(ColumnType type, double value) {
    Column column;
    column.type = type;
    column.numbers = {value};
    return column.text(0);
  }

  TablePieces& pieces_;
  const ReadOptions& options_;
  const CellRequest& request_;
  std::vector<std::size_t> places_;  ///< of request.columns in the table
  std::vector<std::uint32_t> order_; ///< places in request.rows, by row
  std::size_t next_ = 0;             ///< in order_
  RowsAsRead read_;
};

} // namespace

RowScan scan_rows(const std::vector<Source>& sources, const ReadOptions& options,
                  const RowScanRequest& request, std::size_t piece_bytes) {
  ReadOptions reading = options;
  reading.types = request.types;
  RowHashing hashing(reading, request);
  const TableScan seen = scan_observed(sources, reading, hashing, piece_bytes);
  RowScan scan;
  scan.rows = seen.profile.rows;
  for (std::size_t i = 0; i < seen.profile.columns.size(); ++i) {
    scan.columns.push_back({seen.profile.columns[i].name, seen.profile.columns[i].type});
    if (seen.facts[i].personal) {
      scan.personal.insert(seen.profile.columns[i].name);
    }
  }
  scan.distributions = std::move(hashing.distributions);
  scan.hashes = std::move(hashing.hashes);
  return scan;
}

RowScan scan_rows(const Table& table, const ReadOptions& options, const RowScanRequest& request) {
  RowScan scan;
  scan.rows = static_cast<std::int64_t>(table.rows);
  for (const Column& column : table.columns) {
    scan.columns.push_back({column.name, column.type});
    if (personal_data(column)) {
      scan.personal.insert(column.name);
    }
  }
  scan.distributions = distributions_of(table, options.threads);
  ReadOptions reading = options;
  reading.types = request.types;
  const std::vector<std::string> names = names_of(table.columns);
  add_hashes(scan.hashes.rows, table, reading, places_of(names, request.columns));
  if (!request.ids.empty() && has_all(names, request.ids)) {
    add_hashes(scan.hashes.ids, table, reading, places_of(names, request.ids));
  }
  return scan;
}

RowsAsRead read_cells(const std::vector<Source>& sources, const ReadOptions& options,
                      const CellRequest& request, std::size_t piece_bytes) {
  ReadOptions reading = options;
  reading.types = request.types;
  TablePieces pieces(sources, reading, piece_bytes);
  CellPicking picking(pieces, options, request);
  pieces.pass([&] { return picking.readers(); }, [&](const TablePiece& piece) { picking.take(piece); });
  pieces.require_unchanged();
  return picking.finish();
}

} // namespace mlp::dataset
