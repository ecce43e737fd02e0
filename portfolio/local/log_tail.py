"""The end of a log file, for the one who has to find out why a program did not start."""

from __future__ import annotations

from pathlib import Path

LINES = 15


class LogTail:
    """What a program wrote since this object was made."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._start = path.stat().st_size if path.exists() else 0

    def read(self) -> str:
        if not self.path.exists():
            return ""
        with self.path.open("rb") as file:
            rotated = self.path.stat().st_size < self._start
            file.seek(0 if rotated else self._start)
            lines = file.read().decode(errors="replace").splitlines()
        return "\n".join(lines[-LINES:])
