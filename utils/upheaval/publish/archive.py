"""All lessons as pages in one ZIP: for a stick, a course site, a room without a network."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat

from ..lessons import words
from . import come_back_page, editions, execution, own_files, page
from .site_content import NAME, zipped

FILE = f"{NAME}-pages.zip"
#: The page with questions from all lessons.
COME_BACK = "come_back.html"
HOW = (
    "Unpack the ZIP before you open a lesson. The pages need a browser and nothing else, and no"
    " network. What you write is kept by the browser, on this device; at the end of each page you"
    " can save it as a file."
)


def build(
    out: Path | str | None = None,
    lessons: Iterable[Path] | None = None,
    cache: Path | None = None,
) -> Path:
    """Write the students' pages of all lessons, and a list of them, as one ZIP; gives its path.

    ``out`` is a file or a folder, by default the file `FILE` in the working folder; ``lessons``
    are notebooks, by default all of them; ``cache`` keeps what need not run twice. The same
    collection makes the same bytes. A ZIP that was there before stays unless the new one is whole.
    Raises `PageError`.
    """
    target = own_files.target_of(out, FILE, {".zip"})
    content = zipped(pages(list(lessons or notebooks()), cache or execution.cache_folder()))
    try:
        own_files.write(target, content)
    except OSError as error:
        raise execution.not_written(target, error) from error
    return target


def notebooks(numbers: Sequence[str] = ()) -> list[Path]:
    """The notebooks of lessons by their ``numbers`` ("02"), by default of all; or `PageError`."""
    every = {path.name[:2]: path for path in execution.lessons()}
    for number in numbers:
        if number not in every:
            raise execution.PageError(
                f"There is no lesson “{number}”. Name some of: {', '.join(every)}."
            )
    return [every[number] for number in numbers or every]


def pages(paths: Sequence[Path], cache: Path) -> dict[str, bytes]:
    """The students' pages of the notebooks at ``paths`` by their names.

    With them come the page on which questions come back, and ``index.html``, which leads to all.
    A lesson that ran before, as it is now, is taken from the folder ``cache``. Raises `PageError`.
    """
    lessons = for_students(paths, cache)
    made = {
        f"{path.stem}.student.html": page.render(one, "student") for path, one in lessons.items()
    }
    made[COME_BACK] = page.render(come_back_page.notebook(), "student")
    made["index.html"] = page.render(_contents(lessons), "student", take_away=False)
    return {name: text.encode() for name, text in made.items()}


def for_students(paths: Sequence[Path], cache: Path) -> dict[Path, nbformat.NotebookNode]:
    """What students get of executed notebooks, by their ``paths``. Raises `PageError`."""

    def ran(path: Path) -> nbformat.NotebookNode:
        notebook = nbformat.from_dict(execution.execute_lesson(path, cache).notebook)
        notebook.cells = editions.without_instructors(notebook.cells)
        return notebook

    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        return dict(zip(paths, pool.map(ran, paths), strict=True))


def _contents(lessons: dict[Path, nbformat.NotebookNode]) -> nbformat.NotebookNode:
    """The list of the lessons, as a notebook of nothing but words."""
    lines = ["# Axis of Upheaval: all lessons", "", HOW, ""]
    for path, notebook in lessons.items():
        about = words.load(notebook.metadata["upheaval"]["lesson"], path.parent / "words").content
        link = f"[{about['lesson']} {about['title']}]({path.stem}.student.html)"
        lines.append(f"- {link} ({sum(about['minutes'])} minutes): {about['question']}")
    lines += ["", f"After some days: [questions from these lessons come back]({COME_BACK})."]
    return nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_markdown_cell("\n".join(lines), id="all")]
    )
