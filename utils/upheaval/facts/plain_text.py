"""What no text of a table may hold: what nobody sees, what could run, and what a program broke.

`faults(text)` names each, with what would be right. Everything is judged by the text alone.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator

from .month_names import MONTHS
from .odd_letters import odd_letters

LONGEST = 5000
"""How many characters a text may have; a spreadsheet cuts a cell after 32,767."""

MARKUP = re.compile(
    r"<[a-z!/?%]|&(?:#\d+|#x[0-9a-f]+|[a-z][a-z0-9]{1,30});|(?:java|vb)\s*script\s*:"
    r"|\b(?:file|filesystem|jar|chrome|resource|smb|view-source|blob)\s*:(?:\s*//|\s*https?:)"
    r"|\{\{|\{%|\$\{|\{[a-z:+-]{2,20}\}`"
    r"|data\s*:\s*(?:text|image|application|audio|video|font)\s*/"
    r"|\bon(?:abort|animation|auxclick|before|blur|canplay|change|click|close|contextmenu|copy|cut"
    r"|cuechange|dblclick|drag|drop|duration|emptied|ended|error|focus|formdata|fullscreen"
    r"|gotpointer|lostpointer|hashchange|input|invalid|key|load|message|mouse|page|paste"
    r"|play|pointer|popstate|progress|reset|resize|scroll|search|select|show|storage|submit"
    r"|toggle|touch|transition|unload|wheel)[a-z]*\s*=(?!=)",
    re.IGNORECASE,
)
"""What could run as script, be read as HTML or fill in a template, or leads into a computer.

`<script`, `onerror=`, `javascript:`, `&lt;`, `{{`, `file://`.
"""

_SYMBOLS = "\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\u034f\ufffc"  # letters and marks of no width
_JOINERS = "\u200c\u200d"
_VARIATION = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")


def _unseen(letter: str) -> bool:
    """Whether a character has no shape: controls, format marks, private and non-characters."""
    if letter.isascii():
        return not letter.isprintable()
    return (
        unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
        or letter in _SYMBOLS
        or 0xFDD0 <= ord(letter) <= 0xFDEF
        or ord(letter) & 0xFFFE == 0xFFFE
        or bool(_VARIATION.match(letter))
    )


def visible(text: str) -> str:
    """The text with each character that has no shape as its number, `[U+200B]`.

    So a message shows what is wrong, and nothing in a table can steer who reads it in a terminal.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        f"[U+{ord(letter):04X}]" if letter != "\n" and _unseen(letter) else letter
        for letter in text
    )


def blank(text: str) -> bool:
    """Whether a reader sees nothing: spaces, and characters without a shape."""
    return all(letter.isspace() or _unseen(letter) for letter in text)


def _joins(text: str, at: int) -> bool:
    """Whether a joiner or a variation does its work here: inside an emoji or another script."""
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    if _VARIATION.match(text[at]):
        return unicodedata.category(before) in ("So", "Sk", "Sm", "Lo", "Po", "Nd")
    if unicodedata.category(before) in ("So", "Sk") or _VARIATION.match(before):
        return unicodedata.category(after) == "So" or unicodedata.category(after) == "Sm"
    return not before.isascii() and unicodedata.category(before) in ("Lo", "Mn", "Mc")


def _unseen_in(text: str) -> str:
    """The first character without a shape that does no work there; empty if there is none."""
    if text.isascii() and text.isprintable():
        return ""
    for at, letter in enumerate(text):
        if not _unseen(letter):
            continue
        works = letter in _JOINERS or _VARIATION.match(letter)
        if not (works and _joins(text, at)):
            return letter
    return ""


