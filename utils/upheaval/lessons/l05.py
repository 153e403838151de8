"""What lesson 05 computes for its words, and what it shows."""

from __future__ import annotations

from functools import partial
from html import escape

from ..charts import clauses, place_map, precedents, tie_years
from ..charts import roll_calls as roll_calls_chart
from ..charts import ties as ties_chart
from ..charts import votes as votes_chart
from ..facts import tables
from ..methods import networks, voting
from ..widgets import Dropdown, Explorer, RadioButtons, Stepper
from . import blocks
from .computed import Values, Words, computed, shown, toured
from .words import Say

#: The quotations on the cards.
CARDS = [
    "cha-article-symbol",
    "putin-article-four",
    "kendall-taylor-fontaine-two-orders",
    "kavanagh-depetris-overhyped",
]


#: The four states of which some say that they are an axis.
FOUR = ("RUS", "CHN", "IRN", "PRK")


@computed("predict")
def predict() -> Values:
    """How many votes the table has, where options of how many begin, and the part of each."""
    calls = len(blocks.table("resolutions"))
    return {
        "votes": calls,
        "ends": [round(0.8 * calls, 1), round(0.5 * calls, 1), 1],
        "part": 1 / calls,
    }


@shown("clauses")
def clauses_explorer() -> Explorer:
    """Clauses of treaties, question by question."""
    return Explorer(
        partial(clauses.compared, blocks.table("treaty_clauses")),
        name="clauses",
        question=RadioButtons(clauses.question_options(), "Ask"),
        group=Dropdown(clauses.group_options(), "Treaties", start="moscow"),
    )


@toured("clauses")
def clauses_tour() -> Values:
    """How many clauses leave a choice, and whose they are."""
    explorer = clauses_explorer()
    says, everyone = "Who has a say", {"question": "limits", "group": "all"}
    moscow = blocks.rows_at(explorer)
    american = blocks.rows_at(explorer, question="limits", group="washington")[says]
    of_all = blocks.rows_at(explorer, **everyone)[says]
    return {
        "treaties": moscow["Treaty"].nunique(),
        "american": len(american),
        "decide": int((american != "no help owed").sum()),
        "all": len(of_all),
        "no_choice": int((of_all == "no choice in the words").sum()),
    }


@shown("map")
def map_explorer() -> Explorer:
    """Where soldiers are said to have been, on the whole way and at the border."""
    return Explorer(
        blocks.on_map(),
        name="map",
        part=Dropdown(place_map.part_options(), "Part", start="border"),
    )


@shown("precedents")
def precedents_explorer() -> Explorer:
    """Earlier deployments, by yardstick."""
    return Explorer(
        partial(precedents.deployments, blocks.table("deployments_abroad")),
        name="precedents",
        compared=Dropdown(precedents.compared_options(), "Compare"),
        admitted=Dropdown(precedents.admitted_options(), "Admitted at the time"),
    )


@shown("ties-years")
def ties_over_years() -> Explorer:
    """Ties of the four states, pair by pair."""
    return Explorer(
        partial(tie_years.over_years, blocks.table("ties")),
        name="ties-years",
        kind=Dropdown(ties_chart.kind_options(), "Kind of tie"),
    )


@shown("ties")
def ties_of_four() -> Explorer:
    """Ties of the four states, year by year."""
    return Explorer(
        partial(ties_chart.network, blocks.table("ties"), "four"),
        name="ties",
        year=Stepper(ties_chart.year_options(), "Year", start=2024),
        kind=Dropdown(ties_chart.kind_options(), "Kind of tie"),
        least=Dropdown(ties_chart.strength_options(), "Strength"),
    )


@shown("allies")
def ties_of_allies() -> Explorer:
    """The same for allies, to compare."""
    return Explorer(
        partial(ties_chart.network, blocks.table("ties"), "allies", kind=None),
        name="allies",
        year=Stepper(ties_chart.year_options("allies"), "Year", start=2025),
        least=Dropdown(ties_chart.strength_options(), "Strength"),
    )


