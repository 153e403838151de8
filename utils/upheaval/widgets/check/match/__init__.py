"""Several items, each matched with one of the same options."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Self, TypedDict

from ...core import protocol
from ..base import BaseCheck, common
from ..options import Option
from ..selection import SelectionSpec


class MatchItem(TypedDict):
    """What is said of one item: by a short label, with a reason for every option."""

    label: str
    right: list[int]
    why: list[str]


class MatchKey(protocol.AnswerKey):
    """The items, in the order in which they stand."""

    done: str
    not_yet: str
    items: list[MatchItem]


class Match(BaseCheck):
    """Several items, each matched with one of the same options."""

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
    ) -> Self:
        """Items, each matched with one of the same ``options``, all marked, with a reason.

        ``items`` maps the text of an item to one `Option` per option, in their order (its text may
        stay empty). ``labels`` are short names of the items for the verdict, by default "1", "2",
        …. Raises ``ValueError`` when an item lacks a reason or a right option, or does not speak
        about every option.
        """
        labels = labels or [str(number) for number in range(1, len(items) + 1)]
        for item, answers in items.items():
            if len(answers) != len(options) or not all(one.why.strip() for one in answers):
                needed = f"a reason for each of the {len(options)} options"
                raise ValueError(f"check {name!r}: the item {item!r} needs {needed}")
            if not any(one.right for one in answers):
                raise ValueError(f"check {name!r}: no option is right for the item {item!r}")
        key: MatchKey = {
            "type": "match",
            "done": done,
            "not_yet": not_yet,
            "items": [
                {
                    "label": label,
                    "right": [index for index, one in enumerate(answers) if one.right],
                    "why": [one.why for one in answers],
                }
                for label, answers in zip(labels, items.values(), strict=True)
            ],
        }
        spec: SelectionSpec = {
            **common("match", name, question, hints, key),
            "options": list(options),
            "slots": list(items),
        }
        return cls(spec)