# -- letters of a wrong encoding -------------------------------------------------------------------
_READ_AS = (
    *("cp1252", "latin-1", "cp1250", "cp1251", "mac_roman", "cp437", "cp850", "cp852"),
    *("cp866", "koi8_r", "cp1253", "cp1254", "cp1257", "iso8859_2", "mac_cyrillic"),
    *("cp1255", "cp1256", "cp874", "mac_greek", "mac_latin2", "iso8859_5", "iso8859_7"),
)
_EASTERN = ("gbk", "cp932", "cp949", "big5", "euc_jp")
_RUN = re.compile(r"[^\x00-\x7f]{2,}")
_WORD = re.compile(r"[^\x00-\x7f]{3,}(?![a-zA-Z])")
_RESULT = re.compile(
    "[\u00a0-\u017f\u0192\u0218-\u021b\u02c6\u02dc\u0386-\u03ce\u0401-\u045f\u0490\u0491"
    "\u05d0-\u05ea\u0620-\u064a\u1e00-\u1eff\u2010-\u2044\u20a0-\u20bf\u2100-\u2193"
    "\u3000-\u30ff\u4e00-\u9fff\uac00-\ud7a3\ufeff]+"
)
_ONE_SCRIPT = re.compile(
    "[\u0410-\u045f\u0490\u0491]{3,}|[\u0386-\u03ce]{3,}|[\u05d0-\u05ea]{3,}|[\u0620-\u064a]{3,}"
    "|[\uac00-\ud7a3]{2,}|[\u3040-\u30ff\u4e00-\u9fff]{2,}"
)
_LEGACY = (
    ("cp1251", "[\u0400-\u045f\u0490\u0491]{3,}"),
    ("cp949", "[\uac00-\ud7a3]{2,}"),
    ("koi8_r", "[\u0410-\u044f\u0401\u0451]{3,}"),
    ("gbk", "[\u4e00-\u9fff]{3,}"),
)
_BROKEN = re.compile(
    "\ufffd|\u951f\u65a4\u62f7|\u9225|[\u2500-\u259f]|\u00e2\u20ac"
    "|\u00c3[\u0080-\u00bf\u0192\u201a-\u2122]"
    # The quotation marks of one alphabet's bytes in another, about a word.
    "|[\u00d2\u0147]\\w[^\u00d2\u0147\u00d3]*\u00d3(?!\\w)|\u00ec\\w[^\u00ec\u00ee]*\u00ee(?!\\w)"
    "|\u00f4\\w[^\u00f4\u00f6]*\u00f6(?!\\w)|[A-Z]{2}[\u00ed\u00c6\u00d5]s\\b"
    "|[a-z][\u00c6\u00d5](?:s|t|d|m|re|ve|ll)\\b"
    # UTF-7, quoted-printable, and the escapes of a program's source.
    r"|\+(?:A[A-Za-z]|I[BC])[A-Za-z0-9+/](?:[A-Za-z0-9+/]*-|\b)"
    r"|=[C-F][0-9A-F](?:=[89AB][0-9A-F])+|%[C-F][0-9A-F](?:%[89AB][0-9A-F])+"
    r"|\\u[0-9a-f]{4}|\\x[0-9a-f]{2}|\\0[0-9a-f]{3}"
)
_INSIDE = "\u2019\u2018\u2013\u2014\u2010\u2011\u2012\u00b7\u2022\u2026\u2032\u2033\u00d7\u00f7"
_INSIDE += "\u02bc\u02bb"
_QUESTION = re.compile(r"\w\?\w|(?:^|[\s(\[\"])\?[\w.]|\s\?|\?\?|\?\s+[a-z]")
_ADDRESS = re.compile(r"https?://\S+")


def misread(text: str) -> str:
    """The first letters that a wrong encoding has made; empty when there are none."""
    # In an address "%C3%A9" is how an é is written.
    if found := _BROKEN.search(_ADDRESS.sub(lambda one: one[0].replace("%", " "), text)):
        return found.group()
    if text.isascii():
        return ""
    if odd := _odd_inside(text) or odd_letters(text):
        return odd
    for run in _RUN.findall(text):
        for one in _READ_AS:
            again = _again(run, one, "utf-8")
            if len(again) < len(run) and _RESULT.fullmatch(again):
                return str(run)
        # Two bytes a letter: what comes out has to be of one alphabet, or chance could do it.
        for one in _EASTERN if len(run) > 2 else ():
            if _ONE_SCRIPT.fullmatch(_again(run, one, "utf-8")):
                return str(run)
    for run in _WORD.findall(text):
        if run.isupper():  # a row of capitals with marks may be meant
            continue
        for one, result in _LEGACY:
            for seen in ("latin-1", "cp1252"):
                if re.fullmatch(result, _again(run, seen, one)):
                    return str(run)
    return ""


