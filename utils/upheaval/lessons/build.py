"""Questions made of words: an entry of ``notebooks/words``, filled, as a check or a prompt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..widgets import (
    Check,
    Explorer,
    FreeResponse,
    Option,
    Outcome,
    Predict,
    RecallPrediction,
    Rule,
)
from ..widgets.check import Mistake
from ..widgets.core.protocol import GhostSpec, GuessScale
from .computed import filled, show, span_of
from .words import ANSWER, TOURS, load

Json = Any
Entry = dict[str, Json]


def check(number: str, name: str) -> Check:
    """The check of a lesson. Raises `words.WordsError` where there is none, or its words fail."""
    return _made(number, "checks", name)


def come_back(number: str, name: str, said: str = "") -> Check:
    """A question of lesson ``number`` that comes back later; ``said`` stands before its words.

    Raises `words.WordsError` as `check` does.
    """
    return _made(number, "come_back", name, said)


def _made(number: str, section: str, name: str, said: str = "") -> Check:
    entry, _ = filled(number, section, name)
    kind = KINDS[entry.pop("kind")]
    question = f"{said} {entry.pop('question')}".strip()
    return kind(f"{number}.{name}", question, entry)


def _choice(name: str, question: str, entry: Entry) -> Check:
    return Check.choice(name, question, _options(entry), hints=entry.get("hints", ()))


def _select_all(name: str, question: str, entry: Entry) -> Check:
    return Check.select_all(name, question, _options(entry), **_rest(entry, "options", "right"))


def _options(entry: Entry) -> list[Option]:
    right = _ids(entry.get("right", []))
    return [
        Option(one["text"], one["why"], id=one["id"], right=one.get("right", one["id"] in right))
        for one in entry["options"]
    ]


def _ids(right: Json) -> list[str]:
    return list(right) if isinstance(right, list | tuple | set) else [right]


def _number(name: str, question: str, entry: Entry) -> Check:
    low, high = _ends(entry)
    rest = _rest(entry, "answer", "low", "high", "why", "mistakes")
    mistakes = _mistakes(entry.get("mistakes", []), (low, high))
    return Check.number(name, question, low, high, entry["why"], mistakes=mistakes, **rest)


def _ends(entry: Mapping[str, Json]) -> tuple[Json, Json]:
    low, high = (entry.get(end, entry.get("answer")) for end in ("low", "high"))
    pairs = (tuple(one) if isinstance(one, list) else one for one in (low, high))
    return next(pairs), next(pairs)


def _mistakes(entries: list[Entry], right: tuple[Json, Json]) -> list[Mistake]:
    """The mistakes, but for one that is the right answer by now; two of one number in one reason.

    Rows change: what was a wrong number yesterday can be the right one tomorrow.
    """
    told: dict[tuple[Json, Json], list[str]] = {}
    for entry in entries:
        if (ends := _ends(entry)) != right:
            told.setdefault(ends, []).append(entry["why"])
    return [Mistake(low, high, " Or: ".join(reasons)) for (low, high), reasons in told.items()]


def _match(name: str, question: str, entry: Entry) -> Check:
    options, items = entry["options"], entry["items"]
    offered = {
        item["text"]: [
            Option("", item["why"][one], right=one in _ids(item["right"])) for one in options
        ]
        for item in items
    }
    labels = [item.get("label", str(number)) for number, item in enumerate(items, 1)]
    rest = _rest(entry, "options", "items")
    return Check.match(name, question, options, offered, labels=labels, **rest)


def _selection(name: str, question: str, entry: Entry) -> Check:
    options, columns = entry["options"], entry.get("columns")
    if columns is None:  # they stand with the options
        columns = {mark: [one["marks"][mark] for one in options] for mark in options[0]["marks"]}
        options = {one["id"]: one["text"] for one in options}
    rules = [
        Rule(one["rule"], one["met"], one["missed"], one.get("column", ""), _value(one))
        for one in entry["rules"]
    ]
    rest = _rest(entry, "options", "columns", "rules")
    return Check.selection(name, question, options, columns, rules, **rest)


def _value(rule: Entry) -> Json:
    value = rule.get("value")
    return tuple(value) if isinstance(value, list) else value


def _rest(entry: Entry, *taken: str) -> Entry:
    return {name: one for name, one in entry.items() if name not in taken}


#: How a check of each kind is made of its filled entry.
KINDS: dict[str, Callable[[str, str, Entry], Check]] = {
    "choice": _choice,
    "number": _number,
    "match": _match,
    "selection": _selection,
    "select_all": _select_all,
}


def prompt(number: str, name: str) -> Predict | FreeResponse:
    """The prediction or the free text of a lesson. Raises `words.WordsError` as `check` does."""
    entry, _ = filled(number, "prompts", name)
    if "options" in entry:
        storage_key, scale = f"{number}.{name}", _scale(entry)
        return Predict(storage_key, entry["question"], entry["options"], scale)
    return FreeResponse(f"{number}.{name}", entry["question"], entry["fields"])


def recall(number: str, name: str) -> RecallPrediction:
    """What was predicted, shown again. Raises `words.WordsError` as `check` does."""
    entry, _ = filled(number, "prompts", name)
    return RecallPrediction(f"{number}.{name}", entry["recall"], _outcome(number, entry))


def _outcome(number: str, prediction: Entry) -> Outcome | None:
    """What came of a prediction: the sentences “answer” of its lesson, if it has them."""
    if ANSWER not in (load(number).content.get("said") or {}):
        return None
    entry, _ = filled(number, "said", ANSWER)
    text, options, scale = entry.pop("text"), prediction["options"], _scale(prediction)
    places = entry.pop("right", [])
    if scale:
        entry |= {"scale": scale, "at": _amount(entry["at"])}
        places = [span_of(entry["at"], *scale["ends"])]
    right = [options[place - 1] for place in places]
    lines = [text] if isinstance(text, str) else text
    return Outcome(lines, options, right, **entry)


def _scale(prediction: Entry) -> GuessScale | None:
    """The scale that a prediction is set on, if its answer is a number."""
    if "scale" not in prediction:
        return None
    said = _rest(prediction["scale"], "ghost")
    for name in SCALE_NUMBERS:
        one = said[name]
        said[name] = [_amount(each) for each in one] if isinstance(one, list) else _amount(one)
    scale: GuessScale = said  # type: ignore[assignment]  # `schema` looks at its fields
    return scale


#: The fields of a scale that hold numbers, or lists of them.
SCALE_NUMBERS = ("low", "high", "step", "ends", "ticks")


def _amount(one: Json) -> float:
    """A number: the words of a lesson have decimals as texts."""
    found = float(one)
    return int(found) if found.is_integer() else found


def explorer(number: str, name: str) -> Explorer:
    """A chart of a lesson, with the tour that its words have, and with its reader's guess.

    Raises `words.WordsError` where there is none, and `widgets.explorer.UnknownState` where a step
    chooses what the chart does not have.
    """
    made: Explorer = show(number, name)
    if name in (load(number).content.get(TOURS) or {}):
        entry, _ = filled(number, TOURS, name)
        made.set_tour([(one.get("state", {}), one["says"], one["asks"]) for one in entry["steps"]])
    for prediction, words in (load(number).content.get("prompts") or {}).items():
        if words.get("scale", {}).get("ghost", {}).get("chart") == name:
            made.set_ghost(_ghost(number, prediction, made))
    return made


def _ghost(number: str, name: str, chart: Explorer) -> GhostSpec:
    """Where on ``chart`` what was predicted under ``name`` stands."""
    entry, _ = filled(number, "prompts", name)
    scale, ghost = _scale(entry), entry["scale"]["ghost"]
    assert scale
    day = isinstance(ghost["zero"], str) and ghost["zero"].count("-") == 2
    found: GhostSpec = {
        "storageKey": f"{number}.{name}",
        "scale": scale,
        "options": entry["options"],
        "axis": ghost["axis"],
        "zero": ghost["zero"] if day else _amount(ghost["zero"]),
        "per": _amount(ghost["per"]),
        "state": chart.selection_of(ghost.get("state", {})),
    }
    if "row" in ghost:
        found["row"] = ghost["row"]
    return found


def paper_states(number: str, name: str) -> list[Mapping[str, Json]]:
    """The choices with which a chart stands on paper, one after the other: ids by control.

    They are steps of its tour, by their places from 1, or said in the words for paper; by default
    the chart is as it begins.
    """
    content = load(number).content
    told = ((content.get("paper") or {}).get("charts") or {}).get(name) or {}
    if "steps" not in told:
        return list(told.get("states", [{}]))
    steps = content[TOURS][name]["steps"]
    return [steps[place - 1].get("state", {}) for place in told["steps"]]
