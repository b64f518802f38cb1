"""Trains a random forest for mlp: `mlp help trainer` is the contract."""

import json
import os
import pickle

import pandas
from sklearn.compose import make_column_transformer
from sklearn.ensemble import RandomForestClassifier
from sklearn.impute import SimpleImputer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder

schema = json.load(open(os.environ["MLP_SCHEMA"]))
params = json.load(open(os.environ["MLP_PARAMS"]))
rows = pandas.read_csv(os.environ["MLP_TRAIN_DATA"])

words = [f["name"] for f in schema["features"] if f["type"] in ("category", "boolean")]
numbers = [f["name"] for f in schema["features"] if f["type"] not in ("category", "boolean")]
model = make_pipeline(
    make_column_transformer(
        (OneHotEncoder(handle_unknown="ignore"), words),
        (SimpleImputer(strategy="median"), numbers),
    ),
    RandomForestClassifier(random_state=int(os.environ["MLP_SEED"]), n_jobs=int(os.environ["MLP_THREADS"]), **params),
)
model.fit(rows.drop(columns=schema["target"]), rows[schema["target"]].astype(str))
with open(os.path.join(os.environ["MLP_MODEL_DIR"], "model.pickle"), "wb") as file:
    pickle.dump(model, file)
print(f"{len(rows)} rows, classes {list(model.classes_)}")
