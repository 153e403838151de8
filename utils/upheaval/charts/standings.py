"""What single rows of evidence carry: how the explanations stand with one of them left out."""

from __future__ import annotations

import pandas as pd

from ..facts import tables
from ..facts.wording import fitting, inside_quotes, listed
from ..methods import hypotheses as ach
from . import draw
from .draw import Bar, Chart, Dot, Group, Line, Mark, Rows, capital, chosen, theme
from .hypotheses import HYPOTHESES, NAMES, STANDS, best, named

#: What the bars count: label, and the heading of the numbers.
COUNTED = {"against": "What speaks against it", "for": "How many rows fit it"}
COUNTS = {"against": "Speaks against it (weighted)", "for": "Rows that fit it"}
_EXPLANATION, _ALL_ROWS = "Explanation", "With all rows"
_PLACE, _CLAIMS = "Place by what speaks against it", "What it claims"
#: How the name of an origin begins among what can be left out.
_FROM = "from: "
_WHOLE = Mark("line-ns", "│", theme.GREY, "with all rows")

#: The words of titles, subtitles and descriptions.
TEXTS = {
    "rows": "{what}, {kept} of {all} rows of evidence, as of {day}",
    "without row": "Without “{row}”: ",
    "without origin": "Without {origin}: ",
    "origin": "all rows from {origin}",
    "fit": "most rows fit {most} ({count:.0f})",
    "worst fit": "; most speaks against {worst} ({few} fit)",
    "still": "{first} still {stand} best",
    "changes": "{first} now {stand} best",
    "standings": "{what}: {values}.{moved} {count} explanations are compared.",
    "moved": " What is left out moves {names}.",
    "gone": "without what is left out",
}


def row_options(evidence: pd.DataFrame) -> list[tuple[str, str | None]]:
    """(label, value) of what can be left out: nothing, a row (by date), all rows of one origin."""
    rows = evidence.sort_values(["date", "id"], kind="stable")
    origins = [(TEXTS["origin"].format(origin=one), f"{_FROM}{one}") for one in _several(rows)]
    return [("nothing", None), *zip(rows["short"], rows["id"], strict=True), *origins]


def _several(evidence: pd.DataFrame) -> list[str]:
    """The origins of more than one row: these stand or fall together."""
    counts = evidence["origin"].value_counts(sort=False)
    return [str(one) for one, count in counts.items() if count > 1]


def _left_out(evidence: pd.DataFrame, without: str | None) -> tuple[pd.Series, str]:
    """Which rows are left out, and how a title names them."""
    if without is None:
        return pd.Series(False, evidence.index), ""
    if without.startswith(_FROM):
        origins = {f"{_FROM}{one}": one for one in _several(evidence)}
        origin = chosen(origins, without, "origin of the evidence")
        here = evidence["origin"] == origin
        return here, TEXTS["without origin"].format(origin=origin)
    short = dict(zip(evidence["id"], evidence["short"], strict=True))
    row = inside_quotes(chosen(short, without, "row of the evidence"))
    return evidence["id"] == without, TEXTS["without row"].format(row=row)


def standings(evidence: pd.DataFrame, count: str = "against", without: str | None = None) -> Chart:
    """Bars: what speaks against each explanation, or how many rows fit it, one row left out.

    ``evidence`` is (rows of) the table ``evidence``; ``count`` is a key of `COUNTS`; ``without`` is
    the id of the row left out, or "from: " and the origin of several. Raises ``KeyError`` for
    another way to count, an unknown id or an unknown origin.
    """
    heading = chosen(COUNTS, count, "way to count")
    gone, left = _left_out(evidence, without)
    frames, keys = (evidence[~gone], evidence), list(HYPOTHESES)
    method = ach.support if count == "for" else ach.inconsistency
    values, whole = (
        {one: float(number) for one, number in method(frame, keys).items()} for frame in frames
    )
    now, before = (ach.ranking(ach.inconsistency(frame, keys)) for frame in frames)
    said = {one: f"{value:.{0 if count == 'for' else 2}f}" for one, value in values.items()}
    title = _standing_title(left, count, values, now, before)
    moved = [NAMES[one] for one in keys if values[one] != whole[one]]
    return Chart(
        None,
        rows=_bars(values, whole, count, said, bool(left)),
        title=capital(title),
        subtitle=TEXTS["rows"].format(
            what=heading,
            kept=len(frames[0]),
            all=len(evidence),
            day=draw.today(),
        ),
        description=TEXTS["standings"].format(
            count=len(values),
            what=heading,
            values=", ".join(f"{NAMES[one]} {value}" for one, value in said.items()),
            moved=TEXTS["moved"].format(names=", ".join(moved) or "nothing") if left else "",
        ),
        table=pd.DataFrame(
            {
                _EXPLANATION: list(NAMES.values()),
                heading: list(values.values()),
                _ALL_ROWS: list(whole.values()),
                _PLACE: [now.rank(one) for one in keys],
                _CLAIMS: [claim for _, claim in HYPOTHESES.values()],
            }
        ),
        sources=sorted(draw.cited(tables.records(frames[0]))),
        name=f"hypotheses-{count}",
        legend=[("▬", TEXTS["gone"]), _WHOLE] if left else [],
    )


def _bars(
    values: dict[str, float], whole: dict[str, float], count: str, said: dict[str, str], both: bool
) -> Rows:
    """A bar an explanation; with ``both``, a stroke across it for the sum of all rows."""
    colour, top = theme.BLUE if count == "for" else theme.ORANGE, max(3.0, *whole.values())
    strokes = {one: [Dot(value, _WHOLE, _ALL_ROWS)] if both else [] for one, value in whole.items()}
    lines = [
        Line(at, NAMES[one], said[one], track=[Bar(0, value, colour), *strokes[one]])
        for at, (one, value) in enumerate(values.items())
    ]
    of = {"title": _EXPLANATION, "text": COUNTS[count], "track": COUNTS[count]}
    return Rows([Group("", lines)], scale=draw.scale_to(top, COUNTS[count]), of=of)


def _standing_title(
    left: str, count: str, values: dict[str, float], now: ach.Ranking, before: ach.Ranking
) -> str:
    """Who stands best, or what most rows fit; ``left`` says what is left out."""
    worst = named(now.groups[-1])
    if count == "for":
        top = max(values.values())
        few = listed([f"{values[one]:.0f}" for one in now.groups[-1]])
        most = named([one for one, value in values.items() if value == top])
        fit = TEXTS["fit"].format(most=most, count=top)
        return fitting(left + fit, TEXTS["worst fit"].format(worst=worst, few=few))
    if not left:
        last = STANDS["worst"].format(worst=worst, score=values[now.groups[-1][0]])
        return fitting(*best(now.first, values[now.first[0]]), last)
    which = "still" if now.first == before.first else "changes"
    stand = "stands" if len(now.first) == 1 else "stand"
    return left + TEXTS[which].format(first=named(now.first), stand=stand)
