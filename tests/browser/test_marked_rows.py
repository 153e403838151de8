"""Rows that are HTML: read as text, reached by the keyboard, whole on a phone, and on paper."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Browser, Page, expect

from browser.drive import offline, open_lesson, widget_page
from upheaval.charts.draw import (
    Bar,
    Chart,
    Column,
    Dot,
    Group,
    Line,
    Mark,
    Rows,
    scale_to,
    theme,
)
from upheaval.widgets import Explorer

pytestmark = pytest.mark.browser

YES = Mark("circle", "●", theme.BLUE, "very consistent")
NO = Mark("x", "✕", theme.ORANGE, "inconsistent")
LONG = "A thing that is described in so many words that no phone has room for them on one line"
KINDS = [("list", "list"), ("table", "table")]


def things(kind: str) -> Chart:
    """Two rows: as a list with a scale, or under two columns of signs."""
    table = pd.DataFrame({"Thing": [LONG, "Another"], "How much": ["4 to 6", "at least 7"]})
    track = [Bar(4, 6, look="range")], [Bar(7, 8, look="open"), Dot(7, YES)]
    listed = [
        Line(0, LONG, "4 to 6", note="in 2024", sign=NO, track=track[0]),
        Line(1, "Another", "at least 7", sign=YES, track=track[1], units=[(YES, 3), (NO, 1)]),
    ]
    signed = [Line(0, LONG, cells=[YES, None]), Line(1, "Another", cells=[NO, YES])]
    columns = [Column("A", "Money and goods", "3.83"), Column("B", "Technology", "2.12")]
    as_list = Rows([Group("Things", listed)], scale=scale_to(8, "pieces"))
    return Chart(
        None,
        rows=as_list if kind == "list" else Rows([Group("", signed)], columns=columns),
        title="Two things",
        subtitle="What they are",
        description="2 things, described for somebody who cannot see them.",
        table=table,
        sources=[],
        list_columns={"title": "Thing", "body": "How much"},
        legend=[("●", "very consistent"), ("✕", "inconsistent")],
    )


@pytest.fixture
def page_of(tmp_path: Path, browser: Browser) -> Callable[[int], Page]:
    """A page with the two charts of `things`, so many pixels wide, with the network cut."""

    def made(width: int) -> Page:
        path = widget_page(tmp_path / "page.html", Explorer(things, name="things", kind=KINDS))
        page, _ = offline(browser.new_context(viewport={"width": width, "height": 900}))
        open_lesson(page, path)
        return page

    return made


def test_rows_are_text_that_is_seen_heard_and_copied(page_of: Callable[[int], Page]) -> None:
    page = page_of(1000)
    rows = page.locator(".face-rows")
    expect(rows.locator("li")).to_have_count(2)
    expect(page.locator(".face-plot")).to_be_hidden()
    words = rows.locator("li").nth(1).inner_text()
    assert "Another" in words and "at least 7" in words
    heard = rows.locator("li").nth(1).text_content() or ""
    assert "very consistent: 3" in heard and "inconsistent: 1" in heard
    assert page.get_by_role("list", name="Things").count() == 1
    page.evaluate("() => getSelection().selectAllChildren(document.querySelector('.face-rows'))")
    assert LONG in page.evaluate("() => getSelection().toString()")


def test_a_table_of_signs_is_a_table_on_a_phone_too(page_of: Callable[[int], Page]) -> None:
    for width in (1000, 320):
        page = page_of(width)
        page.get_by_role("combobox").select_option("table")
        table = page.get_by_role("table", name="Two things")
        expect(table.get_by_role("row")).to_have_count(3)
        expect(table.get_by_role("columnheader")).to_have_count(2)
        first = table.get_by_role("row").nth(1)
        assert LONG in (first.get_by_role("rowheader").text_content() or "")
        assert "very consistent" in (first.get_by_role("cell").nth(0).text_content() or "")
        assert page.evaluate("() => document.documentElement.scrollWidth") <= width


def test_the_keyboard_leads_from_a_row_to_all_that_is_known_of_it(
    page_of: Callable[[int], Page],
) -> None:
    page = page_of(320)
    page.get_by_role("combobox").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name=f"More on: {LONG}")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("button", name="More on: Another")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".face-list li.face-picked")).to_contain_text("Another")


def test_rows_have_their_picture_on_light_paper_whatever_the_page_looks_like(
    page_of: Callable[[int], Page],
) -> None:
    page = page_of(1000)
    page.emulate_media(color_scheme="dark", forced_colors="active")
    page.get_by_role("button", name="Save and cite").click()
    files = []
    for label in ("Save picture (PNG)", "Save drawing (SVG)"):
        with page.expect_download() as saving:
            page.get_by_role("button", name=label).click()
        files.append(saving.value.path().read_bytes())
    assert files[0].startswith(b"\x89PNG")
    svg = files[1].decode("utf-8")
    assert svg.startswith("<svg") and "foreignObject" not in svg
    assert all(word in svg for word in ("Two things", "Another", "at least 7", "pieces"))
    assert "rgb(29, 95, 150)" in svg, "the blue of light paper"


def test_bars_show_in_forced_colours_and_on_paper(page_of: Callable[[int], Page]) -> None:
    page = page_of(1000)
    bar = page.locator(".face-range")
    for look in ({"forced_colors": "active"}, {"media": "print", "forced_colors": "none"}):
        page.emulate_media(**look)
        box = bar.bounding_box()
        assert box and box["width"] > 100
        assert bar.evaluate("(el) => getComputedStyle(el).borderTopStyle") == "solid"
    expect(page.get_by_role("button", name="More on: Another")).to_be_hidden()
