"""The key to a check: what is right, and the misconception behind each other answer.

All of it stands in the check's answer key, which a page keeps under a seal. The instructor edition
says it under each check, the answer book and the last sheet of a handout in one place.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import nbformat

from ..lessons import lesson, words
from ..lessons.blocks import escaped
from ..widgets import Check

Json = Any
#: A cell of a notebook, as nbformat reads it.
Cell = Any

ANY = "Any answer that keeps these rules is right:"
RIGHT, WRONG = "Right", "Other answers, and what is behind them"
#: The tag of the cells that tell a key: students never get them.
TAG = "solution"


@dataclass(frozen=True)
class Line:
    """An answer and the reason that it is met with; ``of`` is the item of a match that it is to."""

    answer: str
    why: str
    of: str = ""


@dataclass(frozen=True)
class Key:
    """What is right in a check, what is wrong, and the rules where no answer is the only one."""

    right: tuple[Line, ...]
    wrong: tuple[Line, ...] = ()
    rules: tuple[str, ...] = ()


def of(check: Check) -> Key:
    """The key to ``check``."""
    key = check.answer_key
    made: Key = _KINDS[str(key["type"])](key, check.spec)
    return made


def letters(count: int) -> list[str]:
    """The letters of a list of so many options: A to Z, then AA, AB and so on."""
    alphabet = [chr(ord("A") + at) for at in range(26)]
    return [*alphabet, *(one + other for one in alphabet for other in alphabet)][:count]


def lettered(spec: Json) -> dict[str, tuple[str, str]]:
    """The options of a check by their ids: the letter of each on paper, and its text."""
    options = spec.get("options", [])
    return {
        one["id"]: (letter, one["text"])
        for letter, one in zip(letters(len(options)), options, strict=True)
    }


def _choice(key: Json, spec: Json) -> Key:
    named = {one: f"{letter}. {text}" for one, (letter, text) in lettered(spec).items()}
    lines = {one: Line(name, key["why"][one]) for one, name in named.items()}
    right = set(key["right"])
    return Key(
        tuple(line for one, line in lines.items() if one in right),
        tuple(line for one, line in lines.items() if one not in right),
    )


def _select_all(key: Json, spec: Json) -> Key:
    letter = {one: letter for one, (letter, _) in lettered(spec).items()}
    lines = [
        (one["right"], Line(f"{letter[one['id']]}. {one['text']}", one["why"]))
        for one in key["options"]
    ]
    return Key(
        tuple(line for right, line in lines if right),
        tuple(line for right, line in lines if not right),
    )


def _number(key: Json, spec: Json) -> Key:
    unit = f" {spec['unit']}" if spec.get("unit") else ""
    low, high = key["low"], key["high"]
    if low == high:  # one number is asked for
        right = f"{span(*low)}{unit}"
    else:
        right = f"lower end {span(*low)}, upper end {span(*high)}{unit}"
    slips = [Line(f"{span(one['low'], one['high'])}{unit}", one["why"]) for one in key["mistakes"]]
    ends = [Line("less", key["below"]), Line("more", key["above"])]
    return Key((Line(right, key["why"]),), (*slips, *ends))


def span(low: float, high: float) -> str:
    """A number in words of digits, or the two that one has to lie between."""
    one, other = (f"{end:,.10g}" if abs(end) >= 10_000 else f"{end:.10g}" for end in (low, high))
    return one if one == other else f"{one} to {other}"


def _match(key: Json, spec: Json) -> Key:
    named = {one: f"{letter}. {text}" for one, (letter, text) in lettered(spec).items()}
    right, wrong = list[Line](), list[Line]()
    for slot, item in zip(spec["slots"], key["items"], strict=True):
        for one, name in named.items():
            line = Line(name, item["why"][one], slot)
            (right if one in item["right"] else wrong).append(line)
    return Key(tuple(right), tuple(wrong))


def _selection(key: Json, _spec: Json) -> Key:
    return Key((), (), tuple(one["good"] for one in key["rules"]))


_KINDS = {
    "choice": _choice,
    "select_all": _select_all,
    "number": _number,
    "match": _match,
    "selection": _selection,
}


# -- in HTML ---------------------------------------------------------------------------------------
def markup(key: Key) -> str:
    """A key as HTML: the right answers with their reasons, then the others with theirs."""
    if key.rules:
        return f"<p>{ANY}</p>{_list(escaped(one) for one in key.rules)}"
    parts = [f"<p><strong>{RIGHT}</strong></p>{_lines(key.right)}"]
    if key.wrong:
        parts.append(f"<p><strong>{WRONG}</strong></p>{_lines(key.wrong)}")
    return "".join(parts)


def _lines(lines: Sequence[Line]) -> str:
    """Answers with their reasons; those to the items of a match, item by item."""
    if not any(line.of for line in lines):
        return _list(map(_line, lines))
    items = dict.fromkeys(line.of for line in lines)
    return _list(
        f"{escaped(item)}{_list(_line(line) for line in lines if line.of == item)}"
        for item in items
    )


def _line(line: Line) -> str:
    return f"<em>{escaped(line.answer)}</em>: {escaped(line.why)}"


def _list(items: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>"


def cells(notebook_cells: Iterable[Cell]) -> list[Cell]:
    """The cells of a lesson with a cell behind each check that tells its key.

    It carries the tag of solutions, so that no student edition has it.
    """
    found: list[Cell] = []
    for cell in notebook_cells:
        found.append(cell)
        calls = words.CALL.findall(cell.source) if cell.cell_type == "code" else []
        for kind, number, name in calls:
            if kind in ("check", "come_back"):
                shown = markup(of(getattr(lesson, kind)(f"{number}.{name}")))
                found.append(told(shown, f"{cell['id']}-key-{name}"))
    return found


def told(shown: str, name: str) -> Cell:
    """A cell that shows this HTML to instructors alone; ``name`` is its id."""
    html = f'<div class="face lesson lesson-key">{shown}</div>'
    output = nbformat.v4.new_output("display_data", {"text/html": html})
    return nbformat.v4.new_code_cell(
        "", id=name[:64], outputs=[output], metadata={"tags": ["hide-input", TAG]}
    )
