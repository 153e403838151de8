"""Tours: every lesson's first chart has one, its steps exist, and what it says is what is shown."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from lessons import HEAD, every
from test_chart import small
from tiers import few
from upheaval import lesson as lessons
from upheaval.lessons import blocks, build, computed, schema, words
from upheaval.widgets import Dropdown, Explorer
from upheaval.widgets.core.seal import unseal
from upheaval.widgets.explorer import UnknownState

FIRST = {
    one.number: re.findall(
        r'lesson\.explorer\("\d\d\.(.+?)"\)', "\n".join(cell.source for cell in one.code)
    )[0]
    for one in every()
}


@functools.cache
def explorer_of(number: str) -> Explorer:
    return lessons.explorer(f"{number}.{FIRST[number]}")


@pytest.mark.parametrize("number", few(list(FIRST), 4))
def test_the_first_chart_of_a_lesson_has_a_tour_whose_steps_each_show_something_else(
    number: str,
) -> None:
    explorer = explorer_of(number)
    tour = explorer.spec["tour"]
    start = {key: one.start for key, one in explorer.controls.items()}
    least, most = schema.STEPS
    assert least <= len(tour) <= most and tour[0]["state"] == {}
    shown = []
    for step in tour:
        explorer.selected = {**start, **step["state"]}
        assert explorer.visible_rows.shape[0], "a step shows rows"
        shown.append((explorer.to_text(), tuple(explorer.visible_rows.iloc[:, 0])))
        assert "{" not in step["says"] + step["asks"]
    for at, (one, other) in enumerate(itertools.pairwise(shown), 1):
        assert one != other, f"step {at + 1} shows what step {at} shows"


# -- what the sentences rest on --------------------------------------------------------------------
def on_show(number: str, **chosen: str) -> pd.DataFrame:
    return blocks.rows_at(explorer_of(number), **chosen)


def says(number: str, **chosen: str) -> str:
    """Title and description of the first chart of a lesson at these options."""
    explorer = explorer_of(number)
    blocks.rows_at(explorer, **chosen)
    return explorer.to_text().replace("\N{NO-BREAK SPACE}", " ")


#: What a tour says in words and not in numbers, as the rows of today have it.
HOLDS: dict[str, Callable[[], bool]] = {
    "00: no ship stands on the day of the sailing": lambda: (
        not on_show("00", as_of="2024-10-08")["Event"].str.contains("sail", case=False).any()
    ),
    "00: the day gone back to is that of the stop": lambda: (
        value("00", "day_of_sailing") == "8 October 2024"
    ),
    "01: facts are not all supported": lambda: (
        on_show("01", kind="fact")["Assessment"].nunique() > 1
    ),
    "02: the news and the sailing are crosses by 18 October": lambda: (
        says("02", as_of="2024-10-18").count("(✕ disputed)") == 3
        and "Moscow had denied such reports" in says("02", as_of="2024-10-18")
    ),
    "02: the minister's mark is no cross": lambda: (
        "highly likely (○ speculated)" in says("02", as_of="2024-10-08")
    ),
    "03: by 5 November the numbers fit together": lambda: (
        "They fit together" in says("03", day="2024-11-05")
    ),
    "03: older numbers are grey for their own side's newer ones": lambda: (
        set(on_show("03")["In the range"]) == {"yes", "no: the same side has a newer number"}
    ),
    "03: plans are said to be plans": lambda: (
        "A plan is no count" in says("03", measure="planned_total")
    ),
    "04: one scholar is alarmed on one card, and on a later one expects little": lambda: (
        on_show("04", speaker="scholar")
        .query("Stance in ['alarmed', 'sceptical of its impact']")
        .apply(lambda card: f"{card['Who, and where'][:10]}: {card['Stance']}", axis=1)
        .tolist()
        == ["Victor Cha: alarmed", "Victor Cha: sceptical of its impact"]
    ),
    "04: one speaker says if": lambda: (
        "Keir Starmer: “If it's true then" in says("04", as_of="2024-10-18")
    ),
    "05: the third treaty has both": lambda: (
        list(on_show("05")["What must be done"])
        == ["Help at once with all means", "Talks", "Talks", "Help at once with all means"]
    ),
    "05: what must have happened": lambda: (
        set(on_show("05")["What must have happened"])
        == {"a threat", "an attack that brings a state of war"}
    ),
    "05: in 2024 own laws come in": lambda: (
        on_show("05")["Who has a say"].iloc[-1] == "each side's own laws"
    ),
    "05: no choice only in 1961": lambda: (
        on_show("05", question="limits", group="all")
        .query("`Who has a say` == 'no choice in the words'")["Clause"]
        .str.contains("1961")
        .all()
    ),
    "06: one offer is confirmed of the technology": lambda: (
        list(on_show("06", lane="technology").query("Status == '● confirmed'")["Item"])
        == ["Public offer to help build satellites"]
    ),
    "07: strikes differ in commitment and not with allies": lambda: (
        on_show("07", question="long-range-strikes")["With allies (−2 to 2)"].nunique() == 1
        and on_show("07", question="long-range-strikes")["Commitment (−2 to 2)"].nunique() > 1
    ),
    "07: the campaign has no answer to the deployment": lambda: (
        "Trump campaign"
        not in set(on_show("07", question="dprk-deployment-response")["Whose policy"])
    ),
    "09: others draw level without the services": lambda: value("09", "level") > 1,
    "09: nothing is against the best without acts": lambda: (
        f"no row here speaks against “{value('09', 'best_without_acts')}”"
        in says("09", without="act")
    ),
    "10: the quiet years are without a test": lambda: "0 of 7" in says("10", which="nuclear-quiet"),
}


@functools.cache
def values_of(number: str) -> computed.Values:
    return computed.functions(number, computed.TOURED)[FIRST[number]]()


def value(number: str, name: str) -> Any:
    return values_of(number)[name]


@pytest.mark.parametrize("claim", HOLDS)
def test_what_a_tour_says_in_words_is_so(claim: str) -> None:
    assert HOLDS[claim]()


#: Numbers of tours in the words of the charts: lesson, options, what title or description says.
TOLD: list[tuple[str, dict[str, str], str]] = [
    ("00", {}, "On show: {shown} of"),
    ("00", {}, "disputed {disputed}."),
    ("00", {"as_of": "2025-04-28"}, "{moved} marks change"),
    ("01", {}, "Marked: all {claims} claims"),
    ("01", {"kind": "prediction"}, "Marked: {predictions} of the"),
    ("01", {"kind": "opinion"}, "Marked: {opinions} of the"),
    ("01", {"kind": "opinion"}, "not checkable {uncheckable}."),
    ("01", {"kind": "prediction"}, "open {open}"),
    ("02", {}, "On show: {shown} of"),
    ("02", {"as_of": "2024-10-08"}, "On show: {early} of"),
    ("02", {"as_of": "2025-04-28"}, "{weaker} from ✕ to △ and {changed} from ✕ to ●"),
    ("03", {}, "{grey} are grey: the same side had a newer number"),
    ("03", {"day": "2024-10-18"}, "{seoul} to {kyiv} soldiers"),
    ("03", {"measure": "in_kursk"}, "On show: all {kursk} estimates"),
    ("03", {"measure": "planned_total"}, "up to {most} (17 November 2024)"),
    ("04", {}, "On show: {shown} of"),
    ("04", {"stance": "denial"}, "Russia {russian}, Other states {other}"),
    ("04", {"as_of": "2024-10-18"}, "On show: {early} of"),
    ("05", {"question": "limits", "group": "all"}, "No choice in {no_choice} of {all} clauses"),
    (
        "06",
        {"level": "confirmed"},
        "Pyongyang {from_pyongyang} of {of_pyongyang}; from Moscow {from_moscow} of {of_moscow}",
    ),
    ("06", {"lane": "people"}, "is one of {people_confirmed} confirmed among {people}"),
    ("06", {"known": "2024-11-27"}, "confirmed {early_confirmed}, "),
    ("07", {}, "Biden {biden}, Trump campaign {campaign}, second Trump administration {second}"),
    ("07", {"question": "means-of-aid"}, "They lie {apart} points apart on commitment"),
    (
        "07",
        {"question": "all"},
        "{questions} questions: the same code for commitment on {same},",
    ),
    ("08", {}, "{over} of {allies} allies at 2 % or more; middle share near Russia {near} %"),
    ("08", {}, "elsewhere {far} %"),
    ("08", {"edition": "jul23"}, "{over_before} of {allies_before} allies at 2 % or more"),
    ("08", {"edition": "rise"}, "the share rose in {rose} of {compared} allies"),
    ("08", {"edition": "aug25"}, "all {at_line} allies shown at 2 % or more"),
    ("09", {"known": "2024-11-27"}, "against {untouched} of {explanations} explanations"),
    ("09", {"known": "2024-11-27"}, "{early} rows of evidence"),
    ("10", {}, "If {record} is the rate, “{best}” costs least"),
    ("10", {"ending": "yes"}, "“{best_after_yes}” look best"),
    ("10", {"ending": "no"}, "“{best_after_no}” look best"),
    ("10", {"which": "nuclear-quiet"}, "“{best_of_quiet}” costs least"),
    (
        "10",
        {"which": "nuclear-quiet", "counting": "succession"},
        "“{best_careful}” costs least",
    ),
    ("11", {}, "{for_first} for and {against_first} against"),
    ("12", {}, "{rows} statements count {measures} different things"),
    ("12", {"step": "choose"}, "{left} of {rows} rows are left"),
    ("12", {"step": "join"}, "{joined} rows from {left} statements"),
    ("12", {"step": "count"}, "in {most} of {left} statements"),
]


@pytest.mark.parametrize(("number", "chosen", "told"), TOLD)
def test_a_number_of_a_tour_is_the_one_that_its_chart_tells(
    number: str, chosen: dict[str, str], told: str
) -> None:
    assert told.format(**values_of(number)) in says(number, **chosen)


# -- what is wrong is told -------------------------------------------------------------------------
TOUR = (
    HEAD
    + """
