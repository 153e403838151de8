"""The site as its readers have it: from disk with the network cut, wide and narrow, light and dark,
by keyboard.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pydata_sphinx_theme
import pytest
from playwright.sync_api import Page, expect

from browser.drive import (
    LESSONS,
    Expected,
    Tab,
    again,
    choose,
    keep_work,
    on_paper_and_back,
    open_everything,
    painted,
    prints_alone,
    prints_the_memo_alone,
    save,
    shows,
    too_wide,
    violations,
    wide,
    widget_data,
)
from lessons import SITE_PAGES
from upheaval.publish import serving

pytestmark = pytest.mark.browser

PAGES = [
    *(f"student/lessons/{one.stem}.html" for one in LESSONS),
    *(f"student/{name}.html" for name in SITE_PAGES),
    f"instructor/lessons/{LESSONS[2].stem}.html",
    "instructor/index.html",
    "instructor/teaching/guide.html",
    "instructor/teaching/rubric_memo.html",
    "instructor/instructor-deploy.html",
    "instructor/instructor-links.html",
]
#: Pages with all that a page can hold: here axe looks at everything in all four looks.
WHOLE = (PAGES[2], PAGES[11], "student/index.html")

#: Of a list whose items are made alike so many are looked at: axe needs minutes for thousands.
SOME = 24
#: Takes the others away, outside of the widgets, whose lists have tests of their own.
_FEWER = """(some) => [...document.querySelectorAll('ul, ol, dl, tbody, details, section')]
  .filter((list) => list.children.length > 2 * some && !list.closest('.face, nav'))
  .forEach((list) => [...list.children].slice(some).forEach((one) => one.remove()))"""


def settled(page: Page, width: int, scheme: str) -> None:
    """Give the page another look; come back when it has it, and the theme has made tab stops of all
    that scrolls.
    """
    wide(page, width, scheme)
    page.wait_for_function(
        "(scheme) => document.documentElement.dataset.theme === scheme", arg=scheme
    )
    page.wait_for_function(
        """() => [...document.querySelectorAll('pre, .pst-scrollable-table-container')].every(
      (box) => box.scrollWidth <= box.clientWidth || !box.checkVisibility()
        || box.tabIndex === 0)"""
    )


#: (width, scheme, whether axe looks at faces). Two looks that have each width and each scheme once,
#: and the other two, in which only three pages differ that hold all there is.
LOOKS = {
    "two looks": [(1280, "dark", False), (320, "light", True)],
    "other two": [(1280, "light", False), (320, "dark", False)],
}


@pytest.mark.parametrize(
    ("name", "looks"),
    [
        *((name, "two looks") for name in PAGES if "student/lessons/" in name),
        *(
            pytest.param(name, "two looks", marks=pytest.mark.slow)
            for name in PAGES
            if "student/lessons/" not in name
        ),
        *(pytest.param(name, "other two", marks=pytest.mark.slow) for name in WHOLE),
    ],
    ids=lambda given: re.sub(r"(.*)/lessons/(\d\d).*", r"\2 \1", given),
)
def test_everybody_can_use_every_page(
    tab: Tab, whole_site: Path, pictures: Path, name: str, looks: str
) -> None:
    with tab.opened(whole_site / name) as page:
        assert page.locator("h1:visible").count() == 1
        open_everything(page)
        settled(page, 320, "light")
        assert too_wide(page) == []
        page.evaluate(_FEWER, SOME)
        found = []
        # test_access looks at the same faces light and wide, dark and narrow; here they have their
        # turn light and narrow, and on three pages in all four looks.
        for width, scheme, with_widgets in LOOKS[looks]:
            settled(page, width, scheme)
            leave_out = None if with_widgets or name in WHOLE else ".face, .columns"
            found += [f"{width} {scheme}: {one}" for one in violations(page, leave_out=leave_out)]
            if scheme == "light":
                page.screenshot(
                    path=pictures / f"site.{name.replace('/', '.')}.{width}.jpg", quality=80
                )
        assert found == []


@pytest.fixture
def lesson(tab: Tab, whole_site: Path) -> Iterator[Page]:
    with tab.opened(whole_site / "student" / "lessons" / f"{LESSONS[2].stem}.html") as page:
        wide(page, 1280)
        yield page


def test_a_choice_moves_the_chart_and_stands_in_the_address(lesson: Page) -> None:
    figure = lesson.locator("figure.face-figure").first
    title = figure.locator(".face-head > .face-title")
    before = title.inner_text()
    figure.locator('select[name="as_of"]').select_option(index=0)
    expect(title).not_to_have_text(before)
    after = title.inner_text()
    assert "=" in lesson.evaluate("() => location.hash")
    again(lesson)
    expect(
        lesson.locator("figure.face-figure").first.locator(".face-head > .face-title")
    ).to_have_text(after)


@pytest.mark.parametrize("number", range(len(LESSONS)), ids=lambda number: f"{number:02d}")
def test_every_control_of_every_lesson_moves_its_chart(
    tab: Tab, whole_site: Path, number: int
) -> None:
    path = whole_site / "student" / "lessons" / f"{LESSONS[number].stem}.html"
    with tab.opened(path) as page:
        explorers = [Expected(data) for data in widget_data(path, "explorer")]
        assert page.locator("figure.face-figure").count() == len(explorers) > 0
        for figure, expected in zip(
            page.locator("figure.face-figure").all(), explorers, strict=True
        ):
            for control in expected.controls:
                other = 1 if expected.start[control["name"]] == 0 else 0
                if len(control["options"]) > 1:
                    choose(figure, control["name"], other)
                    shows(figure, expected.payload({**expected.start, control["name"]: other}))
                    choose(figure, control["name"], expected.start[control["name"]])
            shows(figure, expected.payload(expected.start))


def test_keys_alone_go_through_a_page(lesson: Page) -> None:
    lesson.keyboard.press("Tab")
    assert "Skip to main content" in lesson.evaluate("() => document.activeElement.textContent")
    stops: list[dict[str, object]] = []
    for _ in range(600):
        lesson.keyboard.press("Tab")
        stop = lesson.evaluate("""() => {
          const one = document.activeElement, style = getComputedStyle(one);
          const figures = [...document.querySelectorAll('figure.face-figure')];
          return { index: [...document.querySelectorAll('*')].indexOf(one),
            html: one.outerHTML.slice(0, 80), term: one.matches('button.term'),
            chart: one.closest('.face-says, .face-all, .face-tour') ? -1  // of a list or a tour
              : figures.indexOf(one.closest('figure.face-figure')),
            seen: style.outlineStyle !== 'none' || style.boxShadow !== 'none' };
        }""")
        if any(stop["index"] == one["index"] for one in stops):
            break
        stops.append(stop)
    else:
        pytest.fail("Tab does not come round")
    hidden = [
        one["html"] for one in stops if not one["seen"] and not str(one["html"]).startswith("<body")
    ]
    assert hidden == [], "where the focus is can be seen"
    charts = [one["chart"] for one in stops if one["chart"] != -1]
    assert set(charts) == set(range(lesson.locator("figure.face-figure").count()))
    assert max(charts.count(one) for one in charts) <= 7, "tab stops of a chart, its marks one"
    assert sum(bool(one["term"]) for one in stops) == lesson.locator("button.term").count() > 0


def test_a_word_shows_its_meaning_to_key_and_mouse(lesson: Page) -> None:
    word = lesson.locator("button.term").first
    meaning = lesson.locator(f"#{word.get_attribute('popovertarget')}")
    expect(meaning).to_be_hidden()
    word.focus()
    lesson.keyboard.press("Enter")
    expect(meaning).to_be_visible()
    lesson.keyboard.press("Escape")
    expect(meaning).to_be_hidden()
    word.hover()
    expect(meaning).to_be_visible()
    box = meaning.bounding_box()
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= 1280
    meaning.hover()
    expect(meaning).to_be_visible()
    lesson.mouse.move(5, 5)
    expect(meaning).to_be_hidden()


@pytest.mark.slow
def test_on_a_phone_no_line_ends_at_a_bracket_before_a_word(tab: Tab, whole_site: Path) -> None:
    folder = whole_site / "student" / "lessons"
    pages = [one for one in sorted(folder.glob("*.html")) if "(<" in one.read_text("utf-8")]
    assert pages, "no word of a word list stands in brackets: this looks at nothing"
    for path in pages:
        with tab.opened(path) as page:
            wide(page, 390)
            apart = page.evaluate("""() => [...document.querySelectorAll('button.term')]
              .filter((one) => one.closest('.unbroken')?.textContent.startsWith('('))
              .filter((one) => {
                const around = one.closest('.unbroken');
                const bracket = document.createRange();
                bracket.setStart(around.firstChild, 0);
                bracket.setEnd(around.firstChild, 1);
                return bracket.getBoundingClientRect().bottom <= one.getBoundingClientRect().top;
              }).map((one) => one.textContent)""")
            left = page.evaluate("""() => [...document.querySelectorAll('button.term')]
              .filter((one) => one.previousSibling?.textContent.endsWith('(')
                && !one.closest('.unbroken')).map((one) => one.textContent)""")
            assert (apart, left) == ([], []), path.stem


def test_the_border_of_a_row_of_the_grid_stands_around_its_heading(
    tab: Tab, whole_site: Path
) -> None:
    with tab.opened(whole_site / "student" / "lessons" / f"{LESSONS[9].stem}.html") as page:
        wide(page, 390)
        page.locator(".grid-row").first.wait_for()
        boxes = page.locator(".grid-row").evaluate_all(
            "(all) => all.map((one) => [one.getBoundingClientRect().top,"
            " one.querySelector('legend').getBoundingClientRect().top,"
            " getComputedStyle(one.querySelector('legend')).float])"
        )
        assert len(boxes) > 5
        for border, heading, float in boxes:
            assert heading >= border and float == "left", "a border goes through a heading"


#: How every element of a page is drawn, as the browser computed it; null while the theme's script
#: has icons left to draw.
_DRAWN = """() => document.querySelector('i[class*="fa-"]') ? null
    : [...document.body.querySelectorAll('*')].map((one) => {
  const box = one.getBoundingClientRect(), style = getComputedStyle(one);
  return [one.tagName, one.className, ...[box.x, box.y, box.width, box.height].map(Math.round),
    style.color, style.backgroundColor, style.font, style.display, style.borderWidth].join(' ');
})"""

#: Another style in the place of the site's.
_REPLACE_STYLE = """(style) => {
  const link = document.querySelector('link[rel="stylesheet"]');
  const whole = document.createElement('style');
  whole.textContent = style;
  whole.id = 'whole-theme';
  link.after(whole);
  link.disabled = true;
}"""
_RESTORE_STYLE = """() => {
  document.querySelector('#whole-theme')?.remove();
  document.querySelector('link[rel="stylesheet"]').disabled = false;
}"""


def at_rest(page: Page) -> list[str]:
    """How every element is drawn once nothing moves any more: the theme fades its colours."""
    page.wait_for_function(f"() => ({_DRAWN})() !== null")
    page.wait_for_function("() => document.getAnimations().length === 0")
    found: list[str] = page.evaluate(_DRAWN)
    return found


@pytest.mark.parametrize("name", ["index", "search", "glossary", f"lessons/{LESSONS[12].stem}"])
def test_a_page_looks_as_with_the_whole_theme(tab: Tab, whole_site: Path, name: str) -> None:
    """The site leaves out what of the theme's style no page uses."""
    whole = Path(pydata_sphinx_theme.__file__).parent / "theme/pydata_sphinx_theme/static/styles"
    theme = (whole / "pydata-sphinx-theme.css").read_text(encoding="utf-8")
    joined = (whole_site / "student/_static/styles/site.css").read_text(encoding="utf-8")
    before, rest = re.split(r"(?<=/pydata-sphinx-theme\.css \*/\n)", joined)
    style = before + theme.removeprefix('@charset "UTF-8";') + rest[rest.index("/*! _static/") :]
    assert len(style) > 2 * len(joined)
    with tab.opened(whole_site / f"student/{name}.html") as page:
        for width, scheme in ((1280, "light"), (390, "dark")):
            page.evaluate(_RESTORE_STYLE)
            settled(page, width, scheme)
            shown = at_rest(page)
            page.evaluate(_REPLACE_STYLE, style)
            assert at_rest(page) == shown


