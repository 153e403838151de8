"""Forecasts: what a word of likelihood costs at a base rate, and what one ending makes of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from .. import theme
from ..chart import Chart
from ..encoding import Cell, Fixed, Mapped, Numbers, Position, Said, encode, encode_layout
from ..facts import tables
from ..methods import forecasting

Row = dict[str, Any]

#: The day on which the questions were asked: nothing later goes into a base rate.
ASKED = "2024-11-27"
#: Always saying 50 % scores this, whatever happens.
EVEN = forecasting.brier(0.5, True)

COUNTINGS = {
    "record": "as the record is",
    "succession": "with one more of each (rule of succession)",
}
ENDINGS = {
    "often": "many times, at this rate",
    "yes": "once, and it came true",
    "no": "once, and it did not",
}

# Pixels.
_HEAD, _ROW, _FOOT = 26, 46, 44


# -- base rates ------------------------------------------------------------------------------------
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
        "nuclear": _years("A nuclear test", nuclear, int(nuclear["date"].dt.year.min())),
        "nuclear-quiet": _years("A nuclear test", nuclear, int(nuclear["date"].dt.year.max()) + 1),
        "icbm": _years("An ICBM launch", flights, int(flights["date"].dt.year.min())),
        "icbm-long": _years("An ICBM launch", flights, begin),
        "vote": _votes(roll_calls, resolutions),
    }


def _years(label: str, events: pd.DataFrame, first: int) -> ReferenceClass:
    """Calendar years from ``first`` to the year of `ASKED`, with at least one of the events."""
    last = int(ASKED[:4])
    before = tables.as_of(events, ASKED, "date")
    years = before["date"].dt.year
    cited = tuple(dict.fromkeys(one for ids in before["sources"] for one in ids))
    return ReferenceClass(
        f"{label}, {first} to {last}",
        "years",
        int(years[years >= first].nunique()),
        last - first + 1,
        cited,
    )


def _votes(roll_calls: pd.DataFrame, resolutions: pd.DataFrame) -> ReferenceClass:
    before = tables.as_of(resolutions, ASKED, "date")
    cast = roll_calls[
        (roll_calls["country_iso3"] == "USA") & roll_calls["resolution"].isin(before["id"])
    ]
    cited = tuple(dict.fromkeys(one for ids in cast["sources"] for one in ids))
    return ReferenceClass(
        "A U.S. vote against a UN resolution on Ukraine",
        "votes",
        int((cast["vote"] == "no").sum()),
        len(cast),
        cited,
    )


def class_options(classes: Mapping[str, ReferenceClass]) -> list[tuple[str, str]]:
    """(label, value) of the reference classes."""
    return [(f"{one.label} ({one.record})", name) for name, one in classes.items()]


def counting_options() -> list[tuple[str, str]]:
    """(label, value) of the ways to make a rate of a record."""
    return [(label, name) for name, label in COUNTINGS.items()]


def ending_options() -> list[tuple[str, str]]:
    """(label, value) of what happened: often, or once."""
    return [(label, name) for name, label in ENDINGS.items()]


# -- what a word costs -----------------------------------------------------------------------------
def word_scores(
    classes: Mapping[str, ReferenceClass],
    terms: pd.DataFrame,
    which: str = "nuclear",
    counting: str = "record",
    ending: str = "often",
) -> Chart:
    """The Brier score of each word of likelihood: of its band's middle, and the best and worst.

    ``classes`` are `reference_classes`, ``which`` the key of one; ``terms`` is the table
    ``probability_words``. Where the ending is ``"often"``, the score is the mean over many cases
    that come true at the base rate. Raises ``KeyError`` for an unknown class, counting or ending.
    """
    chosen, said = classes[which], ENDINGS[ending]
    share = {"often": chosen.rate(counting), "yes": 1.0, "no": 0.0}[ending]
    rows = [_scored(row, share) for row in tables.records(terms.sort_values("order"))]
    return Chart(
        _bars(rows),
        title=_title(rows, chosen, counting, ending),
        subtitle=(
            "Brier score of each word (0 is perfect, 1 the worst); "
            f"{chosen.label[0].lower()}{chosen.label[1:]}; {said}"
        ),
        description=_description(rows, chosen, counting, ending),
        table=_table(rows),
        name=f"word-scores-{which}",
        sources=_cited(terms, chosen),
        legend=[
            ("●", "the middle of the word's band, better than always 50 %"),
            ("○", "the same, not better"),
            ("━", "from the best to the worst number in the band"),
        ],
        mobile={"marks": 0.9},
        as_of=tables.spell(ASKED),
    )


def _table(rows: list[Row]) -> pd.DataFrame:
    """The words with their bands and scores."""
    return pd.DataFrame(
        [
            [
                row["term"],
                row["low"],
                row["high"],
                *(round(row[part], 3) for part in _PARTS),
                _beside(row),
            ]
            for row in rows
        ],
        columns=[
            _WORD,
            "From (%)",
            "To (%)",
            *_PARTS.values(),
            _BESIDE,
        ],
    )


#: The scores of a word, with their headings in the table.
_PARTS = {
    "middle": "Score of the middle",
    "best": "Best in the band",
    "worst": "Worst in the band",
}
_WORD, _BESIDE = "Word", "Beside always 50 %"


def _scored(row: Mapping[Any, Any], share: float) -> Row:
    """One word with its band's scores.

    A score in a band is least nearest to the share, most at an end.
    """
    low, high = row["low_pct"] / 100, row["high_pct"] / 100
    ends = [forecasting.expected_brier(end, share) for end in (low, high)]
    return {
        "term": row["term"],
        "low": int(row["low_pct"]),
        "high": int(row["high_pct"]),
        "middle": forecasting.expected_brier((low + high) / 2, share),
        "best": forecasting.expected_brier(min(max(share, low), high), share),
        "worst": max(ends),
    }


def _cited(terms: pd.DataFrame, chosen: ReferenceClass) -> list[str]:
    return list(
        dict.fromkeys([one for ids in terms["sources"] for one in ids] + list(chosen.sources))
    )


def _better(row: Row) -> bool:
    return _beside(row) == "better"


def _beside(row: Row) -> str:
    """How a word does beside always 50 %, as far as the two decimals that are printed tell."""
    ahead = round(EVEN - row["middle"], 2)
    return "better" if ahead > 0 else "worse" if ahead < 0 else "equal"


def _least(rows: Iterable[Row]) -> Row:
    return min(rows, key=lambda row: float(row["middle"]))


# -- words -----------------------------------------------------------------------------------------
def percent(rate: float) -> str:
    """A rate in per cent, without needless decimals: `26 %`, `0 %`."""
    return f"{100 * rate:.0f} %"


def _title(rows: list[Row], chosen: ReferenceClass, counting: str, ending: str) -> str:
    best = _least(rows)
    if ending == "yes":
        return f"One yes makes “{best['term']}” look best, however unlikely it had been"
    if ending == "no":
        return f"One no makes “{best['term']}” look best, however likely it had been"
    counted = "" if counting == "record" else f", read as {percent(chosen.rate(counting))}"
    return (
        f"If {chosen.record} is the rate{counted}, “{best['term']}” costs least:"
        f" {best['middle']:.2f}"
    )


def _description(rows: list[Row], chosen: ReferenceClass, counting: str, ending: str) -> str:
    better = [row["term"] for row in rows if _better(row)]
    best, worst = _least(rows), max(rows, key=lambda row: float(row["middle"]))
    rate = percent(chosen.rate(counting))
    over = (
        f"Over many cases at a base rate of {rate}"
        if ending == "often"
        else (
            f"After one case that {'came true' if ending == 'yes' else 'did not come true'}, "
            f"whatever its base rate was ({rate})"
        )
    )
    return (
        f"{len(rows)} words are scored. {over}, the middle of “{best['term']}” scores"
        f" {best['middle']:.2f} and of “{worst['term']}” {worst['middle']:.2f}. Better than always"
        f" 50 % ({EVEN:.2f}): {', '.join(better) or 'none'}."
    )


# -- drawing ---------------------------------------------------------------------------------------
#: A trace of text or lines: nothing of it answers a pointer, and the frame cuts none of it off.
_QUIET = {"type": "scatter", "hoverinfo": "skip", "cliponaxis": False}


def _bars(rows: list[Row]) -> go.Figure:
    tops = [_HEAD + at * _ROW for at in range(len(rows))]
    height = _HEAD + _ROW * len(rows)
    said = Said(after="always 50 %")
    even = {
        **_QUIET,
        "mode": "text",
        "textposition": "middle right",
        "textfont": {"size": 12},
        "x": [EVEN],
        "y": [11],
        "text": [f" always 50 %: {EVEN:.2f}"],
        "meta": encode([None], {"x": said, "y": Fixed(11), "text": Said()}),
    }
    return theme.figure(
        _bands(rows, tops),
        _marks(rows, tops),
        _labels(rows, tops),
        even,
        height=height + _FOOT,
        showlegend=False,
        shapes=[_even_line(height)],
        meta=encode_layout([{"x0": said, "x1": said}]),
        margin={"l": 12, "r": 16, "t": 0, "b": _FOOT, "autoexpand": False},
        xaxis={
            **theme.FIXED_AXIS,
            "range": [0, 1],
            "tickformat": ".2~f",
            "nticks": 6,
            "title": {"text": "Brier score: less is better", "standoff": 6},
        },
        yaxis=theme.row_axis(height),
    )


def _bands(rows: list[Row], tops: list[int]) -> Row:
    """A line a word, from the best to the worst score in its band."""
    return {
        **_QUIET,
        "mode": "lines",
        "line": {"width": 5, "color": theme.GREY},
        "x": [x for row in rows for x in (row["best"], row["worst"], None)],
        "y": [y for top in tops for y in (top + 33, top + 33, None)],
        "meta": encode(
            [one for row in range(len(rows)) for one in (row, row, None)],
            {
                "x": [Cell(_PARTS["best"]), Cell(_PARTS["worst"]), None] * len(rows),
                "y": Position(),
            },
        ),
    }


def _marks(rows: list[Row], tops: list[int]) -> Row:
    """A mark a word: the score of the middle of its band."""
    hover = [
        f"{theme.escape_html(row['term'])}: {row['middle']:.2f}"
        f" ({row['best']:.2f} to {row['worst']:.2f})"
        for row in rows
    ]
    return {
        "type": "scatter",
        "mode": "markers",
        "ids": [str(at) for at in range(len(rows))],
        "cliponaxis": False,
        "x": [row["middle"] for row in rows],
        "y": [top + 33 for top in tops],
        "hovertext": hover,
        "hovertemplate": "%{hovertext}<extra></extra>",
        "marker": {
            "size": 13,
            "color": theme.BLUE,
            "line": {"width": 2, "color": theme.BLUE},
            "symbol": ["circle" if _better(row) else "circle-open" for row in rows],
        },
        "meta": encode(
            range(len(rows)),
            {
                "x": Cell(_PARTS["middle"]),
                "hovertext": Numbers(_WORD, tuple(_PARTS.values())),
                "y": Position(),
                "marker.symbol": Mapped(
                    _BESIDE, {"better": "circle", "equal": "circle-open", "worse": "circle-open"}
                ),
            },
        ),
    }


def _labels(rows: list[Row], tops: list[int]) -> Row:
    """A word with its band and the score of its middle, right above its mark."""
    return {
        **_QUIET,
        "mode": "text",
        "textposition": "middle right",
        "textfont": {"size": 13},
        "x": [0] * len(rows),
        "y": [top + 12 for top in tops],
        "text": [
            f"<b>{theme.escape_html(row['term'])}</b>, {row['low']} to {row['high']} %:"
            f" {row['middle']:.2f}"
            for row in rows
        ],
        # Right above its mark, within the row.
        "meta": encode(
            range(len(rows)),
            {
                "x": Fixed(0),
                "y": Position(offset=12 - 33),
                "text": Numbers(_WORD, ("From (%)", "To (%)", _PARTS["middle"])),
            },
        ),
    }


def _even_line(height: int) -> Row:
    """The score that always saying 50 % has, from the top to the axis."""
    return {
        "type": "line",
        "x0": EVEN,
        "x1": EVEN,
        "y0": 4,
        "y1": height,
        "layer": "below",
        "line": {"width": 1.5, "dash": "dash", "color": theme.GREY},
    }


# -- questions -------------------------------------------------------------------------------------
def base_rates(questions: pd.DataFrame) -> pd.Series:
    """Each question's base rate, 0 to 1 by the rule of succession; NaN where no cases were counted.

    ``questions`` is the table ``forecast_questions``.
    """
    return questions.apply(
        lambda row: (
            float("nan")
            if pd.isna(row["base_cases"])
            else forecasting.succession(int(row["base_hits"]), int(row["base_cases"]))
        ),
        axis=1,
    )
