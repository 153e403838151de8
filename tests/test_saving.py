"""What of a lesson is saved: forms in the place of views, whatever a notebook holds."""

from __future__ import annotations

import json
from collections.abc import Coroutine
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from ipykernel.ipkernel import IPythonKernel
from nbconvert import HTMLExporter
from traitlets.config import Config

from upheaval import saving
from upheaval.charts import timeline
from upheaval.facts import tables
from upheaval.widgets import (
    Check,
    Explorer,
    Filter,
    FreeResponse,
    Option,
    Portfolio,
    Predict,
    RecallPrediction,
)
from upheaval.widgets.coding import Cell, Coding, Scale
from upheaval.widgets.core import storage
from upheaval.widgets.forecast import Forecast, Question
from upheaval.widgets.matrix import Matrix, MatrixColumn, MatrixRow
from upheaval.widgets.weights import WeightedScoring

pytestmark = pytest.mark.usefixtures("live_mode", "work_folder")

VIEW = {"model_id": "one", "version_major": 2}


def output(data: dict[str, Any], **metadata: Any) -> dict[str, Any]:
    return {"output_type": "display_data", "data": data, "metadata": metadata}


def holder(model_id: str = "one", **data: Any) -> dict[str, Any]:
    return output({"text/html": ""}, upheaval={"model_id": model_id, **data})


def saved(*outputs: Any, **metadata: Any) -> list[Any]:
    notebook = {"metadata": metadata, "cells": [{"cell_type": "code", "outputs": [*outputs]}]}
    model = {"type": "notebook", "content": notebook}
    saving._on_save(model=model, path="x", contents_manager=None)
    found: list[Any] = model["content"]["cells"][0]["outputs"]  # type: ignore[index]
    return found


WAKE = output({saving.NOTE: saving.WAKE})


def test_the_newest_form_takes_the_place_of_the_view() -> None:
    view = output({saving.VIEW: VIEW, "text/html": "at the start", "text/plain": "at the start"})
    form = {"text/html": "answered", "text/plain": "answered"}
    assert saved(holder(data=form), view) == [output(form), WAKE]
    untouched = output({saving.VIEW: VIEW, "text/html": "at the start"})
    assert saved(holder(), untouched) == [output({"text/html": "at the start"}), WAKE]


def test_what_takes_the_focus_in_a_lesson_keeps_its_keys_from_the_cells() -> None:
    words = '<details><summary>Words</summary><a href="#x">x</a><abbr>y</abbr></details>'
    said = output({"text/html": words})
    [first] = saved(said, upheaval={})
    text = first["data"]["text/html"]
    assert text.count('<summary data-lm-suppress-shortcuts="true">') == 1
    assert text.count('<a data-lm-suppress-shortcuts="true" href="#x">') == 1
    assert "<abbr>" in text and saved(first, upheaval={}) == [first], "once is enough"
    assert saved(output({"text/html": [words[:20], words[20:]]}), upheaval={}) == [first]
    assert saved(output({"text/html": words})) == [output({"text/html": words})], "not a lesson"


def test_a_chart_keeps_its_plotly_form_its_words_and_its_drawing() -> None:
    figure = {"data": [{"x": [1]}], "layout": {"height": 300, "title": {"text": "T"}}}
    data = {saving.PLOTLY: figure, "text/html": "Words", "text/plain": "Title\nMore."}
    chart = output({saving.VIEW: VIEW, **json.loads(json.dumps(data))})
    drawn = json.loads(json.dumps({**data, saving.PNG: "iVBOR"}))
    words, first, wake = saved(holder(data=drawn), chart)
    assert words == output({"text/html": "Words"}) and wake == WAKE
    assert first["data"][saving.PLOTLY]["layout"] == {"height": 300}
    assert first["data"][saving.PNG] == "iVBOR" and "text/html" not in first["data"]
    assert first["metadata"] == {saving.PNG: {"width": saving.WIDTH, "alt": "Title"}}
    assert saved(words, first, wake) == [words, first, wake]  # and not run in between
    early = output({saving.VIEW: VIEW, **json.loads(json.dumps(data))})
    assert saved(holder(), early)[1]["data"]["text/plain"] == saving.UNDRAWN


def test_a_control_of_somebody_else_stays_where_no_lesson_is() -> None:
    view = {saving.VIEW: VIEW, "text/plain": "interactive(…)"}
    assert saved(output(dict(view))) == [output(view)]
    (one,) = saved(output(dict(view)), upheaval={"lesson": "03"})
    assert one == WAKE


