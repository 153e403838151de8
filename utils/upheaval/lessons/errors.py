"""Errors in a notebook, told in a sentence in place of a traceback.

Readers change words in cells under the hood. What can go wrong there has a sentence that says what
was found and what there is to choose from; an error of ours keeps its traceback.
"""

from __future__ import annotations

import linecache
import re
import sys
import traceback
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any

import pandas as pd

from ..charts.draw import Chart
from ..facts.problems import DataProblem
from ..widgets import Explorer
from . import wrong_calls
from .words import choose_from

#: What is told where a cell asks for a part of the collection that is no longer there.
OLDER = (
    "This copy of the lesson was made by an earlier version of the collection. Bring it anew, with"
    " python start.py fresh and the number of the lesson; what you answered is kept, and so is this"
    " copy, beside the new one."
)
#: What is told where a table is broken: Jupyter runs no further then.
BELOW = (
    "If you ran all cells, those below did not run, and some of them may need nothing of this:"
    " click the next cell, then menu Run, then “Run Selected Cell and All Below”."
)
HOME = str(Path(__file__).resolve().parents[1])


def explain_errors() -> None:
    """Tell errors in sentences in this notebook, if it is one; a chart shows itself with all."""
    try:
        shell = get_ipython()  # type: ignore[name-defined]
    except NameError:
        return
    told = (NameError, KeyError, ValueError, ImportError, AttributeError, TypeError, DataProblem)
    shell.set_custom_exc(told, _show)
    shown = getattr(type(shell), "showsyntaxerror", None)
    shell.showsyntaxerror = lambda *given, **named: _show_syntax(shell, shown, *given, **named)
    # A chart as the last line of a cell gets the whole face: words, rows and sources, not the bare
    # figure.
    shell.display_formatter.mimebundle_formatter.for_type(
        Chart, lambda chart, **_: Explorer(lambda: chart, name=chart.name)._repr_mimebundle_()
    )


def _show(
    shell: Any, kind: type, error: Exception, trace: TracebackType, tb_offset: int | None = None
) -> Sequence[str]:
    """Show the sentence of an error; its traceback where there is none."""
    said = sentence(error, trace)
    shown: list[str] = (
        [said]
        if said
        else shell.InteractiveTB.structured_traceback(kind, error, trace, tb_offset=tb_offset)
    )
    shell._showtraceback(kind, error, shown)
    return shown


def _show_syntax(shell: Any, usual: Any, *given: Any, **named: Any) -> None:
    """Show what is wrong with a cell that Python cannot read."""
    kind, error, _ = sys.exc_info()
    if isinstance(error, SyntaxError):
        shell._showtraceback(kind, error, [_of_syntax(error)])
    elif usual:
        usual(shell, *given, **named)


def _of_syntax(error: SyntaxError) -> str:
    """A cell without one of its marks."""
    where, said = f"Line {error.lineno} of this cell", error.msg or ""
    if "string literal" in said:
        return f'{where}: a quotation mark is missing. A word begins and ends with one: "2024".'
    if re.search(r"never closed|unmatched|does not match|incomplete input", said):
        return f"{where}: a bracket is missing. Each ( or [ or {{ has its ) or ] or }}."
    return (
        f"{where} cannot be read. Compare it with the line as it was: perhaps a comma, a quotation"
        " mark or a bracket is missing, or a space stands before it."
    )


def sentence(error: Exception, trace: TracebackType | None) -> str:
    """What is told of an error; empty for one that readers cannot have caused by a wrong word."""
    if isinstance(error, NameError):
        return _of_name(error)
    if isinstance(error, ImportError | AttributeError) and (found := _of_part(error)):
        return found
    if hasattr(error, "_render_traceback_"):
        said = "\n".join(error._render_traceback_())
        return f"{said}\n{BELOW}" if isinstance(error, DataProblem) else said
    frames = [frame for frame, _ in traceback.walk_tb(trace)]
    if isinstance(error, KeyError) and (found := _of_column(error, frames)):
        return found
    said = str(error.args[0]) if error.args else ""
    raised_here = bool(frames) and _ours(frames[-1])
    if found := wrong_calls.of_kinds(frames, _ours):
        return found
    if isinstance(error, ValueError) and raised_here and _raises(trace):
        return said
    if found := wrong_calls.sentence(error, frames, _ours):
        return found
    if not (isinstance(error, KeyError) and raised_here):
        return ""
    if " " in said:
        return said
    return f"There is no “{said}” to choose. {choose_from(said, _choices(frames[-1], said))}"


def _of_name(error: NameError) -> str:
    """Cells run out of order are the commonest fault in a notebook; then words without marks."""
    name = getattr(error, "name", None) or "something"
    return (
        f"The name “{name}” is not known yet. Run the cells above this one first (menu Run, then"
        f" “Run All Above Selected Cell”), or look for a typing mistake: if {name} is a word to"
        f' choose, it needs quotation marks, "{name}".'
    )


def _of_part(error: ImportError | AttributeError) -> str:
    """A part of the collection that is not there: misspelled, or of an earlier version."""
    if not re.search(r"(from|module) 'upheaval\b|named 'upheaval\.", str(error)):
        return ""
    name = re.search(r"(?:import name|attribute|named) '(?:[\w.]*\.)?(\w+)'", str(error))
    module = getattr(error, "obj", None) or sys.modules.get(str(error.name))
    if name and module and get_close_matches(name[1], dir(module), 1, 0.8):
        return f"There is no “{name[1]}” to use. {choose_from(name[1], dir(module))}"
    return OLDER


def _of_column(error: KeyError, frames: list[FrameType]) -> str:
    """A column or a row that a table asked for in a cell does not have."""
    tables = [frame.f_locals.get("self") for frame in frames if not _ours(frame)]
    table = next((one for one in tables if isinstance(one, pd.DataFrame | pd.Series)), None)
    if table is None or any(map(_ours, frames)):
        return ""
    name = str(error.args[0]) if error.args else ""
    there = table.columns if isinstance(table, pd.DataFrame) else table.index
    what = "column" if isinstance(table, pd.DataFrame) else "row"
    return f"This table has no {what} “{name}”. {choose_from(name, map(str, there[:40]))}"


def _raises(trace: TracebackType | None) -> bool:
    """Whether an error was raised by a line that says so, and not by Python within it."""
    *_, (frame, line) = traceback.walk_tb(trace)
    said = linecache.getline(frame.f_code.co_filename, line)
    return said.lstrip().startswith("raise")


def _ours(frame: FrameType) -> bool:
    return frame.f_code.co_filename.startswith(HOME)


def _choices(frame: FrameType, word: str) -> Iterable[str]:
    """The words of a mapping that the failing line looks into, where the word is not."""
    line = linecache.getline(frame.f_code.co_filename, frame.f_lineno)
    for name in re.findall(r"[A-Za-z_]\w*", line):
        value = frame.f_locals.get(name, frame.f_globals.get(name))
        if isinstance(value, Mapping) and word not in value:
            return [str(one) for one in value if isinstance(one, str)]
    return []
