"""A selection in several slots, marked rule by rule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Self

from ...core import protocol
from ..base import BaseCheck, common
from ..options import OptionsSpec, offered


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


class SelectionSpec(OptionsSpec):
    """What a selection's face knows of itself."""

    slots: list[str]


class SelectionKey(protocol.AnswerKey):
    """The ids of the options, the rules, and what these look at: columns by option."""

    done: str
    not_yet: str
    options: list[str]
    columns: dict[str, dict[str, Any]]
    rules: list[Any]


class Selection(BaseCheck):
    """A selection in several slots, marked rule by rule."""

    @classmethod
    def selection(
        cls,
        name: str,
        question: str,
        options: Mapping[str, str],
        columns: Mapping[str, Sequence[Any]],
        rules: Sequence[Rule],
        *,
        slots: Sequence[str],
        done: str,
        not_yet: str,
        hints: Iterable[str] = (),
    ) -> Self:
        """A selection in several slots, marked rule by rule: each `Rule` gets its own verdict.

        ``options``, id and text, are offered in every slot; answers are kept by the ids: where
        options are rows of a table, the ids of the rows. ``columns`` hold what the rules look at,
        one entry an option; ``slots`` are the labels of the drop-downs. Raises ``ValueError`` for
        options without ids, for columns of another length and for rules about columns that are not
        there.
        """
        part = offered(name, options)
        for column, cells in columns.items():
            if len(cells) != len(options):
                counts = f"{len(cells)} entries for {len(options)} options"
                raise ValueError(f"check “{name}”: column “{column}” has {counts}; give each one")
        for rule in rules:
            if rule.kind != "count" and rule.column not in columns:
                raise ValueError(
                    f"check “{name}”: no column “{rule.column}”; there are {', '.join(columns)}"
                )
        key: SelectionKey = {
            "type": "selection",
            "done": done,
            "not_yet": not_yet,
            "options": list(options),
            "columns": {
                column: dict(zip(options, cells, strict=True)) for column, cells in columns.items()
            },
            "rules": [asdict(one) for one in rules],
        }
        spec: SelectionSpec = {
            **common("selection", name, question, hints, key),
            **part,
            "slots": list(slots),
        }
        return cls(spec)
