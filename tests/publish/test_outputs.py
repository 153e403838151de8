"""What a page shows of its outputs: what its charts share stands in it once."""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any

import nbformat
import pytest

from upheaval.publish import outputs
from upheaval.widgets.core.pack import pack, script_json, unpack

ROWS = [
    [hashlib.sha256(b"%d" % number).hexdigest() + " is in both charts", number]
    for number in range(40)
]
DATA = re.compile(r'<script type="application/json">(.*?)</script>')


def face(kind: str, name: str, states: dict[str, Any]) -> str:
    """A widget as `BaseWidget.to_html` writes it."""
    data = {"spec": {"kind": kind, "name": name}, "packed": pack(states)}
    return (
        f'<div class="face" data-draws="" data-face="{kind}"><p>words \\1</p><script'
        f' type="application/json">{script_json(data)}</script></div>'
    )


FIRST = {"0": {"title": "</script>", "rows": ROWS}, "1": {"title": "b", "rows": ROWS[:20]}}
SECOND = {"": {"title": "c", "rows": ROWS}}


def test_charts_of_a_page_are_packed_in_its_first_and_lose_nothing() -> None:
    given = ["<p>a table</p>", face("explorer", "one", FIRST), face("explorer", "two", SECOND)]
    made = outputs.together(given)
    first, second = (json.loads(one) for text in made for one in DATA.findall(text))
    assert (first["chart"], second["chart"]) == (0, 1) and "packed" not in second
    assert unpack(first["packed"]) == {"0": FIRST, "1": SECOND}
    assert [one["spec"]["name"] for one in (first, second)] == ["one", "two"]
    assert made[0] == given[0] and made[2].startswith(given[2].partition("<script")[0])
    assert len("".join(made)) < 0.7 * len("".join(given)), "what they share stands there once"


def test_large_parts_of_another_face_are_packed_with_the_charts() -> None:
    memo = face("memo", "memo", {"rows": ROWS}).replace('"packed"', '"large"')
    check = face("check", "check", {}).replace(',"packed":"', ',"answerKey":"')
    given = [memo, check, face("explorer", "one", FIRST)]
    made = outputs.together(given)
    first, _, chart = (json.loads(one) for text in made for one in DATA.findall(text))
    assert first["shared"] == 0 and "large" not in first and made[1] == check
    assert chart["chart"] == 1 and unpack(chart["packed"]) == {"0": {"rows": ROWS}, "1": FIRST}
    assert len("".join(made)) < 0.7 * len("".join(given))
    assert outputs.together([memo, memo]) == [memo, memo], "without a chart nothing carries them"


def test_two_charts_in_one_output_are_two() -> None:
    made = outputs.together([face("explorer", "one", FIRST) + face("explorer", "two", SECOND)])
    assert [json.loads(one)["chart"] for one in DATA.findall(made[0])] == [0, 1]


@pytest.mark.parametrize("alone", [[], ["<p>x</p>"], [face("explorer", "one", FIRST)]])
def test_one_chart_alone_stays_as_it_is(alone: list[str]) -> None:
    other = face("check", "check", {}).replace(',"packed":"', ',"answerKey":"')
    assert outputs.together([*alone, other]) == [*alone, other], "and what is no chart"


def test_cells_get_their_outputs_in_their_places() -> None:
    def cell(*shown: str) -> Any:
        made = [nbformat.v4.new_output("display_data", {"text/html": one}) for one in shown]
        return nbformat.v4.new_code_cell(outputs=[*made, nbformat.v4.new_output("stream")])

    cells = [
        nbformat.v4.new_markdown_cell("# Words"),
        cell("<p>x</p>", face("explorer", "one", FIRST)),
        cell(face("explorer", "two", SECOND)),
    ]
    outputs.charts_together(cells)
    assert cells[1].outputs[0].data["text/html"] == "<p>x</p>"
    assert '"chart":0' in cells[1].outputs[1].data["text/html"]
    assert '"chart":1' in cells[2].outputs[0].data["text/html"]
