"""What lesson 11 computes for its words, and what it shows."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from .. import briefing
from ..charts import aftermath, draw, for_and_against, options
from ..charts.options import DECISION
from ..facts import tables
from ..facts.wording import listed
from ..methods import estimates, weighing
from ..widgets import Dropdown, Explorer, RadioButtons, memo
from ..widgets.weights import WeightedScoring
from . import blocks
from .computed import Values, Words, computed, shown, toured
from .words import Say

#: Fields of the memo in which a claim asks for a source.
WITH_EVIDENCE = ["recommendation", "background", "considered", "counter", "flashpoint"]
#: What the words of a tour call the options, in their order.
_IN_ORDER = ("first", "second", "third", "fourth")


@shown("evidence")
def evidence_explorer() -> Explorer:
    """What speaks for and against each option."""
    rows = briefing.evidence_rows(
        {name: blocks.table(name) for name in briefing.TABLES}, blocks.table("speakers")
    )
    table = blocks.table("options")
    return Explorer(
        partial(for_and_against.for_and_against, table, rows),
        name="evidence",
        option=RadioButtons(options.option_options(table), "Option"),
    )


@toured("evidence")
def evidence_tour() -> Values:
    """How much is cited for and against each option, and how much of it is less than confirmed."""
    explorer = evidence_explorer()
    titles = explorer.controls["option"]
    found: Values = {}
    for which, one, title in zip(_IN_ORDER, titles.ids, titles.labels, strict=True):
        rows = blocks.rows_at(explorer, option=one)
        side = rows["Speaks, public since"].str.partition(",")[0]
        found |= {
            which: title,
            f"for_{which}": int((side == "For").sum()),
            f"against_{which}": int((side == "Against").sum()),
            f"weak_{which}": _weak(rows["Status"]),
        }
    return found


def _weak(statuses: pd.Series) -> str:
    """How many of the events and numbers are less than confirmed: "one is", "none is", "2 are"."""
    count = int((~statuses.isin(["● confirmed", "⬡ a quotation"])).sum())
    return {0: "none is", 1: "one is"}.get(count, f"{count} are")


@shown("rated")
def rated_explorer() -> Explorer:
    """Our ratings of the options, aim by aim."""
    return Explorer(
        partial(options.rated, blocks.table("options"), blocks.table("option_ratings")),
        name="rated",
        aim=Dropdown(draw.options(options.AIMS), "Aim"),
    )


@shown("lead")
def lead_explorer() -> Explorer:
    """Which option leads, by the weights of a role."""
    return Explorer(
        partial(
            options.lead,
            blocks.table("options"),
            blocks.table("option_ratings"),
            blocks.table("roles"),
        ),
        name="lead",
        who=Dropdown(options.role_options(blocks.table("roles")), "Weights of"),
        without=Dropdown(draw.options(options.AIMS, first="Nothing"), "Leave out"),
    )


@computed("leaders")
def leaders() -> Values:
    """Which options lead at least once, over all roles."""
    people, rated = blocks.table("roles"), blocks.table("option_ratings")
    names = blocks.table("options").set_index("id")["title"]
    first = {who: weighing.leaders(rated, options.weights_of(people, who)) for who in people["id"]}
    led = [names[one] for one in names.index if (one,) in first.values()]
    return {
        "roles": len(first),
        "options_that_led": len(led),
        "all_options": len(names),
        "names_of_options": ", ".join(led),
    }


@shown("cards")
def cards() -> blocks.Block:
    """Four voices that were known on the day of the decision."""
    return blocks.cards_of(
        [
            "biden-not-let-up",
            "waltz-escalation-ladder",
            "zelensky-number-will-increase",
            "lin-jian-matter-for-themselves",
        ],
        known_by=DECISION,
    )


@computed("known")
def known() -> Values:
    """Three statements with the days on which they became public."""
    here = blocks.row("estimates", "pentagon-2024-11-26-deployed")
    week, admitted = (
        blocks.row("events", one) for one in ("us-1000-in-a-week", "dprk-acknowledges")
    )
    return {
        "soldiers": estimates.interval(here).text,
        "day_of_count": tables.spell(here["date"]),
        "status_of_count": _status_then(here["id"]),
        "title_of_losses": week["title"],
        "day_of_losses": tables.spell(week["date"]),
        "day_of_admission": tables.spell(admitted["date"]),
    }


@computed("apart")
def apart() -> Values:
    """Two bands of the directive, a number inside one and one outside the other."""
    likely, certain = (blocks.row("probability_words", one) for one in ("likely", "almost-certain"))
    return {
        "likely_from": likely["low_pct"],
        "likely_to": likely["high_pct"],
        "inside_likely": likely["high_pct"] - 5,
        "almost_certain_from": certain["low_pct"],
        "almost_certain_to": certain["high_pct"],
        "outside_almost_certain": certain["low_pct"] - 20,
    }


@computed("twiddle")
def twiddle() -> Values:
    """How many ratings are one point wide, and two."""
    rated = blocks.table("option_ratings")
    width = rated["high"] - rated["low"]
    two, one = int((width >= 2).sum()), int((width >= 1).sum())
    return {"two_points_wide": two, "ratings": len(rated), "one_point_wide": one}


def _steps(who: str) -> tuple[int, weighing.Switch]:
    """The smallest change of one weight of a role that ends a lead, with its size."""
    given = options.weights_of(blocks.table("roles"), who)
    first = weighing.switches(blocks.table("option_ratings"), given)[0]
    return abs(first.weight - given[first.criterion]), first


@computed("frob")
def frob() -> Values:
    """How far one weight has to move before another option leads, for two roles."""
    (far, one), (near, _) = (_steps("defense"), _steps("seoul"))
    return {
        "steps_of_defence": far,
        "aim": options.AIMS[one.criterion],
        "new_weight": one.weight,
        "steps_of_seoul": near,
    }


@shown("aftermath")
def aftermath_explorer() -> Explorer:
    """What two administrations did, near each option."""
    return Explorer(
        partial(
            aftermath.aftermath,
            blocks.table("option_acts"),
            blocks.table("events"),
            blocks.table("options"),
        ),
        name="aftermath",
        who=RadioButtons(aftermath.who_options(), "Who acted"),
    )


@shown("what-came")
def what_came() -> blocks.Block:
    """Three events that came later."""
    events = blocks.table("events").set_index("id", drop=False)
    return blocks.events_in_words(
        events.loc[["two-pows-captured", "gerasimov-acknowledges", "pow-letter"]]
    )


@computed("method")
def method_values() -> Values:
    """The options that lead alone under some weights."""
    names = blocks.table("options").set_index("id")["title"]
    best = weighing.ever_first(blocks.table("option_ratings"))
    return {"best": listed([f"“{names[one]}”" for one in names.index if one in best])}


@shown("references")
def references() -> blocks.Block:
    """The sources of cards, options, roles, acts and words of likelihood."""
    quotes = blocks.table("quotes").set_index("id")
    cited = [
        "biden-not-let-up",
        "waltz-escalation-ladder",
        "zelensky-number-will-increase",
        "lin-jian-matter-for-themselves",
    ]
    return blocks.references(
        quotes.loc[cited, "sources"],
        blocks.table("options")["sources"],
        blocks.table("roles")["sources"],
        blocks.table("option_acts")["sources"],
        blocks.table("probability_words")["sources"],
    )


@computed("predict")
def predict(say: Say) -> Values:
    """The titles of the options, and none of them; how many acts we chose."""
    acts = len(blocks.table("option_acts"))
    return {"options": [*_titles(), say("none_of_them")], "acts": acts}


def _titles() -> list[str]:
    """The titles of the options, in their order."""
    return [str(one) for one in blocks.table("options").sort_values("order")["title"]]


def _evidence() -> pd.DataFrame:
    """All rows that can be evidence."""
    tables_of_evidence = {name: blocks.table(name) for name in briefing.TABLES}
    return briefing.evidence_rows(tables_of_evidence, blocks.table("speakers"))


@shown("option-sheets")
def option_sheets() -> blocks.Block:
    """A sheet for each option: what it is, what it costs, who backs it."""
    return blocks.Block(*briefing.option_sheets(blocks.table("options"), _evidence()))


@shown("role-sheets")
def role_sheets() -> blocks.Block:
    """A sheet for each role: whom it reports to, and what it weighs."""
    return blocks.Block(*briefing.role_sheets(blocks.table("roles")))


@computed("kinds")
def kinds() -> Values:
    """The Pentagon's number of the day, and the status that it had then."""
    row = blocks.row("estimates", "pentagon-2024-11-26-deployed")
    return {"soldiers": estimates.interval(row).text, "status": _status_then(row["id"])}


