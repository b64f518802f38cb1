#include "workflow/datasheet.hpp"

#include "report/numbers.hpp"
#include "report/profile_text.hpp"
#include "workflow/datasets.hpp"

#include <fmt/ranges.h>

#include <array>

namespace mlp::workflow {
namespace {

struct SectionTitle {
  std::string_view title;
  std::string_view asks;
};
constexpr std::array<SectionTitle, 7> k_sections = {{
    {"Motivation", "For what purpose, by whom and with whose money was it made?"},
    {"Composition", "What is a row, what is in it, what is missing, and whom is it about?"},
    {"Collection", "How, by whom and when were the data acquired, and did the people agree?"},
    {"Preprocessing", "What was cleaned, labelled or left out, and is the raw form kept?"},
    {"Uses", "What was it used for, and what should it not be used for?"},
    {"Distribution", "Who may have it, and under which terms?"},
    {"Maintenance", "Who keeps it, how are errors corrected, and when does it go?"},
}};

Json evidence(std::string_view kind, const std::string& id) {
  return Json::object({{"kind", kind}, {"id", id}});
}

/// The part of a Markdown text below `## title`; empty where it has none.
std::string part_of(std::string_view text, std::string_view title) {
  const std::string heading = fmt::format("## {}", title);
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    std::string_view line = text.substr(begin, end - begin);
    begin = end + 1;
    while (line.ends_with(' ') || line.ends_with('\r')) {
      line.remove_suffix(1);
    }
    if (line != heading) {
      continue;
    }
    std::size_t stop = begin;
    while (stop < text.size() && !text.substr(stop).starts_with("## ")) {
      stop = std::min(text.find('\n', stop), text.size() - 1) + 1;
    }
    std::string part(text.substr(std::min(begin, text.size()), stop - std::min(begin, text.size())));
    part.erase(0, part.find_first_not_of(" \r\n"));
    part.erase(part.find_last_not_of(" \r\n") + 1);
    return part;
  }
  return "";
}

/// Composes the sheet of one version from what is known of it.
class Sheet {
public:
  Sheet(Workspace& workspace, ShownData shown) : workspace_(workspace), shown_(std::move(shown)) {
    const std::string profile = shown_.record["profile"].string_or();
    measured_ = profile.empty() ? evidence("dataset", shown_.dataset.hex()) : evidence("profile", profile);
    recorded_ = shown_.recorded.empty() ? Json() : evidence("record", shown_.recorded);
    words_ = committed("datasheets/" + shown_.name + ".md");
    if (const auto text = committed("mlp.yaml")) {
      const config::LoadedProject loaded = load_any_project(*text, "mlp.yaml", {});
      if (loaded.usable()) {
        project_ = loaded.project;
        project_evidence_ = evidence("file mlp.yaml", sha256(*text).hex());
      }
    }
  }

  Json compose() {
    Json sections = Json::array();
    for (const SectionTitle& section : k_sections) {
      facts_ = Json::array();
      add_facts(section.title);
      const std::string words = words_ ? part_of(*words_, section.title) : "";
      sections.push_back(
          Json::object({{"title", section.title},
                        {"asks", section.asks},
                        {"facts", std::move(facts_)},
                        {"text", words.empty() ? Json() : Json(words)},
                        {"text_evidence", words.empty() ? Json()
                                                        : evidence("file datasheets/" + shown_.name + ".md",
                                                                   sha256(*words_).hex())}}));
    }
    return Json::object({{"schema", "mlp.datasheet/1"},
                         {"name", shown_.name},
                         {"dataset", shown_.dataset.hex()},
                         {"sections", std::move(sections)}});
  }

private:
  /// A file of the project's folder as HEAD has it.
  std::optional<std::string> committed(const std::string& path) {
    const auto head = workspace_.repository().resolve("HEAD");
    if (!head || !workspace_.has_project()) {
      return std::nullopt;
    }
    const std::string folder = workspace_.project_path();
    return workspace_.repository().file_at(*head, folder == "." ? path : folder + "/" + path);
  }

  void fact(std::string_view name, Json value, const Json& of) {
    const bool empty = value.is_null() || (value.is_string() && value.as_string().empty());
    facts_.push_back(Json::object(
        {{"name", name}, {"value", empty ? Json() : std::move(value)}, {"evidence", empty ? Json() : of}}));
  }

