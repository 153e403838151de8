"""How long the parts of a lesson take, and which of them a reader in a hurry may leave out.

A lesson's words say it once, under ``time``: ``Look: [core, 9]``. The parts that are *core* take
the minutes that the lesson promises, with questions from earlier lessons, the first prediction and
the exit ticket. Those that are *more* come on top.

Each heading of the notebook says its own time in the line below it (`line`), live and in a page;
`written` puts the lines there.
"""

from __future__ import annotations

import re
from typing import Any

Json = Any

CORE, MORE = "core", "more"
#: A part that only prepares: it is a cell to run, and takes no time.
SETS_UP = "Set up"

_HEADING = re.compile(r"#{2,3} (.+)")
_LINE = re.compile(r"\*(?:Core|More) · \d+ minutes?\*")


def minutes(lesson: dict[str, Json], kind: str) -> int:
    """The minutes of all parts of a lesson that are of the ``kind`` `CORE` or `MORE`."""
    return sum(least for one, least in lesson["time"].values() if one == kind)


def part(heading: str) -> str:
    """What a heading is called in a lesson's words: what stands before its first colon."""
    return heading.partition(":")[0].strip()


def line(kind: str, least: int) -> str:
    """What stands below a heading: ``*Core · 9 minutes*``."""
    return f"*{kind.capitalize()} · {least} minute{'' if least == 1 else 's'}*"


def is_line(text: str) -> bool:
    """Whether a text is what `line` gives."""
    return bool(_LINE.fullmatch(text))


def written(source: str, time: dict[str, tuple[str, int]]) -> str:
    """The Markdown ``source`` with the line of its ``time`` below each heading that has one."""
    made: list[str] = []
    lines = source.split("\n")
    while lines:
        made.append(one := lines.pop(0))
        heading = _HEADING.fullmatch(one)
        if heading is None:
            continue
        if len(lines) > 1 and not lines[0] and is_line(lines[1]):
            del lines[:2]
        if entry := time.get(part(heading[1])):
            made += ["", line(*entry)]
    return "\n".join(made)