@shown("every-vote")
def every_vote_explorer() -> Explorer:
    """Every vote of eleven states, beside those of one of them."""
    return Explorer(
        partial(
            roll_calls_chart.every_vote, blocks.table("roll_calls"), blocks.table("resolutions")
        ),
        name="every-vote",
        country=Dropdown(votes_chart.state_options(), "Compare with"),
    )


@shown("votes")
def votes_explorer() -> Explorer:
    """How alike two states vote."""
    return Explorer(
        partial(votes_chart.agreement, blocks.table("roll_calls")),
        name="votes",
        country=Dropdown(votes_chart.state_options(), "Votes compared with"),
        absent=RadioButtons(votes_chart.absent_options(), "Absences"),
    )


@shown("cards")
def cards() -> blocks.Block:
    """Four voices on symbols, pacts and axes."""
    return blocks.cards_of(CARDS)


@computed("force")
def force() -> Values:
    """Days between ships, signature and entry into force."""
    row = blocks.row("treaty_clauses", "rus-prk-2024-article-4")
    sailed = blocks.table("events").set_index("id").at["dprk-troops-embark", "date"]
    signed, ships, force = tables.span([row["signed"], sailed, row["in_force"]])["start"]
    days, before = (force - ships).days, (ships - signed).days
    return {
        "day_of_sailing": tables.spell(sailed),
        "days_until_force": days,
        "day_of_force": tables.spell(row["in_force"]),
        "days_from_signature_to_ships": before,
        "days_from_signature_to_force": (force - signed).days,
    }


@computed("votes")
def votes() -> Values:
    """How alike two states vote."""
    found, all_calls = (
        voting.agreement(blocks.table("roll_calls"), "RUS", "IRN", absent)
        for absent in ("drop", "as_abstention")
    )
    low, high = found.share * 100 // 1, found.share * 100 // 1 + 1
    return {
        "per_cent_alike": low,
        "per_cent_alike_up": high,
        "alike": found.same,
        "compared": found.compared,
        "share_alike": f"{found.share:.0%}",
        "left_out": found.left_out,
        "per_cent_of_all": all_calls.share * 100 // 1,
        "per_cent_of_all_up": all_calls.share * 100 // 1 + 1,
        "all_roll_calls": all_calls.compared,
        "per_cent_with_halves": found.score * 100 // 1,
        "per_cent_with_halves_up": found.score * 100 // 1 + 1,
    }


@computed("unprecedented")
def unprecedented() -> Values:
    """How many earlier cases there are by each yardstick, and which answer they bear out."""
    cases = blocks.table("deployments_abroad").set_index("id")
    others, now = cases.drop(index=precedents.CASE), cases.loc[precedents.CASE]
    admitted = others["acknowledged_at_time"].value_counts()
    pilots = others[others["sender_iso3"].eq("PRK")]
    moscow = others[others["host_or_ally_iso3"].isin(["RUS", "SUN"])]
    larger = others[others["peak_troops_low"].gt(now["peak_troops_high"])]
    nothing = moscow.empty and bool(pilots["peak_troops_high"].lt(now["peak_troops_low"]).all())
    return {
        "hidden_before": admitted["no"],
        "partly_before": admitted["partly"],
        "pilots_before": "; ".join(
            f"{one.conflict}, {one.start} to {one.end}" for one in pilots.itertuples()
        ),
        "larger_before": len(larger),
        "cases_before": len(others),
        "right": [
            one
            for one, holds in (
                ("happens-all-the-time", not nothing),
                ("depends-on-yardstick", nothing),
            )
            if holds
        ],
    }


