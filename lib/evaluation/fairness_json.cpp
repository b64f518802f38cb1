#include "evaluation/fairness.hpp"
#include "evaluation/interval_json.hpp"

namespace mlp::evaluation {
namespace {

Json group_json(const GroupRates& group, double level) {
  Json rates = Json::array();
  for (const GroupRate& rate : group.rates) {
    const bool has_value = rate.value.has_value();
    const auto interval = has_value ? rate.interval(level) : metrics::Interval();
    Json item = Json::object({{"name", rate.name},
                              {"value", Json(rate.value)},
                              {"ci", has_value ? Json::array({interval.lower, interval.upper}) : Json()},
                              {"n", rate.n},
                              {"status", name_of(rate.status)},
                              {"why", rate.why}});
    if (!rate.class_name.empty()) {
      item["class"] = rate.class_name;
    }
    rates.push_back(std::move(item));
  }
  return Json::object({{"group", group.label},
                       {"n", group.n},
                       {"n_pos", Json(group.n_pos)},
                       {"n_neg", Json(group.n_neg)},
                       {"reference", group.is_reference},
                       {"rates", std::move(rates)}});
}

Json disparity_json(const Disparity& disparity) {
  Json item = Json::object({{"name", disparity.name},
                            {"family", disparity.family},
                            {"value", Json(disparity.value)},
                            {"all_groups", Json(disparity.all_groups)},
                            {"ci", interval_json(disparity.lower, disparity.upper)},
                            {"lowest", disparity.lowest},
                            {"highest", disparity.highest},
                            {"p_holm", Json(disparity.p_value)},
                            {"limit", Json(disparity.limit)},
                            {"verdict", disparity.verdict ? Json(name_of(*disparity.verdict)) : Json()},
                            {"n", disparity.n},
                            {"insufficient", Json(disparity.insufficient)},
                            {"why", disparity.why}});
  if (!disparity.class_name.empty()) {
    item["class"] = disparity.class_name;
  }
  if (disparity.name == "impact_ratio") {
    item["screening"] = k_screening_text;
  }
  return item;
}

Json pair_json(const PairDifference& pair) {
  Json item = Json::object({{"rate", pair.rate},
                            {"group", pair.group},
                            {"reference", pair.reference},
                            {"difference", pair.difference},
                            {"ci", Json::array({pair.lower, pair.upper})},
                            {"p", pair.p_value},
                            {"p_holm", pair.p_holm}});
  if (!pair.class_name.empty()) {
    item["class"] = pair.class_name;
  }
  return item;
}

Json proxy_json(const Proxy& proxy) {
  Json features = Json::array();
  for (const FeatureTell& tell : proxy.features) {
    features.push_back(Json::object({{"feature", tell.feature}, {"auc", tell.auc}}));
  }
  return Json::object({{"group", proxy.group},
                       {"auc", Json(proxy.auc)},
                       {"ci", interval_json(proxy.lower, proxy.upper)},
                       {"p", Json(proxy.p_value)},
                       {"features", std::move(features)},
                       {"n", proxy.n},
                       {"why", proxy.why}});
}

Json counterfactual_json(const Counterfactual& flip) {
  return Json::object({{"value", flip.value},
                       {"n", flip.n},
                       {"flipped", Json(flip.flipped)},
                       {"mean_change", flip.mean_change},
                       {"why", flip.why}});
}

Json link_json(const ScoreLink& link) {
  return Json::object({{"group", link.group},
                       {"correlation", link.correlation},
                       {"ci", Json::array({link.lower, link.upper})},
                       {"n", link.n}});
}

Json missingness_json(const MissingnessGap& gap) {
  return Json::object(
      {{"column", gap.column}, {"value", gap.value}, {"lowest", gap.lowest}, {"highest", gap.highest}});
}

Json distribution_json(const DistributionGap& gap) {
  return Json::object({{"group", gap.group},
                       {"reference", gap.reference},
                       {"ks", gap.distance},
                       {"p", gap.p_value},
                       {"p_holm", gap.p_holm}});
}

template <typename Item, typename ToJson> Json list_json(const std::vector<Item>& items, ToJson to_json) {
  Json list = Json::array();
  for (const Item& item : items) {
    list.push_back(to_json(item));
  }
  return list;
}

} // namespace

Json to_json(const FairnessReport& report) {
  Json attributes = Json::array();
  for (const AttributeFairness& attribute : report.attributes) {
    const auto groups = [&](const GroupRates& group) { return group_json(group, report.level); };
    Json item = Json::object({{"columns", Json(attribute.columns)},
                              {"is_feature", attribute.is_feature},
                              {"groups", list_json(attribute.groups, groups)},
                              {"disparities", list_json(attribute.disparities.disparities, disparity_json)},
                              {"pairs", list_json(attribute.disparities.pairs, pair_json)}});
    item["proxy"] = attribute.proxy ? proxy_json(*attribute.proxy) : Json();
    item["counterfactual"] =
        attribute.counterfactual ? counterfactual_json(*attribute.counterfactual) : Json();
    item["representation"] = attribute.representation ? to_json(*attribute.representation) : Json();
    item["score_given_target"] =
        attribute.score_given_target ? link_json(*attribute.score_given_target) : Json();
    item["missingness"] = attribute.missingness ? missingness_json(*attribute.missingness) : Json();
    item["distributions"] = list_json(attribute.distributions, distribution_json);
    attributes.push_back(std::move(item));
  }
  return Json::object({{"level", report.level},
                       {"min_n", report.eligibility.rows},
                       {"min_denominator", report.eligibility.denominator},
                       {"attributes", std::move(attributes)}});
}

} // namespace mlp::evaluation
