"""The grid of explanations: a few rows by hand, every choice on the real table, and where its rows
come from.
"""

from __future__ import annotations

import itertools

import pandas as pd
import pytest

from upheaval import lesson
from upheaval.charts import draw, hypotheses, standings
from upheaval.facts import tables
from upheaval.methods import hypotheses as ach

EVIDENCE = lesson.table("evidence")
KEYS = list(hypotheses.HYPOTHESES)


def row(name: str, day: str, kind: str, weights: str, marks: str) -> dict[str, object]:
    """One row of a small table; `weights` are two words, `marks` five."""
    credibility, relevance = weights.split()
    return {
        "id": name,
        "date": day,
        "kind": kind,
        "short": f"Short {name}",
        "statement": f"Statement {name}",
        "from_table": "events",
        "from_id": "putin-kim-treaty",
        "origin": kind,
        "credibility": credibility,
        "relevance": relevance,
        **dict(zip(KEYS, marks.split(), strict=True)),
        "sources": ("kbs-2024-unpanel",),
        "reason": f"Reason {name}",
    }


@pytest.fixture
def few() -> pd.DataFrame:
    """Scores: money 2 (weight 2), technology 1 (II at weight 0.5), the others 0.

    Row c has no diagnostic value.
    """
    return pd.DataFrame(
        [
            row("a", "2024-06-01", "act", "high high", "I N N CC N"),
            row("b", "2025-06-01", "services", "low low", "N II N N N"),
            row("c", "2024-10-01", "own-words", "medium medium", "C C C C C"),
        ]
    )


# -- by hand ---------------------------------------------------------------------------------------
def test_title_and_words_say_what_the_marks_add_up_to(few: pd.DataFrame) -> None:
    chart = hypotheses.grid(few)
    assert (
        chart.title
        == "No row here speaks against 3 of 5 explanations; “Money and goods” worst, with 2.00"
    )
    assert (
        chart.description
        == "Speaks against: Money and goods 2.00, Technology 1.00, Combat experience 0.00, Treaty"
        " and guarantee 0.00, Weight with Beijing 0.00. 2 of the rows, left out alone, would change"
        " who stands best. 3 rows of evidence, 1 without diagnostic value (the same mark for all)."
    )
    assert list(chart.table["Evidence"]) == ["Statement a", "Statement b", "Statement c"]
    # Row a: pairs (I,N) three times 1, (I,CC) 3, (CC,N) three times 2, (N,N) three times 0: 12 over
    # 10.
    assert list(chart.table["Diagnosticity"]) == [1.2, 0.8, 0.0]
    assert chart.table.at[0, "Treaty and guarantee"] == "⊕ CC"
    assert chart.table.at[1, "Marks"] == "A · B ⊖ C · D · E ·"


@pytest.mark.parametrize(
    ("order", "rows"), [("diagnosticity", "abc"), ("credibility", "acb"), ("date", "acb")]
)
def test_rows_stand_in_the_order_asked_for(few: pd.DataFrame, order: str, rows: str) -> None:
    assert [cell[-1] for cell in hypotheses.grid(few, order).table["Evidence"]] == list(rows)


def test_a_kind_left_out_and_an_earlier_day(few: pd.DataFrame) -> None:
    without = hypotheses.grid(few, without="act")
    assert (
        without.title
        == "Without what was done in the open: no row here speaks against 4 of 5 explanations"
    )
    early = hypotheses.grid(few, known="2024-11-27")
    assert len(early.table) == 2 and early.subtitle.endswith("public by 27 November 2024")
    one = hypotheses.grid(few.iloc[2:])
    assert one.title == "No row here speaks against 5 of 5 explanations"
    assert "1 row of evidence" in one.description


def test_nothing_left_says_what_to_change(few: pd.DataFrame) -> None:
    empty = hypotheses.grid(few, known="2023-01-01").payload()
    assert (
        empty["empty"]
        and empty["title"] == "No evidence is left"
        and "Choose a later day" in empty["description"]
    )


def test_one_row_less(few: pd.DataFrame) -> None:
    assert (
        standings.standings(few).title
        == "“Combat experience”, “Treaty and guarantee” and “Weight with Beijing” stand best, with"
        " 0.00 against each"
    )
    less = standings.standings(few, without="a")
    assert (
        less.title
        == "Without “Short a”: “Money and goods”, “Combat experience”, “Treaty and guarantee” and "
        "“Weight with Beijing” now stand best"
    )
    assert "What is left out moves Money and goods." in less.description
    assert list(less.table["With all rows"]) == [2, 1, 0, 0, 0]
    assert standings.standings(few, without="c").title.endswith("still stand best")
    fits = standings.standings(few, "for")
    assert (
        fits.title
        == "Most rows fit “Treaty and guarantee” (2); most speaks against “Money and goods” (1 fit)"
    )


