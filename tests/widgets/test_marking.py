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
        ("8–12k", False, "Your lower end is too low, your upper end fits. low"),
        ("10–20k", False, "Your lower end fits, your upper end is too high. high"),
        ("1–20k", False, "Your lower end is too low, your upper end is too high. low"),
    ],
)
def test_a_range_is_marked_at_both_ends(answer: str, right: bool, text: str) -> None:
    verdict = mark(
        {**NUMBER, "low": [10000, 11000], "high": [11500, 12500], "mistakes": []}, answer
    )
    assert (verdict["right"], verdict["text"]) == (right, text)


CHOICE = {"type": "choice", "right": ["b"], "why": {"a": "no", "b": "yes"}}


@pytest.mark.parametrize(
    "answer", [None, True, -1, 0, 1, "0", "", "toString", "c", ["a"], 0.5, {}, 10**30]
)
def test_a_choice_that_is_none_is_asked_again(answer: object) -> None:
    assert mark(CHOICE, answer)["right"] is None


def test_a_choice_is_marked_by_its_own_reason() -> None:
    assert mark(CHOICE, "a") == {"right": False, "text": "no", "rules": []}
    assert mark(CHOICE, "b") == {"right": True, "text": "yes", "rules": []}


def steps(*rules: tuple[str, str, Any]) -> dict[str, Any]:
    return {
        "type": "selection",
        "done": "done",
        "not_yet": "not yet",
        "options": list("abcd"),
        "columns": {
            "day": {"a": "1", "b": "2", "c": "3", "d": "4"},
            "who": {"a": ["x"], "b": ["x", "y"], "c": [], "d": ["z"]},
        },
        "rules": [
            {"kind": rule, "column": column, "value": value, "good": "good", "why": "why"}
            for rule, column, value in rules
        ],
    }


@pytest.mark.parametrize(
    ("rule", "met", "missed"),
    [
        (("count", "", 2), ["a", "b"], ["a"]),
        (("count", "", 2), ["a", "b"], ["b", "b"]),
        (("count", "", 2), ["a", "b"], ["a", "b", "c"]),
        (("ordered", "day", None), ["a", "c", "d"], ["c", "a"]),
        (("ordered", "day", None), ["b", "b"], ["d", "b", "c"]),
        (("lte", "day", "3"), ["a", "c"], ["a", "d"]),
        (("distinct", "who", 3), ["b", "d"], ["a", "c"]),
        (("includes", "who", ["x", "z"]), ["a", "d"], ["b", "c"]),
    ],
)
def test_each_rule_can_be_met_and_missed(
    rule: tuple[str, str, Any], met: list[str], missed: list[str]
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
    verdict = mark(steps(("count", "", 2), ("lte", "day", "1")), ["a", "b"])
    assert [one["ok"] for one in verdict["rules"]] == [True, False] and verdict["right"] is False


@pytest.mark.parametrize("answer", [None, [], "ab", [None], [True], ["e"], [0, 1], {}, [["a"]], 0])
def test_nothing_chosen_is_asked_again(answer: object) -> None:
    assert mark(steps(("count", "", 2)), answer)["right"] is None


def test_matching_marks_each_slot_by_its_own_reason() -> None:
    answer_key = {
        "type": "match",
        "done": "done",
        "not_yet": "not yet",
        "items": [
            {"label": "A", "right": ["y"], "why": {"x": "a0", "y": "a1"}},
            {"label": "B", "right": ["x", "y"], "why": {"x": "b0", "y": "b1"}},
        ],
    }
    assert mark(answer_key, ["y", "x"])["right"] is True
    assert mark(answer_key, ["y", "y"])["right"] is True
    assert mark(answer_key, ["x", "x"])["rules"] == [
        {"ok": False, "text": "A: a0"},
        {"ok": True, "text": "B: b0"},
    ]
    assert mark(answer_key, [None, "y"])["rules"][0] == {"ok": False, "text": "A: not chosen yet."}
    assert mark(answer_key, ["y"])["rules"][1] == {"ok": False, "text": "B: not chosen yet."}
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


def test_what_repeats_itself_is_sealed_once() -> None:
    reason = "This reason belongs to every answer but one, and is long enough to count. "
    sealed = seal.seal({"why": [reason] * 20})
    assert seal.unseal(sealed) == {"why": [reason] * 20}
    assert len(sealed) < 4 * len(reason)
