"""What lesson 09 computes for its words, and what it shows."""

from __future__ import annotations

import math
from functools import partial

from ..charts import draw, hypotheses, standings
from ..charts.hypotheses import AS_OF, HYPOTHESES, KINDS, NAMES, named
from ..facts import tables
from ..facts.wording import listed
from ..methods import hypotheses as ach
from ..widgets import Dropdown, Explorer, RadioButtons, Stepper
from ..widgets.matrix import Matrix
from . import blocks
from .computed import Values, Words, computed, shown, toured
from .words import Say

#: The quotations on the cards.
CARDS = [
    "gabuev-strategic-capabilities",
    "isw-combat-experience",
    "hwang-cannon-fodder",
    "kcna-sacred-mission",
]


@shown("grid")
def grid_explorer() -> Explorer:
    """The evidence, marked for and against five explanations."""
    return Explorer(
        partial(hypotheses.grid, blocks.table("evidence")),
        name="grid",
        order=Dropdown(draw.options(hypotheses.ORDERS), "Sort rows by"),
        without=Dropdown(draw.options(hypotheses.KINDS, first="nothing"), "Leave out"),
        known=Stepper(draw.as_of_options(hypotheses.AS_OF), "Known by", start=None),
    )


@toured("grid")
def grid_tour() -> Values:
    """How the explanations stand with some of the evidence."""
    rows, keys = blocks.table("evidence"), list(HYPOTHESES)
    early = tables.as_of(rows, AS_OF[0])
    then, apart, without_acts = (
        ach.inconsistency(frame, keys)
        for frame in (early, rows[rows["kind"] != "services"], rows[rows["kind"] != "act"])
    )
    return {
        "rows": len(rows),
        "explanations": len(keys),
        "early": len(early),
        "untouched": sum(one == 0 for one in then.values()),
        "level": sum(math.isclose(one, min(apart.values())) for one in apart.values()),
        "best_without_acts": NAMES[min(without_acts, key=without_acts.__getitem__)],
    }


@computed("then-and-now")
def then_and_now() -> Values:
    """Against which explanation least and most spoke, early and now."""
    rows, keys = blocks.table("evidence"), list(HYPOTHESES)
    early = tables.as_of(rows, AS_OF[0])
    then, now = (ach.ranking(ach.inconsistency(frame, keys)) for frame in (early, rows))
    return {
        "early_day": tables.spell(AS_OF[0]),
        "rows_then": len(early),
        "rows_now": len(rows),
        "least_then": named(then.first),
        "most_then": named(then.groups[-1]),
        "today": tables.spell(tables.knowledge_as_of()),
        "least_now": named(now.first),
        "most_now": named(now.groups[-1]),
    }


@shown("standings")
def standings_explorer() -> Explorer:
    """Where the explanations stand, counted in two ways."""
    return Explorer(
        partial(standings.standings, blocks.table("evidence")),
        name="standings",
        count=RadioButtons(draw.options(standings.COUNTED), "Count"),
        without=Dropdown(standings.row_options(blocks.table("evidence")), "Leave out"),
    )


@shown("cards")
def cards() -> blocks.Block:
    """Four voices, each with another motive in mind."""
    return blocks.cards_of(CARDS)


@computed("count")
def count() -> Values:
    """How much fits the explanation in last place, and how much of that fits all."""
    rows, keys = blocks.table("evidence"), list(HYPOTHESES)
    fits, order = ach.support(rows, keys), ach.ranking(ach.inconsistency(rows, keys))
    last = order.groups[-1][-1]
    blunt = sum(
        ach.diagnosticity(cells) == 0 and cells[0] in ("C", "CC")
        for cells in rows[keys].itertuples(index=False)
    )
    return {
        "fit_all": blunt,
        "last_place": NAMES[last],
        "fit_last_place": fits[last],
        "fit_experience": fits["experience"],
        "experience": NAMES["experience"],
    }


