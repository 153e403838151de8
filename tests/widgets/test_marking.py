"""How a free answer is read and marked. Nothing a reader can write raises."""

from __future__ import annotations

import math
import random
from typing import Any

import pytest

from rules import attempt, evaluate, mark
from upheaval.widgets.core import seal


def read_number(text: object) -> tuple[float, float] | None:
    """The number or the range in a text. JSON has no infinity, so it comes as text."""
    read = evaluate("(text) => rules.numbers.readNumber(text)?.map(String) ?? null", text)
    return read and (float(read[0]), float(read[1]))


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("3000", (3000, 3000)),
        ("3,000", (3000, 3000)),
        ("3 000", (3000, 3000)),
        ("3.000", (3000, 3000)),
        ("3'000", (3000, 3000)),
        ("3’000", (3000, 3000)),
        ("3_000", (3000, 3000)),
        ("3\u00a0000", (3000, 3000)),
        ("3\u202f000", (3000, 3000)),
        ("1,234,567", (1234567, 1234567)),
        ("12,5", (12.5, 12.5)),
        ("12.5", (12.5, 12.5)),
        ("0,5", (0.5, 0.5)),
        ("0.123", (0.123, 0.123)),
        (" about 10 days. ", (10, 10)),
        ("~10", (10, 10)),
        ("10–12k", (10000, 12000)),
        ("10-12k", (10000, 12000)),
        ("10k", (10000, 10000)),
        ("10 K", (10000, 10000)),
        ("10 to 12 thousand", (10000, 12000)),
        ("between 10,000 and 12,000", (10000, 12000)),
        ("12k–10k", (10000, 12000)),
        ("1.5 million", (1500000, 1500000)),
        ("2bn", (2e9, 2e9)),
        ("10 km", (10, 10)),
        ("10 months", (10, 10)),
        ("٣٠٠٠", (3000, 3000)),
        ("۳۰۰۰", (3000, 3000)),
        ("३०००", (3000, 3000)),
        ("３０００", (3000, 3000)),
        ("３，０００", (3000, 3000)),
        ("-5", (-5, -5)),
        ("−5", (-5, -5)),
        (10, (10, 10)),
        (2.5, (2.5, 2.5)),
        ("0", (0, 0)),
        ("007", (7, 7)),
    ],
)
def test_numbers_in_many_hands(text: object, read: tuple[float, float]) -> None:
    assert read_number(text) == pytest.approx(read)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        None,
        True,
        False,
        "three thousand",
        "ten",
        "?",
        "🙂",
        "多い",
        "½",
        "1 2 3",
        "3000, 4000, 5000",
        "NaN",
        "inf",
        "-",
        "k",
        "\x00",
        "\ud800",
        "<script>",
        "..",
        "π",
        [],
        {},
    ],
)
def test_what_is_no_number_is_none(text: object) -> None:
    assert read_number(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "9" * 5000,
        "1e400",
        "9" * 400 + "k",
        "1," * 9000,
        "1 " * 9000,
        "." * 9000,
        "٣" * 500,
        "1" + "\u0301" * 999,
        "12" * 2000 + "-" + "3" * 4000,
        "🙂" * 999,
        [1, 2],
        {"a": 1},
    ],
)
def test_odd_answers_never_raise(text: object) -> None:
    read = read_number(text)
    assert read is None or read[0] <= read[1]


def test_noise_never_raises() -> None:
    chance = random.Random(3)
    letters = "0123456789,.' –-kmbn½٣३３\u00a0\u2044²①🙂\u0600\ud800<>&\\/\n\t"
    for _ in range(3000):
        text = "".join(chance.choices(letters, k=chance.randint(0, 12)))
        read = read_number(text)
        assert read is None or (not math.isnan(read[0]) and read[0] <= read[1]), text


NUMBER: dict[str, Any] = {
    "type": "number",
    "low": [10, 10],
    "high": [10, 10],
    "why": "yes",
    "below": "low",
    "above": "high",
    "unread": "digits",
    "mistakes": [{"low": 5, "high": 6, "why": "half"}],
}


@pytest.mark.parametrize(
    ("answer", "right", "text"),
    [
        ("10", True, "yes"),
        ("ten", None, "digits"),
        ("", None, "digits"),
        (None, None, "digits"),
        ("9", False, "low"),
        ("11", False, "high"),
        ("5", False, "half"),
        ("5 to 6", False, "half"),
        ("5-7", False, "low"),
        ("10 to 11", False, "high"),
        ("9" * 400, False, "high"),
        ("-10", False, "low"),
    ],
)
def test_a_number_is_marked(answer: object, right: bool | None, text: str) -> None:
    assert mark(NUMBER, answer) == {"right": right, "text": text, "rules": []}


