"""Everything that asks the launcher to end: signals, the terminal, and an interrupted make."""

from __future__ import annotations

import os
import select
import signal
from pathlib import Path
from types import FrameType

from portfolio.local.child import die_with_parent

POLL_SECONDS = 0.25


class StopRequested(Exception):
    """The person who started it wants it to end."""


class StopSignals:
    """Notes a request to stop; nothing is interrupted, so that every step ends in order."""

    def __init__(self) -> None:
        self.requested = False
        self._reader, self._writer = os.pipe()
        self._make: InterruptedMake | None = None

    def catch(self) -> None:
        for number in [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]:
            if number == signal.SIGHUP and signal.getsignal(number) == signal.SIG_IGN:
                continue  # nohup wants it to live on
            signal.signal(number, self._note)

    def follow_make(self) -> None:
        """End with the make that started us, even when only make itself is told to end."""
        self._make = InterruptedMake(os.getppid())
        die_with_parent(signal.SIGTERM)

    def check(self) -> None:
        """Raise StopRequested if somebody asked."""
        if self._make is not None and self._make.was_interrupted():
            self.requested = True
        if self.requested:
            raise StopRequested

    def sleep(self, seconds: float) -> None:
        """Sleep, but raise StopRequested soon after somebody asks."""
        while seconds > 0:
            self.check()
            pause = min(seconds, POLL_SECONDS)
            select.select([self._reader], [], [], pause)
            seconds -= pause
        self.check()

    def _note(self, number: int, frame: FrameType | None) -> None:
        if not self.requested:
            self.requested = True
            os.write(self._writer, b"!")


class InterruptedMake:
    """Whether make, and nobody else, was told to end.

    make does not pass SIGINT and SIGHUP on, because a terminal sends them to everybody: it takes
    its handler away and waits for us, for ever. The kernel's list of caught signals shows that.
    """

    WATCHED = (1 << (signal.SIGINT - 1)) | (1 << (signal.SIGHUP - 1))

    def __init__(self, pid: int) -> None:
        self._status = Path(f"/proc/{pid}/status")
        self._caught_at_first = self._caught()

    def was_interrupted(self) -> bool:
        return bool(self._caught_at_first & ~self._caught())

    def _caught(self) -> int:
        try:
            lines = self._status.read_text().splitlines()
        except OSError:
            return 0
        masks = [int(line.split()[1], 16) for line in lines if line.startswith("SigCgt:")]
        return masks[0] & self.WATCHED if masks else 0
