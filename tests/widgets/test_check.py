"""A question has a reason for every answer, or it is not made; and it keeps its reasons to itself
until it is asked.
"""

from __future__ import annotations

import html
import json
from typing import Any

import pytest

from rules import mark
from upheaval.widgets import Check, Option, Rule
from upheaval.widgets.check import Mistake
from upheaval.widgets.core import storage
from upheaval.widgets.core.seal import unseal

RIGHT = Option("Yes", "Because it is so.", right=True, id="yes")
WRONG = Option("No", "It only looks so.", id="no")


def choice(*options: Option) -> Check:
    return Check.choice("99.x", "Is it?", list(options), hints=["Look again."])


def number(**changes: Any) -> Check:
    given = {"low": 10, "high": 10, "why": "It is ten.", "below": "More.", "above": "Less."}
    return Check.number("99.n", "How many?", **{**given, **changes})


def steps(**changes: Any) -> Check:
    given: dict[str, Any] = {
        "options": {"a": "one", "b": "two"},
        "columns": {"day": ["1", "2"]},
        "slots": ["First", "Second"],
        "done": "Done.",
        "rules": [
            Rule("ordered", "In order.", "Not in order.", "day"),
            Rule("count", "Two.", "Not two.", value=2),
        ],
        "not_yet": "Not yet.",
    }
    return Check.selection("99.s", "Which?", **{**given, **changes})


def match(**items: list[Option]) -> Check:
    items = items or {"a": [RIGHT, WRONG], "b": [WRONG, RIGHT]}
    options = {"yes": "Yes", "no": "No"}
    return Check.match(
        "99.m", "What goes with what?", options, items, done="Done.", not_yet="Not yet."
    )


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (
            lambda: choice(WRONG, Option("Maybe", "x", id="maybe")),
            "no option is right; mark one with right=True",
        ),
        (lambda: choice(), "no option is right"),
        (
            lambda: choice(RIGHT, Option("Maybe", "  ", id="maybe")),
            "the option “Maybe” needs a reason",
        ),
        (lambda: choice(RIGHT, Option("Yes", "x", id="x")), "two options have the same text"),
        (lambda: choice(RIGHT, Option("No", "x", id="yes")), "two options have the same id"),
        (
            lambda: choice(RIGHT, Option("“At least” 600, or so", "x")),
            "needs an id (id=…), by which answers are kept, for example id='at-least-600-or'",
        ),
        (lambda: choice(RIGHT, Option("No", "x", id="Not so")), "“Not so” is no id of an option"),
        (lambda: steps(options=["one", "two"]), "options are id and text"),
        (lambda: steps(options={"a_b": "one", "b": "two"}), "“a_b” is no id of an option"),
        (lambda: steps(columns={"day": ["1"]}), "column “day” has 1 entries for 2 options"),
        (lambda: steps(columns={"date": ["1", "2"]}), "no column “day”; there are date"),
        (lambda: match(a=[RIGHT]), "the item “a” needs a reason for each of the 2 options"),
        (
            lambda: match(a=[RIGHT, Option("No", "")]),
            "the item “a” needs a reason for each of the 2 options",
        ),
        (lambda: match(a=[WRONG, WRONG]), "no option is right for “a”"),
    ],
)
def test_a_question_without_reasons_is_not_made(make: Any, said: str) -> None:
    with pytest.raises(ValueError, match=r"^check “99\.") as caught:
        make()
    assert said in str(caught.value)


def test_choice() -> None:
    assert mark(choice(WRONG, RIGHT).answer_key, "no") == {
        "right": False,
        "text": "It only looks so.",
        "rules": [],
    }
    assert mark(choice(WRONG, RIGHT).answer_key, "yes")["right"] is True
    both = Option("Both", "Also true.", right=True, id="both")
    assert mark(choice(RIGHT, WRONG, both).answer_key, "both")["right"] is True


def test_number() -> None:
    check = number(mistakes=[Mistake(20, 30, "You counted twice.")], unit="days")
    assert [mark(check.answer_key, answer)["text"] for answer in ("10", "9", "15", "25")] == [
        "It is ten.",
        "More.",
        "Less.",
        "You counted twice.",
    ]
    wide = number(low=9.5, high=10.5)
    assert (
        mark(wide.answer_key, "10")["right"] is True
        and mark(wide.answer_key, "9 to 10")["right"] is False
    )


def test_a_range_has_two_ends() -> None:
    check = number(low=(8, 10), high=(11, 12))
    assert (
        mark(check.answer_key, "9 to 12")["right"] is True
        and mark(check.answer_key, "10")["right"] is False
    )
    assert (
        mark(check.answer_key, "7 to 12")["text"]
        == "Your lower end is too low, your upper end fits. More."
        and mark(check.answer_key, "9 to 13")["text"]
        == "Your lower end fits, your upper end is too high. Less."
    )


