"""Every lesson, in this process: explorers through every choice, checks, cells alone, the frame,
the prose.
"""

from __future__ import annotations

import contextlib
import functools
import io
import itertools
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import quote

import ipywidgets
import pandas as pd
import pytest

from lessons import FRAME, Cell, Lesson, every, run
from rules import evaluate, mark
from tiers import few
from upheaval import doctor, row_filters
from upheaval.facts import tables
from upheaval.facts.problems import DataProblem
from upheaval.lessons import come_back, timing, writings
from upheaval.widgets import (
    Check,
    Explorer,
    FreeResponse,
    PersistedWidget,
    Predict,
    RecallPrediction,
)
from upheaval.widgets.comeback import ComeBack
from upheaval.widgets.core import legacy, legacy_addresses, storage

LESSONS = every()
TAGS = {
    "hide-input",
    "set-up",
    "hood",
    "solution",
    "instructor",
    "live-only",
    "skip-execution",
    "nbval-skip",
    "nbval-check-output",
    "nbval-ignore-output",
}
each_lesson = pytest.mark.parametrize("lesson", LESSONS, ids=repr)
#: For what a lesson has to run for: in the fast loop, four of them do.
each_run = pytest.mark.parametrize("lesson", few(LESSONS, 2), ids=repr)


class Run:
    """What running a lesson from top to bottom made: the `names` it leaves, and what each code cell
    `showed` and `printed`.
    """

    def __init__(self, lesson: Lesson):
        self.names: dict[str, Any] = {}
        self.showed: dict[int, Any] = {}
        self.printed: dict[int, str] = {}
        for cell in lesson.code:
            with contextlib.redirect_stdout(io.StringIO()) as printed:
                self.showed[cell.index] = run(cell.source, self.names)
            self.printed[cell.index] = printed.getvalue()

    def of(self, *kinds: type) -> list[Any]:
        """The things of these kinds that were shown, in order."""
        return [one for one in self.showed.values() if isinstance(one, kinds)]


@pytest.fixture(scope="module", autouse=True)
def nobody_looks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FACE_MODE", "page")
        patch.setattr(storage, "store", storage.Store(tmp_path_factory.mktemp("work")))
        patch.setattr(
            doctor, "examine", functools.cache(doctor.examine)
        )  # it reads every table, each time
        yield


@pytest.fixture(scope="module")
def runs() -> dict[str, Run]:
    return {}


@pytest.fixture
def played(lesson: Lesson, runs: dict[str, Run]) -> Run:
    """The run of this lesson; made once."""
    if lesson.number not in runs:
        runs[lesson.number] = Run(lesson)
    return runs[lesson.number]


# -- cells that no export runs ---------------------------------------------------------------------
INTERACT = [
    pytest.param(one, id=repr(one))
    for one in LESSONS
    if any("skip-execution" in cell.tags for cell in one.cells)
]


