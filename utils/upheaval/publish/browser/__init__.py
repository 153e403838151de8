"""The lessons with Python in the browser: JupyterLite over Pyodide, from any server of files.

The students' notebooks, sealed words, tables and the package go in as they are on disk, so a lesson
has the same cells as in JupyterLab. The site asks no server to compute, and its folder can be put
on any host; no other page of the collection knows of it, or grows by it.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import math
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jinja2
import nbformat

from ... import collection, os_errors
from ...facts import validate
from ...lessons import words
from .. import editions, execution, output_folder, site
from ..site_content import SiteError, data_files, words_for_students
from . import pyodide, wheels

Json = Any

#: The file by which such a site is known.
_MARK = ".browser-site"
_HERE = Path(__file__).parent
#: Extensions of JupyterLab that lessons need, by their folders below ``share/jupyter``.
EXTENSIONS = (
    "@jupyter-widgets/jupyterlab-manager",
    "@jupyterlite/pyodide-kernel-extension",
    "anywidget",
    "jupyterlab-plotly",
)
#: Wheels that come with the kernel's extension, and that Pyodide loads by their names.
_KERNEL = ("ipykernel", "piplite", "pyodide_kernel")
KERNEL_PLUGIN = "@jupyterlite/pyodide-kernel-extension:kernel"
#: What is loaded before the first cell runs. All is beside the page or in the lock, so that nothing
#: is looked up anywhere.
LOADED = ["ipykernel", "comm", "ipython", "jedi", "micropip", "piplite", "pyodide-kernel"]
LOADED += ["pandas", "upheaval"]
#: Python's environment. plotly knows no kernel by this name, and would bring a copy of its own
#: plotly.js with each chart that a reader writes; JupyterLab's extension draws it. IPython looks
#: for `wheels.STARTUP` in the folder.
ENVIRONMENT = {
    "IPYTHONDIR": f"/lib/python{wheels.IN_BROWSER['python_version']}/site-packages/upheaval/"
    f"{collection.CARRIED}/ipython",
    "PLOTLY_RENDERER": "plotly_mimetype",
}
EPOCH = "1732665600"


def build(out: Path | str, local_pyodide: Path | None = None, cache: Path | None = None) -> Path:
    """Build the site with Python in the browser into the folder `out`; gives its first page.

    ``local_pyodide`` is a folder with the files of Pyodide, for whoever has them; ``cache`` keeps
    what is fetched. The same collection makes the same bytes. A folder `out` that was there before
    is replaced as a whole, and only when everything went well. Raises `SiteError` and `PageError`.
    """
    out = Path(out).resolve()  # of a link, what it leads to is replaced
    output_folder.look_first(out, _MARK)
    if importlib.util.find_spec("jupyterlite_core") is None:
        raise SiteError(
            "JupyterLite, which this site is made with, is not installed. Run: python start.py"
            " browser"
        )
    if problems := validate.check():
        raise SiteError("The tables have problems:\n" + "\n".join(map(str, problems)))
    cache = cache or execution.cache_folder() / "browser"
    with output_folder.made_anew(out, _MARK) as fresh:
        python = pyodide.in_folder(local_pyodide) if local_pyodide else pyodide.fetched(cache)
        with tempfile.TemporaryDirectory() as folder:
            _write(Path(folder), _sources(python, wheels.of_others(cache / "wheels")))
            _jupyterlite(Path(folder), fresh)
        _finish(fresh)
    return out / "index.html"


# -- what JupyterLite reads ------------------------------------------------------------------------
def _sources(python: pyodide.Pyodide, others: list[wheels.Wheel]) -> dict[str, bytes]:
    """All files that JupyterLite makes the site of, by their names."""
    given = notebooks()
    there = [own_wheel(given), *others, *_kernel_wheels()]
    files = {f"files/data/{name}": content for name, content in data_files().items()}
    for path, notebook in given.items():
        text = nbformat.writes(editions.for_students(notebook)) + "\n"
        files[f"files/notebooks/{path.name}"] = text.encode()
    folder = "static/pyodide"
    files |= {f"{folder}/{name}": content for name, content in python.files.items()}
    files |= {f"{folder}/{one.file}": one.content for one in there}
    files[f"{folder}/{pyodide.LOCK}"] = pyodide.lock(python, there)
    files["jupyter-lite.json"] = _json(_page_settings())
    files["jupyter_lite_config.json"] = _json({"LiteBuildConfig": _build_settings()})
    files["overrides.json"] = _json(_lab_settings())
    return files


def notebooks() -> dict[Path, nbformat.NotebookNode]:
    """The notebooks of all lessons, by their paths. Raises `PageError`."""
    return {path: execution.read(path) for path in execution.lessons()}


def own_wheel(given: Mapping[Path, nbformat.NotebookNode]) -> wheels.Wheel:
    """The package, with the tables and with the words of what students get of ``given``."""
    sealed = words_for_students(given)
    carried = {f"data/{name}": content for name, content in data_files().items()}
    carried |= {f"notebooks/words/{name}": content for name, content in sealed.items()}
    return wheels.own(carried | {"ipython/profile_default/startup/ahead.py": wheels.STARTUP})


def _kernel_wheels() -> list[wheels.Wheel]:
    """What the kernel's extension brings for Python in the browser."""
    folder = _extension("@jupyterlite/pyodide-kernel-extension") / "static" / "pypi"
    found = [path for path in sorted(folder.glob("*.whl")) if path.name.split("-")[0] in _KERNEL]
    return [wheels.Wheel(path.name, path.read_bytes()) for path in found]


