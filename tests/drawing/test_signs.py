"""Signs of status mean status and nothing else, and every sign of a legend has its colour."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice

import pytest

from tiers import STEPS, few
from upheaval.charts.draw import theme
from upheaval.widgets import Explorer

STATUS = {mark.sign: word for word, mark in theme.STATUS.items()}
#: Signs that stand for the looks of lines, not of marks: these have one colour in a chart.
LOOKS = "━╌┈╍┊┃▶◀│|┣▒▬▲·ABCDE"


@STEPS
@pytest.mark.parametrize("number", few(["05", "07", "08", "09", "10", "11"], 2))
def test_a_sign_of_status_means_that_status(
    number: str, step: int, explorers_of: Callable[[str], list[Explorer]]
) -> None:
    for explorer in explorers_of(number):
        for state in islice(explorer.states(), 0, None, step):
            choice = {name: explorer.controls[name].values[at] for name, at in state.items()}
            for sign, label in explorer.view(**choice).legend:
                for one in set(sign) & set(STATUS):
                    assert label.startswith(STATUS[one]), (
                        f"{explorer.payload()['name']}: {sign} for {label!r}"
                    )


@pytest.mark.parametrize("number", few(["05", "07", "08", "10", "11"], 2))
def test_a_sign_in_one_colour_has_that_colour_in_the_legend(
    number: str, explorers_of: Callable[[str], list[Explorer]]
) -> None:
    for explorer in explorers_of(number):
        payload = explorer.payload()
        bare = [
            sign
            for sign, _ in payload["legend"]  # a line without a sign tells of shades
            if sign and sign not in payload.get("tones", {}) and sign[0] not in LOOKS
        ]
        # Among the precedents the case of 2024 is orange, and a line of its own says so.
        assert not bare or payload["name"] == "precedents", f"{payload['name']}: {bare}"
