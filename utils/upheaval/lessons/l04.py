"""What lesson 04 computes for its words, and what it shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import pandas as pd

from ..charts import cards, draw, likelihood, outcomes
from ..charts import quotes as quotations
from ..facts import citations, tables
from ..methods import language
from ..widgets import DateLimit, Explorer, Filter, RadioButtons
from . import blocks
from .computed import Values, computed, shown, toured
from .words import Say

Row = Mapping[Any, Any]

#: Codes of the capitals that are offered.
CAPITALS = ("CHN", "KOR", "PRK", "RUS", "UKR", "USA")
#: Asked about although they rest on one weak page: they are shown with a mark that says so.
WEAK = (
    "nis-additional-deployments",
    "cha-voa-commitment",
    "kroenig-article-bombast",
    "kroenig-article-strength",
)
#: Sentences about what is to come, and the bands that their words allow: none where they lean to
#: neither side.
ALLOWED: dict[str, set[str]] = {
    "choe-great-victory": {"almost-certain"},
    "trump-putin-agree": {"likely", "very-likely"},
    "nis-additional-deployments": set(),
}


@shown("quotations")
def quotations_explorer() -> Explorer:
    """Every quotation on show, in the lane of its place."""
    shown = cards.on_show(blocks.table("quotes"))
    return Explorer(
        partial(quotations.by_place, shown),
        name="quotations",
        place=Filter("lane", quotations.options(shown, "lane"), "Where from"),
        speaker=Filter("kind", quotations.options(shown, "kind"), "Kind of speaker"),
        topic=Filter("topic", quotations.options(shown, "topic"), "Topic"),
        stance=Filter("stance", quotations.options(shown, "stance"), "Stance to the deployment"),
        as_of=DateLimit("known", quotations.as_of_options(), "Known by", start="2024-11-27"),
    )


@toured("quotations")
def quotations_tour() -> Values:
    """How many quotations stand in some lanes, and from which days."""
    explorer = quotations_explorer()
    pyongyang = blocks.rows_at(explorer, place="PRK")
    denials = blocks.rows_at(explorer, stance="denial")
    told = blocks.table("events").set_index("id").at["nis-announces-dispatch", "date"]
    return {
        "shown": len(blocks.rows_at(explorer)),
        "pyongyang": len(pyongyang),
        "first_of_pyongyang": pyongyang["Date"].iloc[0],
        "last_of_pyongyang": pyongyang["Date"].iloc[-1],
        "day_of_seoul": tables.spell(told),
        "denials": len(denials),
        "russian": int((denials["Place"] == "Russia").sum()),
        "other": int((denials["Place"] != "Russia").sum()),
        "early": len(blocks.rows_at(explorer, as_of="2024-10-18")),
        "scholars": len(blocks.rows_at(explorer, speaker="scholar")),
    }


@shown("likelihood")
def likelihood_explorer() -> Explorer:
    """The words of likelihood found, beside the bands of the directive."""
    view = partial(
        likelihood.likelihood,
        cards.on_show(blocks.table("quotes")),
        blocks.table("probability_words"),
    )
    return Explorer(
        view,
        name="likelihood",
        kind=RadioButtons(
            draw.options(likelihood.WORDS, draw.capital), "Kind of word", start="probability"
        ),
    )


@shown("cards-of-cha")
def cards_of_cha() -> blocks.Block:
    """One scholar in four places."""
    return blocks.cards_of(
        ["cha-article-symbol", "cha-csis-all-in", "cha-npr-battlefield", "cha-voa-commitment"]
    )


@shown("cards-of-kroenig")
def cards_of_kroenig() -> blocks.Block:
    """Another scholar in two places."""
    return blocks.cards_of(["kroenig-article-bombast", "kroenig-fp-time-and-space"])


@computed("proof")
def proof() -> Values:
    """The sentence that the article quotes."""
    by_id = blocks.table("quotes").set_index("id")
    symbol = by_id.loc["cha-article-symbol"]
    return {"sentence": symbol["text"]}


@computed("expect")
def expect() -> Values:
    """A sentence without a word of the directive, and the band beside it."""
    by_band = blocks.table("probability_words").set_index("id")
    row = blocks.row("quotes", "blinken-coming-days")
    likely = by_band.loc["likely"]
    return {
        "day": tables.spell(row["date"]),
        "sentence": row["text"],
        "likely_from": likely["low_pct"],
        "likely_to": likely["high_pct"],
    }


@computed("may")
def may() -> Values:
    """A sentence with “may”, and the band around even chances."""
    even = blocks.row("probability_words", "roughly-even-chance")
    every = blocks.table("quotes")
    row = every.set_index("id").loc["ishiba-assumptions"]
    words = likelihood.likelihood(
        cards.on_show(every), blocks.table("probability_words"), "modal"
    ).table.set_index("Word")
    return {
        "day": tables.spell(row["date"]),
        "sentence": row["text"],
        "even_from": even["low_pct"],
        "even_to": even["high_pct"],
        "quotations_with_may": words["From"]["may"].removeprefix("our quotations: "),
        "inside_even_from": even["low_pct"] + 1,
        "inside_even_to": even["high_pct"] - 1,
    }


@computed("no-doubt")
def no_doubt() -> Values:
    """A sentence beyond the highest band, and what happened."""
    top = blocks.row("probability_words", "almost-certain")
    row = blocks.row("quotes", "zelensky-no-doubt")
    return {
        "day": tables.spell(row["date"]),
        "sentence": row["text"],
        "highest_from": top["low_pct"],
        "highest_to": top["high_pct"],
        "what_happened": row["what_happened"],
    }


@shown("cards-of-forecasts")
def cards_of_forecasts() -> blocks.Block:
    """Three sentences about what is to come."""
    return blocks.cards(_quotations().set_index("id", drop=False).loc[list(ALLOWED)])


@computed("numbers")
def numbers() -> Values:
    """Who says the three sentences."""
    by_id = _quotations().set_index("id")
    people = blocks.table("speakers").set_index("id")["name"]
    return {
        "first_speaker": people[by_id["speaker"]["choe-great-victory"]],
        "second_speaker": people[by_id["speaker"]["trump-putin-agree"]],
        "third_speaker": people[by_id["speaker"]["nis-additional-deployments"]],
    }


@shown("outcomes")
def outcomes_explorer() -> Explorer:
    """What became of predictions and promises."""
    return Explorer(
        partial(outcomes.outcomes, _quotations()),
        name="outcomes",
        group=RadioButtons(outcomes.group_options(), "Group by"),
    )


@computed("tweak")
def tweak() -> Values:
    """How many words of two kinds the chart finds, and its rows."""
    bands = blocks.table("probability_words")
    count, before = (
        len(likelihood.likelihood(cards.on_show(blocks.table("quotes")), bands, kind).table)
        - len(bands)
        for kind in ("booster", "modal")
    )
    return {
        "words_of_certainty": count,
        "helping_verbs": before,
        "rows_with_bands": count + len(bands),
    }


@computed("twiddle")
def twiddle() -> Values:
    """Quotations from three countries."""
    counts = blocks.table("quotes")["country_iso3"].value_counts()
    return {
        "from_dprk": counts["PRK"],
        "from_united_states": counts["USA"],
        "from_south_korea": counts["KOR"],
    }


@computed("frob")
def frob() -> Values:
    """The hedges that the list finds in one sentence."""
    text = blocks.table("quotes").set_index("id").at["kim-jong-un-miracle", "text"]
    words = ", ".join(f"“{one.word}”" for one in language.hedges(text))
    return {"hedges": words}


@computed("answer")
def answer() -> Values:
    """How many predictions and promises came true."""
    counts = (
        outcomes.outcomes(_quotations()).table["Outcome"].str.split(" ", n=1).str[1].value_counts()
    )
    return {
        "share_that_came_true": round(100 * counts["came true"] / counts.sum(), 1),
        "predictions": counts.sum(),
        "came_true": counts["came true"],
        "in_part": counts["in part"],
        "failed": counts["failed"],
        "open_still": counts["open"],
        "never_tested": counts["never tested"],
    }


@shown("references")
def references() -> blocks.Block:
    """The sources of the quotations named here, and of the directive."""
    by_id = _quotations().set_index("id")
    cited = [
        "cha-article-symbol",
        "cha-article-all-in",
        "cha-csis-all-in",
        "cha-npr-battlefield",
        "cha-voa-commitment",
        "kroenig-article-bombast",
        "kroenig-article-strength",
        "kroenig-fp-time-and-space",
        "vance-line-of-demarcation",
        "healey-highly-likely",
        "isw-combat-experience",
        "zelensky-no-doubt",
        "blinken-coming-days",
        "ishiba-assumptions",
        "choe-great-victory",
        "trump-putin-agree",
        "nis-additional-deployments",
        "kim-jong-un-miracle",
    ]
    return blocks.references(
        by_id.loc[cited, "sources"], blocks.table("probability_words")["sources"]
    )


def _quotations() -> pd.DataFrame:
    """All quotations but the weak ones, and those of `WEAK`."""
    every = blocks.table("quotes", weak=True)
    return every[~every["weak"] | every["id"].isin(WEAK)].reset_index(drop=True)


def _people() -> dict[Any, str]:
    """Names of speakers by their ids."""
    return {
        one: str(name) for one, name in blocks.table("speakers").set_index("id")["name"].items()
    }


# -- from which capital ----------------------------------------------------------------------------
@computed("capital")
def capital(say: Say) -> Values:
    """The sentences that are held back from the charts, with a reason for every capital."""
    every = blocks.table("quotes")
    shown = cards.on_show(every)
    capitals = blocks.table("countries").set_index("id")["capital"]
    sentences = []
    for number, row in enumerate(cards.held_back(every, "04.capital").to_dict("records"), 1):
        others = {
            code: _elsewhere(say, code, capitals[code], _nearest(shown, code, row["topic"]))
            for code in CAPITALS
        }
        here = row["country_iso3"]
        others[here] = _from_here(say, row)
        sentences.append(
            {
                "text": say("sentence", words=row["text"]),
                "label": say("label", number=number),
                "right": here.lower(),
                "why": {code.lower(): why for code, why in others.items()},
            }
        )
    return {"capitals": {one.lower(): capitals[one] for one in CAPITALS}, "sentences": sentences}


def _from_here(say: Say, row: Row) -> str:
    """Who said a sentence, where it can be read, and what we note of it."""
    return say(
        "from_here",
        name=_people()[row["speaker"]],
        role=row["role_at_time"],
        affiliation=row["affiliation"],
        day=tables.spell(row["date"]),
        setting=row["outlet_or_setting"],
        translated=say("translated") if row["translated"] else "",
        note=row["note"],
        address=citations.reference(row["sources"][0]).rsplit(" ", 1)[1],
    )


def _nearest(shown: pd.DataFrame, code: str, topic: str) -> Row:
    """A sentence of a country, on the same topic if there is one."""
    own = shown[shown["country_iso3"] == code]
    ordered = own.sort_values("topic", key=lambda one: one != topic, kind="stable")
    return ordered.to_dict("records")[0]


def _elsewhere(say: Say, code: str, capital: str, own: Row) -> str:
    """Why a sentence is not of this capital: one that is, for comparison."""
    return say(
        "not_from_there",
        capital=capital,
        expected=say(f"expected_{code.lower()}"),
        words=own["text"],
        name=_people()[own["speaker"]],
        day=tables.spell(own["date"]),
    )


# -- in which band ---------------------------------------------------------------------------------
@computed("bands")
def bands(say: Say) -> Values:
    """Four sentences, each with a reason for three bands of the directive and for none."""
    table = blocks.table("probability_words").set_index("id", drop=False)
    offered = [table.loc[one].to_dict() for one in ("likely", "very-likely", "almost-certain")]
    ids = ["vance-line-of-demarcation", "healey-highly-likely", "isw-combat-experience"]
    rows = [blocks.row("quotes", one) for one in [*ids, "zelensky-no-doubt"]]
    found = [_band_of(row["text"], table) for row in rows]
    return {
        "bands": {one["id"]: say("option", **_band(one)) for one in offered}
        | {"none": say("none")},
        "sentences": [
            {
                "text": say(
                    "sentence",
                    words=row["text"],
                    name=_people()[row["speaker"]],
                    day=tables.spell(row["date"]),
                ),
                "label": _people()[row["speaker"]],
                "right": band or "none",
                "why": _reasons_of_bands(say, word, band, offered),
            }
            for row, (word, band) in zip(rows, found, strict=True)
        ],
        "with_band": sum(band is not None for _, band in found),
        "all_sentences": len(rows),
    }


def _band_of(text: str, table: pd.DataFrame) -> tuple[str, str | None]:
    """The word of likelihood in a sentence, with its band; else its word of certainty."""
    if known := language.likelihood_words(text, table):
        return known[0].word, known[0].band
    return next(one.word for one in language.hedges(text) if one.kind == "booster"), None


def _band(row: Row) -> dict[str, Any]:
    """A band as texts name it."""
    names = {"other_term": row["other_term"]} if "other_term" in row else {}
    return {"term": row["term"], "low": row["low_pct"], "high": row["high_pct"], **names}


def _reasons_of_bands(say: Say, word: str, band: str | None, offered: Sequence[Row]) -> Values:
    """A reason for every band that is offered, and for none."""
    why = {}
    for one in offered:
        text = "no_band" if band is None else "its_band" if band == one["id"] else "another_band"
        why[one["id"]] = say(text, word=word, **_band(one))
    return why | {"none": say("on_the_list" if band else "not_on_the_list", word=word)}


# -- how sure --------------------------------------------------------------------------------------
@computed("three")
def three(say: Say) -> Values:
    """Three sentences about what is to come, with a reason for every band and for none."""
    scale = blocks.table("probability_words").to_dict("records")
    rows = _quotations().set_index("id", drop=False).loc[list(ALLOWED)].to_dict("records")
    names = [_people()[row["speaker"]] for row in rows]
    return {
        "bands": {one["id"]: say("option", **_band(one)) for one in scale}
        | {"no-band": say("no_band")},
        "sentences": [
            {
                "text": say("sentence", name=name, day=tables.spell(row["date"])),
                "label": name,
                "right": sorted(ALLOWED[row["id"]]) or ["no-band"],
                "why": _reasons_of_words(say, row, scale),
            }
            for name, row in zip(names, rows, strict=True)
        ],
        "coded_outcomes": "; ".join(
            say(
                "coded",
                name=name,
                word=_cue(row["text"]),
                outcome=_outcome(row),
            )
            for name, row in zip(names, rows, strict=True)
        ),
    }


def _outcome(row: Row) -> str:
    """What became of a prediction, as a word."""
    return outcomes.OUTCOMES[outcomes.COLUMN_OF[row["outcome"]]].label


def _cue(text: str) -> str:
    """The word that says how sure a speaker is: the strongest kind of hedge in a sentence."""
    kinds = ("booster", "probability", "belief", "modal")
    order = {kind: place for place, kind in enumerate(kinds)}
    return min(language.hedges(text), key=lambda one: order.get(one.kind, len(kinds))).word


def _reasons_of_words(say: Say, row: Row, scale: list[Any]) -> Values:
    """A reason for every band of the scale, and for none."""
    fits, ids = ALLOWED[row["id"]], [one["id"] for one in scale]
    values = {"word": _cue(row["text"]), "what_happened": row["what_happened"]}
    why = {}
    for place, one in enumerate(ids):
        text = "fits" if one in fits else "a_number_added"
        if fits and one not in fits:
            text = "less" if place < min(map(ids.index, fits)) else "more"
        why[one] = say(text, term=scale[place]["term"], **values)
    return why | {"no-band": say("leans_to_one" if fits else "leans_to_neither", **values)}


# -- what comes back in later lessons --------------------------------------------------------------
@computed("back-likely")
def back_likely() -> Values:
    """The bands of “likely” and of the highest word."""
    return {
        **{name: expect()[name] for name in ("likely_from", "likely_to")},
        **{name: no_doubt()[name] for name in ("highest_from", "highest_to")},
    }


@computed("back-sure-true")
def back_sure_true() -> Values:
    """How many predictions there are, and how many came true."""
    found = answer()
    return {name: found[name] for name in ("predictions", "came_true")}


@computed("back-half")
def back_half() -> Values:
    """What Victor Cha said of the battlefield, and when."""
    row = blocks.row("quotes", "cha-npr-battlefield")
    return {"words": row["text"], "day": tables.spell(row["date"])}
