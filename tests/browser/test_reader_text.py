"""What readers write in any script, and how it leaves a page that may not copy or download."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Frame, Locator, Page, Route, expect

from browser.drive import PRINTS, alone, painted, save, widget_page
from samples import GRID_COLUMNS, coding, grid_row
from upheaval.charts import timeline
from upheaval.facts import tables
from upheaval.widgets import Check, Explorer, FreeResponse, Portfolio, memo
from upheaval.widgets.forecast import Forecast, Question
from upheaval.widgets.matrix import Matrix
from upheaval.widgets.memo import Memo

pytestmark = pytest.mark.browser

ARABIC = "الجنود وصلوا في أكتوبر (2024)."
HEBREW = "החיילים הגיעו ב-2024."
FIELDS = [
    {"name": "to", "label": "To", "head": True},
    {"name": "recommendation", "label": "Bottom line", "rows": 2},
]


def writing() -> list[Any]:
    """One widget of each kind that readers write in, and a chart."""
    events = tables.read("events").head(12)
    asked = Question("q0", "Will it rain?", "Yes if wet.", "1 May 2030", "", [], True, "", "", [])
    rows = [grid_row("r1", "One", "", ("low", "low"), "So.")]
    return [
        Explorer(lambda: timeline.swimlanes(events, "background"), name="timeline"),
        FreeResponse("02.exit", "Exit ticket", {"why": "What stays?"}),
        Check.number("02.count", "How many?", 3, 3, "Three.", below="More.", above="Less."),
        coding(least=2),
        Matrix(
            "99.grid",
            "Which?",
            rows,
            GRID_COLUMNS,
            worked={"r1": {"a": "I", "b": "CC"}},
            row_word="Row",
            column_word="Column",
        ),
        Forecast("10.rain", "Rain or shine", [asked], [("perhaps", 1, 99)]),
        Memo(
            "11.memo",
            "Your memo",
            FIELDS,
            title="Memo",
            foot="An exercise",
            file="decision_memo",
            picker={"sources": [], "rows": [], "says": {}},
            rules=memo.rules(["Stay"], "2024-11-27", [], ["recommendation"]),
            presets={},
        ),
        Portfolio(),
    ]


@pytest.fixture
def path(tmp_path: Path, page_mode: None, work_folder: Path) -> Path:
    return widget_page(tmp_path / "writing.html", *writing())


def runs(way: str, *parts: Locator) -> None:
    """What is redrawn while it is asked counts as it stands then, so this waits."""
    for part in parts:
        expect(part).to_have_css("direction", way)


@pytest.mark.parametrize("text", [ARABIC, HEBREW], ids=["Arabic", "Hebrew"])
def test_text_runs_as_its_script_does(
    browser: Browser, path: Path, tmp_path: Path, text: str
) -> None:
    with alone(browser, path) as page:
        page.evaluate(
            "() => { for (const one of document.querySelectorAll('details')) one.open = true; }"
        )
        fields = page.locator('textarea, input[type="text"]').all()
        assert len(fields) == 9
        for field in fields:
            field.fill(text)
            runs("rtl", field)
        sheet = page.locator(".memo-sheet")
        shown = sheet.get_by_text(text)
        expect(shown).to_have_count(2)
        runs("rtl", *shown.all())
        runs("ltr", sheet.get_by_text("Bottom line"))
        _shows_what_is_kept(page, text)
        page.evaluate(PRINTS)
        page.get_by_role("button", name="Print").click()
        page.emulate_media(media="print")
        runs("rtl", page.locator(".memo-paper").get_by_text(text).last)
        page.evaluate("() => { dispatchEvent(new Event('afterprint')); }")
        page.emulate_media(media="null")
        web = save(page, "Save as web page", tmp_path)
        page.goto(web.as_uri())
        # In the head, in the body, and as the sign at the foot.
        expect(page.get_by_text(text)).to_have_count(3)
        runs("rtl", *page.get_by_text(text).all())


def _shows_what_is_kept(page: Page, text: str) -> None:
    """A reason for a code, and one for a forecast, stand there as they were written."""
    page.get_by_label("Your code").select_option("-1")
    page.get_by_label("Your reason").fill(text)
    page.get_by_role("button", name="Keep this change").click()
    runs("rtl", page.locator(".coding-changes").get_by_text(text))
    card = page.locator(".forecast-card")
    card.locator(".forecast-percent input").fill("70")
    card.locator(".face-field input").blur()
    page.get_by_role("button", name="Lock my forecasts").click()
    runs("rtl", page.locator(".forecast-reason"))


def test_a_page_on_plain_http_selects_what_it_may_not_copy(browser: Browser, path: Path) -> None:
    page = browser.new_page()
    markup = path.read_text(encoding="utf-8")

    def answer(route: Route) -> None:
        route.fulfill(body=markup, content_type="text/html; charset=utf-8")

    page.route("**/*", answer)
    page.goto("http://192.168.1.20/lesson.html")  # no secure place: no clipboard
    painted(page)
    assert page.evaluate("() => navigator.clipboard === undefined")
    figure = page.locator("figure.face-figure")
    figure.get_by_role("button", name="Save and cite").click()
    figure.get_by_role("button", name="Copy this citation").click()
    expect(figure).to_contain_text("Selected: press Ctrl+C (on a Mac: ⌘C) to copy.")
    cited = figure.locator(".face-cite").inner_text()
    assert page.evaluate("() => getSelection().toString()").strip() == cited
    form = page.locator("form.face-memo")
    form.get_by_role("button", name="Copy", exact=True).click()
    expect(form.locator("> .face-message")).to_have_text(
        "Selected: press Ctrl+C (on a Mac: ⌘C) to copy."
    )
    assert "An exercise" in page.evaluate("() => getSelection().toString()")
    page.close()


def test_copied_is_said_only_of_what_is_in_the_clipboard(browser: Browser, path: Path) -> None:
    with alone(browser, path) as page:
        page.evaluate(
            """() => { Object.defineProperty(navigator, 'clipboard', { value: {
          writeText: (text) => text.startsWith('#') ? Promise.reject(new Error('no leave'))
            : Promise.resolve() } }); }"""
        )
        figure = page.locator("figure.face-figure")
        figure.get_by_role("button", name="Save and cite").click()
        figure.get_by_role("button", name="Copy this citation").click()
        expect(figure.get_by_text("Copied.")).to_be_visible()
        form = page.locator("form.face-memo")
        form.get_by_role("button", name="Copy", exact=True).click()
        expect(form.locator("> .face-message")).to_contain_text("Selected: press Ctrl+C")


# -- files that may not come -----------------------------------------------------------------------
@pytest.fixture
def framed(browser: Browser, path: Path, tmp_path: Path) -> Any:
    """The page in a frame that may run scripts, and nothing else: downloads are dropped."""
    outer = tmp_path / "course.html"
    outer.write_text(
        '<!doctype html><title>Course</title><iframe sandbox="allow-scripts" width="1000"'
        f' height="1500" src="{path.name}"></iframe>',
        encoding="utf-8",
    )
    page = browser.new_page()
    page.on("download", lambda one: pytest.fail("this frame may not download"))
    page.goto(outer.as_uri())
    yield page
    page.close()


def _texts(frame: Frame) -> dict[str, str]:
    """The text beside each saved file, by the file's name; press every button that saves."""
    found = {}
    frame.get_by_role("button", name="Save and cite").click()
    for button in frame.get_by_role("button", name="Save").all():
        # The picture is no text: test_take.py looks at it.
        if button.inner_text() in ("Save and cite", "Save picture (PNG)"):
            continue
        button.click()
        if "SVG" in button.inner_text():  # it is drawn first
            frame.get_by_label(re.compile(r"^The text of .*\.svg$")).wait_for(state="attached")
        box = frame.locator(".face-saved", has=frame.locator("textarea")).locator("textarea")
        found |= {
            str(one.get_attribute("aria-label")).removeprefix("The text of "): one.input_value()
            for one in box.all()
        }
    return found


