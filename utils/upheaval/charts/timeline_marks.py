"""The marks of the timeline and the names beside them, as traces."""

from __future__ import annotations

import pandas as pd

from ..encoding import Cell, Channels, Fact, Fixed, Position, encode
from ..facts import tables
from . import draw
from .draw import Trace, theme
from .timeline_rows import LANDMARK, MARK, Period, extent, label_of, name_of

#: Within a lane marks are stacked where there is room; lanes stand apart.
_LANE = Position("any", group="Lane", headed=True)


def marks_of(rows: pd.DataFrame, y: list[float], status: str) -> Trace:
    """The events of one status; the line through a mark is how far its date is known."""
    mark = theme.STATUS[status]
    half = ((rows["end"] - rows["start"]) / 2).dt.total_seconds() * 1000
    sizes = [LANDMARK if named else MARK for named in rows["landmark"].notna()]
    says: Channels = {
        "x": Cell("Date", "middle"),
        "error_x.array": Cell("Date", "half"),
        "y": _LANE,
        "marker.size": [Fixed(size) for size in sizes],
    }
    reach = {
        "type": "data",
        "array": half.tolist(),
        "color": mark.colour,
        "thickness": 2,
        "width": 0,
        "visible": bool((half > 0).any()),
    }
    hover = [
        f"<b>{theme.wrapped(name_of(row))}</b><br>{tables.spell(row.date)} · {mark.sign} {status}"
        for row in tables.tuples(rows)
    ]
    return draw.marks(
        [moment.strftime("%Y-%m-%d") for moment in rows["middle"]],
        [y[number] for number in rows.index],
        mark.symbol,
        mark.colour,
        encode(list(rows.index), says),
        ids=rows.index,
        hover=hover,
        marker={"opacity": 1, "size": sizes},
        error_x=reach,
        name=status,
    )


def labels_of(here: pd.DataFrame, y: list[float], window: Period) -> Trace:
    """Names beside the marks, a trace of their own: plotly.js loses texts if some are empty."""
    rows = [row for row in tables.tuples(here) if label_of(row, window)]
    left = [extent(row, window)[2] for row in rows]
    gap = "\u00a0" * 3  # text stands at the middle of its mark
    names = [theme.escape_html(label_of(row, window)) for row in rows]
    says: Channels = {
        "x": Cell("Date", "middle"),
        "y": _LANE,
        "text": [
            Fact("events", row.id, "landmark", "text")
            if pd.notna(row.landmark)
            else Cell("Event", "text")
            for row in rows
        ],
    }
    labels = draw.texts(
        [row.middle.strftime("%Y-%m-%d") for row in rows],
        [y[row.Index] for row in rows],
        [f"{n}{gap}" if before else f"{gap}{n}" for n, before in zip(names, left, strict=True)],
        encode([row.Index for row in rows], says),
        ids=[str(row.Index) for row in rows],
        textposition=["middle left" if before else "middle right" for before in left],
    )
    del labels["cliponaxis"]
    return labels
