#include "workflow/data_choice.hpp"

#include "base/error.hpp"
#include "base/nearest.hpp"

#include <algorithm>

namespace mlp::workflow {

std::vector<std::size_t> chosen_columns(const ShownData& shown, const ColumnChoice& choice) {
  if (choice.limit < 0) {
    throw Error(ErrorCode::usage, "--limit {} is negative", choice.limit).hint("0 shows all columns");
  }
  std::vector<std::string> names;
  for (const dataset::ColumnProfile& column : shown.profile.columns) {
    names.push_back(column.name);
  }
  std::vector<std::size_t> places;
  for (const std::string& name : choice.names) {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) {
      const auto close = nearest(name, names);
      throw Error(ErrorCode::input, "'{}' has no column '{}'", shown.name, name)
          .hint(close ? fmt::format("did you mean '{}'?", *close) : "leave --columns out to see all");
    }
    places.push_back(static_cast<std::size_t>(found - names.begin()));
  }
  for (std::size_t i = 0; choice.names.empty() && i < names.size(); ++i) {
    places.push_back(i);
  }
  if (choice.limit > 0) {
    places.resize(std::min(places.size(), static_cast<std::size_t>(choice.limit)));
  }
  return places;
}

std::vector<std::pair<std::string, std::string>> provenance_of(const ShownData& shown) {
  return {{"source", shown.record["source"].string_or()},
          {"licence", shown.record["licence"].string_or()},
          {"message", shown.record["message"].string_or()},
          {"added", shown.time},
          {"made", shown.uses.models.empty() && shown.uses.evaluations.empty() ? "" : uses_text(shown.uses)}};
}

report::DataPage data_page(const ShownData& shown, const std::string& program) {
  report::DataPage page;
  page.name = shown.name;
  page.dataset = shown.dataset.hex();
  page.bytes = shown.bytes;
  page.versions = shown.versions;
  page.uses = uses_text(shown.uses);
  page.provenance = provenance_of(shown);
  page.provenance.insert(page.provenance.begin(), {"data", shown.dataset.hex()});
  page.provenance.emplace_back("path", shown.record["path"].string_or());
  page.provenance.emplace_back("version before", shown.record["previous"].string_or());
  page.provenance.emplace_back("profile", shown.record["profile"].string_or());
  page.provenance.emplace_back("record", shown.recorded);
  page.provenance.emplace_back("page by", program);
  return page;
}

} // namespace mlp::workflow
