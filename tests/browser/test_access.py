"""Who reads with a keyboard, a screen reader, a small screen or large text gets the same lesson."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from browser.drive import (
    LESSONS,
    Expected,
    Tab,
    fitted,
    open_everything,
    painted,
    shows,
    too_wide,
    violations,
    wide,
    widget_data,
)

pytestmark = pytest.mark.browser

Built = Callable[..., Path]
lessons = pytest.mark.parametrize(
    "notebook", LESSONS, ids=lambda path: path.stem[:2], scope="module"
)


@pytest.fixture(scope="module")
def lesson(tab: Tab, built: Built, notebook: Path, pictures: Path) -> Iterator[Page]:
    """A lesson's student page, opened once for the tests of this file."""
    with tab.opened(built(notebook)) as page:
        keep_pictures(page, pictures / notebook.stem)
        yield page


def figures(page: Page) -> list[Locator]:
    """The charts of a page."""
    return page.locator("figure.face-figure").all()


def keep_pictures(page: Page, name: Path) -> None:
    """The first chart and what stands around it, on a phone, in the dark and in the light, for
    people to look at.

    A picture of the whole page takes longer than opening it four times; the whole page is there on
    paper (below).
    """
    for width, scheme in ((320, "light"), (1280, "dark"), (1280, "light")):
        wide(page, width, scheme, height=1800)
        page.locator("figure.face-figure").first.scroll_into_view_if_needed()
        page.screenshot(path=f"{name}.{width}.{scheme}.jpg", quality=80)
    wide(page, 1280)


def press_parts(page: Page, label: str) -> None:
    """Open the part called `label` under every chart that has it."""
    page.evaluate(
        """(label) => [...document.querySelectorAll('.face-parts button')]
      .filter((one) => one.checkVisibility() && one.ariaExpanded === 'false')
      .filter((one) => one.textContent.includes(label))
      .forEach((one) => one.click())""",
        label,
    )


@pytest.mark.slow
@lessons
def test_each_chart_is_a_labelled_figure_with_words_rows_and_file(
    lesson: Page, notebook: Path
) -> None:
    faults = lesson.evaluate("""() => {
      const named = (node, by) => document.getElementById(node.getAttribute(by) ?? '');
      const name = (node) => named(node, 'aria-labelledby')?.textContent ?? '';
      const faults = [];
      for (const plot of document.querySelectorAll('.face-plot')) {
        const figure = plot.closest('figure');
        const say = (what) => faults.push(`${name(plot)}: ${what}`);
        if (!figure || name(figure).length < 10) say('no labelled figure around it');
        if (plot.getAttribute('role') !== 'img') say('not an image');
        const description = named(plot, 'aria-describedby');
        if (!(description?.textContent.length > 30)) say('no description');
        if (description?.getAttribute('role') !== 'status')
          say('a description that is not read out when it changes');
        const buttons = [...figure.querySelectorAll('.face-parts button')];
        const parts = buttons.map((one) => one.textContent).join();
        for (const part of [/Table \\(\\d+\\)/, /Sources/, /Save/])
          if (!part.test(parts)) say(`no ${part}`);
        if (plot.querySelector('a[href], [tabindex]:not([tabindex="-1"]), button'))
          say('a tab stop inside the image');
      }
      const labelled = (one) => [...one.labels ?? []].some((label) => label.textContent.trim());
      for (const one of document.querySelectorAll('select, input, textarea'))
        if (!labelled(one)) faults.push(`no label: ${one.outerHTML}`);
      for (const one of document.querySelectorAll('button'))
        if (!one.hidden && !one.textContent.trim()) faults.push('a button without a label');
      const ids = [...document.querySelectorAll('[id]')].map((one) => one.id);
      for (const id of ids)
        if (ids.indexOf(id) !== ids.lastIndexOf(id)) faults.push(`two elements are called ${id}`);
      return faults;
    }""")
    assert faults == []
    assert lesson.locator("h1").count() == 1


# -- keyboard --------------------------------------------------------------------------------------
_FOCUS = """() => {
  const one = document.activeElement;
  const box = one.getBoundingClientRect(), style = getComputedStyle(one);
  const figure = one.closest('figure.face-figure');
  window.stops ??= new Map();
  if (!window.stops.has(one)) window.stops.set(one, window.stops.size);
  return { id: one === document.body ? -1 : window.stops.get(one),
    tag: one.tagName, type: one.type ?? '', name: one.name ?? '',
    label: (one.labels?.[0]?.textContent ?? one.textContent).trim().slice(0, 60),
    content: one.tagName === 'A' || one.closest('.face-says, .face-all, .face-tour') !== null,
    chart: figure ? [...document.querySelectorAll('figure.face-figure')].indexOf(figure) : -1,
    seen: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1,
    inside: box.width > 0 && box.bottom > 0 && box.top < innerHeight };
}"""


