"""feature_file.py FILE load|fit: a CSV of Doubles into a frame, pandas; and a linear model, scikit-learn."""

import sys

import pandas

import bench

fits = sys.argv[2] == "fit"
if fits:
    from sklearn.linear_model import LinearRegression


def work():
    frame = pandas.read_csv(sys.argv[1])
    features, label = frame.drop(columns="y"), frame["y"]
    model = LinearRegression().fit(features, label) if fits else None
    return features, model


features, model = bench.measure(work, runs=1)
bench.value("rows", len(features))
bench.value("columns", len(features.columns))
if model is not None:
    bench.value("rank", model.rank_)
