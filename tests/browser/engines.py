"""Firefox and WebKitGTK (Safari's family), driven by what they speak themselves.

Firefox speaks WebDriver BiDi over a websocket, WebKit's driver plain W3C WebDriver over HTTP: that
needs no package but `websocket-client`, which JupyterLab brings. Every wait has an end, and every
process ends with its engine.
"""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import websocket

from browser.find import firefox, webkit

Json = Any

#: Seconds that an engine may take to start.
START = 60
#: Seconds that one command may take. Waits in a page end sooner, and say what they waited for.
ANSWER = 150

#: Stands in a page before its policy and all its scripts, and keeps what went wrong.
WATCHER = """<script>
window.watched = [];
addEventListener("error", (event) => watched.push(`error: ${event.message}`), true);
addEventListener("unhandledrejection", (event) => watched.push(`rejection: ${event.reason}`));
addEventListener("securitypolicyviolation",
  (event) => watched.push(`forbidden: ${event.violatedDirective} ${event.blockedURI}`));
const complain = console.error;
console.error = (...all) => { watched.push(`console: ${all.join(" ")}`); complain(...all); };
</script>"""
_CHARSET = re.compile(r'<meta charset="utf-8"\s*/?>')


def watched(page: Path, copy: Path) -> Path:
    """Write `page` with the watcher in it to `copy`, all else as it is; return `copy`."""
    text = page.read_text(encoding="utf-8")
    found = _CHARSET.search(text)
    assert found is not None, f"{page} does not name its encoding"
    copy.write_text(text[: found.end()] + WATCHER + text[found.end() :], encoding="utf-8")
    return copy


class Engine(Protocol):
    """A browser with one tab."""

    def open(self, url: str) -> None:
        """Open an address; come back when it is loaded."""

    def evaluate(self, script: str) -> Json:
        """What the body of an async function, run in the page, returns."""

    def errors(self) -> list[str]:
        """What went wrong in the page, which has the watcher, since it was opened."""

    def heard(self, role: str, within: str) -> int:
        """How many elements that fit the selector `within` have a role for who hears them."""


class Firefox:
    """Firefox by WebDriver BiDi."""

    def __init__(self, address: str):
        # With an Origin, Firefox takes the client for a page and refuses it.
        self._socket = websocket.create_connection(
            f"{address}/session", timeout=ANSWER, suppress_origin=True
        )
        self._number = 0
        self._send("session.new", capabilities={})
        self._tab = self._send("browsingContext.getTree")["contexts"][0]["context"]

    def open(self, url: str) -> None:
        self._send("browsingContext.navigate", context=self._tab, url=url, wait="complete")

    def evaluate(self, script: str) -> Json:
        answer = self._send(
            "script.evaluate",
            expression=f"(async () => {{ {script} }})().then(JSON.stringify)",
            target={"context": self._tab},
            awaitPromise=True,
        )
        if answer["type"] == "exception":
            raise AssertionError(answer["exceptionDetails"]["text"])
        return json.loads(answer["result"].get("value", "null"))

    def errors(self) -> list[str]:
        return self.evaluate("return watched;")

    def heard(self, role: str, within: str) -> int:
        named = self._located({"type": "css", "value": within})
        return len(named & self._located({"type": "accessibility", "value": {"role": role}}))

    def _located(self, locator: Json) -> set[str]:
        answer = self._send("browsingContext.locateNodes", context=self._tab, locator=locator)
        return {one["sharedId"] for one in answer["nodes"]}

    def _send(self, method: str, **parameters: Json) -> Json:
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        self._socket.send(json.dumps(message))
        deadline = time.monotonic() + ANSWER
        while time.monotonic() < deadline:
            answer = json.loads(self._socket.recv())
            if answer.get("id") == self._number:
                if answer["type"] == "error":
                    raise AssertionError(f"{method}: {answer['message']}")
                return answer["result"]
        raise AssertionError(f"{method}: no answer in {ANSWER} seconds")


