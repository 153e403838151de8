"""Words of doubt and certainty: finding them, and setting them beside the bands of ICD 203.

A list of words knows no grammar. It misses what is not on it, takes "could" for doubt where it
means "was able to", and in a translation it finds the translator's word. What it finds is a place
to look, not a verdict. All lists are our own, filled from the literature named at each function and
from the quotations of this collection.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import pandas as pd

from .columns import quoted_list, require

_NUMBER = (
    r"(?=\s+(?:\d|a\s+(?:hundred|thousand|million|dozen)|"
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|"
    r"eleven|twelve|fifteen|twenty|thirty|forty|fifty|hundreds?|thousands?|tens|dozens?|half)\b))"
)

HEDGE_KINDS = {
    "modal": "a helping verb that leaves it open: may, might, could, would",
    "probability": "a word for how likely it is: probably, possible, a chance",
    "evidential": "a word for where it comes from: reportedly, it appears, there is evidence that",
    "belief": "it is what somebody thinks or expects: I think, we assess, in my view",
    "approximator": "a number is not exact: about, nearly, at least, up to",
    "booster": "a word that shuts out doubt: no doubt, clearly, surely",
}
"""The kinds that `hedges` tells apart, with their meaning; all but boosters make more careful."""

_HEDGES = {
    "modal": [
        # "May" with a capital is a month or a name; "the might of" is a noun; "would like" is a
        # wish.
        r"(?-i:may)(?:\s+(?:well|not|yet))?",
        r"(?<!the )(?<!military )might(?!\s+of\b)(?:\s+(?:well|not|yet))?",
        r"could(?:n't|\s+not)?(?:\s+well)?",
        r"would(?:n't|\s+not)?(?!\s+like\b)(?!(?:\s+\w+)?\s+(?:appear|seem|expect|say)\b)",
    ],
    "probability": [
        r"(?:very|highly|most|more|less|quite|extremely|almost|nearly|virtually|not)\s+"
        r"(?:likely|unlikely|probable|improbable|certain(?:ly)?|possible|impossible)"
        r"(?:\s+than\s+not)?",
        r"likely",
        r"unlikely",
        r"probabl[ey]",
        r"improbabl[ey]",
        r"probability|likelihood|odds",
        r"(?<!everything )(?<!\bas )possibl[ey]",
        r"possibility",
        r"perhaps",
        r"maybe",
        r"conceivabl[ey]",
        r"potential(?:ly)?",
        r"(?:a|the|no|some|little|good|fair|roughly\s+even|even)\s+chances?(?!\s+to\b)",
        r"(?:cannot|can't|could\s+not|can\s+not)\s+(?:be\s+)?rule[d]?\s+out",
        # A booster that is denied becomes doubt.
        r"(?:not|\w+n't|never|hardly)\s+(?:\w+\s+){0,4}?(?:certain|clear|known|sure|obvious)",
        r"unclear|uncertain(?:ty)?|unknown",
        r"(?:nobody|no\s+one)\s+knows",
    ],
    "evidential": [
        r"reported(?:ly|\s+to)",
        r"alleged(?:ly)?",
        r"apparent(?:ly)?",
        r"seeming(?:ly)?",
        r"supposedly",
        r"purported(?:ly)?",
        r"presumabl[ey]|presumed",
        r"(?:would\s+)?appear(?:s|ed)?\s+(?:to|that)\b",
        r"(?:it|there)\s+appears(?:\s+(?:that|to))?",
        r"(?:would\s+)?seem(?:s|ed)?|look(?:s|ed)?\s+like",
        r"according\s+to",
        r"(?:is|are|was|were)\s+(?:said|thought|believed|understood|rumoured|rumored)\s+to",
        r"believed\s+to",
        r"(?:suggest|indicat|impl)(?:e?s|ed|ies|ied|y|e)?(?:\s+that)?(?=\s)",
        r"(?:there\s+(?:is|was|are)\s+)?(?:evidence|indications?|reports?)\s+(?:that|of)"
        r"|signs?\s+that",
        r"credible\s+information",
        r"claim(?:s|ed)?(?:\s+(?:that|to))",
    ],
    "belief": [
        r"(?:I|we)\s+(?:(?:don't|do\s+not|do|really|also|still)\s+)?"
        r"(?:think|believe|guess|suppose|assume|suspect|feel|assess|judge|estimate|expect|hope)",
        r"(?:would\s+)?expect(?:s|ed)?(?:\s+(?:that|to))?",
        r"(?:in|to)\s+(?:my|our)\s+(?:view|mind|opinion|judg(?:e)?ment|estimation)",
        r"(?:assess|assume|believe|suspect|speculate)(?:s|d|ed)?\s+that",
        r"(?:would|I'd|we'd)\s+say",
    ],
    "approximator": [
        r"(?:about|around|approximately|roughly|nearly|almost|some|approaching|closer?\s+to"
        r"|in\s+the\s+order\s+of)" + _NUMBER,
        r"(?:at\s+(?:least|most)|up\s+to|as\s+(?:many|much)\s+as"
        r"|(?:no\s+)?(?:more|fewer|less)\s+than|over|under|"
        r"several|a\s+few|an?\s+estimated)" + _NUMBER,
        r"several\s+(?:hundred|thousand)",
        r"or\s+so",
    ],
    "booster": [
        r"(?:no|without(?:\s+any|\s+a)?|beyond(?:\s+any|\s+all)?|little)\s+doubt(?:\s+whatsoever)?",
        r"never\s+doubted",
        r"undoubted(?:ly)?|doubtless|undeniabl[ey]|indisputabl[ey]|unquestionabl[ey]",
        r"clear(?:ly)?",
        r"obvious(?:ly)?|evident(?:ly)?",
        (
            r"(?<!\ba )certain(?:ly)?"
            r"(?!\s+(?:of|kinds?|types?|number|conditions?|circumstances|areas?|parts?)\b)"
        ),
        r"(?<!\bmake )sure|surely",
        r"definite(?:ly)?",
        r"absolute(?:ly)?",
        r"inevitabl[ey]",
        r"unambiguous(?:ly)?",
        r"of\s+course|in\s+fact|indeed",
        r"always|never",
        r"impossible",
        r"it\s+is\s+a\s+fact|the\s+fact\s+(?:is|that)",
        r"guaranteed?",
    ],
}


# -- hedges ----------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Hedge:
    """A word in a text: from `start` to before `end` (characters), the `word`, its `kind`."""

    start: int
    end: int
    word: str
    kind: str


def hedges(text: object) -> list[Hedge]:
    """The hedges and boosters of an English text, in order; kinds are the keys of `HEDGE_KINDS`.

    Where several fit, the longest wins ("very likely", not "likely"), so that none overlap. An
    empty cell gives an empty list. Hedges and boosters: Hyland, "Boosting, hedging and the
    negotiation of academic knowledge", Text 18 (1998), 349–382, and "Stance and engagement",
    Discourse Studies 7 (2005), 173–192; approximators: Salager-Meyer, English for Specific Purposes
    13 (1994), 149–170; words of probability: Kent, "Words of Estimative Probability", Studies in
    Intelligence, Fall 1964.

    A denied booster counts as doubt ("I'm not saying it is certain"), "no doubt" as a booster.
    "Will" is no hedge here: that a sentence speaks of the future makes it a prediction, not a sure
    one.
    """
    return [Hedge(*found) for found in _scan(text, _patterns("hedges", tuple(_HEDGES)))]


# -- the bands of ICD 203 --------------------------------------------------------------------------
@dataclass(frozen=True)
class Likelihood:
    """A word of likelihood in a text.

    `band` is an id of the table of bands, or None for a wording that the directive does not have
    ("highly likely", "most likely", "will probably not").
    """

    start: int
    end: int
    word: str
    band: str | None


def likelihood_words(text: object, bands: pd.DataFrame) -> list[Likelihood]:
    """The words of likelihood in an English text, in order, with the band of each.

    `bands` is the table probability_words: id, term, other_term. Its brackets are read as the
    directive prints them: "almost certain(ly)" and "probable (probably)" are two forms each.
    "Remote" counts only before a word such as chance or possibility. An empty cell gives an empty
    list. Source: Office of the Director of National Intelligence, Intelligence Community Directive
    203, "Analytic Standards" (2 January 2015), which gives two rows of words for seven bands.
    Raises ValueError when a column is missing.
    """
    require(bands, "id", "term", "other_term")
    terms = {
        form: row["id"]
        for row in bands.to_dict("records")
        for cell in (row["term"], row["other_term"])
        for form in _forms(cell)
    }
    pattern = "|".join(
        _flexible(form) for form in sorted(terms, key=len, reverse=True) if form != "remote"
    )
    far = (
        r"|remote(?=\s+(?:chance|possibility|likelihood|prospect|probability))"
        if "remote" in terms
        else ""
    )
    affirmative = f"(?:{pattern}{far})"
    # Another word before it, or "not" around it, makes it a wording that has no band.
    other = (
        r"(?:not|\w+n't|highly|most|more|less|quite|extremely|fairly|rather)\s+(?:very\s+)?"
        rf"(?:{pattern})"
        rf"|(?:{pattern})\s+not\b"
    )
    found = _scan(text, {"likelihood": _compiled((affirmative, other))})
    return [
        Likelihood(start, end, word, terms.get(re.sub(r"\s+", " ", word.casefold())))
        for start, end, word, _ in found
    ]


def _forms(cell: str) -> list[str]:
    """The wordings in one cell: "probable (probably)" and "almost certain(ly)" hold two each."""
    base, bracket, rest = cell.partition("(")
    inside = rest.rstrip(")").strip()
    forms = [base.strip()]
    if bracket:
        forms.append(f"{base}{inside}" if not base.endswith(" ") else inside)
    return [form.casefold() for form in forms]


def _flexible(form: str) -> str:
    return r"\s+".join(re.escape(part) for part in form.split())


def band(percent: float, bands: pd.DataFrame) -> str | None:
    """The id of ICD 203's band that holds a probability in per cent; None below 1 and above 99.

    The directive prints neighbours with a shared edge (5 is in two bands); here an edge belongs to
    the upper band, but 99 to the last. It has no words for certainty, so 0 and 100 have no band.
    `bands` is the table probability_words (id, low_pct, high_pct). Raises ValueError when `percent`
    is no number from 0 to 100.
    """
    require(bands, "id", "low_pct", "high_pct")
    _check_percent(percent)
    holding = bands[(bands["low_pct"] <= percent) & (bands["high_pct"] >= percent)]
    return None if holding.empty else str(holding.sort_values("low_pct")["id"].iloc[-1])


@dataclass(frozen=True)
class BandAgreement:
    """How a reader's own numbers lie to a band.

    `overlap`: Jaccard index, whole per cents in both / in either, 0 (apart) to 1 (the same); `gap`:
    points between the nearest ends, 0 where they touch; `shift`: the reader's middle minus the
    band's, in points, so negative means that the reader hears less; `position`: "same", "inside",
    "around", "overlapping", "below" or "above".
    """

    overlap: float
    gap: float
    shift: float
    position: str


def agreement(
    reader_low: float, reader_high: float, band: Mapping[Any, Any] | pd.Series
) -> BandAgreement:
    """How far a reader's range for a word lies from ICD 203's band; all in per cent.

    `band` is a row of the table probability_words (low_pct, high_pct). For the overlap the ends are
    rounded to whole per cents, so that a single number is a range of one. Method: Jaccard's
    coefficient of community, the size of what two sets share over the size of both together. That
    people read such words very differently, and that a printed band does not cure it by itself:
    Budescu, Por and Broomell, "Effective communication of uncertainty in the IPCC reports",
    Climatic Change 113 (2012), 181–200. Raises ValueError when an end is no number from 0 to 100 or
    the first is above the second.
    """
    _check_percent(reader_low)
    _check_percent(reader_high)
    if reader_low > reader_high:
        raise ValueError(
            f"The lower number, {reader_low:g}, is above the higher one, {reader_high:g}."
        )
    low, high = float(band["low_pct"]), float(band["high_pct"])
    mine = set(range(_whole(reader_low), _whole(reader_high) + 1))
    theirs = set(range(_whole(low), _whole(high) + 1))
    return BandAgreement(
        overlap=len(mine & theirs) / len(mine | theirs),
        gap=max(0.0, low - reader_high, reader_low - high),
        shift=(reader_low + reader_high) / 2 - (low + high) / 2,
        position=_position((reader_low, reader_high), (low, high)),
    )


def _position(reader: tuple[float, float], band: tuple[float, float]) -> str:
    if reader == band:
        return "same"
    if reader[1] < band[0]:
        return "below"
    if reader[0] > band[1]:
        return "above"
    if band[0] <= reader[0] and reader[1] <= band[1]:
        return "inside"
    return "around" if reader[0] <= band[0] and band[1] <= reader[1] else "overlapping"


def _whole(percent: float) -> int:
    """Rounded half up (5.5 and 6.5 both go up); Python's rounding goes to the even number."""
    return int(percent + 0.5)


