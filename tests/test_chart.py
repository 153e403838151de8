"""A chart is plain JSON for whoever paints it, with its words, its rows and its sources."""

from __future__ import annotations

import json
import math
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from upheaval import __version__, saving
from upheaval.charts.draw import Bar, Column, Dot, Group, Line, Mark, Rows, scale_to, theme
from upheaval.charts.draw.spec import Chart, figure_json, rows_json
from upheaval.facts import tables

SOURCES = list(tables.read("sources")["id"][:3])


def small(**changes: Any) -> Chart:
    given: dict[str, Any] = {
        "figure": theme.figure(go.Scatter(x=[1, 2], y=[3, 4])),
        "title": "Two <b>points</b>",
        "subtitle": "of things",
        "description": "2 rows.",
        "table": pd.DataFrame({"A": [1, 2], 5: ["x", None]}),
        "sources": SOURCES,
    }
    return Chart(**{**given, **changes})


def test_payload_is_plain_json_with_everything_the_face_shows() -> None:
    payload = small().payload()
    assert json.loads(json.dumps(payload, allow_nan=False)) == payload
    assert payload["table"] == {"columns": ["A", "5"], "rows": [[1, "x"], [2, None]]}
    assert [one["id"] for one in payload["references"]] == SOURCES
    assert payload["empty"] is False and "rowFilters" not in payload
    assert (
        payload["asOf"] == tables.spell(tables.knowledge_as_of())
        and payload["asOf"] in payload["cite"]
    )
    assert small(as_of="23 October 2024").payload()["asOf"] == "23 October 2024"
    assert small(table=pd.DataFrame({"A": []})).payload()["empty"] is True


def test_a_source_is_listed_once() -> None:
    assert [
        one["id"] for one in small(sources=[*SOURCES, SOURCES[0]]).payload()["references"]
    ] == SOURCES


def test_an_unknown_source_is_told_in_a_sentence() -> None:
    with pytest.raises(Exception, match='no source called "nobody-2024"'):
        small(sources=["nobody-2024"]).payload()


def test_a_chart_with_filters_takes_its_words_from_its_rows() -> None:
    templates = {
        which: {"none": "-", "one": "one", "many": f"{which} of {{n}}"}
        for which in ("title", "description")
    }
    rows = {
        "columns": {"kind": ["a", "b"]},
        "labels": {},
        "when": ["", ""],
        "total": 2,
        "templates": templates,
    }
    made = small(row_filters=rows, sources=[[SOURCES[1]], [SOURCES[0], SOURCES[1]]])
    assert (made.title, made.description) == ("title of 2", "description of 2")
    assert made.payload()["rowFilters"]["references"] == [[0], [1, 0]]
    assert [one["id"] for one in made.payload()["references"]] == [SOURCES[1], SOURCES[0]]


@pytest.mark.parametrize(
    ("cell", "plain"),
    [
        ("text", "text"),
        ("<b>", "<b>"),
        (None, None),
        (pd.NA, None),
        (pd.NaT, None),
        (math.nan, None),
        (True, "yes"),
        (np.bool_(False), "no"),
        (3, 3),
        (np.int64(3), 3),
        (2.5, 2.5),
        (np.float64(2.5), 2.5),
        (("a", 1), "a; 1"),
        ([], ""),
        (pd.Timestamp("2024-10-23"), "2024-10-23"),
        (math.inf, None),
    ],
)
def test_cells_become_text_numbers_or_nothing(cell: object, plain: object) -> None:
    got = rows_json(pd.DataFrame({"A": pd.Series([cell], dtype=object)}))
    assert got == [[plain]] and type(got[0][0]) is type(plain)
    json.dumps(got, allow_nan=False)


@pytest.mark.parametrize(
    "values",
    [[1, 2, 3], [1.5, None, 2.0], [[0, 1, 2], [3, 4, 5]], [[[0, 1]], [[2, 3]]], []],
    ids=str,
)
def test_packed_arrays_come_out_as_lists(values: list[Any]) -> None:
    array = np.array(values, dtype=float)
    figure = figure_json(go.Figure({"data": [{"type": "heatmap", "z": array}]}, skip_invalid=True))
    assert figure["data"][0]["z"] == values
    assert "bdata" not in json.dumps(figure, allow_nan=False)


