"""How estimates are drawn: a line of HTML each, with a mark or a range on a scale from zero."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from ..facts import tables
from ..methods.estimates import DefensibleRange, Interval
from . import draw
from .draw import Bar, Dot, Group, Line, Mark, Row, Rows, Scale, theme
from .estimate_rows import (
    ESTIMATE,
    GREY,
    HIGH,
    LOW,
    MEASURE,
    MEASURES,
    SIDES,
    WHEN,
    month_of,
    row_text,
)

RETOLD = Mark("line-ew", "≠", theme.PURPLE, "retold with a wrong word")
FOUND = Mark("square", "■", theme.GREY, "the range that they say together")
#: The words of lines and groups.
TEXTS = {
    "nothing": "{measure}: nothing published yet",
    "old": "last said then",
    "alone": "{side} alone:",
    "all": "All of them together:",
    "past": "last said in {month}",
}
_ROOM = 1.18  # a scale ends this much beyond the highest number
_OF = {"title": ESTIMATE, "text": (LOW, HIGH), "note": WHEN, "sign": "Status", "track": (LOW, HIGH)}


def top_of(said: Iterable[Interval]) -> float:
    """Where a scale ends: a little beyond the highest number. It always begins at zero."""
    return max((value for one in said for value in one.numbers), default=1.0) * _ROOM


def ranged(
    rows: Sequence[Row], found: Mapping[str | None, DefensibleRange | None], scale: Scale
) -> Rows:
    """A line a row on one scale, under their range; ``found`` has it for all and for each side."""
    lines = [_line(row, scale.high) for row in rows]
    ranges = [_range(one, scale.high, side) for side, one in found.items() if one and one.numbers]
    headed = [Group("", ranges)] if ranges else []
    return Rows([*headed, Group("", lines)], scale=scale, of=_OF)


def panels(rows: Sequence[Row], measures: Sequence[str]) -> Rows:
    """A group a measure, each with a scale of its own from zero."""
    groups = []
    for measure in measures:
        here = [row for row in rows if row["measure"] == measure]
        top = top_of(row["said"] for row in here)
        name = MEASURES[measure][0]
        title = name if here else TEXTS["nothing"].format(measure=name)
        scale = draw.scale_to(top, "soldiers") if here else Scale(top, ())
        groups.append(Group(title, [_line(row, top) for row in here], scale))
    return Rows(groups, of={**_OF, "group": MEASURE})


def short_name(row: Row) -> str:
    """Whose number it is, in few words; the table keeps the full name."""
    return draw.words(row["estimator_short"]) or str(row["estimator"])


def _line(row: Row, top: float) -> Line:
    """What a row says, who said it and when, and its marks; grey where it was replaced."""
    mark = theme.status(row["status"]) or RETOLD
    mark = replace(mark, colour=theme.GREY) if row["role"] in GREY else mark
    text, said, when = row_text(row), row["said"], tables.spell(row["date"])
    if row["role"] == "retold":
        track: list[Bar | Dot] = [Dot(said.numbers[0], RETOLD, ESTIMATE)]
        return Line(row["index"], f"{row['estimator']}: {text}", note=when, track=track)
    role = TEXTS["old"] if row["role"] == "old" else row["role"]
    text += f", {role}" if role else ""
    track = draw.span(said.low, said.high, top, mark=mark)
    return Line(row["index"], short_name(row), text, when, mark, track=track)


def _range(found: DefensibleRange, top: float, side: str | None) -> Line:
    """The range of what all say, or one side; dots where it is open."""
    low, high = found.numbers
    track: list[Bar | Dot] = (
        [Dot(low, FOUND)] if low == high else [Bar(low, high, theme.GREY, "range")]
    )
    track += draw.span(high, None, top, mark=FOUND) if found.open_above else []
    track += draw.span(None, low, top, mark=FOUND) if found.open_below else []
    title = TEXTS["alone"].format(side=SIDES[side]) if side else TEXTS["all"]
    when = TEXTS["past"].format(month=month_of(found.said[1])) if found.past else ""
    return Line(None, title, found.text, when, track=track, chosen=("side", side))