def test_nothing_moves_unasked(lesson: Page) -> None:
    lesson.evaluate(
        "() => { window.moves = 0; document.addEventListener('transitionrun', () => { moves += 1;"
        " }); }"
    )
    wide(lesson, 500)
    wide(lesson, 1280, "dark")
    assert lesson.evaluate("() => [window.moves, document.getAnimations().length]") == [0, 0]


def test_the_reader_s_choice_of_light_or_dark_stays(tab: Tab, whole_site: Path) -> None:
    chosen = "() => [document.documentElement.dataset.theme, localStorage.getItem('mode')]"
    with tab.opened(whole_site / "student" / "index.html") as page:
        page.get_by_role("button", name="Color mode").focus()
        page.keyboard.press("Enter")
        dark = page.locator('.theme-change-button[data-mode="dark"]')
        expect(dark).to_be_visible()
        dark.focus()
        page.keyboard.press("Enter")
        expect(page.locator("html")).to_have_attribute("data-theme", "dark")
        assert page.evaluate(chosen) == ["dark", "dark"], "on the page where it was chosen"
        page.goto((whole_site / "student" / "glossary.html").as_uri())
        assert page.evaluate(chosen) == ["dark", "dark"], "on the next page"


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
        assert any(
            "09_" in (one.get_attribute("href") or "")
            for one in page.locator("#search-results li a").all()
        )