def _latin(letter: str) -> bool:
    """Whether a character is a letter of the Latin alphabet, with or without a mark."""
    return (letter.isascii() and letter.isalpha()) or "LATIN" in unicodedata.name(letter, "")


def _odd_inside(text: str) -> str:
    """The first sign, capital or letter of another script that stands inside a Latin word."""
    for at in range(1, len(text) - 1):
        before, letter, after = text[at - 1], text[at], text[at + 1]
        if letter.isascii() or not (_latin(before) and _latin(after)):
            continue
        kind = unicodedata.category(letter)
        if _latin(letter):  # two small letters before: "na hÉireann" is right
            odd = kind == "Lu" and text[max(at - 2, 0) : at].islower() and after.islower()
            odd = odd and at > 1 and text[at - 2].isalpha()
        else:
            odd = letter not in _INSIDE and kind not in ("Zs", "Mn", "Cf")
        if odd:
            return before + letter + after
    return ""


def _again(run: str, seen: str, meant: str) -> str:
    """`run`, which a program read by the encoding `seen`, read by the one `meant`; else empty."""
    try:
        data = b"".join(
            bytes([ord(one)])
            if 0x80 <= ord(one) < 0xA0 and seen in ("cp1252", "cp1250", "cp1254")
            else one.encode(seen)
            for one in run
        )
        return data.decode(meant)
    except UnicodeError:
        return ""


_DISGUISED = re.compile("[\U0001d400-\U0001d7ff\u24b6-\u24e9\U0001f110-\U0001f169]")
"""Letters of formulas and in circles, of which some write words: 𝐊𝐢𝐦. No search finds those."""
_WIDE = re.compile("[\uff21-\uff3a\uff41-\uff5a]")
_OF_THE_EAST = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")


def _disguised(text: str) -> str:
    """The first letter that only looks like a plain one; wide ones belong to East Asian writing."""
    found = _DISGUISED.search(text) or (not _OF_THE_EAST.search(text) and _WIDE.search(text))
    return found.group() if found else ""


#: Digits whose Unicode name begins otherwise than the letters that they are written with.
_WRITTEN_WITH = {
    "ARABIC-INDIC": ("ARABIC",),
    "EXTENDED": ("ARABIC",),
    "FULLWIDTH": ("FULLWIDTH", "CJK", "HIRAGANA", "KATAKANA", "HANGUL"),
}


def _foreign_digit(text: str) -> str:
    """The first digit of another script in a text that has no letter of that script."""
    for letter in text if not text.isascii() else "":
        if letter.isdecimal() and not letter.isascii():
            first = unicodedata.name(letter, "").split(" ")[0]
            scripts = _WRITTEN_WITH.get(first, (first,))
            if not any(unicodedata.name(o, "").startswith(scripts) for o in text if o.isalpha()):
                return letter
    return ""


# -- what stands there instead of a text -----------------------------------------------------------
ERROR_VALUE = r"#{2,}|#[¡¿]?[^\W\da-z]+(?:/[^\W_a-z]+)*[!?]?|Err:\d{3}"
"""What a spreadsheet shows where a formula fails or a column is narrow, in any language."""
_PLACEHOLDER = re.compile(
    r"[\W_]*|0+|x+|n/?a|n\.[an]|none|null|nil|nan|tb[acd]|to ?do|to be \w+|fill (?:me |this )?in"
    r"|fixme|see (?:above|below)|(?:\w+ )?(?:text|title|name) here|(?:source|citation) needed"
    r"|test|foo(?: ?bar)?|undefined|empty|blank|asdf\w*|qwerty\w*|bla(?:h|bla)*|lorem ipsum.*",
    re.IGNORECASE | re.DOTALL,
)
_NOTE_TO_SELF = re.compile(
    r"\b(?:TODO|TBD|TBC|FIXME|XXX+)\b|\b[Ll]orem ipsum\b|#(?:REF!|N/A\b)"
    r"|\[(?:source|citation) needed\]"
)