  void add_facts(std::string_view section) {
    if (section == "Motivation") {
      fact("question that it should answer", project_.product["question"].string_or(), project_evidence_);
      fact("decision that hangs on it", project_.product["decision"].string_or(), project_evidence_);
    } else if (section == "Composition") {
      add_composition();
    } else if (section == "Collection") {
      fact("source", shown_.record["source"].string_or(), recorded_);
      fact("added", shown_.time, recorded_);
      fact("what changed in this version", shown_.record["message"].string_or(), recorded_);
    } else if (section == "Preprocessing") {
      fact("read as", report::format_text(shown_.format), measured_);
      fact("version before", shown_.record["previous"].string_or(), recorded_);
    } else if (section == "Uses") {
      add_uses();
    } else if (section == "Distribution") {
      fact("licence", shown_.record["licence"].string_or(), recorded_);
      fact("source", shown_.record["source"].string_or(), recorded_);
    } else {
      const Json& owner = project_.product["owner"];
      fact("owner",
           owner["name"].string_or() +
               (owner["email"].is_string() ? " <" + owner["email"].as_string() + ">" : ""),
           project_evidence_);
      add_versions();
    }
  }

  void add_composition() {
    std::int64_t missing = 0;
    for (const dataset::ColumnProfile& column : shown_.profile.columns) {
      missing += column.missing;
    }
    fact("rows", shown_.profile.rows, measured_);
    fact("columns", shown_.profile.columns.size(), measured_);
    fact("files", shown_.files, evidence("dataset", shown_.dataset.hex()));
    fact("bytes", shown_.bytes, evidence("dataset", shown_.dataset.hex()));
    fact("missing values", missing, measured_);
    for (const dataset::ColumnProfile& column : shown_.profile.columns) {
      fact(fmt::format("column '{}'", column.name),
           fmt::format("{}, {} distinct, {} missing", name_of(column.type), column.unique, column.missing),
           measured_);
    }
    for (const dataset::ColumnProfile& column : shown_.profile.columns) {
      const auto declared = project_.data.columns.find(column.name);
      const bool is_protected = declared != project_.data.columns.end() && declared->second.is_protected;
      if (column.name == project_.data.target) {
        fact(fmt::format("labels, '{}'", column.name), shares_of(column), measured_);
      } else if (is_protected) {
        fact(fmt::format("protected, '{}'", column.name), shares_of(column), measured_);
      }
    }
    fact("warnings of its checks", shown_.checks.size(), recorded_.is_null() ? measured_ : recorded_);
  }

  static std::string shares_of(const dataset::ColumnProfile& column) {
    if (column.mean) {
      return fmt::format("{} to {}, median {}", shortest(*column.min), shortest(*column.max),
                         shortest(*column.median));
    }
    std::vector<std::string> shares;
    for (const auto& [value, count] : column.top) {
      shares.push_back(fmt::format(
          "{} {} ({})", value,
          report::percent_text(static_cast<double>(count) / static_cast<double>(column.count)), count));
    }
    return fmt::format("{}", fmt::join(shares, ", "));
  }

  void add_uses() {
    for (const TrainedModel& model : shown_.uses.models) {
      fact(fmt::format("model {} {}", model.name, model.model.substr(0, 7)),
           model.retired          ? std::string("retired")
           : model.stages.empty() ? std::string("holds no stage")
                                  : fmt::format("holds {}", fmt::join(model.stages, " and ")),
           evidence("run", model.runs.back()));
    }
    fact("summary", uses_text(shown_.uses), evidence("dataset", shown_.dataset.hex()));
  }

  void add_versions() {
    for (const ledger::Entry& entry : workspace_.ledger().entries()) {
      if (entry.kind == "dataset" && entry.name == shown_.name) {
        fact(fmt::format("version {}", entry.dataset.substr(0, 7)), "added " + entry.time,
             evidence("record", entry.id.hex()));
      }
    }
  }

  Workspace& workspace_;
  ShownData shown_;
  Json measured_;
  Json recorded_;
  std::optional<std::string> words_;
  config::Project project_;
  Json project_evidence_;
  Json facts_;
};

} // namespace

Json datasheet(Workspace& workspace, const std::string& text) {
  return Sheet(workspace, show_data(workspace, text)).compose();
}

} // namespace mlp::workflow
