"""Is a legend true? Each sign looks like the marks that its words name, and whatever is drawn has
its sign: marks, patterns, broken lines, and the lines and areas that stand beside the marks.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pandas as pd

from drawing import cells
from drawing.reading import column_of, terms_of, unique_terms
from upheaval.facts import tables

if TYPE_CHECKING:
    from drawing.checker import Checker, Point

Json = Any

#: What a sign of a legend looks like in a figure: a property, and the values that it may have.
SIGNS: dict[str, tuple[str, tuple[str | None, ...]]] = {
    "●": ("marker.symbol", ("circle", None)),
    "○": ("marker.symbol", ("circle-open",)),
    "◆": ("marker.symbol", ("diamond",)),
    "◇": ("marker.symbol", ("diamond-open",)),
    "■": ("marker.symbol", ("square",)),
    "□": ("marker.symbol", ("square-open",)),
    "▣": ("marker.symbol", ("square-open-dot",)),
    "▽": ("marker.symbol", ("triangle-down-open",)),
    "▼": ("marker.symbol", ("triangle-down",)),
    "—": ("marker.symbol", ("line-ew-open",)),
    "★": ("marker.symbol", ("star",)),
    "━": ("line.dash", ("solid", None)),
    "╍": ("line.dash", ("dash",)),
    "█": ("marker.pattern.shape", ("", None)),
    "▨": ("marker.pattern.shape", ("/",)),
    "⣿": ("marker.pattern.shape", (".",)),
    "▩": ("marker.pattern.shape", ("x",)),
    "░": ("marker.pattern.shape", (".",)),
    "△": ("marker.symbol", ("triangle-up-open",)),
    "▲": ("marker.symbol", ("triangle-up",)),
    "⬡": ("marker.symbol", ("hexagon-open",)),
    "+": ("marker.symbol", ("cross-thin-open",)),
    "✕": ("marker.symbol", ("x", "x-open", "x-thin", "x-thin-open")),
}
#: Other signs that a legend may have for these looks: a property, its values, the signs.
ALSO: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("marker.symbol", ("square",), "▪"),
    ("marker.symbol", ("arrow",), "▶"),
    ("marker.pattern.shape", ("",), "■"),
    ("line.dash", ("dash",), "╌"),
    ("line.dash", ("dot",), "┈─"),
)


#: Signs that mean one thing in every chart, and what their words have there.
MEANINGS = {
    "┄▶": r"^at least|“at least”|open above",
    "◀┄": r"^up to|“up to”|open below",
    "┣━┫": r"range|from|\btime\b|middle",
    "▒": r"words of|terms of",
    "▪": r"a place",
    "─●─": r"along the line",
    "grey:": r"replaced|last said",
    "·": r"weaker|neutral",
    "┈": r"line|weak",
    "━━": r"strong",
    "┈┈": r"weak",
    "╌": r"middle|guideline|medium",
    "▶": r"points to|at least",
}
#: Of these, the ones whose words no other sign may have.
ALONE = ("┄▶", "◀┄", "▪", "grey:")
#: The signs of lines and areas that stand beside the marks, by how their line is drawn.
BESIDE = {"dot": "┊┈", "dash": "╌╍", "solid": "┃─━", "area": "▒░"}


def faults(checker: Checker) -> Iterator[str]:
    """Every fault of one legend: a sentence each."""
    yield from legend(checker)
    yield from unexplained(checker)
    yield from values(checker)
    yield from beside_marks(checker)
    yield from dashes(checker)


def meanings(entries: list[tuple[str, str]]) -> Iterator[str]:
    """A sign that means one thing everywhere means it here, and no sign but it does."""
    for (part, words), (sign, label) in itertools.product(MEANINGS.items(), entries):
        shared = any(part in other and part != other for other in MEANINGS if other in sign)
        if sign and part in sign and not shared and not re.search(words, label):
            yield f"the legend says {sign} for {label!r}, and {part} means {words!r}"
    distinct = {
        part: words for part, words in MEANINGS.items() if part in ("┄▶", "◀┄", "▪", "grey:")
    }
    for (part, words), (sign, label) in itertools.product(distinct.items(), entries):
        if part not in sign and re.search(words, label):
            yield f"the legend says {sign or 'nothing'} for {label!r}, which is {part}"


def dashes(checker: Checker) -> Iterator[str]:
    """A broken or a plain line whose look says what a cell says has these words in the legend."""
    entries = checker.chart.legend
    for point in checker.points:
        says = point.channels.get("line.dash")
        if not says or says["is"] != "Mapped" or not point.rows:
            continue
        drawn = point.drawn("line.dash") or "solid"
        word = next((one for one, look in says["values"].items() if look == drawn), "")
        labels = [label for sign, label in entries if set(sign) & set(BESIDE[drawn])]
        if not any(terms_of(word) & terms_of(label) for label in labels):
            yield f"the legend says {labels or 'nothing'} of a {drawn} line, which is {word!r}"
            return


def legend(checker: Checker) -> Iterator[str]:
    """A sign of the legend looks like the marks that its label names: a column, a yes, a status."""
    marks = [one for one in checker.points if one.trace.get("mode") != "text" and one.rows]
    columns = unique_terms(dict.fromkeys(filter(None, map(column_of, marks))))
    signs = [sign for sign, _ in checker.chart.legend]
    yield from (f"the legend has {one} twice" for one in set(signs) if signs.count(one) > 1)
    for sign, label in checker.chart.legend:
        if sign not in SIGNS:
            continue
        terms = terms_of(label)
        left_out = checker.drawing["layout"]["meta"].get("undrawn_rows")
        if not left_out and not any(looks_like(one, sign) for one in checker.points):
            yield f"the legend explains {sign}, and no mark looks like it"
        for column, unique in columns.items():
            named = unique and unique <= terms
            drawn = [one for one in marks if column_of(one) == column]
            if len(columns) > 1 and named and not any(looks_like(one, sign) for one in drawn):
                yield f"the legend says {sign} for {label!r}, and {column!r} is drawn otherwise"
    yield from affirmed(marks, checker)
    yield from of_facts(checker)


def unexplained(checker: Checker) -> Iterator[str]:
    """What is drawn has its sign in the legend: each symbol, each pattern, each broken line.

    What stands for no row and for no fact is a place that has its name beside it.
    """
    signs_of = (one for sign, _ in checker.chart.legend for one in sign.split())
    known = {one[0] if len(set(one)) == 1 else one for one in signs_of}
    missing: dict[tuple[str, str], None] = {}
    for point in checker.points:
        facts = any(one and one["is"] in ("Fact", "Median") for one in point.channels.values())
        mode = "bar" if point.trace["type"] == "bar" else point.trace.get("mode", "")
        name = {"bar": "marker.pattern.shape", "lines": "line.dash"}.get(mode, "marker.symbol")
        if mode == "text" or (point.rowless and not facts) or point.drawn("y") is None:
            continue
        value = str(point.drawn(name) or {"marker.symbol": "circle"}.get(name, ""))
        if name == "line.dash" and value in ("", "solid"):
            continue  # a plain line joins marks, or has its name at its end
        if (name, value) == ("marker.pattern.shape", "") and not known:
            continue  # bars of one look alone
        signs = [sign for sign, (one, looks) in SIGNS.items() if one == name and value in looks]
        signs += [
            one for other, looks, signs in ALSO if other == name and value in looks for one in signs
        ]
        if not any(sign in known for sign in signs):
            missing[name, value] = None
    yield from (f"no sign of the legend stands for {name} {value!r}" for name, value in missing)


def values(checker: Checker) -> Iterator[str]:
    """A mark does not look like the sign of another value, and its label names no other one."""
    from drawing.checker import hover_text, signless

    entries = [
        (explained.casefold(), [one for one in sign if one in SIGNS])
        for sign, explained in checker.chart.legend
    ]
    entries = [(explained, signs) for explained, signs in entries if signs]
    cells_of = {
        column: [signless(one).casefold() for one in checker.table[column]]
        for column in checker.table.columns
    }
    for point in checker.points:
        if point.trace.get("mode") in ("text", "lines") or not point.rows:
            continue
        looks = [
            explained
            for explained, signs in entries
            if any(looks_like(point, one) for one in signs)
        ]
        for column, found in cells_of.items():
            stated = {found[row] for row in point.rows}
            in_legend = {explained for explained, _ in entries} & set(found)
            nothing = not looks and len(in_legend) > 1 and point.trace.get("mode") == "markers"
            comparable = nothing or bool(set(looks) & in_legend)
            if len(stated) == 1 and stated <= in_legend and comparable and not stated & set(looks):
                yield f"a mark of {column} {min(stated)!r} looks like {[*looks, 'nothing'][0]!r}"
                return
        row = point.rows[0] if len(point.rows) == 1 else None
        name = "" if row is None else signless(checker.table.iloc[row, 0]).casefold()
        called = [explained for explained, _ in entries if len(name) > 3 and name in explained]
        if len(called) == 1 and looks and called[0] not in looks:
            yield f"the legend names {name!r} with another sign"
            return
        label = hover_text(point.trace, point.at).casefold()
        named = [
            explained for explained, _ in entries if re.search(rf"\b{re.escape(explained)}", label)
        ]
        if named and looks and not set(named) & set(looks):
            yield f"the label of a mark that looks like {looks[0]!r} says {named[0]!r}"
            return


def affirmed(marks: list[Point], checker: Checker) -> Iterator[str]:
    """Where a column answers yes or no, the words of its heading in the legend name the yes."""
    for point, name in itertools.product(marks, ("marker.symbol", "marker.color")):
        channel = point.channels.get(name)
        if not channel or channel["is"] != "Category" or channel["table"]:
            continue
        column, terms = channel["column"], terms_of(channel["column"])
        if not set(checker.table[column]) <= {"yes", "no", ""}:
            continue
        says = checker.content(point.rows[0], column) == "yes"
        for sign, label in checker.chart.legend:
            if sign in SIGNS and terms <= terms_of(label) and says != looks_like(point, sign):
                yield f"the legend says {sign} for {label!r}, and {column} is not so"
                return
            if sign in SIGNS and says and looks_like(point, sign) and not terms <= terms_of(label):
                yield f"the legend says {sign} for {label!r}, and {column} is yes"
                return


def of_facts(checker: Checker) -> Iterator[str]:
    """Marks that stand for facts of another table, or for a middle, and not for rows of this one:
    the words of their sign are of them, and no other words more so.
    """
    for point in checker.points:
        said = [one for one in point.channels.values() if one and one["is"] in ("Fact", "Median")]
        if point.rows or not said or point.trace.get("mode") == "text":
            continue
        fits = {label: max(_fit(one, label) for one in said) for _, label in checker.chart.legend}
        dashed = point.trace.get("mode") == "lines"
        signs = BESIDE[point.drawn("line.dash") or "solid"] if dashed else ""
        for sign, label in checker.chart.legend:
            looks = set(sign) & set(signs) or (sign in SIGNS and not dashed)
            if looks and (dashed or looks_like(point, sign)) and fits[label] < max(fits.values()):
                yield f"the legend says {sign} for {label!r}, which is another thing"
                return


def looks_like(point: Point, sign: str) -> bool:
    """Whether a mark looks as a sign of the legend does."""
    names, values = SIGNS[sign]
    bar = point.trace["type"] == "bar"
    if bar and sign in "■□":  # an outline, or filled
        hollow = str(point.drawn("marker.color")).replace(" ", "").endswith(",0)")
        return hollow == (sign == "□") and not point.drawn("marker.pattern.shape")
    return point.drawn(names) in values


def beside_marks(checker: Checker) -> Iterator[str]:
    """A line or an area beside the marks has words at its place or a sign in the legend, whose
    words are of the fact, or the number, that it stands at, and fit no worse than any other words.
    """
    layout, entries = checker.drawing["layout"], checker.chart.legend
    stands = zip(layout.get("shapes", []), layout["meta"].get("shapes", []), strict=False)
    for at, (shape, says) in enumerate(stands):
        look = "area" if shape["type"] == "rect" else shape["line"].get("dash", "solid")
        mine = [label for sign, label in entries if set(sign) & set(BESIDE[look])]
        if look == "area" and mine:
            continue  # it spans rows, which have words of their own
        said = [
            (one, shape.get(name))
            for name, one in says.items()
            if one["is"] in ("Fact", "Median", "Said")
        ]
        if said and not mine and not _has_words(checker, shape):
            yield f"no sign of the legend and no words stand for shape {at} ({look})"
        for channel, drawn in said if mine else ():
            fits = {label: _fit(channel, label, drawn) for _, label in entries}
            if not 0 < max(fits.values()) == max(fits[one] for one in mine):
                yield f"the legend says {mine[0]!r} of shape {at} ({look}), which is another thing"
                return


def _has_words(checker: Checker, shape: Json) -> bool:
    """Whether words are drawn at the place of a line, or a tick label is."""
    upright = shape["x0"] == shape["x1"]
    way, at = ("x", shape["x0"]) if upright else ("y", shape["y0"])
    layout = checker.drawing["layout"]
    drawn = [thing.get(way) for thing in layout.get("annotations", [])]
    for trace in checker.drawing["data"]:
        drawn += trace[way] if trace.get("mode") == "text" else []
    return any(str(one)[:10] == str(at)[:10] for one in drawn)


def _fit(channel: Json, label: str, drawn: Any = None) -> int:
    """How many words and numbers a label has of the fact, or the number, where a thing is drawn."""
    from drawing.checker import TIMES, close, common_terms

    if channel["is"] == "Fact":
        row = tables.read(channel["table"]).set_index("id").loc[channel["id"]]
        day = row[channel["column"]]
        day = tables.spell(day) if channel["part"] in TIMES else day
        words = " ".join(str(one) for one in row if pd.notna(one) is True)
        return common_terms(label, f"{channel['table'].replace('_', ' ')} {day} {words}")
    if channel["is"] == "Median":
        return common_terms(label, channel["column"])
    return sum(close(number, {float(drawn)}, slack) for number, slack in cells.numbers(label))
