"""Forecast: probabilities for questions with answers; locked, revealed, scored, pooled.

When what may change, and what it scores, is said where the reader is, by ``rules.ts`` and
``scores.ts``. Python keeps what the face sends, if it has the right shape.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypedDict

from ..core import storage
from ..core.persisted import PersistedWidget
from ..core.protocol import FileHead, Link
from ..core.seal import seal

#: Documents as (text, address) pairs.
Links = Sequence[tuple[str, str]]

#: As the face says it (`refusal` in ``rules.ts``).
LOCKED = "Your forecasts are locked. Undo the lock before you change one."


# -- what the face is told, and what is kept: the same in core/protocol.ts -------------------------
class BaseRate(TypedDict):
    """How often the like happened: see `Base`."""

    percent: float
    phrase: str
    limits: str


class AskedQuestion(TypedDict):
    """What a reader may see of a `Question` before the end."""

    id: str
    text: str
    rule: str
    closes: str
    known: str
    links: list[Link]
    base: BaseRate | None


class Band(TypedDict):
    """A word for a likelihood, and the percentages it stands for."""

    term: str
    low: float
    high: float


class ForecastSpec(TypedDict):
    """What the face of forecasts is told; ``sealed`` are the `Outcome` of all questions."""

    question: str
    head: FileHead
    hints: list[str]
    questions: list[AskedQuestion]
    bands: list[Band]
    sealed: str


class KeptForecast(TypedDict):
    """One forecast in per cent, or none yet; ``known`` says whether the end was known already."""

    percent: float | None
    reason: str
    known: bool


class KeptForecasts(TypedDict):
    """A reader's forecasts by the ids of their questions; two moments as ISO text, or ``None``."""

    name: str
    forecasts: dict[str, KeptForecast]
    locked: str | None
    revealed: str | None


class Outcome(TypedDict):
    """How a question ended: under a seal. ``outcome`` is ``None`` while it is open."""

    outcome: bool | None
    happened: str
    why: str
    links: list[Link]


# -- what an author gives --------------------------------------------------------------------------
@dataclass(frozen=True)
class Base:
    """How often the like happened: ``percent`` (0 to 100), ``phrase`` for what, and a caution."""

    percent: float
    phrase: str
    limits: str


@dataclass(frozen=True)
class Question:
    """A question with its answer, which stays under a seal until the reader reveals it.

    ``rule`` says when it is yes, ``closes`` the last day in words, ``known`` what was known when it
    was asked, with the ``documents`` for it. Sealed: the ``outcome``, what ``happened``, ``why`` it
    was easy or hard, and the documents that it was ``settled_by``. Of a question that is still open
    the outcome is None, and it is not scored.
    """

    id: str
    text: str
    rule: str
    closes: str
    known: str
    documents: Links
    outcome: bool | None
    happened: str
    why: str
    settled_by: Links
    base: Base | None = None


