"""Controls name their choices, and refuse in a sentence what cannot be chosen."""

from __future__ import annotations

import json
from typing import Any

import pytest

from upheaval.widgets import Control, DateLimit, Dropdown, Filter, RadioButtons, Stepper


def test_values_and_pairs_become_labelled_options() -> None:
    control = Dropdown(["2024", ("all years", None), 7], "Period", start=None)
    assert control.labels == ["2024", "all years", "7"] and control.values == ["2024", None, 7]
    assert control.spec("period") == {
        "name": "period",
        "label": "Period",
        "kind": "dropdown",
        "options": ["2024", "all years", "7"],
        "ids": ["2024", "all", "7"],
        "start": 1,
    }


def test_a_control_without_a_label_is_called_by_its_name() -> None:
    assert Dropdown(["a"]).spec("period")["label"] == "period" and Dropdown(["a"]).start == 0


@pytest.mark.parametrize(
    ("control", "kind", "rule"),
    [
        (Dropdown(["a"]), "dropdown", None),
        (RadioButtons(["a"]), "radio", None),
        (Stepper(["a"]), "stepper", None),
        (Filter("theme", ["a"]), "dropdown", "contains"),
        (DateLimit("known", ["a"]), "stepper", "lte"),
    ],
)
def test_kinds(control: Control, kind: str, rule: str | None) -> None:
    spec = control.spec("x")
    assert spec["kind"] == kind and spec.get("rule") == rule
    assert ("values" in spec) == bool(control.column), (
        "values go to the face only where it filters by them"
    )
    json.dumps(spec)


def test_options_may_come_from_an_iterator() -> None:
    assert Dropdown(str(year) for year in (2023, 2024)).values == ["2023", "2024"]


def test_no_options_and_unknown_starts_are_refused() -> None:
    with pytest.raises(ValueError, match="“Period” has no options; give it at least one"):
        Dropdown([], "Period")
    with pytest.raises(
        ValueError, match="“1812” is not among the options of “Period”; they are: 2023, 2024"
    ):
        Dropdown(["2023", "2024"], "Period", start="1812")
    with pytest.raises(ValueError, match="“None” is not among"):
        Filter("theme", ["a"], start=None)


def test_ids_come_from_values_so_that_labels_can_be_worded_anew() -> None:
    values = ["DPRK weapons", "What Pyongyang may gain?", 7, 1.5, True, False, None]
    before, after = (Control([(f"{word} {one}", one) for one in values]) for word in ("a", "b"))
    assert before.ids == after.ids
    assert before.ids == ["DPRK-weapons", "What-Pyongyang-may-gain", "7", "1.5", "yes", "no", "all"]
    assert Control([("Both", ("a", "b"), "both"), ("one", "a")]).ids == ["both", "a"]


@pytest.mark.parametrize(
    ("options", "label"),
    [
        (["a b", "a-b"], "a-b"),
        ([("All", None), "all"], "all"),
        (["Türkiye"], "Türkiye"),
        ([("Both", ("a", "b"))], "Both"),
        ([("None", "")], "None"),
        ([("A", "a", "a&b")], "A"),
        ([("A", "a", "")], "A"),
        ([("A", "a", "x"), ("B", "b", "x")], "B"),
    ],
)
def test_an_option_without_an_id_of_its_own_is_refused_in_a_sentence(
    options: list[Any], label: str
) -> None:
    with pytest.raises(ValueError, match=f"the option “{label}” of “Who” needs an id of its own"):
        Control(options, "Who")


def test_only_labels_that_would_not_be_found_travel() -> None:
    control = Dropdown([("All years", None), ("2024", "2024"), ("Since 2022", "war")], "Period")
    assert "legacyLabels" not in control.spec("period", {"2024": "2024", "All years": "all"})
    legacy = {"All": "all", "2024": "2024", "Since 2022": "2024", "Gone": "gone"}
    changed = {"All": "all", "Since 2022": "2024"}
    assert control.spec("period", legacy)["legacyLabels"] == changed
