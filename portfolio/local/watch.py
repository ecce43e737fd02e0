"""While everything runs: says what supervisord restarted, and does not let it give up."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from typing import NoReturn

from portfolio.local import terminal
from portfolio.local.errors import LocalRuntimeError
from portfolio.local.orphans import reap_orphans
from portfolio.local.stop_signals import StopSignals
from portfolio.local.supervision import Supervision
from portfolio.local.supervisor_client import ProcessInfo, SupervisorUnreachable
from portfolio.local.var_folder import VarFolder

LOOK_SECONDS = 1.0
TRY_AGAIN_SECONDS = 15.0


def watch(folder: VarFolder, supervision: Supervision, signals: StopSignals) -> NoReturn:
    """Until somebody asks to stop (StopRequested) or supervisord is gone (LocalRuntimeError)."""
    reporter = Reporter(folder)
    while supervision.alive:
        reap_orphans(own={supervision.pid})
        try:
            processes = supervision.client.processes()
            for process in reporter.report(processes, time.monotonic()):
                supervision.client.start(process.group, process.name)
        except SupervisorUnreachable as error:
            # Not a reason to end what still serves; a supervisord that died is seen above.
            terminal.say(f"supervisord did not answer: {error}")
        signals.sleep(LOOK_SECONDS)
    log = folder.log("supervisord")
    raise LocalRuntimeError(f"supervisord ended unexpectedly; see {log}.")


class Reporter:
    """Notices from one look to the next what has died, came back, or was given up."""

    def __init__(self, folder: VarFolder) -> None:
        self._folder = folder
        self._pids: dict[str, int] = {}
        self._given_up: dict[str, float] = {}

    def report(self, processes: Iterable[ProcessInfo], now: float) -> list[ProcessInfo]:
        """Say what is new; returns those whose time has come to be tried again."""
        return [process for process in processes if self._look(process, now)]

    def _look(self, process: ProcessInfo, now: float) -> bool:
        log = os.path.relpath(self._folder.log(process.name))
        if process.pid:
            before = self._pids.setdefault(process.name, process.pid)
            if before != process.pid:
                terminal.say(
                    f"{process.name} ended and was restarted (pid {process.pid}); see {log}"
                )
            self._pids[process.name] = process.pid
        if process.state != "FATAL":
            self._given_up.pop(process.name, None)
            return False
        if process.name not in self._given_up:
            terminal.say(f"{process.name} keeps ending; see {log}")
            self._given_up[process.name] = now
        if now - self._given_up[process.name] < TRY_AGAIN_SECONDS:
            return False
        self._given_up[process.name] = now
        return True
