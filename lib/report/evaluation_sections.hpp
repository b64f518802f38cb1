#pragma once

#include "report/evaluation_view.hpp"
#include "report/markup.hpp"

namespace mlp::report {

// The parts of an evaluation's page. Each writes its heading and content, or nothing where the document has
// nothing for it.

// metric_sections.cpp
void write_metrics(Markup& page, const EvaluationView& view, const PageFacts& facts);
void write_baselines(Markup& page, const EvaluationView& view);
void write_groups(Markup& page, const EvaluationView& view);
void write_weak_slices(Markup& page, const EvaluationView& view);
void write_all_metrics(Markup& page, const EvaluationView& view);

// fairness_section.cpp
void write_fairness(Markup& page, const EvaluationView& view);

// value_section.cpp: what decisions are worth, and which ones to leave to a person
void write_value(Markup& page, const EvaluationView& view);
void write_abstention(Markup& page, const EvaluationView& view);

// conformal_section.cpp: sets or intervals that hold the truth, and whether they do in each group
void write_conformal(Markup& page, const EvaluationView& view);

// prediction_sections.cpp: what the predictions are like
void write_threshold_explorer(Markup& page, const EvaluationView& view);
void write_calibration(Markup& page, const EvaluationView& view);
void write_confusion(Markup& page, const EvaluationView& view);
void write_error_bins(Markup& page, const EvaluationView& view);

// record_sections.cpp: rows, checks, and where all of it is from
void write_worst_rows(Markup& page, const EvaluationView& view, const PageFacts& facts);
void write_checks(Markup& page, const EvaluationView& view);
void write_provenance(Markup& page, const EvaluationView& view, const PageFacts& facts);

} // namespace mlp::report
