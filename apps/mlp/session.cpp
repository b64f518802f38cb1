#include "session.hpp"

#include "pager.hpp"

#include <ostream>

namespace mlp::cli {

std::optional<std::string> Session::variable(const std::string& name) const {
  const auto found = environment.find(name);
  if (found == environment.end() || found->second.empty()) {
    return std::nullopt;
  }
  return found->second;
}

void Session::print(const Json& document) const { out << document.dump() << '\n'; }

void Session::warn(std::string_view message) const { progress->warn(message); }

void Session::page(std::string_view text) const {
  if (!out_is_terminal) {
    out << text;
    return;
  }
  const auto pager = variable("MLP_PAGER");
  out.flush();
  if (!show_in_pager(pager ? *pager : variable("PAGER").value_or("less"), text)) {
    out << text;
  }
}

} // namespace mlp::cli
