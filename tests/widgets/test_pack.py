"""States packed for a page come out as they went in, cost little, and cannot end the element they
stand in.
"""

from __future__ import annotations

import json
import random
import re
from typing import Any

import pytest

from upheaval.widgets.core.pack import REFERENCE, pack, pooled, script_json, unpack, whole


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
                "</script><script>",
                "\u2028" * 30,
            ]
        )
    if kind < 6:
        return chance.randint(-9, 9)
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


def test_what_is_packed_may_stand_anywhere_and_costs_little() -> None:
    states = {str(at): [f"a row of state {at} that differs", "</script>", at] for at in range(200)}
    packed = pack(states)
    assert re.fullmatch(r"[A-Za-z0-9+/]+=*", packed)
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
