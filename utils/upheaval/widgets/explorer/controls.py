"""The controls of an explorer.

Each names its choices; the face draws it as a native, labelled element.

A control without a column is a *state*: the explorer calls its view with the value chosen. `Filter`
and `DateLimit` name a column that rows are filtered by instead: they select rows (see
`upheaval.row_filters`) and never reach the view.

Each option has an id, by which a page's address calls it: a label may be worded anew, and an
address that a reader kept still leads where it led.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from numbers import Real
from typing import Any, Literal

from ..core import protocol

#: What an id may be made of: what an address holds as it is, in every mail and message.
_ID = re.compile(r"[A-Za-z0-9._-]+")


class Control:
    """A labelled choice among ``options``: values, ``(label, value)``, or ``(label, value, id)``.

    ``start`` is the value chosen at first (the first option if not given). An option's id is made
    of its value where that is a text, a number, true, false or ``None`` ("all"): "DPRK weapons"
    has "DPRK-weapons". Raises ``ValueError`` for no options, an unknown start, and an option that
    needs an id or has another's; the sentence says what to do.
    """

    kind: Literal["dropdown", "radio", "stepper"] = "dropdown"
    column: str | None = None
    rule: Literal["contains", "lte"] | None = None

    def __init__(self, options: Iterable[Any], label: str = "", start: Any = ...):
        parts = [one if isinstance(one, tuple) else (str(one), one) for one in options]
        self.labels = [str(label) for label, *_ in parts]
        self.values = [value for _, value, *_ in parts]
        self.label = label
        if not parts:
            raise ValueError(f"the control “{label}” has no options; give it at least one")
        if start is not ... and start not in self.values:
            raise ValueError(
                f"“{start}” is not among the options of “{label}”; they are:"
                f" {', '.join(self.labels)}"
            )
        self.start = 0 if start is ... else self.values.index(start)
        self.ids = [own[0] if own else _id_of(value) for _, value, *own in parts]
        for at, one in enumerate(self.ids):
            if not isinstance(one, str) or not _ID.fullmatch(one) or one in self.ids[:at]:
                raise ValueError(
                    f"the option “{self.labels[at]}” of “{label}” needs an id of its own for the"
                    " page's address: give (label, value, id), where the id has only letters a to"
                    " z, digits, and - _ . and is no other option's"
                )

    def spec(self, name: str, legacy: Mapping[str, str] | None = None) -> protocol.Control:
        """What draws the control; values go along only where the face filters by them.

        ``legacy`` maps labels that older addresses hold to ids (`core.legacy_addresses`). Only
        those go along that would not be found among the labels of today.
        """
        spec: protocol.Control = {
            "name": name,
            "label": self.label or name,
            "kind": self.kind,
            "options": self.labels,
            "ids": self.ids,
            "start": self.start,
        }
        if self.column and self.rule:
            spec |= {"column": self.column, "rule": self.rule, "values": self.values}
        today = dict(zip(self.labels, self.ids, strict=True))
        changed = {
            old: one
            for old, one in (legacy or {}).items()
            if one in self.ids and today.get(old) != one
        }
        return {**spec, "legacyLabels": changed} if changed else spec


def _id_of(value: Any) -> str:
    """The id that a value makes; empty where it makes none."""
    if value is None:
        return "all"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Real):
        return str(value)
    if isinstance(value, str) and value.isascii():
        return re.sub(r"[^A-Za-z0-9._-]+", "-", value).strip("-")
    return ""


class Dropdown(Control):
    """One of a list: a drop-down."""


class RadioButtons(Control):
    """One of a few, all in sight: radio buttons (a single tab stop)."""

    kind = "radio"


class Stepper(Control):
    """One of an ordered list, with Earlier and Later beside it."""

    kind = "stepper"


class Filter(Control):
    """Rows whose facet ``column`` is, or holds, the value; ``None`` is every row."""

    rule: Literal["contains", "lte"] | None = "contains"

    def __init__(self, column: str, options: Iterable[Any], label: str = "", start: Any = ...):
        super().__init__(options, label, start)
        self.column = column


class DateLimit(Filter):
    """Rows whose ``column`` sorts at or before the value: a stepper through dates, say."""

    kind = "stepper"
    rule = "lte"