@lessons
def test_tab_reaches_everything_and_focus_is_seen(lesson: Page, notebook: Path) -> None:
    wide(lesson, 1280)
    lesson.evaluate("""() => {
      document.activeElement.blur();
      getSelection().removeAllRanges();
      scrollTo(0, 0);
      window.stops = new Map();
    }""")
    stops: list[Any] = []
    while len(stops) < 400:
        lesson.keyboard.press("Tab")
        stop = lesson.evaluate(_FOCUS)
        if stop["id"] == -1 or (stops and stop["id"] <= stops[-1]["id"]):
            break
        stops.append(stop)
    assert [stop for stop in stops if not stop["seen"]] == [], "focus that cannot be seen"
    assert [stop for stop in stops if not stop["inside"]] == [], "focus outside the window"
    for chart in range(lesson.locator("figure.face-figure").count()):
        # Links, folded sentences and the rest of a list are what it holds, and a tour can be ended;
        # all else is on the way past a chart.
        inside = [stop for stop in stops if stop["chart"] == chart and not stop["content"]]
        assert 1 <= len(inside) <= 7, [stop["label"] for stop in inside]
    reached = {(stop["tag"], stop["name"] or stop["label"]) for stop in stops}
    for box in lesson.locator("select[name], textarea, button.face-submit").all():
        tag, label = box.evaluate("""(one) => [one.tagName,
          one.name || (one.labels?.[0]?.textContent ?? one.textContent).trim().slice(0, 60)]""")
        assert (tag, label) in reached


@lessons
def test_keys_alone_move_the_chart_and_its_parts(
    lesson: Page, built: Built, notebook: Path
) -> None:
    wide(lesson, 1280)
    lesson.evaluate("() => { location.hash = ''; }")
    for figure, data in zip(figures(lesson), widget_data(built(notebook), "explorer"), strict=True):
        expected = Expected(data)
        for control in expected.controls:
            box = figure.locator(f'select[name="{control["name"]}"]')
            if not box.count():
                continue
            box.focus()
            down = control["start"] + 1 < len(control["options"])
            lesson.keyboard.press("ArrowDown" if down else "ArrowUp")
            index = control["start"] + (1 if down else -1)
            shows(figure, expected.payload({**expected.start, control["name"]: index}))
            expect(box).to_be_focused()
            lesson.keyboard.press("ArrowUp" if down else "ArrowDown")
            shows(figure, expected.payload(expected.start))
        # The last one of the bar opens no part: it makes the chart large.
        buttons = figure.locator(".face-under button:visible")
        figure.locator('.face-under button[tabindex="0"]:visible').focus()
        for index in range(1, buttons.count() + 1):
            lesson.keyboard.press("ArrowRight")
            button = buttons.nth(index % buttons.count())
            expect(button).to_be_focused()
            before = button.get_attribute("aria-expanded")
            if before is None:
                assert button.inner_text() == "Large"
                continue
            lesson.keyboard.press("Enter" if index % 2 else " ")
            expect(button).not_to_have_attribute("aria-expanded", before)
            expect(button).to_be_focused()
        lesson.keyboard.press("ArrowLeft")
        expect(buttons.nth(buttons.count() - 1)).to_be_focused()


@lessons
def test_keys_alone_answer_a_check(lesson: Page, notebook: Path) -> None:
    for form in lesson.locator("form.face-check").all():
        first = form.locator("input, select").first
        first.focus()
        kind = first.evaluate("(one) => one.type")
        if kind == "text":
            lesson.keyboard.type("1")
            lesson.keyboard.press("Enter")
        else:
            lesson.keyboard.press(" " if kind in ("radio", "checkbox") else "ArrowDown")
            form.locator("button.face-submit").focus()
            lesson.keyboard.press("Enter")
        expect(form.locator(".face-verdict")).to_contain_text(".")
        expect(form.locator(".face-verdict")).to_have_attribute("role", "status")


# -- small screens, large text, little motion ------------------------------------------------------
@lessons
def test_320_pixels_are_enough_for_every_part(lesson: Page, notebook: Path) -> None:
    """In every state of every chart too, says
    `test_every_option_shows_what_python_says_and_fits_320_pixels`.
    """
    wide(lesson, 320)
    lesson.evaluate("() => { location.hash = ''; }")
    for figure in figures(lesson):
        for button in figure.locator(".face-parts button:visible").all():
            button.click()
            assert too_wide(figure) == [], button.inner_text()
    open_everything(lesson)
    assert too_wide(lesson) == []
    wide(lesson, 1280)


@lessons
def test_targets_are_large_enough_for_a_finger(lesson: Page, notebook: Path) -> None:
    wide(lesson, 320)
    small = lesson.evaluate(
        """() => [...document.querySelectorAll('button, select, summary, input, label.face-option')]
      .filter((one) => one.checkVisibility())
      .filter((one) => {
        const box = (one.closest('label') ?? one).getBoundingClientRect();
        return box.width < 24 || box.height < 24;
      })
      .map((one) => one.outerHTML.slice(0, 100))"""
    )
    assert small == []
    wide(lesson, 1280)


