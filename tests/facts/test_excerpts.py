"""The sentences that rows rest on: what they say, and what is told of those that do not say it."""

from __future__ import annotations

import csv
from typing import Any

import pytest

from tiers import few
from upheaval.facts import citations, evidence, excerpts, tables, validate
from upheaval.facts.excerpts import Said

from .conftest import Copy

#: The tables of which every row has its sentence.
EXCERPTED = [
    *("events", "estimates", "exchange", "place_reports", "claims", "quotes", "policies"),
    *("aid_totals", "ties", "treaty_clauses", "dual_use_trade", "deployments_abroad"),
    *("evidence", "forecast_questions", "options"),
]


def test_every_excerpt_is_short_and_names_a_row_and_a_source_of_it() -> None:
    table = tables.read("excerpts")
    assert len(table) > 100
    assert table.loc[table["sentence"].notna(), "sentence"].str.split().str.len().max() <= 40
    assert (table["sentence"].notna() == table["source"].notna()).all()


def _with_number(copy: Copy) -> dict[str, str]:
    """An excerpt without a note that carries a lowest number of an estimate."""
    return next(
        row
        for row in copy.rows("excerpts")
        if row["table"] == "estimates" and "low" in row["carries"].split(";") and not row["note"]
    )


@pytest.mark.parametrize(
    ("cells", "column", "told"),
    few(
        [
            ({"sentence": "Soldiers went there."}, "carries", "is not in the sentence"),
            ({"sentence": " ".join(["word"] * 41)}, "sentence", "41 words"),
            ({"sentence": ""}, "sentence", "nothing"),
            ({"source": ""}, "source", "nothing"),
            ({"carries": ""}, "carries", "nothing"),
            ({"carries": "colour"}, "carries", "colour"),
            ({"carries": "best"}, "carries", "best, which is empty there"),
            ({"row": "nobody-counts"}, "row", "nobody-counts"),
            ({"source": "georgetown-2024-axis"}, "source", "no source of that row"),
        ],
        1,
    ),
)
def test_a_fault_of_an_excerpt_is_told_with_its_cell(
    copy: Copy, cells: dict[str, Any], column: str, told: str
) -> None:
    one = _with_number(copy)["id"]
    copy.change("excerpts", lambda row: row["id"] == one, **cells)
    found = [str(problem) for problem in validate.check(copy.path) if problem.column == column]
    assert any("excerpts.csv" in problem and told in problem for problem in found), found


@pytest.mark.parametrize("table", few(EXCERPTED, 2))
def test_a_new_row_needs_its_sentence(copy: Copy, table: str) -> None:
    """The line that is shown as an example is one: filled in, it is what the row needs."""
    old = copy.rows(table)[0]
    other = next(name for name in ("note", "reason", "why", "what") if name in old)
    new = {**old, "id": "quite-new", other: "What makes it another row."}
    copy.save(table, [*copy.rows(table), new])
    found = [one for one in validate.check(copy.path) if one.column == "id"]
    (message,) = (str(one) for one in found if "has no excerpt" in str(one))
    assert table in message and "quite-new" in message

    rows = copy.rows("excerpts")
    (like,) = (one for one in rows if f'"{one["id"]}"' in message)
    assert like["table"] == table and like["sentence"]
    line = message[message.index(f"{table.replace('_', '-')}-quite-new-1,") :]
    filled = dict(zip(rows[0], next(csv.reader([line.partition(" Or, ")[0]])), strict=True))
    assert (filled["table"], filled["row"]) == (table, "quite-new")
    assert filled["carries"] and set(filled["carries"].split(";")) <= set(new)
    assert filled["source"] in new["sources"].split(";")

    own = [one for one in rows if (one["table"], one["row"]) == (table, old["id"])]
    for at, one in enumerate(own, 1):
        said = {name: one[name] for name in ("sentence", "english", "source", "carries", "note")}
        rows.append(filled | said | {"id": f"{filled['id'][:-1]}{at}"})
    copy.save("excerpts", rows)
    assert "quite-new" not in " ".join(
        str(one) for one in validate.check(copy.path) if one.file == "excerpts.csv"
    )


# -- which sentence a reader is shown --------------------------------------------------------------
SHOWN = ("date", "title", "low", "high")
BOTH = (("low", "high"), Said("Between 1 and 2.", "", "a"))
ONE = (("low",), Said("At least 1.", "", "b"))
MORE = (("low", "high", "note"), Said("Between 1 and 2, as of May.", "", "c"))
KOREAN = (("low", "high", "note"), Said("하나에서 둘", "One to two.", "d"))
HIDDEN = (("note", "claimant", "first_reported"), Said("They say so.", "", "e"))
NONE = ((), Said())


