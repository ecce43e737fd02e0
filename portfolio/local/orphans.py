"""Adopts every process below the launcher whose parent died, reaps it, and ends it at the end."""

from __future__ import annotations

import ctypes
import os
import signal
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

PR_SET_CHILD_SUBREAPER: Final = 36
END_SECONDS = 0.5
POLL_SECONDS = 0.01


def adopt_orphans() -> None:
    """From now on they become our children instead of the system's first process's.

    That one does not collect them in every container, and would not know whose they were.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl(PR_SET_CHILD_SUBREAPER) failed")


def reap_orphans(own: set[int]) -> None:
    """Collect those that have ended; children that we started ourselves are not touched."""
    for pid in set(_children()) - own:
        with suppress(ChildProcessError):
            os.waitpid(pid, os.WNOHANG)


def end_orphans() -> None:
    """Wait a moment for all that is left, then kill it; call it when nothing of ours is left."""
    deadline = time.monotonic() + END_SECONDS
    while _children():
        reap_orphans(set())
        if time.monotonic() > deadline:
            for pid in _children():
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
        time.sleep(POLL_SECONDS)  # a blocking wait would outlast the deadline


def _children() -> list[int]:
    """Of all our threads; empty where there is no /proc."""
    found: list[int] = []
    for thread in Path("/proc/self/task").glob("*"):
        with suppress(OSError):
            found += map(int, (thread / "children").read_text().split())
    return found
