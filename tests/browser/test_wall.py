"""A tour through a chart, and the chart as large as the wall, in a page from disk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from browser.drive import alone, too_wide, violations, wide, widget_page
from tiers import few
from upheaval import lesson

pytestmark = pytest.mark.browser

#: Pixels of each text of the drawing on show, and of the headline and the controls, as painted.
SIZES = """() => {
  const scale = (one) => one.getBoundingClientRect().width / (one.offsetWidth || 1);
  const plot = document.querySelector('dialog .face-plot:not([inert] *)');
  const drawn = [...plot.querySelectorAll('.main-svg text')].filter((one) => one.textContent.trim())
    .map((one) => parseFloat(getComputedStyle(one).fontSize) * scale(plot));
  const words = [...document.querySelectorAll(
    'dialog :is(.face-title, .face-controls :is(label, select, button), .face-tour p, .face-legend)'
  )].filter((one) => one.checkVisibility())
    .map((one) => parseFloat(getComputedStyle(one).fontSize));
  return { drawn: Math.min(...drawn), words: Math.min(...words), texts: drawn.length };
}"""


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page with the chart of lesson 02 and cards beside it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FACE_MODE", "page")
        explorer = lesson.explorer("02.timeline")
        path = widget_page(tmp_path_factory.mktemp("wall") / "wall.html", explorer)
    card = lesson.show("02.cards")._repr_mimebundle_()["text/html"]
    text = path.read_text("utf-8")
    path.write_text(text.replace("</main>", f"{card}</main>"), "utf-8")
    return path


@pytest.fixture
def page(browser: Browser, file: Path) -> Iterator[Page]:
    with alone(browser, file, viewport={"width": 1280, "height": 720}) as one:
        yield one


def strip(page: Page) -> Locator:
    return page.locator(".face-tour")


def as_of(page: Page) -> Locator:
    return page.get_by_label("Known by")


def test_a_tour_sets_the_controls_keeps_the_focus_ends_and_has_addresses(page: Page) -> None:
    on = page.get_by_role("button", name="Next", exact=True)
    words = strip(page).get_by_role("status")
    expect(words).to_contain_text("1 of 5")
    on.focus()
    page.keyboard.press("Enter")
    expect(words).to_contain_text("2 of 5")
    expect(as_of(page).locator("option:checked")).to_have_text("8 October 2024")
    expect(on).to_be_focused()
    assert page.evaluate("location.hash") == "#timeline.as_of=2024-10-08&timeline.tour=2"
    as_of(page).select_option("18 October 2024")
    assert "tour" not in page.evaluate("location.hash")
    strip(page).get_by_role("button", name="Show step 2 again").click()
    expect(as_of(page).locator("option:checked")).to_have_text("8 October 2024")
    expect(on).to_be_focused()
    for _ in range(3):
        on.click()
    expect(words).to_contain_text("5 of 5")
    expect(on).to_have_attribute("aria-disabled", "true")
    page.keyboard.press("Enter")
    expect(words).to_contain_text("5 of 5")
    strip(page).get_by_role("button", name="Now yours").click()
    expect(strip(page)).to_be_hidden()
    again = page.get_by_role("button", name="Show the tour")
    expect(again).to_be_focused()
    page.keyboard.press("Enter")
    expect(words).to_contain_text("1 of 5")
    assert violations(page) == []
    links(page)


def links(page: Page) -> None:
    """An address leads to a step, or to a choice, or to the beginning; there is room on a phone."""
    page.evaluate("location.hash = '#timeline.tour=3'")
    expect(strip(page).get_by_role("status")).to_contain_text("3 of 5")
    expect(as_of(page).locator("option:checked")).to_have_text("18 October 2024")
    page.evaluate("location.hash = '#timeline.as_of=2024-10-23'")
    expect(strip(page)).to_be_hidden()
    wide(page, 320)
    page.evaluate("location.hash = ''")
    expect(strip(page)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_on_the_wall_labels_are_large_arrows_step_and_escape_gives_the_focus_back(
    page: Page,
) -> None:
    large = page.locator(".face-figure .face-large")
    large.click()
    wall = page.get_by_role("dialog")
    expect(wall).to_be_visible()
    page.wait_for_function(f"({SIZES})().drawn > 0")
    sizes = page.evaluate(SIZES)
    assert sizes["drawn"] >= 21.99 and sizes["words"] >= 21.99 and sizes["texts"] > 5, sizes
    for stays in (".face-tour", ".face-title", ".face-plot"):
        expect(wall.locator(stays).first).to_be_in_viewport()
    page.keyboard.press("ArrowRight")
    expect(wall.locator(".face-tour")).to_contain_text("2 of 5")
    wall.get_by_role("button", name="Now yours").click()
    for stays in (".face-controls", ".face-title", ".face-plot"):
        expect(wall.locator(stays).first).to_be_in_viewport()
    assert page.evaluate(SIZES)["words"] >= 21.99
    page.keyboard.press("ArrowRight")
    expect(as_of(page).locator("option:checked")).to_have_text("18 October 2024")
    page.keyboard.press("ArrowLeft")
    expect(as_of(page).locator("option:checked")).to_have_text("8 October 2024")
    assert violations(page, "dialog") == [] and too_wide(wall) == []
    page.keyboard.press("Escape")
    expect(wall).to_have_count(0)
    expect(large).to_be_focused()
    expect(as_of(page).locator("option:checked")).to_have_text("8 October 2024")
    page.keyboard.press("Alt+p")
    expect(wall.locator(".face-figure")).to_be_visible()
    page.keyboard.press("Escape")
    source_card(page)


def source_card(page: Page) -> None:
    """A source card opens as well."""
    card = page.locator(".lesson-card").nth(1)
    card.get_by_role("button", name="Large").click()
    quote = page.get_by_role("dialog").locator("blockquote")
    expect(quote).to_be_visible()
    assert quote.evaluate("(one) => parseFloat(getComputedStyle(one).fontSize)") >= 30
    page.keyboard.press("Escape")
    expect(card.get_by_role("button", name="Large")).to_be_focused()


#: Pixels of the smallest text in the large view, but for that of a chart; whether it says "more".
SMALLEST = """() => Math.min(...[...document.querySelectorAll('dialog .face-wall-stage *')]
  .filter((one) => one.checkVisibility() && !one.closest('svg, .face-plot') &&
    [...one.childNodes].some(({ nodeType, data }) => nodeType === 3 && data.trim()))
  .map((one) => parseFloat(getComputedStyle(one).fontSize)))"""


def test_what_a_class_fills_in_together_opens_large_and_says_that_there_is_more(
    browser: Browser, tmp_path: Path, page_mode: None, work_folder: Path
) -> None:
    parts = [lesson.show(name) for name in ("07.coding", "09.matrix", "11.weights")]
    path = widget_page(tmp_path / "parts.html", *parts)
    with alone(browser, path, viewport={"width": 1280, "height": 720}) as page:
        for kind in ("coding", "matrix", "weights"):
            large = page.locator(f"[data-face={kind}] .face-large")
            large.click()
            wall = page.get_by_role("dialog")
            expect(wall).to_be_visible()
            assert page.evaluate(SMALLEST) >= 21.99, kind
            assert too_wide(wall) == [], kind
            if kind == "matrix":
                moves_to_what_is_below(page, wall)
            page.keyboard.press("Escape")
            expect(wall).to_have_count(0)
            expect(large).to_be_focused()
        page.locator("[data-face=coding] .face-large").click()
        said = page.locator("dialog .face-text")
        expect(said).to_contain_text(f"{parts[0].spec['scales'][0]['label']}:")
        page.keyboard.press("ArrowRight")
        expect(said).to_contain_text(f"{parts[0].spec['scales'][1]['label']}:")
        assert violations(page, "dialog") == []


def moves_to_what_is_below(page: Page, wall: Locator) -> None:
    """Keys and buttons go through a view that is taller than the screen, part by part."""
    stage = wall.locator(".face-wall-stage")
    down = wall.get_by_role("button", name="More below")
    up = wall.get_by_role("button", name="More above")
    said = wall.locator(".face-wall-more").get_by_role("status")
    expect(up).to_have_attribute("aria-disabled", "true")
    expect(said).to_contain_text("Part 1 of ")
    many = int((said.text_content() or "").split()[-1])
    page.keyboard.press("ArrowDown")
    expect(up).to_have_attribute("aria-disabled", "false")
    expect(said).to_have_text(f"Part 2 of {many}")
    before = stage.evaluate("(one) => one.scrollTop")
    for _ in range(many - 2):
        down.click()
    expect(said).to_have_text(f"Part {many} of {many}")
    assert stage.evaluate("(one) => one.scrollTop") >= before > 0
    expect(down).to_have_attribute("aria-disabled", "true")
    page.keyboard.press("PageUp")
    expect(down).to_have_attribute("aria-disabled", "false")


#: What of a chart is in sight in the large view, whole or cut: rows, and the texts of a drawing.
IN_SIGHT = """() => {
  const covered = [...document.querySelectorAll(
    'dialog :is(.face-head, .face-legend, .face-rows thead, .face-rows div:has(> .face-scale))')]
    .filter((one) => getComputedStyle(one).position === 'sticky')
    .map((one) => one.getBoundingClientRect().bottom);
  const foot = document.querySelector('.face-wall-foot');
  const top = Math.max(0, ...covered);
  const bottom = foot.getBoundingClientRect().top -
    parseFloat(getComputedStyle(foot, '::before').height);
  const all = [...document.querySelectorAll(
    'dialog :is(.face-rows :is(tbody tr, li), .face-plot:not([inert] *) .main-svg text)')]
    .map((one) => one.getBoundingClientRect()).filter((one) => one.height);
  const within = (one) => one.top >= top - 2 && one.bottom <= bottom + 2;
  const out = (one) => one.bottom <= top + 2 || one.top >= bottom - 2;
  return { whole: all.flatMap((one, at) => within(one) ? [at] : []), all: all.length,
    cut: all.filter((one) => !within(one) && !out(one)).length };
}"""


@pytest.mark.parametrize(
    "name", few(["02.timeline", "09.grid", "06.missiles"], 1, pytest.mark.slow)
)
def test_a_tall_chart_goes_on_in_parts_in_which_every_row_is_once_whole(
    browser: Browser, tmp_path: Path, page_mode: None, name: str
) -> None:
    path = widget_page(tmp_path / "parts.html", lesson.explorer(name))
    with alone(browser, path, viewport={"width": 1280, "height": 720}) as page:
        page.locator(".face-figure .face-large").click()
        said = page.locator(".face-wall-more").get_by_role("status")
        expect(said).to_contain_text("Part 1 of ")
        many = int((said.text_content() or "").split()[-1])
        seen: set[int] = set()
        for number in range(1, many + 1):
            expect(said).to_have_text(f"Part {number} of {many}")
            found = page.evaluate(IN_SIGHT)
            assert found["cut"] == 0, (number, found)
            seen.update(found["whole"])
            page.keyboard.press("ArrowDown")
        assert seen == set(range(found["all"])), "no row is passed by"


@pytest.mark.parametrize(
    "name", few(["02.map", "05.map", "05.allies", "07.time", "08.course"], 2, pytest.mark.slow)
)
def test_a_map_a_net_and_a_chart_of_numbers_fit_the_wall(
    browser: Browser, tmp_path: Path, page_mode: None, name: str
) -> None:
    path = widget_page(tmp_path / "fits.html", lesson.explorer(name))
    with alone(browser, path, viewport={"width": 1280, "height": 720}) as page:
        usual = page.locator(".face-plot").evaluate("(one) => one.clientHeight")
        page.locator(".face-figure .face-large").click()
        below = page.get_by_role("button", name="More below")
        expect(below).to_be_visible()
        page.wait_for_function(
            "() => document.querySelector('dialog .face-plot:not([inert] *)')"
            ".getBoundingClientRect().bottom <="
            " document.querySelector('.face-wall-foot').getBoundingClientRect().top + 1"
        )
        assert page.evaluate(SIZES)["drawn"] >= 21.99
        below.click()
        expect(page.locator(".face-wall-more").get_by_role("status")).to_have_text(
            "Below the chart"
        )
        page.keyboard.press("Escape")
        page.wait_for_function(
            f"() => document.querySelector('.face-plot').clientHeight === {usual}"
        )


def test_a_step_of_the_tour_shows_its_words_from_any_part_of_the_chart(page: Page) -> None:
    page.locator(".face-figure .face-large").click()
    said = page.locator(".face-wall-more").get_by_role("status")
    expect(said).to_contain_text("Part 1 of ")
    page.keyboard.press("ArrowDown")
    expect(said).to_contain_text("Part 2 of ")
    expect(page.locator("dialog .face-tour")).not_to_be_in_viewport()
    expect(page.locator("dialog .face-title").first).to_be_in_viewport()
    page.keyboard.press("ArrowRight")
    expect(page.locator("dialog .face-tour")).to_contain_text("2 of 5")
    expect(page.locator("dialog .face-tour")).to_be_in_viewport()
    page.keyboard.press("Escape")


#: Of a large view that was moved down: how far below its upper end stand its headline, its signs,
#: its heads of columns and its scale.
STAYS = """() => {
  const at = (of) => {
    const found = [...document.querySelectorAll(`dialog ${of}`)]
      .find((one) => one.checkVisibility());
    return found && Math.round(found.getBoundingClientRect().top);
  };
  return { title: at('.face-title'), signs: at('.face-legend'), columns: at('thead'),
    scale: at('.face-scale') };
}"""


@pytest.mark.parametrize("name", few(["02.timeline", "09.grid", "07.scales"], 1, pytest.mark.slow))
def test_what_marks_mean_stays_in_sight_while_a_tall_chart_moves(
    browser: Browser, tmp_path: Path, page_mode: None, name: str
) -> None:
    """Headline, signs, heads of columns and scale; and no step passes anything by unseen."""
    path = widget_page(tmp_path / "tall.html", lesson.explorer(name))
    with alone(browser, path, viewport={"width": 1280, "height": 720}) as page:
        page.locator(".face-figure .face-large").click()
        wall = page.get_by_role("dialog")
        expect(wall.get_by_role("button", name="More below")).to_be_visible()
        stage = wall.locator(".face-wall-stage")
        first = stage.evaluate("(one) => one.scrollTop")
        wall.get_by_role("button", name="More below").click()
        moved = stage.evaluate("(one) => one.scrollTop") - first
        stays = page.evaluate(STAYS)
        assert stays["title"] >= 0
        told = [stays[one] for one in ("columns", "scale", "signs") if stays[one] is not None]
        assert any(stays["title"] < one < 500 for one in told), stays
        if name == "09.grid":
            assert stays["columns"] > stays["title"]
        assert moved <= 720 - max(told), "what was below the screen is not passed by"


def test_nothing_passes_behind_the_button_that_closes(
    browser: Browser, tmp_path: Path, page_mode: None, work_folder: Path
) -> None:
    path = widget_page(tmp_path / "grid.html", lesson.show("09.matrix"))
    with alone(browser, path, viewport={"width": 1280, "height": 720}) as page:
        page.locator("[data-face=matrix] .face-large").click()
        behind = page.locator(".face-wall-close").evaluate(
            "(one) => { one.closest('.face-wall-stage').scrollTop = 900;"
            " const { left, top, height } = one.getBoundingClientRect();"
            " return document.elementFromPoint(left - 20, top + height / 2).className; }"
        )
        assert behind == "face-wall-foot", "the foot is as wide as the screen, and not seen through"
