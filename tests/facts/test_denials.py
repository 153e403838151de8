"""General denials: every row of the same thing is disputed from and until the same days."""

from __future__ import annotations

import pandas as pd
import pytest

from tiers import few
from upheaval.facts import denials, tables, validate

from .conftest import Copy

SOLDIERS = {
    "estimates": "deployed_in_russia in_kursk cumulative_sent additional_sent killed wounded"
    " killed_and_wounded moving_to_kursk planned_kursk planned_total planned_additional",
    "exchange": "troops",
    "ties": "troops",
}
"""What is about North Korean soldiers in Russia's war, by the column that says what a row is of."""
KIND = {"estimates": "measure", "exchange": "category", "ties": "tie_kind"}


@pytest.mark.parametrize("name", SOLDIERS)
def test_every_claim_of_soldiers_before_they_were_acknowledged_was_disputed(name: str) -> None:
    rows = tables.read(name).set_index("id", drop=False)
    date = "start_date" if name == "ties" else "first_reported"
    public = tables.span(rows[date])["start"]
    if name == "estimates":
        public = public.fillna(tables.span(rows["date"])["start"])
    wanted = rows[KIND[name]].isin(SOLDIERS[name].split())
    then = public.between("2024-10-01" if name == "ties" else "2024-10-10", "2025-04-25")
    told = rows[wanted & then & ~rows["status"].isin(["reported", "speculated"])]
    assert len(told) > {"estimates": 30}.get(name, 0)
    assert set(told["status_before"]) == {"disputed"}
    assert told["status_since"].between("2025-04-26", "2025-04-28").all()
    about = {one for rows in tables.read("denials")["rows"] for one in rows}
    assert {f"{name}/{one}" for one in told["id"]} <= about


def test_a_reader_of_that_time_sees_the_dispute_in_estimates_too() -> None:
    for day, status in (("2024-11-12", "disputed"), ("2025-05-01", "claimed")):
        then = tables.as_of(tables.read("estimates"), day).set_index("id")["status"]
        assert then["us-2024-10-31-kursk"] == status, day


def test_eleven_governments_are_read_alike() -> None:
    rows = tables.read("estimates").set_index("id")
    assert rows.loc["msmt-2025-05-workers", "status"] == "disputed"
    assert rows.loc["msmt-2025-05-deployed", "status"] == "claimed", "it was acknowledged before"
    msmt = tables.read("exchange").set_index("id")
    workers, count = msmt.loc["prk-workers-msmt-2024"], rows.loc["msmt-2025-05-workers"]
    for column in ("status", "status_before", "status_since", "disputed_by"):
        assert workers[column] == count[column]


@pytest.mark.parametrize(
    ("table", "row", "cells", "column", "told"),
    few(
        [
        ("estimates", "us-2024-10-31-kursk", {"status_before": "", "status_since": ""},
         "status_before", "disputed until 2025-04-26"),
        ("estimates", "us-2024-10-31-kursk", {"status_since": "2025-03-01"},
         "status_since", "not be before 2025-04-26"),
        ("estimates", "us-2024-10-31-kursk", {"status": "disputed", "status_before": "claimed"},
         "status", "disputed until 2025-04-26"),
        ("exchange", "rus-ew-jammers", {"status_before": "", "status_since": ""},
         "status_since", "2025-06-02"),
        ("exchange", "rus-pantsir-hur",
         {"status_before": "claimed", "status_since": "2025-07-03"},
         "status_since", "Leave it empty"),
        ("exchange", "prk-shells-nis-2025", {"disputed_by": "RUS"}, "disputed_by", "Add PRK"),
        ("events", "us-covert-shells-claim", {"disputed_by": ""},
         "disputed_by", '"disputed" needs one'),
        ("ties", "irn-rus-shahed", {"disputed_by": ""}, "disputed_by", '"disputed" needs one'),
        ("place_reports", "rajin-loaded", {"status": "claimed"}, "status", "prk-arms"),
        ("ties", "rus-prk-funds", {"disputed_by": "RUS"}, "disputed_by", "never disputed"),
        ],
        3,
    ),
)  # fmt: skip
def test_a_row_that_breaks_the_rule_is_told_once(
    copy: Copy, table: str, row: str, cells: dict[str, str], column: str, told: str
) -> None:
    copy.change(table, lambda one: one["id"] == row, **cells)
    found = [one for one in validate.check(copy.path) if one.file == f"{table}.csv"]
    assert [one.column for one in found] == [column], found
    assert told in str(found[0])


def test_what_was_denied_and_given_up_is_no_longer_disputed() -> None:
    rows = tables.read("denials")
    ended = rows[rows["ended"].notna()]
    assert set(ended["by"]) == {"RUS", "PRK"}
    for ref in {one for rows in ended["rows"] for one in rows}:
        name, _, row = ref.partition("/")
        cells = tables.read(name).set_index("id").loc[row]
        others = set(cells["disputed_by"]) - {"RUS", "PRK"}
        assert cells["status"] != denials.DISPUTED or others, ref
        assert others or pd.notna(cells["status_since"]), ref
