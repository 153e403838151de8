"""YAML as authors write it here: texts, whole numbers, true and false, lists and fields.

All else that YAML makes of a word (``no`` a truth, ``2024-10-23`` a day, ``20:30`` a number) stays
the word that was written. Every value is told with its line.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

Json = Any
#: Where a value stands in a file: the fields and the numbers of list items that lead to it.
Place = tuple[str | int, ...]

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WHOLE = re.compile(r"-?(0|[1-9][0-9]*)")
_TRUTHS = {"true": True, "false": False}
_HELP = "A text that has a colon, a quotation mark or a bracket begins with >- on a line before it."


def read_yaml(text: str) -> tuple[Json, dict[Place, int]]:
    """What stands in ``text``, and the line of each value.

    Raises ``ValueError`` with line and reason where it cannot be read.
    """
    try:
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        line = (error.problem_mark or error.context_mark).line + 1
        raise ValueError(f"line {line}: this cannot be read ({error.problem}). {_HELP}") from None
    except yaml.YAMLError as error:
        raise ValueError(f"this cannot be read ({error}). {_HELP}") from None
    lines: dict[Place, int] = {}
    return _value(node, (), lines), lines


def _value(node: yaml.Node | None, place: Place, lines: dict[Place, int]) -> Json:
    if node is None:
        return None
    lines[place] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        return _fields(node, place, lines)
    if isinstance(node, yaml.SequenceNode):
        return [_value(one, (*place, at), lines) for at, one in enumerate(node.value)]
    text = str(node.value)
    if not node.style:  # neither quoted nor a block
        if not text:
            return None
        if _WHOLE.fullmatch(text):
            return int(text)
        return _TRUTHS.get(text, text)
    return text


def _fields(node: yaml.MappingNode, place: Place, lines: dict[Place, int]) -> dict[str, Json]:
    found: dict[str, Json] = {}
    for key, one in node.value:
        name = str(key.value)
        if name in found:
            line = key.start_mark.line + 1
            raise ValueError(f"line {line}: “{name}” stands here for the second time. Keep one.")
        found[name] = _value(one, (*place, name), lines)
        lines[*place, name] = key.start_mark.line + 1
    return found
