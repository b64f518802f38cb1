#pragma once

#include "command.hpp"

#include <vector>

namespace mlp::cli {

// To add a command `mlp promote`:
//
// 1. commands/promote.cpp (at most 120 lines; options → request, call the use case, print):
//
//      namespace mlp::cli {
//      namespace {
//      Exit run(const workflow::PromoteRequest& request, Session& session) {
//        const auto result = workflow::promote(context_of(session), request); // context.hpp
//        if (session.json) {
//          session.print(to_json(result));
//        } else {
//          session.out << report::rules_list(...);                            // lib/report makes the text
//        }
//        return result.verdict.allowed ? Exit::ok : Exit::no;
//      }
//      } // namespace
//
//      Command promote_command() {
//        return {.name = "promote",
//                .group = "Decide",
//                .summary = "Move a model to a stage if the policy allows it", // imperative, no full stop
//                .description = "Two sentences: what it judges. What it records.",
//                .example = "mlp promote --to staging",
//                .exits = {{0, "promoted"}, {1, "refused by a rule"}, {3, "no such model or stage"}},
//                .declare = [](Options& options) {
//                  auto request = std::make_shared<workflow::PromoteRequest>();
//                  options.positional("MODEL", &request->model, "model to move; the newest where left out");
//                  options.option("--to", "STAGE", &request->stage, "stage to move it to").required = true;
//                  return [request](Session& session) { return run(*request, session); };
//                }};
//      }
//      } // namespace mlp::cli
//
// 2. A declaration below and a line in commands.cpp (in the order in which help shows them).
// 3. tests/cli/promote_test.cpp: success, refusal, misuse, JSON; then MLP_TEST_ACCEPT=1 for the golden help.
//
// Options: an optional positional is not `required`; a list (vector) may be given several times, and its
// values are split at commas where the placeholder ends with ",…" ("COL,…"); `choices` are checked and
// completed. Errors are thrown (base/error.hpp); cli.cpp prints them. Long results go through session.page().

Command init_command();
Command check_command();
Command status_command();
Command data_add_command();
Command data_list_command();
Command data_show_command();
Command data_validate_command();
Command data_schema_command();
Command data_diff_command();
Command data_split_command();
Command data_checkout_command();
Command train_command();
Command log_command();
Command show_command();
Command cat_command();
Command note_command();
Command diff_command();
Command eval_command();
Command explain_command();
Command promote_command();
Command rollback_command();
Command retire_command();
Command models_command();
Command predict_command();
Command export_command();
Command lineage_command();
Command audit_command();
Command fsck_command();
Command gc_command();
Command completion_command();
Command help_command();
Command version_command();

/// Every command, by group, in the order in which help shows them.
[[nodiscard]] std::vector<Command> commands();

} // namespace mlp::cli
