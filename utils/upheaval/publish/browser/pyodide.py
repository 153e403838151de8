"""Pyodide, the Python that runs in a browser: what the site needs of it, by name and checksum.

The runtime is the npm package ``pyodide``, fetched once. Two packages are compiled and in no
registry: numpy and pandas. A page gets them from Pyodide's own host, unless somebody has the files.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ... import bundle
from ...widgets.core.files import write_whole
from ..site_content import SiteError
from .wheels import Wheel

Json = Any

VERSION = "314.0.3"
#: Where the compiled packages are, for pages that have them nowhere nearer.
HOST = f"https://cdn.jsdelivr.net/pyodide/v{VERSION}/full/"
LOCK = "pyodide-lock.json"
#: What a page loads of Pyodide, and `LOCK`: each file with its SHA-256, in whatever copy of it.
FILES = {
    "pyodide.mjs": "5cfc46f5dcbaf2a16f26e2363f441873eb424762609cc03db00d6a2ace4d00e5",
    "pyodide.asm.mjs": "1a9775427ef6e8abaa7db88ece0515422d1886915ae5c9093776410c865dfd8d",
    "pyodide.asm.wasm": "e7f8fac36f8bf11085309cbc5c829b3ec3057c18bf1d73b05a6741612d63cdbf",
    "python_stdlib.zip": "444c770dfd75a32097fc0a7d5c1413fd3140601f49c3a1f2e9af0376fcd124b4",
    LOCK: "c963d22858f6bcb8f41586a2142f03905ab370c88ea22a86a2736e95fac2a8f3",
}
#: The compiled packages, each with what it needs at run time. Pyodide's own list also names pytz,
#: which pandas 3 has no use for.
COMPILED = {"numpy": (), "pandas": ("numpy", "python-dateutil")}
#: How many bytes their files have.
BYTES = {"numpy": 2_916_023, "pandas": 4_183_474}
OTHERWISE = (
    "Look at docs/browser.md, which says what else gets it, and name the folder that holds it with"
    " --local-pyodide."
)


@dataclass(frozen=True)
class Pyodide:
    """The files of Pyodide by name, and which wheels of compiled packages are among them."""

    files: dict[str, bytes]
    lock: Json
    wheels: frozenset[str]


def in_folder(folder: Path) -> Pyodide:
    """Pyodide as it lies in a folder that somebody has, with the compiled packages or without.

    Raises `SiteError`, with the file, for one that is missing or another than it should be.
    """
    files = {name: _whole(folder / name, digest) for name, digest in FILES.items()}
    lock = json.loads(files.pop(LOCK))
    wheels = {}
    for name in COMPILED:
        entry = lock["packages"][name]
        path = folder / entry["file_name"]
        if path.is_file():
            wheels[path.name] = _whole(path, entry["sha256"])
    return Pyodide(files | wheels, lock, frozenset(wheels))


def fetched(cache: Path) -> Pyodide:
    """Pyodide from npm, by deno; kept in the folder `cache`. Raises `SiteError`."""
    folder = cache / f"pyodide-{VERSION}"
    if not all((folder / name).is_file() for name in FILES):
        try:
            with tempfile.TemporaryDirectory() as passing:
                package = bundle.npm_package("pyodide", VERSION, Path(passing))
                files = {name: _whole(package / name, digest) for name, digest in FILES.items()}
        except bundle.BundleError as error:
            raise SiteError(
                f"Pyodide {VERSION}, Python for browsers, could not be fetched."
                f" {OTHERWISE}\n{error}"
            ) from error
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            write_whole(folder / name, content)
    return in_folder(folder)


def _whole(path: Path, digest: str) -> bytes:
    """The file, if it is the one of this digest. Raises `SiteError`."""
    if not path.is_file():
        raise SiteError(
            f"{path.parent} does not hold Pyodide {VERSION}: {path.name} is missing. {OTHERWISE}"
        )
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != digest:
        raise SiteError(
            f"{path} is not whole, or not of Pyodide {VERSION}. Delete it, and run the same command"
            f" again. {OTHERWISE}"
        )
    return content


def lock(pyodide: Pyodide, wheels: Iterable[Wheel]) -> bytes:
    """What Python in the browser can load: wheels beside it, and the compiled packages.

    Those by their addresses at `HOST` where no file is there; always with a checksum. Raises
    `SiteError` where a wheel needs one that is not there.
    """
    packages = {one.name: entry(one) for one in wheels}
    for name, needs in COMPILED.items():
        packages[name] = {**pyodide.lock["packages"][name], "depends": list(needs)}
        if packages[name]["file_name"] not in pyodide.wheels:
            packages[name]["file_name"] = HOST + packages[name]["file_name"]
    missing = sorted(unmet(packages))
    if missing:
        raise SiteError(
            f"requirements-pyodide.txt lacks {', '.join(missing)}. Take it from a fresh copy of the"
            " collection."
        )
    made = {"info": pyodide.lock["info"], "packages": dict(sorted(packages.items()))}
    return json.dumps(made, indent=1).encode()


#: What the files of packages are for, as a page tells while it loads them.
LABELS = {
    "numpy": "tables (numpy, pandas)",
    "pandas": "tables (numpy, pandas)",
    "plotly": "charts (plotly)",
    "upheaval": "the lessons",
}


def files_of(locked: Json, wanted: Iterable[str], sizes: Mapping[str, int]) -> dict[str, Json]:
    """What is loaded for packages of a lock: address in it to bytes and what the file is for.

    ``sizes`` has the bytes of the files that lie beside the lock, by their names.
    """
    found = {name: [sizes[name], "Python"] for name in FILES if name.endswith((".wasm", ".zip"))}
    waiting, known = list(wanted), set[str]()
    while waiting:
        if (name := waiting.pop()) in known:
            continue
        known.add(name)
        one = locked["packages"][name]
        size = sizes.get(one["file_name"]) or BYTES[name]
        found[one["file_name"]] = [size, LABELS.get(name, "what notebooks need")]
        waiting += one["depends"]
    return found


def unmet(packages: Mapping[str, Json]) -> set[str]:
    """What packages of a lock depend on and what is none of them."""
    return {name for one in packages.values() for name in one["depends"]} - set(packages)


def entry(wheel: Wheel) -> Json:
    """What the lock says of a wheel that lies beside it."""
    return {
        "name": wheel.name,
        "version": wheel.version,
        "file_name": wheel.file,
        "install_dir": "site",
        "sha256": hashlib.sha256(wheel.content).hexdigest(),
        "package_type": "package",
        "imports": wheel.imports,
        "depends": wheel.needs,
        "unvendored_tests": False,
    }
