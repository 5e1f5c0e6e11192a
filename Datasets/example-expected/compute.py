"""Computes the expected results for example.v and example.e, each by its plainest definition.

    python3 compute.py        (writes bfs.txt, sssp.txt, connected-components.txt, pagerank.txt beside itself)

Nothing here is shared with Gyre: breadth-first search and shortest paths relax every edge until
nothing changes, components spread the smallest label likewise, and PageRank uses a dense matrix.
The formats are LDBC Graphalytics': `id value`, doubles with `%.15e`, its values for "not reached".
"""

import pathlib
from fractions import Fraction

HERE = pathlib.Path(__file__).resolve().parent
SOURCE, DAMPING, ROUNDS = 1, Fraction(85, 100), 20

vertices = [int(line) for line in (HERE.parent / "example.v").read_text().split()]
edges = []
for line in (HERE.parent / "example.e").read_text().splitlines():
    source, target, weight = line.split()
    edges.append((int(source), int(target), float(weight)))


def relaxed(initial, arcs):
    """The least values with value[t] <= step(value[s]) for every arc (s, t, step)."""
    values = dict(initial)
    changed = True
    while changed:
        changed = False
        for source, target, step in arcs:
            if source in values:
                candidate = step(values[source])
                if target not in values or candidate < values[target]:
                    values[target], changed = candidate, True
    return values


def pagerank():
    """LDBC's definition in exact fractions: the mass of sinks is spread over all vertices."""
    n = len(vertices)
    degree = {v: sum(1 for s, _, _ in edges if s == v) for v in vertices}
    share = {(s, t): Fraction(1, degree[s]) for s, t, _ in edges}
    rank = {v: Fraction(1, n) for v in vertices}
    for _ in range(ROUNDS):
        sinks = sum(rank[v] for v in vertices if degree[v] == 0)
        rank = {
            v: (1 - DAMPING) / n + DAMPING * (sinks / n + sum(rank[u] * share.get((u, v), 0) for u in vertices))
            for v in vertices
        }
    assert sum(rank.values()) == 1
    return rank


def write(name, value):
    (HERE / name).write_text("".join(f"{v} {value(v)}\n" for v in vertices))


hops = relaxed({SOURCE: 0}, [(s, t, lambda d: d + 1) for s, t, _ in edges])
paths = relaxed({SOURCE: 0.0}, [(s, t, lambda d, w=w: d + w) for s, t, w in edges])
both = [(s, t, lambda label: label) for s, t, _ in edges] + [(t, s, lambda label: label) for s, t, _ in edges]
labels = relaxed({v: v for v in vertices}, both)
ranks = pagerank()

write("bfs.txt", lambda v: hops.get(v, 2**63 - 1))
write("sssp.txt", lambda v: f"{paths[v]:.15e}" if v in paths else "Infinity")
write("connected-components.txt", lambda v: labels[v])
write("pagerank.txt", lambda v: f"{float(ranks[v]):.15e}")
