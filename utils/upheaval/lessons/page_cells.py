"""Cells of a lesson in a page, without a kernel: what `widgets/run/worker.ts` calls in Pyodide."""

from __future__ import annotations

import contextlib
import io
import json
import traceback
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Type
from traitlets.config import Config

from . import errors

#: Any value of JSON.
Json = Any
#: The forms of an output that a page can show, best first.
FORMS = ("text/html", "application/vnd.plotly.v1+json", "text/plain")


class _Hook(DisplayHook):
    """Keeps what the last line of a cell gives."""

    def __call__(self, result: object = None) -> None:
        if result is not None:
            self.shell.shown.append(self.shell.display_formatter.format(result)[0])


class _Publisher(DisplayPublisher):
    """Keeps what a cell displays."""

    def publish(self, data: dict[str, Json], *_given: object, **_named: object) -> None:
        self.shell.shown.append(data)


class PageShell(InteractiveShell):
    """IPython without a screen: outputs and errors are kept for `run`."""

    displayhook_class = Type(_Hook)
    display_pub_class = Type(_Publisher)

    def __init__(self, **named: Any) -> None:
        self.shown: list[dict[str, Json]] = []
        self.told: list[str] = []
        config = Config()
        config.HistoryManager.enabled = False
        super().__init__(config=config, **named)

    def _showtraceback(self, _kind: type, _error: BaseException, told: list[str]) -> None:
        self.told = told


def run(code: str) -> str:
    """Run a cell and give, as JSON, ``outputs`` and ``error``.

    An output is one form and its content: ``[form, content]``. An error is null, or ``said`` (one
    sentence where the lesson has one, else Python's last line) and ``trace``, all that Python says.
    """
    shell = _shell()
    shell.shown, shell.told = [], []
    written = io.StringIO()
    with contextlib.redirect_stdout(written), contextlib.redirect_stderr(written):
        result = shell.run_cell(code, store_history=False)
    outputs = [["text/plain", written.getvalue()]] if written.getvalue() else []
    outputs += [_form(one) for one in shell.shown]
    error = result.error_before_exec or result.error_in_exec
    return json.dumps({"outputs": outputs, "error": _error(error, shell.told) if error else None})


def _shell() -> PageShell:
    """The one shell, which tells errors in the lessons' sentences and shows charts with all."""
    if not PageShell.initialized():
        with PageShell.instance().builtin_trap:
            errors.explain_errors()
    shell: PageShell = PageShell.instance()
    return shell


def _form(data: dict[str, Json]) -> list[Json]:
    """The best form of an output, and what it holds."""
    form = next((one for one in FORMS if one in data), "text/plain")
    return [form, data.get(form, "")]


def _error(error: BaseException, told: list[str]) -> dict[str, str]:
    """What is told of an error, and the traceback from the reader's own cell on."""
    last = traceback.format_exception_only(error)[-1].strip()
    said = told[0] if len(told) == 1 and "\x1b" not in told[0] else last
    trace = error.__traceback__
    while trace and trace.tb_next and "interactiveshell" in trace.tb_frame.f_code.co_filename:
        trace = trace.tb_next
    lines = traceback.format_exception(type(error), error, trace, chain=False)
    return {"said": said, "trace": "".join(lines)}
