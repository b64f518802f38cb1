#include "base/error.hpp"
#include "workflow/file_versions.hpp"
#include "workflow/listing.hpp"
#include "workflow/stage_state.hpp"
#include "workflow/tracing.hpp"

#include <fmt/ranges.h>

#include <set>

namespace mlp::workflow {
namespace {

/// Walks records; each thing is expanded once, later only named.
class Tracer {
public:
  explicit Tracer(Workspace& workspace) {
    for (const ledger::Entry& entry : workspace.ledger().entries()) {
      records_.push_back(workspace.ledger().read(entry.id));
    }
    if (workspace.has_project()) {
      state_ = stage_state(workspace);
    }
  }

  LineageNode record_up(const ledger::Record& record) {
    LineageNode node{record.kind, record.id.hex(), summary_of(record.body), {}};
    if (!first_time(node.id)) {
      return node;
    }
    const Json& body = record.body;
    if (record.kind == "run") {
      add_run_sources(node, body);
    } else if (record.kind == "dataset") {
      add_dataset(node, body["previous"].string_or());
    } else {
      if (const ledger::Record* evaluation = find(body["evaluation"].string_or())) {
        node.links.push_back(record_up(*evaluation));
      }
      if (record.kind == "decision" && body["policy"].is_object()) {
        node.links.push_back({"policy",
                              body["policy"]["hash"].string_or(),
                              fmt::format("policy of {}", body["policy"]["branch"].string_or()),
                              {}});
      }
      if (const std::string model = body["model"].string_or(); !model.empty()) {
        node.links.push_back(model_up(model, body["name"].string_or()));
      }
      if (record.kind == "evaluation") {
        if (const Json& file = body["predictions_file"]; file.is_object()) {
          const std::string object = file["object"].string_or();
          node.links.push_back({"predictions",
                                object,
                                fmt::format("{} {}, from '{}'", file["name"].string_or(), object.substr(0, 7),
                                            file["path"].string_or()),
                                {}});
        }
        add_dataset(node, body["dataset"].string_or());
      }
    }
    return node;
  }

  LineageNode model_up(const std::string& model, const std::string& name) {
    LineageNode node{"model", model, fmt::format("{} {}{}", name, model.substr(0, 7), standing(model)), {}};
    if (first_time(model)) {
      for (const ledger::Record& record : records_) {
        if (record.kind == "run" && record.body["model"].string_or() == model) {
          node.links.push_back(record_up(record));
        }
      }
    }
    return node;
  }

  LineageNode dataset_up(const std::string& dataset) {
    LineageNode node{"dataset", dataset, dataset_text(dataset), {}};
    if (first_time(dataset)) {
      for (const ledger::Record& record : records_) {
        if (record.kind == "dataset" && record.body["dataset"].string_or() == dataset) {
          node.links.push_back(record_up(record));
        }
      }
    }
    return node;
  }

  LineageNode model_down(const std::string& model, const std::string& name) {
    LineageNode node{"model", model, fmt::format("{} {}{}", name, model.substr(0, 7), standing(model)), {}};
    if (first_time(model)) {
      for (const ledger::Record& record : records_) {
        if (record.kind != "run" && record.body["model"].string_or() == model) {
          node.links.push_back({record.kind, record.id.hex(), summary_of(record.body), {}});
        }
      }
    }
    return node;
  }

  LineageNode dataset_down(const std::string& dataset) {
    LineageNode node{"dataset", dataset, dataset_text(dataset), {}};
    for (const ledger::Record& record : records_) {
      const Json& body = record.body;
      const bool read =
          body["dataset"].string_or() == dataset || body["test_file"]["dataset"].string_or() == dataset;
      if (record.kind == "run" && read) {
        LineageNode run{"run", record.id.hex(), summary_of(body), {}};
        run.links.push_back(model_down(body["model"].string_or(), body["name"].string_or()));
        node.links.push_back(std::move(run));
      } else if (record.kind == "evaluation" && read &&
                 (body["part"] == "all" || body["model"].is_null())) { // behind no run
        node.links.push_back({record.kind, record.id.hex(), summary_of(body), {}});
      }
    }
    return node;
  }

