"""Rows for the regressions' peers. Ours: Sources/Benchmark/Learning/RegressionRows.swift. Imported before numpy."""

import os

# The peer at its best: kernels for the processor that it finds.
os.environ.pop("OPENBLAS_CORETYPE", None)
os.environ.pop("OPENBLAS_L2_SIZE", None)
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[name] = "2"

import numpy

import bench


def normals(stream, count):
    """Sums of four parts of a random number, as RegressionRows.normal."""
    result = numpy.empty(count)
    step = 1 << 22
    start = numpy.uint64(stream * bench.STREAM % 2**64)
    part = numpy.uint64(0xFFFF)
    for first in range(0, count, step):
        last = min(first + step, count)
        places = numpy.arange(first + 1, last + 1, dtype=numpy.uint64) * bench.GOLDEN + start
        bits = bench.mix(places) % numpy.uint64(2**63 - 1)
        total = bits & part
        for shift in (16, 32, 48):
            total = total + ((bits >> numpy.uint64(shift)) & part)
        result[first:last] = (total.astype(numpy.float64) - 114686) / 34106.0
    return result


def regression(rows, columns):
    """Features, and the numbers to be predicted."""
    features = normals(20, rows * columns).reshape(rows, columns)
    coefficients = normals(21, columns)
    labels = normals(22, rows)
    for column in range(columns):
        labels += features[:, column] * coefficients[column]
    return features, labels


def number(name, value):
    print("number", name, repr(float(value)))


def minimum(name, value):
    print("minimum", name, repr(float(value)))
