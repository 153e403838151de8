"""A number, or a range of numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Self, TypedDict

from ...core import protocol
from ..base import BaseCheck, common

#: What is said where nothing could be read. One number has no example: it would suggest a size.
UNREAD = {
    "number": "Write one number, with digits.",
    "range": "Write it with digits, for example 3000, or a range such as 3000 to 4000.",
}


@dataclass(frozen=True)
class Mistake:
    """A range of wrong numbers, ``low`` to ``high``, from one misunderstanding: ``why``."""

    low: float
    high: float
    why: str


class NumberSpec(protocol.CheckSpec):
    """What a number's face knows of itself."""

    unit: str


class MistakeRange(TypedDict):
    """A `Mistake` on its way to the face."""

    low: float
    high: float
    why: str


class NumberKey(protocol.AnswerKey):
    """Where the two ends of an answer have to lie, and what is said of it."""

    low: tuple[float, float]
    high: tuple[float, float]
    why: str
    below: str
    above: str
    unread: str
    mistakes: list[MistakeRange]


class Number(BaseCheck):
    """A number, or a range of numbers."""

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
        unread: str = "",
    ) -> Self:
        """A number, or a range where ``low`` and ``high`` are each a pair.

        With plain numbers every answer from ``low`` to ``high`` is right. With pairs the answer is
        a range whose lower end lies in ``low`` and whose upper end lies in ``high``. ``below`` and
        ``above`` answer who is too low or too high without one of the `Mistake` ranges; a mistake
        wins where it holds the whole answer. ``unread`` answers what is no number; an empty one
        gives `UNREAD`, with a range for an example where one is asked for.
        """
        lower, upper = (low, high) if isinstance(low, tuple) else ((low, high), (low, high))
        key: NumberKey = {
            "type": "number",
            "low": (float(lower[0]), float(lower[1])),
            "high": (float(upper[0]), float(upper[1])),
            "why": why,
            "below": below,
            "above": above,
            "unread": unread or UNREAD["range" if isinstance(low, tuple) else "number"],
            "mistakes": [
                {"low": float(one.low), "high": float(one.high), "why": one.why} for one in mistakes
            ],
        }
        spec: NumberSpec = {**common("number", name, question, hints, key), "unit": unit}
        return cls(spec)
