"""Two editions from one notebook: what students get, and what instructors get.

Cell tags carry the difference. ``solution`` and ``instructor`` mark cells that only the instructor
edition keeps; ``hide-input`` marks cells whose code a page does not show; ``hood`` marks cells for
readers who lift the hood; ``live-only`` marks cells about the reader's own computer, which no page
can speak of.
"""

from __future__ import annotations

import copy
import hashlib
import json
import re
from typing import Any, TypeVar

#: As nbformat reads it, or as plain JSON: a start has no time to import nbformat.
Notebook = TypeVar("Notebook", bound=dict[str, Any])
Cell = TypeVar("Cell", bound=dict[str, Any])

EDITIONS = ("student", "instructor")
#: Tags whose cells a student never gets.
INSTRUCTOR_TAGS = frozenset({"solution", "instructor"})


def tags(cell: dict[str, Any]) -> set[str]:
    """The tags of a cell."""
    return set(cell.get("metadata", {}).get("tags", []))


def select(notebook: Notebook, edition: str) -> Notebook:
    """A copy of `notebook` for `edition`, without outputs and without widget state.

    The student edition loses every cell tagged ``solution`` or ``instructor``, and with them the
    notes that only an instructor needs in the metadata. Raises ``ValueError`` for an unknown
    edition.
    """
    if edition not in EDITIONS:
        raise ValueError(f"there is no edition “{edition}”; choose {' or '.join(EDITIONS)}")
    selected = copy.deepcopy(notebook)
    selected["metadata"].pop("widgets", None)
    if edition == "student":
        selected["cells"] = without_instructors(selected["cells"])
    for cell in selected["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
    return selected


def without_instructors(cells: list[Cell]) -> list[Cell]:
    """Those of the `cells` that students get."""
    return [cell for cell in cells if not tags(cell) & INSTRUCTOR_TAGS]


def for_page(notebook: Notebook, edition: str) -> Notebook:
    """Like `select`, and without the cells that only make sense beside a running kernel."""
    selected = select(notebook, edition)
    selected["cells"] = [cell for cell in selected["cells"] if "live-only" not in tags(cell)]
    return selected


#: Where a student's copy says what it was made of (``of``) and how it was given (``as``).
MARK = "upheaval_copy"
#: How code makes a check; in a copy of an earlier version it stands under its seal.
_CHECK = re.compile(r"\bCheck\.(?!sealed\()")


def for_students(notebook: Notebook) -> Notebook:
    """A copy of `notebook` to give away: the student edition, whose cells only name their words.

    Nothing is run. The copy's metadata tell, under `MARK`, what it was made of and how it was
    given. Raises ``ValueError`` for a cell that makes a check itself: its code names the answers.
    """
    selected = select(notebook, "student")
    for cell in selected["cells"]:
        if cell["cell_type"] == "code" and _CHECK.search("".join(cell["source"])):
            raise ValueError(
                f"cell {cell['id']} makes a check, so its code shows the answers. Put its words"
                " into notebooks/words/, and ask for it with lesson.check."
            )
    selected["metadata"][MARK] = {"of": made_of(notebook), "as": fingerprint(selected)}
    return selected


def made_of(notebook: Notebook) -> str:
    """The `fingerprint` of what a student's copy of `notebook` is made of.

    A copy itself, such as one that was downloaded, is made of what it says, if nobody changed it.
    """
    mark = marked(notebook)
    if mark and mark["as"] == fingerprint(notebook):
        return mark["of"]
    return fingerprint({"cells": without_instructors(notebook["cells"])})


def marked(notebook: dict[str, Any]) -> dict[str, str]:
    """What a student's copy says of itself, under `MARK`; empty for anything else."""
    mark = notebook["metadata"].get(MARK)
    found = isinstance(mark, dict) and mark.keys() >= {"of", "as"}
    return mark if found else {}


def content(cell: dict[str, Any]) -> list[Any]:
    """What somebody changes who works on a cell: neither its outputs nor what is folded."""
    return [cell["cell_type"], "".join(cell["source"]), sorted(tags(cell))]


def fingerprint(notebook: dict[str, Any]) -> str:
    """A short text that differs where the `content` of any cell, or their order, does."""
    text = json.dumps([content(cell) for cell in notebook["cells"]])
    return hashlib.sha256(text.encode()).hexdigest()[:16]
