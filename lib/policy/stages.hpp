#pragma once

#include "base/time.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mlp::policy {

/// A decision of the ledger, as far as it says who holds a stage. Ids are 64 hexadecimal digits.
struct Decision {
  enum class Kind { promotion, denial, rollback, retirement } kind = Kind::promotion;
  std::string record; ///< id of the decision's own record
  std::int64_t seq = 0;
  UnixSeconds time = 0; ///< a claim: shown, never used to decide
  std::string model;
  std::string name;                   ///< of the model, "income"
  std::string stage;                  ///< empty for a retirement
  std::optional<std::string> expects; ///< the decision that held the stage when this one was judged
};
[[nodiscard]] std::optional<Decision::Kind> decision_kind_from(std::string_view name);

/// One time in which a model held a stage.
struct Tenure {
  std::string model;
  std::string name;
  std::string record; ///< the decision that put it there
  std::int64_t seq = 0;
  UnixSeconds since = 0;
};

/// Two decisions that each took the stage without having seen the other. Only a new decision, which has seen
/// the stage as it is now, settles it.
struct StageConflict {
  std::string first;  ///< record that held the stage when the second one came
  std::string second; ///< record that expected something else; it comes later in the ledger, so it holds
};

struct StageState {
  std::vector<Tenure> history; ///< oldest first
  bool held = false;           ///< the last of the history holds it now
  std::vector<StageConflict> conflicts;

  [[nodiscard]] const Tenure* holder() const;
  /// `income@production~1` is back = 1: the tenure before the holder's; of an empty stage, its last one.
  [[nodiscard]] const Tenure* before(std::size_t back) const;
};

struct Retirement {
  std::string record;
  UnixSeconds time = 0;
  std::vector<std::string> stages; ///< that it held, and left
};

/// Who holds which stage, folded from decisions.
struct Stages {
  std::map<std::string, StageState> stages;
  std::map<std::string, Retirement> retired; ///< by model

  [[nodiscard]] const Tenure* holder_of(std::string_view stage) const;
  [[nodiscard]] bool holds_or_held(std::string_view model, std::string_view stage) const;
  /// The stages that the model holds now, sorted.
  [[nodiscard]] std::vector<std::string> held_by(std::string_view model) const;
  [[nodiscard]] bool is_retired(std::string_view model) const;
};

/// `decisions`: of one project, in the ledger's order (seq, id); for a state in the past, those up to then.
///
/// A promotion or rollback puts its model on the stage; a retirement takes its model from every stage. A
/// promotion of a model that is already retired takes no effect and is a conflict with the retirement.
[[nodiscard]] Stages fold_decisions(std::span<const Decision> decisions);

} // namespace mlp::policy