def _status_then(estimate: str) -> str:
    """The status that an estimate had on the memo's day."""
    return str(_evidence().set_index("ref").at[f"estimates/{estimate}", "status"])


# -- how fragile a lead is -------------------------------------------------------------------------
@computed("fragile")
def fragile(say: Say) -> Values:
    """One change of a weight that ends a lead, and two of the same size that do not."""
    rated, given = (
        blocks.table("option_ratings"),
        options.weights_of(blocks.table("roles"), "seoul"),
    )
    leaders = weighing.leaders(rated, given)
    changes = {(one.criterion, one.weight): one for one in weighing.switches(rated, given)}
    key = next(iter(changes))
    step = abs(key[1] - given[key[0]])
    dull = [
        (aim, other)
        for aim, weight in given.items()
        for other in (weight - step, weight + step)
        if 0 <= other <= weighing.LARGEST and (aim, other) not in changes
    ]
    names = blocks.table("options").set_index("id")["title"].to_dict()
    lead = _joined(say, [names[one] for one in leaders])
    after = _joined(say, [names[one] for one in changes[key].leaders])
    ends = {
        several: say(text, leaders=after) for several, text in ((True, "share"), (False, "leads"))
    }
    reasons = {
        change: _why_not(say, lead, leaders, names, change) for change in (dull[0], dull[-1])
    }
    reasons[key] = ends[len(changes[key].leaders) > 1]
    offered = [
        {
            "id": f"{aim}-{other}",
            "text": say("change", aim=options.AIMS[aim], weight=given[aim], other=other),
            "why": reasons[aim, other],
        }
        for aim, other in (dull[0], key, dull[-1])
    ]
    none = {"id": "no-change", "text": say("no_change"), "why": say("why_no_change")}
    return {"lead": lead, "right": f"{key[0]}-{key[1]}", "options": [*offered, none]}


