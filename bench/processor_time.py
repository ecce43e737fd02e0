"""Processor time of a process and all that it started, from /proc."""

import os
from contextlib import suppress
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")


def family(pid: int) -> list[int]:
    """The process and its descendants that live now."""
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*"):
        with suppress(OSError):  # it may have ended meanwhile
            for child in (task / "children").read_text().split():
                found += family(int(child))
    return found


def processor_seconds(pid: int) -> float:
    """User and system time of a process and its descendants, in seconds since each began."""
    return sum(map(_own_seconds, family(pid)))


def _own_seconds(pid: int) -> float:
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return 0.0
    # The name in brackets may hold anything; what follows the last bracket is numbers.
    fields = text.rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICK
