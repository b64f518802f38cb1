#include "dataset/profile.hpp"

#include "dataset/number_scan.hpp"
#include "dataset/profile_parts.hpp"
#include "os/threads.hpp"

namespace mlp::dataset {
namespace {

void profile_numbers(ColumnProfile& profile, const Column& column) {
  NumberScan scan;
  scan.add(column.numbers);
  scan.describe(profile, column);
}

void profile_codes(ColumnProfile& profile, const Column& column) {
  std::vector<std::int64_t> counts(column.categories.size());
  for (const std::int32_t code : column.codes) {
    if (code >= 0) {
      ++counts[static_cast<std::size_t>(code)];
      ++profile.count;
    }
  }
  TopValues<std::string_view> words;
  for (std::size_t code = 0; code < counts.size(); ++code) {
    if (counts[code] > 0) {
      words.add(column.categories[code], counts[code]);
    }
  }
  describe_words(profile, std::move(words));
}

} // namespace

Profile profile_of(const Table& table, unsigned threads) {
  Profile profile;
  profile.rows = static_cast<std::int64_t>(table.rows);
  profile.columns.resize(table.columns.size());
  os::parallel_for(table.columns.size(), threads, [&](std::size_t i) {
    const Column& column = table.columns[i];
    ColumnProfile& found = profile.columns[i];
    found.name = column.name;
    found.type = column.type;
    if (column.is_numeric()) {
      profile_numbers(found, column);
    } else {
      profile_codes(found, column);
    }
    found.missing = profile.rows - found.count;
  });
  return profile;
}

} // namespace mlp::dataset
