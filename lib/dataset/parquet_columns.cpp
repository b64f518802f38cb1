#include "dataset/parquet_columns.hpp"

#include "base/error.hpp"
#include "dataset/text_encoding.hpp"
#include "os/threads.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace mlp::dataset {
namespace {

constexpr double k_no_value = std::numeric_limits<double>::quiet_NaN();

/// Whether the file's own numbers are what the column is to hold.
bool holds_numbers(const ParquetPlan& plan) {
  switch (plan.kind) {
  case parquet::Kind::number:
    return plan.plan.type == ColumnType::number;
  case parquet::Kind::boolean:
    return plan.plan.type == ColumnType::boolean;
  case parquet::Kind::datetime:
    return plan.plan.type == ColumnType::datetime;
  case parquet::Kind::text:
  case parquet::Kind::category:
    break;
  }
  return false;
}

} // namespace

ParquetColumns::ParquetColumns(const std::vector<ParquetPlan>& plans, const MissingTokens& missing,
                               unsigned threads)
    : missing_(missing), threads_(threads) {
  for (const ParquetPlan& plan : plans) {
    Gathered& gathered = columns_.emplace_back();
    gathered.plan = plan.plan;
    gathered.as_numbers = holds_numbers(plan);
  }
  for (const std::string& token : missing.tokens()) {
    const NumberText number = parse_number(trimmed(token));
    if (number.fit == NumberFit::exact || number.fit == NumberFit::identifier) {
      missing_numbers_.push_back(number.value);
    }
  }
}

void ParquetColumns::add(const parquet::Batch& batch, const std::string& name, std::size_t first_row) {
  const std::size_t begin = rows();
  ranges_.push_back({begin, begin + batch.rows()});
  places_.push_back({&name, first_row});
  os::parallel_for(columns_.size(), threads_, [&](std::size_t i) {
    columns_[i].parts.emplace_back();
    if (columns_[i].as_numbers) {
      add_numbers(columns_[i], batch, i);
    } else {
      add_texts(columns_[i], batch, i);
    }
  });
}

void ParquetColumns::add_numbers(Gathered& to, const parquet::Batch& batch, std::size_t index) const {
  const RowRange range = ranges_.back();
  std::vector<double>& numbers = to.column.numbers;
  numbers.resize(range.end);
  ColumnPart& part = to.parts.back();
  const auto lost = batch.read_numbers(index, numbers.data() + range.begin);
  if (lost && to.plan.source == TypeSource::inferred) {
    part.first_misfit = lost;
  }
  for (std::size_t row = range.begin; row < range.end; ++row) {
    if (std::isinf(numbers[row])) {
      part.first_beyond = part.first_beyond.value_or(row - range.begin);
      part.misfits.push_back(static_cast<std::uint32_t>(row - range.begin));
      numbers[row] = k_no_value;
    } else if (std::find(missing_numbers_.begin(), missing_numbers_.end(), numbers[row]) !=
               missing_numbers_.end()) {
      numbers[row] = k_no_value;
    }
  }
}

void ParquetColumns::add_texts(Gathered& to, const parquet::Batch& batch, std::size_t index) const {
  const RowRange range = ranges_.back();
  std::vector<std::int32_t>& codes = to.column.codes;
  codes.reserve(range.end);
  TextDictionary& dictionary = to.parts.back().dictionary;
  batch.read_texts(index, [&](std::optional<std::string_view> text) {
    const std::size_t row = codes.size() - range.begin;
    codes.push_back(
        text ? static_cast<std::int32_t>(dictionary.index_of(*text, row, TextDictionary::Lifetime::of_call))
             : -1);
  });
  const auto none = static_cast<std::int32_t>(dictionary.entries().size()); // settle() maps it to "missing"
  std::replace(codes.begin() + static_cast<std::ptrdiff_t>(range.begin), codes.end(), std::int32_t{-1}, none);
  for (const TextDictionary::Entry& entry : dictionary.entries()) {
    if (first_invalid_utf8(entry.text) != std::string_view::npos) {
      throw Error(ErrorCode::input, "{}: column '{}' holds bytes that are no UTF-8 text",
                  name_place({ranges_.size() - 1, entry.place}), to.plan.name)
          .hint("write the file without that column, or its values as text");
    }
  }
}

std::vector<Settled> ParquetColumns::settle() {
  std::vector<Settled> settled(columns_.size());
  os::parallel_for(columns_.size(), threads_, [&](std::size_t i) { settled[i] = settle(columns_[i]); });
  return settled;
}

Settled ParquetColumns::settle(Gathered& gathered) const {
  const auto name = [this](ChunkPlace place) { return name_place(place); };
  gathered.column.name = gathered.plan.name;
  if (gathered.as_numbers) {
    std::vector<const ColumnPart*> parts;
    for (const ColumnPart& part : gathered.parts) {
      parts.push_back(&part);
    }
    if (gathered.plan.type == ColumnType::boolean) {
      gathered.column.spellings = {"false", "true"};
    }
    return settle_numbers(gathered.column, parts, gathered.plan, ranges_, name);
  }
  std::vector<const TextDictionary*> dictionaries;
  for (const ColumnPart& part : gathered.parts) {
    dictionaries.push_back(&part.dictionary);
  }
  DistinctTexts distinct = merge(dictionaries, missing_);
  for (auto& codes : distinct.codes) {
    codes.push_back(-1); // what add_texts called `none`
  }
  return settle_texts(gathered.column, distinct, gathered.plan, ranges_, name);
}

std::string ParquetColumns::name_place(ChunkPlace place) const {
  const BatchPlace& batch = places_[place.chunk];
  return fmt::format("{}, row {}", *batch.name, batch.first_row + place.place + 1);
}

} // namespace mlp::dataset
