"""Forecasts: what a word of likelihood costs at a base rate, and what one ending makes of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from ..facts import tables
from ..methods import forecasting
from .base_rates import ASKED, ReferenceClass, percent
from .draw import Bar, Chart, Dot, Group, Line, Mark, Rows, Scale, chosen, theme, uncapital

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

_WORD, _FROM, _TO, _BESIDE = "Word", "From (%)", "To (%)", "Beside always 50 %"
_SCORES = _MIDDLE, _BEST, _WORST = "Score of the middle", "Best in the band", "Worst in the band"
_BETTER = Mark("square", "■", theme.BLUE, "the middle of the word's band, better than always 50 %")
_OTHER = Mark("square-open", "□", theme.BLUE, "the same, not better")

#: The words of titles, subtitles and descriptions.
TEXTS = {
    "often": "If {record} is the rate{counted}, “{best}” costs least: {score:.2f}",
    "yes": "One yes makes “{best}” look best, however unlikely it had been",
    "no": "One no makes “{best}” look best, however likely it had been",
    "counted": ", read as {rate}",
    "subtitle": "Brier score of each word (0 perfect, 1 worst); {what}; {ending}",
    "scores": "{over}, the middle of “{best}” scores {score:.2f} and of “{worst}” {most:.2f}."
    " Better than always 50 % ({even:.2f}): {better}. {count} words are scored.",
    "band": "from the best to the worst number in the band",
    "scale": "Brier score: less is better; the dashed line is always 50 %",
    "over often": "Over many cases at a base rate of {rate}",
    "over yes": "After one case that came true, whatever its base rate was ({rate})",
    "over no": "After one case that did not come true, whatever its base rate was ({rate})",
}


def class_options(classes: Mapping[str, ReferenceClass]) -> list[tuple[str, str]]:
    """(label, value) of the reference classes."""
    return [(f"{one.label} ({one.record})", name) for name, one in classes.items()]


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
    case, ends = chosen(classes, which, "class"), chosen(ENDINGS, ending, "ending")
    rate = case.rate(counting)
    share = {"often": rate, "yes": 1.0, "no": 0.0}[ending]
    scored = [_scored(row, share) for row in tables.records(terms.sort_values("order"))]
    said = {"record": case.record, "rate": percent(rate), **_said(scored)}
    counted = "" if counting == "record" else TEXTS["counted"].format(**said)
    cited = [one for ids in terms["sources"] for one in ids]
    return Chart(
        None,
        rows=_rows(scored),
        title=TEXTS[ending].format(counted=counted, **said),
        subtitle=TEXTS["subtitle"].format(what=uncapital(case.label), ending=ends),
        description=TEXTS["scores"].format(over=TEXTS[f"over {ending}"].format(**said), **said),
        table=pd.DataFrame(
            [
                {name: round(one, 3) if name in _SCORES else one for name, one in row.items()}
                for row in scored
            ]
        ),
        name=f"word-scores-{which}",
        sources=[*cited, *case.sources],
        legend=[
            _BETTER,
            _OTHER,
            ("┣━┫", TEXTS["band"]),
        ],
        as_of=tables.spell(ASKED),
    )


def _said(scored: list[dict[str, Any]]) -> dict[str, Any]:
    """What title and description say of the words: the best, the worst, and those ahead of 50 %."""
    middles = {row[_WORD]: row[_MIDDLE] for row in scored}
    best, worst = (of(middles, key=lambda word: middles[word]) for of in (min, max))
    return {
        "count": len(scored),
        "best": best,
        "score": middles[best],
        "worst": worst,
        "most": middles[worst],
        "even": EVEN,
        "better": ", ".join(row[_WORD] for row in scored if row[_BESIDE] == "better") or "none",
    }


def _scored(row: Mapping[Any, Any], share: float) -> dict[str, Any]:
    """One word with its band's scores: the least is nearest to the share, the most at an end.

    A word is better or worse than always 50 % as far as the two decimals that are printed tell.
    """
    low, high = row["low_pct"] / 100, row["high_pct"] / 100
    numbers = {_MIDDLE: (low + high) / 2, _BEST: min(max(share, low), high)}
    scores = {name: forecasting.expected_brier(one, share) for name, one in numbers.items()}
    ahead = round(EVEN - scores[_MIDDLE], 2)
    return {
        _WORD: row["term"],
        _FROM: int(row["low_pct"]),
        _TO: int(row["high_pct"]),
        **scores,
        _WORST: max(forecasting.expected_brier(end, share) for end in (low, high)),
        _BESIDE: "better" if ahead > 0 else "worse" if ahead < 0 else "equal",
    }


def _rows(scored: list[dict[str, Any]]) -> Rows:
    """A line a word: its band, the score of its middle, and the range of scores in the band."""
    lines = []
    for at, row in enumerate(scored):
        mark = _BETTER if row[_BESIDE] == "better" else _OTHER
        middle, best, worst = (round(row[one], 3) for one in _SCORES)
        bar = Bar(best, worst, theme.GREY, "range", (_BEST, _WORST))
        text = f"{row[_FROM]} to {row[_TO]} %: {row[_MIDDLE]:.2f}"
        lines.append(Line(at, row[_WORD], text, track=[bar, Dot(middle, mark, _MIDDLE)]))
    ticks = [(0, "0"), (EVEN, f"{EVEN}"), (0.5, "0.5"), (0.75, "0.75"), (1, "1")]
    scale = Scale(1, ticks, TEXTS["scale"], goal=EVEN)
    return Rows([Group("", lines)], scale=scale, of={"title": _WORD, "text": (_FROM, _TO, _MIDDLE)})
