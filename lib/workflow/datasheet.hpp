#pragma once

#include "workflow/workspace.hpp"

#include <string>

namespace mlp::workflow {

/// A datasheet (Gebru et al., "Datasheets for Datasets", CACM 2021) of a version of data: for each of its
/// seven sections the facts that are known, each with the hash of its evidence, and what people wrote.
///
/// People's words come from committed files alone: `datasheets/NAME.md` beside mlp.yaml, at HEAD, the text
/// under
/// `## Motivation`, `## Composition`, `## Collection`, `## Preprocessing`, `## Uses`, `## Distribution`,
/// `## Maintenance`; and mlp.yaml's product section at HEAD. What nobody wrote is null.
///
/// `{"schema":"mlp.datasheet/1","name","dataset","sections":[{"title","asks","text","text_evidence",
/// "facts":[{"name","value","evidence":{"kind","id"}}…]}…]}`
[[nodiscard]] Json datasheet(Workspace& workspace, const std::string& text);

} // namespace mlp::workflow