def _extension(name: str) -> Path:
    """Where an extension of JupyterLab is installed; start.py sets aside those of JupyterLite.

    Raises `SiteError`.
    """
    places = ("lite-extensions", "labextensions")
    found = [Path(sys.prefix, "share", "jupyter", one, *name.split("/")) for one in places]
    folder = next((one for one in found if one.is_dir()), found[-1])
    if not folder.is_dir():
        raise SiteError(
            f"{folder} is missing, a part of what this site is made with. Delete the folder"
            f" {sys.prefix}, then run: python start.py browser"
        )
    return folder


def _page_settings() -> Json:
    """What every page of JupyterLite knows: where Python is, and what it begins with."""
    kernel = {
        "disablePyPIFallback": True,
        "loadPyodideOptions": {
            "env": ENVIRONMENT,
            "lockFileURL": f"./static/pyodide/{pyodide.LOCK}",
            "packages": LOADED,
        },
    }
    settings = {"appName": "Axis of Upheaval", "litePluginSettings": {KERNEL_PLUGIN: kernel}}
    return {"jupyter-lite-schema-version": 0, "jupyter-config-data": settings}


def _build_settings() -> Json:
    """How JupyterLite builds: one application, and of what is installed only what is named."""
    return {
        "apps": ["lab"],
        "contents": ["files"],
        "federated_extensions": [str(_extension(name)) for name in EXTENSIONS],
        "ignore_sys_prefix": True,
        "no_libarchive": True,
        "no_sourcemaps": True,
        "no_unused_shared_packages": True,
    }


def _lab_settings() -> Json:
    """JupyterLab's settings, as `lab` has them on a computer."""
    overrides = execution.UTILS / "upheaval" / "jupyter" / "labconfig"
    return json.loads((overrides / "default_setting_overrides.json").read_text(encoding="utf-8"))


def _json(content: Json) -> bytes:
    return json.dumps(content, indent=1, ensure_ascii=False).encode()


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        with os_errors.naming(folder / name):
            (folder / name).write_bytes(content)
        os.utime(folder / name, (int(EPOCH), int(EPOCH)))  # stands in the list of files


