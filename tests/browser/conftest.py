"""Browser tests where no browser is: skipped with the way to get one, and failed in CI."""

import os

import pytest

from browser.find import chromium, how_to_get


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("browser") is None or chromium() is not None:
        return
    if os.environ.get("CI", "").lower() in ("true", "1"):
        pytest.fail(f"{how_to_get()} In CI that is a failure.", pytrace=False)
    pytest.skip(how_to_get())
