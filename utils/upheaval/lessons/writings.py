"""What a reader can write in each lesson, so that *My work* can say what is written, and where.

Only names and questions: nothing here makes a widget, which would read and cite all its rows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ..charts import hypotheses, options, positions
from ..methods.hypotheses import MARKS, SIGNS, WORDS
from ..widgets.core.protocol import Writing
from ..widgets.portfolio import Labels, writing_of
from . import blocks, build, computed, words


def of(number: str) -> list[Writing]:
    """What a reader can write in lesson ``number``: nothing where there is no such lesson."""
    try:
        content = words.load(number).content
    except words.WordsError:
        return []
    prompts = (build.prompt(number, name).spec for name in content.get("prompts") or {})
    made = [writing for spec in prompts if (writing := writing_of(spec))]
    return [*made, *(_large(number, name) for name in LARGE.get(number, ()))]


def under_hood(check: str) -> bool:
    """Whether a check ("02.tweak") asks about code, and so needs a kernel."""
    return check == "12.chart" or check.partition(".")[2] in {"tweak", "twiddle", "frob"}


def _large(number: str, name: str) -> Writing:
    key, labels = LARGE[number][name]
    entry, _ = computed.filled(number, "shown", name)
    return {
        "key": key,
        "kind": name,
        "question": entry["title"],
        "labels": labels(entry),
    }


Entry = Mapping[str, object]


def _coding(_entry: Entry) -> Labels:
    return {
        "scales": {name: said[0] for name, said in positions.SCALES.items()},
        "columns": {name: said[0] for name, said in positions.COLUMNS.items()},
        "rows": dict(positions.DIMENSIONS),
    }


def _matrix(_entry: Entry) -> Labels:
    rows = blocks.table("evidence").sort_values(["date", "id"], kind="stable")
    return {
        "rows": dict(zip(rows["id"], rows["statement"], strict=True)),
        "columns": {key: name for key, (name, _) in hypotheses.HYPOTHESES.items()},
        "marks": {mark: f"{SIGNS[mark]} {WORDS[mark]}" for mark in MARKS},
    }


def _forecast(_entry: Entry) -> Labels:
    table = blocks.table("forecast_questions")
    return {"questions": dict(zip(table["id"], table["question"], strict=True))}


def _weights(_entry: Entry) -> Labels:
    return {"criteria": dict(options.AIMS)}


def _memo(entry: Entry) -> Labels:
    fields = entry["fields"]
    assert isinstance(fields, list)
    return {"fields": {one["name"]: one["label"] for one in fields}}


#: What is written elsewhere than in a prompt, by lesson and entry: its storage key, its labels.
LARGE: dict[str, dict[str, tuple[str, Callable[[Entry], Labels]]]] = {
    "07": {"coding": ("07.coding", _coding)},
    "09": {"matrix": ("09.grid", _matrix)},
    "10": {"forecast": ("10.forecast", _forecast)},
    "11": {"weights": ("11.weights", _weights), "memo": ("11.memo", _memo)},
}
