#pragma once

#include "workflow/tracing.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace mlp::workflow {

/// Members of each kind of record that name an object of the store; dotted where nested.
[[nodiscard]] const std::map<std::string, std::vector<std::string>>& object_members();

/// A member of a record, by its dotted name; null where there is none.
[[nodiscard]] const Json& member(const Json& body, std::string_view dotted);

/// How findings name a record: "run 91ab3f2".
[[nodiscard]] std::string title(const ledger::Record& record);

/// Adds what is wrong with the ledger itself.
void take_ledger_findings(Workspace& workspace, AuditResult& result);

} // namespace mlp::workflow
