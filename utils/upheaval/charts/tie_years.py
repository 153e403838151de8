"""Ties pair by pair and year by year: how each pair of the four grew, in one look."""

from __future__ import annotations

import math
from collections import Counter
from itertools import combinations

import pandas as pd

from .. import stories
from ..facts import evidence, tables
from ..facts.wording import counted, listed
from ..methods import networks
from . import draw
from .draw import Chart, Column, Group, Line, Mark, Row, Rows, chosen, theme
from .tie_lines import STRENGTHS
from .ties import FAMILIES, GROUPS, KINDS, SHOWN, not_drawn

#: The states of the chart, and the year with which a title compares the last one.
STATES, YEARS = GROUPS["four"].states, GROUPS["four"].years
BEFORE = 2021
#: How the strongest tie of a pair is drawn, by its strength; none at all under 0.
MARKS = {
    strength: Mark(*shape, theme.BLUE, STRENGTHS[strength].word)
    for strength, shape in ((3, theme.HOLDS), (2, theme.PARTLY), (1, theme.OPEN))
} | {0: Mark(*theme.UNTOLD, theme.GREY, "no tie")}
#: Headings of the table that what is drawn comes from.
_PAIR, _KINDS = "Pair", f"Ties of {YEARS[-1]} by kind"

#: The words of titles, subtitles and descriptions.
TEXTS = {
    "strong": "Strongly tied{by}: {before} of {all} pairs in {then}, {now} in {year}",
    "tied": "Tied{by}: {before} of {all} pairs in {then}, {now} in {year}",
    "by": " by {family}",
    "grown": "; {pair}: {had}, then {has}",
    "disputed": "; {share} ties disputed",
    "short": "; {share} disputed",
    "none": "No tie{by} in any of these years, in our table",
    "subtitle": "Strongest tie of each pair, by our coding, and number of ties on at least one day"
    " of the year; speculated ties left out",
    "shade": "darker: more ties",
    "cell": "{word}, {ties}",
    "pair": "{pair}: {first} in {then}, {last} in {year}",
    "some": "{ties} ({word})",
    "many": "{pairs}. {count} pairs are shown. Ties of {year} by status: {status}.",
    "no pair": "{pairs}. {count} pairs are shown. Choose another kind of tie.",
}


def over_years(ties: pd.DataFrame, kind: str | None = None) -> Chart:
    """Each pair of `STATES` a line, each of `YEARS` a column: the strongest tie, and how many.

    ``ties`` is the table ``ties``; ``kind`` a key of `ties.FAMILIES`, or None for all. Ties with
    the status *speculated* are left out. Pairs stand in the order of their ties in the last year.
    Raises ``KeyError`` for another kind.
    """
    kinds = chosen(FAMILIES, kind, "kind of tie").kinds if kind else None
    among = ties[ties["a_iso3"].isin(STATES) & ties["b_iso3"].isin(STATES)]
    pairs = _pairs(among, kinds)
    return Chart(
        None,
        rows=_rows(pairs),
        title=_title(pairs, FAMILIES[kind].by if kind else ""),
        subtitle=TEXTS["subtitle"] + not_drawn(among, "four", YEARS[-1]),
        description=_description(pairs),
        table=_table(pairs),
        sources=[
            tuple(dict.fromkeys(page for tie in row["rows"].values() for page in tie["sources"]))
            for row in pairs
        ],
        refs=[evidence.refs("ties", row["rows"]) for row in pairs],
        known="rows",
        name=f"ties-years-{kind or 'all'}",
        list_columns={"title": _PAIR, "body": _KINDS},
        legend=_legend(pairs),
    )


def _pairs(among: pd.DataFrame, kinds: tuple[str, ...] | None) -> list[Row]:
    """Every pair with the strength and the number of its ties in each year, and their rows."""
    names = draw.short_names()
    found: dict[tuple[str, ...], Row] = {
        pair: {"name": "–".join(names[one] for one in pair), "years": {}, "rows": {}}
        for pair in combinations(sorted(STATES), 2)
    }
    for year in YEARS:
        held = networks.ties_in(among, year, kinds, 1, SHOWN)
        for one in tables.tuples(networks.pair_strength(held)):
            found[one.a, one.b]["years"][year] = (int(one.strength), int(one.ties))
        for row in found.values():
            row["now"] = []  # the ties of the last year, at the end
        for tie in tables.records(held):
            pair = found[tuple(sorted((str(tie["a_iso3"]), str(tie["b_iso3"]))))]
            pair["rows"][tie["id"]] = tie
            pair["now"].append(tie)
    return sorted(found.values(), key=lambda row: (-_at(row, YEARS[-1])[1], row["name"]))


