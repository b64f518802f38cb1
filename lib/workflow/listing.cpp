#include "workflow/listing.hpp"

#include "base/error.hpp"
#include "base/nearest.hpp"
#include "metrics/metric.hpp"
#include "workflow/deciding.hpp"
#include "workflow/stage_state.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace mlp::workflow {
namespace {

const std::array<std::string, 6> k_kinds = {"run",     "evaluation",  "decision",
                                            "dataset", "observation", "note"};

std::string brief(const Json& id) { return id.string_or().substr(0, 7); }

std::string decision_summary(const Json& body) {
  const std::string decision = body["decision"].string_or();
  const std::string model = fmt::format("{} {}", body["name"].string_or(), brief(body["model"]));
  if (decision == "promotion") {
    return fmt::format("promoted {} to {}", model, body["stage"].string_or());
  }
  if (decision == "denial") {
    return fmt::format("refused {} for {} ({})", model, body["stage"].string_or(),
                       body["reason"].string_or());
  }
  if (decision == "rollback") {
    return fmt::format("rolled {} back to {}: {}", body["stage"].string_or(), model,
                       body["reason"].string_or());
  }
  if (decision == "retirement") {
    return fmt::format("retired {}: {}", model, body["reason"].string_or());
  }
  return fmt::format("{} (unknown decision)", decision);
}

std::string metric_text(const Json& metric) {
  const Json& value = metric["value"];
  return fmt::format("{} {}", metric["name"].string_or(),
                     value.is_null() ? std::string("undefined") : fmt::format("{:.4g}", value.as_number()));
}

bool wanted(const ledger::Entry& entry, const LogRequest& request, const std::string& model,
            const std::optional<std::string>& since) {
  return (request.kind.empty() || entry.kind == request.kind) &&
         (request.stage.empty() || entry.stage == request.stage) && (!since || entry.time >= *since) &&
         (model.empty() || entry.model == model || (entry.name == model && !entry.model.empty()));
}

/// The value to sort by: of the record's own metrics (evaluation) or validation metric (run).
std::optional<double> metric_of(const Json& body, const std::string& name) {
  if (body["metrics"].is_array()) {
    for (const Json& metric : body["metrics"].as_array()) {
      if (metric["name"].string_or() == name && !metric["value"].is_null()) {
        return metric["value"].as_number();
      }
    }
  }
  if (body["valid_metric"]["name"].string_or() == name && !body["valid_metric"]["value"].is_null()) {
    return body["valid_metric"]["value"].as_number();
  }
  return std::nullopt;
}

/// A metric of any task, in its one spelling.
struct SortKey {
  std::string metric;
  bool lower_is_better = false;
};

SortKey sort_key(const std::string& written) {
  std::vector<std::string> all;
  for (const std::string_view name : k_task_names) {
    const Task task = *task_from(name);
    const auto forms = metrics::metric_forms(task);
    if (const auto metric = known_name(forms, written)) {
      return {*metric, metrics::find_metric(task, *metric)->direction == metrics::Direction::lower_is_better};
    }
    all.insert(all.end(), forms.begin(), forms.end());
  }
  Error error(ErrorCode::usage, "--sort: unknown metric '{}'", written);
  if (const auto hint = parameter_hint(all, written)) {
    throw std::move(error).hint(*hint);
  }
  if (const auto near = nearest(written, all)) {
    throw std::move(error).hint(fmt::format("did you mean `--sort {}`?", *near));
  }
  throw std::move(error).hint("for example `mlp log --sort roc_auc`");
}

void sort_by_metric(std::vector<LogLine>& lines, const std::string& written) {
  const auto [metric, lower_is_better] = sort_key(written);
  const double sign = lower_is_better ? -1.0 : 1.0;
  std::erase_if(lines, [&](const LogLine& line) { return !metric_of(line.record.body, metric); });
  std::stable_sort(lines.begin(), lines.end(), [&](const LogLine& a, const LogLine& b) {
    return sign * *metric_of(a.record.body, metric) > sign * *metric_of(b.record.body, metric);
  });
}

void mark_conflicts(Workspace& workspace, std::vector<LogLine>& lines) {
  if (!workspace.has_project()) {
    return;
  }
  const policy::Stages state = stage_state(workspace);
  for (const auto& [stage, history] : state.stages) {
    for (const policy::StageConflict& conflict : history.conflicts) {
      for (LogLine& line : lines) {
        const std::string id = line.record.id.hex();
        if (id == conflict.first || id == conflict.second) {
          const std::string& other = id == conflict.first ? conflict.second : conflict.first;
          line.warnings.push_back(fmt::format(
              "conflict with {}: both decided '{}' without seeing the other; only a new decision settles it",
              other.substr(0, 7), stage));
        }
      }
    }
  }
}

LogLine line_of(ledger::Record record) {
  LogLine line;
  line.actor = record.body["actor"]["name"].string_or();
  line.summary = summary_of(record.body);
  line.record = std::move(record);
  return line;
}

void require_kind(const std::string& kind) {
  if (kind.empty() || std::find(k_kinds.begin(), k_kinds.end(), kind) != k_kinds.end()) {
    return;
  }
  auto error = Error(ErrorCode::usage, "--kind: unknown kind '{}'", kind);
  if (const auto close = nearest(kind, k_kinds)) {
    throw std::move(error).hint(fmt::format("did you mean `--kind {}`?", *close));
  }
  throw std::move(error).hint(fmt::format("kinds: {}", fmt::join(k_kinds, ", ")));
}

} // namespace

