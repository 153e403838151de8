"""Hedges, bands of likelihood and cue words: what is found, what is left alone, and overlaps worked
out by hand.
"""

from __future__ import annotations

import math

import pandas as pd
import pytest

from upheaval.facts import tables
from upheaval.methods import language

BANDS = tables.read("probability_words")


def found(text: str) -> list[tuple[str, str]]:
    return [(hedge.word, hedge.kind) for hedge in language.hedges(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It may rain.", [("may", "modal")]),
        ("They might not come.", [("might not", "modal")]),
        ("It is very likely to last.", [("very likely", "probability")]),
        ("Perhaps he will.", [("Perhaps", "probability")]),
        ("He reportedly left.", [("reportedly", "evidential")]),
        ("It appears to be over.", [("It appears to", "evidential")]),
        ("There is evidence that there are troops.", [("There is evidence that", "evidential")]),
        ("I don’t think so.", [("I don’t think", "belief")]),
        ("In my view, no.", [("In my view", "belief")]),
        ("about 10,000 soldiers", [("about", "approximator")]),
        ("as many as 8,000", [("as many as", "approximator")]),
        ("There is no doubt about that.", [("no doubt", "booster")]),
        ("We have never doubted it.", [("never doubted", "booster")]),
        ("It clearly is.", [("clearly", "booster")]),
        ("I'm not saying it is certain", [("not saying it is certain", "probability")]),
        ("They are almost certainly there.", [("almost certainly", "probability")]),
        ("That is certain", [("certain", "booster")]),
        ("It isn’t clear.", [("isn’t clear", "probability")]),
    ],
)
def test_each_kind_is_found(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "In May 2024 they met.",
        "The might of the army",
        "We would like to thank you.",
        "He appeared on television.",
        "as soon as possible",
        "everything possible",
        "to make sure that it lasts",
        "We talk about peace.",
        "a chance to talk, in a certain way",
        "They came under certain conditions",
        "They will be ready.",
        "",
    ],
)
def test_what_only_looks_like_a_hedge_is_left_alone(text: str) -> None:
    assert found(text) == []


def test_places_point_into_the_text_and_never_overlap() -> None:
    assert set(language.HEDGE_KINDS) == set(language._HEDGES)
    kinds = set()
    for text in tables.read("quotes")["text"]:
        end = 0
        for hedge in language.hedges(text):
            assert text[hedge.start : hedge.end] == hedge.word
            assert hedge.start >= end
            end = hedge.end
            kinds.add(hedge.kind)
    assert kinds == set(language.HEDGE_KINDS)


@pytest.mark.parametrize("cell", [None, math.nan, pd.NA])
def test_an_empty_cell_has_no_words(cell: object) -> None:
    assert language.hedges(cell) == []
    assert language.likelihood_words(cell, BANDS) == []
    assert language.cue_words(cell, "fact") == []


@pytest.mark.parametrize("cell", [3, ["it may rain"], {"text": "it may rain"}])
def test_what_is_no_sentence_is_told(cell: object) -> None:
    for found in (language.hedges, lambda text: language.cue_words(text, "fact")):
        with pytest.raises(ValueError, match="Give the words of one"):
            found(cell)


# -- the bands of ICD 203 --------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It is likely.", [("likely", "likely")]),
        ("It is unlikely.", [("unlikely", "unlikely")]),
        ("It is very unlikely.", [("very unlikely", "very-unlikely")]),
        ("Almost certainly so", [("Almost certainly", "almost-certain")]),
        ("nearly\ncertain", [("nearly\ncertain", "almost-certain")]),
        ("improbably, improbable", [("improbably", "unlikely"), ("improbable", "unlikely")]),
        ("roughly even odds", [("roughly even odds", "roughly-even-chance")]),
        ("a remote chance in a remote region", [("remote", "almost-no-chance")]),
        ("It is highly likely.", [("highly likely", None)]),
        ("It will probably not happen.", [("probably not", None)]),
        ("It isn't likely.", [("isn't likely", None)]),
        ("It is certain.", []),
    ],
)
def test_words_of_likelihood_get_their_band(
    text: str, expected: list[tuple[str, str | None]]
) -> None:
    assert [(one.word, one.band) for one in language.likelihood_words(text, BANDS)] == expected


