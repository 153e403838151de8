"""Contesting a coding in Python: its shape is looked at before it is kept, and no more than that.

What fits and what the codes say is decided by ``rules.ts``, which is tested beside it.
"""

from __future__ import annotations

from typing import Any

import pytest

import rules
from samples import SCALES, change, coded, coding
from upheaval.widgets.coding import MOST_LETTERS, NO_CHANGE, NO_LIST, Cell, Coding
from upheaval.widgets.core import storage

pytestmark = pytest.mark.usefixtures("work_folder")


# -- what is kept ----------------------------------------------------------------------------------
def sent(widget: Coding, *changes: Any) -> str:
    """The status message when the face sends `changes`."""
    widget.selected = {"value": {"changes": list(changes)}, "turn": str(id(changes))}
    return str(widget.state["statusMessage"])


def test_the_last_change_of_a_cell_counts_and_nothing_else_is_kept() -> None:
    widget = coding()
    status_message = sent(widget, change(code=0), change("r2", "b", 0), {**change(), "more": 1})
    assert status_message.startswith("Kept in")
    assert widget.value == {"changes": [change(), change("r2", "b", 0)]}
    assert coding().value == widget.value, "another widget of the same storage key reads it"
    widget.value = {"changes": []}
    assert widget.value == {"changes": []}, "all can be taken back"


@pytest.mark.parametrize(
    "wrong",
    [
        change(reason=None),
        change(reason=["a b c d"]),
        change(reason="a" * (MOST_LETTERS + 1)),
        change(code=3),
        change(code="1"),
        change(code=True),
        change(code=1.5),
        change(code=None),
        change("r9"),
        change(row="__proto__"),
        change(row=[]),
        change(column="z"),
        change(column={}),
        change(scale="x"),
        change(scale=None),
        change(scale="size", code=-1),
        change("r3", "a"),
        "x",
        None,
        3,
        [],
        [change()],
        {},
    ],
    ids=lambda value: ascii(value)[:40],
)
def test_what_is_no_change_is_refused_with_a_sentence_and_costs_nothing(wrong: Any) -> None:
    widget = coding()
    sent(widget, change("r2", "a", 0))
    before = widget.value
    assert sent(widget, change(), wrong) == NO_CHANGE and NO_CHANGE.endswith("nothing was kept.")
    assert widget.value == widget.state["value"] == before
    with pytest.raises(ValueError, match="One of these does not"):
        widget.value = {"changes": [wrong]}
    assert widget.value == before


@pytest.mark.parametrize("wrong", [None, 3, "x", [], {}, {"changes": None}, {"changes": {}}])
def test_what_is_no_list_of_changes_is_refused_with_a_sentence(wrong: Any) -> None:
    widget = coding()
    widget.selected = {"value": wrong, "turn": "1"}
    assert widget.state["statusMessage"] == NO_LIST and widget.value is None


@pytest.mark.parametrize("reason", ["No.", "", "a" * MOST_LETTERS, "\ud83d"], ids=len)
def test_whether_a_change_is_good_is_not_for_python_to_say(reason: str) -> None:
    """The face says so before it sends one, and looks again at what is kept."""
    widget = coding()
    assert sent(widget, change(code=2, reason=reason)).startswith("Kept in")
    assert shown(widget) == [], "it is the code of the table"


def shown(widget: Coding) -> Any:
    """The changes that the face takes from what is kept."""
    return rules.evaluate(
        "([spec, value]) => rules.coding.accepted(spec, value)", [widget.spec, widget.value]
    )


@pytest.mark.parametrize(
    ("kept", "changes"),
    [
        (None, []),
        ("x", []),
        (3, []),
        ([], []),
        ({"changes": "x"}, []),
        ({"changes": [None, change("r9"), change(reason="No."), change()]}, [change()]),
    ],
    ids=lambda value: ascii(value)[:40],
)
def test_a_store_that_was_edited_by_hand_does_no_harm(kept: Any, changes: Any) -> None:
    storage.store.put("99.coding", kept)
    assert shown(coding()) == changes


def test_the_face_gets_what_its_rules_ask_for() -> None:
    """The codes as they were, and with a change, by the rules, of the very spec that is sent."""
    code = """([spec, changes]) => {
      const codes = rules.coding.coded(spec, changes, "warmth");
      return [codes, rules.coding.summary(spec.columns.map(({ name }) => name), codes)];
    }"""
    before, says = rules.evaluate(code, [coding().spec, []])
    assert before == {"r1": {"a": 2, "b": -1, "c": -1}, "r2": {"a": 1, "b": 1}, "r3": {"c": 0}}
    assert says["agree"] == ["r2"] and says["apart"] == ["r1"] and says["widest"] == 3
    after, says = rules.evaluate(code, [coding().spec, [change()]])
    assert after["r1"]["a"] == -1 and says["means"][0]["mean"] == 0
    assert says["agree"] == ["r1", "r2"] and says["apart"] == [] and says["widest"] == 0


# -- how it is made --------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "wrong", [{"z": coded(1)}, {"a": coded(7)}, {"a": Cell({"warmth": 1}, "x")}]
)
def test_codes_that_do_not_fit_their_scale_are_refused_at_once(wrong: dict[str, Cell]) -> None:
    with pytest.raises(ValueError, match="row “r”"):
        Coding("99.x", "?", scales=SCALES, columns={"a": "Alpha"}, rows={"r": ("R", wrong)})


def test_as_text_every_code_is_named() -> None:
    text = coding().to_text()
    assert text.startswith("Contest it\n– Row one: Alpha +2 (warmth), +1 (size); Beta −1")
    assert text.count("–") == 3 and text.endswith("– Row three: Gamma 0 (warmth), +1 (size)")
