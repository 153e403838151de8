"""Charts that were drawn before they were chosen: the very pictures, found by nobody before, and
none where a computer is slow.

`prepared.ts` says why they are there. `data-prepared` on an explorer tells how many they are.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from browser.drive import (
    LESSONS,
    Expected,
    address,
    choose,
    fitted,
    offline,
    open_lesson,
    shows,
    too_wide,
    wide,
    widget_data,
    widget_page,
)
from upheaval.charts.draw import Chart, theme
from upheaval.widgets import Explorer

pytestmark = pytest.mark.browser

Built = Callable[..., Path]
TIMELINE = next(path for path in LESSONS if path.name.startswith("02"))
#: Milliseconds that a busy machine may need to draw some charts while nothing else is done.
PATIENCE = 60_000
#: As many charts are kept beside the one on show.
ROOM = 8
#: How often a picture that differs is taken again: a browser now and then draws one pixel
#: otherwise.
TIMES = 3

#: A computer that is idle and on which drawing takes no time, however busy the one is that runs the
#: test.
QUICK = """
  performance.now = () => 0;
  window.requestIdleCallback = (work) => setTimeout(() => work({ timeRemaining: () => 50 }), 1);
  window.cancelIdleCallback = clearTimeout;
"""

COLOUR = "() => getComputedStyle(document.querySelector('.face-plot .xtick text')).fill"

#: From now on drawing is an error: what is shown was there before.
NO_DRAWING = """() => { Plotly.react = () => { throw new Error('a chart is drawn'); }; }"""

#: Looks at every drawing: where is it made, and what could come upon it there?
WATCH_DRAWING = """() => {
  const { react } = Plotly;
  window.drawings = [];
  Plotly.react = (box, ...all) => {
    const drawing = react(box, ...all);
    const aside = box.closest('[inert][aria-hidden="true"]');
    window.drawings.push({
      aside: aside !== null,
      drawn: box.querySelector('.main-svg') !== null,
      visible: box.checkVisibility({ visibilityProperty: true }),
      room: document.documentElement.scrollWidth <= innerWidth,
      first: document.querySelector('.js-plotly-plot') !== box,
    });
    return drawing;
  };
}"""

#: An explorer alone at whole pixels of the window, as wide as it is: what stands above it in the
#: page changes none of its pixels then. Gives its place.
ALONE = """(el) => {
  const { width, height } = el.getBoundingClientRect();
  document.body.style.visibility = 'hidden';
  Object.assign(el.style, { visibility: 'visible', position: 'fixed', margin: 0, top: '10px',
    left: '5px', width: `${width}px`, zIndex: 9999 });
  return { x: 5, y: 10, width: Math.ceil(width), height: Math.ceil(height) };
}"""
BACK = "(el) => { el.removeAttribute('style'); document.body.style.visibility = ''; }"


@contextmanager
def opened(browser: Browser, path: Path, script: str = QUICK, **options: Any) -> Iterator[Page]:
    """The page `path` for a new reader with the network cut, after `script` has run in it."""
    look: Any = {"viewport": {"width": 1280, "height": 1400}, "reduced_motion": "reduce"}
    context = browser.new_context(**look | options)
    context.add_init_script(script)
    page, watch = offline(context)
    open_lesson(page, path)
    yield page
    watch.quiet()
    context.close()


ROOMS = [("one", 1), ("none", 0), ("two", 2)]


def rooms(room: int) -> Chart:
    """A small chart: so many points."""
    rows = pd.DataFrame({"name": [f"room {at}" for at in range(room)]})
    points = {
        "type": "scatter",
        "mode": "markers",
        "x": list(range(room)),
        "y": [1] * room,
        "ids": [str(at) for at in range(room)],
    }
    return Chart(
        theme.figure(points, height=150),
        subtitle="A subtitle",
        table=rows,
        sources=[],
        title=f"{room} rooms",
        description=f"A description of {room} rooms, long enough to be one.",
        list_columns={"title": "name"},
    )


def explorer_of(page: Page, which: int = 0) -> Locator:
    return page.locator('[data-face="explorer"]').nth(which)


def prepared(explorer: Locator, count: int) -> None:
    """Wait until so many charts are drawn: for a reader who has come near the explorer."""
    explorer.scroll_into_view_if_needed()
    # Not `wait_for_function`: it asks in every frame, and a browser with frames to make is not
    # idle.
    expect(explorer).to_have_attribute("data-prepared", str(count), timeout=PATIENCE)


def figure_of(explorer: Locator) -> Locator:
    return explorer.locator("figure.face-figure")


def photographed(page: Page, explorer: Locator) -> bytes:
    """The explorer's picture, as a file, with its tour folded, as at an address of a choice."""
    if (end := explorer.get_by_role("button", name="Now yours")).is_visible():
        end.click()
    height = explorer.evaluate("(el) => Math.ceil(el.getBoundingClientRect().height)")
    size = page.viewport_size
    assert size is not None
    page.set_viewport_size({"width": size["width"], "height": max(size["height"], height + 40)})
    page.mouse.move(0, 0)
    explorer.evaluate("(el) => el.querySelectorAll(':focus').forEach((one) => one.blur())")
    clip = explorer.evaluate(ALONE)
    shot = page.screenshot(clip=clip, animations="disabled", caret="hide")
    explorer.evaluate(BACK)
    return shot


