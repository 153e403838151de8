"""The command line of the collection: `python -m upheaval`, and then the word for what to do."""

from __future__ import annotations

import argparse
import contextlib
import importlib
import os
import signal
import sys
import tempfile
import traceback
import warnings
from pathlib import Path
from typing import Any, Iterator, NoReturn
from urllib.parse import quote

from upheaval import doctor, interrupts, os_errors
from upheaval.early_stop import STOPPED, stopped_while_loading

ROOT = Path(__file__).resolve().parents[2]
#: Settings for Jupyter; `start.py` puts them into its environment as well.
JUPYTER = ROOT / "utils" / "upheaval" / "jupyter"


#: What a command ends with whose reader has closed the pipe: as programs do that SIGPIPE ends.
PIPE_CLOSED = 141
NO_OUTPUT = (
    "What this command prints could not be written to where it was sent: {}. {} Or run it without >"
    " and |."
)
NOT_WHOLE = (
    "This copy of the collection is not whole: its part {} is missing. Take a whole copy; your own"
    " folder my_lessons can be copied into it."
)
MEMORY = "There is not enough memory. Close other programs, then run the same command again."


def main(arguments: list[str] | None = None) -> int:
    """Do what the command line says; whatever goes wrong is told in a sentence.

    Gives the exit code: 0 is well, 1 is a problem, 2 an unknown word, above 128 asked to stop.
    """
    _open_what_is_closed()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(
                errors="backslashreplace"
            )  # a console that lacks the letters of a path
    # A home folder that cannot be written: IPython takes a passing one, and no page needs it.
    warnings.filterwarnings("ignore", message="IPython (parent|dir) ")
    try:
        with interrupts.handled():
            given = _understood(arguments)
        # JupyterLab has its own way to stop, and asks first.
        lab = given.run is run_lab
        with _default_stop() if lab else interrupts.handled():
            if given.run is not run_doctor:  # which says what another start of Jupyter would take
                prefer_own_kernel()
                if little := os_errors.short_of_memory(os_errors.LEAST_MEMORY):
                    return _told(little, 1)
            code: int = given.run(given)
            if sys.stdout:
                sys.stdout.flush()
    except BaseException as error:
        code = _ended_by(error)
    return code


def _understood(arguments: list[str] | None) -> argparse.Namespace:
    """The command line, read. Raises SystemExit where it cannot be, or where help was wanted."""
    given, rest = parser().parse_known_args(arguments)
    if rest and given.run is not run_lab:
        parser().error("unknown words: " + " ".join(rest))
    given.rest = rest
    return given


@contextlib.contextmanager
def _default_stop() -> Iterator[None]:
    """Inside, Ctrl+C raises KeyboardInterrupt until what runs there has a way of its own."""
    before = signal.getsignal(signal.SIGINT)
    if before is stopped_while_loading:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        if before is stopped_while_loading:
            signal.signal(signal.SIGINT, before)


def _open_what_is_closed() -> None:
    """Let a program whose output was closed (`>&-`) write into nothing.

    The next file that is opened would take its number, and what it prints would go in there.
    """
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            opened = os.open(os.devnull, os.O_RDWR)
            if opened != number:
                os.dup2(opened, number)
                os.close(opened)
            os.set_inheritable(number, True)


def _ended_by(error: BaseException) -> int:
    """Tell why a command ended before its end; gives the exit code."""
    number = interrupts.stopped_by() or (2 if isinstance(error, KeyboardInterrupt) else 0)
    if number:
        if signal.getsignal(signal.SIGINT) is stopped_while_loading:
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # who is impatient presses it twice
        return _told(STOPPED, 128 + number)
    if isinstance(error, SystemExit):
        raise error
    if isinstance(error, BrokenPipeError):
        _drop(sys.stdout)
        return _told(
            "Nobody reads this output any more, so the command ended. Run it alone to see all.",
            PIPE_CLOSED,
        )
    if os_errors.of_memory(error) and not isinstance(error, OSError):
        little = os_errors.short_of_memory()
        return _told(f"{MEMORY} {little}" if little else MEMORY, 1)
    if isinstance(error, ModuleNotFoundError) and error.name:
        ours = error.name.startswith("upheaval.")
        missing = f"The package {error.name} is not installed. {doctor.START}"
        return _told(NOT_WHOLE.format(error.name) if ours else missing, 1)
    # Not imported here: what cannot be loaded may be the very fault.
    problems = sys.modules.get("upheaval.facts.problems")
    if problems and isinstance(error, problems.DataProblem):
        return _told(f"There is a problem with the data.\n{error}", 1)
    words = sys.modules.get("upheaval.lessons.words")
    if words and isinstance(error, words.WordsError):
        return _told(f"{error} Run: python start.py validate", 1)
    if isinstance(error, OSError):
        refused = _refused_output() if error.filename is None else None
        _drop(sys.stdout)
        if refused:
            said = NO_OUTPUT.format(os_errors.reason(refused), os_errors.way_out(refused))
            return _told(said, 1)
        return _told(os_errors.sentence(error), 1)
    return _told(_unforeseen(error), 1)


