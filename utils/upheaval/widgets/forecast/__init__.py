"""Forecast: probabilities for questions with answers; locked, revealed, scored, pooled."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from ..core.persisted import PersistedWidget
from ..core.seal import seal

Json = Any
#: Documents as (text, address) pairs.
Links = Sequence[tuple[str, str]]

#: The mark of the files that the face saves and loads.
ABOUT = (
    "Forecasts that were locked in a notebook. You may read this file, hand it in, or delete it."
)


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
    was easy or hard, and the documents that it was ``settled_by``.
    """

    id: str
    text: str
    rule: str
    closes: str
    known: str
    documents: Links
    outcome: bool
    happened: str
    why: str
    settled_by: Links
    base: Base | None = None


class Forecast(PersistedWidget):
    """A probability and a reason for each question; a lock; what happened, scored; a class file.

    Kept is ``{"name", "forecasts": {id: {"percent", "reason", "known"}}, "locked", "revealed"}``,
    the last two moments as ISO text, or ``None``. ``bands`` are words of likelihood as (term,
    lowest, highest per cent), the least likely first. Raises ``ValueError`` for no questions, an id
    that is there twice, and a base rate that is no per cent.
    """

    face = "forecast"

    def __init__(
        self,
        key: str,
        question: str,
        questions: Sequence[Question],
        bands: Sequence[tuple[str, float, float]],
        hints: Sequence[str] = (),
    ):
        self.ids = [one.id for one in questions]
        if not questions or len(set(self.ids)) < len(questions):
            raise ValueError(f"the forecasts {key!r} need at least one question, and every id once")
        for one in questions:
            if one.base and not _is_percent(one.base.percent):
                raise ValueError(
                    f"the base rate of {one.id!r} is {one.base.percent}; it goes from 0 to 100"
                )
        super().__init__(
            key,
            question=question,
            about=ABOUT,
            hints=list(hints),
            questions=[_asked(one) for one in questions],
            bands=[{"term": term, "low": low, "high": high} for term, low, high in bands],
            sealed=seal(
                [
                    {
                        "outcome": bool(one.outcome),
                        "happened": one.happened,
                        "why": one.why,
                        "links": _links(one.settled_by),
                    }
                    for one in questions
                ]
            ),
        )

    def validate(self, value: Json) -> Json:
        """`value` with nothing but what belongs there.

        Raises ``ValueError`` where a lock or a number forbids it.
        """
        new, old = _shaped(value, self.ids), _shaped(self.value, self.ids)
        for one in new["forecasts"].values():
            if one["percent"] is not None and not _is_percent(one["percent"]):
                raise ValueError("A probability in per cent is one number from 0 to 100.")
        changed = new["forecasts"] != old["forecasts"]
        if old["revealed"] and (
            changed or (new["locked"], new["revealed"]) != (old["locked"], old["revealed"])
        ):
            raise ValueError(
                "You have seen what happened, so your forecasts stay as they were locked."
            )
        if old["locked"] and new["locked"] and (changed or new["locked"] != old["locked"]):
            raise ValueError("Your forecasts are locked. Undo the lock before you change one.")
        if new["locked"] and all(one["percent"] is None for one in new["forecasts"].values()):
            raise ValueError("Give at least one probability before you lock.")
        if new["revealed"] and not old["locked"]:
            raise ValueError("Lock your forecasts before you look.")
        return new

    def to_text(self) -> str:
        """The questions and their rules in words, without what happened."""
        asked = (f"– {one['text']} {one['rule']}" for one in self.spec["questions"])
        return "\n".join([self.spec["question"], *asked])


def _asked(one: Question) -> dict[str, Json]:
    """What a reader may see of a question before the end."""
    return {
        "id": one.id,
        "text": one.text,
        "rule": one.rule,
        "closes": one.closes,
        "known": one.known,
        "links": _links(one.documents),
        "base": asdict(one.base) if one.base else None,
    }


def _links(pairs: Links) -> list[dict[str, str]]:
    return [{"text": text, "url": url} for text, url in pairs]


def _is_percent(value: Json) -> bool:
    return (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and math.isfinite(value)
        and 0 <= value <= 100
    )


def _shaped(value: Json, ids: Sequence[str]) -> dict[str, Json]:
    """`value`, which may be anything, as what is kept.

    A forecast without number, reason and mark is left out.
    """
    whole = _object(value)
    given, forecasts = _object(whole.get("forecasts")), {}
    for one in ids:
        said = _object(given.get(one))
        percent = said.get("percent")
        entry = {
            "percent": None if isinstance(percent, str) else percent,
            "reason": _text(said.get("reason")),
            "known": said.get("known") is True,
        }
        if entry != {"percent": None, "reason": "", "known": False}:
            forecasts[one] = entry
    return {
        "name": _text(whole.get("name")),
        "forecasts": forecasts,
        "locked": _text(whole.get("locked")) or None,
        "revealed": _text(whole.get("revealed")) or None,
    }


def _object(value: Json) -> dict[str, Json]:
    return value if isinstance(value, dict) else {}


def _text(value: Json) -> str:
    return value if isinstance(value, str) else ""