def _check_percent(value: float) -> None:
    # NaN fails the comparison too.
    if not 0 <= value <= 100:
        raise ValueError(f"A probability in per cent is a number from 0 to 100; {value:g} is not.")


# -- cue words -------------------------------------------------------------------------------------
CUE_KINDS = {
    "fact": "a date, a number, a document or an act that somebody could look up",
    "estimate": "a number that nobody counted exactly",
    "interpretation": "it says what something means, shows or leads to",
    "opinion": "it says how good, bad, big or typical something is",
    "prediction": "it speaks of what has not happened yet",
    "question": "it asks",
    "recommendation": "it says what somebody ought to do",
}
"""The kinds of sentence for which `cue_words` knows cues, each with its meaning."""

_MONTHS = (
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\."
    r"|January|February|March|April|May|June|July|August"
    "|September|October|November|December"
)

_CUES = {
    "fact": [
        rf"(?-i:(?:\d{{1,2}}\s+)?(?:{_MONTHS})(?:\s+\d{{1,2}})?(?:,?\s+\d{{4}})?)",
        r"(?:19|20)\d\d",
        r"\d[\d,.]*\d|\d",
        r"(?:has|have|had|was|were)\s+(?:been\s+)?"
        r"(?:sent|signed|provided|supported|announced|confirmed|ratified|killed)",
        r"(?:confirmed|announced|signed|ratified|voted|acknowledged|recorded|published|said|told)",
        r"according\s+to",
    ],
    "estimate": [
        *_HEDGES["approximator"],
        r"estimat(?:e|es|ed|ion)",
        r"millions?|billions?|thousands|hundreds|dozens",
    ],
    "interpretation": [
        r"(?:show|signal|reflect|suggest|indicate|reveal|demonstrate|underscore|highlight|mark"
        r"|represent|mean)s?"
        r"(?:\s+that)?",
        r"(?:meant|showed|signalled|signaled|marked|shocked|complicated|affected)",
        r"we\s+can\s+see",
        r"(?:sign|symbol|signal|show|testament)\s+(?:of|that)|step\s+up",
        r"because|therefore|thus|hence|as\s+a\s+result|based\s+on",
        r"effectively|essentially|in\s+effect|in\s+other\s+words|amounts?\s+to",
        r"unprecedented|historic|all[\s-]in",
    ],
    "opinion": [
        r"(?:in|to)\s+(?:my|our)\s+(?:view|mind|opinion)",
        r"I\s+(?:do\s+)?(?:think|believe|feel)",
        r"(?:the\s+)?(?:best|worst|biggest|greatest|strongest|largest|most\s+(?!likely)\w+)",
        r"right|wrong|good|bad|foolish|wise|reckless|absurd|dangerous|typical|mere(?:ly)?"
        r"|(?:un)?fortunately",
        r"bombast|magical\s+realism|nonsense|lies?|dread",
    ],
    "prediction": [
        r"(?:will|won't|\w+'ll|shall)(?:\s+(?:not|never))?",
        r"(?:is|are|was|were|\w+'(?:s|re|m))\s+(?:going|expected|set|bound|about)\s+to",
        r"(?:(?-i:may)|might|could|would)(?:\s+(?:well|not|even|also))?",
        r"(?:likely|unlikely|probably|possibly)",
        r"(?:expects?|hopes?|plans?|intends?)\s+(?:that|to)",
        r"in\s+the\s+(?:coming|next)\s+\w+|soon|by\s+the\s+end\s+of",
        r"before\s+(?:the\s+)?(?:summer|winter|spring|autumn|end)",
        r"forecasts?|predicts?|outlook|in\s+the\s+future",
    ],
    "question": [
        r"\w+[\"”)]?\?",
        # With a capital, or else "the task which was …" would ask.
        r"(?-i:How|What|Why|Who|When|Where|Which)"
        r"(?=\s+(?:is|are|was|were|do|does|did|will|would|can|could|should|has|have)\b)",
        r"whether",
        r"(?:remains?|is)\s+(?:to\s+be\s+seen|unclear|uncertain|unknown|an\s+open\s+question)",
    ],
    "recommendation": [
        r"(?:should|must|ought\s+to)(?:\s+not)?",
        r"(?:need|needs|has|have)\s+to",
        r"(?:urge|recommend|advise|call|demand)s?(?:\s+(?:on|for|that))?",
        r"let\s+us|let's|it\s+is\s+time\s+to|had\s+better",
    ],
}


