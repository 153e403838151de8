"""The forecasts: what is kept, what a page holds, what stays under the seal; and, by the face's
rules, what may change when.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import rules
from upheaval.widgets import forecast
from upheaval.widgets.core import storage
from upheaval.widgets.core.seal import unseal
from upheaval.widgets.forecast import Base, Forecast, Question

WORDS = [("hardly", 1, 20), ("perhaps", 20, 80), ("surely", 80, 99)]
LOCKED, LATER = "2030-01-01T10:00:00.000Z", "2030-01-02T10:00:00.000Z"


def question(id: str = "q0", base: Base | None = None) -> Question:
    return Question(
        id,
        f"Will {id} rain?",
        "Yes if wet.",
        "1 May 2030",
        "Clouds.",
        [("Sky", "https://example.org/sky")],
        True,
        "It poured.",
        "Because.",
        [("Proof", "https://example.org/proof")],
        base,
    )


@pytest.fixture
def widget(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Forecast:
    monkeypatch.setenv("FACE_MODE", "page")
    monkeypatch.setattr(storage, "store", storage.Store(tmp_path))
    return Forecast(
        "10.rain",
        "Rain?",
        [question("q0", Base(25.0, "1 of 4.", "Little.")), question("q1")],
        WORDS,
    )


def given(
    percent: Any = 70, locked: str | None = None, revealed: str | None = None, **more: Any
) -> dict[str, Any]:
    return {
        "name": "",
        "forecasts": {"q0": {"percent": percent, "reason": "so", "known": False}},
        "locked": locked,
        "revealed": revealed,
        **more,
    }


STEPS = [
    given(),
    given(55.5),
    given(55.5, LOCKED),
    given(55.5),
    given(60, LOCKED),
    given(60, LOCKED, LATER),
    given(60, LOCKED, LATER, name="Ana"),
]


def refusal(before: Any, value: Any) -> str | None:
    """Why the face would not keep `value` where `before` is kept."""
    said: str | None = rules.evaluate(
        """([ids, ...both]) =>
          rules.forecast.refusal(...both.map((one) => rules.forecast.workIn(one, ids)))""",
        [["q0", "q1"], before, value],
    )
    return said


def test_a_draft_a_lock_and_a_reveal_are_kept(widget: Forecast) -> None:
    for value in STEPS:
        assert refusal(widget.value, value) is None
        widget.value = value
        assert widget.value == value


@pytest.mark.parametrize(
    "percent", [101, -1, float("nan"), float("inf"), True, "70", "x", [70], {"x": 1}]
)
def test_a_number_that_is_no_per_cent_is_refused(widget: Forecast, percent: object) -> None:
    widget.value = given(60)
    with pytest.raises(ValueError, match=r"^Not kept: .*one number from 0 to 100\. Write one\.$"):
        widget.value = given(percent)
    assert widget.value == given(60)


@pytest.mark.parametrize(
    "other", [given(71, LOCKED), given(70, LATER), {**given(70, LOCKED), "forecasts": {}}]
)
def test_a_lock_holds_until_it_is_undone(other: dict[str, Any]) -> None:
    assert "Undo the lock" in str(refusal(given(70, LOCKED), other))
    assert refusal(given(70, LOCKED), given(71)) is None
    assert refusal(given(70, LOCKED), given(70, LOCKED, name="Ana")) is None


@pytest.mark.parametrize(
    "other",
    [given(1, LOCKED, LATER), given(70), given(70, LOCKED), given(70, LATER, LATER), None, {}],
)
def test_what_was_revealed_stays(other: Any) -> None:
    assert "You have seen what happened" in str(refusal(given(70, LOCKED, LATER), other))
    assert refusal(given(70, LOCKED, LATER), given(70, LOCKED, LATER, name="Ana")) is None


def test_nobody_looks_before_the_lock() -> None:
    assert "at least one probability" in str(refusal(None, given(None, LOCKED)))
    assert "Lock your forecasts before you look" in str(refusal(None, given(70, LOCKED, LATER)))
    assert refusal(given(70, LOCKED), given(70, LOCKED, LATER)) is None


NOTHING = {"name": "", "forecasts": {}, "locked": None, "revealed": None}


@pytest.mark.parametrize(
    "value",
    [
        None,
        3,
        "x",
        [],
        {},
        {"forecasts": 5, "locked": 7, "name": []},
        {"forecasts": {"q0": "x", "q1": {"percent": [70], "reason": 4, "known": 1}}},
    ],
)
def test_what_is_no_forecast_is_refused_and_read_as_nothing(
    widget: Forecast, value: object
) -> None:
    widget.value = given(60)
    with pytest.raises(ValueError, match=r"^Not kept: .*\.$"):
        widget.validate(value)
    widget.selected = {"value": value, "turn": "2"}
    assert widget.value == given(60) and widget.state["statusMessage"].startswith("Not kept: ")
    read = rules.evaluate("(value) => rules.forecast.workIn(value, ['q0', 'q1'])", value)
    assert read == NOTHING, "a file that somebody edited does no harm"


@pytest.mark.parametrize(
    "part",
    [
        {"name": 3},
        {"locked": 7},
        {"revealed": True},
        {"forecasts": {"q0": {"percent": 1, "reason": 4}}},
        {"forecasts": {"q0": {"percent": 1, "known": 1}}},
    ],
)
def test_each_part_has_its_type(widget: Forecast, part: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"^Not kept: .*\.$"):
        widget.validate(given() | part)


def test_what_is_missing_counts_as_empty(widget: Forecast) -> None:
    assert widget.validate({"forecasts": {}, "locked": ""}) == NOTHING
    assert widget.validate({"forecasts": {"q0": {}}})["forecasts"] == {
        "q0": {"percent": None, "reason": "", "known": False}
    }


def test_unknown_questions_are_dropped(widget: Forecast) -> None:
    value = given(70)
    value["forecasts"]["elsewhere"] = {"percent": 5, "reason": "", "known": False}
    assert set(widget.validate(value)["forecasts"]) == {"q0"}


def test_answers_are_under_a_seal(widget: Forecast) -> None:
    shown = json.dumps(widget.spec) + widget.to_text() + widget.to_html()
    assert (
        "It poured." not in shown and "example.org/proof" not in shown and "Because." not in shown
    )
    assert "Will q0 rain?" in widget.to_text() and "1 of 4." in shown
    sealed = unseal(widget.spec["sealed"])
    assert sealed[0] == {
        "outcome": True,
        "happened": "It poured.",
        "why": "Because.",
        "links": [{"text": "Proof", "url": "https://example.org/proof"}],
    }


def test_mistakes_of_an_author_are_named() -> None:
    with pytest.raises(ValueError, match="every id once"):
        Forecast("10.x", "?", [question(), question()], WORDS)
    with pytest.raises(ValueError, match="at least one question"):
        Forecast("10.x", "?", [], WORDS)
    with pytest.raises(ValueError, match="base rate of “q0” is 250"):
        Forecast("10.x", "?", [question("q0", Base(250, "", ""))], WORDS)


# -- the class file, as the face reads it ----------------------------------------------------------
@pytest.mark.parametrize("comma", [",", ";", "\t"])
def test_tables_are_read_with_any_separator(comma: str) -> None:
    text = (
        f'\ufeffname{comma}id{comma}percent\r\n"A'
        f' ""x"""{comma}q0{comma}"7{comma}x"\r\n\r\n{comma}{comma}\r\n'
    )
    assert rules.evaluate("(text) => rules.classImport.pastedRows(text)", text) == [
        ["name", "id", "percent"],
        ['A "x"', "q0", f"7{comma}x".strip()],
    ]


