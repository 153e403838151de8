"""The front end's gates (format, lint, types, unit tests), and bundles made of what is here."""

from __future__ import annotations

import importlib.metadata
import os
import re
import subprocess
from pathlib import Path

import pytest

from upheaval import __main__ as command_line
from upheaval import bundle
from upheaval.widgets.core import assets

ROOT = Path(__file__).resolve().parents[1]
SETTINGS = str(ROOT / "deno.json")
AGAIN = "Run: python start.py bundle"


@pytest.fixture(scope="module")
def nothing_kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for what deno keeps, with nothing in it that was fetched before."""
    return tmp_path_factory.mktemp("deno")


def said_by_deno(kept: Path, *arguments: str) -> str:
    """What deno says without a network; empty when it has nothing to say against the code."""
    # Nobody listens at that address: what would be fetched is an error.
    nowhere = {"HTTPS_PROXY": "http://127.0.0.1:9", "HTTP_PROXY": "http://127.0.0.1:9"}
    environment = {**os.environ, **nowhere, "DENO_DIR": str(kept), "NO_COLOR": "1"}
    done = subprocess.run(
        [bundle.deno(), *arguments],
        cwd=ROOT,
        env={**environment, "DENO_NO_UPDATE_CHECK": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return "" if done.returncode == 0 else done.stdout + done.stderr


@pytest.mark.parametrize(
    "gate",
    [
        pytest.param(["fmt", "--check"], marks=pytest.mark.thorough),
        pytest.param(["lint"], marks=pytest.mark.thorough),
        pytest.param(["task", "check"], marks=pytest.mark.thorough),
        ["task", "test"],
    ],
)
def test_deno_has_nothing_to_say(nothing_kept: Path, gate: list[str]) -> None:
    assert not (said := said_by_deno(nothing_kept, *gate)), said


@pytest.mark.thorough
def test_the_gates_can_find_fault(nothing_kept: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad_test.ts"
    bad.write_text(
        'import assert from "node:assert/strict";\n'
        "const one: any = 1\n"
        "const two: string = 2;\n"
        'Deno.test("wrong", () => assert.equal(one, two));\n',
        encoding="utf-8",
    )
    with_settings = ("--config", SETTINGS, str(bad))
    assert "Found 1 not formatted file" in said_by_deno(nothing_kept, "fmt", "--check", str(bad))
    assert "no-explicit-any" in said_by_deno(nothing_kept, "lint", str(bad))
    assert "TS2322" in said_by_deno(nothing_kept, "check", *with_settings)
    assert "1 failed" in said_by_deno(nothing_kept, "test", "--no-check", *with_settings)


def test_every_rule_module_has_unit_tests() -> None:
    modules = {path.with_suffix("") for path in imports(bundle.FOLDER / "all_rules.ts")}
    # Each kind of check has its own, of which check/rules.ts knows.
    kinds = imports(bundle.FOLDER / "check" / "kinds.ts")
    modules |= {path.with_name("rules") for path in kinds}
    tested = {
        path.with_name(path.name.removesuffix("_test.ts"))
        for path in bundle.FOLDER.rglob("*_test.ts")
    }
    assert modules == tested and len(modules) > 10


def test_the_bundles_are_made_of_the_sources_that_stand_here() -> None:
    assert bundle.recorded() == bundle.expected(), AGAIN
    made = {path for _, path, _ in bundle.entries()}
    also = {bundle.RECORD, bundle.DIST / bundle.PLOTLY, bundle.DIST / "plotly-basic.LICENSE.txt"}
    assert set(bundle.DIST.iterdir()) == {
        path for path in made | also if path.parent == bundle.DIST
    }


def test_a_change_of_a_source_or_a_bundle_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = bundle.expected()
    changed = tmp_path / "dom.ts"
    changed.write_bytes((bundle.FOLDER / "core" / "dom.ts").read_bytes() + b"\n// more\n")
    sources = [changed if path.name == "dom.ts" else path for path in bundle.sources()]
    monkeypatch.setattr(bundle, "sources", lambda: sources)
    assert bundle.expected()["sources"] != before["sources"]
    edited = tmp_path / "page.js"
    edited.write_text(assets.script() + ";", encoding="utf-8")
    monkeypatch.setattr(bundle, "entries", lambda: iter([(changed, edited, "iife")]))
    assert bundle.expected()["bundles"] != before["bundles"]


def test_no_source_of_a_bundle_is_left_out() -> None:
    """What a module imports is among the sources whose digest is compared."""
    known = set(bundle.sources())
    for path in bundle.sources():
        if path.suffix == ".ts":
            for found in imports(path):
                assert found in known, f"{path.name} imports {found.name}"


def imports(path: Path) -> list[Path]:
    """The files that a module imports, all of them beside or below ``widgets/``."""
    names = re.findall(r'(?:from|import) "(\.[^"]+)"', path.read_text(encoding="utf-8"))
    return [(path.parent / name).resolve() for name in names]


@pytest.mark.slow
def test_bundling_anew_gives_the_same_bytes() -> None:
    """Needs a network the first time, for deno's bundler."""
    for source, made, form in bundle.entries():
        assert bundle.bundled(source, form) == made.read_text(encoding="utf-8"), (
            f"{made.name}: {AGAIN}"
        )