# -- the very pictures -----------------------------------------------------------------------------
def same_picture(
    page: Page, other: Page, path: Path, which: int, chosen: dict[str, int], where: Path
) -> None:
    """The explorer number `which` of `page` is equal to the pixel with one that `other` draws when
    it opens at this very choice; or fail with two pictures `where`.
    """
    expected = Expected(widget_data(path, "explorer")[which])
    for _ in range(TIMES):
        other.goto("about:blank")
        open_lesson(other, path, address(expected, chosen))
        one = photographed(page, explorer_of(page, which))
        drawn = photographed(other, explorer_of(other, which))
        if one == drawn:
            return
    where.with_suffix(".prepared.png").write_bytes(one)
    where.with_suffix(".drawn.png").write_bytes(drawn)
    pytest.fail(f"Two pictures differ; look at {where}.*.png", pytrace=False)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("width", "scheme"),
    [(390, "dark"), (1280, "light"), (1280, "dark")],
)
def test_a_prepared_chart_is_equal_to_the_pixel_with_one_drawn_when_the_page_is_opened(
    browser: Browser, built: Built, pictures: Path, width: int, scheme: Any
) -> None:
    """Also after the look of the page has changed: what was prepared before that is drawn anew."""
    path = built(TIMELINE)
    expected = Expected(widget_data(path, "explorer")[0])
    count = len(expected.states)
    looks = {"viewport": {"width": width, "height": 1400}, "color_scheme": scheme}
    with opened(browser, path) as page, opened(browser, path, **looks) as other:
        explorer = explorer_of(page)
        prepared(explorer, count - 1)
        if (width, scheme) != (1280, "light"):
            light = page.evaluate(COLOUR)
            wide(page, width, scheme, 1400)
            page.wait_for_function(f"(light) => ({COLOUR})() !== light", arg=light)
            explorer.scroll_into_view_if_needed()
            prepared(explorer, count - 1)
        page.evaluate(NO_DRAWING)
        for index in [*range(1, count), 0]:  # at last the one that was on show first
            choose(figure_of(explorer), "period", index)
            chosen = {**expected.start, "period": index}
            shows(figure_of(explorer), expected.payload(chosen))
            same_picture(
                page, other, path, 0, chosen, pictures / f"prepared-{width}-{scheme}-{index}"
            )


def neighbour(expected: Expected) -> dict[str, int]:
    """The state that is drawn ahead first: one control a step on, or where none can go on, back."""
    moving = [one for one in expected.controls if not one.get("column")]
    if math.prod(len(one["options"]) for one in moving) <= 24:  # `prefetchKeys` in rules.ts
        moving.reverse()
    on = [one for one in moving if one["start"] + 1 < len(one["options"])]
    control, step = (on[0], 1) if on else (moving[0], -1)
    return {**expected.start, control["name"]: control["start"] + step}


@pytest.mark.slow
@pytest.mark.parametrize("notebook", LESSONS, ids=lambda path: path.stem[:2])
def test_in_every_lesson_prepared_charts_are_equal_to_the_pixel_with_drawn_ones(
    browser: Browser, built: Built, pictures: Path, notebook: Path
) -> None:
    path = built(notebook)
    with opened(browser, path) as page, opened(browser, path) as other:
        for which, data in enumerate(widget_data(path, "explorer")):
            expected = Expected(data)
            chosen = expected.start if len(expected.states) == 1 else neighbour(expected)
            payloads = [expected.payload(one) for one in (expected.start, chosen)]
            if chosen == expected.start or any("markedRows" in one for one in payloads):
                continue  # nothing is drawn ahead
            explorer = explorer_of(page, which)
            explorer.scroll_into_view_if_needed()
            expect(explorer).to_have_attribute(
                "data-prepared", re.compile("[1-9]"), timeout=PATIENCE
            )
            explorer.evaluate("(el) => { el.querySelector('.face-plot').dataset.first = ''; }")
            for name in [name for name in chosen if chosen[name] != expected.start[name]]:
                choose(figure_of(explorer), name, chosen[name])
            assert explorer.locator(".face-plot[data-first]").count() == 0, expected.name
            where = pictures / f"prepared-{notebook.stem[:2]}-{expected.name}"
            same_picture(page, other, path, which, chosen, where)


