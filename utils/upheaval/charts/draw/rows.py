"""Rows of a chart as HTML: what is a list or a table is text, with signs and bars in its lines.

Text wraps on a phone, can be selected, is read aloud and prints, and none of this is true of text
in a figure. The face makes the elements (``widgets/explorer/marked_rows.ts``); every string here
enters the page as text.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from ...protocol import MarkedRows, RowGroup, RowLine, RowMark, RowTrack
from . import theme
from .theme import Mark

#: The colours of signs and bars, by the name under which the face knows them: on text they need
#: more contrast than on a mark, and follow light and dark by themselves.
TONES: dict[str, str] = {
    theme.BLUE: "blue",
    theme.ORANGE: "orange",
    theme.GREEN: "green",
    theme.PURPLE: "purple",
    theme.GREY: "grey",
}


@dataclass(frozen=True)
class Scale:
    """The numbers that tracks reach over, from ``low`` to ``high``; ``ticks`` are (number, label).

    ``title`` says what they count; on a ``log`` scale, in powers of ten, ``low`` is above 0. A line
    through all tracks marks the ``goal``.
    """

    high: float
    ticks: Sequence[tuple[float, str]]
    title: str = ""
    low: float = 0
    log: bool = False
    goal: float | None = None

    def part(self, number: float) -> float:
        """Where a number stands, from 0 (the left end) to 1."""
        ends = (self.low, number, self.high)
        low, at, high = (math.log10(one) for one in ends) if self.log else ends
        return round((at - low) / (high - low), 4)


def scale_to(high: float, title: str = "") -> Scale:
    """A scale from 0 to ``high`` with a tick at every full step of 1, 2 or 5 (times ten)."""
    power = 10.0 ** math.floor(math.log10(high / 3))
    step = next(power * one for one in (1, 2, 5, 10) if high / (power * one) <= 7)
    ticks = [step * at for at in range(int(high / step) + 1)]
    return Scale(high, [(one, f"{one:,.10g}") for one in ticks], title)


@dataclass(frozen=True)
class Bar:
    """A bar from ``low`` to ``high``; an ``outline`` of one; a ``range`` with caps at its ends; a
    ``reach`` from sign to sign, without; or an ``open`` one, whose end is not known.

    ``of`` is the heading of its number, or headings, where they are others than those of its rows.
    """

    low: float
    high: float
    colour: str = theme.BLUE
    look: str = "bar"
    of: str | tuple[str, ...] = ()


@dataclass(frozen=True)
class Dot:
    """A sign at a number; its words are those of the row or of the legend; ``of`` as in `Bar`."""

    at: float
    mark: Mark
    of: str | tuple[str, ...] = ()


_NUMBER = Mark("circle", "●", theme.BLUE, "the number")
_ABOVE = Mark("triangle-right", "▶", theme.BLUE, "open above")
_BELOW = Mark("triangle-left", "◀", theme.BLUE, "open below")
#: What the signs of `span` mean, for a legend.
SPANS = (
    ("┣━┫", "a range"),
    ("●", "one number"),
    ("●┄▶", "at least: open above"),
    ("◀┄●", "up to: open below"),
)


def span(
    low: float | None,
    high: float | None,
    top: float,
    of: tuple[str, ...] = (),
    mark: Mark = _NUMBER,
) -> list[Bar | Dot]:
    """A range as a line, a number as a dot; dots lead from an open end to an arrow near 0 or `top`.

    Floor and ceiling are open at the end that is None; without any number nothing is drawn. A
    number is drawn as ``mark``, and all else in its colour.
    """
    if low is not None and high is not None and low < high:
        return [Bar(low, high, mark.colour, "range", of)]
    number = high if low is None else low
    if number is None or low == high:
        return [] if number is None else [Dot(number, mark, of)]
    end, arrow = (top * 0.012, _BELOW) if low is None else (top * 0.97, _ABOVE)
    ends = min(number, end), max(number, end)
    dots = Bar(*ends, mark.colour, "open", of)
    return [dots, Dot(number, mark, of), Dot(end, replace(arrow, colour=mark.colour), of)]


@dataclass(frozen=True)
class Line:
    """A row drawn: ``at`` is its number in the table, None where it counts rows (``Rows.of``).

    ``title`` is bold, ``text`` stands beside it and ``note`` below. ``sign`` is what its status or
    kind looks like; ``cells`` are signs under columns, ``numbers`` what stands beside each of them
    (the larger, the fuller its ground), ``units`` signs one by one, each as often as its number
    says, and ``track`` what stands on the scale. One that is ``chosen`` shows only where the filter
    of this name has this value.
    """

    at: int | None
    title: str
    text: str = ""
    note: str = ""
    sign: Mark | None = None
    cells: Sequence[Mark | None] = ()
    numbers: Sequence[int | None] = ()
    units: Sequence[tuple[Mark, int]] = ()
    track: Sequence[Bar | Dot] = ()
    chosen: tuple[str, str | None] | None = None


@dataclass(frozen=True)
class Group:
    """Lines under a heading, which may be empty, with a ``scale`` of their own if they need one."""

    title: str
    lines: Sequence[Line]
    scale: Scale | None = None


@dataclass(frozen=True)
class Column:
    """The head of a column of signs: ``title``, words that a phone leaves out, a number below."""

    title: str
    text: str = ""
    note: str = ""


@dataclass(frozen=True)
class Rows:
    """Lines in groups, with columns of signs or a scale where lines have them.

    ``of`` says where in the table what is drawn comes from, for the tests that compare them: under
    "sign", "cells", "units" and "track" a heading, or one heading a column of signs; under "time"
    that of a track over days (their ordinals), under "outline" that whose "yes" makes a bar one.
    Where a line has its sign under the column that its cell *names*, ``named`` holds the words of
    each column. ``per`` is how many of a cell's unit make one on the scale: a million shells. Lines
    that count rows have the heading under "count" whose cells are their titles. In a ``worded``
    table the words of a sign stand in its cell where there is room; a legend says them elsewhere.
    """

    groups: Sequence[Group]
    columns: Sequence[Column] = ()
    scale: Scale | None = None
    of: Mapping[str, str | Sequence[str]] = field(default_factory=dict)
    per: float = 1
    named: Sequence[str] = ()
    worded: bool = False

    @property
    def lines(self) -> list[Line]:
        """All lines, in order."""
        return [line for group in self.groups for line in group.lines]

    def payload(self) -> MarkedRows:
        """As plain JSON, for the face."""
        ticks = self.scale.ticks if self.scale else ()
        made: MarkedRows = {
            "columns": [(one.title, one.text, one.note) for one in self.columns],
            "ticks": [(self.scale.part(at), label) for at, label in ticks] if self.scale else [],
            "unit": self.scale.title if self.scale else "",
            "groups": [self._group(group) for group in self.groups],
        }
        if self.scale and self.scale.goal is not None:
            made["goal"] = self.scale.part(self.scale.goal)
        if self.worded:
            made["worded"] = True
        plain: MarkedRows = json.loads(json.dumps(made))  # what is a tuple here is a list there
        return plain

    def _group(self, group: Group) -> RowGroup:
        lines = [self._line(one, group.scale or self.scale) for one in group.lines]
        made: RowGroup = {"title": group.title, "lines": lines}
        if group.scale and group.scale.ticks:
            scale = group.scale
            made["ticks"] = [(scale.part(at), label) for at, label in scale.ticks]
            made["unit"] = scale.title
        return made

    def _line(self, line: Line, scale: Scale | None) -> RowLine:
        made: RowLine = {"at": line.at, "title": line.title, "text": line.text, "note": line.note}
        if line.sign:
            made["sign"] = _mark(line.sign)
        if line.cells:
            made["cells"] = [_mark(one) if one else None for one in line.cells]
        if line.numbers:
            made["numbers"] = list(line.numbers)
        if line.units:
            made["units"] = [(_mark(mark), count) for mark, count in line.units]
        if line.track and scale:
            made["track"] = [_track(one, scale) for one in line.track]
        if line.chosen:
            made["chosen"] = line.chosen
        return made


def _mark(mark: Mark) -> RowMark:
    return (mark.sign, TONES[mark.colour], mark.meaning)


def _track(one: Bar | Dot, scale: Scale) -> RowTrack:
    if isinstance(one, Dot):
        at = scale.part(one.at)
        return (at, at, one.mark.sign, TONES[one.mark.colour])
    return (scale.part(one.low), scale.part(one.high), one.look, TONES[one.colour])
