"""A legend with its words exchanged is seen in every chart: tried on all of them."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from drawing.checker import problems
from drawing.test_drawing import LESSONS, charts
from tiers import few
from upheaval.charts.draw import Chart
from upheaval.widgets import Explorer

#: Words whose exchange nothing in the drawing contradicts, by the chart, and why that is so.
EXCUSED = {
    "quotations": "one entry has no sign: it tells where a month stands",
    "ties-years": "one entry has no sign: it tells what a darker square is",
    "precedents": "the bar of one case has its colour and no sign of its own",
    "hypotheses": "marks of the grid that none of the rows left has",
    "words": "no word of likelihood does better, and the sign for it is not drawn",
}


@pytest.mark.thorough
@pytest.mark.parametrize("number", few(LESSONS, 4, pytest.mark.slow))
def test_exchanged_words_of_a_legend_are_seen(
    number: str, explorers_of: Callable[[str], list[Explorer]]
) -> None:
    unseen, tried = [], 0
    for explorer in explorers_of(number):
        states = list(explorer.states())
        for _, chart in dict(charts(explorer, [states[0], states[-1]])).items():
            for words, changed in exchanged(chart):
                tried += 1
                excused = any(chart.name.startswith(one) for one in EXCUSED)
                unseen += [] if excused or problems(changed) else [f"{chart.name}: {words}"]
    assert not unseen, f"{len(unseen)} of {tried}:\n" + "\n".join(unseen)


def exchanged(chart: Chart) -> Iterator[tuple[str, Chart]]:
    """The chart with the words of each two signs exchanged."""
    entries = [(str(sign), str(words)) for sign, words in chart.legend]
    for (at, one), (then, other) in itertools.combinations(enumerate(entries), 2):
        changed = [*entries]
        changed[at], changed[then] = (one[0], other[1]), (other[0], one[1])
        yield f"{one} and {other}", replace(chart, legend=changed)


def test_a_line_at_a_number_is_called_by_that_number(
    explorers_of: Callable[[str], list[Explorer]],
) -> None:
    """The guideline of 2 per cent is not explained as one of 5."""
    explorer = next(one for one in explorers_of("08") if one.spec["name"] == "course")
    _, chart = next(charts(explorer))
    wrong = [(sign, str(words).replace("2 %", "5 %")) for sign, words in chart.legend]
    assert wrong != [*chart.legend] and problems(chart) == []
    assert any("5 %" in one for one in problems(replace(chart, legend=wrong)))