def _refused_output() -> OSError | None:
    """Why nothing more can be written to the output; None where something can.

    An error of writing does not say of what, so an empty line is tried; no screen is ever full.
    """
    try:
        if sys.stdout and not sys.stdout.isatty():
            sys.stdout.write("\n")
            sys.stdout.flush()
    except OSError as error:
        return error
    except ValueError:
        pass  # it is closed
    return None


def _told(sentence: str, code: int) -> int:
    """Say it where errors are said, if anything can be said there; gives `code`."""
    try:
        print(sentence, file=sys.stderr, flush=True)
    except OSError:
        _drop(sys.stderr)
    return code


def _drop(stream: object) -> None:
    """What is still to be written to `stream` goes nowhere: Python would fail again at its end."""
    try:
        number = stream.fileno()  # type: ignore[attr-defined]
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, number)
        os.close(nowhere)
    except (AttributeError, OSError, ValueError):
        pass  # it is closed, or no file


def _unforeseen(error: BaseException) -> str:
    """A sentence on a fault of our own; what a developer needs goes into a file."""
    said = "This command has met a fault that nobody foresaw, and has stopped."
    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="upheaval-fault-", suffix=".txt", delete=False, encoding="utf-8"
        ) as file:
            file.writelines(traceback.format_exception(type(error), error, error.__traceback__))
    except OSError:
        return f"{said} Run: python start.py doctor"
    return f"{said} Please send this file to the people who keep the collection: {file.name}"


class Parser(argparse.ArgumentParser):
    """Reads a command line; one that cannot be read is told in a sentence."""

    def print_help(self, file: Any = None) -> None:
        """Print what can be said. Raises OSError where that cannot be written."""
        file = file or sys.stdout
        if file:
            file.write(self.format_help())
            file.flush()

    def error(self, message: str) -> NoReturn:
        """Say what cannot be read and where to look; ends with 2."""
        shown = f"{self.prog} --help".replace("python -m upheaval", "python start.py")
        words = message.replace("'", "").replace("argument ", "", 1)
        self.exit(2, f"This cannot be read: {words}. What can be said: {shown}\n")


def parser() -> argparse.ArgumentParser:
    """Every command with its options; each sets `run` to the function that does it."""
    top = Parser(prog="python -m upheaval", description=__doc__)
    commands = top.add_subparsers(metavar="command", required=True)
    add_computer(commands)
    add_page(commands)
    add_pages(commands)
    add_platforms(commands)
    add_class(commands)
    add_site(commands)
    add_addresses(commands)
    add_browser(commands)
    add_upkeep(commands)
    return top


def add_computer(commands: argparse._SubParsersAction[Parser]) -> None:
    """What is about this computer: its set-up, and JupyterLab on it."""
    command = commands.add_parser(
        "doctor", help="say what is wrong with this set-up, and the one thing to do"
    )
    command.set_defaults(run=run_doctor)

    command = commands.add_parser(
        "lab",
        help="open JupyterLab on lesson 00; further options go to JupyterLab",
        add_help=False,
        allow_abbrev=False,
    )
    command.add_argument(
        "--edition",
        choices=("student", "instructor"),
        default="student",
        help="student (the default) opens your own copies in my_lessons, without solutions",
    )
    command.set_defaults(run=run_lab)

    command = commands.add_parser(
        "fresh", help="bring lessons anew into my_lessons; what you made of them is kept beside"
    )
    command.add_argument("lesson", nargs="+", help="lessons by their numbers, for example 04")
    command.set_defaults(run=run_fresh)


