"""An explorer is a widget like any other: its choices are traits, and a view that fails is told,
not thrown.
"""

from __future__ import annotations

import functools
import json
import random
from collections import Counter
from typing import Any

import ipywidgets
import pytest
import traitlets

from rules import filtered
from upheaval.widgets import DateLimit, Dropdown, Explorer, Filter, RadioButtons
from upheaval.widgets.core import storage
from upheaval.widgets.core.pack import unpack
from upheaval.widgets.explorer import MAX_STATES

CALLS: Counter[str] = Counter()


class View:
    """What an explorer needs to know of a chart: `Drawn`."""

    def __init__(self, title: str):
        self.title = title

    def payload(self) -> dict[str, Any]:
        return {
            "title": self.title,
            "subtitle": "",
            "description": "A description.",
            "legend": [],
            "asOf": "",
            "figure": {"data": [], "layout": {}},
            "table": {"columns": ["A"], "rows": [[self.title]]},
            "references": [],
            "empty": False,
        }


class Rows(View):
    """A chart of four rows with filters."""

    def payload(self) -> dict[str, Any]:
        templates = {"none": "Choose another.", "one": "One.", "many": "{n} of {total}."}
        return {
            **super().payload(),
            "table": {"columns": ["A"], "rows": [["a"], ["b"], ["c"], ["d"]]},
            "rowFilters": {
                "columns": {"kind": ["x", "y", "x", "x"], "day": ["1", "2", "3", "4"]},
                "labels": {},
                "total": 4,
                "when": [""] * 4,
                "references": [[]] * 4,
                "templates": {"title": templates, "description": templates},
            },
        }


def view(period: str = "2024", scale: int = 1) -> View:
    CALLS[f"{period} {scale}"] += 1
    if period == "broken":
        raise ZeroDivisionError("There are no rows.")
    return View(f"{period} times {scale}")


@pytest.fixture(autouse=True)
def live(live_mode: None) -> None:
    CALLS.clear()


def explorer(**controls: Any) -> Explorer:
    offered = {
        "period": Dropdown(["2024", ("all", "every")], "Period"),
        "scale": RadioButtons([1, 2]),
    }
    return Explorer(view, **(controls or offered))


def test_choices_are_traits_that_can_be_set_and_observed() -> None:
    one, seen = explorer(), []
    assert (one.period, one.scale, one.selected) == ("2024", 1, {"period": 0, "scale": 0})
    one.observe(lambda change: seen.append((change["name"], change["new"])), ["period", "scale"])
    one.period = "every"
    assert one.selected == {"period": 1, "scale": 0} and one.state["stateKey"] == "1,0"
    assert one.state["payload"]["title"] == "every times 1"
    one.selected = {"period": 1, "scale": 1}  # as the face does it
    assert one.scale == 2 and one.state["payload"]["title"] == "every times 2"
    assert seen == [("period", "every"), ("scale", 2)]


def test_an_answer_is_computed_once() -> None:
    one = explorer()
    for period in ("every", "2024", "every", "2024"):
        one.period = period
    assert CALLS == {"2024 1": 1, "every 1": 1}


def test_it_links_and_composes() -> None:
    one, other = explorer(), explorer()
    ipywidgets.link((one, "period"), (other, "period"))
    one.period = "every"
    assert other.period == "every" and other.selected["period"] == 1
    dropdown = ipywidgets.Dropdown(options=["2024", "every"])
    ipywidgets.link((dropdown, "value"), (other, "period"))
    dropdown.value = "2024"
    assert one.period == "2024" and one.state["payload"]["title"] == "2024 times 1"
    box = ipywidgets.VBox([one, other])
    assert box.children == (one, other) and isinstance(one, ipywidgets.DOMWidget)


def test_an_option_that_is_not_offered_is_refused_in_a_sentence() -> None:
    one = explorer()
    with pytest.raises(
        traitlets.TraitError, match="“1812” is not an option of period; they are: 2024, all"
    ):
        one.period = "1812"
    assert one.period == "2024" and one.selected["period"] == 0, "and the choice stays as it was"
    one.period = "every"
    assert one.state["payload"]["title"] == "every times 1"


def test_a_view_that_fails_is_told_and_the_next_choice_works() -> None:
    one = explorer(period=["2024", "broken", "every"])
    one.selected = {"period": 1}
    assert one.state == {
        "stateKey": "1",
        "problem": "This choice cannot be drawn: There are no rows. Choose another, or tell your "
        "teacher.",
        "era": storage.store.era,
    }
    one.selected = {"period": 2}
    assert one.state["payload"]["title"] == "every times 1" and "problem" not in one.state
    one.selected = {"period": 1}
    assert "problem" in one.state


def test_a_view_that_fails_at_first_is_raised_to_who_writes_the_lesson() -> None:
    with pytest.raises(ZeroDivisionError):
        explorer(period=["broken", "2024"])


