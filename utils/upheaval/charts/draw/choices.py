"""The options of controls, from the words of a chart; and what a word that is none of them gets."""

from __future__ import annotations

import functools
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any

from ...facts import tables
from ...facts.problems import UnknownWord


def _label(words: Any) -> str:
    """The words themselves, their ``label``, or the first of several."""
    return str(words[0] if isinstance(words, tuple) else getattr(words, "label", words))


def options(
    words: Mapping[Any, Any],
    label: Callable[[Any], str] = _label,
    first: str = "",
    only: Iterable[Any] | None = None,
) -> list[tuple[str, Any]]:
    """(label, value) of each of ``words``, which map a value to its words; ``label`` takes the
    label from these, where it is not they, the first of them, or what is called so. ``first`` is
    the label of everything (value None), before all; ``only`` leaves the values that it holds.
    """
    kept = [value for value in words if only is None or value in only]
    every: list[tuple[str, Any]] = [(first, None)] if first else []
    return [*every, *((label(words[value]), value) for value in kept)]


def offer(
    words: Mapping[Any, Any], label: Callable[[Any], str] = _label, first: str = ""
) -> Callable[[], list[tuple[str, Any]]]:
    """A function of a chart without arguments that gives its `options` to a control."""
    return functools.partial(options, words, label, first)


def as_of_options(days: Sequence[str]) -> list[tuple[str, str | None]]:
    """(label, value) of the stops of an as-of stepper; the last is everything the tables know."""
    last = f"Everything known ({tables.spell(tables.knowledge_as_of())})"
    return [*((tables.spell(day), day) for day in days), (last, None)]


def chosen(words: Mapping[Any, Any], word: Any, what: str) -> Any:
    """What ``words`` has for ``word``, which should be a ``what`` ("measure").

    Raises `UnknownWord`, a ``KeyError``, whose sentence says what there is to choose from.
    """
    if not isinstance(word, Hashable) or word not in words:
        raise UnknownWord(what, word, words)
    return words[word]
