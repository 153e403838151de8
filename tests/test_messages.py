"""Every message that a reader meets names nothing from inside a program, and says what to do next.

They are gathered from the sources, so that a new one is looked at without anybody listing it: what
our errors are raised with, what is printed where errors are printed, what the rules of the tables
expect, what doctor advises, and the sentences of the front end.
"""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "utils" / "upheaval"
SOURCES = [*sorted(PACKAGE.rglob("*.py")), ROOT / "start.py", ROOT / "tests" / "net" / "changed.py"]

#: Errors whose message a command prints; it ends there, so the message has to say what to do.
TOLD = {"PageError", "SiteError", "LinksError", "NoNetwork", "CopyError", "BundleError"}
TOLD |= {"SetupError", "not_written", "_not_written", "ArgumentTypeError"}
#: What says what is wrong with a cell or a table: its last argument is what would be right.
JUDGES = {"Problem", "problem", "BadCell"}
#: Errors that a cell of a lesson shows, in the words of who called: a reader who lifts the hood.
IN_CELLS = {"ValueError", "TraitError"}

#: What a sentence has that says what to do, or what would be right.
STEP = re.compile(
    r"\b(?:Add|Answer|Ask|Begin|Call|Check|Choose|Clear|Close|Compare|Copy|Delete|Describe|Divide"
    r"|Download|Fill|Free|Get|Give|Install|Keep|Leave|Load|Look|Make|Mark|Mend|Move|Name|Open"
    r"|Put|Quote|Reload|Restart|Run|Save|Say|See|Send|Start|Take|Try|Type|Undo|Use|Write|answer"
    r"|call|choose|give|make|reload"
    r"|mark|name|offer|send|use|run|see|wait|tell|write)\b"
    r"|Did you mean|To see|\b(?:should|may be|can be|must|needs?|each|Each|once|as in|such as)\b"
    r"|\b[Aa]t most\b|\b(?:there|they|words|marks|kinds|scale) (?:are|is)\b|\bgoes from\b"
    r"|\bwould be right\b|\bThey hold\b|\bharmless\b|\bis (?:a number|1, 2)\b|\bA number or\b"
    r"|python start\.py"
)
#: What no reader should meet: names from inside, and Python's own way to write values.
INSIDE = re.compile(
    r"\b[Tt]raceback\b|\bErrno\b|\b\w*(?:Error|Exception|Warning)\b|\bNoneType\b|\bdtype\b"
    r"|\bupheaval\.[a-z_.]+\w|\bself\.|__\w+__|![rsa]\}|\bundefined\b|\bis not a function\b|\bNaN\b"
)
#: What lessons themselves call, and files by their names.
KNOWN = {"as_of", "my_work", "my_lessons", "roll_calls"}
#: Where a ValueError is only the reason that another message gives, with what to do.
REASONS = ("facts/dates.py", "facts/package.py", "facts/cells.py", "facts/spreadsheets.py")
REASONS += ("publish/links.py", "upheaval/encoding.py")
#: Parts of a message whose rest, or what stands beside it, says what to do.
BESIDE = {
    "Not kept yet …": "it is a moment later",
    "Kept until you close this page: your browser does not let it store anything.": "Save",
    "Your browser does not let this page copy it.": "the text is selected, with the keys to press",
    "{…} did not fit this table and {…} left out. ": "the rest is loaded",
    "What was kept could not be shown:": "the text itself, to be copied",
    "What stood here could not be read.": "the button that takes it out",
    "You answered before: “{…}”. This is no longer among the answers.": "the answers",
    "it is no JSON file, or it was damaged on its way": "Choose another file.",
    "it was not saved by this collection": "Choose another file.",
    "it was damaged on its way": "Ask for another file where one was damaged",
    "its forecasts cannot be read": "Which files were loaded stands beside it",
    "the browser could not draw it": "No picture could be made here: try another browser.",
    "the drawing program did not load": "read its rows in the table, or reload the page.",
}


