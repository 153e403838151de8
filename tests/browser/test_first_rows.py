"""A long list shows five rows first: what opens the others, and what never folds them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import plotly.graph_objects as go
import pytest
from playwright.sync_api import Browser, Page, expect

from browser.drive import offline, open_lesson, violations, widget_page
from upheaval.charts.draw import Chart
from upheaval.widgets import Dropdown, Explorer

pytestmark = pytest.mark.browser

THINGS = ["One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight"]


def rows(number: int) -> Chart:
    """So many of eight things, as a list."""
    return Chart(
        go.Figure(go.Scatter(x=[1], y=[1])),
        title=f"{number} things",
        subtitle="",
        description=f"{number} things.",
        table=pd.DataFrame({"Thing": THINGS[:number]}),
        sources=[],
        list_columns={"title": "Thing"},
    )


@pytest.fixture
def page_of(
    tmp_path: Path, browser: Browser, page_mode: None, monkeypatch: pytest.MonkeyPatch
) -> Callable[[int], Page]:
    """A page with the chart of `rows`, so many pixels wide, with the network cut."""
    monkeypatch.setattr(Explorer, "memo_day", "")

    def made(width: int) -> Page:
        numbers = Dropdown([("eight", 8), ("seven", 7), ("five", 5)], "Number")
        path = widget_page(tmp_path / "page.html", Explorer(rows, name="rows", number=numbers))
        page, _ = offline(browser.new_context(viewport={"width": width, "height": 900}))
        open_lesson(page, path)
        return page

    return made


def seen(page: Page) -> list[str]:
    """The rows of the list that take up room."""
    items = page.locator(".face-list > li").all()
    boxes = [(one, one.bounding_box()) for one in items]
    tall = [one for one, box in boxes if box and box["height"] > 5]
    return [one.locator(".face-title").text_content() or "" for one in tall]


@pytest.mark.parametrize("width", [320, 1000])
def test_five_rows_come_first_and_all_on_request(
    page_of: Callable[[int], Page], width: int
) -> None:
    page = page_of(width)
    page.get_by_role("button", name="List (8)").click()
    assert seen(page) == THINGS[:5]
    more = page.get_by_role("button", name="Show all 8")
    expect(more).to_have_attribute("aria-expanded", "false")
    more.focus()
    page.keyboard.press("Enter")
    assert seen(page) == THINGS
    expect(page.locator(".face-list > li").nth(5)).to_be_focused()
    fewer = page.get_by_role("button", name="Show only the first 5")
    expect(fewer).to_have_attribute("aria-expanded", "true")
    fewer.click()
    assert seen(page) == THINGS[:5]
    expect(page.get_by_role("button", name="Show all 8")).to_be_focused()
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width


def test_a_reader_who_wants_all_rows_keeps_them(page_of: Callable[[int], Page]) -> None:
    page = page_of(1000)
    page.get_by_role("button", name="List (8)").click()
    page.get_by_role("button", name="Show all 8").click()
    page.get_by_role("combobox", name="Number").select_option("seven")
    assert seen(page) == THINGS[:7]
    page.get_by_role("combobox", name="Number").select_option("five")
    assert seen(page) == THINGS[:5]
    expect(page.get_by_role("button", name="Show")).to_have_count(0)


def test_a_mark_leads_to_a_row_that_was_folded(page_of: Callable[[int], Page]) -> None:
    page = page_of(1000)
    page.locator(".face-plot").evaluate("(box) => box.emit('plotly_click', {points: [{id: '6'}]})")
    expect(page.locator(".face-list li.face-picked")).to_contain_text("Seven")
    assert seen(page) == THINGS


def test_the_search_of_the_browser_opens_what_is_folded(page_of: Callable[[int], Page]) -> None:
    """Playwright cannot press the browser's search: a fragment of text finds as it does."""
    page = page_of(1000)
    page.get_by_role("button", name="List (8)").click()
    folded = page.locator(".face-list > li").nth(6)
    expect(folded).to_have_attribute("hidden", "until-found")
    folded.evaluate("(row) => { row.id = 'seventh'; location.hash = 'seventh'; }")
    expect(page.get_by_role("button", name="Show only the first 5")).to_be_visible()
    assert seen(page) == THINGS


def test_paper_has_every_row(page_of: Callable[[int], Page]) -> None:
    page = page_of(1000)
    page.get_by_role("button", name="List (8)").click()
    page.emulate_media(media="print")
    assert seen(page) == THINGS
    expect(page.get_by_role("button", name="Show all 8")).to_be_hidden()


def test_a_folded_list_has_no_fault_that_axe_knows(page_of: Callable[[int], Page]) -> None:
    page = page_of(320)
    page.get_by_role("button", name="List (8)").click()
    assert violations(page) == []
