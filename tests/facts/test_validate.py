"""The rules across rows and tables: the real folder passes, and each way of breaking it is told."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from tiers import few
from upheaval.facts import dates, plain_text, tables, validate
from upheaval.facts.problems import DataProblem

from .conftest import Copy

Row = dict[str, str]


def test_the_collection_has_no_problem() -> None:
    assert [str(problem) for problem in validate.check()] == []


def change(table: str, wanted: Callable[[Row], bool], **cells: str) -> Callable[[Copy], str]:
    """Set cells in the first row that is wanted."""
    return lambda copy: copy.change(table, wanted, **cells)


def any_row(row: Row) -> bool:
    """Any row will do."""
    return True


def repeat_first_id(copy: Copy) -> str:
    """Give the second event the id of the first."""
    first = copy.rows("events")[0]["id"]
    return copy.change("events", lambda row: row["id"] != first, id=first)


def add_unused_source(copy: Copy) -> str:
    """Add a source that no row cites."""
    rows = copy.rows("sources")
    new = {**rows[0], "id": "nobody-2024-cites", "title": "A page of its own"}
    copy.save("sources", [*rows, new])
    return "nobody-2024-cites"


def confirmed_by(states: str, claimant: str) -> Callable[[Copy], str]:
    """Rest a confirmed event on one state medium, owned by `states`, with this claimant."""

    def break_it(copy: Copy) -> str:
        medium = next(row["id"] for row in copy.rows("sources") if row["state_media_of"] == states)
        cells = {"status": "confirmed", "sources": medium, "claimant": claimant}
        return copy.change("events", any_row, **cells)

    return break_it


def drop_a_vote(copy: Copy) -> str:
    """Lose one vote of the roll call."""
    rows = copy.rows("roll_calls")
    copy.save("roll_calls", rows[1:])
    return rows[0]["resolution"]


SPEAKER = next(row for row in tables.read("speakers")["id"])
BROKEN: list[Any] = [
    pytest.param("events", "id", repeat_first_id, ["again; line 2"], id="duplicate id"),
    pytest.param(
        "countries",
        "short_name",
        change("countries", lambda row: row["id"] == "UN", short_name="Russia"),
        ['"Russia" again'],
        id="duplicate name",
    ),
    pytest.param(
        "events",
        "sources",
        change("events", any_row, sources="no-such-source"),
        ['"no-such-source"', "sources.csv"],
        id="dangling source",
    ),
    pytest.param(
        "sources", "id", add_unused_source, ["no row cites", "Take it out"], id="unused source"
    ),
    pytest.param(
        "events",
        "actors",
        change("events", any_row, actors="XYZ"),
        ['"XYZ"', "countries.csv"],
        id="actor unknown",
    ),
    pytest.param(
        "events",
        "claimant",
        change("events", any_row, claimant="XYZ"),
        ['"XYZ"', "countries.csv"],
        id="claimant unknown",
    ),
    pytest.param(
        "quotes",
        "speaker",
        change("quotes", any_row, speaker=SPEAKER + "x"),
        [f'Did you mean "{SPEAKER}"?'],
        id="speaker unknown",
    ),
    pytest.param(
        "ties", "b_iso3", change("ties", any_row, b_iso3="XYZ"), ['"XYZ"'], id="country unknown"
    ),
    pytest.param(
        "estimates",
        "low",
        change("estimates", any_row, low="9", high="5", best=""),
        ['"9" with "5" in high', "not be above high"],
        id="low above high",
    ),
    pytest.param(
        "estimates",
        "best",
        change("estimates", any_row, low="5", high="9", best="12"),
        ['"12" with "9" in high'],
        id="best above high",
    ),
    pytest.param(
        "estimates",
        "best",
        change("estimates", any_row, low="5", high="", best="3"),
        ['"3" with "5" in low'],
        id="best below low",
    ),
    pytest.param(
        "exchange",
        "quantity_low",
        change("exchange", any_row, quantity_low="9", quantity_high="5"),
        ["quantity_high"],
        id="quantities",
    ),
    pytest.param(
        "nuclear_tests",
        "yield_kt_point",
        change("nuclear_tests", any_row, yield_kt_point="900"),
        ["yield_kt_high"],
        id="yields",
    ),
    pytest.param(
        "deployments_abroad",
        "end",
        change("deployments_abroad", any_row, start="1970", end="1965"),
        ["not be before start"],
        id="ends before it starts",
    ),
    pytest.param(
        "ties",
        "end_date",
        change("ties", any_row, start_date="2024-06", end_date="2024-05-31"),
        ["not be before start_date"],
        id="tie ends before it starts",
    ),
    pytest.param(
        "resolutions",
        "yes",
        change("resolutions", any_row, yes="3"),
        ['3 votes "yes"', "roll_calls.csv has"],
        id="totals do not agree",
    ),
    pytest.param("resolutions", "", drop_a_vote, ["roll_calls.csv has"], id="roll call incomplete"),
    pytest.param(
        "events",
        "status",
        confirmed_by("RUS", ""),
        ["state media alone", "claimant"],
        id="state media alone",
    ),
    pytest.param(
        "events",
        "status",
        confirmed_by("RUS", "PRK"),
        ["state media alone"],
        id="state media of another state",
    ),
    pytest.param(
        "sources",
        "state_media_of",
        change("sources", lambda row: row["kind"] == "state-media", state_media_of=""),
        ["owns the outlet"],
        id="state medium of no state",
    ),
    pytest.param(
        "sources",
        "state_media_of",
        change("sources", lambda row: row["kind"] == "news", state_media_of="RUS"),
        ["no other kind"],
        id="owner of what is no state medium",
    ),
    pytest.param(
        "events",
        "date_precision",
        change("events", lambda row: len(row["date"]) == 10, date_precision="month"),
        ['"month"', "known to the day"],
        id="date precision",
    ),
    pytest.param(
        "events",
        "why_it_matters",
        change("events", any_row, landmark="A turn", why_it_matters=""),
        ["landmark", "Say in one sentence"],
        id="landmark without reason",
    ),
    pytest.param(
        "events",
        "why_it_matters",
        change("events", any_row, landmark="", why_it_matters="It does."),
        ["without a landmark"],
        id="reason without landmark",
    ),
    pytest.param(
        "events",
        "status_since",
        change("events", any_row, status="confirmed", status_before="claimed", status_since=""),
        ["nothing", "or neither"],
        id="status before without since",
    ),
    pytest.param(
        "events",
        "status_before",
        change(
            "events", any_row, status="claimed", status_before="claimed", status_since="2024-01-01"
        ),
        ['"claimed"', "differ from status"],
        id="status that did not change",
    ),
    pytest.param(
        "events",
        "status_since",
        change(
            "events",
            any_row,
            date="2024-10-08",
            date_precision="day",
            status="confirmed",
            status_before="claimed",
            status_since="2024-10-07",
        ),
        ["not be before the event"],
        id="status that changed before the event",
    ),
    pytest.param(
        "exchange",
        "status_since",
        change(
            "exchange",
            lambda row: row["status"] == "confirmed" and not row["disputed_by"],
            status_before="claimed",
            status_since="2001-10-07",
        ),
        ["not be before the event"],
        id="status that changed before the thing was reported",
    ),
    pytest.param(
        "events",
        "description",
        change("events", any_row, description="<script>alert(1)</script>"),
        ['"<s"', "script"],
        id="script",
    ),
    pytest.param(
        "quotes",
        "text",
        change("quotes", any_row, text="Nice <img src=x onerror=alert(1)>"),
        ["markup"],
        id="image with a handler",
    ),
    pytest.param(
        "events",
        "note",
        change("events", any_row, note='x" onerror=alert(1)'),
        ["onerror"],
        id="handler",
    ),
    pytest.param(
        "events",
        "title",
        change("events", any_row, title="[x](JavaScript:alert(1))"),
        ["JavaScript:"],
        id="script address",
    ),
    pytest.param(
        "sources",
        "url",
        change("sources", any_row, url="ftp://example.org/a"),
        ["https://"],
        id="address that is not http",
    ),
    pytest.param(
        "events",
        "title",
        change("events", any_row, title="Kimâ€™s visit"),
        ["wrong encoding"],
        id="letters from a wrong encoding",
    ),
]


@pytest.mark.parametrize(("table", "column", "break_it", "said"), few(BROKEN, 6))
def test_each_rule_tells_file_row_and_column(
    copy: Copy, table: str, column: str, break_it: Callable[[Copy], str], said: list[str]
) -> None:
    row = break_it(copy)
    messages = [str(problem) for problem in validate.check(copy.path)]
    start = f'{table}.csv, row "{row}" (line '
    named = [text for text in messages if text.startswith(start) and f'column "{column}' in text]
    assert named, messages
    for phrase in said:
        assert any(phrase in text for text in named), named


def test_an_admission_may_rest_on_state_media(copy: Copy) -> None:
    confirmed_by("RUS", "RUS")(copy)
    assert not [problem for problem in validate.check(copy.path) if problem.column == "status"]


def test_a_medium_of_two_states_speaks_for_both(copy: Copy) -> None:
    confirmed_by("RUS;PRK", "PRK")(copy)
    assert not [problem for problem in validate.check(copy.path) if problem.column == "status"]


def test_a_file_that_the_schema_does_not_describe_is_told(copy: Copy) -> None:
    (copy.path / "mine.csv").write_text("id\n1\n", encoding="utf-8")
    assert [problem.file for problem in validate.check(copy.path)] == ["mine.csv"]


def test_a_missing_table_is_told_once_and_stops_no_other_rule(copy: Copy) -> None:
    copy.file("ties").unlink()
    row = copy.change("estimates", any_row, low="9", high="5", best="")
    problems = validate.check(copy.path)
    # The sentence that carried the number is told as well, last.
    files = [problem.file for problem in problems if problem.file != "excerpts.csv"]
    assert files == ["estimates.csv", "ties.csv"]
    assert row in problems[0].row


def test_broken_sources_do_not_hide_the_other_tables(copy: Copy) -> None:
    copy.file("sources").write_bytes(b"")
    assert str(validate.check(copy.path)[0]).startswith("sources.csv: found an empty file")


def test_a_missing_schema_is_one_problem(copy: Copy) -> None:
    (copy.path / "datapackage.json").unlink()
    assert [problem.file for problem in validate.check(copy.path)] == ["datapackage.json"]


def test_a_byte_order_mark_is_no_problem(copy: Copy) -> None:
    path = copy.file("events")
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert validate.check(copy.path) == []


@pytest.mark.parametrize(
    "text",
    [
        "a < b",
        "it cost 5 <",
        "on Monday = day 1",
        "JavaScript is a language",
        "A -> B",
        "based on: x",
        "ä é ő Ã",
    ],
)
def test_plain_text_is_not_taken_for_markup(text: str) -> None:
    assert list(plain_text.faults(text)) == []


# -- one more row ----------------------------------------------------------------------------------
GOOD: dict[str, Any] = {
    "id": "my-row",
    "date": "2024-10-23",
    "estimator": "White House (Kirby)",
    "estimator_side": "US",
    "measure": "deployed_in_russia",
    "low": 3000,
    "as_of_note": "at least 3,000",
    "status": "claimed",
    "claimant": ["USA"],
    "weak": False,
    "sources": "statesman-2024-kirby",
}


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_a_good_row_is_accepted_and_nothing_is_written(copy: Copy) -> None:
    before = contents(copy.path)
    assert validate.try_row("estimates", GOOD, copy.path) == []
    assert contents(copy.path) == before


@pytest.mark.parametrize(
    "values",
    few(
        [
            {"weak": "no"},
            {"claimant": ("USA",)},
            {"claimant": "USA"},
            {"low": "3000"},
            {"low": np.int64(3000)},
            {"weak": np.bool_(False)},
            {"high": None},
            {"high": math.nan},
            {"high": pd.NA},
            {"first_reported": pd.NaT},
            {"first_reported": pd.Timestamp("2024-10-23")},
            {"disputed_by": []},
        ],
        4,
    ),
    ids=repr,
)
def test_cells_may_be_text_or_values(values: dict[str, Any]) -> None:
    assert validate.try_row("estimates", GOOD | values) == []


def test_a_row_that_was_read_can_be_tried_under_another_id() -> None:
    for name in ("estimates", "events", "nuclear_tests"):
        row = tables.read(name).iloc[0]
        assert validate.try_row(name, {**row, "id": "my-row"}) == [], name
        (again,) = validate.try_row(name, row)
        assert again.column == "id" and "line 2 has it already" in again.found


REFUSED: list[Any] = [
    pytest.param({"date": "2024-11-31"}, "date", "in no calendar", id="bad date"),
    pytest.param(
        {"sources": "statesman-2024-kirbi"},
        "sources",
        'Did you mean "statesman-2024-kirby"?',
        id="source",
    ),
    pytest.param({"low": 12000, "high": 10000}, "low", "not be above high", id="low above high"),
    pytest.param(
        {"low": None, "high": 9, "best": 12}, "best", '"12" with "9" in high', id="best above high"
    ),
    pytest.param({"low": "3,000"}, "low", "thousands separators", id="number as people write it"),
    pytest.param({"low": 3000.5}, "low", "whole number", id="half a soldier"),
    pytest.param({"status": "true"}, "status", "claimed", id="status unknown"),
    pytest.param({"claimant": "USSR"}, "claimant", "countries.csv", id="claimant unknown"),
    pytest.param({"id": "us-2024-10-23-deployed"}, "id", "has it already", id="id taken"),
    pytest.param({"id": ""}, "id", "must be filled", id="no id"),
    pytest.param({"lowest": 3000}, "lowest", "Did you mean low?", id="column unknown"),
    pytest.param({"estimator": "<script>alert(1)</script>"}, "estimator", "markup", id="script"),
]


@pytest.mark.parametrize(("cells", "column", "said"), few(REFUSED, 8))
def test_a_faulty_row_is_refused_with_file_row_column_and_what_is_right(
    cells: dict[str, Any], column: str, said: str
) -> None:
    row = GOOD | cells
    problems = validate.try_row("estimates", row)
    assert [problem.column for problem in problems] == [column]
    line = len(tables.read("estimates")) + 2
    name = f'row "{row["id"]}" (line {line})' if row["id"] else f"line {line}"
    assert str(problems[0]).startswith(f'estimates.csv, {name}, column "{column}": found ')
    assert said in str(problems[0])


def test_state_media_confirm_only_what_their_state_admits() -> None:
    sources = tables.read("sources")
    of_russia = next(row.id for row in sources.itertuples() if row.state_media_of == ("RUS",))
    cells = {"status": "confirmed", "sources": of_russia}
    (problem,) = validate.try_row("estimates", GOOD | cells)
    assert problem.column == "status" and "state media alone" in problem.found
    assert validate.try_row("estimates", GOOD | cells | {"claimant": "RUS"}) == []


def test_an_empty_row_lists_every_cell_that_must_be_filled() -> None:
    needed = {
        field["name"]
        for field in tables.schema("estimates")["fields"]
        if field.get("constraints", {}).get("required")
    }
    assert {problem.column for problem in validate.try_row("estimates", {})} == needed


def test_a_row_that_breaks_a_rule_elsewhere_is_told_with_that_place(copy: Copy) -> None:
    vote = {**tables.read("roll_calls").iloc[0], "id": "one-vote-more"}
    assert [problem.file for problem in validate.try_row("roll_calls", vote)] == ["resolutions.csv"]
    source = {**tables.read("sources").iloc[0], "id": "nobody-2024-cites"}
    assert ["no row cites" in problem.found for problem in validate.try_row("sources", source)] == [
        True
    ]
    broken = copy.change("exchange", any_row, quantity_low="9", quantity_high="5")
    assert broken and validate.try_row("estimates", GOOD, copy.path) == [], (
        "an older fault is not this row's"
    )
    assert len(validate.try_row("roll_calls", vote, copy.path)) == 1


def test_what_is_no_row_and_what_is_no_table(copy: Copy) -> None:
    for wrong in (None, "row", [1, 2], 3):
        (problem,) = validate.try_row("estimates", wrong)  # type: ignore[arg-type]
        assert problem.found == "no row"
    with pytest.raises(DataProblem, match="Did you mean estimates"):
        validate.try_row("estimate", GOOD)
    copy.file("estimates").write_bytes(b"")
    with pytest.raises(DataProblem, match="empty file"):
        validate.try_row("estimates", GOOD, copy.path)


@pytest.mark.parametrize(
    ("table", "column", "day"),
    [
        ("events", "date", "2026-06-24"),
        ("events", "first_reported", "2026-07-01"),
        ("estimates", "date", "2026-03"),
        ("ties", "start_date", "2027"),
    ],
)
def test_a_day_that_the_collection_does_not_know_is_told(
    copy: Copy, table: str, column: str, day: str
) -> None:
    precise = {"date_precision": "day"} if (table, column) == ("events", "date") else {}
    wanted = {"events": "unga-2026"}.get(table)
    copy.change(
        table,
        lambda row: row["id"] == wanted if wanted else not row.get("end_date"),
        **{column: day, **precise},
    )
    found = [str(one) for one in validate.check(copy.path) if one.column == column]
    assert len([one for one in found if "the collection knows the world until 2026-02" in one]) == 1


def test_no_row_is_public_before_it_happens_unless_it_was_announced(copy: Copy) -> None:
    for table in tables.REPORTED:
        rows = copy.rows(table)
        start = tables.resource(table)["dateColumn"]
        one = next(row for row in rows if not row[start].startswith("/") and not row["note"])
        copy.change(table, lambda row, one=one: row["id"] == one["id"], first_reported="1930")
    early = [one for one in validate.check(copy.path) if "not be before" in one.expected]
    assert {one.file for one in early} == {f"{table}.csv" for table in tables.REPORTED}
    assert {one.column for one in early} == {"first_reported"}
    promise = {"first_reported": "1930", "note": "It was announced beforehand."}
    copy.change("exchange", lambda row: not row["note"], **promise)
    told = [one for one in validate.check(copy.path) if one.file == "exchange.csv"]
    assert not [one for one in told if one.column == "first_reported"]


#: Tables that are read to the end of a series (`knowledgeNote`), and those that explain its words.
OF_A_SERIES = ("aid_totals", "aid_by_donor", "aid_over_time", "defence_spending", "missile_tests")
OF_A_SERIES += ("glossary", "countries")


def test_no_source_is_later_than_what_the_collection_knows_but_for_the_series() -> None:
    last = dates.bounds(tables.knowledge_as_of())[1]
    published = tables.read("sources").set_index("id")["date"]
    starts = tables.span(published)["start"]
    late = set(published.index[starts > pd.Timestamp(last)])
    assert late, "the series of aid are read to their end"
    cited = {
        (name, one)
        for name in tables.names()
        if name not in OF_A_SERIES and "sources" in tables.read(name).columns
        for sources in tables.read(name)["sources"]
        for one in sources
    }
    assert not [(name, one) for name, one in cited if one in late]


@pytest.mark.parametrize(
    ("table", "key"),
    few(
        [
            ("policies", "dimension administration"),
            ("aid_by_donor", "iso3 measure"),
            ("defence_spending", "edition country_iso3 year"),
            ("military_balance", "iso3 year"),
            ("option_ratings", "option criterion"),
            ("second_codings", "coder quote"),
        ],
        2,
    ),
)
def test_a_second_row_about_the_same_is_told_with_the_first(
    copy: Copy, table: str, key: str
) -> None:
    """Such a row broke a lesson, or was counted twice, and had a name of its own."""
    first = copy.rows(table)[0]
    copy.save(table, [*copy.rows(table), {**first, "id": "one-more"}])
    found = [str(one) for one in validate.check(copy.path) if "has it already" in str(one)]
    assert len(found) == 1 and "one-more" in found[0] and f'"{first["id"]}"' in found[0]
    assert all(f"in {name}" in found[0] for name in key.split())


def test_what_was_admitted_from_the_start_was_not_admitted_later(copy: Copy) -> None:
    copy.change(
        "deployments_abroad", lambda one: one["id"] == "aus-vnm-1964", acknowledged_later="yes"
    )
    found = [one for one in validate.check(copy.path) if one.column == "acknowledged_later"]
    assert len(found) == 1 and '"yes" in acknowledged_at_time' in str(found[0])
