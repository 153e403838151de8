"""Letters that stand together in no word of any language: a wrong encoding has put them there.

Each rule looks at the letters alone, and knows no dictionary. What reads like a word by chance, no
rule can see: one letter with a mark for another (`Sołtan`), Cyrillic that stays Cyrillic. Turkish
read as Western is the exception: its ğ, ş, ı and İ become ð, þ, ý and Ý, which Icelandic puts in
other places.
"""

from __future__ import annotations

import functools
import itertools
import re
import unicodedata

_SIGNS = "¡¢£¤¥¦§¨©ª¬®¯±´µ¶¸º¿"
_STRAY = "¡¢¤¥¦¨ª¬¯´¶¸º¿¼½¾"  # beside a letter that is no Latin one; not those of "км²" and "®"
_MAC = "‚„†‡•‰ˆ˜ƒ∂∑∏π∫Ω√≈∆◊ﬁﬂ∞°Œœ"
_BETWEEN = "‚„†‡‰ˆ˜ƒ∂∑∏π∫Ω√≈∆◊ﬁﬂ∞‗"
_SMALL, _CAPITAL = "а-яёєіїґў", "А-ЯЁЄІЇҐЎ"
_ODD = re.compile(
    # Two signs of Western Europe in a row; Spanish alone writes "¡¿".
    f"(?!¡¿|¿¡)[{_SIGNS}][{_SIGNS}]"
    # Five letters with marks, or signs, in a row; Vietnamese and Czech have four at most.
    f"|[\u00c0-\u024f{_SIGNS}{_MAC}]{{5,}}"
    # Katakana of half width, of bytes that meant something else.
    "|[\uff61-\uff9f]{2,}"
    # Small letters and capitals exchanged: "мОСКВА", "рчыАзп", "гДлЙт"; "кВт" is a unit.
    f"|\\b[{_SMALL}][{_CAPITAL}]{{3,}}\\b"
    f"|\\b[{_SMALL}]{{2,}}[{_CAPITAL}]+[{_SMALL}]{{2,}}"
    f"|\\b[{_SMALL}]+[{_CAPITAL}]+[{_SMALL}]+[{_CAPITAL}]"
    # A sign between two letters with marks, and letters of two alphabets in one word; Z and V in
    # a Russian one are slogans of this war ("Zа победу").
    f"|[\u00c0-\u024f][{_SIGNS}{_BETWEEN}][\u00c0-\u024f]"
    "|[A-UWXYa-z][Ѐ-ӿ]|[Ѐ-ӿ][A-UWXYa-z]|[a-z][α-λν-ώ][α-ώ]*[a-z]|\\b[ΑΒΓΕ-ΡΤ-Ψ][a-z]{2}"
    # A raised n inside a word (ü of Windows in DOS), and a capital with a mark that ends a small
    # word (é of a Mac in Windows).
    "|[A-Za-z]ⁿ[a-z]|[a-z]{2}[À-ÖØ-ÞŠŒŽŸ]\\b"
    # Marks that stand on no letter, and more of them than any script puts on one.
    "|(?:^|[\\s\"'“(])[\u0300-\u036f]|[\u0300-\u036f]{4}"
    # Letters that stand only at the end of a word, inside one; capitals inside a small word.
    "|ς[α-ώ]|[ךםןףץ][א-ת]|\\b[α-ώ]+[Α-Ω][α-ώ]|\\b[бвгджзйклмнпрстфхцчшщьъ]{5,}\\b"
    # Vowels of Thai that follow no letter, and its letters that nobody writes any more.
    "|(?<![\u0e00-\u0e4e])[\u0e30\u0e31\u0e33-\u0e3a\u0e47-\u0e4e]|[\u0e5a\u0e5b\u0e03\u0e05]"
    # A sign that is glued to a letter of another alphabet, on both sides of it or on one.
    f"|[\u0370-\u07ff\u0e00-\u0e7f][{_STRAY}]|[{_STRAY}][\u0370-\u07ff\u0e00-\u0e7f]"
)
#: Turkish read as Western (ğ ı ş İ as ð ý þ Ý) or as Central European (đ ý ţ Ý). In Icelandic no þ
#: ends a word or stands before a consonant but j, r and v, nor with ü or ç; Turkmen and Czech
#: have a ý, and neither ð nor þ.
_TURKISH = re.compile(
    "\\w[þÞ](?:\\b|[bcçdfgðhklmnpqsþtxzBCÇDFGÐHKLMNPQSÞTXZ])"
    "|\\b\\w*(?:[üçâîÜÇÂÎ]\\w*[ðþÐÞ]|[ðþÐÞ]\\w*[üçâîÜÇÂÎ])"
    "|\\b\\w*(?:[üöçâÜÖÇÂ]\\w*[đţĐŢ]|[đţĐŢ]\\w*[üöçâÜÖÇÂ])"
    "|\\bÝ(?:[bcçnzşþţ]|s[tmrpv]|ran|tal)|\\bÝ(?:[BCÇNZŞÞŢ]|S[TMRPV]|RAN|TAL)"
    "|[ðÐ][ýÝ](?![tmfTMF])|[đţĐŢ][ýÝ]|[ýÝ][đţĐŢ]"
    "|(?:oð|OÐ)(?:lu|LU)\\b|\\bErdo[ðđ]|\\bERDO[ÐĐ]|\\bde[ðđ]il|\\bIðd[ýi]r|\\bÝyi\\b"
)
_EASTERN = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uff61-\uff9f"
_LONE = re.compile(f"[A-Za-z]{{2}}[{_EASTERN}](?![{_EASTERN}])")
_IDEOGRAPHS = re.compile("[\u3400-\u9fff]{3,}")
_HANGUL = re.compile("[\uac00-\ud7a3]{2,}")
_LETTERS = re.compile("[^\\W\\d_\x00-\x7f]{2,}")
#: The first and the last byte pair of the frequent characters of three standards.
_FREQUENT = (("gb2312", 0xB0A1, 0xD7FA), ("big5", 0xA440, 0xC67F), ("cp932", 0x889F, 0x9873))
#: Scripts of which no word has two, and those that are written together.
_ALPHABETS = {"LATIN", "CYRILLIC", "GREEK", "HEBREW", "ARABIC", "THAI", "ARMENIAN", "GEORGIAN"}
_TOGETHER = {"CJK", "HIRAGANA", "KATAKANA", "HANGUL", "KATAKANA-HIRAGANA", "IDEOGRAPHIC"}