def test_a_chart_that_is_filtered_is_prepared_as_the_filter_leaves_it(
    browser: Browser, built: Built
) -> None:
    path = built(TIMELINE)
    expected = Expected(widget_data(path, "explorer")[0])
    with opened(browser, path) as page:
        explorer = explorer_of(page)
        figure = figure_of(explorer)
        prepared(explorer, 3)
        choose(figure, "theme", 1)
        prepared(explorer, 6)
        page.evaluate(NO_DRAWING)
        for index in (2, 1, 0):
            choose(figure, "period", index)
            shows(figure, expected.payload({**expected.start, "period": index, "theme": 1}))


# -- it is the chart on show, like any other -------------------------------------------------------
def test_a_prepared_chart_is_labelled_clicked_and_printed_as_any(
    browser: Browser, built: Built
) -> None:
    with opened(browser, built(TIMELINE)) as page:
        explorer = explorer_of(page)
        figure, box = figure_of(explorer), explorer.locator(".face-plot")
        prepared(explorer, 3)
        page.evaluate("() => { document.querySelector('.face-plot').dataset.first = ''; }")
        names = ("role", "aria-labelledby", "aria-describedby", "class")
        before = [box.get_attribute(name) for name in names]
        choose(figure, "period", 1)
        assert box.get_attribute("data-first") is None, "this is another one"
        assert [box.get_attribute(name) for name in names] == before
        assert "js-plotly-plot" in str(before[-1])
        assert box.evaluate("(box) => box.offsetHeight === box.querySelector('svg').clientHeight")
        box.locator(".point").first.click(force=True)
        expect(figure.locator("li.face-picked")).to_have_count(1)
        width = "(box) => box.querySelector('.main-svg').clientWidth"
        on_screen = box.evaluate(width)
        page.evaluate("() => { dispatchEvent(new Event('beforeprint')); }")
        assert box.evaluate(width) == 640
        choose(figure, "period", 2)
        assert box.evaluate(width) == 640, "what is chosen on paper is drawn for paper"
        page.evaluate("() => { dispatchEvent(new Event('afterprint')); }")
        assert box.evaluate(width) == on_screen
        choose(figure, "period", 0)
        assert box.get_attribute("data-first") is not None and box.evaluate(width) == on_screen


def test_a_label_under_the_mouse_does_not_come_back_with_its_chart(
    browser: Browser, built: Built
) -> None:
    with opened(browser, built(TIMELINE)) as page:
        explorer = explorer_of(page)
        prepared(explorer, 3)
        explorer.locator(".point").nth(3).hover(force=True)
        expect(explorer.locator(".hovertext")).not_to_have_count(0)
        select = explorer.locator('select[name="period"]')
        for index in (1, 0):
            # By script: the mouse stays where it is, as when the keyboard chooses.
            select.evaluate(
                """(box, index) => {
              box.selectedIndex = index;
              box.dispatchEvent(new Event('change', { bubbles: true }));
            }""",
                index,
            )
        expect(explorer.locator(".hovertext")).to_have_count(0)


def test_an_empty_chart_is_hidden_and_the_next_one_shown(browser: Browser, tmp_path: Path) -> None:
    path = widget_page(tmp_path / "rooms.html", Explorer(rooms, name="rooms", room=ROOMS))
    expected = Expected(widget_data(path, "explorer")[0])
    with opened(browser, path) as page:
        explorer = explorer_of(page)
        prepared(explorer, 1)  # of the two others one is empty
        for index in (1, 2, 1, 0, 1, 2, 0):
            choose(figure_of(explorer), "room", index)
            shows(figure_of(explorer), expected.payload({"room": index}))
        explorer.locator(".point").first.click(force=True)
        expect(explorer.locator("li.face-picked")).to_have_count(1)