def _out(command: Parser, usual: str) -> None:
    """Where a command writes to."""
    told = f"the file or folder to write to; by default {usual}"
    command.add_argument("--out", type=Path, help=told)


def add_page(commands: argparse._SubParsersAction[Parser]) -> None:
    """A lesson as a page or on paper, and the answers to all of them."""
    command = commands.add_parser(
        "page", help="write a lesson as one HTML file that works without a network"
    )
    command.add_argument(
        "notebook",
        type=Path,
        nargs="*",
        help="lessons by their numbers, for example 02, notebooks by their paths, or a folder",
    )
    command.add_argument(
        "--edition",
        choices=("student", "instructor"),
        default="student",
        help="student (the default) has no solutions and no notes for instructors",
    )
    command.add_argument(
        "--paper",
        action="store_true",
        help="a handout of at most four sheets, with its answers on a last one; also as a PDF",
    )
    command.add_argument(
        "--size", choices=("a4", "letter"), default="a4", help="with --paper: by default a4"
    )
    command.add_argument(
        "--answers", action="store_true", help="the answers to all lessons as one page"
    )
    command.add_argument(
        "--come-back",
        action="store_true",
        help="questions from all lessons, which come back after days and weeks, as one page",
    )
    command.add_argument(
        "--without",
        type=_names,
        default=[],
        help="parts to leave out, with commas between them, for example read,hood",
    )
    _out(command, "the working folder")
    command.set_defaults(run=run_page)


def add_class(commands: argparse._SubParsersAction[Parser]) -> None:
    """What students handed in, as one page."""
    command = commands.add_parser(
        "class", help="make one page, class.html, of the files that students handed in"
    )
    command.add_argument(
        "folder",
        type=Path,
        help="the folder, or the ZIP, that a course platform gave you; class.html goes into it",
    )
    command.set_defaults(run=run_class)


def add_pages(commands: argparse._SubParsersAction[Parser]) -> None:
    """What else is made of notebooks."""
    command = commands.add_parser(
        "pages", help="make one ZIP of all lessons as pages for students, who need only a browser"
    )
    _out(command, "axis-of-upheaval-pages.zip")
    command.set_defaults(run=run_pages)

    command = commands.add_parser(
        "refresh", help="run the notebooks and store anew the outputs that tests compare"
    )
    command.add_argument("notebook", type=Path, nargs="*", help="notebooks; by default all of them")
    command.set_defaults(run=run_refresh)


def add_platforms(commands: argparse._SubParsersAction[Parser]) -> None:
    """What course platforms take."""
    command = commands.add_parser(
        "questions", help="write the checks as a file that course platforms import, with answers"
    )
    command.add_argument(
        "form", choices=("gift", "qti"), help="gift for Moodle; qti (2.1) for Canvas and others"
    )
    command.add_argument("lesson", nargs="*", help="lessons by their numbers; by default all")
    _out(command, "the working folder")
    command.set_defaults(run=run_questions)

    command = commands.add_parser(
        "scorm", help="write lessons as packages that course platforms open (SCORM 2004)"
    )
    command.add_argument("lesson", nargs="*", help="lessons by their numbers; by default all")
    command.add_argument(
        "--plain",
        action="store_true",
        help="a ZIP with nothing but the page, for what takes no SCORM",
    )
    _out(command, "the working folder")
    command.set_defaults(run=run_scorm)


def add_site(commands: argparse._SubParsersAction[Parser]) -> None:
    """The site, and what opens its lessons with Python."""
    command = commands.add_parser(
        "site", help="build the site: two editions as pages that work from disk"
    )
    command.add_argument(
        "--out", type=Path, default=Path("site"), help="the folder to write to; by default site"
    )
    command.add_argument(
        "--edition", choices=("student", "instructor"), help="only this one; by default both"
    )
    _places(command)
    command.add_argument(
        "--browser",
        default="",
        metavar="ADDRESS",
        help="where what `browser` built will be, as an address or from an edition's first page:"
        " lessons lead there, and run code in their pages",
    )
    command.set_defaults(run=run_site)

    command = commands.add_parser(
        "open-in", help="print the links that open lessons on Binder, on a hub or in the browser"
    )
    _places(command)
    command.add_argument(
        "--browser", default="", metavar="ADDRESS", help="of the folder that `browser` wrote"
    )
    command.add_argument(
        "--edition",
        choices=("student", "instructor"),
        default="student",
        help="student (the default) opens the students' own copies",
    )
    command.set_defaults(run=run_open_in)


