"""The wheels that Python in the browser gets: other people's, by hash, and the collection's own."""

from __future__ import annotations

import base64
import email.parser
import hashlib
import io
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename

from ... import __version__, collection, preflight
from ..site_content import ROOT, SiteError, zipped

REQUIREMENTS = ROOT / "requirements-pyodide.txt"
#: As which system and Python dependencies are asked for what they need.
IN_BROWSER = {
    "python_version": "3.14",
    "python_full_version": "3.14.0",
    "implementation_name": "cpython",
    "sys_platform": "emscripten",
    "platform_system": "Emscripten",
    "os_name": "posix",
    "platform_machine": "wasm32",
    "extra": "",
}
#: What ipywidgets wants beside a server, and what is in JupyterLite already; and what completes
#: names for IPython, which does without where a page runs cells (notebooks load it by its name).
FRONT_END = {"widgetsnbextension", "jupyterlab-widgets", "jedi"}
#: What of other wheels no lesson uses, and is most of them: plotly.js, which the widgets bring;
#: extensions of JupyterLab, which the site has elsewhere; what completion knows of packages that
#: are not there.
UNUSED = re.compile(
    r"plotly/(package_data/[^/]+\.js$|labextension/)|anywidget/(lab|nb)extension/|[^/]+\.data/"
    r"|jedi/third_party/(typeshed/stubs|django-stubs)/"
)
#: What of the package makes pages or is for a command line; no lesson imports it.
ELSEWHERE = {"publish", "classroom", "jupyter", "__main__.py", "copies.py", "bundle.py"}
#: The scripts of pages, which have no kernel.
PAGES = re.compile(r"widgets/dist/(page\w*|paper|scorm|classroom|site|run|\w+_\w+)\.js")
#: What modules of the package read: no sources of scripts, which lie bundled beside them.
READ = {".py", ".json", ".js", ".css", ".csv", ".txt"}


@dataclass(frozen=True)
class Wheel:
    """A wheel of nothing but Python: its file's name and bytes, and what its metadata say."""

    file: str
    content: bytes

    @property
    def name(self) -> str:
        """The package's name as indexes write it."""
        return str(parse_wheel_filename(self.file)[0])

    @property
    def version(self) -> str:
        """The package's version."""
        return str(parse_wheel_filename(self.file)[1])

    @property
    def needs(self) -> list[str]:
        """The names of the packages that it needs in a browser."""
        with zipfile.ZipFile(io.BytesIO(self.content)) as archive:
            name = next(one for one in archive.namelist() if _METADATA.fullmatch(one))
            metadata = email.parser.BytesParser().parsebytes(archive.read(name))
        wanted = [Requirement(one) for one in metadata.get_all("Requires-Dist") or []]
        here = [one for one in wanted if one.marker is None or one.marker.evaluate(IN_BROWSER)]
        return sorted({str(canonicalize_name(one.name)) for one in here} - FRONT_END)

    @property
    def imports(self) -> list[str]:
        """The modules that it brings, by which an import in a cell finds it."""
        with zipfile.ZipFile(io.BytesIO(self.content)) as archive:
            tops = {_TOP.match(one) for one in archive.namelist()}
        return sorted(found[1] for found in tops if found)


_METADATA = re.compile(r"[^/]+\.dist-info/METADATA")
_TOP = re.compile(r"([A-Za-z_]\w*)(?:/__init__)?\.py$")


def of_others(cache: Path) -> list[Wheel]:
    """The wheels that `REQUIREMENTS` names, each as the hash says, without what is `UNUSED`.

    pip fetches what the folder `cache` lacks. Raises `SiteError`.
    """
    wanted = locked(REQUIREMENTS.read_text(encoding="utf-8"))
    there = _kept(cache, wanted)
    if len(there) < len(wanted):
        _fetch(cache)
        there = _kept(cache, wanted)
    if missing := sorted(set(wanted) - set(there)):
        raise SiteError(
            f"Packages for the browser are missing in {cache}: {', '.join(missing)}. Delete that"
            " folder, then run the same command again."
        )
    return [Wheel(path.name, slim(path.read_bytes())) for _, path in sorted(there.items())]


def locked(text: str) -> dict[str, set[str]]:
    """The hashes of each requirement in the `text` of a lock, by its package's name."""
    found: dict[str, set[str]] = {}
    for line in text.replace("\\\n", " ").splitlines():
        if line[:1].isalnum():
            name = canonicalize_name(line.partition("==")[0])
            found[str(name)] = set(re.findall(r"--hash=sha256:([0-9a-f]{64})", line))
    return found


