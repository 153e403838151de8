"""Faults that a reader found by breaking cells, each told; and each cause told once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tiers import few
from upheaval.facts import carried, excerpts, figures, verbatim
from upheaval.facts.causes import folded

from .workbench import Row, Workbench


class Bench(Workbench):
    """One table at a time is changed, and what is told is asked for."""

    def told(self, name: str, change: Callable[[list[Row]], Any]) -> list[str]:
        """What is told when the rows of one table are changed so."""
        rows = [dict(row) for row in self.rows[name]]
        change(rows)
        return [str(one) for one in folded(self.problems(name, rows))]


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return Bench.of(tmp_path_factory.mktemp("rules") / "data")


def cell(row: str, **cells: str) -> Callable[[list[Row]], None]:
    """A change of cells of the row of this name."""
    return lambda rows: next(one for one in rows if one["id"] == row).update(cells)


def without_word(row: str, column: str, word: str, instead: str) -> Callable[[list[Row]], None]:
    """A change of one word in a cell of that row."""

    def change(rows: list[Row]) -> None:
        one = next(one for one in rows if one["id"] == row)
        assert word in one[column]
        one[column] = one[column].replace(word, instead, 1)

    return change


def again(row: str, **cells: str) -> Callable[[list[Row]], None]:
    """One more row like that of this name."""
    return lambda rows: rows.append({**next(one for one in rows if one["id"] == row), **cells})


@pytest.mark.parametrize(
    ("table", "change", "told"),
    few([
        ("quotes", without_word("peskov-fake-news", "text", "another", "a"), "text, whose"),
        ("quotes", without_word("yoon-more-flexibly", "text", "not ", ""), "text, whose"),
        (
            "treaty_clauses",
            without_word("nato-1949-article-4", "excerpt", "consult", "talk"),
            "excerpt, whose",
        ),
        ("quotes", cell("peskov-fake-news", outcome="right"), "Leave it empty"),
        ("quotes", cell("trump-24-hours", outcome=""), "Say what became of the"),
        ("quotes", cell("trump-24-hours", outcome="right"), "It should be one of: kept"),
        ("forecast_questions", cell("icbm-test", settled="2025-03-01"), "a no is settled when"),
        ("forecast_questions", cell("trump-putin", settled="2026-01-15"), "It should be from"),
        ("excerpts", lambda rows: _uncarried(rows, "icbm-test"), "Add an excerpt that carries"),
        (
            "estimates",
            cell("pentagon-2024-11-26-deployed", headline="12,000,000 men"),
            "12,000,000",
        ),
        ("sources", cell("reuters-2024-peskov", date="2026-06-01"), "a page of 2026-06-01"),
        ("errata", lambda rows: rows[-1].update(since="2031-01-01"), "after the day of the next"),
        ("excerpts", lambda rows: rows[0].update(read="2031-01-01"), "after the day of the next"),
        (
            "excerpts",
            lambda rows: rows.append({**rows[5], "id": "again-1", "read": "2026-02-28"}),
            "again. Take this",
        ),
        (
            "exchange",
            again(
                "prk-guns-msmt", id="new-guns", status="claimed", disputed_by="", note=""
            ),
            "to the rows of prk-arms",
        ),
        ("aid_by_donor", lambda rows: rows[0].update(as_of="2026-05-01"), "2026-04-30"),
    ], 4),
)  # fmt: skip
def test_a_fault_is_told(
    bench: Bench, table: str, change: Callable[[list[Row]], None], told: str
) -> None:
    found = bench.told(table, change)
    assert any(told in one for one in found), found


def _uncarried(rows: list[Row], question: str) -> None:
    for one in rows:
        if (one["table"], one["row"]) == ("forecast_questions", question):
            one["carries"] = "question"


#: A change with one cause: the table, and what is changed in its rows.
ONE_CAUSE: list[tuple[str, Callable[[list[Row]], None]]] = [
    ("denials", cell("rus-troops", ended="")),
    ("denials", cell("prk-troops", ended="")),
    ("events", cell("dprk-troops-embark", status_before="")),
    ("events", cell("msmt-first-report", status_since="")),
    ("events", cell("us-confirms-combat", status_before="claimed")),
    ("estimates", cell("us-2024-10-31-kursk", status="disputed")),
    ("estimates", cell("nis-2025-09-02-killed", best="")),
    ("events", cell("kharkiv-hwasong11", date="2024-01-09")),
    ("events", cell("first-dprk-missile-use", disputed_by="RUS;PRKx")),
    ("events", cell("shell-supply-halved", date="2025-11-19")),
    ("exchange", cell("prk-value-fnf-2025", quantity_high="6000000")),
    ("countries", cell("KOR", capital="Tbilisi")),
    ("countries", cell("ZMB", id="ZBM")),
    ("speakers", cell("antony-blinken", country_iso3="UAS")),
    ("denials", cell("prk-troops", by="PKR")),
    ("denials", cell("rus-troops", by="")),
    ("denials", cell("prk-msmt", date="2024-06-02")),
    ("denials", cell("prk-cyber", date="2026-07-03")),
    ("denials", cell("prk-troops", ended="2026-04-28")),
    ("denials", without_word("rus-troops", "rows", "troops-embark", "troops-embrak")),
    ("place_reports", cell("sudzha-fought", status="claimed")),
    ("place_reports", cell("blagoveshchensk-trained", first_reported="")),
    ("events", cell("gerasimov-acknowledges", status="disputed")),
    ("exchange", cell("prk-missiles-us-2024", first_reported="1991-05-05")),
    ("exchange", cell("prk-guns-hur", quantity_high="239")),
    ("exchange", cell("prk-value-fnf-2025", unit="")),
    ("exchange", cell("prk-missile-kharkiv", giver="RUS")),
    ("nuclear_tests", cell("dprk-nuke-3", yield_kt_high="0")),
    ("estimates", cell("nis-2025-04-30-casualties", id="nis-2052-04-30-casualties")),
    ("quotes", cell("kim-jong-un-sorrow", id="kim-jong-un-sorry")),
    ("quotes", cell("kim-jong-un-sorrow", id="rachel-lee-another-level")),
    ("resolutions", cell("A/RES/ES-11/7", id="A/RES/78/316")),
    ("roles", cell("state", sources="kaartmaker-2022-ceasefire")),
    ("quotes", cell("rutte-desperation", sources="voa-2024-kimyojong")),
    ("sources", cell("kbs-2022-shells", date="2027-01-01")),
    ("forecast_questions", cell("trump-kim", settled="2026-12-31")),
    ("forecast_questions", cell("us-votes-against", opens="2027-01-01")),
    ("aid_over_time", cell("2024-04-other-financial", donor_group="Europe")),
    ("aid_over_time", cell("2022-01-other-military", kind="total")),
    ("roll_calls", cell("es-11-2-svn", vote="absent")),
    ("roll_calls", cell("es-11-8-kaz", resolution="A/RES/ES-11/9")),
    ("errata", cell("events-dprk-return-status-before-2", table="claims")),
    ("events", lambda rows: rows.__delitem__(slice(90, None))),
    ("events", lambda rows: rows.extend([dict(row) for row in rows])),
]


@pytest.mark.parametrize(("table", "change"), few(ONE_CAUSE, 8))
def test_one_cause_is_told_once(
    bench: Bench, table: str, change: Callable[[list[Row]], None]
) -> None:
    found = bench.told(table, change)
    assert len(found) == 1, found


def test_a_row_under_a_new_name_is_told_there_with_the_old_one(bench: Bench) -> None:
    (found,) = bench.told("quotes", cell("kim-jong-un-sorrow", id="kim-jong-un-sorry"))
    assert found.startswith('quotes.csv, row "kim-jong-un-sorry"')
    assert 'Was this row "kim-jong-un-sorrow"? Then write that name again.' in found


def test_two_causes_are_told_twice(bench: Bench) -> None:
    def change(rows: list[Row]) -> None:
        cell("kim-jong-un-sorrow", id="kim-jong-un-sorry")(rows)
        cell("peskov-fake-news", outcome="right")(rows)

    assert len(bench.told("quotes", change)) == 2


def test_all_ids_of_a_table_under_new_names_are_one_thing(bench: Bench) -> None:
    """With a prefix before each, as a program that numbers rows writes it."""

    def change(rows: list[Row]) -> None:
        for row in rows:
            row["id"] = f"x-{row['id']}"

    (told,) = bench.told("events", change)
    assert "were ids changed" in told
    sources = bench.told("sources", change)
    assert len(sources) == 1, sources


def test_many_rows_without_an_excerpt_are_told_with_a_count(bench: Bench) -> None:
    def change(rows: list[Row]) -> None:
        rows += [dict(row, id=f"{row['id']}-again", note="Another row.") for row in rows[:30]]

    (told,) = [one for one in bench.told("events", change) if "no excerpt" in one]
    assert "here and in 29 more rows of events.csv" in told


@pytest.mark.thorough
def test_a_sentence_with_hundreds_of_digits_is_read(bench: Bench) -> None:
    """No float holds them, and no text of the row has a figure of that size."""

    def change(rows: list[Row]) -> None:
        for row in rows:
            if row["sentence"] and not row["english"]:
                row["sentence"] += f" {'7' * 400}"

    assert all("column" in one for one in bench.told("excerpts", change))
    assert figures.numbers_in("7" * 400) == frozenset()


def test_the_data_as_they_are_have_no_fault(bench: Bench) -> None:
    assert bench.told("events", lambda rows: None) == []


def test_words_of_scripts_without_spaces_are_counted() -> None:
    assert excerpts.length("北" * 300) == 120
    assert excerpts.length("Er sagte: 北朝鮮") == 4
    assert excerpts.length("북한군이 러시아에 갔다") == 3


def test_a_note_lets_pass_what_it_names() -> None:
    note = "Page of May. title, description: without Seoul, 8,000 and U.S. date: of the page."
    assert carried.left_out(note)["title"] == {"Seoul", "8,000", "U.S"}
    assert carried.explained(note) == {"date"}
    assert "Seoul" not in carried.without(note) and "date: of the page" in carried.without(note)


@pytest.mark.parametrize(
    ("cell", "said", "sound"),
    [
        ("We will not go", "“We will not go,” he said.", True),
        ("We will not go", "“We will never go,” he said.", False),
        ("We will go", "“We will not go,” he said.", False),
        ("We will […] go there", "“We will not go there,” he said.", True),
        ("We will not go there", "“We will […] go there.”", True),
        ("The U.S. president’s words", "the US president's words", True),
    ],
)
def test_quoted_words_are_those_of_the_sentence(cell: str, said: str, sound: bool) -> None:
    assert (verbatim.unsaid(cell, (said,), ()) == "") is sound
