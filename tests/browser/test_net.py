"""The net in a browser: pictures equal to the pixel, and what readers kept in a browser stands
there again.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from browser.drive import LESSONS
from net import compare, kept, pictures, record
from net.pictures import Camera, Picture
from tiers import few

pytestmark = pytest.mark.browser

RENEW = "If this is meant, renew the pictures: python tests/net/record.py --pictures"
each_lesson = pytest.mark.parametrize("lesson", LESSONS, ids=lambda path: path.stem)


@pytest.fixture(scope="module")
def camera(browser: Browser) -> Iterator[Camera]:
    with Camera.of(browser) as one:
        yield one


@pytest.fixture(scope="module")
def was(browser: Browser, camera: Camera) -> dict[str, Picture]:
    """The committed pictures where this browser draws as theirs did; else those of their commit."""
    about, found = pictures.recorded()
    if pictures.alike(about, pictures.environment(browser)):
        return found
    try:
        return pictures.of_commit(camera, pictures.base_commit())
    except record.NoCommit as problem:
        message = f"This browser draws otherwise than that of the committed pictures. {problem}"
        if os.environ.get("CI", "").lower() in ("true", "1"):
            pytest.fail(message, pytrace=False)
        pytest.skip(message)


@each_lesson
def test_the_charts_are_equal_to_the_pixel(
    camera: Camera, built: Callable[..., Path], was: dict[str, Picture], lesson: Path
) -> None:
    differences = pictures.differences(camera, was, [built(lesson, "instructor")])
    if differences:
        pytest.fail("\n".join([*differences, RENEW]), pytrace=False)


def test_a_pixel_that_differs_is_found(tmp_path: Path) -> None:
    name, one = next(iter(pictures.recorded()[1].items()))
    assert pictures.compare(name, one, one.copy(), tmp_path) == "" and not list(tmp_path.iterdir())
    other = one.copy()
    other[5, 7, 2] ^= 1
    difference = pictures.compare(name, one, other, tmp_path)
    assert difference.startswith(f"{name}: 1 pixels differ, from (7, 5) to (7, 5); look at")
    assert "size" in pictures.compare(name, one, one[:-3], tmp_path)
    written = (tmp_path / f"{name}-was.png").read_bytes()
    assert (pictures.pixels(written) == one).all(), "the files to look at have the very pixels"
    assert len(list(tmp_path.iterdir())) == 3


def test_pictures_are_packed_without_loss() -> None:
    found = dict(list(pictures.recorded()[1].items())[:3])
    again = pictures.unpacked(pictures.packed(found))
    assert again.keys() == found.keys() and all(
        (again[name] == found[name]).all() for name in found
    )


# -- what readers kept -----------------------------------------------------------------------------
@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    """The tab in which all pages are opened, one after another."""
    with pictures.profile(browser) as context:
        yield context.new_page()


def stands(tab: Page, page: Path, name: str, work: Any) -> None:
    was = kept.read("page", record.RECORDED)[name]
    if lost := kept.lost(was, kept.shown_of(tab, page, work)):
        head = f"{len(lost)} things that readers kept no longer stand there:"
        pytest.fail("\n".join([head, *lost[: compare.SHOWN]]), pytrace=False)


@each_lesson
def test_what_was_kept_in_a_browser_stands_there_again(
    tab: Page, built: Callable[..., Path], lesson: Path
) -> None:
    work = kept.read("browser", record.RECORDED)["work"]
    stands(tab, built(lesson, "instructor"), lesson.name[:2], work)


@pytest.mark.parametrize("form", ["open", "locked", "revealed"])
def test_forecasts_stand_as_they_were_left(
    tab: Page, built: Callable[..., Path], form: str
) -> None:
    lesson = next(path for path in LESSONS if path.name.startswith("10"))
    forecasts = kept.read("browser", record.RECORDED)["forecasts"]
    stands(tab, built(lesson, "instructor"), f"10 {form}", {"10.forecast": forecasts[form]})


@pytest.mark.parametrize("at", few(range(len(kept.ADDRESSES)), 2, pytest.mark.slow))
def test_an_address_shows_what_it_showed(tab: Page, built: Callable[..., Path], at: int) -> None:
    one = kept.read("addresses", record.RECORDED)[at]
    lesson = next(path for path in LESSONS if path.name.startswith(one["lesson"]))
    seen = kept.shown_at(tab, built(lesson, "instructor"), one["chart"], one["fragment"])
    assert seen == {"title": one["title"], "controls": one["controls"]}
