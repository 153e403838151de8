"""The colours of a legend: a sign in the colour of what it explains, where that is one colour."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import plotly.graph_objects as go

from . import theme
from .rows import TONES, Bar, Dot, Rows

#: The sign of plotly's symbol, dash or pattern in a legend.
SIGNS = {
    "circle": "●",
    "circle-open": "○",
    "square": "■",
    "square-open": "□",
    "diamond": "◆",
    "diamond-open": "◇",
    "triangle-up": "▲",
    "triangle-up-open": "△",
    "triangle-down-open": "▽",
    "hexagon-open": "⬡",
    "x": "✖",
    "x-open": "✕",
    "x-thin-open": "✕",
    "cross-thin-open": "+",
    "line-ns": "│",
    "star": "★",
}
for _symbol, _sign in (theme.PARTLY, theme.MIXED, theme.FAILS, theme.UNTOLD):
    SIGNS.setdefault(_symbol, _sign)
_DASHES = {"solid": "━", "dash": "╍", "dot": "┈"}
_PATTERNS = {"": "■", "/": "▨"}
_LOOKS = {"bar": ("■", "▬"), "outline": ("□",), "range": ("┣━┫",), "reach": ("┣━┫",)}


def tones(
    legend: Sequence[tuple[str, str]], figure: go.Figure | None, rows: Rows | None
) -> dict[str, str]:
    """The name of the colour of each sign of ``legend``, for those that are drawn in one only."""
    found: dict[str, set[str]] = {}
    drawn = _of_rows(rows) if rows else _of_figure(figure) if figure else ()
    for sign, colour in drawn:
        found.setdefault(sign, set()).add(colour)
    return {
        sign: TONES[colour]
        for sign, _ in legend
        for colour in found.get(sign, ())
        if len(found[sign]) == 1 and colour in TONES
    }


def _of_rows(rows: Rows) -> Iterator[tuple[str, str]]:
    for line in rows.lines:
        marks = [line.sign, *line.cells, *(mark for mark, _ in line.units)]
        marks += [one.mark for one in line.track if isinstance(one, Dot)]
        yield from ((mark.sign, mark.colour) for mark in marks if mark)
        for bar in (one for one in line.track if isinstance(one, Bar)):
            yield from ((sign, bar.colour) for sign in _LOOKS.get(bar.look, ()))


def _of_figure(figure: go.Figure) -> Iterator[tuple[str, str]]:
    for trace in figure.to_dict()["data"]:
        marker: dict[str, Any] = trace.get("marker", {})
        if trace["type"] == "bar":
            shape = marker.get("pattern", {}).get("shape", "")
            if isinstance(shape, str) and isinstance(marker.get("color"), str):
                yield _PATTERNS.get(shape, ""), marker["color"]
            continue
        if "markers" in trace.get("mode", ""):
            symbols, colours = (_each(marker.get(name, "")) for name in ("symbol", "color"))
            longest = max(len(symbols), len(colours))
            for at in range(longest):
                symbol = str(symbols[at % len(symbols)])
                yield SIGNS.get(symbol, ""), str(colours[at % len(colours)])
        if "lines" in trace.get("mode", ""):
            line = trace.get("line", {})
            yield _DASHES.get(line.get("dash", "solid"), ""), str(line.get("color", ""))


def _each(value: Any) -> Sequence[Any]:
    return [value] if isinstance(value, str) else list(value) or [""]