  LineageNode record_down(const ledger::Record& record) {
    LineageNode node{record.kind, record.id.hex(), summary_of(record.body), {}};
    if (record.kind == "run") {
      node.links.push_back(model_down(record.body["model"].string_or(), record.body["name"].string_or()));
    } else if (record.kind == "dataset") {
      node.links.push_back(dataset_down(record.body["dataset"].string_or()));
    }
    const std::string id = record.id.hex();
    for (const ledger::Record& other : records_) {
      if (other.body["evaluation"].string_or() == id || other.body["about"].string_or() == id) {
        node.links.push_back({other.kind, other.id.hex(), summary_of(other.body), {}});
      }
    }
    return node;
  }

private:
  bool first_time(const std::string& id) { return seen_.insert(id).second; }

  [[nodiscard]] const ledger::Record* find(const std::string& id) const {
    for (const ledger::Record& record : records_) {
      if (!id.empty() && record.id.hex() == id) {
        return &record;
      }
    }
    return nullptr;
  }

  void add_dataset(LineageNode& node, const std::string& dataset) {
    if (!dataset.empty()) {
      node.links.push_back(dataset_up(dataset));
    }
  }

  void add_run_sources(LineageNode& node, const Json& body) {
    add_dataset(node, body["dataset"].string_or());
    add_dataset(node, body["test_file"]["dataset"].string_or());
    const Json& code = body["code"];
    node.links.push_back(
        {"code",
         code["tree"].string_or(),
         fmt::format("commit {}{}, snapshot {}", code["commit"].string_or("(none)").substr(0, 7),
                     code["clean"].bool_or(false) ? "" : " with uncommitted changes",
                     code["snapshot"].string_or().substr(0, 7)),
         {}});
    node.links.push_back({"config",
                          body["config"].string_or(),
                          fmt::format("mlp.yaml as resolved {}", body["config"].string_or().substr(0, 7)),
                          {}});
  }

  [[nodiscard]] std::string dataset_text(const std::string& dataset) const {
    std::string name;
    for (const ledger::Record& record : records_) {
      if (record.body["dataset"].string_or() == dataset && (record.kind == "dataset" || name.empty())) {
        name = record.body[record.kind == "dataset" ? "name" : "dataset_name"].string_or();
      }
    }
    return fmt::format("{} {}", name, dataset.substr(0, 7));
  }

  /// ", holds staging", ", retired"
  [[nodiscard]] std::string standing(const std::string& model) const {
    const auto stages = state_.held_by(model);
    const std::string holds = stages.empty() ? "" : fmt::format(", holds {}", fmt::join(stages, " and "));
    return state_.is_retired(model) ? ", retired" : holds;
  }

  std::vector<ledger::Record> records_;
  policy::Stages state_;
  std::set<std::string> seen_;
};

} // namespace

LineageNode lineage(Workspace& workspace, const std::string& text, Direction direction) {
  if (const auto file = direction == Direction::down ? file_in_folders(workspace, text) : std::nullopt) {
    Tracer tracer(workspace);
    LineageNode node{"file", file->id ? file->id->hex() : "", file->path, {}};
    for (const FolderVersion& version : file->versions) {
      LineageNode dataset = tracer.dataset_down(version.dataset.hex());
      dataset.text += version.same_bytes ? ", holds these bytes" : ", holds other bytes in its place";
      node.links.push_back(std::move(dataset));
    }
    return node;
  }
  const Reference reference = resolve(workspace, text);
  Tracer tracer(workspace);
  const std::string id = reference.id.hex();
  const bool up = direction == Direction::up;
  switch (reference.kind) {
  case Reference::Kind::model:
    return up ? tracer.model_up(id, reference.name) : tracer.model_down(id, reference.name);
  case Reference::Kind::dataset:
    return up ? tracer.dataset_up(id) : tracer.dataset_down(id);
  case Reference::Kind::record:
    break;
  }
  const ledger::Record record = workspace.ledger().read(reference.id);
  return up ? tracer.record_up(record) : tracer.record_down(record);
}

std::optional<DataUses> touched_by(Workspace& workspace, const LineageNode& node) {
  if (node.kind != "dataset" && node.kind != "file") {
    return std::nullopt;
  }
  std::vector<std::string> datasets = {node.id}; // of a record about data, the version is its link
  for (const LineageNode& link : node.links) {
    if (link.kind == "dataset") {
      datasets.push_back(link.id);
    }
  }
  return uses_of(workspace, datasets);
}

Json to_json(const LineageNode& node) {
  Json links = Json::array();
  for (const LineageNode& link : node.links) {
    links.push_back(to_json(link));
  }
  return Json::object(
      {{"kind", node.kind}, {"id", node.id}, {"text", node.text}, {"links", std::move(links)}});
}

} // namespace mlp::workflow