@dataclass(frozen=True)
class Message:
    """A message as its source has it, with `{…}` where something is filled in."""

    where: str
    kind: str
    text: str


def parts(node: ast.AST | None, scope: dict[str, list[ast.expr]], depth: int = 0) -> list[str]:
    """The texts that an expression may be; names are looked up among what is assigned nearby."""
    if isinstance(node, ast.Constant):
        return [node.value] if isinstance(node.value, str) else [""]
    if isinstance(node, ast.JoinedStr):
        return joined(node, scope, depth)
    if isinstance(node, ast.BinOp):
        left, right = (parts(one, scope, depth) for one in (node.left, node.right))
        return [one + other for one in left for other in right]
    if isinstance(node, ast.IfExp):
        return parts(node.body, scope, depth) + parts(node.orelse, scope, depth)
    if isinstance(node, ast.Name) and node.id in scope and depth < 4:
        return [text for one in scope[node.id] for text in parts(one, scope, depth + 1)]
    if isinstance(node, ast.Call) and called(node) in ("format", "replace", "strip", "rstrip"):
        return parts(getattr(node.func, "value", None), scope, depth)
    return ["{…}"]


def joined(node: ast.JoinedStr, scope: dict[str, list[ast.expr]], depth: int) -> list[str]:
    """The texts of an f-string; a value of which nothing is known is `{…}`, a repr `{…!r}`."""
    texts = [""]
    for one in node.values:
        if isinstance(one, ast.FormattedValue):
            known = parts(one.value, scope, depth + 1)
            more = ["{…!r}"] if one.conversion == ord("r") else known
        else:
            more = parts(one, scope, depth)
        texts = [text + end for text in texts for end in more[:6]]
    return texts


