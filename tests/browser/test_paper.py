"""Handouts on paper: their sheets counted, and a page printed as it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Browser, Page

from browser.drive import Tab, violations
from lessons import Lesson, every
from tiers import few
from upheaval.publish import answers, paper
from upheaval.publish.paper import handout

each_lesson = pytest.mark.parametrize("one", few(every(), 2), ids=repr)
#: A page of a PDF; the tree of its pages has another type.
_PAGE = re.compile(rb"/Type\s*/Page\b(?!s)")


def pages(pdf: bytes) -> int:
    return len(_PAGE.findall(pdf))


@pytest.fixture(scope="module")
def sheet(browser: Browser) -> Iterator[Page]:
    """A tab of its own: what is opened in it is no lesson."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


#: Points of the smallest label of each drawing, as large as it stands on its sheet.
LABELS = """() => [...document.querySelectorAll('[data-drawing] img')].map((one) => {
  const text = decodeURIComponent(one.src.slice(one.src.indexOf(',') + 1));
  const drawn = new DOMParser().parseFromString(text, 'image/svg+xml');
  const sizes = [...drawn.querySelectorAll('text')].filter((each) => each.textContent.trim())
    .map((each) => parseFloat(each.style.fontSize));
  const { width, height } = one.getBoundingClientRect();
  const scale = Math.min(width / one.getAttribute('width'), height / one.getAttribute('height'));
  return Math.min(...sizes) * scale * 72 / 96;
})"""
#: A label that is smaller than that in points is hard to read on a sheet.
SMALLEST_LABEL = 5.4


@each_lesson
def test_the_core_of_a_lesson_has_room_on_four_sheets_and_its_answers_on_two_pages(
    one: Lesson, sheet: Page, tmp_path: Path, page_mode: None
) -> None:
    told = handout.of(nbformat.read(one.path, as_version=4))
    for size in paper.SIZES:
        opened(sheet, tmp_path / f"{size}.html", told, size)
        assert sheet.locator("[data-drawing] p").count() == 0, "every chart is drawn"
        assert sheet.locator("[data-drawing]:not(:has(img))").count() == 0
        assert all(label >= SMALLEST_LABEL for label in labels(sheet, size)), size
        if size == "a4":
            assert violations(sheet) == []
        whole = pages(sheet.pdf(prefer_css_page_size=True))
        sheet.evaluate("() => document.querySelector('.paper-answers').remove()")
        front = pages(sheet.pdf(prefer_css_page_size=True))
        assert front <= paper.SHEETS, size
        assert 1 <= whole - front <= paper.PAGES_OF_ANSWERS, size


@each_lesson
def test_a_handout_on_a_phone_has_room_across(
    one: Lesson, browser: Browser, tmp_path: Path, page_mode: None
) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 700})
    page = context.new_page()
    opened(page, tmp_path / "phone.html", handout.of(nbformat.read(one.path, as_version=4)))
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert violations(page) == []
    context.close()


def labels(sheet: Page, size: str) -> list[float]:
    """The smallest label of each drawing, with the sheet between its margins as the window."""
    sheet.set_viewport_size({"width": {"a4": 718, "letter": 740}[size], "height": 1000})
    sheet.emulate_media(media="print")
    found: list[float] = sheet.evaluate(LABELS)
    sheet.emulate_media(media="null")
    return found


def opened(sheet: Page, file: Path, told: handout.Handout, size: str = "a4") -> None:
    """Opens a handout, with all its charts drawn."""
    file.write_text(paper.render(told, size), encoding="utf-8")
    sheet.goto(file.as_uri())
    if sheet.locator("[data-drawing]").count():
        sheet.wait_for_selector("[data-drawn]", state="attached")


def test_a_chart_on_paper_has_no_colour(sheet: Page, tmp_path: Path, page_mode: None) -> None:
    told = handout.of(nbformat.read(every()[2].path, as_version=4))
    opened(sheet, tmp_path / "handout.html", told)
    drawn = sheet.evaluate(
        "() => decodeURIComponent(document.querySelector('[data-drawing] img').src)"
    )
    tones = [set(one) for one in re.findall(r"rgba?\((\d+), (\d+), (\d+)", drawn)]
    assert tones and all(len(one) == 1 for one in tones)


def test_the_command_prints_a_pdf(tmp_path: Path) -> None:
    written = paper.build(every()[0].path, tmp_path)
    assert written.pdf and written.pdf.read_bytes().startswith(b"%PDF")
    assert 1 < pages(written.pdf.read_bytes()) <= paper.SHEETS + paper.PAGES_OF_ANSWERS


def test_an_ordinary_page_prints_its_options_and_keeps_hints_for_the_end(
    tab: Tab, built: Callable[..., Path]
) -> None:
    one = every()[2]
    with tab.opened(built(one.path, "student")) as page:
        page.wait_for_selector("[data-face=prompts][data-started]")
        page.emulate_media(media="print")
        page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
        task = page.locator(".face-check", has=page.locator(".face-slot select"))
        options = task.locator(".face-lettered li")
        assert options.count() > 26 and options.nth(26).inner_text().startswith("AA ")
        assert not task.locator("select").first.is_visible(), "a line stands in its place"
        assert page.locator(".face.lesson > details[open] dl").first.is_visible(), "words are open"
        assert not page.locator(".face-check details:visible, .face-was:visible").count()
        last = page.locator(".face-last")
        assert last.is_visible() and "Start from the end" in last.inner_text()
        assert "days later" in last.inner_text()
        page.evaluate("() => dispatchEvent(new Event('afterprint'))")
        page.emulate_media(media="null")
        assert page.locator(".face-last, .face-lettered").count() == 0
        assert page.locator(".face.lesson > details[open] dl").count() == 0


def test_a_jump_to_a_heading_leaves_a_chart_as_it_is(tab: Tab, built: Callable[..., Path]) -> None:
    with tab.opened(built(every()[2].path, "student")) as page:
        period = page.locator("[data-face=explorer] select").first
        period.select_option(index=1)
        chosen = page.locator(".face-title").first.inner_text()
        page.locator(".page-contents summary").click()
        page.locator(".page-contents a", has_text="Talk").click()
        assert page.evaluate("() => location.hash") == "#talk"
        assert page.locator("#talk").is_visible()
        page.wait_for_timeout(100)
        assert page.locator(".face-title").first.inner_text() == chosen


@pytest.mark.slow
def test_the_answers_to_all_lessons_print_in_two_columns_and_have_no_fault_of_access(
    sheet: Page, tmp_path: Path
) -> None:
    """Printed as wide as on a screen they filled twice as many sheets."""
    sheet.goto(answers.build(tmp_path / "answers.html").as_uri())
    assert violations(sheet) == []
    columns = "(all) => [...new Set(all.map((one) => getComputedStyle(one).columnCount))]"
    assert sheet.locator(".lesson-key").evaluate_all(columns) == ["auto"]
    sheet.emulate_media(media="print")
    assert sheet.locator(".lesson-key").evaluate_all(columns) == ["2"]
    sheet.emulate_media(media="null")
