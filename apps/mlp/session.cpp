#include "session.hpp"

#include "pager.hpp"
#include "report/display.hpp"

#include <algorithm>
#include <cctype>
#include <ostream>

namespace mlp::cli {
namespace {

/// As setlocale(3) chooses: the first of these that is set.
bool speaks_utf8(const Session& session) {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    if (auto locale = session.variable(name)) {
      std::transform(locale->begin(), locale->end(), locale->begin(),
                     [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
      return locale->find("utf-8") != std::string::npos || locale->find("utf8") != std::string::npos;
    }
  }
  return false;
}

} // namespace

std::optional<std::string> Session::variable(const std::string& name) const {
  const auto found = environment.find(name);
  if (found == environment.end() || found->second.empty()) {
    return std::nullopt;
  }
  return found->second;
}

void Session::print(const Json& document) const { out << document.dump() << '\n'; }

void Session::warn(std::string_view message) const { progress->warn(message); }

std::string Session::plain(std::string text) const {
  return out_is_terminal && !speaks_utf8(*this) ? report::in_ascii(text) : text;
}

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
