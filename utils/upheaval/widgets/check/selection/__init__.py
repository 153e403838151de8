"""A selection in several slots, marked rule by rule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Self

from ...core import protocol
from ..base import BaseCheck, common


@dataclass(frozen=True)
class Rule:
    """A rule for a selection, with words for when it is met (``good``) and not (``why``).

    ``kind`` is ``count`` (exactly ``value`` different picks), ``ordered`` (picks in ascending order
    of ``column``), ``lte`` (every cell of ``column`` at or before ``value``), ``distinct`` (at
    least ``value`` different values in ``column``) or ``includes`` (every one of the values
    ``value`` stands somewhere in ``column``).
    """

    kind: str
    good: str
    why: str
    column: str = ""
    value: Any = None


class SelectionSpec(protocol.CheckSpec):
    """What a selection's face knows of itself."""

    options: list[str]
    slots: list[str]


class SelectionKey(protocol.AnswerKey):
    """The rules, and what they look at: one entry an option in every column."""

    done: str
    not_yet: str
    options: int
    columns: dict[str, list[Any]]
    rules: list[Any]


class Selection(BaseCheck):
    """A selection in several slots, marked rule by rule."""

    @classmethod
    def selection(
        cls,
        name: str,
        question: str,
        options: Sequence[str],
        columns: Mapping[str, Sequence[Any]],
        rules: Sequence[Rule],
        *,
        slots: Sequence[str],
        done: str,
        not_yet: str,
        hints: Iterable[str] = (),
    ) -> Self:
        """A selection in several slots, marked rule by rule: each `Rule` gets its own verdict.

        ``options`` are offered in every slot; ``columns`` hold what the rules look at, one entry an
        option; ``slots`` are the labels of the drop-downs. Raises ``ValueError`` for columns of
        another length and for rules about columns that are not there.
        """
        for column, cells in columns.items():
            if len(cells) != len(options):
                counts = f"{len(cells)} entries for {len(options)} options"
                raise ValueError(f"check {name!r}: column {column!r} has {counts}")
        for rule in rules:
            if rule.kind != "count" and rule.column not in columns:
                raise ValueError(
                    f"check {name!r}: no column {rule.column!r}; there are {', '.join(columns)}"
                )
        key: SelectionKey = {
            "type": "selection",
            "done": done,
            "not_yet": not_yet,
            "options": len(options),
            "columns": {column: list(cells) for column, cells in columns.items()},
            "rules": [asdict(one) for one in rules],
        }
        spec: SelectionSpec = {
            **common("selection", name, question, hints, key),
            "options": list(options),
            "slots": list(slots),
        }
        return cls(spec)
