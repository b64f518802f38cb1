#pragma once

#include "workflow/evaluating.hpp"

#include <functional>
#include <string>

namespace mlp::workflow {

struct ReportRequest {
  std::string html;     ///< path of a page to write; empty = none
  std::string markdown; ///< path of a text for a pull request; empty = none
  std::string program;  ///< "mlp 0.1.0"
};

/// Before the work: throws Error{input} where `path` is a folder, Error{not_found} where its folder does not
/// exist. An empty path asks for no page.
void require_page_place(const Workspace& workspace, const std::string& path);
/// Writes what `make` returns to `path`, whole; nothing where it is empty.
void write_page(Workspace& workspace, const std::string& path, const std::function<std::string()>& make);

/// Before the work: throws Error{not_found} where a report's folder does not exist.
void require_report_places(const Workspace& workspace, const ReportRequest& request);

/// Writes the reports of an evaluation that was just made; a file that is there is replaced whole. Nothing of
/// the rows that a page shows enters the ledger.
void write_reports(Workspace& workspace, const EvaluateResult& result, const ReportRequest& request);

} // namespace mlp::workflow
