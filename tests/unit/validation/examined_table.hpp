#pragma once

#include "base/random.hpp"
#include "dataset/split.hpp"
#include "support/tables.hpp"
#include "validation/subject.hpp"

#include <cmath>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace mlp::test {

/// A table with target `y` and all that the checks need of it; odd rows (1, 3, …) are the test part unless
/// said.
struct ExaminedTable {
  dataset::Table table;
  config::Project project;
  dataset::Profile profile;
  dataset::Roles roles;
  std::optional<std::int64_t> previous_rows;
  UnixSeconds now = 0;
  std::function<bool(std::size_t)> is_test = [](std::size_t row) { return row % 2 == 1; };

  ExaminedTable(Task task, std::vector<dataset::Column> columns) : project(project_for(task, "y")) {
    table = table_of(std::move(columns));
  }
  void role(const std::string& column, config::Role role) { set_role(project, column, role); }

  validation::Findings
  run(const std::function<void(const validation::Subject&, validation::Findings&)>& check) {
    profile = dataset::profile_of(table, 1);
    roles = dataset::roles_of(table, project);
    validation::Subject subject{table, profile, project, roles, {}, {}, {}, {}};
    dataset::Target target = dataset::target_of(table, project);
    subject.labels =
        validation::LabelView{project.model.task, std::move(target.values), std::move(target.classes)};
    subject.learnt = validation::Side{&table, {}};
    subject.test = validation::Side{&table, {}};
    for (std::size_t row = 0; row < table.rows; ++row) {
      (is_test(row) ? subject.test : subject.learnt)->rows.push_back(static_cast<std::uint32_t>(row));
    }
    subject.previous_rows = previous_rows;
    subject.now = now;
    validation::Findings findings;
    check(subject, findings);
    return findings;
  }
};

/// The one finding of that id.
inline Check only(const validation::Findings& findings, const std::string& id) {
  Check found;
  std::size_t n = 0;
  for (const Check& check : findings.checks) {
    if (check.id == id) {
      found = check;
      ++n;
    }
  }
  if (n != 1) {
    found.id = std::to_string(n) + " findings of " + id;
    found.status = CheckStatus::missing;
  }
  return found;
}

/// `n` numbers from a uniform distribution on [0, 1), other ones for each stream.
inline std::vector<double> uniform(std::size_t n, std::uint64_t stream) {
  std::vector<double> values;
  for (std::size_t i = 0; i < n; ++i) {
    values.push_back(std::ldexp(static_cast<double>(random_bits(1, stream, i) >> 11U), -53));
  }
  return values;
}

/// `n` labels, 0 or 1 by a coin.
inline std::vector<double> coins(std::size_t n, std::uint64_t stream, double share = 0.5) {
  std::vector<double> values = uniform(n, stream);
  for (double& value : values) {
    value = value < share ? 1.0 : 0.0;
  }
  return values;
}

} // namespace mlp::test