class Forecast(PersistedWidget):
    """A probability and a reason for each question; a lock; what happened, scored; a class file.

    Kept is a `KeptForecasts`, or ``None``. ``bands`` are words of likelihood as (term, lowest,
    highest per cent), the least likely first. Raises ``ValueError`` for no questions, an id that is
    there twice, and a base rate that is no per cent.
    """

    face = "forecast"
    linked_keys = (storage.SIGN,)

    def __init__(
        self,
        storage_key: str,
        question: str,
        questions: Sequence[Question],
        bands: Sequence[tuple[str, float, float]],
        hints: Sequence[str] = (),
    ):
        self.ids = [one.id for one in questions]
        if not questions or len(set(self.ids)) < len(questions):
            raise ValueError(
                f"the forecasts “{storage_key}” need at least one question, and every id once"
            )
        for one in questions:
            if one.base and not _is_percent(one.base.percent):
                raise ValueError(
                    f"the base rate of “{one.id}” is {one.base.percent}; it goes from 0 to 100"
                )
        spec: ForecastSpec = {
            "question": question,
            "head": storage.head(),
            "hints": list(hints),
            "questions": [_asked(one) for one in questions],
            "bands": [{"term": term, "low": low, "high": high} for term, low, high in bands],
            "sealed": seal([_outcome(one) for one in questions]),
        }
        super().__init__(storage_key, **spec)

    def validate(self, value: object) -> KeptForecasts:
        """`value` without what belongs to no question here; what is missing counts as empty.

        Raises ``ValueError`` with a sentence for anything that does not have the shape.
        """
        given = value.get("forecasts") if isinstance(value, dict) else None
        if not isinstance(value, dict) or not isinstance(given, dict):
            raise ValueError("Not kept: these are not forecasts. Answer again.")
        return {
            "name": _text(value.get("name", "")),
            "forecasts": {one: _entry(given[one]) for one in self.ids if one in given},
            "locked": _moment(value.get("locked")),
            "revealed": _moment(value.get("revealed")),
        }

    def combined(self, kept: Any, sent: dict[str, Any]) -> KeptForecasts:
        """What to keep; a lock that another notebook has set holds (`ValueError`)."""
        next_one: KeptForecasts = super().combined(kept, sent)
        if self._is_valid(kept) and (kept["locked"], kept["revealed"]) != (None, None):
            before = self.validate(kept)
            same_lock = next_one["locked"] == before["locked"]
            if same_lock and next_one["forecasts"] != before["forecasts"]:
                raise ValueError(LOCKED)
        return next_one

    def answer_in_words(self, value: KeptForecasts) -> list[str]:
        """Each forecast with its reason; never how it ended."""
        texts = {one["id"]: one["text"] for one in self.spec["questions"]}
        return [
            f"Your forecast: {texts[key]} {one['percent']}%. {one['reason']}"
            for key, one in value["forecasts"].items()
            if key in texts and one["percent"] is not None
        ] or ["No forecast yet."]

    def to_text(self) -> str:
        """The questions and their rules in words, without what happened."""
        asked = (f"– {one['text']} {one['rule']}" for one in self.spec["questions"])
        return "\n".join([self.spec["question"], *asked])


# -- the parts of the spec -------------------------------------------------------------------------
def _asked(one: Question) -> AskedQuestion:
    base: BaseRate | None = None
    if one.base:
        percent, phrase, limits = one.base.percent, one.base.phrase, one.base.limits
        base = {"percent": percent, "phrase": phrase, "limits": limits}
    return {
        "id": one.id,
        "text": one.text,
        "rule": one.rule,
        "closes": one.closes,
        "known": one.known,
        "links": _links(one.documents),
        "base": base,
    }


def _outcome(one: Question) -> Outcome:
    return {
        "outcome": one.outcome,
        "happened": one.happened,
        "why": one.why,
        "links": _links(one.settled_by),
    }


def _links(pairs: Links) -> list[Link]:
    return [{"text": text, "url": url} for text, url in pairs]


# -- the shape of what the face sends --------------------------------------------------------------
def _entry(value: object) -> KeptForecast:
    if not isinstance(value, dict) or not isinstance(value.get("known", False), bool):
        raise ValueError("Not kept: this is not a forecast. Answer again.")
    percent = value.get("percent")
    if percent is not None and not _is_percent(percent):
        raise ValueError(
            "Not kept: a probability in per cent is one number from 0 to 100. Write one."
        )
    return {
        "percent": percent,
        "reason": _text(value.get("reason", "")),
        "known": value.get("known", False),
    }


def _is_percent(value: object) -> bool:
    return (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and math.isfinite(value)
        and 0 <= value <= 100
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("Not kept: a name or a reason is not a text. Write it again.")
    return value


def _moment(value: object) -> str | None:
    if value is not None and not isinstance(value, str):
        raise ValueError("Not kept: a moment is not a text. Answer again.")
    return value or None