def _joined(say: Say, titles: list[str]) -> str:
    """Titles in quotation marks, joined."""
    return " and ".join(say("quoted", title=one) for one in titles)


def _why_not(
    say: Say, lead: str, leaders: Sequence[str], names: dict[Any, str], change: tuple[str, int]
) -> str:
    """Why a change of one weight does not end the lead."""
    aim, other = change
    rated, given = (
        blocks.table("option_ratings"),
        options.weights_of(blocks.table("roles"), "seoul"),
    )
    after = {one.option: one.middle for one in weighing.scores(rated, given | {aim: other})}
    second = max((one for one in after if one not in leaders), key=lambda one: after[one])
    rows = rated[rated["criterion"] == aim].set_index("option")
    means = rows[["low", "high"]].mean(axis=1).to_dict()
    apart = means[leaders[0]] - means[second]
    ratings = [say("alike"), say("higher"), say("lower")]
    return say(
        "stays",
        lead=lead,
        score=f"{after[leaders[0]]:.2f}",
        second_score=f"{after[second]:.2f}",
        second=names[second],
        rating=ratings[int(np.sign(apart))],
    )


@computed("tweak")
def tweak(say: Say) -> Values:
    """Who leads before and after one weight grows, with a reason for every option."""
    rated = blocks.table("option_ratings")
    before, after = (
        weighing.leaders(rated, {"hold": 5, "widen": weight, "spare": 1}) for weight in (3, 5)
    )
    names = blocks.table("options").set_index("id")["title"].to_dict()
    reasons = {str(one): say("lower_mean", title=title) for one, title in names.items()}
    reasons |= dict.fromkeys(before, say("led_before")) | dict.fromkeys(after, say("leads_now"))
    offered = [{"id": one, "text": names[one], "why": why} for one, why in reasons.items()]
    return {"right": list(after), "options": offered}


