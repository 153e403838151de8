"""What became of a forecast, a prediction or a promise: when there may be an outcome, and which."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from . import excerpts
from .dates import bounds
from .problems import Problem, quoted
from .tables import Sound, Table

BOTH = ("open", "condition-not-met")
OF_KIND = {
    "prediction": ("right", "largely-right", "partly-right", "wrong", *BOTH),
    "promise": ("kept", "largely-kept", "partly-kept", "not-kept", "overtaken", *BOTH),
}
"""What may have become of what was said, by `claim_type`; of all other kinds nothing."""


def of_quotes(sound: Sound) -> Iterator[Problem]:
    """Predictions and promises without an outcome, or with one of the other; others with one.

    What became of them is carried by a sentence, as the outcome of a question is.
    """
    for table in sound.values():
        if table.has("claim_type", "outcome"):
            yield from table.once(_of_quotes)
            if excerpts.NAME in sound:
                yield from table.once(_sentences, sound[excerpts.NAME])


def _of_quotes(table: Table) -> Iterator[Problem]:
    for at, row in enumerate(table.records()):
        allowed, outcome = OF_KIND.get(row["claim_type"], ()), row["outcome"]
        if pd.isna(outcome):
            if allowed:
                expected = f"Say what became of the {row['claim_type']}: {', '.join(allowed)}."
                yield table.problem(at, "outcome", "nothing", expected)
        elif outcome not in allowed:
            found = f"{quoted(outcome)} of a {row['claim_type']}"
            right = f"It should be one of: {', '.join(allowed)}." if allowed else "Leave it empty."
            yield table.problem(at, "outcome", found, right)


def of_questions(sound: Sound) -> Iterator[Problem]:
    """Questions that were settled before they opened or after they closed, or that no page settles.

    "Yes" may come before the day on which a question closes, "no" only on that day. A question that
    is open yet has no end: see `open_by_then`.
    """
    for table in sound.values():
        if table.has("opens", "closes", "settled", "outcome"):
            yield from table.once(_days)
            if excerpts.NAME in sound:
                yield from table.once(_sentences, sound[excerpts.NAME])


def _days(table: Table) -> Iterator[Problem]:
    for at, row in enumerate(table.records()):
        opens, closes, settled = row["opens"], row["closes"], row["settled"]
        if pd.isna(settled) or pd.isna(row["outcome"]) or closes < opens:
            continue  # which is told elsewhere
        day = f'"{settled:%Y-%m-%d}"'
        if settled < opens or settled > closes:
            expected = f"It should be from {opens:%Y-%m-%d} to {closes:%Y-%m-%d}."
            yield table.problem(at, "settled", day, expected)
        elif not row["outcome"] and settled < closes:
            expected = (
                f"Write {closes:%Y-%m-%d}: a no is settled when the question closes. Until then it"
                f" is open: leave {', '.join(END)} empty."
            )
            yield table.problem(at, "settled", f'{day} with the outcome "no"', expected)


END = ("outcome", "settled", "what_happened", "why")
"""Columns of a question that are filled when its end is known, and empty until then."""


def open_by_then(sound: Sound, known: str) -> Iterator[Problem]:
    """Questions half open, and questions without an end that closed by `known` (a partial date)."""
    for table in sound.values():
        if table.has("closes", *END):
            yield from _open(table, known)


def _open(table: Table, known: str) -> Iterator[Problem]:
    last = bounds(known)[1]
    for at, row in enumerate(table.records()):
        empty = [one for one in END if pd.isna(row[one])]
        closes = f"{row['closes']:%Y-%m-%d}"
        if not empty:
            continue
        others = ", ".join(one for one in END if one != empty[0])
        if last and row["closes"].date() <= last and len(empty) == len(END):
            found = f"nothing, and it closed on {closes}"
            expected = f"The collection knows the world until {known}: write yes or no, and fill"
            yield table.problem(at, "outcome", found, f"{expected} {others}.")
        elif len(empty) < len(END):
            filled = next(one for one in END if one not in empty)
            found = f"nothing, though {filled} says how the question ended"
            expected = f"Fill all of {', '.join(END)}; or none, while the question is open."
            yield table.problem(at, empty[0], found, expected)


def _sentences(table: Table, excerpted: Table) -> Iterator[Problem]:
    carried = {
        one["row"]
        for one in excerpted.records()
        if one["table"] == table.entry["name"]
        and ("outcome" in one["carries"] or not one["carries"])
    }
    rows = {one["row"] for one in excerpted.records() if one["table"] == table.entry["name"]}
    for at, row in enumerate(table.records()):
        outcome = row["outcome"]
        if "claim_type" in row and outcome not in OF_KIND.get(row["claim_type"], ()):
            continue  # none, or none of its kind, which is told elsewhere
        if row["id"] in rows - carried and pd.notna(outcome):
            found = "an outcome that no sentence carries"
            expected = "Add an excerpt that carries outcome."
            yield table.problem(at, "outcome", found, expected)


RULES = (of_quotes, of_questions)
"""The rules of this module, in the order in which they are asked."""
