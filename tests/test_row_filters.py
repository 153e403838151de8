"""The one rule of factored charts: which rows filters show, how texts count them, and which marks
stay.
"""

from __future__ import annotations

import copy
import json
import random
from typing import Any

import pytest

from upheaval import row_filters

ROW_FILTERS: dict[str, Any] = {
    "columns": {
        "kind": ["a", "b", "a", "c"],
        "who": [["x", "y"], ["y"], [], ["x"]],
        "day": ["1", "2", "3", "4"],
    },
    "labels": {"kind": {"a": "Apples", "b": "Pears", "c": "Plums"}, "who": {"x": "Ex", "y": "Why"}},
    "when": ["first", "second", "third", "fourth"],
    "total": 4,
    "references": [[0], [1, 0], [2], [1]],
    "templates": {
        "title": {"none": "Nothing", "one": "One: {first}", "many": "{n} of {total}: {most:kind}"},
        "description": {
            "none": "Choose {chosen:kind} no more",
            "one": "{tally:who}",
            "many": "{first} to {last}, {tally:kind}",
        },
    },
}
PAYLOAD: dict[str, Any] = {
    "name": "chart",
    "title": "",
    "description": "",
    "rowFilters": ROW_FILTERS,
    "figure": {
        "data": [
            {
                "ids": ["0", "2"],
                "x": [1, 3],
                "marker": {"size": [5, 6], "color": "red"},
                "hoverlabel": {"n": [1]},
            },
            {"ids": ["1", "3"], "x": [2, 4]},
            {"x": [0, 9], "y": [0, 0]},
        ],
        "layout": {
            "height": 4,
            "annotations": [
                {"name": "row:1", "text": "b"},
                {"name": "at:day", "x": 0},
                {"text": "!"},
            ],
            "shapes": [{"name": "at:day", "x0": 0, "x1": 0}],
        },
    },
    "table": {"columns": ["Kind"], "rows": [["a"], ["b"], ["a"], ["c"]]},
    "references": [{"id": "one"}, {"id": "two"}, {"id": "three"}],
}


def has(column: str, value: str | None, name: str = "") -> dict[str, Any]:
    return {
        "name": name or column,
        "column": column,
        "rule": "contains",
        "value": value,
        "label": f"label of {value}",
    }


def until(column: str, value: str | None) -> dict[str, Any]:
    return {**has(column, value), "rule": "lte"}


@pytest.mark.parametrize(
    ("filters", "rows"),
    [
        ([], [0, 1, 2, 3]),
        ([has("kind", None)], [0, 1, 2, 3]),
        ([has("kind", "a")], [0, 2]),
        ([has("who", "y")], [0, 1]),
        ([has("who", "z")], []),
        ([until("day", "2")], [0, 1]),
        ([until("day", "0")], []),
        ([until("day", None), has("kind", "c")], [3]),
        ([has("kind", "a"), has("who", "x"), until("day", "9")], [0]),
    ],
)
def test_shown(filters: list[dict[str, Any]], rows: list[int]) -> None:
    assert row_filters.visible_rows(ROW_FILTERS, filters) == rows


@pytest.mark.parametrize(
    ("value", "rows"),
    [(None, [1, 2]), ("0", []), ("1", [0]), ("2", [0, 2]), ("3", [1, 2]), ("9", [1, 2])],
)
def test_a_row_can_stand_for_a_phase(value: str | None, rows: list[int]) -> None:
    """Row 0 holds from 1 to 3 and becomes row 1; row 2 holds from 2 on."""
    phases = {"columns": {"known": [["1", "3"], "3", "2"]}, "when": ["", "", ""], "span": "known"}
    assert row_filters.visible_rows(phases, [until("known", value)]) == rows
    assert row_filters.visible_rows(phases, []) == [1, 2]


def test_phases_of_one_thing_never_show_together() -> None:
    chance = random.Random(7)
    for _ in range(300):
        ends = sorted(chance.sample("123456789", 3))
        cells = [[ends[0], ends[1]], [ends[1], ends[2]], ends[2]]
        phases = {"columns": {"known": cells}, "when": [""] * 3, "span": "known"}
        for moment in [*"0123456789", None]:
            rows = row_filters.visible_rows(phases, [until("known", moment)])
            assert len(rows) == (0 if moment is not None and moment < ends[0] else 1)