@computed("precedents")
def precedents_values(say: Say) -> Values:
    """Earlier deployments, by yardstick."""
    names = tables.read("countries").set_index("id")["short_name"]
    offered = (
        blocks.table("deployments_abroad")
        .query("id != @precedents.CASE")
        .sort_values(["start", "id"])
    )
    size = offered["peak_troops_low"].fillna(0).ge(precedents.LARGE)
    return {
        "offered": {
            one["id"]: say(
                "case",
                year=one["start"][:4],
                sender=names[one["sender_iso3"]],
                host=names[one["host_or_ally_iso3"]],
                conflict=one["conflict"],
            )
            for one in offered.to_dict("records")
        },
        "columns": {
            "admitted": list(offered["acknowledged_at_time"]),
            "quiet": [
                "open" if one == "yes" else "quiet" for one in offered["acknowledged_at_time"]
            ],
            "size": ["large" if one else "small" for one in size],
            "basis": list(offered["basis_kind"]),
        },
    }


@computed("tweak")
def tweak() -> Values:
    """Pairs tied strongly in two years."""
    return {"pairs_in_2024": _strongly(2024), "pairs_in_2021": _strongly(2021)}


def _strongly(year: int) -> int:
    """How many pairs of the four are tied strongly in a year."""
    rows = networks.ties_in(blocks.table("ties"), year, status=ties_chart.SHOWN)
    pairs = networks.density_by_strength(rows, ties_chart.GROUPS["four"].states)
    return int(pairs.set_index("least")["pairs"][3])


@computed("twiddle")
def twiddle() -> Values:
    """Ties of two kinds."""
    counts = blocks.table("ties")["tie_kind"].value_counts()
    return {"arms_transfers": counts["arms-transfer"], "defence_pacts": counts["mutual-defence"]}


@computed("frob")
def frob() -> Values:
    """How alike Russia and Venezuela vote, with absences and without."""
    alone, counted = (
        voting.agreement(blocks.table("roll_calls"), "RUS", "VEN", absent)
        for absent in ("drop", "as_abstention")
    )
    return {
        "per_cent_alike": counted.share * 100 // 1,
        "per_cent_alike_up": counted.share * 100 // 1 + 1,
        "alike": counted.same,
        "compared": counted.compared,
        "share_alike": f"{counted.share:.0%}",
        "alike_before": alone.same,
        "compared_before": alone.compared,
        "share_before": f"{alone.share:.0%}",
        "per_cent_before": alone.share * 100,
    }


@computed("answer")
def answer() -> Values:
    """How China voted."""
    calls = blocks.table("roll_calls")
    found = voting.agreement(calls, "CHN", "RUS")
    china = calls[calls["country_iso3"].eq("CHN")]["vote"].value_counts()
    return {
        "alike": found.same,
        "compared": found.compared,
        "abstained": china["abstain"],
        "no": china["no"],
        "yes": china.get("yes", 0),
    }


@computed("method")
def method_values() -> Values:
    """How many votes the table has."""
    return {"votes": len(blocks.table("resolutions"))}


@shown("references")
def references() -> blocks.Block:
    """The sources of clauses, votes and cards."""
    quotes = blocks.table("quotes").set_index("id")
    cited = [*CARDS, "lin-jian-matter-for-themselves"]
    return blocks.references(
        blocks.table("treaty_clauses")["sources"],
        blocks.table("resolutions")["sources"],
        quotes.loc[cited, "sources"],
    )


@computed("clauses")
def promises() -> Values:
    """What each of five clauses promises, as the id of an option: obligation and limits."""
    clauses = {
        "1961": "sun-prk-1961-article-1",
        "2000": "rus-prk-2000-article-2",
        "2024": "rus-prk-2024-article-4",
        "1949": "nato-1949-article-5",
        "2025": "rus-irn-2025-article-3",
    }
    rows = {year: blocks.row("treaty_clauses", one) for year, one in clauses.items()}
    return {
        f"right_in_{year}": f"{row['obligation']}-{row['limits']}" for year, row in rows.items()
    }


