"""The measures of the house: functions that fit a screen, lines that fit an editor.

Formatters settle the rest (`test_lint.py`, `test_front_tools.py`); neither of them shortens a
function, breaks a text or wraps a comment.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("utils", "tests", "benchmarks", "start.py")
LONGEST_FUNCTION = 50
LONGEST_LINE = 100
LONGEST_CHART = 350
#: Lines of code in charts an explorer, on the average.
LONGEST_EXPLORER = 170

#: The end of a line that opens the body of a function, in TypeScript as `deno fmt` sets it.
_OPENS = re.compile(r"(=>( .*[{(\[])?|\)(: [^=]+)? \{)$")
_BRANCH = re.compile(r"(\} )?(if|else|for|while|do|switch|try|catch|finally)\b")
_NAME = re.compile(
    r"(?:(?:export|default|async|function|const|let|static|readonly|get|set) )*(#?\w+)"
)


def files(*endings: str) -> list[Path]:
    """What is written by hand in the rooms: no bundle, and nothing that a tool left behind."""
    found = [path for room in ROOMS for path in (ROOT / room).rglob("*")] + [ROOT / "start.py"]
    return sorted(
        path
        for path in found
        if path.suffix in endings and not {"dist", "__pycache__", "node_modules"} & {*path.parts}
    )


def python_functions(text: str) -> Iterator[tuple[str, int]]:
    """(name, lines) of every function, from its first decorator to its end."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = min(one.lineno for one in (node, *node.decorator_list))
            yield node.name, (node.end_lineno or first) - first + 1


def typescript_functions(text: str) -> Iterator[tuple[str, int]]:
    """(name, lines) of every function, method and arrow function of a formatted source.

    The formatter gives the first and the last line of a function the same indent, and all between
    them a deeper one, but for the line that ends a list of parameters.
    """
    lines = text.splitlines()
    indents = [len(line) - len(line.lstrip()) if line.strip() else None for line in lines]
    for at, line in enumerate(lines):
        if not _OPENS.search(line) or _BRANCH.match(line.strip()):
            continue
        first = last = at
        while lines[first].lstrip().startswith(")"):  # back to where the parameters begin
            first = max(one for one in range(first) if indents[one] == indents[at])
        while last + 1 < len(lines) and (
            indents[last + 1] is None or indents[last + 1] > indents[at]
        ):
            last += 1
        if last + 1 < len(lines) and lines[last + 1].lstrip()[:1] in ("}", ")", "]"):
            last += 1
        name = _NAME.match(lines[first].strip())
        yield name[1] if name else "=>", last - first + 1


READERS = {".py": python_functions, ".ts": typescript_functions}


@pytest.mark.parametrize("ending", READERS)
def test_every_function_fits_a_screen(ending: str) -> None:
    long = [
        f"{path.relative_to(ROOT)}: {name} has {count} lines"
        for path in files(ending)
        for name, count in READERS[ending](path.read_text(encoding="utf-8"))
        if count > LONGEST_FUNCTION
    ]
    assert long == [], f"at most {LONGEST_FUNCTION} lines: split it, or give it a class"


def test_every_line_fits_an_editor() -> None:
    long = [
        f"{path.relative_to(ROOT)}:{number} has {len(line)} columns"
        for path in files(".py", ".ts", ".css", ".mjs")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > LONGEST_LINE
    ]
    assert long == [], f"at most {LONGEST_LINE} columns"


PYTHON = '''
@cache
def outer(
    one: int,
) -> int:
    """What it is."""

    def inner() -> int:
        return one

    return inner()
'''

TYPESCRIPT = """
export function first(
  one: number,
  other: number,
): number {
  if (one > other) {
    return one;
  }
  return other;
}

class Form {
  #box = element("div");

  readonly show = (text: string) => {
    this.#box.textContent = text;
  };

  draw(): void {
    for (const one of [1, 2]) {
      this.show(String(one));
    }

    list.map((one) =>
      element("li", {}, one)
    );
  }
}

const short = (one: number) => one + 1;
"""


def test_no_module_of_charts_holds_more_than_one_can_keep_in_mind() -> None:
    charts = ROOT / "utils" / "upheaval" / "charts"
    lengths = {path: path.read_text(encoding="utf-8").count("\n") for path in charts.rglob("*.py")}
    long = [f"{path.name}: {lines}" for path, lines in lengths.items() if lines > LONGEST_CHART]
    assert len(lengths) > 30 and not long


def code_lines(text: str) -> int:
    """The lines of a module that do something: no blank, comment, docstring or import, and nothing
    that is given a name at the top, as words and data are.
    """
    tree, lines = ast.parse(text), text.splitlines()
    rest = {at for at, line in enumerate(lines, 1) if line.strip() and line.strip()[0] != "#"}
    quiet = [one for one in tree.body if isinstance(one, QUIET)]
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef) and ast.get_docstring(
            node
        ):
            quiet.append(node.body[0])
    for one in quiet:
        rest -= {*range(one.lineno, (one.end_lineno or one.lineno) + 1)}
    return len(rest)


