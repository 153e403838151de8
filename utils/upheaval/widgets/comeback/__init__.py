"""ComeBack: questions from earlier lessons, which come back after days and weeks.

Which ones, and when, is said where the reader is, by ``rules.ts``. Python keeps what the face
sends, if it has the right shape.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypedDict, cast

from ..check import Check
from ..check.base import is_attempt
from ..core import protocol, storage
from ..core.persisted import PersistedWidget

#: The most questions that are kept of one round, and the most rounds.
MOST = 500


class ComeBackLesson(TypedDict):
    """A lesson with its questions, as the face knows it."""

    lesson: str
    title: str
    checks: list[protocol.CheckSpec]


class ComeBackSpec(TypedDict):
    """What the face is told: ``ComeBackSpec`` in ``view.ts``."""

    kind: Literal["comeback"]
    storageKey: str
    question: str
    lessons: list[ComeBackLesson]


class Round(TypedDict):
    """A round: its day as ISO text, and the storage keys of its questions."""

    day: str
    items: list[str]


class KeptRounds(TypedDict):
    """What a reader keeps of all rounds: ``KeptRounds`` in ``rules.ts``."""

    ticked: list[str]
    rounds: list[Round]
    answers: dict[str, protocol.Attempt]


@dataclass(frozen=True)
class Returning:
    """What comes back of a lesson: its number, which storage keys begin with, title, questions."""

    lesson: str
    title: str
    checks: Sequence[Check]


class ComeBack(PersistedWidget):
    """A mixed set of questions from lessons that the reader did two days, a week, four weeks ago.

    Kept under ``storage_key`` is a `KeptRounds`; ``lessons`` are all that can come back. Raises
    ``ValueError`` for no lessons.
    """

    face = "comeback"
    large = ("lessons",)

    def __init__(self, storage_key: str, question: str, lessons: Sequence[Returning]):
        if not lessons:
            raise ValueError(f"“{question}” needs one lesson at least. Give it one with questions.")
        listed = [
            {
                "lesson": one.lesson,
                "title": one.title,
                "checks": [{**check.spec} for check in one.checks],
            }
            for one in lessons
        ]
        super().__init__(storage_key, question=question, lessons=listed)

    def _state(self) -> dict[str, Any]:
        return {**super()._state(), "all": storage.store.all()}

    def _stored(self, keys: set[str], cleared: bool) -> None:
        # The day of a lesson may be in any answer.
        super()._stored({*keys, self.storage_key}, cleared)

    def validate(self, value: Any) -> KeptRounds:
        """`value` as it is kept. Raises ``ValueError`` with a sentence where it has no such shape.

        Nothing is said of whether an answer is right.
        """
        fields = set(KeptRounds.__annotations__)
        if (
            not isinstance(value, dict)
            or set(value) != fields
            or not _are_texts(value["ticked"])
            or not isinstance(value["rounds"], list)
            or len(value["rounds"]) > MOST
            or not all(map(_is_round, value["rounds"]))
            or not isinstance(value["answers"], dict)
            or not all(map(is_attempt, value["answers"].values()))
        ):
            raise ValueError("Not kept: this is no round of questions. Press “Ask me” again.")
        return cast(KeptRounds, value)

    def answer_in_words(self, value: KeptRounds) -> list[str]:
        """How many questions of the last round are right."""
        rounds, answers = value["rounds"], value["answers"].values()
        asked = len(rounds[-1]["items"]) if rounds else 0
        right = sum(one["right"] for one in answers)
        return [f"Of {asked} questions that came back {len(answers)} are answered, {right} right."]

    def to_text(self) -> str:
        """The lessons, without questions or answers: they are asked for from memory."""
        titles = [f"– {one['title']}" for one in self.spec["lessons"]]
        return "\n".join([self.spec["question"], *titles])


def _are_texts(value: Any) -> bool:
    return (
        isinstance(value, list)
        and len(value) <= MOST
        and all(isinstance(one, str) and len(one) < 100 for one in value)
    )


def _is_round(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and set(value) == {"day", "items"}
        and isinstance(value["day"], str)
        and len(value["day"]) == len("2026-02-28")
        and _are_texts(value["items"])
    )
