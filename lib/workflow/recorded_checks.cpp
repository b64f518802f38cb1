#include "workflow/recorded_checks.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>
#include <vector>

namespace mlp::workflow {
namespace {

constexpr std::size_t k_most_bytes = 24UL * 1024;

/// The indices of `checks`, the ones to record first in front: failures, then each kind's first, second, ….
std::vector<std::size_t> by_weight(std::span<const Check> checks) {
  std::map<std::string_view, std::size_t> seen;
  std::vector<std::size_t> place(checks.size());
  for (std::size_t i = 0; i < checks.size(); ++i) {
    place[i] = seen[checks[i].id]++;
  }
  std::vector<std::size_t> order(checks.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return std::tuple(checks[a].status != CheckStatus::fail, place[a], a) <
           std::tuple(checks[b].status != CheckStatus::fail, place[b], b);
  });
  return order;
}

} // namespace

void record_checks(Json& body, std::span<const Check> checks) {
  std::vector<Json> written(checks.size());
  std::size_t bytes = 0;
  for (const std::size_t i : by_weight(checks)) {
    Json json = to_json(checks[i]);
    bytes += json.dump().size() + 1; // and a comma
    if (bytes > k_most_bytes) {
      break;
    }
    written[i] = std::move(json);
  }
  Json list = Json::array();
  for (Json& json : written) {
    if (!json.is_null()) {
      list.push_back(std::move(json));
    }
  }
  if (list.size() < checks.size()) {
    body["checks_left_out"] = static_cast<std::int64_t>(checks.size() - list.size());
  }
  body["checks"] = std::move(list);
}

} // namespace mlp::workflow