def test_a_notebook_of_somebody_else_is_saved_as_it_came() -> None:
    figure = {"data": [{"type": "heatmap", "z": [[1]]}], "layout": {"title": {"text": "Mine"}}}
    theirs = [
        output({saving.PLOTLY: figure, "text/html": "a drawing of plotly's own"}),
        output({saving.VIEW: VIEW, "text/html": "a widget with another form"}),
        output({saving.VIEW: VIEW, saving.PLOTLY: figure, "text/html": "a FigureWidget"}),
    ]
    before = json.loads(json.dumps(theirs))
    assert saved(*theirs) == before
    # Beside a widget of ours theirs stay, too.
    ours = output({saving.VIEW: {"model_id": "ours"}, "text/html": "asked"})
    answered = {"text/html": "answered"}
    settled = saved(*theirs, holder("ours", data=answered), ours)
    assert settled == [*before, output(answered), WAKE]


@pytest.mark.parametrize(
    "odd",
    [
        output({"text/html": ""}, upheaval="no object"),
        output({"text/html": ""}, upheaval={"model_id": ["no name"], "data": "no form"}),
        output({saving.VIEW: "no view"}),
        output({saving.VIEW: {"model_id": ["no name"]}, saving.PLOTLY: {"data": []}}),
        {"output_type": "display_data", "data": None, "metadata": None},
        {"output_type": "stream", "name": "stdout", "text": ["words"]},
    ],
)
def test_an_odd_output_keeps_no_other_from_its_saved_form(odd: dict[str, Any]) -> None:
    view = output({saving.VIEW: VIEW, "text/html": "at the start"})
    form = {"text/html": "answered"}
    for metadata in ({}, {"upheaval": {}}):
        outputs = json.loads(json.dumps([odd, holder(data=form), view]))
        assert output(form) in saved(*outputs, **metadata)


def test_what_cannot_be_settled_is_saved_as_it_came() -> None:
    notebook = {"metadata": {}, "cells": ["no cell"]}
    model = {"type": "notebook", "content": notebook}
    with pytest.raises(AttributeError):  # the server logs it, and saves what is there
        saving._on_save(model)
    assert model["content"] == {"metadata": {}, "cells": ["no cell"]}
    earlier = {"metadata": {}, "worksheets": [], "nbformat": 3}
    for other in (
        {"type": "file", "content": "text"},
        {"type": "notebook", "content": None},
        {"type": "notebook", "content": earlier},
    ):
        as_it_was = json.loads(json.dumps(other))
        saving._on_save(other)
        assert other == as_it_was


def awaited(coroutine: Coroutine[None, None, Any]) -> Any:
    """What a coroutine gives that waits for nothing: a loop may run already in this thread."""
    with pytest.raises(StopIteration) as done:
        coroutine.send(None)
    return done.value.value


def test_a_lesson_opens_with_the_python_that_will_run_it() -> None:
    lesson = {"type": "notebook", "content": {"metadata": {"upheaval": {}, "language_info": {}}}}
    other: dict[str, Any] = {
        "type": "notebook",
        "content": {"metadata": {"language_info": {"name": "R"}}},
    }
    hooks: list[Any] = []
    manager = SimpleNamespace(
        get=lambda path: lesson if path == "lesson" else other,
        register_pre_save_hook=hooks.append,
    )
    config = Config()
    web_app = SimpleNamespace(settings={"config": config})
    server = SimpleNamespace(contents_manager=manager, web_app=web_app)
    saving._load_jupyter_server_extension(server)
    clean = HTMLExporter(config=config).environment.filters["clean_html"]
    assert clean("<p onclick='x'>A <b>b</b></p><script>c</script>") == (
        "<p>A <b>b</b></p>&lt;script&gt;c&lt;/script&gt;"
    )
    awaited(manager.get("lesson"))
    awaited(manager.get("other"))
    assert lesson["content"]["metadata"]["language_info"] == IPythonKernel.language_info
    assert other["content"]["metadata"]["language_info"] == {"name": "R"}
    for bare in ({}, {"metadata": None}):  # a file that some tool wrote opens all the same
        other["content"] = bare
        assert awaited(manager.get("other"))["content"] == bare
    assert len(hooks) == 1


