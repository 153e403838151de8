"""The grid of marks in Python: what it keeps, what it refuses, and what it hands to the method."""

from __future__ import annotations

from typing import Any

import pytest

from upheaval.methods import hypotheses
from upheaval.widgets.matrix import Matrix

pytestmark = pytest.mark.usefixtures("work_folder")

ROWS = [
    {
        "id": "r1",
        "text": "One",
        "about": "2024",
        "credibility": "high",
        "relevance": "high",
        "reason": "Because.",
    },
    {
        "id": "r2",
        "text": "Two",
        "about": "2025",
        "credibility": "low",
        "relevance": "high",
        "reason": "So.",
    },
]
COLUMNS = [
    {"id": "a", "name": "Alpha", "text": "It was Alpha."},
    {"id": "b", "name": "Beta", "text": "It was Beta."},
]


def made(**more: Any) -> Matrix:
    return Matrix("99.grid", "Why?", ROWS, COLUMNS, **more)


def test_what_fits_is_kept_and_the_rest_dropped() -> None:
    grid = made()
    grid.value = {
        "marks": {"r1": {"a": "I", "b": "XX", "z": "C"}, "r9": {"a": "C"}, "r2": "C"},
        "left": ["r2", "r9", 3, []],
        "weighted": 0,
        "more": 1,
        "weights": {"r1": {"relevance": "low", "credibility": "huge"}, "r2": None},
    }
    assert grid.value == {
        "marks": {"r1": {"a": "I"}},
        "left": ["r2"],
        "weights": {"r1": {"relevance": "low"}},
        "weighted": True,
    }
    assert made().value == grid.value, "another grid of the same key reads it"


@pytest.mark.parametrize(
    "wrong", [None, 3, "x", [], {}, {"marks": []}, {"marks": None}, {"left": []}]
)
def test_what_is_no_grid_is_refused_with_a_sentence(wrong: object) -> None:
    grid = made()
    with pytest.raises(ValueError, match="not a filled grid"):
        grid.value = wrong
    grid.selected = {"value": wrong, "turn": "1"}
    assert (
        grid.state["statusMessage"].startswith("This is not a filled grid") and grid.value is None
    )


def test_the_face_keeps_and_is_told() -> None:
    grid = made()
    grid.selected = {"value": {"marks": {"r1": {"a": "C"}}}, "turn": "7"}
    assert grid.state["turn"] == "7" and "my_work.json" in grid.state["statusMessage"]
    assert grid.state["value"]["marks"] == {"r1": {"a": "C"}}


def test_rows_that_count_go_to_the_method() -> None:
    grid = made()
    assert grid.marked().empty
    grid.value = {
        "marks": {"r1": {"a": "I", "b": "CC"}, "r2": {"a": "C", "b": "II"}},
        "weights": {"r1": {"relevance": "low"}},
    }
    # r1 weighs 1 (high and low), r2 weighs 1 (low and high).
    assert hypotheses.inconsistency(grid.marked(), ["a", "b"]) == {"a": 1, "b": 2}
    grid.value = {**grid.value, "left": ["r2"]}
    assert list(grid.marked()["id"]) == ["r1"]
    grid.value = {"marks": {"r1": {"a": "I"}}}
    assert grid.marked().empty, "a row counts when it is complete"


def test_a_grid_that_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="same id"):
        Matrix("99.g", "?", [*ROWS, ROWS[0]], COLUMNS)
    for worked in ({"r9": {"a": "C"}}, {"r1": {"z": "C"}}, {"r1": {"a": "X"}}):
        with pytest.raises(ValueError, match="worked marks"):
            made(worked=worked)


def test_it_speaks_in_words_and_as_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    assert made().to_text() == "Why?\n– Alpha: It was Alpha.\n– Beta: It was Beta.\n– One\n– Two"
    monkeypatch.setenv("FACE_MODE", "page")
    markup = made(worked={"r1": {"a": "C"}})._repr_mimebundle_()["text/html"]
    assert 'data-face="matrix"' in markup and "data-draws" not in markup and '"worked"' in markup
