"""The face of every widget: ES modules and one style sheet, joined for shipping.

A browser refuses to import one module from another when a page is opened from disk, and anywidget
takes one module. So the files here, ordinary ES modules that an editor understands, are joined in
the order of their imports: `module` for a kernel, `script` for a page. They import only one
another, one line an import.

A file that says ``FACES.check = check`` makes a kind of face called ``check``; its style, if it has
one of its own, is ``check.css``. A page asks for the kinds it shows, and gets those and what they
import.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from pathlib import Path

FOLDER = Path(__file__).parent
#: The file that starts a face; it imports what all kinds stand on.
START = "suppliers.js"
#: What a page must do before any script asks for what is kept in the browser.
FIRST = "first.js"

_IMPORT = re.compile(r'^import (?:\{[^}]*\} from )?"\./([a-z]+\.js)";\n', re.MULTILINE)
# A line that is a comment, or only ends one; and what stands before the first letter of a line.
_COMMENT = re.compile(r"^ *(?://.*|/\*\*(?:.|\n)*?\*/)\n", re.MULTILINE)
_INDENT = re.compile(r"^ +", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?function|const|class)", re.MULTILINE)
_KIND = re.compile(r"^FACES\.([a-z]+) = ", re.MULTILINE)


@functools.cache
def _texts() -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.js"))}


@functools.cache
def kinds() -> dict[str, str]:
    """Every kind of face, and the file that makes it."""
    return {kind: name for name, text in _texts().items() for kind in _KIND.findall(text)}


def files(*wanted: str) -> list[str]:
    """The files that the kinds ``wanted`` (default: all) need, each after its imports."""
    order: list[str] = []

    def add(name: str) -> None:
        for below in _IMPORT.findall(_texts()[name]):
            add(below)
        if name not in order:
            order.append(name)

    for kind in wanted or kinds():
        add(kinds()[kind])
    add(START)
    return order


@functools.cache
def source(*wanted: str) -> str:
    """The files of ``wanted`` as one text without imports, exports, comments, indentation."""
    return _joined(files(*wanted))


def _joined(names: Iterable[str]) -> str:
    text = "".join(_texts()[name] for name in names)
    return _INDENT.sub("", _EXPORT.sub("", _COMMENT.sub("", _IMPORT.sub("", text))))


def first() -> str:
    """For a page with scripts of others: what must precede them, or kept work may be lost."""
    return _joined([FIRST]).strip()


def module(*wanted: str) -> str:
    """The face as one ES module with anywidget's ``render``."""
    return source(*wanted) + "export default { render: renderLive };\n"


def script(*wanted: str) -> str:
    """The face as a classic script, which starts every element ``data-face`` of its page.

    Holds no ``</script``.
    """
    return '(() => {"use strict";\n' + source(*wanted) + "startPage();\n})();\n"


def style(*wanted: str) -> str:
    """The style of faces and of the kinds ``wanted`` (default: all), without comments."""
    own = [FOLDER / f"{kind}.css" for kind in sorted(wanted or kinds())]
    text = "".join(
        path.read_text(encoding="utf-8") for path in [FOLDER / "face.css", *own] if path.exists()
    )
    return _INDENT.sub("", re.sub(r"\s*/\*.*?\*/", "", text, flags=re.DOTALL))


def shown_in(markup: Iterable[str]) -> list[str]:
    """The kinds of face that stand in the HTML texts ``markup``, sorted."""
    return sorted({kind for text in markup for kind in re.findall(r'data-face="([a-z]+)"', text)})
