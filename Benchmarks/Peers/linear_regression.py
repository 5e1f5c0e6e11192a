"""linear_regression.py ROWS COLUMNS L2: least squares, scikit-learn; with a penalty by Ridge's Cholesky solver."""

import sys

import learning
import bench
from sklearn.linear_model import LinearRegression, Ridge

rows, columns, penalty = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
features, labels = learning.regression(rows, columns)
bench.forget_peak()


def fit():
    if penalty == 0:
        return LinearRegression().fit(features, labels)
    return Ridge(alpha=penalty, solver="cholesky").fit(features, labels)


model = bench.measure(fit)
for column, coefficient in enumerate(model.coef_):
    learning.number(f"coefficient-{column}", coefficient)
learning.number("intercept-plus-10", model.intercept_ + 10)
bench.value("rows", rows)
