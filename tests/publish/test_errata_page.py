"""*What we got wrong*: every correction, in the words of readers, the worst first by a rule."""

from __future__ import annotations

import math
import re
from typing import Any

import pytest

from upheaval.facts import errata, tables
from upheaval.publish import errata_page, site_content

Row = dict[str, Any]
PATH = re.compile(r"[a-z]/[a-z]")


@pytest.fixture(scope="module")
def shown() -> list[Row]:
    return errata_page.tables_of()


def _fields() -> dict[tuple[str, str], Row]:
    return {
        (name, field["name"]): field
        for name in tables.names()
        for field in tables.schema(name)["fields"]
    }


def test_every_column_has_a_title_of_its_own() -> None:
    for name in tables.names():
        titles = [field.get("title", "") for field in tables.schema(name)["fields"]]
        assert all(re.fullmatch(r"[A-Z][^_]+", one) for one in titles), name
        assert len({*titles}) == len(titles), name


def test_every_correction_is_counted_once_in_its_kind() -> None:
    found = errata_page.counts()
    assert sum(one["count"] for one in found) == len(tables.read("errata"))
    order = [label for label, _ in errata.KINDS.values()]
    assert [one["label"] for one in found] == [
        one for one in order if one in {each["label"] for each in found}
    ]


def test_every_correction_is_on_the_page_in_words_of_readers(shown: list[Row]) -> None:
    fields, rows = _fields(), {row["id"]: row for row in tables.records(tables.read("errata"))}
    cells = [one for table in shown for row in table["rows"] for one in row["cells"]]
    assert sorted(one["id"] for one in cells) == sorted(rows)
    sources = {*tables.read("sources")["id"]}
    for one in cells:
        row = rows[one["id"]]
        field = fields[row["table"], row["column"]]
        assert one["column"] == field["title"]
        for said in (one["was"], one["is"]):
            if "enum" in field.get("constraints", {}):
                assert "_" not in said and not re.search(r"[a-z]-[a-z]", said), one["id"]
            if field["type"] == "list":
                assert not {*said.split("; ")} & sources and not PATH.search(said), one["id"]
            if field.get("partialDate") or field["type"] == "date":
                assert not re.search(r"[0-9]-[0-9]", said), one["id"]
    assert all(row["about"] for table in shown for row in table["rows"])


def test_the_worst_comes_first(shown: list[Row]) -> None:
    places = {label: at for at, (label, _) in enumerate(errata.KINDS.values())}
    for table in shown:
        rows = [[places[one["kind"]] for one in row["cells"]] for row in table["rows"]]
        assert all(row == sorted(row) for row in rows), table["name"]
        assert [row[0] for row in rows] == sorted(row[0] for row in rows), table["name"]


NUMBER = {"name": "low", "type": "integer"}


@pytest.mark.parametrize(
    ("worse", "better"),
    [
        (("100", ""), ("100", "1000")),
        (("100", "200"), ("100", "150")),
        (("200", "100"), ("100", "150")),
        (("100", "0"), ("100", "150")),
        (("99", "100"), ("100", "100.5")),
    ],
)
def test_of_two_numbers_the_one_further_off_is_worse(
    worse: tuple[str, str], better: tuple[str, str]
) -> None:
    assert errata.weight("estimates", NUMBER, *worse) < errata.weight("estimates", NUMBER, *better)
    assert math.isclose(
        errata.weight("estimates", NUMBER, "1", "2")[1],
        errata.weight("estimates", NUMBER, "2", "1")[1],
    )


@pytest.mark.parametrize(
    ("table", "column", "kind"),
    [
        ("events", "id", "row"),
        ("estimates", "best", "value"),
        ("aid_packages", "includes_uas", "value"),
        ("claims", "assessment", "value"),
        ("events", "actors", "value"),
        ("events", "status", "standing"),
        ("exchange", "disputed_by", "standing"),
        ("quotes", "weak", "standing"),
        ("events", "status_since", "day"),
        ("exchange", "period", "day"),
        ("quotes", "text", "quotation"),
        ("events", "title", "words"),
        ("events", "note", "note"),
        ("events", "sources", "note"),
        ("options", "evidence_for", "note"),
    ],
)
def test_what_a_correction_changed_follows_from_its_column(
    table: str, column: str, kind: str
) -> None:
    assert errata.kind(table, _fields()[table, column]) == kind


def test_a_row_that_was_withdrawn_is_told_so_and_first() -> None:
    gone = {"id": "x", "kind": "a whole row", "withdrawn": True, "column": "Name of the row"}
    gone |= {"was": "y", "is": "", "why": "Why.", "page": ("P", ""), "since": "2026-12-01"}
    rows = [{"id": "y", "about": "", "cells": [gone]}]
    facts = {
        "errata": [{"name": "events", "title": "Events", "count": 1, "rows": rows}],
        "errata_kinds": [{"label": "a whole row", "rule": "R.", "count": 1}],
        "as_of": "February 2026",
        "next_look": "1 March 2027",
    }
    text = site_content.page_templates().get_template("errata.md.j2").render(facts)
    assert "The whole row was withdrawn." in text and "<strong>y</strong>" in text
    assert "1 correction<" in text and "| a whole row | 1 | R. |" in text
