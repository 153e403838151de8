"""Grid: evidence against explanations, marked by the reader and scored as they go (ACH).

    Matrix("09.grid", "Which explanation has least against it?", rows=[…], columns=[…], worked={…})

The rules are those of `upheaval.methods.hypotheses`; ``rules.ts`` has their twins. Rows
and columns come from the caller: the widget knows nothing of any topic.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from ...methods.hypotheses import MARKS, WEIGHTS, WORDS
from ..core.persisted import PersistedWidget

Json = Any

SIGNS = {"CC": "●", "C": "○", "N": "·", "I": "✕", "II": "✖"}


class Matrix(PersistedWidget):
    """A grid to fill with marks from ``CC`` (very consistent) to ``II`` (very inconsistent).

    ``rows`` are mappings with ``id``, ``text``, ``about`` (a line of small print), ``credibility``
    and ``relevance`` (low, medium or high; the reader may change both) and ``reason`` (why the
    worked marks are as they are). ``columns`` are mappings with ``key``, ``name`` and ``text``.
    ``worked`` maps row ids to columns to marks: the reader may begin with them, or with an empty
    grid. ``advice`` stands under the question; ``row_word`` and ``column_word`` are what rows and
    columns are called, in the singular. Raises ``ValueError`` for an id or key used twice and for
    worked marks that do not fit.

    What is kept: ``{"marks": {row: {column: mark}}, "left": [rows left out], "weights": {row:
    {"credibility", "relevance"}} where the reader changed them, "weighted": whether weights
    count}``.
    """

    face = "matrix"

    def __init__(
        self,
        key: str,
        question: str,
        rows: Sequence[Mapping[str, Json]],
        columns: Sequence[Mapping[str, Json]],
        *,
        worked: Mapping[str, Mapping[str, str]] | None = None,
        advice: str = "",
        row_word: str = "row",
        column_word: str = "column",
    ):
        self.rows = {str(row["id"]): dict(row) for row in rows}
        self.columns = {str(column["id"]): dict(column) for column in columns}
        if len(self.rows) < len(rows) or len(self.columns) < len(columns):
            raise ValueError(
                f"grid {key!r}: two rows have the same id, or two columns the same key"
            )
        given = {row: dict(marks) for row, marks in (worked or {}).items()}
        if _fitting(given, self.rows, self.columns, MARKS) != given:
            raise ValueError(
                f"grid {key!r}: the worked marks name a row, a column or a mark that is not there"
            )
        super().__init__(
            key,
            question=question,
            rows=[*self.rows.values()],
            columns=[*self.columns.values()],
            worked=given,
            advice=advice,
            nouns={"row": row_word, "column": column_word},
            marks=[{"mark": mark, "word": WORDS[mark], "sign": SIGNS[mark]} for mark in MARKS],
        )

    def validate(self, value: Json) -> Json:
        """The part of ``value`` that fits this grid.

        Raises ``ValueError`` with a sentence if it is no grid at all.
        """
        if not isinstance(value, dict) or not isinstance(value.get("marks"), dict):
            raise ValueError("This is not a filled grid, so nothing was changed.")
        left = value.get("left")
        return {
            "marks": _fitting(value["marks"], self.rows, self.columns, MARKS),
            "left": [row for row in self.rows if isinstance(left, list) and row in left],
            "weights": _fitting(
                value.get("weights"), self.rows, ("credibility", "relevance"), WEIGHTS
            ),
            "weighted": value.get("weighted") is not False,
        }

    def marked(self) -> pd.DataFrame:
        """The rows that count, complete and not left out, as `methods.hypotheses` takes them."""
        kept = self.value or {"marks": {}, "left": [], "weights": {}}
        rows = [
            {
                "id": row,
                "credibility": about["credibility"],
                "relevance": about["relevance"],
                **kept["weights"].get(row, {}),
                **kept["marks"].get(row, {}),
            }
            for row, about in self.rows.items()
            if row not in kept["left"] and len(kept["marks"].get(row, {})) == len(self.columns)
        ]
        return pd.DataFrame(rows, columns=["id", "credibility", "relevance", *self.columns])

    def to_text(self) -> str:
        """The question, the columns and the rows, in words."""
        return "\n".join(
            [
                self.spec["question"],
                *(f"– {one['name']}: {one['text']}" for one in self.columns.values()),
                *(f"– {one['text']}" for one in self.rows.values()),
            ]
        )


def _fitting(
    given: Json, rows: Iterable[str], names: Iterable[str], words: Iterable[str]
) -> dict[str, dict[str, str]]:
    """What of ``given`` (rows to names to words) is known; rows with nothing left go."""
    found = {}
    for row in rows:
        cells = given.get(row) if isinstance(given, dict) else None
        kept = {
            name: cells[name]
            for name in names
            if isinstance(cells, dict) and cells.get(name) in [*words]
        }
        if kept:
            found[row] = kept
    return found
