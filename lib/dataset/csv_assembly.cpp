#include "dataset/csv_assembly.hpp"

#include "base/error.hpp"
#include "dataset/cell_reading.hpp"
#include "os/threads.hpp"

#include <algorithm>
#include <functional>
#include <numeric>
#include <utility>

namespace mlp::dataset {
namespace {

class TableAssembly {
public:
  TableAssembly(const std::vector<TextFile>& files, const Layout& layout,
                const std::vector<ColumnPlan>& plans, const AssemblyOptions& options)
      : layout_(layout), plans_(plans), options_(options), reading_(files, layout, plans, options) {}

  Table run() {
    table_.columns.resize(plans_.size());
    std::vector<CellReader> readers;
    readers.reserve(plans_.size());
    std::transform(plans_.begin(), plans_.end(), std::back_inserter(readers), reader_of);
    read(readers);
    describe();
    std::vector<Settled> settled = settle(readers);
    require_declared_types(settled);
    if (const auto again = readers_again(settled); !again.empty()) {
      read(again);
      const std::vector<Settled> later = settle(again);
      for (std::size_t i = 0; i < settled.size(); ++i) {
        settled[i].notes.insert(settled[i].notes.end(), later[i].notes.begin(), later[i].notes.end());
      }
    }
    for (const Settled& each : settled) {
      table_.notes.insert(table_.notes.end(), each.notes.begin(), each.notes.end());
    }
    table_.format.missing = missing_tokens_shown(options_, missing_seen_);
    return std::move(table_);
  }

private:
  /// Reads all chunks with the given readers, into the columns of the table.
  void read(const std::vector<CellReader>& readers) {
    reading_.read(readers);
    table_.rows = reading_.rows();
    for (std::size_t i = 0; i < readers.size(); ++i) {
      if (readers[i] != CellReader::skip) {
        table_.columns[i].numbers = std::move(reading_.columns()[i].numbers);
        table_.columns[i].codes = std::move(reading_.columns()[i].codes);
      }
    }
  }

  void describe() {
    LineFacts facts;
    reading_.describe(facts);
    describe_lines(table_.format, layout_, facts);
    table_.notes = facts.notes();
    for (const ChunkResult& result : reading_.results()) {
      missing_seen_ |= result.missing_seen;
    }
  }

  /// Gives the columns that these readers read their final form.
  std::vector<Settled> settle(const std::vector<CellReader>& readers) {
    std::vector<Settled> settled(readers.size());
    std::vector<std::uint64_t> missing_seen(readers.size());
    os::parallel_for(readers.size(), options_.threads, [&](std::size_t i) {
      if (readers[i] != CellReader::skip) {
        settled[i] = settle_column(i, readers[i], missing_seen[i]);
      }
    });
    missing_seen_ = std::accumulate(missing_seen.begin(), missing_seen.end(), missing_seen_, std::bit_or<>());
    return settled;
  }

  Settled settle_column(std::size_t i, CellReader reader, std::uint64_t& missing_seen) {
    const auto name_place = [&](ChunkPlace place) { return reading_.name_of(place); };
    const std::vector<ChunkResult>& results = reading_.results();
    Column& column = table_.columns[i];
    column.name = plans_[i].name;
    if (reader != CellReader::text) {
      std::vector<const ColumnPart*> parts;
      parts.reserve(results.size());
      for (const ChunkResult& result : results) {
        parts.push_back(&result.columns[i]);
      }
      return settle_numbers(column, parts, plans_[i], reading_.ranges(), name_place);
    }
    std::vector<const TextDictionary*> dictionaries;
    dictionaries.reserve(results.size());
    for (const ChunkResult& result : results) {
      dictionaries.push_back(&result.columns[i].dictionary);
    }
    const DistinctTexts distinct = merge(dictionaries, options_.missing);
    missing_seen = distinct.missing_seen;
    return settle_texts(column, distinct, plans_[i], reading_.ranges(), name_place);
  }

  void require_declared_types(const std::vector<Settled>& settled) const {
    std::optional<std::size_t> first;
    for (std::size_t i = 0; i < settled.size(); ++i) {
      const bool is_error = settled[i].misfit && plans_[i].source == TypeSource::declared;
      if (is_error && (!first || *settled[i].misfit < *settled[*first].misfit)) {
        first = i;
      }
    }
    if (!first) {
      return;
    }
    fail_declared_type(plans_[*first], reading_.name_of(*settled[*first].misfit));
  }

  /// Readers for the columns whose guessed type did not hold, which are emptied; nothing where there is none.
  std::vector<CellReader> readers_again(const std::vector<Settled>& settled) {
    std::vector<CellReader> again(settled.size(), CellReader::skip);
    bool any = false;
    for (std::size_t i = 0; i < settled.size(); ++i) {
      if (settled[i].misfit && plans_[i].source == TypeSource::inferred) {
        again[i] = CellReader::text;
        table_.columns[i] = Column();
        any = true;
      }
    }
    return any ? again : std::vector<CellReader>();
  }

  const Layout& layout_;
  const std::vector<ColumnPlan>& plans_;
  const AssemblyOptions& options_;
  CellReading reading_;
  std::uint64_t missing_seen_ = 0;
  Table table_;
};

} // namespace

CellReader reader_of(const ColumnPlan& plan) {
  const CellReader number = plan.style.is_plain() ? CellReader::number : CellReader::styled_number;
  return plan.type == ColumnType::number     ? number
         : plan.type == ColumnType::datetime ? CellReader::datetime
                                             : CellReader::text;
}

void describe_lines(Format& format, const Layout& layout, const LineFacts& facts) {
  format.delimiter = layout.dialect.delimiter;
  format.blank_after_delimiter = layout.dialect.blank_after_delimiter;
  format.header = layout.header;
  format.numbers = layout.numbers;
  format.quoted = facts.quoted();
  format.line_ending = facts.line_ending();
}

void fail_declared_type(const ColumnPlan& plan, const std::string& place) {
  throw Error(ErrorCode::input, "{}: a value of column '{}' is no {}", place, plan.name, name_of(plan.type))
      .hint(fmt::format("correct the value; or name it in data.format.missing; or give '{}' another type in "
                        "data.columns",
                        plan.name));
}

std::vector<std::string> missing_tokens_shown(const AssemblyOptions& options, std::uint64_t seen) {
  std::vector<std::string> shown;
  const auto& tokens = options.missing.tokens();
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (options.missing_declared || (i < 64 && (seen >> i & 1U) != 0)) {
      shown.push_back(tokens[i]);
    }
  }
  return shown;
}

Table assemble_table(const std::vector<TextFile>& files, const Layout& layout,
                     const std::vector<ColumnPlan>& plans, const AssemblyOptions& options) {
  return TableAssembly(files, layout, plans, options).run();
}

} // namespace mlp::dataset
