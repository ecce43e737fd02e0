"""A handle on one embedded server of a test session: hang it, kill it, bring it back."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from portfolio.local.errors import LocalRuntimeError
from portfolio.local.program import Program
from portfolio.local.readiness import wait_until, wait_while

START_SECONDS = 60
END_SECONDS = 30


class ServerProcess:
    """One server, at the same address through all its restarts."""

    def __init__(
        self,
        program: Program,
        log: Path,
        answers: Callable[[], bool],
        starter: ThreadPoolExecutor,
    ) -> None:
        self._program = program
        self._log = log
        self._answers = answers
        self._starter = starter
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        if self._process is None:
            raise LocalRuntimeError(f"{self._program.name} is not running.")
        return self._process.pid

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def launch(self) -> None:
        """Start it and return at once; `wait` tells when it answers."""
        self._process = self._starter.submit(self._start_process).result()

    def wait(self) -> None:
        try:
            wait_until(self._program.name, self._answers, lambda: self.running, START_SECONDS)
        except LocalRuntimeError as error:
            raise LocalRuntimeError(f"{error}\n{self._log.read_text()}") from None

    def start(self) -> None:
        self.launch()
        self.wait()

    def suspend(self) -> None:
        """It hangs: connections stay open and are accepted, nothing is answered."""
        for pid in self._family():
            os.kill(pid, signal.SIGSTOP)

    def resume(self) -> None:
        for pid in self._family():
            with suppress(ProcessLookupError):  # a session may end as soon as the first goes on
                os.kill(pid, signal.SIGCONT)

    def kill(self) -> None:
        """As a crash: no farewell, connections refused from now on."""
        if self._process is None:
            return
        family = self._family()
        for pid in family:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self._process.wait()
        self._process = None
        # PostgreSQL does not start again while a session of before still has its memory.
        wait_while(lambda: any(Path(f"/proc/{pid}/cwd").exists() for pid in family), END_SECONDS)

    def stop(self) -> None:
        """As at the end of a day: orderly, and by force after the program's time."""
        if self._process is None:
            return
        self.resume()
        self._process.send_signal(signal.Signals[self._program.stop_signal])
        try:
            self._process.wait(self._program.stop_seconds)
        except subprocess.TimeoutExpired:
            self.kill()
        self._process = None

    def restart(self) -> None:
        """Back at the same address, with its data, whatever state it is in now."""
        self.kill()
        self.start()

    def _start_process(self) -> subprocess.Popen[bytes]:
        with self._log.open("ab") as log:
            return subprocess.Popen(  # noqa: S603 - our own program
                self._program.command(os.getpid()),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def _family(self) -> list[int]:
        """The server first, then its children: PostgreSQL has one for every connection."""
        if self._process is None or self._process.poll() is not None:
            return []
        pid = self._process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children")
        return [pid, *(int(child) for child in children.read_text().split())]
