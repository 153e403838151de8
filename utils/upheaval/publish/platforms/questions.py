"""The checks of a lesson as plain questions, whatever form they are written in afterwards.

Words and reasons are those of ``notebooks/words``, with their computed values in them. A rule check
("choose five, and five rules look at them") has no like in a course platform and is left out, as is
a check of the hood, whose number stands in a notebook. The questions by which a lesson comes back
later are a bank of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from numbers import Real
from pathlib import Path
from typing import Any

import nbformat

from ...lessons import come_back, words
from ...lessons.computed import filled
from .. import editions

Json = Any
_CHECK = re.compile(r"lesson\.check\(\"(\d\d)\.([a-z0-9-]+)\"\)")


@dataclass(frozen=True)
class Answer:
    """One answer of a `Choice`: its words, whether it is right, and the reason."""

    text: str
    right: bool
    why: str


@dataclass(frozen=True)
class Choice:
    """One answer is to be chosen; where several are right, any of them is."""

    name: str
    text: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class Slip:
    """A wrong number that people give, from ``low`` to ``high``, and what is behind it."""

    low: float
    high: float
    why: str


@dataclass(frozen=True)
class Number:
    """A number from ``low`` to ``high`` is right; ``below`` and ``above`` answer all others that
    are no slip.
    """

    name: str
    text: str
    low: float
    high: float
    why: str
    slips: tuple[Slip, ...]
    below: str
    above: str


@dataclass(frozen=True)
class Pair:
    """What is to be matched, the options that are right for it, and the reason of each option."""

    text: str
    right: tuple[str, ...]
    why: dict[str, str]


@dataclass(frozen=True)
class Match:
    """Each text is to be given one of the ``options``, ids with their words."""

    name: str
    text: str
    options: dict[str, str]
    pairs: tuple[Pair, ...]


Question = Choice | Number | Match


@dataclass(frozen=True)
class Bank:
    """Questions that belong together: its name in files, its title within that of its lesson."""

    name: str
    titles: tuple[str, ...]
    questions: tuple[Question, ...]

    @property
    def title(self) -> str:
        """The whole title in one line."""
        return ": ".join(self.titles)


@dataclass(frozen=True)
class Lesson:
    """The questions of a lesson in the order of its page; ``left_out`` are checks no platform has.

    ``in_hood`` are those that need a notebook; ``come_back`` is asked days and weeks later.
    """

    number: str
    title: str
    questions: tuple[Question, ...]
    left_out: tuple[str, ...]
    in_hood: tuple[str, ...]
    come_back: tuple[Question, ...] = ()

    @property
    def banks(self) -> list[Bank]:
        """Its questions in the banks that a platform keeps apart; none of them is empty."""
        titles = (self.title, words.shared()["come_back_title"])
        banks = [
            Bank(f"lesson-{self.number}", titles[:1], self.questions),
            Bank(f"lesson-{self.number}-come-back", titles, self.come_back),
        ]
        return [one for one in banks if one.questions]


def of_lesson(notebook: Path) -> Lesson:
    """The questions of one lesson. Raises `words.WordsError` where its words fail."""
    content = nbformat.read(notebook, as_version=4)
    number = content.metadata["upheaval"]["lesson"]
    found: list[Question] = []
    left_out: list[str] = []
    checks = list(_checks(content))
    for name in (one for one, in_hood in checks if not in_hood):
        if made := _question(number, "checks", name):
            found.append(made)
        else:
            left_out.append(f"{number}.{name}")
    in_hood = tuple(f"{number}.{name}" for name, below in checks if below)
    title = f"{number} {words.load(number).content['title']}"
    back = []
    for name in come_back.names(number):
        if made := _question(number, come_back.SECTION, name):
            back.append(made)
        else:
            left_out.append(f"{number}.{name}")
    return Lesson(number, title, tuple(found), tuple(left_out), in_hood, tuple(back))


def _checks(notebook: nbformat.NotebookNode) -> Iterator[tuple[str, bool]]:
    """The names of the checks in the order of their cells, and whether the cell is of the hood."""
    for cell in notebook.cells:
        for _, name in _CHECK.findall(cell.source) if cell.cell_type == "code" else ():
            yield name, "hood" in editions.tags(cell)


def _question(number: str, section: str, name: str) -> Question | None:
    entry, _ = filled(number, section, name)
    make = {"choice": _choice, "number": _number, "match": _match}.get(entry["kind"])
    return make(f"{number}.{name}", entry) if make else None


def _choice(name: str, entry: dict[str, Json]) -> Choice:
    right = _ids(entry.get("right", []))
    answers = (
        Answer(one["text"], one.get("right", one["id"] in right), one["why"])
        for one in entry["options"]
    )
    return Choice(name, entry["question"], tuple(answers))


def _number(name: str, entry: dict[str, Json]) -> Number | None:
    low, high = (_plain(entry.get(end, entry.get("answer"))) for end in ("low", "high"))
    if low is None or high is None:
        return None  # a range is asked for: platforms take one number
    slips = []
    for one in entry.get("mistakes", []):
        ends = [_plain(one.get(end, one.get("answer"))) for end in ("low", "high")]
        if None not in ends and not low <= ends[0] <= high:
            slips.append(Slip(ends[0], ends[1], one["why"]))
    beside = (entry.get("below", ""), entry.get("above", ""))
    unit = f" ({entry['unit']})" if entry.get("unit") else ""
    text = f"{entry['question']}{unit}"
    return Number(name, text, low, high, entry["why"], tuple(slips), *beside)


def _plain(value: Json) -> Any:
    """A number; None for an interval, or for nothing."""
    return float(value) if isinstance(value, Real) else None


def _match(name: str, entry: dict[str, Json]) -> Match:
    pairs = (Pair(one["text"], tuple(_ids(one["right"])), one["why"]) for one in entry["items"])
    return Match(name, entry["question"], entry["options"], tuple(pairs))


def _ids(right: Json) -> list[str]:
    return list(right) if isinstance(right, list | tuple | set) else [right]