def test_answers_travel_from_page_to_page_and_out_as_a_file(
    tab: Tab, whole_site: Path, tmp_path: Path
) -> None:
    with tab.opened(whole_site / "student" / "lessons" / f"{LESSONS[2].stem}.html") as page:
        page.get_by_role("slider").first.press("Home")
        page.goto((whole_site / "student" / "work.html").as_uri())
        row = page.locator(".face-far tbody tr").nth(2)
        assert row.locator("td").all_inner_texts()[1] == "1 of 3"
        expect(page.locator(".face-written > details")).to_have_count(1)
        assert '"02.predict"' in save(page, "Save my work as a file", tmp_path).read_text(
            encoding="utf-8"
        )
        row.locator("a").click()
        expect(page.get_by_role("slider").first).to_have_attribute("aria-valuenow", "0")


def test_on_paper_there_is_the_lesson_and_nothing_around_it(lesson: Page, pictures: Path) -> None:
    lesson.emulate_media(media="print")
    lesson.evaluate("() => window.dispatchEvent(new Event('beforeprint'))")
    for name in (
        ".bd-sidebar-primary",
        ".bd-sidebar-secondary",
        ".prev-next-area",
        ".bd-footer",
        "form.narrow",
    ):
        assert lesson.locator(f"{name}:visible").count() == 0, name
    # Hints and what came of a prediction go to the last page; code that no paper runs stays folded.
    kept = ".face-check details, .face-card details, .hood, .hood *"
    assert lesson.locator(f"article details:not([open], {kept})").count() == 0
    assert lesson.locator(".face-last").is_visible()
    assert lesson.locator("figure.face-figure .main-svg:visible").count() > 0
    # A4 has 680 pixels between its margins: no chart is cut off at its card.
    lesson.set_viewport_size({"width": 680, "height": 900})
    cut = lesson.evaluate(
        """() => {
      const right = (one) => one.getBoundingClientRect().right;
      return [...document.querySelectorAll('.face-plot .main-svg')]
        .filter((one) => right(one) > right(one.closest('.face')) - 2).length;
    }"""
    )
    assert cut == 0
    lesson.pdf(path=pictures / "site.handout.02.pdf", format="A4")


