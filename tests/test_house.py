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
