"""Is the drawing what the rows say? One checker for every chart, by the encodings that it names.

`problems` compares each number that a figure draws with the cell it stands for
(`upheaval.encoding`), reads hover labels as a reader does, and looks for what only a colour tells.
"""

from __future__ import annotations

import functools
import html
import itertools
import math
import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cached_property
from typing import Any

import pandas as pd

from drawing import cells, ground, legends, marked_rows, reading
from upheaval.charts.draw.spec import Chart, figure_json
from upheaval.facts import tables

Json = Any

#: Where a trace keeps numbers or words of its points; each has to be encoded where it is there.
ARRAYS = (
    *("x", "y", "base", "width", "text", "marker.size", "marker.angle"),
    *("error_x.array", "error_x.arrayminus", "error_y.array", "error_y.arrayminus"),
)
#: Words that tell how large a number is, or of what.
UNITS = (
    *("thousand", "million", "billion", "trillion", "percent", "per cent", "euro", "dollar"),
    *("km", "kilometre", "GDP", "soldier", "people", "share"),
)
TIMES = ("start", "middle", "end", "half", "year", "fraction")
#: Channels that say by themselves what a point stands for, where it stands for no row.
ELSEWHERE = ("Fact", "Median", "Said", "At")
MAGNITUDE = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
#: The symbols of plotly that look like a sign in a table.
LOOKS_LIKE = {
    "●": ("circle",),
    "○": ("circle-open",),
    "◆": ("diamond",),
    "◇": ("diamond-open",),
    "■": ("square",),
    "□": ("square-open",),
    "▣": ("square-open-dot",),
    "▽": ("triangle-down-open",),
    "▼": ("triangle-down",),
    "—": ("line-ew-open",),
    "★": ("star",),
    "△": ("triangle-up-open",),
    "▲": ("triangle-up",),
    "⬡": ("hexagon-open",),
    "+": ("cross-thin-open",),
    "✕": ("x", "x-open", "x-thin", "x-thin-open"),
    "✖": ("x",),
}
DAY = timedelta(days=1)


def drawing_of(chart: Chart) -> Json:
    """The figure of a chart as plotly gets it, with the encodings that a page does without; of one
    that is HTML, its rows.
    """
    if chart.figure is None:
        return chart.rows
    figure = figure_json(chart.figure)
    for trace, whole in zip(figure["data"], chart.figure.data, strict=True):
        trace["meta"] = whole.meta
    figure["layout"]["meta"] = chart.figure.layout.meta or {}
    return figure


def problems(chart: Chart, drawing: Json = None) -> list[str]:
    """What the drawing says and the rows do not: a sentence a fault; empty where all is well.

    ``drawing`` is another drawing of the same chart in the form of `drawing_of`, for mutations.
    """
    everywhere = list(legends.meanings(chart.legend))
    if chart.rows is not None:
        return [*everywhere, *marked_rows.problems(chart, drawing)]
    return [*everywhere, *Checker(chart, drawing or drawing_of(chart)).problems()]


def value_at(trace: Json, channel: str) -> Any:
    """A property of a trace by its path, such as ``error_x.array``; None where it has none."""
    for part in channel.split("."):
        trace = (trace or {}).get(part)
    return trace


def to_text(text: Any) -> str:
    """The words of a text in a figure, without its markup."""
    return _text_of(str(text))


@functools.lru_cache(maxsize=20_000)
def _text_of(text: str) -> str:
    unbroken = re.sub(r"<br ?/?>", " ", text)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", unbroken)).replace("\u00a0", " ").split())


def signless(content: Any) -> str:
    """The words of a cell without the sign of a status before them."""
    return re.sub(r"^\W+", "", to_text(content))


def alike(one: Any, other: Any) -> bool:
    """Whether two cells say the same; two empty ones do."""
    return bool(one == other) or (bool(pd.isna(one)) and bool(pd.isna(other)))


def amounts(text: Any, magnitude: float = 1.0) -> list[tuple[float, float]]:
    """The numbers of a text with their rounding, as a heading in this magnitude counts them.

    "1.2 billion" is 1,200 where the heading counts millions; without such a heading it is 1.2.
    """
    return list(_amounts_of(to_text(text), magnitude))


@functools.lru_cache(maxsize=20_000)
def _amounts_of(flat_text: str, magnitude: float) -> tuple[tuple[float, float], ...]:
    found = []
    for match in re.finditer(r"[-−]?(?:€|\$)?\d[\d.,]*(?:\s+([^\W\d]\w*))?", flat_text):
        factor = MAGNITUDE.get(match[1] or "", magnitude) / magnitude if magnitude > 1 else 1.0
        numbers = cells.numbers(match[0])
        found += [(number * factor, slack * factor) for number, slack in numbers]
    if re.search(r"\bnone\b", flat_text):
        found.append((0.0, 0.0))
    return tuple(found)


def amounts_in(contents: Iterable[Any], magnitude: float) -> set[float]:
    """All numbers of cells, as they stand and as a heading in this magnitude counts them."""
    numbers = [
        number for one in contents for number in (*cells.numbers(one), *amounts(one, magnitude))
    ]
    return {number for number, _ in numbers}


def terms_in(text: str) -> list[str]:
    """The words of two letters and more, in small letters."""
    return [word.casefold() for word in re.findall(r"[^\W\d_]{2,}", text)]


def common_terms(drawn: str, cell: str) -> int:
    """How many words and numbers of a drawn text a cell has too; a word may be cut short."""
    (terms, numbers), (theirs, also) = content_of(drawn), content_of(cell)
    cut = [word for word in terms if len(word) > 2]
    return len(numbers & also) + sum(any(one.startswith(word) for one in theirs) for word in cut)


@functools.lru_cache(maxsize=10_000)
def content_of(text: str) -> tuple[frozenset[str], frozenset[float]]:
    """The words and the numbers of a text, each once."""
    return frozenset(terms_in(text)), frozenset(one for one, _ in cells.numbers(text))


def close(number: float, said: set[float], slack: float = 0.5) -> bool:
    """Whether a number in a sentence is one of those said, as people round; a year, as it is."""
    if not slack:
        return number in said
    return any(abs(abs(number) - abs(one)) <= max(slack, abs(one) * 0.005) * 1.01 for one in said)


