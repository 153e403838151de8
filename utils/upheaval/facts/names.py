"""Which states, people and places of the collection a text names, in any form of their names.

What counts as a name are the rows of three tables: `countries` (name, adjective, capital, and the
bodies that speak for one: see `bodies`), `speakers` and `places`. A text that tells of others is
not judged.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from .bodies import spoken_for
from .tables import Table

Names = Mapping[str, frozenset[str]]
"""What a form of a name stands for: "Moscow" and "Russian" for "Russia"."""
TABLES = ("countries", "speakers", "places")
_FAMILY_FIRST = frozenset({"CHN", "JPN", "KOR", "PRK", "VNM", "TWN"})
_WORD = re.compile(r"[^\W_]+(?:\.[^\W_]+)*")
_LONGEST = 5
"""Words in the longest form that is looked for."""


def forms(countries: Table, *others: Table) -> tuple[Names, Names]:
    """The forms in which a cell names somebody, and the looser ones in which a page may.

    `others` are `speakers` and `places`. A page may say "Biden" for the United States, or a family
    name alone.
    """
    strict: dict[str, set[str]] = {}
    loose: dict[str, set[str]] = {}
    for row in countries.records():
        own = [row[one] for one in ("name", "short_name", "adjective", "capital")]
        short = row["short_name"]
        _add(strict, [one for one in own if isinstance(one, str)], short)
        _add(loose, spoken_for().get(row["id"], []), short)
    states = {row["id"]: row["short_name"] for row in countries.records()}
    capitals = {row["capital"] for row in countries.records()}
    for table in others:
        for row in table.records():
            if table.entry["name"] == "speakers":
                _add_person(strict, loose, row, states)
            elif row["name"] not in capitals:
                _add(strict, [row["name"]], row["name"])
    for form, who in strict.items():
        loose.setdefault(form, set()).update(who)
    return _frozen(strict), _frozen(loose)


def _add(known: dict[str, set[str]], written: Iterable[str], who: str) -> None:
    for one in written:
        if words := _words(one)[0]:
            known.setdefault(" ".join(words), set()).add(who)


def _add_person(
    strict: dict[str, set[str]], loose: dict[str, set[str]], row: Any, states: Mapping[str, str]
) -> None:
    parts = row["name"].split()
    if len(parts) < 2:
        return  # a body, whose name is no name of a person
    first = row["country_iso3"] in _FAMILY_FIRST
    family = parts[0] if first else parts[-1]
    _add(strict, [row["name"]] if first else [row["name"], family], family)
    _add(loose, [family], family)
    if row["kind"] in ("head-of-state", "official") and row["country_iso3"] in states:
        _add(loose, [row["name"] if first else family], states[row["country_iso3"]])


def _frozen(known: Mapping[str, set[str]]) -> Names:
    return {form: frozenset(who) for form, who in known.items()}


_SPELLINGS = (
    (re.compile(r"[’']s\b|[’'](?=\s)|-"), " "),
    (re.compile(r"\b[SZ]elensk(?:yy|iy|yi|ii|yj|ij|i|y|ï|ÿ)\b"), "Zelensky"),
    (re.compile(r"sk(?:yy|iy|yi|ii|yj|ij)\b"), "sky"),
)
"""Ways of writing one name: of a genitive, of Kim Jong-un, of Zelenskyy."""
_ABROAD = (
    (re.compile(r"\bLawr"), "Lavr"),
    (re.compile(r"(?<=[a-z]{3})ow\b"), "ov"),
    (re.compile(r"\bPoutine\b"), "Putin"),
    (re.compile(r"\bChoi\b"), "Choe"),
)
"""What else a page may write, in German, French or another system: tried where nothing is known."""


@lru_cache(maxsize=8192)
def _words(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words of a text, and what the collection may write for each: "Lavrov" for "Lawrow"."""
    text = unicodedata.normalize("NFC", text)
    for pattern, plain in _SPELLINGS:
        text = pattern.sub(plain, text)
    words = tuple(_WORD.findall(text))
    for pattern, plain in _ABROAD:
        text = pattern.sub(plain, text)
    return words, tuple(_WORD.findall(text))


def named_in(text: str, known: Names) -> dict[str, frozenset[str]]:
    """What a text names, by its form there: "Moscow" may be Russia, or the Soviet Union.

    Of two forms that begin at one word the longer one counts.
    """
    (words, here), at = _words(text), 0
    found: dict[str, frozenset[str]] = {}
    while at < len(words):
        step = 1
        if words[at][0].isupper():
            for long in range(min(_LONGEST, len(words) - at), 0, -1):
                form = " ".join(words[at : at + long])
                if form not in known:  # of "NORTH KOREA" and of "Choi Son Hui" the usual form is
                    form = form.title() if form.isupper() else " ".join(here[at : at + long])
                if form in known:
                    found[form] = known[form]
                    step = long
                    break
        at += step
    return found
