"""How ties are drawn: states on a circle, a line a pair, an arrow where something arrives."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from ..encoding import At, Channels, Fixed, Mapped, Toward, decoration, encode
from ..methods import networks
from . import draw
from .draw import Trace, theme


@dataclass(frozen=True)
class Line:
    """How a strength is drawn and said: word, adverb for a title, sign in the key, width, dash."""

    word: str
    adverb: str
    sign: str
    width: float
    dash: str


STRENGTHS = {
    1: Line("weak", "", "┈┈", 1.5, "dot"),
    2: Line("medium", "medium or strong", "╌╌", 3.5, "dash"),
    3: Line("strong", "strong", "━━", 7, "solid"),
}
#: The headings of the table from which lines and arrows are drawn, and its two directions.
FROM, TO, DIRECTION, STRENGTH = "From", "To", "Direction", "Strength"
ONE_WAY, BOTH_WAYS = "one way", "both ways"
#: How far an arrow stays away from the middle of a state and a line from the tip of its arrow;
#: where a word stands.
GAP, HEAD, SIDE, DIAGONAL = 0.17, 0.09, 0.5, 0.27
#: How far the name of a state stands from its middle.
_NAME = 0.13
#: Places are rounded to three decimals.
_NEAR = 0.005


def drawing(
    pairs: Sequence[Any], states: tuple[str, ...], table: pd.DataFrame, names: Mapping[str, str]
) -> go.Figure:
    """The ties of ``pairs`` among ``states``; ``table`` holds them, under headings for people."""
    positions = _positions(states)
    behind = _Behind(table, names, positions)
    return draw.fixed_figure(
        *_lines(pairs, positions, behind),
        _heads(pairs, positions, behind),
        _strength_labels(pairs, positions, states, behind),
        *_nodes(positions, names),
        height=390,
        margin=(4, 4, 4, 4),
        # A circle stays a circle, however wide the page is.
        xaxis={"range": [-1.3, 1.3], "visible": False, "constrain": "domain"},
        yaxis={"range": [-1.1, 1.1], "visible": False, "scaleanchor": "x"},
    )


# -- places and lines ------------------------------------------------------------------------------
@functools.cache
def _positions(states: tuple[str, ...]) -> dict[str, tuple[float, float]]:
    """The fixed circle, turned so that the first state stands at the upper left."""
    turn = math.pi / len(states)
    circle = networks.circle(states).set_index("state")
    cos, sin = math.cos(turn), math.sin(turn)
    return {
        str(state): (round(x * cos - y * sin, 3), round(x * sin + y * cos, 3))
        for state, x, y in circle.itertuples(name=None)
    }


def _on(start: tuple[float, float], end: tuple[float, float], part: float) -> tuple[float, float]:
    return round(start[0] + (end[0] - start[0]) * part, 3), round(
        start[1] + (end[1] - start[1]) * part, 3
    )


def _ends(pair: Any, positions: dict[str, tuple[float, float]], head: float) -> tuple[float, ...]:
    """Where a pair's line begins and ends: `GAP` from each state, ``head`` more at an arrow."""
    start, end = positions[pair.a], positions[pair.b]
    length = math.dist(start, end)
    first = _on(start, end, (GAP + (head if pair.backward else 0)) / length)
    return (*first, *_on(start, end, 1 - (GAP + (head if pair.forward else 0)) / length))


class _Behind:
    """Which rows of the table a line or an arrow between two states stands for, and where it is."""

    def __init__(
        self,
        table: pd.DataFrame,
        names: Mapping[str, str],
        positions: Mapping[str, tuple[float, float]],
    ):
        self.names, self.positions = names, positions
        cells = zip(table[FROM], table[TO], table[DIRECTION], strict=True)
        self.ties = list(cells)

    def pair(self, pair: Any) -> list[int]:
        """The rows of all ties of a pair."""
        both = {self.names[pair.a], self.names[pair.b]}
        return [row for row, (one, other, _) in enumerate(self.ties) if {one, other} == both]

    def arriving(self, start: str, end: str) -> list[int]:
        """The rows of the ties from one state to another; of mutual ones, if there is no other."""
        one, other = self.names[start], self.names[end]
        ties = list(enumerate(self.ties))
        single = [row for row, tie in ties if tie == (one, other, ONE_WAY)]
        return single or [
            row for row, tie in ties if {*tie[:2]} == {one, other} and tie[2] == BOTH_WAYS
        ]

    def beside(
        self, start: str, end: str, far: float, columns: tuple[str, ...] = (FROM, TO)
    ) -> tuple[At, At]:
        """A place ``far`` from one state on the way to another, seen from the name of the first."""
        (x, y), (to_x, to_y) = self.positions[start], self.positions[end]
        part = far / math.dist((x, y), (to_x, to_y))
        across, up = (to_x - x) * part, (to_y - y) * part - math.copysign(_NAME, y)
        name = self.names[start]
        return (
            At(name, _NEAR, offset=across, columns=columns),
            At(name, _NEAR, offset=up, columns=columns),
        )


def _strongest(drawn: Callable[[Line], Any], rows: Sequence[int] = ()) -> Mapped:
    """A look that tells the strongest tie of the rows."""
    values = {f"{strength} {one.word}": drawn(one) for strength, one in STRENGTHS.items()}
    return Mapped(STRENGTH, values, tuple(rows))


