#pragma once

#include "workflow/workspace.hpp"

#include <string>
#include <vector>

namespace mlp::workflow {

struct CheckoutRequest {
  std::string dataset;                ///< REF, or a data path whose pointer names the version
  std::string to = {};                ///< empty = where the dataset was added from
  std::vector<std::string> only = {}; ///< of a folder: these files and folders in it; empty = all
  bool force = false;
};
struct CheckoutResult {
  std::string name;
  ContentId dataset;
  std::string path;
  std::int64_t files = 0;   ///< of the version, or of the part asked for
  std::int64_t written = 0; ///< of them, those that were not there yet
};
/// Brings a stored version to its place, each file atomically; what is there already is not written again, so
/// interrupted work goes on. Of a folder, files that the version does not have stay. How the bytes get there
/// says git config mlp.checkout (copy, reflink, hardlink). throws Error{input} naming the files where bytes
/// that no version keeps stand in the way, before anything is written, unless forced
[[nodiscard]] CheckoutResult checkout_data(Workspace& workspace, const CheckoutRequest& request);

} // namespace mlp::workflow
