"""Breaks around the numbers, once made by hand in the charts and seen by no test: red now.

Each is made in the figure of a real chart, as a wrong line of code would make it.
"""

from __future__ import annotations

import copy
import functools
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from drawing.checker import Checker, drawing_of, problems
from drawing.legends import looks_like
from drawing.test_drawing import charts
from tiers import few
from upheaval.charts.draw import Chart, Dot, Line, Rows, theme
from upheaval.widgets import Explorer

Json = Any
Made = Callable[[str], list[Explorer]]
Break = Callable[[Json], object]


def first(explorers: list[Explorer], name: str, selected: str) -> Chart:
    """The first state of the explorer of that name in which these words are chosen."""
    found = (
        chart
        for explorer in explorers
        if explorer.spec["name"] == name
        for state, chart in charts(explorer)
        if selected in state
    )
    return next(found)


#: Signs that stand for one look of marks, and nothing beside.
MARKS = frozenset("●○◆◇■□▣▽▼—★▨⬡△✕+")


def checker_of(chart: Chart) -> Checker:
    """A checker that knows the points of a chart."""
    checker = Checker(chart, drawing_of(chart))
    list(checker.problems())
    return checker


def put(path: str, value: Any) -> Break:
    """A break that puts a value at a path of the drawing, such as ``data.0.visible``."""

    def broken(drawing: Json) -> None:
        *before, last = [int(one) if one.isdigit() else one for one in path.split(".")]
        holder = functools.reduce(lambda part, one: part[one], before, drawing)
        holder[last] = value(holder.get(last)) if callable(value) else value

    return broken


def both(*breaks: Break) -> Break:
    """Two breaks at once: an exchange."""

    def broken(drawing: Json) -> None:
        for one in breaks:
            one(drawing)

    return broken


def replaced(old: str, new: str) -> Callable[[Any], Any]:
    """Other words in a text, or in each of several."""

    def changed(texts: Any) -> Any:
        several = isinstance(texts, list)
        done = [str(one).replace(old, new) for one in (texts if several else [texts])]
        assert done != (texts if several else [texts]), f"{old!r} is not there"
        return done if several else done[0]

    return changed


def turned(values: list[Any]) -> list[Any]:
    """The other way round."""
    return values[::-1]


def half(ends: list[float]) -> list[float]:
    """An axis that ends half-way."""
    return [ends[0] / 2, ends[1] / 2]


