"""What a reader wrote travels: kept while pages come and go, saved as a file, loaded again,
gathered as evidence.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlparse

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.drive import (
    again,
    alone,
    deafen,
    keep_work,
    kept_work,
    load,
    painted,
    save,
    widget_page,
)
from tiers import few
from upheaval import __version__
from upheaval.charts import timeline
from upheaval.facts import tables
from upheaval.widgets import (
    Check,
    Explorer,
    FreeResponse,
    Option,
    Portfolio,
    Predict,
    RecallPrediction,
    Rule,
)
from upheaval.widgets.core import assets, legacy
from upheaval.widgets.core.storage import HEAD, Store
from upheaval.widgets.portfolio import Part, Writing

pytestmark = pytest.mark.browser


@pytest.fixture
def bench(tmp_path: Path, page_mode: None, work_folder: Path) -> Path:
    """A page with a prediction, the prediction again and the reader's work."""
    return widget_page(
        tmp_path / "work.html",
        Predict("02.predict", "When?", ["Soon", "Later"]),
        RecallPrediction("02.predict", "Why?"),
        Portfolio(),
    )


@pytest.fixture
def page(browser: Browser, bench: Path) -> Iterator[Page]:
    with alone(browser, bench) as one:
        yield one


@pytest.fixture
def charted(browser: Browser, tmp_path: Path, page_mode: None, work_folder: Path) -> Iterator[Page]:
    """A page with a chart and the reader's work."""
    events = tables.read("events").head(12)
    chart = Explorer(lambda: timeline.swimlanes(events, "background"), name="timeline")
    with alone(browser, widget_page(tmp_path / "chart.html", chart, Portfolio())) as one:
        yield one


def saved(page: Page, folder: Path) -> Path:
    return save(page, "Save my work as a file", folder)


def loaded(page: Page, path: Path, rule: str = "keep mine here") -> None:
    page.get_by_label(rule).check()
    load(page, "Load work from a file", path)


def test_a_file_of_work_is_the_same_live_and_in_a_page(page: Page, tmp_path: Path) -> None:
    expect(page.locator(".face-portfolio")).to_contain_text("You have written nothing yet")
    page.get_by_label("Later").check()
    expect(page.locator(".face-portfolio")).to_contain_text(
        "You have written one thing, in lesson 02."
    )
    path = saved(page, tmp_path)
    assert path.name == "my_work.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    assert datetime.fromisoformat(content.pop("saved")).year > 2025
    assert content == {
        "about": HEAD,
        "format": 1,
        "lesson": "",
        "version": __version__,
        "work": {"02.predict": "Later"},
    }
    assert Store(tmp_path).get("02.predict") == "Later", (
        "a kernel in that folder goes on where the page ended"
    )
    page.get_by_label("Your name or a sign").fill(" Ann  Lee ")
    signed = saved(page, tmp_path)
    assert re.fullmatch(r"my_work-Ann-Lee-\d{4}-\d\d-\d\d\.json", signed.name)
    content = json.loads(signed.read_text(encoding="utf-8"))
    assert content["name"] == content["work"]["name"] == "Ann Lee"
    page.get_by_role("button", name="Clear my work here").click()
    page.get_by_role("button", name="Clear all of it").click()
    expect(page.get_by_label("Your name or a sign")).to_have_value("")
    assert page.evaluate("() => localStorage.getItem('my-work/name')") is None


@pytest.mark.parametrize(
    ("rule", "stays", "answers"),
    [
        ("keep mine here", "Soon", "yours here stayed"),
        ("take the file's", "Later", "the file's came in"),
    ],
)
def test_a_file_is_loaded_by_the_reader_s_rule(
    page: Page, tmp_path: Path, rule: str, stays: str, answers: str
) -> None:
    page.get_by_label("Soon").check()
    Store(tmp_path).put("02.predict", "Later")
    Store(tmp_path).put("07.codes", {"x": 1})
    loaded(page, tmp_path / "my_work.json", rule)
    status_message = page.locator(".face-portfolio .face-message")
    expect(status_message).to_contain_text(
        f"my_work.json was loaded. 1 answer was in both: {answers}."
    )
    expect(page.locator(".face-again")).to_contain_text(stays)
    expect(page.locator(".face-portfolio")).to_contain_text("2 things, in lessons 02, 07")
    page.reload()
    expect(page.locator(".face-again")).to_contain_text(stays)


@pytest.mark.parametrize("rule", ["keep mine here", "take the file's"])
def test_a_basket_that_was_emptied_takes_in_that_of_a_file(
    page: Page, tmp_path: Path, rule: str
) -> None:
    keep_work(page, {"evidence": []})
    again(page)
    others = [{"id": "c", "kind": "event", "title": "c of the file", "text": "its words"}]
    Store(tmp_path).put("evidence", others)
    for _ in range(2):  # nothing lost, nothing doubled
        loaded(page, tmp_path / "my_work.json", rule)
        expect(page.locator(".face-portfolio .face-message")).to_contain_text("was loaded.")
        page.wait_for_function("() => localStorage['my-work/evidence'].includes('of the file')")
        assert kept_work(page)["evidence"] == others


