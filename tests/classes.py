"""A made-up class: the files of students as course platforms give them, damaged ones among them."""

from __future__ import annotations

import json
import random
import zipfile
from pathlib import Path
from typing import Any

from upheaval.classroom import page
from upheaval.widgets.core.storage import HEAD

Json = Any
NAMES = [
    "Amina Bello",
    "Ben Adler",
    "Carla Ruiz",
    "Deniz Kaya",
    "Emma Novak",
    "Farid Haddad",
    "Grace Okoro",
    "Hana Sato",
    "Ivan Petrov",
    "Jonas Weber",
    "Kim Lee",
    "Lena Roth",
    "Minh Tran",
    "Nora Lind",
    "Omar Said",
    "Paula Costa",
    "Quinn Hart",
    "Rosa Vega",
    "Sami Aho",
    "Tess Moor",
]


def file(work: Json, saved: str = "2026-03-02T10:00:00.000Z", **more: Json) -> str:
    """The text of a file of work as the faces save it."""
    told = {"about": HEAD, "format": 1, **more, "saved": saved, "version": "0.1.0", "work": work}
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def work_of(chance: random.Random) -> Json:
    """What one student wrote and answered: in lesson 02, and in the large tasks."""
    told = page.questions()
    work: Json = {}
    for lesson in (one for one in told["lessons"] if one["number"] in ("02", "03")):
        for check in lesson["checks"]:
            if answer := _answer(check, chance):
                work[check["spec"]["storageKey"]] = answer
        for writing in lesson["writings"]:
            names = writing["labels"].get("fields") or {"text": ""}
            text = chance.choice(["Seoul spoke first.", "Nobody knew how many. Ask who counts."])
            fields = dict.fromkeys(names, text)
            work[writing["key"]] = text if writing["kind"] == "predict" else fields
    work[told["forecast"]["storageKey"]] = {
        "name": "",
        "locked": "2026-03-01T09:00:00.000Z",
        "revealed": None,
        "forecasts": {
            one["id"]: {"percent": chance.randrange(0, 101, 5), "reason": "", "known": False}
            for one in told["forecast"]["questions"]
        },
    }
    work[told["coding"]["storageKey"]] = {"changes": _changes(told["coding"], chance)}
    grid = told["grid"]
    work[grid["storageKey"]] = {
        "marks": {
            row["id"]: {
                column["id"]: chance.choice(["CC", "C", "C", "N", "I"])
                for column in grid["columns"]
            }
            for row in grid["rows"][:4]
        },
        "left": [],
        "weights": {},
        "weighted": True,
    }
    memo = told["memo"]
    work[memo["storageKey"]] = {
        "fields": {one["name"]: f"{one['label']}: stay [1]." for one in memo["fields"]},
        "evidence": [],
    }
    return work


def _answer(check: Json, chance: random.Random) -> Json:
    spec = check["spec"]
    ids = [one["id"] for one in spec.get("options", [])]
    answers = {
        "choice": lambda: chance.choice(ids),
        "select_all": lambda: sorted(chance.sample(ids, 2)),
        "match": lambda: [chance.choice(ids) for _ in spec["slots"]],
        "number": lambda: str(chance.choice([check["key"]["low"][0], 3, 12])),
    }
    if spec["type"] not in answers:
        return None
    return {"answer": answers[spec["type"]](), "right": True, "tries": chance.randint(1, 3)}


def _changes(spec: Json, chance: random.Random) -> Json:
    scale, found = spec["scales"][0], []
    for row in spec["rows"][:3]:
        column, cell = next(iter(row["cells"].items()))
        code = chance.randint(scale["low"], scale["high"])
        if code != cell["codes"][scale["name"]]:
            reason = "The act of that day says so"
            found.append(
                {
                    "scale": scale["name"],
                    "row": row["name"],
                    "column": column,
                    "code": code,
                    "reason": reason,
                }
            )
    return found


def made(folder: Path) -> Path:
    """A folder with 25 files of 20 students and what else a download holds; gives it back."""
    chance = random.Random(25)
    folder.mkdir(parents=True, exist_ok=True)
    works = {name: work_of(chance) for name in NAMES}
    moodle, canvas, teams, rest = NAMES[:8], NAMES[8:12], NAMES[12:15], NAMES[15:]
    with zipfile.ZipFile(folder / "Task 2-download.zip", "w") as opened:
        for at, name in enumerate(moodle):
            text = file(works[name], name=name)
            opened.writestr(f"{name}_{4100 + at}_assignsubmission_file_my_work.json", text)
        opened.writestr("__MACOSX/._my_work.json", b"\0")
    inner = folder / "inner.zip"
    with zipfile.ZipFile(inner, "w") as opened:
        for at, name in enumerate(canvas):
            sign = name.replace(" ", "").lower()
            opened.writestr(f"{sign}_{50 + at}_{90 + at}_my_work.json", file(works[name]))
    with zipfile.ZipFile(folder / "outer.zip", "w") as opened:
        opened.write(inner, "canvas/submissions.zip")
    inner.unlink()
    for name in teams:
        place = folder / "Submitted files" / name / "Task 2" / "Version 1"
        place.mkdir(parents=True)
        (place / "my_work.json").write_text(file(works[name]), encoding="utf-8")
    for at, name in enumerate(rest):
        path = folder / ("my_work.json" if not at else f"my_work ({at}).json")
        path.write_text(file(works[name], name=name), encoding="utf-8")
    # A resubmission by somebody of Moodle, a copy, three damaged files, one of another kind.
    later = {**works[moodle[0]], "02.predict": "Said again, and later"}
    (folder / "again.json").write_text(
        file(later, "2026-03-09T10:00:00.000Z", name=moodle[0]), encoding="utf-8"
    )
    (folder / "my_work - copy.json").write_bytes((folder / "my_work.json").read_bytes())
    (folder / "half.json").write_text(file(later)[:200], encoding="utf-8")
    (folder / "theirs.json").write_text('{"about": "a shopping list"}', encoding="utf-8")
    (folder / "broken.zip").write_bytes(b"PK\x03\x04 and no more")
    (folder / "essay.docx").write_bytes(b"PK")
    return folder
