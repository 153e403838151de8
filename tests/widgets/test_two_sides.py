"""What the face works out in a page is what Python works out for a kernel: same rows, words, marks
and verdicts.
"""

from __future__ import annotations

import csv
import io
import itertools
import random
from functools import partial

import pytest

import rules
from upheaval import row_filters
from upheaval.charts import timeline
from upheaval.facts import tables
from upheaval.widgets import Check, DateLimit, Dropdown, Explorer, Filter, Option, Rule
from upheaval.widgets.check import Mistake
from upheaval.widgets.core.pack import pack, unpack
from upheaval.widgets.core.seal import seal, unseal

SAMPLE = 400


@pytest.fixture(scope="module")
def moving() -> Explorer:
    """The timeline with all its controls, as lesson 02 has it."""
    events = tables.read("events")
    return Explorer(
        partial(timeline.swimlanes, events),
        name="timeline",
        period=Dropdown(timeline.period_options(), "Period"),
        theme=Filter("theme", timeline.theme_options(events), "Lane"),
        actor=Filter("actors", timeline.actor_options(events), "Actor"),
        status=Filter("status", timeline.status_options(), "Status"),
        as_of=DateLimit("known", timeline.as_of_options(), "Known by"),
    )


def sampled(explorer: Explorer) -> list[dict[str, int]]:
    """Combinations drawn by lot, and each option of each control beside the others' first."""
    sizes = {name: len(one.values) for name, one in explorer.controls.items()}
    lot = random.Random(23)
    drawn = [{name: lot.randrange(size) for name, size in sizes.items()} for _ in range(SAMPLE)]
    start = dict.fromkeys(sizes, 0)
    everything = [
        {**start, "as_of": sizes["as_of"] - 1, name: index}
        for name, size in sizes.items()
        for index in range(size)
    ]
    return drawn + everything


def test_filters_leave_the_same_chart_in_both(moving: Explorer) -> None:
    for period, group in itertools.groupby(
        sorted(sampled(moving), key=lambda one: one["period"]), key=lambda one: one["period"]
    ):
        choices = list(group)
        state = moving._payload(period)
        filters = [moving.filters(one) for one in choices]
        theirs = rules.evaluate(
            "([state, all]) => all.map((one) => rules.rowFilters.applyFilters(state, one))",
            [state, filters],
        )
        for one, got in zip(filters, theirs, strict=True):
            assert got == row_filters.apply(state, one), [rule["label"] for rule in one]


def test_the_sample_meets_full_single_and_empty_charts(moving: Explorer) -> None:
    counts = {min(len(moving.payload(one)["visibleRows"]), 2) for one in sampled(moving)}
    assert counts == {0, 1, 2}


def test_rows_without_span_lists_and_braces() -> None:
    rows = {
        "columns": {"kind": ["a", "b", "a"], "tags": [["x", "{n}"], [], ["x"]]},
        "when": ["$&", "2", "{n}"],
        "labels": {"kind": {"b": "$1 B", "a": "{n} A"}, "tags": {"x": "X"}},
        "total": 3,
        "references": [[1], [0, 1], []],
        "templates": {
            "title": {
                "many": "{n}/{total} {most:kind} {tally:tags}",
                "one": "{first}{last} {chosen:f}",
                "none": "none {chosen:f}",
            }
        },
    }
    for value, rule in itertools.product([None, "a", "b", "zz"], ["contains", "lte"]):
        one = [
            {
                "name": "f",
                "column": "kind",
                "rule": rule,
                "value": value,
                "label": f"$& {value} {{n}}",
            }
        ]
        shown = rules.evaluate(
            "([rows, one]) => rules.rowFilters.visibleRows(rows, one)", [rows, one]
        )
        assert shown == row_filters.visible_rows(rows, one)
        words = rules.evaluate(
            "(all) => rules.rowFilters.filledWords(all[0], 'title', all[1], all[2])",
            [rows, one, shown],
        )
        assert words == row_filters.text(rows, "title", one, shown)


