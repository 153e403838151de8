"""Cut the outlines of the map from Natural Earth: `python start.py bundle --outlines`.

Natural Earth (public domain) comes as TopoJSON in the npm package world-atlas (ISC). It draws who
holds a place; the map draws the borders that the General Assembly recognises (resolutions 68/262
and ES-11/4). The only difference on our maps is Crimea: the line across its isthmus is left out.
"""

from __future__ import annotations

import itertools
import json
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from . import bundle

PACKAGE, VERSION = "world-atlas", "2.0.2"
MADE = Path(__file__).parent / "charts/draw/outlines.json"

Line = list[tuple[float, float]]


class Box(NamedTuple):
    """A part of the world, in degrees."""

    west: float
    east: float
    south: float
    north: float

    def holds(self, point: tuple[float, float]) -> bool:
        """Whether a point (longitude, latitude) lies in it."""
        return self.west <= point[0] <= self.east and self.south <= point[1] <= self.north


class Cut(NamedTuple):
    """Which part of which file is drawn, and with how many decimals of a degree."""

    box: Box
    file: str
    decimals: int


#: The maps: a little more than each shows, so that no line ends within the frame.
CUTS = {
    "way": Cut(Box(17, 145, 33, 71), "countries-110m.json", 2),
    "ports": Cut(Box(118, 145, 35.5, 54), "countries-50m.json", 2),
    "border": Cut(Box(28, 43, 45.5, 54), "countries-50m.json", 2),
}
#: Where Natural Earth draws a line between Ukraine and Russia across the isthmus of Perekop.
ISTHMUS = Box(33.0, 35.6, 45.5, 46.4)


def make() -> None:
    """Fetch Natural Earth and write `MADE`. Raises `bundle.BundleError` without deno or network."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "deno.json").write_text('{"nodeModulesDir": "auto"}', encoding="utf-8")
        bundle.run_deno("install", "--quiet", f"npm:{PACKAGE}@{VERSION}", folder=folder)
        fetched = folder / "node_modules" / PACKAGE
        text = json.dumps({name: cut(fetched, one) for name, one in CUTS.items()})
    MADE.write_text(text.replace(" ", "") + "\n", encoding="utf-8", newline="\n")


def cut(folder: Path, wanted: Cut) -> dict[str, list[list[list[float]]]]:
    """The lines of one map by what they are, ``coast`` or ``border``: lists of [east, north].

    A coast is closed, for land has a tint. Where land goes on, it is closed along the box.
    """
    atlas = json.loads((folder / wanted.file).read_text(encoding="utf-8"))
    lines: dict[str, list[list[list[float]]]] = {"coast": [], "border": []}
    for ring in _land(atlas):
        if closed := _clipped(ring, wanted.box):
            lines["coast"].append(_rounded([*closed, closed[0]], wanted.decimals))
    for number, states in _states(atlas).items():
        line = _decoded(atlas, number)
        if states == {"Russia", "Ukraine"} and all(map(ISTHMUS.holds, line)):
            continue
        if len(states) > 1:
            for part in _inside(line, wanted.box):
                lines["border"].append(_rounded(part, wanted.decimals))
    return lines


def _rounded(line: Line, decimals: int) -> list[list[float]]:
    """The points of a line with so many decimals; none twice in a row."""
    points = [[round(at, decimals) for at in point] for point in line]
    return [one for at, one in enumerate(points) if not at or one != points[at - 1]]


def _land(atlas: dict[str, Any]) -> Iterator[Line]:
    """The rings of all land, and of the seas within it, which run the other way round."""
    for shape in atlas["objects"]["land"]["geometries"]:
        for ring in itertools.chain(*shape["arcs"]):
            line: Line = []
            for one in ring:
                arc = _decoded(atlas, one if one >= 0 else ~one)
                line += (arc if one >= 0 else arc[::-1])[1 if line else 0 :]
            yield _unwound(line[:-1])


def _unwound(line: Line) -> Line:
    """A line that goes on beyond 180 degrees east, where it would jump to the west of the map."""
    made: Line = []
    turns = 0
    for at, (east, north) in enumerate(line):
        step = east - line[at - 1][0] if at else 0
        turns -= round(step / 360)
        made.append((east + 360 * turns, north))
    return made


def _clipped(ring: Line, box: Box) -> Line:
    """What of a closed ring lies in the box, closed along its edges.

    By Sutherland and Hodgman, "Reentrant Polygon Clipping", Communications of the ACM 17 (1974).
    """
    for axis, edge, sign in (
        (0, box.west, 1),
        (0, box.east, -1),
        (1, box.south, 1),
        (1, box.north, -1),
    ):
        kept: Line = []
        for before, point in zip(ring[-1:] + ring[:-1], ring, strict=True):
            ins = [sign * (one[axis] - edge) >= 0 for one in (before, point)]
            if ins[0] != ins[1]:
                part = (edge - before[axis]) / (point[axis] - before[axis])
                kept.append(
                    (
                        before[0] + part * (point[0] - before[0]),
                        before[1] + part * (point[1] - before[1]),
                    )
                )
            if ins[1]:
                kept.append(point)
        ring = kept
    return ring


def _states(atlas: dict[str, Any]) -> dict[int, set[str]]:
    """The states on the two sides of each arc, by its number: two mean a border."""
    states: dict[int, set[str]] = defaultdict(set)

    def numbers(arcs: list[Any]) -> Iterator[int]:
        for one in arcs:
            if isinstance(one, list):
                yield from numbers(one)
            else:
                yield one if one >= 0 else ~one  # ~n is arc n, walked backwards

    for state in atlas["objects"]["countries"]["geometries"]:
        for number in numbers(state["arcs"]):
            states[number].add(state["properties"]["name"])
    return states


def _decoded(atlas: dict[str, Any], number: int) -> Line:
    """The points of an arc in degrees: TopoJSON stores whole steps from point to point."""
    (wide, high), (west, south) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    x = y = 0
    line: Line = []
    for east, north in atlas["arcs"][number]:
        x, y = x + east, y + north
        line.append((x * wide + west, y * high + south))
    return line


def _inside(line: Line, box: Box) -> Iterator[Line]:
    """The parts of a line that touch the box, each with the points just outside it."""
    part: Line = []
    for before, point, after in zip([None, *line], line, [*line[1:], None], strict=False):
        near = [one for one in (before, point, after) if one is not None]
        if any(map(box.holds, near)):
            part.append(point)
            continue
        if len(part) > 1:
            yield part
        part = []
    if len(part) > 1:
        yield part
