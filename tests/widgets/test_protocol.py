"""What goes over the wire has the same fields on both sides, of the same types."""

from __future__ import annotations

import functools
import importlib
import inspect
import pkgutil
import re
import types
import typing
from pathlib import Path
from typing import Any, NotRequired

import pytest

import upheaval.widgets
from upheaval import protocol

WIDGETS = Path(upheaval.widgets.__file__).parent
PROTOCOL = WIDGETS / "core" / "protocol.ts"
NUMBERS = {"int": "number", "float": "number", "str": "string", "bool": "boolean"}

#: What is a part of another interface in TypeScript, and has no name of its own there.
PARTS = {"Link": "Reference", "OptionsPart": "OptionsSpec"}

#: What the base classes add to every spec.
BASE = {"kind", "storageKey"}


def interfaces(text: str) -> dict[str, dict[str, str]]:
    """The fields of every interface of a TypeScript module, optional ones with a "?"."""
    found: dict[str, dict[str, str]] = {}
    pattern = r"^export interface (\w+)(?: extends (\w+))? \{\n(.*?)^\}"
    for name, base, body in re.findall(pattern, text, re.MULTILINE | re.DOTALL):
        fields = re.findall(r"^  (\w+\??): ([^;{]*(?:\{[^}]*\}[^;]*)?);", body, re.MULTILINE)
        own = {field: " ".join(kind.split()) for field, kind in fields}
        found[name] = {**found.get(base, {}), **own}
    return found


#: Types whose names stay: words of few letters, and a part of another type.
NAMED = {"Mark", "Level", "Link"}


@functools.cache
def aliases(text: str) -> dict[str, str]:
    """The types that a TypeScript module names, and what they are."""
    found = re.findall(r"^export type (\w+) = ([^;]*);", text, re.MULTILINE)
    return {name: kind for name, kind in found if name not in NAMED}


def expanded(kind: str, text: str) -> str:
    """A type with those that the module `text` names written out, each tuple without labels."""
    known = aliases(text)

    def written(match: re.Match[str]) -> str:
        inner = expanded(known[match[1]], text)
        return f"({inner}){match[2]}" if " | " in inner and match[2] else inner + match[2]

    if known:
        kind = re.sub(rf"\b({'|'.join(known)})\b((?:\[\])?)", written, kind)
    kind = re.sub(r"\b\w+: (?=[\w\[\]]+(?:,|\]))", "", " ".join(kind.split()))
    return re.sub(r",? \]", "]", kind.replace("[ ", "["))


def declared() -> str:
    """All modules in which interfaces may stand: the protocol, and a widget's own folders. What an
    interface extends stands before it.
    """
    own = [*sorted(WIDGETS.glob("*/*.ts")), *sorted(WIDGETS.glob("*/*/*.ts"))]
    modules = [PROTOCOL, *(path for path in own if path != PROTOCOL)]
    return "\n".join(path.read_text(encoding="utf-8") for path in modules)


def typed_dicts() -> dict[str, type]:
    """Every TypedDict of the package's widgets and of what a chart is, by name."""
    names = [protocol.__name__]
    for one in pkgutil.walk_packages(upheaval.widgets.__path__, "upheaval.widgets."):
        names.append(one.name)
    found: dict[str, type] = {}
    for name in names:
        for one in vars(importlib.import_module(name)).values():
            if typing.is_typeddict(one) and one.__module__ == name:
                found[one.__name__] = one
    return found


def spelled(kind: Any) -> str:
    """A Python type as TypeScript spells it."""
    origin, inside = typing.get_origin(kind), typing.get_args(kind)
    if kind is Any:
        return "unknown"
    if kind in (None, type(None)):
        return "null"
    if origin is typing.Literal:
        return " | ".join(f'"{one}"' for one in inside)
    if origin in (typing.Union, types.UnionType):
        return " | ".join(dict.fromkeys(map(spelled, inside)))
    if origin is list:
        one, several = spelled(inside[0]), (typing.Union, types.UnionType, typing.Literal)
        return f"({one})[]" if typing.get_origin(inside[0]) in several else f"{one}[]"
    if origin is tuple:
        return f"[{', '.join(map(spelled, inside))}]"
    if origin is dict:
        return f"Record<string, {spelled(inside[1])}>"
    return NUMBERS.get(kind.__name__, kind.__name__)


