#include "commands/commands.hpp"
#include "config/templates.hpp"
#include "context.hpp"
#include "report/text_table.hpp"
#include "workflow/initialising.hpp"

#include <filesystem>
#include <memory>
#include <ostream>

namespace mlp::cli {
namespace {

struct InitOptions {
  workflow::InitRequest request;
  bool list = false;
};

Exit list_templates(Session& session) {
  report::TextTable table({report::Align::left, report::Align::left});
  for (const config::Template& item : config::templates()) {
    if (session.json) {
      session.print(
          Json::object({{"schema", "mlp.template/1"}, {"name", item.name}, {"summary", item.summary}}));
    }
    table.row({std::string(item.name), std::string(item.summary)});
  }
  if (!session.json) {
    session.out << table.text();
  }
  return Exit::ok;
}

Json to_json(const workflow::InitResult& result) {
  Json written = Json::array();
  for (const auto& [file, what] : result.written) {
    written.push_back(Json::object({{"file", file}, {"summary", what}}));
  }
  return Json::object(
      {{"schema", "mlp.init/1"}, {"written", written}, {"notes", result.notes}, {"next", result.next}});
}

Exit run(const InitOptions& options, Session& session) {
  if (options.list) {
    return list_templates(session);
  }
  const auto context = context_of(session);
  const workflow::InitResult result = workflow::init(context, options.request);
  if (session.json) {
    session.print(to_json(result));
    return Exit::ok;
  }
  const std::filesystem::path folder = options.request.directory;
  report::TextTable table({report::Align::left, report::Align::left});
  for (const auto& [file, what] : result.written) {
    table.row({(folder / file).lexically_normal().string(), what});
  }
  for (const std::string& note : result.notes) {
    table.row({"note", note});
  }
  table.row({"next", result.next});
  session.out << table.text();
  return Exit::ok;
}

} // namespace

Command init_command() {
  return {
      .name = "init",
      .group = "Start",
      .summary = "Start a project from a data file",
      .description = "Makes (or joins) a git repository and writes mlp.yaml filled in from the data, "
                     "policy.yaml fitted to "
                     "the task, and .gitignore lines. Commits nothing, overwrites nothing.",
      .example = "mlp init income --data adult.csv --target income --positive \">50K\" --protected sex,race",
      .exits = {{0, "the project stands"},
                {3, "mlp.yaml or the workflow file exists, or the data lack a named column"}},
      .declare = [](Options& options) {
        auto given = std::make_shared<InitOptions>();
        auto& request = given->request;
        options.positional("DIR", &request.directory, "folder of the project; this one where left out");
        options
            .option("--template", "NAME", &request.template_name,
                    "kind of task; by the target's values where left out")
            .choices = {"binary", "multiclass", "regression", "ranking"};
        options.option("--data", "FILE", &request.data, "file or folder; copied to data/ unless it is there");
        options.option("--target", "COLUMN", &request.target, "what is to be predicted");
        options.option("--positive", "VALUE", &request.positive,
                       "binary: the value whose probability is predicted");
        options.option("--group", "COLUMN", &request.group,
                       "whose rows belong together (customers, patients); of a ranking the query");
        options.option("--protected", "COL,…", &request.protected_columns,
                       "columns that must not decide: kept from the trainer, measured as slices");
        options
            .option("--ci", "HOST", &request.ci,
                    "workflow file that checks, trains and judges at each change; alone: add it to a project")
            .choices = {"github", "gitlab"};
        options.flag("--list", given->list, "show the templates");
        return [given](Session& session) { return run(*given, session); };
      }};
}

} // namespace mlp::cli
