"""Every check as its face gets it, before and after its words moved: names, texts, ids, positions,
reasons, hints, and the answers, without their seal and under it.

    python tests/net/checks.py 02 09    compare these lessons with the record; without any, all

`record.py` renews it with the rest. The texts of `words/` say what a reader sees; this record also
holds what no reader sees (ids, columns, a digest of the sealed text), and a digest of all else that
has a spec.
"""

from __future__ import annotations

import hashlib
import json
import lzma
import sys
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
if __name__ == "__main__":
    sys.path[:0] = [str(HERE.parent), str(ROOT / "utils")]

from net import adapter  # noqa: E402

Json = Any

RECORDED = HERE / "recorded"
FILE = "checks.json.xz"


def specs_now(tree: Path = ROOT, lessons: list[str] | None = None) -> dict[str, Json]:
    """What is told to the face of every check, and of all else that has a spec, in their order.

    By lesson and name, of the tree whose ``utils`` is on the path; `lessons` by their numbers, by
    default all.
    """
    found: dict[str, Json] = {}
    with tempfile.TemporaryDirectory() as folder, adapter.mode("page", Path(folder)):
        for lesson in adapter.lessons_of(tree):
            if lessons and lesson.number not in lessons:
                continue
            for _, shown in adapter.played(lesson):
                for one in filter(lambda one: hasattr(one, "spec"), shown):
                    place = f"{lesson.number} {_name(one.spec)}"
                    found[f"{place}, again" if place in found else place] = _told(one)
    return found


def _name(spec: Json) -> str:
    """A name for a record's line; what it is made of has one of these in every widget."""
    parts = ("storageKey", "name", "question", "title")
    return f"{spec['kind']} {next((spec[part] for part in parts if part in spec), '')}"


def _told(one: Any) -> Json:
    """The spec of a check as plain JSON, with its answer key without the seal.

    Of what is sealed the record has a digest, as nothing makes it smaller; and of other things a
    digest of each part of the spec, as the words of all of them stand in `words/` already.
    """
    told = json.loads(json.dumps(one.spec, ensure_ascii=False, default=str))
    if not hasattr(one, "answer_key"):
        return {name: _digest(part) for name, part in told.items()}
    told["answerKey"] = _digest(told["answerKey"])
    return told | {"unsealed": json.loads(json.dumps(one.answer_key, ensure_ascii=False))}


def _digest(part: Json) -> str:
    return hashlib.sha256(json.dumps(part, ensure_ascii=False).encode()).hexdigest()[:12]


def read() -> dict[str, Json]:
    """The record."""
    return dict(json.loads(lzma.decompress((RECORDED / FILE).read_bytes())))


def write(found: dict[str, Json], out: Path = RECORDED) -> None:
    """Renew the record, in the folder `out`."""
    text = json.dumps(found, ensure_ascii=False, indent=0)
    (out / FILE).write_bytes(lzma.compress(text.encode(), preset=9))


def differences(was: Json, now: Json, where: str = "") -> list[str]:
    """Each place where two records differ, with what was and what is; nothing where they agree."""
    if isinstance(was, dict) and isinstance(now, dict):
        lost = [f"{where} {name}: gone" for name in was if name not in now]
        new = [f"{where} {name}: new" for name in now if name not in was]
        both = [name for name in was if name in now]
        if not (lost or new) and list(was) != list(now):
            lost = [f"{where}: another order, {list(now)} instead of {list(was)}"]
        inner = (differences(was[name], now[name], f"{where} {name}") for name in both)
        return [*lost, *new, *(one for each in inner for one in each)]
    if isinstance(was, list) and isinstance(now, list) and len(was) == len(now):
        pairs = enumerate(zip(was, now, strict=True))
        inner = (differences(one, other, f"{where}[{at}]") for at, (one, other) in pairs)
        return [one for each in inner for one in each]
    return [] if was == now else [f"{where}: was {was!r}, is {now!r}"]


def main(lessons: list[str]) -> int:
    """Compare with the record, and print what differs; 1 if anything does."""
    was = {name: one for name, one in read().items() if not lessons or name[:2] in lessons}
    now = specs_now(lessons=lessons)
    found = differences(was, now)
    print("\n".join(one[:600] for one in found) or f"{len(now)} things are as recorded.")
    return int(bool(found))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
