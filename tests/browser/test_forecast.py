"""Forecasts in a real browser: written, locked, revealed, scored, saved, pooled; and nothing
readable before.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from browser.drive import LESSONS, Watch, keep_work, kept_work, offline, widget_data
from upheaval import lesson
from upheaval.methods import forecasting
from upheaval.widgets.core import assets
from upheaval.widgets.core.storage import HEAD
from upheaval.widgets.forecast import Base, Forecast, Question

pytestmark = pytest.mark.browser

WORDS = [("hardly", 1, 20), ("perhaps", 20, 80), ("surely", 80, 99)]
SECRET = "It rained cats and dogs."


def questions() -> list[Question]:
    asked = []
    for number, outcome in enumerate([True, False, True, False]):
        base = Base(25.0, "1 of 4.", "Little.") if number % 2 else None
        asked.append(
            Question(
                f"q{number}",
                f"Will <b>{number}</b> rain?",
                "Yes if wet.",
                "1 May 2030",
                "Clouds.",
                [("Sky", "https://example.org/sky"), ("Bad", "javascript:alert(1)")],
                outcome,
                SECRET if number == 0 else f"So it went: {number}.",
                "Because.",
                [("Proof", "https://example.org/proof")],
                base,
            )
        )
    return asked


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page with one set of forecasts, as a page builder would make it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FACE_MODE", "page")
        markup = Forecast(
            "10.rain", "Rain <i>or</i> shine", questions(), WORDS, hints=["Look up."]
        ).to_html()
    text = (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>x</title>'
        f'<style>{assets.style("forecast")}</style><body class="face-page">'
        f"{markup}<script>{assets.script()}</script></body></html>"
    )
    file = tmp_path_factory.mktemp("forecast") / "page.html"
    file.write_text(text, encoding="utf-8")
    return file


@contextmanager
def opened(browser: Browser, path: Path, **options: Any) -> Iterator[tuple[Page, Watch]]:
    context = browser.new_context(viewport={"width": 1000, "height": 900}, **options)
    page, watch = offline(context)
    page.goto(path.as_uri())
    page.locator(".face-forecast").wait_for()
    yield page, watch
    watch.quiet()
    context.close()


def say(page: Page, *percents: str) -> None:
    """Write a percentage into the first cards."""
    for card, percent in zip(page.locator(".forecast-card").all(), percents, strict=False):
        card.locator(".forecast-percent input").fill(percent)
        card.locator(".forecast-percent input").blur()


def lock_and_reveal(page: Page, *percents: str) -> None:
    say(page, *percents)
    page.locator(".forecast-lock").click()
    page.locator(".forecast-reveal").click()
    page.locator(".forecast-score").wait_for()


def rows_of(table: Locator) -> list[list[str]]:
    return [row.locator("td").all_inner_texts() for row in table.locator("tbody tr").all()]


def kept(page: Page) -> Any:
    return kept_work(page).get("10.rain")


# -- from the first number to the score ------------------------------------------------------------
def test_two_tabs_that_forecast_keep_the_numbers_of_both(browser: Browser, path: Path) -> None:
    with opened(browser, path) as (page, _):
        other = page.context.new_page()
        other.goto(page.url)
        reason = page.locator(".forecast-card").nth(1).get_by_label("In a few words")
        reason.press_sequentially("It is cl")  # and the cursor stays
        say(other, "70")
        first = page.locator(".forecast-card").first.locator(".forecast-percent input")
        expect(first).to_have_value("70")
        expect(reason).to_be_focused()
        page.keyboard.type("oudy")
        expect(reason).to_have_value("It is cloudy")
        theirs = other.locator(".forecast-card").nth(1).get_by_label("In a few words")
        expect(theirs).to_have_value("It is cloudy")
        forecasts = kept(page)["forecasts"]
        assert (forecasts["q0"]["percent"], forecasts["q1"]["reason"]) == (70, "It is cloudy")
        other.close()


def test_words_stand_beside_numbers_and_bad_numbers_are_said(browser: Browser, path: Path) -> None:
    with opened(browser, path) as (page, _):
        card = page.locator(".forecast-card").first
        box, word = card.locator(".forecast-percent input"), card.locator(".forecast-word")
        for text, wanted in (
            ("70", "in words: perhaps (20 to 80 %)"),
            ("80", "in words: surely (80 to 99 %)"),
            ("7,5", "in words: hardly (1 to 20 %)"),
            ("٣٠", "in words: perhaps (20 to 80 %)"),
            ("0", "in words: none, that is certainty"),
            ("", ""),
        ):
            box.fill(text)
            expect(word).to_have_text(wanted)
            expect(box).to_have_attribute("aria-invalid", "false")
        for text in (
            "120",
            "-5",
            "60-70",
            "maybe",
            "1/2",
            "<img src=x onerror=alert(1)>",
            "5k",
            "9" * 300,
        ):
            box.fill(text)
            expect(word).to_have_text("Write one number from 0 to 100.")
            expect(box).to_have_attribute("aria-invalid", "true")
        box.blur()
        forecasts = (kept(page) or {"forecasts": {}})["forecasts"]
        assert forecasts == {} or forecasts["q0"]["percent"] is None
        expect(card).to_contain_text("Will <b>0</b> rain?")


def test_nothing_is_revealed_before_the_lock(browser: Browser, path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert SECRET not in source and "example.org/proof" not in source
    with opened(browser, path) as (page, _):
        expect(page.locator(".forecast-reveal")).to_have_count(0)
        page.locator(".forecast-lock").click()
        expect(page.locator(".face-message").last).to_have_text(
            "Give at least one probability before you lock."
        )
        say(page, "70")
        page.locator(".forecast-lock").click()
        expect(page.locator(".forecast-state")).to_contain_text("1 of 4 questions")
        expect(page.locator(".forecast-percent")).to_have_count(0)
        assert SECRET not in page.content()
        assert (
            re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+Z", kept(page)["locked"])
            and kept(page)["revealed"] is None
        )
        page.locator(".forecast-unlock").click()
        expect(page.locator(".forecast-percent input").first).to_have_value("70")
        page.locator(".forecast-lock").click()
        page.locator(".forecast-reveal").click()
        expect(page.locator(".forecast-answer").first).to_contain_text(SECRET)
        expect(page.locator(".forecast-unlock")).to_have_count(0)
        page.reload()
        expect(page.locator(".forecast-answer").first).to_contain_text(SECRET)
        expect(page.locator(".forecast-unlock, .forecast-lock")).to_have_count(0)
        expect(page.locator('a[href^="javascript"]')).to_have_count(0)


def test_scores_are_those_of_the_method(browser: Browser, path: Path) -> None:
    with opened(browser, path) as (page, _):
        page.locator(".forecast-card").nth(2).locator('input[type="checkbox"]').check()
        lock_and_reveal(page, "70", "40", "90")
        # 0.3² and 0.4²; the third was known, the fourth not answered. Base rates: 50 % and 25 %.
        own = forecasting.mean_brier([0.7, 0.4], [True, False])
        base = forecasting.mean_brier([0.5, 0.25], [True, False])
        text = page.locator(".forecast-score")
        expect(text).to_contain_text(f"over 2 questions is {own:.2f}")
        expect(text).to_contain_text("always saying 50 % scores 0.25")
        expect(text).to_contain_text(f"score {base:.2f}")
        expect(text).to_contain_text("1 forecast is left out")
        scores = rows_of(page.locator('[aria-label="Table: Scores"]'))
        assert [row[1:] for row in scores] == [
            ["70 %", "✓ yes", "0.09", "–", "–"],
            ["40 %", "✗ no", "0.16", "25 %", "0.06"],
            ["90 % (known)", "✓ yes", "0.01", "–", "–"],
            ["–", "✗ no", "–", "25 %", "0.06"],
        ]
        groups = rows_of(page.locator('[aria-label="Table: Calibration"]'))
        assert groups == [["40 to 60 %", "1", "40 %", "0 %"], ["60 to 80 %", "1", "70 %", "100 %"]]
        expect(page.locator("svg.forecast-picture")).to_have_attribute(
            "aria-label", re.compile("1 forecast with a mean of 40 %: 0 % came out yes")
        )
        expect(page.locator("svg.forecast-picture circle")).to_have_count(2)


def test_a_set_that_was_all_known_has_no_score(browser: Browser, path: Path) -> None:
    with opened(browser, path) as (page, _):
        page.locator(".forecast-card").first.locator('input[type="checkbox"]').check()
        lock_and_reveal(page, "70")
        expect(page.locator(".forecast-score")).to_contain_text("There is no forecast to score.")
        expect(page.locator("svg.forecast-picture")).to_have_count(0)


def test_another_tab_shows_the_lock(browser: Browser, path: Path) -> None:
    with opened(browser, path) as (page, _):
        other = page.context.new_page()
        other.goto(path.as_uri())
        page.bring_to_front()
        say(page, "70")
        page.wait_for_function("() => localStorage.getItem('my-work/10.rain')?.includes('70')")
        expect(other.locator(".forecast-percent input").first).to_have_value("70")
        page.locator(".forecast-lock").click()
        expect(other.locator(".forecast-state")).to_be_visible()


def test_a_lock_that_this_page_did_not_see_holds(browser: Browser, path: Path) -> None:
    with opened(browser, path) as (page, _):
        say(page, "70")
        # No event tells a page of what it stores itself: as if another tab were faster.
        keep_work(page, {"10.rain": {**kept(page), "locked": "2030-01-01T10:00:00.000Z"}})
        box = page.locator(".forecast-percent input").first
        box.fill("71")
        box.blur()
        expect(page.locator(".face-message").last).to_have_text(
            "Your forecasts are locked. Undo the lock before you change one."
        )
        expect(page.locator(".forecast-state")).to_be_visible()
        assert kept(page)["forecasts"]["q0"]["percent"] == 70


@pytest.mark.parametrize(
    "event",
    [
        "new PageTransitionEvent('pageshow', { persisted: true })",
        "new Event('visibilitychange', { bubbles: true })",
    ],
)
def test_a_page_that_comes_back_reads_again(browser: Browser, path: Path, event: str) -> None:
    with opened(browser, path) as (page, _):
        say(page, "70")
        other = kept(page)
        other["forecasts"]["q0"]["percent"] = 35
        keep_work(page, {"10.rain": other})
        target = "window" if "pageshow" in event else "document"
        page.evaluate(f"() => {target}.dispatchEvent({event})")
        expect(page.locator(".forecast-percent input").first).to_have_value("35")


ODD: list[object] = [
    None,
    3,
    "x",
    [],
    {},
    {"forecasts": 5},
    {"forecasts": {"q0": 3, "q1": None, "zz": {}}, "locked": 7},
    {
        "forecasts": {"q0": {"percent": 400, "reason": 5, "known": "no"}},
        "locked": "not a day",
        "revealed": "later",
    },
]


def test_whatever_a_file_brought_in_is_shown(browser: Browser, path: Path) -> None:
    with opened(browser, path) as (page, _):
        for value in ODD:
            keep_work(page, {"10.rain": value})
            page.reload()
            expect(page.locator(".forecast-card")).to_have_count(4)


# -- files -----------------------------------------------------------------------------------------
def saved(page: Page, label: str) -> tuple[str, str]:
    with page.expect_download() as saving:
        page.locator("button", has_text=label).click()
    return saving.value.suggested_filename, saving.value.path().read_text(encoding="utf-8")


#: The mark of files of forecasts as they were saved until 30 November 2026.
ABOUT = (
    "Forecasts that were locked in a notebook. You may read this file, hand it in, or delete it."
)


def test_own_forecasts_are_saved_and_taken_back_as_a_class_file(
    browser: Browser, path: Path
) -> None:
    with opened(browser, path) as (page, _):
        page.locator(".forecast-card").first.locator(".face-field input").fill('because, "so"')
        say(page, "70", "40")
        page.locator(".forecast-lock").click()
        expect(page.locator(".face-forecast")).to_contain_text("No name or sign stands in the file")
        keep_work(page, {**kept_work(page), "name": "Ana & 나"})
        page.reload()
        expect(page.locator(".face-forecast")).to_contain_text("signed “Ana & 나”")
        name, text = saved(page, "JSON")
        assert re.fullmatch(r"forecasts-Ana-나-10-\d{4}-\d\d-\d\d\.json", name)
        content = json.loads(text)
        kept = content["work"]["10.rain"]
        assert content["about"] == HEAD and content["name"] == kept["name"] == "Ana & 나"
        assert kept["forecasts"]["q0"] == {
            "percent": 70,
            "reason": 'because, "so"',
            "known": False,
        }
        name, table = saved(page, "CSV")
        rows = list(csv.DictReader(io.StringIO(table.removeprefix("\ufeff"), newline="")))
        assert [(row["id"], row["percent"], row["word"], row["reason"]) for row in rows] == [
            ("q0", "70", "perhaps", 'because, "so"'),
            ("q1", "40", "perhaps", ""),
        ]
        page.locator("summary", has_text="Class file").click()
        for body in (text, table):
            page.get_by_label("Or paste rows").fill(body)
            page.locator("button", has_text="Add these rows").click()
        expect(page.locator(".face-text")).to_contain_text("1 member is in the class file")
        expect(page.locator(".face-message").first).to_contain_text(
            "the forecasts of Ana & 나 were there already"
        )


def test_a_class_is_pooled_and_bad_files_are_named(
    browser: Browser, path: Path, tmp_path: Path
) -> None:
    members = {"a": [90, 10, 90, 10], "b": [10, 90, 10, 90], "c": [60, 30, 80, 20]}
    files = []
    for name, said in members.items():
        content = {
            "about": ABOUT,
            "format": 1,
            "key": "10.rain",
            "name": name,
            "locked": "2030-01-01",
            "forecasts": [{"id": f"q{at}", "percent": percent} for at, percent in enumerate(said)],
        }
        files.append(tmp_path / f"{name}.json")
        files[-1].write_text(json.dumps(content), encoding="utf-8")
    bad = {
        "diary.txt": "Dear diary",
        "empty.json": "",
        "mine.json": '{"about": "me"}',
        "other.json": json.dumps({"about": ABOUT, "key": "09.x", "forecasts": []}),
        "none.json": json.dumps(
            {"about": ABOUT, "key": "10.rain", "forecasts": [{"id": "q0", "percent": 500}]}
        ),
    }
    for name, text in bad.items():
        files.append(tmp_path / name)
        files[-1].write_text(text, encoding="utf-8")
    with opened(browser, path) as (page, _):
        lock_and_reveal(page, "50", "50", "50", "50")
        page.locator("summary", has_text="Class file").click()
        page.locator('input[type="file"]').set_input_files(files)
        status_message = page.locator(".face-message").first
        expect(status_message).to_contain_text("3 files were added. Left out: ")
        for name in bad:
            expect(status_message).to_contain_text(name)
        table = rows_of(page.locator('[aria-label="Table: Class"]'))
        assert [row[1:6] for row in table] == [
            ["50 %", median, "10 %", "90 %", "3"] for median in ("60 %", "30 %", "80 %", "20 %")
        ]
        crowd = forecasting.mean_brier([0.6, 0.3, 0.8, 0.2], [True, False, True, False])
        text = page.locator(".face-text").last
        expect(text).to_contain_text(f"The class median scores {crowd:.2f} over 4 questions")
        expect(text).to_contain_text("does better than 1 of them")
        expect(text).to_contain_text(f"you score 0.25 and the class median {crowd:.2f}")
        page.locator("button", has_text="Empty the class file").click()
        expect(page.locator('[aria-label="Table: Class"]')).to_have_count(0)


# -- how it is used --------------------------------------------------------------------------------
def test_what_is_typed_is_kept_before_a_field_is_left(browser: Browser, path: Path) -> None:
    with opened(browser, path) as (page, _watch):
        status = page.locator(".face-forecast > .face-message")
        why = page.get_by_label("In a few words, why?")
        why.first.press_sequentially("Dark clouds")
        expect(status).to_have_text("Not kept yet …")
        expect(status).to_contain_text("Kept in this browser")
        expect(why.first).to_be_focused()
        why.first.press_sequentially(", and wind")
        page.get_by_label("Probability of yes").nth(1).press_sequentially("30")
        page.goto("about:blank")  # at once: the last letters are still waiting to be kept
        page.goto(path.as_uri())
        expect(why.first).to_have_value("Dark clouds, and wind")
        expect(page.get_by_label("Probability of yes").nth(1)).to_have_value("30")
        why.nth(2).press_sequentially("Fog")
        page.get_by_role("button", name="Lock my forecasts").click()
        expect(page.locator(".forecast-state")).to_contain_text("Locked on")
        assert kept_work(page)["10.rain"]["forecasts"]["q2"]["reason"] == "Fog"


@pytest.mark.parametrize("width", [320, 1000])
def test_everything_fits_and_has_a_name(browser: Browser, path: Path, width: int) -> None:
    with opened(browser, path) as (page, _):
        page.set_viewport_size({"width": width, "height": 800})
        lock_and_reveal(page, "70", "40", "95", "5")
        page.evaluate(
            "() => document.querySelectorAll('details').forEach((one) => { one.open = true; })"
        )
        assert page.evaluate("() => document.documentElement.scrollWidth") <= width
        nameless = page.evaluate(
            """() => [...document.querySelectorAll('input, textarea, button, svg, [tabindex="0"]')]
          .filter((one) => !one.hidden)
          .filter((one) => !(one.labels?.length || one.textContent.trim() || one.ariaLabel))
          .length"""
        )
        assert nameless == 0
        found = Axe().run(page, "form.face-forecast")
        assert [one["id"] for one in found.response["violations"]] == []


def test_the_keyboard_is_enough(browser: Browser, path: Path) -> None:
    with opened(browser, path) as (page, _):
        page.locator(".forecast-percent input").first.focus()
        page.keyboard.type("65")
        page.keyboard.press("Tab")
        page.keyboard.type("clouds")
        page.locator(".forecast-lock").focus()
        page.keyboard.press("Enter")
        expect(page.locator(".forecast-stage")).to_be_focused()
        page.keyboard.press("Tab")
        expect(page.locator(".forecast-reveal")).to_be_focused()
        page.keyboard.press("Space")
        expect(page.locator(".forecast-answer").first).to_be_visible()


# -- the lesson itself -----------------------------------------------------------------------------
def test_the_lessons_page_gives_no_answer_away(built: Callable[..., Path]) -> None:
    notebook = next(one for one in LESSONS if one.stem.startswith("10"))
    page, table = built(notebook), lesson.table("forecast_questions")
    text = page.read_text(encoding="utf-8")
    assert len(widget_data(page, "forecast")[0]["spec"]["questions"]) == len(table)
    titles = lesson.table("sources").set_index("id")
    counted = {one for ids in lesson.table("missile_tests")["sources"] for one in ids}
    for row in table.to_dict("records"):
        # Two data sets that settle an answer also stand behind the base rates of the chart.
        settling = [
            titles.at[one, "url"]
            for one in row["sources"]
            if one not in {*row["known_sources"], *counted}
        ]
        for secret in (row["what_happened"], row["why"], *settling):
            assert secret not in text, (row["id"], secret)
