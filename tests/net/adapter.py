"""All that the net knows of the package's own names: renamed there, a thing is renamed here and
nowhere else.

What comes out (`Shown`) has names of its own, so that the record stays comparable while classes and
attributes change.
"""

from __future__ import annotations

import contextlib
import functools
import html
import io
import json
import os
import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from lessons import Lesson, run
from rules import attempt, evaluate, filtered, lint, mark

Json = Any

#: Where a lesson's front end looks for what a reader kept, and the mark and name of the file that
#: holds it.
BROWSER_KEY = "my-work"
WORK_FILE = "my_work.json"

#: Selectors of a built page.
CHART = '[data-face="explorer"]'
WIDGET = "[data-face]"
TITLE = ".face-title"

#: True in a built page when every widget has started and every chart is drawn, or says that it has
#: no rows.
READY = """() => !document.querySelector('[data-face]:not([data-started])')
  && [...document.querySelectorAll('.face-plot')].every(
    (box) => box.hidden || box.querySelector('.main-svg'))"""

#: Opens the hood of a page before anything in it starts: what stands there is looked at like all
#: else.
OPEN_HOOD = """addEventListener('DOMContentLoaded', () => {
  for (const one of document.querySelectorAll('details.hood')) one.open = true;
});"""

_WIDGETS = re.compile(
    r'<div class="face"(?: data-draws="")? data-face="([a-z]+)">.*?'
    r'<script type="application/json">(.*?)</script>',
    re.DOTALL,
)


# -- what a reader is shown, in names that stay
# --------------------------------------------------------------------
@dataclass
class Control:
    """A choice over a chart; one that `filters` selects rows and is not computed anew."""

    name: str
    label: str
    options: list[str]
    start: int
    filters: bool


@dataclass
class Drawn:
    """A chart in one state: labelled lines of text, the rows of its table, its sources, and the
    figure.
    """

    lines: list[tuple[str, str]]
    columns: list[str]
    rows: list[list[Json]]
    sources: list[str]
    figure: Json
    mobile: Json


@dataclass
class Shown:
    """One thing that a cell shows: `kind` "text", "chart", "check" or "widget", its name, its
    labelled lines.

    A chart has `controls`, and `draw`, which gives it for the options chosen (their numbers).
    """

    kind: str
    name: str
    lines: list[tuple[str, str]] = field(default_factory=list)
    controls: list[Control] = field(default_factory=list)
    draw: Callable[[dict[str, int]], Drawn] | None = None


# -- running a lesson
# ------------------------------------------------------------------------------------------------
def lessons_of(tree: Path) -> list[Lesson]:
    """Every lesson of a tree, in order."""
    return [Lesson(path) for path in sorted((tree / "notebooks").glob("[0-9][0-9]_*.ipynb"))]


@contextmanager
def mode(wish: str, folder: Path) -> Iterator[None]:
    """Widgets as they are in a ``page``, or ``live``; what is kept goes to `folder`."""
    from upheaval import doctor
    from upheaval.widgets.core import storage

    before = os.environ.get("FACE_MODE"), storage.store, doctor.examine
    os.environ["FACE_MODE"] = wish
    storage.store = storage.Store(folder)
    doctor.examine = functools.cache(doctor.examine)  # it reads every table, each time
    try:
        yield
    finally:
        storage.store, doctor.examine = before[1], before[2]
        if before[0] is None:
            del os.environ["FACE_MODE"]
        else:
            os.environ["FACE_MODE"] = before[0]


def played(lesson: Lesson) -> Iterator[tuple[str, list[Any]]]:
    """For each cell, in order: its source where it is prose (else nothing), and what it shows,
    displayed or printed.

    Raises what a cell raises. Cells about the reader's own computer show nothing here.
    """
    import IPython.display

    names: dict[str, Any] = {}
    for cell in lesson.cells:
        if cell.kind == "markdown":
            yield cell.source, []
        if cell.kind != "code" or "skip-execution" in cell.tags:
            continue
        shown: list[Any] = []
        names["display"] = lambda *things, shown=shown, **_: shown.extend(things)
        before, IPython.display.display = IPython.display.display, names["display"]
        try:
            with contextlib.redirect_stdout(io.StringIO()) as printed:
                value = run(cell.source, names)
        finally:
            IPython.display.display = before
        if printed.getvalue().strip():
            shown.append(printed.getvalue())
        if value is not None and not cell.source.rstrip().endswith(";"):
            shown.append(value if not isinstance(value, str) else repr(value))
        yield "", [] if "live-only" in cell.tags else shown


