"""Clauses of treaties side by side: what must have happened, what must be done, who has a say."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from .. import stories
from ..facts import tables
from ..facts.wording import listed, of_them
from ..protocol import ListColumns
from . import draw
from .draw import Chart, Column, Group, Line, Mark, Rows, chosen, theme


@dataclass(frozen=True)
class Question:
    """One thing to ask of every clause: the column that answers, and its values, least first.

    A value is (value, heading of a column of the chart, words for a title).
    """

    label: str
    column: str
    answers: tuple[tuple[str, str, str], ...]

    @property
    def headings(self) -> dict[str, str]:
        """The heading of each value's column."""
        return {value: heading for value, heading, _ in self.answers}

    @property
    def said(self) -> dict[str, str]:
        """The words of each value in a title."""
        return {value: said for value, _, said in self.answers}


QUESTIONS = {
    "obligation": Question(
        "What must be done?",
        "obligation",
        (
            ("consult", "talk", "talks"),
            ("no-help-to-attacker", "not help the attacker", "no help for the attacker"),
            ("act-as-decided", "act: each decides how", "action that each side decides on"),
            ("all-means", "help at once, all means", "help at once with all means"),
        ),
    ),
    "trigger": Question(
        "What must have happened?",
        "trigger",
        (
            ("threat", "a threat", "a threat"),
            ("attack", "an attack", "an attack"),
            ("attack-in-area", "an attack in a named area", "an attack in a named area"),
            (
                "attack-and-war",
                "an attack and a state of war",
                "an attack that brings a state of war",
            ),
        ),
    ),
    "limits": Question(
        "Who has a say?",
        "limits",
        (
            ("no-help", "no help is owed", "no help owed"),
            ("own-judgement", "each judges the need", "each side's own judgement"),
            ("own-law", "own laws decide too", "each side's own laws"),
            ("none", "words leave no choice", "no choice in the words"),
        ),
    ),
}
#: Which treaties: label, and a rule on the parties.
GROUPS = {
    "all": "All clauses",
    "moscow": "Moscow and Pyongyang",
    "four": "Others of the four",
    "washington": "The United States",
}
#: How sure we are of the words.
_WHOLE, _PART, _NONE = theme.DEGREES
WORDING = {
    "official": replace(_WHOLE, meaning="official English text"),
    "translation": replace(_PART, meaning="published translation"),
    "described": replace(_NONE, colour=theme.ORANGE, meaning="described by others, text not seen"),
}
#: The column of the table with the answers to each question.
_ANSWERS = {
    "obligation": "What must be done",
    "trigger": "What must have happened",
    "limits": "Who has a say",
}
_CLAUSE = "Clause"
LIST: ListColumns = {
    "when": _CLAUSE,
    "title": _ANSWERS["obligation"],
    "body": "Words",
    "status": "In force",
    "note": "Read with care",
    "highlights": "The words themselves",
}

#: The words of titles, subtitles and descriptions.
TEXTS = {
    "in force": "in force from {day}",
    "ended": "ended {day}",
    "no words": "No text that we can quote.",
    "words": "“{text}” ({known})",
    "described": "said of the article",
    "year": "{year}: {answers}",
    "obligation": "The most that is promised is {answer}: {which}",
    "signed": "{count} of {all} clauses, signed in {years}",
    "trigger": "A threat is enough for {count} of {all} clauses, to {less}; the others wait for an"
    " attack",
    "no trigger": "A threat is enough for no clause here: each waits for an attack",
    "limits": "No choice in {count} of {all} clauses ({years}); {each}",
    "no limits": "Who has a say in {all} clauses: {each}",
    "coding": "{question} Our coding of {count} clauses, by year of signature",
    "one": "{answers}. One clause is shown.{unseen}",
    "many": "{answers}. {count} clauses are shown.{unseen}",
    "unseen": " For {count} of them we rely on what others say of the text.",
}

question_options = draw.offer(QUESTIONS)
group_options = draw.offer(GROUPS)


def compared(clauses: pd.DataFrame, question: str = "obligation", group: str = "all") -> Chart:
    """Clauses in order of signature, one row each, with a sign in the column of its answer.

    ``clauses`` is the table ``treaty_clauses``; ``question`` a key of `QUESTIONS`, ``group`` one of
    `GROUPS`. The sign says how we know the words. The list under the chart has the words
    themselves. Raises ``KeyError`` for others.
    """
    ask = chosen(QUESTIONS, question, "question")
    chosen(GROUPS, group, "group of treaties")
    rows = _in_order(clauses, group)
    each = list(tables.tuples(rows))
    return Chart(
        None,
        rows=_rows(each, ask),
        title=_title(each, question, group),
        subtitle=TEXTS["coding"].format(question=ask.label, count=len(rows)),
        description=_description(each, ask),
        table=_table(rows, each),
        **draw.provenance("treaty_clauses", rows),
        name=f"clauses-{question}",
        list_columns=LIST,
        legend=[mark for one, mark in WORDING.items() if one in set(rows["wording"])],
    )