def add_addresses(commands: argparse._SubParsersAction[Parser]) -> None:
    """What a browser opens: a site on this computer, and the links that lead out of it."""
    command = commands.add_parser(
        "serve", help="show a site that was built, at an address of this computer"
    )
    command.add_argument(
        "folder",
        nargs="?",
        type=Path,
        default=Path("site/student"),
        help="the folder of an edition; by default site/student",
    )
    command.add_argument(
        "--port",
        type=_port,
        default=8000,
        help="by default 8000; where that is taken, any free one",
    )
    command.set_defaults(run=run_serve)

    command = commands.add_parser(
        "links", help="list the links that lead out; with --check, try each"
    )
    command.add_argument(
        "--check",
        action="store_true",
        help="try each address, and look for archived copies; needs a network",
    )
    command.set_defaults(run=run_links)


def _places(command: Parser) -> None:
    """Where lessons open live; there is no address that could be guessed."""
    command.add_argument(
        "--repository",
        default="",
        metavar="ADDRESS",
        help="of the git repository that students get: links to Binder are made",
    )
    command.add_argument("--branch", default="main", help="of that repository; by default main")
    command.add_argument(
        "--hub", default="", metavar="ADDRESS", help="of a JupyterHub: links to it are made"
    )


def add_browser(commands: argparse._SubParsersAction[Parser]) -> None:
    """The lessons with Python in the browser."""
    command = commands.add_parser(
        "browser",
        help="build the lessons with Python in the browser, for any server of files (JupyterLite)",
    )
    command.add_argument(
        "--out",
        type=Path,
        default=Path("browser"),
        help="the folder to write to; by default browser",
    )
    command.add_argument(
        "--local-pyodide",
        type=Path,
        metavar="FOLDER",
        help="the files of Pyodide, from a folder; by default they are fetched",
    )
    command.set_defaults(run=run_browser)


def _names(text: str) -> list[str]:
    """Names with commas between them."""
    return [name.strip().lower() for name in text.split(",") if name.strip()]


def _port(text: str) -> int:
    """A port by its number. Raises ``ArgumentTypeError``."""
    if not (text.isascii() and text.isdigit() and int(text) < 2**16):
        raise argparse.ArgumentTypeError(f"{text} is no port; they are numbers up to 65535")
    return int(text)


def add_upkeep(commands: argparse._SubParsersAction[Parser]) -> None:
    """What an author or a developer runs after an edit."""
    command = commands.add_parser(
        "bundle", help="make the scripts of the pages anew from their TypeScript; for developers"
    )
    command.add_argument(
        "--outlines", action="store_true", help="cut the map's outlines anew instead (network)"
    )
    command.set_defaults(run=run_bundle)

    command = commands.add_parser(
        "changed", help="after an edit of a table or a word: which sentences of the unit change"
    )
    command.add_argument(
        "lesson",
        nargs="*",
        help="only these lessons, by number, for example 02; by default all",
    )
    command.set_defaults(run=run_changed)

    command = commands.add_parser(
        "validate", help="check the tables and the words of the lessons, and name every problem"
    )
    command.add_argument("folder", nargs="?", type=Path, help="another folder with the same tables")
    command.add_argument(
        "--mend",
        action="store_true",
        help="show what a spreadsheet program has changed, and put it back if you agree",
    )
    command.add_argument("--yes", action="store_true", help="with --mend: do not ask")
    command.add_argument(
        "--rules",
        action="store_true",
        help="write the list of the schema's rules anew, after a change of them that is meant",
    )
    command.set_defaults(run=run_validate)


def prefer_own_kernel() -> None:
    """Let Jupyter take the kernel python3 of this Python, where a user has another so named."""
    own, before = os.path.join(sys.prefix, "share", "jupyter"), os.environ.get("JUPYTER_PATH", "")
    if before.split(os.pathsep)[0] != own:
        os.environ["JUPYTER_PATH"] = os.pathsep.join([own, before] if before else [own])


def run_doctor(given: argparse.Namespace) -> int:
    """Print the examination; 1 if something has to be done."""
    findings = doctor.examine()
    print(doctor.summary(findings))
    return int(any(finding.level == "problem" for finding in findings))


