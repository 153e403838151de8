"""How the module of a lesson tells what it computes: by the name of the entry that needs it.

    @computed("delay")
    def delay() -> Values:
        return {"days_until_told": ...}

    @shown("timeline")
    def timeline() -> Explorer: ...

    @toured("timeline")
    def tour() -> Values:
        return {"public_by_then": ...}

A function that asks for ``say`` gets the texts of its entry, to fill one for each row; one that is
`shown` and asks for ``words`` gets its whole entry, filled.
"""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable
from typing import Any, TypeVar

from .words import TOURS, Filler, WordsError, choose_from, load

Json = Any
#: What the names in an entry's texts stand for.
Values = dict[str, Any]
#: The filled entry of a thing that is shown.
Words = dict[str, Any]
Function = TypeVar("Function", bound=Callable[..., Any])

#: Functions by lesson, then by the name of their entry.
COMPUTED: dict[str, dict[str, Callable[..., Values]]] = {}
SHOWN: dict[str, dict[str, Callable[..., Any]]] = {}
TOURED: dict[str, dict[str, Callable[..., Values]]] = {}
#: What every lesson makes alike whose words have an entry of the name.
ALIKE: dict[str, Callable[..., Any]] = {}


def computed(name: str) -> Callable[[Function], Function]:
    """A function that computes the values of the entry ``name`` of its lesson."""
    return _register(COMPUTED, name)


def shown(name: str) -> Callable[[Function], Function]:
    """A function that makes what ``lesson.show`` or ``lesson.explorer`` shows under ``name``."""
    return _register(SHOWN, name)


def shown_alike(name: str) -> Callable[[Function], Function]:
    """The same for every lesson that has words under ``name``: it asks for these ``words``."""

    def keep(function: Function) -> Function:
        ALIKE[name] = function
        return function

    return keep


def toured(name: str) -> Callable[[Function], Function]:
    """A function that computes the values of the tour through the explorer ``name``."""
    return _register(TOURED, name)


def _register(where: dict[str, dict[str, Any]], name: str) -> Callable[[Function], Function]:
    def keep(function: Function) -> Function:
        number = function.__module__.rpartition(".l")[2]
        where.setdefault(number, {})[name] = function
        return function

    return keep


def span_of(value: float, *ends: float) -> int:
    """The place, from 1, of the span that ``value`` lies in: ``ends`` part the spans.

    They rise or fall, as the options of a prediction do; an end belongs to the span of more.
    """
    falls = ends[0] > ends[-1]
    return 1 + sum(value < end if falls else value >= end for end in ends)


def functions(number: str, where: dict[str, dict[str, Any]]) -> dict[str, Callable[..., Any]]:
    """The functions of a lesson, with what all make alike: none where it has no module."""
    name = f"{__package__}.l{number}"
    try:
        importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
    own = where.get(number, {})
    if where is not SHOWN:
        return own
    entries = load(number).content.get("shown") or {}
    return {name: one for name, one in ALIKE.items() if name in entries} | own


def filled(number: str, section: str, name: str) -> tuple[dict[str, Json], Filler]:
    """The entry ``name`` with its values in it, and the filler, which knows what was used."""
    words = load(number)
    entry = dict(words.entry(section, name))
    filler = Filler(f"Lesson {number}, “{name}”", texts=entry.pop("texts", None) or {})
    entry.pop("as_said", None)  # for `schema` alone
    where = TOURED if section == TOURS else COMPUTED
    if function := functions(number, where).get(name):
        filler.values = _call(function, say=filler.say)
    return filler.fill(entry), filler


def show(number: str, name: str) -> Json:
    """What the lesson's module makes under ``name``.

    Raises `WordsError` with the names there are.
    """
    there = functions(number, SHOWN)
    if name not in there:
        raise WordsError(f"Lesson {number} shows no “{name}”. {choose_from(name, there)}")
    entry: dict[str, Json] = {}
    filler = Filler(f"Lesson {number}, “{name}”")
    if name in (load(number).content.get("shown") or {}):
        entry, filler = filled(number, "shown", name)
    return _call(there[name], words=entry, say=filler.say)


def _call(function: Callable[..., Json], **offered: Json) -> Json:
    asked = inspect.signature(function).parameters
    return function(**{name: one for name, one in offered.items() if name in asked})
