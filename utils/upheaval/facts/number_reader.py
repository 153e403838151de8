"""One number after the other in a text, each put together from its figures and words.

What a number may look like is here; which of them a sentence says is in `figures`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .number_words import (
    ALONE,
    AND,
    FRACTIONS,
    KANJI,
    LETTERS,
    OF,
    SCALES,
    begins,
    compound,
    kanji,
    small,
)  # fmt: skip

_VULGAR = {
    "½": 1 / 2, "¼": 1 / 4, "¾": 3 / 4, "⅓": 1 / 3, "⅔": 2 / 3, "⅕": 0.2, "⅛": 0.125,
}  # fmt: skip
_TOKEN = re.compile(
    r"(?P<grouped>(?<!\d)\d{1,3}(?:([,.'’\u00a0\u202f ])\d{3})(?:\2\d{3})*(?:[.,]\d{1,2})?(?!\d))"
    r"|(?P<lakh>(?<!\d)\d{1,3}(?:,\d\d)+,\d{3}(?!\d))"
    r"|(?P<plain>\d+(?:[.,]\d+)?)"
    rf"|(?P<kanji>[{KANJI}]+)|(?P<vulgar>[{''.join(_VULGAR)}])"
    r"|(?P<korean>[만억조천](?=여?[\s\d명]|$))"
    r"|(?P<word>(?:quatre-vingt(?:-dix|s)?)|[^\W\d_](?:[^\W\d_\u3400-\u9fff만억조천]|[’'](?=я))*)"
)


@dataclass
class Number:
    """One number in a text: the value, what it was counted by, and where it stands."""

    value: float
    scale: float
    start: int
    end: int
    bare: float | None = None
    """The figure before a scale of one letter, which may be a unit: "5 m"."""


class Reader:
    """Goes through the tokens of a text and puts together those that make one number.

    The text has small letters, and figures of one kind.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = list(_TOKEN.finditer(text))
        self.at = self.begin = 0

    def numbers(self) -> list[Number]:
        """All numbers, in their order."""
        found: list[Number] = []
        while self.at < len(self.tokens):
            start = self.at
            token = self.tokens[start]
            if token["word"] and not begins(token[0]):
                self.at += 1
                continue
            one = self._number()
            if one is None:
                self.at = max(self.at, start + 1)
            else:
                found += one
        return found

    def _word(self, ahead: int = 0) -> str:
        """The token that is so far ahead, or the empty text; it must be near the one before."""
        at = self.at + ahead
        if at >= len(self.tokens):
            return ""
        if ahead:
            gap = self.text[self.tokens[at - 1].end() : self.tokens[at].start()]
            if gap.strip(" \u00a0\u202f-‑"):
                return ""
        return self.tokens[at][0].replace("quatre-vingt", "quatrevingt").replace("t-d", "td")

    def _near(self) -> bool:
        """Whether the next token stands right after the last, with a space or hyphen at most."""
        if self.at in (self.begin, len(self.tokens)):
            return self.at == self.begin < len(self.tokens)  # "thousands" counts by itself
        gap = self.text[self.tokens[self.at - 1].end() : self.tokens[self.at].start()]
        return not gap.strip(" \u00a0\u202f-‑.") and len(gap) < 4

    def _number(self) -> list[Number] | None:
        self.begin, begin = self.at, self.tokens[self.at].start()
        readings = self._first()
        if readings is None:
            return None
        values, counted = readings
        value, scale, bare = self._grown(values[0], counted)
        end = self.tokens[self.at - 1].end()
        found = [Number(value, scale, begin, end, bare)]
        # The other readings of a figure ("1.234" may be a decimal) grow by the same scale.
        found += [Number(one * scale, scale, begin, end) for one in values[1:]]
        return found

    def _first(self) -> tuple[list[float], bool] | None:
        """The readings of the number that begins here, the likely one first; a figure or none."""
        token = self.tokens[self.at]
        word = self._word()
        self.at += 1
        if token["grouped"] or token["lakh"] or token["plain"]:
            return _figure(token[0], self._word(0)), True
        if token["kanji"]:
            value = kanji(token[0])
            return None if value is None else ([value], True)
        if token["vulgar"]:
            return [_VULGAR[word]], True
        if word in ("a", "an", "the") and self._word(0) in FRACTIONS:
            return None  # of "a half" the half is read
        if word in FRACTIONS:
            return self._fraction(1.0, word)
        if word == "third" and self._word(0) == "of":
            return [1 / 3], False
        value = small(word)
        if value is not None and self._word(0) in FRACTIONS and value in (1, 2, 3, 4):
            word = self._word(0)
            self.at += 1
            return self._fraction(value, word)
        if value is None:
            value = compound(word)
        if value is None and (word in ALONE or token["korean"]):
            self.at -= 1
            return [1.0], False
        return None if value is None else ([value], False)

    def _fraction(self, count: float, word: str) -> tuple[list[float], bool]:
        """Half, or three quarters, of what follows: "half a million", "half a dozen"."""
        part = count * FRACTIONS[word]
        mark = self.at
        while self.at < len(self.tokens) and self._near() and self._word(0) in OF:
            self.at += 1
        if self.at >= len(self.tokens) or self._word(0) not in SCALES:
            self.at = mark
        return [part], False

    def _grown(self, value: float, figure: bool) -> tuple[float, float, float | None]:
        """The number with what follows: tens and ones, scales, halves. And the last scale."""
        part, whole, last, scale, bare = value, 0.0, float("inf"), 1.0, None
        while self.at < len(self.tokens) and self._near():
            word, mark = self._word(0), self.at
            joined = word in AND
            if joined:
                self.at += 1
                if self.at >= len(self.tokens):
                    self.at = mark
                    break
                word = self._word(0)
            step = self._half(word, joined, part, whole, last)
            if step is not None:
                part, whole = step
                continue
            if joined and not self._joins(word, part, whole, last):
                self.at = mark
                break
            if word == "of" and not joined and part >= 2 and self._word(1) in SCALES:
                self.at += 1
                continue
            if (by := SCALES.get(word)) is not None and not joined:
                if word in LETTERS:
                    bare = part
                part, whole, last, scale = _scaled(part, whole, last, by)
                self.at += 1
                continue
            # Of "6 million 152 mm shells" the 152 is another number; of "1만 2000" it is not.
            apart = (figure and scale == 1) or self._stands_apart(scale)
            more = self._more(word, part, last, apart)
            if more is None:
                self.at = mark
                break
            part = more
            self.at += 1
        return whole + part, scale, bare

    def _stands_apart(self, scale: float) -> bool:
        """Whether a figure after a scale is another number: no scale of its own comes after it."""
        token = self.tokens[self.at]
        joined = scale in (1e4, 1e8) or self.text[token.start() - 1] in "-‑"
        return bool(token["plain"]) and not joined and self._word(1) not in SCALES

    def _half(
        self, word: str, joined: bool, part: float, whole: float, last: float
    ) -> tuple[float, float] | None:
        """The number with "and a half" after it: of a million, if it counted millions."""
        vulgar = self.tokens[self.at]["vulgar"]
        if not (joined or vulgar):
            return None
        ahead = 0 if vulgar or word in FRACTIONS else 1
        half = word if ahead == 0 else self._word(1)
        share = _VULGAR.get(half, FRACTIONS.get(half))
        if share is None or (ahead and word not in ("a", "one", "ein", "un", "une")):
            return None
        self.at += ahead + 1
        if whole and not part:
            return 0.0, whole + share * last
        return part + share, whole

    def _joins(self, word: str, part: float, whole: float, last: float) -> bool:
        """Whether the number after "and" is a part of that before: "a hundred and one"."""
        value = self._value_here(word)
        if value is None:
            return False
        room = 100 if part and part % 100 == 0 else last if whole and not part else 0
        room = 100 if part in range(1, 10) and value in range(20, 100, 10) else room
        ahead = self._word(1)
        if ahead in SCALES and SCALES[ahead] <= room:
            return False  # "one hundred and two hundred" are two numbers
        return value < room and (value >= 1)

    def _value_here(self, word: str) -> float | None:
        if self.tokens[self.at]["plain"]:
            return float(word.replace(",", "."))
        return small(word)

    def _more(self, word: str, part: float, last: float, figure: bool) -> float | None:
        """What a number becomes with a smaller one right after it, or None."""
        value = self._value_here(word)
        if value is None or figure:
            return None
        if word in ("a", "an"):
            return None
        if not part and last < float("inf"):
            return value if value < last else None
        if part in range(20, 100, 10) and value < (20 if part in (60, 80) else 10):
            return part + value
        if part >= 100 and part % 100 in (0, *range(20, 100, 10)):
            return part + value if value < (10 if part % 100 else 100) else None
        return None


