"""What lesson 01 computes for its words, and what it shows."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from functools import partial
from html import escape
from typing import Any

import pandas as pd

from ..charts import place_map
from ..charts.claims import (
    KINDS,
    assessment_options,
    browser,
    kind_options,
    subject_options,
)
from ..charts.make_up import make_up, view_options
from ..facts import citations, tables
from ..methods.language import cue_words
from ..widgets import Dropdown, Explorer, Filter, Stepper
from . import blocks
from .computed import Values, Words, computed, shown, toured
from .words import Say

#: The quotations on the cards.
CARDS = [
    "cha-article-all-in",
    "cha-npr-battlefield",
    "kroenig-article-bombast",
    "kcna-sacred-mission",
]


#: The day that the article is read as of.
WRITTEN = pd.Timestamp("2024-11-27")
#: Three later events that the claim “in Ukraine” is held against.
SIDEWAYS = ["rok-minister-officers", "nato-confirms-kursk", "dprk-acknowledges"]
#: Pieces that are quotations: their row, and who speaks. Of c39 it is the second sentence.
QUOTED = {
    "c16": ("cha-article-symbol", "Victor Cha"),
    "c39": ("kroenig-article-bombast", "Matthew Kroenig"),
}
PIECES = ["c04", "c05", "c08", "c11", "c16", "c25", "c26", "c39"]
#: A borderline case: our own two tables label it in two ways, and both can be defended.
EITHER = {("c05", "fact"), ("c11", "fact"), ("c39", "interpretation")}


@shown("claims")
def claims_explorer() -> Explorer:
    """Every claim of the article, in its lane."""
    claims = blocks.table("claims")
    return Explorer(
        partial(browser, claims),
        name="claims",
        kind=Filter("kind", kind_options(claims), "Kind"),
        subject=Filter("subject", subject_options(claims), "Subject"),
        assessment=Filter("assessment", assessment_options(claims), "Assessment"),
    )


@toured("claims")
def claims_tour() -> Values:
    """How many claims there are of some kinds, and with which assessment."""
    explorer = claims_explorer()

    def count(**chosen: str) -> int:
        return len(blocks.rows_at(explorer, **chosen))

    return {
        "claims": count(),
        "facts": count(kind="fact"),
        "predictions": count(kind="prediction"),
        "open": count(kind="prediction", assessment="open"),
        "opinions": count(kind="opinion"),
        "uncheckable": count(kind="opinion", assessment="not-checkable"),
    }


@shown("map")
def map_explorer() -> Explorer:
    """Kursk, Donetsk and the border, with what was said of them by a day."""
    return Explorer(
        blocks.on_map(part="border"),
        name="map",
        # On the first of the stops no soldier was spoken of.
        known=Stepper(place_map.as_of_options()[1:], "Known by", start="2024-10-24"),
    )


@shown("make-up")
def make_up_explorer() -> Explorer:
    """The claims, stacked."""
    claims = blocks.table("claims")
    return Explorer(
        partial(make_up, claims), name="make-up", by=Dropdown(view_options(), "Sort by")
    )


@shown("cards")
def cards() -> blocks.Block:
    """Two quotations of the article, and two that one finds outside."""
    return blocks.cards_of(CARDS)


@computed("facts")
def facts() -> Values:
    """How many facts are supported, and how many of all claims."""
    claims = blocks.table("claims")
    facts = claims[claims["kind"] == "fact"]
    agreed, mostly = (
        int((facts["assessment"] == word).sum()) for word in ("supported", "mostly-supported")
    )
    everywhere = int((claims["assessment"] == "supported").sum())
    return {
        "supported_facts": agreed,
        "all_facts": len(facts),
        "facts_mostly_supported_too": agreed + mostly,
        "supported_claims": everywhere,
    }


def _full_years(first: pd.Timestamp, last: pd.Timestamp = WRITTEN) -> int:
    """Full years between two days; the last is, if not said, that of the article."""
    return last.year - first.year - ((last.month, last.day) < (first.month, first.day))


@computed("dates")
def dates() -> Values:
    """Four dates of the article, calculated."""
    dates = blocks.table("events").set_index("id")["date"]
    day = tables.span(dates)["start"]
    invaded, confirmed, began = (
        day[name] for name in ("full-scale-invasion", "us-confirms-3000", "korean-war-begins")
    )
    return {
        "day_of_invasion": tables.spell(invaded),
        "day_of_washington": tables.spell(confirmed),
        "right": [
            one
            for one, holds in (
                ("invasion-month", (invaded.year, invaded.month) != (2022, 2)),
                ("past-two-years", _full_years(invaded) < 2),
                ("announcement-day", confirmed != tables.span(["2024-10-23"])["start"].iloc[0]),
                ("over-75-years", _full_years(began) < 75),
            )
            if holds
        ],
    }


@computed("years")
def years() -> Values:
    """Full years between a war's days and the article."""
    dates = blocks.table("events").set_index("id")["date"]
    day = tables.span(dates)["start"]
    began, stopped, pilots = (
        day[name] for name in ("korean-war-begins", "korean-war-armistice", "dprk-pilots-vietnam")
    )
    spelled = {
        name: tables.spell(dates[name])
        for name in ("korean-war-begins", "korean-war-armistice", "dprk-pilots-vietnam")
    }
    return {
        "years_since_armistice": _full_years(stopped),
        "day_of_armistice": spelled["korean-war-armistice"],
        "day_of_pilots": spelled["dprk-pilots-vietnam"],
        "years_since_war_began": _full_years(began),
        "day_war_began": spelled["korean-war-begins"],
        "years_since_pilots": _full_years(pilots),
        "years_of_war": _full_years(began, stopped),
    }


