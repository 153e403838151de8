"""A lesson on paper: its core on four sheets, and its answers on a last one.

The cells of a notebook only name what they show, so nothing has to run: each is asked for here, and
put on paper in its own form. What a part needs a computer for stays away.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import nbformat
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from ...facts import tables
from ...lessons import build, lesson, words
from ...lessons.blocks import Block, escaped
from ...widgets import Check, Explorer, FreeResponse, Predict, RecallPrediction
from .. import editions, key, parts
from . import drawn, forms

Json = Any

#: What is about a computer, or the instructor's, and so on no sheet.
_AWAY = {"hood", "set-up", "live-only", *editions.INSTRUCTOR_TAGS}
#: The part that says what came of the prediction.
AGAIN = "your-prediction-again"
#: Blocks that paper has no room for.
_NOT_ON_PAPER = ("lesson-references", "lesson-method")
#: What is folded on a card, and the address behind a link.
_FOLDED = re.compile(r"<details\b.*?</details>", re.DOTALL)
#: What needs the whole width of a sheet; lines to write on in the same part have it as well.
_WIDE = re.compile(r'<figure class="paper-chart"|<table|paper-many')
#: What stands well in half of one.
_NARROW = re.compile(r"paper-question|paper-form|paper-fields|lesson-card|<li>")
_LINK = re.compile(r"</?a\b[^>]*>")
_TIME = re.compile(r"\n\n\*(?:Core|More) · (\d+) minutes?\*")


@dataclass
class Handout:
    """A lesson on paper in HTML: what is on its ``front``, and what on the last sheet."""

    number: str
    title: str
    front: list[str] = field(default_factory=list)
    back: list[str] = field(default_factory=list)
    #: How many questions there are so far: they have numbers, by which the last sheet calls them.
    questions: int = 0


def of(notebook: nbformat.NotebookNode, left_out: Iterable[str] = ()) -> Handout:
    """The handout of a lesson, but for the parts that are ``left_out`` by name."""
    number = str(notebook.metadata["upheaval"]["lesson"])
    about = words.load(number).content
    paper = about.get("paper", {})
    gone = [parts.MORE, parts.HOOD, *paper.get("without", []), *left_out]
    cells = [one for one in notebook.cells if not editions.tags(one) & _AWAY]
    made = Handout(number, about["title"])
    for part in parts.divided(parts.without(cells, gone)):
        shown = "".join(_cell(made, one, paper) for one in part.cells)
        if {part.name, part.within} & {AGAIN}:  # what came of a prediction is told at the end
            made.back.append(shown.replace("<h2>", "<h2 hidden>"))
        elif shown:
            made.front.append(f'<section class="{_look(part, shown)}">{shown}</section>')
    if made.questions:
        made.back.append(forms.calibration())
    return made


def _look(part: parts.Part, shown: str) -> str:
    """How a part stands on its sheet: in two columns, which what needs the whole width parts."""
    if not part.heading:
        return "paper-begin"
    looks = {"paper-two": _NARROW.search(shown), "paper-wide": _WIDE.search(shown)}
    return " ".join(["paper-part", *(look for look, found in looks.items() if found)])


def _cell(made: Handout, cell: Json, paper: Mapping[str, Json]) -> str:
    if cell.cell_type == "markdown":
        return _prose(_on_paper(cell.source, paper.get("said", [])))
    if beginning := re.search(r'lesson\.(begin|end)\("(\d\d)"\)', cell.source):
        if beginning[1] == "begin":
            return _begin(beginning[2])
        made.back.append(_end(beginning[2]))
        return ""
    calls = words.CALL.findall(cell.source)
    return "".join(_shown(made, kind, f"{of}.{name}", paper) for kind, of, name in calls)


def _on_paper(source: str, said: Iterable[Mapping[str, str]]) -> str:
    """Prose with other sentences in the place of those that speak of controls, or with none."""
    for one in said:
        # Where a line ends in a notebook is not the author's concern here.
        there = r"\s+".join(map(re.escape, one["on_screen"].split()))
        source = re.sub(there, one["on_paper"].replace("\\", r"\\"), source)
    return source


def _prose(source: str) -> str:
    """Markdown as HTML; the minutes of a part stand beside its heading."""
    time = _TIME.search(source)
    renderer = IPythonRenderer(escape=False, exclude_anchor_links=True)
    shown = str(MarkdownWithMath(renderer=renderer).render(_TIME.sub("", source)))
    shown = _LINK.sub("", shown)
    if time:
        shown = re.sub(r"</h([23])>", rf" <small>{time[1]}′</small></h\1>", shown, count=1)
    return shown


def _begin(number: str) -> str:
    """The central question, and the words of the glossary, open."""
    about, said = lesson.about(number), words.shared()
    glossary = tables.read("glossary").set_index("id")
    terms = "".join(
        f"<dt>{escaped(glossary.at[one, 'term'])}</dt>"
        f" <dd>{escaped(glossary.at[one, 'definition'])}</dd> "
        for one in about["words"]
    )
    return (
        f'<p class="paper-central">{escaped(about["question"])}</p>'
        f'<dl class="paper-words"><dt>{escaped(said["words_to_meet"])}:</dt> {terms}</dl>'
    )


def _end(number: str) -> str:
    points = "".join(f"<li>{escaped(one)}</li>" for one in lesson.about(number)["key_points"])
    return f"<h3>{escaped(words.shared()['key_points'])}</h3><ul>{points}</ul>"


def _shown(made: Handout, kind: str, name: str, paper: Mapping[str, Json]) -> str:
    """What a call of a cell shows on paper."""
    one = getattr(lesson, kind)(name)
    for what, put in _PUT.items():
        if isinstance(one, what):
            return put(made, one, name.partition(".")[2], paper)
    form = forms.OTHERS.get(getattr(one, "face", ""))
    return f'<section class="paper-form">{form(one.spec)}</section>' if form else ""


def _check(made: Handout, check: Check, name: str, paper: Mapping[str, Json]) -> str:
    made.questions += 1
    made.back.append(_answer(made.questions, check))
    return forms.check(made.questions, check, paper.get("marks", {}).get(name, []))


def _answer(number: int, check: Check) -> str:
    """What the last sheet says to a question: what is right and why, and its hints."""
    told = key.of(check)
    hints = "".join(f" Hint: {escaped(one)}" for one in check.spec["hints"])
    if told.rules:
        return f"<p><strong>{number}.</strong> {key.ANY} {escaped(' '.join(told.rules))}{hints}</p>"
    right = " ".join(
        f"{f'{escaped(line.of)}: ' if line.of else ''}<em>{escaped(line.answer)}</em>:"
        f" {escaped(line.why)}"
        for line in told.right
    )
    return f"<p><strong>{number}.</strong> {right}{hints}</p>"


def _predict(_made: Handout, one: Predict, _name: str, _paper: Mapping[str, Json]) -> str:
    return forms.predict(one)


def _write(_made: Handout, one: FreeResponse, _name: str, _paper: Mapping[str, Json]) -> str:
    return forms.write(one)


def _recall(made: Handout, one: RecallPrediction, _name: str, _paper: Mapping[str, Json]) -> str:
    """What came of the prediction is told on the last sheet only."""
    came = one.spec.get("came")
    told = "".join(f"<p>{escaped(line)}</p>" for line in (came["text"] if came else ()))
    made.back.insert(0, f"<h3>What happened</h3>{told}<p>{escaped(one.spec['question'])}</p>")
    return ""


def _explorer(made: Handout, one: Explorer, name: str, paper: Mapping[str, Json]) -> str:
    told = paper.get("charts", {}).get(name, {})
    chosen = build.paper_states(made.number, name)
    half, columns = told.get("half", []), told.get("table", [])
    shown = "".join(
        drawn.chart(one, each, at in half, columns if at == len(chosen) else ())
        for at, each in enumerate(chosen, 1)
    )
    return f'<div class="paper-charts">{shown}</div>'


def _block(_made: Handout, one: Block, _name: str, _paper: Mapping[str, Json]) -> str:
    if any(look in one.markup for look in _NOT_ON_PAPER):
        return ""
    return f'<div class="lesson">{_LINK.sub("", _FOLDED.sub("", one.markup))}</div>'


_PUT: dict[type, Callable[[Handout, Any, str, Mapping[str, Json]], str]] = {
    Check: _check,
    Predict: _predict,
    FreeResponse: _write,
    RecallPrediction: _recall,
    Explorer: _explorer,
    Block: _block,
}
