"""Marks, bars, lines and words as traces of plotly: plain dictionaries, which plotly checks once.

What a trace shows of the table goes in as ``meta`` (`upheaval.encoding.encode`), as everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from ...encoding import Channel, Position, encode
from . import theme

Trace = dict[str, Any]
Look = str | Sequence[str]

#: What a pointer reads where a trace has texts of its own for it.
HOVER = "%{hovertext}<extra></extra>"


def marks(
    x: Sequence[Any],
    y: Sequence[Any],
    symbol: Look,
    colour: Look,
    meta: Trace,
    *,
    size: float = 12,
    edge: float = 2,
    ids: Iterable[int] | None = None,
    hover: Sequence[str] | None = None,
    cut: bool = False,
    marker: Trace | None = None,
    **more: Any,
) -> Trace:
    """Points. ``ids`` are rows of the table, to click or filter; ``hover`` is for a pointer.

    Without ``hover`` (and without a ``hovertemplate`` in ``more``) nothing answers a pointer.
    ``edge`` is the width of their outline; a mark at the frame is whole unless it is ``cut``.
    """
    look = {
        "symbol": symbol,
        "size": size,
        "color": colour,
        "line": {"width": edge, "color": colour},
    }
    made: Trace = {"type": "scatter", "mode": "markers", "x": x, "y": y, "meta": meta}
    made["marker"] = look | (marker or {})
    if ids is not None:
        made["ids"] = [str(one) for one in ids]
    if not cut:
        made["cliponaxis"] = False
    return made | _hover(hover, more) | more


def texts(
    x: Any, y: Sequence[float], text: Sequence[str], meta: Trace, *, size: float = 12, **more: Any
) -> Trace:
    """Words right of their points (``textposition`` for elsewhere); one ``x`` may serve for all."""
    return {
        "type": "scatter",
        "mode": "text",
        "x": x if isinstance(x, list) else [x] * len(y),
        "y": y,
        "text": text,
        "textposition": "middle right",
        "textfont": {"size": size},
        "hoverinfo": "skip",
        "cliponaxis": False,
        "meta": meta,
        **more,
    }


def lane_names(
    names: Iterable[str], x: float | str, y: Sequence[float], meta: Trace, size: float = 13
) -> Trace:
    """The names of lanes in bold, each from `x` on at its height `y`; `meta` is of `encoding`."""
    return texts(x, y, [f"<b>{theme.escape_html(name)}</b>" for name in names], meta, size=size)


def bars(
    x: Sequence[float],
    y: Sequence[float],
    colour: Look,
    meta: Trace,
    *,
    hover: Sequence[str] | None = None,
    marker: Trace | None = None,
    **more: Any,
) -> Trace:
    """Horizontal bars, as long as ``x`` says."""
    made: Trace = {"type": "bar", "orientation": "h", "x": x, "y": y, "meta": meta}
    made["marker"] = {"color": colour} | (marker or {})
    return made | _hover(hover, more) | more


def columns(
    x: Sequence[Any], y: Sequence[float], colour: str, pattern: str, meta: Trace, **more: Any
) -> Trace:
    """Upright bars in a colour and a ``pattern`` (plotly's word for it; empty: filled)."""
    fill = {"shape": pattern, "fillmode": "replace", "size": 6, "solidity": 0.5}
    look = {"color": colour, "line": {"width": 1, "color": colour}, "pattern": fill}
    return {"type": "bar", "x": x, "y": y, "marker": look, "meta": meta, **more}


def line(
    x: Sequence[Any],
    y: Sequence[Any],
    colour: str,
    meta: Trace,
    *,
    width: float = 2,
    dash: str = "",
    hover: Sequence[str] | None = None,
    **more: Any,
) -> Trace:
    """A line through points; ``hover`` is for a pointer, as in `marks`."""
    look = {"color": colour, "width": width} | ({"dash": dash} if dash else {})
    return {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": y,
        "line": look,
        "meta": meta,
        **_hover(hover, more),
        **more,
    }


def segments(
    ends: Sequence[tuple[Any, Any]],
    y: Sequence[float],
    colour: str,
    says: Sequence[tuple[Channel, Channel]] | tuple[Channel, Channel],
    *,
    rows: Sequence[int | None] | None = None,
    place: Channel | None = None,
    **more: Any,
) -> Trace:
    """A line a row, from its one end to its other: ``says`` is what the ends stand for, of each row
    or of all. ``rows`` are those of the table (the first ones, if not given), ``place`` what ``y``
    is; ``width``, ``dash`` and others go to `line`.
    """
    rows = range(len(ends)) if rows is None else rows
    each = list(says) if isinstance(says, list) else [says] * len(ends)
    channels: dict[str, Any] = {
        "x": [one for low, high in each for one in (low, high, None)],
        "y": place or Position(),
        **more.pop("channels", {}),
    }
    return line(
        [one for low, high in ends for one in (low, high, None)],
        [one for at in y for one in (at, at, None)],
        colour,
        encode([one for row in rows for one in (row, row, None)], channels),
        **more,
    )


def vertical(x: Any, *, dash: str = "dash", width: float = 1.5, **more: Any) -> Trace:
    """A shape: a line from the bottom of the figure to its top, behind what is drawn."""
    return {
        "type": "line",
        "x0": x,
        "x1": x,
        "y0": 0,
        "y1": 1,
        "yref": "paper",
        "layer": "below",
        "line": {"width": width, "dash": dash, "color": theme.GREY},
        **more,
    }


def note(x: Any, y: Any, text: str, *, size: float = 12, **more: Any) -> Trace:
    """An annotation: words at a point, without an arrow."""
    return {
        "x": x,
        "y": y,
        "text": text,
        "showarrow": False,
        "font": {"size": size},
        **more,
    }


def _hover(hover: Sequence[str] | None, more: Trace) -> Trace:
    if hover is not None:
        return {"hovertext": hover, "hovertemplate": HOVER}
    return {} if {"hovertemplate", "hoverinfo"} & set(more) else {"hoverinfo": "skip"}
