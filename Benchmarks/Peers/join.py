"""join.py LEFT RIGHT KEYS inner|left|anti dense|scattered: sums over a join on Int64, DuckDB."""

import sys

import numpy

import bench

left, right, keys, kind = int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
database = bench.duckdb_connection()
facts = {"k": bench.draws(3, left, keys), "v": bench.draws(4, left, 1000)}
# Each key 0 ..< right once, in no order: the factor is odd and no multiple of five.
places = numpy.arange(right, dtype=numpy.int64) * 7_368_787 % right
sides = {"k": places, "w": bench.draws(5, right, 1000)}
if sys.argv[5] == "scattered":
    for table in facts, sides:
        table["k"] = bench.mix(table["k"]).view(numpy.int64)
database.execute("CREATE TABLE l AS SELECT * FROM facts")
database.execute("CREATE TABLE r AS SELECT * FROM sides")
table = None
del facts, sides, places
bench.forget_peak()

query = {
    "inner": "SELECT sum(l.v * r.w), count(*) FROM l JOIN r USING (k)",
    "left": "SELECT sum(l.v * coalesce(r.w, 1)), count(*) FROM l LEFT JOIN r USING (k)",
    "anti": "SELECT sum(l.v), count(*) FROM l ANTI JOIN r USING (k)",
}[kind]
total, count = bench.measure(lambda: database.execute(query).fetchone())
bench.value("sum", total)
bench.value("rows", count)
