#include "workflow/examining.hpp"

#include <algorithm>

namespace mlp::workflow {
namespace {

using dataset::Part;

validation::Side learnt_side(const Examined& examined) {
  validation::Side side{&examined.table, {}};
  for (std::size_t row = 0; row < examined.split->part.size(); ++row) {
    if (examined.split->part[row] == Part::train || examined.split->part[row] == Part::valid) {
      side.rows.push_back(static_cast<std::uint32_t>(row));
    }
  }
  return side;
}

validation::Side test_side(const Examined& examined) {
  if (examined.test_table == nullptr) {
    return {&examined.table, examined.split->rows_of(Part::test)};
  }
  const dataset::Split split = dataset::split_of_test_file(*examined.test_table, examined.project);
  return {examined.test_table, split.rows_of(Part::test)};
}

} // namespace

validation::Subject subject_of(const Context& context, const Examined& examined) {
  validation::Subject subject{
      examined.table, examined.profile, examined.project, examined.roles, {}, {}, {}, {}};
  if (examined.labelled && !examined.roles.target.empty()) {
    dataset::Target target = dataset::target_of(examined.table, examined.project);
    subject.labels = validation::LabelView{examined.project.model.task, std::move(target.values),
                                           std::move(target.classes)};
  }
  if (examined.split != nullptr) {
    subject.learnt = learnt_side(examined);
    subject.test = test_side(examined);
  }
  subject.previous_rows = examined.previous_rows;
  subject.now = context.now();
  subject.threads = context.threads;
  return subject;
}

std::optional<std::int64_t> rows_before(Workspace& workspace, const std::string& name,
                                        const ContentId& dataset) {
  std::optional<ledger::Entry> before;
  for (const ledger::Entry& entry : workspace.ledger().entries()) {
    if (entry.kind != "dataset" || entry.name != name) {
      continue;
    }
    if (entry.dataset == dataset.hex()) {
      break;
    }
    before = entry;
  }
  if (!before) {
    return std::nullopt;
  }
  return workspace.ledger().read(before->id).body["rows"].integer_or(0);
}

} // namespace mlp::workflow
