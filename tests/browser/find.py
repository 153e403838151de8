"""Where are browsers that tests can drive? Standard library only, because start.py asks too."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import NamedTuple

COMMANDS = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "chrome",
]
PROGRAMS = [
    "Google/Chrome/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
    "Chromium/Application/chrome.exe",
]
APPS = [
    "Google Chrome.app/Contents/MacOS/Google Chrome",
    "Chromium.app/Contents/MacOS/Chromium",
    "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
]
PLAYWRIGHTS = [
    "chromium-*/chrome-*/chrome",
    "chromium-*/chrome-*/chrome.exe",
    "chromium-*/chrome-*/*.app/Contents/MacOS/*",
]
#: Where Debian, Fedora and Arch keep WebKitGTK's small browser.
MINIBROWSERS = ["lib/*/webkit2gtk-4.*", "lib*/webkit2gtk-4.*", "libexec/webkit2gtk-4.*"]


class WebKitPrograms(NamedTuple):
    """What it takes to drive WebKitGTK."""

    driver: Path
    browser: Path
    xvfb: Path


def chromium() -> Path | None:
    """The program to start, or None. UPHEAVAL_BROWSER, where set, names the only one looked at."""
    named = os.environ.get("UPHEAVAL_BROWSER")
    if named:
        return Path(named) if Path(named).is_file() else None
    return next((path for path in _places() if path.is_file()), None)


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


def _places() -> list[Path]:
    """Every place to look at on this system, the likeliest first."""
    found = [Path(path) for path in map(shutil.which, COMMANDS) if path]
    if os.name == "nt":
        roots = [
            os.environ.get(name) for name in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
        ]
        found += [Path(root) / program for root in roots if root for program in PROGRAMS]
    if sys.platform == "darwin":
        roots = ["/Applications", str(Path.home() / "Applications")]
        found += [Path(root) / app for root in roots if root for app in APPS]
    for pattern in PLAYWRIGHTS:
        found += sorted(_playwright_folder().glob(pattern), reverse=True)
    return found


def _playwright_folder() -> Path:
    """Where `playwright install chromium` puts its browsers."""
    named = os.environ.get("PLAYWRIGHT_BROWSERS_PATH")
    if named and named != "0":
        return Path(named)
    if os.name == "nt":
        return (
            Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData/Local") / "ms-playwright"
        )
    return (
        Path.home() / ("Library/Caches" if sys.platform == "darwin" else ".cache") / "ms-playwright"
    )