def _at(row: Row, year: int) -> tuple[int, int]:
    """The strength of a pair's strongest tie in a year, and how many ties it had; 0 and 0."""
    strength, ties = row["years"].get(year, (0, 0))
    return strength, ties


def _used(pairs: list[Row]) -> list[Mark]:
    strengths = {_at(row, year)[0] for row in pairs for year in YEARS}
    return [mark for strength, mark in MARKS.items() if strength in strengths]


def _legend(pairs: list[Row]) -> list[draw.Sign]:
    """The signs on show, and what the shade of a cell says where there is one."""
    shade: list[draw.Sign] = [("", TEXTS["shade"])] if any(row["rows"] for row in pairs) else []
    return [*_used(pairs), *shade]


def _rows(pairs: list[Row]) -> Rows:
    lines = [
        Line(
            at,
            row["name"],
            cells=[MARKS[_at(row, year)[0]] for year in YEARS],
            numbers=[_at(row, year)[1] or None for year in YEARS],
        )
        for at, row in enumerate(pairs)
    ]
    return Rows(
        [Group("", lines)],
        columns=[Column(str(year)) for year in YEARS],
        of={"title": _PAIR, "cells": [str(year) for year in YEARS]},
        worded=True,
    )


# -- words -----------------------------------------------------------------------------------------
def _title(pairs: list[Row], family: str) -> str:
    """How many pairs are strongly tied (or tied) then and now, and which grew most."""
    by = TEXTS["by"].format(family=family) if family else ""
    now = YEARS[-1]
    if not any(row["rows"] for row in pairs):
        return TEXTS["none"].format(by=by)
    strong = [sum(_at(row, year)[0] == max(STRENGTHS) for row in pairs) for year in (BEFORE, now)]
    tied = [sum(_at(row, year)[1] > 0 for row in pairs) for year in (BEFORE, now)]
    counts = strong if any(strong) else tied
    words = {"by": by, "then": BEFORE, "year": now, "all": math.comb(len(STATES), 2)}
    head = TEXTS["strong" if any(strong) else "tied"].format(
        before=counts[0] or "none", now=counts[1], **words
    )
    grown = _grown(pairs)
    statuses = [tie["status"] for row in pairs for tie in row["now"]]
    disputed, every = statuses.count("disputed"), len(statuses)
    share = f"{disputed} of {every}" if disputed < every else "all"
    said = [TEXTS[one].format(share=share) for one in ("disputed", "short")] if disputed else [""]
    tails = [grown + said[0], grown + said[-1], said[0], said[-1], ""]
    return stories.first_fitting([head + tail for tail in tails])


def _grown(pairs: list[Row]) -> str:
    """The pair that has most ties more than before, if that is one and it has several more."""
    more = [(_at(row, YEARS[-1])[1] - _at(row, BEFORE)[1], row) for row in pairs]
    most = max(count for count, _ in more)
    (row, *others) = [row for count, row in more if count == most]
    if others or most < 2:
        return ""
    had, has = _at(row, BEFORE)[1], _at(row, YEARS[-1])[1]
    first = counted(had, "tie") if had else MARKS[0].meaning
    return TEXTS["grown"].format(pair=row["name"], had=first, has=has)


def _description(pairs: list[Row]) -> str:
    each = [
        TEXTS["pair"].format(
            pair=row["name"],
            first=_said(row, BEFORE),
            then=BEFORE,
            last=_said(row, YEARS[-1]),
            year=YEARS[-1],
        )
        for row in pairs
    ]
    status = draw.by_status(tie["status"] for row in pairs for tie in row["now"])
    return TEXTS["many" if status else "no pair"].format(
        count=len(pairs), pairs="; ".join(each), year=YEARS[-1], status=status
    )


def _said(row: Row, year: int) -> str:
    """A pair's ties in a year, in a sentence."""
    strength, ties = _at(row, year)
    word = MARKS[strength].meaning
    return TEXTS["some"].format(ties=counted(ties, "tie"), word=word) if ties else word


def _cell(row: Row, year: int) -> str:
    strength, ties = _at(row, year)
    word = MARKS[strength].meaning
    return TEXTS["cell"].format(word=word, ties=counted(ties, "tie")) if ties else word


def _table(pairs: list[Row]) -> pd.DataFrame:
    order = list(KINDS.values())

    def kinds(row: Row) -> str:
        counts = Counter(KINDS[tie["tie_kind"]] for tie in row["now"])
        ranked = sorted(counts.items(), key=lambda one: (-one[1], order.index(one[0])))
        return listed([f"{kind} {count}" for kind, count in ranked] or [MARKS[0].meaning])

    return pd.DataFrame(
        {
            _PAIR: [row["name"] for row in pairs],
            **{str(year): [_cell(row, year) for row in pairs] for year in YEARS},
            _KINDS: [kinds(row) for row in pairs],
        }
    )