@computed("as-of")
def as_of() -> Values:
    """When four pieces of evidence were published."""
    published = blocks.table("sources").set_index("id")["date"]
    first = tables.span(published)["start"]
    said = {
        name: tables.spell(published[name])
        for name in (
            "kbs-2024-rutte",
            "ukrinform-2024-nato40",
            "voa-2019-vietnam",
            "ecfr-2025-poll",
        )
    }
    late = {name: first[name] > WRITTEN for name in said}
    return {
        "day_of_kursk": said["kbs-2024-rutte"],
        "day_of_euros": said["ukrinform-2024-nato40"],
        "day_of_graves": said["voa-2019-vietnam"],
        "day_of_poll": said["ecfr-2025-poll"],
        "right": [
            one
            for one, holds in (
                ("nato-names-kursk", late["kbs-2024-rutte"]),
                ("tens-of-billions", late["ukrinform-2024-nato40"]),
                ("graves-in-vietnam", late["voa-2019-vietnam"]),
                ("poll-on-trump", late["ecfr-2025-poll"]),
            )
            if holds
        ],
    }


@computed("tweak")
def tweak() -> Values:
    """Whose words the claims are."""
    said = blocks.table("claims")["speaker"].value_counts()
    own, experts = int(said["author"]), int(said[["Victor Cha", "Matthew Kroenig"]].sum())
    kinds = int(blocks.table("claims")["kind"].value_counts().max())
    return {"claims_of_experts": experts, "claims_of_article": own, "claims_of_largest_kind": kinds}


@computed("twiddle")
def twiddle() -> Values:
    """How many claims there are of two kinds."""
    counts = blocks.table("claims")["kind"].value_counts()
    return {
        "interpretations": counts["interpretation"],
        "facts": counts["fact"],
        "claims": counts.sum(),
    }


@computed("frob")
def frob() -> Values:
    """Claims with a cue word for a prediction, and how many are labelled otherwise."""
    table = blocks.table("claims")
    hit = table[[bool(cue_words(words, "prediction")) for words in table["paraphrase"]]]
    wrong = int((hit["kind"] != "prediction").sum())
    return {
        "labelled_otherwise": wrong,
        "claims_with_cue": len(hit),
        "labelled_prediction": len(hit) - wrong,
    }


@computed("answer")
def answer() -> Values:
    """How many claims are facts, how many of these hold, and how many look ahead."""
    table = blocks.table("claims")
    facts = table[table["kind"] == "fact"]
    ahead = table[table["kind"].isin(["prediction", "question"])]
    return {
        "facts": len(facts),
        "claims": len(table),
        "of_every_ten": f"{10 * len(facts) / len(table):.0f}",
        "facts_of_ten": round(10 * len(facts) / len(table), 1),
        "supported": (facts["assessment"] == "supported").sum(),
        "looking_ahead": len(ahead),
    }


@shown("references")
def references() -> blocks.Block:
    """The sources of the article, of its claims, of cards and dates."""
    claims, events = blocks.table("claims"), blocks.table("events").set_index("id")
    quotes = blocks.table("quotes", weak=True).set_index("id")
    cited = [*CARDS, "cha-article-symbol"]
    dated = [
        "korean-war-begins",
        "korean-war-armistice",
        "dprk-pilots-vietnam",
        "full-scale-invasion",
        "us-confirms-3000",
        "rok-minister-officers",
        "nato-confirms-kursk",
        "dprk-acknowledges",
    ]
    asked = claims.set_index("id").loc[
        ["c02", "c07", "c08", "c11", "c12", "c25", "c33", "c49"], "sources"
    ]
    return blocks.references(
        "georgetown-2024-axis", asked, quotes.loc[cited, "sources"], events.loc[dated, "sources"]
    )


@computed("label")
def label(say: Say) -> Values:
    """Eight pieces of the article with a reason for every kind; the labels are those of claims."""
    labels = blocks.table("claims").set_index("id")["kind"].to_dict()
    pieces = []
    for number, claim in enumerate(PIECES, 1):
        text, speaker = _piece(say, claim)
        either = [kind for kind in KINDS if (claim, kind) in EITHER]
        pieces.append(
            {
                "text": say("piece", number=number, piece=text, speaker=speaker),
                "right": [labels[claim], *either],
                "why": {kind: _reason(say, claim, kind, labels[claim]) for kind in KINDS},
            }
        )
    return {"kinds": {kind: kind for kind in KINDS}, "pieces": pieces}


