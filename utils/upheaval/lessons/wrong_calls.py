"""What a cell gave to a function of the collection that it cannot take, in a sentence.

Functions say in their annotations what they take, and in their docstrings of which table a frame is
(rows of). They do not check it themselves: this looks only once something has gone wrong.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from numbers import Integral, Real
from types import FrameType
from typing import Any

import pandas as pd

from ..facts import tables

#: What an annotation says, what is then right, and how that is said.
KINDS: tuple[tuple[str, Any, str], ...] = (
    ("pd.DataFrame", pd.DataFrame, "a table"),
    ("str", str, "a word in quotation marks"),
    ("bool", bool, "True or False"),
    ("int", Integral, "a whole number"),
    ("float", Real, "a number"),
    ("Mapping[str, int]", Mapping, 'weights by their names, such as {"hold": 5}'),
    ("Sequence[str]", (list, tuple), 'words in a list, such as ["one", "two"]'),
    ("Iterable[str]", (list, tuple, set), 'words in a list, such as ["one", "two"]'),
)
#: What a value is called that is of another kind.
NAMES: tuple[tuple[Any, str], ...] = (
    (pd.DataFrame, "a table"),
    (pd.Series, "a column of a table"),
    (str, "a word"),
    (bool, "True or False"),
    (Real, "a number"),
    (Mapping, "a dictionary"),
    ((list, tuple, set), "a list"),
    (type(None), "nothing"),
)


def of_kinds(frames: list[FrameType], ours: Callable[[FrameType], bool]) -> str:
    """What is told of a call in a cell with an argument of another kind than the function takes.

    ``frames`` lead from the cell to where an error was raised; ``ours`` tells those of the
    collection. Empty where every argument is of its kind.
    """
    function, given = _called(frames, ours)
    for name, value in given.items():
        annotation = str(function.__annotations__.get(name, ""))
        said = annotation.removesuffix(" | None")
        if value is None and said != annotation:
            continue
        for one, right, kind in KINDS:
            if said != one or isinstance(value, right):
                continue
            what = next((what for one, what in NAMES if isinstance(value, one)), "something else")
            again = _again(function, name) if right is pd.DataFrame else ""
            return (
                f"“{function.__name__}” takes {kind} as its “{name}”, and was given {what}.{again}"
            )
    return ""


def sentence(error: Exception, frames: list[FrameType], ours: Callable[[FrameType], bool]) -> str:
    """What else is wrong with a call in a cell: its names, or a table without a column."""
    if isinstance(error, TypeError) and not any(map(ours, frames)):
        return _of_names(str(error))
    function, given = _called(frames, ours)
    return _of_columns(error, function, given) if given else ""


def _called(
    frames: list[FrameType], ours: Callable[[FrameType], bool]
) -> tuple[Any, dict[str, Any]]:
    """The function of the collection that a cell called, and what it was given by its names."""
    frame = next((one for one in frames if ours(one)), None)
    function = frame and frame.f_globals.get(frame.f_code.co_name)
    if frame is None or not inspect.isfunction(function):
        return None, {}
    names = inspect.signature(function).parameters
    return function, {one: frame.f_locals[one] for one in names if one in frame.f_locals}


def _of_columns(error: Exception, function: Any, given: Mapping[str, Any]) -> str:
    """A table without a column that the function looks for: it is another one, or a part of it."""
    column = getattr(error, "name", None) if isinstance(error, AttributeError) else None
    if isinstance(error, KeyError) and error.args:
        quoted = re.search(r"'(\w+)'", str(error.args[0]))
        column = quoted[1] if quoted else error.args[0]
    if not isinstance(column, str):
        return ""
    for name, value in given.items():
        table = table_of(function, name)
        known = [one["name"] for one in tables.schema(table)["fields"]] if table else []
        if isinstance(value, pd.DataFrame) and column in known and column not in value.columns:
            return (
                f"The table given to “{function.__name__}” as its “{name}” has no column"
                f" “{column}”.{_again(function, name)}"
            )
    return ""


def table_of(function: Any, name: str) -> str:
    """The name of the table that an argument of this name is (rows of); empty for no one table."""
    told = " ".join((function.__doc__ or "").split())
    said = re.search(rf"``{name}`` (?:is|are) [^`.;]*?\btable ``(\w+)``", told)
    found = said[1] if said else name
    return found if found in tables.names() else ""


def _again(function: Any, name: str) -> str:
    """How to get the table that an argument should be."""
    table = table_of(function, name)
    return f' Give it {name} = lesson.table("{table}"), or rows of it.' if table else ""


def _of_names(said: str) -> str:
    """A call with a name for an argument that the function does not have, or without one."""
    function = next(iter(_functions(re.match(r"(?:\w+\.)*(\w+)\(\)", said))), None)
    if function is None:
        return ""
    there = list(inspect.signature(function).parameters)
    call = f"{function.__name__}({', '.join(there)})"
    if wrong := re.search(r"unexpected keyword argument '(\w+)'", said):
        near = get_close_matches(wrong[1], there, 1)
        step = f"Did you mean “{near[0]}”?" if near else f"Call it as {call}."
        return f"“{function.__name__}” has no “{wrong[1]}” to set. {step}"
    if re.search(r"missing \d+ required|positional arguments? but|multiple values", said):
        return f"“{function.__name__}” was given too little or too much. Call it as {call}."
    return ""


def _functions(found: re.Match[str] | None) -> Iterable[Any]:
    """The functions of the collection with a name that Python says."""
    if found:
        for module in [one for name, one in sys.modules.items() if name.startswith("upheaval.")]:
            one = getattr(module, found[1], None)
            if inspect.isfunction(one) and one.__module__ == module.__name__:
                yield one
