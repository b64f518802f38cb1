#include "report/trainer_contract.hpp"

namespace mlp::report {

std::string_view trainer_contract() {
  return R"(An external trainer: a model from any library, by the same rules.

    model:
      task: binary
      trainer: {command: python3 train.py, predict: python3 predict.py, timeout: 2h}
      params: {depth: 4}

Both commands are run by `sh -c`, word for word as they stand in mlp.yaml, with
an empty standard input and in a process group of their own. What they print is
kept with the run (the last MiB); status 0 means success. Ctrl-C, `timeout`
(none where left out), the command's end and the end of mlp end the whole group.

command    runs in the project's folder, and writes a model
  MLP_TRAIN_DATA    CSV of the training rows: features, target, weight column
  MLP_VALID_DATA    the same of the validation rows; only a header where none
  MLP_MODEL_DIR     an empty folder: every file in it becomes part of the model
  MLP_PARAMS        JSON file: model.params
  MLP_SCHEMA        JSON file: features (name, type, categories), classes
  MLP_TASK          binary, multiclass, regression or ranking
  MLP_TARGET        name of the target column
  MLP_POSITIVE      binary: the label whose probability is wanted
  MLP_WEIGHT        name of the weight column; empty where there is none
  MLP_QUERY         ranking: name of the query column, one more in both files,
                    in which the rows of a query stand together
  MLP_SEED          model.seed
  MLP_THREADS       how many processors to use

predict    runs in a copy of the project's files that it names
  MLP_PREDICT_DATA  CSV: row (1, 2, 3, ...), then the features
  MLP_PREDICTIONS   CSV to write: row, then
                      binary      probability (of MLP_POSITIVE)
                      multiclass  probability_<class> of each class
                      regression  prediction
                      ranking     score (higher = earlier)
                    one line for each row, in any order
  MLP_MODEL_DIR     what `command` wrote; also MLP_SCHEMA, MLP_TASK, MLP_TARGET,
                    MLP_POSITIVE, MLP_THREADS as above

The model is what MLP_MODEL_DIR holds, the features, the text of `predict` and
each file of the project that it names word by word (predict.py above); its id
is the hash of them all, so the same bytes are the same model. Anything else
that `predict` needs (modules of yours) `command` must copy to MLP_MODEL_DIR.
Installed programs and libraries are not part of it. Nothing promises that the
same inputs make the same model again: the run's record says `external`.

After training the model predicts the validation rows. A command that fails, is
too slow, writes no model, or predicts too few rows, NaN or an unknown class is
an error, and nothing is recorded. Using such a model runs the command that its
author wrote: use the models of people whose programs you would run.

Everything else is as with the built-in trainer: split, eval, promote, predict,
export, lineage. `mlp explain` asks `predict` for up to 2,000 test rows once a
shuffle of each feature, many shuffles in one file; `mlp explain --row`, which
looks into trees, does not work. `train --seeds` gives each run its own MLP_SEED.
`model.rounds` and its like belong into `model.params`.
)";
}

} // namespace mlp::report
