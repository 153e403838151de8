"""Coasts and borders as thin lines: the ground of a map, in degrees.

`upheaval.outlines` cut them; what stands here only draws them. They are lines of type ``scatter``:
plotly's own maps fetch their outlines from a server.
"""

from __future__ import annotations

import functools
import json
import math
from pathlib import Path
from typing import Any

import plotly.graph_objects as go

from ...encoding import outline
from . import theme
from .axes import BARE, fixed_figure
from .traces import Trace, line

_FILE = Path(__file__).with_name("outlines.json")
#: How thick a line is, by what it is, and how much of its ink is seen.
_LOOKS = {"coast": (1.0, 0.65), "border": (1.4, 1.0)}
#: The tint of land: the grey of its coast, thin enough for a name on it in light, dark and print.
_LAND = "rgba(115, 123, 135, 0.2)"


@functools.cache
def _lines() -> dict[str, dict[str, list[list[list[float]]]]]:
    read: dict[str, dict[str, list[list[list[float]]]]] = json.loads(
        _FILE.read_text(encoding="utf-8")
    )
    return read


def ground(name: str) -> list[Trace]:
    """The coasts and the borders of one map, a trace each; ``name`` is a key of the file."""
    traces = []
    for kind, (width, ink) in _LOOKS.items():
        x: list[float | None] = []
        y: list[float | None] = []
        for part in _lines()[name][kind]:
            x += [east for east, _ in part] + [None]
            y += [north for _, north in part] + [None]
        made = line(x, y, theme.GREY, outline(name, kind), width=width, opacity=ink)
        traces.append(made | ({"fill": "toself", "fillcolor": _LAND} if kind == "coast" else {}))
    return traces


def map_figure(
    name: str,
    frame: tuple[float, float, float, float],
    *traces: Trace,
    height: float,
    **layout: Any,
) -> go.Figure:
    """The ground of a map with ``traces`` on it.

    ``frame`` is its west, east, south and north edge in degrees. East and north have the same scale
    in its middle (an equirectangular projection; Snyder, "Map Projections: A Working Manual",
    U.S. Geological Survey, 1987, chapter 12), whatever the width of the page.
    """
    west, east, south, north = frame
    wider = 1 / math.cos(math.radians((south + north) / 2))
    edge = {"showline": True, "mirror": True, "linewidth": 1, "linecolor": theme.GREY}
    axis = BARE | edge | {"constrain": "domain"}
    return fixed_figure(
        *ground(name),
        *traces,
        height=height,
        margin=(4, 4, 4, 4),
        xaxis=axis | {"range": [west, east]},
        yaxis=axis | {"range": [south, north], "scaleanchor": "x", "scaleratio": wider},
        **layout,
    )
