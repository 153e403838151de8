"""The command line of the collection: `python -m upheaval`, and then the word for what to do."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from pathlib import Path

from upheaval import doctor

ROOT = Path(__file__).resolve().parents[2]
#: Settings for Jupyter; `start.py` puts them into its environment as well.
JUPYTER = ROOT / "utils" / "upheaval" / "jupyter"


def main(arguments: list[str] | None = None) -> int:
    """Do what the command line says.

    Gives the exit code: 0 is well, 1 is a problem, 2 an unknown word.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(
                errors="backslashreplace"
            )  # a console that lacks the letters of a path
    given, rest = parser().parse_known_args(arguments)
    if rest and given.run is not run_lab:
        parser().error("unknown words: " + " ".join(rest))
    given.rest = rest
    code: int = given.run(given)
    return code


def parser() -> argparse.ArgumentParser:
    """Every command with its options; each sets `run` to the function that does it."""
    top = argparse.ArgumentParser(prog="python -m upheaval", description=__doc__)
    commands = top.add_subparsers(metavar="command", required=True)
    add_computer(commands)
    add_pages(commands)
    add_site(commands)
    add_upkeep(commands)
    return top


def add_computer(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
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


def add_pages(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """What is made of notebooks."""
    command = commands.add_parser(
        "page", help="write a lesson as one HTML file that works without a network"
    )
    command.add_argument(
        "notebook",
        type=Path,
        nargs="+",
        help="a notebook, for example notebooks/02_a_timeline.ipynb, or a folder of them",
    )
    command.add_argument(
        "--edition",
        choices=("student", "instructor"),
        default="student",
        help="student (the default) has no solutions and no notes for instructors",
    )
    command.add_argument(
        "--out", type=Path, help="the file or folder to write to; by default the working folder"
    )
    command.set_defaults(run=run_page)

    command = commands.add_parser(
        "refresh", help="run the notebooks and store anew the outputs that tests compare"
    )
    command.add_argument("notebook", type=Path, nargs="*", help="notebooks; by default all of them")
    command.set_defaults(run=run_refresh)


def add_site(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The site, and the addresses in it."""
    command = commands.add_parser(
        "site", help="build the site: two editions as pages that work from disk"
    )
    command.add_argument(
        "--out", type=Path, default=Path("site"), help="the folder to write to; by default site"
    )
    command.add_argument(
        "--edition", choices=("student", "instructor"), help="only this one; by default both"
    )
    command.set_defaults(run=run_site)

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
        "--port", type=int, default=8000, help="by default 8000, or the next one that is free"
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


def add_upkeep(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """What an author or a developer runs after an edit."""
    command = commands.add_parser(
        "bundle", help="make the scripts of the pages anew from their TypeScript; for developers"
    )
    command.set_defaults(run=run_bundle)

    command = commands.add_parser(
        "changed", help="after an edit of a table: which sentences of the unit change"
    )
    command.add_argument(
        "lesson",
        nargs="*",
        help="only these lessons, by number, for example 02; by default all",
    )
    command.set_defaults(run=run_changed)

    command = commands.add_parser(
        "validate", help="check the tables in data/ and name every problem"
    )
    command.add_argument("folder", nargs="?", type=Path, help="another folder with the same tables")
    command.add_argument(
        "--mend",
        action="store_true",
        help="show what a spreadsheet program has changed, and put it back if you agree",
    )
    command.add_argument("--yes", action="store_true", help="with --mend: do not ask")
    command.set_defaults(run=run_validate)


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
    options.append(f"--ServerApp.root_dir={ROOT if folder.parent == ROOT else folder}")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        options.append(
            "--allow-root"
        )  # in a container the student is root, and Jupyter would refuse to start
    first = folder / copies.lessons(ROOT)[0].name
    if first.is_file() and not any(word.endswith(".ipynb") for word in given.rest):
        options.append(str(first))
    sys.argv = ["jupyter-lab", *options, *given.rest]
    lab()
    return 0


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
    from upheaval.publish import execution, page

    notebooks = [
        path
        for one in given.notebook
        for path in (sorted(one.glob("[0-9][0-9]_*.ipynb")) or [one] if one.is_dir() else [one])
    ]
    if len(notebooks) > 1 and given.out and not given.out.is_dir():
        try:
            given.out.mkdir()
        except OSError:
            print(
                f"{given.out} is no folder, and none can be made there. Several pages need one.",
                file=sys.stderr,
            )
            return 1
    for notebook in notebooks:
        try:
            print(f"Written: {page.build(notebook, given.edition, given.out)}")
        except execution.PageError as error:
            print(f"No page was written. {error}", file=sys.stderr)
            return 1
    return 0


def run_site(given: argparse.Namespace) -> int:
    """Build the site; 1, with the reason, if something is broken: the old site then stays."""
    from upheaval.publish import editions, site

    try:
        for folder in site.build(
            given.out, [given.edition] if given.edition else editions.EDITIONS
        ):
            print(f"Written: {folder / 'index.html'}")
    except site.SiteError as error:
        print(f"No site was written; one that was there is as it was. {error}", file=sys.stderr)
        return 1
    return 0


def run_serve(given: argparse.Namespace) -> int:
    """Serve a folder to this computer only, until Ctrl+C; 1 if there is no site in it."""
    from upheaval.publish import serving

    if not (given.folder / "index.html").is_file():
        print(
            f"There is no site in {given.folder}. Build one first: python start.py site",
            file=sys.stderr,
        )
        return 1
    with serving.server(given.folder, given.port) as server:
        print(
            f"Open http://127.0.0.1:{server.server_port}/ in a browser. Ctrl+C ends it.", flush=True
        )
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print()
    return 0


def run_links(given: argparse.Namespace) -> int:
    """Bring the list of links up to date and print it; 1 if there is no network to try them."""
    from collections import Counter
    from datetime import date

    from upheaval.publish import links

    found = links.listed()
    if given.check:
        print(f"Trying {len(found)} addresses. This takes some minutes.", flush=True)
        try:
            found = links.check(found, date.today())
        except links.NoNetwork as error:
            print(error, file=sys.stderr)
            return 1
    links.write(found)
    count = Counter(one.state for one in found)
    for state, meaning in links.STATES.items():
        print(f"{count[state]:5}  {state}: {meaning}")
    for one in found:
        if one.state == "gone":
            print(f"gone: {one.url}{f' (a copy: {one.archive})' if one.archive else ''}")
    print(f"The list: {links.LIST}")
    return 0


def run_refresh(given: argparse.Namespace) -> int:
    """Store the compared outputs anew; 1 if a notebook fails."""
    from upheaval.publish import execution, sources

    for notebook in given.notebook or sorted((ROOT / "notebooks").glob("*.ipynb")):
        try:
            changed = sources.refresh(notebook)
        except execution.PageError as error:
            print(f"Not refreshed. {error}", file=sys.stderr)
            return 1
        print(f"{notebook.name}: {'outputs stored anew' if changed else 'as it was'}")
    return 0


def run_bundle(given: argparse.Namespace) -> int:
    """Make widgets/dist/ anew; 1, with the reason, if something is missing or broken."""
    from upheaval import bundle

    try:
        bundle.make()
    except bundle.BundleError as error:
        print(f"Nothing was bundled. {error}", file=sys.stderr)
        return 1
    print(f"Written: {bundle.DIST}")
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
    """Print every problem of the data, after mending if that is asked; 1 if there is any."""
    from upheaval.facts import validate

    if given.mend:
        _mend(given.folder, given.yes)
    report = validate.examine(given.folder)
    for problem in report.problems:
        print(problem)
    for file, changes in report.changes.items():
        print(f"{file}: was read, though a spreadsheet program has changed it:")
        for change in changes:
            print(f"  {change}")
    if report.changes:
        print("`python start.py validate --mend` writes this back as the collection has it.")
    count = len(report.problems)
    print("No problem found." if not count else f"{count} problem{'s' if count > 1 else ''} found.")
    if report.unasked:
        print(
            "More may follow: the rules that look across rows and tables were not asked yet of"
            f" {', '.join(report.unasked)}. Mend what is named here, then run validate again."
        )
    return int(bool(report.problems))


def _mend(folder: Path | None, agreed: bool) -> None:
    """Show what can be put back in the tables, ask, and write it; the old files are kept."""
    from upheaval.facts import mend
    from upheaval.facts.problems import DataProblem

    try:
        plan = mend.plan(folder)
    except DataProblem:
        return  # the examination that follows says what is wrong with the schema
    if not plan:
        print("Nothing to put back: no table shows the marks of a spreadsheet program.")
        return
    print("This would be put back:")
    for mending in plan:
        print("\n".join(mending.lines()))
    ready = [mending for mending in plan if not mending.held]
    if ready and not agreed and not _agreed(len(ready)):
        print("Nothing was written. With --yes it is written without a question.")
        return
    for mending in ready:
        try:
            kept = mend.write(mending)
        except OSError as error:
            reason = error.strerror or error
            print(f"{mending.path.name} could not be written ({reason}). It is as it was.")
        else:
            print(f"Written: {mending.path}. The file as it was: {kept.name}")


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
