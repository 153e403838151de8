"""Whatever stops a command, it ends in one sentence, and nothing half-made stays behind."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import nbformat
import psutil
import pytest

from tiers import few
from upheaval import __main__ as command_line
from upheaval import browsers, copies, os_errors
from upheaval.facts import mend, tables, validate
from upheaval.publish import archive, browser, execution, links, output_folder, serving, site
from upheaval.publish.browser import pyodide
from upheaval.widgets.core import files

UTILS = execution.UTILS
unix = pytest.mark.skipif(os.name == "nt", reason="signals and /dev are Unix's")
#: The command line, with a site of one notebook: all lessons take half a minute. Signals are as a
#: terminal leaves them: tests that run under `nohup`, or in the background, hand on others.
SMALL_SITE = (
    "import signal, sys\nfrom pathlib import Path\n"
    "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
    "for one in ('SIGHUP', 'SIGTERM'):\n"
    "    if hasattr(signal, one): signal.signal(getattr(signal, one), signal.SIG_DFL)\n"
    "from upheaval import __main__\n"
    "from upheaval.publish import site\nbuild, here = site.build, Path.cwd()\n"
    "site.build = lambda out, wanted, places, browser: build("
    "out, wanted, [here / '99_small.ipynb'], here / 'c', places)\n"
    "sys.exit(__main__.main())"
)

BUILDS = [["page", "99_small.ipynb"], ["refresh", "99_small.ipynb"], ["site"]]
STOPS = [*((one, "SIGINT") for one in BUILDS), (BUILDS[0], "SIGHUP"), (BUILDS[2], "SIGTERM")]


@contextlib.contextmanager
def started(folder: Path, *words: str, **more: Any) -> Iterator[subprocess.Popen[str]]:
    """A command in `folder`, of whose site there is only one lesson; it does not outlive a test."""
    env = {**os.environ, "PYTHONPATH": str(UTILS)}
    more = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **more}
    command = [sys.executable, "-c", SMALL_SITE, *words]
    with subprocess.Popen(command, cwd=folder, env=env, text=True, **more) as process:
        try:
            yield process
        finally:
            process.kill()


def notebook(folder: Path, *sources: str) -> Path:
    """A small lesson of these code cells in `folder`."""
    about = {"lesson": "99"}
    (folder / "words").mkdir(exist_ok=True)
    (folder / "words" / "99.yaml").write_text(WORDS, encoding="utf-8")
    cells = [nbformat.v4.new_markdown_cell("# 99 · Small", id="a")]
    cells += [nbformat.v4.new_code_cell(one, id=f"c{at}") for at, one in enumerate(sources)]
    path = folder / "99_small.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata={"upheaval": about}), path)
    return path


def one_sentence(said: str) -> str:
    """What was said, if it is one line for a reader."""
    assert said.count("\n") == 1 and re.search(r"(?:\.|: python start\.py [\w -]+)\n$", said), said
    for inside in ("Traceback", "Error", "Errno", "Exception", "upheaval."):
        assert inside not in said, said
    return said


#: A cell with a chart, without which there is no front page of a site.
CHART = (
    "from upheaval.facts import tables\nfrom upheaval.charts import timeline\n"
    "from upheaval.widgets import Explorer\nevents = tables.read('events').head(9)\n"
    "Explorer(lambda: timeline.swimlanes(events, 'background'), name='t')"
)


WORDS = """\
lesson: "99"
title: Small
question: Why?
minutes: [1, 2]
objectives: []
words: []
key_points: []
next: Nothing.
"""


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name != "words")


@pytest.mark.slow
@pytest.mark.thorough
def test_a_site_of_a_lesson_without_words_says_so(tmp_path: Path) -> None:
    (notebook(tmp_path, CHART).parent / "words" / "99.yaml").unlink()
    with started(tmp_path, "site") as process:
        said = process.communicate(timeout=200)[1]
    assert process.returncode == 1 and "There is no lesson “99”" in one_sentence(said)


# -- Ctrl+C and its kind ---------------------------------------------------------------------------
@unix
@pytest.mark.thorough
@pytest.mark.parametrize(("words", "stop"), STOPS)
@pytest.mark.slow
def test_what_is_stopped_says_so_and_leaves_no_kernel(
    tmp_path: Path, words: list[str], stop: str
) -> None:
    path = notebook(tmp_path, "import os\nopen('pid', 'w').write(str(os.getpid()))", "while 1: 1")
    before = path.read_bytes()
    (tmp_path / "site" / "student").mkdir(parents=True)
    (tmp_path / "site" / ".site").write_text("", encoding="utf-8")
    with started(tmp_path, *words) as process:
        waited_for(lambda: (tmp_path / "pid").exists() and (tmp_path / "pid").read_text())
        process.send_signal(getattr(signal, stop))
        said = process.communicate(timeout=240)[1]
    assert process.returncode == 128 + getattr(signal, stop)
    assert one_sentence(said).startswith("Stopped.")
    kernel = int((tmp_path / "pid").read_text())
    waited_for(lambda: not alive(kernel))
    assert path.read_bytes() == before
    assert set(names(tmp_path)) <= {"99_small.ipynb", "pid", "site", "c"}
    assert names(tmp_path / "site") == [".site", "student"]


def alive(number: int) -> bool:
    """Whether a process runs; one that has ended, and that nobody has asked about, does not."""
    try:
        return bool(psutil.Process(number).status() != psutil.STATUS_ZOMBIE)
    except psutil.Error:
        return False


def waited_for(true: Callable[[], Any], seconds: float = 60) -> None:
    """Until it is true; a test that waits in vain fails."""
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, "this did not come"
        time.sleep(0.05)


@unix
@pytest.mark.thorough
@pytest.mark.slow
def test_ctrl_c_while_sphinx_makes_pages_ends_it_too(tmp_path: Path) -> None:
    notebook(tmp_path, CHART)
    with started(tmp_path, "site") as process:
        running, pids = psutil.Process(process.pid), set[int]()

        def sphinx() -> set[int]:
            for one in running.children(recursive=True):
                with contextlib.suppress(psutil.Error):  # it has just ended
                    if "sphinx" in one.cmdline():
                        pids.add(one.pid)
            return pids

        waited_for(sphinx)
        process.send_signal(signal.SIGINT)
        said = process.communicate(timeout=240)[1]
    assert process.returncode == 130 and one_sentence(said).startswith("Stopped.")
    waited_for(lambda: not any(map(alive, pids)))
    assert names(tmp_path) == ["99_small.ipynb", "c"]


@unix
def test_what_the_caller_has_set_aside_stays_so() -> None:
    """`nohup` and jobs in the background ignore signals; they must not end by them."""
    code = (
        "import os, signal\nfrom upheaval import interrupts\n"
        "signal.signal(signal.SIGHUP, signal.SIG_IGN)\n"
        "with interrupts.handled():\n    os.kill(os.getpid(), signal.SIGHUP)\nprint('here')"
    )
    env = {**os.environ, "PYTHONPATH": str(UTILS)}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True)
    assert done.stdout == "here\n" and done.returncode == 0


# -- what reads and what is written to -------------------------------------------------------------
@unix
@pytest.mark.thorough
@pytest.mark.parametrize("words", [["validate"], ["serve", "."], ["fresh", "99"]])
@pytest.mark.slow
def test_a_closed_pipe_is_told_once(tmp_path: Path, words: list[str]) -> None:
    (tmp_path / "index.html").write_text("", encoding="utf-8")
    read, write = os.pipe()
    os.close(read)
    with started(tmp_path, *words, stdout=write) as process:
        os.close(write)
        said = process.communicate(timeout=240)[1]
    assert process.returncode in (141, 1, 0) and one_sentence(said)
    if words[0] in ("validate", "serve"):
        assert process.returncode == 141 and said.startswith("Nobody reads this output any more")


full_output = pytest.mark.skipif(not os.path.exists("/dev/full"), reason="a full disk: Linux")


@full_output
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("words", few([["--help"], ["site", "--help"], ["doctor"]], 1))
def test_output_that_goes_to_a_full_disk_is_told(words: list[str], unbuffered: str) -> None:
    env = {**os.environ, "PYTHONPATH": str(UTILS), "PYTHONUNBUFFERED": unbuffered}
    command = [sys.executable, "-P", "-m", "upheaval", *words]
    with open("/dev/full", "w") as full:
        done = subprocess.run(command, env=env, stdout=full, stderr=subprocess.PIPE, text=True)
    said = one_sentence(done.stderr)
    assert done.returncode == 1
    assert said.startswith("What this command prints could not be written")
    assert "the disk is full. Free some" in said


@full_output
@pytest.mark.thorough
@pytest.mark.slow
def test_problems_that_go_to_a_full_disk_are_no_traceback(tmp_path: Path) -> None:
    with open("/dev/full", "w") as full, started(tmp_path, "validate", stdout=full) as process:
        assert "the disk is full. Free some" in one_sentence(process.communicate(timeout=240)[1])
    assert process.returncode == 1


@unix
@pytest.mark.parametrize("words", [["validate"], ["--help"]])
def test_ctrl_c_before_a_command_has_begun_is_told(tmp_path: Path, words: list[str]) -> None:
    """start.py holds it back until this program can answer; here it comes as early as it can."""
    early = "import os, signal\nos.kill(os.getpid(), signal.SIGINT)\n"
    (tmp_path / "sitecustomize.py").write_text(early, encoding="utf-8")
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), str(UTILS)])}
    held = "import os, signal, sys\nsignal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})\n"
    held += "os.execve(sys.argv[1], sys.argv[1:], os.environ)"
    command = [sys.executable, "-P", "-m", "upheaval", *words]
    done = subprocess.run(
        [sys.executable, "-S", "-c", held, *command], env=env, capture_output=True, text=True
    )
    assert done.returncode == 130 and one_sentence(done.stderr).startswith("Stopped.")


@unix
def test_ctrl_c_while_a_command_loads_its_modules_is_told(tmp_path: Path) -> None:
    early = "import os, signal\nos.kill(os.getpid(), signal.SIGINT)\n"
    (tmp_path / "argparse.py").write_text(early, encoding="utf-8")  # in the place of Python's own
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), str(UTILS)])}
    command = [sys.executable, "-P", "-m", "upheaval", "--help"]
    done = subprocess.run(command, env=env, capture_output=True, text=True)
    assert done.returncode == 130 and one_sentence(done.stderr).startswith("Stopped.")


@unix
def test_ctrl_c_before_the_command_line_is_read_is_told(tmp_path: Path) -> None:
    """Python reads and compiles `__main__` first, which takes longer than a quick hand needs."""
    early = (
        "import os, signal, sys\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "class Hand:\n"
        "    def find_spec(self, name, *more):\n"
        "        if name == 'upheaval.__main__': os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.meta_path.insert(0, Hand())\n"
    )
    (tmp_path / "sitecustomize.py").write_text(early, encoding="utf-8")
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), str(UTILS)])}
    command = [sys.executable, "-P", "-m", "upheaval", "--help"]
    done = subprocess.run(command, env=env, capture_output=True, text=True)
    assert done.returncode == 130 and one_sentence(done.stderr).startswith("Stopped.")


@unix
def test_a_second_ctrl_c_does_not_break_off_what_the_first_one_tidies() -> None:
    code = (
        "import os, signal\nfrom upheaval import interrupts\n"
        "with interrupts.handled():\n    try:\n        os.kill(os.getpid(), signal.SIGINT)\n"
        "    except KeyboardInterrupt:\n        os.kill(os.getpid(), signal.SIGINT)\n"
        "        print('tidied')"
    )
    env = {**os.environ, "PYTHONPATH": str(UTILS)}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True)
    assert done.stdout == "tidied\n" and done.returncode == 0


@unix
@pytest.mark.parametrize(
    "megabytes, words", [(150, ["validate"]), (300, ["pages"]), (700, ["page", "99_small.ipynb"])]
)
def test_a_limit_of_memory_is_told_before_a_library_ends_the_program(
    tmp_path: Path, megabytes: int, words: list[str]
) -> None:
    """What a kernel speaks through, and what pandas counts with, end it with their own words."""
    notebook(tmp_path, "1")
    command = [sys.executable, "-P", "-m", "upheaval", *words]
    limited = ["sh", "-c", f'ulimit -v {megabytes * 1000}; exec "$@"', "sh", *command]
    env = {**os.environ, "PYTHONPATH": str(UTILS)}
    done = subprocess.run(limited, cwd=tmp_path, env=env, capture_output=True, text=True)
    said = one_sentence(done.stderr)
    assert done.returncode == 1 and "may take" in said and "ulimit -v" in said
    assert "ask who runs this computer for a higher limit" in said
    assert names(tmp_path) == ["99_small.ipynb"]


@pytest.mark.parametrize(
    "said",
    [
        "Out of memory interning an attribute name",
        "/lib/algos.so: failed to map segment from shared object",
        "OpenBLAS: Cannot allocate memory",
    ],
)
def test_a_lack_of_memory_is_one_however_it_is_called(said: str, capsys: Any) -> None:
    assert command_line._ended_by(ImportError(said)) == 1
    assert capsys.readouterr().err.startswith("There is not enough memory. Close other")


@unix
@pytest.mark.thorough
def test_a_page_is_made_where_no_output_is_open(tmp_path: Path) -> None:
    notebook(tmp_path, "1")
    command = [sys.executable, "-m", "upheaval", "page", "99_small.ipynb"]
    env = {**os.environ, "PYTHONPATH": str(UTILS)}
    closed = ["sh", "-c", 'exec "$@" <&- >&- 2>&-', "sh"]
    assert subprocess.run([*closed, *command], cwd=tmp_path, env=env, timeout=240).returncode == 0
    assert names(tmp_path) == ["99_small.ipynb", "99_small.student.html"]


@unix
@pytest.mark.thorough
@pytest.mark.parametrize("words", BUILDS)
@pytest.mark.slow
def test_a_full_disk_is_told_and_what_was_there_stays(tmp_path: Path, words: list[str]) -> None:
    """A limit of files takes the place of a full disk; Python learns of both in the same way."""
    source = notebook(tmp_path, "print('x' * 200000)", CHART)
    book = nbformat.read(source, as_version=4)
    book.cells[1].metadata["tags"] = ["nbval-check-output"]
    nbformat.write(book, source)
    made = '<meta name="generator" content="Axis of Upheaval: a teaching unit">the old page'
    (tmp_path / "99_small.student.html").write_text(made, encoding="utf-8")
    before = {name: (tmp_path / name).read_bytes() for name in names(tmp_path)}
    env = {**os.environ, "PYTHONPATH": str(UTILS)}
    limited = ["sh", "-c", 'ulimit -f 100; exec "$@"', "sh", sys.executable, "-c", SMALL_SITE]
    done = subprocess.run(
        [*limited, *words], cwd=tmp_path, env=env, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 1
    assert "no file may be so large here" in one_sentence(done.stderr)
    shutil.rmtree(tmp_path / "c", ignore_errors=True)
    assert {name: (tmp_path / name).read_bytes() for name in names(tmp_path)} == before


# -- kernels ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "error",
    [
        RuntimeError("Kernel died before replying to kernel_info"),
        AssertionError(),
        OSError(errno.EMFILE, "Too many open files"),
        KeyError("python3"),
    ],
)
def test_a_kernel_that_cannot_start_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any, error: Exception
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(execution.NotebookClient, "execute", fails)
    assert command_line.main(["page", str(notebook(tmp_path, "1")), "--out", str(tmp_path)]) == 1
    said = one_sentence(capsys.readouterr().err)
    assert "no process could be started to run its cells" in said and "start.py doctor" in said
    assert names(tmp_path) == ["99_small.ipynb"]


@pytest.mark.thorough
def test_a_kernel_that_dies_is_told(tmp_path: Path) -> None:
    notebook(tmp_path, "import os; os._exit(3)")
    with started(tmp_path, "page", "99_small.ipynb") as process:
        said = process.communicate(timeout=240)[1]
    assert process.returncode == 1 and "the process that ran its cells has ended" in one_sentence(
        said
    )
    assert names(tmp_path) == ["99_small.ipynb"]


# -- places ----------------------------------------------------------------------------------------
def full(*_: object, **__: object) -> OSError:
    return OSError(errno.EROFS, "Read-only file system")


@pytest.mark.parametrize("word", ["page", "pages", "site", "refresh", "links"])
def test_a_place_that_cannot_be_written_is_told_before_anything_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any, word: str
) -> None:
    path = notebook(tmp_path, "1 / 0")
    monkeypatch.setattr(os_errors, "room_in", full)
    monkeypatch.setattr(execution, "execute_lesson", lambda *_: pytest.fail("it ran"))
    monkeypatch.setattr(validate, "check", lambda: pytest.fail("it looked at the tables first"))
    options = {"page": [str(path), "--out", str(tmp_path)], "refresh": [str(path)], "links": []}
    assert command_line.main([word, *options.get(word, ["--out", str(tmp_path / "site")])]) == 1
    assert "nothing can be written there" in one_sentence(capsys.readouterr().err)
    assert names(tmp_path) == ["99_small.ipynb"]


@unix
def test_a_place_that_cannot_be_written_has_its_own_name() -> None:
    """The passing file that is tried there has a name that no reader knows."""
    problem = os_errors.room_in(Path("/proc/site"))
    assert problem and os_errors.place(problem, "") == "/proc/site"


@unix
@pytest.mark.thorough
def test_a_home_folder_that_cannot_be_written_is_no_warning(tmp_path: Path) -> None:
    code = "from upheaval.__main__ import main\nmain(['serve', 'nowhere'])\n"
    code += "from IPython import paths\npaths.get_ipython_dir()"
    env = {**os.environ, "PYTHONPATH": str(UTILS), "HOME": os.devnull}
    env.pop("IPYTHONDIR", None)
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, env=env, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0 and one_sentence(done.stderr).startswith("There is no site in")


def test_nothing_stays_where_room_was_looked_for(tmp_path: Path) -> None:
    assert os_errors.room_in(tmp_path / "a" / "b") is None and names(tmp_path) == []
    (tmp_path / "file").write_text("", encoding="utf-8")
    problem = os_errors.room_in(tmp_path / "file" / "b")
    assert problem and os_errors.reason(problem) == "a file or folder of another kind is in the way"


def test_no_page_takes_the_place_of_another_thing(tmp_path: Path, capsys: Any) -> None:
    path = notebook(tmp_path, "1 / 0")
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    (tmp_path / "99_small.student.html").mkdir()
    for out in (path, tmp_path / "notes.txt", tmp_path, Path(os.devnull), tmp_path / "no" / "x"):
        assert command_line.main(["page", str(path), "--out", str(out)]) == 1
        one_sentence(capsys.readouterr().err)
    assert (tmp_path / "notes.txt").read_text(encoding="utf-8") == "mine"
    assert names(tmp_path) == ["99_small.ipynb", "99_small.student.html", "notes.txt"]


def test_no_zip_takes_the_place_of_another_thing(tmp_path: Path, capsys: Any) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    (tmp_path / archive.FILE).mkdir()
    for out in ("notes.txt", "", archive.FILE + "/../notes.txt", "no/x.zip"):
        assert command_line.main(["pages", "--out", str(tmp_path / out)]) == 1
        one_sentence(capsys.readouterr().err)
    assert (tmp_path / "notes.txt").read_text(encoding="utf-8") == "mine"
    assert names(tmp_path) == [archive.FILE, "notes.txt"]


def test_no_site_takes_the_place_of_another_thing(tmp_path: Path, capsys: Any) -> None:
    mine = tmp_path / "site"
    mine.mkdir()
    for name in (".site", "notes.txt"):
        (mine / name).write_text("mine", encoding="utf-8")
    places = [
        mine,
        mine / "notes.txt",
        mine / "notes.txt" / "site",
        output_folder.ROOT,
        output_folder.ROOT.parent,
    ]
    for out in (
        *places,
        output_folder.ROOT / "data",
        output_folder.ROOT / "notebooks" / "new",
        Path("/"),
    ):
        assert command_line.main(["site", "--out", str(out)]) == 1
        one_sentence(capsys.readouterr().err)
    assert names(mine) == [".site", "notes.txt"]


def test_a_site_that_was_being_replaced_at_a_power_cut_comes_back(
    tmp_path: Path,
) -> None:
    old = tmp_path / ".site.old"
    (old / "student").mkdir(parents=True)
    (old / ".site").write_text("", encoding="utf-8")
    output_folder.look_first(tmp_path / "site", ".site", ("student",))
    assert names(tmp_path) == ["site"] and names(tmp_path / "site") == [".site", "student"]


@pytest.mark.parametrize("word", ["page", "refresh"])
def test_a_lesson_that_is_not_there_is_told(word: str, tmp_path: Path, capsys: Any) -> None:
    assert command_line.main([word, str(tmp_path / "99.ipynb")]) == 1
    assert "There is no notebook" in one_sentence(capsys.readouterr().err)


# -- tables and lists ------------------------------------------------------------------------------
def copied(tmp_path: Path) -> Path:
    shutil.copytree(tables.folder(), tmp_path / "data")
    return tmp_path / "data"


@unix
def test_a_table_that_cannot_be_read_is_a_problem_of_its_own(tmp_path: Path, capsys: Any) -> None:
    data = copied(tmp_path)
    (data / "events.csv").unlink()
    os.mkfifo(data / "events.csv")
    (data / "quotes.csv").unlink()
    (data / "quotes.csv").mkdir()
    assert command_line.main(["validate", str(data)]) == 1
    said = capsys.readouterr().out
    assert (
        said.count("found a file that cannot be read: a file or folder of another kind is in") == 2
    )
    assert command_line.main(["validate", str(data / "sources.csv")]) == 1
    assert "Name the folder that holds datapackage.json" in capsys.readouterr().out


@pytest.mark.parametrize("word", ["links", "changed"])
def test_other_commands_say_what_is_wrong_with_a_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any, word: str
) -> None:
    data = copied(tmp_path)
    (data / "sources.csv").write_text("id\nx\n", encoding="utf-8")
    monkeypatch.setenv("UPHEAVAL_DATA", str(data))
    before = links.LIST.read_bytes()
    assert command_line.main([word, *(["02"] if word == "changed" else [])]) == 1
    said = "".join(capsys.readouterr())
    assert "sources.csv" in said and "Traceback" not in said and "Error" not in said
    assert links.LIST.read_bytes() == before


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "url\nx\ny,z\n", "\0"])
def test_a_list_of_links_that_cannot_be_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any, text: str
) -> None:
    monkeypatch.setattr(links, "LIST", tmp_path / "links.csv")
    if text:
        links.LIST.write_text(text, encoding="utf-8")
    assert command_line.main(["links"]) == 1
    assert "links.csv cannot be read" in one_sentence(capsys.readouterr().err)
    assert names(tmp_path) == (["links.csv"] if text else [])


def test_mending_that_fails_leaves_one_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "events.csv"
    path.write_bytes(b"old")
    write = Path.write_bytes

    def torn(self: Path, data: bytes) -> int:
        write(self, data[:1])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", torn)
    with pytest.raises(OSError, match="No space"):
        mend.write(mend.Mending(path, (), "new"))
    assert names(tmp_path) == ["events.csv"] and path.read_bytes() == b"old"


# -- serving ---------------------------------------------------------------------------------------
def test_serving_says_what_stands_in_the_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    for port in ("-1", "65536", "x", "٣"):
        with pytest.raises(SystemExit, match="2"):
            command_line.main(["serve", str(tmp_path), "--port", port])
        assert "is no port" in one_sentence(capsys.readouterr().err)
    (tmp_path / "student").mkdir()
    (tmp_path / "student" / "index.html").write_text("", encoding="utf-8")
    assert command_line.main(["serve", str(tmp_path)]) == 1
    assert f"There is one in it: python start.py serve {tmp_path}" in capsys.readouterr().err

    def refuse(*_: object) -> None:
        raise OSError(errno.EADDRNOTAVAIL, "Cannot assign requested address")

    monkeypatch.setattr(serving, "server", refuse)
    assert command_line.main(["serve", str(tmp_path / "student")]) == 1
    assert "The pages need none: open" in one_sentence(capsys.readouterr().err)


def test_a_browser_that_leaves_early_prints_nothing(tmp_path: Path, capfd: Any) -> None:
    (tmp_path / "a.bin").write_bytes(bytes(30_000_000))
    with serving.server(tmp_path, 0) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        for _ in range(3):
            with urllib.request.urlopen(f"http://127.0.0.1:{server.server_port}/a.bin") as answer:
                answer.read(10)
        server.shutdown()
    assert capfd.readouterr().err == ""


# -- everything else -------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (MemoryError(), 1, "There is not enough memory."),
        (ModuleNotFoundError("No module named 'pandas'", name="pandas"), 1, "The package pandas"),
        (ModuleNotFoundError("x", name="upheaval.facts"), 1, "This copy of the collection is not"),
        (OSError(errno.EIO, "Input/output error", "x.csv"), 1, "x.csv could not be used: the comp"),
        (KeyboardInterrupt(), 130, "Stopped."),
        (ImportError("cannot import name 'x'"), 1, "This command has met a fault that nobody"),
        (ZeroDivisionError("division by zero"), 1, "This command has met a fault that nobody"),
    ],
)
def test_whatever_happens_is_told_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch,
    capsys: Any,
    tmp_path: Path,
    error: BaseException,
    code: int,
    said: str,
) -> None:
    def fails(given: object) -> int:
        raise error

    monkeypatch.setattr(command_line, "run_validate", fails)
    monkeypatch.setattr(command_line.tempfile, "tempdir", str(tmp_path))
    assert command_line.main(["validate"]) == code
    told = capsys.readouterr().err
    assert told.startswith(said) and told.count("\n") == 1 and "Traceback" not in told
    for file in tmp_path.iterdir():
        assert str(file) in told and "Traceback" in file.read_text(encoding="utf-8")
    assert ("fault" in said) == bool(names(tmp_path))


def test_a_page_of_no_lesson_is_told_with_an_example(capsys: Any) -> None:
    assert command_line.main(["page"]) == 2
    assert (
        one_sentence(capsys.readouterr().err)
        .strip()
        .endswith("for example: python start.py page 02")
    )


@pytest.mark.parametrize(
    "words", [[], ["sit"], ["page", "--size", "x"], ["site", "--edition", "x"], ["links", "x"]]
)
def test_a_command_line_that_cannot_be_read_is_told(words: list[str], capsys: Any) -> None:
    with pytest.raises(SystemExit, match="2"):
        command_line.main(words)
    said = capsys.readouterr().err
    assert said.startswith("This cannot be read: ") and said.count("\n") == 1
    assert "What can be said: python start.py" in said


@unix
def test_what_could_not_be_written_has_its_own_name(tmp_path: Path) -> None:
    """An error of writing names nothing, and one of copying first what was copied."""
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, before[1]))
    try:
        with pytest.raises(OSError) as told:
            files.write_whole(tmp_path / "page.html", "x" * 1000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    said = os_errors.sentence(told.value)
    assert said.startswith(f"{tmp_path / 'page.html'} could not be used: no file may be so large")
    assert names(tmp_path) == []
    copying = OSError(errno.ENOSPC, "No space left on device", "theme.js", None, "site/theme.js")
    assert str(output_folder.not_written(Path("site"), copying)).startswith("site/theme.js could")


def test_python_for_browsers_is_kept_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    """Half a file of it stood in the way of every later build."""
    content = b"x" * 1000
    monkeypatch.setattr(pyodide, "FILES", {"a.js": hashlib.sha256(content).hexdigest()})
    (tmp_path / "npm").mkdir()
    (tmp_path / "npm" / "a.js").write_bytes(content)
    monkeypatch.setattr(pyodide.bundle, "npm_package", lambda *_: tmp_path / "npm")
    monkeypatch.setattr(browser.importlib.util, "find_spec", lambda _: True)
    monkeypatch.setattr(execution, "cache_folder", lambda: tmp_path / "cache")
    monkeypatch.setattr(validate, "check", list)

    def full_disk(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(files.os, "replace", full_disk)
    assert command_line.main(["browser", "--out", str(tmp_path / "out")]) == 1
    said = one_sentence(capsys.readouterr().err)
    assert "the disk is full" in said and "No site was written" in said
    assert not list((tmp_path / "cache").rglob("*.js")) and not (tmp_path / "out").exists()


def test_a_user_of_no_name_gets_lessons_and_handouts_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a container a user may have no name and no home folder."""
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)
    monkeypatch.chdir(tmp_path)
    assert not browsers._playwright_folder().is_absolute()
    assert copies._folder(tmp_path).path == tmp_path / copies.COPIES
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(copies.CopyError, match="Neither"):
        copies._folder(tmp_path / "file")
    assert names(tmp_path) == ["file", copies.COPIES]


def test_sphinx_that_fails_itself_is_told_without_its_words(tmp_path: Path) -> None:
    text = "Traceback (most recent call last):\nOSError: [Errno 28] No space left on device"
    assert "the disk is full. Free some space" in site._said(text, tmp_path / "home")
    (tmp_path / "home").mkdir()
    said = site._said("Exception occurred: KeyError", tmp_path / "home")
    assert "KeyError" not in said and "sphinx.txt" in said and "Delete the folder" in said
    assert site._said("a.md:3: WARNING: x", tmp_path).endswith("a.md:3: WARNING: x")


def test_a_run_that_cannot_be_kept_is_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "cache").write_text("a file in the way", encoding="utf-8")
    source = nbformat.v4.new_notebook()
    run = execution.ExecutedNotebook(source, (), ())
    execution._store(tmp_path / "cache" / "99.json", source, run)
    assert names(tmp_path) == ["cache"]
