"""How sure a reader is, and questions that come back, in a page from disk with the network cut."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, expect

from browser.drive import again, alone, keep_work, too_wide, violations, wide, widget_page
from upheaval.widgets import Check, Option, Portfolio
from upheaval.widgets.calibration import Calibration
from upheaval.widgets.comeback import ComeBack, Returning
from upheaval.widgets.portfolio import Part

KEPT = """(key) => JSON.parse(localStorage[`my-work/${key}`] ?? 'null')"""


def check(name: str) -> Check:
    options = [Option("Yes", "Yes, it is.", True, "yes"), Option("No", "It is not.", id="no")]
    return Check.choice(name, f"Is {name} right?", options)


def test_how_sure_is_kept_with_the_first_answer_and_shown_in_one_picture(
    browser: Browser, tmp_path: Path, page_mode: None, work_folder: Path
) -> None:
    parts = [Part(number, f"{number} A lesson", (f"{number}.x",)) for number in ("01", "02")]
    work = Portfolio("My work", parts)
    path = widget_page(tmp_path / "sure.html", check("01.x"), Calibration("How sure?"), work)
    with alone(browser, path) as page:
        row = page.get_by_role("radiogroup", name="How sure?")
        expect(page.locator(".face-calibration").first).to_contain_text("Nothing yet.")
        page.get_by_label("No", exact=True).check()
        row.get_by_label("sure").focus()
        page.keyboard.press(" ")
        page.keyboard.press("Enter")
        expect(page.locator(".face-verdict")).to_contain_text("It is not.")
        expect(page.get_by_role("button", name="Check", exact=True)).to_be_focused()
        expect(row).to_be_hidden()
        page.get_by_label("Yes", exact=True).check()
        page.get_by_role("button", name="Check", exact=True).click()
        expect(page.locator(".face-submit-row")).to_contain_text("How sure at first: sure")
        kept = page.evaluate(KEPT, "01.x")
        today = page.evaluate("() => new Date().toLocaleDateString('sv')")
        sure = {"said": "sure", "right": False}
        assert kept == {"answer": "yes", "right": True, "tries": 2, "day": today, "sure": sure}
        for picture in page.locator(".face-calibration").all():
            expect(picture).to_contain_text("0 of 1 right: too few to say")
        more = {f"02.q{at}": kept | {"sure": sure | {"right": at < 5}} for at in range(6)}
        keep_work(page, more)
        again(page)
        for picture in page.locator(".face-calibration").all():
            expect(picture).to_contain_text("5 of 7 right, 71 %")
        wide(page, 320)
        assert too_wide(page) == [] and violations(page) == []


def test_questions_come_back_after_two_days_and_answers_stay_with_their_round(
    browser: Browser, tmp_path: Path, page_mode: None, work_folder: Path
) -> None:
    lessons = [
        Returning(number, f"{number} · A lesson", [check(f"{number}.back-{at}") for at in range(5)])
        for number in ("01", "02")
    ]
    path = widget_page(tmp_path / "back.html", ComeBack("back", "From memory", lessons))
    with alone(browser, path) as page:
        page.clock.set_fixed_time("2026-03-05T12:00:00")
        again(page)
        ask, says = (
            page.get_by_role("button", name="Ask me"),
            page.locator(".face-comeback p.face-text"),
        )
        expect(ask).to_be_disabled()
        expect(says).to_contain_text("Nothing is kept here of any lesson")
        keep_work(page, {"01.x": {"answer": 1, "right": True, "tries": 1, "day": "2026-03-03"}})
        again(page)
        expect(says).to_contain_text("Due today: questions from lesson 01.")
        ask.click()
        expect(page.locator(".comeback-item")).to_have_count(5)
        first = page.locator(".comeback-item").first
        first.get_by_label("No", exact=True).check()
        first.get_by_role("button", name="Check").click()
        expect(first).to_contain_text("It is not.")
        expect(says).to_contain_text("Of the 5 questions below 4 are open.")
        again(page)
        expect(page.locator(".comeback-item").first).to_contain_text("It is not.")
        assert page.evaluate(KEPT, "01.back-0") is None, "what a lesson asked stays as it was"
        page.get_by_text("Which lessons you have done").click()
        page.get_by_label("02 · A lesson").check()
        expect(says).to_contain_text("You have done lessons 01 and 02.")
        ask.click()
        expect(page.locator(".comeback-item")).to_have_count(6)
        expect(page.locator(".face-verdict:not(:empty)")).to_have_count(0)
        assert len(page.evaluate(KEPT, "back")["rounds"]) == 2
        wide(page, 320)
        assert too_wide(page) == [] and violations(page) == []
