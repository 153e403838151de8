"""The bundles: what `upheaval.bundle` made of the widgets' modules and style sheets.

A browser refuses to import one module from another when a page is opened from disk, and anywidget
takes one module. So each widget's face is one module for a kernel, and all of them together are one
script for a page. Both lie in ``widgets/dist/``, beside the plotly.js that draws.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from pathlib import Path

DIST = Path(__file__).resolve().parents[1] / "dist"
PLOTLY = "plotly-basic.min.js"


@functools.cache
def _bundle(name: str) -> str:
    try:
        return (DIST / name).read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise FileNotFoundError(
            f"widgets/dist/{name} is not made yet. Make it: python start.py bundle"
        ) from error


def module(kind: str) -> str:
    """The face of one kind as an ES module with anywidget's ``render``.

    Raises ``FileNotFoundError`` where its bundle was never made.
    """
    return _bundle(f"{kind}.js")


#: The scripts of a page that have only some kinds (``page_light.ts`` and so on), lightest first.
LIGHT = {"check", "explorer", "portfolio", "prompts"}
LIGHTER = {
    "page_light": LIGHT,
    "page_coding": {*LIGHT, "coding"},
    "page_memo": {*LIGHT, "memo", "weights"},
}


def script(*kinds: str) -> str:
    """All faces as a classic script, which starts every element ``data-face`` of its page.

    With ``kinds``, those that the page has, it may be one that has no others. Where there are
    charts, `plotly` belongs behind it. Holds no ``</script``.
    """
    fitting = (name for name, there in LIGHTER.items() if kinds and there.issuperset(kinds))
    return _bundle(f"{next(fitting, 'page')}.js")


def storage_bootstrap() -> str:
    """What has to stand before the scripts of others, or what a reader writes may be lost."""
    return _bundle("storage_bootstrap.js").strip()


def scripts_run() -> str:
    """What stands in the head of a page with faces: it hides the line ``.face-asleep``."""
    return _bundle("scripts_run.js").strip()


def site() -> str:
    """What pages of the site do besides their faces, as a classic script."""
    return _bundle("site.js")


def run_in_page() -> dict[str, str]:
    """What runs cells in pages of the site, and its worker, as modules by their names."""
    return {name: _bundle(name) for name in ("run.js", "run_worker.js")}


def paper() -> str:
    """What draws the charts of a handout, as a classic script behind `plotly`."""
    return _bundle("paper.js")


def scorm() -> str:
    """What tells a course platform that a page was opened and its end reached (SCORM 2004)."""
    return _bundle("scorm.js")


def classroom() -> str:
    """What the page of a class does, as a classic script."""
    return _bundle("classroom.js")


def style(*wanted: str) -> str:
    """The style of all faces, and what the kinds ``wanted`` (by default all) add to it."""
    names = sorted(path.name for path in DIST.glob("*.css") if path.name != "core.css")
    own = [name for name in names if not wanted or name.removesuffix(".css") in wanted]
    return "".join(_bundle(name) for name in ["core.css", *own])


#: How plotly.js hands over the function that makes it, up to its body and behind it.
_PLOTLY_FACTORY = re.compile(r"(: this, )(\(\) => \{.*\})(\)\);?\s*)\Z", re.DOTALL)


@functools.cache
def plotly() -> str:
    """plotly.js in its basic build, which draws all that charts here draw, as a classic script.

    One pair of brackets is added, around the function that makes it. A function that is handed over
    counts as one for later: V8 reads it for its mistakes only, and a second time when it is called.
    In brackets it is read once, which brings the first chart forward by an eighth
    (https://v8.dev/blog/preparser, "PIFEs").
    """
    return _PLOTLY_FACTORY.sub(r"\1(\2)\3", _bundle(PLOTLY))


def trace_types() -> set[str]:
    """The types of trace that `plotly` can draw, as it registers them."""
    return set(re.findall(r'moduleType:"trace",name:"([a-z0-9]+)"', plotly()))


def kinds_in(markup: Iterable[str]) -> list[str]:
    """The kinds of face that stand in the HTML texts ``markup``, sorted."""
    return sorted({kind for text in markup for kind in re.findall(r'data-face="([a-z]+)"', text)})
