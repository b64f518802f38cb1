#include "workflow/needed_objects.hpp"

#include "base/error.hpp"

#include <algorithm>

namespace mlp::workflow {
namespace {

constexpr std::size_t k_digits = 64;

bool is_digit(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }

} // namespace

std::vector<ContentId> ids_in(std::string_view text) {
  std::vector<ContentId> ids;
  for (std::size_t begin = 0; begin < text.size();) {
    if (!is_digit(text[begin])) {
      ++begin;
      continue;
    }
    const auto* const end = std::find_if_not(text.begin() + begin, text.end(), is_digit);
    const std::string_view word(text.begin() + begin, end);
    if (word.size() == k_digits) {
      ids.push_back(*ContentId::from_hex(word));
    }
    begin += word.size();
  }
  return ids;
}

std::vector<ContentId> leads_to(const store::ObjectStore& store, const ContentId& id) {
  const std::string beginning = store.beginning(id);
  std::vector<ContentId> ids;
  if (store::is_tree_listing(beginning)) {
    for (const store::TreeItem& item : store.get_tree(id)) {
      ids.push_back(item.id);
    }
  } else if (beginning.starts_with('{')) {
    for (const ContentId& named : ids_in(store.get(id))) {
      if (store.contains(named)) {
        ids.push_back(named);
      }
    }
  }
  return ids;
}

std::set<ContentId> needed_objects(Workspace& workspace) {
  std::vector<ContentId> open;
  for (const ledger::Entry& entry : workspace.ledger().entries()) {
    const auto named = ids_in(workspace.ledger().read_bytes(entry.id));
    open.insert(open.end(), named.begin(), named.end());
  }
  for (const std::string& pointer : workspace.repository().all_versions(".mlp")) {
    const auto named = ids_in(pointer);
    open.insert(open.end(), named.begin(), named.end());
  }
  const store::ObjectStore& store = workspace.store();
  std::set<ContentId> needed;
  while (!open.empty()) {
    const ContentId id = open.back();
    open.pop_back();
    if (!store.contains(id) || !needed.insert(id).second) {
      continue;
    }
    workspace.context().interrupt.check();
    const auto next = leads_to(store, id);
    open.insert(open.end(), next.begin(), next.end());
  }
  return needed;
}

} // namespace mlp::workflow