def test_dates_and_what_json_has_no_word_for() -> None:
    moments = pd.to_datetime(["2024-10-23", "2024-10-24", "2024-10-25"])
    figure = figure_json(go.Figure(go.Scatter(x=moments, y=np.array([1, np.nan, -np.inf]))))
    assert figure["data"][0]["x"][0].startswith("2024-10-23")
    assert figure["data"][0]["y"] == [1, None, None]


def test_on_its_own_a_chart_shows_its_title_as_text() -> None:
    bundle = small()._repr_mimebundle_()
    figure = bundle["application/vnd.plotly.v1+json"]
    assert "Two &lt;b&gt;points&lt;/b&gt;" in figure["layout"]["title"]["text"]
    assert bundle["text/plain"] == "Two <b>points</b>\n2 rows."
    json.dumps(bundle, allow_nan=False)
    assert small().figure.layout.title.text is None, "the figure itself is not touched"


def test_the_version_is_cited() -> None:
    assert __version__ in small().payload()["cite"]


# -- rows as HTML ----------------------------------------------------------------------------------
YES = Mark("circle", "●", theme.BLUE, "yes")


def listed(**changes: Any) -> Chart:
    lines = [Line(0, "<b>one</b>", "4 to 6", sign=YES, track=[Bar(4, 6, look="range")])]
    rows = Rows([Group("Things", lines)], scale=scale_to(8, "pieces"))
    return small(figure=None, rows=rows, table=pd.DataFrame({"A": ["<b>one</b>"]}), **changes)


def test_rows_stand_in_the_place_of_a_figure() -> None:
    payload = listed().payload()
    assert json.loads(json.dumps(payload, allow_nan=False)) == payload
    assert payload["figure"] == {"data": [], "layout": {}}
    rows = payload["markedRows"]
    assert rows["ticks"][0] == [0, "0"] and rows["unit"] == "pieces" and rows["columns"] == []
    (line,) = rows["groups"][0]["lines"]
    assert line["sign"] == ["●", "blue", "yes"] and line["track"] == [[0.5, 0.75, "range", "blue"]]


def test_where_no_row_is_left_there_are_no_rows_to_paint() -> None:
    payload = listed(title="None").payload() | {}
    assert "markedRows" in payload
    empty = small(figure=None, rows=Rows([]), table=pd.DataFrame({"A": []})).payload()
    assert empty["empty"] and "markedRows" not in empty


def test_a_chart_is_drawn_or_written_and_not_both() -> None:
    with pytest.raises(ValueError, match="needs a figure, or rows"):
        small(figure=None)
    with pytest.raises(ValueError, match="not both"):
        small(rows=Rows([]))


def test_rows_alone_are_html_without_a_script_and_text_stays_text() -> None:
    shown = listed()._repr_mimebundle_()["text/html"]
    assert "&lt;b&gt;one" in shown and "● yes" in shown and "4 to 6" in shown
    assert "<script" not in shown
    signs = Line(0, "one", cells=[YES, None], units=[(YES, 3)])
    rows = Rows([Group("", [signs])], columns=[Column("A", "B", "1.2"), Column("C")])
    table = saving.rows_html(rows.payload())
    assert "<th>A B 1.2</th><th>C</th>" in table and "<td>● yes</td><td></td>" in table
    assert "● yes: 3" in table


@pytest.mark.parametrize(
    ("high", "ticks"),
    [(8, [0, 2, 4, 6, 8]), (15, [0, 5, 10, 15]), (1.25, [0, 0.2, 0.4, 0.6, 0.8, 1, 1.2])],
)
def test_a_scale_has_round_ticks(high: float, ticks: list[float]) -> None:
    found = [at for at, _ in scale_to(high).ticks]
    assert found == pytest.approx(ticks)


def test_a_sign_on_the_scale_stands_at_its_number() -> None:
    rows = Rows([Group("", [Line(0, "one", track=[Dot(2, YES)])])], scale=scale_to(8))
    (line,) = rows.payload()["groups"][0]["lines"]
    assert line["track"] == [[0.25, 0.25, "●", "blue"]]
