"""A class that runs a lesson on a real JupyterHub, all at once; writes the tables of docs/hubs.md.

    python benchmarks/hub.py                    twenty students and lesson 02, some minutes
    python benchmarks/hub.py --students 3 --print   fewer, and no document is changed
    python benchmarks/hub.py --tables           write the tables anew from what was measured

Everything runs on this computer: the hub, its proxy, a server and a kernel for each student, and
the students themselves, who use the interfaces that JupyterLab uses. The first run makes an
environment in .cache/hub-venv, from requirements-hub.txt, and npm fetches the proxy; after that
nothing is asked of the network. It ends with 1, and writes nothing, where a student did not come to
the end or lost a word. Who waited longer than the bound is counted in the table.
"""

from __future__ import annotations

import argparse
import asyncio
import copy
import json
import os
import platform
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from importlib import metadata
from pathlib import Path
from typing import Any

import hub_costs
import results
from hub_server import FOLDER, PROXY, VERSIONS, Hub, Repository, held
from hub_student import Kernel, Student, Visit
from timing import ROOT

# isort: split
from upheaval.publish import execution, site_content

STORED = Path(__file__).resolve().parent / "hub.json"
DOCUMENT = ROOT / "docs" / "hubs.md"
#: Seconds that no student may wait from the link to the first chart, with ten students a processor
#: who all begin at once: thirty for each of the ten.
BOUND = 300
WORK = "notebooks/my_work.json"
NOT_YET = "**Not measured yet.** `benchmarks/hub.py` measures it, and writes the table."
Json = Any


async def at_once(students: Sequence[Student], number: str) -> list[Visit]:
    """All `students` press the link to a lesson in the same moment, and run it."""
    return list(await asyncio.gather(*(one.visit(number) for one in students)))


def measured(hub: Hub, visits: Sequence[Visit]) -> results.Table:
    """What the `visits` took, in seconds, MB and seconds of processor time."""
    servers = hub.servers()
    memory = [held(servers[visit.name]) for visit in visits]
    table = results.Table(
        f"{len(visits)} students at once", [results.Column("each: median (range)", 1)]
    )
    for row, what in (
        ("server", "from the link to a server of one's own, s"),
        ("pulled", "to the lessons fetched by nbgitpuller, s"),
        ("lesson", "to the student's own copy, s"),
        ("chart", "to the first chart, s"),
        ("ran", "to the end of all cells, s"),
    ):
        table.add(what, [visit.seconds[row] for visit in visits])
    late = sum(visit.seconds["chart"] > BOUND for visit in visits)
    table.add(f"students without a chart after {BOUND} s", late)
    table.add("connections made again", sum(visit.reconnected for visit in visits))
    table.add("longest wait for one cell, s", [visit.longest for visit in visits])
    table.add("memory of a student's server, MB", [server for server, _, _ in memory])
    table.add("memory of its kernel, MB", [kernel for _, kernel, _ in memory])
    table.add("both, MB", [server + kernel for server, kernel, _ in memory])
    table.add("processor time of both, s", [seconds for _, _, seconds in memory])
    table.add("sent by the kernel, MB", [visit.received / 1e6 for visit in visits])
    return table


def problems(hub: Hub, repository: Repository, visits: Sequence[Visit]) -> list[str]:
    """Who did not come to the end, or has not what was written, as sentences."""
    found = []
    for visit in visits:
        found += [f"{visit.name}: {error}" for error in visit.errors]
        if "chart" not in visit.seconds:
            found.append(f"{visit.name} had no chart.")
        path = hub.homes / visit.name / repository.name / WORK
        if not path.exists() or f"Written by {visit.name}" not in path.read_text("utf-8"):
            found.append(f"{visit.name}: what was written is not in {path}.")
    return found


async def after_restart(students: Sequence[Student], visits: Sequence[Visit]) -> None:
    """Every student's kernel answers as before; the first finds the work in a new server too.

    Raises ``RuntimeError`` where that is not so.
    """
    for student, visit in zip(students, visits, strict=True):
        kernels = json.loads((await student.ask("GET", f"user/{student.name}/api/kernels")).body)
        if visit.kernel not in [one["id"] for one in kernels]:
            raise RuntimeError(f"{student.name}: the kernel has gone with the hub.")
    first, before = students[0], visits[0]
    await first.leave()
    await first.sign_in()
    body = {"path": before.path, "name": "", "type": "notebook", "kernel": {"name": "python3"}}
    session = json.loads((await first.ask("POST", f"user/{first.name}/api/sessions", body)).body)
    kernel = await Kernel.of(first, session["kernel"]["id"])
    again = Visit(first.name)
    await kernel.run_all(await first.notebook(before.path), again, lambda _what: None)
    kernel.connection.close()
    if again.errors or f"Written by {first.name}" not in json.dumps(kernel.models):
        raise RuntimeError(f"{first.name}: the answer did not come back. {again.errors}")


