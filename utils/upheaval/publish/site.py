"""The site: student and instructor editions as static pages from disk, of the same notebooks.

Sphinx with myst-nb and sphinx-book-theme makes the pages; this module runs the notebooks, writes
what Sphinx reads, and puts a new site in the place of the old one only when it is whole. Nothing is
asked of the network.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import posixpath
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from .. import os_errors
from ..facts import validate
from ..widgets.core import assets
from . import editions, execution, open_in, output_folder, page, theme_style
from .site_content import Lesson, SiteError, sources

#: The file by which a site is known.
_MARK = ".site"

__all__ = ["Lesson", "SiteError", "add_csp", "build", "execute_lessons"]


def build(
    out: Path | str,
    wanted: Sequence[str] = editions.EDITIONS,
    notebooks: Iterable[Path] | None = None,
    cache: Path | None = None,
    places: open_in.Places | None = None,
    browser: str = "",
) -> list[Path]:
    """Build the editions ``wanted`` into the folders student and instructor of ``out``; give both.

    ``notebooks`` are by default all lessons; ``cache`` keeps what need not be made twice;
    ``places`` are where lessons open live, and ``browser`` is where the lessons with Python in the
    browser are: their pages then lead there. A folder ``out`` that was there before is replaced as
    a whole, and only when everything went well. Raises `SiteError`.
    """
    out = Path(out).resolve()  # of a link, what it leads to is replaced
    output_folder.look_first(out, _MARK, editions.EDITIONS)
    if problems := validate.check():
        raise SiteError("The tables have problems:\n" + "\n".join(map(str, problems)))
    cache = cache or execution.cache_folder()
    lessons = execute_lessons(notebooks or execution.lessons(), cache)
    with output_folder.made_anew(out, _MARK) as fresh:
        with ThreadPoolExecutor(len(wanted)) as pool:
            files_of = partial(sources, lessons, places=places, browser=browser)
            made = list(pool.map(partial(_sphinx, lessons, files_of, cache), wanted))
        for edition, (html, files) in zip(wanted, made, strict=True):
            _finish(html, files, fresh / edition)
            # For hosts that would leave out what begins with an underscore.
            (fresh / edition / ".nojekyll").write_text("", encoding="utf-8")
    return [out / edition for edition in wanted]


def execute_lessons(paths: Iterable[Path], cache: Path) -> list[Lesson]:
    """Run the notebooks, as many at once as there are processors, unless they ran before.

    Raises `SiteError`.
    """

    def lesson(path: Path) -> Lesson:
        return Lesson(path, execution.read(path), execution.execute_lesson(path, cache))

    try:
        with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
            return list(pool.map(lesson, paths))
    except execution.PageError as error:
        raise SiteError(str(error)) from error


# -- what Sphinx reads -----------------------------------------------------------------------------
def _sphinx(
    lessons: Sequence[Lesson],
    files_of: Callable[[str], dict[str, str | bytes]],
    cache: Path,
    edition: str,
) -> tuple[Path, set[str]]:
    """Write an edition's sources and let Sphinx make pages; gives folder and sources' names."""
    home = cache / f"site-{edition}"
    files = files_of(edition)
    _write(home / "source", files)
    shared = [
        {
            name: _digest(files[name])
            for name in files
            if name.startswith(("_static/", "_templates/"))
        },
        [lesson.title for lesson in lessons],
    ]
    environment = {
        **os.environ,
        "UPHEAVAL_EDITION": edition,
        "PYTHONHASHSEED": "0",
        "SOURCE_DATE_EPOCH": "1732665600",
        "PYTHONPATH": os.pathsep.join([str(execution.UTILS), os.environ.get("PYTHONPATH", "")]),
        # A change of these shows on every page, and Sphinx cannot know.
        "UPHEAVAL_SHARED": _digest(json.dumps(shared)),
    }
    command = [sys.executable, "-m", "sphinx", "-b", "html", "-q", "-W", "--keep-going"]
    command += ["-d", str(home / "doctrees"), str(home / "source"), str(home / "html")]
    done = subprocess.run(
        command,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode:
        raise SiteError(f"The {edition} edition was not built. {_said(done.stderr, home)}")
    return home / "html", set(files)


def _said(text: str, home: Path) -> str:
    """What Sphinx says of our pages; where it failed itself, what to do about it."""
    text = text.strip()
    if problem := os_errors.told_by(text):
        return f"{home}: {os_errors.reason(problem)}. {os_errors.way_out(problem)}"
    if text and "Traceback" not in text and "xception" not in text:
        return f"Sphinx, which makes the pages, says:\n{text}"
    log = home / "sphinx.txt"
    with contextlib.suppress(OSError):
        log.write_text(text, encoding="utf-8")
    return (
        f"Sphinx, which makes the pages, has stopped. Delete the folder {home.parent}, then run"
        f" the same command again. If it fails again: what it said is in {log}."
    )


def _digest(text: str | bytes) -> str:
    return hashlib.sha256(text if isinstance(text, bytes) else text.encode()).hexdigest()


def _write(folder: Path, files: dict[str, str | bytes]) -> None:
    """Make `folder` hold exactly `files`; what is unchanged keeps its time, so Sphinx rests."""
    for path in sorted(folder.rglob("*"), reverse=True) if folder.exists() else ():
        if path.is_file() and path.relative_to(folder).as_posix() not in files:
            path.unlink()
    for name, content in files.items():
        path, data = folder / name, content if isinstance(content, bytes) else content.encode()
        if path.exists() and path.read_bytes() == data:
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        with os_errors.naming(path):
            path.write_bytes(data)


# -- what comes after Sphinx -----------------------------------------------------------------------
_INLINE = re.compile(r"<script(?![^>]*\bsrc=)([^>]*)>(.*?)</script>", re.DOTALL)
_SEARCH = re.compile(
    r'\s*<script src="[^"]*(?:searchtools|language_data|searchindex)\.js"></script>'
)
#: The theme's scripts, and what has some of them fetched beforehand.
_THEME = re.compile(
    r'<script (?:defer )?src=(?="[^"]*/(?:bootstrap|pydata-sphinx-theme|fontawesome'
    r"|doctools|sphinx_highlight|sphinx-book-theme)\.js)"
)
_PRELOAD = re.compile(r'\s*<link rel="preload" as="script"[^>]*>')
_PLOTLY = re.compile(rf'<script[^>]* src="([^"]*{re.escape(assets.PLOTLY)}[^"]*)"')
_SPACES = re.compile(r"<(pre|textarea|script|style)\b.*?</\1>|\s*\n\s*", re.DOTALL)
_DATA = re.compile(r'type="application/(ld\+)?json"')
_STYLE_SHEET = re.compile(
    r'<link (?=[^>]*rel="stylesheet")[^>]*href="((?:\.\./)*)(_static/[^"?]*)[^>]*>'
)
_JOINED = "_static/styles/site.css"
_IMPORT = re.compile(r"""@import ["']([^"']+)["'];""")
_CHARSET = re.compile(r'@charset "[^"]*";')
#: Scripts that set no class of the theme's, and hold so many words that every class would be there.
_NAMES_NOTHING = {"fontawesome.js", assets.PLOTLY, "searchindex.js"}
#: How to wake a page of the site.
AWAKE_SITE = (
    "To wake them, open this page in a browser (Chrome, Edge, Firefox or Safari) that may run"
    " scripts (JavaScript). On an iPad or iPhone: open it from your course site in Safari."
)
#: Style sheets that have no more than is needed.
_OURS = {"face.css", "site.css"}


def _finish(html: Path, files: set[str], out: Path) -> None:
    """Copy the pages from `html` to `out`, each with a policy for the site's own scripts only, and
    of the theme's style what these pages use.

    ``files`` are what Sphinx read. Sphinx leaves pages in its folder whose source has gone; they
    stay behind here.
    """
    pages = {name.rsplit(".", 1)[0] for name in files if name.endswith((".md", ".ipynb"))} | {
        "search"
    }
    used = theme_style.names_in(
        path.read_text(encoding="utf-8")
        for path in [*html.rglob("*.html"), *html.rglob("*.js")]
        if path.name not in _NAMES_NOTHING
    )
    style: dict[str, str] = {}  # of the style sheets, by name
    for path in html.rglob("*.css"):
        css = path.read_text(encoding="utf-8")
        name = path.relative_to(html).as_posix()
        style[name] = css if path.name in _OURS else theme_style.without_unused_rules(css, used)
    for path in sorted(html.rglob("*")):
        name = path.relative_to(html).as_posix()
        wanted = (
            name.removesuffix(".html") in pages
            if name.endswith(".html")
            else f"_extra/{name}" in files
            or name == "searchindex.js"
            or name.startswith(("_static/", "_images/"))
        )
        if path.is_dir() or not wanted or path.suffix in {".map", ".css"}:
            continue
        target = out / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix == ".html":
            text = without_indentation(path.read_text(encoding="utf-8"))
            text = join_style_sheets(text, style, out)
            text = say_asleep(text if name == "search.html" else reorder_scripts(text))
            target.write_text(add_csp(inject_storage_bootstrap(text)), encoding="utf-8")
        else:
            shutil.copyfile(path, target)


def reorder_scripts(text: str) -> str:
    """The page `text` with its scripts in the order in which a reader misses them.

    The theme's own (the drawings of its icons are 1.5 MB) would run before plotly.js is ready, so
    they wait until the first chart is seen (`loadLateScripts` in page.ts). What the search needs is
    read by the page that searches, and here would only hold the page up. plotly.js, the largest,
    is asked for first.
    """
    text = _THEME.sub('<script type="text/late" data-src=', _PRELOAD.sub("", _SEARCH.sub("", text)))
    if plotly := _PLOTLY.search(text):
        early = f'<link rel="preload" as="script" fetchpriority="high" href="{plotly[1]}">'
        text = _insert_in_head(text, early)
    return text


def join_style_sheets(text: str, style: Mapping[str, str], out: Path) -> str:
    """The page `text` with one style sheet in the place of the seven of theme and lessons.

    A browser paints nothing before it has all of them, and from disk asks for them one by one. The
    one is written into `out`, in the folder from which the theme names its fonts; ``style`` holds
    each sheet under its name in the site.
    """

    def whole(name: str) -> str:
        inside = _IMPORT.sub(
            lambda found: whole(posixpath.normpath(f"{posixpath.dirname(name)}/{found[1]}")),
            _CHARSET.sub("", style[name]),
        )
        return f"/*! {name} */\n{inside}\n"

    joined = "".join(whole(name) for _, name in _STYLE_SHEET.findall(text))
    path = out / _JOINED
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(joined, encoding="utf-8")
    first = _STYLE_SHEET.search(text)
    if first is None:
        return text
    link = f'<link rel="stylesheet" href="{first[1]}{_JOINED}?v={_digest(joined)[:8]}" />'
    rest = _STYLE_SHEET.sub("", text)
    return rest[: first.start()] + link + rest[first.start() :]


def without_indentation(text: str) -> str:
    """The page `text` without empty lines, and without the spaces that lines begin with.

    The theme's templates leave thousands. Where spaces count (code, boxes, scripts) they stay.
    """
    return _SPACES.sub(lambda found: found[0] if found[1] else "\n", text)


def inject_storage_bootstrap(text: str) -> str:
    """The page `text` with what must precede the theme's scripts, which ask for what is kept."""
    return _insert_in_head(text, f"<script>{assets.storage_bootstrap()}</script>")


def say_asleep(text: str) -> str:
    """The page `text`, where faces stand in it, with a line on top that only scripts hide."""
    if " data-face=" not in text:
        return text
    line = f'<p class="face-asleep">{page.ASLEEP} {AWAKE_SITE}</p>'
    text = re.sub(r'<article class="bd-article[^>]*>', lambda found: found[0] + line, text, count=1)
    return _insert_in_head(text, f"<script>{assets.scripts_run()}</script>")


def add_csp(text: str) -> str:
    """The page `text` with a Content-Security-Policy: our own scripts run, nothing is fetched."""
    inline = [body for attributes, body in _INLINE.findall(text) if not _DATA.search(attributes)]
    rule = re.sub(r"((?:script|style|img|font)-src )", r"\1'self' ", page.policy(inline))
    return _insert_in_head(text, f'<meta http-equiv="Content-Security-Policy" content="{rule}">')


def _insert_in_head(text: str, tag: str) -> str:
    """The page `text` with `tag` right behind its first word, which says how it is written."""
    return re.sub(
        r"<meta charset=\"utf-8\"\s*/?>",
        lambda found: found[0] + tag,
        text,
        count=1,
        flags=re.IGNORECASE,
    )
