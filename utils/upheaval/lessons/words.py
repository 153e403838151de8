"""The words of a lesson: ``notebooks/words/02.yaml``, read and filled.

In a text ``{days_until_told}`` stands for a value that a function of the lesson's module computes
(`computed`), for another text of the same entry (``texts``), or for one that all lessons share
(``shared.yaml``). A field that is nothing but such a name is the value itself: a number, a list.

Students get the same words under a seal (``02.sealed``, `sealed_files`), where answers and reasons
cannot be read by accident, and without what only instructors get.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import collection
from ..widgets.core.seal import seal, unseal

if TYPE_CHECKING:
    from .plain_yaml import Place

Json = Any

#: Where words are: beside the notebooks of this collection.
HOME = collection.folder("notebooks") / "words"
SHARED = "shared"
OPENING = "00"
#: A name in a text, for what is computed or said elsewhere.
NAME = re.compile(r"\{([a-z][a-z0-9_]*)\}")


class WordsError(LookupError):
    """Something in the words of a lesson does not fit; the message says what, and what would."""

    def _render_traceback_(self) -> list[str]:
        """What IPython prints instead of a traceback."""
        return [str(self)]


@dataclass(frozen=True)
class Words:
    """The words of a lesson: its number, their file, what stands in it, and in which line."""

    number: str
    path: Path
    content: dict[str, Json]
    lines: dict[Place, int]

    def entry(self, section: str, name: str) -> dict[str, Json]:
        """The entry ``name`` of a section (``checks``); `WordsError` with those there are."""
        entries: dict[str, Json] = self.content.get(section) or {}
        if name in entries:
            found = entries[name]
            return found if isinstance(found, dict) else {"text": found}
        one = section.removesuffix("s")
        raise WordsError(f"{self.path.name} has no {one} “{name}”. {choose_from(name, entries)}")


def choose_from(name: str, there: Iterable[str]) -> str:
    """A sentence with what is there to choose from, the likeliest first."""
    there = list(there)
    near = get_close_matches(name, there, 1)
    return f"Did you mean “{near[0]}”?" if near else f"There are: {', '.join(there) or 'none'}."


#: What was read, by path; with the file's time and size, so that an edit shows at the next cell.
_READ: dict[Path, tuple[tuple[int, int], Words]] = {}


def load(number: str, folder: Path = HOME) -> Words:
    """The words of lesson ``number`` ("02"), or of all (``shared``).

    Raises `WordsError` for a lesson that is not there and for a file that cannot be read.
    """
    path = folder / f"{number}.yaml"
    if not path.is_file():
        path = path.with_suffix(".sealed")
    if not path.is_file():
        there = ", ".join(numbers(folder)) or "none"
        raise WordsError(f"There is no lesson “{number}” in {folder}; there are {there}.")
    stat = path.stat()
    stamp = stat.st_mtime_ns, stat.st_size
    if path not in _READ or _READ[path][0] != stamp:
        _READ[path] = stamp, _read(number, path)
    return _READ[path][1]


def _read(number: str, path: Path) -> Words:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".sealed":
        return Words(number, path, unseal(text), {})
    # Not above: students' words are sealed, and where Python runs in a browser there is no YAML.
    from .plain_yaml import read_yaml

    try:
        content, lines = read_yaml(text)
    except ValueError as error:
        raise WordsError(f"words/{path.name}, {error}") from None
    if not isinstance(content, dict):
        raise WordsError(f"words/{path.name} holds no fields, such as “title:” or “checks:”.")
    return Words(number, path, content, lines)


def numbers(folder: Path = HOME) -> list[str]:
    """The lessons that have words, in order."""
    return sorted({one.stem for one in folder.glob("[0-9][0-9].*")})


def files(number: str, folder: Path = HOME) -> list[Path]:
    """The files that the words of a lesson come from, for whoever asks whether they changed."""
    names = [f"{stem}{ending}" for stem in (number, SHARED) for ending in (".yaml", ".sealed")]
    return [folder / name for name in names if (folder / name).is_file()]


def digest_of(number: str, folder: Path = HOME) -> str:
    """A digest of all words that a lesson can show: lesson 00 lists what all of them ask, and
    others begin with questions from the two before them.
    """
    of_all = [one for one in numbers(folder) if one != number and _shows_of(number, one)]
    paths = [*files(number, folder), *(path for one in of_all for path in files(one, folder))]
    read = (path.read_bytes() for path in paths)
    return hashlib.sha256(b"\0".join(read)).hexdigest()


def _shows_of(number: str, other: str) -> bool:
    if not (number.isdecimal() and other.isdecimal()):
        return False  # a notebook that is none of the lessons
    return number == OPENING or 0 < int(number) - int(other) <= 2


# -- filling ---------------------------------------------------------------------------------------
@dataclass
class Filler:
    """Puts values into texts: ``values`` by name, ``texts`` that are said in the entry itself.

    `used` collects the names that were asked for. ``where`` says in a message whose words these
    are.
    """

    where: str
    values: Mapping[str, Json] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)

    def fill(self, node: Json) -> Json:
        """``node`` with every name in it replaced. Raises `WordsError` for a name without value."""
        if isinstance(node, dict):
            return {name: self.fill(one) for name, one in node.items()}
        if isinstance(node, list):
            return [self.fill(one) for one in node]
        if not isinstance(node, str):
            return node
        if whole := NAME.fullmatch(node):
            return self.value(whole[1])
        return NAME.sub(lambda found: format(self.value(found[1]), ""), node)

    def value(self, name: str) -> Json:
        """What stands for ``name``."""
        self.used.add(name)
        if name in self.values:
            return self.values[name]
        said = self.texts.get(name, shared().get(name))
        if said is None:
            there = [*self.values, *self.texts]
            raise WordsError(f"{self.where}: {{{name}}} has no value. {choose_from(name, there)}")
        return self.fill(said)

    def say(self, name: str, /, **values: Json) -> str:
        """The text ``name`` of the entry, with ``values`` of its own."""
        if name not in self.texts:
            raise WordsError(f"{self.where} has no text “{name}”. {choose_from(name, self.texts)}")
        self.used.add(name)
        inner = Filler(self.where, {**self.values, **values}, self.texts, self.used)
        return str(inner.fill(self.texts[name]))


#: How a function of a lesson's module says a text of its entry: by name, with values.
Say = Callable[..., str]


def shared() -> dict[str, Json]:
    """What all lessons say alike: texts by name."""
    return load(SHARED).content


# -- for students ----------------------------------------------------------------------------------
#: How a cell asks for words: ``lesson.check("02.delay")``.
CALL = re.compile(
    r'\blesson\.(check|come_back|prompt|recall|say|show|explorer)\("(\d\d)\.([a-z0-9-]+)"\)'
)
#: Where the tours of explorers stand, by the explorer's name.
TOURS = "tours"
#: The sentences that say what came of a lesson's prediction; they stand on its card.
ANSWER = "answer"
SECTIONS = {
    "check": "checks",
    "come_back": "come_back",
    "prompt": "prompts",
    "recall": "prompts",
    "say": "said",
    "show": "shown",
    "explorer": "shown",
}


def sealed_files(folder: Path, sources: Mapping[str, str]) -> dict[str, bytes]:
    """The files with the sealed words of a student's collection, by their names in ``words/``.

    ``sources`` are the cells that students get, by lesson: what no cell of theirs asks for stays
    behind. Where words are sealed already, they are as they were.
    """
    found = {}
    for number in (*sources, SHARED):
        if not files(number, folder):
            continue
        content = load(number, folder).content
        if number != SHARED:
            content = _asked_for(number, content, CALL.findall("\n".join(sources.values())))
        found[f"{number}.sealed"] = (seal(content) + "\n").encode()
    return found


def _asked_for(
    number: str, content: dict[str, Json], calls: Iterable[tuple[str, str, str]]
) -> dict[str, Json]:
    """What some of the ``calls`` ask of this lesson; what comes back stays, for it is dealt."""
    own = [(kind, name) for kind, of, name in calls if of == number]
    asked = {(SECTIONS[kind], name) for kind, name in own}
    asked |= {("come_back", name) for name in content.get("come_back") or {}}
    asked |= {(TOURS, name) for kind, name in own if kind == "explorer"}
    if any(kind == "recall" for kind, _ in own):
        asked.add(("said", ANSWER))
    return {
        section: {name: one for name, one in entries.items() if (section, name) in asked}
        if section in {*SECTIONS.values(), TOURS} and isinstance(entries, dict)
        else entries
        for section, entries in content.items()
    }
