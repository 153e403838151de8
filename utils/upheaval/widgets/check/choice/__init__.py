"""One of several answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Self

from ...core import protocol
from ..base import BaseCheck, common
from ..options import Option


class ChoiceSpec(protocol.CheckSpec):
    """What a choice's face knows of itself."""

    options: list[str]


class ChoiceKey(protocol.AnswerKey):
    """Which options are right, and the reason of each."""

    right: list[int]
    why: list[str]


class Choice(BaseCheck):
    """One of several answers."""

    @classmethod
    def choice(
        cls, name: str, question: str, options: Sequence[Option], hints: Iterable[str] = ()
    ) -> Self:
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
        key: ChoiceKey = {
            "type": "choice",
            "right": [index for index, one in enumerate(options) if one.right],
            "why": [one.why for one in options],
        }
        spec: ChoiceSpec = {
            **common("choice", name, question, hints, key),
            "options": [one.text for one in options],
        }
        return cls(spec)