@pytest.mark.parametrize("rule", ["keep mine here", "take the file's"])
def test_the_basket_of_a_file_and_that_of_the_page_become_one(
    page: Page, tmp_path: Path, rule: str
) -> None:
    mine = [{"id": one, "kind": "event", "title": f"{one} here"} for one in "ab"]
    page.evaluate("(kept) => localStorage.setItem('my-work/evidence', kept)", json.dumps(mine))
    others = [{"id": one, "kind": "event", "title": f"{one} of the file"} for one in "bc"]
    Store(tmp_path).put("evidence", others)
    loaded(page, tmp_path / "my_work.json", rule)
    expect(page.locator(".face-portfolio .face-message")).to_contain_text(
        "my_work.json was loaded. Your baskets are one now."
    )
    basket = page.locator(".face-portfolio .face-basket")
    basket.evaluate("(one) => { one.closest('details').open = true; }")
    expect(basket.locator("li")).to_have_text(
        [re.compile(rf"^{one}\b") for one in ("a here", "b here", "c of the file")]
    )


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        "null",
        '{"work": {"02.predict": "x"}}',
        "\ufeff{}",
        "\x00",
        json.dumps({"about": HEAD, "work": ["x"]}),
        json.dumps({"about": HEAD}),
        json.dumps({"about": HEAD, "format": 1, "work": {}}),
        json.dumps({"about": HEAD, "format": 1, "work": {"name": "Ann", "02.predict": None}}),
    ],
)
def test_any_other_file_changes_nothing_and_says_why(
    page: Page, tmp_path: Path, content: str
) -> None:
    page.get_by_label("Soon").check()
    (tmp_path / "strange.json").write_text(content, encoding="utf-8")
    loaded(page, tmp_path / "strange.json", "take the file's")
    status_message = page.locator(".face-portfolio .face-message")
    expect(status_message).to_contain_text("strange.json was not loaded")
    expect(status_message).to_contain_text("Nothing here has changed.")
    expect(page.locator(".face-again")).to_contain_text("Soon")


def test_a_row_and_a_chart_become_evidence_with_their_sources(
    charted: Page, tmp_path: Path
) -> None:
    charted.locator(".face-parts button", has_text="Save and cite").click()
    panel = charted.locator(".face-panel")
    choice = panel.get_by_label("Keep as evidence")
    for index in (0, 3, 3):
        choice.select_option(index=index)
        panel.get_by_role("button", name="Keep", exact=True).click()
        expect(panel).to_contain_text("Kept in this browser")
    kept = json.loads(saved(charted, tmp_path).read_text(encoding="utf-8"))["work"]["evidence"]
    assert len(kept) == 2, "the same row twice is one piece of evidence"
    chart, row = kept
    assert (
        chart["kind"] == "chart" and chart["title"] == charted.locator(".face-title").inner_text()
    )
    shown = tables.read("events").head(12)
    matching = shown[[row["title"].endswith(title) for title in shown["title"]]]
    assert len(matching) == 1 and len(row["sources"]) == len(matching.iloc[0]["sources"])
    assert row["kind"] == "event" and row["status"] == matching.iloc[0]["status"]
    assert row["id"] == f"events/{matching.iloc[0]['id']}"
    assert all(
        one["url"].startswith("http") and one["text"]
        for one in [*chart["sources"], *row["sources"]]
    )


def test_a_row_is_kept_from_the_list_and_from_the_table(charted: Page) -> None:
    bar, panel = charted.locator(".face-parts"), charted.locator(".face-panel")
    for part, row in (("List", "li"), ("Table", "tbody tr")):
        bar.locator("button", has_text=part).click()
        panel.locator(row).nth(1 if part == "List" else 2).locator(".face-keep button").click()
        expect(panel).to_contain_text("In your basket. Kept in this browser")
    kept = kept_work(charted)["evidence"]
    assert [one["kind"] for one in kept] == ["event", "event"] and kept[0]["id"] != kept[1]["id"]
    expect(charted.locator(".face-portfolio .face-basket li")).to_have_count(2)


def test_what_one_tab_keeps_shows_in_the_other(page: Page, bench: Path) -> None:
    other = page.context.new_page()
    other.goto(bench.as_uri())
    page.get_by_label("Later").check()
    expect(other.locator(".face-again")).to_contain_text("Later")


#: Presses the buttons that keep rows, one after the other, from a moment on; half of them.
_KEEP_ROWS = """async ([half, start, pause]) => {
  const rows = [...document.querySelectorAll(".face-list .face-keep button")];
  await new Promise((go) => setTimeout(go, start - Date.now()));
  for (const [at, one] of rows.entries()) {
    if (at % 2 !== half) continue;
    one.click();
    if (pause) await new Promise((go) => setTimeout(go, pause));
  }
}"""


