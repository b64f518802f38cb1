#pragma once

#include "base/check.hpp"
#include "config/project.hpp"
#include "dataset/column_findings.hpp"
#include "dataset/profile.hpp"
#include "dataset/table.hpp"

#include <span>
#include <vector>

namespace mlp::dataset {

/// Findings on a table whatever it is for, all of status warn but the first (evaluation.md §7):
///
/// no_rows            there are columns and no rows: fail
/// all_missing        no row has a value
/// constant_column    one and the same value in every row
/// identical_columns  the same values as an earlier column in every row (constant ones are not compared)
/// id_like            more than 95% of ≥ 20 present values differ, and they are no measurements: words
/// without
///                    a blank, or whole numbers that do not repeat as often as chance would repeat them
/// many_categories    a category column with more than 1,000 values
/// text_column        read as text: kept, but not offered to a trainer
/// decimal_commas, written_numbers, written_dates, thousands_as_fractions
///                    see writing_findings.hpp
/// personal_data      see personal_data.hpp
[[nodiscard]] std::vector<Check> check_table(const Profile& profile, std::span<const ColumnFacts> facts,
                                             const SameColumns& same);
[[nodiscard]] std::vector<Check> check_table(const Table& table, const Profile& profile);

/// Findings on a table for training by `project`. Those of check_table on columns that the trainer is offered
/// are among them: a caller needs only one of the two. `fail` makes training meaningless (`mlp train` stops
/// with exit 3):
///
/// target_missing        fail: no row has a target
/// one_class             fail: the target has one value only
/// target_classes        fail: not two classes in a binary task, more than 1,000 in a multiclass one, or the
///                       positive class does not occur
/// target_not_numeric    fail: a regression of words or infinite values
/// target_in_features    fail: the target has another role than target, or a feature says the same as the
/// target post_outcome_feature  fail: a feature says the same as a column that is known only after the
/// outcome no_features           fail: nothing is left to learn from id_feature            fail: an offered
/// column names rows: all its ≥ 20 values differ and are words, or whole
///                       numbers without a gap. Not where mlp.yaml says `role: feature`: then id_like warns
/// declared_type, declared_values, declared_min, declared_max, declared_max_missing
///                       fail: values beyond what mlp.yaml declares (of any column, with or without a role)
/// weights               fail: the weight column is no number, or a labelled row's weight is missing or
/// negative costs  fail: a column of evaluation.decision.costs is no number, or a row that needs its amount
/// has none target_dropped        warn: rows without a target, which are left out few_rows              warn:
/// fewer than 100 labelled rows small_class           warn: fewer than 30 rows of a class imbalance warn: the
/// rarest class has less than 1/100 of the rows of the most frequent one
///
/// throws Error{input} where the table lacks columns that mlp.yaml names
[[nodiscard]] std::vector<Check> check_for_training(const Table& table, const Profile& profile,
                                                    const config::Project& project);

} // namespace mlp::dataset
