#pragma once

#include "support/git_scratch.hpp"
#include "support/sample_project.hpp"
#include "support/xgboost.hpp"
#include "workflow/datasets.hpp"
#include "workflow/evaluating.hpp"
#include "workflow/promoting.hpp"
#include "workflow/training.hpp"

#include <doctest/doctest.h>

#include <list>

namespace mlp::test {

/// 2026-11-23T05:14:13Z, when every test begins.
inline constexpr std::int64_t k_start = 1'795'410'853;

class Silence final : public Progress {
public:
  void show(std::string_view, std::uint64_t, std::uint64_t, std::string_view, std::string_view) override {}
  void finish() override {}
  void warn(std::string_view) override {}
};

inline const Check& check_named(const workflow::EvaluateResult& result, const std::string& id) {
  for (const Check& check : result.checks) {
    if (check.id == id) {
      return check;
    }
  }
  FAIL("no check ", id);
  return result.checks.front();
}

/// The sample project, committed to a repository of its own, and what commands need. Each call of open() is a
/// new command: it sees what others have recorded since.
class OpenedProject : public GitScratch {
public:
  explicit OpenedProject(const std::string& yaml = project_yaml()) {
    static_cast<void>(xgboost()); // its threads wait without spinning from the first test on
    git("", {"init", "--quiet", "--initial-branch=main"});
    write("mlp.yaml", yaml);
    write("policy.yaml", policy_yaml());
    write(".gitignore", "/data/*\n!/data/*.mlp\n/out/\n");
    write("data/churn.csv", customers(400));
    commit();
  }

  void commit() const {
    git("", {"add", "--all"});
    git("", {"commit", "--quiet", "--message", "change"});
  }
  /// Rewrites one place of mlp.yaml (policy.yaml), uncommitted.
  void edit(const std::string& from, const std::string& to, const std::string& file = "mlp.yaml") const {
    const std::string text = read(file);
    REQUIRE(text.find(from) != std::string::npos);
    write(file, replaced(text, from, to));
  }

  workflow::Workspace open(const std::string& folder = "") {
    contexts.push_back(context(folder));
    return workflow::Workspace(contexts.back());
  }
  workflow::Context context(const std::string& folder = "") {
    return {.directory = folder.empty() ? root : root / folder,
            .now_ns =
                [this] {
                  if (const auto act = std::exchange(on_clock, nullptr)) {
                    act();
                  }
                  return now * 1'000'000'000;
                },
            .files = os::real_files(),
            .progress = silence,
            .interrupt = interrupt,
            .threads = 2,
            .store = {},
            .xgboost = {},
            .ci = ci};
  }

  workflow::AddedData add(const std::string& path) {
    workflow::AddDataRequest request;
    request.paths = {path};
    auto workspace = open();
    return workflow::add_data(workspace, request).front();
  }
  workflow::TrainResult train(const std::vector<std::string>& settings = {}) {
    workflow::TrainRequest request;
    request.settings = settings;
    auto workspace = open();
    return workflow::train(workspace, request);
  }
  workflow::EvaluateResult evaluate(const std::string& model = "", const std::string& data = "") {
    auto workspace = open();
    return workflow::evaluate(workspace, {.model = model, .data = data});
  }
  workflow::PromoteResult promote(const std::string& stage, const std::string& model = "") {
    auto workspace = open();
    return workflow::promote(workspace, {.model = model, .stage = stage});
  }
  /// Trains, evaluates and promotes: the model's id.
  ContentId promoted(const std::vector<std::string>& settings = {}, const std::string& stage = "staging") {
    const ContentId model = train(settings).model;
    static_cast<void>(evaluate(model.hex()));
    const auto result = promote(stage, model.hex());
    for (const policy::RuleResult& rule : result.verdict.rules) {
      INFO(rule.check.id, ": ", rule.check.why);
      CHECK_FALSE(rule.blocks);
    }
    REQUIRE(result.verdict.allowed);
    return model;
  }
  std::size_t records() {
    auto workspace = open();
    return workspace.ledger().entries().size();
  }

  std::int64_t now = k_start; ///< the clock, which stands still until it is set
  /// Done once, when a command next asks for the time: what somebody else does while it works.
  std::function<void()> on_clock;
  bool ci = false;
  Silence silence;
  Interrupt interrupt;

private:
  std::list<workflow::Context> contexts; ///< a workspace refers to its own
};

} // namespace mlp::test