@pytest.mark.parametrize(
    ("answer", "right", "text"),
    [
        ("10–12k", True, "yes"),
        ("11000 to 12000", True, "yes"),
        ("10k", False, "low"),
        ("12000", False, "high"),
        ("8–12k", False, "low"),
        ("10–20k", False, "high"),
        ("1–20k", False, "low"),
    ],
)
def test_a_range_is_marked_at_both_ends(answer: str, right: bool, text: str) -> None:
    verdict = mark(
        {**NUMBER, "low": [10000, 11000], "high": [11500, 12500], "mistakes": []}, answer
    )
    assert (verdict["right"], verdict["text"]) == (right, text)


@pytest.mark.parametrize("answer", [None, True, -1, 2, "0", "", [0], 0.5, {}, 10**30])
def test_a_choice_that_is_none_is_asked_again(answer: object) -> None:
    assert mark({"type": "choice", "right": [1], "why": ["no", "yes"]}, answer)["right"] is None


def test_a_choice_is_marked_by_its_own_reason() -> None:
    answer_key = {"type": "choice", "right": [1], "why": ["no", "yes"]}
    assert mark(answer_key, 0) == {"right": False, "text": "no", "rules": []}
    assert mark(answer_key, 1) == {"right": True, "text": "yes", "rules": []}


def steps(*rules: tuple[str, str, Any]) -> dict[str, Any]:
    return {
        "type": "selection",
        "done": "done",
        "not_yet": "not yet",
        "options": 4,
        "columns": {"day": ["1", "2", "3", "4"], "who": [["x"], ["x", "y"], [], ["z"]]},
        "rules": [
            {"kind": rule, "column": column, "value": value, "good": "good", "why": "why"}
            for rule, column, value in rules
        ],
    }


@pytest.mark.parametrize(
    ("rule", "met", "missed"),
    [
        (("count", "", 2), [0, 1], [0]),
        (("count", "", 2), [0, 1], [1, 1]),
        (("count", "", 2), [0, 1], [0, 1, 2]),
        (("ordered", "day", None), [0, 2, 3], [2, 0]),
        (("ordered", "day", None), [1, 1], [3, 1, 2]),
        (("lte", "day", "3"), [0, 2], [0, 3]),
        (("distinct", "who", 3), [1, 3], [0, 2]),
        (("includes", "who", ["x", "z"]), [0, 3], [1, 2]),
    ],
)
def test_each_rule_can_be_met_and_missed(
    rule: tuple[str, str, Any], met: list[int], missed: list[int]
) -> None:
    assert mark(steps(rule), met) == {
        "right": True,
        "text": "done",
        "rules": [{"ok": True, "text": "good"}],
    }
    assert mark(steps(rule), missed) == {
        "right": False,
        "text": "not yet",
        "rules": [{"ok": False, "text": "why"}],
    }


def test_every_rule_gets_its_own_verdict() -> None:
    verdict = mark(steps(("count", "", 2), ("lte", "day", "1")), [0, 1])
    assert [one["ok"] for one in verdict["rules"]] == [True, False] and verdict["right"] is False


@pytest.mark.parametrize("answer", [None, [], "01", [None], [True], ["0"], [9, -1], {}, [[0]], 0])
def test_nothing_chosen_is_asked_again(answer: object) -> None:
    assert mark(steps(("count", "", 2)), answer)["right"] is None


def test_matching_marks_each_slot_by_its_own_reason() -> None:
    answer_key = {
        "type": "selection",
        "done": "done",
        "not_yet": "not yet",
        "options": 2,
        "columns": {},
        "rules": [
            {"kind": "match", "slot": 0, "label": "A", "value": [1], "why": ["a0", "a1"]},
            {"kind": "match", "slot": 1, "label": "B", "value": [0, 1], "why": ["b0", "b1"]},
        ],
    }
    assert mark(answer_key, [1, 0])["right"] is True and mark(answer_key, [1, 1])["right"] is True
    assert mark(answer_key, [0, 0])["rules"] == [
        {"ok": False, "text": "A: a0"},
        {"ok": True, "text": "B: b0"},
    ]
    assert mark(answer_key, [None, 1])["rules"][0] == {"ok": False, "text": "A: not chosen yet."}
    assert mark(answer_key, [1])["rules"][1] == {"ok": False, "text": "B: not chosen yet."}
    assert mark(answer_key, [None, None])["right"] is None


@pytest.mark.parametrize(
    ("before", "tries"),
    [
        (None, 1),
        ("x", 1),
        (3, 1),
        ([], 1),
        ({}, 1),
        ({"tries": 2}, 3),
        ({"tries": "2"}, 1),
        ({"tries": True}, 1),
    ],
)
def test_tries_are_counted_on_whatever_was_kept(before: object, tries: int) -> None:
    assert attempt(before, [1], False) == {"answer": [1], "right": False, "tries": tries}


@pytest.mark.parametrize(
    "value", [{}, {"why": ["Ja: “так” 예 🙂", ""]}, [1.5, None, True], "x" * 5000]
)
def test_a_seal_hides_and_opens(value: object) -> None:
    sealed = seal.seal(value)
    assert seal.unseal(sealed) == value and sealed.isascii() and seal.seal(value) == sealed
    assert "why" not in sealed and "так" not in sealed