def test_all_rows_of_one_origin_go_together() -> None:
    rows = [
        row("a", "2024-06-01", "act", "high high", "I N N N N"),
        row("b", "2025-06-01", "act", "low low", "N I N N N"),
        row("c", "2024-10-01", "services", "medium medium", "N N I I I"),
    ]
    frame = pd.DataFrame(rows)
    assert [value for _, value in standings.row_options(frame)][-1] == "from: act", "several rows"
    less = standings.standings(frame, without="from: act")
    assert less.title.startswith("Without act: “Money and goods” and “Technology”")
    assert list(less.table["Speaks against it (weighted)"]) == [0, 0, 1, 1, 1]
    with pytest.raises(KeyError):
        standings.standings(frame, without="from: services")


def test_words_that_are_not_there_are_refused(few: pd.DataFrame) -> None:
    for wrong in ({"order": "size"}, {"without": "x"}):
        with pytest.raises(KeyError):
            hypotheses.grid(few, **wrong)
    for wrong in ({"count": "x"}, {"without": "x"}):
        with pytest.raises(KeyError):
            standings.standings(few, **wrong)


def test_markup_stays_text(few: pd.DataFrame) -> None:
    few["short"] = "<b>x</b><script>"
    for chart in (hypotheses.grid(few), standings.standings(few, without="a")):
        assert "<script" not in chart._repr_mimebundle_()["text/html"]
    assert "&lt;b&gt;x" in hypotheses.grid(few)._repr_mimebundle_()["text/html"]


# -- the real table --------------------------------------------------------------------------------
@pytest.mark.parametrize("known", [value for _, value in draw.as_of_options(hypotheses.AS_OF)])
def test_every_choice_agrees_with_its_rows(known: str | None) -> None:
    for (_, order), (_, without) in itertools.product(
        draw.options(hypotheses.ORDERS), draw.options(hypotheses.KINDS, first="nothing")
    ):
        chart = hypotheses.grid(EVIDENCE, order, without, known)
        assert f"{len(chart.table)} rows of evidence" in chart.description and len(chart.table) >= 4
        assert chart.rows and chart.rows.scale is None
        signs = [[f"{one.sign}" for one in line.cells if one] for line in chart.rows.lines]
        said = chart.table[list(hypotheses.NAMES.values())].to_numpy().tolist()
        assert signs == [[cell.split()[0] for cell in row] for row in said]
        assert without is None or hypotheses.KINDS[without] not in set(chart.table["Kind"])
    if known is None:
        for (_, count), (_, left) in itertools.product(
            draw.options(standings.COUNTED), standings.row_options(EVIDENCE)
        ):
            assert len(standings.standings(EVIDENCE, count, left).table) == len(KEYS)


def test_each_row_is_taken_from_a_row_that_is_there_and_trusted() -> None:
    for one in EVIDENCE.itertuples():
        origin = lesson.table(one.from_table).set_index("id")
        assert one.from_id in origin.index, (
            one.id,
            "the row is not there, or it is marked as weak",
        )
        if one.from_table != "sources":
            assert set(origin.at[one.from_id, "sources"]) & set(one.sources), (
                one.id,
                "no source in common",
            )
        dated = str(origin.at[one.from_id, "date"]) if "date" in origin else one.date
        assert dated[:4] <= one.date[:4], (one.id, "public before it happened")


def test_the_table_is_what_the_lesson_says_of_it() -> None:
    """The key points of lesson 09: who stands best and worst now, and that it was nearly the other
    way round.
    """
    now = ach.ranking(ach.inconsistency(EVIDENCE, KEYS))
    then = ach.ranking(ach.inconsistency(tables.as_of(EVIDENCE, hypotheses.AS_OF[0]), KEYS))
    assert now.first == ("guarantee",) and now.groups[-1] == ("money",)
    assert then.groups[-1] == ("guarantee",) and "money" in then.first
    # Every explanation has something against it and something for it, and every kind of evidence
    # occurs.
    assert (
        min(ach.inconsistency(EVIDENCE, KEYS).values()) > 0
        and min(ach.support(EVIDENCE, KEYS).values()) > 0
    )
    assert set(EVIDENCE["kind"]) == set(hypotheses.KINDS)


def test_the_triangle_stands_under_the_least_that_speaks_against() -> None:
    for order, kind in itertools.product(hypotheses.ORDERS, (None, *hypotheses.KINDS)):
        drawn = hypotheses.grid(EVIDENCE, order, kind).rows
        assert drawn
        sums = [float(column.note.removesuffix(" ▲")) for column in drawn.columns]
        least = [column.note.endswith("▲") for column in drawn.columns]
        assert least == [one == min(sums) for one in sums]


def test_the_axis_of_the_standings_says_what_is_counted() -> None:
    for label, count in draw.options(standings.COUNTED):
        chart = standings.standings(EVIDENCE, count)
        assert chart.rows and chart.rows.scale
        title = chart.rows.scale.title
        assert title == standings.COUNTS[count] and title in chart.table.columns, label
