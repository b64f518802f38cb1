#include "config/templates.hpp"

#include "base/error.hpp"
#include "config/project.hpp"

#include <doctest/doctest.h>

using namespace mlp::config;

TEST_CASE("fill_template puts values in their places and drops a line that an empty value leaves") {
  CHECK(fill_template("a {{x}} b {{y}}\n", {{"x", "1"}, {"y", "{{x}}"}}) == "a 1 b {{x}}\n");
  CHECK(fill_template("a\n{{x}}\nb\n", {{"x", ""}}) == "a\nb\n");
  CHECK(fill_template("a{{x}}\nb\n", {{"x", ""}}) == "a\nb\n");
  CHECK(fill_template("{a: {b: 1}}", {}) == "{a: {b: 1}}");
  CHECK_THROWS_AS(static_cast<void>(fill_template("{{z}}", {})), mlp::Error);
}

TEST_CASE("each embedded template, filled in, is an mlp.yaml without findings for the task of its name") {
  REQUIRE(templates().size() == 4);
  for (const Template& chosen : templates()) {
    CAPTURE(chosen.name);
    CHECK(!chosen.summary.empty());
    const std::string group = chosen.name == "ranking" ? "    query: {role: group}\n" : "";
    for (const std::string more : {"", "    sex: {protected: true}\n    age: {type: number, min: 0}"}) {
      const std::string columns = group + more;
      const std::string text =
          fill_template(chosen.project, {{"name", "income"},
                                         {"path", "data/adult.csv"},
                                         {"format", more.empty() ? "" : "  format: {decimal: \",\"}"},
                                         {"target", "income"},
                                         {"positive", "\">50K\""},
                                         {"columns", columns},
                                         {"split", "{by: hash, test: 0.2, valid: 0.2}"}});
      const LoadedProject loaded = load_project(text, "mlp.yaml");
      CHECK(loaded.findings.empty());
      CHECK(name_of(loaded.project.model.task) == chosen.name);
      CHECK(loaded.project.evaluation.metrics == load_project(text, "mlp.yaml").project.evaluation.metrics);
      CHECK(loaded.project.data.columns.size() == (group.empty() ? 0U : 1U) + (more.empty() ? 0U : 2U));
      CHECK(loaded.project.position_of("product.owner").line == 9);
      CHECK(!is_filled_in(loaded.project, "product.owner"));
    }
  }
}

TEST_CASE("fill_template leaves GitHub's own ${{ … }} as it stands") {
  CHECK(fill_template("${{ github.ref }} {{x}}", {{"x", "1"}}) == "${{ github.ref }} 1");
  CHECK(fill_template("${{ a }}", {}) == "${{ a }}");
}

TEST_CASE("each embedded workflow file, filled in, is YAML that checks, trains, judges and publishes") {
  REQUIRE(ci_templates().size() == 2);
  for (const CiTemplate& chosen : ci_templates()) {
    CAPTURE(chosen.host);
    const std::string text = fill_template(
        chosen.text,
        {{"name", "income"}, {"branch", "main"}, {"folder", "\".\""}, {"path", "\"data/a b.csv\""}});
    const YamlNode tree = parse_yaml(text, std::string(chosen.path));
    const YamlNode* variables = tree.find(chosen.host == "github" ? "env" : "variables");
    REQUIRE(variables != nullptr);
    REQUIRE(variables->find("MODEL") != nullptr);
    CHECK(variables->find("MODEL")->scalar == "income@HEAD");
    CHECK(variables->find("DATA")->scalar == "data/a b.csv");
    for (const std::string command :
         {"mlp check\n", "mlp train --locked\n", "mlp eval \"$MODEL\"\n",
          "mlp promote \"$MODEL\" --to staging --dry-run\n", "mlp promote \"$MODEL\" --to staging\n",
          "push --quiet origin mlp-ledger", "git config mlp.policyBranch origin/main"}) {
      CAPTURE(command);
      CHECK(text.find(command) != std::string::npos);
    }
  }
}
