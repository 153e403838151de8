"""The page *Come back*: questions from lessons that a reader has done, after days and weeks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat

from ..lessons import come_back
from . import execution, own_files, page
from .site_content import NAME

Json = Any

FILE = f"{NAME}-come-back.html"


def notebook() -> nbformat.NotebookNode:
    """The page as a notebook: a single page is made of it like any other."""
    made = come_back.content()
    head = nbformat.v4.new_markdown_cell(f"# {made['title']}\n\n{made['intro']}", id="head")
    cells = [head, *(_shown(made[name], name) for name in ("questions", "why"))]
    return nbformat.v4.new_notebook(cells=cells)


def _shown(markup: str, name: str) -> Json:
    output = nbformat.v4.new_output("display_data", {"text/html": markup})
    return nbformat.v4.new_code_cell(
        "", id=name, outputs=[output], metadata={"tags": ["hide-input"]}
    )


def build(out: Path | str | None = None) -> Path:
    """Write it as one page that works from disk; gives its path. Raises `page.PageError`.

    ``out`` is a file or a folder, by default the file `FILE` in the working folder.
    """
    target = own_files.target_of(out, FILE)
    try:
        own_files.write(target, page.render(notebook(), "student"))
    except OSError as error:
        raise execution.not_written(target, error) from error
    return target
