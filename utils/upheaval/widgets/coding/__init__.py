"""Coding: codes on named scales that a reader may contest, each change with a reason.

What fits, and what codes say, is decided where the reader is: by ``rules.ts``. Here stands what the
face is sent, and what is looked at before a change is kept: its shape, never whether it is good.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NotRequired, TypedDict, cast

from ..core import storage
from ..core.persisted import PersistedWidget
from ..core.protocol import FileHead

#: A longer reason is refused, so that one paste cannot make the file of a reader's work unusable.
MOST_LETTERS = 5_000

NO_LIST = "A coding is kept as a list of changes; this is none, so nothing was kept. Choose again."
NO_CHANGE = (
    "A change names a scale, a row, a column and a code that are here, and gives a reason of at"
    f" most {MOST_LETTERS:,} letters. One of these does not, so nothing was kept."
)


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


class LabelledSpec(TypedDict):
    """Something with a name for programs and a label for people."""

    name: str
    label: str


class ScaleSpec(LabelledSpec):
    """A `Scale` as the face gets it; the codes in ``labels`` are text, as JSON wants them."""

    low: int
    high: int
    labels: dict[str, str]


class CellSpec(TypedDict):
    """A `Cell` as the face gets it."""

    codes: dict[str, int]
    says: str
    evidence: str
    reason: str


class RowSpec(LabelledSpec):
    """A row as the face gets it: a cell for each column that has one."""

    cells: dict[str, CellSpec]


class CodingSpec(TypedDict):
    """What the face of a coding is sent: ``CodingSpec`` in ``core/protocol.ts``."""

    question: str
    head: FileHead
    least: int
    scales: list[ScaleSpec]
    columns: list[LabelledSpec]
    rows: list[RowSpec]


class Change(TypedDict):
    """A code that the reader contests: ``Change`` in ``core/protocol.ts``."""

    scale: str
    row: str
    column: str
    code: int
    reason: str


class KeptCoding(TypedDict):
    """What is kept: at most one change a cell and scale.

    ``drafts`` are changes that were typed and do not count yet.
    """

    changes: list[Change]
    drafts: NotRequired[list[Change]]


class Coding(PersistedWidget):
    """Codes for ``rows`` × ``columns`` on scales; a reader may change each, with a reason.

    ``columns`` maps names to labels; ``rows`` maps a name to (label, {column: `Cell`}), where a
    column may be missing. A change needs a reason of at least ``least`` words. Kept under
    ``storage_key`` is a `KeptCoding`. Raises ``ValueError`` when a cell has a code that is not on
    its scale, or stands in a column that is not there.
    """

    face = "coding"
    linked_keys = (storage.SIGN,)

    def __init__(
        self,
        storage_key: str,
        question: str,
        *,
        scales: Sequence[Scale],
        columns: Mapping[str, str],
        rows: Mapping[str, tuple[str, Mapping[str, Cell]]],
        least: int = 4,
    ):
        for name, (_, cells) in rows.items():
            _check_cells(name, cells, scales, columns)
        spec: CodingSpec = {
            "question": question,
            "head": storage.head(),
            "least": least,
            "scales": [_scale_spec(one) for one in scales],
            "columns": [{"name": name, "label": label} for name, label in columns.items()],
            "rows": [
                {
                    "name": name,
                    "label": label,
                    "cells": {column: _cell_spec(cell) for column, cell in cells.items()},
                }
                for name, (label, cells) in rows.items()
            ],
        }
        self.scales = {one.name: one for one in scales}
        self.cells = {name: frozenset(cells) for name, (_, cells) in rows.items()}
        super().__init__(storage_key, **spec)

    def validate(self, value: object) -> KeptCoding:
        """The changes in ``value``, one a cell and scale (the last counts).

        Raises ``ValueError`` with a sentence for what has not the shape of changes to this coding.
        """
        if not isinstance(value, dict):
            raise ValueError(NO_LIST)
        kept: KeptCoding = {"changes": self._one_a_code(value.get("changes"))}
        if drafts := self._one_a_code(value.get("drafts") or []):
            kept["drafts"] = drafts
        return kept

    def _one_a_code(self, given: object) -> list[Change]:
        """The changes in a list, one a cell and scale. Raises ``ValueError`` with a sentence."""
        if not isinstance(given, list):
            raise ValueError(NO_LIST)
        kept = [self._change(one) for one in given]
        return list({(one["scale"], one["row"], one["column"]): one for one in kept}.values())

    def _change(self, given: object) -> Change:
        """`given`, if it has the shape of a change. Raises ``ValueError`` with a sentence."""
        one = given if isinstance(given, dict) else {}
        scale, row, column, reason = (
            one.get(part) for part in ("scale", "row", "column", "reason")
        )
        if not (
            isinstance(scale, str)
            and isinstance(row, str)
            and isinstance(column, str)
            and isinstance(reason, str)
            and len(reason) <= MOST_LETTERS
            and column in self.cells.get(row, ())
            and scale in self.scales
            and _is_on(self.scales[scale], one.get("code"))
        ):
            raise ValueError(NO_CHANGE)
        return {
            "scale": scale,
            "row": row,
            "column": column,
            "code": one["code"],
            "reason": reason,
        }

    def answer_in_words(self, value: KeptCoding) -> list[str]:
        """The changes, each with its reason."""
        rows = {one["name"]: one["label"] for one in self.spec["rows"]}
        columns = {one["name"]: one["label"] for one in self.spec["columns"]}
        return [
            f"Your change: {rows[one['row']]}, {columns[one['column']]},"
            f" {self.scales[one['scale']].label}: {_signed(one['code'])}. {one['reason']}"
            for one in value["changes"]
        ] or ["No change yet."]

    def to_text(self) -> str:
        """The question and all codes, in words."""
        labels = {one["name"]: one["label"] for one in self.spec["columns"]}
        lines = [self.spec["question"]]
        for row in self.spec["rows"]:
            each = "; ".join(
                f"{labels[column]} "
                + ", ".join(
                    f"{_signed(cell['codes'][scale['name']])} ({scale['label'].lower()})"
                    for scale in self.spec["scales"]
                )
                for column, cell in row["cells"].items()
            )
            lines.append(f"– {row['label']}: {each}")
        return "\n".join(lines)


def _scale_spec(scale: Scale) -> ScaleSpec:
    labels = {str(code): label for code, label in scale.labels.items()}
    return cast(ScaleSpec, {**vars(scale), "labels": labels})


def _cell_spec(cell: Cell) -> CellSpec:
    return cast(CellSpec, {**vars(cell), "codes": dict(cell.codes)})


def _check_cells(
    row: str, cells: Mapping[str, Cell], scales: Sequence[Scale], columns: Mapping[str, str]
) -> None:
    """Raise ``ValueError`` where a cell stands in no column, or has no code on a scale."""
    for column, cell in cells.items():
        if column not in columns:
            raise ValueError(f"row “{row}”: no column “{column}”; there are {', '.join(columns)}")
        for scale in scales:
            if not _is_on(scale, cell.codes.get(scale.name)):
                raise ValueError(
                    f"row “{row}”, column “{column}”: no code on the scale “{scale.name}”, which"
                    f" goes from {scale.low} to {scale.high}"
                )


def _is_on(scale: Scale, code: object) -> bool:
    return type(code) is int and scale.low <= code <= scale.high


def _signed(code: int) -> str:
    """A code with its sign: ``+1``, ``0``, ``−2``."""
    return f"+{code}" if code > 0 else str(code).replace("-", "−")