@computed("answer")
def answer(say: Say) -> Values:
    """Near which options both administrations acted, and near which only one."""
    acts = blocks.table("option_acts")
    names = blocks.table("options").sort_values("order").set_index("id")["title"].to_dict()
    acted = acts.groupby("option")["administration"].nunique().to_dict()
    near = {
        count: ", ".join(name for one, name in names.items() if acted.get(one) == count)
        for count in (1, len(aftermath.ADMINISTRATIONS))
    }
    none = say("none_of_them")
    places = [at for at, one in enumerate(names, 1) if acted.get(one) == 1]
    return {
        "right": places or [len(names) + 1],
        "acts": len(acts),
        "acts_of_biden": (acts["administration"] == "biden").sum(),
        "acts_of_trump": (acts["administration"] == "trump-2").sum(),
        "near_both": near[len(aftermath.ADMINISTRATIONS)],
        "near_one": near[1] or none,
    }


# -- weights and memo ------------------------------------------------------------------------------
@shown("weights")
def weights(words: Words) -> WeightedScoring:
    """The aims, to be weighed, with our ratings and the weights of the roles."""
    rated, people = blocks.table("option_ratings"), blocks.table("roles")
    ends: dict[str, dict[str, tuple[int, int]]] = {}
    for row in rated.to_dict("records"):
        ends.setdefault(row["option"], {})[row["criterion"]] = (row["low"], row["high"])
    titles = blocks.table("options")
    return WeightedScoring(
        "11.weights",
        words["title"],
        options.AIMS,
        dict(zip(titles["id"], titles["title"], strict=True)),
        ends,
        {label: options.weights_of(people, who) for label, who in options.role_options(people)},
    )


#: Whom a writer of the memo may want to hurt, and does not want to help: states, and what stands
#: for them in no table.
RIVALS, OF_RIVALS = ("RUS", "PRK", "CHN"), ("Putin", "Kim", "the North")
#: Whose soldiers and shells are counted.
COUNTED = ("PRK", "KOR", "RUS", "UKR")


def rivals() -> list[str]:
    """Names of `RIVALS`: short ones and capitals, and those of their leaders."""
    rows = blocks.table("countries").set_index("id").loc[list(RIVALS)]
    return [*rows["short_name"], *rows["capital"], *OF_RIVALS]


def attributes() -> list[str]:
    """Words that may stand before soldiers and shells that are counted: “North”, “Korean”."""
    rows = blocks.table("countries").set_index("id").loc[list(COUNTED)]
    words = [word for adjective in rows["adjective"] for word in adjective.split()]
    return [*dict.fromkeys(words), "artillery"]


def _rules() -> Any:
    """What the memo is looked through for."""
    bands: Any = briefing.bands(blocks.table("probability_words"))
    named = {"rivals": rivals(), "attributes": attributes()}
    return memo.rules(_titles(), options.DECISION, bands, WITH_EVIDENCE, **named)


@computed("memo")
def memo_values() -> Values:
    """The names of the options."""
    return {"titles": ", ".join(_titles())}


@shown("memo")
def memo_to_write(words: Words) -> memo.Memo:
    """The memo, with evidence to look for and roles to begin with."""
    people = blocks.table("roles").sort_values("order").to_dict("records")
    also = briefing.cited(blocks.table("options"))
    picker: Any = briefing.picker(_evidence(), since="2024-03-01", until="2024-12-12", also=also)
    return memo.Memo(
        "11.memo",
        words["title"],
        words["fields"],
        title=words["heading"],
        file="decision_memo",
        foot=words["foot"],
        picker=picker,
        presets={row["title"]: {"from": row["title"], "to": row["reports_to"]} for row in people},
        rules=_rules(),
        hints=words["hints"],
    )


@computed("sample")
def sample_values() -> Values:
    """The Pentagon's number of the day, and a number inside the band of “likely”."""
    row = blocks.row("estimates", "pentagon-2024-11-26-deployed")
    likely = blocks.row("probability_words", "likely")
    return {"soldiers": estimates.interval(row).text, "inside_likely": likely["high_pct"] - 15}


@shown("sample")
def sample(words: Words) -> memo.SampleMemo:
    """A finished memo, and what the rules say of it; for instructors."""
    rows = {row["ref"]: row for row in _evidence().to_dict("records")}
    parts = ("kind", "title", "status", "known")
    evidence: Any = [
        {"id": one, **{part: rows[one][part] for part in parts}, "sources": []}
        for one in words["evidence"]
    ]
    return memo.SampleMemo(words["title"], words["memo"], evidence, _rules())
