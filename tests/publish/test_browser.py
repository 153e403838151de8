"""The site with Python in the browser: what goes in, from where, and what is told otherwise.

Nothing is fetched: small wheels stand for other people's, and small files for Pyodide's. That the
lessons run in it is tested in tests/browser/test_lite.py.
"""

from __future__ import annotations

import hashlib
import importlib.util
import io
import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from lessons import NOTEBOOKS, every
from upheaval import __main__ as command_line
from upheaval import collection, doctor
from upheaval.publish import browser, serving
from upheaval.publish.browser import pyodide, wheels
from upheaval.publish.site_content import SiteError, zipped
from upheaval.widgets.core import file_lock, storage

NAMES = ["anywidget", "comm", "ipython", "ipywidgets", "jedi", "micropip", "plotly"]
NAMES += ["python-dateutil"]


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def tiny(name: str, needs: str = "", **files: bytes) -> tuple[str, bytes]:
    """A wheel of one module: its file's name, and its bytes."""
    module = name.replace("-", "_")
    info = f"{module}-1.0.dist-info"
    metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n{needs}"
    content = {f"{module}/__init__.py": b"", f"{info}/METADATA": metadata.encode()}
    content |= {f"{info}/WHEEL": b"Wheel-Version: 1.0\n", f"{info}/RECORD": b"", **files}
    return f"{module}-1.0-py3-none-any.whl", zipped(content, "")


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that holds all of a small Pyodide; the checksums are those of its files."""
    folder = tmp_path / "pyodide"
    folder.mkdir()
    packages = {
        name: {
            "name": name,
            "version": "1.0",
            "file_name": f"{name}-1.0-wasm32.whl",
            "sha256": sha256(name.encode()),
            "depends": ["pytz"],
        }
        for name in pyodide.COMPILED
    }
    content = {name: name.encode() for name in pyodide.FILES}
    content[pyodide.LOCK] = json.dumps(
        {"info": {"python": "3.14.0"}, "packages": packages}
    ).encode()
    for name, data in content.items():
        (folder / name).write_bytes(data)
    monkeypatch.setattr(pyodide, "FILES", {name: sha256(one) for name, one in content.items()})
    return folder


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that holds all wheels of other people, each small, and a lock that names them."""
    folder = tmp_path / "cache" / "wheels"
    folder.mkdir(parents=True)
    lines = []
    for name in NAMES:
        file, content = tiny(name)
        (folder / file).write_bytes(content)
        lines.append(f"{name}==1.0 \\\n    --hash=sha256:{sha256(content)}\n    # via x\n")
    lock = tmp_path / "requirements-pyodide.txt"
    lock.write_text("# a comment\n" + "".join(lines), encoding="utf-8")
    monkeypatch.setattr(wheels, "REQUIREMENTS", lock)
    return folder.parent


# -- where Pyodide comes from ----------------------------------------------------------------------
def test_a_page_asks_the_host_only_for_what_nobody_has(files: Path) -> None:
    there = [wheels.Wheel(*tiny("python-dateutil"))]
    packages = json.loads(pyodide.lock(pyodide.in_folder(files), there))["packages"]
    assert packages["numpy"]["file_name"] == pyodide.HOST + "numpy-1.0-wasm32.whl"
    assert packages["pandas"]["depends"] == ["numpy", "python-dateutil"], "pandas 3 needs no pytz"
    assert packages["python-dateutil"]["file_name"] == "python_dateutil-1.0-py3-none-any.whl"
    for name in pyodide.COMPILED:
        (files / f"{name}-1.0-wasm32.whl").write_bytes(name.encode())
    whole = pyodide.in_folder(files)
    assert b"://" not in pyodide.lock(whole, there)
    assert {"numpy-1.0-wasm32.whl", "pandas-1.0-wasm32.whl"} <= whole.files.keys()
    assert packages["numpy"]["sha256"] == sha256(b"numpy"), "whoever the page has it from"


@pytest.mark.parametrize("name", [*pyodide.FILES, "numpy-1.0-wasm32.whl"])
def test_another_file_than_pyodides_is_named(files: Path, name: str) -> None:
    (files / name).write_bytes(b"another")
    with pytest.raises(SiteError, match=re.escape(str(files / name)) + " is not whole"):
        pyodide.in_folder(files)


def test_a_missing_file_of_pyodide_is_named(files: Path) -> None:
    (files / "pyodide.asm.wasm").unlink()
    with pytest.raises(SiteError, match=r"pyodide\.asm\.wasm is missing.* docs/browser\.md"):
        pyodide.in_folder(files)


def test_a_wheel_that_needs_what_is_not_there_is_told(files: Path) -> None:
    there = [wheels.Wheel(*tiny("python-dateutil", "Requires-Dist: tzdata\n"))]
    with pytest.raises(SiteError, match="lacks tzdata"):
        pyodide.lock(pyodide.in_folder(files), there)


