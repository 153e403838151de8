"""A lock between processes, for a file that several kernels read, change and replace."""

from __future__ import annotations

import contextlib
import errno
import os
import random
import sys
import threading
import time
from pathlib import Path
from types import TracebackType

#: Seconds that a kernel waits for the others; then it goes on without, for an answer that is told
#: late is worse than a race that is lost once in a life.
PATIENCE = 5.0
#: Seconds that a kernel stands back which had the lock just now, so that the others get in.
COURTESY = 0.003
#: What a system says of a lock that another process has.
HELD = {errno.EACCES, errno.EAGAIN, errno.EDEADLK}


class FileLock:
    """``with FileLock(path):`` lets one process at a time in, and one thread of it.

    ``path`` is a file of the lock's own, there while somebody has it (on Windows it stays). The
    system lets go of a lock whose process is killed. A thread that has the lock may take it again.
    Never raises: where a lock is impossible (a network drive, Pyodide, a folder that cannot be
    written), or another process has it for longer than ``patience`` seconds, the block runs
    without.
    """

    def __init__(self, path: Path, patience: float = PATIENCE):
        self.path, self.patience = path, patience
        self._threads = threading.RLock()
        self._depth = 0
        self._handle: int | None = None
        self._had = -COURTESY  # when it was let go of

    @property
    def held(self) -> bool:
        """Whether the lock is really there, so that no other process is inside."""
        return self._handle is not None

    def __enter__(self) -> FileLock:
        self._threads.acquire()
        try:
            if not self._depth:
                self._handle = self._wait()
            self._depth += 1
        except BaseException:  # the kernel is interrupted while it waits
            self._threads.release()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._depth -= 1
        if not self._depth and self._handle is not None:
            handle, self._handle = self._handle, None
            _release(handle, self.path)
            self._had = time.monotonic()
        self._threads.release()

    def _wait(self) -> int | None:
        if sys.platform == "emscripten":  # Pyodide's fcntl has no flock
            return None
        if time.monotonic() - self._had < COURTESY:
            time.sleep(COURTESY)
        end = time.monotonic() + self.patience
        try:
            while (handle := _take(self.path)) is None and time.monotonic() < end:
                time.sleep(random.uniform(0.0005, 0.003))
        except (OSError, ImportError):
            return None
        return handle


def _take(path: Path) -> int | None:
    """A handle of `path` that has the lock, or ``None`` while another process has it.

    Raises ``OSError`` or ``ImportError`` where there are no locks.
    """
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _lock(handle)
        # Who had the lock removes the file: a lock on what is removed keeps nobody out.
        if os.path.samestat(os.fstat(handle), os.stat(path)):
            return handle
    except FileNotFoundError:
        pass
    except OSError as error:
        if error.errno not in HELD:
            os.close(handle)
            raise
    except BaseException:
        os.close(handle)
        raise
    os.close(handle)
    return None


def _lock(handle: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _release(handle: int, path: Path) -> None:
    if sys.platform != "win32":  # there, who opens what is just removed is refused, and not told
        with contextlib.suppress(OSError):
            path.unlink()
    os.close(handle)