def near(value: Any, expected: float, slack: float) -> bool:
    """Whether a drawn number is the number of a cell, which is rounded to ``slack``."""
    try:
        return abs(float(value) - expected) <= slack * 1.01 + abs(expected) * 1e-9 + 1e-9
    except (TypeError, ValueError):
        return False


def when(content: Any, part: str, value: Any) -> str:
    """What is wrong with a drawn day (or half a length) beside the time that a cell names."""
    span = cells.period(content)
    if span is None:
        return f"the cell {content!r} names no time"
    first, last = span
    if part == "half":
        days = (last - first) / DAY / 2
        agrees = abs(float(value) / 86_400_000 - days) <= 1
        return "" if agrees else f"half of {content!r} is {days:g} days"
    if part == "year":
        agrees = {str(value)[:4]} == {str(first.year), str(last.year)}
        return "" if agrees else f"the cell says {content!r}"
    if part == "fraction":
        year = first.year + (first - date(first.year, 1, 1)) / DAY / 365
        return "" if abs(float(value) - year) <= 0.01 else f"{content!r} is {year:.2f}"
    day = {"start": first, "end": last, "middle": cells.middle(first, last)}[part]
    half = DAY if part == "middle" and first != last else 0 * DAY  # of a longer time it is rounded
    agrees = abs(date.fromisoformat(str(value)[:10]) - day) <= half
    return "" if agrees else f"the cell says {content!r}"


def axis_name(trace: Json, way: str) -> str:
    """The name in the layout of the axis that a trace is drawn on: ``xaxis2``."""
    return trace.get(f"{way}axis", way).replace(way, f"{way}axis", 1)


class Point:
    """One point of a trace: its number in the trace, and the rows of the table it stands for."""

    def __init__(self, trace: Json, at: int):
        rows = trace["meta"]["rows"][at]
        self.trace, self.at = trace, at
        self.rowless = rows is None
        self.rows = [] if rows is None else [rows] if isinstance(rows, int) else list(rows)
        self.channels = {
            name: channel[at] if isinstance(channel, list) else channel
            for name, channel in trace["meta"]["channels"].items()
        }

    def drawn(self, channel: str) -> Any:
        """What the trace draws for this point; None for nothing."""
        whole = value_at(self.trace, channel)
        return whole[self.at] if isinstance(whole, list) else whole


