"""Contesting a coding in Python: what is kept, what is refused and why, and what the codes say."""

from __future__ import annotations

import re
from typing import Any

import pytest

from upheaval.widgets import coding
from upheaval.widgets.coding import Cell, Coding, Scale

pytestmark = pytest.mark.usefixtures("work_folder")

SCALES = [
    Scale("warmth", "Warmth", -2, 2, {-2: "cold", 2: "warm"}),
    Scale("size", "Size", 0, 3, {}),
]
REASON = "The letter of May says otherwise"


def cell(warmth: int, size: int = 1) -> Cell:
    return Cell({"warmth": warmth, "size": size}, "It says so.", "Evidence.", "Because.")


def made(**more: Any) -> Coding:
    return Coding(
        "99.coding",
        "Contest it",
        scales=SCALES,
        columns={"a": "Alpha", "b": "Beta", "c": "Gamma"},
        rows={
            "r1": ("Row one", {"a": cell(2), "b": cell(-1), "c": cell(-1)}),
            "r2": ("Row two", {"a": cell(1), "b": cell(1)}),
            "r3": ("Row three", {"c": cell(0)}),
        },
        **more,
    )


def change(
    row: str = "r1", column: str = "a", code: Any = -1, reason: Any = REASON, scale: str = "warmth"
) -> Any:
    return {"scale": scale, "row": row, "column": column, "code": code, "reason": reason}


# -- by hand ---------------------------------------------------------------------------------------
def test_a_summary_worked_by_hand() -> None:
    before = made().summary("warmth")
    assert before == {
        "means": [
            {"column": "a", "mean": 1.5, "count": 2, "shared": 2.0},
            {"column": "b", "mean": 0.0, "count": 2, "shared": -1.0},
            {"column": "c", "mean": -0.5, "count": 2, "shared": -1.0},
        ],
        "common": 1,
        "agree": ["r2"],
        "widest": 3,
        "apart": ["r1"],
    }


def test_a_change_moves_the_summary_and_taking_it_back_restores_it() -> None:
    widget = made()
    widget.value = {"changes": [change()]}
    now = widget.summary("warmth")
    assert now["agree"] == ["r1", "r2"] and now["widest"] == 0 and now["apart"] == []
    assert now["means"][0]["mean"] == 0.0
    assert (
        widget.codes("warmth")["r1"]["a"] == -1
        and widget.codes("warmth", mine=False)["r1"]["a"] == 2
    )
    assert widget.summary("size") == made().summary("size", mine=False), "the other scale stays"
    assert made().changes == [change()], "another widget of the same key reads it"
    widget.value = {"changes": []}
    assert widget.summary("warmth") == made().summary("warmth", mine=False)


def test_no_codes_have_no_mean() -> None:
    empty = coding.summary(["a", "b"], {"r": {"a": 1}})
    assert empty["means"][1] == {"column": "b", "mean": None, "count": 0, "shared": None}
    assert empty["common"] == 0 and empty["agree"] == empty["apart"] == []


@pytest.mark.parametrize(("code", "text"), [(2, "+2"), (0, "0"), (-2, "−2")])
def test_codes_carry_their_sign(code: int, text: str) -> None:
    assert coding.signed(code) == text


# -- what is kept ----------------------------------------------------------------------------------
def test_the_last_change_of_a_cell_counts_and_nothing_else_is_kept() -> None:
    widget = made()
    widget.selected = {
        "value": {"changes": [change(code=0), change("r2", "b", 0), {**change(), "more": 1}]},
        "turn": "1",
    }
    assert widget.state["statusMessage"].startswith("Kept in")
    assert widget.value == {"changes": [change(), change("r2", "b", 0)]}


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (change(reason="No."), "at least 4 words"),
        (change(reason=""), "at least 4 words"),
        (change(reason=None), "at least 4 words"),
        (change(code=2), "already"),
        (change(code=3), "from −2 to +2"),
        (change(code="1"), "whole number"),
        (change(code=True), "whole number"),
        (change(code=None), "whole number"),
        (change("r9"), "no such row"),
        (change(column="z"), "no such column"),
        (change(scale="x"), "no such scale"),
        (change("r3", "a"), "has no code"),
        ("x", "this is none"),
        (None, "this is none"),
        ([], "this is none"),
        ({}, "such"),
    ],
    ids=lambda value: ascii(value)[:40],
)
def test_what_does_not_fit_is_refused_with_a_sentence(wrong: Any, told: str) -> None:
    widget = made()
    widget.selected = {"value": {"changes": [change("r2", "a", 0), wrong]}, "turn": "1"}
    assert (
        told in widget.state["statusMessage"]
        and widget.state["statusMessage"].endswith(".")
        and widget.value is None
    )
    with pytest.raises(ValueError, match=re.escape(told)):
        widget.value = {"changes": [wrong]}


@pytest.mark.parametrize("wrong", [None, 3, "x", [], {}, {"changes": None}, {"changes": {}}])
def test_what_is_no_list_of_changes_is_refused(wrong: Any) -> None:
    with pytest.raises(ValueError, match="list of changes"):
        made().validate(wrong)


@pytest.mark.parametrize(
    "kept", [None, "x", 3, [], {"changes": "x"}, {"changes": [None, change("r9"), change()]}]
)
def test_a_store_that_was_edited_by_hand_does_no_harm(kept: Any) -> None:
    from upheaval.widgets.core import storage

    storage.store.put("99.coding", kept)
    assert made().changes in ([], [change()])


@pytest.mark.parametrize(
    ("reason", "enough"),
    [
        ("one two three four", True),
        ("one two three", False),
        ("a-b c.d", True),
        ("____ !!!! ???? ....", False),
        ("Эти слова стоят здесь", True),
        ("이 말은 다르게 보인다", True),
        ("平壤的士兵在库尔斯克作战这一点双方都已承认", True),
        ("平壤", False),
        ("    ", False),
        ("<script>alert(1)</script> is no good reason", True),
    ],
)
def test_a_reason_needs_words_in_any_script(reason: str, enough: bool) -> None:
    assert coding.long_enough(reason, 4) is enough


# -- how it is made --------------------------------------------------------------------------------
@pytest.mark.parametrize("wrong", [{"z": cell(1)}, {"a": cell(7)}, {"a": Cell({"warmth": 1}, "x")}])
def test_codes_that_do_not_fit_their_scale_are_refused_at_once(wrong: dict[str, Cell]) -> None:
    with pytest.raises(ValueError, match="row 'r'"):
        Coding("99.x", "?", scales=SCALES, columns={"a": "Alpha"}, rows={"r": ("R", wrong)})


def test_in_words_every_code_is_named() -> None:
    words = made().to_text()
    assert words.startswith("Contest it\n– Row one: Alpha +2 (warmth), +1 (size); Beta −1")
    assert words.count("–") == 3
