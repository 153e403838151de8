"""Where is a Chromium, Chrome or Edge? Standard library only, because start.py asks too."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

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


def chromium() -> Path | None:
    """The program to start, or None. UPHEAVAL_BROWSER, where set, names the only one looked at."""
    named = os.environ.get("UPHEAVAL_BROWSER")
    if named:
        return Path(named) if Path(named).is_file() else None
    return next((path for path in _places() if path.is_file()), None)


def _places() -> list[Path]:
    """Every place to look at on this system, the likeliest first."""
    found = [Path(path) for path in map(shutil.which, COMMANDS) if path]
    if os.name == "nt":
        roots = [
            os.environ.get(name) for name in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
        ]
        found += [Path(root) / program for root in roots if root for program in PROGRAMS]
    if sys.platform == "darwin":
        roots = ["/Applications", str(Path(os.path.expanduser("~")) / "Applications")]
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
            Path(os.environ.get("LOCALAPPDATA") or Path(os.path.expanduser("~")) / "AppData/Local")
            / "ms-playwright"
        )
    return (
        Path(os.path.expanduser("~"))
        / ("Library/Caches" if sys.platform == "darwin" else ".cache")
        / "ms-playwright"
    )
