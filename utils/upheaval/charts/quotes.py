"""Quotations: who said what, and where, with hindsight and without."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from ..encoding import Bin, Channel, Mapped, Position
from ..facts import evidence, tables
from ..phrases import LONGEST
from ..protocol import RowRules
from . import draw
from .cards import (
    CARD,
    LANES,
    MOBILE,
    PERIODS,
    PREDICTION,
    SPEAKERS,
    STANCES_SHOWN,
    STATEMENT,
    TOPICS,
    card_table,
    cards_of,
    grid,
    lanes_of,
    marks,
    placed,
    span_of,
    stances_of,
)
from .draw import Chart, capital, chosen, theme

#: Filters of the cards: the option for everything, the column, and the labels.
FILTERS = {
    "lane": ("All places", "lane", LANES),
    "kind": ("All speakers", "speaker_kind", SPEAKERS),
    "topic": ("All topics", "topic", TOPICS),
    "stance": ("All stances", "stance", STANCES_SHOWN),
}
#: Stops of the as-of stepper; the last is everything known. Hindsight begins after all of them.
AS_OF = (
    "2024-10-17",
    "2024-10-18",
    "2024-10-23",
    "2024-10-31",
    "2024-11-27",
    "2025-01-20",
    "2025-04-28",
    "2025-12-31",
)
LATER = "9999"

#: The words of titles, subtitles and descriptions.
TEXTS = {
    "statement": "statement",
    "prediction": "prediction or promise",
    "candidate": "{name}, then candidate",
    "says": "{name}: “{words}”",
    "speaks": "{name} {speaks} of {topic}",
    "subtitle": "Quotations by place and date",
    "month": "a month without a day stands at its end",
}
TEMPLATES: Any = {
    "title": {"many": "{story}", "one": "{story}", "none": "No quotation fits these choices"},
    "description": {
        "many": "{told} On show: {share} quotations that we chose, {days}. By place: {tally:lane}."
        " By stance to the deployment: {tally:stance}.",
        "one": "{told} On show: one of the {total} quotations that we chose; stance:"
        " {tally:stance}.",
        "none": "None of the {total} quotations fits. Choose “All” in one of the lists, or a later"
        " day under “Known by”.",
    },
}
#: Letters of what stands in a title beside a speaker's name and the words.
_AROUND = len(": “”")
#: What stands for the rest of a quotation, after its point.
_REST = " […]"
#: Where a sentence of a quotation ends.
_END = re.compile(r"[.!](?= )")
#: How a sentence begins that turns the one before: a cut between them would lose the point.
_TURN = re.compile(r" (?:But|However|Yet|And)\b")
#: Whose words are no act of an administration: those of a candidate for it.
_CANDIDATE = "candidate"


def options(quotes: pd.DataFrame, which: str) -> list[tuple[str, str | None]]:
    """(label, value) of a filter of `by_place` over these quotations, everything first.

    `which` is ``lane``, ``kind``, ``topic`` or ``stance``. Raises ``KeyError`` for another.
    """
    every, column, labels = chosen(FILTERS, which, "filter")
    made = {"lane": lanes_of, "stance": stances_of}
    present = set(made[which](quotes) if which in made else quotes[column])
    return draw.options(labels, capital, first=every, only=present)


def as_of_options() -> list[tuple[str, str | None]]:
    """(label, value) of the stops of the as-of stepper; the last is everything the tables know."""
    return draw.as_of_options(AS_OF)


def by_place(quotes: pd.DataFrame) -> Chart:
    """Quotations as marks, lanes by place and columns by date; the list below has their cards.

    `quotes` is (rows of) the table quotes. A star is a prediction or a promise, a square any
    other statement; all places are drawn alike. A date of which only the month is known stands in
    the column of its last day. It has row filters: its rows carry the columns to filter by,
    ``lane``, ``kind``, ``topic``, ``stance`` and ``known``. Every quotation is two rows, before and
    with hindsight; only the second, which holds when no day is chosen, tells what was seen later.
    """
    cards = cards_of(quotes)
    x, y, tops, height = placed(cards["lane"], cards["column"], LANES)
    cards = cards.assign(x=x, y=y)
    rows = pd.concat(
        [cards.assign(until=LATER, later=""), cards.assign(known=LATER, until="")],
        ignore_index=True,
    )
    rows["sources"] = [
        ids[:1] if until else ids for ids, until in zip(rows["sources"], rows["until"], strict=True)
    ]
    symbols = {STATEMENT: "square", PREDICTION: "star"}
    says: dict[str, Channel] = {
        "x": Bin("Date", tuple(end for end, _ in PERIODS)),
        "y": Position("any", group="Place", headed=True),
        "marker.symbol": Mapped(CARD["status"], symbols),
    }
    traces = [
        marks(rows[rows["sign"] == sign], symbols[sign], colour, says)
        for sign, colour in ((STATEMENT, theme.BLUE), (PREDICTION, theme.ORANGE))
    ]
    return Chart(
        grid(traces, tops, LANES, height, [label for _, label in PERIODS]),
        subtitle=span_of(cards, TEXTS["subtitle"]),
        table=card_table(rows),
        sources=list(rows["sources"]),
        refs=evidence.refs("quotes", rows["id"]),
        name="quotations",
        row_filters=_row_filters(rows),
        list_columns=CARD,
        legend=[
            (STATEMENT, TEXTS["statement"]),
            (PREDICTION, TEXTS["prediction"]),
            ("", TEXTS["month"]),
        ],
        mobile=MOBILE,
    )


def _row_filters(rows: pd.DataFrame) -> RowRules:
    known = [
        [day, until] if until else day
        for day, until in zip(rows["known"], rows["until"], strict=True)
    ]
    return {
        "columns": {
            "lane": list(rows["lane"]),
            "kind": list(rows["speaker_kind"]),
            "topic": list(rows["topic"]),
            "stance": list(rows["stance"]),
            "known": known,
        },
        "span": "known",
        "total": rows["id"].nunique(),
        "labels": {"lane": LANES, "kind": SPEAKERS, "topic": TOPICS, "stance": STANCES_SHOWN},
        "when": [tables.spell(date) for date in rows["date"]],
        "story": draw.story_of(
            told := _told(rows),
            "quotation",
            silent=_silent(told),
            reported=[(date, "") for date in rows["date"]],
        ),
        "templates": TEMPLATES,
    }


def point_of(text: str, most: int) -> str:
    """A quotation of at most so many letters: whole, or its first whole sentences with […] after.

    Where not one sentence fits it is empty: a cut within a sentence, or before one that begins with
    "But", would lose its point.
    """
    if len(text) <= most:
        return text.rstrip(".")
    ends = [
        found.end()
        for found in _END.finditer(text)
        if found.end() <= most - len(_REST) and not _TURN.match(text, found.end())
    ]
    return f"{text[: ends[-1]]}{_REST}" if ends else ""


def _told(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows as a story needs them: the newest words on the deployment itself lead, whole ones
    before cut ones, and cut ones before those that are told in our words. ``point`` is what a
    title can have of the words, ``candidate`` whether they are a candidate's.
    """
    candidate = rows["role_at_time"].str.contains(_CANDIDATE)
    names = [
        TEXTS["candidate"].format(name=name) if one else name
        for name, one in zip(rows["name"], candidate, strict=True)
    ]
    said = list(zip(names, rows["text"], strict=True))
    points = [point_of(text, LONGEST - _AROUND - len(name)) for name, text in said]
    rank = [0 if not point else 1 if point.endswith(_REST) else 2 for point in points]
    return rows.assign(
        headline=[
            TEXTS["says"].format(name=name, words=point) if point else _without(row, name)
            for row, name, point in zip(tables.tuples(rows), names, points, strict=True)
        ],
        point=points,
        candidate=candidate,
        end=tables.span(rows["date"])["end"],
        status="",
        landmark=pd.Series(rank, rows.index) + 3 * (rows["stance"] != "not-about-it"),
    )


def _without(row: Any, name: str) -> str:
    """Who speaks, and what of, where the words themselves have no room."""
    if gist := draw.words(row.gist):
        return f"{name} {gist}"
    speaks = "speak" if " and " in name else "speaks"
    closed = f"{name}{',' if ',' in name else ''}"
    return TEXTS["speaks"].format(name=closed, speaks=speaks, topic=TOPICS[row.topic])


def _silent(told: pd.DataFrame) -> list[int]:
    """The rows that lead no title: a candidate's words, and those that it has no room for."""
    return [at for at, row in enumerate(tables.tuples(told)) if row.candidate or not row.landmark]
