"""The site as its readers have it: from disk with the network cut, wide and narrow, light and dark, by keyboard."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from browser.drive import LESSONS, Tab, open_everything, painted, too_wide, violations, wide

pytestmark = pytest.mark.browser

PAGES = [*(f"student/lessons/{one.stem}.html" for one in LESSONS),
         *(f"student/{name}.html" for name in ("index", "glossary", "data", "bibliography", "work", "about",
                                               "accessibility", "cite", "search")),
         f"instructor/lessons/{LESSONS[2].stem}.html", "instructor/index.html", "instructor/teaching/guide.html",
         "instructor/teaching/rubric_memo.html", "instructor/instructor-deploy.html"]


@pytest.mark.parametrize("name", PAGES)
def test_everybody_can_use_every_page(tab: Tab, whole_site: Path, pictures: Path, name: str) -> None:
    with tab.opened(whole_site / name) as page:
        open_everything(page)
        for width, scheme in ((1280, "light"), (1280, "dark"), (320, "dark"), (320, "light")):
            wide(page, width, scheme)
            assert violations(page) == [], (width, scheme)
            if width == 320:
                assert too_wide(page) == []
        page.screenshot(path=pictures / f"site.{name.replace('/', '.')}.320.jpg", quality=80)
        assert page.locator("h1").count() == 1


@pytest.fixture
def lesson(tab: Tab, whole_site: Path) -> Iterator[Page]:
    with tab.opened(whole_site / "student" / "lessons" / f"{LESSONS[2].stem}.html") as page:
        wide(page, 1280)
        yield page


def test_a_lesson_of_the_site_lives_without_a_kernel(lesson: Page) -> None:
    figure = lesson.locator("figure.face-figure").first
    before = figure.locator(".face-title").inner_text()
    box = figure.locator("select").first
    box.select_option(index=1)
    expect(figure.locator(".face-title")).not_to_have_text(before)
    assert "=" in lesson.evaluate("() => location.hash"), "the choice stands in the address"
    after = figure.locator(".face-title").inner_text()
    lesson.reload()
    painted(lesson)
    expect(lesson.locator(".face-title").first).to_have_text(after)
    form = lesson.locator("form.face-check").first
    form.locator("button[type=submit]").click()
    expect(form.locator(".face-verdict")).not_to_be_empty()
    word = lesson.locator("button.term").first
    meaning = lesson.locator(f"#{word.get_attribute('popovertarget')}")
    expect(meaning).to_be_hidden()
    word.focus()
    lesson.keyboard.press("Enter")
    expect(meaning).to_be_visible()
    lesson.keyboard.press("Escape")
    expect(meaning).to_be_hidden()


def test_lists_are_narrowed(tab: Tab, whole_site: Path) -> None:
    with tab.opened(whole_site / "student" / "bibliography.html") as page:
        shown = page.locator("#sources-list > li:not([hidden])")
        where = shown.locator(".where")
        every = shown.count()
        page.get_by_label("Kind").select_option("think-tank")
        assert 0 < shown.count() < every
        assert all("think tank" in text for text in where.all_inner_texts())
        page.get_by_label("Used in").select_option("09")
        assert all(re.search(r"lessons? .*09", text) for text in where.all_inner_texts())
        page.get_by_label("Words").fill("no such words anywhere")
        expect(page.locator("form.narrow [role=status]")).to_contain_text("None fits")


def test_the_search_finds_words_of_the_lessons_from_disk(tab: Tab, whole_site: Path) -> None:
    with tab.opened(whole_site / "student" / "search.html", "?q=diagnosticity") as page:
        expect(page.locator("#search-results li").first).to_be_visible()
        assert any("09_" in (one.get_attribute("href") or "") for one in page.locator("#search-results li a").all())


def test_answers_travel_from_page_to_page(tab: Tab, whole_site: Path) -> None:
    with tab.opened(whole_site / "student" / "lessons" / f"{LESSONS[2].stem}.html") as page:
        page.locator("form.face-note input[type=radio]").first.check()
        page.goto((whole_site / "student" / "work.html").as_uri())
        expect(page.locator(".face-work")).to_contain_text("in lesson 02")
