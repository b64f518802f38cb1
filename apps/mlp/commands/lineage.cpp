#include "base/error.hpp"
#include "commands/commands.hpp"
#include "context.hpp"
#include "report/display.hpp"
#include "workflow/tracing.hpp"

#include <fmt/format.h>

#include <memory>
#include <ostream>

namespace mlp::cli {
namespace {

struct LineageOptions {
  std::string reference;
  bool up = false;
  bool down = false;
  std::string format = "tree";
};

void append_tree(std::string& text, const workflow::LineageNode& node, const std::string& indent,
                 const report::Style& style) {
  for (std::size_t i = 0; i < node.links.size(); ++i) {
    const workflow::LineageNode& link = node.links[i];
    const bool last = i + 1 == node.links.size();
    text += fmt::format("{}{} {} {}  {}\n", indent, last ? "└─" : "├─", style.dim(link.kind),
                        style.yellow(link.id.substr(0, 7)), report::printable(link.text));
    append_tree(text, link, indent + (last ? "   " : "│  "), style);
  }
}

Exit run(const LineageOptions& options, Session& session) {
  if (options.up && options.down) {
    throw Error(ErrorCode::usage, "--up and --down exclude each other").hint("ask for one after the other");
  }
  const auto context = context_of(session);
  workflow::Workspace workspace = workflow::Workspace::anywhere(context);
  const auto direction = options.down ? workflow::Direction::down : workflow::Direction::up;
  const workflow::LineageNode node = workflow::lineage(workspace, options.reference, direction);
  const auto touched = options.down ? workflow::touched_by(workspace, node) : std::nullopt;
  if (session.json || options.format == "json") {
    Json document = to_json(node);
    document["schema"] = "mlp.lineage/1";
    document["direction"] = options.down ? "down" : "up";
    if (touched) {
      document["touched"] = to_json(*touched);
    }
    session.print(document);
    return Exit::ok;
  }
  const report::Style style(session.color);
  std::string text = fmt::format("{} {}  {}\n", style.dim(node.kind), style.yellow(node.id.substr(0, 7)),
                                 report::printable(node.text));
  append_tree(text, node, "", style);
  if (touched) {
    text += fmt::format("touched   {}\n", workflow::uses_text(*touched));
  }
  session.page(text);
  return Exit::ok;
}

} // namespace

Command lineage_command() {
  return {.name = "lineage",
          .group = "Account",
          .summary = "Trace where a thing came from, or what was made from it",
          .description =
              "Up: from a decision, model or evaluation to runs, data, code and policy. Down: from a "
              "dataset, a file of one, or a run to the models, evaluations and decisions that it touched, "
              "and the stages that they hold now.",
          .example = "mlp lineage income@production\nmlp lineage data/adult.csv --down",
          .exits = {{0, "traced"}, {3, "REF names nothing, or more than one thing"}},
          .declare = [](Options& options) {
            auto given = std::make_shared<LineageOptions>();
            options
                .positional("REF", &given->reference,
                            "model, dataset, file of a dataset, run, evaluation or decision")
                .required = true;
            options.flag("--up", given->up, "what it was made from (the default)");
            options.flag("--down", given->down, "what was made from it");
            options.option("--format", "FORMAT", &given->format, "tree or json").choices = {"tree", "json"};
            return [given](Session& session) { return run(*given, session); };
          }};
}

} // namespace mlp::cli
