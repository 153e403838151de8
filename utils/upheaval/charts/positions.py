"""Policy positions: whose they are, on which questions and scales, and what charts of them share.

All three columns are treated alike: the same order, words and layout in every chart, list and
table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import pandas as pd
import plotly.graph_objects as go

from ..encoding import At, Channel, Fixed, Position, decoration, encode, encode_layout
from ..encoding import Row as Stands
from ..facts import tables
from . import draw
from .draw import Mark, Row, Trace, theme


class Column(NamedTuple):
    """Whose policy: its ``name``, a ``short`` one, and the ``mark``, which means the name."""

    name: str
    short: str
    mark: Mark


class PolicyScale(NamedTuple):
    """A scale of our codes: names, what −2 (``least``) and +2 (``most``) mean, and its ``mark``."""

    name: str
    short: str
    least: str
    most: str
    mark: Mark


def _column(name: str, short: str, symbol: str, sign: str, colour: str) -> Column:
    return Column(name, short, Mark(symbol, sign, colour, name))


#: Whose policy, in the order in which they are always shown.
COLUMNS = {
    "biden": _column("Biden administration", "Biden", "square", "■", theme.GREEN),
    "trump-campaign": _column(
        "Trump campaign", "Trump campaign", "triangle-down-open", "▽", theme.ORANGE
    ),
    "trump-2": _column(
        "Second Trump administration",
        "Second Trump administration",
        "square-open",
        "□",
        theme.PURPLE,
    ),
}

#: The questions that are compared, in the order of the lists, in words.
DIMENSIONS = {
    "stated-end-state": "The end that is named",
    "speed-timeline": "How fast the war should end",
    "means-of-aid": "How aid is given",
    "congressional-funding": "Money from Congress",
    "conditions-on-kyiv": "Conditions for Kyiv",
    "long-range-strikes": "Strikes into Russia",
    "intelligence-sharing": "Sharing intelligence",
    "territorial-question": "The question of land",
    "security-guarantees": "Security guarantees",
    "talks-with-moscow": "Talks with Moscow",
    "sanctions": "Sanctions on Russia",
    "attitude-to-alliances": "Alliances",
    "nato-burden-sharing": "Who pays in NATO",
    "un-diplomacy": "Votes at the United Nations",
    "minerals-transaction": "What is asked in return",
    "dprk-deployment-response": "Answer to the DPRK deployment",
    "dprk-nuclear-diplomacy": "The DPRK's nuclear weapons",
    "china-linkage-asia-pivot": "China and Asia",
}

_COMMITMENT = Mark("diamond", "◆", theme.BLUE, "Commitment to Ukraine")
_ALLIES = Mark("hexagon-open", "⬡", theme.ORANGE, "Working with allies")
SCALES = {
    "commitment": PolicyScale(_COMMITMENT.meaning, "commitment", "least", "most", _COMMITMENT),
    "multilateral": PolicyScale(_ALLIES.meaning, "with allies", "alone", "together", _ALLIES),
}

# Pixels, and the places of a code on the horizontal scale.
HEAD, LABEL, TRACK = 62, 17, 22
QUESTION = "Question"  # the heading of the tables' first column


def code(value: int) -> str:
    """A code with its sign: ``+1``, ``0``, ``−2``."""
    return f"{value:+d}".replace("-", "−") if value else "0"


def rows_of(policies: pd.DataFrame) -> list[Row]:
    """The rows of the table ``policies`` as plain records, question by question, columns in order.

    Each has ``commitment`` and ``multilateral`` as whole numbers. Raises ``KeyError`` for a
    question or a column that has no words here.
    """
    questions = {name: index for index, name in enumerate(DIMENSIONS)}
    columns = {name: index for index, name in enumerate(COLUMNS)}
    records = tables.records(policies)
    rows = [{**row, **{scale: int(row[f"scale_{scale}"]) for scale in SCALES}} for row in records]
    return sorted(
        rows, key=lambda row: (questions[row["dimension"]], columns[row["administration"]])
    )


def inside(name: str) -> str:
    """The name of a column inside a sentence: "the second Trump administration"."""
    return name.replace("Second", "second")


# -- pieces ----------------------------------------------------------------------------------------
def baselines(
    middles: list[tuple[float, float]], tracks: Sequence[tuple[Stands, Position, str]]
) -> Trace:
    """Thin lines from −2 to +2 with a tick at 0, for each (y, middle).

    ``tracks`` says of each which row stands on it, its place, and the name that is drawn at its
    middle, if the middle is not the 0 of the axis.
    """
    stand: list[Stands] = []
    x_says: list[Channel | None] = []
    y_says: list[Channel | None] = []
    for row, position, name in tracks:
        for step in (-2.0, 2.0, None, 0.0, 0.0, None):
            stand.append(None if step is None else row)
            here = At(name, offset=step or 0) if name else Fixed(step or 0)
            x_says.append(None if step is None else here)
        tick = (replace(position, offset=aside) for aside in (-5, 5))
        y_says += [position, position, None, *tick, None]
    points: list[tuple[float | None, float | None]] = []
    for y, x in middles:
        points += [(x - 2, y), (x + 2, y), (None, None), (x, y - 5), (x, y + 5), (None, None)]
    across, up = ([one[way] for one in points] for way in (0, 1))
    return draw.line(across, up, theme.GREY, encode(stand, {"x": x_says, "y": y_says}), width=1)


def texts(
    points: Sequence[tuple[float, float, str]],
    position: str,
    says: Sequence[tuple[Stands, Channel, Channel, Channel]] | None = None,
) -> Trace:
    """Texts at places; ``says`` is of each its row, and what x, y and the words stand for."""
    meta = decoration("headings and ends of scales")
    if says is not None:
        parts: dict[str, Any] = {
            name: [one[at] for one in says] for at, name in ((1, "x"), (2, "y"), (3, "text"))
        }
        meta = encode([row for row, *_ in says], parts)
    x, y, words = (list(part) for part in zip(*points, strict=True)) if points else ([], [], [])
    return draw.texts(x, y, words, meta, size=13, textposition=position)


def bare(
    traces: list[Trace], height: float, span: list[float], top: float = 0, shapes: Any = ()
) -> go.Figure:
    """A figure without axes: all labels are texts at places."""
    return draw.fixed_figure(
        *traces,
        height=height - top + 8,
        margin=(6, 6, 4, 4),
        xaxis=draw.BARE | {"range": span},
        yaxis=draw.BARE | {"range": [height, top]},
        shapes=list(shapes),
        meta=encode_layout(shapes=[{} for _ in shapes]),
    )
