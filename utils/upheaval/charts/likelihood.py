"""Words of likelihood: the bands of ICD 203, and the words that our quotations use instead."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from .. import stories
from ..facts import tables
from ..facts.wording import counted
from ..methods import language
from . import draw
from .draw import Bar, Chart, Group, Line, Rows, Scale, chosen, theme

#: Kinds of words (keys of `language.HEDGE_KINDS`) that bear on how sure a sentence is, under names
#: for readers.
WORDS = {
    "modal": "helping verbs",
    "probability": "words of likelihood",
    "belief": "words of belief",
    "evidential": "words about evidence",
    "booster": "words of certainty",
}
#: So many sentences stand beside a word that was found.
MOST_SENTENCES = 3
_WORD, _RANGE, _FROM, _SENTENCE = "Word", "Range", "From", "Sentence"

#: The words of titles, subtitles and descriptions.
TEXTS = {
    "ours": "our quotations: {times}",
    "no band": "no band",
    "per cent": "{low} to {high} %",
    "scale": "per cent",
    "title": "ICD 203 has a band for {many} of the {count} {label} in our quotations{which}",
    "no words": "There are no {label} in these quotations",
    "subtitle": "Range in per cent that ICD 203 gives to a word; below, words found in our"
    " quotations",
    "rows": "{most} Of the {label} found in our quotations {banded} {verb} a band. On show: {rows}"
    " rows, the {bands} bands of ICD 203 and {count} {label}.",
    "most": "Speakers most often use {words}, in {times}.",
    "most, each": "Speakers most often use {words}, in {times} each.",
    "choose": "Choose another kind of word.",
    "range": "blue: the range of a band; orange: of a word in our quotations that has one",
    "banded": ": {words}",
    "not banded": ", not for {words}, the most used",
    "directive": "The directive ICD 203",
    "found": "In our quotations: {label}",
}


def likelihood(quotes: pd.DataFrame, bands: pd.DataFrame, kind: str = "probability") -> Chart:
    """The bands of ICD 203 in per cent, and under them one kind of words found in the quotations.

    `quotes` is rows of the table quotes, `bands` the table probability_words, `kind` a key of
    `WORDS`. A word of the directive has the range of its band; any other has none. Words are found
    by `language.hedges`, a list of words that knows no grammar. Raises ``KeyError`` for an unknown
    kind.
    """
    label = chosen(WORDS, kind, "kind of word")
    found = _found(quotes, bands, kind)
    banded = sum(word["ends"] is not None for word in found)
    said: dict[str, Any] = {
        "many": {0: "none", 1: "one"}.get(banded, str(banded)),
        "count": len(found),
        "label": label,
        "verb": "has" if banded < 2 else "have",
        "rows": len(bands) + len(found),
        "bands": len(bands),
        "banded": banded or "none",
        "most": _most(found),
    }
    scale = [
        {
            "word": f"{row['term']} · {row['other_term']}",
            "ends": (row["low_pct"], row["high_pct"]),
            "source": "ICD 203",
            "sentence": "",
        }
        for row in tables.records(bands)
    ]
    both = [*scale, *found]
    headings = {_WORD: "word", _FROM: "source", _SENTENCE: "sentence"}
    table = pd.DataFrame({name: [row[part] for row in both] for name, part in headings.items()})
    table.insert(1, _RANGE, [_spelled(row["ends"]) for row in both])
    return Chart(
        None,
        rows=_rows(scale, found, label),
        title=_title(found, said),
        subtitle=TEXTS["subtitle"],
        description=TEXTS["rows"].format(**said),
        table=table,
        sources=[*bands["sources"], *(word["sources"] for word in found)],
        name=f"likelihood-{kind}",
        list_columns={"when": _RANGE, "status": _FROM, "title": _WORD, "body": _SENTENCE},
        legend=[("┣━┫", TEXTS["range"])],
    )


def _title(found: list[dict[str, Any]], said: dict[str, Any]) -> str:
    """How many words of the kind have a band, and which, where a title has room for it."""
    text = TEXTS["title" if found else "no words"]
    return stories.first_fitting([text.format(**said, which=one) for one in (_which(found), "")])


def _which(found: list[dict[str, Any]]) -> str:
    """The words that have a band; without any, the word that speakers use most."""
    banded = [word["word"] for word in found if word["ends"] is not None]
    if banded:
        return TEXTS["banded"].format(words=draw.quoted(banded))
    return TEXTS["not banded"].format(words=draw.quoted(_commonest(found))) if found else ""


def _commonest(found: list[dict[str, Any]]) -> list[str]:
    """The words that stand in most quotations: several where they stand in equally many."""
    return [word["word"] for word in found if word["times"] == found[0]["times"]]


def _most(found: list[dict[str, Any]]) -> str:
    """Which words speakers use most often, and in how many quotations."""
    if not found:
        return TEXTS["choose"]
    words = _commonest(found)
    text = TEXTS["most" if len(words) == 1 else "most, each"]
    return text.format(words=draw.quoted(words), times=found[0]["times"])


def _found(quotes: pd.DataFrame, bands: pd.DataFrame, kind: str) -> list[dict[str, Any]]:
    """One kind of words in the quotations, most frequent first: times, band, some sentences."""
    people = tables.read("speakers").set_index("id")["name"]
    used: dict[str, dict[str, Any]] = {}
    for row in tables.tuples(quotes):
        for one in language.hedges(row.text):
            if one.kind == kind:
                used.setdefault(_listed_form(one.word), {})[row.id] = row
    return [
        {
            "word": word,
            "times": counted(len(where), "quotation"),
            "source": TEXTS["ours"].format(times=counted(len(where), "quotation")),
            "ends": _range_of(word, bands),
            "sentence": "  ".join(
                f"“{one.text}” ({people[one.speaker]}, {tables.spell(one.date)})"
                for one in list(where.values())[:MOST_SENTENCES]
            ),
            "sources": tuple(dict.fromkeys(one.sources[0] for one in where.values())),
        }
        for word, where in sorted(used.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    ]


def _listed_form(word: str) -> str:
    """A word as it stands in a list: one space between its parts, small letters but for "I"."""
    return re.sub(r"\bi\b", "I", " ".join(word.casefold().split()))


def _range_of(word: str, bands: pd.DataFrame) -> tuple[int, int] | None:
    """The range in per cent of the band of a word of likelihood, where it has one."""
    by_id = {row["id"]: row for row in tables.records(bands)}
    for one in language.likelihood_words(word, bands):
        if one.band and _listed_form(one.word) == word:
            return by_id[one.band]["low_pct"], by_id[one.band]["high_pct"]
    return None


def _spelled(ends: tuple[int, int] | None) -> str:
    return TEXTS["per cent"].format(low=ends[0], high=ends[1]) if ends else TEXTS["no band"]


def _rows(scale: list[dict[str, Any]], found: list[dict[str, Any]], label: str) -> Rows:
    """A line a word, those of the directive first, with the range of its band."""

    def line(at: int, word: dict[str, Any], colour: str) -> Line:
        text = ", ".join((_spelled(word["ends"]), *([word["times"]] if "times" in word else [])))
        ends = [word["ends"]] if word["ends"] else []
        track = [Bar(low, high, colour, "range") for low, high in ends]
        return Line(at, word["word"], text, track=track)

    ours = [line(at, word, theme.ORANGE) for at, word in enumerate(found, len(scale))]
    groups = [
        Group(TEXTS["directive"], [line(at, one, theme.BLUE) for at, one in enumerate(scale)]),
        *([Group(TEXTS["found"].format(label=label), ours)] if ours else []),
    ]
    ticks = [(0, "0"), (25, "25"), (50, "50"), (75, "75"), (100, "100")]
    of = {"title": _WORD, "text": (_RANGE, _FROM), "track": _RANGE, "group": _FROM}
    return Rows(groups, scale=Scale(100, ticks, TEXTS["scale"]), of=of)
