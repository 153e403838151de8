"""The exchange at a glance: a mark an item, Pyongyang's on the left, Moscow's on the right."""

from __future__ import annotations

from collections import Counter
from typing import Any

import plotly.graph_objects as go

from ..encoding import At, Category, Cell, decoration, encode, encode_layout
from . import draw
from .draw import Row, Trace, theme
from .exchange_rows import ITEM, LANES, LEVELS, STATUS, quantity

# Pixels.
HEAD, LANE, FOOT = 26, 56, 8
NAME, MARK, BELOW = 10, 27, 17  # in a lane; the second line of marks stands below the first
#: Where words say which side gives.
_ENDS = {"PRK": "◀ from Pyongyang", "RUS": "from Moscow ▶"}


def glance(public: list[Row], weakest: int) -> go.Figure:
    """All lanes, strongest status in the middle; what is not shown leaves a dot."""
    positions = _outwards(public)
    reach = max([9, *(abs(x) for x, _ in positions)]) + 1
    top = {lane: HEAD + index * LANE for index, lane in enumerate(LANES)}
    height = HEAD + len(LANES) * LANE + FOOT
    side = decoration("which side gives")
    names = draw.texts(
        0,
        [y + NAME for y in top.values()],
        [f"<b>{theme.escape_html(label)}</b>" for label, _ in LANES.values()],
        decoration("names of lanes"),
        size=13,
        textposition="middle center",
    )
    left: Row = {"size": 13, "textposition": "middle left"}
    return draw.fixed_figure(
        names,
        draw.texts(-reach, [12], [f"<b>{_ENDS['PRK']}</b>"], side, size=13),
        draw.texts(reach, [12], [f"<b>{_ENDS['RUS']}</b>"], side, **left),
        *_marks(public, positions, weakest, reach),
        height=height + 8,
        margin=(6, 6, 4, 4),
        xaxis=draw.BARE | {"range": [-reach - 0.5, reach + 0.5]},
        yaxis=draw.BARE | {"range": [height, 0]},
        shapes=[
            {"type": "line", "x0": 0, "x1": 0, "y0": y + 20, "y1": y + 51, "line": {"width": 2}}
            for y in top.values()
        ],
        meta=encode_layout([{} for _ in top]),
    )


def _outwards(public: list[Row]) -> list[tuple[float, float]]:
    """Where items stand in their lanes: two at -1, at -2, … for Pyongyang, at 1, 2, … for Moscow.

    In two lines, for on a phone the longest lane has no room for its marks side by side.
    """
    positions: list[tuple[float, float]] = []
    taken: Counter[tuple[str, str]] = Counter()
    for row in public:
        lane = (row["giver"], row["lane"])
        column, line = divmod(taken[lane], 2)
        taken[lane] += 1
        x = (column + 1) * (-1 if row["giver"] == "PRK" else 1)
        y = HEAD + list(LANES).index(row["lane"]) * LANE + MARK + line * BELOW
        positions.append((x, y))
    return positions


def _marks(
    rows: list[Row], positions: list[tuple[float, float]], weakest: int, reach: float
) -> list[Trace]:
    """The items at their places, one trace a status: marks down to the ``weakest`` rank.

    Below it stand small dots, which are not in the table.
    """
    traces = []
    for rank, status in enumerate(LEVELS):
        here = [number for number, row in enumerate(rows) if row["rank"] == rank]
        x, y = ([positions[number][way] for number in here] for way in (0, 1))
        # A mark stands on the side of who gives, in the lane of its kind.
        says: dict[str, Any] = {
            "x": [At(_ENDS[rows[one]["giver"]], reach - 1, step=1) for one in here],
            "y": [At(LANES[rows[one]["lane"]][0], MARK + BELOW - NAME, "after") for one in here],
        }
        mark = theme.STATUS[status]
        if rank > weakest:
            dots = draw.marks(x, y, "", "", encode([None] * len(here), says))
            traces.append(dots | {"marker": {"size": 4, "color": theme.GREY}})
        else:
            says |= {"hovertext": Cell(ITEM, "text"), "marker.symbol": Category(STATUS)}
            hover = [_hover(rows[number]) for number in here]
            look: Row = {"size": 11, "ids": here, "hover": hover, "marker": {"opacity": 1}}
            meta = encode(here, says)
            traces.append(draw.marks(x, y, mark.symbol, mark.colour, meta, **look))
    return [trace for trace in traces if trace["x"]]


def _hover(row: Row) -> str:
    return theme.hover(theme.wrapped(row["item"]), theme.wrapped(quantity(row)))
