"""What a reader changed is put into what is kept, by the face and by Python alike."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from rules import evaluate
from upheaval.widgets.core.edits import edited

CASES = json.loads(
    Path(__file__).parents[1].joinpath("cases", "edits.json").read_text(encoding="utf-8")
)["cases"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_edits_of_the_face_are_put_in_alike_on_both_sides(case: dict[str, Any]) -> None:
    edits = evaluate(
        "({ before, next }) => rules.edits.editsOf(before, next)",
        {"before": case["before"], "next": case["next"]},
    )
    assert edits == case["edits"]
    by_face = evaluate("([kept, edits]) => rules.edits.edited(kept, edits)", [case["kept"], edits])
    assert by_face == case["result"] == edited(case["kept"], edits)
    alone = evaluate("([kept, edits]) => rules.edits.edited(kept, edits)", [case["before"], edits])
    again = evaluate("([one, other]) => rules.edits.editsOf(one, other)", [alone, case["next"]])
    assert again == [], "where nobody else wrote, what was written is kept"


def test_edits_that_wait_are_joined_and_none_is_sent_twice() -> None:
    told = """() => {
      const { editsOf, edited, joined } = rules.edits;
      const steps = [{ a: "", l: [] }, { a: "x", l: ["1"] }, { a: "xy", l: ["1", "2"] }, { a: "" }];
      let edits = [];
      steps.slice(1).forEach((step, at) => { edits = joined(edits, editsOf(steps[at], step)); });
      return [edited(steps[0], edits), edits.filter(({ to }) => to !== undefined).length];
    }"""
    assert evaluate(told) == [{"a": ""}, 1]


def test_what_is_kept_is_never_changed_in_place() -> None:
    kept = {"fields": {"a": "x"}, "left": ["r"]}
    before = json.dumps(kept)
    edited(kept, [{"at": ["fields", "a"], "to": "y"}, {"at": ["left"], "take": ["r"], "add": []}])
    assert json.dumps(kept) == before


@pytest.mark.parametrize(
    ("era", "now", "over"),
    [
        ("p/", "p/", False),
        ("p/", "p/100-a", True),
        ("p/100-a", "p/200-b", True),
        ("p/200-b", "p/100-a", False),
        ("q/200-b", "p/100-a", True),
        ("p/0123456789abcdef", "p/100-a", True),
    ],
)
def test_an_era_is_over_after_a_later_clearing_of_its_place(era: str, now: str, over: bool) -> None:
    assert evaluate("([era, now]) => rules.era.isOver(era, now)", [era, now]) == over
