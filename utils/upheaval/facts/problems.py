"""What can be wrong with the data, said so that a person can mend it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from .plain_text import visible

SHOWN = 20
"""How many problems of one file are told at once; more would hide the first."""


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong in the data folder.

    `file` is the name of the file; `row` names the row by id and line, and `column` the column
    (both are empty when the whole file is meant); `found` is what is there; `expected` is a
    sentence that says what would be right. `str()` gives the message.
    """

    file: str
    row: str
    column: str
    found: str
    expected: str

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


def quoted(text: str, longest: int = 60) -> str:
    """A cell as a message shows it: in quotation marks and cut when long, or the word `nothing`.

    What nobody sees is there as its number: `"Lond[U+0000]on"`.
    """
    if not text.strip():
        return "nothing"
    flat = visible(re.sub(r"\s*[\r\n\t]+\s*", " ", text))
    return f'"{flat}"' if len(flat) <= longest else f'"{flat[:longest].rstrip()}…"'


def row_name(row_id: str, line: int) -> str:
    """How a message names a row: its id, if any, and its line in the file (header: line 1)."""
    return f'row "{row_id}" (line {line})' if row_id else f"line {line}"
