"""Questions on paper: options once as a lettered list, and lines to write on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from ...facts import tables
from ...lessons.blocks import escaped
from ...widgets import Check, FreeResponse, Predict
from ...widgets.check.base import SURE
from .. import key

Json = Any

#: Lines to write on below a field, and of a large box of a memo.
LINES = 2
_LINE = '<span class="paper-line"></span>'
_BLANK = '<span class="paper-blank"></span>'
#: Beside each question, as in the lesson: how sure one is, marked before the answers are read.
_SURE = f'<span class="paper-sure">How sure? {" ".join(f"○ {one}" for one in SURE)}</span>'
#: Options as long as this stand one below another; shorter ones go on in the line.
_LONG = 34
#: More options than this stand in columns of their own.
_MANY = 12
_DAY = re.compile(r"\d{4}-\d\d(-\d\d)?")


def table(head: str, body: str, look: str = "") -> str:
    """A table of these rows (HTML); its head stands again on each sheet that it goes on to.

    On a narrow screen it moves in a room of its own, and the keyboard reaches it there.
    """
    named = f' class="{look}"' if look else ""
    top = f"<thead>{head}</thead>" if head else ""
    return (
        '<div class="paper-room" tabindex="0" role="group" aria-label="Table">'
        f"<table{named}>{top}<tbody>{body}</tbody></table></div>"
    )


def check(number: int, asked: Check, marks: Sequence[str] = ()) -> str:
    """The question ``number`` of a handout, with room for its answer.

    ``marks`` are what of its options stands behind each: on paper nobody can look it up in a chart.
    """
    spec = {**asked.spec, "options": _marked(asked, marks)}
    body: str = _KINDS[spec["type"]](spec)
    return (
        f'<section class="paper-question"><p><strong>{number}. {escaped(spec["question"])}'
        f"</strong> {_SURE}</p>{body}</section>"
    )


def calibration() -> str:
    """Room to count how often answers were right among each word for how sure one was."""
    counted = "; ".join(f"{one}: {_BLANK} of {_BLANK}" for one in SURE)
    return f'<p class="paper-counted"><strong>How sure, and how often right?</strong> {counted}</p>'


def _marked(asked: Check, marks: Sequence[str]) -> list[Json]:
    """The options, each with its ``marks`` in brackets: columns that the rules of a check know."""
    found = asked.spec.get("options", [])
    if not marks:
        return list(found)
    columns = asked.answer_key["columns"]

    def told(one: Json) -> str:
        return ", ".join(dict.fromkeys(_mark(columns[at][one["id"]]) for at in marks))

    return [{**one, "text": f"{one['text']} ({told(one)})"} for one in found]


def _mark(value: Json) -> str:
    texts = value if isinstance(value, list) else [str(value)]
    return " and ".join(tables.spell(one) if _DAY.fullmatch(one) else one for one in texts)


def _choice(spec: Json) -> str:
    return options([text for _, text in key.lettered(spec).values()])


def _select_all(spec: Json) -> str:
    return f"<p>Mark all that apply.</p>{_choice(spec)}"


def _number(spec: Json) -> str:
    return f"<p>{_BLANK} {escaped(spec.get('unit', ''))}</p>"


def _slots(spec: Json) -> str:
    slots = "".join(f"<li>{_BLANK} {escaped(one)}</li>" for one in spec["slots"])
    return f'{_choice(spec)}<ul class="paper-slots">{slots}</ul>'


_KINDS: dict[str, Callable[[Json], str]] = {
    "choice": _choice,
    "select_all": _select_all,
    "number": _number,
    "match": _slots,
    "selection": _slots,
}


def options(texts: Sequence[str]) -> str:
    """Options as a list with letters; short ones side by side."""
    look = "paper-options"
    if len(texts) > _MANY:
        look = f"{look} paper-many"
    elif all(len(one) < _LONG for one in texts):
        look = f"{look} paper-short"
    items = "".join(
        f"<li><b>{letter}</b> {escaped(text)}</li>"
        for letter, text in zip(key.letters(len(texts)), texts, strict=True)
    )
    return f'<ul class="{look}">{items}</ul>'


def predict(asked: Predict) -> str:
    """A prediction, with its options to mark."""
    spec = asked.spec
    whole = f"<p><strong>{escaped(spec['question'])}</strong></p>{options(spec['options'])}"
    return f'<section class="paper-predict">{whole}</section>'


def write(asked: FreeResponse) -> str:
    """Free text: each field with lines to write on."""
    return written((one["label"], LINES) for one in asked.spec["fields"])


def written(fields: Iterable[tuple[str, int]]) -> str:
    """Labels, each with so many lines below it."""
    made = "".join(_field(label, count) for label, count in fields)
    return f'<ul class="paper-fields">{made}</ul>'


def _field(label: str, count: int) -> str:
    """A label with its lines; a single one goes on beside it."""
    look = ' class="paper-beside"' if count == 1 else ""
    return f"<li{look}>{escaped(label)}{_LINE * count}</li>"


# -- forms that one lesson has ---------------------------------------------------------------------
def matrix(spec: Json) -> str:
    """An empty grid: a row for each piece of evidence, a column for each explanation."""
    marks = "; ".join(f"{one['sign']} {one['word']}" for one in spec["marks"])
    heads = "".join(f"<th>{escaped(one['name'])}</th>" for one in spec["columns"])
    body = "".join(
        f"<tr><td>{escaped(one['text'])}</td>{'<td></td>' * len(spec['columns'])}</tr>"
        for one in spec["rows"]
    )
    return (
        f"<p><strong>{escaped(spec['question'])}</strong> {escaped(marks)}.</p>"
        f"{table(f'<tr><td></td>{heads}</tr>', body, 'paper-grid')}"
    )


def forecast(spec: Json) -> str:
    """The questions of a forecast with their rules, each with a blank for the per cent."""
    items = "".join(
        f"<li>{_BLANK} % <strong>{escaped(one['text'])}</strong> {escaped(one['rule'])}</li>"
        for one in spec["questions"]
    )
    return (
        f'<p><strong>{escaped(spec["question"])}</strong></p><ol class="paper-slots">{items}</ol>'
    )


def weights(spec: Json) -> str:
    """The aims to weigh, each with a blank, beside how well each option serves it."""
    heads = "".join(f"<th>{escaped(one['title'])}</th>" for one in spec["options"])
    rows = "".join(
        f"<tr><td>{escaped(aim['label'])}</td><td></td>"
        + "".join(
            f"<td>{'–'.join(map(str, spec['ratings'][one['id']][aim['id']]))}</td>"
            for one in spec["options"]
        )
        + "</tr>"
        for aim in spec["criteria"]
    )
    return (
        f"<p><strong>{escaped(spec['question'])}</strong></p>"
        f"{table(f'<tr><td></td><th>Weight, 0 to 5</th>{heads}</tr>', rows, 'paper-grid')}"
    )


def memo(spec: Json) -> str:
    """The parts of a memo, with lines."""
    fields = ((one["label"], LINES if one.get("rows") else 1) for one in spec["fields"])
    return f"<p><strong>{escaped(spec['question'])}</strong></p>{written(fields)}"


#: The forms by the kind of their widget.
OTHERS: dict[str, Callable[[Json], str]] = {
    "matrix": matrix,
    "forecast": forecast,
    "weights": weights,
    "memo": memo,
}