@computed("roll-calls")
def roll_calls(say: Say) -> Values:
    """How Russia and Iran voted, a row for each resolution."""
    said = {vote: say(vote) for vote in ("yes", "no", "abstain", "absent")}
    calls = blocks.table("roll_calls")
    votes = calls.set_index(["resolution", "country_iso3"])["vote"].to_dict()
    rows = [
        (
            tables.spell(one["date"]),
            [*(said[votes[one["id"], who]] for who in ("RUS", "IRN")), str(one["id"])],
        )
        for one in blocks.table("resolutions").to_dict("records")
    ]
    columns = [say("russia"), say("iran"), say("resolution")]
    return {"votes": blocks.grid(columns, rows)}


@computed("axis")
def axis_values(say: Say) -> Values:
    """Ties and votes of the four, for and against an axis."""
    number = dict(enumerate(say(one) for one in ("not_one", "one", "two", "three")))
    rows, calls = blocks.table("ties"), blocks.table("roll_calls")
    among = rows["a_iso3"].isin(FOUR) & rows["b_iso3"].isin(FOUR)
    rows = rows[among & rows["status"].ne("speculated")]
    last = networks.ties_in(rows, 2025)
    now, then = (
        networks.density_by_strength(networks.ties_in(rows, year), FOUR).set_index("least")
        for year in (2025, 2021)
    )
    with_korea = last["a_iso3"].eq("PRK") | last["b_iso3"].eq("PRK")
    yes = calls[calls["country_iso3"].isin(FOUR) & calls["vote"].eq("yes")]
    pairs = networks.pair_strength(last).set_index(["a", "b"]).to_dict("index")
    weakest = pairs["IRN", "PRK"]
    russia, india = (voting.agreement(calls, "CHN", other) for other in ("RUS", "IND"))
    return {
        "strong_now": now.at[3, "pairs"],
        "strong_then": then.at[3, "pairs"],
        "pairs": now.at[3, "possible"],
        "ties": len(last),
        "new_ties": int(last["start_date"].ge("2022").sum()),
        "defence_pacts": number[int((last["tie_kind"].eq("mutual-defence") & with_korea).sum())],
        "yes_votes": number[len(yes)],
        "weakest_ties": number[weakest["ties"]],
        "weakest_strength": weakest["strength"],
        "strongest": 3,
        "roll_calls": russia.compared,
        "like_russia": russia.same,
        "like_india": india.same,
    }


@shown("axis")
def axis(words: Words) -> blocks.Block:
    """What speaks for an axis, and what against it, side by side."""
    sides = words["sides"]
    columns = "".join(
        f'<article class="lesson-card"><p><strong>{side["head"]}</strong></p><ul>'
        f"{''.join(f'<li>{escape(one)}</li>' for one in side['points'])}</ul></article>"
        for side in sides
    )
    lines = [
        line for side in sides for line in (side["head"], *(f"- {one}" for one in side["points"]))
    ]
    return blocks.Block(f'<div class="lesson-cards">{columns}</div>', "\n".join(lines))


# -- what comes back in later lessons --------------------------------------------------------------
@computed("back-promise")
def back_promise() -> Values:
    """What the treaty of 2024 promises: the id of an option."""
    return {"right": promises()["right_in_2024"]}


@computed("back-force")
def back_force() -> Values:
    """The days of ships, signature and entry into force, and which of the two ends came first."""
    row, found = blocks.row("treaty_clauses", "rus-prk-2024-article-4"), force()
    days = found["days_until_force"]
    first = "same-day" if days == 0 else "ships" if days > 0 else "force"
    kept = {name: found[name] for name in ("day_of_sailing", "day_of_force")}
    return kept | {"day_of_signature": tables.spell(row["signed"]), "right": [first]}


@computed("back-compared")
def back_compared() -> Values:
    """How many earlier cases there are."""
    return {"cases_before": unprecedented()["cases_before"]}


@computed("back-abstain")
def back_abstain() -> Values:
    """How China voted."""
    return {name: answer()[name] for name in ("compared", "abstained", "alike")}