@pytest.mark.parametrize(
    ("found", "best"),
    [
        ([ONE, BOTH], BOTH),
        ([BOTH, ONE], BOTH),
        ([HIDDEN, ONE], ONE),  # it carries more, but nothing that is shown
        ([BOTH, MORE], MORE),
        ([KOREAN, MORE], MORE),
        ([BOTH, KOREAN], KOREAN),
        ([BOTH, (BOTH[0], Said("Again: 1 or 2.", "", "f"))], BOTH),
        ([NONE, HIDDEN], HIDDEN),
        ([NONE], NONE),
    ],
)
def test_the_sentence_that_carries_most_of_what_is_shown_is_chosen(
    found: list[Any], best: Any
) -> None:
    assert excerpts.most_of(SHOWN, found) == best[1]


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("They went.", "They went."),
        ("“We go,” he said.", "‘We go,’ he said."),
        ('"We go," he said ("soon").', "‘We go,’ he said (‘soon’)."),
        ("It's Seoul’s “view”.", "It's Seoul’s ‘view’."),
    ],
)
def test_quotation_marks_inside_a_quoted_sentence_are_single(text: str, inside: str) -> None:
    assert excerpts.inside_marks(text) == inside


def test_every_row_that_can_be_evidence_has_its_sentence_or_says_that_none_was_read() -> None:
    excerpted = {name for name in tables.names() if tables.resource(name).get("excerpted")}
    assert set(excerpts.SHOWN) == excerpted & set(evidence.KINDS)
    unread = 0
    for name, shown in excerpts.SHOWN.items():
        frame = tables.read(name)
        assert set(shown) <= set(frame.columns)
        found = [excerpts.said(ref) for ref in evidence.refs(name, frame["id"])]
        assert all(found), name
        unread += sum(not one.sentence for one in found if one)
    assert unread <= 0.05 * len(tables.read("excerpts")["row"].unique())


def test_a_row_of_a_table_without_excerpts_has_none() -> None:
    assert excerpts.said("missile_tests/anything") is None
    assert excerpts.said("events/nobody-knows") is None


def test_on_a_day_only_pages_of_that_time_are_quoted() -> None:
    rows = tables.read("excerpts")
    dated = {
        ref: excerpts.said(ref, "2024-11-27")
        for ref in "quotes/" + rows["row"][rows["table"] == "quotes"]
    }
    pages = [one.source for one in dated.values() if one and one.source]
    assert pages and len(pages) < len(dated)
    assert set(citations.public_by(pages, "2024-11-27")) == set(pages)


def test_a_sentence_that_was_mended_is_read_anew(
    copy: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UPHEAVAL_DATA", str(copy.path))
    row = next(one for one in copy.rows("excerpts") if one["table"] == "events")
    others = [one for one in copy.rows("excerpts") if one["row"] != row["row"]]
    for text in ("It flew.", "It flew again."):
        copy.save("excerpts", [*others, {**row, "sentence": text}])
        found = excerpts.said(f"events/{row['row']}")
        assert found and found.sentence == text
    copy.save("excerpts", [*others, {**row, "sentence": "", "source": "", "carries": ""}])
    assert excerpts.said(f"events/{row['row']}") == Said()


@pytest.mark.parametrize(
    ("cells", "column", "told"),
    few(
        [
            ({"sentence": "Они там."}, "english", "Say in english what the sentence says"),
            (
                {"sentence": "그들은 거기에 있다."},
                "english",
                "Say in english what the sentence says",
            ),
            ({"carries": "title;id"}, "carries", "id, which no page says"),
            ({"carries": "title;weak;sources"}, "carries", "which no page says"),
            ({"read": "1999-12-31"}, "read", "when the page was not there"),
            ({"source": "nobody-2024-says"}, "source", "row of sources.csv"),
        ],
        1,
    ),
)
def test_a_fault_of_an_excerpt_is_told_once_a_cause(
    copy: Copy, cells: dict[str, str], column: str, told: str
) -> None:
    copy.change("excerpts", lambda row: row["id"] == "events-dprk-blames-us-2022-1", **cells)
    found = validate.check(copy.path)
    assert {one.column for one in found} == {column}
    assert len(found) == len({"weak", "sources"} & {*cells.get("carries", "").split(";")} or {1})
    assert all(told in str(one) for one in found)


def test_a_row_with_a_sentence_is_not_called_unread(copy: Copy) -> None:
    rows = copy.rows("excerpts")
    empty = {"sentence": "", "english": "", "source": "", "carries": "", "note": "unread: x"}
    copy.save("excerpts", [*rows, {**rows[0], **empty, "id": "new-1"}])
    (problem,) = validate.check(copy.path)
    assert problem.column == "sentence" and "Take this one out" in str(problem)


def test_where_excerpts_cannot_be_read_no_headline_is_blamed(copy: Copy) -> None:
    copy.change("excerpts", lambda row: True, carries="title;title")
    (problem,) = validate.check(copy.path)
    assert problem.column == "carries"


@pytest.mark.parametrize(
    ("table", "cells", "column"),
    few(
        [
            ("excerpts", {"sentence": ""}, "sentence"),
            ("excerpts", {"sentence": "", "note": "", "english": "Said."}, "sentence"),
            ("events", {"disputed_by": ""}, "disputed_by"),
        ],
        1,
    ),
)
def test_what_is_emptied_is_told_once(
    copy: Copy, table: str, cells: dict[str, str], column: str
) -> None:
    ids = {"excerpts": "events-msmt-first-report-3", "events": "msmt-first-report"}
    assert any(
        row["id"] == ids["excerpts"] and "disputed_by" in row["carries"]
        for row in copy.rows("excerpts")
    )
    copy.change(table, lambda row: row["id"] == ids[table], **cells)
    (problem,) = validate.check(copy.path)
    assert problem.column == column
