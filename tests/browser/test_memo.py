"""The memo and the weights in a page: they keep, cite, check and export."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

import rules
from browser.drive import (
    PRINTS,
    again,
    alone,
    deafen,
    keep_work,
    kept_work,
    offline,
    open_lesson,
    painted,
    save,
    widget_page,
)
from upheaval.classroom import reading
from upheaval.widgets import memo
from upheaval.widgets.core.storage import HEAD
from upheaval.widgets.memo import Memo
from upheaval.widgets.weights import WeightedScoring

pytestmark = pytest.mark.browser

BANDS = [
    {"terms": ["unlikely"], "low": 20, "high": 45},
    {"terms": ["likely", "probable"], "low": 55, "high": 80},
]
FIELDS = [
    {"name": "to", "label": "To", "head": True},
    {"name": "recommendation", "label": "Bottom line", "rows": 2},
    {"name": "background", "label": "Background", "rows": 3},
    {"name": "counter", "label": "Counter", "rows": 2},
    {"name": "likelihood", "label": "Likelihood", "rows": 2},
    {"name": "confidence", "label": "Confidence", "rows": 2},
    {"name": "flashpoint", "label": "Flashpoint", "rows": 2},
]
RULES = memo.rules(["Stay"], "2024-11-27", BANDS, ["recommendation", "background"])
SOURCES = [["A <b>page</b>", "https://example.org/a"], ["Bad", "javascript:alert(1)"]]
ROWS = [
    ["events/a", "event", "2024-10-01", "Rain <img src=x onerror=alert(1)>", "claimed", [0]],
    ["events/b", "event", "2024-11-30", "Late rain", "confirmed", [0]],
    ["quotes/c", "quotation", "2024-11-01", "Somebody: “wet”", "", [0, 1]],
]
SAYS = {"events/a": ["It <b>rained</b>.", "", "A page, 1 October 2024"]}
RATINGS = {
    "a": {"x": (4, 5), "y": (1, 1)},
    "b": {"x": (2, 2), "y": (3, 4)},
    "c": {"x": (1, 3), "y": (2, 4)},
}


# -- the page --------------------------------------------------------------------------------------
@pytest.fixture
def desk(tmp_path: Path, page_mode: None, work_folder: Path) -> Path:
    made = [
        WeightedScoring(
            "11.weights",
            "How much?",
            {"x": "Ex", "y": "Why"},
            {"a": "A", "b": "B", "c": "C"},
            RATINGS,
            {"Alike": {"x": 3, "y": 3}, "All Ex": {"x": 5, "y": 0}},
        ),
        Memo(
            "11.memo",
            "Your memo",
            FIELDS,
            title="Memo",
            foot="An exercise",
            file="decision_memo",
            picker={"sources": SOURCES, "rows": ROWS, "says": SAYS},
            rules=RULES,
            presets={"Boss": {"to": "The head"}},
        ),
    ]
    return widget_page(tmp_path / "desk.html", *made)


@pytest.fixture
def page(browser: Browser, desk: Path) -> Iterator[Page]:
    with alone(browser, desk) as one:
        yield one


def test_weights_move_the_lead_and_are_kept(page: Page) -> None:
    text = page.locator(".face-weights .face-text[role=status]")
    expect(text).to_contain_text("“A” and “B” are level.")
    page.get_by_label("Start from the weights of").select_option("All Ex")
    expect(text).to_contain_text("“A” leads.")
    page.get_by_label("Why").select_option("5")
    page.get_by_label("Ex", exact=True).select_option("0")
    expect(text).to_contain_text("“B” leads.")
    expect(page.locator(".face-weights .face-message")).to_contain_text("Kept")
    page.reload()
    expect(text).to_contain_text("“B” leads.")
    page.get_by_label("Why").select_option("0")
    expect(text).to_contain_text("nothing counts")


def test_evidence_is_found_added_cited_and_taken_away(page: Page) -> None:
    rows = page.locator(".memo-picker li")
    expect(rows).to_have_count(2)  # what was public later is left out
    page.get_by_label("only what was public by 27 November 2024").uncheck()
    expect(rows).to_have_count(3)
    page.get_by_label("Words to look for").fill("wet quotation")
    expect(rows).to_have_count(1)
    rows.get_by_role("button").click()
    page.get_by_label("Words to look for").fill("late")
    rows.get_by_role("button").click()
    rows.get_by_role("button").click()
    expect(page.locator(".face-memo > .face-message")).to_contain_text(
        "in your list already, as [2]"
    )
    page.get_by_label("Background").fill("It was wet")
    page.get_by_role("button", name="Cite [1]").click()
    page.get_by_role("button", name="Cite [2]").click()
    expect(page.get_by_label("Background")).to_have_value("It was wet [1] [2]")
    page.get_by_role("button", name="Remove [1]").click()
    expect(page.get_by_label("Background")).to_have_value("It was wet [1]")
    expect(page.locator(".memo-sheet")).to_contain_text(
        "Late rain (event, confirmed, public by 30 November 2024)"
    )


def test_a_memo_survives_the_closing_of_the_page(page: Page, desk: Path) -> None:
    page.get_by_label("Take a role").select_option("Boss")
    page.get_by_label("Bottom line").fill("Stay. <b>Really</b>")
    expect(page.locator(".face-memo > .face-message")).to_contain_text("Kept in this browser")
    page.goto("about:blank")  # at once: the last letters are still waiting to be kept
    again = page.context.new_page()
    again.goto(desk.as_uri())
    expect(again.get_by_label("To", exact=True)).to_have_value("The head")
    expect(again.get_by_label("Bottom line")).to_have_value("Stay. <b>Really</b>")
    expect(again.locator(".memo-sheet")).to_contain_text("Stay. <b>Really</b>")


def test_another_tab_follows_and_empties_when_the_work_is_cleared(page: Page, desk: Path) -> None:
    other = page.context.new_page()
    open_lesson(other, desk)
    page.get_by_label("Start from the weights of").select_option("All Ex")
    page.get_by_label("Bottom line").fill("Stay.")
    expect(other.locator(".face-weights .face-text[role=status]")).to_contain_text("“A” leads.")
    expect(other.get_by_label("Bottom line")).to_have_value("Stay.")
    page.evaluate("() => localStorage.clear()")
    expect(other.get_by_label("Start from the weights of")).to_have_value("Alike")
    lead = other.locator(".face-weights .face-text[role=status]")
    expect(lead).to_contain_text("“A” and “B” are level.")
    expect(other.get_by_label("Bottom line")).to_have_value("")
    expect(other.locator(".memo-sheet")).not_to_contain_text("Stay.")


def test_two_tabs_on_one_memo_write_only_what_was_changed_in_each(page: Page, desk: Path) -> None:
    other = page.context.new_page()
    for tab in (page, other):
        deafen(tab)
        tab.goto(page.url)
        painted(tab)
    page.get_by_label("Bottom line").fill("Stay.")
    page.get_by_label("Bottom line").blur()
    other.get_by_label("Counter").fill("Leave.")
    other.get_by_label("Counter").blur()
    page.locator("label", has_text="Why").locator("..").locator("select").select_option("5")
    other.get_by_label("Ex", exact=True).select_option("0")
    memo, weights = (kept_work(page)[key] for key in ("11.memo", "11.weights"))
    assert (memo["fields"]["recommendation"], memo["fields"]["counter"]) == ("Stay.", "Leave.")
    assert weights["weights"] == {"x": 0, "y": 5}
    expect(other.get_by_label("Bottom line")).to_have_value("Stay.")
    other.close()


def test_the_check_gives_reasons_and_follows(page: Page) -> None:
    page.get_by_role("button", name="Check my memo").click()
    lines = page.locator(".face-memo .face-verdict li")
    expect(lines).to_have_count(len(memo.TEXTS))
    expect(lines.first).to_contain_text("✗ The recommendation names no option")
    page.get_by_label("Bottom line").fill("Stay here.")
    expect(lines.first).to_contain_text("✓ The recommendation names an option: Stay.")
    expect(page.locator(".memo-summary")).to_contain_text(f"of {len(memo.TEXTS)} rules are met")


def test_a_sample_is_read_with_what_the_rules_say_of_it(
    browser: Browser, tmp_path: Path, page_mode: None
) -> None:
    fields = {"recommendation": "Stay [1].", "counter": "It is <b>dear</b>."}
    item: memo.Evidence = {
        "id": "a",
        "kind": "event",
        "title": "Rain <i>",
        "status": "confirmed",
        "known": "2024-10-01",
        "sources": [],
    }
    sample = memo.SampleMemo("A sample", fields, [item], RULES)
    with alone(browser, widget_page(tmp_path / "sample.html", sample)) as page:
        article = page.get_by_role("article", name="A sample")
        expect(article.locator("p")).to_have_text(
            ["Stay [1].", "It is <b>dear</b>.", "[1] Rain <i>"]
        )
        lines = article.locator(".face-verdict li")
        expect(lines).to_have_count(len(memo.TEXTS))
        expect(lines.first).to_have_text("✓ The recommendation names an option: Stay.")
        expect(lines.nth(1)).to_contain_text("✗ Too little evidence in the text: 1 cited")


def test_files_hold_the_memo_and_run_nothing(browser: Browser, page: Page, tmp_path: Path) -> None:
    page.get_by_label("To", exact=True).fill("<script>alert(1)</script>")
    for button in page.locator(".memo-picker li button").all():
        button.click()
    page.get_by_label("Bottom line").fill(
        "Stay [1] and [2], not [7].\n<img src=x onerror=alert(1)>"
    )
    text = save(page, "Save as Markdown", tmp_path).read_text(encoding="utf-8")
    assert (
        text.startswith("# Memo\n\n**To:** &lt;script>")
        and "## Bottom line\n\nStay [1] and [2], not [7]." in text
    )
    assert (
        "1. Somebody: “wet” (quotation, public by 1 November 2024)." in text
        and "javascript:" not in text
    )
    assert (
        "\n2. Rain &lt;img" in text
        and "A &lt;b>page&lt;/b> <https://example.org/a>" in text
        and "<img" not in text
    )
    web = save(page, "Save as web page", tmp_path).read_text(encoding="utf-8")
    assert "<script" not in web and "<img" not in web
    shown, held = web.split(reading.HELD)
    assert "javascript:" not in shown
    read = rules.evaluate("([text, about]) => rules.workFile.workFileIn(text, about)", [web, HEAD])
    assert list(read["file"]["work"]) == ["11.memo"] and held.count("<") == 3
    context = browser.new_context()
    paper, watch = offline(context)
    paper.on("dialog", lambda dialog: watch.errors.append(dialog.message))
    paper.goto((tmp_path / "decision_memo.html").as_uri())
    expect(paper.locator("dd").first).to_have_text("<script>alert(1)</script>")
    expect(paper.locator("ol li")).to_have_count(2)
    expect(paper.locator('main a[href^="#r"]')).to_have_count(2)
    watch.quiet()
    context.close()


def test_a_basket_that_somebody_edited_costs_nothing_of_the_memo(page: Page) -> None:
    page.get_by_label("Bottom line").fill("Stay.")
    page.get_by_label("Bottom line").press("Tab")
    keep_work(page, {"evidence": [None, "x", {"id": 1}]})
    again(page)
    expect(page.get_by_label("Bottom line")).to_have_value("Stay.")
    odd = {**kept_work(page)["11.memo"], "evidence": [None]}
    keep_work(page, {"evidence": {"a": 1}, "11.memo": odd})
    again(page)
    expect(page.get_by_label("Bottom line")).to_have_value("Stay.")
    expect(page.locator(".face-memo ol.memo-rows")).to_contain_text("[1] What stood here could not")


def test_a_reference_prints_the_sentence_of_its_row(page: Page) -> None:
    rows = page.locator(".memo-picker li")
    for row in rows.all():
        row.get_by_role("button").click()
    page.get_by_label("Background").fill("It was wet [1] [2].")
    listed = page.locator(".memo-sheet ol li")
    texts = [one.inner_text() for one in listed.all()]
    said = [text for text in texts if "“It <b>rained</b>.” (A page, 1 October 2024)" in text]
    assert len(texts) == 2 and len(said) == 1 and "Rain <img" in said[0]


def test_what_another_lesson_added_can_be_cited(page: Page) -> None:
    added = [
        {
            "id": "timeline: 3 May 2024: Rain",
            "kind": "timeline",
            "title": "3 May 2024: Rain",
            "text": "",
            "status": "● confirmed",
            "asOf": "February 2026",
            "sources": [{"text": "S", "url": "https://x.org"}],
        }
    ]
    keep_work(page, {"evidence": added})
    page.reload()
    page.get_by_role("button", name="Add: 3 May 2024: Rain").click()
    expect(page.locator(".face-memo ol.memo-rows")).to_contain_text(
        "(event, confirmed, public by 3 May 2024"
    )


def test_a_row_kept_under_a_chart_brings_its_sentence_into_the_memo(page: Page) -> None:
    """The memo's page has the sentences of its own time: rows of later days bring theirs."""
    says = ["It <i>poured</i>.", "", "KBS, 5 January 2025"]
    keep_work(page, {"evidence": [{**LATE, "says": says}]})
    page.reload()
    page.get_by_role("button", name="Add: A tie").click()
    page.get_by_label("Background").fill("It was wet [1].")
    printed = page.locator(".memo-sheet ol li")
    expect(printed).to_contain_text("“It <i>poured</i>.” (KBS, 5 January 2025)")
    page.get_by_label("Background").press("Tab")
    again(page)
    expect(printed).to_contain_text("“It <i>poured</i>.” (KBS, 5 January 2025)")
    assert kept_work(page)["11.memo"]["evidence"][0]["says"] == says


