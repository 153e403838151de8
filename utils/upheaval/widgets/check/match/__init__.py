"""Several items, each matched with one of the same options."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Self, TypedDict

from ...core import protocol
from ..base import BaseCheck, common
from ..options import Option, offered
from ..selection import SelectionSpec


class MatchItem(TypedDict):
    """What is said of one item: by a short label, with a reason for every option by its id."""

    label: str
    right: list[str]
    why: dict[str, str]


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
        options: Mapping[str, str],
        items: Mapping[str, Sequence[Option]],
        *,
        done: str,
        not_yet: str,
        labels: Sequence[str] = (),
        hints: Iterable[str] = (),
    ) -> Self:
        """Items, each matched with one of the same ``options``, all marked, with a reason.

        ``options`` maps ids to texts; answers are kept by the ids, in the order of the items.
        ``items`` maps the text of an item to one `Option` per option, in their order (with neither
        text nor id). ``labels`` are short names of the items for the verdict, by default "1", "2",
        …. Raises ``ValueError`` for options without ids, and when an item lacks a reason or a right
        option, or does not speak about every option.
        """
        part = offered(name, options)
        labels = labels or [str(number) for number in range(1, len(items) + 1)]
        for item, answers in items.items():
            if len(answers) != len(options) or not all(one.why.strip() for one in answers):
                needed = f"a reason for each of the {len(options)} options"
                raise ValueError(f"check “{name}”: the item “{item}” needs {needed}")
            if not any(one.right for one in answers):
                raise ValueError(f"check “{name}”: no option is right for “{item}”; mark one")
        key: MatchKey = {
            "type": "match",
            "done": done,
            "not_yet": not_yet,
            "items": [
                _item(label, options, answers)
                for label, answers in zip(labels, items.values(), strict=True)
            ],
        }
        spec: SelectionSpec = {
            **common("match", name, question, hints, key),
            **part,
            "slots": list(items),
        }
        return cls(spec)


def _item(label: str, ids: Iterable[str], answers: Sequence[Option]) -> MatchItem:
    by_id = dict(zip(ids, answers, strict=True))
    return {
        "label": label,
        "right": [one for one, answer in by_id.items() if answer.right],
        "why": {one: answer.why for one, answer in by_id.items()},
    }