class WebKit:
    """WebKitGTK's small browser by W3C WebDriver."""

    def __init__(self, address: str, browser: Path):
        self._address = f"{address}/session"
        options = {"binary": str(browser), "args": ["--automation"]}
        answer = self._send(
            "", {"capabilities": {"alwaysMatch": {"webkitgtk:browserOptions": options}}}
        )
        self._address += f"/{answer['sessionId']}"
        self._send("/timeouts", {"script": ANSWER * 1000, "pageLoad": ANSWER * 1000})

    def open(self, url: str) -> None:
        self._send("/url", {"url": url})

    def evaluate(self, script: str) -> Json:
        body = f"""const done = arguments[arguments.length - 1];
          (async () => {{ {script} }})().then(
            (value) => done({{ value: JSON.stringify(value) ?? "null" }}),
            (problem) => done({{ problem: String(problem) }}));"""
        answer = self._send("/execute/async", {"script": body, "args": []})
        if "problem" in answer:
            raise AssertionError(answer["problem"])
        return json.loads(answer["value"])

    def errors(self) -> list[str]:
        return self.evaluate("return watched;")

    def heard(self, role: str, within: str) -> int:
        found = self._send("/elements", {"using": "css selector", "value": within})
        ids = [next(iter(one.values())) for one in found]
        roles = [self._send(f"/element/{one}/computedrole", None, "GET") for one in ids]
        return roles.count(role)

    def close(self) -> None:
        """End the browser; its driver would leave it behind."""
        self._send("", None, "DELETE")

    def _send(self, path: str, body: Json, method: str = "POST") -> Json:
        request = urllib.request.Request(
            self._address + path,
            None if body is None else json.dumps(body).encode(),
            {"Content-Type": "application/json"},
            method=method,
        )
        try:
            with urllib.request.urlopen(request, timeout=ANSWER + 10) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise AssertionError(f"{path}: {error.read().decode()}") from None


@contextmanager
def started(*command: str | Path, **options: Any) -> Iterator[subprocess.Popen[bytes]]:
    """A program that is ended after use, with all that it started."""
    process = subprocess.Popen(
        [str(word) for word in command],
        stdin=subprocess.DEVNULL,
        start_new_session=True,  # a group of its own, to end as one
        **options,
    )
    try:
        yield process
    finally:
        for sign in (signal.SIGTERM, signal.SIGKILL):
            try:
                os.killpg(process.pid, sign)
                process.wait(10)
            except (ProcessLookupError, subprocess.TimeoutExpired):
                continue


def says(process: subprocess.Popen[bytes], log: Path, pattern: str) -> str:
    """Wait until the program writes `pattern` into `log`, its output; gives its first group."""
    deadline = time.monotonic() + START
    while time.monotonic() < deadline and process.poll() is None:
        if found := re.search(pattern, log.read_text(encoding="utf-8", errors="replace")):
            return found[1]
        time.sleep(0.05)
    raise AssertionError(f"{process.args} did not start: {log.read_text(errors='replace')}")


@contextmanager
def start_firefox(folder: Path) -> Iterator[Engine]:
    """A Firefox without a window, whose profile is `folder`."""
    program = firefox()
    assert program is not None
    words = ["--headless", "--no-remote", "--remote-debugging-port=0", "--profile", folder]
    environment = {**os.environ, "HOME": str(folder)}
    # Into a file: a pipe that nobody reads would fill up and hold the browser.
    with (
        (folder / "log").open("wb") as log,
        started(program, *words, env=environment, stdout=log, stderr=log) as process,
    ):
        yield Firefox(says(process, folder / "log", r"BiDi listening on (ws://\S+)\s"))


@contextmanager
def start_webkit(folder: Path) -> Iterator[Engine]:
    """WebKitGTK's small browser on a screen that nobody sees; it keeps its files in `folder`."""
    found = webkit()
    assert found is not None
    screen = ["-displayfd", "1", "-screen", "0", "1280x900x24", "-nolisten", "tcp"]
    with (
        (folder / "log").open("wb") as log,
        started(found.xvfb, *screen, stdout=log, stderr=log) as xvfb,
    ):
        environment = {
            **os.environ,
            "DISPLAY": ":" + says(xvfb, folder / "log", r"(?m)^(\d+)\n"),
            "GDK_BACKEND": "x11",
            "HOME": str(folder),
            "LIBGL_ALWAYS_SOFTWARE": "1",
            # Its sandbox needs rights that a container does not give; it opens our pages only.
            "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",
        }
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        words = [found.driver, f"--port={port}"]
        with started(*words, env=environment, stdout=log, stderr=log) as driver:
            _listens(driver, port)
            engine = WebKit(f"http://127.0.0.1:{port}", found.browser)
            try:
                yield engine
            finally:
                engine.close()


def _listens(process: subprocess.Popen[bytes], port: int) -> None:
    """Wait until the program listens."""
    deadline = time.monotonic() + START
    while time.monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"{process.args} does not listen")


#: How each engine is started.
ENGINES: dict[str, Callable[[Path], Any]] = {"firefox": start_firefox, "webkit": start_webkit}
