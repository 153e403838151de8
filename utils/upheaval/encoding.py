"""Encodings: which cells of a chart's table the numbers of its drawing stand for.

A trace of a figure says so in its ``meta`` (`encode`), its layout in ``layout.meta`` for shapes
and annotations (`encode_layout`). Nothing of it is painted: `figure_json` (`charts.draw`) leaves it
out. ``tests/drawing`` reads it, and compares every drawn number with the cell it names: a trace
that was reversed, or drawn with another column's numbers, no longer says what its row says.

The terms are those of the grammar of graphics (Wilkinson 2005; Vega-Lite): a *channel* is a
property of the drawing (a place on an axis, a length, a size), an *encoding* the mapping of data to
channels.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Json = Any

#: What of a cell is drawn. ``number`` is its only number, ``low`` and ``high`` the first and the
#: last of several, ``mean`` half-way between these, and ``geometric`` half-way on a scale of powers
#: of ten; ``start``, ``middle``, ``end`` and ``half`` belong to dates: the first day, the day
#: half-way, the last day, and half the length of the time in milliseconds (an error bar). ``year``
#: is any day of the year that the cell names (a bar for a year), ``fraction`` the day as a part of
#: its year (2022.15).
Part = Literal[
    "number", "low", "high", "mean", "geometric", "text", "words",
    "start", "middle", "end", "half", "year", "fraction",
]  # fmt: skip


@dataclass(frozen=True)
class Cell:
    """A number, a day or words in the column ``column`` (a heading) of the chart's table.

    ``less`` is a heading, or "low": the drawn length is the cell's number less that other number
    (a bar with a base, an error bar). ``per`` is how many of the cell's unit make one on the scale:
    a million shells, where the cell counts shells. A point that stands for several rows is their
    sum, or with ``several`` "each" the number that each of them has. Where numbers have a small
    scale of their own within an axis, they are drawn from the place of the drawn name ``origin``
    on, ``scale`` units of the axis for one; ``offset`` is a step aside, so that marks do not hide
    one another.

    For a ``text``, ``part`` "text" means that the words are of the cell, "words" that the whole
    cell stands in them; any other part, that among the numbers of the text is that of the cell.
    """

    column: str
    part: Part = "number"
    less: str = ""
    per: float = 1
    several: Literal["sum", "each"] = "sum"
    origin: str = ""
    scale: float = 1
    offset: float = 0


@dataclass(frozen=True)
class Numbers:
    """Words that begin with, or belong to, a cell in ``column``; their numbers, in this order, are
    those of ``columns`` ("5 of 12 equal": five equal votes, twelve compared).

    Numbers that the cell in ``column`` has itself do not count.
    """

    column: str
    columns: tuple[str, ...]


@dataclass(frozen=True)
class Beyond:
    """A place past the number of a cell, in the direction ``side``: an open end, a label.

    "At least 10,000" is drawn with an arrow to the right: how far it reaches stands for nothing,
    but it never stands on the wrong side, and a mark there is an arrow that points away. With
    ``by`` it stands exactly so far from the number (all arrows of a chart are of one length).
    """

    column: str
    part: Part = "number"
    side: Literal["right", "left"] = "right"
    per: float = 1
    by: float | None = None


@dataclass(frozen=True)
class Fact:
    """A cell of a table of the collection: the row ``id`` of ``table``, its column ``column``.

    The place of a shape may be a little more: ``plus``.
    """

    table: str
    id: str
    column: str
    part: Part = "number"
    plus: float = 0


@dataclass(frozen=True)
class Position:
    """A place that layout gives: it stands for no number, only for *which row* this is.

    All traces of a figure put a row at the same place: ``offset`` beside it (a label stands a
    little above its mark), or within ``reach`` of it, both in units of the axis. ``order`` says
    how places follow the table: ``rows`` from the first row to the last (one below or beside
    the other, never back), ``any`` where the layout is free. With ``group``, a heading, rows
    whose cells there are equal stand together, apart from all others, and the order holds
    within them. With ``named``, a heading, the name that the chart draws at this place (a tick
    label) is the row's cell there; where the group is ``headed``, its name is drawn at its
    head. A chart that draws its rows more than once, in panels, gives each panel a word:
    ``facet``.
    """

    order: Literal["rows", "any"] = "rows"
    reach: float = 0
    group: str = ""
    named: str = ""
    headed: bool = False
    offset: float = 0
    facet: str = ""


@dataclass(frozen=True)
class Fixed:
    """The same number for every point, because it stands for nothing: ``value``."""

    value: float | str


@dataclass(frozen=True)
class At:
    """The place of a name that the chart draws along this axis: a tick label, or a text.

    ``label`` is what that name begins with. With ``columns``, headings, it is also what one of
    these cells of each row says; without a ``label`` it is the first of these cells. The point
    stands ``offset`` beside the name, or within ``reach`` of that. On the ``side`` "after" it never
    stands before the name (marks under the name of their lane). With a ``step``, the points of one
    name that are in one line stand so far apart, and none is missing.
    """

    label: str = ""
    reach: float = 0
    side: Literal["both", "after"] = "both"
    step: float = 0
    offset: float = 0
    columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class Toward:
    """An angle, in degrees clockwise from upwards: from one drawn name to another."""

    start: str
    end: str


@dataclass(frozen=True)
class Said:
    """A number of no row: the table, the title or the description says it.

    With ``after`` it is the number that follows these words there.
    """

    after: str = ""


@dataclass(frozen=True)
class Share:
    """A length as a share of the largest: ``length`` for the largest number of the column, less for
    the others in proportion, from ``start`` on.

    With ``group``, a heading, only rows whose cells there are equal share a scale.
    """

    column: str
    length: float
    start: float = 0
    group: str = ""


@dataclass(frozen=True)
class Count:
    """How many rows the point stands for (the height of a bar that counts them).

    With ``column`` these are all the rows with the same cell there. In a ``text`` it is one of the
    numbers, and with ``column`` the words are those of that cell.
    """

    column: str = ""


@dataclass(frozen=True)
class Units:
    """One mark a unit: as many points of the trace stand for a row as its cell in ``column`` says.

    A row's marks fill its lines from the left without a gap, in the order of the columns. Where the
    heading begins with a sign (●), the marks look like it.
    """

    column: str


@dataclass(frozen=True)
class Median:
    """The middle of the numbers in a column; empty cells count as ``blank``, or not at all."""

    column: str
    blank: float | None = None


@dataclass(frozen=True)
class Category:
    """A property that tells the values of ``column`` apart: a symbol, a pattern, a dash.

    It is equal where the first words of the cells are, and differs where they differ. Where a cell
    begins with a sign (●), the symbol looks like it. With ``table`` and ``id`` the cell is one of
    a table of the collection, as in `Fact`.
    """

    column: str
    table: str = ""
    id: str = ""


@dataclass(frozen=True)
class Extent:
    """The least (``end`` "low") or the greatest ("high") number of a row in several ``columns``."""

    columns: tuple[str, ...]
    end: Literal["low", "high"]


@dataclass(frozen=True)
class Mapped:
    """A look that stands for words: a cell of ``column`` that begins with a key of ``values`` is
    drawn as its value (a symbol, a size, a dash, a word).

    Of several rows the value that stands last in ``values`` is drawn: the strongest. ``rows`` are
    these rows where they are others than those of the point.
    """

    column: str
    values: Mapping[str, Any]
    rows: tuple[int, ...] = ()


@dataclass(frozen=True)
class Greatest:
    """A look that tells the greatest number of a column (as it is printed): ``yes`` for a row that
    has it, ``no`` for any other.
    """

    column: str
    part: Part = "number"
    yes: Any = True
    no: Any = False


@dataclass(frozen=True)
class Bin:
    """The step of an axis that a day falls into: the first whose last day, in ``ends``, is not
    before the end of the time that the cell names. Step 0 reaches from 0 to 1.
    """

    column: str
    ends: tuple[str, ...]


Channel = (
    Cell | Beyond | Fact | Position | Fixed | At | Said | Share | Count | Units | Median | Category
) | (Extent | Mapped | Greatest | Bin | Toward | Numbers)
#: The row of the table, counted from 0, that a point stands for; several, where it adds them up (an
#: empty list: nothing to add); None where it stands for no row (the gap between two lines, or what
#: its channels find elsewhere: a `Fact`, a `Median`, `Said`, `At`; or a dot without a label that
#: keeps the `Position` of what is not shown; texts and lines of the layout are `Fixed`).
Row = int | Sequence[int] | None


#: What the properties of a trace stand for: one channel for all points, or one a point.
Channels = Mapping[str, Channel | Sequence[Channel | None]]


def encode(rows: Sequence[Row], channels: Channels) -> dict[str, Json]:
    """The ``meta`` of a trace: which row each of its points stands for, and what its channels show.

    ``rows`` has one entry a point, in the order of the trace. ``channels`` maps a property of the
    trace (``x``, ``y``, ``base``, ``text``, ``error_x.array``, ``marker.size`` …) to what it stands
    for: one channel for all points, or one a point. Raises ``ValueError`` where their number
    differs from the number of rows.
    """
    by_name: dict[str, Json] = {}
    for name, one in channels.items():
        if isinstance(one, Sequence):
            if len(one) != len(rows):
                raise ValueError(f"{name} has {len(one)} channels for {len(rows)} points")
            by_name[name] = [_channel_json(each) for each in one]
        else:
            by_name[name] = _channel_json(one)
    return {"rows": [_row(one) for one in rows], "channels": by_name}


def decoration(says: str) -> dict[str, Json]:
    """The ``meta`` of a trace that draws no row: ``says`` is what it is for ("names of lanes")."""
    return {"decoration": says}


def outline(name: str, kind: str) -> dict[str, Json]:
    """The ``meta`` of lines of a map that are outlines: all of the ``kind`` of the map ``name``."""
    return {"outline": [name, kind]}


def shortest_way(table: str, first: str, last: str) -> dict[str, Json]:
    """The ``meta`` of the shortest way over the ground between two places, rows of ``table``.

    They have columns ``latitude`` and ``longitude``, and the line is drawn in degrees.
    """
    return {"way": [table, first, last]}


def encode_layout(
    shapes: Sequence[Mapping[str, Channel]] = (),
    annotations: Sequence[Mapping[str, Channel]] = (),
    undrawn: str = "",
    undrawn_rows: Sequence[int] | None = None,
) -> dict[str, Json]:
    """The ``meta`` of a layout: for each shape and each annotation, in order, what it stands for.

    An empty mapping is a shape that stands for nothing (a line between two groups). ``undrawn``
    says why rows of the table have no mark, where some have none; ``undrawn_rows`` which ones.
    """
    return {
        "undrawn": undrawn,
        "undrawn_rows": undrawn_rows if undrawn_rows is None else list(undrawn_rows),
        "shapes": [{name: _channel_json(one) for name, one in each.items()} for each in shapes],
        "annotations": [
            {name: _channel_json(one) for name, one in each.items()} for each in annotations
        ],
    }


def _row(one: Row) -> int | list[int] | None:
    return None if one is None else int(one) if isinstance(one, int) else [int(i) for i in one]


def _channel_json(channel: Channel | None) -> Json:
    return None if channel is None else {"is": type(channel).__name__, **vars(channel)}
