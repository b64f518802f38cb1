#pragma once

#include "config/project.hpp"
#include "dataset/roles.hpp"
#include "dataset/table.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace mlp::model {

/// What the best single question about one feature predicts: the least that a model must beat.
struct Stump {
  std::string question;       ///< "tenure < 12.5", "contract is 'two'"; of personal data "mail is (personal)"
  std::vector<double> scores; ///< of the rows asked for, in metrics::Sample's layout
};

/// A number is cut at one place, of a category one value is set apart from all others; rows without a value
/// stay with the side they resemble. Chosen by the least squared error (of class shares: Gini's impurity) on
/// at most 100,000 of the training rows; each side predicts its weighted mean, or its class shares, drawn
/// towards those of all rows as if by one row more. Nothing where no feature tells two rows apart.
/// `rows` of `scored` are predicted.
/// source  Iba & Langley 1992
/// throws  Error{input} where `scored` lacks a feature
[[nodiscard]] Stump stump_scores(const dataset::Table& train_table,
                                 const std::vector<std::uint32_t>& train_rows, const dataset::Table& scored,
                                 const std::vector<std::uint32_t>& rows, const dataset::Roles& roles,
                                 const config::Project& project, unsigned threads);

} // namespace mlp::model
