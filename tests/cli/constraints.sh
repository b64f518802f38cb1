#!/usr/bin/env bash
# Constraints by feature name, from mlp.yaml and from --set: checked at their place, recorded, part of the model.
. "$(dirname "$0")/environment.sh"
. "$project/tests/cli/project.sh"
start_project churn
cd churn || exit 1
params() { sed -i "s/^  params: .*/  params: $1/" mlp.yaml; }

expect_exit 0 "$MLP" train --json
free=$(field model "$scratch/out")
params '{monotone_constraints: {tenure: -1, monthly_charges: 1}, interaction_constraints: [[tenure, contract], [partner]]}'
expect_exit 0 "$MLP" check
expect_exit 0 "$MLP" train --json
constrained=$(field model "$scratch/out")
expect_out '"interaction_constraints":"[[' # by place, as XGBoost got it
expect_out '"monotone_constraints":"('
[ "$free" != "$constrained" ] || fail "the constraints are not part of the model"

# a wrong name stands where it is written
params '{monotone_constraints: {tenur: -1}, interaction_constraints: [[churn]]}'
expect_exit 3 "$MLP" check
expect_out "mlp.yaml:24:35: the data have no column 'tenur'"
expect_out "did you mean 'tenure'?"
expect_out "'churn' is no feature: its role is target"
expect_exit 3 "$MLP" train
expect_err "mlp.yaml:24:"
params '{monotone_constraints: {tenure: 2}}'
expect_exit 3 "$MLP" check
expect_out "mlp.yaml:24:35: 'monotone_constraints.tenure' must be 1, 0 or -1, not 2"

# for a trial: --set, whose mistakes are the command line's
params '{max_depth: 6}'
expect_exit 0 "$MLP" train --set 'monotone_constraints={tenure: -1}' --json
expect_exit 0 "$MLP" train --set model.params.monotone_constraints.tenure=-1 --json
expect_exit 2 "$MLP" train --set 'monotone_constraints={tenure: 2}'
expect_err "--set monotone_constraints={tenure: 2}: "
expect_exit 2 "$MLP" train --set max_depth=deep
expect_err "--set max_depth=deep: 'max_depth' must be a whole number"
expect_exit 3 "$MLP" train --set 'monotone_constraints={tenur: -1}'
expect_err "did you mean 'tenure'?"
