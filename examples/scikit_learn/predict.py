"""Predicts with what train.py made: `mlp help trainer` is the contract."""

import os
import pickle

import pandas

with open(os.path.join(os.environ["MLP_MODEL_DIR"], "model.pickle"), "rb") as file:
    model = pickle.load(file)
rows = pandas.read_csv(os.environ["MLP_PREDICT_DATA"])
positive = list(model.classes_).index(os.environ["MLP_POSITIVE"])
probability = model.predict_proba(rows.drop(columns="row"))[:, positive]
pandas.DataFrame({"row": rows["row"], "probability": probability}).to_csv(os.environ["MLP_PREDICTIONS"], index=False)
