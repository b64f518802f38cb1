#include "dataset/column_scan.hpp"

#include "dataset/cell_value.hpp"
#include "dataset/column_settle.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <functional>
#include <numeric>
#include <utility>

namespace mlp::dataset {
namespace {

constexpr std::uint64_t k_odd = 0x9e3779b97f4a7c15ULL; // 2^64 / golden ratio

std::uint64_t rolled(std::uint64_t hash, std::uint64_t value) { return (std::rotl(hash, 5) ^ value) * k_odd; }

constexpr std::size_t k_most_looked_at = 4096; // bytes of a text: no personal data is so long

constexpr std::uint64_t k_missing = 1; // of a value: any constant

std::uint64_t bits_of(double value) {
  return std::isnan(value) ? k_missing : std::bit_cast<std::uint64_t>(value + 0.0); // −0 is 0
}

} // namespace

ColumnScan::ColumnScan(ColumnPlan plan, const MissingTokens& missing)
    : plan_(std::move(plan)), reader_(reader_of(plan_)), missing_(&missing), texts_(missing, plan_.style) {}

std::uint64_t ColumnScan::hash() const {
  return std::accumulate(hashes_.begin(), hashes_.end(), std::uint64_t{0}, rolled);
}

/// In four lanes, whatever the pieces: one hash would wait for itself.
template <typename Bits>
void ColumnScan::hash_rows(std::uint64_t first, std::size_t rows, const Bits& bits_of_row) {
  const auto roll = [&](std::size_t row) {
    std::uint64_t& hash = hashes_[(first + row) % hashes_.size()];
    hash = rolled(hash, bits_of_row(row));
  };
  std::size_t row = 0;
  for (; row < rows && (first + row) % hashes_.size() != 0; ++row) {
    roll(row);
  }
  auto [a, b, c, d] = hashes_;
  for (; row + hashes_.size() <= rows; row += hashes_.size()) {
    a = rolled(a, bits_of_row(row));
    b = rolled(b, bits_of_row(row + 1));
    c = rolled(c, bits_of_row(row + 2));
    d = rolled(d, bits_of_row(row + 3));
  }
  hashes_ = {a, b, c, d};
  for (; row < rows; ++row) {
    roll(row);
  }
}

void ColumnScan::add(const CellReading& piece, std::size_t i, std::size_t chunks_before,
                     std::uint64_t rows_before) {
  if (reader_ == CellReader::text) {
    add_texts(piece, i, chunks_before, rows_before);
  } else {
    add_numbers(piece, i, chunks_before, rows_before);
  }
}

void ColumnScan::add_numbers(const CellReading& piece, std::size_t i, std::size_t chunks_before,
                             std::uint64_t rows_before) {
  for (std::size_t chunk = 0; chunk < piece.results().size(); ++chunk) {
    const ColumnPart& part = piece.results()[chunk].columns[i];
    if (part.first_misfit && plan_.source != TypeSource::given) {
      misfit_place_ = {chunks_before + chunk, *part.first_misfit};
      misfit_ = piece.name_of({chunk, *part.first_misfit});
      return;
    }
    if (part.first_beyond && beyond_.empty()) {
      beyond_ = piece.name_of({chunk, *part.first_beyond});
    }
    if (!part.misfits.empty() && misfits_ == 0) {
      first_misfit_ = rows_before + piece.ranges()[chunk].begin + part.misfits.front();
    }
    misfits_ += part.misfits.size();
  }
  const std::vector<double>& values = piece.columns()[i].numbers;
  numbers_.add(values);
  hash_rows(rows_before, values.size(), [&](std::size_t row) { return bits_of(values[row]); });
  whole_ = whole_ && std::all_of(values.begin(), values.end(), [](double value) {
             return std::isnan(value) || value == std::trunc(value);
           });
  thousandths_ =
      thousandths_ && (!plan_.like_thousands || std::all_of(values.begin(), values.end(), in_thousandths));
  while (sampled_numbers_.next() < rows_before + values.size()) {
    sampled_numbers_.add(values[static_cast<std::size_t>(sampled_numbers_.next() - rows_before)]);
  }
}

void ColumnScan::add_texts(const CellReading& piece, std::size_t i, std::size_t chunks_before,
                           std::uint64_t rows_before) {
  for (std::size_t chunk = 0; chunk < piece.results().size(); ++chunk) {
    const TextDictionary& dictionary = piece.results()[chunk].columns[i].dictionary;
    const RowRange range = piece.ranges()[chunk];
    const auto codes = std::span(piece.columns()[i].codes).subspan(range.begin, range.end - range.begin);
    texts_.add(dictionary, codes, chunks_before + chunk);
    std::vector<std::uint64_t> hashes;
    hashes.reserve(dictionary.entries().size());
    for (const TextDictionary::Entry& entry : dictionary.entries()) {
      hashes.push_back(missing_->find(trimmed(entry.text)) ? k_missing
                                                           : std::hash<std::string_view>()(entry.text));
    }
    const std::uint64_t first = rows_before + range.begin;
    hash_rows(first, codes.size(),
              [&](std::size_t row) { return hashes[static_cast<std::size_t>(codes[row])]; });
    while (sampled_texts_.next() < first + codes.size()) {
      const std::int32_t code = codes[static_cast<std::size_t>(sampled_texts_.next() - first)];
      const std::string_view text = dictionary.entries()[static_cast<std::size_t>(code)].text;
      sampled_texts_.add(std::string(text.substr(0, k_most_looked_at)));
    }
  }
  texts_.census().name_places([&](ChunkPlace place) {
    return piece.name_of({place.chunk - chunks_before, place.place});
  });
  if (const auto none = texts_.census().first_no_boolean();
      none && misfit_.empty() && plan_.source == TypeSource::declared && plan_.type == ColumnType::boolean) {
    misfit_place_ = *none;
    misfit_ = piece.name_of({none->chunk - chunks_before, none->place});
  }
}

std::optional<ColumnPlan> ColumnScan::better_plan() const {
  if (plan_.source != TypeSource::inferred) {
    return std::nullopt;
  }
  if (reader_ != CellReader::text) {
    return misfit_.empty() ? std::nullopt
                           : std::optional(ColumnPlan{plan_.name, ColumnType::category, TypeSource::inferred,
                                                      plan_.style});
  }
  const TextCensus& census = texts_.census();
  return census.is_datetime() && !census.is_boolean()
             ? std::optional(ColumnPlan{plan_.name, ColumnType::datetime, TypeSource::given})
             : std::nullopt;
}

void ColumnScan::settle_words(Column& shown, std::vector<std::string>& notes) const {
  const TextCensus& census = texts_.census();
  const bool is_inferred = plan_.source == TypeSource::inferred;
  if (is_inferred ? census.is_boolean() : plan_.type == ColumnType::boolean) {
    shown.type = ColumnType::boolean;
    shown.spellings = census.spellings();
    return;
  }
  if (!is_inferred) {
    return;
  }
  const auto distinct = static_cast<std::size_t>(texts_.distinct());
  const auto present = static_cast<std::size_t>(texts_.count());
  const bool is_text = is_free_text(distinct, present);
  shown.type = is_text ? ColumnType::text : ColumnType::category;
  const auto named = [](ChunkPlace) { return std::string(); }; // all places are named already
  if (auto note = words_note(shown.name, is_text, census.why_not(named), distinct, present); !note.empty()) {
    notes.push_back(std::move(note));
  }
}

ColumnFacts ColumnScan::describe(ColumnProfile& profile, std::uint64_t rows, std::optional<bool> personal,
                                 std::vector<std::string>& notes) {
  Column shown;
  shown.name = plan_.name;
  shown.type = plan_.type;
  if (reader_ == CellReader::text) {
    settle_words(shown, notes);
  } else if (!beyond_.empty()) {
    notes.push_back(beyond_note(plan_.name, misfits_, beyond_));
  }
  profile.name = shown.name;
  profile.type = shown.type;
  ColumnFacts facts;
  if (reader_ != CellReader::text) {
    numbers_.describe(profile, shown);
    facts.like_names = shown.type == ColumnType::number && whole_;
  } else if (shown.type == ColumnType::boolean) {
    texts_.describe_booleans(profile, shown);
    facts.like_names = false;
  } else {
    texts_.describe_words(profile);
    facts.like_names = texts_.census().words();
    if (shown.type == ColumnType::category) {
      facts.spellings = texts_.spellings(k_most_spelt);
    }
  }
  profile.missing = static_cast<std::int64_t>(rows) - profile.count;
  facts.misfits = misfits_;
  facts.first_misfit = first_misfit_;
  facts.declared = personal.has_value();
  Column sample = sample_of(shown);
  facts.like_thousands = plan_.like_thousands && thousandths_;
  sample.personal = personal;
  facts.personal = personal_data(sample);
  look_at_writing(facts, sample, plan_.style);
  return facts;
}

Distribution ColumnScan::distribution(const ColumnProfile& profile) const {
  Distribution found;
  found.name = profile.name;
  found.type = profile.type;
  found.count = profile.count;
  found.missing = profile.missing;
  if (reader_ != CellReader::text) {
    found.numbers = numbers_.counts();
    found.rank_error = profile.rank_error;
    found.min = profile.min;
    found.max = profile.max;
    found.mean = profile.mean;
  } else if (profile.type == ColumnType::boolean) {
    found.words = texts_.boolean_words();
  } else if (profile.type == ColumnType::category) {
    found.too_many_words = texts_.is_outgrown();
    found.words = texts_.words();
  }
  return found;
}

Column ColumnScan::sample_of(const Column& shown) const {
  Column sample = shown;
  sample.numbers = sampled_numbers_.values();
  if (!sample.is_numeric()) {
    for (const std::string& text : sampled_texts_.values()) {
      sample.codes.push_back(
          missing_->find(trimmed(text)) ? -1 : static_cast<std::int32_t>(sample.categories.size()));
      sample.categories.push_back(text);
    }
  }
  return sample;
}

} // namespace mlp::dataset
