"""Where a widget is shown decides what it gives: a widget view, an element of a page, or a page's
whole runtime.
"""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from upheaval.widgets import Check, Explorer, Option, Predict, face, front

VIEW = "application/vnd.jupyter.widget-view+json"
EVIL = '<script>alert(1)</script> "quoted" & <img src=x onerror=alert(1)>'


class Plain:
    def payload(self) -> dict[str, Any]:
        return {
            "title": EVIL,
            "description": EVIL,
            "table": {"columns": [EVIL], "rows": [[EVIL]]},
            "references": [],
        }

    def standalone(self) -> dict[str, Any]:
        return {"data": [], "layout": {}}


def explorer() -> Explorer:
    return Explorer(Plain, name="plain")


def check() -> Check:
    return Check.choice(
        "99.x", EVIL, [Option("a" + EVIL, "why", right=True), Option("b", "why not")]
    )


@pytest.fixture(autouse=True)
def nothing_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(face, "_sent", set())
    monkeypatch.delenv("FACE_MODE", raising=False)


def test_the_mode_is_wished_or_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(face, "_exporting", lambda: False)
    assert face.mode() == "live"
    monkeypatch.setattr(face, "_exporting", lambda: True)
    assert face.mode() == "inline"
    monkeypatch.setenv("FACE_MODE", "page")
    assert face.mode() == "page"
    monkeypatch.setenv("FACE_MODE", "paper")
    with pytest.raises(
        ValueError, match="FACE_MODE is 'paper'; it may be live, page, inline, or unset"
    ):
        face.mode()


def test_live_it_is_a_widget_view_with_plotly_for_a_notebook_reopened(live_mode: None) -> None:
    bundle = explorer()._repr_mimebundle_()
    assert set(bundle) == {VIEW, face.PLOTLY, "text/plain"}
    assert set(check()._repr_mimebundle_()) == {VIEW, "text/plain"}
    assert bundle["text/plain"] == f"{EVIL}\n{EVIL}"


def test_live_plotly_is_sent_once_a_kernel(live_mode: None) -> None:
    one, other = explorer(), explorer()
    assert one.library is other.library is not None and check().library is None


def test_in_a_page_it_is_an_element_and_no_comm_is_opened(page_mode: None) -> None:
    one = explorer()
    assert one.comm is None and one.library is None
    bundle = one._repr_mimebundle_()
    assert set(bundle) == {"text/html", "text/plain"}
    assert bundle["text/html"].startswith('<div class="face" data-draws="" data-face="explorer">')
    assert front.script() not in bundle["text/html"]


def test_inline_the_first_output_brings_the_runtime_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FACE_MODE", "inline")
    first, second, third = (
        one()._repr_mimebundle_()["text/html"] for one in (check, explorer, explorer)
    )
    assert front.script() in first and front.style() in first and "plotly.js v" not in first
    assert "plotly.js v" in second and front.script() not in second, (
        "plotly comes with the first chart"
    )
    assert "plotly.js v" not in third and "<style>" not in third
    assert first.index("data-face") < first.index(front.script()), (
        "the script starts what stands before it"
    )


@pytest.mark.parametrize("make", [explorer, check, lambda: Predict("99.p", EVIL, [EVIL])])
def test_text_in_the_data_stays_text(make: Any, page_mode: None, work_folder: Path) -> None:
    page = make().to_html()
    data = re.search(r'<script type="application/json">(.*?)</script></div>$', page, re.DOTALL)
    assert data and json.loads(data[1])["spec"] == make().spec
    rest = page.replace(data[0], "")
    assert set(re.findall(r"<(\w+)", rest)) <= {"div", "p"} and page.count("<script") == 1
    assert EVIL in html.unescape(rest)


def test_the_runtime_is_a_script_that_may_stand_in_a_page() -> None:
    for text in (front.script(), front.source(), front.module()):
        assert "</script" not in text and not re.search(r"^import ", text, re.MULTILINE)
    assert front.module().count("export ") == 1 and "export" not in re.findall(
        r"^\w+", front.script(), re.MULTILINE
    )
    assert "</style" not in front.style()
    assert sorted(path.name for path in front.FOLDER.glob("*.js")) == sorted(front.files())


def test_a_page_carries_only_the_kinds_it_shows() -> None:
    markup = ['<div data-face="note">', "<p>", '<div data-face="check"> <div data-face="note">']
    assert front.shown_in(markup) == ["check", "note"]
    assert "FACES.check" in front.script("check") and "FACES.explorer" not in front.script("check")
    assert all(f"FACES.{kind} = " in front.script() for kind in front.kinds())
    order = front.files("explorer")
    assert order[-1] == front.START and order.index("dom.js") < order.index(
        "rows.js"
    ) < order.index("explorer.js")
    assert {"check", "explorer", "note", "work"} <= set(front.kinds())


def test_names_at_the_top_of_the_joined_files_are_unique() -> None:
    files = "".join((front.FOLDER / name).read_text(encoding="utf-8") for name in front.files())
    names = re.findall(
        r"^(?:export )?(?:async )?(?:function\*? |const |let |class )(\w+)", files, re.MULTILINE
    )
    assert len(names) > 100
    assert [name for name, count in Counter(names).items() if count > 1] == []


def test_the_runtime_knows_no_way_to_run_text() -> None:
    """Text enters a page as text only: no markup is parsed, no code is made of text, nothing is
    fetched.
    """
    for way in (
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "new Function",
        "fetch(",
        "XMLHttpRequest",
        "DOMParser",
        'setTimeout("',
        "srcdoc",
    ):
        assert way not in front.source(), way
    assert not re.findall(r"url\((?!['\"]?data:)|@import", front.style())


def test_a_page_is_the_same_every_time(page_mode: None) -> None:
    assert explorer().to_html() == explorer().to_html() and check().to_html() == check().to_html()
