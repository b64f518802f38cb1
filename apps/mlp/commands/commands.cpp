#include "commands/commands.hpp"

namespace mlp::cli {

std::vector<Command> commands() {
  return {
      // Start
      init_command(),
      check_command(),
      status_command(),
      // Data
      data_add_command(),
      data_list_command(),
      data_show_command(),
      data_validate_command(),
      data_schema_command(),
      data_diff_command(),
      data_split_command(),
      data_checkout_command(),
      // Experiment
      train_command(),
      log_command(),
      show_command(),
      cat_command(),
      note_command(),
      diff_command(),
      // Evaluate
      eval_command(),
      explain_command(),
      // Decide
      promote_command(),
      rollback_command(),
      retire_command(),
      models_command(),
      // Operate
      predict_command(),
      export_command(),
      // Account
      lineage_command(),
      audit_command(),
      // Share and keep
      fsck_command(),
      gc_command(),
      completion_command(),
      // Help
      help_command(),
      version_command(),
  };
}

} // namespace mlp::cli
