"""What an excerpt is said to carry stands in it; a note lets pass the column that it names."""

from __future__ import annotations

from typing import Any

import pytest

from tiers import few
from upheaval.facts import carried, names, problems, tables, validate

from .conftest import Copy

EVENT = "new-event"
SENTENCE = "On 9 May 2024 Russia said that Kim Jong-un had sent 1,200 men to Kursk."


def told(copy: Copy, cells: dict[str, str], *excerpts: dict[str, str]) -> list[str]:
    """What validate says of an event with these cells, and of these excerpts of it."""
    events, rows = copy.rows("events"), copy.rows("excerpts")
    model = {**events[0], "id": EVENT, "title": "Men for Kursk", "description": "They went."}
    model |= {"actors": "PRK", "landmark": "", "why_it_matters": "", "headline": "", "place": ""}
    copy.save("events", [*events, {**model, **cells}])
    new = []
    for at, one in enumerate(excerpts):
        blank = {"table": "events", "row": EVENT, "sentence": SENTENCE, "english": "", "note": ""}
        new.append({**rows[0], **blank, "id": f"{EVENT}-{at}", "carries": "title"} | one)
    copy.save("excerpts", [*rows, *new])
    # What of the new row no sentence carries at all is asked in `test_grounds`.
    return [str(one) for one in validate.check(copy.path) if one.kind != problems.UNGROUNDED]


@pytest.mark.parametrize(
    "cells",
    few(
        [
            {"title": "Moscow says Kim Jong Un has sent 1.2 thousand men to Kursk"},
            {"title": "Russian words of 9 May 2024"},
            {"title": "Men for the place"},
        ],
        1,
    ),
)
def test_a_sound_text_is_let_pass(copy: Copy, cells: dict[str, str]) -> None:
    assert told(copy, cells, {}) == []


@pytest.mark.parametrize(
    ("cells", "said"),
    few(
        [
            ({"title": "Moscow says 1,300 men are in Kursk"}, "1,300"),
            ({"title": "Ukraine says men are in Kursk"}, "Ukraine"),
            ({"title": "Zelensky says men are in Kursk"}, "Zelensky"),
            ({"title": "Men for Vladivostok"}, "Vladivostok"),
        ],
        1,
    ),
)
def test_what_no_sentence_says_is_told_once(copy: Copy, cells: dict[str, str], said: str) -> None:
    (problem,) = told(copy, cells, {}, {"sentence": "Others went with them."})
    assert f'title, whose "{said}" is in no sentence' in problem
    assert 'say in note what is left out or how it follows: "title: …"' in problem


def test_two_sentences_carry_a_text_together(copy: Copy) -> None:
    other = {"sentence": "Zelensky saw them in Vladivostok."}
    assert told(copy, {"title": "Zelensky: 1,200 in Kursk, Vladivostok"}, {}, other) == []


@pytest.mark.parametrize(
    ("note", "passes"),
    few(
        [
            ("title: without Ukraine.", True),
            ("Read in a reprint. title: without Ukraine.", True),
            ("description, title: without Ukraine.", True),
            ("Kyiv is where the page was written.", True),  # the note itself says the name
            ("Read in a reprint.", False),
            ("description: in part.", False),
            ("The title is the page’s.", False),
        ],
        1,
    ),
)
def test_a_note_lets_pass_what_it_names_and_no_more(copy: Copy, note: str, passes: bool) -> None:
    found = told(copy, {"title": "Ukrainian men in Kursk"}, {"note": note})
    assert (found == []) is passes, found


@pytest.mark.parametrize(
    ("note", "passes"),
    few(
        [
            ("date: the page is of that day", True),
            ("the page is of 9 June 2024", True),
            ("title: in part", False),
            ("a Thursday", False),
        ],
        1,
    ),
)
def test_a_day_follows_from_a_note_that_says_it(copy: Copy, note: str, passes: bool) -> None:
    cells = {"date": "2024-06-09", "date_precision": "day"}
    found = told(copy, cells, {"carries": "date", "note": note})
    assert len(found) == (0 if passes else 1), found


def test_a_dispute_is_carried_by_a_denial(copy: Copy) -> None:
    cells = {"status": "disputed", "disputed_by": "RUS", "claimant": "UKR"}
    (problem,) = told(copy, cells, {"carries": "status"})
    assert "status, which is disputed, without disputed_by" in problem


def test_an_unread_row_is_weak(copy: Copy) -> None:
    empty = {"sentence": "", "source": "", "carries": "", "note": "unread: two searches"}
    (problem,) = told(copy, {"weak": "no"}, empty)
    assert 'column "weak"' in problem


def test_names_are_those_of_the_collection() -> None:
    tables_ = {name: tables.parse(tables.resource(name), tables.folder()) for name in names.TABLES}
    strict, loose = names.forms(*(tables_[name] for name in names.TABLES))

    def of(text: str, known: names.Names) -> set[Any]:
        return {one for who in names.named_in(text, known).values() for one in who}

    assert of("South Korea’s NIS, in Kim Jong-un’s words", loose) >= {"South Korea", "Kim"}
    assert "North Korea" not in of("the Democratic People's Republic of Congo", strict)
    assert of("Zelenskyy in Kursk", strict) == {"Zelensky", "Kursk"}
    assert of("they went south", loose) == set()


def test_columns_named_in_a_note() -> None:
    assert carried.explained("low, high: half each. date and place: of the page") == {
        "low", "high", "date", "place",
    }  # fmt: skip
    assert carried.explained("Page of 3 May 2024") == set()


@pytest.mark.parametrize(("carries", "found"), [("disputed_by", 0), ("disputed_by;best", 1)])
def test_the_page_of_a_general_denial_is_no_source_of_the_number(
    copy: Copy, carries: str, found: int
) -> None:
    """It stands in the table denials; what else it is said to carry needs it as a source."""
    (at,) = (
        one["id"]
        for one in copy.rows("excerpts")
        if one["row"] == "us-2024-10-31-kursk" and "disputed_by" in one["carries"]
    )
    copy.change("excerpts", lambda one: one["id"] == at, carries=carries, note="best: none")
    problems = [str(one) for one in validate.check(copy.path)]
    assert sum("which is no source of that row" in one for one in problems) == found
