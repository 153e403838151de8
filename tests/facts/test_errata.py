"""What was wrong and has been mended: what is told of an erratum that does not fit its cell."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tiers import few
from upheaval.facts import errata, tables, validate

from .conftest import Copy

Row = dict[str, str]
STATUS = {"table": "events", "row": "dprk-assaults-begin", "column": "place"}


def _with(copy: Copy, *new: Row) -> list[str]:
    """The problems of the folder with these errata more."""
    rows = copy.rows("errata")
    model = dict.fromkeys(rows[0], "") | {"why": "It was wrong.", "since": "2026-12-01"}
    model |= {"source": rows[0]["source"]}
    more = [{**model, "id": f"new-{number}", **one} for number, one in enumerate(new)]
    copy.save("errata", [*rows, *more])
    return [str(problem) for problem in validate.check(copy.path)]


def _place(copy: Copy) -> str:
    return next(row["place"] for row in copy.rows("events") if row["id"] == STATUS["row"])


def test_an_erratum_that_ends_in_what_the_cell_says_is_no_problem(copy: Copy) -> None:
    assert _with(copy, {**STATUS, "was": "Belgorod", "is": _place(copy)}) == []


def test_a_later_erratum_of_the_same_cell_may_follow(copy: Copy) -> None:
    first = {**STATUS, "was": "Belgorod", "is": "Bryansk", "since": "2026-12-01"}
    second = {**STATUS, "was": "Bryansk", "is": _place(copy), "since": "2026-12-02"}
    assert _with(copy, second, first) == []


@pytest.mark.parametrize(
    ("cells", "column", "told"),
    few(
        [
            ({"is": "Rostov"}, "is", "where the cell says"),
            ({"was": "Rostov", "is": "Rostov"}, "is", "as in was"),
            ({"column": "colour"}, "column", "It should be a column of events.csv"),
            ({"row": "dprk-assault-begins"}, "row", 'Did you mean "dprk-assaults-begin"?'),
            ({"row": "nobody-knows"}, "row", "Was the row withdrawn? Add"),
            (
                {"column": "id", "was": STATUS["row"], "is": ""},
                "is",
                "though the row is in events.csv",
            ),
            ({"table": "event"}, "table", "It should be one of"),
            ({"source": "nobody-2024-says"}, "source", "row of sources.csv"),
            ({"since": "2026-12"}, "since", "2026-12"),
            ({"since": "1999-12-01"}, "since", "when the page that says so was not there"),
            ({"why": ""}, "why", "must be filled"),
        ],
        2,
    ),
)
def test_a_fault_of_an_erratum_is_told_with_its_cell(
    copy: Copy, cells: Row, column: str, told: str
) -> None:
    found = _with(copy, {**STATUS, "was": "Belgorod", "is": _place(copy), **cells})
    assert any(f'column "{column}"' in one and told in one for one in found), found


def test_an_erratum_ends_where_the_next_begins(copy: Copy) -> None:
    first = {**STATUS, "was": "Belgorod", "is": "Rostov", "since": "2026-12-01"}
    second = {**STATUS, "was": "Bryansk", "is": _place(copy), "since": "2026-12-02"}
    (problem,) = _with(copy, first, second)
    assert 'begins with "Bryansk"' in problem


def test_a_row_that_was_withdrawn_has_errata_and_is_not_there(copy: Copy) -> None:
    gone = {"table": "events", "row": "never-was", "column": "id", "was": "never-was", "is": ""}
    assert _with(copy, {**gone, "column": "place", "was": "Rostov", "is": "Kursk"}, gone) == []


def test_a_number_is_compared_as_a_number(copy: Copy) -> None:
    row = next(row for row in copy.rows("aid_totals") if float(row["amount"]) % 1 == 0)
    cell = {"table": "aid_totals", "row": row["id"], "column": "amount", "was": "1"}
    assert _with(copy, {**cell, "is": f"{float(row['amount']):.2f}"}) == []


def test_the_newest_come_first_in_each_table(copy: Copy) -> None:
    new = {**STATUS, "was": "Belgorod", "is": _place(copy), "since": "2026-12-01"}
    assert _with(copy, new) == []
    found = errata.newest(copy.path)
    assert list(found) == [name for name in tables.names() if name in found]
    assert found["events"][0] == {**found["events"][0], **new}
    assert {row["table"] for row in found["events"]} == {"events"}


def test_the_table_may_be_empty(copy: Copy) -> None:
    head = copy.file("errata").read_text(encoding="utf-8").splitlines()[0]
    copy.file("errata").write_text(f"{head}\n", encoding="utf-8")
    assert [p for p in validate.check(copy.path) if "which no row cites" not in str(p)] == []
    assert errata.newest(copy.path) == {}


@pytest.mark.parametrize("day", ["2027-03", "soon", ""])
def test_the_next_look_is_on_a_day(copy: Copy, day: str) -> None:
    path = copy.path / tables.PACKAGE
    package: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    assert tables.next_look() == package["nextLook"]
    path.write_text(json.dumps({**package, "nextLook": day}), encoding="utf-8")
    (problem,) = validate.check(copy.path)
    assert "as nextLook" in str(problem) and "2027-03-01" in str(problem)


@pytest.mark.parametrize("column", ["was", "is"])
def test_a_day_that_a_spreadsheet_program_wrote_anew_is_told(copy: Copy, column: str) -> None:
    one = next(
        row
        for row in copy.rows("errata")
        if row["column"] == "first_reported" and len(row["was"]) == len(row["is"]) == 10
    )
    year, month, day = one[column].split("-")
    copy.change("errata", lambda row: row["id"] == one["id"], **{column: f"{month}/{day}/{year}"})
    found = [str(problem) for problem in validate.check(copy.path) if problem.column == column]
    assert any(one["id"] in problem for problem in found), found


def test_an_erratum_that_changes_nothing_is_told_once(copy: Copy) -> None:
    (problem,) = _with(copy, {**STATUS, "was": "Belgorod", "is": "Belgorod"})
    assert "as in was" in problem


def test_every_table_can_have_errata() -> None:
    fields = {one["name"]: one for one in tables.schema("errata")["fields"]}
    allowed = fields["table"]["constraints"]["enum"]
    assert sorted(allowed) == sorted(set(tables.names()) - {"errata"})
