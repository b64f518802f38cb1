#include "dataset/text_dictionary.hpp"

namespace mlp::dataset {

std::uint32_t TextDictionary::add(std::string_view text, std::size_t place, std::uint32_t hash,
                                  Lifetime lifetime, std::size_t at) {
  if (lifetime == Lifetime::of_call) {
    text = decoded_.emplace_back(text);
  }
  entries_.push_back({text, place, hash});
  const auto index = static_cast<std::uint32_t>(entries_.size() - 1);
  slots_[at] = index + 1;
  if (entries_.size() * 2 > slots_.size()) {
    grow();
  }
  return index;
}

void TextDictionary::grow() {
  slots_.assign(slots_.size() * 4, 0);
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    std::size_t at = entries_[i].hash & mask;
    while (slots_[at] != 0) {
      at = (at + 1) & mask;
    }
    slots_[at] = static_cast<std::uint32_t>(i + 1);
  }
}

} // namespace mlp::dataset