@pytest.mark.parametrize("lesson", few(INTERACT, 2))
def test_cells_that_no_export_runs_call_what_there_is(
    lesson: Lesson, played: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`interact` prints nondeterministically, so no run of a notebook has these cells in it."""
    calls = []

    def interact(view: Callable[..., Any], **controls: Any) -> None:
        calls.append(view)
        made = ipywidgets.interactive(lambda **_: None, **controls)
        view(**{one.description: one.value for one in made.kwargs_widgets})

    monkeypatch.setattr(ipywidgets, "interact", interact)
    for cell in lesson.cells:
        if "skip-execution" in cell.tags:
            run(cell.source, dict(played.names))
    assert calls


# -- explorers -------------------------------------------------------------------------------------
def marked_rows(chart: dict[str, Any]) -> set[int]:
    """The rows of the table for which something is drawn: points of a figure, lines of rows."""
    if chart.get("markedRows"):
        lines = [line for group in chart["markedRows"]["groups"] for line in group["lines"]]
        return {line["at"] for line in lines if line["at"] is not None}
    return {int(row) for trace in chart["figure"]["data"] for row in trace.get("ids", [])}


def problems_of(chart: dict[str, Any]) -> list[str]:
    """What is wrong with a chart as a reader sees it."""
    rows, text = chart["table"]["rows"], f"{chart['title']} | {chart['description']}"
    marked = marked_rows(chart)
    counted = {"None": "0", "No": "0", "One": "1", "A": "1", "one": "1", "only": "1", "both": "2"}
    words = re.findall(r"\w[\w,]*", chart["description"])
    numbers = {counted.get(one, one.replace(",", "")) for one in words}
    return [
        *(["no title"] if not chart["title"].strip() else []),
        *(["no description"] if not chart["description"].strip() else []),
        *(
            [f"a template is left: {text}"]
            if re.search(r"[{}]|\bnan\b|\bNaT\b|undefined", text)
            else []
        ),
        *(
            [f"{len(rows)} rows, and the description has no such number: {chart['description']}"]
            if rows and str(len(rows)) not in numbers
            else []
        ),
        *(
            ["nothing left, and no word on what to change"]
            if not rows and "Choose" not in chart["description"]
            else []
        ),
        *(["rows without sources"] if rows and not chart["references"] else []),
        *(
            ["marks and rows differ"]
            if "visibleRows" in chart and marked != set(chart["visibleRows"])
            else []
        ),
        *(["says empty, is not"] if chart["empty"] != (not rows) else []),
    ]


def choices(explorer: Explorer) -> Iterator[tuple[dict[str, int], dict[str, Any]]]:
    """Every combination of the controls that call the view, with the chart that the view gives."""
    for state in explorer.states():
        values = {name: explorer.controls[name].values[index] for name, index in state.items()}
        yield state, explorer.view(**values).payload()


def rows_by_option(payload: dict[str, Any], explorer: Explorer) -> dict[tuple[str, int, int], int]:
    """The rows that one option of a filter keeps, as bits, for each option of the filter that
    chooses a moment.

    Filters only narrow (`test_row_filters.py`), so the rows of any combination are what its options
    have in common.
    """
    chosen = {name: one.start for name, one in explorer.controls.items()}
    moments = moment_filter(payload, explorer)
    found = {}
    for moment in range(len(explorer.controls[moments].values) if moments else 1):
        for name, one in explorer.controls.items():
            for index in range(len(one.values) if one.column else 0):
                rules = explorer.filters(
                    {**chosen, **({moments: moment} if moments else {}), name: index}
                )
                rules = [rule for rule in rules if rule["name"] in (name, moments)]
                found[name, index, moment] = sum(
                    1 << row for row in row_filters.visible_rows(payload["rowFilters"], rules)
                )
    return found


def moment_filter(payload: dict[str, Any], explorer: Explorer) -> str:
    """The control that chooses a moment, where rows are phases; else nothing."""
    span = payload["rowFilters"].get("span")
    return next(
        (name for name, one in explorer.controls.items() if one.column and one.column == span), ""
    )


#: Charts as filters leave them; of rows, sources and points only how many there are, and whose.
_LEFT = """([payload, all]) => all.map((filters) => {
  const left = rules.rowFilters.applyFilters(payload, filters);
  return {
    title: left.title,
    description: left.description,
    empty: left.empty,
    visibleRows: left.visibleRows,
    references: left.references.map(({ id }) => id),
    table: { rows: left.table.rows.map(() => []) },
    figure: { data: left.figure.data.map(({ ids = [] }) => ({ ids })) },
    markedRows: left.markedRows && {
      groups: left.markedRows.groups.map((one) => ({ lines: one.lines.map(({ at }) => ({ at })) })),
    },
  };
})"""


def faults(explorer: Explorer) -> tuple[int, list[str]]:
    """How many combinations an explorer has, and what is wrong in which; equal sets of rows are
    looked at once.
    """
    found, count = [], 0
    filters = [name for name, one in explorer.controls.items() if one.column]
    for state, payload in choices(explorer):
        if "rowFilters" not in payload:
            count += 1
            found += [
                f"{explorer.spec['name']} {state}: {problem}" for problem in problems_of(payload)
            ]
            continue
        seen: dict[Any, dict[str, int]] = {}
        kept, moments = rows_by_option(payload, explorer), moment_filter(payload, explorer)
        everything = (1 << len(payload["rowFilters"]["when"])) - 1
        by_choice = "{chosen" in str(payload["rowFilters"]["templates"])
        for indices in itertools.product(
            *(range(len(explorer.controls[name].values)) for name in filters)
        ):
            count += 1
            moment = indices[filters.index(moments)] if moments else 0
            rows = functools.reduce(
                int.__and__,
                (kept[name, index, moment] for name, index in zip(filters, indices, strict=True)),
                everything,
            )
            chosen = {**state, **dict(zip(filters, indices, strict=True))}
            seen.setdefault((rows, indices if by_choice else ()), chosen)
        rules = [explorer.filters(chosen) for chosen in seen.values()]
        left = evaluate(_LEFT, [payload, rules])
        for (rows, _), chosen, chart in zip(seen, seen.values(), left, strict=True):
            assert sum(1 << row for row in chart["visibleRows"]) == rows
            found += [
                f"{explorer.spec['name']} {chosen}: {problem}" for problem in problems_of(chart)
            ]
    return count, found


# The fast loop has the same states in tests/net and, module by module, in tests/charts.
@pytest.mark.thorough
@each_lesson
def test_every_explorer_through_every_combination(lesson: Lesson, played: Run) -> None:
    explorers = played.of(Explorer)
    assert explorers, "a lesson has something that moves"
    for explorer in explorers:
        count, found = faults(explorer)
        print(f"{lesson} {explorer.spec['name']}: {count} combinations")
        assert count == sum(1 for _ in explorer.combinations())
        assert not found, found[:10]


@each_run
def test_explorers_are_driven_by_at_most_five_controls_and_have_names_of_their_own(
    lesson: Lesson, played: Run
) -> None:
    explorers = played.of(Explorer)
    names = [explorer.spec["name"] for explorer in explorers]
    assert len(set(names)) == len(names)
    for explorer in explorers:
        labels = [control["label"] for control in explorer.spec["controls"]]
        assert 1 <= len(labels) <= 5 and len(set(labels)) == len(labels)
        assert all(
            len(set(control["options"])) == len(control["options"])
            for control in explorer.spec["controls"]
        )


@each_run
def test_a_chart_of_what_was_known_by_a_day_is_evidence_of_that_day(
    lesson: Lesson, played: Run
) -> None:
    """What is kept of it may be cited in a memo of that day, and in no earlier one."""
    for explorer in played.of(Explorer):
        by = [one["name"] for one in explorer.spec["controls"] if one["label"] == "Known by"]
        for state in explorer.states():
            asked = {name: explorer.controls[name].values[at] for name, at in state.items()}
            days = [day for name, day in asked.items() if name in by and day]
            if not days or (chart := explorer.view(**asked).payload())["empty"]:
                continue
            known = chart.get("known", "")
            assert known, f"{explorer.spec['name']} at {asked}: of no day, so of the data's"
            assert known <= days[0], f"{explorer.spec['name']} at {asked}: {known}"


#: What addresses select, each in a page of its own; and the address of each choice.
_ADDRESSES = """({ spec, hashes, choices }) => ({
  selected: hashes.map((hash) => rules.address.selectionIn(hash, spec)),
  written: choices.map((chosen) => rules.address.hashWith("", spec, chosen)),
})"""


@each_run
def test_every_option_has_an_address_and_is_found_by_its_older_one(
    lesson: Lesson, played: Run
) -> None:
    """An option's id leads to it and back; so do the labels of the frozen list; nothing else."""
    for explorer in played.of(Explorer):
        name = explorer.spec["name"]
        start = {key: one.start for key, one in explorer.controls.items()}
        hashes: list[str] = []
        wanted: list[dict[str, int]] = []
        for key, one in explorer.controls.items():
            labels = legacy_addresses.labels(name, key)
            assert set(labels.values()) <= set(one.ids), "an option that an address names is gone"
            for word in (*one.ids, *labels, "no-such-option", ""):
                option = labels.get(word, word)
                hashes.append(f"#{name}.{key}={quote(word)}")
                index = one.ids.index(option) if option in one.ids else one.start
                wanted.append({**start, key: index})
        found = evaluate(_ADDRESSES, {"spec": explorer.spec, "hashes": hashes, "choices": wanted})
        assert found["selected"] == wanted
        again = {"spec": explorer.spec, "hashes": found["written"], "choices": []}
        assert evaluate(_ADDRESSES, again)["selected"] == wanted
        assert all(hash == quote(hash, safe="#&=") for hash in found["written"])


def test_a_chart_with_wrong_texts_is_noticed() -> None:
    good = {
        "title": "Two",
        "description": "2 rows.",
        "table": {"rows": [[1], [2]]},
        "references": [{}],
        "empty": False,
        "figure": {"data": [{"ids": ["0", "1"]}]},
        "visibleRows": [0, 1],
    }
    none = {
        **good,
        "table": {"rows": []},
        "references": [],
        "figure": {"data": []},
        "empty": True,
        "visibleRows": [],
    }
    assert problems_of(good) == []
    assert problems_of({**none, "description": "None fits. Choose another."}) == []
    for wrong in (
        {"title": " "},
        {"description": ""},
        {"description": "3 rows."},
        {"description": "2 rows, {n}."},
        {"references": []},
        {"empty": True},
        {"figure": {"data": [{"ids": ["0"]}]}},
    ):
        assert problems_of({**good, **wrong}), wrong
    assert problems_of({**none, "description": "None fits."})


# -- checks ----------------------------------------------------------------------------------------
def marks_of_choice(check: Check) -> list[str]:
    answer_key, found = check.answer_key, []
    for one, why in answer_key["why"].items():
        verdict = mark(check.answer_key, one)
        if verdict["right"] is not (one in answer_key["right"]) or verdict["text"] != why:
            found.append(f"the option {one} is marked {verdict}")
    if len(set(answer_key["why"].values())) < len(answer_key["why"]):
        found.append("two options share a reason")
    return found


def marks_of_number(check: Check) -> list[str]:
    answer_key, found = check.answer_key, []
    reasons = [answer_key[part] for part in ("why", "below", "above")]
    reasons += [one["why"] for one in answer_key["mistakes"]]
    if len(set(reasons)) < len(reasons):
        found.append("two answers share a reason")
    low, high = answer_key["low"][0], answer_key["high"][1]
    asked = [
        (f"{answer_key['low'][0]:.10g} to {answer_key['high'][1]:.10g}", True, answer_key["why"]),
        (f"{high * 10 + 1e9:.0f}", False, answer_key["above"]),
        *((f"{one['low']:.10g}", False, one["why"]) for one in answer_key["mistakes"]),
    ]
    if low > 0:
        asked.append((str(low / 1000), False, answer_key["below"]))
    for answer, right, text in asked:
        verdict = mark(check.answer_key, answer)
        if (verdict["right"], verdict["text"]) != (right, text):
            found.append(f"the answer {answer} is marked {verdict}")
    return found


def marks_of_select_all(check: Check) -> list[str]:
    """Each option has its own words, and exactly the right ones are right."""
    key, found = check.answer_key, []
    for one in key["options"]:
        verdict = mark(key, [one["id"]])["rules"][0]
        if verdict["ok"] is not one["right"] or one["why"] not in verdict["text"]:
            found.append(f"the option {one['id']} is marked {verdict}")
    if len({one["why"] for one in key["options"]}) < len(key["options"]):
        found.append("two options share a reason")
    if mark(key, [one["id"] for one in key["options"] if one["right"]])["right"] is not True:
        found.append("the right answers together are not right")
    return found


def marks_of_match(check: Check) -> list[str]:
    """Every option of every item has its own reason, and the right ones together are right."""
    answer_key, found = check.answer_key, []
    for slot, item in enumerate(answer_key["items"]):
        reasons = []
        for pick in item["why"]:
            verdict = mark(check.answer_key, [*[None] * slot, pick])["rules"][slot]
            reasons.append(verdict["text"])
            if verdict["ok"] is not (pick in item["right"]):
                found.append(f"{item['label']}, the option {pick} is marked {verdict}")
        if len(set(reasons)) < len(reasons):
            found.append(f"{item['label']}: two options share a reason")
    right = [item["right"][0] for item in answer_key["items"]]
    if mark(answer_key, right)["right"] is not True:
        found.append("the right answers together are not right")
    return found


def marks_of_selections(check: Check) -> list[str]:
    """Each rule can be met and missed, and all can be met together; found by trying, with a fixed
    seed.
    """
    answer_key, found, chance = check.answer_key, [], random.Random(2024)
    good, why = ([step[part] for step in answer_key["rules"]] for part in ("good", "why"))
    if len({*good, *why}) < 2 * len(good):
        found.append("two rules share their words")
    seen, done = set(), False
    columns = (step["column"] for step in answer_key["rules"] if step["kind"] == "ordered")
    ordered = next(columns, None)
    for turn in range(4000):
        picks = chance.sample(answer_key["options"], len(check.spec["slots"]))
        if turn % 3 and ordered:
            picks.sort(key=lambda pick: answer_key["columns"][ordered][pick])
        verdict = mark(check.answer_key, picks if turn % 5 else picks[:-1])
        seen |= {(index, step["ok"]) for index, step in enumerate(verdict["rules"])}
        done |= verdict["right"] is True
    missing = set(itertools.product(range(len(good)), (True, False))) - seen
    if not done:
        found.append("no answer meets every rule")
    return [
        *found,
        *(
            f"never seen: rule {index + 1} {'met' if ok else 'missed'}"
            for index, ok in sorted(missing)
        ),
    ]


@each_run
def test_every_check_answers_every_option_with_its_own_reason(lesson: Lesson, played: Run) -> None:
    checks = played.of(Check)
    assert len(checks) >= (1 if lesson.number == "00" else 3)
    by_kind = {
        "choice": marks_of_choice,
        "number": marks_of_number,
        "selection": marks_of_selections,
        "select_all": marks_of_select_all,
        "match": marks_of_match,
    }
    for check in checks:
        found = by_kind[check.spec["type"]](check)
        assert not found, (check.storage_key, found)
        assert mark(check.answer_key, None)["right"] is None


#: What the face makes of an answer that an earlier version kept: with ids, its verdict, and what is
#: no longer there.
_READ = """([spec, key, kept]) => kept.map((one) => {
  const answer = rules.checkOptions.withIds(spec.legacy, one);
  const gone = rules.checkOptions.vanished(spec, answer);
  return { answer, gone, verdict: rules.check.marked(key, answer) };
})"""


def meant(check: Check, option: str, slot: int) -> dict[str, Any]:
    """What the verdict on an option says, as far as the option decides it alone."""
    key = check.answer_key
    if check.spec["type"] == "choice":
        return {"text": key["why"][option], "right": option in key["right"]}
    if check.spec["type"] == "match":
        item = key["items"][slot]
        text = f"{item['label']}: {item['why'][option]}"
        return {"text": text, "ok": option in item["right"]}
    return {}


def wrongly_read(check: Check, frozen: list[dict[str, str]]) -> list[str]:
    """Positions of an earlier version, in any slot, that are not the option that stood there."""
    slots = range(len(check.spec.get("slots", "1")))

    def answered(slot: int, one: Any) -> Any:
        return [*[None] * slot, one] if "slots" in check.spec else one

    asked = list(itertools.product(slots, range(len(frozen))))
    kept = [answered(slot, at) for slot, at in asked]
    ids, found = {one["id"] for one in check.spec["options"]}, []
    reads = evaluate(_READ, [check.spec, check.answer_key, kept])
    for (slot, at), read in zip(asked, reads, strict=True):
        stood, verdict = frozen[at], read["verdict"]
        if stood["id"] in ids:
            said = verdict["rules"][slot] if check.spec["type"] == "match" else verdict
            good = meant(check, stood["id"], slot).items() <= said.items()
            good = good and verdict["right"] is not None and not read["gone"]
        else:
            good = verdict["right"] is None and read["gone"] == [stood["text"]]
        if not good or read["answer"] != answered(slot, stood["id"]):
            found.append(f"{check.storage_key}, slot {slot}, position {at}: {stood} is {read}")
    return found


@each_run
def test_every_position_that_was_kept_is_still_the_same_answer(played: Run) -> None:
    for check in played.of(Check):
        if frozen := legacy.table().get(check.storage_key):
            assert wrongly_read(check, frozen) == []


@each_run
def test_names_are_unique_and_begin_with_the_number_of_the_lesson(
    lesson: Lesson, played: Run
) -> None:
    names = [one.storage_key for one in played.of(Check)] + [
        one.spec["storageKey"] for one in played.of(Predict, FreeResponse)
    ]
    assert len(set(names)) == len(names)
    own = [name for name in names if name not in come_back.drawn(lesson.number)]
    assert all(name.startswith(f"{lesson.number}.") for name in own), names
    predicted = {one.spec["storageKey"] for one in played.of(Predict)}
    assert predicted and predicted == {
        one.spec["storageKey"] for one in played.of(RecallPrediction)
    }


# -- cells, in any order ---------------------------------------------------------------------------
def left_by(cells: list[Cell]) -> dict[str, Any]:
    """The names that cells leave, run one after another."""
    names: dict[str, Any] = {}
    for cell in cells:
        run(cell.source, names)
    return {name: value for name, value in names.items() if not name.startswith("__")}


def friendly(lesson: Lesson, cell: Cell, names: dict[str, Any]) -> str:
    """Empty if the cell works, or fails in a way that a notebook tells in a sentence that is true;
    else what it raised.

    A hidden cell works alone. Elsewhere a name that is not known yet must come from a cell above
    that readers see: the sentence sends them there.
    """
    try:
        run(cell.source, names)
    except DataProblem:
        return ""
    except NameError as error:
        above = left_by([one for one in lesson.code if one.visible and one.index < cell.index])
        return "" if cell.visible and error.name in above else f"{cell}: {error}"
    except Exception as error:
        return f"{cell}: {type(error).__name__}: {error}"
    return ""


@pytest.mark.thorough
@each_lesson
def test_every_cell_works_alone_or_says_which_cells_come_first(lesson: Lesson) -> None:
    """And a hidden cell leaves the names that readers see in other cells as they are."""
    seen = left_by([cell for cell in lesson.code if cell.visible])
    found = []
    for cell in lesson.code:
        names: dict[str, Any] = {}
        found.append(friendly(lesson, cell, names))
        if not cell.visible:
            found += [
                f"{cell} gives {name} another meaning"
                for name in seen.keys() & names.keys()
                if not same(seen[name], names[name])
            ]
    assert not any(found), [*filter(None, found)]


@pytest.mark.thorough
@each_lesson
def test_cells_run_again_in_any_order(lesson: Lesson, played: Run) -> None:
    """Once more after a whole run, the last first."""
    for cell in reversed(lesson.code):
        run(cell.source, played.names)


def same(one: Any, other: Any) -> bool:
    if isinstance(one, pd.DataFrame | pd.Series):
        return (
            type(one) is type(other) and one.equals(other) and list(one.index) == list(other.index)
        )
    return one is other if isinstance(one, ModuleType) or callable(one) else bool(one == other)


# -- the frame -------------------------------------------------------------------------------------
@each_lesson
def test_the_notebook_tells_what_its_header_needs(lesson: Lesson) -> None:
    about, terms = lesson.about, set(tables.read("glossary")["id"])
    assert about["lesson"] == lesson.number
    assert {"title", "question", "minutes", "objectives", "words", "key_points", "next"} <= set(
        about
    )
    assert about["question"].endswith("?") and about["title"] and about["next"]
    assert len(about["minutes"]) == 2 and all(
        isinstance(one, int) and one > 0 for one in about["minutes"]
    )
    assert 2 <= len(about["objectives"]) <= 3 and 2 <= len(about["key_points"]) <= 5
    assert set(about["words"]) <= terms, set(about["words"]) - terms
    assert len(set(about["words"])) == len(about["words"])


@each_lesson
def test_the_headings_stand_in_the_order_of_the_frame(lesson: Lesson) -> None:
    title = lesson.cells[0].source.splitlines()[0]
    assert title.startswith(f"# {lesson.number} · {lesson.about['title']}")
    assert (
        sum(cell.source.count("\n# ") for cell in lesson.cells if cell.kind == "markdown") == 0
    ), "one title"
    known = [
        (index, name)
        for name in lesson.headings
        for index, part in enumerate(FRAME)
        if name == part or name.startswith(f"{part}:")
    ]
    assert known == sorted(known), [name for _, name in known]
    if lesson.number != "00":
        first = 0 if lesson.number >= come_back.FIRST else 1
        assert [index for index, _ in known] == list(range(first, len(FRAME)))
        assert len(known) == len(lesson.headings), set(lesson.headings) - {
            name for _, name in known
        }


#: Seconds that each thing takes at least, beside its words: what the tests of time count with.
LOOK, CHOOSE, WRITE = 90, 30, 45
#: Minutes of what takes its time whatever its words are: a talk in pairs, then in fours.
TALK = 6


def seconds_of(one: Any) -> float:
    """How long a thing in a lesson takes at least: its words at 130 a minute, and what is done."""
    if isinstance(one, Explorer):
        return LOOK
    spec = getattr(one, "spec", {})
    if spec.get("kind") in {"matrix", "memo", "coding", "portfolio"}:
        return LOOK  # how much of it is done is said in the task
    acts = CHOOSE * (len(spec.get("items", ())) + len(spec.get("slots", ())) or 1) if spec else 0
    acts += WRITE * (len(spec.get("fields", ())) + len(spec.get("questions", ())))
    words = spec.get("question", "") if spec else getattr(one, "markup", "")
    # What is folded can stay so.
    seen = re.sub(r"(?s)<details.*?</details>|<[^>]+>", " ", str(words))
    return acts + len(seen.split()) / 130 * 60


@each_run
def test_the_minutes_of_each_part_are_enough_to_read_it_and_to_do_it(
    lesson: Lesson, played: Run
) -> None:
    """Whoever writes a longer text or a further question must give it time."""
    needs: dict[str, float] = {}
    name = ""
    for cell in lesson.cells:
        if cell.tags & {"solution", "instructor", "live-only"}:
            continue
        if cell.kind == "code":
            needs[name] = needs.get(name, 0) + seconds_of(played.showed.get(cell.index))
            continue
        for part in re.split(r"(?m)^#{2,3} ", cell.source):
            if part != cell.source or cell.source.startswith("#"):
                name = timing.part(part.partition("\n")[0])
            needs[name] = needs.get(name, 0) + len(part.split()) / 130 * 60
    if "Talk" in needs:
        needs["Talk"] += TALK * 60
    short = {
        name: f"{needs[name] / 60:.1f} minutes, not {least}"
        for name, (_, least) in lesson.about["time"].items()
        if needs.get(name, 0) / 60 > least + 0.5
    }
    assert not short, short


@each_lesson
def test_my_work_knows_which_checks_stand_under_the_hood(lesson: Lesson) -> None:
    for cell in lesson.code:
        for name in re.findall(r'lesson\.check\("(.+?)"\)', cell.source):
            assert writings.under_hood(name) == ("hood" in cell.tags), name


@each_lesson
def test_my_work_knows_all_that_a_lesson_lets_a_reader_write(lesson: Lesson, played: Run) -> None:
    widgets = played.of(PersistedWidget)
    kept = {one.storage_key for one in widgets if not isinstance(one, Check | ComeBack)}
    assert {one["key"] for one in writings.of(lesson.number)} == kept


@each_lesson
def test_tags_ids_outputs_and_editions(lesson: Lesson) -> None:
    tags = set().union(*(cell.tags for cell in lesson.cells))
    assert tags <= TAGS, tags - TAGS
    assert "widgets" not in lesson.raw["metadata"]
    assert len({cell.id for cell in lesson.cells}) == len(lesson.cells)
    assert all(cell.id.startswith(f"lesson-{lesson.number}-") for cell in lesson.cells), (
        "ids that tools made up change"
    )
    for cell in lesson.cells:
        compared = "nbval-check-output" in cell.tags
        assert bool(cell.outputs) == compared, (
            f"{cell}: outputs are kept where tests compare them, and only there"
        )
        # nbval takes a cell without a number for one that was never run; `refresh` always gives the
        # same one.
        assert cell.raw.get("execution_count") == (1 if compared else None), cell
    says = [cell for cell in lesson.cells if "lesson.say(" in cell.source]
    assert all("nbval-check-output" in cell.tags for cell in says), (
        "sentences that lean on a number are compared; those on a card are so by the net"
    )
    assert any("instructor" in cell.tags for cell in lesson.cells)
    assert lesson.number == "00" or any("solution" in cell.tags for cell in lesson.cells)
    assert (
        sum("**Timing.**" in cell.source for cell in lesson.cells if "instructor" in cell.tags) == 1
    )


def shows_prose_as_print(cell: Cell, shown: Any, printed: str) -> bool:
    """Whether a page shows what a folded cell says in a grey box of even letters."""
    if cell.visible or "hood" in cell.tags:
        return False
    forms = ("_repr_html_", "_repr_mimebundle_")
    return bool(printed.strip()) or (
        shown is not None and not any(hasattr(shown, form) for form in forms)
    )


@each_lesson
def test_what_a_folded_cell_says_is_a_face_and_no_print(lesson: Lesson, played: Run) -> None:
    """Only code that a reader sees, or that stands under the hood, shows what Python prints."""
    found = [
        cell
        for cell in lesson.code
        if shows_prose_as_print(cell, played.showed[cell.index], played.printed[cell.index])
    ]
    assert not found, found


def test_prose_that_is_printed_is_noticed() -> None:
    def cell(*tags: str) -> Cell:
        raw = {"cell_type": "code", "id": "x", "metadata": {"tags": list(tags)}, "source": ""}
        return Cell(0, raw)

    assert shows_prose_as_print(cell("hide-input"), None, "It was.\n")
    assert shows_prose_as_print(cell("hide-input", "solution"), "It was.", "")
    assert not shows_prose_as_print(cell("hide-input"), Check, "")
    assert not shows_prose_as_print(cell("hide-input", "hood"), None, "It was.\n")
    assert not shows_prose_as_print(cell(), None, "It was.\n")


@each_lesson
def test_code_that_everybody_sees_is_short(lesson: Lesson) -> None:
    for cell in (cell for cell in lesson.cells if cell.visible and "hood" not in cell.tags):
        lines = [line for line in cell.source.splitlines() if line]  # ruff parts imports by a blank
        assert len(lines) <= 2 and max(map(len, lines)) <= 80, cell


# -- prose -----------------------------------------------------------------------------------------
MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
NUMBERS = "|".join(lesson.number for lesson in LESSONS)
#: What a number in prose may be without a cell that computes it. Everything else is counted, and
#: could be outdated.
NO_COUNTS = [
    r"`[^`]*`",
    r"\]\([^)]*\)",  # code and addresses
    rf"\b\d{{1,2}}(?: (?:to|and|or) \d{{1,2}})? {MONTH}(?: \d{{4}})?",
    rf"\b{MONTH} \d{{4}}",
    r"\b(?:19|20)\d\d\b",
    r"(?m)^\d+\. ",  # a list's own numbers
    r"\b0\d\b",
    rf"\blessons? (?:{NUMBERS})\b",
    rf"(?m)^# (?:{NUMBERS}) ·",  # lessons
    r"\b(?:\d+ to )?\d+ minutes?\b",
    r"\*\*Timing\.\*\*[^*]*",
    r"\b(?:pair|group) \d+'",
]


def counts_in(prose: str) -> list[str]:
    """Numbers in `prose` that look counted."""
    for allowed in NO_COUNTS:
        prose = re.sub(allowed, " ", prose)
    return re.findall(r"\S*\d\S*", prose)


@each_lesson
def test_prose_has_no_number_that_was_counted_by_hand(lesson: Lesson) -> None:
    found = {
        cell: numbers
        for cell in lesson.cells
        if cell.kind == "markdown" and (numbers := counts_in(cell.source))
    }
    assert not found, found


def test_counted_numbers_are_told_from_others() -> None:
    assert not counts_in(
        "# 02 · Title\n1. On 23 October 2024, 8 to 28 October 2024, since 2022: see lesson 12, "
        "`f(5)`, [here](https://x.org/9) in 50 minutes."
    )
    for wrong in ("3,000 soldiers", "about 11 000", "12%", "the 5 lanes", "a 2-to-1 vote"):
        assert counts_in(wrong), wrong


def test_no_lesson_writes_into_its_folder() -> None:
    assert not list(Path(LESSONS[0].path).parent.glob("my_work*"))
