#include "dataset/labels.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <numeric>

namespace mlp::dataset {
namespace {

constexpr std::int32_t k_missing = -1;

std::optional<double> as_number(const std::string& text) {
  double value = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  return error == std::errc() && stop == end ? std::optional(value) : std::nullopt;
}

/// Keeps the codes that occur and sorts them by their text's bytes.
std::optional<Labels> compact(std::vector<std::int32_t> codes, const std::vector<std::string>& texts) {
  std::vector<std::int64_t> counts(texts.size());
  for (const std::int32_t code : codes) {
    if (code != k_missing) {
      ++counts[static_cast<std::size_t>(code)];
    }
  }
  std::vector<std::size_t> order(texts.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::erase_if(order, [&](std::size_t code) { return counts[code] == 0; });
  if (order.size() > k_most_classes) {
    return std::nullopt;
  }
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return texts[a] < texts[b]; });
  Labels labels;
  std::vector<std::int32_t> renamed(texts.size(), k_missing);
  for (std::size_t i = 0; i < order.size(); ++i) {
    renamed[order[i]] = static_cast<std::int32_t>(i);
    labels.texts.push_back(texts[order[i]]);
    labels.counts.push_back(counts[order[i]]);
  }
  for (std::int32_t& code : codes) {
    code = code == k_missing ? k_missing : renamed[static_cast<std::size_t>(code)];
  }
  labels.codes = std::move(codes);
  return labels;
}

std::optional<Labels> numeric_labels(const Column& column) {
  std::map<double, std::int32_t> code_of;
  std::vector<std::string> texts;
  std::vector<std::int32_t> codes(column.numbers.size(), k_missing);
  for (std::size_t row = 0; row < codes.size(); ++row) {
    if (std::isnan(column.numbers[row])) {
      continue;
    }
    const auto [found, is_new] = code_of.try_emplace(column.numbers[row], texts.size());
    if (is_new) {
      if (texts.size() == k_most_classes) {
        return std::nullopt;
      }
      texts.push_back(column.text(row));
    }
    codes[row] = found->second;
  }
  return compact(std::move(codes), texts);
}

} // namespace

std::optional<Labels> labels_of(const Column& column) {
  return column.is_numeric() ? numeric_labels(column) : compact(column.codes, column.categories);
}

bool same_label(const std::string& a, const std::string& b) {
  if (a == b) {
    return true;
  }
  const auto x = as_number(a);
  return x && x == as_number(b);
}

} // namespace mlp::dataset