def test_steps_and_match() -> None:
    assert mark(steps().answer_key, ["a", "b"])["right"] is True
    assert [one["text"] for one in mark(steps().answer_key, ["b", "a"])["rules"]] == [
        "Not in order.",
        "Two.",
    ]
    assert (
        mark(match().answer_key, ["yes", "no"])["right"] is True
        and mark(match().answer_key, ["no", "no"])["right"] is False
    )


def test_tuples_in_the_tables_become_lists() -> None:
    check = steps(
        columns={"who": [("x", "y"), ()]}, rules=[Rule("includes", "+", "-", "who", ("x", "y"))]
    )
    assert (
        mark(check.answer_key, ["a"])["right"] is True
        and mark(check.answer_key, ["b"])["right"] is False
    )
    json.dumps(check.answer_key)


ATTEMPT = {"answer": "yes", "right": True, "tries": 2}


@pytest.mark.usefixtures("live_mode", "work_folder")
def test_what_the_face_tells_is_kept_and_stands_there_again() -> None:
    first, beside = choice(WRONG, RIGHT), choice(WRONG, RIGHT)
    first.selected = {"value": ATTEMPT, "turn": "1"}
    assert first.state["turn"] == "1" and first.state["statusMessage"].startswith("Kept in")
    assert storage.store.all() == {"99.x": ATTEMPT}
    era = storage.store.era
    assert choice(WRONG, RIGHT).state == beside.state == {"value": ATTEMPT, "era": era}
    assert first.value == ATTEMPT


@pytest.mark.usefixtures("live_mode", "work_folder")
def test_the_day_and_how_sure_a_reader_was_are_kept_and_neither_is_needed() -> None:
    check = choice(WRONG, RIGHT)
    more = {**ATTEMPT, "day": "2026-01-02", "sure": {"said": "fairly", "right": False}}
    for kept in (ATTEMPT, more):
        check.selected = {"value": kept, "turn": "1"}
        assert check.value == kept
    assert check.answer_lines()[-1] == "How sure at first: fairly"


@pytest.mark.usefixtures("live_mode", "work_folder")
@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        *(
            (one, "with a verdict")
            for one in (
                "x",
                None,
                [],
                {},
                {"answer": 1},
                {**ATTEMPT, "right": "yes"},
                {**ATTEMPT, "right": None},
                {**ATTEMPT, "tries": "many"},
                {**ATTEMPT, "tries": True},
                {**ATTEMPT, "more": 1},
                {**ATTEMPT, "day": 3},
                {**ATTEMPT, "day": "a" * 11},
                {**ATTEMPT, "sure": "sure"},
                {**ATTEMPT, "sure": {"said": "certain", "right": True}},
                {**ATTEMPT, "sure": {"said": "sure", "right": "yes"}},
            )
        ),
        ({**ATTEMPT, "answer": "9" * 3000}, "too long"),
    ],
)
def test_what_is_no_attempt_is_refused_and_what_was_there_stays(wrong: object, said: str) -> None:
    check = choice(WRONG, RIGHT)
    check.selected = {"value": ATTEMPT, "turn": "1"}
    check.selected = {"value": wrong, "turn": "2"}
    assert said in check.state["statusMessage"] and check.state["turn"] == "2"
    assert storage.store.all() == {"99.x": ATTEMPT}


@pytest.mark.usefixtures("live_mode", "work_folder")
@pytest.mark.parametrize(
    "brought", ["x", 3, [], {}, {"answer": {"odd": 1}}, {"answer": 1, "tries": "many"}]
)
def test_whatever_a_file_brought_in_does_no_harm(brought: object) -> None:
    storage.store.put("99.x", brought)
    check = choice(WRONG, RIGHT)
    assert check.state["value"] == brought, "the face marks it, or finds that it cannot"
    check.selected = {"value": ATTEMPT, "turn": "1"}
    assert storage.store.get("99.x") == ATTEMPT


@pytest.mark.parametrize("make", [lambda: choice(WRONG, RIGHT), number, steps, match])
def test_no_reason_stands_in_a_page_in_clear(make: Any, page_mode: None) -> None:
    check = make()
    page = html.unescape(check.to_html())
    answer_key = check.answer_key
    reasons = {
        "choice": lambda: [*answer_key["why"].values()],
        "number": lambda: [answer_key["why"], answer_key["below"]],
        "match": lambda: [why for item in answer_key["items"] for why in item["why"].values()],
        "selection": lambda: [answer_key["done"], *(rule["why"] for rule in answer_key["rules"])],
    }[check.spec["type"]]()
    whole = [text for text in reasons if len(text) > 3]
    assert (
        whole
        and not [text for text in whole if text in page]
        and "right" not in page.lower().replace("face-right", "")
    )
    assert unseal(check.spec["answerKey"]) == json.loads(json.dumps(check.answer_key))
    assert check.spec["question"] in check.to_text()
