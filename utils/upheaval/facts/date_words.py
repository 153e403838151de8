"""Words for days and months as sentences have them, in the languages of the pages that were read.

`month_names` has what spreadsheet programs write; here are the names besides, and ordinals.
"""

from __future__ import annotations

from .month_names import MONTHS
from .number_words import words

_MORE = (
    "januari tammikuuta tammikuu leden ledna január ianuarie януари januára stycznia يناير ژانویه",
    "februari helmikuuta helmikuu únor února február februarie февруари فبراير فوریه",
    "mars maaliskuuta maaliskuu březen března március martie март مارس",
    "april huhtikuuta huhtikuu duben dubna április aprilie април أبريل آوریل",
    "mei toukokuuta toukokuu květen května május maj мај مايو",
    "juni kesäkuuta kesäkuu červen června június iunie يونيو",
    "juli heinäkuuta heinäkuu červenec července július iulie يوليو",
    "augusti agustus elokuuta elokuu srpen srpna augusztus أغسطس",
    "september syyskuuta syyskuu září szeptember septembrie септември سبتمبر",
    "oktober lokakuuta lokakuu říjen října október octombrie октомври أكتوبر اکتبر",
    "november marraskuuta marraskuu listopadu noiembrie ноември نوفمبر نوامبر",
    "desember joulukuuta joulukuu prosinec prosince december decembrie декември ديسمبر",
)
_CASES = (
    "январе январю", "феврале февралю", "марте марту", "апреле апрелю квітні", "мае маю травні",
    "июне июню червні", "июле июлю липні", "августе августу серпні", "сентябре сентябрю вересні",
    "октябре октябрю жовтні", "ноябре ноябрю", "декабре декабрю грудні",
)  # fmt: skip
IN_TEXT: dict[str, int] = dict(MONTHS)
for _names in (_MORE, _CASES):
    for _number, _words in enumerate(_names, start=1):
        for _word in _words.split():
            IN_TEXT.setdefault(_word, _number)
del IN_TEXT["des"]  # a month in Norwegian, and an article in German and in French
IN_TEXT |= {"січні": 1, "лютому": 2, "березні": 3, "листопаді": 11}
#: Names that are common words too: a month only beside a day or a year.
DOUBTFUL = frozenset(words("may mar march mai set sie mag gen out ago giu tra lut lip lis jun"))
ROMAN = {
    one: number
    for number, one in enumerate(
        ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"], start=1
    )
}


def _ordinals() -> dict[str, int]:
    english = words(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
        "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
    )
    small = words("one two three four five six seven eight nine ten eleven twelve")
    found = {word: day for day, word in enumerate(english, start=1)}
    found |= {word: day for day, word in enumerate(small, start=1)}
    found |= {"twentieth": 20, "thirtieth": 30, "thirty first": 31, "thirty one": 31}
    found |= {f"twenty {one}": 20 + day for day, one in enumerate(english[:9], start=1)}
    found |= {f"twenty {one}": 20 + day for day, one in enumerate(small[:9], start=1)}
    return found | _german() | _slavic() | {"premier": 1, "primero": 1, "primo": 1}


def _german() -> dict[str, int]:
    stems = words(
        "erst zweit dritt viert fünft sechst siebt acht neunt zehnt elft zwölft dreizehnt "
        "vierzehnt fünfzehnt sechzehnt siebzehnt achtzehnt neunzehnt zwanzigst"
    )
    ones = words("einund zweiund dreiund vierund fünfund sechsund siebenund achtund neunund")
    stems += [f"{one}zwanzigst" for one in ones] + ["dreißigst", "einunddreißigst"]
    return {f"{stem}e{end}": day for day, stem in enumerate(stems, start=1) for end in ("", "n")}


def _slavic() -> dict[str, int]:
    russian = words(
        "первого второго третьего четвёртого|четвертого пятого шестого седьмого восьмого "
        "девятого десятого одиннадцатого двенадцатого тринадцатого четырнадцатого "
        "пятнадцатого шестнадцатого семнадцатого восемнадцатого девятнадцатого двадцатого"
    )
    ukrainian = words(
        "першого другого третього четвертого п'ятого шостого сьомого восьмого дев'ятого "
        "десятого одинадцятого дванадцятого тринадцятого чотирнадцятого п'ятнадцятого "
        "шістнадцятого сімнадцятого вісімнадцятого дев'ятнадцятого двадцятого"
    )
    found: dict[str, int] = {}
    for names, twenty, thirty, thirtieth in (
        (russian, "двадцать", "тридцать", "тридцатого"),
        (ukrainian, "двадцять", "тридцять", "тридцятого"),
    ):
        for day, forms in enumerate(names, start=1):
            for one in forms.split("|"):
                found[one] = day
                found |= {f"{twenty} {one}": 20 + day} if day < 10 else {}
                found |= {f"{thirty} {one}": 31} if day == 1 else {}
        found[thirtieth] = 30
    return found


ORDINALS = _ordinals()
"""Days of a month by the words for them, in small letters, with a space for a hyphen."""
YEARS = {
    f"{head} {tail}": 2000 + number
    for head in ("twenty", "two thousand", "two thousand and")
    for number, tail in [
        *enumerate(
            words(
                "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
                " twenty"
            ),
            start=10,
        ),
        *((20 + day, f"twenty {one}") for day, one in enumerate(
            ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"], start=1)),
    ]
}  # fmt: skip
"""Years by the words for them, in small letters: "twenty twenty four"."""