def placeholder(text: str) -> bool:
    """Whether something only holds the place of a text: `?`, `x`, `TODO`, `#N/A`, no letter."""
    plain = unicodedata.normalize("NFKC", text).strip()
    return bool(
        _PLACEHOLDER.fullmatch(plain.strip("()[]<>.?! "))
        or re.fullmatch(ERROR_VALUE, plain)
        or _NOTE_TO_SELF.search(plain)
    )


def formula(text: str) -> bool:
    """Whether a spreadsheet would take the text for a formula: `=1+1`, `+1`, `@SUM(A1)`."""
    first = unicodedata.normalize("NFKC", text[:2])
    return first[:1] in ("=", "+", "@", "\t", "\r") or bool(re.match(r"-\S", first))


_FIGURES = re.compile(r"\d{1,4}([./-])\d{1,2}\1\d{1,4}")
_IN_WORDS = re.compile(
    r"(?:\d{1,2}\.? )?([^\W\d_]+)\.? (?:\d{1,2}, )?\d{4}|\d{1,2}-([^\W\d_]+)\.?-\d{2,4}"
)


#: A number in a form that a spreadsheet does not keep; of `2024` and `61.5` nothing changes.
_NUMBER = re.compile(r"-?(?:\d+\.|0\d+|\d+\.\d*0|\d{1,3}(?:,\d{3})+(?:\.\d*)?)")


def written_anew(text: str) -> bool:
    """Whether a text is nothing but a date or a number, in a form that a spreadsheet writes anew:
    `9 November 2022`, `2024.`
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    words = _IN_WORDS.fullmatch(plain)
    return bool(
        _FIGURES.fullmatch(plain)
        or _NUMBER.fullmatch(plain)
        or (words and (words[1] or words[2]).casefold() in MONTHS)
    )


@functools.lru_cache(maxsize=2**15)
def faults(text: str) -> tuple[tuple[str, str], ...]:
    """Each fault of a text as what was found and what would be right, the first cause first.

    A cell without text has none: whether it may be empty is for the schema to say.
    One cause gives one fault: what follows from a fault that was told is not told again. The
    answers are kept: the same texts are looked at again with every row that a reader tries.
    """
    return tuple(_faults(text))


def _faults(text: str) -> Iterator[tuple[str, str]]:
    if not text:
        return
    if len(text) > LONGEST:
        yield f"{len(text):,} characters", f"At most {LONGEST:,} fit: say it in fewer words."
        return
    plain = unicodedata.normalize("NFKC", text)
    wrong = misread(text)
    unseen = "" if wrong and not any(map(_unseen, wrong)) else _unseen_in(text)
    if wrong:
        yield wrong, "Type these letters again: a wrong encoding has changed them."
    elif unseen:
        yield unseen, "Take out this character, which nobody sees, or type the word again."
    elif found := MARKUP.search(text) or MARKUP.search(plain):
        yield (
            found.group(),
            "Write plain text: the lessons show it, and markup could run as a script there.",
        )
    elif formula(text):
        yield text[:1], "Begin with a letter: a spreadsheet would take this for a formula."
    elif written_anew(text):
        yield (
            text,
            "Write words around it: a spreadsheet writes a lone date or number in its own way.",
        )
    elif digit := _foreign_digit(text):
        yield digit, "Write numbers with the digits 0 to 9."
    elif disguised := _disguised(text):
        yield disguised, "Type plain letters: a search does not find these."
    elif placeholder(text):
        yield text, "Write the text that belongs here, or leave the cell empty where it may be."
    elif found := _QUESTION.search(_ADDRESS.sub("", text)):
        yield (
            found.group(),
            "Type the letter that stood here: a program that did not know it wrote ?.",
        )
