"""*My work* shows the work: every text, lesson by lesson, and on paper nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.drive import PRINTS, again, alone, keep_work, violations, widget_page
from upheaval.lessons import writings
from upheaval.widgets import FreeResponse, Portfolio, Predict
from upheaval.widgets.portfolio import Part

pytestmark = pytest.mark.browser

BASKET = [
    {"id": "a", "kind": "event", "title": "NATO says: units in Kursk", "asOf": "February 2026"}
    | {"status": "disputed", "known": "2024-10-28", "sources": []}
]
#: Something of every kind, some of it hostile, some of it of another lesson.
WORK: dict[str, Any] = {
    "02.predict": "Within a week",
    "02.notice": {"notice": "Shapes change.\n\nAll on <b>one</b> day.", "wonder": " "},
    "02.exit": {"exit": ""},
    "02.delay": {"answer": 10, "right": True, "tries": 1},
    "07.coding": {
        "changes": [
            {"scale": "commitment", "row": "sanctions", "column": "biden", "code": -1}
            | {"reason": "Two firms were spared."}
        ]
    },
    "09.grid": {"marks": {"treaty-signed": {"guarantee": "CC"}}, "left": [], "weights": {}},
    "10.forecast": {"forecasts": {"nk-withdraw": {"percent": 7.5, "reason": "No sign."}}},
    "11.memo": {"fields": {"recommendation": "Hold the line [1]."}, "evidence": BASKET},
    "99.gone": "of an earlier version",
    "evidence": BASKET,
}


@pytest.fixture
def page(browser: Browser, tmp_path: Path, page_mode: None, work_folder: Path) -> Iterator[Page]:
    """A page with two questions of lesson 02, and all that can be written in four lessons."""
    parts = [
        Part(number, f"{number} · Lesson", ("02.delay",) if number == "02" else (), writings=made)
        for number in ("02", "07", "09", "10", "11")
        if (made := writings.of(number))
    ]
    path = widget_page(
        tmp_path / "work.html",
        Predict("02.predict", "When?", ["Within a week", "Later"]),
        FreeResponse("02.exit", "Exit ticket", {"exit": "Why?"}),
        Portfolio("My work", parts),
    )
    with alone(browser, path) as one:
        yield one


def filled(page: Page) -> Any:
    """The face, with `WORK` in it."""
    keep_work(page, WORK)
    again(page)
    return page.locator(".face-portfolio")


def test_every_text_stands_there_lesson_by_lesson(page: Page) -> None:
    work = filled(page)
    expect(work.locator("> fieldset .face-text")).to_contain_text(
        re.compile(r"You have written 6 of \d+ things; 1 of the one check .* 1 piece of evidence")
    )
    shown = work.locator(".face-written > details")
    expect(shown).to_have_count(5)
    expect(shown.nth(0).locator("summary")).to_have_text("02 · Lesson: 2 of 3 written")
    second = shown.nth(0)
    for text in (
        "Within a week",
        "What do you notice?",
        "Shapes change.",
        "All on <b>one</b> day.",
    ):
        expect(second).to_contain_text(text)
    expect(second).not_to_contain_text("wonder")
    for at, text in ((1, "Biden administration"), (1, "−1"), (1, "Two firms were spared.")):
        expect(shown.nth(at)).to_contain_text(text)
    expect(shown.nth(2)).to_contain_text("⊕ very consistent")
    expect(shown.nth(3)).to_contain_text("7.5 %. No sign.")
    expect(shown.nth(4)).to_contain_text(
        "[1] NATO says: units in Kursk (event, disputed, public by"
    )
    expect(work.locator(".face-written")).to_contain_text("1 more thing is kept, of other lessons")
    expect(work.locator(".face-basket")).to_be_visible()
    expect(work.get_by_role("row", name="02 · Lesson")).to_contain_text("✓ 1 of 12 of 3")


def test_what_is_written_now_stands_there_now_and_a_clearing_takes_it_away(page: Page) -> None:
    work = page.locator(".face-portfolio")
    expect(work.get_by_role("button", name="Print what I wrote")).to_be_hidden()
    page.get_by_label("Why?").fill("Because <i>they</i> said so.")
    page.get_by_label("Why?").blur()
    expect(work.locator(".face-written")).to_contain_text("Because <i>they</i> said so.")
    expect(work.get_by_role("button", name="Print what I wrote")).to_be_visible()
    work.get_by_role("button", name="Clear my work here").click()
    work.get_by_role("button", name="are you sure").click()
    expect(work.locator(".face-written")).to_be_empty()
    expect(work.get_by_role("button", name="Print what I wrote")).to_be_hidden()


def test_paper_has_all_of_it_and_nothing_else(page: Page) -> None:
    work = filled(page)
    page.evaluate(PRINTS)
    work.get_by_role("button", name="Print what I wrote").click()
    page.emulate_media(media="print")
    paper = page.locator(".face-paper")
    for text in ("02 · Lesson", "Within a week", "Two firms", "7.5 %", "Hold the line [1]."):
        expect(paper).to_contain_text(text)
    expect(paper).to_contain_text("Your basket of evidence")
    expect(page.locator("main")).to_be_hidden()
    page.evaluate("() => { dispatchEvent(new Event('afterprint')); }")
    expect(paper).to_have_count(0)
    expect(page.locator("main")).to_be_visible()


def test_a_frame_that_may_not_print_says_so_and_keeps_no_paper(page: Page) -> None:
    work = filled(page)
    page.evaluate("() => { window.print = () => {}; }")
    work.get_by_role("button", name="Print what I wrote").click()
    expect(work.locator("> .face-message")).to_contain_text("open this page in a window of its own")
    expect(page.locator(".face-paper")).to_have_count(0)


@pytest.mark.parametrize("width", [320, 1280])
def test_it_fits_and_has_no_fault_that_axe_knows(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    filled(page)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width
    assert violations(page, ".face-portfolio") == []
