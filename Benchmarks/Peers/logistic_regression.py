"""logistic_regression.py ROWS COLUMNS: C = 1, L-BFGS to 1e-6, scikit-learn."""

import sys

import learning
import bench
import numpy
from sklearn.linear_model import LogisticRegression

rows, columns = int(sys.argv[1]), int(sys.argv[2])
features, labels = learning.regression(rows, columns)
classes = (labels > 0).astype(numpy.int32)
bench.forget_peak()

model = bench.measure(lambda: LogisticRegression(C=1.0, tol=1e-6, max_iter=1000).fit(features, classes))

scores = features @ model.coef_[0] + model.intercept_[0]
margins = numpy.where(classes > 0, scores, -scores)
learning.minimum("objective", numpy.logaddexp(0, -margins).sum() + (model.coef_**2).sum() / 2)
bench.value("rows", rows)
