"""The hood in a page: code that no page can run, folded under the way to where it runs."""

from __future__ import annotations

import copy
import html
from typing import Any

import nbformat

from ..lessons import timing
from . import editions

#: A cell of a notebook, as nbformat reads it.
Cell = Any

#: The name of the fold.
TITLE = "This needs the notebook"
#: The tag of cells that prepare what is run by hand: a page has run them already.
SET_UP = "set-up"
HEADING = "## "


def way(lesson: str, notebook: str = "", collection: str = "", folder: str = "") -> str:
    """How to come to where the code of ``lesson`` (its number) runs, in HTML.

    ``notebook`` and ``collection`` are addresses to take the two from, and ``folder`` is what the
    collection unpacks to. Without them, somebody has to be asked.
    """
    go = f"cd {folder}\npython start.py" if folder else "python start.py"
    take = (
        f'Download <a href="{collection}" download>the whole collection</a>, a ZIP file, and unpack'
        " it."
        if collection
        else "Ask whoever gave you this page for the whole collection, a folder with the file"
        " <code>start.py</code>."
    )
    where = "where you unpacked it" if folder else "in that folder"
    alone = (
        f'<p>You have the collection? <a href="{notebook}" download>This lesson as a notebook</a>'
        " goes into its folder <code>my_lessons</code>.</p>"
        if notebook
        else ""
    )
    return (
        "<p>A page shows code and cannot run it. To change these lines and see what they do:</p>"
        f"<ol><li>{take} You need Python 3.11 or newer, from python.org.</li>"
        f"<li>Open a terminal {where}, and type:<pre>{go}</pre>On Linux and macOS the word may be"
        " <code>python3</code>. JupyterLab opens.</li>"
        f"<li>Open lesson {html.escape(lesson)} there, and run its cells.</li></ol>"
        f"{alone}<p>You can also read on here. The checks below count apart.</p>"
    )


def run_note(address: str, notebook: str) -> str:
    """Where ``site.ts`` says whether code runs in the page, in HTML; it offers that, too.

    ``address`` leads from the page to the lessons with Python in the browser, and ``notebook`` is
    the file's name in them.
    """
    return f'<p data-python="{html.escape(address)}" data-notebook="{html.escape(notebook)}"></p>'


def opening(directions: str) -> str:
    """The beginning of the fold, with the ``directions`` of `way` in it."""
    return (
        f'<details class="hood"><summary>{TITLE}</summary><div class="face lesson">{directions}'
        "</div>"
    )


CLOSING = "</details>"


def folds(cells: list[Cell]) -> list[Cell]:
    """The cells of a page, with those that begin and end a fold marked in their metadata.

    A fold (``hood_opens``, ``hood_closes``) is around neighbouring cells tagged ``hood``; a heading
    that they begin with stays before it. What prepares the lesson loses its heading and goes into
    the fold of the last heading, since code there needs it.
    """
    kept = [copy.deepcopy(one) for one in cells if SET_UP not in editions.tags(one)]
    ready = [copy.deepcopy(one) for one in cells if SET_UP in editions.tags(one)]
    for one in filter(_headed, ready):
        _heading_of(one)
    found: list[Cell] = []
    for before, cell, after in zip([None, *kept], kept, [*kept[1:], None], strict=False):
        if not _under(cell):
            found.append(cell)
            continue
        parts = [cell]
        if _headed(cell):
            parts = [_heading_of(cell), *ready, cell]
            parts[1].metadata["hood_opens"] = True
        elif not _under(before):
            cell.metadata["hood_opens"] = True
        if not _under(after) or _headed(after):
            parts[-1].metadata["hood_closes"] = True
        found += parts
    return found


def _under(cell: Cell | None) -> bool:
    return cell is not None and "hood" in editions.tags(cell)


def _headed(cell: Cell | None) -> bool:
    return cell is not None and cell.cell_type == "markdown" and cell.source.startswith(HEADING)


def _heading_of(cell: Cell) -> Cell:
    """The heading of a cell as a cell of its own; the other loses it."""
    heading, _, rest = cell.source.partition("\n")
    time, _, more = rest.strip().partition("\n\n")
    if timing.is_line(time):  # how long it takes stands under the heading, and is seen
        heading, rest = f"{heading}\n\n{time}", more
    cell.source = rest.strip()
    return nbformat.v4.new_markdown_cell(heading, id=f"{cell.id}-heading")