def test_nothing_says_saved_and_every_file_stands_there_as_text(framed: Page) -> None:
    frame = framed.frames[1]
    frame.locator("[data-face]:not([data-started])").first.wait_for(state="detached")
    painted(frame)  # type: ignore[arg-type]
    frame.get_by_label("Bottom line").fill("Stay.")
    frame.get_by_label("What stays?").fill("Because.")
    frame.get_by_label("What stays?").blur()
    frame.locator(".forecast-percent input").fill("70")
    frame.get_by_role("button", name="Lock my forecasts").click()
    found = _texts(frame)
    assert sorted(name.rpartition(".")[2] for name in found) == [
        *["csv"] * 4,
        "html",
        *["json"] * 4,
        *["md"] * 3,
        "svg",
    ]
    assert json.loads(found["my_work.json"])["work"]["02.exit"] == {"why": "Because."}
    assert found["decision_memo.md"].startswith("# Memo\n\n## Bottom line\n\nStay.")
    assert "Stay." in found["decision_memo.html"]
    assert any(text.startswith("Date,") for text in found.values()), {
        name: text[:40] for name, text in found.items()
    }
    assert "Saved" not in frame.locator("body").inner_text()
    work = frame.locator(".face-portfolio")
    expect(work).to_contain_text("Your browser was asked to save my_work.json.")
    work.get_by_text("If no file came, copy its text here").click()
    work.get_by_role("button", name="Copy all of it").click()
    box = work.locator("textarea")
    expect(box).to_be_focused()
    chosen = "(one) => one.value.slice(one.selectionStart, one.selectionEnd)"
    assert box.evaluate(chosen) == box.input_value()
    assert box.get_attribute("readonly") is not None


def test_the_text_of_a_file_goes_when_the_work_is_cleared(browser: Browser, path: Path) -> None:
    with alone(browser, path) as page:
        page.get_by_label("What stays?").fill("Because.")
        page.get_by_label("What stays?").blur()
        work = page.locator(".face-portfolio")
        work.get_by_role("button", name="Save my work as a file").click()
        assert "Because." in work.locator("textarea").input_value()
        clear = work.get_by_role("button", name="Clear")
        clear.click()
        clear.click()
        expect(work.locator("textarea")).to_have_count(0)