class Checker:
    """One drawing beside the table of its chart."""

    def __init__(self, chart: Chart, drawing: Json):
        self.chart, self.table, self.drawing = chart, chart.table, drawing
        self.points: list[Point] = []
        self.columns: dict[str, list[Any]] = {}  # pandas takes long to give one cell
        self.roundings: dict[str, float] = {}

    def problems(self) -> Iterator[str]:
        """Every fault, trace by trace, then those of the whole figure."""
        for number, trace in enumerate(self.drawing["data"]):
            name = f"trace {number} ({trace['type']} {trace.get('mode', '')})".replace(" )", ")")
            yield from (f"{name}: {fault}" for fault in self.trace(trace))
        yield from self.positions()
        yield from self.distinct()
        yield from self.in_one_colour()
        yield from self.side_by_side()
        yield from self.units_in_lines()
        yield from self.layout()
        yield from self.undrawn()
        yield from self.by_colour_alone()
        yield from reading.faults(self)
        yield from legends.faults(self)

    def trace(self, trace: Json) -> Iterator[str]:
        """The faults of one trace."""
        meta = trace.get("meta")
        if not meta:
            yield "it does not say what it stands for"
            return
        if "decoration" in meta:
            yield from self.decoration(trace)
            return
        if "outline" in meta or "way" in meta:
            yield from ground.faults(trace)
            return
        length = len(trace["x"] if isinstance(trace.get("x"), list) else trace["y"])
        if length != len(meta["rows"]):
            yield f"it has {length} points and names {len(meta['rows'])} rows"
            return
        for name in ARRAYS:
            if isinstance(value_at(trace, name), list) and name not in meta["channels"]:
                yield f"{name} is not encoded"
        points = [Point(trace, at) for at in range(length)]
        self.points += points
        for point in points:
            yield from (f"point {point.at}: {fault}" for fault in self.point(point))

    # -- what a table says -------------------------------------------------------------------------
    @cached_property
    def around(self) -> str:
        """The words around the figure: title, subtitle, description, legend, headings."""
        chart = self.chart
        texts = [
            chart.title,
            chart.subtitle,
            chart.description,
            *(word for _, word in chart.legend),
        ]
        return " ".join([*texts, *map(str, self.table.columns)])

    @cached_property
    def said_anywhere(self) -> list[tuple[float, float]]:
        """Every number of the table and the words around, each with its rounding."""
        rows = [one for row in self.table.itertuples(index=False) for one in row]
        return [number for one in (self.around, *rows) for number in cells.numbers(one)]

    def content(self, row: int, column: str) -> Any:
        """A cell of the table; a `LookupError` is given back where there is none."""
        if column not in self.table.columns or not 0 <= row < len(self.table):
            return LookupError(column)
        if column not in self.columns:
            self.columns[column] = list(self.table[column])
        return self.columns[column][row]

    def number(self, row: int, column: str, part: str) -> tuple[float, float] | None:
        """The number of a cell with its rounding; None where it has none."""
        content = self.content(row, column)
        found = cells.numbers(content)
        if found and not isinstance(content, str):
            found = [(found[0][0], self.rounding(column))]
        if found and part == "geometric":
            (low, low_slack), (high, high_slack) = found[0], found[-1]
            return (low * high) ** 0.5, max(low_slack, high_slack)
        if found and part == "mean":
            (low, low_slack), (high, high_slack) = found[0], found[-1]
            return (low + high) / 2, min(low_slack, high_slack)
        return None if not found else found[-1] if part == "high" else found[0]

    def rounding(self, column: str) -> float:
        """Half a unit of the last place to which numbers of a column are rounded: its finest."""
        if column not in self.roundings:
            slack = [one[1] for cell in self.table[column] for one in cells.numbers(cell) if one[1]]
            self.roundings[column] = min(slack, default=0.0)
        return self.roundings[column]

    # -- a point -----------------------------------------------------------------------------------
    def point(self, point: Point) -> Iterator[str]:
        """The faults of one point: each channel, and its hover label."""
        if point.rowless:
            channels = [one for one in point.channels.values() if one]
            elsewhere = any(one["is"] in ELSEWHERE for one in channels)
            gap = point.drawn("x") is None or point.drawn("y") is None
            if not elsewhere and (gap or not self.stands_for_nothing(point)):
                if not gap:
                    yield "it stands for no row and is drawn"
                return
        for name, channel in point.channels.items():
            value = point.drawn(name)
            if channel and value is None and name in ("x", "y"):
                yield f"its {name} is missing"
                continue
            check = getattr(self, f"is_{channel['is'].lower()}") if channel else None
            if check and (fault := check(point, name, channel, value)):
                yield f"{name} is {value!r}, but {fault}"
        yield from self.hover(point)

    def stands_for_nothing(self, point: Point) -> bool:
        """Whether a point may be drawn without a row: words, or a dot that has no label."""
        trace = point.trace
        dot = trace.get("mode") == "markers" and trace.get("hoverinfo") == "skip"
        placed = any(one and one["is"] == "Position" for one in point.channels.values())
        return trace.get("mode") == "text" or (dot and placed)

    def is_cell(self, point: Point, name: str, channel: Json, value: Any) -> str:
        """A drawn number is the cell's, or the sum of the cells."""
        column, part = channel["column"], channel["part"]
        if point.rowless:
            return "it stands for no row"
        if not point.rows:
            return "" if part in TIMES or value == 0 else "there is nothing to add"
        contents = [self.content(row, column) for row in point.rows]
        if any(isinstance(one, LookupError) for one in contents):
            return f"the table has no {column!r} there"
        if part == "text":
            return self.says(point, column, value, channel["per"], label=name == "hovertext")
        if part == "words":
            whole = to_text(contents[0])
            return "" if whole in to_text(value) else f"{column} says {whole!r}"
        if part == "year":
            return next((fault for one in contents if (fault := when(one, part, value))), "")
        if part in TIMES:
            return when(contents[0], part, value)
        found = [self.number(row, column, part) for row in point.rows]
        if None in found:
            return f"{column} says {contents[0]!r}"
        if name == "text" and found[0]:
            return self.numbered(point, column, found[0], value)
        if channel["several"] == "each":
            if any(one != found[0] for one in found):
                return f"its rows say different numbers under {column}"
            found = found[:1]
        expected, slack = (sum(one[index] for one in found if one) for index in (0, 1))
        if channel["less"]:
            less = (column, "low") if channel["less"] == "low" else (channel["less"], "number")
            base = self.number(point.rows[0], *less)
            if base is None:
                return f"{less[0]} has no number"
            expected, slack = expected - base[0], slack + base[1]
        expected, slack = expected / channel["per"], slack / channel["per"]
        starts, scale = [0.0], channel["scale"]
        if channel["origin"]:
            named = self.labels(point.trace, name)
            starts = [float(at) for label, at in named if label.startswith(channel["origin"])]
        positions = [start + scale * expected + channel["offset"] for start in starts]
        if any(near(value, position, slack * abs(scale)) for position in positions):
            return ""
        total = f" (in all {expected:g})" if len(contents) > 1 or channel["less"] else ""
        return f"{column} says {contents[0]!r}{total}"

    def says(
        self, point: Point, column: str, value: Any, per: float = 1, label: bool = False
    ) -> str:
        """Words beside a mark belong to its row: each number in them, and a word of the cell.

        No other cell of the column has more of them; a ``label`` that a pointer calls up says more
        than one cell.
        """
        drawn, row = to_text(value), list(self.table.iloc[point.rows[0]])
        magnitude = self.magnitude(point)
        said = {number / per for number in amounts_in(row, magnitude)}
        found = amounts(drawn, magnitude if per == 1 else 1)
        strange = [number for number, slack in found if not close(number, said, slack)]
        if strange:
            return f"the row has no {strange[0]:g}"
        cell, ours = to_text(self.content(point.rows[0], column)), terms_in(drawn)
        common = any(theirs.startswith(word) for word in ours for theirs in terms_in(cell))
        fits = [common_terms(drawn, to_text(one)) for one in self.table[column]]
        best = max(range(len(fits)), key=fits.__getitem__)
        if fits[best] > fits[point.rows[0]] and not label:
            return f"{column} of row {best} fits better: {to_text(self.content(best, column))!r}"
        return "" if common or not ours or cells.numbers(drawn) else f"{column} says {cell!r}"

    def is_numbers(self, point: Point, name: str, channel: Json, value: Any) -> str:
        """The numbers of words are those of some columns, in their order."""
        column = channel["column"]
        if fault := self.says(point, column, value, label=True):
            return fault
        drawn = to_text(value).replace(to_text(self.content(point.rows[0], column)), " ")
        found = cells.numbers(drawn)
        ours = [
            number
            for one in channel["columns"]
            for number in cells.numbers(self.content(point.rows[0], one)) or [(0.0, 0.0)]
        ]
        agrees = len(found) == len(ours) and all(
            near(number, *expected) or near(number, expected[0], slack + expected[1])
            for (number, slack), expected in zip(found, ours, strict=True)
        )
        return (
            "" if agrees else f"{' and '.join(channel['columns'])} say {[one for one, _ in ours]}"
        )

    def numbered(self, point: Point, column: str, number: tuple[float, float], value: Any) -> str:
        """Words with the number of a cell: it is there as it is printed, the rest is the row's."""
        drawn, row = to_text(value), list(self.table.iloc[point.rows[0]])
        found = amounts(drawn, self.magnitude(point))
        if not any(near(one, number[0], slack + number[1]) for one, slack in found):
            return f"{column} says {number[0]:g}"
        said = {number[0], *amounts_in((*row, *self.table.columns), self.magnitude(point))}
        strange = [one for one, slack in found if not close(one, said, slack)]
        if strange:
            return f"the row has no {strange[0]:g}"
        row_text = " ".join(to_text(one) for one in (*row, *self.table.columns))
        ours = [word for word in terms_in(drawn) if word not in MAGNITUDE]
        theirs = terms_in(row_text)
        common = any(one.startswith(word[:4]) for word in ours for one in theirs)
        return "" if common or not ours else f"the row says {row[:3]}"

    def magnitude(self, point: Point) -> float:
        """How many ones a number of this point counts: a million under a heading in millions."""
        columns = [one["column"] for one in point.channels.values() if one and "column" in one]
        for text in (" ".join(columns), self.chart.subtitle):
            named = [size for word, size in MAGNITUDE.items() if word in text.casefold()]
            if named:
                return named[0]
        return 1.0

    def is_beyond(self, point: Point, name: str, channel: Json, value: Any) -> str:
        """An open end never stands on the wrong side of its number."""
        number = self.number(point.rows[0], channel["column"], channel["part"])
        if number is None:
            return f"{channel['column']} has no number"
        number = (number[0] / channel["per"], number[1] / channel["per"])
        ahead = float(value) - number[0]
        agrees = ahead >= -number[1] if channel["side"] == "right" else ahead <= number[1]
        if channel["by"] is not None and not near(abs(ahead), channel["by"], number[1]):
            return f"it is to stand {channel['by']:g} beyond {number[0]:g}"
        symbol = str(point.drawn("marker.symbol"))
        if point.trace.get("mode") == "markers" and f"triangle-{channel['side']}" not in symbol:
            return f"no arrow to the {channel['side']} says that the end is open"
        return "" if agrees else f"it stands on the wrong side of {number[0]:g}"

    def is_share(self, point: Point, name: str, channel: Json, value: Any) -> str:
        """A length is in proportion to the largest number of its group."""
        column, group = channel["column"], channel["group"]
        mine = self.number(point.rows[0], column, "number")
        if mine is None:
            expected, slack = channel["start"], 0.0
        else:
            rows = range(len(self.table))
            together = [
                number
                for row in rows
                if not group or self.content(row, group) == self.content(point.rows[0], group)
                if (number := self.number(row, column, "number"))
            ]
            top = max(one for one, _ in together) or 1
            expected = channel["start"] + channel["length"] * mine[0] / top
            slack = channel["length"] * 2 * max(one for _, one in together) / top
        agrees = near(value, expected, slack)
        return "" if agrees else f"{column} makes it {expected:g}"

    def is_count(self, point: Point, name: str, channel: Json, value: Any) -> str:
        """So many rows, and with a column all of those that say the same there."""
        number, column = len(point.rows), channel["column"]
        cell = self.content(point.rows[0], column) if column else None
        if column:
            same = [row for row, one in enumerate(self.table[column]) if alike(one, cell)]
            if same != sorted(point.rows):
                return f"{column} says {cell!r} in {len(same)} rows"
        if name != "text":
            return "" if near(value, number, 0) else f"it stands for {number} rows"
        drawn = to_text(value)
        if number not in [one for one, _ in cells.numbers(drawn)]:
            return f"it stands for {number} rows"
        ours, theirs = terms_in(drawn), terms_in("" if pd.isna(cell) else to_text(cell))
        return "" if not theirs or set(ours) & set(theirs) else f"{column} says {cell!r}"

    def is_units(self, point: Point, name: str, channel: Json, value: Any) -> str:
        """As many points of the trace stand for the row as the cell says, in the sign's look."""
        row, column = point.trace["meta"]["rows"][point.at], channel["column"]
        marks = sum(one == row for one in point.trace["meta"]["rows"])
        number = self.number(point.rows[0], column, "number")
        if number is None or marks != number[0]:
            return f"{marks} marks stand for it, and {column} says {number and number[0]:g}"
        return looks_wrong(column, point.drawn("marker.symbol"))

    def is_median(self, _point: Point | None, name: str, channel: Json, value: Any) -> str:
        """A drawn number is the middle of a column; a text says it, rounded."""
        found = [
            self.number(row, channel["column"], "number") or channel["blank"]
            for row in range(len(self.table))
        ]
        numbers = [one[0] if isinstance(one, tuple) else one for one in found if one is not None]
        middle = float(pd.Series(numbers, dtype=float).median())
        drawn = cells.numbers(to_text(value)) if isinstance(value, str) else [(value, 0.0)]
        agrees = len(drawn) == 1 and near(drawn[0][0], middle, drawn[0][1])
        return "" if agrees else f"the middle of {channel['column']} is {middle:g}"

    def is_fact(self, _point: Point | None, name: str, channel: Json, value: Any) -> str:
        """A drawn number or day is that of a row of a table of the collection."""
        frame = tables.read(channel["table"]).set_index("id")
        content = frame.at[channel["id"], channel["column"]]
        if channel["part"] in TIMES:
            return when(tables.spell(content), channel["part"], value)
        if channel["part"] == "text":
            drawn = to_text(value).rstrip("… ")
            text = to_text(content)
            if re.fullmatch(r"\d{4}(-\d\d){0,2}", text):
                text = tables.spell(text)
            agrees = drawn in text or text in drawn
            return "" if agrees else f"{channel['table']} says {content!r}"
        found = cells.numbers(content)
        agrees = any(near(value, one + channel["plus"], slack) for one, slack in found)
        return "" if agrees else f"{channel['table']} says {content!r}"

    def is_said(self, _point: Point | None, name: str, channel: Json, value: Any) -> str:
        """A drawn number is one that the table or the words around the figure say."""
        drawn = cells.numbers(to_text(value)) if isinstance(value, str) else [(value, 0.0)]
        numbers, after = self.said_anywhere, channel["after"]
        if after:
            follows = re.findall(
                rf"{re.escape(after)}\W{{0,4}}([-−]?[\d.,]*\d)", to_text(self.around)
            )
            numbers = [number for one in follows for number in cells.numbers(one)]
        agrees = all(
            any(near(one, number, max(slack, rounded)) for number, slack in numbers)
            for one, rounded in drawn
        )
        return "" if agrees else f"no cell and no sentence says so{after and f' after {after!r}'}"

    def is_fixed(self, _point: Point | None, name: str, channel: Json, value: Any) -> str:
        """A number that stands for nothing is the same everywhere."""
        return "" if value == channel["value"] else f"it is to be {channel['value']!r}"

    def is_at(self, point: Point, name: str, channel: Json, value: Any) -> str:
        """A point stands where the chart draws the name it belongs to."""
        wanted, columns = channel["label"], channel["columns"]
        for row in point.rows if columns else ():
            names = [signless(self.content(row, column)) for column in columns]
            wanted = wanted or names[0]
            if not any(one.startswith(wanted) for one in names):
                return f"its row {row} is of {' and '.join(names)}"
        there = [at for label, at in self.labels(point.trace, name) if label.startswith(wanted)]
        if not there:
            return f"nothing drawn is called {wanted!r}"
        least = -1e-9 if channel["side"] == "after" else -channel["reach"] - 1e-9
        away = [float(value) - float(one) - channel["offset"] for one in there]
        agrees = any(least <= one <= channel["reach"] + 1e-9 for one in away)
        return "" if agrees else f"{wanted!r} stands at {there[0]}"

    def is_position(self, point: Point, name: str, channel: Json, value: Any) -> str:
        """The name drawn there is the row's; for the rest see `positions`."""
        if not channel["named"] or not point.rows:
            return ""
        content = to_text(self.content(point.rows[0], channel["named"]))
        there = [
            label
            for label, at in self.labels(point.trace, name)
            if abs(float(value) - float(at)) <= channel["reach"] + 1e-9
        ]
        return "" if content in there else f"{there} is drawn there, and the row is {content!r}"

    def is_category(self, point: Point, name: str, channel: Json, value: Any) -> str:
        """A symbol looks like the sign in the cell; for the rest the figure tells: `told_apart`."""
        return looks_wrong(self.category(point, channel), value)

    def category(self, point: Point, channel: Json) -> str:
        """The first word, or sign, of the cell that a category stands for."""
        if channel["table"]:
            frame = tables.read(channel["table"]).set_index("id")
            content = frame.at[channel["id"], channel["column"]]
        else:
            content = self.content(point.rows[0], channel["column"])
        return re.split(r"[ ,;(]", to_text(content))[0]

    def is_toward(self, point: Point, name: str, channel: Json, value: Any) -> str:
        """An arrow points the way from one name to another; the names stand beside the marks."""
        ends = []
        for label in (channel["start"], channel["end"]):
            ways = [dict(self.labels(point.trace, way)) for way in ("x", "y")]
            if label not in ways[0] or label not in ways[1]:
                return f"nothing drawn is called {label!r}"
            ends.append([float(way[label]) for way in ways])
        (left_x, low), (right_x, high) = ends
        turn = math.degrees(math.atan2(right_x - left_x, high - low))
        return "" if abs((float(value) - turn + 180) % 360 - 180) <= 10 else f"it is {turn:.0f}°"

    def is_extent(self, point: Point, name: str, channel: Json, value: Any) -> str:
        """The least or the greatest number of the row in these columns."""
        found = [self.number(point.rows[0], one, "number") for one in channel["columns"]]
        ends = sorted(one for one in found if one)
        if not ends:
            return f"{' and '.join(channel['columns'])} have no number"
        end = ends[0] if channel["end"] == "low" else ends[-1]
        return "" if near(value, *end) else f"its row has {end[0]:g}"

    def is_mapped(self, point: Point, name: str, channel: Json, value: Any) -> str:
        """A look is the one that its cell is given."""
        values, found = list(channel["values"].items()), []
        rows = channel["rows"] or point.rows
        for row in rows:
            cell = to_text(self.content(row, channel["column"]))
            found += [at for at, (word, _) in enumerate(values) if cell.startswith(word)][:1]
        if len(found) != len(rows):
            return f"{channel['column']} says something that has no look"
        word, expected = values[max(found)]
        drawn = to_text(value) if isinstance(value, str) else value
        return "" if drawn == expected else f"{channel['column']} says {word!r}"

    def is_greatest(self, point: Point, name: str, channel: Json, value: Any) -> str:
        """The row with the greatest number looks different from all others."""
        column, part = channel["column"], channel["part"]
        every = [self.number(row, column, part) for row in range(len(self.table))]
        number = self.number(point.rows[0], column, part)
        most = max(one[0] for one in every if one)
        expected = channel["yes" if number and number[0] == most else "no"]
        said = number and number[0]
        return "" if value == expected else f"{column} says {said} (the greatest: {most:g})"

    def is_bin(self, point: Point, name: str, channel: Json, value: Any) -> str:
        """A mark stands in the step of the axis to which its day belongs."""
        span = cells.period(self.content(point.rows[0], channel["column"]))
        if span is None:
            return f"{channel['column']} names no time"
        step = next(at for at, end in enumerate(channel["ends"]) if span[1].isoformat() <= end)
        return "" if step < float(value) < step + 1 else f"{span[1]} belongs to step {step}"

    def labels(self, trace: Json, way: str) -> Iterator[tuple[str, Any]]:
        """The names along the axis ``way`` of a trace: its tick labels, and drawn texts."""
        axis = self.drawing["layout"].get(axis_name(trace, way), {})
        if names := axis.get("ticktext"):
            ticks = zip(names, axis["tickvals"], strict=True)
            yield from ((to_text(text), at) for text, at in ticks)
        for other in self.drawing["data"]:
            if other.get("mode") == "text" and axis_name(other, way) == axis_name(trace, way):
                texts = zip(other["text"], other[way], strict=True)
                yield from ((to_text(text), at) for text, at in texts)

    # -- hover -------------------------------------------------------------------------------------
    def hover(self, point: Point) -> Iterator[str]:
        """What a label says, the row says too: its numbers, a word of it, the unit."""
        text = hover_text(point.trace, point.at)
        if not text or not (point.rows or point.rowless):
            return
        if re.search(r"[{}]", text):
            yield f"its label was not filled in: {text!r}"
        row = self.behind(point)
        magnitude = self.magnitude(point)
        said = amounts_in((*row, self.around), magnitude)
        said |= {100 * one for one in said if abs(one) <= 1}
        said |= {
            number[0]
            for channel in point.channels.values()
            if channel and channel["is"] == "Cell" and channel["part"] == "mean"
            if (number := self.number(point.rows[0], channel["column"], "mean"))
        }
        if len(point.rows) > 1:  # a sum stands for several rows; its channel is checked by itself
            said |= {
                float(point.drawn(name))
                for name, channel in point.channels.items()
                if channel and channel["is"] == "Cell" and channel["part"] == "number"
            }
        said |= {
            float(len(point.rows))
            for channel in point.channels.values()
            if channel and channel["is"] == "Count"
        }
        strange = [
            number for number, slack in amounts(text, magnitude) if not close(number, said, slack)
        ]
        if strange:
            yield f"its label says {strange[0]:g}, and the row does not: {text!r}"
        whole = f"{' '.join(to_text(one) for one in row)} {self.around}"
        common = any(
            theirs.startswith(word[:4]) for word in terms_in(text) for theirs in terms_in(whole)
        )
        if terms_in(text) and not common:
            yield f"its label has no word of the row: {text!r}"
        yield from self.units(point, text, whole)

    def behind(self, point: Point) -> list[Any]:
        """The cells that a label may speak of: those of the row, or of the fact that it names."""
        said = point.channels.get("hovertext")
        facts = [said] if said else list(point.channels.values()) if point.rowless else []
        named = [one for one in facts if one and one["is"] == "Fact"]
        if not named:
            return [one for row in point.rows for one in self.table.iloc[row]]
        frames = [tables.read(one["table"]) for one in named]
        pairs = zip(frames, named, strict=True)
        return [
            tables.spell(cell) if name in ("date", "as_of") else cell
            for frame, one in pairs
            for name, cell in frame[frame["id"] == one["id"]].iloc[0].items()
        ]

    def units(self, point: Point, text: str, whole: str) -> Iterator[str]:
        """A label speaks of no other unit than the chart does, and leaves out no magnitude."""
        counted = self.magnitude(point) > 1
        measured = {
            column
            for one in point.channels.values()
            if one
            and (column := one.get("column"))
            and one.get("part") not in (*TIMES, "text", "words")
        }
        if counted and len(point.rows) == 1 and measured:
            stated = [self.content(point.rows[0], column) for column in measured]
            said = amounts_in(stated, self.magnitude(point))
            for match in re.finditer(rf"\S+ ({'|'.join(MAGNITUDE)})", text):
                for number, slack in amounts(match[0], self.magnitude(point)):
                    if not close(number, said, slack):
                        yield f"its label says {match[0]}, and the cell {stated[0]!r}: {text!r}"
        for unit in UNITS:
            elsewhere = re.search(unit, whole, re.I) or (
                unit in MAGNITUDE and counted and re.search(rf"\d {unit}", text)
            )
            if re.search(rf"\b{unit}", text, re.I) and not elsewhere:
                yield f"its label speaks of {unit}, and nothing else here does: {text!r}"
        columns = [one["column"] for one in point.channels.values() if one and "column" in one]
        heading = f"{self.chart.subtitle} {' '.join(columns)}"
        for unit in ("million", "billion", "trillion"):
            said = unit in text or (counted and any(one in text for one in MAGNITUDE))
            if unit in heading and cells.numbers(text) and not said:
                yield f"its label leaves out that the numbers are {unit}s: {text!r}"

    # -- the whole figure --------------------------------------------------------------------------
    def decoration(self, trace: Json) -> Iterator[str]:
        """A trace that stands for no row draws no mark, and its numbers are said elsewhere."""
        if trace.get("mode") != "text":
            yield "a decoration may only be text"
        around = {number for number, _ in self.said_anywhere}
        texts = trace.get("text") or []
        for text in texts if isinstance(texts, list) else [texts]:
            strange = [
                one for one, slack in cells.numbers(to_text(text)) if not close(one, around, slack)
            ]
            if strange:
                yield f"it says {strange[0]:g} ({to_text(text)!r}), and nothing else here does"

    def positions(self) -> Iterator[str]:
        """A row stands at one place, rows stand in their order, and groups apart."""
        found: dict[tuple[str, str], dict[int, list[tuple[float, Json]]]] = {}
        free: dict[str, set[float]] = {}
        for point in self.points:
            for name, channel in point.channels.items():
                value = point.drawn(name)
                if not channel or channel["is"] != "Position" or value is None:
                    continue
                axis = axis_name(point.trace, name)
                gap = point.drawn("x") is None or point.drawn("y") is None
                if point.rowless and not gap:
                    free.setdefault(axis, set()).add(float(value))
                if point.rows:
                    rows = found.setdefault((axis, channel["facet"]), {})
                    at = position_of(point.trace, name, value) - channel["offset"]
                    stand = (at, channel)
                    rows.setdefault(point.rows[0], []).append(stand)
        for (axis, _), rows in found.items():
            for row, stands in sorted(rows.items()):
                if free.get(axis, set()) & {stand for stand, _ in stands}:
                    yield f"a dot that stands for no row is at the place of row {row} on {axis}"
                for (one, mine), (other, theirs) in itertools.combinations(stands, 2):
                    if abs(one - other) > max(mine["reach"], theirs["reach"]) + 1e-9:
                        yield f"row {row} stands at {one:g} and at {other:g} on {axis}"
                        break
            yield from self.in_order(axis, rows)
            yield from self.apart(rows)
            yield from self.headed(axis, rows)

    def in_order(self, axis: str, rows: dict[int, list[tuple[float, Json]]]) -> Iterator[str]:
        """The first row stands on top, or at the left; of a group the first row."""
        low, high = map(float, self.drawing["layout"].get(axis, {}).get("range") or (0, 1))
        growing = (low > high) if axis.startswith("y") else (low < high)
        before: dict[str, float] = {}
        for row, stands in sorted(rows.items()):
            channel, at = stands[0][1], min(at for at, _ in stands)
            if channel["order"] != "rows":
                continue
            group = str(self.content(row, channel["group"])) if channel["group"] else ""
            last = before.get(group, at)
            if at < last if growing else at > last:
                yield f"row {row} stands before the row above it on {axis}"
                return
            before[group] = at

    def apart(self, rows: dict[int, list[tuple[float, Json]]]) -> Iterator[str]:
        """Rows of one group stand together, apart from those of another."""
        groups: dict[str, dict[str, list[float]]] = {}
        for row, stands in rows.items():
            if group := stands[0][1]["group"]:
                band = groups.setdefault(group, {}).setdefault(str(self.content(row, group)), [])
                band.append(stands[0][0])
        for group, bands in groups.items():
            spans = sorted((min(at), max(at), name) for name, at in bands.items())
            for (_, end, one), (begin, _, other) in itertools.pairwise(spans):
                if begin <= end:
                    yield f"{group}: {one!r} and {other!r} stand among each other"

    def side_by_side(self) -> Iterator[str]:
        """Points of one name that stand a step apart leave no gap and no two at one place."""
        lines: dict[tuple[str, float, str], list[float]] = {}
        for point in self.points:
            for name, channel in point.channels.items():
                if channel and channel["is"] == "At" and channel["step"]:
                    other = float(point.drawn("y" if name == "x" else "x"))
                    line = lines.setdefault((name, other, channel["label"]), [channel["step"]])
                    line.append(float(point.drawn(name)))
        for (name, other, label), (step, *positions) in lines.items():
            for one, next_one in itertools.pairwise(sorted(positions)):
                if not near(next_one - one, step, 0):
                    yield f"{label!r}, line {other:g}: {name} {one:g} and {next_one:g} follow"
                    break

    def headed(self, axis: str, rows: dict[int, list[tuple[float, Json]]]) -> Iterator[str]:
        """The last name of a group that is drawn above a row is the name of its own group."""
        texts = [
            (to_text(text), float(at))
            for trace in self.drawing["data"]
            if trace.get("mode") == "text" and axis_name(trace, axis[0]) == axis
            for text, at in zip(trace["text"], trace[axis[0]], strict=True)
        ]
        for row, stands in rows.items():
            at, channel = stands[0]
            if not channel["headed"]:
                continue
            groups = {signless(one).casefold() for one in self.table[channel["group"]]}
            above = [(y, text) for text, y in texts if text.casefold() in groups and y <= at]
            name = signless(self.content(row, channel["group"]))
            if not above or max(above)[1].casefold() != name.casefold():
                other = max(above)[1] if above else "no name"
                yield f"row {row} of {name!r} stands under {other!r}"
                return

    def distinct(self) -> Iterator[str]:
        """A property that tells values apart is equal where they are, and differs where not."""
        looks: dict[str, dict[tuple[str, str], set[str]]] = {}
        for point in self.points:
            for name, channel in point.channels.items():
                if channel and channel["is"] == "Category":
                    value = (channel["column"], self.category(point, channel))
                    looks.setdefault(name, {}).setdefault(value, set()).add(str(point.drawn(name)))
        for name, values in looks.items():
            for (_, value), drawn in values.items():
                if len(drawn) > 1:
                    yield f"{name} of {value!r} is {' and '.join(sorted(drawn))}"
            for (one, here), (other, there) in itertools.combinations(values.items(), 2):
                if here & there:
                    yield f"{name} does not tell {one[1]!r} from {other[1]!r}"

    def in_one_colour(self) -> Iterator[str]:
        """What marks of one look and one colour stand for has that colour in other traces, too."""
        traces: dict[int, tuple[Json, set[int], set[str]]] = {}
        for point in self.points:
            _, rows, kinds = traces.setdefault(id(point.trace), (point.trace, set(), set()))
            rows.update(point.rows)
            kinds.update(
                channel["column"]
                for channel in point.channels.values()
                if channel and channel["is"] == "Category" and not channel["table"]
            )
        for column in sorted({one for *_, kinds in traces.values() for one in kinds}):
            found: dict[str, set[str]] = {}
            for trace, rows, kinds in traces.values():
                values = {to_text(self.content(row, column)) for row in rows}
                colour = trace.get("marker", {}).get("color")
                other = kinds and column not in kinds  # its look tells something else
                if len(values) == 1 and isinstance(colour, str) and not other:
                    found.setdefault(values.pop(), set()).add(colour)
            for value, colours in found.items():
                if len(colours) > 1:
                    yield f"{column} {value!r} is {' and '.join(sorted(colours))}"

    def units_in_lines(self) -> Iterator[str]:
        """Marks that are counted fill the lines of their row, one kind after the other."""
        rows: dict[int, list[tuple[float, float, int]]] = {}
        for point in self.points:
            for channel in point.channels.values():
                if channel and channel["is"] == "Units" and point.rows:
                    column = list(self.table.columns).index(channel["column"])
                    position = (float(point.drawn("y")), float(point.drawn("x")), column)
                    rows.setdefault(point.rows[0], []).append(position)
        first = min((x for marks in rows.values() for _, x, _ in marks), default=0)
        widest = max((x for marks in rows.values() for _, x, _ in marks), default=0)
        for row, marks in rows.items():
            marks.sort()
            for (y, x, column), (below, x_before, other) in itertools.pairwise([(0, 0, 0), *marks]):
                full = x_before == first and (column == 0 or x == widest)
                if not (full if y != below else x_before == x + 1) or other < column:
                    yield f"the marks of row {row} do not fill its lines in order"
                    break

    def layout(self) -> Iterator[str]:
        """Shapes and annotations: where they stand for something, they stand where it says."""
        layout, around = self.drawing["layout"], {number for number, _ in self.said_anywhere}
        for kind in ("shapes", "annotations"):
            things, says = layout.get(kind, []), layout["meta"].get(kind, [])
            if says and len(says) != len(things):
                yield f"{len(things)} {kind} are drawn, and {len(says)} encoded"
                continue
            for at, thing in enumerate(things):
                if not says and on_data(thing):
                    yield f"{kind[:-1]} {at} does not say what it stands for"
                for name, channel in says[at].items() if says else ():
                    check = getattr(self, f"is_{channel['is'].lower()}")
                    if fault := check(None, name, channel, thing.get(name)):
                        yield f"{kind[:-1]} {at}: {name} is {thing.get(name)!r}, but {fault}"
                if says and "text" in says[at]:
                    continue  # its words are compared with what they stand for
                for number, slack in cells.numbers(to_text(thing.get("text", ""))):
                    if not close(number, around, slack):
                        yield f"{kind[:-1]} {at} says {number:g}, and nothing else here does"

    def undrawn(self) -> Iterator[str]:
        """A row of the table that nothing but text in the figure stands for."""
        meta = self.drawing["layout"]["meta"]
        excused = meta.get("undrawn_rows")
        if meta.get("undrawn") and excused is None:
            return
        marked = [point for point in self.points if point.trace.get("mode") != "text"]
        drawn = {row for point in marked for row in point.rows}
        for row in sorted(set(excused or ()) & drawn):
            yield f"row {row} is drawn, and said not to be"
        for row in sorted(set(range(len(self.table))) - drawn - set(excused or ())):
            yield f"row {row} of the table is not drawn: {list(self.table.iloc[row])[:3]}"

    def by_colour_alone(self) -> Iterator[str]:
        """Two statuses, or two columns, whose marks differ in nothing but colour."""
        yield from self.columns_by_colour()
        columns = ("Status", "Assessment", "Outcome")
        column = next((one for one in columns if one in self.table.columns), None)
        looks: dict[tuple[Any, ...], set[tuple[str, str]]] = {}
        for point in self.points if column else ():
            if point.rows and point.trace.get("mode") != "text":
                whole = to_text(self.content(point.rows[0], str(column)))
                if whole[:1] in LOOKS_LIKE and whole[:1] in self.beside.get(point.rows[0], ""):
                    continue  # a text beside the mark has the sign of the status
                cell = re.sub(r"^\W+", "", whole)
                colour = point.drawn("marker.color") or point.drawn("line.color")
                word = re.split(r"[ ,;(]", cell)[0]
                looks.setdefault(style_of(point), set()).add((word, str(colour)))
        for one, pairs in looks.items():
            statuses = sorted({status for status, _ in pairs})
            if len(statuses) > 1 and len({colour for _, colour in pairs}) > 1:
                yield f"only colour tells {' from '.join(statuses)} ({one[0] or one[-1]})"

    @cached_property
    def beside(self) -> dict[int, str]:
        """The texts that are drawn for a row."""
        found: dict[int, str] = {}
        for point in self.points:
            if point.trace.get("mode") == "text" and len(point.rows) == 1:
                row = point.rows[0]
                found[row] = f"{found.get(row, '')} {to_text(point.drawn('text'))}"
        return found

    def columns_by_colour(self) -> Iterator[str]:
        """Columns whose traces look alike, but that no colour is common to them."""
        looks: dict[tuple[Any, ...], dict[str, set[str]]] = {}
        for point in self.points:
            if (point.rows or point.rowless) and point.trace.get("mode") != "text":
                colour = str(point.drawn("marker.color") or point.drawn("line.color"))
                for name in ("x", "y", "count"):
                    channel = point.channels.get(name)
                    whole = point.trace["meta"]["channels"].get(name)
                    if isinstance(whole, list) and not point.rowless:
                        continue  # the trace has no column of its own, and its colour names none
                    if channel and (channel["is"] == "Units" or channel.get("part") == "number"):
                        columns = looks.setdefault(style_of(point), {})
                        columns.setdefault(channel["column"], set()).add(colour)
        for columns in looks.values():
            for (one, here), (other, there) in itertools.combinations(columns.items(), 2):
                if not here & there:
                    yield f"only colour tells {one!r} from {other!r}"


