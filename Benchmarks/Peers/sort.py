"""sort.py ROWS: rows of two Int64 ordered by the first into a table, DuckDB."""

import sys

import numpy

import bench

rows = int(sys.argv[1])
database = bench.duckdb_connection()
numbers = {"k": bench.draws(10, rows, 1 << 62), "v": numpy.arange(rows, dtype=numpy.int64)}
database.execute("CREATE TABLE t AS SELECT * FROM numbers")
del numbers
bench.forget_peak()

bench.measure(lambda: database.execute("CREATE OR REPLACE TABLE r AS SELECT k, v FROM t ORDER BY k"))

result = database.execute("SELECT k, v FROM r").fetchnumpy()
if not numpy.all(result["k"][:-1] <= result["k"][1:]):
    sys.exit("not in order")
bench.value("rows", len(result["k"]))
bench.value("checksum", bench.checksum(numpy.arange(rows), result["k"], result["v"]))
