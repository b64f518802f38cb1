#include "report/datasheet_text.hpp"

#include "report/markdown.hpp"
#include "report/numbers.hpp"

#include <fmt/format.h>

#include <map>

namespace mlp::report {
namespace {

constexpr std::string_view k_absent = "NOT PROVIDED";

std::string value_text(const Json& value) {
  return value.is_null()      ? std::string(k_absent)
         : value.is_integer() ? thousands(value.as_integer())
                              : value.string_or();
}

std::string evidence_text(const Json& evidence) {
  return evidence.is_object()
             ? fmt::format("{} {}", evidence["kind"].string_or(), evidence["id"].string_or().substr(0, 7))
             : "";
}

} // namespace

std::string datasheet_markdown(const Json& sheet) {
  std::map<std::string, std::string> evidences;
  const auto cite = [&](const Json& evidence) {
    if (evidence.is_object()) {
      evidences[evidence_text(evidence)] = evidence["id"].string_or();
    }
    return evidence_text(evidence);
  };
  std::string out = fmt::format("# Datasheet of {} {}\n", markdown_text(sheet["name"].string_or()),
                                sheet["dataset"].string_or().substr(0, 7));
  for (const Json& section : sheet["sections"].as_array()) {
    out += fmt::format("\n## {}\n\n*{}*\n\n", section["title"].string_or(), section["asks"].string_or());
    if (section["facts"].size() > 0) {
      markdown_row(out, {"fact", "value", "evidence"});
      out += "| --- | --- | --- |\n";
      for (const Json& fact : section["facts"].as_array()) {
        markdown_row(out, {fact["name"].string_or(), value_text(fact["value"]), cite(fact["evidence"])});
      }
      out += "\n";
    }
    out += section["text"].is_null()
               ? fmt::format("{}\n", k_absent)
               : fmt::format("{}\n\n({})\n", section["text"].as_string(), cite(section["text_evidence"]));
  }
  out += "\n## Evidence\n\n";
  for (const auto& [brief, id] : evidences) {
    out += fmt::format("- {}: `{}`\n", markdown_text(brief), id);
  }
  return out;
}

} // namespace mlp::report