# -- plotly.js -------------------------------------------------------------------------------------
def test_plotly_js_is_the_version_that_the_plotly_package_carries() -> None:
    package = (
        f"plotly {importlib.metadata.version('plotly')} carries plotly.js {bundle.wanted_plotly()}"
    )
    assert bundle.shipped_plotly() == bundle.wanted_plotly(), f"{package}. {AGAIN}"
    licence = (bundle.DIST / "plotly-basic.LICENSE.txt").read_text(encoding="utf-8")
    assert "MIT License" in licence and "Plotly" in licence


def test_plotly_js_is_the_basic_build() -> None:
    assert {"scatter", "bar"} <= assets.trace_types() and "scattergl" not in assets.trace_types()
    assert len(assets.plotly()) < 1_300_000


def test_plotly_js_is_read_once_by_a_browser() -> None:
    shipped = (bundle.DIST / bundle.PLOTLY).read_text(encoding="utf-8")
    assert (
        assets.plotly().replace("this, (() => {", "this, () => {").replace("})));", "}));")
        == shipped
    )
    assert len(assets.plotly()) == len(shipped) + 2, f"{assets.plotly.__doc__}"


def test_an_older_plotly_js_is_fetched_anew(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    fetched: list[str] = []
    monkeypatch.setattr(bundle, "fetch_plotly", fetched.append)
    monkeypatch.setattr(bundle, "entries", lambda: iter([]))
    monkeypatch.setattr(bundle, "DIST", tmp_path)
    monkeypatch.setattr(bundle, "RECORD", tmp_path / "bundle.json")
    bundle.make()
    assert fetched == [bundle.wanted_plotly()], "there is none"
    (tmp_path / bundle.PLOTLY).write_text(assets.plotly()[:300], encoding="utf-8")
    bundle.make()
    assert len(fetched) == 1, "it is the version that is wanted"


SAID = {
    "Failed caching package\n 1: failed to create directory '/x': Read-only (os error 30)": (
        "nothing can be written there. Free some space, or name folders"
    ),
    "failed to download esbuild\n failed to write: No space left on device (os error 28)": (
        "the disk is full. Free some space"
    ),
    "error sending request for url: dns error": "Connect to a network",
    "failed to download esbuild package": "Connect to a network",
}


@pytest.mark.parametrize("said", SAID)
def test_what_keeps_deno_from_bundling_is_said_in_our_words(
    said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = subprocess.CompletedProcess([], 1, "", f"error: {said}\n\nStack backtrace:\n 0: <x>")
    monkeypatch.setattr(bundle.subprocess, "run", lambda *a, **k: answer)
    assert command_line.main(["bundle"]) == 1
    told = capsys.readouterr().err
    assert SAID[said] in told and told.count("\n") == 1
    assert not any(word in told for word in ("esbuild", "os error", "Stack"))


def test_what_is_wrong_with_the_code_is_said_by_deno(monkeypatch: pytest.MonkeyPatch) -> None:
    said = "error: Unexpected token\n at file:///dom.ts:286:7\n\nStack backtrace:\n 0: <x>"
    answer = subprocess.CompletedProcess([], 1, "", said)
    monkeypatch.setattr(bundle.subprocess, "run", lambda *a, **k: answer)
    with pytest.raises(bundle.BundleError, match=r"(?s)dom\.ts:286:7$"):
        bundle.run_deno("bundle")