def test_the_host_is_that_of_the_version_and_in_the_document() -> None:
    said = (NOTEBOOKS.parent / "docs" / "browser.md").read_text(encoding="utf-8")
    assert pyodide.HOST in said and f"Pyodide {pyodide.VERSION}" in said
    assert all(f"`{name}`" in said for name in pyodide.FILES)


# -- wheels ----------------------------------------------------------------------------------------
def test_a_wheel_is_taken_by_its_hash_and_not_by_its_name(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert [one.name for one in wheels.of_others(cache / "wheels")] == sorted(NAMES)
    monkeypatch.setattr(wheels, "_fetch", lambda folder: None)
    file, other = tiny("comm", **{"comm/more.py": b"bad = True"})
    (cache / "wheels" / file).write_bytes(other)
    with pytest.raises(SiteError, match=r"are missing in .*: comm\. Delete"):
        wheels.of_others(cache / "wheels")


def test_what_a_wheel_needs_is_asked_as_the_browser_asks() -> None:
    needs = "Requires-Dist: Six (>=1)\nRequires-Dist: pexpect; sys_platform != 'emscripten'\n"
    needs += "Requires-Dist: tests; extra == 'dev'\nRequires-Dist: widgetsnbextension\n"
    wheel = wheels.Wheel(*tiny("thing", needs))
    assert (wheel.name, wheel.version, wheel.needs, wheel.imports) == (
        "thing",
        "1.0",
        ["six"],
        ["thing"],
    )


def test_unused_parts_of_a_wheel_are_left_out_and_its_record_fits() -> None:
    template = "plotly/package_data/templates/plotly.json"  # what a reader writes needs it
    more = {"plotly/package_data/plotly.min.js": b"large", template: b"{}"}
    _, content = tiny("plotly", **more)
    slim = wheels.slim(content)
    with zipfile.ZipFile(io.BytesIO(slim)) as archive:
        names = archive.namelist()
        record = archive.read("plotly-1.0.dist-info/RECORD").decode()
    assert "plotly/package_data/plotly.min.js" not in names and template in names
    assert {line.split(",")[0] for line in record.splitlines()} == set(names)
    assert wheels.slim(content) == slim


def test_the_pyodide_lock_has_what_the_package_needs() -> None:
    locked = wheels.locked(wheels.REQUIREMENTS.read_text(encoding="utf-8"))
    assert set(locked) >= {*wheels.NEEDS, *NAMES} - {"pandas"}
    assert all(locked.values())
    assert set(browser.LOADED) <= {
        *locked,
        *pyodide.COMPILED,
        "upheaval",
        "ipykernel",
        "piplite",
    } | {"pyodide-kernel"}


# -- the package as a wheel ------------------------------------------------------------------------
ALONE = """
import sys
sys.path.insert(0, sys.argv[1])
import anywidget, pandas, plotly.graph_objects  # they look for their compiled parts by it:
sys.platform = "emscripten"
sys.modules["yaml"] = sys.modules["psutil"] = None  # a browser has neither
from upheaval import collection, doctor, lesson
from upheaval.facts import tables, validate
assert validate.check() == []  # lesson 12 asks it, and it reads files of the package
assert str(tables.folder()).startswith(sys.argv[1]), tables.folder()
lesson.begin("02"), lesson.check("02.delay"), lesson.explorer("02.timeline")
print(len(tables.read("events")), doctor.report(), sep="\\n")
assert not {"upheaval.publish", "upheaval.classroom", "upheaval.bundle"} & set(sys.modules)
"""


@pytest.mark.thorough
def test_the_wheel_runs_alone_with_sealed_words_and_no_yaml(tmp_path: Path) -> None:
    site = tmp_path / "site-packages"
    with zipfile.ZipFile(io.BytesIO(the_own_wheel().content)) as archive:
        archive.extractall(site)
        names = archive.namelist()
    assert not [one for one in names if one.endswith((".yaml", ".ts"))]
    assert not [one for one in names if re.match(r"upheaval/(publish|classroom|jupyter)/", one)]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [sys.executable, "-c", ALONE, str(site)],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout.split()[0]) > 100
    assert "this window keeps nothing" in done.stdout
    home = Path(*Path(browser.ENVIRONMENT["IPYTHONDIR"]).parts[4:])
    (ahead,) = (site / home).glob("profile_default/startup/*.py")
    names_left: dict[str, Any] = {}
    exec(ahead.read_text(encoding="utf-8"), names_left)
    assert set(names_left) == {"__builtins__"}
    assert "storage" not in ahead.read_text(encoding="utf-8")


def the_own_wheel() -> wheels.Wheel:
    """The package's wheel as a site has it."""
    return browser.own_wheel(browser.notebooks())


def test_doctor_has_one_thing_to_say_in_a_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "emscripten")
    monkeypatch.setattr(Path, "cwd", lambda: Path("/drive/notebooks"))
    (found,) = doctor.examine()
    assert found.level == "good" and "nothing is installed" in found.said


