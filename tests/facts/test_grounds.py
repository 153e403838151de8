"""What a sentence must carry is carried, or is an exception; a day may rest on its page."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tiers import few
from upheaval.facts import dictionary, package, tables, validate

from .conftest import Copy

#: Columns of which the review of 1 December 2026 found cells that nothing carried.
MUST = {
    "estimates": {"date", "low", "high", "best", "estimator", "disputed_by"},
    "aid_totals": {"as_of", "amount", "measure"},
    "quotes": {"date", "speaker", "text", "outcome"},
    "exchange": {"period", "quantity_low", "quantity_high", "giver", "receiver"},
    "deployments_abroad": {"start", "end", "acknowledged_at_time", "peak_troops_high"},
    "dual_use_trade": {"value_usd_millions", "share_of_russian_imports_pct", "period"},
    "events": {"date", "title", "place", "claimant"},
    "ties": {"start_date", "end_date", "description"},
}


def _told(copy: Copy) -> list[str]:
    return [str(one) for one in validate.check(copy.path)]


def test_every_column_of_these_tables_says_what_it_rests_on() -> None:
    for name, columns in MUST.items():
        found = {one["name"]: one["ground"] for one in tables.schema(name)["fields"]}
        assert {one for one in columns if found[one] == "ours"} == set(), name
    assert "`date` | partial date | " in (text := dictionary.render())
    assert "or it is the day of a page of the row" in text


def test_the_days_of_quotations_are_carried_or_printed_on_them() -> None:
    """Counted here in another way than the rule does."""
    pages = dict(zip(*(tables.read("sources")[one] for one in ("id", "date")), strict=True))
    excerpts = tables.records(tables.read("excerpts"))
    carried = {one["row"] for one in excerpts if "date" in one["carries"]}
    unread = {one["row"] for one in excerpts if not isinstance(one["sentence"], str)}
    for row in tables.records(tables.read("quotes")):
        printed = [str(pages[one]) for one in row["sources"]]
        assert row["id"] in carried | unread or any(
            one.startswith(row["date"]) for one in printed
        ), row["id"]


@pytest.mark.parametrize(
    ("table", "row", "column"),
    few(
        [
            ("dual_use_trade", "trade-2023", "value_usd_millions"),
            ("estimates", "us-2024-10-31-kursk", "date"),
            ("exchange", "prk-un-votes", "quantity_low"),
            ("ties", "chn-prk-coal", "end_date"),
            ("events", "kellogg-named", "claimant"),
        ],
        1,
    ),
)
def test_a_cell_that_no_sentence_carries_is_told(
    copy: Copy, table: str, row: str, column: str
) -> None:
    for one in copy.rows("excerpts"):
        names = one["carries"].split(";")
        if (one["table"], one["row"]) == (table, row) and column in names:
            left = ";".join(x for x in names if x != column)
            copy.change("excerpts", lambda x, at=one["id"]: x["id"] == at, carries=left)
    (problem,) = validate.check(copy.path)
    assert (problem.file, problem.column) == (f"{table}.csv", column) and row in problem.row
    assert "which no sentence carries" in str(problem)
    assert f'"{column}: …"' in str(problem) and "unread_cells.csv" in str(problem)


def _new_quotation(copy: Copy, day: str) -> list[str]:
    """What is told of a quotation of that day, which its excerpt does not carry."""
    old = next(one for one in copy.rows("quotes") if one["id"] == "putin-images-serious")
    copy.change("quotes", lambda one: one["id"] == old["id"], date=day)
    for one in copy.rows("excerpts"):
        if one["row"] == old["id"] and "date" in one["carries"].split(";"):
            left = ";".join(x for x in one["carries"].split(";") if x != "date")
            copy.change("excerpts", lambda x, at=one["id"]: x["id"] == at, carries=left)
    return _told(copy)


@pytest.mark.parametrize(
    ("day", "rests"), few([("2024-10-24", True), ("2024-10", True), ("2024-10-22", False)], 1)
)
def test_a_day_may_rest_on_the_date_of_a_page(copy: Copy, day: str, rests: bool) -> None:
    found = _new_quotation(copy, day)
    assert (found == []) is rests, found
    if not rests:
        assert "and it is the day of no page of the row" in found[0]


@pytest.mark.parametrize(
    ("cells", "told"),
    few(
        [
            ({"columns": "date"}, "has a ground"),
            ({"columns": "first_reported"}, "which is empty there"),
            ({"columns": "weak"}, "with a ground"),
            ({"columns": "colour"}, "with a ground"),
            ({"row": "nobody-knows"}, "row of estimates.csv"),
            ({"why": ""}, "nothing"),
        ],
        1,
    ),
)
def test_an_exception_that_is_none_is_told(copy: Copy, cells: dict[str, Any], told: str) -> None:
    new = {"id": "new-1", "table": "estimates", "row": "nis-2024-10-23-plan", "why": "Because."}
    copy.save("unread_cells", [*copy.rows("unread_cells"), new | {"columns": "date"} | cells])
    (problem,) = validate.check(copy.path)
    assert problem.file == "unread_cells.csv" and told in str(problem)


def test_an_exception_without_which_a_cell_stands_alone_is_needed(copy: Copy) -> None:
    rows = copy.rows("unread_cells")
    first = next(one for one in rows if one["row"] == "prk-missile-kharkiv")
    copy.save("unread_cells", [one for one in rows if one is not first])
    (problem,) = validate.check(copy.path)
    assert problem.file == "exchange.csv" and "prk-missile-kharkiv" in problem.row


def test_of_many_cells_of_a_table_the_first_is_told(copy: Copy) -> None:
    (one, *_) = copy.rows("unread_cells")
    copy.save("unread_cells", [one])
    found = [one for one in validate.check(copy.path) if one.file == "deployments_abroad.csv"]
    assert len(found) == 1 and "more rows of deployments_abroad.csv" in str(found[0])


def test_a_column_of_these_tables_needs_its_ground() -> None:
    schema = json.loads((tables.folder() / package.NAME).read_text(encoding="utf-8"))
    table = next(one for one in schema["resources"] if one["name"] == "estimates")
    column = next(one for one in table["schema"]["fields"] if one["name"] == "best")
    ground = column.pop("ground")
    (problem,) = package.faults(schema)
    assert problem.column == "best" and 'no "ground"' in str(problem)
    column["ground"] = "somewhere"
    (problem,) = package.faults(schema)
    assert '"somewhere"' in str(problem)
    column["ground"] = ground
    del table["excerpted"]
    (problem,) = package.faults(schema)
    assert "not excerpted" in str(problem)
