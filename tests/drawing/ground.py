"""The ground of a map: lines that stand for no row, compared with where they come from."""

from __future__ import annotations

import itertools
import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from upheaval.charts.draw import outlines
from upheaval.facts import tables

Json = Any
Point = tuple[float, float]


def faults(trace: Json) -> Iterator[str]:
    """What is wrong with an outline, or with the shortest way between two places."""
    if trace.get("mode") != "lines":
        yield "the ground of a map is drawn as lines"
    elif "outline" in trace["meta"]:
        yield from _outline(trace, *trace["meta"]["outline"])
    else:
        yield from _way(trace, *trace["meta"]["way"])


def _outline(trace: Json, name: str, kind: str) -> Iterator[str]:
    """The lines are those of the file, each point where it is there."""
    kept = json.loads(Path(outlines.__file__).with_name("outlines.json").read_text("utf-8"))
    wanted = [point for line in kept[name][kind] for point in [*map(tuple, line), (None, None)]]
    if list(zip(trace["x"], trace["y"], strict=True)) != wanted:
        yield f"it is not the {kind} of the map {name!r}"


def _way(trace: Json, table: str, first: str, last: str) -> Iterator[str]:
    """It begins and ends at its places, and no step of it is a way round."""
    rows = tables.read(table).set_index("id")
    ends = [tuple(rows.loc[one, ["longitude", "latitude"]].astype(float)) for one in (first, last)]
    way: list[Point] = list(zip(trace["x"], trace["y"], strict=True))
    if not all(
        math.dist(one, end) < 1e-6 for one, end in zip((way[0], way[-1]), ends, strict=True)
    ):
        yield f"it does not go from {first} to {last}"
        return
    steps = sum(_angle(*pair) for pair in itertools.pairwise(way))
    if not math.isclose(steps, _angle(*ends), rel_tol=1e-9):
        yield f"it is not the shortest way from {first} to {last}"


def _angle(one: Point, other: Point) -> float:
    """Between two places (longitude, latitude), by the dot product of their directions."""

    def direction(place: Point) -> tuple[float, float, float]:
        east, north = map(math.radians, place)
        return math.cos(north) * math.cos(east), math.cos(north) * math.sin(east), math.sin(north)

    a, b = direction(one), direction(other)
    dot = sum(p * q for p, q in zip(a, b, strict=True))
    cross = math.dist([0, 0, 0], [
        a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]
    ])  # fmt: skip
    return math.atan2(cross, dot)
