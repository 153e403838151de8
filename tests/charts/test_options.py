"""The four options: fair by measure, worked by hand where it can be, and through every choice."""

from __future__ import annotations

import itertools
import json
import re

import pandas as pd
import pytest

from upheaval import briefing, lesson
from upheaval.charts import aftermath, for_and_against, options
from upheaval.facts import evidence, excerpts, tables
from upheaval.methods import weighing

OPTIONS, RATINGS, ROLES = (lesson.table(name) for name in ("options", "option_ratings", "roles"))
ACTS, EVENTS = lesson.table("option_acts"), lesson.table("events")
ROWS = briefing.evidence_rows(
    {name: lesson.table(name) for name in briefing.TABLES}, lesson.table("speakers")
)
BY_REF = ROWS.set_index("ref", drop=False)


# -- fair ------------------------------------------------------------------------------------------
@pytest.mark.parametrize("column", ["what", "costs", "risks", "would_change"])
def test_no_option_has_much_more_to_say_for_itself(column: str) -> None:
    lengths = OPTIONS[column].str.len()
    assert lengths.max() <= 1.5 * lengths.min(), dict(zip(OPTIONS["id"], lengths, strict=True))


def test_every_option_has_as_many_backers_and_as_much_evidence_on_both_sides() -> None:
    for column in ("backers", "evidence_for", "evidence_against"):
        assert OPTIONS[column].map(len).nunique() == 1
        assert OPTIONS[column].map(lambda refs: len(set(refs)) == len(refs)).all()


def test_backers_are_statements_and_positions_and_evidence_was_public() -> None:
    for row in OPTIONS.itertuples():
        assert {ref.split("/")[0] for ref in row.backers} <= {"quotes", "policies", "events"}
        for ref in (*row.backers, *row.evidence_for, *row.evidence_against):
            assert BY_REF.loc[ref, "known"] <= options.DECISION, ref
        assert not set(row.evidence_for) & set(row.evidence_against)


def test_with_equal_weights_nothing_leads_and_each_option_leads_for_some_role() -> None:
    equal = options.weights_of(ROLES, options.EQUAL)
    assert weighing.leaders(RATINGS, equal) == tuple(OPTIONS.sort_values("order")["id"])
    led = {weighing.leaders(RATINGS, options.weights_of(ROLES, who)) for who in ROLES["id"]}
    assert led >= {(one,) for one in OPTIONS["id"]}


def test_each_option_is_rated_for_each_aim_with_a_reason() -> None:
    pairs = set(zip(RATINGS["option"], RATINGS["criterion"], strict=True))
    assert pairs == set(itertools.product(OPTIONS["id"], options.AIMS)) and len(RATINGS) == len(
        pairs
    )
    assert (RATINGS["high"] > RATINGS["low"]).all(), "a range, not a point"
    assert RATINGS["reason"].str.len().between(20, 110).all()


def test_roles_speak_at_equal_length() -> None:
    lengths = ROLES["cares_about"].str.len()
    assert lengths.max() <= 1.5 * lengths.min()


def test_the_two_administrations_are_treated_alike() -> None:
    counts = ACTS["administration"].value_counts()
    assert set(counts.index) == set(aftermath.ADMINISTRATIONS) and counts.nunique() == 1
    dates = ACTS["event"].map(EVENTS.set_index("id")["date"])
    assert (dates > options.DECISION).all()
    assert ((dates < aftermath.HANDOVER) == (ACTS["administration"] == "biden")).all()
    lengths = ACTS.groupby("administration")["reason"].apply(lambda column: column.str.len().mean())
    assert lengths.max() <= 1.5 * lengths.min()


# -- evidence --------------------------------------------------------------------------------------
def test_status_and_day_are_those_of_the_decision() -> None:
    # Seoul announced the dispatch on 18 October 2024; both capitals admitted it in April 2025.
    dispatch = BY_REF.loc["events/nis-announces-dispatch"]
    assert (dispatch["known"], dispatch["status"]) == ("2024-10-18", "disputed")
    assert BY_REF.loc["exchange/prk-troops-combat", "known"] == "2024-10-18"
    # A month counts from its last day, and is shown as a month.
    kyiv = BY_REF.loc["policies/conditions-on-kyiv-biden"]
    assert (kyiv["known"], kyiv["when"]) == ("2023-10-31", "October 2023")
    # A coding counts from the day on which the last of what it rests on was public.
    plan = BY_REF.loc["policies/conditions-on-kyiv-trump-campaign"]
    assert (plan["known"], plan["when"]) == ("2024-11-27", "27 November 2024")
    # Said on 25 November, printed on 12 December.
    assert BY_REF.loc["policies/long-range-strikes-trump-campaign", "known"] == "2024-12-12"
    assert not any(BY_REF["title"].str.contains(r"\bnan\b|None|<NA>"))


