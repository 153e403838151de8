"""Ctrl+C before the command line can answer it: nothing is half-made then, and a sentence is said.

Loaded first of all by `python -m upheaval`, before the modules that it needs are read: that takes
long enough to be broken off.
"""

from __future__ import annotations

import _signal  # type: ignore[import-not-found]  # what `signal` is made of, which loads more
import os

STOPPED = (
    "Stopped. What is finished stays as it is, and nothing half-made is left. Run the same command"
    " again to go on."
)


def stopped_while_loading(number: int, frame: object) -> None:
    """What Ctrl+C does before and after `__main__.main`, which answers it.

    Without a way back: an import turns the KeyboardInterrupt that it gets into other errors.
    """
    try:
        os.write(2, f"{STOPPED}\n".encode())
    finally:
        os._exit(128 + number)


def begin() -> None:
    """Answer from now on, unless the caller has set Ctrl+C aside; `start.py` holds it back so far.

    For the program's main thread.
    """
    if _signal.getsignal(_signal.SIGINT) is _signal.default_int_handler:
        _signal.signal(_signal.SIGINT, stopped_while_loading)
    if hasattr(_signal, "pthread_sigmask"):
        _signal.pthread_sigmask(_signal.SIG_UNBLOCK, {_signal.SIGINT})