std::string summary_of(const Json& body) {
  const std::string kind = body["kind"].string_or();
  if (kind == "decision") {
    return decision_summary(body);
  }
  if (kind == "run") {
    std::string text = fmt::format("trained {} {} on {} {}", body["name"].string_or(), brief(body["model"]),
                                   body["dataset_name"].string_or(), brief(body["dataset"]));
    if (body.has("valid_metric")) {
      text += fmt::format(", valid {}", metric_text(body["valid_metric"]));
    }
    const std::string message = body["message"].string_or();
    return message.empty() ? text : text + ": " + message;
  }
  if (kind == "evaluation") {
    const Json& file = body["predictions_file"];
    const std::string of_file = fmt::format("predictions {} {}{}", file["name"].string_or(),
                                            brief(file["object"]), body["model"].is_null() ? "" : " of ");
    return fmt::format(
        "evaluated {}{} on {} of {}: {}", file.is_null() ? "" : of_file,
        body["model"].is_null() ? "" : fmt::format("{} {}", body["name"].string_or(), brief(body["model"])),
        body["part"].string_or(), body["dataset_name"].string_or(), metric_text(body["primary"]));
  }
  if (kind == "dataset") {
    return fmt::format("added {} {}, {} rows", body["name"].string_or(), brief(body["dataset"]),
                       body["rows"].integer_or(0));
  }
  if (kind == "observation") {
    return fmt::format("looked at {} {} for {} without deciding", body["name"].string_or(),
                       brief(body["model"]), body["stage"].string_or());
  }
  if (kind == "note") {
    return fmt::format("on {}: {}", brief(body["about"]), body["text"].string_or());
  }
  return "a record of a kind that this version does not know";
}

std::vector<LogLine> list_records(Workspace& workspace, const LogRequest& request) {
  require_kind(request.kind);
  if (!request.sort.empty()) {
    static_cast<void>(sort_key(request.sort)); // an unknown metric is refused even where nothing is recorded
  }
  std::optional<std::string> since;
  if (!request.since.empty()) {
    const auto time = parse_time(request.since);
    if (!time) {
      throw Error(ErrorCode::usage, "--since: '{}' is no date", request.since).hint("write it as 2026-11-23");
    }
    since = format_utc(*time);
  }
  std::string model = request.model;
  const auto& entries = workspace.ledger().entries();
  const bool is_name = std::any_of(entries.begin(), entries.end(), [&](const auto& entry) {
    return entry.name == model && !entry.model.empty(); // datasets may have the same name
  });
  if (!model.empty() && !is_name) {
    model = resolve_model(workspace, model).id.hex();
  }
  std::vector<LogLine> lines;
  for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
    const bool full = request.limit > 0 && lines.size() >= static_cast<std::size_t>(request.limit);
    if (full && request.sort.empty()) {
      break;
    }
    if (wanted(*entry, request, model, since)) {
      lines.push_back(line_of(workspace.ledger().read(entry->id)));
    }
  }
  if (!request.sort.empty()) {
    sort_by_metric(lines, request.sort);
  }
  if (request.limit > 0 && lines.size() > static_cast<std::size_t>(request.limit)) {
    lines.resize(static_cast<std::size_t>(request.limit));
  }
  mark_conflicts(workspace, lines);
  return lines;
}

ShowResult show(Workspace& workspace, const std::string& text) {
  ShowResult result{resolve(workspace, text), {}, {}};
  const std::string id = result.reference.id.hex();
  result.body = workspace.ledger().read(result.reference.entry->id).body;
  for (const ledger::Entry& entry : workspace.ledger().entries()) {
    if (entry.id == result.reference.entry->id) {
      continue;
    }
    const bool of_model = result.reference.kind == Reference::Kind::model && entry.model == id;
    const bool of_dataset =
        result.reference.kind == Reference::Kind::dataset && entry.dataset == id && entry.kind == "run";
    bool about = false;
    if (entry.kind == "note") {
      const std::string target = workspace.ledger().read(entry.id).body["about"].string_or();
      about = target == id || target == result.reference.entry->id.hex();
    }
    if (of_model || of_dataset || about) {
      result.related.push_back(workspace.ledger().read(entry.id));
    }
  }
  return result;
}

std::string raw_bytes(Workspace& workspace, const std::string& text) {
  const bool hex = text.size() >= 4 && text.find_first_not_of("0123456789abcdef") == std::string::npos;
  if (hex) {
    const auto objects = workspace.store().with_prefix(text);
    const auto& entries = workspace.ledger().entries();
    const auto records = std::count_if(entries.begin(), entries.end(),
                                       [&](const auto& entry) { return entry.id.hex().starts_with(text); });
    if (objects.size() + static_cast<std::size_t>(records) > 1) {
      throw Error(ErrorCode::ambiguous, "'{}' names {} objects and {} records", text, objects.size(), records)
          .hint("type more digits of the one you mean");
    }
    if (objects.size() == 1) {
      return workspace.store().get(objects.front());
    }
  }
  const Reference reference = resolve(workspace, text);
  if (reference.kind == Reference::Kind::record) {
    return workspace.ledger().read_bytes(reference.id);
  }
  return workspace.store().get(reference.id);
}

ledger::Record add_note(Workspace& workspace, const std::string& text, const std::string& note) {
  if (note.find_first_not_of(" \t\n") == std::string::npos) {
    throw Error(ErrorCode::usage, "the note is empty")
        .hint("for example `mlp note income \"labels of May are late\"`");
  }
  const Reference reference = resolve(workspace, text);
  Json body = Json::object({{"about", reference.id.hex()}, {"text", note}, {"name", reference.name}});
  if (reference.kind == Reference::Kind::model) {
    body["model"] = reference.id.hex();
  } else if (reference.kind == Reference::Kind::dataset) {
    body["dataset"] = reference.id.hex();
  }
  return workspace.record("note", std::move(body));
}

} // namespace mlp::workflow
