"""Base rates: what happened before the questions were asked, counted by class of cases."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from ..facts import tables
from ..methods import forecasting
from . import draw

#: What classes of cases are called.
TEXTS = {
    "years": "{event}, {first} to {last}",
    "nuclear": "A nuclear test",
    "icbm": "An ICBM launch",
    "vote": "A U.S. vote against a UN resolution on Ukraine",
}

#: The day on which the questions were asked: nothing later goes into a base rate.
ASKED = "2024-11-27"


@dataclass(frozen=True)
class ReferenceClass:
    """Cases counted together: it happened in ``hits`` of ``cases`` (``unit``: years, votes)."""

    label: str
    unit: str
    hits: int
    cases: int
    sources: tuple[str, ...]

    @property
    def record(self) -> str:
        """The count in words: `5 of 19 years`."""
        return f"{self.hits} of {self.cases} {self.unit}"

    def rate(self, counting: str = "record") -> float:
        """The base rate, 0 to 1, by one of `COUNTINGS`. Raises ``KeyError`` for another."""
        methods = {"record": forecasting.base_rate, "succession": forecasting.succession}
        return methods[counting](self.hits, self.cases)


def reference_classes(
    missiles: pd.DataFrame,
    nuclear: pd.DataFrame,
    roll_calls: pd.DataFrame,
    resolutions: pd.DataFrame,
) -> dict[str, ReferenceClass]:
    """Five classes of cases before `ASKED`, two of them each twice, with another first year.

    The arguments are the tables ``missile_tests``, ``nuclear_tests``, ``roll_calls`` and
    ``resolutions``.
    """
    flights = missiles[missiles["class"] == "ICBM"]
    begin = int(missiles["date"].dt.year.min())
    return {
        "nuclear": _years("nuclear", nuclear, int(nuclear["date"].dt.year.min())),
        "nuclear-quiet": _years("nuclear", nuclear, int(nuclear["date"].dt.year.max()) + 1),
        "icbm": _years("icbm", flights, int(flights["date"].dt.year.min())),
        "icbm-long": _years("icbm", flights, begin),
        "vote": _votes(roll_calls, resolutions),
    }


def _years(event: str, events: pd.DataFrame, first: int) -> ReferenceClass:
    """Calendar years from ``first`` to the year of `ASKED`, with at least one of the events."""
    last = int(ASKED[:4])
    before = tables.as_of(events, ASKED, "date")
    years = before["date"].dt.year
    hits = int(years[years >= first].nunique())
    label = TEXTS["years"].format(event=TEXTS[event], first=first, last=last)
    return ReferenceClass(label, "years", hits, last - first + 1, _cited(before))


def _votes(roll_calls: pd.DataFrame, resolutions: pd.DataFrame) -> ReferenceClass:
    before = tables.as_of(resolutions, ASKED, "date")
    ours = roll_calls[roll_calls["country_iso3"] == "USA"]
    cast = ours[ours["resolution"].isin(before["id"])]
    hits = int((cast["vote"] == "no").sum())
    return ReferenceClass(TEXTS["vote"], "votes", hits, len(cast), _cited(cast))


def _cited(rows: pd.DataFrame) -> tuple[str, ...]:
    return tuple(draw.cited(tables.records(rows)))


def percent(rate: float) -> str:
    """A rate in per cent, without needless decimals: `26 %`, `0 %`."""
    return f"{100 * rate:.0f} %"


def base_rates(questions: pd.DataFrame) -> pd.Series:
    """Each question's base rate, 0 to 1 by the rule of succession; NaN where no cases were counted.

    ``questions`` is the table ``forecast_questions``.
    """

    def rate(row: pd.Series) -> float:
        if pd.isna(row["base_cases"]):
            return float("nan")
        return forecasting.succession(int(row["base_hits"]), int(row["base_cases"]))

    return questions.apply(rate, axis=1)
