"""The column `headline`: a row in one line, from which titles are made."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from . import excerpts, figures, plain_text
from .cells import as_text
from .problems import Problem, quoted
from .tables import Sound, Table

COLUMN = "headline"
LONGEST = 12
"""Words in a headline: what is taken in at a glance."""

_NO_COUNT = re.compile(r"\b(?:a|an|one|first|second|third)\b", re.IGNORECASE)
"""Words that `numbers_in` takes for numbers, and that seldom count anything in a headline."""
_PAST = re.compile(
    r"\b(?:was|were|had|did|went|came|began|saw|took|gave|wrote|spoke|knew|grew|fell|rose|flew|drew"
    r"|broke|chose|drove|became|(?<!is )(?<!are )(?<!be )(?:said|told)(?! to\b))\b",
    re.IGNORECASE,
)
"""Forms of verbs that are past and nothing else; "sent" may be a participle, and is none."""
_NOW = re.compile(
    r"\b(?:accuse|acknowledge|admit|announce|assert|believe|charge|claim|confirm|count|den(?:y|ie)"
    r"|doubt|estimate|find|hear|hint|insist|learn|note|put|recall|repeat|report|reveal|say|see|show"
    r"|suggest|suspect|tell|think|warn)s?\b",
    re.IGNORECASE,
)
_CONFIRMS = re.compile(
    r"\b(?:acknowledge|admit|announce|confirm|count|find|learn|note|prove|reveal|see)s?\b",
    re.IGNORECASE,
)
"""Words that make a fact of what somebody says."""
_TOLD = re.compile(
    r": |\b(?:accord|accuse|account|announce|assess|believe|call|charge|claim|count|den|doubt"
    r"|estimate|expect|may\b|put|report|reject|sanction|saw|say|said|speak|suspect|tell|think"
    r"|told|understanding|warn)",
    re.IGNORECASE,
)
"""Words that say that somebody tells a thing."""
_LINES = {"events": ("title", COLUMN), "estimates": (COLUMN,), "ties": ("description",)}
"""The columns that tell a row in one line, by its table."""


def form(sound: Sound) -> Iterator[Problem]:
    """Headlines that are too long, or end as a sentence does."""
    for table in _having(sound):
        yield from table.once(_form)


def _form(table: Table) -> Iterator[Problem]:
    for at, cell in enumerate(table.column(COLUMN)):
        if not _is_sound(cell):
            continue
        if (words := len(cell.split())) > LONGEST:
            expected = f"Say it in {LONGEST} words at most: one thing, and who says it."
            yield table.problem(at, COLUMN, f"{words} words", expected)
        if cell.endswith(".") and not cell.endswith(("U.S.", "…")):
            expected = "Take out the full stop: a headline is no sentence of a text."
            yield table.problem(at, COLUMN, f"{quoted(cell)}, which ends in one", expected)


def numbers(sound: Sound) -> Iterator[Problem]:
    """Numbers of a headline that neither its row nor an excerpt of it says."""
    if excerpts.NAME not in sound:
        return  # what is wrong there is told, and numbers may stand in an excerpt alone
    for table in _having(sound):
        yield from table.once(_numbers, sound[excerpts.NAME])


def _numbers(table: Table, excerpted: Table) -> Iterator[Problem]:
    said, name = dict(excerpted.once(_said)), table.entry["name"]
    for at, row in enumerate(table.records()):
        if not _is_sound(row[COLUMN]):
            continue
        known = figures.numbers_in(f"{_texts(row)} ; {said.get((name, row['id']), '')}")
        known |= _amounts(table, row)
        for number in _counted(row[COLUMN]):
            if not any(abs(number - one) < 1e-6 for one in known):
                found = f"{number:,.10g}, which neither the row nor an excerpt of it says"
                expected = "Write the number that stands there, or leave it out."
                yield table.problem(at, COLUMN, found, expected)


def _said(excerpted: Table) -> Iterator[tuple[tuple[str, str], str]]:
    """All excerpts of a row, by its table and id."""
    said: dict[tuple[str, str], str] = {}
    for one in excerpted.records():
        texts = map(as_text, (one["sentence"], one["english"]))
        key = one["table"], one["row"]
        said[key] = " ".join([said.get(key, ""), *texts])
    return iter(said.items())


def tense(sound: Sound) -> Iterator[Problem]:
    """Headlines in the past tense: a title tells what its row says, and that is now.

    What somebody says may be past: "Seoul says that Russia gave missiles".
    """
    for table in _having(sound):
        for at, cell in enumerate(table.column(COLUMN)):
            if _is_sound(cell) and (past := _PAST.search(cell)) and not _NOW.search(cell):
                found = f"{quoted(past[0])}, in the past tense"
                yield table.problem(at, COLUMN, found, "Write it in the present tense.")


def says(sound: Sound) -> Iterator[Problem]:
    """Lines that make a fact of what was disputed: the telling is a fact, the told is not.

    A row that is disputed, or was before its status changed, says who tells it; what somebody
    confirms, counts or sees reads as if it were so.
    """
    for name in _LINES:
        if name in sound:
            yield from sound[name].once(_says)


def _says(table: Table) -> Iterator[Problem]:
    columns = _LINES[table.entry["name"]]
    for at, row in enumerate(table.records()):
        if "disputed" not in (row.get("status"), row.get("status_before")):
            continue
        for name in columns:
            if not _is_sound(row.get(name)):
                continue
            fact = _CONFIRMS.search(row[name]) if name != "description" else None
            told = f"the word {quoted(fact[0])}" if fact else f"{quoted(row[name])}, told by nobody"
            if fact or not _TOLD.search(row[name]):
                expected = "Its status is or was disputed: write who says it."
                about = table.entry["path"], row["id"], "status"
                yield table.problem(at, name, told, expected, about)


def _is_sound(cell: Any) -> bool:
    """Whether there is a headline, and nothing in it that is told of every text."""
    return isinstance(cell, str) and not plain_text.faults(cell)


def _texts(row: Mapping[str, Any]) -> str:
    """The texts, dates and lists of a row, without its headline."""
    cells = (cell for name, cell in row.items() if name != COLUMN and not isinstance(cell, float))
    return " ; ".join(map(as_text, cells))


def _amounts(table: Table, row: Mapping[str, Any]) -> frozenset[float]:
    """The numbers in the columns of a row, each by the unit of its column."""
    return frozenset(
        float(row[field["name"]]) * figures.scale_of(field, row)
        for field in table.entry["schema"]["fields"]
        if field["type"] in ("integer", "number") and pd.notna(row[field["name"]])
    )


def _counted(headline: str) -> list[float]:
    """The numbers that a headline says."""
    return sorted(figures.numbers_in(_NO_COUNT.sub(" ; ", headline)))


def _having(sound: Sound) -> Iterator[Table]:
    return (table for table in sound.values() if table.has(COLUMN))


RULES = (form, numbers, tense, says)
"""The rules of this module, in the order in which they are asked."""
