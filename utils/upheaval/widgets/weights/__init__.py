"""Weights: options under the weights of their reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NotRequired, TypedDict

from ..core.persisted import PersistedWidget


# -- what the face is told, and what is kept: the same in core/protocol.ts -------------------------
class Criterion(TypedDict):
    """What options are weighed by."""

    id: str
    label: str


class WeighedOption(TypedDict):
    """What is weighed."""

    id: str
    title: str


class WeightsPreset(TypedDict):
    """Weights to start from."""

    label: str
    weights: dict[str, int]


class WeightsSpec(TypedDict):
    """What the face of a weighing is told: ``ratings`` are by option and criterion."""

    question: str
    start: dict[str, int]
    criteria: list[Criterion]
    options: list[WeighedOption]
    ratings: dict[str, dict[str, tuple[int, int]]]
    presets: list[WeightsPreset]


class MovedRating(TypedDict):
    """A rating that a reader moved."""

    low: int
    high: int


#: What is kept of a weighing: the label of the preset that the weights come from (``""`` for a
#: reader's own), a weight for each criterion, and the ratings that the reader moved, if any.
KeptWeights = TypedDict(
    "KeptWeights",
    {
        "from": str,
        "weights": dict[str, int],
        "ratings": NotRequired[dict[str, dict[str, MovedRating]]],
    },
)


NO_RATING = "Not kept: a rating is a range of whole numbers from 1 to 5. Choose both ends."


class WeightedScoring(PersistedWidget):
    """Options under the reader's weights: which leads, and which one weight would change that.

    ``criteria`` and ``options`` map ids to labels; ``ratings`` is ``{option: {criterion: (low,
    high)}}``; ``presets`` maps labels to weights to start from, of which the first is shown.
    Weights are whole numbers from 0 to 5. Kept is a `KeptWeights`, or ``None``. Raises
    ``ValueError`` for ratings that lack an option or a criterion.
    """

    face = "weights"

    def __init__(
        self,
        storage_key: str,
        question: str,
        criteria: Mapping[str, str],
        options: Mapping[str, str],
        ratings: Mapping[str, Mapping[str, Sequence[int]]],
        presets: Mapping[str, Mapping[str, int]],
    ):
        for option in options:
            if set(ratings.get(option, {})) != set(criteria):
                raise ValueError(f"“{option}” needs a rating for each of {', '.join(criteria)}")
        start = next(iter(presets.values()), dict.fromkeys(criteria, 3))
        spec: WeightsSpec = {
            "question": question,
            "start": dict(start),
            "criteria": [{"id": name, "label": label} for name, label in criteria.items()],
            "options": [{"id": name, "title": title} for name, title in options.items()],
            "ratings": {
                option: {name: _range(ratings[option][name]) for name in criteria}
                for option in options
            },
            "presets": [
                {"label": label, "weights": dict(weights)} for label, weights in presets.items()
            ],
        }
        super().__init__(storage_key, **spec)

    def validate(self, value: object) -> KeptWeights:
        """Weights from 0 to 5 for the criteria.

        Raises ``ValueError`` with a sentence for anything else.
        """
        names = [one["id"] for one in self.spec["criteria"]]
        weights = value.get("weights") if isinstance(value, dict) else None
        if (
            not isinstance(value, dict)
            or not isinstance(weights, dict)
            or set(weights) != set(names)
        ):
            raise ValueError(
                "Not kept: these are not the weights of this question. Choose them again."
            )
        if any(
            isinstance(one, bool) or not isinstance(one, int) or not 0 <= one <= 5
            for one in weights.values()
        ):
            raise ValueError("Not kept: a weight is a whole number from 0 to 5. Choose one.")
        start = value.get("from") or ""
        if not isinstance(start, str):
            raise ValueError("Not kept: what the weights come from is not a text. Choose again.")
        kept: KeptWeights = {
            "from": start,
            "weights": {name: weights[name] for name in names},
        }
        if moved := self._moved(value.get("ratings", {})):
            kept["ratings"] = moved
        return kept

    def _moved(self, ratings: Any) -> dict[str, dict[str, MovedRating]]:
        """The ratings that a reader moved, of options and criteria that are here.

        Raises ``ValueError`` with a sentence where one is no range from 1 to 5.
        """
        ours = self.spec["ratings"]
        if not isinstance(ratings, dict) or not all(
            isinstance(one, dict) for one in ratings.values()
        ):
            raise ValueError(NO_RATING)
        moved: dict[str, dict[str, MovedRating]] = {}
        for option, aims in ratings.items():
            for aim, ends in aims.items():
                if not _is_range(ends):
                    raise ValueError(NO_RATING)
                if aim in ours.get(option, {}):
                    moved.setdefault(option, {})[aim] = {"low": ends["low"], "high": ends["high"]}
        return moved

    def answer_in_words(self, value: KeptWeights) -> list[str]:
        """The weight of each criterion."""
        labels = {one["id"]: one["label"] for one in self.spec["criteria"]}
        titles = {one["id"]: one["title"] for one in self.spec["options"]}
        return [
            *(f"Your weight: {labels[key]} {one}" for key, one in value["weights"].items()),
            *(
                f"Your rating: {titles[option]}, {labels[aim]}: {ends['low']} to {ends['high']}"
                for option, aims in value.get("ratings", {}).items()
                for aim, ends in aims.items()
            ),
        ]

    def to_text(self) -> str:
        """The question, what is weighed and what is chosen from, in words."""
        lines = [
            *(one["label"] for one in self.spec["criteria"]),
            *(one["title"] for one in self.spec["options"]),
        ]
        return f"{self.spec['question']}\n" + "\n".join(f"– {line}" for line in lines)


def _is_range(ends: Any) -> bool:
    """Whether these are two whole numbers from 1 to 5, the lower first."""
    if not isinstance(ends, dict) or set(ends) != {"low", "high"}:
        return False
    whole = all(isinstance(one, int) and not isinstance(one, bool) for one in ends.values())
    return whole and 1 <= ends["low"] <= ends["high"] <= 5


def _range(ends: Sequence[int]) -> tuple[int, int]:
    low, high = ends
    return int(low), int(high)