def run_lab(given: argparse.Namespace) -> int:
    """Start JupyterLab on the first lesson of an edition, with nothing asked of the network.

    1, with the reason, if JupyterLab or the lessons are not there.
    """
    try:
        from jupyterlab.labapp import main as lab
    except ImportError:
        print(doctor.summary(doctor.examine()), file=sys.stderr)
        return 1
    from upheaval import copies

    try:
        folder = _lessons_of(given.edition)
    except copies.CopyError as error:
        print(error, file=sys.stderr)
        return 1
    # Lessons are saved whole, and no box asks about news.
    paths = [str(JUPYTER), *os.environ.get("JUPYTER_CONFIG_PATH", "").split(os.pathsep)]
    os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join(path for path in paths if path)
    options = [
        "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]
    # Without it, the file browser would show the folder of the lessons only.
    top = ROOT if folder.parent == ROOT else folder
    options.append(f"--ServerApp.root_dir={top}")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        options.append(
            "--allow-root"
        )  # in a container the student is root, and Jupyter would refuse to start
    words = _opened(folder / copies.lessons(ROOT)[0].name, top, given.rest)
    sys.argv = ["jupyter-lab", *options, *words]
    lab()
    return 0


def _opened(first: Path, top: Path, words: list[str]) -> list[str]:
    """The `words` for JupyterLab, which open the notebook in them, or else the lesson `first`.

    By an address, if it is below the folder `top`: a notebook to run is handed to the browser as a
    file that leads there, and so is an address. On Linux a browser may see another disk (Ubuntu's
    from snap, one of flatpak, Windows' own in WSL), so there it is handed the address itself.
    """
    named = [word for word in words if word.endswith(".ipynb") and not word.startswith("-")]
    lesson = Path(os.path.abspath(named[0])) if named else first
    said = any("use_redirect_file" in word for word in words)
    given = ["--ServerApp.use_redirect_file=False"] if sys.platform == "linux" and not said else []
    if not lesson.is_file() or top not in lesson.parents:
        return [*given, *words]
    address = quote(lesson.relative_to(top).as_posix())
    others = [word for word in words if word not in named[:1]]
    return [*given, f"--LabApp.default_url=/lab/tree/{address}", *others]


def _lessons_of(edition: str) -> Path:
    """The folder whose lessons are opened; the student's is brought up to date, and told of.

    Raises `copies.CopyError`.
    """
    from upheaval import copies

    if edition == "student":
        folder = copies.prepare(ROOT)
        for sentence in folder.told:
            print(sentence, flush=True)
        return folder.path
    if not copies.holds_solutions(ROOT):
        raise copies.CopyError(
            "This copy of the collection is the students': it holds no solutions and no notes for"
            " instructors. Start it without --edition, or take a copy with both editions."
        )
    return ROOT / "notebooks"


def run_fresh(given: argparse.Namespace) -> int:
    """Bring lessons anew; 1, with the reason, if one cannot be brought."""
    from upheaval import copies

    try:
        print(*copies.fresh(ROOT, given.lesson), sep="\n")
    except copies.CopyError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def run_page(given: argparse.Namespace) -> int:
    """Write the pages; 1, with lesson, cell and reason, if one of them could not be made."""
    from upheaval.publish import execution

    notebooks = [path for one in given.notebook for path in _lessons_in(one)]
    books = given.answers + given.come_back
    if not notebooks and not books:
        print("Name a lesson by its number, for example: python start.py page 02", file=sys.stderr)
        return 2
    if len(notebooks) + books > 1 and not _made_folder(given.out):
        return 1
    try:
        _write_pages(notebooks, given)
    except execution.PageError as error:
        print(f"No page was written. {error}", file=sys.stderr)
        return 1
    return 0


def _write_pages(notebooks: list[Path], given: argparse.Namespace) -> None:
    """Write what was asked for, and say of each file that it is there. Raises `PageError`."""
    from upheaval.publish import answers, come_back_page, page, paper, parts

    also = [paper.ANSWERS] if given.paper else []
    parts.look_first(notebooks, given.without, also)
    for notebook in notebooks:
        if not given.paper:
            print(f"Written: {page.build(notebook, given.edition, given.out, given.without)}")
            continue
        written = paper.build(notebook, given.out, given.size, given.without)
        print(f"Written: {written.html}")
        print(f"Written: {written.pdf}" if written.pdf else paper.chromium.NONE)
    if given.answers:
        print("Answering all lessons. The first time takes a minute or two.", flush=True)
        print(f"Written: {answers.build(given.out)}")
    if given.come_back:
        print(f"Written: {come_back_page.build(given.out)}")


def _made_folder(out: Path | None) -> bool:
    """Whether several pages have a folder to go to; says why not."""
    if out is None or out.is_dir():
        return True
    try:
        out.mkdir(parents=True)
    except OSError as error:
        print(
            f"{out} is no folder, and none can be made there: {os_errors.reason(error)}."
            " Several pages need one. Name another place with --out.",
            file=sys.stderr,
        )
        return False
    return True


def run_pages(given: argparse.Namespace) -> int:
    """Make the ZIP of all pages; 1, with the reason, if it could not be made."""
    from upheaval.publish import archive, execution

    print("Making the pages of all lessons. The first time takes a minute or two.", flush=True)
    try:
        print(f"Written: {archive.build(given.out)}")
    except execution.PageError as error:
        print(f"No ZIP was written; one that was there is as it was. {error}", file=sys.stderr)
        return 1
    return 0


def run_class(given: argparse.Namespace) -> int:
    """Make the page of a class; 1, with the reason, if it could not be made."""
    from upheaval.classroom import page
    from upheaval.publish import execution

    print("Reading the files. Questions and keys take some seconds.", flush=True)
    try:
        written = page.build(given.folder)
    except execution.PageError as error:
        print(f"No page was written. {error}", file=sys.stderr)
        return 1
    found = written.found
    for problem in found.problems:
        print(problem)
    files = len(found.files)
    if not files:
        print(
            "No file with answers was found. Students hand in the file of *Save my work as a file*:"
            " its name ends in .json."
        )
    print(f"Written: {written.path} ({files} file{'' if files == 1 else 's'} in it)")
    print("Open it in a browser. It holds names and solutions: give it to nobody.")
    return 0


def run_questions(given: argparse.Namespace) -> int:
    """Write the questions of lessons; 1, with the reason, if the file could not be written."""
    from upheaval.publish import execution, platforms

    try:
        written = platforms.build(given.form, given.lesson, given.out)
    except execution.PageError as error:
        print(f"No file was written; one that was there is as it was. {error}", file=sys.stderr)
        return 1
    print(f"Written: {written.path} ({written.questions} questions, with their answers)")
    if written.left_out:
        print(
            f"Left out: {', '.join(written.left_out)}. A platform has no question of this kind, and"
            " checks under the hood need the notebook; they stay in the lessons."
        )
    return 0


def run_scorm(given: argparse.Namespace) -> int:
    """Write packages of lessons; 1, with the reason, if one of them could not be made."""
    from upheaval.publish import execution
    from upheaval.publish.platforms import scorm

    if len(given.lesson) != 1:
        if not _made_folder(given.out):
            return 1
        print("Making the packages. The first time takes a minute or two.", flush=True)
    try:
        for path in scorm.build(given.lesson, given.out, given.plain):
            print(f"Written: {path}")
    except execution.PageError as error:
        print(f"No further package was written. {error}", file=sys.stderr)
        return 1
    return 0


def _lessons_in(path: Path) -> list[Path]:
    """The lesson of a number, the lessons of a folder, or the notebook that was named."""
    named = path.name if path.parent == Path() and path.name.isdigit() else ""
    if named and not path.exists():
        found = sorted((ROOT / "notebooks").glob(f"{named.zfill(2)}_*.ipynb"))
        return found or [path]
    return _in_folder(path)


def _in_folder(path: Path) -> list[Path]:
    """The lessons in a folder, or what was named where it is none or holds none."""
    return sorted(path.glob("[0-9][0-9]_*.ipynb")) or [path]


def run_site(given: argparse.Namespace) -> int:
    """Build the site; 1, with the reason, if something is broken: the old site then stays."""
    from upheaval.publish import editions, open_in, site

    wanted = [given.edition] if given.edition else editions.EDITIONS
    try:
        places = open_in.Places(given.repository, given.branch, given.hub)
        for folder in site.build(given.out, wanted, places=places, browser=given.browser):
            print(f"Written: {folder / 'index.html'}")
    except (open_in.AddressError, site.SiteError) as error:
        print(f"No site was written; one that was there is as it was. {error}", file=sys.stderr)
        return 1
    return 0


def run_open_in(given: argparse.Namespace) -> int:
    """Print links to all lessons as a list in Markdown; 1, with the reason, if there are none."""
    from upheaval.publish import execution, open_in, page

    try:
        places = open_in.Places(given.repository, given.branch, given.hub, given.browser)
        lessons = [(path.name, page.title(execution.read(path))) for path in execution.lessons()]
    except (open_in.AddressError, execution.PageError) as error:
        print(f"No links were made. {error}", file=sys.stderr)
        return 1
    if not places.links(lessons[0][0], given.edition):
        print(
            "No links were made: say where the lessons are. For example: python start.py open-in"
            " --repository https://github.com/ORGANISATION/NAME --hub https://hub.school.org",
            file=sys.stderr,
        )
        return 1
    print(open_in.listed(places, lessons, given.edition))
    return 0


def run_browser(given: argparse.Namespace) -> int:
    """Build the site with Python in the browser; 1, with the reason: the old one then stays."""
    from upheaval.publish import browser, execution, site

    print("Building. The first time, Python for browsers is fetched.", flush=True)
    try:
        first = browser.build(given.out, given.local_pyodide)
    except (site.SiteError, execution.PageError) as error:
        print(f"No site was written; one that was there is as it was. {error}", file=sys.stderr)
        return 1
    print(f"Written: {first}")
    print(f"From a file it does not run. To see it here: python start.py serve {first.parent}")
    return 0


def run_serve(given: argparse.Namespace) -> int:
    """Serve a folder to this computer only, until Ctrl+C; 1 if there is no site in it."""
    from upheaval.publish import serving

    if not (given.folder / "index.html").is_file():
        print(
            f"There is no site in {given.folder}. {_where_a_site_is(given.folder)}", file=sys.stderr
        )
        return 1
    try:
        server = serving.server(given.folder, given.port)
    except OSError as error:
        print(
            f"This computer gives no address to serve at: {os_errors.reason(error)}. The pages"
            f" need none: open {given.folder / 'index.html'} in a browser.",
            file=sys.stderr,
        )
        return 1
    with server:
        print(
            f"Open http://127.0.0.1:{server.server_port}/ in a browser. Ctrl+C ends it.", flush=True
        )
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print("\nThe site is no longer served.")
    return 0


def _where_a_site_is(folder: Path) -> str:
    """What to do where a folder to serve holds no site."""
    for near in (folder / "student", folder / "instructor"):
        if (near / "index.html").is_file():
            return f"There is one in it: python start.py serve {near}"
    return "Build one first: python start.py site"


def run_links(given: argparse.Namespace) -> int:
    """Bring the list of links up to date and print it; 1 if it cannot be, with the reason."""
    from collections import Counter
    from datetime import date

    from upheaval.publish import execution, links

    try:
        links.look_first()
        found = links.listed()
        if given.check:
            print(f"Trying {len(found)} addresses. This takes some minutes.", flush=True)
            found = links.check(found, date.today())
        links.write(found)
    except (links.NoNetwork, links.LinksError, execution.PageError) as error:
        print(error, file=sys.stderr)
        return 1
    count = Counter(one.state for one in found)
    for state, meaning in links.STATES.items():
        print(f"{count[state]:5}  {state}: {meaning}")
    for one in found:
        if one.state == "gone":
            print(f"gone: {one.url}{f' (a copy: {one.archive})' if one.archive else ''}")
    print(f"The list: {links.LIST}")
    return 0


def run_refresh(given: argparse.Namespace) -> int:
    """Store the compared outputs anew, and what is made of the words; 1 if a notebook fails."""
    from upheaval.lessons import frames
    from upheaval.publish import execution, sources

    for notebook in [
        path for one in given.notebook or [ROOT / "notebooks"] for path in _in_folder(one)
    ]:
        try:
            changed = sources.refresh(notebook)
        except execution.PageError as error:
            print(f"Not refreshed. {error}", file=sys.stderr)
            return 1
        print(f"{notebook.name}: {'outputs stored anew' if changed else 'as it was'}")
    print(f"{frames.PAGE.name}: {'made anew' if frames.write() else 'as it was'}")
    return 0


def run_bundle(given: argparse.Namespace) -> int:
    """Make widgets/dist/ or the outlines anew; 1, with the reason, if something is missing."""
    from upheaval import bundle, outlines

    try:
        outlines.make() if given.outlines else bundle.make()
    except (bundle.BundleError, OSError) as error:
        said = os_errors.sentence(error) if isinstance(error, OSError) else error
        print(f"Nothing was bundled. {said}", file=sys.stderr)
        return 1
    print(f"Written: {outlines.MADE if given.outlines else bundle.DIST}")
    return 0


def run_changed(given: argparse.Namespace) -> int:
    """Print the sentences that differ from the recorded ones; 1 if any, or if nothing is there."""
    # The record belongs to the tests, and so does the code that reads it: it also reads trees that
    # lack this command.
    tests = ROOT / "tests"
    if not (tests / "net" / "changed.py").is_file():
        print(
            "This copy has no folder tests/net, which holds the sentences to compare with. Take a"
            " whole copy of the collection.",
            file=sys.stderr,
        )
        return 1
    sys.path.insert(0, str(tests))
    changed = importlib.import_module("net.changed")
    code: int = changed.main(given.lesson)
    return code


def run_validate(given: argparse.Namespace) -> int:
    """Print every problem of data and words, after mending if that is asked; 1 if there is any.

    Words are computed from the tables, so nothing is asked of them while these have problems.
    """
    from upheaval.facts import validate

    if given.rules:
        _list_rules(given.folder)
    unwritten = given.mend and not _mend(given.folder, given.yes)
    report = validate.examine(given.folder)
    problems = list(report.problems)
    if not problems and given.folder is None:
        from upheaval.lessons import schema

        problems += schema.check()
    for problem in problems:
        print(problem)
    for file, changes in report.changes.items():
        print(f"{file}: was read, though a spreadsheet program has changed it:")
        for change in changes:
            print(f"  {change}")
    if report.changes:
        print("`python start.py validate --mend` writes this back as the collection has it.")
    count = len(problems)
    print("No problem found." if not count else f"{count} problem{'s' if count > 1 else ''} found.")
    if report.unasked:
        print(
            "More may follow: the rules that look across rows and tables were not asked yet of"
            f" {', '.join(report.unasked)}. Mend what is named here, then run validate again."
        )
    return int(bool(problems) or unwritten)


def _list_rules(folder: Path | None) -> None:
    """Write the list of the schema's rules anew, and say what is other than it was.

    Raises OSError. Of a schema that cannot be read nothing is written: what follows tells it.
    """
    from upheaval.facts import kept_rules, tables
    from upheaval.facts.problems import DataProblem
    from upheaval.widgets.core import files

    home = tables.located(folder)
    try:
        package = tables.package(home)
    except DataProblem:
        return
    changes = kept_rules.changes(package, home)
    files.write_whole(home / kept_rules.LIST, kept_rules.text(package))
    print(*(changes or ["No rule has changed."]), sep="\n")
    print(f"Written: {home / kept_rules.LIST}")


def _mend(folder: Path | None, agreed: bool) -> bool:
    """Show what can be put back in the tables, ask, and write it; the old files are kept.

    False where a file could not be written.
    """
    from upheaval.facts import mend
    from upheaval.facts.problems import DataProblem

    try:
        plan = mend.plan(folder)
    except DataProblem:
        return True  # the examination that follows says what is wrong with the schema
    if not plan:
        print("Nothing to put back: no table shows the marks of a spreadsheet program.")
        return True
    print("This would be put back:")
    for mending in plan:
        print("\n".join(mending.lines()))
    ready = [mending for mending in plan if not mending.held]
    if ready and not agreed and not _agreed(len(ready)):
        print("Nothing was written. With --yes it is written without a question.")
        return True
    written = True
    for mending in ready:
        try:
            kept = mend.write(mending)
        except OSError as error:
            written = False
            print(
                f"{mending.path.name} is as it was, for it could not be written:"
                f" {os_errors.reason(error)}. {os_errors.way_out(error)}",
                file=sys.stderr,
            )
        else:
            print(f"Written: {mending.path}. The file as it was: {kept.name}")
    return written


def _agreed(count: int) -> bool:
    """Whether the person at the keyboard says yes; nobody at the keyboard is a no."""
    files = "this file" if count == 1 else f"these {count} files"
    try:
        answer = input(f"Write {files}? The old ones are kept. [y/N] ")
    except EOFError:
        print()
        return False
    return answer.strip().lower() in ("y", "yes")


if __name__ == "__main__":
    sys.exit(main())
