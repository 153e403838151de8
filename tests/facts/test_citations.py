"""Sources as reference lines, links, BibTeX and CSL-JSON."""

from __future__ import annotations

import pytest

from upheaval.facts import citations, tables
from upheaval.facts.problems import DataProblem

from .conftest import Copy


@pytest.fixture
def one(copy: Copy) -> Copy:
    """A copy whose first source is `hard-1`, with everything that needs care."""
    copy.change(
        "sources",
        lambda row: True,
        id="hard-1",
        title="50% of R&D_costs {really}? #1 ~ ^ \\ $5",
        publisher="Smith & Sons",
        authors="Kim Bo-kyoung;J. O'Neil;others",
        date="2024-10",
        url="https://example.org/a_b?x=1&y=%20#z",
        kind="think-tank",
        state_media_of="",
    )
    return copy


def test_every_source_can_be_cited_in_every_form() -> None:
    ids = list(tables.read("sources")["id"])
    assert len(citations.references(ids)) == len(ids)
    assert [item["id"] for item in citations.csl_json(ids)] == ids


def test_a_reference_line(one: Copy) -> None:
    line = citations.reference("hard-1", one.path)
    assert (
        line
        == "Kim Bo-kyoung, J. O'Neil and others (October 2024). 50% of R&D_costs {really}? #1 ~ ^"
        " \\ $5. Smith & Sons. https://example.org/a_b?x=1&y=%20#z"
    )


def test_without_author_and_date_the_publisher_leads(one: Copy) -> None:
    one.change("sources", lambda row: row["id"] == "hard-1", authors="", date="", title="Why now?")
    line = citations.reference("hard-1", one.path)
    assert line == "Smith & Sons (no date). Why now? https://example.org/a_b?x=1&y=%20#z"
    assert citations.link("hard-1", one.path) == (
        "Smith & Sons",
        "https://example.org/a_b?x=1&y=%20#z",
    )


def test_a_link_has_publisher_date_and_address(one: Copy) -> None:
    assert citations.link("hard-1", one.path)[0] == "Smith & Sons, October 2024"


def test_a_source_is_public_from_the_end_of_its_date(one: Copy) -> None:
    assert citations.public_by(["hard-1"], "2024-10-30", one.path) == ()
    assert citations.public_by(["hard-1"], "2024-10-31", one.path) == ("hard-1",)
    one.change("sources", lambda row: row["id"] == "hard-1", date="")
    assert citations.public_by(["hard-1"], "2030-01-01", one.path) == ()


def test_csl_json(one: Copy) -> None:
    assert citations.csl_json(["hard-1"], one.path) == [
        {
            "id": "hard-1",
            "type": "report",
            "title": "50% of R&D_costs {really}? #1 ~ ^ \\ $5",
            "publisher": "Smith & Sons",
            "URL": "https://example.org/a_b?x=1&y=%20#z",
            "author": [
                {"literal": "Kim Bo-kyoung"},
                {"literal": "J. O'Neil"},
                {"literal": "others"},
            ],
            "issued": {"date-parts": [[2024, 10]]},
        }
    ]


def test_a_list_has_each_source_once_and_in_order() -> None:
    ids = list(tables.read("sources")["id"][:5])
    lines = citations.references([*ids, *ids])
    assert len(lines) == 5
    assert lines == sorted(lines, key=str.casefold)
    assert [one["id"] for one in citations.csl_json([*ids, *ids])] == ids


def test_an_unknown_source_is_named_with_the_nearest() -> None:
    first_id = tables.read("sources")["id"].iloc[0]
    with pytest.raises(DataProblem, match=f'Did you mean "{first_id}"'):
        citations.reference(first_id + "x")