def test_paper_is_light_where_the_theme_is_dark(lesson: Page) -> None:
    lesson.evaluate("() => { document.documentElement.dataset.theme = 'dark'; }")
    on_paper_and_back(lesson)


#: What would part a chart in rows from its title on paper: a table or a box that cannot go on
#: overleaf and so begins on a page of its own, or a part between them that may end a page.
_PARTED = """() => [...document.querySelectorAll('.face-matrix')].flatMap((table) => {
  const style = (node) => getComputedStyle(node);
  const figure = table.closest('figure');
  const found = style(table).breakInside === 'auto' ? [] : ['the table stays whole'];
  for (let box = table; box.tagName !== 'ARTICLE'; box = box.parentElement) {
    if (style(box).overflowY !== 'visible') found.push(`${box.className} scrolls`);
  }
  for (const part of figure.children) {
    if (part.contains(table)) break;
    if (style(part).breakAfter !== 'avoid') found.push(`${part.className} may end a page`);
  }
  return found;
})"""


def test_on_paper_a_chart_in_rows_begins_under_its_title(tab: Tab, whole_site: Path) -> None:
    with tab.opened(whole_site / "student" / "lessons" / f"{LESSONS[5].stem}.html") as page:
        page.wait_for_selector(".face-matrix")
        page.emulate_media(media="print")
        assert page.evaluate(_PARTED) == []


