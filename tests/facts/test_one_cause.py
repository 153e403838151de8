"""What one slip of a hand does to a table is told once, with its cause."""

from __future__ import annotations

import pytest

from upheaval.facts import validate

from .conftest import Copy


@pytest.mark.parametrize("table", ["option_acts", "aid_packages", "events"])
def test_a_row_that_has_moved_by_a_cell_is_told_once(copy: Copy, table: str) -> None:
    rows = copy.rows(table)
    columns = list(rows[5])
    cells = ["", *rows[5].values()][: len(columns)]
    rows[5] = dict(zip(columns, cells, strict=True))
    copy.save(table, rows)
    (problem,) = validate.check(copy.path)
    assert problem.file == f"{table}.csv" and "Have the cells of this row moved" in problem.expected


@pytest.mark.parametrize("table", ["events", "policies", "quotes"])
def test_ids_that_were_exchanged_are_told_once(copy: Copy, table: str) -> None:
    rows = copy.rows(table)
    first, other = (row["id"] for row in (rows[0], rows[-1]))
    rows[0]["id"], rows[-1]["id"] = other, first
    copy.save(table, rows)
    told = [str(problem) for problem in validate.check(copy.path)]
    cause = [one for one in told if "Were the ids of the two exchanged" in one]
    assert len(cause) == 1 and first in cause[0] and other in cause[0], told
    assert len(told) == 1, told


@pytest.mark.parametrize("marks", ["“{}”", "‘{}’", '"{}"', "«{}»", "{}’"])
def test_quotation_marks_about_ids_are_told_once_in_a_cell(copy: Copy, marks: str) -> None:
    rows = copy.rows("events")
    row = next(one for one in rows if one["sources"].count(";") > 1)
    row["sources"] = marks.format(row["sources"])
    copy.save("events", rows)
    (problem,) = validate.check(copy.path)
    assert problem.column == "sources" and row["id"] in problem.row
    assert problem.expected == "Take out the quotation marks: an id has none."


@pytest.mark.parametrize("table", ["option_acts", "claims", "roll_calls", "events"])
def test_a_row_that_is_there_again_under_a_new_id_is_told(copy: Copy, table: str) -> None:
    rows = copy.rows(table)
    rows.append({**rows[-1], "id": "another-name-of-it"})
    copy.save(table, rows)
    problems = [one for one in validate.check(copy.path) if one.file == f"{table}.csv"]
    assert len(problems) == 1, problems
    assert f'whose other cells are those of "{rows[-2]["id"]}"' in problems[0].found
