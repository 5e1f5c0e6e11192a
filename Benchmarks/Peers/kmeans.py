"""kmeans.py ROWS K ROUNDS ALGORITHM: k-means of 20 features from the first K rows, without a tolerance, scikit-learn."""

import os
import sys

# The peer at its best: kernels for the processor that it finds, threads as scikit-learn shares them out.
os.environ.pop("OPENBLAS_CORETYPE", None)
os.environ.pop("OPENBLAS_L2_SIZE", None)
os.environ["OMP_NUM_THREADS"] = "2"

import numpy
from sklearn.cluster import KMeans

import bench

COLUMNS = 20


def normals(stream, count):
    """Sums of the four parts of a random number, as KMeansRow.normal."""
    bits = bench.draws(stream, count, 2**63 - 1)
    total = (bits & 0xFFFF) + (bits >> 16 & 0xFFFF) + (bits >> 32 & 0xFFFF) + (bits >> 48)
    return (total - 114686) / 34106.0


rows, clusters, rounds, algorithm = int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
centres = (3 * normals(31, clusters * COLUMNS)).reshape(clusters, COLUMNS)
features = centres[bench.draws(30, rows, clusters)] + normals(32, rows * COLUMNS).reshape(rows, COLUMNS)
start = features[:clusters].copy()
bench.forget_peak()

model = bench.measure(
    lambda: KMeans(
        n_clusters=clusters, init=start, n_init=1, max_iter=rounds, tol=0, algorithm=algorithm
    ).fit(features)
)
print("number", "inertia", repr(float(model.inertia_)))
bench.value("rounds", model.n_iter_)
