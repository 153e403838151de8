"""Coding: codes on named scales that a reader may contest, each change with a reason."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..core.persisted import PersistedWidget

Json = Any
#: Row → column → code; a column without a code is left out.
Codes = dict[str, dict[str, int]]

#: A reason in a script that puts no spaces between words counts as long enough from so many letters
#: a word on.
LETTERS_A_WORD = 5


@dataclass(frozen=True)
class Scale:
    """A scale of whole numbers from ``low`` to ``high``, with a word for some or all of them."""

    name: str
    label: str
    low: int
    high: int
    labels: Mapping[int, str]


@dataclass(frozen=True)
class Cell:
    """What was coded: what it ``says``, ``evidence``, a code a scale, and the ``reason``."""

    codes: Mapping[str, int]
    says: str
    evidence: str = ""
    reason: str = ""


class Coding(PersistedWidget):
    """Codes for ``rows`` × ``columns`` on scales; a reader may change each, with a reason.

    ``columns`` maps names to labels; ``rows`` maps a name to (label, {column: `Cell`}), where a
    column may be missing. A change needs a reason of at least ``least`` words. Kept under ``key``:
    ``{"changes": [{"scale", "row", "column", "code", "reason"}, …]}``, at most one change a cell
    and scale. Raises ``ValueError`` when a cell has a code that is not on its scale, or stands in a
    column that is not there.
    """

    face = "coding"

    def __init__(
        self,
        key: str,
        question: str,
        *,
        scales: Sequence[Scale],
        columns: Mapping[str, str],
        rows: Mapping[str, tuple[str, Mapping[str, Cell]]],
        least: int = 4,
    ):
        spec: dict[str, Json] = {
            "question": question,
            "least": least,
            "scales": [
                {
                    "name": one.name,
                    "label": one.label,
                    "low": one.low,
                    "high": one.high,
                    "labels": {str(code): label for code, label in one.labels.items()},
                }
                for one in scales
            ],
            "columns": [{"name": name, "label": label} for name, label in columns.items()],
            "rows": [
                {
                    "name": name,
                    "label": label,
                    "cells": {
                        column: {
                            "codes": dict(cell.codes),
                            "says": cell.says,
                            "evidence": cell.evidence,
                            "reason": cell.reason,
                        }
                        for column, cell in cells.items()
                    },
                }
                for name, (label, cells) in rows.items()
            ],
        }
        for row in spec["rows"]:
            for column, cell in row["cells"].items():
                if column not in columns:
                    raise ValueError(
                        f"row {row['name']!r}: no column {column!r}; there are {', '.join(columns)}"
                    )
                for scale in spec["scales"]:
                    if not _on(scale, cell["codes"].get(scale["name"])):
                        raise ValueError(
                            f"row {row['name']!r}, column {column!r}: no code on the scale "
                            f"{scale['name']!r}, which goes from {scale['low']} to {scale['high']}"
                        )
        super().__init__(key, **spec)

    def validate(self, value: Json) -> dict[str, Json]:
        """The changes in ``value``, one a cell and scale (the last counts).

        Raises ``ValueError`` with a sentence.
        """
        changes = value.get("changes") if isinstance(value, dict) else None
        if not isinstance(changes, list):
            raise ValueError(
                "A coding is kept as a list of changes; this is none, so nothing was kept."
            )
        kept: dict[tuple[str, str, str], dict[str, Json]] = {}
        for change in changes:
            told = problem(self.spec, change)
            if told:
                raise ValueError(told)
            place = (change["scale"], change["row"], change["column"])
            kept[place] = {
                name: change[name] for name in ("scale", "row", "column", "code", "reason")
            }
        return {"changes": list(kept.values())}

    @property
    def changes(self) -> list[dict[str, Json]]:
        """The reader's changes; those that no longer fit the codes are left out."""
        value = self.value
        found = value.get("changes") if isinstance(value, dict) else None
        return (
            [one for one in found if not problem(self.spec, one)] if isinstance(found, list) else []
        )

    def codes(self, scale: str, *, mine: bool = True) -> Codes:
        """The codes on a scale, with the reader's changes (``mine``) or as they were.

        Raises ``KeyError``.
        """
        return coded(self.spec, self.changes if mine else [], scale)

    def summary(self, scale: str, *, mine: bool = True) -> dict[str, Json]:
        """What the codes on a scale say, see `summary`."""
        return summary([one["name"] for one in self.spec["columns"]], self.codes(scale, mine=mine))

    def to_text(self) -> str:
        """The question and all codes, in words."""
        labels = {one["name"]: one["label"] for one in self.spec["columns"]}
        lines = [self.spec["question"]]
        for row in self.spec["rows"]:
            each = "; ".join(
                f"{labels[column]} "
                + ", ".join(
                    f"{signed(cell['codes'][scale['name']])} ({scale['label'].lower()})"
                    for scale in self.spec["scales"]
                )
                for column, cell in row["cells"].items()
            )
            lines.append(f"– {row['label']}: {each}")
        return "\n".join(lines)