def test_every_wording_of_the_table_finds_its_own_band() -> None:
    for row in BANDS.to_dict("records"):
        for cell in (row["term"], row["other_term"]):
            for form in language._forms(cell):
                text = f"a {form} chance" if form == "remote" else form
                assert [one.band for one in language.likelihood_words(text, BANDS)] == [
                    row["id"]
                ], form


@pytest.mark.parametrize(
    ("percent", "expected"),
    [
        *((0, None), (0.5, None), (1, "almost-no-chance"), (5, "very-unlikely"), (20, "unlikely")),
        *((50, "roughly-even-chance"), (55, "likely"), (79.9, "likely"), (80, "very-likely")),
        *((95, "almost-certain"), (99, "almost-certain"), (100, None)),
    ],
)
def test_an_edge_belongs_to_the_upper_band(percent: float, expected: str | None) -> None:
    assert language.band(percent, BANDS) == expected


@pytest.mark.parametrize("percent", [-1, 101, math.nan])
def test_a_probability_is_from_0_to_100(percent: float) -> None:
    with pytest.raises(ValueError, match="from 0 to 100"):
        language.band(percent, BANDS)
    with pytest.raises(ValueError, match="from 0 to 100"):
        language.agreement(50, percent, {"low_pct": 55, "high_pct": 80})


@pytest.mark.parametrize(
    ("low", "high", "overlap", "gap", "shift", "position"),
    [
        (60, 90, 21 / 36, 0, 7.5, "overlapping"),  # 60..80 in both, 55..90 in either
        (55, 80, 1, 0, 0, "same"),
        (60, 70, 11 / 26, 0, -2.5, "inside"),
        (70, 70, 1 / 26, 0, 2.5, "inside"),
        (50, 90, 26 / 41, 0, 2.5, "around"),
        (20, 40, 0, 15, -37.5, "below"),
        (90, 95, 0, 10, 25, "above"),
    ],
)
def test_a_readers_numbers_beside_the_band_of_likely(
    low: float, high: float, overlap: float, gap: float, shift: float, position: str
) -> None:
    likely = BANDS.set_index("id").loc["likely"]
    result = language.agreement(low, high, likely)
    assert result.overlap == pytest.approx(overlap)
    assert (result.gap, result.shift, result.position) == (gap, shift, position)


def test_the_lower_number_comes_first() -> None:
    with pytest.raises(ValueError, match="80, is above the higher one, 60"):
        language.agreement(80, 60, {"low_pct": 55, "high_pct": 80})


# -- cue words -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("kind", "text", "terms"),
    [
        ("fact", "On 23 October 2024 Washington confirmed it.", ["23 October 2024", "confirmed"]),
        ("estimate", "at least 3,000 of them", ["at least"]),
        ("interpretation", "It is a symbol of the alliance.", ["symbol of"]),
        ("opinion", "This is the biggest step.", ["the biggest"]),
        ("prediction", "They will be ready, he's going to agree.", ["will", "he's going to"]),
        ("prediction", "In May they met.", []),
        ("question", "How will he end it? A task which was hard.", ["How", "it?"]),
        ("recommendation", "We must find a way.", ["must"]),
    ],
)
def test_cues_name_the_words_that_speak_for_a_kind(kind: str, text: str, terms: list[str]) -> None:
    cues = language.cue_words(text, kind)
    assert [cue.word for cue in cues] == terms
    assert all(text[cue.start : cue.end] == cue.word and cue.kind == kind for cue in cues)


def test_the_kinds_of_the_claims_are_known_and_others_refused() -> None:
    assert set(tables.read("claims")["kind"]) <= set(language.CUE_KINDS) == set(language._CUES)
    with pytest.raises(ValueError, match='called "rumour"'):
        language.cue_words("text", "rumour")
