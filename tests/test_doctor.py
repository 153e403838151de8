"""The doctor: finds each thing that can be wrong, says the one thing to do, and never raises."""

import os
import shutil
import subprocess
import sys
import webbrowser
from pathlib import Path
from types import SimpleNamespace

import pytest

from upheaval import __main__, doctor

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A collection's folder with a lock of one package that is here, and one empty table."""
    home = tmp_path / "my course сбор-수업"
    (home / "notebooks").mkdir(parents=True)
    (home / "data").mkdir()
    (home / "data" / "events.csv").touch()
    (home / "data" / "datapackage.json").write_text("{}", "utf-8")
    (home / "requirements.txt").write_text(
        f"pytest=={pytest.__version__} \\\n    --hash=sha256:00\n", "utf-8"
    )
    return home


@pytest.fixture
def valid(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tables' own check, finding nothing."""
    monkeypatch.setitem(
        sys.modules, "upheaval.facts.validate", SimpleNamespace(check=lambda folder: [])
    )


def test_here_nothing_has_to_be_done() -> None:
    findings = doctor.examine()
    assert [one for one in findings if one.level == "problem"] == []
    assert doctor.summary(findings).endswith("Everything that the lessons need is here.")
    assert not any("could not be looked at" in one.said for one in findings)


def test_summary_gives_one_thing_to_do() -> None:
    findings = [
        doctor.Finding("good", "Python", "fine."),
        doctor.Finding("problem", "Packages", "gone.", "Get them."),
        doctor.Finding("problem", "Disk", "full.", "Empty it."),
    ]
    lines = doctor.summary(findings).splitlines()
    assert lines[:3] == ["ok    Python: fine.", "FIX   Packages: gone.", "FIX   Disk: full."]
    assert lines[4] == "Do this: Get them."
    assert "Empty it." not in "\n".join(lines)


def test_a_check_that_fails_becomes_a_note(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(root: Path) -> doctor.Finding:
        raise RuntimeError("odd")

    monkeypatch.setattr(doctor, "disk", broken)
    (finding,) = [one for one in doctor.examine(course) if one.name == "Disk"]
    assert finding.level == "note" and "(odd)" in finding.said


def test_nothing_is_raised_where_nothing_is(tmp_path: Path) -> None:
    findings = doctor.examine(tmp_path / "gone")
    assert doctor.summary(findings)
    assert len({one.name for one in findings}) == len(findings)


def test_old_python(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    finding = doctor.python_version(course)
    assert finding.level == "problem"
    assert finding.said == "This is Python 3.9.2, which is too old: 3.11 or newer is needed."
    assert "python.org" in finding.todo


def test_which_python(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert doctor.environment(course).said == f"running {sys.executable}."
    (course / ".venv").mkdir()
    assert "not the collection's own" in doctor.environment(course).said
    monkeypatch.setattr(sys, "prefix", str(course / ".venv"))
    assert doctor.environment(course).level == "good"


def test_packages(course: Path) -> None:
    lock = course / "requirements.txt"
    assert doctor.packages(course).level == "good"
    lock.write_text("pytest==0.1 \\\n    --hash=sha256:00\n", "utf-8")
    other = doctor.packages(course)
    assert other.level == "note" and f"pytest {pytest.__version__} (not 0.1)" in other.said
    lock.write_text("no.such_thing==1.0 \\\n    --hash=sha256:00\n", "utf-8")
    missing = doctor.packages(course)
    assert missing.level == "problem" and missing.said == "1 missing: no-such-thing."
    assert "python start.py" in missing.todo
    lock.unlink()
    assert doctor.packages(course).level == "note"


def test_lock_is_read_with_its_conditions() -> None:
    text = (
        "always==1.0 \\\n    --hash=sha256:00\n    # via something==9\n"
        "never==2.0 ; python_version < '3' \\\n    --hash=sha256:00\n"
        "here==3.0 ; python_version >= '3' and sys_platform != 'none' \\\n    --hash=sha256:00\n"
    )
    assert list(doctor.locked(text)) == [("always", "1.0"), ("here", "3.0")]


def test_the_real_lock_is_read_whole() -> None:
    text = (ROOT / "requirements.txt").read_text("utf-8")
    assert {"jupyterlab", "pandas", "plotly", "ipywidgets", "nbval"} <= {
        name for name, _ in doctor.locked(text)
    }


def test_missing_jupyterlab(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor.importlib.util, "find_spec", lambda name: None)
    assert doctor.jupyterlab(course).level == "problem"


@pytest.mark.parametrize("name", ["pandas.py", "plotly.py", "json.py", "numpy/__init__.py"])
def test_a_file_that_hides_a_package(course: Path, name: str) -> None:
    file = course / "notebooks" / name
    file.parent.mkdir(exist_ok=True)
    file.touch()
    finding = doctor.shadows(course)
    hiding = course / "notebooks" / name.split("/")[0]
    assert finding.level == "problem" and str(hiding) in finding.said
    assert finding.todo.startswith(f"Give {hiding} another name, such as my_{hiding.name}")


@pytest.mark.parametrize("name", ["utils.py", "upheaval.py", "my_pandas.py", "pandas.txt"])
def test_a_file_that_hides_nothing(
    course: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(course)
    (course / "notebooks" / name).touch()
    assert doctor.shadows(course).level == "good"


def test_data(course: Path, valid: None, monkeypatch: pytest.MonkeyPatch) -> None:
    assert doctor.data(course).said == f"1 tables in {course / 'data'}, all valid."
    problem = "events.csv, row kursk (line 7), column date: ..."
    monkeypatch.setattr(
        sys.modules["upheaval.facts.validate"], "check", lambda folder: [problem, problem]
    )
    found = doctor.data(course)
    assert (
        found.level == "problem"
        and found.said == f"2 problems in {course / 'data'}. The first: {problem}"
    )
    monkeypatch.setitem(sys.modules, "upheaval.facts.validate", None)
    assert doctor.data(course).level == "note"
    shutil.rmtree(course / "data")
    assert doctor.data(course).level == "problem"


def test_unreadable_table(course: Path, valid: None) -> None:
    (course / "data" / "more.csv").mkdir()  # reading it fails on every system, for every user
    finding = doctor.data(course)
    assert finding.level == "problem" and "more.csv cannot be read" in finding.said


def test_data_elsewhere(
    course: Path, valid: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UPHEAVAL_DATA", str(tmp_path / "elsewhere"))
    assert str(tmp_path / "elsewhere") in doctor.data(course).said


def test_saving(course: Path) -> None:
    assert doctor.saving(course).level == "good"
    assert list((course / "notebooks").iterdir()) == []
    (course / "notebooks").rmdir()
    finding = doctor.saving(course)
    assert (
        finding.level == "note" and "copy the whole collection to your own folder" in finding.said
    )


def test_saving_is_looked_at_where_the_open_lessons_are(
    course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (course / "my_lessons").mkdir()
    assert doctor.saving(course).said == f"notebooks can be saved in {course / 'my_lessons'}."
    elsewhere = tmp_path / "home" / "my_lessons"
    elsewhere.mkdir(parents=True)
    monkeypatch.chdir(elsewhere)
    assert doctor.saving(course).said == f"notebooks can be saved in {elsewhere}."


def test_disk(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=5_000_000))
    finding = doctor.disk(course)
    assert finding.level == "problem" and finding.said == "only 5 MB are free."


def test_no_browser_is_only_a_note(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none() -> None:
        raise webbrowser.Error("could not locate runnable browser")

    monkeypatch.setattr(webbrowser, "get", none)
    assert doctor.browser(course).level == "note"


def test_works_with_nothing_but_python() -> None:
    env = {**os.environ, "PYTHONPATH": str(ROOT / "utils"), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-I", "-S", "-c"]
    code = (
        f"import sys; sys.path.insert(0, {str(ROOT / 'utils')!r})\n"
        "from upheaval.__main__ import main; sys.exit(main(['doctor']))"
    )
    done = subprocess.run(
        [*command, code], env=env, capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == 1 and done.stderr == ""
    assert (
        "Do this: In a terminal, go to the collection's folder and run: python start.py"
        in done.stdout
    )


def test_command_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(
        doctor, "examine", lambda: [doctor.Finding("problem", "Disk", "full.", "Empty it.")]
    )
    assert __main__.main(["doctor"]) == 1
    assert "Do this: Empty it." in capsys.readouterr().out
    monkeypatch.setattr(doctor, "examine", lambda: [doctor.Finding("note", "Disk", "small.")])
    assert __main__.main(["doctor"]) == 0
    with pytest.raises(SystemExit) as stop:
        __main__.main(["doctor", "--loud"])
    assert stop.value.code == 2


def test_validate_prints_every_problem(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    asked = []
    found = SimpleNamespace(problems=["first", "second"], changes={}, unasked=[])
    fake = SimpleNamespace(examine=lambda folder: asked.append(folder) or found)
    monkeypatch.setitem(sys.modules, "upheaval.facts.validate", fake)
    monkeypatch.setattr("upheaval.facts.validate", fake, raising=False)
    assert __main__.main(["validate", str(tmp_path)]) == 1
    assert asked == [tmp_path]
    assert capsys.readouterr().out == "first\nsecond\n2 problems found.\n"
    found.problems = []
    words: list[str] = ["third"]
    monkeypatch.setattr("upheaval.lessons.schema.check", lambda: words)
    assert __main__.main(["validate", str(tmp_path)]) == 0, "of another folder, only the tables"
    capsys.readouterr()
    assert __main__.main(["validate"]) == 1
    assert capsys.readouterr().out == "third\n1 problem found.\n"
    words.clear()
    assert __main__.main(["validate"]) == 0
