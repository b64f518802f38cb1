#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>

namespace mlp::config {

/// What `mlp init` writes for one kind of task: the files of templates/<name>/, embedded at build time.
struct Template {
  std::string_view name;    ///< of `mlp init --template`, the task's own
  std::string_view summary; ///< one line for `mlp init --list`
  std::string_view project; ///< mlp.yaml with places like {{target}}
  std::string_view policy;  ///< policy.yaml, as it is
};
[[nodiscard]] std::span<const Template> templates();

/// What `mlp init --ci` writes for one git host: templates/ci/<host>.yml, embedded at build time.
struct CiTemplate {
  std::string_view host; ///< of `mlp init --ci`
  std::string_view path; ///< where the host looks for it, from the root of the repository
  std::string_view text; ///< with places like {{name}}
};
[[nodiscard]] std::span<const CiTemplate> ci_templates();

/// The style sheet and the script of a report's page: templates/report/page.{css,js}.
[[nodiscard]] std::string_view page_style();
[[nodiscard]] std::string_view page_script();

/// `text` with every {{name}} replaced by its value. A place that stands alone on its line vanishes with the
/// line where its value is empty. ${{ … }} is GitHub's own and stays. throws Error{internal} for a place
/// without a value
[[nodiscard]] std::string fill_template(std::string_view text,
                                        const std::map<std::string, std::string>& values);

} // namespace mlp::config
