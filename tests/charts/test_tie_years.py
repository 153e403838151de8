"""Ties pair by pair and year by year: counts by hand, and the network beside them."""

from __future__ import annotations

import pandas as pd
import pytest

from drawing.checker import problems
from upheaval import lesson
from upheaval.charts import tie_years, ties
from upheaval.facts import evidence
from upheaval.publish.paper import drawn

TIES = lesson.table("ties")


def small(**changes: object) -> pd.DataFrame:
    """Four ties: a pact and arms of Russia and North Korea, goods, and one only speculated."""
    frame = pd.DataFrame(
        {
            "id": ["pact", "shells", "goods", "guess"],
            "a_iso3": ["RUS", "PRK", "CHN", "RUS"],
            "b_iso3": ["PRK", "RUS", "RUS", "IRN"],
            "tie_kind": ["mutual-defence", "arms-transfer", "dual-use-trade", "tech-transfer"],
            "direction": ["mutual", "a->b", "a->b", "a->b"],
            "start_date": ["2024-06-19", "2023-09", "2020-03", "2023"],
            "end_date": [None, None, "2024-01-01", None],
            "strength": [3, 2, 1, 3],
            "status": ["confirmed", "disputed", "reported", "speculated"],
            "sources": [("kh-2024-treaty",), ("csis-2024-backinstock",), ("kh-2024-treaty",), ()],
        }
    )
    return frame.assign(**changes)


def test_pairs_and_years_are_counted_as_by_hand() -> None:
    table = tie_years.over_years(small()).table.set_index("Pair")
    grown, gone = table.loc["North Korea–Russia"], table.loc["China–Russia"]
    assert list(grown[["2022", "2023", "2024", "2025"]]) == [
        "no tie",
        "medium, 1 tie",
        "strong, 2 ties",
        "strong, 2 ties",
    ]
    assert list(gone[["2020", "2024", "2025"]]) == ["weak, 1 tie", "weak, 1 tie", "no tie"]
    assert grown["Ties of 2025 by kind"] == "mutual defence 1 and arms 1"
    assert set(table.loc["Iran–Russia"]) == {"no tie"}, "what is only speculated is no tie"


def test_the_title_compares_2021_with_the_last_year() -> None:
    told = "Strongly tied: none of 6 pairs in 2021, 1 in 2025"
    chart = tie_years.over_years(small())
    assert chart.title == f"{told}; North Korea–Russia: no tie, then 2; 1 of 2 ties disputed"
    assert "North Korea–Russia: no tie in 2021, 2 ties (strong) in 2025" in chart.description
    assert "China–Russia: 1 tie (weak) in 2021, no tie in 2025" in chart.description
    assert "By status" not in chart.description and "confirmed 1, disputed 1." in chart.description
    settled = tie_years.over_years(small(status="confirmed", strength=1)).title
    assert settled.startswith("Tied: 1 of 6 pairs in 2021, 2 in 2025") and "disputed" not in settled


def test_a_kind_without_ties_says_so_and_draws_nothing() -> None:
    chart = tie_years.over_years(small(), "politics")
    assert chart.title == "No tie by summits or votes in any of these years, in our table"
    assert "Choose another kind of tie." in chart.description
    assert {mark for mark, _ in chart.legend} == {"—"}


@pytest.mark.parametrize("kind", [None, *ties.FAMILIES])
def test_every_choice_draws_the_ties_that_the_network_has(kind: str | None) -> None:
    chart = tie_years.over_years(TIES, kind)
    assert problems(chart) == []
    table = chart.table.set_index("Pair")
    for year in tie_years.YEARS:
        network = ties.network(TIES, "four", year, kind)
        cells = [int(cell.split(", ")[1].split()[0]) for cell in table[str(year)] if "," in cell]
        assert sum(cells) == len(network.table)
    # A pair can be kept as evidence: all its ties, and so their last day.
    assert all(evidence.fact(ref) for row in chart.refs for ref in row)


def test_without_a_script_and_on_paper_numbers_stand_beside_their_signs() -> None:
    chart = tie_years.over_years(small())
    assert "<td>■ strong 2</td>" in chart._repr_mimebundle_()["text/html"]
    assert "<td>— no tie</td>" in chart._repr_mimebundle_()["text/html"]
    shown = drawn.lines(chart.payload()["markedRows"], [sign for sign, _ in chart.legend])
    assert "<td>■ 2</td>" in shown and "<td>—</td>" in shown, "the legend says what signs mean"


def test_another_kind_is_refused() -> None:
    with pytest.raises(KeyError):
        tie_years.over_years(TIES, "friendship")