@pytest.mark.parametrize("turns", [True, False], ids=["in turn", "who may not ask for a turn"])
@pytest.mark.slow
def test_two_tabs_that_keep_evidence_at_one_moment_lose_none(
    browser: Browser, tmp_path: Path, page_mode: None, turns: bool
) -> None:
    """A page over plain http may not ask for a turn (`navigator.locks`)."""
    events = tables.read("events")
    chart = Explorer(lambda: timeline.swimlanes(events, "background"), name="timeline")
    path = widget_page(tmp_path / "rows.html", chart)
    with alone(browser, path) as page:
        if not turns:
            page.context.add_init_script("delete Navigator.prototype.locks")
            page.reload()
        other = page.context.new_page()
        other.goto(page.url)
        keep_all_in(page, other)


def keep_all_in(*tabs: Page) -> None:
    """Keep every second row in one tab and the others in the other, at one moment, twice."""
    for tab in tabs:
        tab.bring_to_front()  # what is behind is not drawn
        painted(tab)
        tab.locator(".face-parts button", has_text="List").click()
        for all_rows in tab.locator(".face-panel .face-all").all():
            all_rows.click()
    count = tabs[0].locator(".face-list .face-keep button").count()
    assert count > 20
    for pause in (0, 7):
        keep_work(tabs[0], {"evidence": []})
        start = tabs[0].evaluate("() => Date.now() + 500")
        for half, tab in enumerate(tabs):
            tab.evaluate(
                "([code, given]) => { window.kept = eval(code)(given); }",
                [_KEEP_ROWS, [half, start, pause]],
            )
        for tab in tabs:
            tab.evaluate("() => window.kept")
        for half, tab in enumerate(tabs):
            here = tab.locator(".face-keep", has_text="In your basket.")
            expect(here).to_have_count((count + 1 - half) // 2, timeout=60_000)
        tabs[0].wait_for_timeout(3_000)
        found = [one["id"] for one in kept_work(tabs[0])["evidence"]]
        assert len(found) == len(set(found)) == count, "each of the rows once"


# Each view looks for what the view before it wrote, then opens the page anew; the tally is in
# another kind of storage.
_AGAIN = """
  const views = Number(sessionStorage.views ?? 0);
  if (views && localStorage.views !== String(views))
    sessionStorage.lost = Number(sessionStorage.lost ?? 0) + 1;
  localStorage.views = sessionStorage.views = views + 1;
  if (views < 150) location.reload(); else document.title = `lost ${sessionStorage.lost ?? 0}`;
"""


@pytest.mark.parametrize(
    "script", [assets.storage_bootstrap(), assets.script()], ids=["first", "face"]
)
@pytest.mark.slow
def test_a_page_from_disk_always_finds_what_was_kept(
    browser: Browser, tmp_path: Path, script: str
) -> None:
    """Without `storage_bootstrap.ts`, one view in ten keeps nothing (Chromium)."""
    path = tmp_path / "again.html"
    path.write_text(
        f"<!doctype html><title>again</title><script>{script}</script><script>{_AGAIN}</script>",
        encoding="utf-8",
    )
    page = browser.new_context().new_page()
    page.goto(path.as_uri(), wait_until="commit")
    expect(page).to_have_title("lost 0", timeout=60_000)
    page.context.close()


# -- checks ----------------------------------------------------------------------------------------
@pytest.fixture
def written(browser: Browser, tmp_path: Path, page_mode: None, work_folder: Path) -> Iterator[Page]:
    """A page with a box to write in, a check, and all work."""
    path = widget_page(
        tmp_path / "written.html",
        FreeResponse("02.notice", "In your own words", {"notice": "What do you notice?"}),
        Check.number("02.number", "How many?", 10, 10, "Ten.", below="More.", above="Less."),
        Portfolio(),
    )
    with alone(browser, path) as page:
        yield page


def choice() -> Check:
    return Check.choice(
        "02.choice",
        "Is it?",
        [Option("Yes", "So it is.", right=True, id="yes"), Option("No", "It is not.", id="no")],
    )


def steps() -> Check:
    return Check.selection(
        "02.steps",
        "Which?",
        {"a": "one", "b": "two"},
        {},
        [Rule("count", "Two.", "Not two.", value=2)],
        slots=["First", "Second"],
        done="Done.",
        not_yet="Not yet.",
    )


WHEN: Writing = {"key": "02.predict", "kind": "predict", "question": "When?", "labels": {}}


@pytest.fixture
def checked(browser: Browser, tmp_path: Path, page_mode: None, work_folder: Path) -> Iterator[Page]:
    """A page with one check of each type, and how far the reader is."""
    path = widget_page(
        tmp_path / "checks.html",
        choice(),
        Check.number("02.number", "How many?", 10, 10, "Ten.", below="More.", above="Less."),
        steps(),
        Predict("02.predict", "When?", ["Soon", "Later"]),
        Portfolio(
            parts=[
                Part("01", "One <b>", (), "01.html"),
                Part("02", "Two", ("02.choice", "02.number", "02.steps"), writings=[WHEN]),
            ]
        ),
    )
    with alone(browser, path) as page:
        yield page


def answer(page: Page, number: str = "10") -> None:
    """Answer all three: the choice wrongly, the number with `number`, the steps rightly."""
    page.get_by_label("No", exact=True).check()
    page.get_by_label("How many?").fill(number)
    page.get_by_label("First").select_option("one")
    page.get_by_label("Second").select_option("two")
    for button in page.get_by_role("button", name="Check", exact=True).all():
        button.click()


def verdicts(page: Page) -> list[str]:
    return [text.strip() for text in page.locator(".face-verdict").all_inner_texts()]


def test_answers_stand_there_again_with_their_verdicts(checked: Page) -> None:
    assert verdicts(checked) == ["", "", ""]
    answer(checked)
    said = verdicts(checked)
    assert "It is not." in said[0] and "Ten." in said[1] and "Done." in said[2]
    again(checked)
    assert verdicts(checked) == said
    expect(checked.get_by_label("No", exact=True)).to_be_checked()
    expect(checked.get_by_label("How many?")).to_have_value("10")
    expect(checked.get_by_label("Second")).to_have_value("b")
    answer(checked, "11")
    kept = kept_work(checked)
    assert kept["02.number"] == {"answer": "11", "right": False, "tries": 2}
    assert kept["02.steps"] == {"answer": ["a", "b"], "right": True, "tries": 2}


def test_what_an_earlier_version_kept_stands_there_and_what_is_gone_is_told(
    browser: Browser, tmp_path: Path, page_mode: None, work_folder: Path, monkeypatch: Any
) -> None:
    frozen = {
        "02.choice": [{"id": "never", "text": "Never"}, {"id": "no", "text": "No"}],
        "02.steps": [{"id": one, "text": one.upper()} for one in "cab"],
    }
    monkeypatch.setattr(legacy, "table", lambda: frozen)
    path = widget_page(
        tmp_path / "older.html", choice(), steps(), Predict("02.predict", "?", ["Now"])
    )
    with alone(browser, path) as page:
        for kept, checked in ((1, True), (0, False)):
            attempts = {"02.choice": kept, "02.steps": [2, 1], "02.predict": ""}
            work = {
                key: {"answer": one, "right": False, "tries": 1} for key, one in attempts.items()
            }
            work["02.predict"] = "Soon"
            page.evaluate("(work) => localStorage.setItem('my-work', work)", json.dumps(work))
            again(page)
            expect(page.get_by_label("No", exact=True)).to_be_checked(checked=checked)
            said = verdicts(page)
            gone = "You answered before: “Never”. This is no longer among the answers."
            assert ("It is not." in said[0], said[0] == gone) == (checked, not checked)
            expect(page.get_by_label("First")).to_have_value("b")
            expect(page.get_by_label("Second")).to_have_value("a")
            assert "Done." in said[1]
            expect(page.locator(".face-prompts").first).to_contain_text(
                "You predicted before: “Soon”."
            )
        page.get_by_label("Yes", exact=True).check()
        page.get_by_role("button", name="Check", exact=True).first.click()
        kept = kept_work(page)
        assert kept == {"02.choice": {"answer": "yes", "right": True, "tries": 2}}, "and no more"
        again(page)
        expect(page.get_by_label("Yes", exact=True)).to_be_checked()


def test_an_answer_of_another_tab_comes_in_and_one_being_written_stays(checked: Page) -> None:
    other = checked.context.new_page()
    other.goto(checked.url)
    other.get_by_label("How many?").fill("12 or so")
    answer(checked)
    expect(other.locator(".face-verdict").first).to_contain_text("It is not.")
    expect(other.get_by_label("How many?")).to_have_value("10")
    other.get_by_label("How many?").fill("13")
    checked.get_by_label("Later").check()
    expect(other.locator(".face-portfolio")).to_contain_text("You have written 1 of 1 things")
    expect(other.get_by_label("How many?")).to_have_value("13")


def test_the_reader_sees_how_far_they_are(checked: Page) -> None:
    def rows() -> list[list[str]]:
        return [
            row.locator("th, td").all_inner_texts()
            for row in checked.locator(".face-far tbody tr").all()
        ]

    assert rows() == [["One <b>", "–", "–"], ["Two", "0 of 3", "0 of 1"]]
    answer(checked)
    checked.get_by_label("Later").check()
    assert rows() == [["One <b>", "–", "–"], ["Two", "2 of 3", "✓ 1 of 1"]]
    expect(checked.locator(".face-portfolio .face-text").first).to_have_text(
        "You have written 1 of 1 things; 2 of the 3 checks that you answered are right, in lesson "
        "02. Nothing of it was sent anywhere."
    )
    checked.get_by_label("Yes", exact=True).check()
    checked.get_by_role("button", name="Check", exact=True).first.click()
    assert rows()[1] == ["Two", "✓ 3 of 3", "✓ 1 of 1"]


def test_a_new_reader_clears_what_was_there_and_may_bring_it_back(checked: Page) -> None:
    answer(checked)
    checked.get_by_label("Later").check()
    clear = checked.get_by_role("button", name="Clear")
    clear.click()
    expect(clear).to_have_text("Clear all of it: are you sure?")
    checked.get_by_label("How many?").focus()
    expect(clear).to_have_text("Clear my work here")
    assert verdicts(checked)[1], "one click, and another thing: nothing has happened"
    clear.click()
    clear.click()
    expect(checked.locator(".face-portfolio .face-message")).to_contain_text("Cleared.")
    assert verdicts(checked) == ["", "", ""]
    expect(checked.get_by_label("How many?")).to_have_value("")
    expect(checked.get_by_label("Later")).not_to_be_checked()
    expect(checked.locator(".face-portfolio")).to_contain_text("You have written nothing yet")
    assert kept_work(checked) == {}
    checked.get_by_role("button", name="Bring it back").click()
    assert "Ten." in verdicts(checked)[1]
    expect(checked.get_by_label("Later")).to_be_checked()


# -- a computer that many use ----------------------------------------------------------------------
SECRET = "secret of the first reader"


def test_nothing_of_the_last_reader_comes_back_from_another_tab(written: Page) -> None:
    other = written.context.new_page()
    other.goto(written.url)
    box = other.locator("textarea").first
    box.fill(SECRET)
    box.blur()
    expect(other.locator("form:has(textarea) .face-message").first).to_contain_text("Kept")
    box.press_sequentially(" and a word that waits")  # not kept yet when all is cleared
    clear = written.get_by_role("button", name="Clear")
    clear.click()
    clear.click()
    expect(other.locator("textarea").first).to_have_value("")
    other.get_by_label("How many?").fill("10")
    other.get_by_role("button", name="Check", exact=True).click()
    other.wait_for_timeout(1000)  # longer than the pause after which text is kept
    assert sorted(kept_work(other)) == ["02.number"]


def test_evidence_that_is_put_back_for_another_tab_never_outlives_a_clearing(charted: Page) -> None:
    other = charted.context.new_page()
    other.goto(charted.url)
    painted(other)
    other.locator(".face-parts button", has_text="List").click()
    other.locator(".face-keep button").first.click()
    expect(other.locator(".face-panel")).to_contain_text("In your basket.")
    clear = charted.get_by_role("button", name="Clear")
    clear.click()
    clear.click()
    # Another tab writes a basket without it, as one does that had not read it.
    charted.evaluate("() => localStorage.setItem('my-work/evidence', '[]')")
    charted.wait_for_timeout(1_000)
    assert kept_work(charted).get("evidence") == []


def test_a_tab_that_slept_through_a_clearing_empties_when_it_wakes(written: Page) -> None:
    written.evaluate(
        "() => { Storage.prototype.setItem = () => { throw new DOMException('full'); } }"
    )
    box = written.locator("textarea").first
    box.fill(SECRET)
    box.blur()  # the browser would not take it: it lives in this page alone
    expect(written.locator("textarea").first).to_have_value(SECRET)
    written.evaluate("() => { localStorage['my-work-cleared'] = 'while it slept'; }")
    written.evaluate("() => document.dispatchEvent(new Event('visibilitychange', {bubbles: true}))")
    expect(written.locator("textarea").first).to_have_value("")
    expect(written.locator(".face-portfolio")).to_contain_text("You have written nothing yet")


def test_cleared_work_can_be_brought_back_for_half_a_minute_only(written: Page) -> None:
    written.clock.install()
    written.locator("textarea").first.fill(SECRET)
    written.locator("textarea").first.blur()
    clear, back = (written.get_by_role("button", name=name) for name in ("Clear", "Bring it back"))
    clear.click()
    clear.click()
    expect(back).to_be_visible()
    written.clock.fast_forward(29_000)
    expect(back).to_be_visible()
    written.clock.fast_forward(2_000)
    expect(back).to_have_count(0)


def _cleared(page: Page) -> None:
    clear = page.get_by_role("button", name="Clear")
    clear.click()
    clear.click()
    expect(page.locator(".face-portfolio .face-message").first).to_contain_text("Cleared.")


def _another(page: Page) -> Page:
    other = page.context.new_page()
    other.goto(page.url)
    painted(other)
    return other


def test_after_a_clearing_in_any_tab_nothing_can_be_brought_back(written: Page) -> None:
    box = written.locator("textarea").first
    box.fill(SECRET)
    box.blur()
    keep_work(written, {"evidence": [{"id": "a", "kind": "event", "title": SECRET}]})
    again(written)
    other = _another(written)
    basket = written.locator(".face-basket")
    basket.evaluate("(one) => { one.closest('details').open = true; }")
    basket.get_by_role("button", name="Take out").click()
    back = written.get_by_role("button", name="Bring it back")
    expect(back).to_have_count(1)
    _cleared(written)
    expect(back).to_have_count(1)
    _cleared(other)
    expect(back).to_have_count(0)
    assert kept_work(written) == {}
    other.close()


#: All was cleared, and this tab has not heard of it: it was asleep.
ASLEEP = "(moment) => { localStorage['my-work-cleared'] = `${moment}-x`; }"


def test_a_tab_that_slept_brings_nothing_back_and_keeps_what_is_begun_anew(written: Page) -> None:
    message = written.locator(
        "form:has(textarea) .face-message, form:has(textarea) ~ .face-message"
    )
    box = written.locator("textarea").first
    now = "() => Date.now()"
    box.press_sequentially(SECRET)
    written.evaluate(ASLEEP, written.evaluate(now) + 1)
    box.press_sequentially(" and more", delay=5)
    expect(message.last).to_contain_text("Not kept: all work was cleared in another tab")
    expect(message.last).to_be_visible()
    expect(written.locator("textarea").first).to_have_value("")
    assert kept_work(written) == {}
    written.evaluate(ASLEEP, written.evaluate(now) + 20)
    written.wait_for_timeout(30)  # the next reader sits down after the clearing
    written.locator("textarea").first.press_sequentially("of the next")
    expect(message.last).to_contain_text("Kept in this browser")
    expect(written.locator("textarea").first).to_have_value("of the next")
    assert kept_work(written) == {"02.notice": {"notice": "of the next"}}
    _cleared(written)
    written.evaluate(ASLEEP, written.evaluate(now) + 1)
    written.get_by_role("button", name="Bring it back").click()
    assert kept_work(written) == {}
    expect(written.locator("textarea").first).to_have_value("")


def test_a_file_that_is_loaded_while_another_tab_clears_brings_its_own_answers_only(
    written: Page, tmp_path: Path
) -> None:
    written.locator("textarea").first.fill(SECRET)
    written.locator("textarea").first.blur()
    Store(tmp_path).put("02.exit", "of the file")
    written.evaluate(ASLEEP, written.evaluate("() => Date.now()"))
    written.evaluate("""() => {
      for (const key of Object.keys(localStorage)) {
        if (key.startsWith('my-work/')) delete localStorage[key];
      }
    }""")
    loaded(written, tmp_path / "my_work.json")
    expect(written.locator(".face-portfolio .face-message").first).to_contain_text("was cleared")
    loaded(written, tmp_path / "my_work.json")
    expect(written.locator(".face-portfolio .face-message").first).to_contain_text("was loaded")
    assert kept_work(written) == {"02.exit": "of the file"}
    expect(written.locator("textarea").first).to_have_value("")


def test_a_text_that_no_page_could_show_is_not_put_in_and_what_stood_there_stays(
    written: Page,
) -> None:
    box, told = written.locator("textarea").first, written.get_by_role("alert")
    box.fill("my own words ")
    written.evaluate(
        """(count) => {
      const other = document.body.appendChild(document.createElement("textarea"));
      other.value = "a".repeat(count);
      other.select();
      document.execCommand("copy");
      other.remove();
    }""",
        600_000,
    )
    box.press("End")
    box.press("Control+v")
    expect(told).to_contain_text("the text would have 600,013 letters, and 500,000 are the most")
    expect(box).to_have_value("my own words ")
    written.keyboard.insert_text("and more")
    expect(told).to_have_count(0)
    expect(box).to_have_value("my own words and more")
    written.keyboard.insert_text("a" * 400_000)  # much, and no more than can be shown
    status = written.locator(".face-prompts .face-message").first
    expect(status).to_contain_text("Kept in this browser")
    assert len(kept_work(written)["02.notice"]["notice"]) == 400_021
    written.reload()
    assert len(written.locator("textarea").first.input_value()) == 400_021


@pytest.mark.parametrize("way", few(["pasted", "dropped", "composed"], 1, pytest.mark.slow))
def test_text_that_comes_in_any_way_is_kept_and_none_of_it_comes_back(
    written: Page, way: str
) -> None:
    box = written.locator("textarea").first
    box.focus()
    if way == "composed":  # by an input method, as for Korean
        keys = written.context.new_cdp_session(written)
        keys.send(
            "Input.imeSetComposition", {"text": "비밀", "selectionStart": 2, "selectionEnd": 2}
        )
    else:
        command = "insertText" if way == "dropped" else "paste"
        written.evaluate(
            """([command, text]) => {
              const box = document.activeElement;
              if (command === 'insertText') document.execCommand('insertText', false, text);
              else {
                box.setRangeText(text, 0, 0, 'end');
                box.dispatchEvent(new InputEvent('input', {inputType: 'insertFromPaste'}));
              }
            }""",
            [command, SECRET],
        )
    written.wait_for_function("() => localStorage['my-work/02.notice']")
    other = _another(written)
    expect(other.locator("textarea").first).not_to_have_value("")
    _cleared(other)
    expect(written.locator("textarea").first).to_have_value("")
    written.get_by_label("How many?").fill("10")
    written.wait_for_timeout(1000)  # longer than the pause after which text is kept
    assert kept_work(other) == {}
    other.close()


def test_a_page_that_is_gone_back_to_shows_nothing_that_was_cleared(written: Page) -> None:
    """Whether the browser kept the page as it was (bfcache) or builds it anew."""
    written.locator("textarea").first.fill(SECRET)
    written.wait_for_function("() => localStorage['my-work/02.notice']")
    address = written.url
    written.goto("about:blank")
    other = written.context.new_page()
    other.goto(address)
    _cleared(other)
    written.go_back()
    expect(written.locator("textarea").first).to_have_value("")
    written.wait_for_timeout(1000)
    assert kept_work(other) == {}
    other.close()


# -- two tabs on one form --------------------------------------------------------------------------
@pytest.fixture
def noted(browser: Browser, tmp_path: Path, page_mode: None, work_folder: Path) -> Iterator[Page]:
    """A page with a form of two fields."""
    fields = {"notice": "What do you notice?", "wonder": "What do you wonder?"}
    path = widget_page(
        tmp_path / "noted.html", FreeResponse("02.notice", "In your own words", fields)
    )
    with alone(browser, path) as page:
        yield page


def test_two_tabs_on_one_form_write_only_what_was_typed_in_each(noted: Page) -> None:
    other = _another(noted)
    mine, wonder = noted.locator("textarea").all()
    notice, theirs = other.locator("textarea").all()
    mine.press_sequentially("Horses")
    expect(notice).to_have_value("Horses")
    mine.press_sequentially(" went")  # a word is being typed here while the other tab writes
    mine.evaluate("(box) => box.setSelectionRange(3, 3)")
    theirs.fill("Who rides?")
    theirs.blur()
    expect(wonder).to_have_value("Who rides?")
    assert mine.evaluate("(box) => box.selectionStart") == 3, "the cursor stays"
    mine.press_sequentially("!")
    expect(notice).to_have_value("Hor!ses went")
    assert kept_work(noted)["02.notice"] == {"notice": "Hor!ses went", "wonder": "Who rides?"}
    # A tab that heard nothing (it was frozen) writes no more than its reader typed.
    deafen(noted)
    again(noted)
    mine, wonder = noted.locator("textarea").all()
    keep_work(other, {"02.notice": {"notice": "newer", "wonder": "newer"}})
    expect(mine).to_have_value("Hor!ses went")
    wonder.fill("Who rides now?")
    wonder.blur()
    expect(theirs).to_have_value("Who rides now?")
    assert kept_work(noted)["02.notice"] == {"notice": "newer", "wonder": "Who rides now?"}
    expect(mine).to_have_value("newer")
    other.close()


#: Types into one box many times, leaving it each time, while the storage is full now and then.
_TYPE_ON = """async ([at, word, times, full]) => {
  const take = Storage.prototype.setItem;
  Storage.prototype.setItem = function (...given) {
    if (full && Math.random() < 0.1) throw new DOMException("full", "QuotaExceededError");
    return take.apply(this, given);
  };
  for (let now = 1; now <= times; now += 1) {
    const box = document.querySelectorAll("textarea")[at]; // a clearing builds them anew
    box.focus();
    box.value = `${word} ${Date.now()}`;
    box.dispatchEvent(new Event("input", { bubbles: true }));
    box.blur();
    box.dispatchEvent(new Event("change", { bubbles: true }));
    await new Promise((go) => setTimeout(go, 8 * Math.random()));
  }
  Storage.prototype.setItem = take;
}"""


@pytest.mark.thorough
@pytest.mark.slow
def test_a_thousand_writes_of_two_tabs_lose_nothing_and_bring_nothing_back(noted: Page) -> None:
    other = _another(noted)
    tabs = noted, other

    def type_on(word: str, times: int, full: bool) -> None:
        for at, tab in enumerate(tabs):
            tab.evaluate(
                "([code, given]) => { window.typed = eval(code)(given); }",
                [_TYPE_ON, [at, word, times, full]],
            )

    def typed() -> None:
        for tab in tabs:
            tab.evaluate("() => window.typed")

    type_on("first reader", 300, full=True)
    typed()
    type_on("last", 1, full=False)
    typed()
    noted.wait_for_timeout(1_000)
    assert [one.split()[0] for one in kept_work(noted)["02.notice"].values()] == ["last", "last"]
    type_on("then", 200, full=False)
    noted.wait_for_timeout(200)
    cleared = noted.evaluate("""() => {
      for (const key of Object.keys(localStorage)) {
        if (key.startsWith("my-work/")) localStorage.removeItem(key);
      }
      localStorage.setItem("my-work-cleared", `${Date.now()}-a third tab`);
      return Date.now();
    }""")
    noted.evaluate("() => dispatchEvent(new StorageEvent('storage', { key: 'my-work-cleared' }))")
    typed()
    noted.wait_for_timeout(1_000)
    stamps = [int(one.split()[1]) for one in kept_work(noted)["02.notice"].values() if one]
    assert stamps and all(one > cleared for one in stamps), "typed after the clearing"
    other.close()


def test_leaving_a_box_in_which_nothing_was_typed_writes_nothing(noted: Page) -> None:
    box = noted.locator("textarea").first
    box.fill("Horses")
    noted.wait_for_function("() => localStorage['my-work/02.notice']")
    noted.evaluate("() => delete localStorage['my-work/02.notice']")
    box.evaluate("(box) => { box.dispatchEvent(new Event('change')); box.remove(); }")
    noted.wait_for_timeout(1000)
    assert kept_work(noted) == {}


def test_a_part_that_fails_says_so_and_the_others_work(written: Page, browser: Browser) -> None:
    path = Path(unquote(urlparse(written.url).path))
    text = path.read_text(encoding="utf-8")
    broken = path.with_name("broken.html")
    broken.write_text(text.replace('"kind":"prompts"', '"kind":"unknown"'), encoding="utf-8")
    page = browser.new_page()  # its console has an error, on purpose
    page.goto(broken.as_uri())
    expect(page.locator('[data-face="prompts"]')).to_contain_text("This part could not start")
    page.get_by_label("How many?").fill("10")
    page.get_by_role("button", name="Check", exact=True).click()
    assert "Ten." in verdicts(page)[0]
    page.close()


def test_an_answer_writes_nothing_but_itself(checked: Page) -> None:
    """Two tabs that read, change and write all work at once would lose each other's answers."""
    keep_work(checked, {"03.exit": "first"})
    answer(checked)
    keep_work(checked, {"03.exit": "of another tab, a moment later"})
    answer(checked, "11")
    assert kept_work(checked)["03.exit"] == "of another tab, a moment later"


def test_text_is_kept_while_it_is_typed(written: Page) -> None:
    box = written.locator("textarea").first
    box.press_sequentially("Three sentences")
    message = written.locator("form:has(textarea) .face-message").first
    expect(message).to_have_text("Not kept yet …")
    expect(message).to_contain_text("Kept in this browser")
    box.press_sequentially(", and the lid is shut.")
    again(written)  # the cursor never left the box
    expect(written.locator("textarea").first).to_have_value("Three sentences, and the lid is shut.")


@pytest.mark.parametrize(
    "odd", [{"answer": {"toString": 1}}, 7, "text", [None], {"right": "no"}, {"answer": [[]]}]
)
def test_an_odd_value_takes_no_part_of_the_page_with_it(checked: Page, odd: object) -> None:
    faces = checked.locator("[data-face]").count()
    keys = ("02.choice", "02.number", "02.steps", "02.predict", "02.notice", "evidence")
    keep_work(checked, dict.fromkeys(keys, odd))
    again(checked)
    assert checked.locator("[data-face][data-started]").count() == faces
    answer(checked)
    assert "Ten." in verdicts(checked)[1]


def test_work_kept_by_an_earlier_version_loads_and_stays(checked: Page) -> None:
    earlier = {"02.number": {"answer": "10", "right": True, "tries": 1}}
    checked.evaluate("(all) => localStorage.setItem('my-work', all)", json.dumps(earlier))
    again(checked)
    expect(checked.get_by_label("How many?")).to_have_value("10")
    answer(checked, "11")
    again(checked)
    expect(checked.get_by_label("How many?")).to_have_value("11")
    clear = checked.get_by_role("button", name="Clear")
    clear.click()
    clear.click()
    assert checked.evaluate("() => localStorage.getItem('my-work')") is None


def test_an_answer_that_a_crash_tore_is_set_aside(checked: Page) -> None:
    torn = '{"answer": "my long ans'
    checked.evaluate("(torn) => localStorage.setItem('my-work/02.number', torn)", torn)
    again(checked)
    answer(checked)
    assert kept_work(checked)["02.number"]["answer"] == "10"
    assert checked.evaluate("() => localStorage.getItem('my-work-damaged/02.number')") == torn


@pytest.mark.parametrize("leave", ["allow-scripts", "allow-scripts allow-same-origin"])
def test_checks_answer_in_a_frame_that_may_send_no_forms(checked: Page, leave: str) -> None:
    """A course platform's frame, and JupyterLab's own viewer of pages, stop a form unasked."""
    frame_page = Path(unquote(urlparse(checked.url).path)).with_name("frame.html")
    frame_page.write_text(
        f'<iframe sandbox="{leave}" src="checks.html" width="1000" height="900"></iframe>',
        encoding="utf-8",
    )
    checked.goto(frame_page.as_uri())
    frame = checked.frame_locator("iframe")
    frame.get_by_label("No", exact=True).check()
    frame.get_by_role("button", name="Check", exact=True).first.click()
    expect(frame.locator(".face-verdict").first).to_contain_text("It is not.")
    frame.get_by_label("How many?").fill("10")
    frame.get_by_label("How many?").press("Enter")
    expect(frame.locator(".face-verdict").nth(1)).to_contain_text("Ten.")