#: What stands at the top of a module and does nothing.
QUIET = ast.Import | ast.ImportFrom | ast.Assign | ast.AnnAssign


def test_charts_have_no_more_code_than_their_explorers_need() -> None:
    utils = ROOT / "utils" / "upheaval"
    read = {one: one.read_text(encoding="utf-8") for one in utils.rglob("*.py")}
    code = sum(code_lines(text) for one, text in read.items() if utils / "charts" in one.parents)
    lessons = [text for one, text in read.items() if one.parent == utils / "lessons"]
    explorers = sum(len(re.findall(r"\bExplorer\(", text)) for text in lessons)
    assert explorers > 30
    said = f"{code} lines for {explorers} explorers: let the drawing layer do what they repeat"
    assert code <= LONGEST_EXPLORER * explorers, said
    assert f"{LONGEST_EXPLORER} lines of code an explorer" in " ".join(
        (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").split()
    )


def test_lines_of_code_are_those_that_do_something() -> None:
    text = '''"""What it is."""

import re

WORDS = {
    "a": "b",
}


def one() -> int:
    """One."""
    # Why.
    return (
        1
    )
'''
    assert code_lines(text) == 4


#: Calls whose words are for an author who gave a wrong one, or for whoever reads the encoding.
FOR_AUTHORS = {"chosen", "decoration"}
#: Where plotly puts a text.
_PLACE = re.compile(r"(top|middle|bottom) (left|center|right)")


def words_in_functions(text: str) -> Iterator[tuple[int, str]]:
    """(line, text) of every string of two words or more that stands inside a function or class and
    not at the top of its module. Keys of what does stand there are no words.
    """
    tree = ast.parse(text)
    top = [node for node in tree.body if isinstance(node, ast.Assign | ast.AnnAssign)]
    inside = [one for one in tree.body if isinstance(one, ast.FunctionDef | ast.ClassDef)]
    known = {one.value for node in top for one in ast.walk(node) if isinstance(one, ast.Constant)}
    nodes = [one for node in inside for one in ast.walk(node)]
    skipped: set[ast.AST] = set()
    for node in nodes:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and ast.get_docstring(node):
            skipped.add(node.body[0].value)  # type: ignore[attr-defined]
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            skipped |= {*node.args} if name in FOR_AUTHORS else set()
    for node in nodes:
        if isinstance(node, ast.Constant) and node not in skipped and node.value not in known:
            said = node.value if isinstance(node.value, str) else ""
            if re.search(r"[A-Za-z]{2,} [a-z]{2,}", said) and not _PLACE.fullmatch(said):
                yield node.lineno, said


def test_the_words_of_a_chart_stand_in_one_place_of_its_module() -> None:
    charts = sorted((ROOT / "utils" / "upheaval" / "charts").glob("*.py"))
    strewn = [
        f"{path.name}:{line}: {said}"
        for path in charts
        for line, said in words_in_functions(path.read_text(encoding="utf-8"))
    ]
    assert len(charts) > 40 and not strewn, "put it into TEXTS, as a template: a second language"


def test_words_inside_a_function_are_found_and_keys_are_not() -> None:
    text = '''
TEXTS = {"no row": "No row is left"}


def title(count: int) -> str:
    """What it says."""
    chosen({}, "x", "kind of row")
    return TEXTS["no row"] if not count else f"{count} rows are left"
'''
    assert list(words_in_functions(text)) == [(8, " rows are left")]


def test_the_drawing_layer_knows_no_topic() -> None:
    draw = ROOT / "utils" / "upheaval" / "charts" / "draw"
    upwards = re.compile(r"^ *(from \.\.(?!\.)|from upheaval|import upheaval)", re.MULTILINE)
    found = [path.name for path in draw.glob("*.py") if upwards.search(path.read_text("utf-8"))]
    assert list(draw.glob("*.py")) and not found
    assert upwards.search("from ..aid import money") and not upwards.search(
        "from ...facts import x"
    )


def test_functions_are_measured_from_their_first_line_to_their_last() -> None:
    assert dict(python_functions(PYTHON)) == {"outer": 10, "inner": 2}
    assert list(typescript_functions(TYPESCRIPT)) == [
        ("first", 9),
        ("show", 3),
        ("draw", 9),
        ("list", 3),
    ]


def test_a_function_that_is_too_long_is_named() -> None:
    body = "  step();\n" * LONGEST_FUNCTION
    assert dict(typescript_functions(f"function all() {{\n{body}}}\n")) == {"all": 52}
    body = "    step()\n" * LONGEST_FUNCTION
    assert dict(python_functions(f"def all() -> None:\n{body}")) == {"all": 51}
