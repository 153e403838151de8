"""Links that lead out of the collection: all of them, and what was found when each was last tried.

The list is `LIST`. It is brought up to date without a network (new links are "unchecked"), and
tried with one, by Sphinx's ``linkcheck``. An archived copy is looked for at the Internet Archive,
by its availability service (https://archive.org/help/wayback_api.php).
"""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag

import requests
from markdown_it import MarkdownIt

from .. import os_errors
from ..facts import tables
from ..widgets.core import files
from . import execution

Json = Any

ROOT = execution.UTILS.parent
LIST = Path(__file__).with_name("links.csv")
PAGES = Path(__file__).parent / "site_source" / "pages"
ARCHIVE = "https://archive.org/wayback/available"
#: What a state means. "refused" is common: news sites turn programs away, and let people in.
STATES = {
    "unchecked": "no program has tried it yet; somebody read the page when its row was written",
    "works": "it answered",
    "moved": "it answered at another address",
    "refused": "the server turns programs away; try it by hand",
    "silent": "no answer that could be used; it may be a passing fault",
    "gone": "the server says that it is gone",
}
_GONE = {"404", "410"}
_CONF = """extensions = ["myst_parser"]
linkcheck_anchors = False
linkcheck_timeout = {timeout}
linkcheck_workers = 16
linkcheck_retries = 2
linkcheck_rate_limit_timeout = 60
"""


class LinksError(Exception):
    """The list cannot be brought up to date; the message says why, and what to do."""


class NoNetwork(Exception):
    """Not one address answered: this computer, not the links, has a problem."""


@dataclass(frozen=True)
class Link:
    """One row of the list: address, state, day tried, what came back, an archived copy."""

    url: str
    state: str = "unchecked"
    checked: str = ""
    answer: str = ""
    archive: str = ""


def outgoing() -> list[str]:
    """Every address outside that we link to: sources, lessons, site, teaching, the schema."""
    found = set(tables.read("sources")["url"])
    texts = [
        path.read_text(encoding="utf-8")
        for folder, kind in ((PAGES, "*.md.j2"), (ROOT / "teaching", "*.md"))
        for path in sorted(folder.glob(kind))
    ]
    for path in execution.lessons():
        texts += [
            cell.source for cell in execution.read(path).cells if cell.cell_type == "markdown"
        ]
    for text in texts:
        found.update(_in_markdown(text))
    return sorted(found)


def _in_markdown(text: str) -> set[str]:
    """The addresses of the links in a text, those in its HTML too."""
    found = set(re.findall(r'href="(https?://[^"{]+)"', text))
    for block in MarkdownIt().parse(text):
        found |= {str(one.attrs["href"]) for one in block.children or () if one.type == "link_open"}
    return {urldefrag(one).url for one in found if one.startswith(("http://", "https://"))}


def recorded() -> dict[str, Link]:
    """The list as it is on disk, by address. Raises `LinksError` where it cannot be read."""
    try:
        with LIST.open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file)
            if rows.fieldnames != [one.name for one in fields(Link)]:
                raise ValueError("other columns")
            return {row["url"]: Link(**row) for row in rows}
    except (OSError, ValueError, TypeError, KeyError, csv.Error) as error:
        why = os_errors.reason(error) if isinstance(error, OSError) else "it is no such list"
        raise LinksError(
            f"{LIST} cannot be read: {why}. Take that file from a fresh copy of the collection."
        ) from error


def look_first() -> None:
    """Before minutes of trying: can the list be written? Raises `LinksError`."""
    if problem := os_errors.room_in(LIST.parent):
        raise _not_written(problem)


def _not_written(error: OSError) -> LinksError:
    return LinksError(
        f"{LIST} is as it was, for it could not be written: {os_errors.reason(error)}. Copy the"
        " whole collection into a folder of your own, and run the same command there."
    )


def listed() -> list[Link]:
    """Every outgoing address with what is known of it; what is linked no more is left out."""
    before = recorded()
    return [before.get(url) or Link(url) for url in outgoing()]


