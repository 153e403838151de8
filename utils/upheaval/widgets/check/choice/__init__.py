"""One of several answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Self

from ...core import protocol
from ..base import BaseCheck, common
from ..options import Option, OptionsSpec, with_reasons


class ChoiceKey(protocol.AnswerKey):
    """Which options are right, and the reason of each, by their ids."""

    right: list[str]
    why: dict[str, str]


class Choice(BaseCheck):
    """One of several answers."""

    @classmethod
    def choice(
        cls, name: str, question: str, options: Sequence[Option], hints: Iterable[str] = ()
    ) -> Self:
        """One of several answers.

        Raises ``ValueError`` unless every option has an id and a reason, and at least one is right.
        """
        part = with_reasons(name, options)
        key: ChoiceKey = {
            "type": "choice",
            "right": [one.id for one in options if one.right],
            "why": {one.id: one.why for one in options},
        }
        spec: OptionsSpec = {**common("choice", name, question, hints, key), **part}
        return cls(spec)
