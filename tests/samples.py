"""Small widgets, which tests of Python and of the browser fill alike."""

from __future__ import annotations

from typing import Any

from upheaval.widgets.coding import Cell, Coding, Scale
from upheaval.widgets.matrix import MatrixColumn, MatrixRow

SCALES = [
    Scale("warmth", "Warmth", -2, 2, {-2: "cold", 2: "warm"}),
    Scale("size", "Size", 0, 3, {}),
]
REASON = "The letter of May says otherwise"
GRID_COLUMNS: list[MatrixColumn] = [
    {"id": "a", "name": "Alpha", "text": "It was Alpha."},
    {"id": "b", "name": "Beta", "text": "It was Beta."},
]


def grid_row(
    name: str,
    text: str,
    about: str,
    weights: tuple[str, str],
    reason: str,
) -> MatrixRow:
    """A row of a grid; `weights` are how credible and how relevant it is."""
    return {
        "id": name,
        "text": text,
        "about": about,
        "credibility": weights[0],
        "relevance": weights[1],
        "reason": reason,
    }


def coded(warmth: int, size: int = 1, said: str = "It says so.") -> Cell:
    """A cell with a code on both scales of `coding`."""
    return Cell({"warmth": warmth, "size": size}, said, "Evidence.", "Because.")


def coding(second: str = "Row two", said: str = "It says so.", **more: Any) -> Coding:
    """Three rows by three columns, not all of them coded; `second` is the second row's label."""
    return Coding(
        "99.coding",
        "Contest it",
        columns={"a": "Alpha", "b": "Beta", "c": "Gamma"},
        scales=SCALES,
        rows={
            "r1": (
                "Row one",
                {name: coded(code, said=said) for name, code in (("a", 2), ("b", -1), ("c", -1))},
            ),
            "r2": (second, {"a": coded(1, said=said), "b": coded(1, said=said)}),
            "r3": ("Row three", {"c": coded(0, said=said)}),
        },
        **more,
    )


def change(
    row: str = "r1", column: str = "a", code: Any = -1, reason: Any = REASON, scale: str = "warmth"
) -> Any:
    """One change of a code, as the face of a coding sends it."""
    return {"scale": scale, "row": row, "column": column, "code": code, "reason": reason}
