"""Where are browsers that tests can drive? Standard library only, because start.py asks too."""

from __future__ import annotations

import os
import shutil
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import NamedTuple

#: Read by its path: start.py asks before anything is installed or on Python's path.
_SPEC = spec_from_file_location(
    "browsers", Path(__file__).resolve().parents[2] / "utils" / "upheaval" / "browsers.py"
)
assert _SPEC and _SPEC.loader
_BROWSERS = module_from_spec(_SPEC)
_SPEC.loader.exec_module(_BROWSERS)


def chromium() -> Path | None:
    """The program to start, or None: see ``upheaval/browsers.py``."""
    found: Path | None = _BROWSERS.chromium()
    return found


#: Where Debian, Fedora and Arch keep WebKitGTK's small browser.
MINIBROWSERS = ["lib/*/webkit2gtk-4.*", "lib*/webkit2gtk-4.*", "libexec/webkit2gtk-4.*"]


class WebKitPrograms(NamedTuple):
    """What it takes to drive WebKitGTK."""

    driver: Path
    browser: Path
    xvfb: Path


def how_to_get() -> str:
    """One line that says how to get a browser for the tests on this system."""
    if sys.platform == "darwin":
        how = "install Google Chrome, or run: brew install --cask chromium"
    elif os.name == "nt":
        how = "install Google Chrome or Microsoft Edge"
    elif shutil.which("apt-get"):
        how = "run: sudo apt-get install chromium"
    elif shutil.which("dnf"):
        how = "run: sudo dnf install chromium"
    else:
        how = "install Chromium or Google Chrome"
    return (
        f"No Chromium, Chrome or Edge was found, which the browser tests need. To get one, {how}."
    )


def firefox() -> Path | None:
    """A Firefox, or None: the one that Debian calls ESR before others."""
    found = next(filter(None, map(shutil.which, ("firefox-esr", "firefox"))), None)
    return Path(found) if found else None


def webkit() -> WebKitPrograms | None:
    """WebKitGTK's driver and small browser, and a screen for it, or None."""
    driver, xvfb = shutil.which("WebKitWebDriver"), shutil.which("Xvfb")
    browsers = [
        path
        for folder in MINIBROWSERS
        for path in sorted(Path("/usr").glob(f"{folder}/MiniBrowser"))
    ]
    if not driver or not xvfb or not browsers:
        return None
    return WebKitPrograms(Path(driver), browsers[-1], Path(xvfb))


def how_to_get_engine(name: str) -> str:
    """One line that says how to get `firefox` or `webkit`, for the tests that `--all` adds."""
    packages = {"firefox": "firefox-esr", "webkit": "webkit2gtk-driver xvfb"}[name]
    return (
        f"The engine {name} was not found, which a test of `--all` needs. On Debian,"
        f" run: sudo apt-get install {packages}."
    )
