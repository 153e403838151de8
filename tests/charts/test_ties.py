"""The network of ties: counts by hand, every choice, and words that agree with the rows."""

from __future__ import annotations

import itertools
import math

import pandas as pd
import pytest

from tiers import STEPS
from upheaval import lesson
from upheaval.charts import tie_lines, tie_years, ties
from upheaval.facts import tables
from upheaval.phrases import LONGEST


def small(**changes: object) -> pd.DataFrame:
    """Three ties: Russia and North Korea strongly both ways, China to Russia, and one that is only
    speculated.
    """
    frame = pd.DataFrame(
        {
            "id": ["pact", "goods", "guess"],
            "a_iso3": ["RUS", "CHN", "RUS"],
            "b_iso3": ["PRK", "RUS", "IRN"],
            "tie_kind": ["mutual-defence", "dual-use-trade", "tech-transfer"],
            "direction": ["mutual", "a->b", "a->b"],
            "start_date": ["2024-06-19", "2022-03", "2023"],
            "end_date": [None, "2024-01-01", None],
            "strength": [3, 2, 3],
            "strength_reason": ["binding", "much", "expected"],
            "description": ["A pact", "Goods", "A guess"],
            "status": ["confirmed", "reported", "speculated"],
            "sources": [("kh-2024-treaty",), ("csis-2024-backinstock",), ("kh-2024-treaty",)],
        }
    )
    return frame.assign(**changes)


def test_pairs_are_counted_as_by_hand() -> None:
    chart = ties.network(small(), year=2024)
    assert chart.title == "2024: 2 of 6 pairs tied, 1 strongly; new: North Korea–Russia"
    assert (
        chart.description
        == "By pair: China and Russia 1 (medium); North Korea and Russia 1 (strong). 2 ties are"
        " shown. By status: confirmed 1, reported 1."
    )
    assert list(chart.table["Kind"]) == ["dual-use trade", "mutual defence"]
    assert chart.sources == ["kh-2024-treaty", "csis-2024-backinstock"]


def test_a_tie_that_ended_or_has_not_begun_is_not_drawn() -> None:
    now = ties.network(small(), year=2025).title
    assert now == "2025: only North Korea and Russia have strong ties; no longer: China–Russia"
    assert ties.network(small(), year=2023).title == "2023: only China and Russia tied, as in 2022"
    strong = ties.network(small(), year=2024, least=3).title
    assert strong == "2024: only North Korea and Russia have strong ties"
    assert (
        ties.network(small(), year=2024, kind="trade").title
        == "2024: only China and Russia tied by trade or help around sanctions, as in 2023"
    )


def test_a_tie_of_a_year_without_a_stop_is_told_under_the_last_one() -> None:
    """It would else be nowhere, without a word; one that is only expected is no tie."""
    late = small(start_date=["2026-01-15", "2022-03", "2026"], end_date=[None, None, None])
    said = "not drawn: 1 that began after 2025"
    assert said in ties.network(late, year=2025).subtitle
    assert said in tie_years.over_years(late).subtitle
    assert "not drawn" not in ties.network(late, year=2024).subtitle
    assert "not drawn" not in ties.network(small(), year=2025).subtitle
    assert "not drawn" not in ties.network(late, "allies", 2025).subtitle


def test_a_title_tells_what_changed_since_the_stop_before() -> None:
    grown = pd.concat([small(), small(start_date=["2024-06", "2024-01", "2024-01"])])
    now = ties.network(grown, year=2024)
    assert now.title == "2024: 2 of 6 pairs tied, 1 strongly; new: North Korea–Russia"
    trade = ties.network(grown, year=2024, kind="trade").title
    assert trade.endswith(" around sanctions: 2, after 1 in 2023")
    assert ties.network(grown, year=2025, least=3).title.endswith("have strong ties, as in 2024")


def test_a_title_says_how_many_ties_are_disputed() -> None:
    two = small(status=["disputed", "reported", "speculated"])
    assert "; 1 of 2 ties disputed" in ties.network(two, year=2024).title