#: The fault: lesson, explorer, words of a state, and the break.
BREAKS: dict[str, tuple[str, str, str, Break]] = {
    "the number at a line's end is the other line's": (
        *("08", "burden", "Added up"),
        put("layout.annotations.3.text", "<b>U.S.</b> 215"),
    ),
    "the name at a line's end is the other line's": (
        *("08", "burden", "Added up"),
        put("layout.annotations.3.text", replaced("U.S.", "Europe")),
    ),
    "a label names the other line": (
        *("08", "burden", "Added up"),
        put("data.1.hovertemplate", replaced("United States", "Europe")),
    ),
    "the dashes of two lines are exchanged": (
        *("08", "burden", "Added up"),
        both(put("data.0.line.dash", "dash"), put("data.1.line.dash", "solid")),
    ),
    "an axis ends below its highest numbers": (
        *("08", "burden", "Added up"),
        put("layout.yaxis.range", half),
    ),
    "words of landmarks are exchanged": (
        *("08", "burden", "Added up"),
        both(
            put("layout.annotations.0.text", "Trump in office"),
            put("layout.annotations.1.text", "U.S. aid law"),
        ),
    ),
    "a landmark stands a day too late": (
        *("08", "burden", "Added up"),
        both(
            put("layout.shapes.0.x0", "2024-04-25"),
            put("layout.shapes.0.x1", "2024-04-25"),
        ),
    ),
    "the line of a landmark is a stump": (
        *("08", "burden", "Added up"),
        put("layout.shapes.0.y1", 0.02),
    ),
    "a tick label names another year": (
        *("08", "burden", "Quarter by quarter"),
        put("layout.xaxis.ticktext", replaced("2023", "2024")),
    ),
    "stacked bars hide one another": (
        *("06", "missiles", "All classes"),
        put("layout.barmode", "overlay"),
    ),
    "patterns of outcomes are exchanged": (
        *("06", "missiles", "All classes, Any"),
        both(
            put("data.0.marker.pattern.shape", "x"),
            put("data.1.marker.pattern.shape", ""),
        ),
    ),
    "bars have the colours of other outcomes than marks have": (
        *("06", "missiles", "All classes, Any"),
        both(
            put("data.0.marker.color", theme.ORANGE),
            put("data.1.marker.color", theme.BLUE),
        ),
    ),
    "distances are drawn on the axis of the counts": (
        *("06", "missiles", "All classes, Any"),
        put("data.5.yaxis", "y"),
    ),
    "tick labels are half of their numbers": (
        *("06", "missiles", "All classes, Any"),
        put("layout.yaxis2.ticktext", ["0", "500", "1000", "1500", "2000"]),
    ),
    "a label says miles for kilometres": (
        *("06", "missiles", "All classes, Any"),
        put("data.5.hovertemplate", replaced("km", "miles")),
    ),
    "the title of an axis says billions for millions": (
        *("06", "trade", "Joined"),
        put("layout.yaxis.title.text", replaced("million", "billion")),
    ),
    "estimates look like measured years": (
        *("08", "course", "Canada"),
        put(
            "data.0.marker.symbol",
            lambda symbols: [
                "circle" if one == "circle-open" else "circle-open" for one in symbols
            ],
        ),
    ),
    "names of lanes are in another order": (
        *("02", "timeline", "Around"),
        put("data.0.text", turned),
    ),
    "a sum grows between two days": (
        *("07", "packages", "Added up"),
        put("data.0.line.shape", "linear"),
    ),
}


def in_lines(**changes: Callable[[Line], Any]) -> Callable[[Rows], Rows]:
    """A break in every line of rows: what each property is then, from the line."""

    def broken(rows: Rows) -> Rows:
        lines = [
            replace(line, **{name: change(line) for name, change in changes.items()})
            for line in rows.lines
        ]
        return replace(rows, groups=[replace(rows.groups[0], lines=lines)])

    return broken


def relabelled(order: Callable[[list[Any]], list[Any]]) -> Callable[[Rows], Rows]:
    """A break in the labels of a scale, which stand in another order."""

    def broken(rows: Rows) -> Rows:
        assert rows.scale
        places, labels = zip(*rows.scale.ticks, strict=True)
        ticks = list(zip(places, order(list(labels)), strict=True))
        return replace(rows, scale=replace(rows.scale, ticks=ticks))

    return broken


#: As `BREAKS`, of charts that are rows of HTML.
ROW_BREAKS: dict[str, tuple[str, str, str, Callable[[Rows], Rows]]] = {
    "the two numbers of a text are exchanged": (
        *("07", "contrasts", "Sanctions on Russia"),
        in_lines(text=lambda line: " ".join(line.text.split(", ")[::-1])),
    ),
    "a share is counted in billions": (
        *("08", "spending", "2024, as seen in June 2024"),
        in_lines(text=lambda line: line.text.replace(" %", " billion")),
    ),
    "dollars are a thousand times too many": (
        *("06", "trade", "Machine tools, Apart"),
        in_lines(text=lambda line: line.text.replace("million", "billion")),
    ),
    "a floor has no arrow that leaves it open": (
        *("12", "road", "2 · Choose, In Russia"),
        in_lines(track=lambda line: [one for one in line.track if isinstance(one, Dot)][:1]),
    ),
    "the ends of a scale are exchanged": (
        *("07", "scales", "Commitment to Ukraine, All three"),
        relabelled(turned),
    ),
    "the 0 of a scale stands at 2": (
        *("07", "scales", "Commitment to Ukraine, All three"),
        relabelled(lambda labels: [labels[0], *reversed(labels[1:])]),
    ),
    "a bar is drawn filled that is an outline": (
        *("08", "balance", "2024"),
        in_lines(track=lambda line: [replace(one, look="bar") for one in line.track]),
    ),
    "signs of two columns are exchanged": (
        *("07", "contrasts", "How fast the war should end"),
        in_lines(track=lambda line: [replace(one, of=two.of) for one, two in exchanged(line)]),
    ),
}