def test_an_estimate_a_package_and_an_item_in_words() -> None:
    assert (
        BY_REF.loc["estimates/pentagon-2024-11-26-deployed", "title"]
        == "U.S. Department of Defense: at least 12,000 soldiers in Russia"
    )
    assert BY_REF.loc["aid_packages/pda-70", "title"] == "U.S. package of $275 million"
    assert BY_REF.loc["exchange/rus-oil-osc", ["title", "text"]].tolist() == [
        "From Moscow: Refined oil by tanker",
        "at least 1,000,000 barrels",
    ]


@pytest.mark.thorough
def test_the_picker_is_plain_and_keeps_to_its_time() -> None:
    made = briefing.picker(ROWS, "2024-10-01", "2024-10-31")
    assert json.loads(json.dumps(made)) == made
    assert made["rows"] and all("2024-10-01" <= row[2] <= "2024-10-31" for row in made["rows"])
    for row in made["rows"]:
        assert 1 <= len(row[5]) <= briefing.PICKED_SOURCES
        addresses = (
            tables.read("sources").set_index("id").loc[list(BY_REF.loc[row[0], "sources"]), "url"]
        )
        assert {made["sources"][index][1] for index in row[5]} <= set(addresses)


def test_the_picker_reaches_back_to_what_the_options_cite() -> None:
    cited = briefing.cited(tables.read("options"))
    assert "events/russia-vetoes-panel" in cited
    made = briefing.picker(ROWS, "2024-05-20", options.DECISION, cited)
    offered = {row[0] for row in made["rows"]}
    assert made["since"] == "2024-05-20" and cited <= offered
    early = {row[0] for row in made["rows"] if row[2] < "2024-05-20"}
    assert early and early <= cited


@pytest.mark.thorough
def test_the_picker_has_the_sentence_of_each_row_that_was_known_by_then() -> None:
    made = briefing.picker(ROWS, "2024-10-01", "2024-10-31")
    assert {row[0] for row in made["rows"]} - set(made["says"]) <= set(
        ROWS.loc[ROWS["kind"] == "aid package", "ref"]
    )
    assert any(ref.startswith("ties/") for ref in made["says"]), "of other doors, too"
    for ref, (sentence, english, page) in made["says"].items():
        assert (row := evidence.fact(ref)) and row.known <= "2024-10-31"
        found = excerpts.said(ref, options.DECISION) or excerpts.said(ref)
        assert found and (found.sentence, found.english) == (sentence, english)
        assert bool(page) == bool(sentence)


def test_evidence_of_the_day_comes_with_sources_of_the_day() -> None:
    made = briefing.picker(ROWS, "2024-05-20", options.DECISION)
    picked = {row[0]: [made["sources"][index][0] for index in row[5]] for row in made["rows"]}
    assert not any(
        "2025" in text
        for name in (
            "estimates/pentagon-2024-11-26-deployed",
            "quotes/zelensky-number-will-increase",
        )
        for text in picked[name]
    )
    late = [
        name
        for name, texts in picked.items()
        if any("(2025" in text or " 2025)" in text for text in texts)
    ]
    assert len(late) < len(picked) / 20


def test_bands_hold_every_form_of_their_words() -> None:
    bands = briefing.bands(lesson.table("probability_words"))
    assert bands[0] == {"terms": ["almost no chance", "remote"], "low": 1, "high": 5}
    assert bands[2]["terms"] == ["unlikely", "improbable", "improbably"]
    assert bands[6]["terms"][:2] == ["almost certain", "almost certainly"]


# -- charts ----------------------------------------------------------------------------------------
def test_the_lead_by_hand() -> None:
    # The adviser-designate: weights 2, 4, 3, 3, 2, 5 on middles 2, 3.5, 3, 1.5, 2.5, 3 make 51.5 of
    # 19.
    chart = options.lead(OPTIONS, RATINGS, ROLES, "nsa-designate")
    row = chart.table.set_index("Option").loc["Offer talks"]
    assert (row["Place"], row["Middle"]) == ("first", f"{51.5 / 19:.2f}")
    assert (
        chart.title
        == "National security adviser-designate: “Offer talks” leads; three steps would change that"
    )


@pytest.mark.parametrize("who", [options.EQUAL, *ROLES["id"]])
@pytest.mark.parametrize("without", [None, *options.AIMS])
def test_every_lead_agrees_with_its_rows(who: str, without: str | None) -> None:
    payload = options.lead(OPTIONS, RATINGS, ROLES, who, without).payload()
    rows = payload["table"]["rows"]
    first = [row[0] for row in rows if row[1] == "first"]
    best = max(float(row[2]) for row in rows)
    assert all(float(row[2]) == best for row in rows if row[1] == "first")
    assert len(first) == 4 or all(f"“{name}”" in payload["title"] for name in first)
    assert "4 options are compared." in payload["description"]
    assert [line["at"] for line in payload["markedRows"]["groups"][0]["lines"]] == [0, 1, 2, 3]


