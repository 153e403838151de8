"""Why did Pyongyang do it? Five explanations against the evidence: the worked grid."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd

from ..facts import evidence as facts_evidence
from ..facts import tables
from ..facts.wording import counted, fitting, of_them
from ..methods import hypotheses as ach
from . import draw
from .draw import Chart, Column, Group, Line, Mark, Row, Rows, capital, chosen, theme

#: The five explanations: the column of the table, a name, and what exactly is claimed. Each says
#: *above all*, since motives do not exclude one another: a state can want all five.
HYPOTHESES = {
    "money": (
        "Money and goods",
        "Pyongyang wanted above all to be paid: in money, oil, food and goods.",
    ),
    "technology": (
        "Technology",
        "Pyongyang wanted above all military technology: for missiles, satellites, submarines and"
        " air defence.",
    ),
    "experience": (
        "Combat experience",
        "Pyongyang wanted above all that its army learns modern war.",
    ),
    "guarantee": (
        "Treaty and guarantee",
        "Pyongyang wanted above all to bind Russia, so that Russia must help in a crisis in Korea.",
    ),
    "leverage": (
        "Weight with Beijing",
        "Pyongyang wanted above all to depend less on China and to count for more with Beijing.",
    ),
}
NAMES = {hypothesis: name for hypothesis, (name, _) in HYPOTHESES.items()}
LETTERS = dict(zip(HYPOTHESES, "ABCDE", strict=True))

#: Kinds of evidence, in words.
KINDS = {
    "act": "what was done in the open",
    "own-words": "Pyongyang's own words",
    "partner-words": "the words of Moscow and Beijing",
    "services": "what Seoul, Kyiv and Washington say",
    "research": "researchers and press",
}

#: How a mark is drawn.
_COLOURS = {"N": theme.GREY, "I": theme.ORANGE, "II": theme.ORANGE}
SIGNS = {
    mark: Mark("", sign, _COLOURS.get(mark, theme.BLUE), ach.WORDS[mark])
    for mark, sign in ach.SIGNS.items()
}
#: The orders in which rows can stand.
ORDERS = {
    "diagnosticity": "Diagnosticity (tells most apart)",
    "credibility": "Credibility",
    "date": "Date",
}
#: The day the article was written, as a stop before everything known.
AS_OF = ("2024-11-27",)

_EVIDENCE, _SINCE, _WHY, _MARKS = "Evidence", "Public since", "Why these marks", "Marks"

#: The words of titles, subtitles and descriptions.
TEXTS = {
    "public by": "public by {day}",
    "as of": "as of {day}",
    "least": "least against it",
    "taken from": "table {table}, row {row}",
    "none left": "No evidence is left",
    "choose": "None of the evidence is left. Choose a later day, or leave out nothing.",
    "nothing": "no row here speaks against {some}",
    "some": "{count} of {all} explanations",
    "without kind": "Without {kind}: ",
    "marks": "Our marks, which you may contest; numbers: weighted inconsistency score (lower is"
    " better); {when}",
    "grid": "Speaks against: {scores}. {turning} of the rows, left out alone, would change who"
    " stands best. {rows} of evidence, {blunt} without diagnostic value (the same mark for all).",
}

#: How a title says which explanation stands best and which worst, in both charts alike.
STANDS = {
    "best": "{first} {stand} best",
    "against": ", with {score:.2f} against {each}",
    "worst": "; {worst} worst, with {score:.2f}",
}


def named(keys: Sequence[str], joint: str = "and") -> str:
    """Explanations by name: `“Technology”`, `“Technology” and “Combat experience”`."""
    return draw.quoted((NAMES[hypothesis] for hypothesis in keys), joint)


def best(first: Sequence[str], score: float) -> list[str]:
    """Who stands best, and what speaks against it: what a title says first, and then."""
    stand, each = ("stands", "it") if len(first) == 1 else ("stand", "each")
    said = {"first": named(first), "stand": stand, "score": score, "each": each}
    return [STANDS[one].format(**said) for one in ("best", "against")]


# -- the worked grid -------------------------------------------------------------------------------
def grid(
    evidence: pd.DataFrame,
    order: str = "diagnosticity",
    without: str | None = None,
    known: str | None = None,
) -> Chart:
    """The worked grid as a table of signs: evidence down, explanations across, scores above.

    ``evidence`` is (rows of) the table ``evidence``; ``order`` is a key of `ORDERS`; ``without`` is
    a kind of evidence to leave out; ``known`` is a day after which nothing counts. Raises
    ``KeyError`` for another order or kind.
    """
    chosen(ORDERS, order, "order")
    if without is not None:
        chosen(KINDS, without, "kind of evidence")
    public = tables.as_of(evidence, known) if known else evidence
    rows = _ordered(public[public["kind"] != without], order)
    frame = pd.DataFrame(rows, columns=[*evidence.columns, "spread"])
    scores = ach.inconsistency(frame, list(HYPOTHESES))
    day = tables.spell(known or tables.knowledge_as_of())
    when = TEXTS["public by" if known else "as of"].format(day=day)
    return Chart(
        None,
        rows=_grid(rows, scores),
        title=_grid_title(rows, scores, without),
        subtitle=TEXTS["marks"].format(when=when),
        description=_grid_description(frame, scores),
        table=draw.table(rows, _COLUMNS),
        sources=sorted(draw.cited(rows)),
        refs=facts_evidence.refs("evidence", (row["id"] for row in rows)),
        known=known or "",
        name="hypotheses-grid",
        list_columns={"when": _SINCE, "title": _EVIDENCE, "body": _WHY, "status": _MARKS},
        legend=[
            *((letter, NAMES[hypothesis]) for hypothesis, letter in LETTERS.items()),
            *SIGNS.values(),
            ("▲", TEXTS["least"]),
        ],
        mobile={"labels": False, "marks": 0.76},
    )


def _ordered(evidence: pd.DataFrame, order: str) -> list[Row]:
    """The rows with their diagnosticity as ``spread``, in the order given; ties by date."""
    rows = [
        {**row, "spread": ach.diagnosticity(row[one] for one in HYPOTHESES)}
        for row in tables.records(evidence)
    ]

    def by(row: Row) -> tuple[Any, ...]:
        rank = {"diagnosticity": -row["spread"], "credibility": -ach.WEIGHTS[row["credibility"]]}
        return rank.get(order, 0), row["date"], row["id"]

    return sorted(rows, key=by)


def _grid(rows: list[Row], scores: dict[str, float]) -> Rows:
    """A line a piece of evidence, a column of signs an explanation with what speaks against it."""
    best = min(scores.values())
    columns = [
        Column(LETTERS[one], NAMES[one], f"{scores[one]:.2f}{' ▲' if scores[one] == best else ''}")
        for one in HYPOTHESES
    ]
    lines = [
        Line(at, row["short"], cells=[SIGNS[row[one]] for one in HYPOTHESES])
        for at, row in enumerate(rows)
    ]
    of = {"title": _EVIDENCE, "cells": list(NAMES.values())}
    return Rows([Group("", lines)], columns=columns, of=of)


def _grid_title(rows: list[Row], scores: dict[str, float], without: str | None) -> str:
    if not rows:
        return TEXTS["none left"]
    order = ach.ranking(scores)
    few, last, least = order.first, order.groups[-1], scores[order.first[0]]
    some = TEXTS["some"].format(count=len(few), all=len(scores)) if len(few) > 2 else named(few)
    head, *tails = best(few, least) if least else [TEXTS["nothing"].format(some=some)]
    if len(order.groups) > 1:
        tails.append(STANDS["worst"].format(worst=named(last), score=scores[last[0]]))
    if without:
        return fitting(TEXTS["without kind"].format(kind=KINDS[without]) + head, *tails)
    return fitting(capital(head), *tails)


def _grid_description(frame: pd.DataFrame, scores: dict[str, float]) -> str:
    if frame.empty:
        return TEXTS["choose"]
    blunt = int((frame["spread"] == 0).sum())
    turning = int(ach.sensitivity(frame, list(HYPOTHESES))["changes"].sum())
    return TEXTS["grid"].format(
        rows=counted(len(frame), "row"),
        blunt=blunt or "none",
        scores=", ".join(f"{NAMES[one]} {score:.2f}" for one, score in scores.items()),
        turning=of_them(turning),
    )


def _marked(hypothesis: str) -> Callable[[Row], str]:
    return lambda row: f"{SIGNS[row[hypothesis]].sign} {row[hypothesis]}"


_COLUMNS: draw.Columns = {
    _EVIDENCE: "statement",
    "Kind": lambda row: KINDS[row["kind"]],
    _SINCE: draw.spelled("date"),
    "From": "origin",
    "Credibility": "credibility",
    "Relevance": "relevance",
    **{name: _marked(one) for one, name in NAMES.items()},
    "Diagnosticity": lambda row: row["spread"],
    _WHY: "reason",
    _MARKS: lambda row: " ".join(f"{LETTERS[one]} {SIGNS[row[one]].sign}" for one in HYPOTHESES),
    "Taken from": lambda row: TEXTS["taken from"].format(
        table=row["from_table"], row=row["from_id"]
    ),
}
