"""A guess set on a scale: by mouse, finger and keys, kept, and back as a ghost at its place."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from browser.drive import (
    alone,
    keep_work,
    kept_work,
    painted,
    too_wide,
    violations,
    wide,
    widget_page,
)
from upheaval.charts import timeline, votes
from upheaval.facts import tables
from upheaval.widgets import Explorer, Outcome, Predict, RecallPrediction
from upheaval.widgets.core.protocol import GhostSpec, GuessScale

DAYS: GuessScale = {
    "low": 0,
    "high": 120,
    "step": 1,
    "unit": "days later",
    "one": "day later",
    "ends": [1, 14],
    "ticks": [0, 60, 120],
}
VOTES: GuessScale = {**DAYS, "high": 11, "unit": "votes", "one": "vote", "ticks": [0, 11]}
OPTIONS = ["At once", "Some days later", "Much later"]


def timeline_with_ghost() -> Explorer:
    made = Explorer(partial(timeline.swimlanes, tables.read("events")), name="timeline")
    ghost: GhostSpec = {
        "storageKey": "99.when",
        "scale": DAYS,
        "options": OPTIONS,
        "axis": "x",
        "zero": "2024-10-08",
        "per": 1,
        "state": {},
    }
    made.set_ghost(ghost)
    return made


def votes_with_ghost() -> Explorer:
    made = Explorer(partial(votes.agreement, tables.read("roll_calls")), name="votes")
    ghost: GhostSpec = {
        "storageKey": "99.votes",
        "scale": VOTES,
        "options": OPTIONS,
        "axis": "track",
        "row": "China",
        "zero": 0,
        "per": 1 / 11,
        "state": {},
    }
    made.set_ghost(ghost)
    return made


@pytest.fixture
def path(tmp_path: Path, page_mode: None) -> Path:
    came = Outcome(["Ten days later."], OPTIONS, ["Some days later"], scale=DAYS, at=10)
    return widget_page(
        tmp_path / "guess.html",
        Predict("99.when", "When was the public told?", OPTIONS, DAYS),
        Predict("99.votes", "How many votes were alike?", OPTIONS, VOTES),
        timeline_with_ghost(),
        votes_with_ghost(),
        RecallPrediction("99.when", "Why did you think so?", came),
    )


@pytest.fixture
def page(browser: Browser, path: Path) -> Iterator[Page]:
    with alone(browser, path) as one:
        yield one


def slider(page: Page, question: str = "When was the public told?") -> Locator:
    return page.get_by_role("slider", name=question)


def part(mark: Locator, scale: Locator) -> float:
    """Where the middle of a mark stands, as a part of its scale's width."""
    one, whole = mark.bounding_box(), scale.bounding_box()
    assert one and whole
    return (one["x"] + one["width"] / 2 - whole["x"]) / whole["width"]


def line_of(page: Page, at: int = 0) -> Locator:
    return page.locator(".face-guess-track .face-guess-line").nth(at)


#: How far, in pixels, the ghost on the timeline stands from a day of the axis that plotly.js drew.
_ASIDE = """([day]) => {
  const box = document.querySelector('.face-plot.js-plotly-plot');
  const { xaxis } = box._fullLayout;
  const ghost = [...box.querySelectorAll('.shapelayer path')].find((one) =>
    box.layout.shapes[one.dataset.index].name === 'guess');
  if (!ghost) return null;
  const { left, width } = ghost.getBoundingClientRect();
  const at = box.getBoundingClientRect().left + xaxis._offset + xaxis.d2p(day);
  return { aside: left + width / 2 - at, dashed: ghost.style.strokeDasharray };
}"""


def ghost_at(page: Page, day: str) -> None:
    """The ghost stands on this day of the timeline, as a dashed line."""
    page.wait_for_function(f"(one) => ({_ASIDE})(one)", arg=[day])
    found = page.evaluate(_ASIDE, [day])
    assert abs(found["aside"]) < 1.5 and found["dashed"], found


def test_a_mouse_sets_the_guess_and_drags_it(page: Page) -> None:
    expect(slider(page)).to_have_attribute("aria-valuetext", "not set yet")
    assert "99.when" not in kept_work(page) and page.evaluate(_ASIDE, ["2024-10-08"]) is None
    box = line_of(page).bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 4, box["y"])
    expect(slider(page)).to_have_attribute("aria-valuetext", "30 days later")
    assert abs(part(slider(page), line_of(page)) - 0.25) < 0.01
    assert kept_work(page)["99.when"] == "30 days later"
    ghost_at(page, "2024-11-07")
    thumb = slider(page).bounding_box()
    assert thumb and min(thumb["width"], thumb["height"]) >= 44
    page.mouse.move(thumb["x"] + 22, thumb["y"] + 22)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 6, box["y"] + 40, steps=4)
    assert kept_work(page)["99.when"] == "30 days later", "kept when it is let go"
    page.mouse.up()
    expect(slider(page)).to_have_attribute("aria-valuenow", "20")
    expect(page.locator(".face-guess-box").first).to_have_value("20")
    assert kept_work(page)["99.when"] == "20 days later"
    ghost_at(page, "2024-10-28")


