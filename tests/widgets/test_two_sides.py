"""What one side writes the other side reads: numbers in texts, seals, packed states and CSV."""

from __future__ import annotations

import csv
import io
import json

import pytest

import rules
from upheaval.charts import timeline
from upheaval.facts import tables
from upheaval.widgets import Check, Option, Rule
from upheaval.widgets.check import Mistake
from upheaval.widgets.core.pack import pack, unpack
from upheaval.widgets.core.seal import seal, unseal

# -- answers ---------------------------------------------------------------------------------------
ANSWERS = [
    "",
    " ",
    "\t\n",
    "0",
    "10",
    "-5",
    "−5",
    "- 5",
    "+5",
    "3000",
    "3,000",
    "3.000",
    "3 000",
    "3\u00a0000",
    "3\u202f000",
    "3\u2009000",
    "3’000",
    "3'000",
    "3_000",
    "03,000",
    "0.5",
    "0,5",
    "1,5",
    "1.5k",
    "10k",
    "10 K",
    "10–12k",
    "10-12k",
    "10k-12k",
    "10 to 12 thousand",
    "between 10,000 and 12,000",
    "10,000–12,000",
    "1 million",
    "1.2 mn",
    "2bn",
    "3 billion",
    "10km",
    "10 kilos",
    "5 men",
    "3m",
    "3 million men",
    "about 3000 soldiers",
    "three thousand",
    "ten",
    "dreitausend",
    "три тысячи",
    "三千",
    "3千",
    "٣٠٠٠",
    "٣٬٠٠٠",
    "३०००",
    "３０００",
    "𝟛𝟘𝟘𝟘",
    "୩",
    "௧௦",
    "᧐",
    "᧚",
    "²",
    "½",
    "1½",
    "3/4",
    "1⁄2",
    "①",
    "Ⅷ",
    "1e5",
    "1E3",
    "0x10",
    "NaN",
    "Infinity",
    "-Infinity",
    "null",
    "undefined",
    "1,2,3",
    "1 2 3",
    "1 2",
    "12 10",
    "10..12",
    "10,,12",
    "1,0000",
    "1,000,00",
    "1,000,000",
    "1.000.000",
    "1,000.000",
    "1 000 000",
    "1,000,000.5",
    "10 000-12 000",
    "10–",
    "–10",
    "–10–12",
    "~10",
    ">10",
    "10+",
    "10%",
    "$10",
    "10 (or 12)",
    "10?",
    "10!",
    "9" * 30,
    "9" * 400,
    "1" + ",000" * 60,
    "<script>alert(1)</script>",
    "'; DROP TABLE",
    "\u202e10",
    "\ufeff10",
    "10\ufeffk",
    "10\u0085k",
    "10\x1ck",
    "10\u180ek",
    "\u200b10",
    "\x00",
    "10\x00",
    "🙂",
    "10🙂",
    "👨‍👩‍👧",
    "\ud83d",
    "İ10",
    "ǆ",
    "ﬁ",
    "10 ℳ",
    "10 ㎢",
    "K",
    "10K",
    "10㏀",
    "5 k",
    "5\nk",
    "999 999",
    "1000 2",
    "10 m",
    "10 M",
    "10 BN",
    "10 bnx",
]
BEYOND = [
    None,
    True,
    False,
    0,
    1,
    -1,
    1.5,
    "a",
    "b",
    "toString",
    [],
    [0],
    ["a"],
    ["a", "a"],
    ["b", "a", "c"],
    ["c", "b", "a"],
    ["a", "b", "c"],
    ["a", "c"],
    ["d"],
    ["__proto__"],
    [None],
    [True],
    [["a"]],
    ["a", None, "c"],
    ["a", "c", "c"],
    ["a", "a", "a", "a"],
    {},
    {"answer": 1},
    *ANSWERS,
]


def test_any_text_is_a_number_or_none() -> None:
    code = "(all) => all.map((one) => rules.numbers.readNumber(one)?.map(String) ?? null)"
    for text, read in zip(ANSWERS, rules.evaluate(code, ANSWERS), strict=True):
        assert read is None or (len(read) == 2 and "NaN" not in read), ascii(text)


