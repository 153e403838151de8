"""The sentence that a row rests on: folded under the row, with its page; in files; on paper."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import plotly.graph_objects as go
import pytest
from playwright.sync_api import Browser, Page, expect

from browser.drive import offline, open_lesson, save, widget_page
from upheaval.charts.draw import Chart
from upheaval.facts import excerpts, tables
from upheaval.facts.excerpts import Said
from upheaval.widgets import Explorer

pytestmark = pytest.mark.browser

SOURCE = tables.read("sources")["id"].iloc[0]
#: A sentence, one in another language, none that was read, and a row that no sentence is of.
SAID = {
    "events/plain": Said("They <b>went</b>.", "", SOURCE),
    "events/korean": Said("병력을 보냈다.", "They sent troops.", SOURCE),
    "events/unread": Said(),
}
REFS = [*SAID, ""]


def rows(kind: str) -> Chart:
    """Four rows, with a list or with the table alone."""
    table = pd.DataFrame({"Thing": ["One", "Two", "Three", "Four"]})
    return Chart(
        go.Figure(go.Scatter(x=[1], y=[1])),
        title="Four things",
        subtitle="",
        description="4 things.",
        table=table,
        sources=[],
        refs=REFS,
        list_columns={"title": "Thing"} if kind == "list" else {},
    )


@pytest.fixture
def page_of(
    tmp_path: Path, browser: Browser, page_mode: None, monkeypatch: pytest.MonkeyPatch
) -> Callable[[int], Page]:
    """A page with the chart of `rows`, so many pixels wide, with the network cut."""
    monkeypatch.setattr(excerpts, "said", SAID.get)
    # Lessons set the memo's day for all explorers of the process: these rows are of no memo.
    monkeypatch.setattr(Explorer, "memo_day", "")

    def made(width: int) -> Page:
        kinds = [("list", "list"), ("table", "table")]
        path = widget_page(tmp_path / "page.html", Explorer(rows, name="rows", kind=kinds))
        page, _ = offline(browser.new_context(viewport={"width": width, "height": 900}))
        open_lesson(page, path)
        return page

    return made


def test_under_a_row_of_the_list_stands_its_sentence_folded(
    page_of: Callable[[int], Page],
) -> None:
    page = page_of(320)
    page.get_by_role("button", name="List (4)").click()
    items = page.locator(".face-list > li")
    expect(items.locator("details")).to_have_count(2)
    sentence = items.nth(0).get_by_text("“They <b>went</b>.”")
    expect(sentence).to_be_hidden()
    summary = items.nth(0).locator("summary")
    summary.focus()
    page.keyboard.press("Enter")
    expect(sentence).to_be_visible()
    assert (items.nth(0).get_by_role("link").get_attribute("href") or "").startswith("http")
    items.nth(1).locator("summary").click()
    expect(items.nth(1)).to_contain_text("“병력을 보냈다.”")
    expect(items.nth(1)).to_contain_text("In English, in our words: “They sent troops.”")
    expect(items.nth(2).locator(".face-unread")).to_have_text("No sentence was read for this row.")
    expect(items.nth(3)).to_have_text("FourKeep")
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 320
    box = summary.bounding_box()
    assert box and box["height"] >= 24, "large enough for a finger"


def test_a_chart_without_a_list_has_the_sentences_in_its_table(
    page_of: Callable[[int], Page],
) -> None:
    page = page_of(1000)
    page.get_by_role("button", name="Table (4)").click()
    expect(page.get_by_role("columnheader")).to_have_text(["Thing"])
    page.get_by_role("combobox").select_option("table")
    heads = ["Thing", "What the source says"]
    expect(page.get_by_role("columnheader")).to_have_text(heads)
    cells = page.locator("tbody tr").nth(0).locator("td").last
    cells.locator("summary").click()
    expect(cells).to_contain_text("“They <b>went</b>.”")


def test_a_file_of_rows_has_their_sentences(page_of: Callable[[int], Page], tmp_path: Path) -> None:
    page = page_of(1000)
    page.get_by_role("button", name="Save and cite").click()
    text = save(page, "Save these 4 rows (CSV)", tmp_path).read_text(encoding="utf-8-sig")
    read = list(csv.reader(io.StringIO(text, newline="")))
    assert read[0] == ["Thing", "What the source says", "Where it says so"]
    assert read[1][1].startswith("“They <b>went</b>.” (") and read[1][2].startswith("http")
    assert "“병력을 보냈다.” (in English, in our words: “They sent troops.”)" in read[2][1]
    assert read[3][1:] == ["No sentence was read for this row.", ""] and read[4][1:] == ["", ""]


def test_on_paper_every_sentence_is_open(page_of: Callable[[int], Page]) -> None:
    page = page_of(1000)
    page.get_by_role("button", name="List (4)").click()
    sentence = page.get_by_text("“They <b>went</b>.”")
    height = "(el) => el.getBoundingClientRect().height"
    assert not sentence.evaluate(height)
    page.emulate_media(media="print")
    assert sentence.evaluate(height) > 0


def test_what_leads_from_a_mark_to_its_row_opens_its_sentence(
    page_of: Callable[[int], Page],
) -> None:
    page = page_of(1000)
    page.locator(".face-plot").evaluate("(box) => box.emit('plotly_click', {points: [{id: '1'}]})")
    expect(page.locator(".face-list li.face-picked")).to_contain_text("Two")
    expect(page.get_by_text("“병력을 보냈다.”")).to_be_visible()
    expect(page.get_by_text("“They <b>went</b>.”")).to_be_hidden()