@dataclass(frozen=True)
class Cue:
    """A cue in a text: from `start` to before `end` (characters), `word`, and its `kind`."""

    start: int
    end: int
    word: str
    kind: str


def cue_words(text: object, kind: str) -> list[Cue]:
    """The words of an English sentence that speak for one kind of sentence, in their order.

    `kind` is a key of `CUE_KINDS`. A cue is a hint: one sentence often has cues of several kinds,
    and a fact needs none. An empty cell gives an empty list. That sentences do different work, some
    saying how things are, others asking or getting somebody to act: Searle, "A Classification of
    Illocutionary Acts", Language in Society 5 (1976), 1–23; the seven kinds and the cues are ours.
    Raises ValueError for an unknown kind.
    """
    if kind not in CUE_KINDS:
        raise ValueError(
            f'There is no kind of sentence called "{kind}"; the kinds are {quoted_list(CUE_KINDS)}.'
        )
    return [Cue(*found) for found in _scan(text, _patterns("cues", (kind,)))]


# -- finding ---------------------------------------------------------------------------------------
_TABLES = {"hedges": _HEDGES, "cues": _CUES}


@cache
def _patterns(table: str, kinds: tuple[str, ...]) -> dict[str, list[re.Pattern[str]]]:
    return {kind: _compiled(tuple(_TABLES[table][kind])) for kind in kinds}