def _piece(say: Say, claim: str) -> tuple[str, str]:
    """The words of a piece, and who says them."""
    if claim not in QUOTED:
        return say(f"{claim}_piece"), say("the_article")
    quotation, speaker = QUOTED[claim]
    text = str(blocks.table("quotes", weak=True).set_index("id")["text"][quotation])
    return (text.split(". ")[1] if claim == "c39" else text), speaker


def _reason(say: Say, claim: str, kind: str, right: str) -> str:
    """What is said to who labels the piece ``kind``."""
    near = {one: say(f"{claim}_near_{one}") for one in _near(claim)}
    values = {"a_kind": f"{'an' if kind[0] in 'aeio' else 'a'} {kind}", "near": near.get(kind)}
    values["cue"] = say(f"{claim}_cue")
    if (claim, kind) in EITHER:
        return say("fits_too", **values)
    if kind == right:
        return say("fits", because=say(f"{claim}_because"), **values)
    if kind in near:
        return say("near_miss", **values)
    values["test"] = say(f"test_{kind}")
    return say("miss", **values)


def _near(claim: str) -> list[str]:
    """The kinds that come near, for a piece."""
    near = {
        "c04": ["prediction"],
        "c05": ["fact"],
        "c08": ["estimate"],
        "c11": ["fact"],
        "c16": ["interpretation"],
        "c25": ["estimate"],
        "c26": ["interpretation"],
        "c39": ["opinion", "interpretation"],
    }
    return near[claim]


@computed("sideways")
def sideways() -> Values:
    """The titles and the days of the three events."""
    events = blocks.table("events").set_index("id").loc[SIDEWAYS]
    names = ("seoul", "nato", "pyongyang")
    days = [tables.spell(day) for day in events["date"]]
    return dict(zip((f"title_{one}" for one in names), events["title"], strict=True)) | dict(
        zip((f"day_{one}" for one in names), days, strict=True)
    )


@shown("three-sources")
def three_sources() -> blocks.Block:
    """The three events as cards, each with its first two sources and what kind these are."""
    events = blocks.table("events").set_index("id").loc[SIDEWAYS].to_dict("records")
    kinds = blocks.table("sources").set_index("id")["kind"]
    cards, texts = [], []
    for row in events:
        title, day, description = (
            str(one) for one in (row["title"], tables.spell(row["date"]), row["description"])
        )
        links = "; ".join(_linked(one, kinds[one]) for one in row["sources"][:2])
        cards.append(
            f'<article class="lesson-card"><p><strong>{escape(title)}</strong><br>{escape(day)}</p>'
            f'<p>{escape(description)}</p><p class="face-subtitle">{links}</p></article>'
        )
        texts.append(f"{day}: {title}. {description}")
    return blocks.Block(f'<div class="lesson-cards">{"".join(cards)}</div>', "\n\n".join(texts))


def _linked(source: str, kind: str) -> str:
    """A link to a source that opens beside the lesson, and what kind of source it is."""
    text, address = map(escape, citations.link(source))
    link = f'<a href="{address}" target="_blank" rel="noopener noreferrer">{text}</a>'
    return f"{link} ({escape(kind.replace('-', ' '))})"


def _claim(say: Say, row: Mapping[Hashable, Any]) -> str:
    """A claim with its number, kind and assessment."""
    values = {name: row[name] for name in ("order", "kind", "paraphrase")}
    return say("claim", assessment=row["assessment"].replace("-", " "), **values)


@shown("careful-questions")
def careful_questions(words: Words, say: Say) -> blocks.Block:
    """Claims of the article, each with the question that a careful editor would have asked."""
    questions = words["questions"]
    claims = blocks.table("claims").set_index("id").loc[list(questions)].to_dict("index")
    lines = [(_claim(say, row), questions[str(one)]) for one, row in claims.items()]
    items = "".join(f"<dt>{escape(said)}</dt><dd>{escape(asked)}</dd>" for said, asked in lines)
    return blocks.Block(f"<dl>{items}</dl>", "\n".join(f"{said} {asked}" for said, asked in lines))


# -- what comes back in later lessons --------------------------------------------------------------
@computed("back-fact")
def back_fact() -> Values:
    """How many facts of the article our table calls supported, and how many not without more."""
    found = facts()
    held, of_all = found["supported_facts"], found["all_facts"]
    return {"supported_facts": held, "all_facts": of_all, "not_plainly_supported": of_all - held}


@computed("back-two-ends")
def back_two_ends() -> Values:
    """The first and the last day of the Korean War."""
    found = years()
    return {name: found[name] for name in ("day_of_armistice", "day_war_began")}
