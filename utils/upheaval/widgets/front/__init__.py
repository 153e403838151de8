"""The face of every widget: what `upheaval.bundle` made of the modules and style sheets here.

A browser refuses to import one module from another when a page is opened from disk, and anywidget
takes one module. So each kind of face is one module for a kernel, and all of them together are one
script for a page. Both lie in ``widgets/dist/``, beside the plotly.js that draws.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from pathlib import Path

FOLDER = Path(__file__).parent
DIST = FOLDER.parent / "dist"
PLOTLY = "plotly-basic.min.js"


@functools.cache
def _made(name: str) -> str:
    return (DIST / name).read_text(encoding="utf-8")


def module(kind: str) -> str:
    """The face of one kind as an ES module with anywidget's ``render``."""
    return _made(f"{kind}.js")


def script() -> str:
    """All faces as a classic script, which starts every element ``data-face`` of its page.

    Where there are charts, `plotly` belongs behind it. Holds no ``</script``.
    """
    return _made("page.js")


def first() -> str:
    """What has to stand before the scripts of others, or what a reader writes may be lost."""
    return _made("first.js").strip()


def site() -> str:
    """What pages of the site do besides their faces, as a classic script."""
    return _made("site.js")


def style(*wanted: str) -> str:
    """The style of all faces, and what the kinds ``wanted`` (by default all) add to it."""
    names = sorted(path.name for path in DIST.glob("*.css") if path.name != "face.css")
    own = [name for name in names if not wanted or name.removesuffix(".css") in wanted]
    return "".join(_made(name) for name in ["face.css", *own])


def plotly() -> str:
    """plotly.js in its basic build, which draws all that charts here draw, as a classic script."""
    return _made(PLOTLY)


def trace_types() -> set[str]:
    """The types of trace that `plotly` can draw, as it registers them."""
    return set(re.findall(r'moduleType:"trace",name:"([a-z0-9]+)"', plotly()))


def shown_in(markup: Iterable[str]) -> list[str]:
    """The kinds of face that stand in the HTML texts ``markup``, sorted."""
    return sorted({kind for text in markup for kind in re.findall(r'data-face="([a-z]+)"', text)})