def things(lesson: Lesson) -> Iterator[tuple[str, Shown]]:
    """What a lesson shows, in order, each with the heading of the second level that it stands
    under.
    """
    heading = "the beginning"
    for prose, shown in played(lesson):
        for part in re.split(r"(?m)^(?=## )", prose):
            if part.startswith("## "):
                heading = part.partition("\n")[0].removeprefix("## ").strip()
            if part.strip():
                yield heading, Shown("text", heading, _text(part))
        for one in shown:
            yield heading, described(one, heading)


# -- one thing -------------------------------------------------------------------------------------
# --------------------
def described(one: Any, heading: str) -> Shown:
    """Anything that a cell shows, in the names of the net."""
    import pandas as pd

    from upheaval.charts.draw import Chart
    from upheaval.widgets import Check, Explorer

    if isinstance(one, Explorer):
        controls = [
            Control(name, control.label, control.labels, control.start, bool(control.column))
            for name, control in one.controls.items()
        ]
        left = lambda chosen: filtered(one.payload(chosen), one.filters(chosen))  # noqa: E731
        tour = [("tour", f"{step['says']} {step['asks']}") for step in one.spec.get("tour", [])]
        drawn = lambda chosen: _drawn(left(chosen))  # noqa: E731
        return Shown("chart", one.spec["name"], tour, controls, drawn)
    if isinstance(one, Chart):
        return Shown("chart", one.name, [], [], lambda _: _drawn(one.payload()))
    if isinstance(one, Check):
        return Shown("check", one.storage_key, _check(one.spec, one.answer_key))
    if hasattr(one, "spec") and "sample" in one.spec:
        return Shown("text", heading, _text(_sample(one.spec)))
    if hasattr(one, "spec"):
        name = one.spec.get("storageKey") or one.spec["question"]
        kind = "prediction again" if one.spec.get("type") == "again" else "widget"
        return Shown(kind, name, list(_leaves("", one.spec)))
    if hasattr(one, "markup"):
        return Shown("text", heading, _text(html_lines(one.markup)))
    if isinstance(one, pd.DataFrame | pd.Series):
        return Shown("text", heading, _text(one.to_string()))
    return Shown("text", heading, _text(one if isinstance(one, str) else repr(one)))


def _sample(spec: Mapping[str, Json]) -> str:
    """A finished memo as its face shows it: texts, evidence, and what the rules say."""
    code = """({ sample, rules: laws }) => [
      ...laws.order.map((name) => sample.fields[name]),
      ...sample.evidence.map(rules.memo.titled),
      ...rules.memo.lint(sample, laws).map((line) => rules.memo.lineText(line).join(" ")),
    ].join("\\n")"""
    return str(evaluate(code, spec))


def _text(text: str) -> list[tuple[str, str]]:
    return [("", line.rstrip()) for line in text.splitlines() if line.strip()]


def _drawn(payload: Mapping[str, Json]) -> Drawn:
    from upheaval import __version__

    columns = dict(payload["listColumns"])
    highlights = columns.pop("highlights", "")
    cite = payload["cite"].replace(f"version {__version__}", "version {version}")
    lines = [
        ("title", payload["title"]),
        ("subtitle", payload["subtitle"]),
        ("news", payload.get("news", "")),
        ("description", payload["description"]),
        ("key", " · ".join(" ".join(map(str, pair)) for pair in payload["legend"])),
        ("list", ", ".join(f"{part} from “{column}”" for part, column in columns.items())),
        ("highlights", highlights),
        ("as of", payload["asOf"]),
        ("cite", cite),
    ]
    table, sources = payload["table"], payload["references"]
    return Drawn(
        [(label, text) for label, text in lines if text],
        table["columns"],
        table["rows"],
        [f"{one['text']} <{one['url']}>" for one in sources],
        payload.get("markedRows", payload["figure"]),
        payload["mobile"],
    )


