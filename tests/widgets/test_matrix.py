"""The grid of marks in Python: its shape is looked at before it is kept, and no more than that.

What counts and what it says is decided by ``rules.ts``, which is tested beside it.
"""

from __future__ import annotations

from typing import Any

import pytest

import rules
from samples import GRID_COLUMNS, grid_row
from upheaval.widgets.core import storage
from upheaval.widgets.matrix import NO_GRID, NOT_HERE, Matrix

pytestmark = pytest.mark.usefixtures("work_folder")

ROWS = [
    grid_row("r1", "One", "2024", ("high", "high"), "Because."),
    grid_row("r2", "Two", "2025", ("low", "high"), "So."),
]


def made(**more: Any) -> Matrix:
    return Matrix("99.grid", "Why?", ROWS, GRID_COLUMNS, **more)


FILLED = {
    "marks": {"r1": {"a": "I", "b": "CC"}, "r2": {"a": "C"}},
    "left": ["r2"],
    "weights": {"r1": {"relevance": "low"}},
    "weighted": False,
}


def test_a_filled_grid_is_kept_as_the_face_sends_it() -> None:
    grid = made()
    grid.selected = {"value": {**FILLED, "left": ["r2", "r2"], "more": 1}, "turn": "7"}
    assert grid.state["turn"] == "7" and "my_work.json" in grid.state["statusMessage"]
    assert grid.value == grid.state["value"] == FILLED
    assert made().value == FILLED, "another grid of the same key reads it"


def test_what_is_missing_of_a_grid_is_empty() -> None:
    grid = made()
    grid.value = {"marks": {"r1": {"a": "C"}}}
    assert grid.value == {
        "marks": {"r1": {"a": "C"}},
        "left": [],
        "weights": {},
        "weighted": True,
    }


@pytest.mark.parametrize(
    "wrong", [None, 3, "x", [], {}, {"marks": []}, {"marks": None}, {"left": []}]
)
def test_what_is_no_grid_is_refused_with_a_sentence(wrong: object) -> None:
    assert refused(wrong) == NO_GRID


@pytest.mark.parametrize(
    "part",
    [
        {"marks": {"r1": {"a": "XX"}}},
        {"marks": {"r1": {"a": ["C"]}}},
        {"marks": {"r1": {"a": None}}},
        {"marks": {"r1": "C"}},
        {"marks": {"r1": None}},
        {"left": "r1"},
        {"left": [3]},
        {"left": [[]]},
        {"left": None},
        {"weights": []},
        {"weights": {"r1": {"relevance": "HIGH"}}},
        {"weights": {"r1": {"weight": "low"}}},
        {"weights": {"r1": 5}},
        {"weighted": 0},
        {"weighted": None},
    ],
    ids=lambda value: ascii(value)[:40],
)
def test_what_this_grid_does_not_have_is_refused_with_a_sentence(part: dict[str, Any]) -> None:
    assert refused({**FILLED, **part}) == NOT_HERE


def test_what_a_lesson_has_lost_since_costs_no_other_mark() -> None:
    grid = made()
    grid.selected = {
        "value": {
            "marks": {"r1": {"a": "I", "z": "C"}, "r9": {"a": "C"}, "__proto__": {"a": "C"}},
            "left": ["r9", "r2"],
            "weights": {"r9": {"relevance": "low"}, "r1": {"relevance": "low"}},
        },
        "turn": "1",
    }
    assert grid.value == {
        "marks": {"r1": {"a": "I"}},
        "left": ["r2"],
        "weights": {"r1": {"relevance": "low"}},
        "weighted": True,
    }


def refused(wrong: object) -> str:
    """The status message after a value that the face sends; what was kept before is not lost."""
    grid = made()
    grid.value = FILLED
    with pytest.raises(ValueError, match="nothing was changed"):
        grid.value = wrong
    grid.selected = {"value": wrong, "turn": "1"}
    assert grid.value == grid.state["value"] == FILLED
    status_message = str(grid.state["statusMessage"])
    assert status_message.endswith(".")
    return status_message


def says(grid: Matrix) -> Any:
    """What the face takes from what is kept, which rows count, and the scores."""
    code = """([spec, value]) => {
      const kept = rules.matrix.accepted(spec, value) ?? rules.matrix.nothing();
      const { counting, scores } = rules.matrix.resultOf(spec, kept);
      return { kept, counting: counting.map(({ id }) => id), scores };
    }"""
    return rules.evaluate(code, [grid.spec, grid.value])


def test_rows_that_count_are_those_that_are_complete_and_not_left_out() -> None:
    """By the rules of the face, on the very spec that it is sent."""
    grid = made()
    assert says(grid)["counting"] == []
    grid.value = {
        "marks": {"r1": {"a": "I", "b": "CC"}, "r2": {"a": "C", "b": "II"}},
        "weights": {"r1": {"relevance": "low"}},
    }
    # r1 weighs 1 (high and low), r2 weighs 1 (low and high).
    assert says(grid)["scores"] == {"a": 1, "b": 2}
    grid.value = {**grid.value, "left": ["r2"]}
    assert says(grid)["counting"] == ["r1"]
    grid.value = {"marks": {"r1": {"a": "I"}}}
    assert says(grid)["counting"] == [], "a row counts when it is complete"


@pytest.mark.parametrize("kept", [None, "x", 3, [], {"marks": "x"}, {"marks": {"r9": {"a": "C"}}}])
def test_a_store_that_was_edited_by_hand_does_no_harm(kept: Any) -> None:
    storage.store.put("99.grid", kept)
    empty = {"marks": {}, "left": [], "weights": {}, "weighted": True}
    assert says(made()) == {"kept": empty, "counting": [], "scores": {"a": 0, "b": 0}}


def test_a_grid_that_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="have one id"):
        Matrix("99.g", "?", [*ROWS, ROWS[0]], GRID_COLUMNS)
    for worked in ({"r9": {"a": "C"}}, {"r1": {"z": "C"}}, {"r1": {"a": "X"}}):
        with pytest.raises(ValueError, match="worked marks"):
            made(worked=worked)


def test_it_speaks_in_words_and_as_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    assert made().to_text() == "Why?\n– Alpha: It was Alpha.\n– Beta: It was Beta.\n– One\n– Two"
    monkeypatch.setenv("FACE_MODE", "page")
    markup = made(worked={"r1": {"a": "C"}})._repr_mimebundle_()["text/html"]
    assert 'data-face="matrix"' in markup and "data-draws" not in markup and '"worked"' in markup