@computed("hand")
def hand() -> Values:
    """The points against money and goods, without weights and with them."""
    rows, keys = blocks.table("evidence"), list(HYPOTHESES)
    plain, weighed = (
        ach.inconsistency(rows, keys, weighted=False)["money"],
        ach.inconsistency(rows, keys)["money"],
    )
    fits = ach.support(rows, keys)["money"]
    return {
        "points": plain,
        "points_in_words": f"{plain:.0f}",
        "rows_against": int(rows["money"].isin(["I", "II"]).sum()),
        "weighted_in_words": f"{weighed:.2f}",
        "rows_that_fit": fits,
        "points_with_weights": weighed,
        "points_with_weights_up": math.ceil(weighed),
    }


@computed("zero")
def zero(say: Say) -> Values:
    """The explanations against which nothing spoke, and how little was known of them."""
    rows, keys = blocks.table("evidence"), list(HYPOTHESES)
    early = tables.as_of(rows, AS_OF[0])
    clean = ach.ranking(ach.inconsistency(early, keys)).first
    marked = {name: int((early[name] != "N").sum()) for name in clean}
    return {
        "rows_then": len(early),
        "said_of_each": ", ".join(
            say("said_of_one", rows=marked[name], explanation=NAMES[name]) for name in clean
        ),
        "early_day": tables.spell(AS_OF[0]),
        "without_a_cross": named(clean),
    }


@computed("tweak")
def tweak() -> Values:
    """How many rows stay without one kind of them."""
    kinds = blocks.table("evidence")["kind"]
    left, other, gone = (
        int((kinds != "services").sum()),
        int((kinds != "research").sum()),
        int((kinds == "services").sum()),
    )
    return {"rows_without_services": left, "rows_without_research": other, "rows_of_services": gone}


@computed("twiddle")
def twiddle() -> Values:
    """Whose words the rows of low credibility are."""
    rows = blocks.table("evidence")
    low, high = (rows[rows["credibility"] == word] for word in ("low", "high"))
    words = int(low["kind"].isin(["own-words", "partner-words"]).sum())
    return {
        "rows_of_the_three": words,
        "rows_of_low_credibility": len(low),
        "rows_of_high_credibility": len(high),
    }


@computed("frob")
def frob() -> Values:
    """What speaks against two explanations with the mine-clearers, and without."""
    rows = blocks.table("evidence")
    before, after = (
        ach.inconsistency(frame, ["experience", "guarantee"])
        for frame in (rows, rows[rows["id"] != "mine-clearers"])
    )
    return {
        "left_against_experience": after["experience"],
        "experience_in_words": f"{after['experience']:.2f}",
        "guarantee_in_words": f"{after['guarantee']:.2f}",
        "before_down": math.floor(before["experience"]),
        "before_up": math.ceil(before["experience"]),
    }


@computed("method")
def method_values() -> Values:
    """The weights of rows, and the least and most that one minus counts."""
    weights = {
        word: f"{weight:.2f}".rstrip("0").rstrip(".") for word, weight in ach.WEIGHTS.items()
    }
    least, most = (ach.weight(word, word) for word in ("low", "high"))
    return {**weights, "least": f"{least:.1f}", "most": f"{most:.0f}"}


@shown("references")
def references() -> blocks.Block:
    """The sources of evidence, cards and method."""
    quotes = blocks.table("quotes").set_index("id")
    words = (
        blocks.table("glossary")
        .set_index("id")
        .loc[
            [
                "analysis-of-competing-hypotheses",
                "confirmation-bias",
                "diagnosticity",
                "inconsistency-score",
            ]
        ]
    )
    return blocks.references(
        blocks.table("evidence")["sources"], quotes.loc[CARDS, "sources"], words["sources"]
    )