#: Words of few letters that Python's types take as text; `validate` of their widget knows them.
WORDS = re.compile(r"\b(?:Mark|Level)\b")
#: What stands in Python more loosely, since only the front end looks into it.
LOOSE = {
    "Figure.data": "Trace[]",
    "Figure.layout": "Layout",
    "Mobile.layout?": "Layout",
    "Payload.legend": "[sign: string, text: string][]",
    "RowRules.columns": "Record<string, (FilterCell | [string, string])[]>",
    "RowRules.templates": "{ title: Templates; description: Templates }",
    "RowFilters.columns": "Record<string, (FilterCell | [string, string])[]>",
    "RowFilters.templates": "{ title: Templates; description: Templates }",
    "PromptSpec.fields?": "{ name: string; label: string }[]",
    "Control.rule?": 'Filter["rule"]',
    "SelectionKey.columns": "Record<string, Record<string, Looked>>",
    "SelectionKey.rules": "SelectionRule[]",
    "MemoRules.least": (
        "{ cited: number; kinds: number; counter: number; flashpoint: number; words: number }"
    ),
    "MemoRules.most": "{ words: number }",
    "MatrixSpec.nouns": "{ row: string; column: string }",
    "KeptMatrix.weights": ('Record<string, Partial<Record<"credibility" | "relevance", string>>>'),
}


def fields_of(one: type) -> dict[str, str]:
    """The fields of a TypedDict as TypeScript spells them."""
    hints = typing.get_type_hints(one, include_extras=True)
    found = {}
    for name, kind in hints.items():
        optional = typing.get_origin(kind) is NotRequired
        label = f"{name}?" if optional else name
        inner = typing.get_args(kind)[0] if optional else kind
        found[label] = LOOSE.get(f"{one.__name__}.{label}", spelled(inner))
    return found


def flat(kinds: dict[str, str], text: str) -> dict[str, str]:
    """Types written out, without words of few letters and without what all specs have."""
    return {
        field: WORDS.sub("string", expanded(kind, text))
        for field, kind in kinds.items()
        if field not in BASE
    }


SIDES = sorted(set(typed_dicts()))


@pytest.mark.parametrize("name", SIDES)
def test_both_sides_have_the_same_fields(name: str) -> None:
    text = declared()
    theirs = interfaces(text)
    if name in PARTS:
        whole = theirs[PARTS[name]]
        theirs[name] = {field: whole[field] for field in fields_of(typed_dicts()[name])}
    assert name in theirs, f"there is no interface {name}"
    assert flat(theirs[name], text) == flat(fields_of(typed_dicts()[name]), text)


def test_what_a_reader_is_told_and_keeps_has_types() -> None:
    specs = {name for name in interfaces(declared()) if name.endswith("Spec")}
    kept = {"KeptCoding", "KeptForecasts", "KeptMatrix", "KeptMemo", "KeptWeights"}
    assert {"Payload", "Control", "Attempt", "Finding", *specs, *kept} <= set(SIDES)
    assert inspect.getdoc(typed_dicts()["Payload"])


def test_a_difference_would_be_found() -> None:
    text = "export interface Odd {\n  name?: string;\n  rows: (string | null)[];\n}\n"
    assert interfaces(text) == {"Odd": {"name?": "string", "rows": "(string | null)[]"}}
    assert spelled(list[str | None]) == "(string | null)[]"
    row = "export type Row = [\n  id: string,\n  at: number[],\n];\n"
    names = f"export type Cell = string | null;\n{row}"
    assert expanded("Record<string, Cell[][]>", names) == "Record<string, (string | null)[][]>"
    assert expanded("Row[]", names) == spelled(list[tuple[str, list[int]]])
    assert spelled(dict[str, tuple[str, int]]) == "Record<string, [string, number]>"