# -- the rules, twins of rules.ts; tests/browser/test_coding.py holds both equal ------------------
def signed(code: int) -> str:
    """A code with its sign: ``+1``, ``0``, ``−2``."""
    return f"+{code}" if code > 0 else str(code).replace("-", "−")


def _on(scale: Mapping[str, Json], code: Json) -> bool:
    return (
        isinstance(code, int)
        and not isinstance(code, bool)
        and scale["low"] <= code <= scale["high"]
    )


def long_enough(reason: Json, least: int) -> bool:
    """Whether ``reason`` has at least ``least`` words, or as many letters as these would."""
    if not isinstance(reason, str):
        return False
    words = re.findall(r"[^\W_]+", reason)
    return len(words) >= least or sum(map(len, words)) >= least * LETTERS_A_WORD


def problem(spec: Mapping[str, Json], change: Json) -> str:
    """Why ``change`` cannot be kept, in a sentence; empty when it can."""
    if not isinstance(change, dict):
        return "A change names a scale, a row, a column, a code and a reason; this is none."
    parts: dict[str, Json] = {}
    for part in ("scale", "row", "column"):
        parts[part] = next(
            (one for one in spec[f"{part}s"] if one["name"] == change.get(part)), None
        )
        if parts[part] is None:
            return f"There is no such {part} here: a change names one of those on show."
    scale, row, column = parts["scale"], parts["row"], parts["column"]
    place = f"{row['label']} × {column['label']}"
    cell = row["cells"].get(column["name"])
    if cell is None:
        return f"{place} has no code, so there is none to change."
    if not _on(scale, change.get("code")):
        return (
            f"The code for {place} must be a whole number from {signed(scale['low'])} to"
            f" {signed(scale['high'])}."
        )
    if change["code"] == cell["codes"][scale["name"]]:
        return (
            f"{place} has the code {signed(change['code'])} already: choose another to contest it."
        )
    if not long_enough(change.get("reason"), spec["least"]):
        return f"Say in at least {spec['least']} words why {place} should have another code."
    return ""


def coded(spec: Mapping[str, Json], changes: Sequence[Mapping[str, Json]], scale: str) -> Codes:
    """The codes on ``scale`` after ``changes`` (see `Coding`), each of which must fit.

    Raises ``KeyError``.
    """
    codes = {
        row["name"]: {
            one["name"]: row["cells"][one["name"]]["codes"][scale]
            for one in spec["columns"]
            if one["name"] in row["cells"]
        }
        for row in spec["rows"]
    }
    for change in changes:
        if change["scale"] == scale:
            codes[change["row"]][change["column"]] = change["code"]
    return codes


def summary(columns: Sequence[str], codes: Codes) -> dict[str, Json]:
    """What codes say: ``means``, ``common``, ``agree`` and ``apart``.

    ``means`` has for each column the mean and number of its codes, and the mean over the rows in
    which every column has a code; ``common`` is how many such rows there are. ``agree`` are rows in
    which all of at least two codes are equal, ``apart`` the rows that lie widest apart, with
    ``widest``, by how many points.
    """
    common = [row for row, held in codes.items() if all(column in held for column in columns)]

    def mean(values: list[int]) -> float | None:
        return sum(values) / len(values) if values else None

    means = [
        {
            "column": column,
            "mean": mean([held[column] for held in codes.values() if column in held]),
            "count": sum(column in held for held in codes.values()),
            "shared": mean([codes[row][column] for row in common]),
        }
        for column in columns
    ]
    spread = {
        row: max(held.values()) - min(held.values()) for row, held in codes.items() if len(held) > 1
    }
    widest = max(spread.values(), default=0)
    return {
        "means": means,
        "common": len(common),
        "agree": [row for row, apart in spread.items() if apart == 0],
        "widest": widest,
        "apart": [row for row, apart in spread.items() if widest and apart == widest],
    }