def exchanged(line: Line) -> list[tuple[Any, Any]]:
    """What stands on a track, each beside the one that would stand in its place."""
    return list(zip(line.track, line.track[::-1], strict=True))


def name_of(explorers: list[Explorer], name: str) -> str:
    """The name of the explorer, or of the only one whose charts are called so."""
    names = [explorer.spec["name"] for explorer in explorers]
    assert name in names, f"{name} is none of {names}"
    return name


@pytest.mark.thorough
@pytest.mark.parametrize("fault", BREAKS)
def test_a_break_around_the_numbers_is_seen(fault: str, explorers_of: Made) -> None:
    lesson, name, state, broken = BREAKS[fault]
    explorers = explorers_of(lesson)
    chart = first(explorers, name_of(explorers, name), state)
    drawing = copy.deepcopy(drawing_of(chart))
    assert problems(chart, drawing) == []
    broken(drawing)
    assert drawing != drawing_of(chart) and problems(chart, drawing)


@pytest.mark.thorough
@pytest.mark.parametrize("fault", ROW_BREAKS)
def test_a_break_of_rows_is_seen(fault: str, explorers_of: Made) -> None:
    lesson, name, state, broken = ROW_BREAKS[fault]
    explorers = explorers_of(lesson)
    chart = first(explorers, name_of(explorers, name), state)
    assert chart.rows and problems(chart) == []
    wrong = broken(chart.rows)
    assert wrong != chart.rows and problems(chart, wrong)


@pytest.mark.parametrize(
    ("lesson", "name", "state"),
    few(
        [
            ("08", "burden", "Added up"),
            ("08", "burden", "Quarter"),
            ("08", "spending", "June 2024"),
            ("07", "donors", "Promised"),
            ("07", "donors", "by kind"),
            ("06", "missiles", "All classes, Any"),
            ("10", "words", "as the record is"),
            ("11", "rated", "Ukraine holds"),
        ],
        2,
    ),
)
def test_a_legend_with_its_labels_exchanged_is_seen(
    lesson: str, name: str, state: str, explorers_of: Made
) -> None:
    chart = first(explorers_of(lesson), name_of(explorers_of(lesson), name), state)
    signs, said = zip(*chart.legend[:2], strict=True)
    wrong = [*zip(signs, said[::-1], strict=True), *chart.legend[2:]]
    assert problems(chart) == [] and problems(replace(chart, legend=wrong))


@pytest.mark.thorough
@pytest.mark.parametrize("number", few(["02", "04", "05", "06", "07", "08"], 2))
def test_a_symbol_without_its_key_is_seen(number: str, explorers_of: Made) -> None:
    """Each sign of a legend that marks of a figure have is missed where it is taken out."""
    tried = 0
    for explorer in explorers_of(number):
        states = list(explorer.states())
        for name, chart in dict(charts(explorer, [states[0], states[-1]])).items():
            if not chart.figure:
                continue
            marks = [one for one in checker_of(chart).points if one.trace.get("mode") != "text"]
            for sign, label in chart.legend:
                if sign in MARKS and any(looks_like(one, sign) for one in marks):
                    tried += 1
                    left = [one for one in chart.legend if one[0] != sign]
                    assert problems(replace(chart, legend=left)), (name, sign, label)
    assert tried