def test_the_memo_is_printed_alone(tab: Tab, whole_site: Path, tmp_path: Path) -> None:
    with tab.opened(whole_site / "student" / "lessons" / f"{LESSONS[11].stem}.html") as page:
        page.evaluate("() => { document.documentElement.dataset.theme = 'dark'; }")
        prints_the_memo_alone(page, tmp_path / "memo.pdf")


def test_my_work_is_printed_alone(tab: Tab, whole_site: Path, tmp_path: Path) -> None:
    with tab.opened(whole_site / "student" / "work.html") as page:
        keep_work(page, {"02.notice": {"notice": "A note.\n" * 130 + "The last line."}})
        again(page)
        prints_alone(page, "Print what I wrote", tmp_path / "work.pdf")


def test_a_page_without_scripts_still_reads(lesson: Page, whole_site: Path) -> None:
    path = whole_site / "student" / "lessons" / f"{LESSONS[2].stem}.html"
    browser = lesson.context.browser
    assert browser
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(path.as_uri())
    for data in widget_data(path, "check"):
        expect(page.locator("main")).to_contain_text(data["spec"]["question"])
    expect(page.locator("article > .face-asleep")).to_be_visible()
    context.close()
    expect(lesson.locator("article > .face-asleep")).to_be_hidden()


def test_a_server_shows_the_same(
    tab: Tab, whole_site: Path, running: Callable[[Path], str]
) -> None:
    """One command serves it; there, too, the pages ask for nothing but the site's own files."""
    address = running(whole_site / "student")
    assert tab.page.context.browser
    context = tab.page.context.browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on(
        "console", lambda one: errors.append(one.text) if one.type in ("error", "warning") else None
    )
    page.goto(f"{address}/lessons/{LESSONS[0].stem}.html")
    painted(page)
    page.get_by_role("link", name=re.compile("^Next|next", re.IGNORECASE)).first.click()
    painted(page)
    assert [one for one in asked if not one.startswith((address, "data:", "blob:"))] == []
    assert errors == []
    context.close()


@pytest.fixture
def running() -> Iterator[Callable[[Path], str]]:
    """Gives the address of a server that shows a folder, until the test has ended."""
    from threading import Thread

    servers = []

    def run(folder: Path) -> str:
        server = serving.server(folder, 0)
        servers.append(server)
        Thread(target=server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}"

    yield run
    for one in servers:
        one.shutdown()
        one.server_close()
