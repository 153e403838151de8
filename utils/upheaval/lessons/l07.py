"""What lesson 07 computes for its words, and what it shows."""

from __future__ import annotations

import math
from functools import partial

from ..charts import aid, aid_kinds, donors, packages, policies, positions, scales
from ..charts.aid_sums import money
from ..charts.packages import NO_AID, SINCE
from ..charts.positions import COLUMNS, DIMENSIONS, code
from ..facts import tables
from ..widgets import Dropdown, Explorer, RadioButtons
from ..widgets.coding import Cell, Coding, Scale
from . import blocks
from .computed import Values, Words, computed, shown, toured
from .words import Say

#: The quotations on the cards.
CARDS = ["biden-not-let-up", "trump-24-hours", "rubio-end-goals", "kroenig-article-bombast"]

#: The options of charts of aid over time: label, and whether the sums are added up.
PILED = [("Quarter by quarter", False), ("Added up", True)]


@computed("predict")
def predict() -> Values:
    """How many questions of policy are compared, and where options of how many begin."""
    count = len(DIMENSIONS)
    return {"questions": count, "ends": [1, round(0.3 * count, 1), round(0.65 * count, 1)]}


@shown("contrasts")
def contrasts_explorer() -> Explorer:
    """What each administration said and did, question by question."""
    return Explorer(
        partial(policies.contrasts, blocks.table("policies")),
        name="contrasts",
        question=Dropdown(policies.question_options(), "Question", start="stated-end-state"),
    )


@toured("contrasts")
def contrasts_tour() -> Values:
    """Codes of three policies on some questions."""
    explorer, whose, commitment = contrasts_explorer(), "Whose policy", "Commitment (−2 to 2)"
    end, aid_rows, answer, everything = (
        blocks.rows_at(explorer, question=one)
        for one in ("stated-end-state", "means-of-aid", "dprk-deployment-response", "all")
    )
    codes = end.set_index(whose)[commitment].map(code)
    biden, second = (
        everything[everything[whose] == one].set_index("Question")[commitment]
        for one in ("Biden administration", "Second Trump administration")
    )
    return {
        "biden": codes["Biden administration"],
        "campaign": codes["Trump campaign"],
        "second": codes["Second Trump administration"],
        "apart": int(aid_rows[commitment].max() - aid_rows[commitment].min()),
        "positions": len(answer),
        "questions": everything["Question"].nunique(),
        "same": int((biden == second.reindex(biden.index)).sum()),
    }


@shown("scales")
def scales_explorer() -> Explorer:
    """Our codes on two scales."""
    return Explorer(
        partial(scales.scales, blocks.table("policies")),
        name="scales",
        scale=Dropdown(scales.scale_options(), "Scale"),
        group=Dropdown(scales.group_options(), "Compare"),
    )


@shown("donors")
def donors_explorer() -> Explorer:
    """Aid by donor."""
    return Explorer(
        partial(donors.by_donor, blocks.table("aid_by_donor")),
        name="donors",
        measure=Dropdown(donors.measure_options(), "Compare"),
    )


@shown("time-kinds")
def time_by_kind() -> Explorer:
    """Aid over time, a panel a kind."""
    return Explorer(
        partial(aid_kinds.side_by_side, blocks.table("aid_over_time")),
        name="time-kinds",
        added=RadioButtons(PILED, "Show"),
    )


@shown("time")
def time_explorer() -> Explorer:
    """Aid over time."""
    return Explorer(
        partial(aid.over_time, blocks.table("aid_over_time")),
        name="time",
        kind=Dropdown(aid.kind_options(), "Kind of aid"),
        added=RadioButtons(PILED, "Show"),
    )


@shown("packages")
def packages_explorer() -> Explorer:
    """Packages of the United States."""
    return Explorer(
        partial(packages.packages, blocks.table("aid_packages"), blocks.table("aid_totals")),
        name="packages",
        show=Dropdown(packages.package_options(), "Show"),
    )


@computed("sales")
def sales() -> Values:
    """The last package, and the sales that came after."""
    rows = blocks.table("aid_packages").set_index("id")
    last, sales = rows.loc["pda-74"], rows[rows["authority"] == "sale"]
    drawn = rows[rows["authority"] == "PDA"]
    return {
        "last_package": last["number"],
        "drawdowns": len(drawn),
        "missing": int("".join(filter(str.isdigit, last["number"]))) - len(drawn),
        "law_of": tables.spell(rows["date"]["ndaa-2025-12"]),
        "sales": len(sales),
        "latest_sale": tables.spell(sales["date"].max()),
    }


@shown("cards")
def cards() -> blocks.Block:
    """Four promises and aims."""
    return blocks.cards_of(CARDS)