def write(links: Iterable[Link]) -> None:
    """Write the list anew, all of it or nothing. Raises `LinksError`."""
    text = io.StringIO()
    writer = csv.DictWriter(text, [one.name for one in fields(Link)], lineterminator="\n")
    writer.writeheader()
    writer.writerows(asdict(one) for one in sorted(links, key=lambda one: one.url))
    try:
        files.write_whole(LIST, text.getvalue())
    except OSError as error:
        raise _not_written(error) from error


# -- trying them -----------------------------------------------------------------------------------
def check(
    links: Iterable[Link], today: date, timeout: float = 20, archive: str = ARCHIVE
) -> list[Link]:
    """Try each address and, where it does not work and no copy is known, look for an archived one.

    ``timeout`` is in seconds for one answer. Raises `NoNetwork` if nothing at all answers; then
    nothing is known. Raises `LinksError` where Sphinx cannot try them.
    """
    tried = [_judged(link, found, today) for link, found in _answers(list(links), timeout)]
    if tried and all(one.state == "silent" for one in tried):
        raise NoNetwork(
            "No address answered. The list is as it was. Look at the network, then try again."
        )
    return [
        replace(one, archive=_copy(one.url, archive, timeout)) if _wants_a_copy(one) else one
        for one in tried
    ]


def _answers(links: list[Link], timeout: float) -> list[tuple[Link, Json]]:
    """What Sphinx's linkcheck finds for each link: a page with one link a line is made for it."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        (folder / "conf.py").write_text(_CONF.format(timeout=timeout), encoding="utf-8")
        page = "".join(f"[{number}](<{link.url}>)\n\n" for number, link in enumerate(links))
        (folder / "index.md").write_text("# Links\n\n" + page, encoding="utf-8")
        command = [
            sys.executable,
            "-m",
            "sphinx",
            "-b",
            "linkcheck",
            "-q",
            scratch,
            str(folder / "out"),
        ]
        # Its exit code says that a link is broken, which is no failure here; a missing file is one.
        done = subprocess.run(
            command, capture_output=True, text=True, encoding="utf-8", check=False
        )
        try:
            lines = (folder / "out" / "output.json").read_text(encoding="utf-8").splitlines()
        except OSError:
            said = f"Sphinx, which tries the links, failed. It says:\n{done.stderr.strip()}\n"
            raise LinksError(f"{said}The list is as it was. Run: python start.py doctor") from None
    found = {(one["lineno"] - 3) // 2: one for one in map(json.loads, lines)}
    return [(link, found.get(number)) for number, link in enumerate(links)]


def _judged(link: Link, found: Json, today: date) -> Link:
    """The link with what linkcheck found (None: nothing)."""
    status, info = (found["status"], found["info"]) if found else ("", "")
    number = re.match(r"\d{3}(?= )", info)
    code = number[0] if number else ""
    if status == "working":
        state, answer = "works", ""
    elif status == "redirected":
        # Where it leads for now is no new address; one that the server calls permanent is.
        state, answer = ("moved", info) if found["code"] in (301, 308) else ("works", "")
    elif code:
        state, answer = ("gone" if code in _GONE else "refused" if code < "500" else "silent"), code
    elif info == "unauthorized":
        state, answer = "refused", "401"
    else:
        state, answer = "silent", " ".join(info.split())[:80]
    return replace(link, state=state, checked=today.isoformat(), answer=answer)


def _wants_a_copy(link: Link) -> bool:
    return link.state not in ("works", "unchecked") and not link.archive


def _copy(url: str, service: str, timeout: float) -> str:
    """The address of an archived copy from about the time of the article, or nothing."""
    try:
        answer = requests.get(
            service, {"url": url, "timestamp": "20241127"}, timeout=timeout
        ).json()
        closest = answer["archived_snapshots"].get("closest", {})
    except (requests.RequestException, ValueError, KeyError, TypeError, AttributeError):
        return ""
    found = str(closest.get("url", "")) if closest.get("available") else ""
    return re.sub(r"^http://web\.", "https://web.", found)