def numbers() -> list[Check]:
    return [
        Check.number(
            "n",
            "?",
            9,
            11,
            "in",
            below="low",
            above="high",
            mistakes=[
                Mistake(0, 0, "zero"),
                Mistake(10_000, 12_000, "thousands"),
                Mistake(-5, -5, "minus"),
            ],
        ),
        Check.number(
            "r",
            "?",
            (9_000, 11_000),
            (11_000, 13_000),
            "in",
            below="low",
            above="high",
            mistakes=[Mistake(10, 12, "units")],
        ),
    ]


def checks() -> list[Check]:
    return [
        Check.choice(
            "c",
            "?",
            [
                Option("a", "no a", id="a"),
                Option("b", "yes b", right=True, id="b"),
                Option("c", "yes c", right=True, id="c"),
            ],
        ),
        *numbers(),
        Check.selection(
            "s",
            "?",
            {"a": "A", "b": "B", "c": "C"},
            {"day": ["1", "2", "3"], "who": [("x", "y"), (), ("z",)]},
            [
                Rule("count", "g", "w", value=3),
                Rule("ordered", "g", "w", "day"),
                Rule("lte", "g", "w", "day", "2"),
                Rule("distinct", "g", "w", "who", 2),
                Rule("includes", "g", "w", "who", ("x", "z")),
            ],
            slots=["1", "2", "3"],
            done="done",
            not_yet="not yet",
        ),
        Check.match(
            "m",
            "?",
            {"a": "A", "b": "B", "c": "C"},
            {
                item: [Option("", f"{item} {at}", right=at in right) for at in range(3)]
                for item, right in {"one": {0}, "two": {1, 2}, "three": {2}}.items()
            },
            done="done",
            not_yet="not yet",
        ),
    ]


@pytest.mark.parametrize("index", range(5), ids=["choice", "number", "range", "selection", "match"])
def test_no_answer_of_any_kind_raises(index: int) -> None:
    answer_key = checks()[index].answer_key
    found = {rules.mark(answer_key, answer)["right"] for answer in BEYOND}
    # No pick meets every rule of the selection.
    assert found == ({True, False, None} if index != 3 else {False, None})


#: A reason that belongs to many answers, and one that begins as a reference to a pool does.
REPEATED = [{"why": {"a": "One reason for all of them. " * 3, "b": "~1"}} for _ in range(9)]


def test_sealed_keys_open_in_the_page() -> None:
    values = [
        *[one.answer_key for one in checks()],
        {"why": ["„ünï“ 三千 🙂", "", "\u2028"]},
        REPEATED,
        "",
        [],
        None,
    ]
    theirs = rules.evaluate(
        "(all) => all.map((one) => rules.seal.unsealed(one))", [seal(one) for one in values]
    )
    assert theirs == values == [unseal(seal(one)) for one in values]


@pytest.mark.thorough
def test_packed_states_come_back_whole() -> None:
    events = tables.read("events")
    states = {one: timeline.swimlanes(events, one).payload() for one in timeline.PERIODS}
    odd = {
        "long": ["the same long text in all of them"] * 3,
        "mark": ["~", "~0", "~~", "~~ and more"] * 2,
        "null": None,
        "deep": [[[[]]]],
        "0": {},
    }
    for value in (json.loads(json.dumps(states)), odd):
        packed = pack(value)
        theirs = rules.evaluate("(packed) => rules.unpack.unpacked(packed)", packed)
        assert theirs == value == unpack(packed)


def test_csv_keeps_every_cell() -> None:
    head = ["α", 'b"', "c"]
    rows = [['say "so"', "a,b", "line\nbreak"], ["", "1.5", "-1+1"], ["Пхеньян", "평양", "🙂"]]
    given = {"columns": head, "rows": [rows[0], [None, 1.5, "-1+1"], rows[2]]}
    text = rules.evaluate("(one) => rules.table.asCsv(one)", given)
    assert text.startswith("\ufeff") and text.endswith("\r\n")
    read = list(csv.reader(io.StringIO(text[1:], newline="")))
    rows[1][2] = "'-1+1"  # a text that a spreadsheet would take for a formula
    assert read == [head, *rows]
