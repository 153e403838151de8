"""Make ``widgets/dist/`` from TypeScript modules and style sheets: `python start.py bundle`.

Apart from the widgets, which cannot be imported while a bundle of theirs is missing.

deno (a wheel in the test group) joins and minifies; it fetches its bundler from a package registry
the first time. plotly.js is fetched anew where the plotly package carries another version. What was
made, and of what, stands in ``dist/bundle.json``, which a test compares without a network.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import os
import re
import shutil
import subprocess
import sysconfig
import tempfile
from collections.abc import Iterator
from pathlib import Path

from . import os_errors

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "utils/upheaval/widgets"
DIST = ROOT / "utils/upheaval/widgets/dist"
PLOTLY = "plotly-basic.min.js"
SITE = ROOT / "utils/upheaval/publish/site_source/site.ts"
RECORD = DIST / "bundle.json"
OPTIONS = ("--minify", "--platform=browser")
BANNER = "made by `python start.py bundle` from {source}; edit that, not this"


class BundleError(Exception):
    """The bundles could not be made; the message says why, and what to do."""


def kinds() -> list[str]:
    """Every kind of widget: a folder with a ``view.ts``."""
    return sorted(path.parent.name for path in FOLDER.glob("*/view.ts"))


def entries() -> Iterator[tuple[Path, Path, str]]:
    """Every bundle: its source, its file, and its format (``esm``, ``iife``, or ``css``)."""
    for kind in kinds():
        yield FOLDER / kind / "view.ts", DIST / f"{kind}.js", "esm"
    yield FOLDER / "page.ts", DIST / "page.js", "iife"
    for name in ("page_light", "page_coding", "page_memo"):
        yield FOLDER / f"{name}.ts", DIST / f"{name}.js", "iife"
    yield FOLDER / "paper.ts", DIST / "paper.js", "iife"
    yield FOLDER / "scorm.ts", DIST / "scorm.js", "iife"
    yield FOLDER / "classroom.ts", DIST / "classroom.js", "iife"
    yield FOLDER / "core/storage_bootstrap.ts", DIST / "storage_bootstrap.js", "iife"
    yield FOLDER / "core/scripts_run.ts", DIST / "scripts_run.js", "iife"
    yield SITE, DIST / "site.js", "iife"
    yield FOLDER / "run/index.ts", DIST / "run.js", "esm"
    yield FOLDER / "run/worker.ts", DIST / "run_worker.js", "esm"
    for sheet in sorted(FOLDER.glob("*/style.css")):
        yield sheet, DIST / f"{sheet.parent.name}.css", "css"


def sources() -> list[Path]:
    """Every file that a bundle may be made of."""
    modules = [path for path in FOLDER.rglob("*.ts") if not path.stem.endswith("_test")]
    return [*sorted(modules), *sorted(FOLDER.glob("*/style.css")), SITE, ROOT / "deno.json"]


def expected() -> dict[str, object]:
    """What `RECORD` has to say if the bundles are made of the sources as they are now."""
    return {
        "deno": importlib.metadata.version("deno"),
        "options": list(OPTIONS),
        "sources": _digest(sources()),
        "bundles": {made.name: _digest([made]) for _, made, _ in entries()},
        "plotly": wanted_plotly(),
    }


def recorded() -> dict[str, object]:
    """What the last run of `make` wrote down; empty where it never ran."""
    if not RECORD.exists():
        return {}
    record: dict[str, object] = json.loads(RECORD.read_text(encoding="utf-8"))
    return record


def make() -> None:
    """Make every bundle anew, and fetch plotly.js where it has another version than the package.

    Raises `BundleError`.
    """
    DIST.mkdir(exist_ok=True)
    texts = {made: bundled(source, form) for source, made, form in entries()}  # all, or none
    for made, text in texts.items():
        made.write_text(text, encoding="utf-8", newline="\n")
    if shipped_plotly() != wanted_plotly():
        fetch_plotly(wanted_plotly())
    text = json.dumps(expected(), indent=2) + "\n"
    RECORD.write_text(text, encoding="utf-8", newline="\n")


def bundled(source: Path, form: str) -> str:
    """The bundle of one entry as text. Raises `BundleError`."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / ("made.css" if form == "css" else "made.js")
        formats = [] if form == "css" else [f"--format={form}"]
        run_deno("bundle", "--quiet", *OPTIONS, *formats, "--output", str(made), str(source))
        text = made.read_text(encoding="utf-8")
    says = BANNER.format(source=source.relative_to(ROOT).as_posix())
    return f"/* {says} */\n{text}"


