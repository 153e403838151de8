"""Tick all that apply: what an author has to write, and what a reader is told."""

from __future__ import annotations

import pytest

from rules import mark
from upheaval.widgets import Check, Option

TREATY = Option("A treaty", "It was signed in June.", right=True, id="treaty")
VOTE = Option("A vote", "Moscow voted so in March.", right=True, id="vote")
PARADE = Option("A parade", "A parade gives nothing away.", id="parade")


def check(*options: Option) -> Check:
    return Check.select_all(
        "99.all", "What did Moscow give?", options, done="Both.", not_yet="Read the lines with ✗."
    )


def test_exactly_the_right_ones_are_right() -> None:
    key = check(TREATY, PARADE, VOTE).answer_key
    verdict = mark(key, ["treaty", "vote"])
    assert (verdict["right"], verdict["text"]) == (True, "Both.")
    assert [one["text"] for one in verdict["rules"]] == [
        "“A treaty”: It was signed in June.",
        "“A vote”: Moscow voted so in March.",
    ]
    assert mark(key, [])["right"] is None


def test_a_wrong_one_says_why_and_a_missing_one_is_not_named() -> None:
    verdict = mark(check(TREATY, PARADE, VOTE).answer_key, ["treaty", "parade"])
    assert (verdict["right"], verdict["text"]) == (False, "Read the lines with ✗.")
    assert verdict["rules"] == [
        {"ok": True, "text": "“A treaty”: It was signed in June."},
        {"ok": False, "text": "“A parade”: A parade gives nothing away."},
        {"ok": False, "text": "Something that applies is not ticked yet."},
    ]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ([PARADE], "no option is right"),
        ([TREATY, VOTE], "all options are right; offer one that is not"),
        ([TREATY, Option("Maps", "None was seen.")], "needs an id"),
        ([TREATY, Option("Maps", " ", id="maps")], "needs a reason"),
    ],
)
def test_what_cannot_be_asked_is_not_made(options: list[Option], said: str) -> None:
    with pytest.raises(ValueError, match=r"^check “99\.all”") as caught:
        check(*options)
    assert said in str(caught.value)


@pytest.mark.usefixtures("page_mode")
def test_no_reason_and_no_answer_stands_in_a_page_in_clear() -> None:
    page = check(TREATY, PARADE, VOTE).to_html()
    assert "A treaty" in page and "signed" not in page and "true" not in page