# -- nobody comes upon it --------------------------------------------------------------------------
@pytest.mark.parametrize("width", [1280, 320])
def test_what_is_prepared_is_found_by_nobody(browser: Browser, built: Built, width: int) -> None:
    with opened(browser, built(TIMELINE), color_scheme="light") as page:
        explorer, body = explorer_of(page), page.locator("body")
        prepared(explorer, 3)
        page.evaluate(WATCH_DRAWING)
        wide(page, width, "dark")
        explorer.scroll_into_view_if_needed()
        before = body.aria_snapshot()
        prepared(explorer, 3)
        drawings = page.evaluate("() => window.drawings")
        ahead = [one for one in drawings if one["aside"]]
        assert len(ahead) >= 3
        for one in ahead:
            assert one["drawn"], "at once: no frame, key or screen reader comes between"
            assert not one["visible"] and one["room"] and one["first"]
        assert page.locator("[inert]").count() == 0
        plots = page.locator(".js-plotly-plot")
        assert plots.count() == page.locator("figure.face-figure .face-plot").count()
        assert body.aria_snapshot() == before and too_wide(page) == []


def test_only_charts_that_are_near_are_prepared(browser: Browser, tmp_path: Path) -> None:
    explorers = [Explorer(rooms, name=f"rooms-{at}", room=ROOMS) for at in range(6)]
    path = widget_page(tmp_path / "many.html", *explorers)
    # Low from the start: in a high window the last one may be near while the page opens.
    with opened(browser, path, viewport={"width": 1280, "height": 300}) as page:
        explorer_of(page).scroll_into_view_if_needed()
        prepared(explorer_of(page), 1)
        last = explorer_of(page, 5)
        assert last.get_attribute("data-prepared") in (None, "0")
        last.scroll_into_view_if_needed()
        prepared(last, 1)


def test_the_number_of_prepared_charts_is_bounded_and_the_others_are_purged(
    browser: Browser, tmp_path: Path
) -> None:
    many = [(f"{count} rooms", count) for count in range(1, 21)]
    path = widget_page(tmp_path / "many.html", Explorer(rooms, name="rooms", room=many))
    expected = Expected(widget_data(path, "explorer")[0])
    with opened(browser, path) as page:
        explorer = explorer_of(page)
        prepared(explorer, ROOM)
        page.evaluate(
            """() => {
          const { purge, react } = Plotly;
          window.count = { purged: 0, drawn: 0 };
          Plotly.purge = (box) => { window.count.purged += 1; purge(box); };
          Plotly.react = (...all) => { window.count.drawn += 1; return react(...all); };
        }"""
        )
        for index in range(1, 6):  # the next ones are those that are prepared
            choose(figure_of(explorer), "room", index)
            shows(figure_of(explorer), expected.payload({"room": index}))
        prepared(explorer, ROOM)
        page.wait_for_function(
            "() => window.count.drawn > 0 && window.count.drawn === window.count.purged", polling=50
        )


# -- a slow computer -------------------------------------------------------------------------------
def test_a_slow_computer_prepares_nothing_and_shows_what_is_chosen(
    browser: Browser, built: Built
) -> None:
    path = built(TIMELINE)
    expected = Expected(widget_data(path, "explorer")[0])
    with opened(browser, path, script="") as page:
        explorer = explorer_of(page)
        explorer.scroll_into_view_if_needed()
        expect(explorer).to_have_attribute("data-prepared", re.compile("3|slow"), timeout=PATIENCE)
        speed = page.context.new_cdp_session(page)
        speed.send("Emulation.setCPUThrottlingRate", {"rate": 6})
        wide(page, 700)
        explorer.scroll_into_view_if_needed()
        expect(explorer).to_have_attribute("data-prepared", "slow", timeout=PATIENCE)
        speed.send("Emulation.setCPUThrottlingRate", {"rate": 1})
        wide(page, 600)
        for index in (1, 0):
            choose(figure_of(explorer), "period", index)
            shows(figure_of(explorer), expected.payload({**expected.start, "period": index}))
        fitted(page)
        assert explorer.get_attribute("data-prepared") == "slow"


def test_a_browser_that_does_not_say_when_it_is_idle_is_given_time(
    browser: Browser, built: Built
) -> None:
    script = f"{QUICK} delete window.requestIdleCallback; delete window.cancelIdleCallback;"
    with opened(browser, built(TIMELINE), script) as page:
        prepared(explorer_of(page), 3)
