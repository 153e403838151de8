"""Two editions from one notebook: what students get, and what instructors get.

Cell tags carry the difference. ``solution`` and ``instructor`` mark cells that only the instructor edition keeps;
``hide-input`` marks cells whose code a page does not show; ``hood`` marks cells for readers who lift the hood;
``live-only`` marks cells about the reader's own computer, which no page can speak of.
"""

from __future__ import annotations

import copy

import nbformat

EDITIONS = ("student", "instructor")
#: Tags whose cells a student never gets.
KEPT_BACK = frozenset({"solution", "instructor"})


def tags(cell: nbformat.NotebookNode) -> set[str]:
    """The tags of a cell."""
    return set(cell.get("metadata", {}).get("tags", []))


def select(notebook: nbformat.NotebookNode, edition: str) -> nbformat.NotebookNode:
    """A copy of `notebook` for `edition`, without outputs and without widget state.

    The student edition loses every cell tagged ``solution`` or ``instructor``, and with them the notes that only an
    instructor needs in the metadata. Raises ``ValueError`` for an unknown edition.
    """
    if edition not in EDITIONS:
        raise ValueError(f"there is no edition {edition!r}; choose {' or '.join(EDITIONS)}")
    selected = copy.deepcopy(notebook)
    selected.metadata.pop("widgets", None)
    if edition == "student":
        selected.cells = [cell for cell in selected.cells if not tags(cell) & KEPT_BACK]
    for cell in selected.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return selected


def for_page(notebook: nbformat.NotebookNode, edition: str) -> nbformat.NotebookNode:
    """Like `select`, and without the cells that only make sense beside a running kernel."""
    selected = select(notebook, edition)
    selected.cells = [cell for cell in selected.cells if "live-only" not in tags(cell)]
    return selected
