"""Drawings with one fault each, made from a right one: the checker has to see every one of them."""

from __future__ import annotations

import copy
import itertools
import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from drawing import marked_rows
from drawing.checker import ARRAYS, value_at
from upheaval.charts.draw import Rows

Json = Any

#: Words whose exchange makes a label a thousand times wrong.
MAGNITUDES = {
    "million": "billion",
    "billion": "million",
    "per cent": "million",
    "%": " million",
    "%}": "f} million",
}
#: A magnitude in a label; a sign of per cent that belongs to no field (%{y:.0%}) or format (%B).
_WORD = {word: re.compile(r"%(?![{}\-\w])" if word == "%" else word) for word in MAGNITUDES}


def mutations(drawing: Json) -> Iterator[tuple[str, Json]]:
    """Each wrong drawing with the name of its fault: reversed, swapped, mislabelled, made alike."""
    if isinstance(drawing, Rows):
        yield from marked_rows.mutations(drawing)
        return
    for at, trace in enumerate(drawing["data"]):
        if "decoration" in (trace.get("meta") or {}):
            continue
        for name in (*ARRAYS, "hovertext", "customdata"):
            values = value_at(trace, name)
            if isinstance(values, list) and values != values[::-1]:
                changed = _with(drawing, at, name, values[::-1])
                if not (name in ("x", "y") and marks(changed) == marks(drawing)):
                    yield f"{name} of trace {at} reversed", changed
        yield from _mislabelled(drawing, at)
    yield from _swapped(drawing)
    yield from _alike(drawing)


def _with(drawing: Json, at: int, name: str, values: Any) -> Json:
    """A copy of a drawing with one property of one trace replaced."""
    changed = copy.deepcopy(drawing)
    *path, last = name.split(".")
    holder = changed["data"][at]
    for part in path:
        holder = holder[part]
    holder[last] = values
    return changed


def _swapped(drawing: Json) -> Iterator[tuple[str, Json]]:
    """The numbers of two traces of equal length exchanged: a line drawn with another's column."""
    for (one, first), (other, second) in itertools.combinations(enumerate(drawing["data"]), 2):
        for name in ("x", "y"):
            a, b = first.get(name), second.get(name)
            both = isinstance(a, list) and isinstance(b, list) and first["type"] == second["type"]
            if both and len(a) == len(b) and a != b and not _decorate(first, second):
                changed = _with(_with(drawing, one, name, b), other, name, a)
                if marks(changed) == marks(drawing):
                    continue
                yield f"{name} of traces {one} and {other} exchanged", changed


def marks(drawing: Json) -> Counter[str]:
    """Every mark with its look, its row and its place, in whatever order they are drawn.

    Where a mutation leaves these as they were, it is no other drawing: marks that are counted, one
    a unit, may be exchanged among themselves, and so may dots that stand for no row.
    """
    found: Counter[str] = Counter()
    for trace in drawing["data"]:
        rows = (trace.get("meta") or {}).get("rows", [])
        style = {name: trace.get(name) for name in ("type", "mode", "line", "marker")}
        order = range(len(rows)) if trace.get("mode") != "markers" else [None] * len(rows)
        positions = (trace.get("x"), trace.get("y"))
        if all(isinstance(one, list) and len(one) == len(rows) for one in positions):
            for number, row, x, y in zip(order, rows, *positions, strict=True):
                found[json.dumps([style, number, row, x, y], default=str)] += 1
        else:
            found[json.dumps([style, *positions], default=str)] += 1
    return found


def _decorate(*traces: Json) -> bool:
    return any("decoration" in (trace.get("meta") or {}) for trace in traces)


def _mislabelled(drawing: Json, at: int) -> Iterator[tuple[str, Json]]:
    """A hover label that names another magnitude."""
    trace = drawing["data"][at]
    for name in ("hovertemplate", "hovertext"):
        texts = trace.get(name)
        whole = texts if isinstance(texts, list) else [texts or ""]
        for word, wrong in MAGNITUDES.items():
            if trace.get("hoverinfo") != "skip" and any(
                _WORD[word].search(str(text)) for text in whole
            ):
                other = [_WORD[word].sub(wrong, str(text)) for text in whole]
                value = other if isinstance(texts, list) else other[0]
                yield f"{name} of trace {at} says {wrong!r}", _with(drawing, at, name, value)


def _alike(drawing: Json) -> Iterator[tuple[str, Json]]:
    """All marks of one shape and pattern, so that only colour is left to tell them apart.

    Where all of them look alike already (one dotted line), nothing was told by the shape.
    """
    changed = copy.deepcopy(drawing)
    for trace in changed["data"]:
        marker = trace.get("marker") or {}
        if "symbol" in marker:
            many = isinstance(marker["symbol"], list)
            marker["symbol"] = ["circle"] * len(marker["symbol"]) if many else "circle"
        marker.pop("pattern", None)
        trace.get("line", {}).pop("dash", None)
    if len(_looks(changed)) < len(_looks(drawing)):
        yield "shapes and patterns made alike", changed


def _looks(drawing: Json) -> set[str]:
    """The different shapes, patterns and dashes of the marks."""
    found = set()
    for trace in (one for one in drawing["data"] if one.get("x") or one.get("y")):
        symbols = value_at(trace, "marker.symbol")
        others = (trace.get("mode"), trace["type"], value_at(trace, "marker.pattern.shape"))
        for symbol in symbols if isinstance(symbols, list) else [symbols]:
            found.add(str((symbol, *others, value_at(trace, "line.dash"))))
    return found
