"""Words for numbers, in the languages of the pages that were read.

A page in another script has an English rendering beside it; a page in German or French may have
none, and a Russian or Korean one keeps its figures. Hence the words of eight languages below twenty
and for tens and hundreds, and of many more for thousand and million.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache


def words(text: str) -> list[str]:
    """The words of a text: long lists of them read better so."""
    return text.split()


def _listed(start: float, step: float, words: str) -> Iterator[tuple[str, float]]:
    for at, forms in enumerate(words.split()):
        for one in forms.split("|"):
            yield one, start + at * step


SMALL: dict[str, float] = dict(
    [
        *_listed(0, 1, "zero|nil|none one two|pair|twice|double|couple three|triple|thrice four"),
        *_listed(5, 1, "five six seven eight nine ten|tens eleven twelve thirteen"),
        *_listed(14, 1, "fourteen fifteen sixteen seventeen eighteen nineteen"),
        *_listed(20, 10, "twenty thirty forty|fourty fifty sixty seventy eighty"),
        *_listed(90, 10, "ninety"),
        *_listed(1, 1, "first second third fourth fifth sixth seventh eighth ninth tenth eleventh"),
        *_listed(12, 1, "twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth"),
        *_listed(19, 1, "nineteenth twentieth"),
        *_listed(30, 10, "thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth"),
        *_listed(1, 0, "a|an|ein|eine|einen|einer|eines|un|une|uno|una|один|одна|одну"),
        *_listed(1, 1, "eins zwei|zwo drei vier fünf sechs sieben acht neun zehn elf zwölf"),
        *_listed(13, 1, "dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn"),
        *_listed(20, 10, "zwanzig dreißig|dreissig vierzig fünfzig sechzig siebzig achtzig"),
        *_listed(90, 10, "neunzig"),
        *_listed(2, 1, "deux trois quatre cinq six sept huit neuf dix|dizaine|dizaines onze"),
        *_listed(12, 1, "douze treize quatorze quinze seize"),
        *_listed(20, 10, "vingt trente quarante cinquante soixante"),
        *_listed(80, 10, "quatrevingt|quatrevingts quatrevingtdix"),
        *_listed(2, 1, "dos tres cuatro cinco seis siete ocho nueve diez"),
        *_listed(12, 1, "doce trece catorce quince"),
        *_listed(20, 10, "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa"),
        *_listed(2, 1, "due tre quattro cinque sei sette otto nove dieci undici dodici"),
        *_listed(15, 1, "quindici"),
        *_listed(20, 10, "venti trenta quaranta cinquanta sessanta settanta ottanta novanta"),
        *_listed(200, 100, "двести|двісті триста четыреста|чотириста пятьсот|п'ятсот шестьсот"),
        *_listed(700, 100, "семьсот|сімсот восемьсот|вісімсот девятьсот|дев'ятсот"),
        *_listed(
            200, 100, "doscientos|doscientas trescientos|trescientas cuatrocientos quinientos"
        ),
        *_listed(1.5, 0, "anderthalb|eineinhalb|полтора|полторы|півтора|півтори"),
    ]
)
"""A number below a thousand, by a word for it in small letters."""

_STEMS = (
    (2, "дв[ауео]|дві|двух|двум|двумя|двох|двома"),
    (3, "три|трех|трёх|трем|тремя|трьох|трьома"),
    (4, "четыр[её]х?|чотир[иь]о?х?"),
    (5, "пят[ьи]ю?|п[’']ят[иь]ох?|п[’']ять"),
    (6, "шест[ьи]|шіст[ьи]|шести"),
    (7, "сем[ьи]|сім|семи"),
    (8, "восемь|восьми|вісім"),
    (9, "девят[ьи]|дев[’']ят[ьи]"),
    (10, "десят[ьи]|десяток|десятк[иіаов]+"),
    (11, "одиннадцат[ьи]|одинадцят[ьи]"),
    (12, "двенадцат[ьи]|дванадцят[ьи]|дюжин[ауы]?"),
    (13, "тринадцат[ьи]|тринадцят[ьи]"),
    (14, "четырнадцат[ьи]|чотирнадцят[ьи]"),
    (15, "пятнадцат[ьи]|п[’']ятнадцят[ьи]"),
    (16, "шестнадцат[ьи]|шістнадцят[ьи]"),
    (17, "семнадцат[ьи]|сімнадцят[ьи]"),
    (18, "восемнадцат[ьи]|вісімнадцят[ьи]"),
    (19, "девятнадцат[ьи]|дев[’']ятнадцят[ьи]"),
    (20, "двадцат[ьи]|двадцят[ьи]"),
    (30, "тридцат[ьи]|тридцят[ьи]"),
    (40, "сорока?"),
    (50, "пятьдесят|п[’']ятдесят"),
    (60, "шестьдесят|шістдесят"),
    (70, "семьдесят|сімдесят"),
    (80, "восемьдесят|вісімдесят"),
    (90, "девяносто|дев[’']яносто"),
    (100, "сто|сотн[яюиіе]"),
)
_SLAVIC = [(value, re.compile(pattern)) for value, pattern in _STEMS]

SCALES: dict[str, float] = {
    word: scale
    for scale, words in (
        (12, "dozen dozens dutzend dutzende douzaine douzaines docena docenas dozzina dozzine"),
        (20, "score scores"),
        (1e2, "hundred hundreds hundert cent cents centaine centaines cien ciento cento"),
        (
            1e3,
            "thousand thousands k thsd grand tausend tausende mille mila mil millier milliers"
            " миле тысяча тысячи тысяч тысячу тыс тысячный тысячного тысячным тысячная"
            " тисяча тисячі тисяч тисячу тис tysiąc tysiące"
            " tysięcy tys bin duizend tusen tusind tuhat tuhatta ribu ألف آلاف الف هزار 千 천",
        ),
        (1e4, "万 萬 만"),
        (1e5, "lakh lakhs"),
        (
            1e6,
            "million millions mn mln mio mill m millionen milioni milione millón millones milhão"
            " milhões milyon miljoen miljoner millioner milion miliony milionów miljoonaa juta"
            " миллион миллиона миллионов млн мільйон мільйона мільйонів مليون ملايين میلیون",
        ),
        (1e7, "crore crores"),
        (1e8, "億 亿 억"),
        (
            1e9,
            "billion billions bn bln b milliarde milliarden mrd milliard milliards miliardo"
            " miliardi milyar miljard miljarder milliarder miliard miliardy miliardów mld miliar"
            " bilhões миллиард миллиарда миллиардов млрд мільярд мільярда мільярдів مليار",
        ),
        (1e12, "trillion trillions tn trn triliun трлн 兆 조"),
    )
    for word in words.split()
}
"""What a word after a number counts by."""
ALONE = frozenset(
    words(
        "dozen dozens dutzend douzaine docena score scores hundred hundreds thousand "
        "thousands million millions billion billions trillion trillions hundert tausend "
        "mille mil cent cien тысяча тысячи тысячу тисяча тисячу миллион мільйон million "
        "milliarde milliard centaine millier milliers centaines 만 천 千 万"
    )
)
"""Scales that need no number before them: "a hundred", "thousands"."""
LETTERS = frozenset({"m"})
"""Scales that may be another unit: "5 m" may be metres."""
FRACTIONS = {
    "half": 0.5, "halb": 0.5, "halbe": 0.5, "halben": 0.5, "demi": 0.5, "medio": 0.5,
    "media": 0.5, "mezzo": 0.5, "quarter": 0.25, "quarters": 0.25, "thirds": 1 / 3,
    "fifths": 0.2, "tenths": 0.1, "пол": 0.5, "половина": 0.5,
}  # fmt: skip
AND = frozenset(["and", "und", "et", "y", "e", "и", "і", "й"])
"""Words that join two parts of one number."""
OF = frozenset(["of", "a", "an", "de", "d", "di", "the", "von"])
"""Words between a part and what it is a part of: "a quarter of a million"."""
_HALVES = re.compile("полмиллиона|полмиллиарда|півмільйона|півмільярда|полтысячи")
_HALF_OF = {"полмиллиона": 5e5, "півмільйона": 5e5, "полмиллиарда": 5e8, "півмільярда": 5e8}


@lru_cache(maxsize=8192)
def small(word: str) -> float | None:
    """The number below a thousand that a word says, or None."""
    if word in SMALL:
        return SMALL[word]
    if "\u0400" <= word[0] <= "\u04ff":
        return next((value for value, stem in _SLAVIC if stem.fullmatch(word)), None)
    return None


@lru_cache(maxsize=2**15)
def begins(word: str) -> bool:
    """Whether a number may begin with this word."""
    known = word in FRACTIONS or word in ALONE or word.startswith("quatre-")
    return known or small(word) is not None or compound(word) is not None


@lru_cache(maxsize=8192)
def compound(word: str) -> float | None:
    """The number that one long word says: "zwölftausend", "dodicimila", "полмиллиона"."""
    if _HALVES.fullmatch(word):
        return _HALF_OF.get(word, 500.0)
    for scale, name in ((1e3, "tausend"), (1e3, "mila"), (1e3, "tusen"), (1e2, "hundert")):
        left, found, right = word.partition(name)
        if found and (left or right):
            head, tail = _part(left) if left else 1.0, _part(right.removeprefix("und"))
            return None if head is None or tail is None else head * scale + tail
    ones, found, tens = word.partition("und")
    if found and tens in SMALL and SMALL[tens] >= 20 and ones in SMALL:
        return SMALL[ones] + SMALL[tens]
    return None


def _part(word: str) -> float | None:
    return 0.0 if not word else SMALL.get(word, compound(word))


_KANJI = {sign: value for value, sign in enumerate("〇一二三四五六七八九")}
_KANJI |= {"零": 0, "两": 2, "兩": 2}
_PLACES = {"十": 10, "百": 100, "千": 1_000}
KANJI = "〇零一二三四五六七八九两兩十百千万萬億亿兆"


def kanji(run: str) -> float | None:
    """The number that Chinese signs say: 一万二千 is 12,000, 二〇二四 is 2024."""
    if all(sign in _KANJI for sign in run):
        return float("".join(str(_KANJI[sign]) for sign in run))
    whole, part, digit = 0.0, 0.0, None
    for sign in run:
        if sign in _KANJI:
            digit = _KANJI[sign]
        elif sign in _PLACES:
            part, digit = part + (1 if digit is None else digit) * _PLACES[sign], None
        else:
            here = part + (digit or 0)
            whole, part, digit = whole + (here or 1) * SCALES[sign], 0.0, None
    return whole + part + (digit or 0)