def assigned(tree: ast.AST) -> dict[str, list[ast.expr]]:
    """What each name may be, by the assignments in `tree`."""
    found: dict[str, list[ast.expr]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            found.setdefault(node.targets[0].id, []).append(node.value)
    return found


def called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def kind_of(node: ast.Call) -> tuple[str, list[ast.expr]]:
    """What kind of message a call makes, and from which arguments; empty where it makes none."""
    name = called(node)
    if name in TOLD or name in IN_CELLS:
        return name, node.args[:1]
    if name in JUDGES and len(node.args) >= 2:
        return name, node.args[-1:]
    if name == "_told" or (name == "print" and any(one.arg == "file" for one in node.keywords)):
        return "stderr", node.args[:1]
    if name == "Finding" and node.args and parts(node.args[0], {}) == ["problem"]:
        return name, node.args[3:] or [ast.Constant("")]
    return "", []


def in_python(path: Path) -> Iterator[Message]:
    """Every message of a module."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    module = {
        name: values
        for name, values in assigned(ast.Module(tree.body, [])).items()
        if name.isupper()
    }
    module |= {name: values for name, values in assigned(tree).items() if name.strip("_").isupper()}
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    seen: set[tuple[int, int]] = set()
    for function in sorted(functions, key=lambda one: -one.lineno):  # the inner ones first
        scope = {**module, **assigned(function)}
        for node in ast.walk(function):
            if not isinstance(node, ast.Call) or (node.lineno, node.col_offset) in seen:
                continue
            seen.add((node.lineno, node.col_offset))
            kind, arguments = kind_of(node)
            for argument in arguments:
                where = f"{path.relative_to(ROOT).as_posix()}:{node.lineno}"
                for text in dict.fromkeys(parts(argument, scope)):
                    yield Message(where, kind, text)


#: A text in TypeScript, after comments are gone and texts that are added are one.
LITERAL = re.compile(r'"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\\n]|\\.)*)`')
COMMENT = re.compile(r"^[ \t]*//[^\n]*$|/\*[\s\S]*?\*/", re.MULTILINE)
FAILS = re.compile(
    r"\b(?:could not|cannot|failed|was not|were not|[Nn]ot kept|no longer|does not (?:let|answer)"
    r"|did not load|did not fit|is full|too long|damaged|went wrong|asleep)\b"
)


def in_typescript(path: Path) -> Iterator[Message]:
    """Every text of a module that has four words, as a sentence or a part of one."""
    text = COMMENT.sub("", path.read_text(encoding="utf-8"))
    text = re.sub(r'["`]\s*\+\s*["`]', "", text)
    for found in LITERAL.finditer(text):
        words = re.sub(r"\$\{[^}]*\}", "{…}", found[1] or found[2] or "")
        if len(words.split()) > 3 and not re.search(r"[\\|<>=]|^[a-z]+:|\(\?", words):
            where = f"{path.relative_to(ROOT).as_posix()}"
            yield Message(where, "fails" if FAILS.search(words) else "face", words)


@cache
def messages() -> list[Message]:
    modules = [path for path in sorted(PACKAGE.rglob("*.ts")) if not path.stem.endswith("_test")]
    found = [one for path in SOURCES for one in in_python(path)]
    return found + [one for path in modules for one in in_typescript(path)]


@cache
def inner_names() -> frozenset[str]:
    """Names of functions and classes that are no word of any language: `put_back`, `PageError`."""
    found = {name for name in dir(builtins) if name.endswith(("Error", "Exception"))}
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                found.add(node.name)
    humps = re.compile(r"\w+_\w+|_\w+|[A-Z]\w*[a-z][A-Z]\w*")
    return frozenset(name for name in found if humps.fullmatch(name)) - KNOWN


def names_inside(text: str) -> list[str]:
    """What a message names that only its programmers know."""
    return INSIDE.findall(text) + [w for w in re.findall(r"\w+", text) if w in inner_names()]


def says_a_step(message: Message) -> bool:
    """Does it say what to do next, or hand on a message that does?"""
    if message.kind == "ValueError" and message.where.rpartition(":")[0].endswith(REASONS):
        return True
    if "{…}" in message.text and message.text.rstrip().endswith(("{…}", "{…}.")):
        return True  # the end comes from a message that is looked at where it is made
    return bool(STEP.search(message.text))


def test_messages_of_every_kind_are_found() -> None:
    kinds = {one.kind for one in messages()}
    assert kinds >= TOLD - {"ArgumentTypeError"} and kinds >= JUDGES and kinds >= IN_CELLS
    assert {"stderr", "Finding", "fails", "face"} <= kinds
    texts = [one.text for one in messages()]
    for text in (
        "Take out the spaces around it.",
        "deno is not installed. Run: python start.py bundle",
        "There is not enough memory. Close other programs, then run the same command again.",
        "This part could not start here. The others work. Reload the page; if it stays so, tell"
        " your teacher.",
    ):
        assert text in texts
    assert len(texts) > 400


def test_no_message_names_what_is_inside_a_program() -> None:
    assert [
        f"{one.where}: {found} in {one.text!r}"
        for one in messages()
        if (found := names_inside(one.text))
    ] == []


def test_each_message_says_what_to_do_next() -> None:
    silent = [f"{one.where}: {one.text!r}" for one in messages() if one.kind != "face"]
    told = {f"{one.where}: {one.text!r}" for one in messages() if says_a_step(one)}
    told |= {f"{one.where}: {one.text!r}" for one in messages() if one.text in BESIDE}
    assert BESIDE.keys() <= {one.text for one in messages()}, "and none of them has gone"
    assert [one for one in silent if one not in told] == []


@pytest.mark.parametrize(
    "text",
    ["ValueError: odd", "put_back failed", "name is {…!r}", "upheaval.facts.tables", "[Errno 2] x"],
)
def test_what_names_something_inside_is_seen(text: str) -> None:
    assert names_inside(text)
    assert not says_a_step(Message("", "", "The table is broken."))
