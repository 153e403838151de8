"""Rows as evidence: their kind, their day, and that every chart names rows that are there."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import plotly.graph_objects as go
import pytest

from upheaval import lesson
from upheaval.charts import bug_hunt, clauses, december, exchange, ties, timeline, trade
from upheaval.charts.draw import Chart
from upheaval.facts import citations, evidence, excerpts, tables


@pytest.mark.parametrize(
    ("ref", "kind", "known"),
    [
        ("events/russia-vetoes-panel", "event", "2024-03-28"),
        ("exchange/rus-oil-osc", "exchange", "2024-11-22"),  # first reported, not the period
        ("defence_spending/deu-2014", "spending figure", "2025-08-28"),  # its edition, not 2014
        ("treaty_clauses/sun-prk-1961-article-1", "treaty clause", "1961-07-06"),
        ("deployments_abroad/prk-rus-2024", "precedent", "2026-02-28"),  # as a page of "2026" says
    ],
)
def test_a_row_was_public_by_a_day(ref: str, kind: str, known: str) -> None:
    found = evidence.fact(ref)
    assert found and found.known == known and found.sources
    assert evidence.kind(ref) == kind


def test_every_row_of_every_kind_can_be_dated() -> None:
    for table in evidence.KINDS:
        rows = [evidence.fact(ref) for ref in evidence.refs(table, tables.read(table)["id"])]
        assert rows and all(row and row.known and row.sources for row in rows), table
    assert evidence.fact("events/there-is-none") is None


@pytest.mark.parametrize(
    ("cell", "status"),
    [
        ("✕ disputed then", "disputed"),
        ("● confirmed", "confirmed"),
        ("⬡ a promise", ""),
        (None, ""),
    ],
)
def test_a_status_is_its_word(cell: object, status: str) -> None:
    assert evidence.status_in(cell) == status


DRAWN: dict[str, Callable[[], Chart]] = {
    "timeline": lambda: timeline.swimlanes(lesson.table("events"), "october"),
    "december": lambda: december.december(lesson.table("estimates")),
    "exchange": lambda: exchange.flows(lesson.table("exchange"), known="2024-11-27"),
    "clauses": lambda: clauses.compared(tables.read("treaty_clauses")),
    "ties": lambda: ties.network(lesson.table("ties")),
}


@pytest.fixture(scope="module", params=DRAWN)
def chart(request: pytest.FixtureRequest) -> Chart:
    return DRAWN[request.param]()


def test_each_row_of_a_chart_is_a_row_of_the_collection(chart: Chart) -> None:
    payload = chart.payload()
    rows = payload["rowEvidence"]
    assert len(rows) == len(payload["table"]["rows"]) > 0
    pages = [one["id"] for one in payload["references"]]
    for ref, kind, known, status, cited in rows:
        found = evidence.fact(ref)
        assert found and kind == evidence.kind(ref) and known == found.known
        assert status in ("", "confirmed", "claimed", "disputed", "reported", "speculated")
        assert {pages[one] for one in cited} <= set(found.sources) and cited
    if "Status" in chart.table:
        assert all(row[3] for row in rows), "the status of each row comes along"


def test_each_row_of_a_chart_has_the_sentence_that_it_rests_on(chart: Chart) -> None:
    payload = chart.payload()
    assert len(payload["rowSays"]) == len(payload["table"]["rows"])
    for (ref, *_), says in zip(payload["rowEvidence"], payload["rowSays"], strict=True):
        found = excerpts.said(ref)
        assert found and says
        assert says[:2] == (found.sentence, found.english)
        assert says[2:] == (citations.link(found.source) if found.source else ("", ""))


def test_a_row_that_sums_up_others_has_no_sentence() -> None:
    refs = [evidence.refs("events", ["russia-vetoes-panel", "senate-block"]), "", "events/x"]
    table = pd.DataFrame({"A": ["x", "y", "z"]})
    assert (
        "rowSays"
        not in Chart(go.Figure(), subtitle="", table=table, sources=[], refs=refs).payload()
    )
    refs[1] = "events/senate-block"
    payload = Chart(go.Figure(), subtitle="", table=table, sources=[], refs=refs).payload()
    assert [bool(one) for one in payload["rowSays"]] == [False, True, False]


def test_a_chart_carries_its_own_day() -> None:
    assert DRAWN["exchange"]().payload()["known"] == "2024-11-27"
    assert DRAWN["clauses"]().payload()["known"] <= "2025-04-08"
    assert "known" not in DRAWN["timeline"]().payload(), "its day is what the reader chooses"


def test_what_misleads_on_purpose_is_no_evidence() -> None:
    frame = lesson.table("estimates")
    assert bug_hunt.bug_hunt(frame, "misleading").payload()["misleading"]
    honest = bug_hunt.bug_hunt(frame, "honest").payload()
    assert "misleading" not in honest and honest["rowEvidence"]
    goods = tables.read("dual_use_trade"), tables.read("sources")
    assert trade.figures(*goods, drawing="joined").payload()["misleading"]


def test_a_row_that_sums_up_others_has_their_last_day_and_no_name() -> None:
    refs = evidence.refs("events", ["russia-vetoes-panel", "senate-block"])
    chart = Chart(
        go.Figure(),
        subtitle="",
        table=pd.DataFrame({"A": ["x"]}),
        sources=[],
        refs=[refs],
        known="rows",
    )
    payload = chart.payload()
    assert payload["rowEvidence"] == [("", "event", "2024-03-28", "", [])]
    assert payload["known"] == "2024-03-28"