@cache
def _compiled(patterns: tuple[str, ...]) -> list[re.Pattern[str]]:
    """Whole words only, straight and curly apostrophes alike, capitals or not.

    Each pattern stands alone, so that the longest of several can win: one pattern with alternatives
    would take the first that fits.
    """
    return [
        re.compile(r"(?<!\w)(?:" + pattern.replace("'", "['’]") + r")(?!\w)", re.IGNORECASE)
        for pattern in patterns
    ]


def _scan(
    text: object, patterns: dict[str, list[re.Pattern[str]]]
) -> list[tuple[int, int, str, str]]:
    """All matches as (start, end, word, kind), longest first at one start, none overlapping."""
    if not isinstance(text, str):
        if text is None or text is pd.NA or (isinstance(text, float) and math.isnan(text)):
            return []
        raise ValueError("This is no sentence. Give the words of one, in quotation marks.")
    matches = [
        (match.start(), match.end(), match.group(), kind)
        for kind, each in patterns.items()
        for pattern in each
        for match in pattern.finditer(text)
        if match.group().strip()
    ]
    found: list[tuple[int, int, str, str]] = []
    for match in sorted(matches, key=lambda one: (one[0], -one[1])):
        if not found or match[0] >= found[-1][1]:
            found.append(match)
    return found