def test_the_saved_form_of_a_question_has_the_answer_given() -> None:
    options = [Option("<b>Yes</b>", "why", right=True, id="yes"), Option("No", "why not", id="no")]
    check = Check.choice("99.x", "Is it?", options)
    assert "Not answered yet" in check.saved_form()["text/html"]
    check.value = {"answer": "yes", "right": True, "tries": 1}
    assert "Your answer: &lt;b&gt;Yes&lt;/b&gt;" in check.saved_form()["text/html"]
    assert check.saved_form()["text/plain"].endswith("Your answer: <b>Yes</b>")
    text = FreeResponse("99.t", "Write", {"a": "First?", "b": "Second?"})
    text.value = {"a": "one\nmore", "b": ""}
    assert "<p>First? one</p><p>more</p><p>Second? </p>" in text.saved_form()["text/html"]
    guess = Predict("99.p", "Guess", ["A", "B"])
    guess.value = "B"
    assert "Your answer: B" in guess.saved_form()["text/html"]
    again = RecallPrediction("99.p", "Why?").saved_form()
    assert "<dt>You said</dt><dd><p>“B”</p></dd>" in again["text/html"]
    assert again["text/plain"] == "You said: “B”\nWhy?"
    assert Portfolio().saved_form()["text/html"]


def test_the_saved_form_of_larger_work_has_it_in_words() -> None:
    scale = Scale("stance", "Stance", -2, 2, {})
    cells = {"b": Cell({"stance": 1}, "It says so.")}
    coding = Coding(
        "99.c", "Code", scales=[scale], columns={"b": "Biden"}, rows={"r": ("Sanctions", cells)}
    )
    reason = "because it says so"
    change = {"scale": "stance", "row": "r", "column": "b", "code": -1, "reason": reason}
    coding.value = {"changes": [change]}
    asked = Question("q", "Will it?", "Yes if.", "May", "Then.", [], True, "It did.", "Easy.", [])
    forecast = Forecast("99.f", "Forecast", [asked], [("likely", 55, 80)])
    forecast.value = {"forecasts": {"q": {"percent": 70, "reason": "A base rate."}}}
    row: MatrixRow = {"id": "r", "text": "Row.", "credibility": "low", "relevance": "low"}
    column: MatrixColumn = {"id": "c", "name": "H1", "text": "One."}
    matrix = Matrix("99.m", "Grid", [row], [column])
    matrix.value = {"marks": {"r": {"c": "II"}}, "left": ["r"]}
    weights = WeightedScoring(
        "99.w", "Weigh", {"cost": "Cost"}, {"a": "A"}, {"a": {"cost": (1, 2)}}, {}
    )
    weights.value = {"from": "", "weights": {"cost": 4}}
    wanted = {
        coding: f"Your change: Sanctions, Biden, Stance: −1. {reason}",
        forecast: "Your forecast: Will it? 70%. A base rate.",
        matrix: "Your marks: Row. H1 ⊖ very inconsistent (left out)",
        weights: "Your weight: Cost 4",
    }
    for widget, words in wanted.items():
        assert widget.saved_form()["text/plain"].endswith(words)
    assert "It did" not in forecast.saved_form()["text/html"]


def test_an_odd_kept_value_is_told_and_does_not_stop_a_save() -> None:
    options = [Option("Yes", "why", right=True, id="yes"), Option("No", "why not", id="no")]
    for odd in (3, [1], {"answer": {}}, {"answer": [9, None]}, {"answer": "gone"}):
        storage.store.put("99.odd", odd)
        assert "<blockquote>" in Check.choice("99.odd", "Is it?", options).saved_form()["text/html"]


def test_a_clearing_names_notebooks_that_still_show_answers(work_folder: Path) -> None:
    notebook = work_folder / "02.ipynb"
    notebook.write_text(json.dumps(RecallPrediction("99.p", "Why?").saved_form()), "utf-8")
    storage.store.put("99.p", "B")
    assert "still show answers" not in storage.store.clear()
    storage.store.put("99.p", "B")
    notebook.write_text(json.dumps(RecallPrediction("99.p", "Why?").saved_form()), "utf-8")
    assert storage.store.clear().endswith(storage.IN_NOTEBOOKS)


def test_the_saved_form_of_a_chart_is_what_was_chosen() -> None:
    table = tables.read("events")
    chart = Explorer(
        lambda: timeline.swimlanes(table),
        theme=Filter("theme", timeline.theme_options(table), "Theme"),
    )
    whole = chart.saved_form()
    chart.selected = {"theme": 2}
    part = chart.saved_form()
    assert part["text/plain"].partition("\n")[0] in part["text/html"].replace("&#x27;", "'")
    assert f"Theme: {chart.controls['theme'].labels[2]}" in part["text/html"]
    points = [sum(len(one["x"]) for one in form[saving.PLOTLY]["data"]) for form in (whole, part)]
    assert points[1] < points[0]
