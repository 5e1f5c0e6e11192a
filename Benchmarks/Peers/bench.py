"""What the peers' sides share: the data, the clock, the answers. Ours: Sources/Benchmark/Batch."""

import resource
import time

import numpy

GOLDEN = numpy.uint64(0x9E3779B97F4A7C15)
STREAM = 0xD1B54A32D192ED03


def mix(values):
    """The finaliser of splitmix64, as StableHash.mix."""
    x = values.astype(numpy.uint64)
    x = (x ^ (x >> numpy.uint64(30))) * numpy.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> numpy.uint64(27))) * numpy.uint64(0x94D049BB133111EB)
    return x ^ (x >> numpy.uint64(31))


def draws(stream, count, below):
    """Numbers 0 ..< below by (stream, row), as CounterRandom.number."""
    start = numpy.uint64(stream * STREAM % 2**64)
    rows = numpy.arange(1, count + 1, dtype=numpy.uint64) * GOLDEN + start
    return (mix(rows) % numpy.uint64(below)).astype(numpy.int64)


def checksum(*columns):
    """The sum over rows of a hash of their columns, in any order of rows, as Checksum."""
    state = numpy.zeros(len(columns[0]), dtype=numpy.uint64)
    for column in columns:
        state = mix((state + GOLDEN) ^ numpy.asarray(column, dtype=numpy.int64).view(numpy.uint64))
    return int(state.sum(dtype=numpy.uint64))


def duckdb_connection():
    """In memory, two threads."""
    import duckdb

    return duckdb.connect(config={"threads": 2})


def forget_peak():
    """From here on the peak is that of the query over loaded tables, not that of making the data."""
    with open("/proc/self/clear_refs", "w") as file:
        file.write("5")


def measure(work, runs=2):
    """Runs twice, since a second run finds memory that the first has taken; prints both, and the peak so far."""
    for _ in range(runs):
        result = None
        processor, wall = time.process_time(), time.perf_counter()
        result = work()
        wall, processor = time.perf_counter() - wall, time.process_time() - processor
        print("run", wall, processor)
    print("peak", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)
    return result


def value(name, text):
    print("value", name, text)