FINDING = {
    "id": "timeline-october: 1 October 2024: Rain <img src=x onerror=alert(1)>",
    "kind": "timeline",
    "title": "1 October 2024: Rain <img src=x onerror=alert(1)>",
    "status": "△ claimed then",
    "asOf": "February 2026",
}
VOTES = {"id": "v", "kind": "chart", "title": "Votes", "status": "", "asOf": "May 2024"}
LATE = {"id": "l", "kind": "tie", "title": "A tie", "asOf": "May 2025", "known": "2025-01-05"}


def test_the_basket_is_seen_sorted_emptied_and_back_for_a_moment(page: Page) -> None:
    late = {**LATE, "text": "what it says", "says": ["it says", "", "a page"], "more": {"later": 1}}
    kept = [late, FINDING, {**FINDING, "id": "events/a"}, {**VOTES, "text": "All votes."}]
    keep_work(page, {"evidence": kept})
    page.reload()
    basket = page.locator(".face-memo .face-basket")
    expect(basket).to_contain_text("3 pieces of evidence")  # the rain came through two doors
    rows = basket.locator("li")
    expect(rows.nth(0)).to_contain_text("later than the memo’s day, 27 November 2024")
    expect(rows.nth(1)).to_contain_text("(event, claimed, public by 1 October 2024)")
    basket.get_by_label("Sort").select_option("by the day they became public")
    expect(rows.nth(0)).to_contain_text("Votes (chart, public by 31 May 2024)")
    basket.get_by_role("button", name="Take out of the basket: Rain").click()
    expect(rows).to_have_count(2)
    basket.get_by_role("button", name="Empty the basket").click()
    basket.get_by_role("button", name="Empty it: are you sure?").click()
    expect(rows).to_have_count(0)
    assert kept_work(page)["evidence"] == []
    basket.get_by_role("button", name="Bring it back").click()
    expect(rows).to_have_count(2)
    back = {one["id"]: one for one in kept_work(page)["evidence"]}
    assert back == {one["id"]: one for one in kept if one["id"] in back}, "whole, word for word"
    rows.nth(0).get_by_role("button", name="Add: Votes").click()
    expect(rows).to_have_count(1)