@pytest.mark.parametrize("aim", options.AIMS)
def test_what_is_left_out_stays_out_of_the_search_for_a_change(aim: str) -> None:
    for who in ROLES["id"]:
        payload = options.lead(OPTIONS, RATINGS, ROLES, who, aim).payload()
        assert f"“{options.AIMS[aim]}” from" not in payload["description"], "left out, not moved"
        assert f"{options.AIMS[aim]} 0" not in payload["description"], "gone, not 0"


def test_changes_of_a_lead_are_told_in_words() -> None:
    mine = options.weights_of(ROLES, "seoul")
    table = options.turns(OPTIONS, RATINGS, mine)
    assert list(table) == ["Aim", "From", "To", "Then first"]
    assert table["Aim"].isin(options.AIMS.values()).all()
    said = str(table["Then first"].tolist())
    assert not any(one in said for one in OPTIONS["id"]), "names, and no ids"


@pytest.mark.parametrize("aim", options.AIMS)
def test_every_rating_has_its_reason(aim: str) -> None:
    payload = options.rated(OPTIONS, RATINGS, aim).payload()
    assert len(payload["table"]["rows"]) == 4 and options.AIMS[aim] in payload["title"]
    assert all(row[2] for row in payload["table"]["rows"])


@pytest.mark.parametrize("option", OPTIONS["id"])
def test_evidence_stands_on_both_sides(option: str) -> None:
    payload = for_and_against.for_and_against(OPTIONS, ROWS, option).payload()
    sides = [row[0].split(",")[0] for row in payload["table"]["rows"]]
    assert sides == ["For"] * 4 + ["Against"] * 4
    assert "8 pieces of evidence: 4 for" in payload["description"]
    said = str(payload["markedRows"])
    assert not re.search(r"(?<!\[)…", said), "a cut is marked, and in brackets"
    assert payload["asOf"] == "27 November 2024" and payload["references"]


@pytest.mark.parametrize("who", [None, *aftermath.ADMINISTRATIONS])
def test_what_came_of_it(who: str | None) -> None:
    payload = aftermath.aftermath(ACTS, EVENTS, OPTIONS, who).payload()
    count = len(ACTS) if who is None else int((ACTS["administration"] == who).sum())
    assert len(payload["table"]["rows"]) == count
    assert f"{count} acts, which we chose" in payload["description"]
    names = {"biden": "the Biden administration", "trump-2": "the second Trump administration"}
    acts = f"Acts of {names[who]} that we chose are" if who else "Acts that we chose are"
    assert payload["title"].startswith(f"{acts} most often near"), "the same for both"
    lines = [line for group in payload["markedRows"]["groups"] for line in group["lines"]]
    assert sorted(line["at"] for line in lines if line["at"] is not None) == list(range(count))
    assert all(0 < line["track"][0][0] < 1 for line in lines), "a day on the scale"


def test_unknown_words_are_refused() -> None:
    for call in (
        lambda: options.lead(OPTIONS, RATINGS, ROLES, "nobody"),
        lambda: options.lead(OPTIONS, RATINGS, ROLES, without="nothing"),
        lambda: options.rated(OPTIONS, RATINGS, "glory"),
        lambda: for_and_against.for_and_against(OPTIONS, ROWS, "surrender"),
        lambda: aftermath.aftermath(ACTS, EVENTS, OPTIONS, "obama"),
    ):
        with pytest.raises(KeyError):
            call()


def test_markup_in_the_data_stays_text() -> None:
    bad = OPTIONS.assign(title=["<b>A</b>", *OPTIONS["title"][1:]], what="<script>x</script>")
    assert "&lt;b&gt;A" in options.lead(bad, RATINGS, ROLES)._repr_mimebundle_()["text/html"]
    markup, text = briefing.option_sheets(bad, ROWS)
    assert "<script>" not in markup and "&lt;script&gt;" in markup and "<script>" in text
    markup, _ = briefing.role_sheets(ROLES.assign(cares_about="<img src=x>"))
    assert "<img" not in markup
    rows = ROWS.assign(title="<i>x</i>")
    shown = for_and_against.for_and_against(OPTIONS, rows, "offer-talks")._repr_mimebundle_()
    assert "<i>" not in shown["text/html"]


def test_sheets_say_the_same_of_each() -> None:
    markup, text = briefing.option_sheets(OPTIONS, ROWS)
    assert markup.count("<article") == len(OPTIONS) and markup.count("Costs.") == len(OPTIONS)
    assert all(title in text for title in OPTIONS["title"])
    markup, text = briefing.role_sheets(ROLES)
    assert markup.count("<article") == len(ROLES) == markup.count("Not a fact.")
    assert pd.Series(text.split("\n\n")).str.contains("Our reading").all()
