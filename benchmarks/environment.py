"""An environment of its own for what is measured beside ours, so that no lesson depends on it."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from timing import ROOT

# isort: split
from browser.drive import clean_environment, free_port

LOCK = Path(__file__).resolve().parent / "requirements-peers.txt"
FOLDER = ROOT / ".cache" / "peers-venv"
#: Those whose versions stand beside the figures.
PEERS = ("panel", "bokeh", "marimo")


def versions() -> dict[str, str]:
    """The versions of the peers, as the lock names them."""
    text = LOCK.read_text(encoding="utf-8")
    return {
        name: found[1]
        for name in PEERS
        if (found := re.search(rf"^{name}==(\S+)", text, re.MULTILINE))
    }


def python() -> Path:
    """The Python of that environment, which is made first if it is not there."""
    return made(FOLDER, [LOCK], ", ".join(PEERS))


def made(folder: Path, locks: list[Path], what: str) -> Path:
    """The Python of the environment in ``folder``, made from ``locks`` if it is not there."""
    program = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    stamp = folder / "installed.txt"
    digests = " ".join(hashlib.sha256(lock.read_bytes()).hexdigest() for lock in locks)
    wanted = f"{sys.version} {digests}"
    if not stamp.exists() or stamp.read_text(encoding="utf-8") != wanted:
        print(f"Installing {what} into {folder} ...", file=sys.stderr, flush=True)
        shutil.rmtree(folder, ignore_errors=True)
        venv.create(folder, with_pip=True)
        pip = [str(program), "-m", "pip", "install", "--disable-pip-version-check", "--quiet"]
        given = [word for lock in locks for word in ("-r", str(lock))]
        subprocess.run([*pip, "--require-hashes", *given], check=True)
        stamp.write_text(wanted, encoding="utf-8")
    return program


def variables(folder: Path) -> dict[str, str]:
    """The environment variables of a peer: our package is found, and settings go into `folder`."""
    home = {name: str(folder) for name in ("HOME", "USERPROFILE", "XDG_CONFIG_HOME")}
    home |= {name: str(folder) for name in ("XDG_CACHE_HOME", "XDG_STATE_HOME")}
    return clean_environment() | home | {"PYTHONPATH": str(ROOT / "utils")}


@contextmanager
def served(folder: Path, *arguments: str, path: str = "/") -> Iterator[str]:
    """A server of a peer (`python -m arguments`) on a free port of this computer, ended after use.

    Gives the address of `path` there. `{port}` in the arguments stands for the port.
    """
    port = free_port()
    command = [str(python()), "-m", *(argument.format(port=port) for argument in arguments)]
    address = f"http://127.0.0.1:{port}{path}"
    server = subprocess.Popen(
        command,
        cwd=folder,
        env=variables(folder),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        deadline = time.monotonic() + 60
        while not _answers(address):
            if server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"{arguments[0]} did not start: {' '.join(command)}")
            time.sleep(0.2)
        yield address
    finally:
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5):
            return True
    except (urllib.error.URLError, OSError):
        return False