def _kept(cache: Path, wanted: Mapping[str, set[str]]) -> dict[str, Path]:
    """Which of the wanted wheels lie in the folder, whole."""
    found = {}
    for path in sorted(cache.glob("*.whl")):
        name = str(parse_wheel_filename(path.name)[0])
        if hashlib.sha256(path.read_bytes()).hexdigest() in wanted.get(name, ()):
            found[name] = path
    return found


def _fetch(cache: Path) -> None:
    """Let pip fetch all wheels into the folder, for the browser's Python. Raises `SiteError`."""
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache) as passing:
        command = [*preflight.pip_of(sys.executable), "download", "--quiet", "--require-hashes"]
        command += ["--no-deps", "--only-binary=:all:", "--implementation=py", "--abi=none"]
        command += ["--platform=any", f"--python-version={IN_BROWSER['python_version']}"]
        command += [f"--dest={passing}", "-r", str(REQUIREMENTS)]
        done = subprocess.run(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=preflight.pip_environment(),
            check=False,
        )
        if done.returncode:
            said = done.stdout.decode("utf-8", "replace").strip()
            otherwise = "See what pip says below, then run the same command again."
            raise SiteError(
                "The packages for the browser could not be fetched."
                f" {preflight.advice_for(said, otherwise)}\n{said}"
            )
        for path in Path(passing).glob("*.whl"):
            path.replace(cache / path.name)


def slim(content: bytes) -> bytes:
    """A wheel without what is `UNUSED`; the same wheel gives the same bytes."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = {one: archive.read(one) for one in archive.namelist() if not one.endswith("/")}
    kept = {name: data for name, data in files.items() if not UNUSED.match(name)}
    return zipped(_recorded(kept), "")


def own(carried: Mapping[str, bytes]) -> Wheel:
    """The collection's package with the files ``carried`` (its data and words) as a wheel."""
    files = dict(_package())
    for name, content in carried.items():
        files[f"upheaval/{collection.CARRIED}/{name}"] = content
    info = f"upheaval-{__version__}.dist-info"
    needs = "".join(f"Requires-Dist: {one}\n" for one in NEEDS)
    files[f"{info}/METADATA"] = (
        f"Metadata-Version: 2.1\nName: upheaval\nVersion: {__version__}\n{needs}".encode()
    )
    files[f"{info}/WHEEL"] = (
        b"Wheel-Version: 1.0\nGenerator: upheaval\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    )
    return Wheel(f"upheaval-{__version__}-py3-none-any.whl", zipped(_recorded(files), ""))


#: What IPython runs as a kernel starts: what takes longest is imported while a reader still reads.
#: Nothing that asks in which folder it is, for the kernel has not gone to the notebook's yet; and
#: no name is left, so that a cell shows what it imports.
STARTUP = b"""for part in "pandas", "plotly.graph_objects", "anywidget", "upheaval.facts.tables":
    __import__(part)
del part
"""

#: What the package needs in a browser: words are sealed there, so no YAML is read.
NEEDS = ("anywidget", "ipywidgets", "pandas", "plotly")


def _package() -> Iterator[tuple[str, bytes]]:
    """The files of the package that lessons need in a kernel, by their names in the wheel."""
    for path in sorted(collection.PACKAGE.rglob("*")):
        name = path.relative_to(collection.PACKAGE).as_posix()
        first = name.partition("/")[0]
        unread = path.suffix not in READ or "__pycache__" in path.parts
        source = path.suffix == ".css" and "widgets/dist/" not in name
        if path.is_file() and not (first in ELSEWHERE or unread or source or PAGES.fullmatch(name)):
            yield f"upheaval/{name}", path.read_bytes()


def _recorded(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files of a wheel with a RECORD that fits them."""
    found = dict(files)
    record = next(one for one in files if _WHEEL.fullmatch(one)).replace("/WHEEL", "/RECORD")
    found.pop(record, None)
    lines = []
    for name, content in sorted(found.items()):
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        lines.append(f"{name},sha256={digest},{len(content)}\n")
    found[record] = ("".join(lines) + f"{record},,\n").encode()
    return found


_WHEEL = re.compile(r"[^/]+\.dist-info/WHEEL")