def _check(spec: Mapping[str, Json], answer_key: Mapping[str, Json]) -> list[tuple[str, str]]:
    lines = [("question", spec["question"]), *(("hint", one) for one in spec["hints"])]
    options = spec.get("options", [])
    if answer_key["type"] == "choice":
        for one in options:
            right = "right" if one["id"] in answer_key["right"] else "wrong"
            lines.append((right, f"{one['text']} → {answer_key['why'][one['id']]}"))
        return lines
    if answer_key["type"] == "number":
        (a, b), (c, d) = answer_key["low"], answer_key["high"]
        lines += [("unit", spec["unit"])] if spec["unit"] else []
        ends = f"from {_plain(a)}–{_plain(b)} to {_plain(c)}–{_plain(d)}"
        lines += [("right", f"{ends} → {answer_key['why']}")]
        lines += [(part, answer_key[part]) for part in ("below", "above", "unread")]
        return lines + [
            ("mistake", f"{_plain(one['low'])} to {_plain(one['high'])} → {one['why']}")
            for one in answer_key["mistakes"]
        ]
    if "slots" not in spec:
        parts = {part: value for part, value in answer_key.items() if part != "type"}
        return lines + list(_leaves("", parts))
    lines += [("place", one) for one in spec["slots"]]
    for one in options:
        text, columns = one["text"], answer_key.get("columns", {})
        cells = {column: values[one["id"]] for column, values in columns.items()}
        lines.append(
            ("option", f"{text} {json.dumps(cells, ensure_ascii=False)}" if cells else text)
        )
    for item in answer_key.get("items", []):
        for one in options:
            right = "right" if one["id"] in item["right"] else "wrong"
            lines.append((right, f"{item['label']}: {one['text']} → {item['why'][one['id']]}"))
    for step in answer_key.get("rules", []):
        kind, value = step["kind"], json.dumps(step["value"], ensure_ascii=False)
        rule = f"{_NET_NAMES.get(kind, kind)} {step['column']} {value}".replace("  ", " ")
        lines += [("rule", rule), ("right", step["good"]), ("wrong", step["why"])]
    return [*lines, ("done", answer_key["done"]), ("not yet", answer_key["not_yet"])]


def _plain(number: float) -> str:
    return f"{number:g}" if abs(number) < 1e6 else f"{number:.0f}"


#: Kinds of widgets that have had another name since the net was recorded.
_NET_KINDS = {"matrix": "grid", "portfolio": "work", "prompts": "note", "weights": "weigh"}
#: Names that have changed since the net was recorded, and are no words of a reader's.
_NET_NAMES = {
    "bands": "words",
    "labels": "words",
    "lte": "until",
    "phrase": "words",
    "terms": "words",
}
#: Parts of a widget's description that no reader sees as words; the citations of the memo's rows,
#: which are those of the sources' table; and what lesson 00 knows of the questions of all others.
_TECHNICAL = {"kind", "storageKey", "type", "sealed", "rule", "order", "file", "sources"}
_TECHNICAL |= {"writings"}


def _leaves(label: str, value: Json) -> Iterator[tuple[str, str]]:
    """The words and numbers in a widget's description, each with the name of the part that holds
    it; unsealed.
    """
    from upheaval.widgets.core.seal import unseal

    if isinstance(value, dict):
        for name, inner in value.items():
            if name == "sealed":
                yield from _leaves("sealed", unseal(inner))
            elif name not in _TECHNICAL and (label, name) != ("columns", "id"):
                yield from _leaves(_NET_NAMES.get(name, name), inner)
    elif isinstance(value, list | tuple):
        flat = all(isinstance(one, str | int | float) for one in value)
        if flat and value and not any(isinstance(one, str) and len(one) > 60 for one in value):
            yield label, " | ".join(map(str, value))
        else:
            for inner in value:
                yield from _leaves(label, inner)
    elif value not in (None, ""):
        yield label, str(value)


class _Lines(HTMLParser):
    """HTML as lines of words: what stands in a block of its own is a line; a link says where it
    leads.
    """

    INLINE = frozenset(
        {"a", "strong", "em", "b", "i", "span", "code", "sup", "sub", "abbr", "q", "cite", "mark"}
    )

    def __init__(self) -> None:
        super().__init__()
        self.lines, self.links = [""], [""]

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.links.append(dict(attrs).get("href") or "")
        if tag not in self.INLINE:
            self.lines.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self.lines[-1] += f" <{self.links.pop()}>"
        if tag not in self.INLINE:
            self.lines.append("")

    def handle_data(self, data: str) -> None:
        self.lines[-1] += data


def html_lines(markup: str) -> str:
    """The words of a piece of HTML, a line for each block."""
    reader = _Lines()
    reader.feed(markup)
    return "\n".join(" ".join(line.split()) for line in reader.lines if line.strip())


# -- built pages -----------------------------------------------------------------------------------
# --------------------
def page_command(notebooks: list[Path], out: Path) -> list[str]:
    """The words after ``python -m upheaval`` that build lessons' pages with all their cells, in
    the folder `out`.
    """
    return ["page", *map(str, notebooks), "--edition", "instructor", "--out", str(out)]


def widgets_in(page: str) -> list[tuple[str, str]]:
    """The kind and the name of every widget of a built page, in order."""
    found = []
    for kind, data in _WIDGETS.findall(page):
        spec = json.loads(html.unescape(data) if "&quot;" in data else data)["spec"]
        kind = _NET_KINDS.get(kind, kind)
        found.append((kind, str(spec.get("storageKey") or spec.get("name") or spec["question"])))
    return found


def charts_in(page: str) -> list[str]:
    """The names of the charts of a built page, in order."""
    return [name for kind, name in widgets_in(page) if kind == "explorer"]