def looks_wrong(said: str, symbol: Any) -> str:
    """What is wrong where words begin with a sign and the mark looks like another."""
    symbols = LOOKS_LIKE.get(said[:1])
    return "" if not symbols or symbol in symbols else f"the sign is {said[:1]} and not {symbol}"


def position_of(trace: Json, way: str, value: Any) -> float:
    """A place as a number; names that layout gives (A, B, C) count in their own order."""
    if isinstance(value, str):
        return float(sorted(set(trace[way])).index(value))
    return float(value)


def on_data(thing: Json) -> bool:
    """Whether a shape or annotation stands at a place to which an axis gives a meaning.

    What the reader's filter moves ("at:…") is where the filter puts it.
    """
    if str(thing.get("name", "")).startswith("at:"):
        return False
    names = ("x0", "x1", "y0", "y1", "x", "y")
    refs = [str(thing.get(f"{name[0]}ref", name[0])) for name in names if name in thing]
    return not all(ref.endswith(("paper", "domain")) for ref in refs)


def style_of(point: Point) -> tuple[Any, ...]:
    """All of a mark but its colour and its place."""
    usual = {"marker.symbol": "circle", "line.dash": "solid"}
    names = (*usual, "marker.pattern.shape", "mode", "type")
    return tuple(point.drawn(name) or usual.get(name) for name in names)


def hover_text(trace: Json, at: int) -> str:
    """What the label of a point says, as plotly writes it; empty where there is none."""
    template = trace.get("hovertemplate")
    template = template[at] if isinstance(template, list) else template
    if trace.get("hoverinfo") == "skip" or not template:
        return ""

    def fill(match: re.Match[str]) -> str:
        path, _, form = match[1].partition(":")
        path, _, day = path.partition("|")
        name, _, index = path.partition("[")
        whole = value_at(trace, name)
        value = whole[at] if isinstance(whole, list) else whole
        value = value[int(index.rstrip("]"))] if index else value
        return pd.Timestamp(value).strftime(day) if day else formatted(value, form)

    return to_text(re.sub(r"%\{([^}]+)\}", fill, re.sub(r"<extra>.*?</extra>", "", template)))


def formatted(value: Any, form: str) -> str:
    """A number in one of d3's formats, as far as charts here use them."""
    if not form:
        return str(value)
    found = re.fullmatch(r"([+]?)(,?)(?:\.(\d+))?([fd%]?)", form)
    assert found, f"the checker does not know the number format {form!r}"
    sign, comma, digits, kind = found.groups()
    return f"{float(value):{sign}{comma}.{digits or 0}{'%' if kind == '%' else 'f'}}"
