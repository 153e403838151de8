"""The notebooks as the repository keeps them: only outputs whose words tests compare."""

from __future__ import annotations

import copy
from pathlib import Path

import nbformat

from .editions import tags
from .execution import execute

COMPARED = "nbval-check-output"


def refresh(path: Path) -> bool:
    """Run the notebook at `path`; keep outputs tagged ``nbval-check-output`` and drop all others.

    Writes the file only if something changed; returns whether it did. Raises
    `execution.PageError`, and then writes nothing.
    """
    notebook = nbformat.read(path, as_version=4)
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
    path.write_text(text, encoding="utf-8")
    return True


def _lasting(output: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """`output` without what differs from run to run."""
    if "execution_count" in output:
        output.execution_count = None
    return output
