"""The answer book: the keys of all lessons, their solutions and what came, as one page."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import nbformat

from ..lessons import lesson, words
from ..lessons.blocks import escaped
from . import editions, execution, key, own_files, page, parts
from .site_content import NAME

#: A cell of a notebook, as nbformat reads it.
Cell = Any

FILE = f"{NAME}-answers.html"
ABOUT = (
    "For the instructor: what is right in every check of every lesson, the misconception behind"
    " each other answer, the solutions, and what came of the predictions."
)


def build(
    out: Path | str | None = None,
    notebooks: Iterable[Path] | None = None,
    cache: Path | None = None,
) -> Path:
    """Write the answers of ``notebooks`` (by default all lessons) as one page; gives its path.

    ``out`` is a file or a folder, by default the file `FILE` in the working folder; ``cache`` keeps
    what need not run twice. Raises `page.PageError`.
    """
    target = own_files.target_of(out, FILE)
    paths = list(notebooks or execution.lessons())
    text = page.render(_book(paths, cache or execution.cache_folder()), "instructor", False)
    try:
        own_files.write(target, text)
    except OSError as error:
        raise execution.not_written(target, error) from error
    return target


def _book(paths: Sequence[Path], cache: Path) -> nbformat.NotebookNode:
    """The book as a notebook: a page is made of it like any other."""

    def ran(path: Path) -> nbformat.NotebookNode:
        return execution.execute_lesson(path, cache).notebook

    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        lessons = list(pool.map(ran, paths))
    cells = [_words(f"# Answers to all lessons\n\n{ABOUT}", "answers")]
    cells += [cell for one in lessons for cell in _of_lesson(one)]
    return nbformat.v4.new_notebook(cells=cells)


def _of_lesson(notebook: nbformat.NotebookNode) -> Iterator[Cell]:
    """The answers of one lesson, under the headings that their questions stand under."""
    number = page.number_of(notebook)
    yield _words(f"## {number} {words.load(number).content['title']}", f"lesson-{number}")
    for part in parts.divided(notebook.cells):
        told = [cell for one in part.cells for cell in _told(one)]
        if told:
            yield _words(f"### {part.heading}", f"{number}-{part.name}"[:64])
            yield from told


def _told(cell: Cell) -> Iterator[Cell]:
    """What a cell of a lesson gives to the book: solutions as they are, and keys."""
    if "solution" in editions.tags(cell):
        yield cell
    for kind, number, name in words.CALL.findall(cell.source) if cell.cell_type == "code" else ():
        if kind in ("check", "come_back"):
            check = getattr(lesson, kind)(f"{number}.{name}")
            asked = f"<p><strong>{escaped(check.spec['question'])}</strong></p>"
            yield key.told(asked + key.markup(key.of(check)), f"{number}-{name}-key")
        elif kind == "recall" and (came := lesson.recall(f"{number}.{name}").spec.get("came")):
            lines = "".join(f"<p>{escaped(line)}</p>" for line in came["text"])
            yield key.told(lines, f"{number}-{name}-came")


def _words(source: str, name: str) -> Cell:
    return nbformat.v4.new_markdown_cell(source, id=name)