def _lines(
    pairs: Sequence[Any], positions: dict[str, tuple[float, float]], behind: _Behind
) -> list[Trace]:
    """The lines, one trace a strength, with a gap between one pair and the next."""
    traces = []
    for strength, style in STRENGTHS.items():
        points: list[tuple[Any, ...]] = []  # place, what it stands for, rows of the table
        for pair in pairs:
            if pair.strength == strength:
                ends, rows = _ends(pair, positions, HEAD), behind.pair(pair)
                one = behind.beside(pair.a, pair.b, GAP + (HEAD if pair.backward else 0))
                other = behind.beside(pair.b, pair.a, GAP + (HEAD if pair.forward else 0))
                points += [(*ends[:2], *one, rows), (*ends[2:], *other, rows), (None,) * 5]
        if points:
            x, y, across, up, stand = map(list, zip(*points[:-1], strict=True))
            says: Channels = {
                "x": across,
                "y": up,
                "line.width": _strongest(lambda one: one.width),
                "line.dash": _strongest(lambda one: one.dash),
            }
            look: Trace = {"width": style.width, "dash": style.dash, "connectgaps": False}
            traces.append(draw.line(x, y, theme.BLUE, encode(stand, says), **look))
    return traces


def _heads(
    pairs: Sequence[Any], positions: dict[str, tuple[float, float]], behind: _Behind
) -> Trace:
    """An arrow head at each end where something arrives."""
    heads: list[tuple[Any, ...]] = []  # place, angle, size, what each stands for, rows of the table
    for pair in pairs:
        x_start, low, x_end, high = _ends(pair, positions, 0)
        turn = math.degrees(math.atan2(x_end - x_start, high - low))  # from upwards, clockwise
        # An arrow is as large as the line of its pair is strong, whichever way the strong tie goes.
        size = 15 + STRENGTHS[pair.strength].width
        sizes = _strongest(lambda one: 15 + one.width, behind.pair(pair))
        for arrives, tip, way, start, end in (
            (pair.forward, (x_end, high), turn, pair.a, pair.b),
            (pair.backward, (x_start, low), turn + 180, pair.b, pair.a),
        ):
            if arrives:
                rows = behind.arriving(start, end)
                single = behind.ties[rows[0]][2] == ONE_WAY
                place = behind.beside(end, start, GAP, (TO,) if single else (FROM, TO))
                toward = Toward(behind.names[start], behind.names[end])
                heads.append((*tip, round(way), size, *place, toward, sizes, rows))
    columns = [list(one) for one in zip(*heads, strict=True)] or [[] for _ in range(9)]
    x, y, angle, size_of, across, up, ways, sizes_of, stand = columns
    says: Channels = {
        "x": across,
        "y": up,
        "marker.angle": ways,
        "marker.size": sizes_of,
        "marker.symbol": Fixed("arrow"),
    }
    marker = {"angle": angle, "size": size_of, "opacity": 1}
    return draw.marks(
        x, y, "arrow", theme.BLUE, encode(stand, says), edge=0, cut=True, marker=marker
    )


def _strength_labels(
    pairs: Sequence[Any],
    positions: dict[str, tuple[float, float]],
    states: tuple[str, ...],
    behind: _Behind,
) -> Trace:
    """The word for the strength beside each line, where no other line passes."""
    labels: list[tuple[Any, ...]] = []  # place, words, their side, what it stands for, rows
    for pair in pairs:
        first, last = sorted((pair.a, pair.b), key=positions.__getitem__)
        left, right = positions[first], positions[last]
        across = abs(states.index(pair.a) - states.index(pair.b)) == len(states) // 2
        part = DIAGONAL if across else SIDE
        x, y = _on(left, right, part)
        level = abs(left[1] - right[1]) < 0.1
        if across:
            where = "top right" if y > 0 else "bottom right"
        elif level:
            where = "top center" if y > 0 else "bottom center"
        else:
            where = "middle right" if x < 0 else "middle left"
        y += math.copysign(0.04, y) if level and not across else 0
        side, up = behind.beside(first, last, math.dist(left, right) * part)
        text = f"\u00a0\u00a0{STRENGTHS[pair.strength].word}\u00a0\u00a0"
        # A step off a level line.
        labels.append((x, y, text, where, side, replace(up, reach=0.05), behind.pair(pair)))
    columns = [list(one) for one in zip(*labels, strict=True)] or [[] for _ in range(7)]
    xs, ys, words, sides, across_is, up_is, stand = columns
    says: Channels = {"x": across_is, "y": up_is, "text": _strongest(lambda one: one.word)}
    return draw.texts(xs, ys, words, encode(stand, says), textposition=sides)


def _nodes(positions: dict[str, tuple[float, float]], names: Mapping[str, str]) -> list[Trace]:
    """The states: a disc, and the name above or below it."""
    x, y = [x for x, _ in positions.values()], [y for _, y in positions.values()]
    heights = [At(names[one], offset=-math.copysign(_NAME, y)) for one, (_, y) in positions.items()]
    says: Channels = {
        "x": [At(names[state]) for state in positions],
        "y": heights,
        "marker.symbol": Fixed("circle"),
    }
    meta = encode([None] * len(positions), says)
    look: Trace = {"size": 26, "edge": 0, "cut": True, "marker": {"opacity": 1}}
    labels = draw.texts(
        x,
        [one + math.copysign(_NAME, one) for one in y],
        [f"<b>{theme.escape_html(names[state])}</b>" for state in positions],
        decoration("names of the states"),
        size=14,
        textposition=["top center" if one > 0 else "bottom center" for one in y],
    )
    return [draw.marks(x, y, "circle", theme.GREY, meta, **look), labels]
