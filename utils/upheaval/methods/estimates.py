"""Estimates: floors, ceilings, ranges, who is behind a number, and what could be defended.

An estimate is a statement about a number that nobody counted in the open. "At least 3,000" (a
floor) and "up to 8,000" (a ceiling) are half-statements: a floor does not say how many more, a
ceiling not how many fewer. Everything here keeps that difference, and nothing here adds or mixes
two measures.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from ..facts import tables
from .columns import quoted_list, require

KINDS = {
    "floor": "at least this many: no upper end was given",
    "ceiling": "up to this many: no lower end was given",
    "point": "one number",
    "range": "from a lower to an upper number",
    "unknown": "words only: no number was given",
}
"""The kinds of estimate, each with its meaning."""

GROWING = frozenset({"cumulative_sent", "killed", "wounded", "killed_and_wounded"})
"""Measures that are sums since the beginning: they only grow, so an old one is a floor today."""

PLANNED = "planned_"
"""How the names of measures begin that nobody can count: a plan stands until it is changed."""

FRESH = 90
"""Days for which a number stands: who was there three months ago can have left, or been joined by
others. Our choice; reports of the front were renewed every few weeks, and seldom later."""

TOLERANCE = 0.2
"""Numbers that differ by at most a fifth of the larger agree. Our choice, not a standard."""


# -- one estimate ----------------------------------------------------------------------------------
@dataclass(frozen=True)
class Interval:
    """What one estimate says, in the row's unit: `kind` (a key of `KINDS`), ends and best number.

    A point has the same number as `low`, `high` and `best`. None means that no such number was
    given.
    """

    kind: str
    low: float | None
    high: float | None
    best: float | None

    @property
    def text(self) -> str:
        """The estimate as text: `at least 3,000`, `up to 8,000`, `11,000 to 12,000`, `1,100`."""
        if self.kind == "unknown":
            return "no number given"
        if self.kind == "floor":
            return f"at least {number(self.low)}"
        if self.kind == "ceiling":
            return f"up to {number(self.high)}"
        return (
            number(self.low)
            if self.kind == "point"
            else f"{number(self.low)} to {number(self.high)}"
        )

    @property
    def numbers(self) -> tuple[float, ...]:
        """The numbers that were named, the lowest first, each once."""
        return tuple(
            sorted({value for value in (self.low, self.best, self.high) if value is not None})
        )


def number(value: float | None) -> str:
    """A number as a reader sees it: `3,000`, `1.7`; the empty text for None."""
    if value is None:
        return ""
    return f"{int(value):,}" if value == int(value) else f"{value:,.2f}".rstrip("0")


def interval(
    row: Mapping[Any, Any] | pd.Series,
    low: str = "low",
    high: str = "high",
    best: str | None = "best",
) -> Interval:
    """What one row says. `low`, `high` and `best` name its columns; any of the cells may be empty.

    Only low is a floor, only high a ceiling, both are a range, or a point where they are equal;
    only best is a point. A best number beside one end stays in `best` and leaves the kind. For the
    table exchange: `interval(row, "quantity_low", "quantity_high", None)`. Raises ValueError, with
    the row's id, when low is above high or best lies outside them.
    """
    bottom, top = _value(row, low), _value(row, high)
    middle = _value(row, best) if best else None
    ordered = [value for value in (bottom, middle, top) if value is not None]
    if ordered != sorted(ordered):
        raise ValueError(
            f'Row "{row.get("id", "without an id")}": low, best and high are {quoted_list(ordered)}'
            "; they should rise, or be equal."
        )
    if bottom is not None and top is not None:
        return Interval(
            "point" if bottom == top else "range", bottom, top, bottom if bottom == top else middle
        )
    if bottom is not None:
        return Interval("floor", bottom, None, middle)
    if top is not None:
        return Interval("ceiling", None, top, middle)
    return Interval("point" if middle is not None else "unknown", middle, middle, middle)


def _value(row: Mapping[Any, Any] | pd.Series, column: str) -> float | None:
    value = row.get(column)
    if value is None or pd.isna(value):
        return None
    if isinstance(value, str):
        raise ValueError(f'The column "{column}" holds words; name a column of numbers.')
    return float(value)


def intervals(
    frame: pd.DataFrame, low: str = "low", high: str = "high", best: str | None = "best"
) -> pd.DataFrame:
    """`interval` for every row, same index: `kind`, `low`, `high`, `best` (float64) and `words`.

    Raises ValueError when a column is missing or a row contradicts itself.
    """
    require(frame, *(name for name in (low, high, best) if name))
    found = [interval(row, low, high, best) for row in frame.to_dict("records")]
    table = pd.DataFrame(
        [(one.kind, one.low, one.high, one.best, one.text) for one in found],
        columns=["kind", "low", "high", "best", "words"],
        index=frame.index,
    )
    return table.astype({"low": "float64", "high": "float64", "best": "float64"})


# -- who is behind a number ------------------------------------------------------------------------
AGENCIES = {
    *(
        "aap",
        "afp",
        "anadolu",
        "ani",
        "ap",
        "bloomberg",
        "dpa",
        "efe",
        "interfax",
        "interfax-ukraine",
        "jiji",
    ),
    *("kcna", "kyodo", "pa", "reuters", "tass", "ukrinform", "upi", "xinhua", "yonhap"),
}
"""News agencies: others print their text, so a page that names one speaks with its voice."""

# Names in the table sources that are one house: another edition, another language, a short form.
_SAME_HOUSE = {
    "al mayadeen english": "al mayadeen",
    "associated press": "ap",
    "bbc news": "bbc",
    "bloomberg news": "bloomberg",
    "chosun biz": "chosun ilbo",
    "chosunbiz": "chosun ilbo",
    "csis beyond parallel": "csis",
    "csis chinapower": "csis",
    "csis missile threat": "csis",
    "deutsche welle": "dw",
    "dpa-afx": "dpa",
    "jiji press": "jiji",
    "kbs news": "kbs",
    "kbs world": "kbs",
    "korea daily us": "joongang ilbo",
    "korea joongang daily": "joongang ilbo",
    "liga business": "liga.net",
    "osc": "open source centre",
    "reuters videos": "reuters",
    "us department of state": "u.s. department of state",
    "voice of america": "voa",
    "wsj": "wall street journal",
}
_SECOND_HAND = re.compile(
    r"[,(]\s*(?:citing|after|quoting|reporting|based on)\s+(.+?)\)?$", re.IGNORECASE
)
_COPY = re.compile(r"\b(?:agency|agencies|wire|wires|aggregator|digest)\b", re.IGNORECASE)
_REPOST_SITE = re.compile(r"^\S+\.[a-z]{2,}\s*\((?:repost|reprint|mirror)[^)]*\)$", re.IGNORECASE)


def origins(publisher: str) -> frozenset[str]:
    """Whose voice a page carries: its publisher as in the table sources, in lower case.

    "KBS World (citing BBC)" speaks for the BBC, "Reuters via Arab News", "Reuters (FBC News)" and
    "Hindustan Times (Reuters)" for Reuters; "The Korea Herald / Yonhap" for both, for who wrote
    what is not said. The result is empty where the original is not named: "Mint (agency)",
    "24ukraine.com (repost)".
    """
    second_hand = _SECOND_HAND.search(publisher)
    if second_hand:
        return _names(re.sub(r"\s+wording$", "", second_hand.group(1)), r"\s+and\s+|,\s*")
    if _REPOST_SITE.match(publisher.strip()):
        return frozenset()
    head, _, bracket = publisher.partition("(")
    voices = _names(re.split(r"\s+via\s+", head)[0], r"\s+/\s+|\s+with\s+")
    if voices & AGENCIES:
        return voices
    relayed = _names(bracket.rstrip(") "), r"\s*/\s*|\s+via\s+|,\s*") & AGENCIES
    return relayed or (frozenset() if _COPY.search(bracket) else voices)


def _names(text: str, separators: str) -> frozenset[str]:
    parts = (re.sub(r"^the\s+", "", part.strip().casefold()) for part in re.split(separators, text))
    return frozenset(_SAME_HOUSE.get(part, part) for part in parts if part)


def independent(frame: pd.DataFrame, sources: pd.DataFrame) -> pd.Series:
    """How many independent publishers stand behind each row: Int64, with the index of `frame`.

    `frame` has the column sources (ids), `sources` is the table of that name (id, publisher and,
    for state media, state_media_of). Two documents are one voice when `origins` finds a common name
    for them, or when both are state media of the same state; so is every chain of such pairs.
    Documents whose original is not named count once, and only when there is nothing else. In doubt
    the number is too low, never too high.

    What it cannot see: two newspapers that report the same press conference are two publishers and
    still one estimate; an outlet that copies without saying so; two ministries of one government;
    two titles of one owner that is not a state. The trap is known as circular reporting, or false
    confirmation: one source that looks like several. The rules for telling them apart are ours.
    Raises ValueError for an id that sources lacks.
    """
    require(frame, "sources")
    require(sources, "id", "publisher")
    voices = {
        row["id"]: _voices(row["publisher"], row.get("state_media_of", ()))
        for row in sources.to_dict("records")
    }
    unknown = sorted({one for ids in frame["sources"] for one in ids} - voices.keys())
    if unknown:
        raise ValueError(f"The table of sources has no row with the id {quoted_list(unknown)}.")
    counts = [_separate(voices[one] for one in ids) for ids in frame["sources"]]
    return pd.Series(counts, index=frame.index, dtype="Int64", name="independent")


def _voices(publisher: str, states: Any) -> frozenset[str]:
    owners = states if isinstance(states, tuple) else ()
    return origins(publisher) | {f"state media of {state}" for state in owners}


def _separate(documents: Iterable[frozenset[str]]) -> int:
    """The groups that no name connects; unnamed originals count once if there is no other."""
    groups: list[frozenset[str]] = []
    unnamed = 0
    for voices in documents:
        if not voices:
            unnamed = 1
            continue
        touching = [group for group in groups if group & voices]
        groups = [group for group in groups if not group & voices]
        groups.append(voices.union(*touching))
    return len(groups) or unnamed


# -- what could be defended on a day ---------------------------------------------------------------
@dataclass(frozen=True)
class DefensibleRange:
    """The envelope of what had been published about one measure by one day.

    `low` and `high` are the lowest and the highest number that anybody still stood by (None: no
    number at all). `open_below` is true when the lowest comes from a ceiling only ("up to …"),
    `open_above` when the highest comes from a floor only ("at least …"): then the range has no end
    on that side. `shared` is what every statement allows at once, lower and upper end (None for an
    open one); `shared` itself is None when they contradict one another as they stand, and `grown`
    is true when they do so only because a sum of `GROWING` can have grown between their days. `ids`
    are the rows used, in the order of the table, and `said` the first and the last day on which
    they were said; `without_number` those that gave words only; `replaced` those whose own side had
    since published another; `old` those that nobody had renewed for `FRESH` days, and `kept` those
    as old that are used all the same, as nobody had given a newer number. `past` is true when all
    are as old: then the range is the last one that there was.
    """

    measure: str
    low: float | None
    high: float | None
    open_below: bool
    open_above: bool
    shared: tuple[float | None, float | None] | None
    grown: bool
    ids: tuple[str, ...]
    without_number: tuple[str, ...]
    replaced: tuple[str, ...]
    old: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    said: tuple[str, str] = ("", "")
    past: bool = False

    @property
    def numbers(self) -> tuple[float, ...]:
        """Its lowest and its highest number, or none."""
        return () if self.low is None or self.high is None else (self.low, self.high)

    @property
    def text(self) -> str:
        """The range as text: `3,000 to 11,000`, `1,100 or more`, `nothing published yet`."""
        if self.low is None or self.high is None:
            return "no number given" if self.without_number else "nothing published yet"
        low = f"{number(self.low)} or fewer" if self.open_below else number(self.low)
        high = f"{number(self.high)} or more" if self.open_above else number(self.high)
        if self.low != self.high:
            return f"{low} to {high}"
        if self.open_below and self.open_above:
            return f"about {number(self.low)}, open on both sides"
        return low if self.open_below else high


def defensible_range(
    frame: pd.DataFrame, measure: str, day: str, by: str = "estimator_side"
) -> DefensibleRange:
    """The range for one `measure` that a careful reader could defend on `day`, from estimates.

    Used are the rows that were public by that day (`facts.tables.as_of`), and of each side only the
    last day's: who has revised a number no longer stands by the old one. `by` says who is one side:
    "estimator_side" lets the bodies of one state replace one another ("independent" is no side:
    each such estimator stands for itself), "estimator" keeps the last word of every body. Every
    number named stretches the envelope; a floor gives no upper and a ceiling no lower end, so where
    one of them is the outermost number that side is open. A number that was not renewed for `FRESH`
    days is left out, unless all are as old, or all newer ones are floors: those say nothing against
    it, and no range falls because days go by. In a sum of `GROWING` the numbers of a day before the
    newest statement are floors: what had been counted by then can only have become more, so that
    even an old one leaves the upper end open where it is above the newer ones. Who says "at least"
    leaves the lower end to those who give a number, whatever is counted: "at least 10,000" fits
    11,000 and does not speak for 10,000. Leave out beforehand weak rows, and what counts only a
    part.

    No probability is claimed: this is no confidence interval, only the bounds of what was said. Why
    bounds are more honest than one number: Manski, "Public Policy in an Uncertain World" (Harvard
    University Press, 2013). The rules for floors, ceilings and revised numbers are ours. Raises
    ValueError when the measure is not one measure of the table, or `day` is no date.
    """
    said, replaced = _standing(frame, measure, day, by)
    with_number = [one for one in said if one.says.numbers]
    until = None if measure.startswith(PLANNED) else tables.span([day])["end"].iloc[0]
    fresh, past = _fresh(with_number, until)
    used = fresh + (still := _still(fresh, with_number, measure))
    (low, high), numbered = _ends(used), _today(used, measure)
    shared = _shared([one.says for one in used])
    days = sorted(f"{one.day:%Y-%m-%d}" for one in used)
    return DefensibleRange(
        measure=measure,
        low=low,
        high=high,
        open_below=bool(numbered)
        and all(one.kind == "ceiling" for one in numbered if low in one.numbers),
        open_above=bool(numbered)
        and all(one.kind == "floor" for one in numbered if high in one.numbers),
        shared=shared,
        grown=shared is None and _shared(numbered) is not None,
        ids=tuple(one.id for one in with_number if one in used),
        without_number=tuple(one.id for one in said if not one.says.numbers),
        replaced=replaced,
        old=tuple(one.id for one in with_number if one not in used),
        kept=tuple(one.id for one in still),
        said=(days[0], days[-1]) if days else ("", ""),
        past=past,
    )


@dataclass(frozen=True)
class _Said:
    """A statement: the `id` of its row, what it says, and the day on which it was public."""

    id: str
    says: Interval
    day: pd.Timestamp


def _standing(
    frame: pd.DataFrame, measure: str, day: str, by: str
) -> tuple[list[_Said], tuple[str, ...]]:
    """What each side said last of a measure by a day, and the ids of what it said before."""
    require(frame, "id", "date", "estimator", "measure", by, "low", "high", "best")
    if not isinstance(measure, str):
        raise ValueError(
            "Choose one measure: different measures count different people, and cannot be mixed."
        )
    if measure not in set(frame["measure"]):
        measures = quoted_list(sorted(set(frame["measure"])))
        raise ValueError(f'These rows hold no estimate of "{measure}". They hold {measures}.')
    public = tables.as_of(frame[frame["measure"] == measure], day, "date")
    dated = public.assign(_day=tables.span(public["date"])["end"])
    standing = dated["_day"] == dated.groupby(_side(public, by))["_day"].transform("max")
    records = zip(public[standing].to_dict("records"), dated.loc[standing, "_day"], strict=True)
    said = [_Said(str(row["id"]), interval(row), day) for row, day in records]
    return said, tuple(public.loc[~standing, "id"])


def _fresh(said: list[_Said], day: pd.Timestamp | None) -> tuple[list[_Said], bool]:
    """The statements of the `FRESH` days before a day, or all where it is None; where there are
    none, those that were left when the last of them was as old, and that they are of the past.
    """
    if day is None or not said:
        return said, False
    span = pd.Timedelta(days=FRESH)
    last = max(one.day for one in said)
    return [one for one in said if one.day >= min(day - span, last)], day - span > last


def _still(fresh: list[_Said], said: list[_Said], measure: str) -> list[_Said]:
    """Old statements that still count. On a sum those above all newer ones: it cannot have become
    less. On what can be more or less, where all newer ones are floors, the last number before them,
    unless the newest of them came more than `FRESH` days after it.
    """
    old = [one for one in said if one not in fresh]
    if measure in GROWING:
        top = max((number for one in fresh for number in one.says.numbers), default=math.inf)
        return [one for one in old if max(one.says.numbers) > top]
    numbers = [one for one in old if one.says.kind != "floor"]
    if not fresh or not numbers or any(one.says.kind != "floor" for one in fresh):
        return []
    last, newest = (max(one.day for one in given) for given in (numbers, fresh))
    return [one for one in numbers if one.day == last >= newest - pd.Timedelta(days=FRESH)]


def _side(frame: pd.DataFrame, by: str = "estimator_side") -> pd.Series:
    """Who speaks in each row; independent is no side: there each estimator stands for itself."""
    return frame[by].mask(frame[by] == "independent", frame["estimator"])


def _today(said: list[_Said], measure: str) -> list[Interval]:
    """What statements say of the newest day among them."""
    newest = max((one.day for one in said), default=None)
    return [
        _as_floor(one.says) if measure in GROWING and one.day != newest else one.says
        for one in said
    ]


def _as_floor(said: Interval) -> Interval:
    """An old count of a sum that only grows: its number still stands, and is no upper end."""
    if said.low is None:
        return said
    return Interval("floor", said.low, None, said.high if said.high is not None else said.best)


def _ends(said: list[_Said]) -> tuple[float | None, float | None]:
    """The lowest and the highest number named; floors are the lowest only if nobody gives one."""
    numbers = [value for one in said for value in one.says.numbers]
    if not numbers:
        return None, None
    counted = any(one.says.kind in ("point", "range") for one in said)
    lowest = [
        value
        for one in said
        if not (counted and one.says.kind == "floor")
        for value in one.says.numbers
    ]
    return min(lowest), max(numbers)


def _shared(said: list[Interval]) -> tuple[float | None, float | None] | None:
    """What all allow: the highest lower end and the lowest upper end; None where those cross."""
    low = max((one.low for one in said if one.low is not None), default=None)
    high = min((one.high for one in said if one.high is not None), default=None)
    if not said or (low is not None and high is not None and low > high):
        return None
    return low, high


def disagreement(frame: pd.DataFrame) -> float:
    """How many times larger the highest number named is than the lowest: 1.0 is no disagreement.

    `frame` holds rows of one measure (low, high, best). A floor or a ceiling counts with the number
    it names, so the true ratio may be larger. NaN where fewer than two rows name a number; infinity
    where the lowest is 0. Raises ValueError when the rows mix measures.
    """
    if "measure" in frame.columns and frame["measure"].nunique() > 1:
        mixed = quoted_list(sorted(set(frame["measure"])))
        raise ValueError(
            f"These rows mix the measures {mixed}. Compare estimates of one measure only."
        )
    require(frame, "low", "high", "best")
    said = [one for row in frame.to_dict("records") if (one := interval(row)).numbers]
    numbers = [value for one in said for value in one.numbers]
    low, high = (min(numbers), max(numbers)) if numbers else (None, None)
    if len(said) < 2 or low is None or high is None:
        return math.nan
    if low == 0:
        return 1.0 if high == 0 else math.inf
    return high / low


# -- the Admiralty code ----------------------------------------------------------------------------
RELIABILITY = {
    "A": (
        "completely reliable",
        "No doubt about who they are and what they can know; always right so far.",
    ),
    "B": ("usually reliable", "Little doubt; right most of the time so far."),
    "C": ("fairly reliable", "Some doubt; has been right before."),
    "D": ("not usually reliable", "Serious doubt; has been right before."),
    "E": ("unreliable", "Cannot know it, or cannot be trusted; has been wrong before."),
    "F": ("reliability cannot be judged", "There is no record to judge by."),
}
"""Who says it: letter, term and meaning (in our words)."""

CREDIBILITY = {
    1: (
        "confirmed by other sources",
        "Other, independent sources say the same, and it makes sense.",
    ),
    2: ("probably true", "Not confirmed, but it makes sense and fits what else is known."),
    3: ("possibly true", "Not confirmed; it agrees with some of what is known."),
    4: ("doubtful", "Not confirmed; possible, but little or nothing else points to it."),
    5: ("improbable", "Not confirmed; what else is known speaks against it."),
    6: ("truth cannot be judged", "There is nothing to compare it with."),
}
"""What is said: number, term and meaning (in our words)."""


@dataclass(frozen=True)
class Grade:
    """An Admiralty code: a letter of `RELIABILITY`, a number of `CREDIBILITY`, `reasons`."""

    reliability: str
    credibility: int
    reasons: tuple[str, str]

    @property
    def code(self) -> str:
        """The two characters, such as `B2`."""
        return f"{self.reliability}{self.credibility}"


def reliability(borne_out: int, not_borne_out: int) -> str:
    """A letter for the source, by how many of its earlier statements were borne out later.

    F without any record; from three statements on A takes ten and more without a miss, B at least
    three in four, C at least half, D fewer, E none. With one or two statements only C (all right)
    or D. The doctrine speaks of the history of a source and gives no numbers: these limits are
    ours. Raises ValueError below 0.
    """
    _check_counts(borne_out=borne_out, not_borne_out=not_borne_out)
    total = borne_out + not_borne_out
    if total == 0:
        return "F"
    if total < 3:
        return "C" if not_borne_out == 0 else "D"
    if borne_out == 0:
        return "E"
    share = borne_out / total
    if share == 1 and total >= 10:
        return "A"
    return "B" if share >= 0.75 else "C" if share >= 0.5 else "D"


def credibility(agreeing: int, contradicting: int) -> int:
    """A number for the statement, by how many *other, independent* sources agree or contradict.

    1: two or more agree and none contradicts; 2: one agrees, none contradicts; 3: at least as many
    agree as contradict; 4: fewer agree; 5: they only contradict; 6: nobody else speaks of it. Rules
    of thumb of ours, after the words of the scale; `support` counts the two. Raises ValueError
    below 0.
    """
    _check_counts(agreeing=agreeing, contradicting=contradicting)
    if agreeing == contradicting == 0:
        return 6
    if contradicting == 0:
        return 1 if agreeing > 1 else 2
    if agreeing == 0:
        return 5
    return 3 if agreeing >= contradicting else 4


def grade(borne_out: int, not_borne_out: int, agreeing: int, contradicting: int) -> Grade:
    """A suggested grade to start a discussion: see `reliability` and `credibility`.

    The two halves are judged apart: a good source can be wrong, a bad one right. In practice people
    let one decide the other: 87 per cent of over 1,400 field reports lay on the diagonal A1, B2, C3
    … (Baker, McKendry and Mace 1968, U.S. Army). Scales: U.S. Army FM 2-22.3, "Human Intelligence
    Collector Operations" (2006), appendix B; the like in NATO's AJP-2.1. Criticism: Irwin and
    Mandel, "Improving information evaluation for intelligence production", Intelligence and
    National Security 34 (2019), 503–525. Raises ValueError below 0.
    """
    letter, digit = reliability(borne_out, not_borne_out), credibility(agreeing, contradicting)
    record = f"record: {borne_out} borne out, {not_borne_out} not, so {RELIABILITY[letter][0]}"
    others = f"others: {agreeing} agree, {contradicting} contradict, so {CREDIBILITY[digit][0]}"
    return Grade(letter, digit, (record, others))


def agrees(one: Interval, other: Interval, tolerance: float = TOLERANCE) -> bool | None:
    """Whether two statements can both be about right: None where one of them gives no number.

    A floor allows everything above it, a ceiling everything below. They agree when what they allow
    overlaps, or misses by no more than `tolerance`, a share of the larger of the two numbers that
    face each other.
    """
    if not one.numbers or not other.numbers:
        return None
    for lower, upper in ((one, other), (other, one)):
        if (
            lower.high is not None
            and upper.low is not None
            and lower.high < upper.low * (1 - tolerance)
        ):
            return False
    return True


def support(frame: pd.DataFrame, row_id: str, tolerance: float = TOLERANCE) -> tuple[int, int]:
    """How many other sides agree with an estimate, and how many do not: (agreeing, contradicting).

    `frame` holds rows of the table estimates; show only what was public on a day to judge as of
    that day. Compared is the last statement of every *other* estimator_side on the same measure
    (Kyiv's agencies are one side, and so are Washington's); where a side's last day has several,
    one that contradicts decides. "independent" in that column is no side: each such estimator
    stands for itself. Raises ValueError when there is no such row.
    """
    require(frame, "id", "date", "estimator", "estimator_side", "measure", "low", "high", "best")
    chosen = frame[frame["id"] == row_id]
    if chosen.empty:
        raise ValueError(
            f'These rows hold no estimate with the id "{row_id}". Choose one of theirs.'
        )
    stated = chosen.iloc[0]
    voice = _side(frame)
    others = frame[(frame["measure"] == stated["measure"]) & (voice != voice[chosen.index[0]])]
    last = tables.span(others["date"])["end"]
    standing = others[last == last.groupby(voice[others.index]).transform("max")]
    verdicts: dict[str, bool] = {}
    for row, side in zip(standing.to_dict("records"), voice[standing.index], strict=True):
        verdict = agrees(interval(stated), interval(row), tolerance)
        if verdict is not None:
            verdicts[side] = verdicts.get(side, True) and verdict
    agreeing = sum(verdicts.values())
    return agreeing, len(verdicts) - agreeing


def _check_counts(**counts: int) -> None:
    for name, count in counts.items():
        if count < 0:
            raise ValueError(f"{name} counts something, so it cannot be {count}.")


# -- the status of what is known -------------------------------------------------------------------
LADDER = ("speculated", "reported", "disputed", "claimed", "confirmed")
"""The five words of status, weakest first. See `strongest` for what the order says and does not."""


@dataclass(frozen=True)
class Standing:
    """The strongest `status` among several, and if any is `contested` by one with standing."""

    status: str
    contested: bool


def strongest(statuses: Iterable[str]) -> Standing:
    """The strongest of several statuses (of the column status), and whether any is disputed.

    The words are not one scale. Four of them say who puts a name to it: nobody has seen it
    (speculated), the press or a think tank says so (reported), one side says so on the record
    (claimed), the actor itself or several governments do (confirmed). "Disputed" says something
    else: it is asserted, and a party with standing denies it. A denial is a fact about the argument
    and not a measure of the evidence: both capitals denied the deployment of October 2024, and
    acknowledged it in April 2025. So disputed stands below an undenied claim and above a report,
    and `contested` keeps the denial in sight whatever else is stronger. Raises ValueError for no
    status at all, or a word that is none of the five.
    """
    found = list(statuses)
    wrong = sorted({str(status) for status in found if status not in LADDER})
    if wrong:
        raise ValueError(f"{quoted_list(wrong)} is no status; the words are {quoted_list(LADDER)}.")
    if not found:
        raise ValueError("There is no row, so there is no status.")
    return Standing(max(found, key=LADDER.index), "disputed" in found)
