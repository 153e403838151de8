"""The notebooks as the repository keeps them: only outputs whose words tests compare."""

from __future__ import annotations

import copy
from pathlib import Path

import nbformat

from .. import os_errors
from ..lessons import timing, words
from ..widgets.core import files
from .editions import tags
from .execution import execute, not_written, read

COMPARED = "nbval-check-output"


def refresh(path: Path) -> bool:
    """Run the notebook at `path`; keep outputs tagged ``nbval-check-output`` and drop all others.

    Below each heading comes the time that the lesson's words give it. Writes the file only if
    something changed, whole or not at all; returns whether it did. Raises `execution.PageError`,
    and then writes nothing.
    """
    notebook = read(path)
    if problem := os_errors.room_in(path.parent):
        raise not_written(path, problem)
    _tell_time(notebook, path)
    ran = execute(copy.deepcopy(notebook), path)
    for cell, done in zip(notebook.cells, ran.cells, strict=True):
        if cell.cell_type == "code":
            cell.outputs = (
                [_lasting(output) for output in done.outputs] if COMPARED in tags(cell) else []
            )
            # nbval refuses to compare with a cell that was never run; the number itself means
            # nothing.
            cell.execution_count = 1 if cell.outputs else None
            cell.metadata.pop("execution", None)
    notebook.metadata.pop("widgets", None)
    text = nbformat.writes(notebook) + "\n"
    if text == path.read_text(encoding="utf-8"):
        return False
    try:
        files.write_whole(path, text)
    except OSError as error:
        raise not_written(path, error) from error
    return True


def _tell_time(notebook: nbformat.NotebookNode, path: Path) -> None:
    """Write the minutes of the words of a lesson below the headings of its `notebook`."""
    number = notebook.metadata.get("upheaval", {}).get("lesson")
    if number is None:
        return
    time = words.load(number, path.parent / "words").content.get("time", {})
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = timing.written(cell.source, time)


def _lasting(output: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """`output` without what differs from run to run."""
    if "execution_count" in output:
        output.execution_count = None
    return output
