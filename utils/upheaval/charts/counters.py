"""Who counts shells, or money: ranges side by side, which must not be added."""

from __future__ import annotations

import re

import pandas as pd

from ..facts import tables
from ..facts.wording import of_them
from ..methods import estimates
from ..methods.estimates import Interval
from . import draw
from .draw import Chart, Line, Row, Rows, chosen, words
from .exchange_rows import COLUMNS, HOW_MUCH, LAST_COLUMNS, NUMBERS, rows_of

#: What is compared: label, the words under the scale, how many of the unit make one of them.
COUNTED = {
    "shells": ("Shells and rounds", "million shells or rounds", 1e6),
    "money": ("Money", "billion U.S. dollars", 1.0),
}
_COUNTED, _COUNTER = "What is counted", "Who counts, and what"

#: The words of titles, subtitles and descriptions.
TEXTS = {
    "floor": "at least {number}",
    "ceiling": "up to {number}",
    "point": "{number}",
    "none": "No row gives a number",
    "choose": "None of the rows gives a number. Choose the other comparison.",
    "shells": "From {low} to {most} million: those who count shells do not count the same thing",
    "money": "Pyongyang's deliveries: {low} to {most} billion dollars, by who counts{returned}",
    "returned": "; what came back: at most {most}",
    "subtitle": "What each body says, in {scale}; they count different things: nothing can be"
    " added; as of {day}",
    "rows": "Counted up to the latest day: {newest}. No two headings count the same, so nothing"
    " can be added. On show: {count} rows under {headings} headings. By kind of number: {kinds}."
    " {open} of them {verb} open on one side.",
    "newest": "{item}, {said} {scale}",
    "PRK": "What Pyongyang's deliveries are worth",
    "RUS": "What Moscow gave back",
    "shells counted": "Counted: {unit}",
}


counter_options = draw.offer(COUNTED)


def counters(items: pd.DataFrame, what: str = "shells") -> Chart:
    """Ranges side by side: who counts shells, or money, and what exactly each of them counts.

    ``items`` is (rows of) the table ``exchange``; ``what`` is a key of `COUNTED`. Rows stand under
    what they count; a floor is open to the right, a ceiling to the left. Raises ``KeyError`` for
    another word.
    """
    _, scale, divisor = chosen(COUNTED, what, "comparison")
    rows = _counted(items, what, divisor)
    return Chart(
        None,
        rows=_rows(rows, scale, divisor),
        title=_title(rows, what),
        description=_description(rows, scale),
        table=draw.table(rows, {_COUNTED: "counts", _COUNTER: "item"} | COLUMNS | LAST_COLUMNS),
        subtitle=TEXTS["subtitle"].format(scale=scale, day=draw.today()),
        **draw.provenance("exchange", rows, known=""),
        name=f"exchange-{what}",
        legend=draw.SPANS,
    )


def _counted(items: pd.DataFrame, what: str, divisor: float) -> list[Row]:
    """The rows that count shells, or billions of dollars, with what they count and its number."""
    rows = []
    for row in rows_of(items):
        unit = words(row["unit"])
        shells = row["category"] == "ammunition" and re.search(r"\b(shells|rounds)\b", unit)
        if row["said"].numbers and (shells if what == "shells" else unit == "billion USD"):
            ends = (row["said"].low, row["said"].high)
            low, high = (None if end is None else end / divisor for end in ends)
            shelled = TEXTS["shells counted"].format(unit=unit)
            rows.append(
                {
                    **row,
                    "counts": TEXTS[row["giver"]] if what == "money" else shelled,
                    "scaled": estimates.interval({"low": low, "high": high}),
                    "end": str(tables.span([row["period"]])["end"].iloc[0].date()),
                }
            )
    first: dict[str, str] = {}
    for row in sorted(rows, key=lambda row: str(row["end"])):
        first.setdefault(row["counts"], row["end"])

    def order(row: Row) -> tuple[str, ...]:
        return row["giver"], first[row["counts"]], row["counts"], row["end"], row["id"]

    return sorted(rows, key=order)


def _rows(rows: list[Row], scale: str, divisor: float) -> Rows:
    """A line a row, under what it counts, with its number on the scale of all."""
    top = max([1.0, *(value for row in rows for value in row["scaled"].numbers)]) * 1.25

    def line(at: int, row: Row) -> Line:
        said, when = row["scaled"], tables.spell(row["period"])
        return Line(at, row["item"], said.text, when, track=draw.span(said.low, said.high, top))

    groups = draw.groups((row["counts"], line(at, row)) for at, row in enumerate(rows))
    of = {"title": _COUNTER, "text": HOW_MUCH, "note": "When", "track": HOW_MUCH, "group": _COUNTED}
    return Rows(groups, scale=draw.scale_to(top, scale), of=of, per=divisor)


def _title(rows: list[Row], what: str) -> str:
    given = [row["scaled"] for row in rows if row["giver"] == "PRK"]
    if not given:
        return TEXTS["none"]
    low, high = min(one.numbers[0] for one in given), max(one.numbers[-1] for one in given)
    back = [row["scaled"].numbers[-1] for row in rows if row["giver"] == "RUS"]
    return TEXTS[what].format(
        low=_end(given, low),
        most=_end(given, high),
        returned=TEXTS["returned"].format(most=estimates.number(max(back))) if back else "",
    )


def _end(given: list[Interval], value: float) -> str:
    """A lowest or highest number, with "at least" or "up to" where nobody says it without."""
    kinds = {one.kind for one in given if value in one.numbers}
    kind = kinds.pop() if len(kinds) == 1 else "point"
    return TEXTS.get(kind, TEXTS["point"]).format(number=estimates.number(value))


def _description(rows: list[Row], scale: str) -> str:
    if not rows:
        return TEXTS["choose"]
    last = max(row["end"] for row in rows)
    newest = "; ".join(
        TEXTS["newest"].format(item=row["item"], said=row["scaled"].text, scale=scale)
        for row in rows
        if row["end"] == last
    )
    is_open = sum(row["said"].kind in ("floor", "ceiling") for row in rows)
    return TEXTS["rows"].format(
        newest=newest,
        count=len(rows),
        headings=len({row["counts"] for row in rows}),
        kinds=draw.tally((row["said"].kind for row in rows), NUMBERS),
        open=of_them(is_open),
        verb="is" if is_open == 1 else "are",
    )