paper:
  charts:
    lanes:
      steps: [1, 3]

tours:
  lanes:
    steps:
      - says: It begins here.
        asks: What do you see?
      - state: {day: early}
        says: It goes on.
        asks: What is new?
      - state: {}
        says: It ends.
        asks: What is left?
"""
)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("- says: It begins", "- state: {}\n        says: It begins", "the field “state”"),
        ("        asks: What is new?\n", "", "found no “asks”. Add “asks:”."),
        ("What is new?", "Look well.", "A question ends with one."),
        ("It goes on.", "By 12 rows.", "the number 12"),
        ("state: {day: early}", "state: early", "It needs options by control"),
        ("steps: [1, 3]", "steps: [1, 4]", "The tour of “lanes” has 3 steps."),
        ("steps: [1, 3]", "states: [{}]", "Its tour has states: name their places from 1"),
        (
            "      - state: {}\n        says: It ends.\n        asks: What is left?\n",
            "",
            "found 2 steps. A tour has 3 to 6 steps.",
        ),
    ],
)
def test_what_is_wrong_with_a_tour_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    assert TOUR.count(old) == 1
    (tmp_path / "98.yaml").write_text(TOUR, encoding="utf-8")
    assert schema.problems(words.load("98", tmp_path)) == []
    (tmp_path / "98.yaml").write_text(TOUR.replace(old, new), encoding="utf-8")
    found = [str(one) for one in schema.problems(words.load("98", tmp_path))]
    assert any(said in one and ", line " in one for one in found), found


def test_a_step_that_the_chart_does_not_have_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    own = words.load("02")
    tour = own.content["tours"]["timeline"]
    steps = [*tour["steps"][:-1], {**tour["steps"][-1], "state": {"as_of": "never"}}]
    changed = {**own.content, "tours": {"timeline": {**tour, "steps": steps}}}
    broken = words.Words("02", own.path, changed, own.lines)
    for module in (build, computed):
        monkeypatch.setattr(module, "load", lambda number: broken)
    (found,) = schema._of_states(broken)
    assert "tours > timeline" in str(found) and "“never” is no option of “as_of”" in str(found)


def lane_explorer() -> Explorer:
    return Explorer(lambda lane: small(), name="lanes", lane=Dropdown(["a", "b"], "Lane"))


def test_a_tour_begins_with_the_chart_as_it_begins_and_has_states_that_exist() -> None:
    explorer = lane_explorer()
    explorer.set_tour([({}, "One.", "Why?"), ({"lane": "b"}, "Two.", "Why?")])
    assert [one["state"] for one in explorer.spec["tour"]] == [{}, {"lane": 1}]
    with pytest.raises(UnknownState, match="out of its first step"):
        explorer.set_tour([({"lane": "b"}, "One.", "Why?")])
    with pytest.raises(UnknownState, match="no control “day”"):
        explorer.set_tour([({}, "One.", "Why?"), ({"day": "b"}, "Two.", "Why?")])


def test_no_control_is_called_as_the_address_calls_a_tour() -> None:
    with pytest.raises(ValueError, match="“tour”"):
        Explorer(lambda tour: small(), name="lanes", tour=Dropdown(["a"], "Tour"))


def test_paper_takes_its_states_from_the_tour() -> None:
    steps = words.load("02").content["tours"]["timeline"]["steps"]
    assert build.paper_states("02", "timeline") == [steps[3]["state"], steps[4]["state"]]
    assert build.paper_states("08", "burden") == [{}, {"count": "quarter"}]
    assert build.paper_states("01", "map") == [{}]


def test_students_get_no_tour_of_a_chart_that_no_cell_of_theirs_shows(tmp_path: Path) -> None:
    (tmp_path / "98.yaml").write_text(TOUR, encoding="utf-8")
    (tmp_path / "shared.yaml").write_text("next: Next", encoding="utf-8")
    for source, tours in (('lesson.explorer("98.lanes")', {"lanes"}), ("", set())):
        made = words.sealed_files(tmp_path, {"98": source})["98.sealed"]
        assert set(unseal(made.decode())["tours"]) == tours
