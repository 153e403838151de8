"""The notebooks as the tests see them: their cells, and a way to run these in this process."""

from __future__ import annotations

import ast
import json
from functools import cached_property
from pathlib import Path
from typing import Any

NOTEBOOKS = Path(__file__).resolve().parents[1] / "notebooks"
#: Tags of cells that no student may get. Written out here, and not asked of the code that keeps
#: them back: a tag that is forgotten there has to turn the tests red.
SECRET_TAGS = frozenset({"solution", "instructor"})

#: The headings of the second level, in order. Lesson 00, which opens the house, may leave some out
#: and has its own.
FRAME = [
    "Predict",
    "Set up",
    "Look",
    "Notice, wonder, headline",
    "Read",
    "Check yourself",
    "Your turn",
    "Talk",
    "Look under the hood",
    "Your prediction again",
    "Before you go",
]
#: What the site has beside the lessons.
SITE_PAGES = (
    "index",
    "glossary",
    "data",
    "bibliography",
    "work",
    "about",
    "accessibility",
    "cite",
    "search",
)


class Cell:
    """A cell of a notebook: `index` (from 0), `kind`, `id`, `source`, `tags` and `outputs`."""

    def __init__(self, index: int, cell: dict[str, Any]):
        self.index, self.kind, self.id = index, cell["cell_type"], cell["id"]
        self.source = "".join(cell["source"])
        self.tags = set(cell["metadata"].get("tags", []))
        self.outputs = cell.get("outputs", [])
        self.raw = cell

    @property
    def visible(self) -> bool:
        """Code that a reader sees in every edition."""
        return self.kind == "code" and "hide-input" not in self.tags

    def __repr__(self) -> str:
        return f"cell {self.index + 1} ({self.id})"


class Lesson:
    """A notebook in notebooks/, by its path."""

    def __init__(self, path: Path):
        self.path, self.number = path, path.name[:2]
        self.raw = json.loads(path.read_text(encoding="utf-8"))
        self.cells = [Cell(index, cell) for index, cell in enumerate(self.raw["cells"])]

    @cached_property
    def about(self) -> dict[str, Any]:
        """What the notebook says of itself."""
        return self.raw["metadata"]["upheaval"]

    @property
    def code(self) -> list[Cell]:
        """The code cells that a run executes."""
        return [
            cell for cell in self.cells if cell.kind == "code" and "skip-execution" not in cell.tags
        ]

    @property
    def headings(self) -> list[str]:
        """The headings of the second level, in order."""
        lines = [
            line
            for cell in self.cells
            if cell.kind == "markdown"
            for line in cell.source.splitlines()
        ]
        return [line.removeprefix("## ").strip() for line in lines if line.startswith("## ")]

    def __repr__(self) -> str:
        return self.path.stem


def every(folder: Path = NOTEBOOKS) -> list[Lesson]:
    """Every lesson there is, in order."""
    return [Lesson(path) for path in sorted(folder.glob("[0-9][0-9]_*.ipynb"))]


def run(source: str, namespace: dict[str, Any]) -> Any:
    """Execute a cell in `namespace`; gives the value of its last line, or None.

    Raises what the cell raises.
    """
    body = ast.parse(source).body
    last = ast.Expression(body.pop().value) if body and isinstance(body[-1], ast.Expr) else None
    exec(compile(ast.Module(body, []), "<cell>", "exec"), namespace)
    return eval(compile(last, "<cell>", "eval"), namespace) if last else None