# -- kept work, by a kernel
# ------------------------------------------------------------------------------------------
def readers_own(lesson: Lesson) -> Iterator[tuple[str, Any]]:
    """Every check and every other thing in a lesson that keeps what a reader does, with the name it
    is kept under.

    A chart that keeps findings as evidence comes too, with no name.
    """
    from upheaval.widgets import Check, Explorer, PersistedWidget

    for _, shown in played(lesson):
        for one in shown:
            if isinstance(one, Check):
                yield one.storage_key, one
            elif isinstance(one, PersistedWidget):
                yield one.spec["storageKey"], one
            elif isinstance(one, Explorer):
                yield "", one


def kind_of(one: Any) -> str:
    """What sort of question a check or another widget is: for checks choice, number, order or
    match.
    """
    spec = one.spec
    if spec["kind"] == "check":
        return {"selection": "order"}.get(spec["type"], str(spec["type"]))
    return str(spec.get("type") or _NET_KINDS.get(spec["kind"], spec["kind"]))


def answer_to(check: Any, right: bool) -> Json:
    """An answer to a check: one that its answer key calls right, or another one."""
    answer_key, kind = check.answer_key, kind_of(check)
    if kind == "choice":
        return next(one for one in answer_key["why"] if (one in answer_key["right"]) == right)
    if kind == "number":
        low, high = answer_key["low"][0], answer_key["high"][1]
        ends = sorted({low, high} if right else {high * 10 + 1})
        return " to ".join(f"{end:.10g}" for end in ends)
    if kind == "select_all":
        return [one["id"] for one in answer_key["options"] if one["right"] or not right]
    if kind == "match":
        picks = []
        for item in answer_key["items"]:
            ids = list(item["why"])
            picks.append(ids[(ids.index(item["right"][0]) + (not right)) % len(ids)])
        return picks
    lot = random.Random(check.storage_key)
    ordered = [step["column"] for step in answer_key["rules"] if step["kind"] == "ordered"]
    for _ in range(20_000):
        picks = lot.sample(answer_key["options"], len(check.spec["slots"]))
        if ordered:
            picks.sort(key=lambda pick: answer_key["columns"][ordered[0]][pick])
        if mark(check.answer_key, picks)["right"] == right:
            break
    return picks


def send(one: Any, value: Json) -> None:
    """Send a widget what its front end would send: an attempt at a check, or what anything else
    keeps.
    """
    if one.spec["kind"] == "check":
        verdict = mark(one.answer_key, value)["right"]
        if verdict is None:
            return
        value = attempt(one.value, value, verdict)
    one.selected = {"value": value, "turn": f"net-{id(value)}"}


def add_evidence(explorer: Any, item: Json) -> None:
    """Tell a chart that a finding is to be kept as evidence."""
    explorer._on_message(explorer, {"addEvidence": [item]}, [])


#: What the face of a coding takes from what is kept, and what its codes say then.
_CODING = """([spec, value]) => {
  const changes = rules.coding.accepted(spec, value);
  const columns = spec.columns.map(({ name }) => name);
  const summary = spec.scales.map(({ name }) =>
    rules.coding.summary(columns, rules.coding.coded(spec, changes, name)));
  return { changes, summary };
}"""

#: An answer as the face reads it, whichever version kept it.
_AS_TODAY = "([spec, kept]) => rules.checkOptions.withIds(spec.legacy, kept)"

#: The rows of a grid that count, with weights and marks.
_MATRIX = """([spec, value]) => {
  const kept = rules.matrix.accepted(spec, value) ?? rules.matrix.nothing();
  const { counting, columns } = rules.matrix.resultOf(spec, kept);
  return counting.map(({ id, credibility, relevance, marks }) =>
    [id, credibility, relevance, ...columns.map((column) => marks[column])]);
}"""


def standing(one: Any) -> Json:
    """What a returning reader finds: the answer with its verdict, or the value kept; and what is
    computed from it.
    """
    if one.spec["kind"] == "check":
        kept = evaluate(_AS_TODAY, [one.spec, one.value["answer"]])
        verdict = mark(one.answer_key, kept)
        return {"kept": one.value, "steps": verdict.pop("rules"), **verdict}
    found: dict[str, Json] = {"kept": one.value}
    kind = kind_of(one)
    if kind == "coding":
        found |= evaluate(_CODING, [one.spec, one.value])
    if kind == "grid":
        found["marked"] = evaluate(_MATRIX, [one.spec, one.value])
    if kind == "memo":
        lines = lint(one.value, one.spec["rules"])
        found["says"] = [[line["ok"], line["text"]] for line in lines]
    return json.loads(json.dumps(found))