def _in_order(clauses: pd.DataFrame, group: str) -> pd.DataFrame:
    """The clauses of a group in order of signature, with who agreed to them."""
    names = draw.short_names()
    rows = clauses.assign(
        group=[_group(parties) for parties in clauses["parties"]],
        who=["–".join(names[code] for code in parties) for parties in clauses["parties"]],
    )
    here = rows[rows["group"].eq(group) | (group == "all")]
    return here.sort_values(["signed", "id"]).reset_index(drop=True)


def _group(parties: tuple[str, ...]) -> str:
    if set(parties) & {"USA", "NATO"}:
        return "washington"
    return "moscow" if "PRK" in parties and set(parties) & {"RUS", "SUN"} else "four"


def _rows(clauses: list[Any], ask: Question) -> Rows:
    """A clause a line, with the sign of its wording under its answer."""

    def cells(row: Any) -> list[Mark | None]:
        answer = getattr(row, ask.column)
        return [WORDING[row.wording] if value == answer else None for value in ask.said]

    lines = [Line(row.Index, _said(row), cells=cells(row)) for row in clauses]
    return Rows(
        [Group("", lines)],
        columns=[Column(heading) for heading in ask.headings.values()],
        of={"title": _CLAUSE, "cells": _ANSWERS[ask.column]},
        named=[_answer(ask, value) for value in ask.said],
    )


def _said(row: Any) -> str:
    return f"{row.signed[:4]} {row.who}, {row.article}"


def _answer(ask: Question, value: str) -> str:
    """An answer as the table has it: what must be done begins a line of the list."""
    text = ask.said[value]
    return draw.capital(text) if ask.column == "obligation" else text


def _title(clauses: list[Any], question: str, group: str) -> str:
    """Year by year for Moscow and Pyongyang; else the answer that matters, and who gave it."""
    ask = QUESTIONS[question]
    labels, heads = ask.said, ask.headings
    answers = [getattr(row, ask.column) for row in clauses]
    if group == "moscow":
        years: dict[str, list[str]] = {}
        for row, answer in zip(clauses, answers, strict=True):
            years.setdefault(row.signed[:4], []).append(answer)
        return stories.first_fitting([_by_year(years, said) for said in (labels, heads)])
    told = {"trigger": "threat", "limits": "none"}.get(
        question, next((one for one in reversed(labels) if one in answers), "")
    )
    rows = [row for row, answer in zip(clauses, answers, strict=True) if answer == told]
    duties = QUESTIONS["obligation"].headings
    words = {
        "answer": labels[told],
        "count": of_them(len(rows)).lower(),
        "all": len(clauses),
        "years": listed(list(dict.fromkeys(row.signed[:4] for row in rows)) or [""]),
        "less": " or ".join(dict.fromkeys(duties[row.obligation] for row in rows)),
        "each": ", ".join(
            f"{heads[one]} in {answers.count(one)}"
            for one in reversed(heads)
            if one in answers and one != told
        ),
    }
    which = [
        listed([f"{row.signed[:4]} {row.who}" for row in rows] or [""]),
        TEXTS["signed"].format(**words),
    ]
    text = TEXTS[question if rows else f"no {question}"]
    return stories.first_fitting([text.format(which=one, **words) for one in which])


def _by_year(years: dict[str, list[str]], said: dict[str, str]) -> str:
    return "; ".join(
        TEXTS["year"].format(year=year, answers=", then ".join(said[one] for one in each))
        for year, each in years.items()
    )


def _description(clauses: list[Any], ask: Question) -> str:
    unseen = sum(row.wording == "described" for row in clauses)
    return TEXTS["one" if len(clauses) == 1 else "many"].format(
        count=len(clauses),
        answers="; ".join(f"{_said(row)}: {ask.said[getattr(row, ask.column)]}" for row in clauses),
        unseen=TEXTS["unseen"].format(count=of_them(unseen).lower()) if unseen else "",
    )


def _table(rows: pd.DataFrame, clauses: list[Any]) -> pd.DataFrame:
    def answers(question: str) -> list[str]:
        return [_answer(QUESTIONS[question], value) for value in rows[question]]

    return pd.DataFrame(
        {
            _CLAUSE: [f"{tables.spell(row.signed)}, {row.who}, {row.article}" for row in clauses],
            "Treaty": rows["treaty"],
            LIST["status"]: [_force(row) for row in clauses],
            **{_ANSWERS[one]: answers(one) for one in ("trigger", "obligation", "limits")},
            "Automatic": rows["automatic"],
            LIST["body"]: [_quoted(row) for row in clauses],
            LIST["note"]: rows["note"],
        }
    )


def _force(row: Any) -> str:
    days = {"in force": row.in_force, "ended": row.ended}
    told = [TEXTS[one].format(day=tables.spell(day)) for one, day in days.items() if pd.notna(day)]
    return ", ".join(told)


def _quoted(row: Any) -> str:
    if pd.isna(row.excerpt):
        return TEXTS["no words"]
    known = TEXTS["described"] if row.wording == "described" else row.wording
    return TEXTS["words"].format(text=row.excerpt, known=known)