def _scaled(part: float, whole: float, last: float, by: float) -> tuple[float, float, float, float]:
    """A number with one more scale after it: its part, its whole, the scale, and by what it grew.

    A hundred or a dozen stays in the part, for more may follow.
    """
    if by < 1_000 and part:
        return part * by, whole, last, by
    if not part and whole:
        return 0.0, whole * by, by, last * by  # two thousand million
    if by > last:
        return 0.0, (whole + part) * by, by, by
    return 0.0, whole + part * by, by, by


def _figure(text: str, after: str) -> list[float]:
    """The readings of a figure: "11,000", "12.500", "2,5", "1,234,567.89"."""
    if match := re.fullmatch(r"(\d{1,3})([.,])(\d{3})", text):
        whole, mark, rest = match.groups()
        grouped, decimal = float(whole + rest), float(f"{whole}.{rest}")
        if SCALES.get(after, 0) >= 1e6:
            return [decimal, grouped]
        return [grouped] if mark == "," or rest == "000" else [grouped, decimal]
    if re.fullmatch(r"\d+[.,]\d+", text):
        return [float(text.replace(",", "."))]
    *groups, tail = re.split(r"[^\d]", text)
    if groups and len(tail) < 3:
        return [float("".join(groups) + "." + tail)]
    joined = float("".join([*groups, tail]))
    if groups and tail != "000" and re.search(r"[\s\u00a0\u202f]", text):
        return [joined, *(float(one) for one in (*groups, tail))]  # "on 23 100 men came"
    return [joined]
