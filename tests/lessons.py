"""The notebooks as the tests see them: their cells, and a way to run these in this process."""

from __future__ import annotations

import ast
import html
import json
import re
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from upheaval.lessons import words as lesson_words

NOTEBOOKS = Path(__file__).resolve().parents[1] / "notebooks"
#: Tags of cells that no student may get. Written out here, and not asked of the code that keeps
#: them back: a tag that is forgotten there has to turn the tests red.
SECRET_TAGS = frozenset({"solution", "instructor"})

#: The headings of the second level, in order. Lesson 00, which opens the house, may leave some out
#: and has its own.
FRAME = [
    "What did you keep?",
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
#: How the words of a small lesson begin, for tests of what is wrong with the rest.
HEAD = """lesson: "98"
title: A title
question: Why?
minutes: [10, 20]
time: {Predict: [core, 3], Look: [core, 27], Talk: [more, 5]}
objectives: [Read a date, Read a word]
words: [claim]
key_points: [A point, Another point]
next: What comes next.
"""
#: What the site has beside the lessons.
SITE_PAGES = (
    "index",
    "glossary",
    "data",
    "errata",
    "bibliography",
    "work",
    "comeback",
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
        """What the lesson says of itself, in its words."""
        return lesson_words.load(self.number, self.path.parent / "words").content

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


class Printed(HTMLParser):
    """What a page shows in boxes of even letters, though no code that a reader sees says it.

    ``found`` holds it; under the hood, and below a cell's own code, it is what Python gave.
    """

    CELLS, CODE, VOID = {"cell", "page-code"}, {"cell_input", "page-input"}, {"br", "hr", "img"}
    VOID |= {"input", "link", "meta", "source", "wbr"}

    def __init__(self, page: str):
        super().__init__()
        self.found: list[str] = []
        self._open: list[tuple[str, set[str]]] = []
        self._inside = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.VOID:
            return
        classes = set((dict(attrs).get("class") or "").split())
        if classes & self.CODE:
            for _, outer in self._open:
                outer |= {"with-code"} if outer & self.CELLS else set()
        self._open.append((tag, classes))
        if tag == "pre":
            around = set().union(*(outer for _, outer in self._open))
            self._inside = not around & {"hood", "with-code"}
            self.found += [""] if self._inside else []

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass
        self._inside = self._inside and tag != "pre"

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.found[-1] += data


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


def plain_words(text: str) -> str:
    """The words of a text or a page, without marks, in small letters."""
    return " ".join(
        re.sub(r"[^\w]+", " ", html.unescape(re.sub(r"<[^>]+>", " ", text))).split()
    ).casefold()


def asked_for(lesson: Lesson, cell: Cell) -> str:
    """The entries of a lesson's words that a cell asks for."""
    content = lesson_words.load(lesson.number).content
    entries = [
        content.get(lesson_words.SECTIONS[kind], {}).get(name)
        for kind, _, name in lesson_words.CALL.findall(cell.source)
    ]
    return json.dumps(entries, ensure_ascii=False)


def kept_back_pieces() -> dict[str, list[str]]:
    """For each lesson, pieces of twelve words from every cell that students do not get, and from
    the words that only such a cell asks for.

    A piece that stands in a cell for everybody too (an import, a quotation) is no secret.
    """
    found: dict[str, list[str]] = {}
    for lesson in every():
        secret = [cell for cell in lesson.cells if cell.tags & SECRET_TAGS]
        shown = [cell for cell in lesson.cells if not cell.tags & SECRET_TAGS]
        open_to_all = " ".join(plain_words(cell.source) for cell in shown)
        for cell in secret:
            source = re.sub(r"\]\([^)]*\)", "]", cell.source) + asked_for(lesson, cell)
            words = plain_words(source).split()
            pieces = (" ".join(words[at : at + 12]) for at in range(0, max(1, len(words) - 12), 6))
            found.setdefault(lesson.path.stem, []).extend(
                piece for piece in pieces if piece not in open_to_all
            )
    return found
