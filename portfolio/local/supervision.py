"""One supervisord: started, asked, and ended for certain, with everything that it runs."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from portfolio.local.program import Program
from portfolio.local.readiness import wait_while
from portfolio.local.supervisor_client import ProcessInfo, SupervisorClient, SupervisorUnreachable
from portfolio.local.supervisor_config import SERVERS, render_configuration
from portfolio.local.var_folder import VarFolder

STOP_SECONDS = 9.0
LEFTOVER_SECONDS = 12.0


class Supervision:
    """The supervisord of one instance, a child of this process in a session of its own."""

    def __init__(self, folder: VarFolder, socket: Path, groups: dict[str, list[Program]]) -> None:
        self._folder = folder
        self._socket = socket
        self._groups = groups
        self._process: subprocess.Popen[bytes] | None = None
        self.client = SupervisorClient(socket)

    @property
    def alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int:
        return self._process.pid if self._process is not None else 0

    @property
    def program_names(self) -> list[str]:
        return [program.name for programs in self._groups.values() for program in programs]

    def names_in(self, group: str) -> list[str]:
        return [program.name for program in self._groups[group]]

    def answers(self) -> bool:
        try:
            self.client.processes()
        except SupervisorUnreachable:
            return False
        return True

    def start(self, environment: Mapping[str, str]) -> None:
        """Write its configuration and start it; it starts the servers at once."""
        end_leftover(self._folder)
        self._socket.unlink(missing_ok=True)
        user = "root" if os.geteuid() == 0 else None
        text = render_configuration(self._folder, self._socket, self._groups, user=user)
        configuration = self._folder.supervisor_configuration
        write_private(configuration, text)
        arguments = (sys.executable, "-m", "supervisor.supervisord", "-c", str(configuration))
        program = Program(
            "supervisord", arguments, directory=self._folder.root, death_signal="SIGTERM"
        )
        with self._folder.log("supervisord").open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own program
                program.command(os.getpid()),
                env=dict(environment),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def process(self, name: str) -> ProcessInfo | None:
        """None while supervisord does not answer yet, or not any more."""
        with suppress(SupervisorUnreachable):
            for process in self.client.processes():
                if process.name == name:
                    return process
        return None

    def is_hopeful(self, name: str) -> bool:
        """Whether a process that does not answer yet may still do so.

        A server is given its retries: one that was killed may take a moment to let go. The
        application is not: what ends at once will do so again.
        """
        hopeful = ["STARTING", "RUNNING"] + (["BACKOFF"] if name in self.names_in(SERVERS) else [])
        process = self.process(name)
        return self.alive and (process is None or process.state in hopeful)

    def stop(self) -> None:
        """Orderly while there is time, then by force; afterwards nothing of it is left."""
        self.client.close()
        if self._process is None:
            return
        with suppress(ProcessLookupError):
            self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._socket.unlink(missing_ok=True)


def end_leftover(folder: VarFolder) -> None:
    """Wait for a supervisord whose launcher was killed: it is still ending what it runs."""
    try:
        pid = int(folder.supervisor_pid.read_text())
    except (FileNotFoundError, ValueError):
        return
    configuration = os.fsencode(folder.supervisor_configuration)

    def runs() -> bool:
        try:
            return configuration in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        except OSError:
            return False

    if not wait_while(runs, LEFTOVER_SECONDS):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    folder.supervisor_pid.unlink(missing_ok=True)


def write_private(path: Path, text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
