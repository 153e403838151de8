"""Aid as small multiples: each line beside its rows, one scale, and words worked out by hand."""

from __future__ import annotations

import itertools
from datetime import date

import pandas as pd
import pytest

from drawing.checker import problems
from upheaval import lesson
from upheaval.charts import aid, aid_kinds, aid_sums

MONTHS = lesson.table("aid_over_time")


def few(*rows: tuple[str, str, str, float]) -> pd.DataFrame:
    """Rows of (month, kind, group of donors, billion euros)."""
    frame = pd.DataFrame(rows, columns=["period", "kind", "donor_group", "amount_eur_bn"])
    return frame.assign(as_of=date(2026, 4, 30), sources=[("kiel-2026-r29",)] * len(rows))


SMALL = few(
    ("2024-11", "military", "US", 3.0),
    ("2024-12", "military", "Europe", 1.0),
    ("2025-02", "military", "Europe", 2.0),
    ("2025-02", "financial", "US", 0.5),
    ("2025-02", "humanitarian", "Other", 0.25),
)


def test_sums_are_those_of_their_quarter_and_kind() -> None:
    table = aid_kinds.side_by_side(SMALL).table.set_index("Quarter")
    first, second = (table.iloc[at] for at in (0, 1))
    assert first["Military, United States (billion euros)"] == 3
    assert second["Military, Europe (billion euros)"] == 2
    assert first["Financial, United States (billion euros)"] == 0, "nothing in that quarter"
    added = aid_kinds.side_by_side(SMALL, added=True).table.set_index("Quarter").iloc[1]
    assert added["Military, Europe (billion euros)"] == 3
    assert added["Military, United States (billion euros)"] == 3


def test_the_title_says_when_the_last_money_was_set_aside_or_both_sums() -> None:
    told = "Last U.S. money set aside: military November 2024, financial to the end,"
    assert aid_kinds.side_by_side(SMALL).title == f"{told} humanitarian none"
    sums = "military 3.0 and 3.0, financial 0 and 0.5, humanitarian 0 and 0"
    title = aid_kinds.side_by_side(SMALL, added=True).title
    assert title == f"Europe and the U.S., billion euros: {sums}"
    none = aid_kinds.side_by_side(SMALL[:0])
    assert none.title == "No number for any kind of aid" and "Choose" in none.description


@pytest.mark.parametrize("added", [False, True])
def test_every_panel_draws_what_the_chart_of_its_kind_has_on_one_scale(added: bool) -> None:
    chart = aid_kinds.side_by_side(MONTHS, added)
    assert problems(chart) == []
    assert chart.figure is not None
    for kind, (label, _) in aid_sums.KINDS.items():
        alone = aid.over_time(MONTHS, kind, added).table
        for name, *_ in aid_sums.GROUPS.values():
            ours = chart.table[f"{label}, {name} (billion euros)"]
            assert list(ours) == list(alone[f"{name} (billion euros)"])
    layout = chart.figure.layout
    assert layout.yaxis.range == layout.yaxis2.range == layout.yaxis3.range
    phone = chart.payload()["mobile"]["layout"]
    ends = sorted(tuple(phone[name]["domain"]) for name in ("yaxis", "yaxis2", "yaxis3"))
    assert all(one[1] < other[0] for one, other in itertools.pairwise(ends))