def wanted_plotly() -> str:
    """The version of plotly.js that the plotly package carries."""
    from plotly.offline import get_plotlyjs_version

    return str(get_plotlyjs_version())


def shipped_plotly() -> str:
    """The version of plotly.js in `DIST`, from its first lines; empty where there is none."""
    path = DIST / PLOTLY
    head = path.read_text(encoding="utf-8")[:200] if path.exists() else ""
    found = re.search(r"plotly\.js \(basic - minified\) v([0-9.]+)", head)
    return found[1] if found else ""


def fetch_plotly(version: str) -> None:
    """Put plotly.js (basic build) and its licence into `DIST`. Raises `BundleError`."""
    with tempfile.TemporaryDirectory() as name:
        fetched = npm_package("plotly.js-basic-dist-min", version, Path(name))
        shutil.copyfile(fetched / PLOTLY, DIST / PLOTLY)
        shutil.copyfile(fetched / "LICENSE", DIST / "plotly-basic.LICENSE.txt")


def npm_package(package: str, version: str, folder: Path) -> Path:
    """Let deno fetch a package of npm below the empty `folder`; gives where its files are.

    Raises `BundleError`.
    """
    (folder / "deno.json").write_text('{"nodeModulesDir": "auto"}', encoding="utf-8")
    run_deno("install", "--quiet", f"npm:{package}@{version}", folder=folder)
    return folder / "node_modules" / package


def deno() -> str:
    """The deno of the environment that runs. Raises `BundleError` where there is none."""
    found = shutil.which("deno", path=sysconfig.get_path("scripts"))
    if found is None:
        raise BundleError("deno is not installed. Run: python start.py bundle")
    return found


def run_deno(*arguments: str, folder: Path = ROOT) -> None:
    """Run deno in a folder. Raises `BundleError`, with what deno says, where it fails."""
    done = subprocess.run(
        [deno(), *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        env={**os.environ, "NO_COLOR": "1"},
        check=False,
    )
    if done.returncode:
        raise BundleError(_failed(arguments[0], done.stderr))


_UNREACHED = re.compile(r"error sending request|dns error|failed to download|client error")


def _failed(what: str, said: str) -> str:
    """Why deno failed: in our words where it is the disk or the network, else in its own.

    Of those not what is for its makers.
    """
    if problem := os_errors.told_by(said):
        return (
            "deno could not write, in the folder for what it fetches or in that for passing files:"
            f" {os_errors.reason(problem)}. Free some space, or name folders that can be written in"
            " the variables DENO_DIR and TMPDIR, then run the same command again."
        )
    if _UNREACHED.search(said):
        return (
            "deno could not fetch what it needs (the first time, its bundler). Connect to a"
            " network, then run the same command again."
        )
    own = said.partition("Stack backtrace:")[0].strip()
    return f"deno {what} failed. Mend what it names:\n{own}"


def _digest(paths: list[Path]) -> str:
    """One digest of files and their names, the same on every system."""
    whole = hashlib.sha256()
    for path in paths:
        # Where the collection lies makes no difference.
        name = path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name
        whole.update(name.encode() + b"\0" + path.read_bytes().replace(b"\r\n", b"\n"))
    return whole.hexdigest()
