"""Two editions from one notebook: what students get, and what instructors get.

Cell tags carry the difference. ``solution`` and ``instructor`` mark cells that only the instructor
edition keeps; ``hide-input`` marks cells whose code a page does not show; ``hood`` marks cells for
readers who lift the hood; ``live-only`` marks cells about the reader's own computer, which no page
can speak of.
"""

from __future__ import annotations

import copy
import html
import json
import re

import nbformat

from ..widgets import Check

EDITIONS = ("student", "instructor")
#: Tags whose cells a student never gets.
INSTRUCTOR_TAGS = frozenset({"solution", "instructor"})


def tags(cell: nbformat.NotebookNode) -> set[str]:
    """The tags of a cell."""
    return set(cell.get("metadata", {}).get("tags", []))


def select(notebook: nbformat.NotebookNode, edition: str) -> nbformat.NotebookNode:
    """A copy of `notebook` for `edition`, without outputs and without widget state.

    The student edition loses every cell tagged ``solution`` or ``instructor``, and with them the
    notes that only an instructor needs in the metadata. Raises ``ValueError`` for an unknown
    edition.
    """
    if edition not in EDITIONS:
        raise ValueError(f"there is no edition {edition!r}; choose {' or '.join(EDITIONS)}")
    selected = copy.deepcopy(notebook)
    selected.metadata.pop("widgets", None)
    if edition == "student":
        selected.cells = [cell for cell in selected.cells if not tags(cell) & INSTRUCTOR_TAGS]
    for cell in selected.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return selected


def for_page(notebook: nbformat.NotebookNode, edition: str) -> nbformat.NotebookNode:
    """Like `select`, and without the cells that only make sense beside a running kernel."""
    selected = select(notebook, edition)
    selected.cells = [cell for cell in selected.cells if "live-only" not in tags(cell)]
    return selected


_CHECK = re.compile(
    r'<div class="face" data-face="check">.*?<script type="application/json">(.*?)</script>',
    re.DOTALL,
)


def for_students(
    notebook: nbformat.NotebookNode, executed: nbformat.NotebookNode
) -> nbformat.NotebookNode:
    """A copy of `notebook` to give away: the student edition, and every check under its seal.

    ``executed`` is the notebook with outputs made for a page. A cell that makes checks names its
    answers and their reasons in its code; in the copy it holds the finished checks instead, as
    `Check.sealed`. Raises ``ValueError`` for a cell that shows a check and something else, since
    the rest would be lost.
    """
    outputs = {cell.id: cell.get("outputs", []) for cell in executed.cells}
    selected = select(notebook, "student")
    for cell in selected.cells:
        texts = [output.get("data", {}).get("text/html", "") for output in outputs.get(cell.id, [])]
        found = [data for text in texts for data in _CHECK.findall(text)]
        if not found:
            continue
        if "hide-input" not in tags(cell) or len(found) != len(texts):
            raise ValueError(
                f"cell {cell.id} shows a check and something else; give the check a hidden cell"
            )
        made = [Check(json.loads(html.unescape(data))["spec"]) for data in found]
        checks = [f'Check.sealed("{check.seal()}")' for check in made]
        shown = checks if len(checks) == 1 else [f"display({one})" for one in checks]
        cell.source = "\n".join(["from upheaval.widgets import Check", *shown])
    return selected
