"""A wrong word given to a chart: one sentence that says what there is to choose from."""

from __future__ import annotations

import inspect
import pickle
from collections.abc import Callable
from typing import Any

import pytest

from upheaval import lesson
from upheaval.charts import (
    balance,
    burden,
    clauses,
    donors,
    estimates,
    exchange,
    hypotheses,
    likelihood,
    missiles,
    options,
    policies,
    precedents,
    scales,
    spending,
    standings,
    ties,
    timeline,
    trade,
    votes,
)
from upheaval.facts.problems import UnknownWord

#: A chart, the tables it takes, a wrong choice, and two words that the sentence has to offer.
WRONG: list[tuple[Callable[..., Any], tuple[str, ...], dict[str, Any], tuple[str, str]]] = [
    (policies.contrasts, ("policies",), {"question": "nato"}, ("all", "nato-burden-sharing")),
    (scales.scales, ("policies",), {"scale": "warmth"}, ("commitment", "both")),
    (scales.scales, ("policies",), {"group": "nobody"}, ("all", "terms")),
    (hypotheses.grid, ("evidence",), {"without": "service"}, ("services", "own-words")),
    (hypotheses.grid, ("evidence",), {"order": "size"}, ("diagnosticity", "date")),
    (standings.standings, ("evidence",), {"count": "most"}, ("against", "for")),
    (options.weights_of, ("roles",), {"who": "Defense"}, ("equal", "defense")),
    (exchange.flows, ("exchange",), {"lane": "tanks"}, ("missiles", "people")),
    (exchange.flows, ("exchange",), {"level": "sure"}, ("confirmed", "speculated")),
    (estimates.ranges, ("estimates",), {"measure": "kiled"}, ("killed", "in_kursk")),
    (missiles.launches, ("missile_tests", "nuclear_tests"), {"kind": "X"}, ("ICBM", "SLV")),
    (ties.network, ("ties",), {"group": "five"}, ("four", "allies")),
    (timeline.swimlanes, ("events",), {"period": "1999"}, ("october", "background")),
    (trade.figures, ("dual_use_trade", "sources"), {"goods": "chip"}, ("chips", "machines")),
    (votes.agreement, ("roll_calls",), {"measure": "x"}, ("share", "score")),
    (donors.by_donor, ("aid_by_donor",), {"measure": "x"}, ("promised", "gdp")),
    (burden.aid, ("aid_over_time", "events"), {"count": "x"}, ("added", "month")),
    (balance.pairs, ("military_balance", "countries"), {"beside": "x"}, ("none", "allies")),
    (clauses.compared, ("treaty_clauses",), {"question": "x"}, ("obligation", "limits")),
    (precedents.deployments, ("deployments_abroad",), {"compared": "x"}, ("large", "treaty")),
    (spending.ranked, ("defence_spending", "countries"), {"edition": "x"}, ("jun24", "rise")),
    (likelihood.likelihood, ("quotes", "probability_words"), {"kind": "x"}, ("modal", "belief")),
]


@pytest.mark.parametrize(
    ("chart", "tables", "wrong", "offered"),
    WRONG,
    ids=[f"{chart.__name__}-{next(iter(wrong))}" for chart, _, wrong, _ in WRONG],
)
def test_a_wrong_word_is_told_with_what_there_is_to_choose_from(
    chart: Callable[..., Any],
    tables: tuple[str, ...],
    wrong: dict[str, Any],
    offered: tuple[str, str],
) -> None:
    (name, word), frames = next(iter(wrong.items())), [lesson.table(one) for one in tables]
    assert name in inspect.signature(chart).parameters
    with pytest.raises(UnknownWord) as told:
        chart(*frames, **wrong)
    sentence = str(told.value)
    assert sentence.startswith(f"“{word}” is no ") and "\n" not in sentence
    assert all(f"“{one}”" in sentence for one in offered), sentence


def test_a_notebook_shows_the_sentence_alone() -> None:
    told = UnknownWord("measure", "kiled", ["killed", 1])
    assert told._render_traceback_() == [str(told)]
    assert str(told) == "“kiled” is no measure; choose one of “killed”, 1."
    assert str(pickle.loads(pickle.dumps(told))) == str(told)
    assert isinstance(told, KeyError) and isinstance(told, ValueError)
