"""What a page shows of its cells' outputs: valid and readable tables, what charts share once."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from ..widgets.core.pack import pack, script_json, unpack

_STYLE = re.compile(r"<style scoped[^>]*>.*?</style>\s*", re.DOTALL)


def readable(output: str) -> str:
    """HTML of an output without what pandas puts into its tables and no browser knows any more.

    A `scoped` style and a border are left to the page's own style; the corner is no heading, which
    a screen reader would announce; and a wide table can be reached by keyboard, for it scrolls.
    """
    return (
        _STYLE.sub("", output)
        .replace('<table border="1" class="dataframe', '<table class="dataframe')
        .replace("<th></th>", "<td></td>")
        .replace('class="dataframe"', 'class="dataframe" tabindex="0"')
    )


_FACE = re.compile(
    r'(data-face="\w+">.*?<script type="application/json">)(.*?)(</script>)', re.DOTALL
)
#: What of a face's data may be large: the states of a chart, and parts of another face's spec.
STATES, LARGE = "packed", "large"


def together(outputs: Sequence[str]) -> list[str]:
    """HTML of the outputs of one page: what is large in its faces is packed in its first chart.

    Charts of a lesson draw on the same rows, with the same sources and sentences, and its memo
    cites them; a page that has them once is lighter. Each chart has its number in ``chart``, each
    other face in ``shared``, by which ``page_start.ts`` finds it.
    """
    faces = [json.loads(one[2]) for text in outputs for one in _FACE.finditer(text)]
    large = [one for one in faces if STATES in one or LARGE in one]
    if len(large) < 2 or not any(STATES in one for one in large):
        return [*outputs]
    packed = _as_one(tuple(one.get(STATES) or one[LARGE] for one in large))
    numbers, carried = iter(range(len(large))), False

    def numbered(one: re.Match[str]) -> str:
        nonlocal carried
        face = json.loads(one[2])
        if STATES not in face and LARGE not in face:
            return one[0]
        is_chart = STATES in face
        data = {"spec": face["spec"], "chart" if is_chart else "shared": next(numbers)}
        # The first chart starts before all other faces (`startAll`).
        if is_chart and not carried:
            data[STATES], carried = packed, True
        return f"{one[1]}{script_json(data)}{one[3]}"

    return [_FACE.sub(numbered, text) for text in outputs]


@lru_cache(maxsize=32)  # both editions of a lesson have the same charts, or nearly so
def _as_one(packed: tuple[str, ...]) -> str:
    return pack({str(at): unpack(one) for at, one in enumerate(packed)})


def charts_together(cells: Sequence[Any]) -> None:
    """Do `together` to what the cells of an executed notebook show, in their place."""
    shown = [
        output["data"]
        for cell in cells
        for output in cell.get("outputs", [])
        if "text/html" in output.get("data", {})
    ]
    for data, text in zip(shown, together([str(one["text/html"]) for one in shown]), strict=True):
        data["text/html"] = text