def test_a_status_that_an_earlier_version_lost_is_found_again(page: Page) -> None:
    item = {**{name: FINDING[name] for name in ("id", "kind", "title")}, "known": "2024-10-01"}
    memo_kept = {"fields": {}, "evidence": [{**item, "status": "then", "sources": []}]}
    keep_work(page, {"evidence": [FINDING], "11.memo": memo_kept})
    page.reload()
    expect(page.locator(".face-memo ol.memo-rows")).to_contain_text("(event, claimed, public by")


def test_the_search_says_how_far_it_reaches(page: Page) -> None:
    expect(page.locator(".memo-picker")).to_contain_text(
        "The search knows 3 rows that became public from 1 October 2024 to 30 November 2024."
    )


def test_a_frame_that_may_not_print_says_what_to_do(page: Page) -> None:
    page.evaluate("() => { window.print = () => {}; }")  # as a frame without leave does
    page.get_by_role("button", name="Print").click()
    expect(page.locator(".face-memo > .face-message")).to_contain_text(
        "save the memo as a web page"
    )
    expect(page.locator(".memo-paper")).to_have_count(0)  # a later printing would give it alone


def test_printing_shows_the_memo_alone_and_gives_the_page_back(page: Page) -> None:
    page.evaluate(PRINTS)
    page.get_by_label("Bottom line").fill("Stay.")
    page.get_by_role("button", name="Print").click()
    page.emulate_media(media="print")
    expect(page.locator(".memo-paper")).to_contain_text("Stay.")
    expect(page.locator("main")).to_be_hidden()
    page.evaluate("() => { dispatchEvent(new Event('afterprint')); }")
    expect(page.locator(".memo-paper")).to_have_count(0)
    expect(page.locator("main")).to_be_visible()


def test_two_tabs_may_change_the_basket_at_the_same_moment(page: Page) -> None:
    rounds = 6
    pieces = [
        {"id": f"e{at}", "kind": "event", "title": f"Piece {at}", "status": "", "sources": []}
        for at in range(2 * rounds + 1)
    ]
    keep_work(page, {"evidence": pieces})
    again(page)
    other = page.context.new_page()
    other.goto(page.url)
    for number in range(1, rounds + 1):
        # A tab learns a little later what the other wrote: each takes out one of its own end.
        moment = page.evaluate("() => Date.now() + 100")
        for tab, end in ((page, 0), (other, -1)):
            tab.evaluate(
                """([moment, end]) => setTimeout(() =>
                  [...document.querySelectorAll('.face-memo .face-basket li button')]
                    .filter((one) => one.textContent === 'Take out').at(end).click(),
                  moment - Date.now())""",
                [moment, end],
            )
        for tab in (page, other):
            rows = tab.locator(".face-memo .face-basket li")
            expect(rows).to_have_count(len(pieces) - 2 * number)
    assert [one["title"] for one in kept_work(page)["evidence"]] == [f"Piece {rounds}"]
    other.close()
