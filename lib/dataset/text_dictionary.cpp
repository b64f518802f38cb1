#include "dataset/text_dictionary.hpp"

#include <utility>

namespace mlp::dataset {

std::uint32_t TextDictionary::add(std::string_view text, std::size_t place, const Fingerprint& print,
                                  Lifetime lifetime, std::size_t at) {
  if (lifetime == Lifetime::of_call) {
    text = decoded_.emplace_back(text);
  }
  entries_.push_back({text, place});
  const auto index = static_cast<std::uint32_t>(entries_.size() - 1);
  slots_[at] = {print, index + 1};
  if (entries_.size() * 2 > slots_.size()) {
    grow();
  }
  return index;
}

void TextDictionary::grow() {
  std::vector<Slot> old(slots_.size() * 4);
  old.swap(slots_);
  const std::size_t mask = slots_.size() - 1;
  for (const Slot& slot : old) {
    if (slot.entry == 0) {
      continue;
    }
    std::size_t at = slot.print.hash() & mask;
    while (slots_[at].entry != 0) {
      at = (at + 1) & mask;
    }
    slots_[at] = slot;
  }
}

} // namespace mlp::dataset
