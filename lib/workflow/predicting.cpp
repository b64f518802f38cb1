#include "base/error.hpp"
#include "dataset/read_table.hpp"
#include "model/predictions.hpp"
#include "workflow/data_source.hpp"
#include "workflow/scorer.hpp"
#include "workflow/scoring.hpp"
#include "workflow/stage_state.hpp"
#include "workflow/using.hpp"

#include <numeric>

namespace mlp::workflow {
namespace {

constexpr std::size_t k_rows_at_once = 65536;
constexpr std::size_t k_rows_at_once_outside = 1'000'000; // a program starts anew for each piece
constexpr std::size_t k_most_named_rows = 10;

void add(model::InputReport& total, const model::InputReport& part) {
  total.rows += part.rows;
  total.invalid_rows += part.invalid_rows;
  const auto add_counts = [](auto& into, const auto& from) {
    for (const auto& [column, count] : from) {
      into[column] += count;
    }
  };
  add_counts(total.unseen_category, part.unseen_category);
  add_counts(total.out_of_range, part.out_of_range);
  add_counts(total.wrong_type, part.wrong_type);
  add_counts(total.missing, part.missing);
}

DefaultModel model_for(Workspace& workspace, const std::string& text) {
  if (text.empty()) {
    return serving_model(workspace);
  }
  DefaultModel chosen{resolve_model(workspace, text), ""};
  if (stage_state(workspace).is_retired(chosen.model.id.hex())) {
    chosen.note = fmt::format("{} {} is retired", chosen.model.name, chosen.model.id.brief());
  }
  return chosen;
}

/// Remembers the numbers of the first odd rows of the input.
void name_invalid(PredictResult& result, const std::vector<bool>& invalid) {
  for (std::size_t row = 0; row < invalid.size() && result.first_invalid.size() < k_most_named_rows; ++row) {
    if (invalid[row]) {
      result.first_invalid.push_back(result.rows + static_cast<std::int64_t>(row) + 1);
    }
  }
}

bool rejects(Workspace& workspace, const std::string& on_invalid) {
  if (!on_invalid.empty() && on_invalid != "reject" && on_invalid != "flag") {
    throw Error(ErrorCode::usage, "--on-invalid: '{}' is neither reject nor flag", on_invalid);
  }
  return on_invalid.empty() ? workspace.project().reject_invalid : on_invalid == "reject";
}

} // namespace

PredictResult predict(Workspace& workspace, const PredictRequest& request,
                      const std::function<void(std::string_view)>& take) {
  const bool reject = rejects(workspace, request.on_invalid);
  const fs::path& directory = workspace.context().directory;
  const dataset::Source source{directory / request.input, request.input};
  if (std::error_code ignored; !fs::exists(source.path, ignored)) {
    throw Error(ErrorCode::not_found, "the input '{}' does not exist", request.input)
        .hint("check the path's spelling");
  }
  const DefaultModel chosen = model_for(workspace, request.model);
  const Scorer predictor(workspace, model::load_artifact(chosen.model.id, workspace.store()));
  const std::size_t rows_at_once = predictor.artifact().external ? k_rows_at_once_outside : k_rows_at_once;
  PredictResult result;
  result.name = chosen.model.name;
  result.model = chosen.model.id;
  result.note = chosen.note;

  std::optional<os::Draft> draft;
  std::function<void(std::string_view)> sink = take;
  if (!request.output.empty()) {
    require_output(directory / request.output, source.path);
    draft.emplace(workspace.context().files, directory / request.output);
    sink = [&draft](std::string_view bytes) { draft->write(bytes); };
  }
  dataset::ReadOptions options = read_options(workspace, workspace.project());
  options.columns.clear(); // the model's own schema decides
  options.types = predictor.types();
  model::PredictionLayout layout;
  bool first = true;
  dataset::stream_table(source, options, rows_at_once, [&](dataset::Table&& table) {
    workspace.context().interrupt.check();
    std::vector<std::uint32_t> rows(table.rows);
    std::iota(rows.begin(), rows.end(), 0U);
    model::InputReport report;
    std::vector<bool> invalid;
    const std::vector<double> scores = predictor.scores(table, rows, &report, &invalid);
    std::string out;
    if (first) {
      layout = model::layout_of(predictor.artifact(), table);
      layout.has_invalid = request.on_invalid == "flag";
      model::append_predictions_header(out, layout);
      first = false;
    }
    model::append_predictions(out, layout,
                              {.table = table,
                               .rows = rows,
                               .scores = scores,
                               .rows_before = result.rows,
                               .invalid = &invalid,
                               .rejected = reject ? &invalid : nullptr});
    sink(out);
    name_invalid(result, invalid);
    result.rejected += reject ? report.invalid_rows : 0;
    result.rows += static_cast<std::int64_t>(table.rows);
    add(result.report, report);
    return true;
  });
  if (draft) {
    draft->publish();
  }
  return result;
}

Json to_json(const PredictResult& result) {
  const auto counts = [](const std::map<std::string, std::int64_t>& by_column) {
    Json object = Json::object();
    for (const auto& [column, count] : by_column) {
      object[column] = count;
    }
    return object;
  };
  return Json::object({{"schema", "mlp.predictions/1"},
                       {"model", result.model.hex()},
                       {"name", result.name},
                       {"rows", result.rows},
                       {"invalid_rows", result.report.invalid_rows},
                       {"rejected", result.rejected},
                       {"first_invalid", result.first_invalid},
                       {"unseen_category", counts(result.report.unseen_category)},
                       {"out_of_range", counts(result.report.out_of_range)},
                       {"wrong_type", counts(result.report.wrong_type)},
                       {"missing", counts(result.report.missing)}});
}

} // namespace mlp::workflow
