"""What can be wrong with the data, said so that a person can mend it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from .plain_text import visible

MISSING, TWICE, UNQUOTED = "missing", "twice", "unquoted"
UNUSED, UNSAID, MOVED, COPY, UNGROUNDED = "unused", "unsaid", "moved", "copy", "ungrounded"
"""Kinds of problems that can follow from one another, see `causes`: a row that is named and not
there, a name that is there twice, a row without an excerpt, a source that no row cites, a name that
no sentence says, a row whose cells do not fit their columns, a row that is another one again, a
cell that no sentence carries."""
LONGEST_ID = 80
"""How much of an id a message shows: a cell that is no id may have any length."""
SHOWN = 20
"""How many problems of one file are told at once; more would hide the first."""


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong in the data folder.

    `file` is the name of the file; `row` names the row by id and line, and `column` the column
    (both are empty when the whole file is meant); `found` is what is there; `expected` is a
    sentence that says what would be right. `about` is the cell that it follows from, by file, id
    and column, where that is another one; `kind` is one of those above, or empty. `str()` gives the
    message.
    """

    file: str
    row: str
    column: str
    found: str
    expected: str
    about: tuple[str, ...] = field(default=(), compare=False)
    kind: str = field(default="", compare=False)

    def __str__(self) -> str:
        """The message: where, what was found, and what would be right."""
        column = f'column "{self.column}"' if self.column else ""
        where = ", ".join(part for part in (self.file, self.row, column) if part)
        return visible(f"{where}: found {self.found}. {self.expected}")


class DataProblem(Exception):
    """The data cannot be used as they are; `problems` lists why, in the order of the file.

    In a notebook only the sentences are shown, never a traceback.
    """

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = (
            (problems,) if isinstance(problems, Problem) else tuple(problems)
        )
        super().__init__(self._message())

    def _message(self) -> str:
        lines = [str(problem) for problem in self.problems[:SHOWN]]
        left = len(self.problems) - SHOWN
        if left > 0:
            lines.append(f"... and {left} more problem{'s' if left > 1 else ''}.")
        return "\n".join(lines)

    def __reduce__(self) -> tuple[type[DataProblem], tuple[tuple[Problem, ...]]]:
        """Pickle an exception by its problems: by default Python would use the message."""
        return type(self), (self.problems,)

    def _render_traceback_(self) -> list[str]:
        """What IPython prints instead of a traceback: a heading and one line for each problem."""
        return ["There is a problem with the data.", *self._message().splitlines()]


class UnknownWord(KeyError, ValueError):
    """A word that is none of those there are to choose from; `what` is what it should have been.

    In a notebook its sentence is shown, and no traceback.
    """

    def __init__(self, what: str, word: object, words: Iterable[object]) -> None:
        self.parts = what, word, tuple(words)
        given, *there = (
            f"“{one}”" if isinstance(one, str) else str(one) for one in (word, *self.parts[2])
        )
        super().__init__(f"{given} is no {what}; choose one of {', '.join(there)}.")

    def __str__(self) -> str:
        return str(self.args[0])  # a KeyError would show the sentence as a string in Python

    def __reduce__(self) -> tuple[type[UnknownWord], tuple[object, ...]]:
        return type(self), self.parts

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


def quoted(text: str, longest: int = 60) -> str:
    """A cell as a message shows it: in quotation marks and cut when long, or the word `nothing`.

    What nobody sees is there as its number: `"Lond[U+0000]on"`.
    """
    if not text.strip():
        return "nothing"
    flat = visible(re.sub(r"\s+", _on_one_line, text))
    return f'"{flat}"' if len(flat) <= longest else f'"{flat[:longest].rstrip()}…"'


def _on_one_line(gap: re.Match[str]) -> str:
    """A gap between words; one space where it parts lines or columns."""
    return " " if any(sign in gap[0] for sign in "\r\n\t") else gap[0]


def row_name(row_id: str, line: int) -> str:
    """How a message names a row: its id, if any, and its line in the file (header: line 1)."""
    row_id = row_id if len(row_id) <= LONGEST_ID else f"{row_id[:LONGEST_ID]}…"
    return f'row "{row_id}" (line {line})' if row_id else f"line {line}"