async def pulled_again(repository: Repository, changing: Student, reading: Student) -> None:
    """A student edits a lesson, a new version changes the same cell, and the link is pressed again.

    Raises ``RuntimeError`` where an edit is lost, or a student who changed nothing has not the new
    version.
    """
    path = await changing.open("02")
    own = await changing.notebook(path)
    own["cells"][0]["source"] = "# My own title"
    await changing.save(path, own)
    given = f"{repository.name}/notebooks/{Path(path).name}"  # where nobody is led to
    other = copy.deepcopy(await changing.notebook(given))
    other["cells"][0]["source"] = "# My title in the wrong folder"
    await changing.save(given, other)
    notebooks = {one: execution.read(one) for one in execution.lessons()}
    (timeline,) = (one for one in notebooks if one.name == Path(path).name)
    notebooks[timeline].cells[0].source = "# A newer title"
    newer = site_content.collection(notebooks, "student")[f"notebooks/{timeline.name}"]
    (repository.work / "notebooks" / timeline.name).write_bytes(newer)
    repository.publish("A newer title")
    for student in (changing, reading):
        await student.pull()
        await student.open("02")
    for student, place, wanted in (
        (changing, path, "# My own title"),
        (changing, given, "# My title in the wrong folder"),
        (reading, path, "# A newer title"),
        (reading, given, "# A newer title"),
    ):
        found = "".join((await student.notebook(place))["cells"][0]["source"])
        if found != wanted:
            raise RuntimeError(f"{student.name}: {place} says “{found}” and not “{wanted}”.")


def circumstances(number: str) -> dict[str, Json]:
    """When, where and with what it was measured."""
    (site,) = FOLDER.glob("lib/python*/site-packages")
    found = {one.metadata["Name"]: one.version for one in metadata.distributions(path=[str(site)])}
    name, _, version = PROXY.partition("@")
    return {
        "measured": date.today().isoformat(),
        "lesson": number,
        "processors": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1),
        "system": platform.system(),
        "versions": {
            "Python": platform.python_version(),
            **{one: found[one] for one in VERSIONS},
            name: version,
        },
    }


def described(around: dict[str, Json]) -> str:
    """The circumstances of a measurement, in a sentence."""
    versions = ", ".join(f"{name} {version}" for name, version in around["versions"].items())
    how = f"Measured with lesson {around['lesson']}"
    return results.sentence(how, around["measured"], around, versions)


def documented(text: str, stored: dict[str, Json] | None) -> str:
    """The text of docs/hubs.md with the tables that follow from what is `stored`, if anything."""
    tables = dict.fromkeys(("hub", "ten-thousand"), NOT_YET)
    if stored:
        tables["hub"] = f"{described(stored)}\n\n{results.render(stored['table'])}"
        tables["ten-thousand"] = hub_costs.table(hub_costs.Measured.of(stored))
    for name, block in tables.items():
        begin, end = f"<!-- {name}: written by benchmarks/hub.py -->", f"<!-- end of {name} -->"
        before, _, rest = text.partition(begin)
        after = rest.partition(end)[2]
        text = f"{before}{begin}\n\n{block}\n\n{end}{after}"
    return text


def stored() -> dict[str, Json] | None:
    """What was measured last, if anything was."""
    found: dict[str, Json] | None = None
    if STORED.exists():
        found = json.loads(STORED.read_text(encoding="utf-8"))
    return found


def run(students: int, number: str) -> dict[str, Json]:
    """Do it all once; gives what is stored. Raises ``RuntimeError`` where something was lost."""
    with tempfile.TemporaryDirectory(prefix="hub-") as name:
        folder = Path(name)
        repository = Repository(folder / "repository")
        hub = Hub(folder, repository)
        try:
            around = circumstances(number)
            everyone = [Student(hub, repository, f"s{at + 1:02}") for at in range(students)]
            visits = asyncio.run(at_once(everyone, number))
            print(f"{students} students have run lesson {number}.", file=sys.stderr, flush=True)
            table = measured(hub, visits)
            found = problems(hub, repository, visits)
            print(results.render(asdict(table)), *found, sep="\n", file=sys.stderr, flush=True)
            table.add("restart of the hub, s", hub.restart())
            asyncio.run(after_restart(everyone, visits))
            found += [one for one in problems(hub, repository, visits) if one not in found]
            asyncio.run(pulled_again(repository, everyone[0], everyone[-1]))
            opened = hub_costs.front_end(hub, everyone[-1].name, visits[-1].path)
        finally:
            hub.stop()
    if found:
        raise RuntimeError("\n".join(found))
    return around | {"front end": opened, "others": hub_costs.others(), "table": asdict(table)}


def main() -> int:
    """Do what the command line says; 1 where something went wrong."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--students", type=int, default=20, help="by default 20")
    parser.add_argument("--lesson", default="02", help="by default 02")
    parser.add_argument("--print", action="store_true", help="change no file")
    parser.add_argument("--tables", action="store_true", help="measure nothing")
    given = parser.parse_args()
    found = stored()
    if not given.tables:
        try:
            found = run(given.students, given.lesson)
        except RuntimeError as trouble:
            print(trouble, file=sys.stderr)
            return 1
        print(f"{described(found)}\n\n{results.render(found['table'])}")
        print(f"\n{hub_costs.table(hub_costs.Measured.of(found))}")
    if not given.print:
        if found:
            STORED.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
        DOCUMENT.write_text(documented(DOCUMENT.read_text("utf-8"), found), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
