"""A folder of pages at an address of this computer, and of no other."""

from __future__ import annotations

from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from os import PathLike
from pathlib import Path
from typing import Any

#: Windows may name other types for these, and a browser then runs no module.
_TYPES = {".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm"}


class _Quiet(SimpleHTTPRequestHandler):
    """Never from a cache, since a site may have been built anew; and no line for every file."""

    def guess_type(self, path: str | PathLike[str]) -> str:
        return _TYPES.get(Path(path).suffix) or super().guess_type(path)

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A page that could not be sent is asked for again; a traceback helps nobody."""


def server(folder: Path, port: int = 8000) -> ThreadingHTTPServer:
    """A server for `folder` at 127.0.0.1, at `port` or, if that is taken, at any free one.

    Raises ``OSError`` where this computer gives no address.
    """
    handler = partial(_Quiet, directory=str(folder))
    try:
        return _Server(("127.0.0.1", port), handler)
    except OSError:
        return _Server(("127.0.0.1", 0), handler)