@lessons
def test_nothing_moves_unasked(lesson: Page, notebook: Path) -> None:
    lesson.emulate_media(reduced_motion="reduce")
    moving = lesson.evaluate("""() => [...document.querySelectorAll('*')].filter((one) => {
      const style = getComputedStyle(one);
      return parseFloat(style.transitionDuration) > 0 || parseFloat(style.animationDuration) > 0;
    }).map((one) => one.outerHTML.slice(0, 120))""")
    assert moving == []
    lesson.emulate_media(reduced_motion="no-preference")
    assert lesson.evaluate("() => document.getAnimations().length") == 0
    assert lesson.locator("video, audio, marquee, blink, [autoplay]").count() == 0


@lessons
def test_a_chart_follows_light_and_dark(lesson: Page, notebook: Path) -> None:
    colour = """() => {
      const drawn = document.querySelector('.face-plot .xtick text, .face-plot .ytick text');
      return drawn ? getComputedStyle(drawn).fill
        : getComputedStyle(document.querySelector('.face-rows strong')).color;
    }"""
    wide(lesson, 1280, "light")
    light = lesson.evaluate(colour)
    lesson.emulate_media(color_scheme="dark")
    lesson.wait_for_function(f"(light) => ({colour})() !== light", arg=light)
    # A page that says which it wants wins over the system.
    lesson.evaluate("() => { document.documentElement.dataset.theme = 'light'; }")
    lesson.wait_for_function(f"(light) => ({colour})() === light", arg=light)
    lesson.evaluate("() => { delete document.documentElement.dataset.theme; }")
    lesson.emulate_media(color_scheme="light")


@lessons
def test_a_chart_follows_its_box_and_not_only_the_window(lesson: Page, notebook: Path) -> None:
    wide(lesson, 1280)
    for width in ("600px", "400px", "700px", ""):
        lesson.evaluate("(width) => { document.querySelector('main').style.width = width; }", width)
        fitted(lesson)
        box = lesson.locator(".face-plot:visible, .face-rows:visible").first
        assert not width or box.bounding_box()["width"] < int(width[:-2])


# -- paper -----------------------------------------------------------------------------------------
@lessons
def test_a_printed_page_holds_its_charts(lesson: Page, notebook: Path, pictures: Path) -> None:
    wide(lesson, 1280)
    lesson.emulate_media(media="print")
    lesson.evaluate("() => { dispatchEvent(new Event('beforeprint')); }")
    lesson.wait_for_function(
        """() => [...document.querySelectorAll('.face-plot .main-svg')].every((one) =>
      one.getBoundingClientRect().width > 300 && one.getBoundingClientRect().width <= 650)"""
    )
    hidden = lesson.locator(".face-parts, .face-check button, .page-skip, .face-steps button")
    assert not any(one.is_visible() for one in hidden.all())
    assert lesson.locator(".face-text").first.is_visible()
    # A4 has 680 pixels between its margins, and a notebook on it numbers beside its cells: no chart
    # is cut off at its card, and none is drawn out of shape.
    for width in (680, 520):
        lesson.set_viewport_size({"width": width, "height": 900})
        shapes = lesson.evaluate(
            """() => [...document.querySelectorAll('.main-svg, .face-rows')].map((one) => {
              const { right, width, height } = one.getBoundingClientRect();
              const card = one.closest('.face').getBoundingClientRect().right;
              const drawn = one.matches('.face-rows')
                ? width / height : one.getAttribute('width') / one.getAttribute('height');
              return [right < card - 2, Math.abs(width / height / drawn - 1) < 0.02];
            })"""
        )
        assert shapes and all(inside and kept for inside, kept in shapes), width
    # Paper is white, whatever the screen is.
    lesson.emulate_media(media="print", color_scheme="dark")
    ground = lesson.evaluate(
        "() => getComputedStyle(document.querySelector('.face')).backgroundColor"
    )
    assert ground == "rgb(255, 255, 255)"
    lesson.evaluate("() => { dispatchEvent(new Event('afterprint')); }")
    lesson.emulate_media(media="null", color_scheme="light")
    wide(lesson, 1280)
    if notebook.stem[:2] in ("02", "07", "11"):  # for people to look at
        assert len(lesson.pdf(path=pictures / f"{notebook.stem}.pdf", format="A4")) > 50_000
    painted(lesson)
    wide(lesson, 1280)


# -- axe, after all else: it leaves everything open ------------------------------------------------
@lessons
def test_axe_finds_nothing(lesson: Page, notebook: Path) -> None:
    wide(lesson, 1280)
    open_everything(lesson)
    # Both widths and both schemes; only colours depend on a scheme, and they do not depend on the
    # width. A part of a chart takes the place of the one before, so after that only the place of
    # the parts is new.
    press_parts(lesson, "List")
    found = violations(lesson)
    press_parts(lesson, "Save and cite")
    found += violations(lesson, ".face-parts, .face-panel")
    wide(lesson, 320, "dark")
    press_parts(lesson, "Table")
    found += violations(lesson)
    press_parts(lesson, "Sources")
    found += violations(lesson, ".face-parts, .face-panel")
    assert found == []
