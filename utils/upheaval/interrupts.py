"""Ctrl+C and its kind: what a command has started ends with it, kernels and Sphinx among them."""

from __future__ import annotations

import contextlib
import signal
import threading
import time
from collections.abc import Iterator
from types import FrameType

#: By which signal this process was asked to stop; 0 while it was not.
_stopped_by = 0
_asked_at = 0.0
_PATIENCE = 3.0
"""Seconds in which a second Ctrl+C is the same wish: it would break off the tidying up."""


def stopped_by() -> int:
    """The number of the signal that asked this process to stop; 0 where none did."""
    return _stopped_by


@contextlib.contextmanager
def handled() -> Iterator[None]:
    """Inside, a signal to stop ends the processes started here, then raises KeyboardInterrupt.

    Pools of threads wait for their work, so a kernel has to end before they can. What the caller of
    this process has set aside (nohup, a job in the background) stays set aside. Outside the main
    thread, which alone can be asked, nothing changes.
    """
    global _stopped_by
    _stopped_by = 0
    names = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
    before = {}
    if threading.current_thread() is threading.main_thread():
        for number in (getattr(signal, name) for name in names if hasattr(signal, name)):
            if signal.getsignal(number) not in (signal.SIG_IGN, None):
                before[number] = signal.signal(number, _stop)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _stop(number: int, frame: FrameType | None) -> None:
    global _stopped_by, _asked_at
    first, _stopped_by = not _stopped_by, number
    now = time.monotonic()
    if not first and now < _asked_at + _PATIENCE:
        return
    _asked_at = now
    if first:
        # Again and again: a thread may be about to start one more.
        threading.Thread(target=_end_children, daemon=True).start()
    raise KeyboardInterrupt


def _end_children() -> None:
    try:
        import psutil
    except ImportError:  # nothing is installed, so nothing was started
        return
    while _stopped_by:
        with contextlib.suppress(psutil.Error):
            for child in psutil.Process().children(recursive=True):
                with contextlib.suppress(psutil.Error):
                    child.kill()
        time.sleep(0.1)