def odd_letters(text: str) -> str:
    """The first letters in `text` that no language puts together; empty when there are none."""
    if found := _ODD.search(text) or _TURKISH.search(text):
        return found.group()
    if (found := _LONE.search(text)) and len(re.findall(f"[{_EASTERN}]", text)) == 1:
        return found.group()
    for run in _IDEOGRAPHS.findall(text):
        if sum(map(_rare, run)) * 3 >= len(run) * 2:
            return str(run)
    for run in _HANGUL.findall(text):
        if sum(_rare_syllable(one) for one in run) > 1:
            return str(run)
    for run in _LETTERS.findall(text):
        for one, other in itertools.pairwise(run):
            if _apart(_script(one), _script(other)):
                return f"{one}{other}"
    return ""


@functools.lru_cache(maxsize=2**14)
def _rare(letter: str) -> bool:
    """Whether an ideograph is frequent neither in Chinese nor in Japanese."""
    return not any(
        _encodes(letter, standard)
        and first <= int.from_bytes(letter.encode(standard), "big") <= last
        for standard, first, last in _FREQUENT
    )


def _rare_syllable(letter: str) -> bool:
    """Whether a Korean syllable is none of the 2,350 of the standard: Python spells it out then."""
    return len(letter.encode("euc_kr")) > 2


def _encodes(letter: str, encoding: str) -> bool:
    try:
        letter.encode(encoding)
    except UnicodeError:
        return False
    return True


@functools.lru_cache(maxsize=2**14)
def _script(letter: str) -> str:
    """The script of a letter: the first word of its name in Unicode."""
    return str(unicodedata.name(letter, "?").split(" ")[0])


def _apart(one: str, other: str) -> bool:
    """Whether letters of these scripts stand in no word together."""
    pair = {one, other}
    return len(pair) == 2 and bool(pair & _ALPHABETS) and pair <= _ALPHABETS | _TOGETHER