def test_states_asked_for_ahead_are_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    one, sent = explorer(), []
    monkeypatch.setattr(one, "send", sent.append)
    one._handle_custom_msg({"prefetch": "1,1"}, [])
    assert [(state["stateKey"], state["payload"]["title"]) for state in sent] == [
        ("1,1", "every times 2")
    ]
    assert one.selected == {"period": 0, "scale": 0}, "the reader has chosen nothing"
    for odd in ({}, {"prefetch": ""}, {"prefetch": "0"}, {"prefetch": "0,0,0"}):
        one._handle_custom_msg(odd, [])
    assert len(sent) == 1


def test_too_many_states_are_refused_with_a_way_out() -> None:
    with pytest.raises(
        ValueError, match=f"make {MAX_STATES + 1} states and at most {MAX_STATES}.*make a Filter"
    ):
        explorer(period=[str(number) for number in range(MAX_STATES + 1)])
    many = [("All", None), *(str(number) for number in range(MAX_STATES))]
    Explorer(lambda: Rows("rows"), kind=Filter("kind", many), day=DateLimit("day", many))


@pytest.mark.parametrize("name", ["layout", "controls", "state", "comm", "payload", "visible_rows"])
def test_a_name_that_a_widget_has_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=f"a widget has “{name}” already"):
        Explorer(lambda **_: View("x"), **{name: ["a"]})


def with_filters() -> Explorer:
    return Explorer(
        functools.partial(Rows, "rows"),
        kind=Filter("kind", [("All", None), "x", "z"], "Kind"),
        day=DateLimit("day", ["2", ("All", None)], start=None),
    )


def test_filters_select_rows_and_never_reach_the_view() -> None:
    one = with_filters()
    assert len(one.visible_rows) == 4 and one.to_text() == "4 of 4.\n4 of 4."
    before = one.state
    one.kind = "x"
    assert list(one.visible_rows["A"]) == ["a", "c", "d"] and one.state is before, (
        "filters are the face's"
    )
    one.day = "2"
    assert list(one.visible_rows["A"]) == ["a"] and one.to_text() == "One.\nOne."
    one.kind = "z"
    assert one.visible_rows.empty and one.to_text() == "Choose another.\nChoose another."
    assert list(one.states()) == [{}] and len(list(one.combinations())) == 6
    whole = one.payload()
    assert len(whole["table"]["rows"]) == 4 and "rowFilters" in whole
    left = filtered(one.payload({"kind": 1, "day": 1}), one.filters({"kind": 1, "day": 1}))
    assert left["title"] == "3 of 4." and left["visibleRows"] == [0, 2, 3]


def test_which_rows_are_on_show_is_what_the_face_says() -> None:
    one = with_filters()
    tell = functools.partial(one._handle_custom_msg, buffers=[])
    one.kind = "x"
    tell({"visibleRows": [2, 3], "selection": {"kind": 1, "day": 1}})
    assert list(one.visible_rows["A"]) == ["c", "d"] and one.to_text().startswith("2 of 4.")
    for odd in ([9], [-1], ["0"], "0", None, [0.5]):
        tell({"visibleRows": odd, "selection": {"kind": 1, "day": 1}})
        assert list(one.visible_rows["A"]) == ["c", "d"], "what cannot be is not believed"
    one.kind = None
    assert len(one.visible_rows) == 4, "another choice, of which no face has spoken yet"
    tell({"visibleRows": [0], "selection": {"kind": 1, "day": 1}})
    assert len(one.visible_rows) == 4, "what was painted for another choice says nothing of it"
    one.kind = "x"
    assert list(one.visible_rows["A"]) == ["a"], "the choice may come after what is said of it"


def test_a_page_has_every_state_and_the_same_answers() -> None:
    one = explorer()
    data = json.loads(json.dumps(one.page_data()))
    states = unpack(data["packed"])
    assert set(states) == {"0,0", "0,1", "1,0", "1,1"} and data["spec"] == one.spec
    for chosen in one.states():
        assert states[f"{chosen['period']},{chosen['scale']}"] == one.payload(chosen)


def test_an_explorer_is_called_by_its_view_or_as_told() -> None:
    assert explorer().spec["name"] == "view"
    assert (
        Explorer(functools.partial(functools.partial(view, scale=2), period="x")).spec["name"]
        == "view"
    )
    assert Explorer(view, name="other").spec["name"] == "other"


def test_random_walks_keep_traits_choice_and_state_together() -> None:
    one, chance = explorer(), random.Random(1)
    for _ in range(60):
        if chance.random() < 0.5:
            one.period = chance.choice(["2024", "every"])
        else:
            one.selected = {"period": chance.randrange(2), "scale": chance.randrange(2)}
        values = (
            one.controls["period"].values[one.selected["period"]],
            one.controls["scale"].values[one.selected["scale"]],
        )
        assert values == (one.period, one.scale)
        assert one.state["payload"]["title"] == f"{one.period} times {one.scale}"
