"""The run sheet that an instructor's lesson begins with: when, what to do and say, what to skip.

Minutes and what may be left out come from the words of the lesson (``time``, ``short``), what to
say is what the lesson asks, and what to do in each part stands in ``words/run_sheet.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import nbformat

from ..lessons import lesson, timing, words
from . import editions, parts

Json = Any
#: A cell of a notebook, as nbformat reads it.
Cell = Any

FILE = "run_sheet"
HEAD = "| minutes | part | what you do and say | what goes wrong |\n| --- | --- | --- | --- |"


def cells(lesson_cells: Iterable[Cell], number: str) -> list[Cell]:
    """The cells of a lesson, with its run sheet and its notes for instructors behind the title.

    They are as they were where the words of instructors are missing, as in a student's collection,
    and for a notebook that has no words here.
    """
    given = list(lesson_cells)
    if number not in words.numbers() or not (words.HOME / f"{FILE}.yaml").is_file():
        return given
    sheet = nbformat.v4.new_markdown_cell(
        markdown(given, number), id=f"run-sheet-{number}", metadata={"tags": ["instructor"]}
    )
    notes = [one for one in given if "instructor" in editions.tags(one)]
    rest = [one for one in given if one not in notes]
    return [*rest[:1], sheet, *notes, *rest[1:]]


def markdown(lesson_cells: Iterable[Cell], number: str) -> str:
    """The run sheet of a lesson, as Markdown."""
    about = words.load(number).content
    rows = "\n".join(_rows(list(lesson_cells), about))
    promised = sum(about["minutes"])
    return "\n\n".join(
        [f"**Run sheet: {promised} minutes**", f"{HEAD}\n{rows}", *_short(about.get("short", {}))]
    )


def _rows(lesson_cells: list[Cell], about: dict[str, Json]) -> Iterator[str]:
    """A row for each part that takes time."""
    clock = 0
    told = words.load(FILE).content
    for part in parts.divided(lesson_cells):
        kind, least = about["time"].get(timing.part(part.heading), ("", 0))
        if not kind:
            continue
        frame = told.get(part.within or part.name, {})
        do = " ".join(filter(None, [frame.get("do"), *map(_cell, _asked(part))]))
        if kind == timing.CORE:
            when, clock = f"{clock} to {clock + least}", clock + least
            name = part.heading
        else:
            when, name = f"+ {least}", f"{part.heading} (*more*: may be skipped)"
        yield f"| {when} | {_cell(name)} | {do} | {frame.get('wrong', '')} |"


def _asked(part: parts.Part) -> Iterator[str]:
    """What the part itself asks, to be said aloud: prediction, ticket, or its bold question."""
    for cell in editions.without_instructors(part.cells):
        for kind, of, name in words.CALL.findall(cell.source) if cell.cell_type == "code" else ():
            spec = lesson.prompt(f"{of}.{name}").spec if kind == "prompt" else {}
            if "options" in spec:
                yield f"“{spec['question']}”"
            elif part.name == "before-you-go":
                yield from (f"“{one['label']}”" for one in spec.get("fields", ()))
        if part.name == "talk" and cell.cell_type == "markdown":
            yield from (f"“{one}”" for one in re.findall(r"\*\*([^*]+\?)\*\*", cell.source)[:1])


def _short(short: dict[str, Json]) -> Iterator[str]:
    """What to leave out when time is short, with the words to type, and what never."""
    names = ",".join(["more", *short.get("without", [])])
    said = f", then {short['leave_out']}" if short.get("leave_out") else ""
    yield (
        f"**Short of time?** First the parts marked *more*{said}. A page or a handout without them:"
        f" `--without {names}`."
    )
    if short.get("never"):
        yield f"**Never leave out** {short['never']}."


def _cell(text: str) -> str:
    """Text for a cell of a Markdown table."""
    return " ".join(text.replace("|", "\\|").split())
