"""What came of a prediction, sentences and tables of words, and the hood, as a reader sees them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from browser.drive import alone, keep_work, painted, widget_page
from upheaval.charts import timeline
from upheaval.facts import tables
from upheaval.lessons import blocks
from upheaval.publish import page as publisher
from upheaval.widgets import Explorer, Outcome, Predict, RecallPrediction

OPTIONS = ["Soon", "Later", "Never"]
CAME = Outcome(["It came in May.", "Nobody had said so."], OPTIONS, ["Later"])
#: Widths of a small phone, a phone and a laptop.
WIDTHS = [320, 390, 1280]


def two(folder: Path, outcome: Outcome) -> Path:
    return widget_page(
        folder / "card.html",
        Predict("99.predict", "When?", OPTIONS),
        RecallPrediction("99.predict", "Why did you think so?", outcome),
    )


@pytest.fixture
def page(browser: Browser, tmp_path: Path, page_mode: None) -> Iterator[Page]:
    with alone(browser, two(tmp_path, CAME)) as one:
        yield one


def test_a_prediction_stands_beside_what_came_and_is_compared_with_it(page: Page) -> None:
    card = page.locator(".face-card")
    said, was, verdict = (
        card.locator(one) for one in (".face-said", ".face-was", ".face-compared")
    )
    expect(said).to_have_text("You saidYou made no prediction at the start of this lesson.")
    expect(was).to_have_text("It wasIt came in May.Nobody had said so.")
    expect(verdict).to_be_hidden()
    page.get_by_label("Later").check()
    expect(said).to_have_text("You said“Later”")
    expect(verdict).to_have_text("This is what you said.")
    page.get_by_label("Soon").check()
    expect(verdict).to_have_text("You said something else.")
    expect(card).to_contain_text("Why did you think so?")
    page.reload()
    painted(page)
    expect(verdict).to_have_text("You said something else.")


def test_what_is_no_option_any_more_is_shown_and_not_judged(page: Page) -> None:
    keep_work(page, {"99.predict": "In the spring"})
    page.reload()
    painted(page)
    expect(page.locator(".face-said")).to_have_text("You said“In the spring”")
    expect(page.locator(".face-compared")).to_be_hidden()


@pytest.mark.parametrize("width", WIDTHS)
def test_the_halves_stand_side_by_side_or_below_one_another(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    said, was = (page.locator(one).bounding_box() for one in (".face-said", ".face-was"))
    assert said and was
    if width < 600:
        assert was["y"] >= said["y"] + said["height"]
    else:
        assert was["y"] == said["y"] and was["x"] >= said["x"] + said["width"]
    assert_nothing_cut(page.locator(".face-card"))


def test_an_answer_that_gives_others_away_is_folded(
    browser: Browser, tmp_path: Path, page_mode: None
) -> None:
    folded = Outcome(CAME.text, OPTIONS, ["Later"], folded="Open it when you are done")
    with alone(browser, two(tmp_path, folded)) as page:
        page.get_by_label("Later").check()
        expect(page.locator(".face-said")).to_have_text("You said“Later”")
        expect(page.locator(".face-was")).to_be_hidden()
        expect(page.locator(".face-compared")).to_be_hidden()
        page.get_by_text("Open it when you are done").click()
        expect(page.locator(".face-was")).to_contain_text("It came in May.")
        expect(page.locator(".face-compared")).to_have_text("This is what you said.")


def assert_nothing_cut(where: Locator) -> None:
    """Nothing in it is wider than its place, nor is the page wider than the window."""
    cut = where.evaluate(
        """(root) => [root, ...root.querySelectorAll('*'), document.documentElement]
          .filter((one) => one.scrollWidth > one.clientWidth + 1 && one.clientWidth)
          .map((one) => one.outerHTML.slice(0, 80))"""
    )
    assert not cut, cut


LONG = "A sentence that a table says, with a word as long as Gesamtverteidigungsbereitschaft in it."


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("media", ["screen", "print"])
def test_sentences_and_tables_of_words_wrap_at_every_width(
    browser: Browser, tmp_path: Path, width: int, media: str
) -> None:
    rows = [(LONG, [(LONG, "31 May 2022"), LONG, LONG]) for _ in range(2)]
    shown = [
        blocks.paragraphs(LONG * 6, LONG),
        blocks.listed(LONG, [LONG * 3, LONG]),
        blocks.grid(["Biden administration", "Trump campaign", "Second term"], rows),
    ]
    path = page_of(tmp_path, *(one._repr_mimebundle_()["text/html"] for one in shown))
    with alone(browser, path, viewport={"width": width, "height": 900}) as page:
        page.emulate_media(media=media)  # type: ignore[arg-type]
        assert_nothing_cut(page.locator("main"))
        assert page.locator("pre").count() == 0
        cells = [page.get_by_role("cell").nth(at).bounding_box() for at in (1, 2)]
        assert cells[0] and cells[1]
        side_by_side = cells[0]["y"] == cells[1]["y"]
        assert side_by_side == (width == 1280), "cards on a phone, columns where there is room"
        assert abs(cells[0]["width"] - cells[1]["width"]) < 1, "no column is given more room"
        expect(page.locator(".lesson").get_by_role("table")).to_have_count(1)
        expect(page.locator(".lesson").get_by_role("rowheader")).to_have_count(2)


def page_of(folder: Path, *markup: str, hood: str = "") -> Path:
    """A page that shows some HTML; with `hood` also this, under the hood."""
    cells = [nbformat.v4.new_markdown_cell("# 99 · A lesson")]
    for one in markup:
        output = nbformat.v4.new_output("display_data", {"text/html": one})
        folded = {"tags": ["hide-input"]}
        cells.append(nbformat.v4.new_code_cell("", outputs=[output], metadata=folded))
    if hood:
        output = nbformat.v4.new_output("display_data", {"text/html": hood})
        tags = {"tags": ["hood"]}
        heading = "## Look under the hood\n\nChange it."
        cells.append(nbformat.v4.new_markdown_cell(heading, metadata=tags))
        cells.append(nbformat.v4.new_code_cell("draw()", outputs=[output], metadata=tags))
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"upheaval": {"lesson": "99"}})
    path = folder / "page.html"
    path.write_text(publisher.render(notebook, "student"), encoding="utf-8")
    return path


@pytest.mark.parametrize("width", [390, 1280])
def test_the_hood_is_folded_opened_by_keys_and_its_chart_takes_the_room(
    browser: Browser, tmp_path: Path, page_mode: None, width: int
) -> None:
    table = tables.read("events")
    chart = Explorer(lambda: timeline.swimlanes(table), name="timeline").to_html()
    path = page_of(tmp_path, hood=chart)
    # Not as other tests open a page, where the hood lies open from the first.
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(path.as_uri())
    painted(page)
    expect(page.get_by_role("heading", name="Look under the hood")).to_be_visible()
    expect(page.locator(".hood .face-plot")).to_be_hidden()
    expect(page.get_by_text("draw()")).to_be_hidden()
    page.locator(".hood > summary").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("type:")).to_contain_text("python start.py")
    expect(page.get_by_text("draw()")).to_be_visible()
    expect(page.locator(".hood .face-plot")).to_be_visible()
    page.wait_for_function(
        """() => { const box = document.querySelector('.hood .face-plot');
          const drawn = box.querySelector('.main-svg');
          return drawn && Math.abs(drawn.clientWidth - box.clientWidth) < 3; }"""
    )
    assert_nothing_cut(page.locator(".hood .lesson"))
    page.close()