@pytest.mark.thorough
def test_every_title_of_the_table_is_short_enough() -> None:
    frame = lesson.table("ties")
    for group, made in ties.GROUPS.items():
        for year, kind, least in itertools.product(made.years, [None, *ties.FAMILIES], (1, 2, 3)):
            chart = ties.network(frame, group, year, kind, least)
            assert len(chart.title) <= LONGEST, chart.title
            rows = sum("disputed" in one for one in chart.table["Status"])
            assert least > 1 or kind or "strong" in chart.title, "a check of the hood asks for it"
            every = {len(chart.table): "both" if rows == 2 else f"all {rows}"} if rows > 1 else {}
            share = every.get(rows, f"{rows} of {len(chart.table)}")
            assert (f"; {share} ties disputed" in chart.title) == bool(rows)


def test_what_is_only_speculated_is_no_tie() -> None:
    assert "Iran" not in ties.network(small(), year=2024).description
    assert "Iran" in ties.network(small(status="claimed"), year=2024).description


def test_arrows_point_to_who_receives() -> None:
    positions = tie_lines._positions(ties.GROUPS["four"].states)
    (head,) = [
        trace
        for trace in ties.network(small(), year=2023).figure.data
        if trace.marker.symbol == "arrow"
    ]
    assert len(head.x) == 1, "China gives to Russia: one head"
    assert math.dist((head.x[0], head.y[0]), positions["RUS"]) == pytest.approx(
        tie_lines.GAP, abs=0.01
    )
    assert head.marker.angle[0] == -45, "from the lower right to the upper left"
    (heads,) = [
        trace
        for trace in ties.network(small(), year=2025).figure.data
        if trace.marker.symbol == "arrow"
    ]
    assert sorted(heads.marker.angle) == [-90, 90] or sorted(heads.marker.angle) == [
        90,
        270,
    ], "a pact goes both ways"


def test_states_keep_their_places_whatever_is_tied() -> None:
    for group in ties.GROUPS.values():
        positions = tie_lines._positions(group.states)
        assert all(
            math.hypot(*position) == pytest.approx(1, abs=0.001) for position in positions.values()
        )
        first = positions[group.states[0]]
        assert first[0] < 0 < first[1]


def test_nothing_left_says_what_to_change() -> None:
    chart = ties.network(small(), year=2000)
    assert chart.title == "2000: no tie in our table fits these choices"
    assert "None of the ties" in chart.description and "Choose another year" in chart.description
    assert chart.table.empty and chart.payload()["empty"]


@STEPS
def test_every_choice_draws_and_counts_its_rows(step: int) -> None:
    frame = lesson.table("ties")
    for group, kinds in (("four", (None, *ties.FAMILIES)), ("allies", (None, "arms"))):
        choices = itertools.product(ties.GROUPS[group].years, kinds, tie_lines.STRENGTHS)
        for year, kind, least in [*choices][::step]:
            chart = ties.network(frame, group, year, kind, least)
            count = len(chart.table)
            said = {0: "None of the ties", 1: "One tie is"}.get(count, f"{count} ties are")
            assert said in chart.description, (group, year, kind, least)
            labels = next(trace.text for trace in chart.figure.data if trace.mode == "text")
            said = chart.description.split(" By status")[0].count("(")
            assert len(labels) == said, (group, year, kind, least)


def test_kinds_are_each_in_one_family_and_have_words() -> None:
    rules = next(field for field in tables.schema("ties")["fields"] if field["name"] == "tie_kind")
    kinds = rules["constraints"]["enum"]
    assert sorted(kind for family in ties.FAMILIES.values() for kind in family.kinds) == sorted(
        kinds
    )
    assert set(ties.KINDS) == set(kinds)


def test_wrong_choices_are_refused_and_text_is_no_markup() -> None:
    with pytest.raises(KeyError):
        ties.network(small(), "five")
    with pytest.raises(ValueError, match="Strength"):
        ties.network(small(), least=4)
    payload = ties.network(small(description="<img src=x onerror=alert(1)>"), year=2024).payload()
    assert "<img" not in str(payload["figure"])
