#include "dataset/distinct_texts.hpp"

#include <algorithm>
#include <numeric>

namespace mlp::dataset {
namespace {

/// The first eight bytes as a number that sorts like them.
std::uint64_t sort_key(std::string_view text) {
  std::uint64_t key = 0;
  for (std::size_t i = 0; i < 8; ++i) {
    key = key << 8U | (i < text.size() ? static_cast<unsigned char>(text[i]) : 0U);
  }
  return key;
}

/// Sorts by bytes; returns the new place of each text.
std::vector<std::int32_t> sort_by_bytes(std::vector<DistinctTexts::Text>& texts) {
  struct Item {
    std::uint64_t key;
    std::uint32_t index;
  };
  std::vector<Item> items;
  items.reserve(texts.size());
  for (std::size_t i = 0; i < texts.size(); ++i) {
    items.push_back({sort_key(texts[i].text), static_cast<std::uint32_t>(i)});
  }
  std::sort(items.begin(), items.end(), [&](const Item& a, const Item& b) {
    return a.key != b.key ? a.key < b.key : texts[a.index].text < texts[b.index].text;
  });
  std::vector<std::int32_t> place(texts.size());
  std::vector<DistinctTexts::Text> sorted;
  sorted.reserve(texts.size());
  for (const Item& item : items) {
    place[item.index] = static_cast<std::int32_t>(sorted.size());
    sorted.push_back(texts[item.index]);
  }
  texts = std::move(sorted);
  return place;
}

} // namespace

DistinctTexts merge(const std::vector<const TextDictionary*>& dictionaries, const MissingTokens& missing) {
  constexpr std::int32_t k_missing = -1;
  DistinctTexts result;
  TextDictionary all;
  for (std::size_t chunk = 0; chunk < dictionaries.size(); ++chunk) {
    auto& codes = result.codes.emplace_back();
    codes.reserve(dictionaries[chunk]->entries().size());
    for (const TextDictionary::Entry& entry : dictionaries[chunk]->entries()) {
      if (const auto token = missing.find(trimmed(entry.text))) {
        result.missing_seen |= *token < 64 ? std::uint64_t{1} << *token : 0;
        codes.push_back(k_missing);
        continue;
      }
      const std::uint32_t index = all.index_of(entry.text, entry.place, TextDictionary::Lifetime::of_file);
      if (index == result.texts.size()) {
        result.texts.push_back({entry.text, chunk, entry.place});
      }
      codes.push_back(static_cast<std::int32_t>(index));
    }
  }
  const std::vector<std::int32_t> place = sort_by_bytes(result.texts);
  for (auto& codes : result.codes) {
    for (std::int32_t& code : codes) {
      code = code < 0 ? k_missing : place[static_cast<std::size_t>(code)];
    }
  }
  return result;
}

} // namespace mlp::dataset
