"""States packed for a page come out as they went in, cost little, and cannot end the element they
stand in.
"""

from __future__ import annotations

import json
import random
import zlib
from typing import Any

import pytest

from upheaval.charts import timeline
from upheaval.facts import tables
from upheaval.widgets.core import columns, word_codes
from upheaval.widgets.core.pack import pack, script_json, unpack
from upheaval.widgets.core.pool import REFERENCE, pooled, whole


def anything(chance: random.Random, depth: int = 4) -> Any:
    """Some JSON value, with parts that occur again."""
    kind = chance.randrange(9 if depth else 6)
    if kind < 5:
        return chance.choice(
            [
                None,
                True,
                1,
                1.5,
                -0.0,
                "",
                "short",
                "a text that is long enough to be pooled",
                "1",
                "true",
                "풀에 들어갈 만큼 긴 글 " * 3,
                "~",
                "~0",
                "~~ a longer one",
                "https://example.org/a-title of two-words",
                "\0\1\x7f\x80ÿ",
                10**20,
                2**31,
                -(2**31),
                1.0,
                "</script><script>",
                "\u2028" * 30,
            ]
        )
    if kind < 6:
        return chance.randint(-9, 9) * chance.choice([1, 10**6])
    if kind < 8:
        return [anything(chance, depth - 1) for _ in range(chance.randint(0, 4))]
    return {chance.choice("abcd"): anything(chance, depth - 1) for _ in range(chance.randint(0, 4))}


def test_round_trip() -> None:
    for seed in range(400):
        states = {str(at): anything(random.Random(seed + at % 3)) for at in range(5)}
        packed = pack(states)
        text = json.dumps(states)
        assert json.dumps(unpack(packed)) == text, seed
        assert json.dumps(whole(json.loads(script_json(pooled(states))))) == text, seed
        assert pack(json.loads(text)) == packed, "the same states always pack alike"


def test_rows_and_records_of_several_shapes_come_back() -> None:
    rows = [[at, str(at % 3), at % 2 == 0, None if at % 5 else at / 2] for at in range(30)]
    records = [{"a": at, "b": rows[at]} if at % 3 else {"b": [], "a": "x"} for at in range(30)]
    value = {"": {}, "0": {"rows": rows, "records": records, "mixed": [*rows[:4], 1, "1", True]}}
    assert json.dumps(unpack(pack(value))) == json.dumps(value)


def test_numbers_that_are_equal_only_to_python_stay_apart() -> None:
    value = [1, True, 1.0, 0, False, 0.0, -0.0, "1", "true", "", None, {}, []]
    assert json.dumps(unpack(pack(value))) == json.dumps(value)


def test_what_is_equal_is_one_object_again() -> None:
    row = ["a row", 1, {"deep": [1, 2]}]
    states = {"0": {"rows": [row, 2, row]}, "1": {"rows": [json.loads(json.dumps(row))]}}
    made = unpack(pack(states))
    assert made["0"]["rows"][0] is made["0"]["rows"][2] is made["1"]["rows"][0]


def test_a_column_that_is_not_whole_is_refused() -> None:
    numbers, texts = columns.written({"a": [1, 2, "three"]})
    assert columns.read(numbers, texts) == {"a": [1, 2, "three"]}
    for more in (([*numbers, 0], texts), (numbers, [*texts, "four"])):
        with pytest.raises(ValueError, match="damaged"):
            columns.read(*more)


def test_frequent_words_are_one_byte_or_two() -> None:
    words = [chr(97 + at % 26) * 3 + chr(97 + at // 26) for at in range(300)]
    texts = [" ".join(words)] * 9
    coded = word_codes.coded(texts)
    assert word_codes.decoded(coded) == texts
    assert len(coded) < len(texts) * (110 + 2 * 190 + 1) + sum(len(word) + 2 for word in words) + 2


def test_words_of_an_address_are_those_of_its_title() -> None:
    title, address = "one long title here", "https://example.org/one-long-title-here"
    with_hyphens = len(word_codes.coded([title, address.replace("http", "ftp")] * 6))
    assert len(word_codes.coded([title, address] * 6)) < with_hyphens


def test_a_lesson_costs_less_than_half_of_what_deflate_alone_makes_of_it() -> None:
    events = tables.read("events")
    states = {one: timeline.swimlanes(events, one).payload() for one in timeline.PERIODS}
    alone = zlib.compress(json.dumps(states).encode(), 9)
    assert len(pack(states)) < 0.5 * len(alone) * 1.25


def test_a_tuple_is_packed_as_the_list_that_it_becomes() -> None:
    row = ("a sentence that is long enough to be pooled", ("and", "more"), 1)
    assert pack({"a": [row, row], "b": row}) == pack({"a": [[*row], [*row]], "b": [*row]})
    assert pooled({"a": [row, row]})["pool"], "what is there twice stands in the pool"


def test_what_is_packed_may_stand_anywhere_and_costs_little() -> None:
    states = {str(at): [f"a row of state {at} that differs", "</script>", at] for at in range(200)}
    packed = pack(states)
    assert not set(packed) & set("<>&\"'\\`{}$ \n") - {">"}, "neither HTML, JSON nor Markdown"
    assert len(packed) * 4 < len(json.dumps(states))


def test_what_states_share_is_stored_once() -> None:
    rows = [[f"a row that all states share, number {number}", number] for number in range(50)]
    states = {str(at): {"table": rows, "title": f"state {at}"} for at in range(40)}
    packed = pooled(states)
    assert len(json.dumps(packed)) < 2 * len(json.dumps(rows))
    assert packed["states"]["7"] == {"table": "~0", "title": "state 7"}


def test_short_parts_and_single_parts_stay_where_they_are() -> None:
    assert pooled({"a": "x" * REFERENCE, "b": "x" * REFERENCE})["pool"] == []
    assert pooled({"a": "x" * 99, "b": "y" * 99})["pool"] == []
    assert pooled({"a": "x" * 99, "b": "x" * 99}) == {
        "pool": ["x" * 99],
        "states": {"a": "~0", "b": "~0"},
    }


def test_parts_of_the_pool_share_parts_too() -> None:
    deep = {"list": ["a text that is long enough to be pooled"] * 3}
    packed = pooled({"a": deep, "b": deep, "c": deep["list"]})
    assert whole(packed) == {"a": deep, "b": deep, "c": deep["list"]}
    assert json.dumps(packed).count("long enough") == 1


@pytest.mark.parametrize(
    "text",
    ["</script><script>alert(1)</script>", "<!--<script>", "\u2028\u2029", "&lt;", "\\u003c"],
)
def test_nothing_in_the_data_ends_a_script_element(text: str) -> None:
    written = script_json({text: [text]})
    assert "<" not in written and "\u2028" not in written and "\u2029" not in written
    assert json.loads(written) == {text: [text]}
