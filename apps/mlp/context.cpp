#include "context.hpp"

#include "os/files.hpp"

namespace mlp::cli {

workflow::Context context_of(Session& session) {
  return workflow::Context{.directory = session.directory,
                           .now_ns = session.now_ns,
                           .files = os::real_files(),
                           .progress = *session.progress,
                           .interrupt = session.interrupt,
                           .threads = session.threads,
                           .store = session.variable("MLP_STORE"),
                           .xgboost = session.variable("MLP_XGBOOST_LIBRARY"),
                           .ci = session.variable("CI").has_value()};
}

} // namespace mlp::cli
