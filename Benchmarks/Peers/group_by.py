"""group_by.py ROWS KEYS int|short|long: sum and count by key, DuckDB."""

import sys

import bench

rows, keys, kind = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
database = bench.duckdb_connection()
numbers = {"k": bench.draws(1, rows, keys), "v": bench.draws(2, rows, 1_000_000)}
key = {"int": "k", "short": "printf('key%09d', k)", "long": "printf('Customer#%09d', k)"}[kind]
database.execute(f"CREATE TABLE t AS SELECT {key} AS k, v FROM numbers")
del numbers
bench.forget_peak()

bench.measure(
    lambda: database.execute("CREATE OR REPLACE TABLE r AS SELECT k, sum(v) AS s, count(*) AS c FROM t GROUP BY k")
)

number = "k" if kind == "int" else "right(k, 9)::BIGINT"
result = database.execute(f"SELECT {number} AS k, s::BIGINT AS s, c FROM r").fetchnumpy()
bench.value("groups", len(result["k"]))
bench.value("checksum", bench.checksum(result["k"], result["s"], result["c"]))
