#include "dataset/text_scan.hpp"

#include "base/random.hpp"
#include "dataset/cell_value.hpp"
#include "dataset/number_scan.hpp"
#include "dataset/profile_parts.hpp"

#include <algorithm>
#include <cmath>

namespace mlp::dataset {
namespace {

constexpr std::size_t k_most_bytes = std::size_t{256} << 20U;

std::uint64_t sketch_hash(std::string_view text) { return mix64(std::hash<std::string_view>()(text)); }

/// What became of an entry of a chunk's dictionary.
struct Met {
  enum class State : char { not_yet, missing, present };
  State state = State::not_yet;
  std::int64_t* count = nullptr; ///< null: it is not counted
};

} // namespace

void TextScan::add(const TextDictionary& dictionary, std::span<const std::int32_t> codes, std::size_t chunk) {
  const auto& entries = dictionary.entries();
  std::vector<Met> met(entries.size());
  for (const std::int32_t code : codes) { // row by row, as words are forgotten at a certain row
    Met& entry = met[static_cast<std::size_t>(code)];
    if (entry.state == Met::State::not_yet) {
      const bool was_outgrown = is_outgrown();
      bool present = false;
      entry.count = meet(entries[static_cast<std::size_t>(code)], chunk, present);
      entry.state = present ? Met::State::present : Met::State::missing;
      if (is_outgrown() != was_outgrown) {
        for (std::size_t i = 0; i < entries.size(); ++i) { // some were forgotten
          const auto known = counts_.find(entries[i].text);
          met[i].count = known == counts_.end() ? nullptr : &known->second;
        }
      }
    }
    if (entry.state == Met::State::present) {
      ++count_;
      if (entry.count != nullptr) {
        ++*entry.count;
      }
    }
  }
}

std::int64_t* TextScan::meet(const TextDictionary::Entry& entry, std::size_t chunk, bool& present) {
  if (const auto token = missing_->find(trimmed(entry.text))) {
    missing_seen_ |= *token < 64 ? std::uint64_t{1} << *token : 0;
    return nullptr;
  }
  present = true;
  const ChunkPlace place{chunk, entry.place};
  const auto known = counts_.find(entry.text);
  if (known != counts_.end()) {
    return &known->second;
  }
  if (!is_outgrown() &&
      (counts_.size() == static_cast<std::size_t>(k_exact_values) || bytes_ > k_most_bytes)) {
    outgrow();
  }
  if (is_outgrown()) {
    census_.look_at(entry.text, place);
    distinct_->add_hash(sketch_hash(entry.text));
    return nullptr;
  }
  census_.add(entry.text, place);
  bytes_ += entry.text.size();
  return &counts_.emplace(entry.text, 0).first->second;
}

void TextScan::outgrow() {
  distinct_ = std::make_unique<DistinctSketch>();
  for (auto at = counts_.begin(); at != counts_.end();) {
    distinct_->add_hash(sketch_hash(at->first));
    at = at->second <= 1 ? counts_.erase(at) : std::next(at);
  }
  counts_.rehash(0);
}

std::int64_t TextScan::distinct() const {
  return is_outgrown() ? std::min(count_, static_cast<std::int64_t>(std::llround(distinct_->estimate())))
                       : static_cast<std::int64_t>(counts_.size());
}

std::optional<Spellings> TextScan::spellings(std::size_t most) const {
  if (is_outgrown() || counts_.size() > most) {
    return std::nullopt;
  }
  std::vector<std::string_view> words;
  words.reserve(counts_.size());
  for (const auto& [text, count] : counts_) {
    words.push_back(text);
  }
  return spellings_among(words);
}

void TextScan::describe_words(ColumnProfile& profile) const {
  profile.count = count_;
  profile.unique = distinct();
  profile.unique_error = is_outgrown() ? DistinctSketch::k_relative_error : 0;
  const bool few = profile.unique <= static_cast<std::int64_t>(k_top_values);
  std::vector<std::pair<std::string_view, std::int64_t>> top;
  for (const auto& [text, count] : counts_) {
    if (few || count > 1) {
      top.emplace_back(text, count);
    }
  }
  const auto shown = std::min(top.size(), k_top_values);
  std::partial_sort(top.begin(), top.begin() + static_cast<std::ptrdiff_t>(shown), top.end(),
                    [](const auto& a, const auto& b) {
                      return a.second != b.second ? a.second > b.second : a.first < b.first;
                    });
  profile.top.assign(top.begin(), top.begin() + static_cast<std::ptrdiff_t>(shown));
}

std::vector<std::pair<std::string, std::int64_t>> TextScan::words() const {
  std::vector<std::pair<std::string, std::int64_t>> found;
  if (!is_outgrown()) {
    found.assign(counts_.begin(), counts_.end());
    std::sort(found.begin(), found.end());
  }
  return found;
}

std::vector<std::pair<std::string, std::int64_t>> TextScan::boolean_words() const {
  const auto counts = boolean_counts();
  std::vector<std::pair<std::string, std::int64_t>> found;
  for (const std::size_t i : {std::size_t{0}, std::size_t{1}}) {
    if (counts[i] > 0) {
      found.emplace_back(i == 0 ? "false" : "true", counts[i]);
    }
  }
  return found;
}

std::array<std::int64_t, 2> TextScan::boolean_counts() const {
  std::array<std::int64_t, 2> sums{};
  for (const auto& [text, count] : counts_) {
    if (const auto value = declared_boolean(trimmed(text))) {
      sums[*value ? 1 : 0] += count;
    }
  }
  return sums;
}

void TextScan::describe_booleans(ColumnProfile& profile, const Column& shown) const {
  const auto sums = boolean_counts();
  profile.count = sums[0] + sums[1];
  ValueCounts values;
  for (const std::size_t i : {std::size_t{0}, std::size_t{1}}) {
    if (sums[i] > 0) {
      values.values.push_back(static_cast<double>(i));
      values.counts.push_back(sums[i]);
    }
  }
  describe_counts(profile, shown, values);
}

} // namespace mlp::dataset