def test_work_is_kept_where_there_are_no_locks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "emscripten")
    monkeypatch.setattr(file_lock, "_lock", None)  # as Pyodide's fcntl, which lacks flock
    store = storage.Store(tmp_path)
    assert store.put("00.status", "was-denied").startswith("Kept in my_work.json")
    assert [path.name for path in tmp_path.iterdir()] == ["my_work.json"]


def test_the_collection_is_beside_the_package_or_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert collection.folder("data") == NOTEBOOKS.parent / "data"
    monkeypatch.setattr(collection, "PACKAGE", tmp_path)
    (tmp_path / collection.CARRIED / "data").mkdir(parents=True)
    assert collection.folder("data") == tmp_path / collection.CARRIED / "data"


# -- the command -----------------------------------------------------------------------------------
def test_without_jupyterlite_a_sentence_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert command_line.main(["browser", "--out", str(tmp_path / "made")]) == 1
    said = capsys.readouterr().err
    assert "JupyterLite" in said and "Run: python start.py browser" in said
    assert list(tmp_path.iterdir()) == []


def test_what_is_not_ours_is_left_alone(tmp_path: Path, capsys: Any) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    assert command_line.main(["browser", "--out", str(tmp_path)]) == 1
    assert "holds something that is no site of ours" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_scripts_are_served_as_what_a_browser_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    handler = object.__new__(serving._Quiet)
    monkeypatch.setattr(
        handler, "extensions_map", {"": "text/plain", ".js": "text/plain"}, raising=False
    )
    types = [handler.guess_type(f"a/pyodide.{ending}") for ending in ("js", "mjs", "wasm")]
    assert types == ["text/javascript", "text/javascript", "application/wasm"]
    assert handler.guess_type("a/none") == "text/plain"


def content(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.slow
def test_the_site_is_whole_the_same_twice_and_stays_when_a_build_fails(
    tmp_path: Path, files: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    first = browser.build(out, files, cache)
    made = content(out)
    assert first == out / "index.html" and "lab/index.html" in made

    links = re.findall(r'href="lab/index\.html\?path=([^"]+)"', made["index.html"].decode())
    assert links == [f"notebooks/{one.path.name}" for one in every()]
    asked = re.search(
        r'<script id="jupyter-config-data"[^>]*>(.*?)</script>', made["index.html"].decode()
    )
    assert asked and json.loads(asked[1]) == {}, "the laboratory does not start without it"
    listed = json.loads(made["api/contents/notebooks/all.json"])["content"]
    assert [one["path"] for one in listed] == links
    for link in links:
        cells = json.loads(made[f"files/{link}"])["cells"]
        tags = {tag for cell in cells for tag in cell["metadata"].get("tags", [])}
        assert cells and not tags & {"solution", "instructor"}

    settings = json.loads(made["jupyter-lite.json"])["jupyter-config-data"]
    kernel = settings["litePluginSettings"][browser.KERNEL_PLUGIN]
    assert kernel["pyodideUrl"] == "./static/pyodide/pyodide.mjs" and kernel["disablePyPIFallback"]
    names = {one["name"] for one in settings["federated_extensions"]}
    assert names == set(browser.EXTENSIONS)
    packages = json.loads(made["static/pyodide/pyodide-lock.json"])["packages"]
    assert set(kernel["loadPyodideOptions"]["packages"]) <= set(packages)
    for one in packages.values():
        if not one["file_name"].startswith(pyodide.HOST):
            assert sha256(made[f"static/pyodide/{one['file_name']}"]) == one["sha256"]

    plan = json.loads(made["python.json"])
    for name, (size, label) in plan["files"].items():
        assert label and ("://" in name or size == len(made[name])), name
    loaded = {name.rpartition("/")[2] for name in plan["files"]}
    assert {"pyodide.asm.wasm", "numpy-1.0-wasm32.whl"} <= loaded, "and what is needed for those"
    assert not any(name.startswith("jedi") for name in loaded), "a page completes no names"
    assert plan["key"] in made["index.html"].decode()
    assert b"upheaval-python-" in made["service-worker.js"]
    assert "connect-src 'self'" in made["index.html"].decode()

    browser.build(out, files, cache)
    assert content(out) == made
    monkeypatch.setattr(browser, "_jupyterlite", failing)
    with pytest.raises(SiteError, match="could not be written: the disk is full"):
        browser.build(out, files, cache)
    assert content(out) == made
    assert sorted(path.name for path in tmp_path.iterdir() if "out" in path.name) == ["out"]


def failing(sources: Path, out: Path) -> None:
    """A disk that is full when half of the site is there."""
    out.mkdir()
    (out / "half.html").write_text("half", encoding="utf-8")
    raise OSError(28, "No space left on device", str(out / "more.html"))
