"""The dates that a sentence says, in the forms in which people write them.

Each is a year, a month and a day, of which some may be missing: of "23 October" the year. What year
is meant is then left to the page that says it: see `carries_date`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from .date_words import DOUBTFUL, IN_TEXT, ORDINALS, ROMAN, YEARS
from .dates import bounds
from .number_words import KANJI, kanji, words


class Day(NamedTuple):
    """A date as a sentence says it; 0 for what it leaves out."""

    year: int
    month: int
    day: int


NEAR = 300
"""How many days before or after its page a date without a year may lie: else the year is asked."""
_SIGNS = str.maketrans("０１２３４５６７８９／．－٠١٢٣٤٥٦٧٨٩", "0123456789/.-0123456789")
_YEAR = r"(?:19|20)\d\d"
_EAST = re.compile(
    r"(?:(\d{4}|\d\d)\s*[年년]\s*)?(?:(\d{1,2})\s*[月월]\s*)(?:(\d{1,2})\s*[日일号])?"
)
_EAST_DAY = re.compile(r"(?<![\d月월])(?<![月월]\s)(\d{1,2})\s*[日일](?![간間\d])")
_ISO = re.compile(rf"(?<!\d)({_YEAR})([-/.])(\d{{1,2}})(?:\2(\d{{1,2}}))?(?!\d)")
_COMPACT = re.compile(rf"(?<!\d)({_YEAR})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")
_NUMERIC = re.compile(r"(?<![\d.,])(\d{1,2})(\.\s?|[-/])(\d{1,2})(?:\2)(\d{4}|\d{2})(?![\d%])")
_NO_YEAR = re.compile(r"(?<![\d.,/-])(\d{1,2})(?:/(\d{1,2})(?![\d/%.])|\.(\d{1,2})\.(?!\d))")
_MONTH_YEAR = re.compile(rf"(?<![\d./-])(\d{{1,2}})[./-]({_YEAR})(?!\d)")
_ROMAN = re.compile(rf"(?<!\d)(\d{{1,2}})[.\s]\s?([IVX]{{1,4}})[.\s]\s?({_YEAR})(?!\d)")
_TOKEN = re.compile(
    rf"(?P<year>(?<!\d){_YEAR}(?!\d))|[’'](?P<short>\d\d)(?!\d)"
    r"|(?P<day>(?<!\d)[0-3]?\d(?!\d)(?![.,]\d))(?:st|nd|rd|th|er|re|ª|º|°|-?[а-яіє]{1,3}\b)?"
    r"|(?P<word>[^\W\d_]+(?:[’'](?=я)[^\W\d_]+)?)|(?P<stop>[;:!?()…]|(?<!\d)\.(?=\s+[A-ZА-Я]))"
)
_BETWEEN = frozenset(
    words(
        "of the de d del di den der dem to and until till through or bis und à au et al y a "
        "e и і по до do i og och ja on from between day year monday tuesday wednesday "
        "thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun"
    )
)
"""Words that may stand between a day, its month and its year."""


@lru_cache(maxsize=8192)
def dates_in(text: str) -> frozenset[Day]:
    """The dates that a text says, each as exactly as it is said there."""
    text = _without_kanji(text.translate(_SIGNS))
    return frozenset(one for one in (*_in_figures(text), *_in_words(text)) if _possible(one))


@lru_cache(maxsize=8192)
def years_in(text: str) -> frozenset[int]:
    """The years that a text names, with a month or without: 2024, and of "2024/25" both."""
    text = _without_kanji(text.translate(_SIGNS))
    found = {int(one) for one in re.findall(rf"(?<!\d){_YEAR}(?!\d)", text)}
    pairs = re.findall(rf"(?<!\d)({_YEAR})[-/–](\d\d)(?!\d)", text)
    found |= {int(f"{first[:2]}{last}") for first, last in pairs if int(last) > int(first[2:])}
    found |= {2000 + int(one) for one in re.findall(r"(?<!\w)[’'](\d\d)(?!\w)", text)}
    found |= {one.year for one in dates_in(text) if one.year}
    return frozenset(found | {one.value for one in _tokens(text) if one.kind == "year"})


def carries_date(text: str, value: str, page: str = "") -> bool:
    """Whether a sentence says a partial date as exactly as `value` is.

    A day without a year is of the year that the text names, or else lies near `page`, the partial
    date of the page that says it; with neither it may be of any. A day without a month ("the 23rd")
    is of the month of the page.
    """
    year, month, day = (int(one) for one in (*value.split("-"), "0", "0")[:3])
    if not month:
        return year in years_in(text) | _years_before(text, page)
    found, named = dates_in(text), years_in(text) | _years_before(text, page)
    if any(
        one.month == month and one.year == year and (not day or one.day == day) for one in found
    ):
        return True
    published = bounds(page) if page else (None, None)
    again = year in named and _SAME.search(text)
    for one in found:
        if (one.year and not again) or (day and one.day != day):
            continue
        if one.month == month and (year in named or _is_near(value, published, NEAR)):
            return True
        if day and not one.month and published[0] and _is_near(value, published, 31):
            return True
    return False


_LAST_YEAR = re.compile(
    r"(?:last|previous|past|prior) year|year (?:ago|earlier|before)|прошлого года|прошлом году"
    r"|минулого року|vergangenen Jahr|letzten Jahr|Vorjahr|l[’']an dernier|l[’']année dernière"
    r"|지난해|작년|昨年|去年",
    re.IGNORECASE,
)
_THIS_YEAR = re.compile(
    r"this year|этого года|цього року|diese[sm] Jahr|cette année|올해|今年|本年", re.I
)
_NEXT_YEAR = re.compile(r"(?:next|coming) year|nächste[ns]? Jahr|내년|来年|明年", re.IGNORECASE)
_ANNIVERSARY = re.compile(r"(\d{1,3})(?:st|nd|rd|th)? anniversary|(\d{1,3})\s?(?:주년|周年)")


def _years_before(text: str, page: str) -> frozenset[int]:
    """The years that a page of this date means by "last year" or "the 20th anniversary"."""
    if not page:
        return frozenset()
    own = int(page[:4])
    found = {own + step for step, words in _RELATIVE if words.search(text)}
    found |= {own - int(one or two) for one, two in _ANNIVERSARY.findall(text)}
    return frozenset(found)


_SAME = re.compile(r"\bsame (?:period|months?|time|quarter)\b", re.IGNORECASE)
_RELATIVE = ((-1, _LAST_YEAR), (0, _THIS_YEAR), (1, _NEXT_YEAR))


def _is_near(value: str, published: tuple[date | None, date | None], most: int) -> bool:
    first, last = bounds(value)
    if not (published[0] and published[1] and first and last):
        return True
    return (published[0] - last).days <= most and (first - published[1]).days <= most


def _possible(one: Day) -> bool:
    return 0 <= one.month <= 12 and 0 <= one.day <= 31


def _without_kanji(text: str) -> str:
    """A text with figures for the Chinese signs before year, month and day: 十月二十三日."""
    return re.sub(rf"[{KANJI}]+(?=[年月日号])", lambda run: f"{kanji(run[0]) or 0:.0f}", text)


def _in_figures(text: str) -> Iterator[Day]:
    for year, _, month, day in _ISO.findall(text):
        yield Day(int(year), int(month), int(day or 0))
    for year, month, day in _COMPACT.findall(text):
        yield Day(int(year), int(month), int(day))
    for year, month, day in _EAST.findall(text):
        whole = f"20{year}" if len(year) == 2 else year
        yield Day(int(whole or 0), int(month), int(day or 0))
    for day in _EAST_DAY.findall(text):
        yield Day(0, 0, int(day))
    for one, _, two, year in _NUMERIC.findall(text):
        # Of 03/04/2024 nobody knows which is the month: either will do.
        whole = int(year) if len(year) == 4 else 2000 + int(year)
        yield from (Day(whole, int(two), int(one)), Day(whole, int(one), int(two)))
    for one, two, dotted in _NO_YEAR.findall(text):
        yield Day(0, int(two or dotted), int(one))
        yield from [Day(0, int(one), int(two))] if two else ()
    for month, year in _MONTH_YEAR.findall(text):
        yield Day(int(year), int(month), 0)
    for day, month, year in _ROMAN.findall(text):
        yield Day(int(year), ROMAN.get(month.lower(), 0), int(day))


def _in_words(text: str) -> Iterator[Day]:
    """Months by their names, each with the days beside it and its year; and days without month."""
    tokens = _tokens(text)
    places = [at for at, one in enumerate(tokens) if one.kind == "month"]
    free = {at for at, one in enumerate(tokens) if one.kind == "day"}
    found: list[tuple[int, list[int], list[int]]] = []
    for at in places:
        after = _run(tokens, at, 1)
        end = at + len(after) + 1
        following = end < len(tokens) and tokens[end].kind == "month"
        days = [one for one in _run(tokens, at, -1) if one in free]
        if not days:
            days = [one for one in after if one in free]
            if following and len(days) > 1 and not _days(tokens, _run(tokens, end, 1)):
                days.pop()  # of "October 23 and 4 November" the four is the other's
            elif following and days and not _days(tokens, _run(tokens, end, 1)):
                days = days if days[0] == at + 1 else []
        elif not following:
            days += [one for one in after if one in free]
        free -= set(days)
        years = [one for one in (*after, *_run(tokens, at, -1)) if tokens[one].kind == "year"]
        found.append((at, days, years[:1]))
    year = 0
    for nth in range(len(found) - 1, -1, -1):
        at, days, years = found[nth]
        # "September and October 2023" share their year
        apart = nth + 1 < len(found) and any(
            one.kind in ("other", "stop") for one in tokens[at : found[nth + 1][0]]
        )
        year = tokens[years[0]].value if years else 0 if apart else year
        if tokens[at].doubtful and not days and not years:
            continue
        yield Day(year, tokens[at].value, 0)
        yield from (Day(year, tokens[at].value, tokens[one].value) for one in days)
    yield from (Day(0, 0, tokens[at].value) for at in free if tokens[at].doubtful)


class _Token(NamedTuple):
    """A word of a text: `month`, `day`, `year`, `between`, `stop` or `other`.

    A month is doubtful where its name is a common word too; a day where it may stand alone.
    """

    kind: str
    value: int = 0
    doubtful: bool = False


@lru_cache(maxsize=2048)
def _tokens(text: str) -> tuple[_Token, ...]:
    return tuple(_tokens_of(text)) if _MAY_DATE.search(text) else ()


_MAY_DATE = re.compile(
    r"\d|\b(?:" + "|".join(sorted({one[:3] for one in (*IN_TEXT, *ORDINALS)})) + ")", re.IGNORECASE
)


def _tokens_of(text: str) -> Iterator[_Token]:
    found = list(_TOKEN.finditer(text))
    words = [one[0].casefold().replace("’", "'") for one in found]
    at = 0
    while at < len(found):
        one, step = found[at], 1
        if one["year"] or one["short"]:
            yield _Token("year", int(one["year"] or f"20{one['short']}"))
        elif one["day"]:
            alone = one[0][-1:].isalpha() or text[: one.start()].endswith("am ")
            yield _Token("day", int(one["day"]), alone)
        elif one["stop"]:
            yield _Token("stop")
        else:
            step, token = _word(words[at : at + 4], one["word"].islower())
            yield token
        at += step


def _word(words: list[str], small: bool) -> tuple[int, _Token]:
    """What the words that begin here say of a date, and how many of them belong to it."""
    for long in range(len(words), 0, -1):
        form = " ".join(words[:long])
        if form in YEARS:
            return long, _Token("year", YEARS[form])
        if form in ORDINALS:
            return long, _Token("day", ORDINALS[form])
    word = words[0]
    if word in IN_TEXT:
        return 1, _Token("month", IN_TEXT[word], word in DOUBTFUL and small)
    return 1, _Token("between" if word in _BETWEEN else "other")


def _run(tokens: Sequence[_Token], at: int, step: int) -> list[int]:
    """The places on one side of a month up to another word, or another month, nearest first."""
    found: list[int] = []
    place = at + step
    while 0 <= place < len(tokens) and tokens[place].kind in ("day", "year", "between"):
        found.append(place)
        place += step
    return found


def _days(tokens: Sequence[_Token], places: list[int]) -> list[int]:
    return [one for one in places if tokens[one].kind == "day"]
