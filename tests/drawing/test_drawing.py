"""Every state of every explorer: each drawn number is the one that its row says."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest

import lessons
from drawing.checker import drawing_of, problems
from drawing.mutations import mutations
from rules import filtered
from tiers import few
from upheaval.charts.draw import Chart
from upheaval.widgets import Explorer

LESSONS = [lesson.number for lesson in lessons.every()]


def charts(
    explorer: Explorer, states: Sequence[dict[str, int]] | None = None
) -> Iterator[tuple[str, Chart]]:
    """The chart of every computed state, or of these, with the labels that were chosen."""
    for state in explorer.states() if states is None else states:
        chosen = {name: explorer.controls[name].values[at] for name, at in state.items()}
        labels = [explorer.controls[name].labels[at] for name, at in state.items()]
        yield f"{explorer.spec['name']} ({', '.join(labels)})", explorer.view(**chosen)


@pytest.mark.thorough
@pytest.mark.parametrize("number", LESSONS)
def test_each_drawn_number_is_the_one_its_row_says(
    number: str, explorers_of: Callable[[str], list[Explorer]]
) -> None:
    explorers = explorers_of(number)
    assert explorers
    faults = [
        f"{name}: {fault}"
        for explorer in explorers
        for name, chart in charts(explorer)
        for fault in problems(chart)
    ]
    assert not faults, "\n".join(faults[:30])


@pytest.mark.thorough
@pytest.mark.parametrize("number", few(LESSONS, 4, pytest.mark.slow))
def test_no_wrong_drawing_goes_unseen(
    number: str, explorers_of: Callable[[str], list[Explorer]]
) -> None:
    """The checker is tried on wrong drawings of each explorer's first and last state."""
    unseen, tried = [], 0
    for explorer in explorers_of(number):
        states = list(explorer.states())
        for name, chart in dict(charts(explorer, [states[0], states[-1]])).items():
            for fault, drawing in mutations(drawing_of(chart)):
                tried += 1
                unseen += [] if problems(chart, drawing) else [f"{name}: {fault}"]
    assert tried and not unseen, f"{len(unseen)} of {tried}:\n" + "\n".join(unseen[:30])


@pytest.mark.thorough
@pytest.mark.parametrize("number", LESSONS)
def test_a_filter_leaves_the_marks_of_the_rows_it_shows(
    number: str, explorers_of: Callable[[str], list[Explorer]]
) -> None:
    """Each option of each filter once: the marks left are those of the rows in the table."""
    for explorer in explorers_of(number):
        start = {name: control.start for name, control in explorer.controls.items()}
        for name, control in explorer.controls.items():
            if control.column:
                for at in range(len(control.values)):
                    chosen = {**start, name: at}
                    payload = filtered(explorer.payload(chosen), explorer.filters(chosen))
                    assert _marked(payload) == set(payload["visibleRows"]), (
                        name,
                        control.labels[at],
                    )


def _marked(payload: dict[str, Any]) -> set[int]:
    """The rows for which a line or a mark is left: lines by their row, points by their ids."""
    if "markedRows" in payload:
        groups = payload["markedRows"]["groups"]
        return {line["at"] for group in groups for line in group["lines"]} - {None}
    return {
        int(row)
        for trace in payload["figure"]["data"]
        if trace.get("mode") != "text"
        for row in trace.get("ids", [])
    }
