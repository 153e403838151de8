"""The controls of an explorer.

Each names its choices; the face draws it as a native, labelled element.

A control without a column is a *state*: the explorer calls its view with the value chosen. `Filter`
and `DateLimit` name a column that rows are filtered by instead: they select rows (see
`upheaval.row_filters`) and never reach the view.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from ..core import protocol


class Control:
    """A labelled choice among ``options``: values, or ``(label, value)`` pairs.

    ``start`` is the value chosen at first (the first option if not given). Raises ``ValueError``
    for no options or an unknown start, and names the options there are.
    """

    kind: Literal["dropdown", "radio", "stepper"] = "dropdown"
    column: str | None = None
    rule: Literal["contains", "lte"] | None = None

    def __init__(self, options: Iterable[Any], label: str = "", start: Any = ...):
        pairs = [one if isinstance(one, tuple) else (str(one), one) for one in options]
        self.labels = [str(label) for label, _ in pairs]
        self.values = [value for _, value in pairs]
        self.label = label
        if not pairs:
            raise ValueError(f"the control {label!r} has no options; give it at least one")
        if start is not ... and start not in self.values:
            raise ValueError(
                f"{start!r} is not among the options of {label!r}; they are:"
                f" {', '.join(self.labels)}"
            )
        self.start = 0 if start is ... else self.values.index(start)

    def spec(self, name: str) -> protocol.Control:
        """What draws the control; values go along only where the face filters by them."""
        spec: protocol.Control = {
            "name": name,
            "label": self.label or name,
            "kind": self.kind,
            "options": self.labels,
            "start": self.start,
        }
        if self.column and self.rule:
            spec |= {"column": self.column, "rule": self.rule, "values": self.values}
        return spec


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