def test_tally_counts_each_value_of_a_list_and_leaves_out_zeros() -> None:
    assert row_filters.tally(ROW_FILTERS, "who", [0, 1, 2, 3]) == [("Ex", 2), ("Why", 2)]
    assert row_filters.tally(ROW_FILTERS, "kind", [0, 2]) == [("Apples", 2)]
    assert row_filters.tally(ROW_FILTERS, "kind", []) == []


def test_texts_of_none_one_and_many_rows() -> None:
    filters = [has("kind", "b")]
    assert row_filters.text(ROW_FILTERS, "title", filters, []) == "Nothing"
    assert row_filters.text(ROW_FILTERS, "description", filters, []) == "Choose label of b no more"
    assert row_filters.text(ROW_FILTERS, "title", filters, [1]) == "One: second"
    assert row_filters.text(ROW_FILTERS, "description", filters, [0]) == "Ex 1, Why 1"
    assert row_filters.text(ROW_FILTERS, "title", filters, [0, 1, 2]) == "3 of 4: Apples (2)"
    assert (
        row_filters.text(ROW_FILTERS, "title", filters, [1, 3])
        == "2 of 4: Pears and Plums (1 each)"
    )
    assert (
        row_filters.text(ROW_FILTERS, "description", filters, [0, 3])
        == "first to fourth, Apples 1, Plums 1"
    )


def test_text_in_the_data_is_no_template() -> None:
    odd = {**ROW_FILTERS, "when": ["{total}", "", "", ""]}
    assert row_filters.text(odd, "title", [], [0]) == "One: {total}"


def test_filter_figure_cuts_what_belongs_to_the_rows_and_nothing_else() -> None:
    figure = row_filters.filter_figure(PAYLOAD["figure"], [2, 3], [until("day", "4")])
    marker = {"size": [6], "color": "red"}
    assert figure["data"][0] == {"ids": ["2"], "x": [3], "marker": marker, "hoverlabel": {"n": [1]}}
    assert figure["data"][1:] == [{"ids": ["3"], "x": [4]}, {"x": [0, 9], "y": [0, 0]}]
    assert figure["layout"]["annotations"] == [{"name": "at:day", "x": "4"}, {"text": "!"}]
    assert figure["layout"]["shapes"] == [{"name": "at:day", "x0": "4", "x1": "4"}]


def test_filter_figure_without_a_date_draws_no_line() -> None:
    figure = row_filters.filter_figure(PAYLOAD["figure"], [1], [until("day", None)])
    assert figure["layout"]["annotations"] == [{"name": "row:1", "text": "b"}, {"text": "!"}]
    assert figure["layout"]["shapes"] == [] and figure["data"][0]["x"] == []


def test_apply_gives_rows_sources_and_texts_that_agree() -> None:
    before = copy.deepcopy(PAYLOAD)
    chart = row_filters.apply(PAYLOAD, [has("kind", "b")])
    assert before == PAYLOAD, "the chart itself is not touched"
    assert chart["visibleRows"] == [1] and chart["empty"] is False and "rowFilters" not in chart
    assert chart["table"] == {"columns": ["Kind", "Source ids"], "rows": [["b", "two; one"]]}
    assert chart["references"] == [{"id": "one"}, {"id": "two"}]
    assert chart["title"] == "One: second"
    nothing = row_filters.apply(PAYLOAD, [has("who", "z"), has("kind", None)])
    assert (
        nothing["empty"] is True and nothing["table"]["rows"] == [] and nothing["references"] == []
    )
    json.dumps(chart)


def test_filters_commute_and_only_narrow() -> None:
    chance = random.Random(11)
    offered = [
        has("kind", "a"),
        has("who", "x"),
        until("day", "3"),
        has("who", None),
        until("day", "1"),
    ]
    for _ in range(100):
        filters = chance.sample(offered, chance.randint(0, 4))
        rows = row_filters.visible_rows(ROW_FILTERS, filters)
        assert rows == row_filters.visible_rows(ROW_FILTERS, filters[::-1]) == sorted(rows)
        assert set(rows) == set(range(4)).intersection(
            *(row_filters.visible_rows(ROW_FILTERS, [one]) for one in filters)
        )
