"""Where a widget is shown decides what it gives: a widget view, an element of a page, or a page's
whole runtime.
"""

from __future__ import annotations

import html
import importlib
import json
import re
from pathlib import Path
from typing import Any

import pytest

from upheaval import bundle, saving
from upheaval.widgets import Check, Explorer, Option, Predict
from upheaval.widgets.core import assets, base

#: Stands in plotly.js and in nothing of ours.
MARK = "plotly.js (basic"
VIEW = "application/vnd.jupyter.widget-view+json"
EVIL = '<script>alert(1)</script> "quoted" & <img src=x onerror=alert(1)>'


class Plain:
    def payload(self) -> dict[str, Any]:
        return {
            "title": EVIL,
            "subtitle": EVIL,
            "description": EVIL,
            "figure": {"data": [], "layout": {}},
            "legend": [],
            "asOf": EVIL,
            "empty": False,
            "table": {"columns": [EVIL], "rows": [[EVIL]]},
            "references": [],
        }


def explorer() -> Explorer:
    return Explorer(Plain, name="plain")


def check() -> Check:
    return Check.choice(
        "99.x",
        EVIL,
        [Option("a" + EVIL, "why", right=True, id="a"), Option("b", "why not", id="b")],
    )


@pytest.fixture(autouse=True)
def nothing_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "_sent", set())
    monkeypatch.delenv("FACE_MODE", raising=False)


def test_the_mode_is_wished_or_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "_exporting", lambda: False)
    assert base.mode() == "live"
    monkeypatch.setattr(base, "_exporting", lambda: True)
    assert base.mode() == "inline"
    monkeypatch.setenv("FACE_MODE", "page")
    assert base.mode() == "page"
    monkeypatch.setenv("FACE_MODE", "paper")
    with pytest.raises(
        ValueError, match="FACE_MODE is “paper”; it may be live, page, inline, or unset"
    ):
        base.mode()


def test_live_it_is_a_widget_view_with_plotly_for_a_notebook_reopened(live_mode: None) -> None:
    bundle = explorer()._repr_mimebundle_()
    assert set(bundle) == {VIEW, saving.PLOTLY, "text/html", "text/plain"}
    assert set(check()._repr_mimebundle_()) == {VIEW, "text/html", "text/plain"}
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
    assert assets.script() not in bundle["text/html"]


def test_inline_the_first_output_brings_the_runtime_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FACE_MODE", "inline")
    first, second, third = (
        one()._repr_mimebundle_()["text/html"] for one in (check, explorer, explorer)
    )
    assert assets.script() in first and assets.style() in first and MARK not in first
    assert MARK in second and assets.script() not in second, "plotly comes with the first chart"
    assert MARK not in third and "<style>" not in third
    assert first.index("data-face") < first.index(assets.script()), (
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
    modules = [assets.module(kind) for kind in bundle.kinds()]
    for text in (
        assets.script(),
        assets.storage_bootstrap(),
        assets.scripts_run(),
        assets.site(),
        assets.plotly(),
        *modules,
    ):
        assert "</script" not in text and "<!--" not in text
    asks = re.compile(r"\bimport\b *[({\"'][^)]*")
    for text in (assets.script(), assets.storage_bootstrap(), *modules):
        assert not asks.search(text), "one file, which asks for no other"
    # What runs Python in a page comes when a reader presses Run, from an address in the page.
    assert re.fullmatch(r"import\(\w+", "".join(asks.findall(assets.site())))
    for text in modules:
        assert re.search(r"export ?\{[^}]*\bas default\b[^}]*\};\s*$", text), "anywidget's render"
    assert not re.search(r"\bexport ?\{", assets.script())
    assert "</style" not in assets.style()


def test_every_kind_of_widget_has_its_face_live_and_in_a_page() -> None:
    for kind in bundle.kinds():  # only what has been imported is known as a subclass
        importlib.import_module(f"upheaval.widgets.{kind}")

    def kinds(one: type[base.BaseWidget]) -> set[str]:
        return {one.face, *(kind for below in one.__subclasses__() for kind in kinds(below))} - {""}

    assert sorted(kinds(base.BaseWidget)) == bundle.kinds()
    page = (bundle.FOLDER / "page.ts").read_text(encoding="utf-8")
    builders = re.search(r"const BUILDERS[^{]*\{(.*?)\};", page, re.DOTALL)
    assert builders and re.findall(r"\w+", builders[1]) == bundle.kinds()


def test_a_page_knows_the_kinds_it_shows_and_carries_their_styles_only() -> None:
    markup = [
        '<div data-face="prompts">',
        "<p>",
        '<div data-face="check"> <div data-face="prompts">',
    ]
    assert assets.kinds_in(markup) == ["check", "prompts"]
    assert ".grid-row" in assets.style("check", "matrix") and ".grid-row" not in assets.style(
        "check"
    )
    assert assets.style("check") in assets.style() and ".face-title" in assets.style("check")


def test_the_runtime_knows_no_way_to_run_text() -> None:
    """Text enters a page as text only: no markup is parsed, no code is made of text, nothing is
    fetched.
    """
    scripts = assets.script() + assets.site()
    assert not re.findall(r"(?<!pre)fetch\(", scripts)
    for way in (
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "new Function",
        "XMLHttpRequest",
        "DOMParser",
        'setTimeout("',
        "srcdoc",
    ):
        assert way not in scripts, way
    assert not re.findall(r"url\((?!['\"]?data:)|@import", assets.style())


def test_a_page_is_the_same_every_time(page_mode: None) -> None:
    assert explorer().to_html() == explorer().to_html() and check().to_html() == check().to_html()
