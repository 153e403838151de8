"""Headlines: short, without a full stop, and with no number that its row does not have."""

from __future__ import annotations

import pytest

from upheaval.facts import validate

from .conftest import Copy

ROW = "pentagon-2024-11-26-deployed"


def _told(copy: Copy, headline: str, table: str = "estimates") -> list[str]:
    """What is said of a headline of a row that nobody has denied."""
    undenied = {"status": "claimed", "status_before": "", "disputed_by": ""}
    copy.change("estimates", lambda row: row["id"] == ROW, **undenied)
    copy.change(table, lambda row: table != "estimates" or row["id"] == ROW, headline=headline)
    return [str(one) for one in validate.check(copy.path) if one.column == "headline"]


@pytest.mark.parametrize(
    "headline",
    [
        "",
        "The Pentagon says at least 12,000 North Korean soldiers are in Russia",
        "The Pentagon says 12 thousand are there",
        "A first count on 26 November 2024: at least 12,000",
        "Soldiers of the DPRK are seen by the U.S.",
        "The Pentagon says that soldiers were there",
        "Soldiers are said to be there",
        "Zelensky warns that Pyongyang had sent them",
        "Moscow denies that they were there",
        "Soldiers sent to Russia",
    ],
)
def test_a_headline_with_numbers_of_its_row_is_no_problem(copy: Copy, headline: str) -> None:
    assert _told(copy, headline) == []


@pytest.mark.parametrize(
    ("headline", "told"),
    [
        ("The Pentagon says 13,000 soldiers are there", "13,000, which neither the row nor"),
        ("Seventeen of them are there, the Pentagon says", "17, which neither the row nor"),
        ("Soldiers are there.", "which ends in one"),
        ("The Pentagon said that soldiers are there", '"said", in the past tense'),
        ("Soldiers went there", '"went", in the past tense'),
        (" ".join(["word"] * 13), "13 words"),
    ],
)
def test_a_fault_of_a_headline_is_told(copy: Copy, headline: str, told: str) -> None:
    (problem,) = _told(copy, headline)
    assert told in problem


def test_a_number_may_stand_in_an_excerpt_alone(copy: Copy) -> None:
    headline = "Kyiv counts 76543 soldiers"
    assert len(_told(copy, headline)) == 1
    excerpts = copy.rows("excerpts")
    copy.save(
        "excerpts",
        [
            *excerpts,
            {**excerpts[0], "id": "new-1", "table": "estimates"}
            | {
                "row": ROW,
                "sentence": "They are 76,543.",
                "carries": "note",
                "note": "It follows.",
            },
        ],
    )
    assert _told(copy, headline) == []


@pytest.mark.parametrize("column", ["title", "headline"])
def test_what_was_disputed_is_said_and_not_confirmed(copy: Copy, column: str) -> None:
    def told(status: str) -> list[str]:
        plain = {"status": status, "status_before": ""}
        copy.change(
            "events",
            lambda row: plain.items() <= row.items() and row["headline"] != "",
            **{column: "NATO confirms units"},
        )
        problems = validate.check(copy.path)
        return [str(one) for one in problems if "write who says it" in str(one)]

    assert told("confirmed") == []
    (problem,) = told("disputed")
    assert "the word" in problem and "confirms" in problem and f'column "{column}"' in problem


@pytest.mark.parametrize(
    ("table", "column", "line", "told"),
    [
        ("estimates", "headline", "Kyiv counts 76 soldiers", "counts"),
        ("estimates", "headline", "Soldiers are in Kursk", "told by nobody"),
        ("events", "title", "Soldiers are in Kursk", "told by nobody"),
        ("ties", "description", "Moscow buys shells.", "told by nobody"),
    ],
)
def test_a_line_about_what_was_disputed_names_who_tells_it(
    copy: Copy, table: str, column: str, line: str, told: str
) -> None:
    row = next(one["id"] for one in copy.rows(table) if one["status"] == "disputed")
    copy.change(table, lambda one: one["id"] == row, **{column: line})
    found = [str(one) for one in validate.check(copy.path) if "write who says it" in str(one)]
    assert len(found) == 1 and row in found[0] and told in found[0], found
