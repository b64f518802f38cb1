#include "workflow/training.hpp"

#include "base/error.hpp"
#include "config/pointer.hpp"
#include "dataset/roles.hpp"
#include "os/machine.hpp"
#include "validation/label_delay.hpp"
#include "validation/schema_checks.hpp"
#include "workflow/data_schema.hpp"
#include "workflow/data_source.hpp"
#include "workflow/examining.hpp"
#include "workflow/run_record.hpp"
#include "workflow/scorer.hpp"
#include "workflow/snapshot.hpp"
#include "workflow/stage_state.hpp"
#include "workflow/thresholding.hpp"

#include <chrono>
#include <iterator>

namespace mlp::workflow {
namespace {

using dataset::Part;

double seconds_since(std::int64_t start_ns, std::int64_t now_ns) {
  return static_cast<double>(now_ns - start_ns) / 1e9;
}

void require_locked(Workspace& workspace, const config::Project& project, const RunData& data) {
  const auto check = [&](const std::string& path, const ContentId& id) {
    const fs::path pointer_path = workspace.project_folder() / (path + ".mlp");
    const auto text = os::read_file_if_exists(pointer_path);
    if (!text) {
      throw Error(ErrorCode::input, "--locked: '{}' has no pointer '{}.mlp'", path, path)
          .hint(fmt::format("run `mlp data add {}` and commit the pointer", path));
    }
    const config::DatasetPointer pointer = config::parse_pointer(*text, path + ".mlp");
    if (pointer.dataset != id) {
      throw Error(ErrorCode::input, "--locked: '{}' is version {}, its pointer says {}", path, id.brief(),
                  pointer.dataset.brief())
          .hint(fmt::format(
              "`mlp data checkout {}` brings the pointer's version back; `mlp data add {}` makes a new one",
              pointer.dataset.brief(), path));
    }
  };
  if (project.data.paths.size() != 1) {
    throw Error(ErrorCode::input, "--locked needs one data path, mlp.yaml names {}",
                project.data.paths.size())
        .hint("put the files into one folder and name it in data.path");
  }
  check(project.data.paths.front(), data.main.version.id);
  if (data.test) {
    check(project.data.split.test_file, data.test->version.id);
  }
}

dataset::Split split_data(const RunData& data, const config::Project& project, unsigned threads) {
  dataset::Split split = dataset::split_of(data.main.table, project, threads);
  if (data.test) {
    split.test = dataset::split_of_test_file(data.test->table, project).test;
  }
  return split;
}

/// "train 24.1% · valid 24.0% · test 24.3%": whether the parts look alike.
std::vector<std::string> positive_shares(const RunData& data, const dataset::Split& split,
                                         const config::Project& project) {
  std::vector<std::string> shares;
  if (project.model.task != Task::binary) {
    return shares;
  }
  const auto share = [](const std::vector<double>& target, const std::vector<std::uint32_t>& rows) {
    double positive = 0;
    for (const std::uint32_t row : rows) {
      positive += target[row];
    }
    return rows.empty() ? 0.0 : 100.0 * positive / static_cast<double>(rows.size());
  };
  const dataset::Target target = dataset::target_of(data.main.table, project);
  for (const Part part : {Part::train, Part::valid, Part::test}) {
    if (part == Part::test && data.test) {
      const auto rows = dataset::split_of_test_file(data.test->table, project).rows_of(Part::test);
      const auto test_target = dataset::target_of(data.test->table, project, target.classes);
      shares.push_back(fmt::format("{} {:.1f}%", name_of(part), share(test_target.values, rows)));
    } else {
      shares.push_back(fmt::format("{} {:.1f}%", name_of(part), share(target.values, split.rows_of(part))));
    }
  }
  return shares;
}

/// What the cheap checks find beyond that. A failure among them does not stop the training: it is recorded,
/// and the rule `{check: data_errors}` refuses the model.
/// `schema` may be null.
void add_examined(std::vector<Check>& checks, Workspace& workspace, const Examined& examined,
                  const config::DataSchema* schema) {
  const validation::Subject subject = subject_of(workspace.context(), examined);
  validation::Findings findings = validation::examine(subject, validation::Depth::cheap);
  if (schema != nullptr) {
    validation::check_label_delay(subject, *schema, findings);
  }
  std::erase_if(findings.checks, [](const Check& check) { return check.status == CheckStatus::pass; });
  std::move(findings.checks.begin(), findings.checks.end(), std::back_inserter(checks));
}

void stop_on_failure(const std::vector<Check>& checks) {
  std::vector<const Check*> failed;
  for (const Check& check : checks) {
    if (check.status == CheckStatus::fail) {
      failed.push_back(&check);
    }
  }
  if (failed.empty()) {
    return;
  }
  std::string message = "cannot train on these data";
  for (const Check* check : failed) {
    message += fmt::format("{} {}: {}", failed.front() == check ? ":" : ";", check->id, check->why);
  }
  throw Error(ErrorCode::input, "{}", message)
      .hint("change the data, or the columns' roles in mlp.yaml; `mlp data show` has the profile");
}

/// "run 91ab3f2, retired on 2026-11-23": what was known of the model before this run.
std::optional<std::string> earlier_run(Workspace& workspace, const std::string& model) {
  std::optional<std::string> found;
  for (const ledger::Entry& entry : workspace.ledger().entries()) {
    if (entry.kind == "run" && entry.model == model) {
      found = fmt::format("run {}", entry.id.brief());
    }
  }
  if (!found) {
    return found;
  }
  const policy::Stages state = stage_state(workspace);
  if (const auto retired = state.retired.find(model); retired != state.retired.end()) {
    const auto id = ContentId::from_hex(retired->second.record);
    *found += fmt::format("; it was retired on {}", workspace.ledger().read(*id).time.substr(0, 10));
  }
  for (const std::string& stage : state.held_by(model)) {
    *found += fmt::format("; it holds {}", stage);
  }
  return found;
}

RunData load_run_data(Workspace& workspace, const TrainRequest& request, const config::Project& project) {
  RunData data{load_data(workspace, project, project.data.paths), std::nullopt};
  if (project.data.split.by == config::SplitBy::file) {
    data.test = load_data(workspace, project, {project.data.split.test_file});
  }
  if (request.locked) {
    require_locked(workspace, project, data);
  }
  return data;
}

/// What is known before training: the data, what is odd about them, and how they are split.
TrainResult look_at_data(Workspace& workspace, const RunData& data, const config::Project& project,
                         const dataset::Roles& roles) {
  const unsigned threads = workspace.context().threads;
  TrainResult result;
  result.name = project.name;
  result.dataset = data.main.version.id;
  result.dataset_name = data.main.name;
  result.rows = static_cast<std::int64_t>(data.main.table.rows);
  result.columns = static_cast<std::int64_t>(data.main.table.columns.size());
  result.notes = data.main.table.notes;
  result.split_config = project.data.split;
  for (const std::string& column : roles.text_left_out) {
    result.notes.push_back(
        fmt::format("'{}' is text: not offered to the trainer (declare it a category to use it)", column));
  }
  const dataset::Profile profile = dataset::profile_of(data.main.table, threads);
  result.checks = dataset::check_for_training(data.main.table, profile, project);
  auto read = project_schema(workspace);
  const config::DataSchema* schema = read ? &read->schema : nullptr;
  if (schema != nullptr) {
    validation::Findings findings;
    validation::check_schema(data.main.table, profile, *schema, findings);
    validation::check_schema_roles(data.main.table, roles, *schema, findings);
    std::move(findings.checks.begin(), findings.checks.end(), std::back_inserter(result.checks));
    validation::drop_answered(result.checks, *schema);
    result.schema_text = std::move(read->text);
  }
  stop_on_failure(result.checks);
  result.split = split_data(data, project, threads);
  Examined examined{data.main.table, profile, project, roles, &result.split};
  examined.test_table = data.test ? &data.test->table : nullptr;
  examined.previous_rows = rows_before(workspace, data.main.name, data.main.version.id);
  add_examined(result.checks, workspace, examined, schema);
  model::require_calibratable(data.main.table, result.split, roles, project);
  result.class_shares = positive_shares(data, result.split, project);
  return result;
}

model::TrainResult run_trainer(Workspace& workspace, const config::Project& project,
                               const dataset::Table& table, const dataset::Split& split,
                               const dataset::Roles& roles) {
  const Context& context = workspace.context();
  if (project.model.external) {
    const WorkFolder folder(workspace);
    return model::train_external(table, split, roles, project, workspace.project_folder(), workspace.store(),
                                 external_place(workspace, folder.path(), project));
  }
  return model::train(table, split, roles, project, workspace.xgboost(),
                      {context.threads, &context.progress, &context.interrupt});
}

void require_validation(std::int64_t seeds, const dataset::Split& split) {
  if (seeds > 1 && split.valid == 0) {
    throw Error(ErrorCode::input, "--seeds {}: models are compared on the validation part, which is empty",
                seeds)
        .hint("give `data.split.valid` in mlp.yaml a share above 0");
  }
}

} // namespace

std::vector<config::Override> parse_settings(const std::vector<std::string>& settings) {
  std::vector<config::Override> overrides;
  for (const std::string& setting : settings) {
    const auto equals = setting.find('=');
    if (equals == std::string::npos || equals == 0) {
      throw Error(ErrorCode::usage, "--set '{}': expected KEY=VALUE", setting)
          .hint("for example `--set max_depth=8`");
    }
    overrides.push_back({setting.substr(0, equals), setting.substr(equals + 1)});
  }
  return overrides;
}

TrainResult train(Workspace& workspace, const TrainRequest& request, const TrainEvents& events) {
  const Context& context = workspace.context();
  const std::int64_t started = context.now_ns();
  require_short("message", request.message); // now, not after the work
  require_seeds(request.seeds);
  const config::Project project = workspace.project_with(parse_settings(request.settings));
  const CodeSnapshot code = snapshot_code(workspace); // first: it is the code that starts this run

  const RunData data = load_run_data(workspace, request, project);
  const dataset::Table& table = data.main.table;
  const dataset::Roles roles = dataset::roles_of(table, project);
  TrainResult result = look_at_data(workspace, data, project, roles);
  require_validation(request.seeds, result.split);
  if (events.data_ready) {
    events.data_ready(result);
  }
  result.trained = run_trainer(workspace, project, table, result.split, roles);
  context.interrupt.check();
  result.spread = seed_spread(result.trained.valid_metric, result.trained.valid_value, request.seeds, project,
                              [&](const config::Project& seeded) {
                                context.interrupt.check();
                                return run_trainer(workspace, seeded, table, result.split, roles).valid_value;
                              });
  const Json threshold = choose_threshold(workspace, project, table, result.split, result.trained.artifact);
  result.model = model::store_artifact(result.trained.artifact, workspace.store());
  result.artifact_bytes =
      result.trained.external ? result.trained.external->bytes : result.trained.artifact.booster.size();
  result.same_as = earlier_run(workspace, result.model.hex());

  Json body = run_record(workspace, request, project, data, result);
  body["code"] = to_json(code);
  body["threshold"] = threshold;
  result.seconds = seconds_since(started, context.now_ns());
  body["duration_seconds"] = result.seconds;
  body["trainer_seconds"] = result.trained.trainer_seconds;
  body["peak_memory_bytes"] = Json(os::peak_memory_bytes());
  result.run = workspace.record("run", std::move(body));
  return result;
}

} // namespace mlp::workflow
