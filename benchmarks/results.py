"""Where the figures go: results.json, and from it the tables in README.md."""

from __future__ import annotations

import json
import os
import platform
import re
import statistics
import subprocess
import textwrap
from dataclasses import asdict, dataclass, field
from datetime import date
from importlib import metadata
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
RESULTS = HERE / "results.json"
README = HERE / "README.md"
#: What draws, carries and moves the charts; its versions stand beside the figures.
PACKAGES = ("plotly", "pandas", "jupyterlab", "ipywidgets", "anywidget")


@dataclass(frozen=True)
class Column:
    """A column of figures: its head, which names the unit, and how many decimals are shown."""

    head: str
    digits: int = 0


@dataclass
class Table:
    """Measured values, by the name of what was measured: of each column all values, or none."""

    first: str
    columns: list[Column]
    rows: dict[str, list[list[float]]] = field(default_factory=dict)

    def add(self, what: str, *cells: list[float] | float | None) -> None:
        """One more row: of each column all values that were measured, one value, or None."""
        assert len(cells) == len(self.columns), what
        lists = [[] if c is None else c if isinstance(c, list) else [c] for c in cells]
        self.rows[what] = [[round(value, 2) for value in values] for values in lists]


def summary(values: list[float], digits: int = 0) -> str:
    """Median and range of `values`, in the unit they have; nothing where none was measured, and
    what was counted without decimals.
    """
    if not values:
        return ""
    if len(values) == 1 and isinstance(values[0], int):
        return f"{values[0]:,}"
    middle, *ends = (
        f"{value:,.{digits}f}" for value in (statistics.median(values), min(values), max(values))
    )
    return middle if len(values) == 1 else f"{middle} ({ends[0]} to {ends[1]})"


def render(table: dict[str, Any]) -> str:
    """A table, as results.json holds it, in Markdown."""
    heads = [table["first"], *(column["head"] for column in table["columns"])]
    lines = [heads, ["---"] * len(heads)]
    for what, cells in table["rows"].items():
        shown = [
            summary(values, column["digits"])
            for values, column in zip(cells, table["columns"], strict=True)
        ]
        lines.append([what, *shown])
    return "\n".join(f"| {' | '.join(line)} |".replace("|  |", "| |") for line in lines)


def circumstances(peers: dict[str, str] | None = None, *, quick: bool = False) -> dict[str, Any]:
    """When, where and with what something is measured, or `quick`ly tried."""
    from browser.find import chromium

    browser = subprocess.run([str(chromium()), "--version"], capture_output=True, text=True)
    return {
        "measured": date.today().isoformat(),
        "quick": quick,
        "machine": {
            "processors": os.cpu_count(),
            "system": platform.system(),
            "load": round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None,
        },
        "versions": {
            "Python": platform.python_version(),
            "browser": browser.stdout.split(" built ")[0].strip() or "unknown",
            **{name: metadata.version(name) for name in PACKAGES},
            **(peers or {}),
        },
    }


def described(around: dict[str, Any]) -> str:
    """The circumstances of a measurement of `circumstances`, in a sentence."""
    versions = dict(around["versions"])
    browser, python = versions.pop("browser"), versions.pop("Python")
    rest = ", ".join(f"{name} {version}" for name, version in versions.items())
    how = "Only tried, so that these figures say nothing," if around["quick"] else "Measured"
    tools = f"{browser} without a window, Python {python}, {rest}"
    return sentence(how, around["measured"], around["machine"], tools)


def sentence(how: str, measured: str, machine: dict[str, Any], tools: str) -> str:
    """What was done, on which day (ISO), on which ``machine`` (processors, system, load) and with
    which ``tools``: one sentence in lines of 120 characters.
    """
    day = date.fromisoformat(measured)
    load = "" if machine["load"] is None else f", load average {machine['load']} before the run"
    text = (
        f"{how} on {day.day} {day:%B %Y}: {machine['processors']} processors, "
        f"{machine['system']}{load}; {tools}."
    )
    return textwrap.fill(text, 120, break_long_words=False, break_on_hyphens=False)


def stored() -> dict[str, Any]:
    """What results.json holds: each part with its circumstances and its table."""
    if not RESULTS.exists():
        return {}
    found = json.loads(RESULTS.read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def documented(text: str, parts: dict[str, Any]) -> str:
    """The text of README.md with every part's table between that part's two marks."""
    for name, part in parts.items():
        block = f"{described(part)}\n\n{render(part['table'])}"
        text, count = re.subn(
            rf"(<!-- {name}: [^\n]* -->\n).*?(<!-- end of {name} -->)",
            lambda found, block=block: f"{found[1]}\n{block}\n\n{found[2]}",
            text,
            flags=re.DOTALL,
        )
        if count != 1:
            raise ValueError(f"README.md has {count} places for the table {name}, and needs one.")
    return text


def store(name: str, table: Table, around: dict[str, Any]) -> None:
    """Keep the table of a part, in place of an older one, and write it into README.md."""
    parts = stored() | {name: around | {"table": asdict(table)}}
    text = documented(README.read_text(encoding="utf-8"), parts)
    RESULTS.write_text(json.dumps(parts, indent=1, sort_keys=False) + "\n", encoding="utf-8")
    README.write_text(text, encoding="utf-8")