@computed("promised")
def promised() -> Values:
    """What the EU's own institutions promised and set aside, and the same for Germany."""
    rows = blocks.table("aid_by_donor").set_index(["iso3", "measure"])["total_eur_bn"]
    high, low = rows["EU", "committed"], rows["EU", "allocated"]
    gap = high - low
    other = rows["DEU", "committed"] - rows["DEU", "allocated"]
    return {
        "gap_down": math.floor(gap),
        "gap_up": math.ceil(gap),
        "promised": f"{high:.1f}",
        "set_aside": f"{low:.1f}",
        "gap": f"{gap:.1f}",
        "promised_down": math.floor(high),
        "promised_up": math.ceil(high),
        "set_aside_down": math.floor(low),
        "set_aside_up": math.ceil(low),
        "german_gap_down": math.floor(other),
        "german_gap_up": math.ceil(other),
    }


@computed("share")
def share() -> Values:
    """The place of the United States by share of output and by euros."""
    rows = blocks.table("aid_by_donor")
    rows = rows[rows["measure"] == "allocated"].set_index("iso3")
    countries = rows[rows["donor_kind"] == "country"]
    share, euros = (
        countries[column].rank(ascending=False).astype(int)
        for column in ("pct_gdp", "total_eur_bn")
    )
    leader = str(countries["pct_gdp"].idxmax())
    return {
        "place_by_share": share["USA"],
        "countries": len(countries),
        "us_share": f"{rows['pct_gdp']['USA']:.2f}",
        "first_by_share": rows["donor"][leader],
        "share_of_first": f"{rows['pct_gdp'][leader]:.2f}",
        "place_by_euros": euros["USA"],
    }


@computed("code")
def code_values() -> Values:
    """Our codes for sanctions."""
    rows = blocks.table("policies").set_index(["dimension", "administration"])
    codes = rows["scale_commitment"].to_dict()
    biden, trump = (int(codes["sanctions", who]) for who in ("biden", "trump-2"))
    return {
        "points_apart": abs(biden - trump),
        "code_of_biden": code(biden),
        "code_of_trump": code(trump),
    }


@computed("zero")
def zero() -> Values:
    """What the United States allocated after one month, in how many months."""
    aid = blocks.table("aid_over_time")
    total = aid[(aid["donor_group"] == "US") & (aid["kind"] == "total")].set_index("period")[
        "amount_eur_bn"
    ]
    after = total[total.index > "2025-01"]
    return {"euros_after": f"{after.sum():.0f}", "months_after": len(after)}


@computed("sum")
def sum_of_packages() -> Values:
    """What our packages add up to, and the Pentagon's total."""
    rows, totals = blocks.table("aid_packages"), blocks.table("aid_totals")
    official = totals[
        (totals["measure"] == SINCE)
        & (totals["source_kind"] == "official")
        & (totals["as_of"].str.len() == 10)
    ].iloc[-1]
    mine = (
        rows.loc[
            ~rows["authority"].isin(NO_AID) & (rows["date"] <= official["as_of"]),
            "amount_usd_millions",
        ].sum()
        / 1000
    )
    return {
        "day_of_total": tables.spell(official["as_of"]),
        "our_sum": money(mine),
        "official_total": f"{official['amount']:g}",
    }


@computed("tweak")
def tweak() -> Values:
    """How far positions lie apart, on two scales and for two questions."""
    multilateral = _points_apart("scale_multilateral")
    return {
        "points_on_nato": multilateral["nato-burden-sharing"],
        "points_on_sanctions": multilateral["sanctions"],
        "points_on_commitment": _points_apart("scale_commitment")["nato-burden-sharing"],
    }


def _points_apart(scale: str) -> dict[str, int]:
    """How far the positions on each question lie apart on a scale."""
    codes = blocks.table("policies").pivot(
        index="dimension", columns="administration", values=scale
    )
    apart = codes.max(axis=1) - codes.min(axis=1)
    return {str(question): int(points) for question, points in apart.items()}


@computed("twiddle")
def twiddle() -> Values:
    """How many positions have the code zero."""
    rows = blocks.table("policies")
    zeros = rows[rows["scale_multilateral"] == 0]["administration"].value_counts()
    return {
        "zeros_of_second_term": zeros.get("trump-2", 0),
        "zeros_of_biden": zeros.get("biden", 0),
        "zeros_of_campaign": zeros.get("trump-campaign", 0),
    }


@computed("frob")
def frob() -> Values:
    """Means over all rows and over those that all three have."""
    table = (
        blocks.table("policies")
        .pivot(index="dimension", columns="administration", values="scale_commitment")
        .astype(float)
    )
    every, common = len(table), len(table.dropna())
    before, after = table.mean()["biden"], table.dropna().mean()["biden"]
    return {
        "questions_with_three_codes": common,
        "mean_over_common": f"{after:+.2f}",
        "mean_over_all": f"{before:+.2f}",
        "questions": every,
        "questions_left_out": every - common,
    }


