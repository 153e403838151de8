"""The parts of a lesson, by the names that a command calls them by.

A part begins with a heading (``##``, or ``###`` within it) and goes on to the next one. Its name is
the heading in small letters up to its first colon: "Your turn: five turning points" is
``your-turn``. Beside the parts, ``hood`` names all that is under the hood, ``more`` all parts that
are marked so, and a check is called as its words are (``as-of``).
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from ..lessons import timing, words
from . import editions
from .execution import PageError, read

#: A cell of a notebook, as nbformat reads it.
Cell = Any

HOOD, MORE = "hood", "more"
#: The tags of what `HOOD` names: code to change, and what prepares it.
_HOOD_TAGS = frozenset({"hood", "set-up"})
_MORE = re.compile(rf"^\*{MORE.capitalize()} · ", re.MULTILINE)
_HEADING = re.compile(r"^(#{2,3}) (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Part:
    """A heading with the cells under it, up to the next heading; the first part has none.

    ``level`` is 2 or 3; ``within`` the name of the part that one of level 3 stands in.
    """

    heading: str
    level: int
    within: str
    cells: list[Cell] = field(default_factory=list)

    @property
    def name(self) -> str:
        """What a command calls it."""
        return name_of(self.heading)

    @property
    def more(self) -> bool:
        """Whether the line of its time says that it may be left out."""
        return bool(self.heading and _MORE.search(self.cells[0].source))


def name_of(heading: str) -> str:
    """The name of the part under a heading: letters and digits, with hyphens between words."""
    return re.sub(r"[^a-z0-9]+", "-", timing.part(heading).lower()).strip("-")


def headings(source: str) -> list[tuple[int, str]]:
    """The headings of a piece of Markdown below its title: level and words."""
    return [(len(marks), text.strip()) for marks, text in _HEADING.findall(source)]


def divided(cells: Iterable[Cell]) -> list[Part]:
    """The parts that cells of a notebook make up; a cell of several headings is parted at each."""
    found = [Part("", 1, "")]
    above = ""
    for cell in (piece for one in cells for piece in _pieces(one)):
        here = _HEADING.match(cell.source) if cell.cell_type == "markdown" else None
        if here:
            level, heading = len(here[1]), here[2].strip()
            above = name_of(heading) if level == 2 else above
            found.append(Part(heading, level, above if level == 3 else ""))
        found[-1].cells.append(cell)
    return found


def _pieces(cell: Cell) -> list[Cell]:
    """A cell of Markdown as cells that each begin with their only heading."""
    starts = [one.start() for one in _HEADING.finditer(cell.source)]
    if cell.cell_type != "markdown" or not any(starts):
        return [cell]
    ends = [*starts, len(cell.source)] if starts[0] == 0 else [0, *starts, len(cell.source)]
    pieces = []
    for at, (start, end) in enumerate(pairwise(ends)):
        piece = copy.deepcopy(cell)
        piece.source = cell.source[start:end].strip()
        piece["id"] = f"{cell['id']}-{at}" if at else cell["id"]
        pieces.append(piece)
    return pieces


# -- leaving out -----------------------------------------------------------------------------------
def names(cells: Sequence[Cell]) -> list[str]:
    """All that can be left out of these cells by name: parts, what the two words name, checks."""
    there = [part.name for part in divided(cells) if part.name]
    kinds = [HOOD] if any(_HOOD_TAGS & editions.tags(cell) for cell in cells) else []
    return list(dict.fromkeys([*there, *kinds, MORE, *filter(None, map(check_in, cells))]))


def check_in(cell: Cell) -> str:
    """The name of the check that a cell asks for, without its lesson; empty for any other cell."""
    calls = words.CALL.findall(cell.source) if cell.cell_type == "code" else []
    return next((name for kind, _, name in calls if kind in ("check", "come_back")), "")


def without(cells: Sequence[Cell], left_out: Iterable[str]) -> list[Cell]:
    """The ``cells`` but for what is ``left_out`` by name.

    Names that nothing here has are passed over: `look_first` tells of them.
    """
    gone = set(left_out)
    if not gone:
        return list(cells)
    kept: list[Cell] = []
    for part in divided(cells):
        if {part.name, part.within} & (gone - {""}) or (MORE in gone and part.more):
            continue
        kept += [cell for cell in part.cells if not _named(cell, gone)]
    return kept


def _named(cell: Cell, gone: set[str]) -> bool:
    under_hood = HOOD in gone and bool(_HOOD_TAGS & editions.tags(cell))
    return under_hood or (check_in(cell) in gone - {""})


def look_first(
    notebooks: Iterable[Path], left_out: Iterable[str], also: Iterable[str] = ()
) -> None:
    """See that each name is that of a part of one of the lessons, or among ``also``.

    Raises `PageError` with the names that there are.
    """
    there = [*dict.fromkeys(name for path in notebooks for name in names(read(path).cells)), *also]
    for name in left_out:
        if name not in there:
            near = words.choose_from(name, there)
            choices = "" if near.startswith("There are") else f" There are: {', '.join(there)}."
            raise PageError(f"There is no “{name}” to leave out. {near}{choices}")
