"""The face of every widget: ES modules and one style sheet, joined for shipping.

A browser refuses to import one module from another when a page is opened from disk, and anywidget takes one module.
So the files here, ordinary ES modules that an editor understands, are joined in the order of their imports: `module`
for a kernel, `script` for a page. They import only one another, one line an import.
"""

from __future__ import annotations

import functools
import re
from pathlib import Path

FOLDER = Path(__file__).parent
#: Ground floor first: a file imports only from files that stand before it.
FILES = ("dom.js", "pack.js", "facets.js", "marking.js", "controls.js", "plot.js", "explorer.js", "check.js",
         "note.js", "suppliers.js")

_IMPORT = re.compile(r'^import \{[^}]*\} from "\./[a-z]+\.js";\n', re.MULTILINE)
_COMMENT = re.compile(r"^ *(?://.*|/\*\*.*\*/)\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?function|const|class)", re.MULTILINE)


@functools.cache
def source() -> str:
    """All files as one text without imports, exports and lines that are comments (a page carries this text)."""
    texts = [(FOLDER / name).read_text(encoding="utf-8") for name in FILES]
    return _EXPORT.sub("", _COMMENT.sub("", _IMPORT.sub("", "".join(texts))))


def module() -> str:
    """The face as one ES module with anywidget's ``render``."""
    return source() + "export default { render: renderLive };\n"


def script() -> str:
    """The face as a classic script, which starts every element ``data-face`` of its page. Holds no ``</script``."""
    return '(() => {"use strict";\n' + source() + "startPage();\n})();\n"


def style() -> str:
    """The one style sheet."""
    return (FOLDER / "face.css").read_text(encoding="utf-8")