def _jupyterlite(sources: Path, out: Path) -> None:
    """Let JupyterLite build from the folder `sources` into `out`. Raises `SiteError`."""
    command = [sys.executable, "-P", "-m", "jupyterlite_core", "build"]
    command += ["--lite-dir", str(sources), "--output-dir", str(out)]
    # What somebody has set for another site of theirs is not meant for this one.
    environment = {
        name: one for name, one in os.environ.items() if not name.startswith("JUPYTERLITE_")
    }
    environment |= {"PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": EPOCH}
    done = subprocess.run(
        command,
        cwd=sources,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    problem = os_errors.told_by(done.stdout) if done.returncode else None
    if problem:
        why = f"{os_errors.reason(problem)}. {os_errors.way_out(problem)}"
        raise SiteError(f"JupyterLite could not build: {why}")
    if done.returncode:
        raise SiteError(
            "JupyterLite could not build. See what it says, then run the same command"
            f" again.\n{done.stdout.strip()}"
        )


# -- the first page --------------------------------------------------------------------------------
def _plan(out: Path, wanted: list[str]) -> Json:
    """What a page loads for packages: read by ``widgets/run/worker.ts`` and by the first page."""
    folder = out / "static" / "pyodide"
    text = (folder / pyodide.LOCK).read_bytes()
    sizes = {path.name: path.stat().st_size for path in folder.iterdir()}
    found = pyodide.files_of(json.loads(text), wanted, sizes)
    digests = [text, *(digest.encode() for digest in pyodide.FILES.values())]
    return {
        "key": hashlib.sha256(b"".join(digests)).hexdigest()[:16],
        "folder": "static/pyodide/",
        "lock": f"static/pyodide/{pyodide.LOCK}",
        "packages": wanted,
        "env": {"FACE_MODE": "page", "PLOTLY_RENDERER": "plotly_mimetype"},
        "files": {
            name if "://" in name else f"static/pyodide/{name}": told
            for name, told in sorted(found.items())
        },
    }


def _finish(out: Path) -> None:
    """Put the first page in the place of JupyterLite's, which would open the laboratory at once."""
    _sort_listed(out)
    plan = _plan(out, LOADED)
    (out / "python.json").write_bytes(_json(_plan(out, ["upheaval"])))
    # For hosts that would leave out what begins with an underscore.
    (out / ".nojekyll").write_text("", encoding="utf-8")
    loader = jinja2.FileSystemLoader(_HERE)
    made = jinja2.Environment(loader=loader, autoescape=True, undefined=jinja2.StrictUndefined)
    worker = out / "service-worker.js"
    keep = made.get_template("keep.js").render(key=plan["key"], host=pyodide.HOST)
    worker.write_text(f"{keep}\n{worker.read_text(encoding='utf-8')}", encoding="utf-8")
    page = made.get_template("index.html.j2").render(
        plan=plan,
        lessons=[_listed(path) for path in execution.lessons()],
        megabytes=math.ceil(_bytes_loaded(out) / 1e6),
        host=pyodide.HOST,
        local=not _asks_host(out),
    )
    # The first page loads what Python needs; nothing else of it is fetched.
    page = site.add_csp(page).replace(
        "default-src 'none';", f"default-src 'none'; connect-src 'self' {pyodide.HOST};", 1
    )
    (out / "index.html").write_text(page, encoding="utf-8")


def _sort_listed(out: Path) -> None:
    """Put each list of files in order: JupyterLite writes them as the disk happens to have them."""
    for path in (out / "api" / "contents").rglob("all.json"):
        listed = json.loads(path.read_text(encoding="utf-8"))
        listed["content"].sort(key=lambda one: one["path"])
        path.write_bytes(_json(listed))


def _bytes_loaded(out: Path) -> int:
    """The bytes that a first visit loads of this site, or some fewer: not every part is needed."""
    parts = (out / "static", out / "build", out / "extensions")
    return sum(path.stat().st_size for part in parts for path in part.rglob("*") if path.is_file())


def _asks_host(out: Path) -> bool:
    """Whether a page has to ask Pyodide's host for a package."""
    lock = (out / "static" / "pyodide" / pyodide.LOCK).read_text(encoding="utf-8")
    return pyodide.HOST in lock


def _listed(path: Path) -> dict[str, Json]:
    """A lesson as the first page lists it."""
    about = words.load(execution.read(path).metadata["upheaval"]["lesson"]).content
    return {
        "path": f"notebooks/{path.name}",
        "number": about["lesson"],
        "title": about["title"],
        "question": about["question"],
    }
