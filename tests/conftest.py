"""What all tests share."""

from __future__ import annotations

import os
import re
import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from sharing import once

# jsonschema checks addresses in other scripts by grammars that take two seconds to make, in every
# process; nothing here asks for that.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

#: Files whose tests go through the lessons, and so can be shared out lesson by lesson.
BY_LESSON = re.compile(r"test_(?:lessons|notebooks|access|clipping|engines|lite|page|site)\.py$")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """For ``--dist loadfile``: one worker gets a whole file, but of a file that goes through the
    lessons one lesson.
    """
    if config.getvalue("dist") != "loadfile":
        return None
    from xdist.scheduler import LoadFileScheduling

    class ByLesson(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file, _, name = nodeid.partition("::")
            lesson = re.search(r"\[(\d\d)", name) if BY_LESSON.search(file) else None
            return f"{file} {lesson[1]}" if lesson else file

    return ByLesson(config, log)


#: In a browser, the ten minutes of `start.py test` have room for one lesson alone, the timeline,
#: and on a page also for the memo with the longest check. `--all` takes each of them everywhere.
IN_TEN_MINUTES = {"page": {"02", "11"}, "paper": {"02", "11"}}
WAITS = re.compile(r"test_(access|clipping|engines|net|page|paper|site|take)\.py$")

#: Files in which JupyterLab and its kernels run for real: where a processor is short, one in some
#: hundred waits of theirs is too long. Such a test is tried up to twice more, and the run says so.
RETRIED = re.compile(r"test_(?:lab|lite|hosts|student_folder)\.py$")

#: What a test that asks for a fixture is marked with, so that no mark can be forgotten.
MARK_OF = {"browser": "browser", "whole_site": "site", "installed": "thorough"}


#: Seconds after which a single test is named in the run of CI, where its time is too dear.
LONG = 40


class AtOnce:
    """Names a test that failed, and in CI one that took long, when it ends and not at the end: a
    run that is stopped from outside prints no summary.
    """

    def __init__(self, terminal: Any) -> None:
        self.terminal = terminal

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """One line for a phase of one test."""
        slow = report.duration > LONG and "CI" in os.environ
        if not (report.failed or slow or report.outcome == "rerun"):
            return
        crash = getattr(report.longrepr, "reprcrash", None)
        why = f": {crash.message.splitlines()[0][:160]}" if crash and crash.message else ""
        words = {"failed": "failed", "rerun": "failed and is tried again", "passed": "passed"}
        outcome = words.get(report.outcome, report.outcome)
        self.terminal.write_line("")
        self.terminal.write_line(
            f"{report.nodeid} ({report.when}) {outcome} after {report.duration:.0f} s{why}"
        )


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """In the process that reports: a worker of xdist has nobody to tell.

    Whoever starts the tests in the background (`nohup`, a service) has Ctrl-C ignored, and every
    child would inherit that; tests that press it need what a terminal gives.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    terminal = config.pluginmanager.get_plugin("terminalreporter")
    if terminal is not None and not hasattr(config, "workerinput"):
        config.pluginmanager.register(AtOnce(terminal))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests by the fixtures they ask for, before pytest selects by marks."""
    for item in items:
        if _waits_for_all(item):
            item.add_marker(pytest.mark.slow)
        if RETRIED.search(str(item.path)):
            item.add_marker(pytest.mark.flaky(reruns=2))
        for name in MARK_OF.keys() & set(getattr(item, "fixturenames", ())):
            item.add_marker(MARK_OF[name])


def _waits_for_all(item: pytest.Item) -> bool:
    """Whether a browser goes through one of the lessons that ten minutes have no room for."""
    file = WAITS.search(item.path.name)
    if "browser" not in item.path.parts or not file:
        return False
    lesson = re.search(r"\[(\d\d)", item.name)
    return lesson is not None and lesson[1] not in IN_TEN_MINUTES.get(file[1], {"02"})


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """The fast loop does not even read the tests of the browser: each of them asks for one."""
    without = config.getoption("markexpr").startswith("not (browser or ")
    return True if without and collection_path == Path(__file__).with_name("browser") else None


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers of a run share."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "pages"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def runs(shared: Path) -> Path:
    """Where runs of the lessons are kept while the tests run: a lesson runs once for its pages and
    for the site.
    """
    folder = shared / "runs"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def built(shared: Path, runs: Path) -> Callable[..., Path]:
    """``built(notebook, edition)``: the lesson's page, made by whichever worker asks first, once a
    run.

    Both editions come from one run of the instructors' cells, which are all there are: it halves
    the time, and `test_a_student_page_is_the_same_when_built_alone` shows that it makes no
    difference.
    """
    from upheaval.publish import editions, execution, page

    def make(notebook: Path, student: Path, instructor: Path) -> None:
        whole = execution.execute_lesson(notebook, runs).notebook
        instructor.write_text(page.render(whole, "instructor"), encoding="utf-8")
        whole.cells = [
            cell for cell in whole.cells if not editions.tags(cell) & editions.INSTRUCTOR_TAGS
        ]
        student.write_text(page.render(whole, "student"), encoding="utf-8")

    def give(notebook: Path, edition: str = "student") -> Path:
        paths = [shared / f"{notebook.stem}.{one}.html" for one in ("student", "instructor")]
        once(shared / notebook.stem, lambda: make(notebook, *paths))
        return paths[edition == "instructor"]

    return give


@pytest.fixture(scope="session")
def whole_site(shared: Path, runs: Path) -> Path:
    """The site with both editions and all lessons, built by whichever worker asks first, once a
    run.
    """
    from upheaval.publish import site

    once(shared / "site.built", lambda: site.build(shared / "site", cache=runs))
    return shared / "site"


@pytest.fixture
def page_mode(monkeypatch: pytest.MonkeyPatch) -> None:
    """Faces as a page builder makes them: no kernel answers, no comm is opened."""
    monkeypatch.setenv("FACE_MODE", "page")


@pytest.fixture
def live_mode(monkeypatch: pytest.MonkeyPatch) -> None:
    """Faces as JupyterLab has them; without a kernel their comms lead nowhere."""
    monkeypatch.setenv("FACE_MODE", "live")


@pytest.fixture
def work_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder for what readers write, so that no test leaves `my_work.json` anywhere."""
    from upheaval.widgets.core import storage

    monkeypatch.setattr(storage, "store", storage.Store(tmp_path))
    yield tmp_path


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """The counts of the faults of data that were tried, over all workers, as one line."""
    counts: Counter[str] = Counter()
    for reports in terminalreporter.stats.values():
        for report in reports:
            for name, value in getattr(report, "user_properties", ()):
                if name == "faults" and getattr(report, "when", "") == "teardown":
                    counts.update(value)
    if counts:
        said = ", ".join(f"{number:,} {name}" for name, number in counts.items())
        terminalreporter.write_line(f"Faults of data: {said}")