def test_keys_move_it_and_the_box_beside_it_is_as_good(page: Page) -> None:
    one = slider(page)
    one.focus()
    one.press("Home")
    expect(one).to_have_attribute("aria-valuetext", "0 days later")
    for key, number in (
        ("ArrowRight", "1"),
        ("PageUp", "13"),
        ("End", "120"),
        ("ArrowDown", "119"),
    ):
        one.press(key)
        expect(one).to_have_attribute("aria-valuenow", number)
    one.press("Tab")
    assert kept_work(page)["99.when"] == "119 days later"
    box = page.locator(".face-guess-box").first
    expect(box).to_be_focused()
    box.fill("about 1 day")
    box.press("Tab")
    expect(one).to_have_attribute("aria-valuetext", "1 day later")
    assert kept_work(page)["99.when"] == "1 day later"
    box.fill("500")
    box.press("Tab")
    message = page.locator("form.face-prompts .face-message").first
    expect(message).to_have_text("Write one number from 0 to 120.")
    assert kept_work(page)["99.when"] == "1 day later"


def test_a_finger_taps_drags_and_scrolls_the_page(browser: Browser, path: Path) -> None:
    with alone(browser, path, has_touch=True, viewport={"width": 390, "height": 844}) as page:
        box = line_of(page).bounding_box()
        assert box
        page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"])
        expect(slider(page)).to_have_attribute("aria-valuenow", "60")
        touch = page.context.new_cdp_session(page)

        def move(kind: str, x: float = 0, y: float = 0) -> None:
            points = [] if kind == "touchEnd" else [{"x": x, "y": y}]
            touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

        middle = box["x"] + box["width"] / 2
        move("touchStart", middle, box["y"])
        for step in range(1, 6):
            move("touchMove", middle + step * box["width"] / 20, box["y"])
        move("touchEnd")
        expect(slider(page)).to_have_attribute("aria-valuenow", "90")
        assert kept_work(page)["99.when"] == "90 days later"
        move("touchStart", box["x"] + 5, box["y"])
        for step in range(1, 12):
            move("touchMove", box["x"] + 5, box["y"] - 20 * step)
        move("touchEnd")
        page.wait_for_function("() => scrollY > 50")
        expect(slider(page)).to_have_attribute("aria-valuenow", "90")
        assert kept_work(page)["99.when"] == "90 days later", "who scrolls has not guessed"


def test_it_is_there_when_the_page_opens_again_and_a_ghost_where_it_belongs(page: Page) -> None:
    keep_work(page, {"99.when": "20 days later", "99.votes": "5 votes"})
    page.reload()
    painted(page)
    expect(slider(page)).to_have_attribute("aria-valuetext", "20 days later")
    ghost_at(page, "2024-10-28")
    legend = page.locator(".face-legend")
    expect(legend.first).to_contain_text("◌ your guess: 20 days later")
    card = page.locator(".face-card")
    line = card.locator(".face-guess-line")
    assert abs(part(card.locator(".face-guess-ghost"), line) - 20 / 120) < 0.01
    assert abs(part(card.locator(".face-guess-came"), line) - 10 / 120) < 0.01
    expect(card.locator(".face-compared")).to_have_text("You guessed more than it was.")
    china = page.locator(".face-rows li", has=page.locator("strong", has_text="China"))
    track, sign = china.locator(".face-track"), china.locator(".face-track .face-sign")
    expect(sign).to_have_text("◌")
    assert abs(part(sign, track) - 5 / 11) < 0.01
    expect(page.locator(".face-rows .face-sign", has_text="◌")).to_have_count(1)


def test_an_option_of_an_earlier_version_stays_and_is_a_ghost_as_wide_as_it_meant(
    page: Page,
) -> None:
    keep_work(page, {"99.when": "Some days later"})
    page.reload()
    painted(page)
    expect(page.get_by_text("You predicted before: “Some days later”.")).to_be_visible()
    expect(slider(page)).to_have_attribute("aria-valuetext", "not set yet")
    card = page.locator(".face-card")
    ghost, line = (
        card.locator(one).bounding_box() for one in (".face-guess-ghost", ".face-guess-line")
    )
    assert ghost and line
    assert abs((ghost["x"] - line["x"]) / line["width"] - 1 / 120) < 0.01
    assert abs(ghost["width"] / line["width"] - 13 / 120) < 0.01
    expect(card.locator(".face-compared")).to_have_text("This is what you said.")
    ghost_at(page, "2024-10-15T12:00")
    assert kept_work(page)["99.when"] == "Some days later", "looking writes nothing"


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_it_has_room_and_is_read_aloud(page: Page, width: int) -> None:
    keep_work(page, {"99.when": "120 days later", "99.votes": "0 votes"})
    page.reload()
    painted(page)
    wide(page, width)
    assert too_wide(page) == []
    for scheme in ("light", "dark"):
        wide(page, width, scheme)
        assert violations(page) == []


def test_paper_has_the_guess_if_there_is_one_and_never_what_came(page: Page) -> None:
    page.emulate_media(media="print")
    expect(slider(page)).to_be_hidden()
    expect(page.locator(".face-guess-ghost")).to_be_hidden()
    keep_work(page, {"99.when": "20 days later"})
    page.emulate_media(media="screen")
    page.reload()
    painted(page)
    page.emulate_media(media="print")
    expect(page.locator(".face-guess-thumb").first).to_be_visible()
    expect(page.locator(".face-guess-ghost")).to_be_visible()
    expect(page.locator(".face-guess-came")).to_be_hidden()
