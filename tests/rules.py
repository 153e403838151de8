"""The rules that the front end ships, run for tests by deno: without a browser, and once only.

`evaluate` takes the source of a function and its argument, as a browser's page would:

    evaluate("([answer_key, answer]) => rules.check.marked(answer_key, answer)", [answer_key, 1])

`rules` are the modules of ``widgets/all_rules.ts``, by name.
"""

from __future__ import annotations

import atexit
import functools
import json
import subprocess
from pathlib import Path
from typing import Any

from upheaval import bundle

SERVER = Path(__file__).with_name("rules_server.ts")


class RuleError(Exception):
    """What the front end's code threw."""


@functools.cache
def _server() -> subprocess.Popen[str]:
    """One deno for the tests of a process; it ends with it."""
    command = [bundle.deno(), "run", "--quiet", "--no-remote", "--no-npm", "--no-prompt"]
    server = subprocess.Popen(
        [*command, str(SERVER)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    atexit.register(server.kill)
    return server


def evaluate(code: str, argument: Any = None) -> Any:
    """What the function `code` gives for `argument`, as JSON. Raises `RuleError`."""
    server = _server()
    assert server.stdin and server.stdout
    # Escaped, so that half a letter (a lone surrogate) gets there, too.
    server.stdin.write(json.dumps({"code": code, "argument": argument}) + "\n")
    server.stdin.flush()
    line = server.stdout.readline()
    if not line:
        raise RuleError("deno stopped without an answer")
    answer = json.loads(line)
    if "error" in answer:
        raise RuleError(answer["error"])
    return answer["result"]


def filtered(payload: Any, filters: list[Any]) -> dict[str, Any]:
    """The payload of a chart as its face leaves it to `filters`; one without rows to filter stays.

    What is on show at a choice: ``filtered(explorer.payload(chosen), explorer.filters(chosen))``.
    """
    if "rowFilters" not in payload:
        whole: dict[str, Any] = payload
        return whole
    code = "([payload, filters]) => rules.rowFilters.applyFilters(payload, filters)"
    left: dict[str, Any] = evaluate(code, [payload, filters])
    return left


def mark(answer_key: dict[str, Any], answer: Any) -> dict[str, Any]:
    """The verdict of a check with `answer_key` on one answer: right, text, and its rules'."""
    code = "([answer_key, answer]) => rules.check.marked(answer_key, answer)"
    verdict: dict[str, Any] = evaluate(code, [answer_key, answer])
    return verdict


def attempt(before: Any, answer: Any, right: bool) -> dict[str, Any]:
    """What a check keeps of one more `answer`, after what it kept `before`."""
    code = "([before, answer, right]) => rules.check.attempted(before, answer, right)"
    kept: dict[str, Any] = evaluate(code, [before, answer, right])
    return kept


def lint(draft: dict[str, Any], laws: dict[str, Any]) -> list[dict[str, Any]]:
    """What the memo's check says of a draft, rule by rule, under `laws` with their ``order``."""
    lines: list[dict[str, Any]] = evaluate(
        "([draft, laws]) => rules.memo.lint(draft, laws)", [draft, laws]
    )
    return lines