@shown("references")
def references() -> blocks.Block:
    """The sources of cards, positions, aid and claims."""
    quotes = blocks.table("quotes", weak=True).set_index("id")
    cited = [
        *CARDS,
        "hegseth-stark-realities",
        "kirby-fair-game",
        "vance-line-of-demarcation",
        "blinken-coming-days",
        "trump-no-cards",
        "austin-evidence",
    ]
    rows = blocks.table("policies")
    return blocks.references(
        quotes.loc[cited, "sources"],
        rows.loc[rows["dimension"].isin(["stated-end-state", "speed-timeline"]), "sources"],
        blocks.table("aid_by_donor")["sources"],
        blocks.table("claims").set_index("id").loc[["c33", "c44"], "sources"],
    )


@computed("both-claims")
def both_claims(say: Say) -> Values:
    """Which end each side named, and by when."""
    rows = blocks.table("policies").set_index(["dimension", "administration"]).to_dict("index")
    asked = [("which_end", "stated-end-state"), ("by_when", "speed-timeline")]
    answers = [
        (
            say(question),
            [
                (row["position"], tables.spell(row["date"]))
                for row in (rows[dimension, who] for who in COLUMNS)
            ],
        )
        for question, dimension in asked
    ]
    return {"table": blocks.grid([words[0] for words in COLUMNS.values()], answers)}


@computed("article")
def article(say: Say) -> Values:
    """What the article claims of both, and what public evidence says."""
    rows = [blocks.row("claims", one) for one in ("c33", "c44")]
    claims = [(row["paraphrase"], [row["later_evidence"]]) for row in rows]
    return {"table": blocks.grid([say("evidence")], claims, say("paraphrase"))}


@computed("promises")
def promises() -> Values:
    """What became of two promises."""
    return {
        "of_biden": blocks.row("quotes", "biden-not-let-up")["what_happened"],
        "of_trump": blocks.row("quotes", "trump-24-hours")["what_happened"],
    }


@computed("place")
def place() -> Values:
    """The columns, and for each of six lines its words and who said it when."""
    lines = {
        "first": "hegseth-stark-realities",
        "second": "kirby-fair-game",
        "third": "vance-line-of-demarcation",
        "fourth": "blinken-coming-days",
        "fifth": "trump-no-cards",
        "sixth": "austin-evidence",
    }
    names = blocks.table("speakers").set_index("id")["name"]
    values = {f"name_of_{who.replace('-', '_')}": words[0] for who, words in COLUMNS.items()}
    for place, one in lines.items():
        row = blocks.row("quotes", one)
        values[f"{place}_line"] = row["text"]
        values[f"{place}_speaker"] = names[row["speaker"]]
        values[f"{place}_day"] = tables.spell(row["date"])
    return values


@computed("answer")
def answer() -> Values:
    """On how many questions two administrations have the same code, on two scales."""
    values: Values = {}
    for scale in ("commitment", "multilateral"):
        table = blocks.table("policies").pivot(
            index="dimension", columns="administration", values=f"scale_{scale}"
        )
        both = table.dropna(subset=["trump-campaign"])
        values |= {
            f"{scale}_alike": (table["biden"] == table["trump-2"]).sum(),
            f"{scale}_questions": len(table),
            f"{scale}_alike_with_campaign": (both["trump-campaign"] == both["trump-2"]).sum(),
            f"{scale}_of_campaign": len(both),
        }
    return values


@shown("coding")
def coding(words: Words) -> Coding:
    """Our codes with their evidence and reasons, for the reader to change."""
    cells: dict[str, dict[str, Cell]] = {}
    for row in positions.rows_of(blocks.table("policies")):
        codes = {scale: row[scale] for scale in positions.SCALES}
        cells.setdefault(row["dimension"], {})[row["administration"]] = Cell(
            codes, row["position"], row["evidence"], row["coding_reason"]
        )
    return Coding(
        "07.coding",
        words["title"],
        least=5,
        columns={name: said[0] for name, said in positions.COLUMNS.items()},
        scales=[
            Scale(name, said[0], -2, 2, dict(zip((-2, 0, 2), words["steps"][name], strict=True)))
            for name, said in positions.SCALES.items()
        ],
        rows={name: (positions.DIMENSIONS[name], held) for name, held in cells.items()},
    )


# -- what comes back in later lessons --------------------------------------------------------------
@computed("back-allocated")
def back_allocated() -> Values:
    """What the institutions of the European Union promised and set aside."""
    return {name: promised()[name] for name in ("promised", "set_aside")}


@computed("back-two-places")
def back_two_places() -> Values:
    """The place of the United States by share of output, and who stands first by it."""
    return {name: share()[name] for name in ("place_by_share", "first_by_share")}
