"""Check: a question that says why an answer is wrong.

A choice, a number (or range), or a selection (rules, or matches).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..core import protocol
from ..core.persisted import PersistedWidget
from ..core.seal import seal, unseal

Json = Any


@dataclass(frozen=True)
class Option:
    """One answer: its ``text``, ``why`` for those who chose it, and whether it is ``right``."""

    text: str
    why: str
    right: bool = False


@dataclass(frozen=True)
class Mistake:
    """A range of wrong numbers, ``low`` to ``high``, from one misunderstanding: ``why``."""

    low: float
    high: float
    why: str


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


#: A longer answer is refused, so that none can make the file of a reader's work unusable.
MOST_LETTERS = 2_000


class Check(PersistedWidget):
    """A question with feedback.

    Make one with `Check.choice`, `Check.number`, `Check.selection` or `Check.match`.

    The face marks, with a kernel and in a page alike (``rules.ts``), by the answer key that goes
    along under a seal. The last answer is kept with the reader's work, under ``name`` (which must
    be unique in the collection), as ``{"answer", "right", "tries"}``. It stands there again at the
    next visit, marked anew: whether it was right is told by the rows as they are then.
    """

    face = "check"

    def __init__(self, spec: dict[str, Json], answer_key: dict[str, Json]):
        self.answer_key = answer_key
        named = {part: value for part, value in spec.items() if part != "name"}
        super().__init__(spec["name"], **named, answerKey=seal(answer_key))

    @classmethod
    def choice(
        cls, name: str, question: str, options: Sequence[Option], hints: Iterable[str] = ()
    ) -> Check:
        """One of several answers.

        Raises ``ValueError`` unless every option has a reason and at least one is right.
        """
        if not any(one.right for one in options):
            raise ValueError(f"check {name!r}: no option is right; mark one with right=True")
        for one in options:
            if not one.why.strip():
                raise ValueError(f"check {name!r}: the option {one.text!r} needs a reason (why=…)")
        if len({one.text for one in options}) < len(options):
            raise ValueError(f"check {name!r}: two options have the same text")
        return cls(
            {
                "type": "choice",
                "name": name,
                "question": question,
                "hints": list(hints),
                "options": [one.text for one in options],
            },
            {
                "type": "choice",
                "right": [index for index, one in enumerate(options) if one.right],
                "why": [one.why for one in options],
            },
        )

    @classmethod
    def number(
        cls,
        name: str,
        question: str,
        low: Any,
        high: Any,
        why: str,
        *,
        below: str,
        above: str,
        mistakes: Sequence[Mistake] = (),
        unit: str = "",
        hints: Iterable[str] = (),
        unread: str = "Write it with digits, for example 3000, or a range such as 3000 to 4000.",
    ) -> Check:
        """A number, or a range where ``low`` and ``high`` are each a pair.

        With plain numbers every answer from ``low`` to ``high`` is right. With pairs the answer is
        a range whose lower end lies in ``low`` and whose upper end lies in ``high``. ``below`` and
        ``above`` answer who is too low or too high without one of the `Mistake` ranges; a mistake
        wins where it holds the whole answer.
        """
        lower, upper = (low, high) if isinstance(low, tuple) else ((low, high), (low, high))
        answer_key = {
            "type": "number",
            "low": [*map(float, lower)],
            "high": [*map(float, upper)],
            "why": why,
            "below": below,
            "above": above,
            "unread": unread,
            "mistakes": [
                {"low": float(one.low), "high": float(one.high), "why": one.why} for one in mistakes
            ],
        }
        return cls(
            {
                "type": "number",
                "name": name,
                "question": question,
                "hints": list(hints),
                "unit": unit,
            },
            answer_key,
        )

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
    ) -> Check:
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
        answer_key = {
            "type": "selection",
            "done": done,
            "not_yet": not_yet,
            "options": len(options),
            "columns": {
                column: [list(one) if isinstance(one, tuple) else one for one in cells]
                for column, cells in columns.items()
            },
            "rules": [
                {
                    "kind": one.kind,
                    "column": one.column,
                    "good": one.good,
                    "why": one.why,
                    "value": list(one.value) if isinstance(one.value, tuple) else one.value,
                }
                for one in rules
            ],
        }
        return cls(
            {
                "type": "selection",
                "name": name,
                "question": question,
                "hints": list(hints),
                "options": list(options),
                "slots": list(slots),
            },
            answer_key,
        )

    @classmethod
    def match(
        cls,
        name: str,
        question: str,
        options: Sequence[str],
        items: Mapping[str, Sequence[Option]],
        *,
        done: str,
        not_yet: str,
        labels: Sequence[str] = (),
        hints: Iterable[str] = (),
    ) -> Check:
        """Items, each matched with one of the same ``options``, all marked, with a reason.

        ``items`` maps the text of an item to one `Option` per option, in their order (its text may
        stay empty). ``labels`` are short names of the items for the verdict, by default "1", "2",
        …. Raises ``ValueError`` when an item lacks a reason or a right option, or does not speak
        about every option.
        """
        labels = labels or [str(number) for number in range(1, len(items) + 1)]
        rules: list[dict[str, Json]] = []
        for slot, (item, answers) in enumerate(items.items()):
            if len(answers) != len(options) or not all(one.why.strip() for one in answers):
                needed = f"a reason for each of the {len(options)} options"
                raise ValueError(f"check {name!r}: the item {item!r} needs {needed}")
            right = [index for index, one in enumerate(answers) if one.right]
            if not right:
                raise ValueError(f"check {name!r}: no option is right for the item {item!r}")
            rules.append(
                {
                    "kind": "match",
                    "slot": slot,
                    "label": labels[slot],
                    "value": right,
                    "why": [one.why for one in answers],
                }
            )
        spec = {
            "type": "selection",
            "name": name,
            "question": question,
            "hints": list(hints),
            "options": list(options),
            "slots": list(items),
        }
        return cls(
            spec,
            {
                "type": "selection",
                "done": done,
                "not_yet": not_yet,
                "options": len(options),
                "columns": {},
                "rules": rules,
            },
        )

    @classmethod
    def sealed(cls, text: str) -> Check:
        """A check from `seal`, as students' copies have it: no answer can be read in its cell."""
        content = unseal(text)
        return cls(content["spec"], content["key"])

    def seal(self) -> str:
        """This check as text that nobody reads by accident; `sealed` is the way back."""
        left_out = ("kind", "storageKey", "answerKey")
        spec = {part: value for part, value in self.spec.items() if part not in left_out}
        return seal({"spec": {"name": self.storage_key, **spec}, "key": self.answer_key})

    def validate(self, value: Json) -> protocol.Attempt:
        """The attempt as the face sends it. Raises ``ValueError`` where it is none."""
        if (
            not isinstance(value, dict)
            or set(value) != {"answer", "right", "tries"}
            or not isinstance(value["right"], bool)
            or isinstance(value["tries"], bool)
            or not isinstance(value["tries"], int)
        ):
            raise ValueError(
                "Not kept: an answer comes with whether it was right and with the number of tries."
            )
        if len(json.dumps(value["answer"])) > MOST_LETTERS:
            raise ValueError("Not kept: this answer is too long. A number or a few words will do.")
        return {"answer": value["answer"], "right": value["right"], "tries": value["tries"]}

    def to_text(self) -> str:
        """The question and its answers in words."""
        return f"{self.spec['question']}\n" + "\n".join(
            f"– {one}" for one in self.spec.get("options", ())
        )
