"""Tick all that apply."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Self, TypedDict

from ...core import protocol
from ..base import BaseCheck, common
from ..options import Option, OptionsSpec, with_reasons


class SelectAllOption(TypedDict):
    """What is said of an option that was ticked."""

    id: str
    text: str
    why: str
    right: bool


class SelectAllKey(protocol.AnswerKey):
    """What is said of every option, and of all together."""

    done: str
    not_yet: str
    missed: str
    options: list[SelectAllOption]


class SelectAll(BaseCheck):
    """Tick all that apply."""

    @classmethod
    def select_all(
        cls,
        name: str,
        question: str,
        options: Sequence[Option],
        *,
        done: str,
        not_yet: str,
        missed: str = "Something that applies is not ticked yet.",
        hints: Iterable[str] = (),
    ) -> Self:
        """Tick all that apply: right when exactly the right ``options`` are ticked.

        Each option that was ticked is answered with its reason; ``missed`` says that another one
        applies, without naming it. Raises ``ValueError`` unless every option has an id and a
        reason, at least one is right, and at least one is wrong.
        """
        part = with_reasons(name, options)
        if all(one.right for one in options):
            raise ValueError(f"check “{name}”: all options are right; offer one that is not")
        key: SelectAllKey = {
            "type": "select_all",
            "done": done,
            "not_yet": not_yet,
            "missed": missed,
            "options": [
                {"id": one.id, "text": one.text, "why": one.why, "right": one.right}
                for one in options
            ],
        }
        spec: OptionsSpec = {**common("select_all", name, question, hints, key), **part}
        return cls(spec)
