"""read_csv.py FILE: a CSV of four integers and three strings into a frame, Polars."""

import sys

import polars

import bench

integers, strings = ["a", "b", "c", "d"], ["name", "city", "note"]
schema = {column: polars.Int64 for column in integers} | {column: polars.String for column in strings}
bench.forget_peak()

frame = bench.measure(lambda: polars.read_csv(sys.argv[1], schema_overrides=schema))

bench.value("rows", len(frame))
for column in integers:
    bench.value(column, frame[column].sum())
for column in strings:
    bench.value(column, frame[column].str.len_bytes().sum())
    # Each string ends with the number that it was made of.
    bench.value(f"{column}-numbers", frame[column].str.tail(6).cast(polars.Int64).sum())
