"""What a first painting without a face shows of a chart with filters: rows, sentences, marks."""

from __future__ import annotations

import copy
import json
import random
from pathlib import Path
from typing import Any

import pytest

from upheaval import row_filters
from upheaval.protocol import MarkedRows, RowGroup, RowLine

CASES = json.loads(
    Path(__file__).with_name("cases").joinpath("row_filters.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", CASES["cases"], ids=lambda one: one["chart"])
def test_rows_and_sentences_are_those_of_the_face(case: dict[str, Any]) -> None:
    chart, filters = CASES["charts"][case["chart"]], case["filters"]
    assert row_filters.visible_rows(chart, filters) == case["rows"]
    for which in ("title", "description"):
        assert row_filters.text(chart, which, filters, case["rows"]) == case[which]
    assert row_filters.news(chart, filters, case["rows"]) == case.get("news", "")


def test_no_one_and_many_rows_are_among_the_cases() -> None:
    assert {min(len(one["rows"]), 2) for one in CASES["cases"]} == {0, 1, 2}


@pytest.mark.parametrize("case", CASES["figures"], ids=lambda one: f"rows {one['rows']}")
def test_marks_are_those_of_the_face(case: dict[str, Any]) -> None:
    before = copy.deepcopy(case["figure"])
    assert row_filters.marks_of(case["figure"], case["rows"]) == case["left"]
    assert case["figure"] == before, "the chart itself is not touched"


def until(column: str, value: str | None) -> Any:
    return {"name": column, "column": column, "rule": "lte", "value": value, "label": ""}


def test_phases_of_one_thing_never_show_together() -> None:
    chance = random.Random(7)
    for _ in range(300):
        ends = sorted(chance.sample("123456789", 3))
        cells = [[ends[0], ends[1]], [ends[1], ends[2]], ends[2]]
        phases: Any = {"columns": {"known": cells}, "when": [""] * 3, "span": "known"}
        for moment in [*"0123456789", None]:
            rows = row_filters.visible_rows(phases, [until("known", moment)])
            assert len(rows) == (0 if moment is not None and moment < ends[0] else 1)


def test_filters_commute_and_only_narrow() -> None:
    chance = random.Random(11)
    chart = CASES["charts"]["plain"]
    has = {**until("kind", "a"), "rule": "contains"}
    offered = [
        has,
        {**has, "column": "who", "value": "x"},
        until("day", "3"),
        {**has, "column": "who", "value": None},
        until("day", "1"),
    ]
    for _ in range(100):
        filters = chance.sample(offered, chance.randint(0, 4))
        rows = row_filters.visible_rows(chart, filters)
        assert rows == row_filters.visible_rows(chart, filters[::-1]) == sorted(rows)
        assert set(rows) == set(range(4)).intersection(
            *(row_filters.visible_rows(chart, [one]) for one in filters)
        )


def test_rows_of_html_keep_their_lines_what_stands_for_no_row_and_no_empty_group() -> None:
    def line(at: int | None) -> RowLine:
        return {"at": at, "title": str(at), "text": "", "note": ""}

    groups: list[RowGroup] = [
        {"title": "", "lines": [line(at) for at in rows]} for rows in ([None], [0, 1], [2])
    ]
    marked: MarkedRows = {"columns": [], "ticks": [], "unit": "", "groups": groups}
    left = row_filters.lines_of(marked, [1])["groups"]
    assert [[one["at"] for one in group["lines"]] for group in left] == [[None], [1]]