@computed("rows")
def rows_to_judge() -> Values:
    """What four rows of the grid can do, by their marks."""
    evidence = blocks.table("evidence").set_index("id").to_dict("index")
    ids = {
        "portraits": "portraits",
        "missile": "icbm-flies",
        "treaty": "treaty-signed",
        "technology": "no-technology-seen",
    }
    rows = {name: evidence[one] for name, one in ids.items()}
    can = {name: _can([row[key] for key in HYPOTHESES]) for name, row in rows.items()}
    return {name: row["short"] for name, row in rows.items()} | {
        f"right_{name}": one for name, one in can.items()
    }


def _can(marks: list[str]) -> str:
    """What a row with these marks can do, as the id of an option."""
    if ach.diagnosticity(marks) == 0:
        return "no-value"
    return "speaks-against" if {"I", "II"} & set(marks) else "fits-some-better"


@computed("turn")
def turn() -> Values:
    """Which of four rows, left out, would give the first place to another explanation."""
    rows = blocks.table("evidence")
    short = rows.set_index("id")["short"]
    turns = ach.sensitivity(rows, list(HYPOTHESES)).set_index("left_out")
    offered = ["earnings-kida", "treaty-signed", "portraits", "no-technology-seen"]
    return {
        "earnings": short["earnings-kida"],
        "treaty": short["treaty-signed"],
        "portraits": short["portraits"],
        "technology": short["no-technology-seen"],
        "first_without_technology": named(turns["first"].to_dict()["no-technology-seen"]),
        "turning_rows": int(turns["changes"].sum()),
        "all_rows": len(rows),
        "right_rows": [one for one in offered if turns.at[one, "changes"]],
    }


@computed("answer")
def answer(say: Say) -> Values:
    """The scores as of today, and how many rows could change the first place."""
    rows, keys = blocks.table("evidence"), list(HYPOTHESES)
    scores, turns = ach.inconsistency(rows, keys), ach.sensitivity(rows, keys)
    first = ach.ranking(scores).groups[0]
    # Each by what was predicted, and by the name that the grid gives it.
    said = {key: say(key, name=name) for key, name in NAMES.items()}
    return {
        "today": tables.spell(tables.knowledge_as_of()),
        "rows": len(rows),
        "scores": ", ".join(f"{said[key]} {score:.2f}" for key, score in scores.items()),
        "least": listed([said[key] for key in first]),
        "right": [keys.index(key) + 1 for key in first],
        "turning_rows": int(turns["changes"].sum()),
    }


@shown("matrix")
def matrix(words: Words) -> Matrix:
    """The grid to fill, with our own marks to begin with or to compare."""
    rows = blocks.table("evidence").sort_values(["date", "id"], kind="stable")
    return Matrix(
        "09.grid",
        words["title"],
        [
            {
                "id": row["id"],
                "text": row["statement"],
                "about": f"{tables.spell(row['date'])} · {KINDS[row['kind']]}",
                "origin": row["origin"],
                "credibility": row["credibility"],
                "relevance": row["relevance"],
                "reason": row["reason"],
            }
            for row in rows.to_dict("records")
        ],
        [{"id": key, "name": name, "text": text} for key, (name, text) in HYPOTHESES.items()],
        worked={
            row["id"]: {key: row[key] for key in HYPOTHESES} for row in rows.to_dict("records")
        },
        advice=words["advice"],
        row_word=words["row"],
        column_word=words["column"],
    )


# -- what comes back in later lessons --------------------------------------------------------------
@computed("back-now")
def back_now() -> Values:
    """What speaks against each explanation by our marks, and against which least."""
    rows = blocks.table("evidence")
    scores = ach.inconsistency(rows, list(HYPOTHESES))
    return {
        "today": tables.spell(tables.knowledge_as_of()),
        **{f"name_of_{key}": name for key, name in NAMES.items()},
        **{f"against_{key}": f"{score:.2f}" for key, score in scores.items()},
        "right": ach.ranking(scores).groups[0],
    }
