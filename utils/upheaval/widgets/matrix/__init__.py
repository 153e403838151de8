"""Grid: evidence against explanations, marked by the reader and scored as they go (ACH).

    Matrix("09.grid", "Which explanation has least against it?", rows=[…], columns=[…], worked={…})

The method is that of `upheaval.methods.hypotheses`. ``rules.ts`` has it for the grid that a reader
fills, and says what of a grid counts; here is looked only at the shape of what the face sends. Rows
and columns come from the caller: the widget knows nothing of any topic.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from typing import Any, NotRequired, TypedDict

from ...methods.hypotheses import MARKS, SIGNS, WEIGHTS, WORDS
from ..core import storage
from ..core.persisted import PersistedWidget
from ..core.protocol import FileHead

NO_GRID = "This is not a filled grid, so nothing was changed. Load another."
NOT_HERE = (
    "A filled grid has rows, columns, marks and weights that are here. Something in this one is"
    " not, so nothing was changed. Load another."
)


class MatrixRow(TypedDict):
    """A row: ``about`` is a line of small print, ``reason`` why the worked marks are as they are;
    rows of one ``origin`` stand or fall together, and can be left out together.

    ``credibility`` and ``relevance`` are low, medium or high; the reader may change both.
    """

    id: str
    text: str
    credibility: str
    relevance: str
    about: NotRequired[str]
    origin: NotRequired[str]
    reason: NotRequired[str]


class MatrixColumn(TypedDict):
    """A column: its name, and what it stands for."""

    id: str
    name: str
    text: str


class MarkSpec(TypedDict):
    """A mark with its word and its sign."""

    mark: str
    word: str
    sign: str


class MatrixSpec(TypedDict):
    """What the face of a grid is sent: ``MatrixSpec`` in ``core/protocol.ts``."""

    question: str
    head: FileHead
    rows: list[MatrixRow]
    columns: list[MatrixColumn]
    worked: dict[str, dict[str, str]]
    advice: str
    nouns: dict[str, str]
    marks: list[MarkSpec]


class KeptMatrix(TypedDict):
    """A filled grid: marks by row and column, and ids of rows that are left out.

    ``weights`` are the credibility and the relevance of rows where the reader changed them;
    ``weighted`` says whether weights count.
    """

    marks: dict[str, dict[str, str]]
    left: list[str]
    weights: dict[str, dict[str, str]]
    weighted: bool


class Matrix(PersistedWidget):
    """A grid to fill with marks from ``CC`` (very consistent) to ``II`` (very inconsistent).

    ``worked`` maps ids of rows to ids of columns to marks: the reader may begin with them, or with
    an empty grid. ``advice`` stands under the question; ``row_word`` and ``column_word`` are what
    rows and columns are called, in the singular. Kept under ``storage_key`` is a `KeptMatrix`.
    Raises ``ValueError`` for an id used twice and for worked marks that do not fit.
    """

    face = "matrix"
    linked_keys = (storage.SIGN,)

    def __init__(
        self,
        storage_key: str,
        question: str,
        rows: Sequence[MatrixRow],
        columns: Sequence[MatrixColumn],
        *,
        worked: Mapping[str, Mapping[str, str]] | None = None,
        advice: str = "",
        row_word: str = "row",
        column_word: str = "column",
    ):
        self.rows = {row["id"]: row for row in rows}
        self.columns = {column["id"]: column for column in columns}
        if len(self.rows) < len(rows) or len(self.columns) < len(columns):
            raise ValueError(
                f"grid “{storage_key}”: two rows or two columns have one id; give each its own"
            )
        given = {row: dict(marks) for row, marks in (worked or {}).items()}
        if not _are_known(given, self.rows, self.columns, MARKS):
            raise ValueError(
                f"grid “{storage_key}”: the worked marks name a row, a column or a mark that is not"
                " there; name those of the grid"
            )
        spec: MatrixSpec = {
            "question": question,
            "head": storage.head(),
            "rows": list(rows),
            "columns": list(columns),
            "worked": given,
            "advice": advice,
            "nouns": {"row": row_word, "column": column_word},
            "marks": [{"mark": mark, "word": WORDS[mark], "sign": SIGNS[mark]} for mark in MARKS],
        }
        super().__init__(storage_key, **spec)

    def validate(self, value: object) -> KeptMatrix:
        """What of ``value`` belongs to this grid; what is missing of it is empty.

        A row or a column that is not here any more is left out, and costs no other mark. Raises
        ``ValueError`` with a sentence where ``value`` has not the shape of a grid.
        """
        if not isinstance(value, dict) or not isinstance(value.get("marks"), dict):
            raise ValueError(NO_GRID)
        weights = value.get("weights", {})
        left = value.get("left", [])
        kept: KeptMatrix = {
            "marks": _here(value["marks"], self.rows, self.columns),
            "left": [one for one in left if not isinstance(one, str) or one in self.rows]
            if isinstance(left, list)
            else left,
            "weights": _here(weights, self.rows),
            "weighted": value.get("weighted", True),
        }
        if not (
            _are_known(kept["marks"], self.rows, self.columns, MARKS)
            and _are_known(kept["weights"], self.rows, ("credibility", "relevance"), WEIGHTS)
            and isinstance(kept["left"], list)
            and all(isinstance(row, str) for row in kept["left"])
            and isinstance(kept["weighted"], bool)
        ):
            raise ValueError(NOT_HERE)
        return {**kept, "left": list(dict.fromkeys(kept["left"]))}

    def answer_in_words(self, value: KeptMatrix) -> list[str]:
        """The marks, row by row."""
        left = set(value["left"])
        return [
            f"Your marks: {self.rows[row]['text']} "
            + "; ".join(
                f"{self.columns[column]['name']} {SIGNS[mark]} {WORDS[mark]}"
                for column, mark in marks.items()
            )
            + (" (left out)" if row in left else "")
            for row, marks in value["marks"].items()
            if marks
        ] or ["No mark yet."]

    def to_text(self) -> str:
        """The question, the columns and the rows, in words."""
        return "\n".join(
            [
                self.spec["question"],
                *(f"– {one['name']}: {one['text']}" for one in self.columns.values()),
                *(f"– {one['text']}" for one in self.rows.values()),
            ]
        )


def _here(given: Any, rows: Container[str], columns: Container[str] | None = None) -> Any:
    """``given`` without rows and columns that are not here: a lesson may have lost them since."""
    if not isinstance(given, dict):
        return given
    return {
        row: {name: word for name, word in cells.items() if columns is None or name in columns}
        if isinstance(cells, dict)
        else cells
        for row, cells in given.items()
        if row in rows
    }


def _are_known(
    given: object, rows: Container[str], names: Container[str], words: Container[str]
) -> bool:
    """Whether ``given`` maps some of ``rows`` to some of ``names`` to some of ``words``."""
    return isinstance(given, dict) and all(
        row in rows
        and isinstance(cells, dict)
        and all(
            name in names and isinstance(word, str) and word in words
            for name, word in cells.items()
        )
        for row, cells in given.items()
    )