@pytest.mark.parametrize("moment", [None, "", "1", "2", "2024-10-08", "3", "4", "9"])
def test_phases_begin_on_their_day_and_end_before_the_next(moment: str | None) -> None:
    rows = {
        "span": "known",
        "when": ["a", "a", "b", "c"],
        "columns": {
            "known": [["1", "3"], "3", "2", ["2", "2024-10-08"]],
            "kind": ["x", "y", "y", "x"],
        },
    }
    for one in (
        [{"name": "t", "column": "known", "rule": "lte", "value": moment}],
        [
            {"name": "k", "column": "kind", "rule": "contains", "value": "y"},
            {"name": "t", "column": "known", "rule": "lte", "value": moment},
        ],
    ):
        theirs = rules.evaluate(
            "([rows, one]) => rules.rowFilters.visibleRows(rows, one)", [rows, one]
        )
        assert theirs == row_filters.visible_rows(rows, one)


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
    2,
    99,
    1.5,
    [],
    [0],
    [0, 0],
    [1, 0, 2],
    [2, 1, 0],
    [0, 1, 2],
    [0, 2],
    [99],
    [-1],
    ["0"],
    [None],
    [True],
    [[0]],
    [0, None, 2],
    [0, 1, 2],
    [0, 2, 2],
    [0, 0, 0, 0],
    {},
    {"answer": 1},
    *ANSWERS,
]


def test_any_text_is_a_number_or_none() -> None:
    code = "(all) => all.map((one) => rules.numbers.readNumber(one)?.map(String) ?? null)"
    for text, read in zip(ANSWERS, rules.evaluate(code, ANSWERS), strict=True):
        assert read is None or (len(read) == 2 and "NaN" not in read), ascii(text)


def checks() -> list[Check]:
    return [
        Check.choice(
            "c",
            "?",
            [
                Option("a", "no a"),
                Option("b", "yes b", right=True),
                Option("c", "yes c", right=True),
            ],
        ),
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
        Check.selection(
            "s",
            "?",
            ["a", "b", "c"],
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
            ["a", "b", "c"],
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


def test_sealed_keys_open_in_the_page() -> None:
    values = [
        *[one.answer_key for one in checks()],
        {"why": ["„ünï“ 三千 🙂", "", "\u2028"]},
        "",
        [],
        None,
    ]
    theirs = rules.evaluate(
        "(all) => all.map((one) => rules.seal.unsealed(one))", [seal(one) for one in values]
    )
    assert theirs == values == [unseal(seal(one)) for one in values]


def test_packed_states_come_back_whole(moving: Explorer) -> None:
    states = {str(one["period"]): moving._payload(one["period"]) for one in moving.states()}
    odd = {
        "long": ["the same long text in all of them"] * 3,
        "mark": ["~", "~0", "~~", "~~ and more"] * 2,
        "null": None,
        "deep": [[[[]]]],
        "0": {},
    }
    for value in (states, odd):
        packed = pack(value)
        theirs = rules.evaluate(
            """async ([packed, keys]) => {
          const states = await rules.unpack.unpacked(packed);
          return Object.fromEntries(keys.map((key) => [key, states(key)]));
        }""",
            [packed, list(value)],
        )
        assert theirs == value == unpack(packed)


def test_csv_keeps_every_cell() -> None:
    head = ["α", 'b"', "c"]
    rows = [['say "so"', "a,b", "line\nbreak"], ["", "1.5", "-1+1"], ["Пхеньян", "평양", "🙂"]]
    given = {"columns": head, "rows": [rows[0], [None, 1.5, "-1+1"], rows[2]]}
    text = rules.evaluate("(one) => rules.table.asCsv(one)", given)
    assert text.startswith("\ufeff") and text.endswith("\r\n")
    read = list(csv.reader(io.StringIO(text[1:], newline="")))
    assert read == [head, *rows]