def members_in(text: str) -> dict[str, Any]:
    questions = [{"id": "q0"}, {"id": "q1"}]
    spec = {"head": storage.head(), "storageKey": "10.rain", "questions": questions}
    found: dict[str, Any] = rules.evaluate(
        "([text, spec]) => rules.classImport.membersIn(text, spec)", [text, spec]
    )
    return found


def test_several_people_in_one_table() -> None:
    text = (
        "name,id,percent,known\nA,q0,10,no\nB,q0,20,no\nA,q1,30,yes\n"
        "name,id,percent\n,q0,40\n,zz,50\n"
    )
    assert [(one["name"], one["percents"]) for one in members_in(text)["members"]] == [
        ("A", {"q0": 10}),
        ("B", {"q0": 20}),
        ("", {"q0": 40}),
    ]


@pytest.mark.parametrize(
    "bad",
    [
        "",
        "hello",
        "a,b\n1,2",
        "[1, 2]",
        "null",
        "3",
        '{"about": 1}',
        "name,id,percent\nA,q0,abc",
    ],
)
def test_what_is_no_class_file_is_told(bad: str) -> None:
    assert members_in(bad)["problem"]


def test_a_lock_that_another_notebook_set_holds(widget: Forecast) -> None:
    storage.Store(storage.store.folder).put("10.rain", given(70, locked=LOCKED))
    edits = [{"at": ["forecasts", "q0", "percent"], "to": 99}]
    widget.selected = {"value": given(99), "edits": edits, "turn": "1"}
    assert widget.state["statusMessage"] == forecast.LOCKED
    assert widget.value == given(70, locked=LOCKED)
    unlocked = [{"at": ["locked"], "to": None}, *edits]
    widget.selected = {"value": given(99), "edits": unlocked, "turn": "2"}
    assert widget.value == given(99), "who undoes the lock may change one"
