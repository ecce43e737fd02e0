"""`stop` and `status`: what another terminal wants of a running instance."""

from __future__ import annotations

import os
import signal
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from portfolio.local import terminal
from portfolio.local.data_home import remembered_data_home
from portfolio.local.launcher import RUN_FOLDER, SUPERVISOR_SOCKET
from portfolio.local.preflight import is_locked, web_address
from portfolio.local.readiness import wait_while
from portfolio.local.server_addresses import SERVER_URLS
from portfolio.local.supervisor_client import ProcessInfo, SupervisorClient, SupervisorUnreachable
from portfolio.local.var_folder import VarFolder, read_json

NOT_RUNNING = 3
STOP_SECONDS = 20.0


def stop(environ: Mapping[str, str]) -> int:
    """End the instance and wait until it has; no error if there was none."""
    folder = VarFolder.of(environ)
    if not is_locked(folder.lock):
        terminal.say(f"Nothing runs on {folder.root}.")
        return 0
    launcher = int(folder.lock.read_text())
    with suppress(ProcessLookupError):
        os.kill(launcher, signal.SIGTERM)
    if not wait_while(lambda: is_locked(folder.lock) or runs(launcher), STOP_SECONDS):
        terminal.complain(f"It did not stop within {STOP_SECONDS:.0f} seconds; see {folder.logs}.")
        return 1
    terminal.say("Stopped.")
    return 0


def runs(pid: int) -> bool:
    """A zombie does not: it only waits for its parent to look."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def status(environ: Mapping[str, str]) -> int:
    """A line for each process, then where the data is and how to get at it."""
    folder = VarFolder.of(environ)
    if not is_locked(folder.lock):
        terminal.say(f"Nothing runs on {folder.root}: start it with `make run`.")
        return NOT_RUNNING
    kept, settings = read_json(folder.kept), read_json(folder.instance)
    client = SupervisorClient(Path(kept.get(RUN_FOLDER, folder.run)) / SUPERVISOR_SOCKET)
    try:
        processes = client.processes()
    except SupervisorUnreachable:
        terminal.say(f"Starting or stopping on {folder.root}.")
        return 0
    finally:
        client.close()
    for line in process_lines(processes):
        terminal.say(line)
    terminal.say("")
    if settings:
        terminal.say(f"Address {web_address(settings['HOST'], settings['PORT'])}/")
    terminal.say(f"Folder  {folder.root}")
    terminal.say(f"Data    {remembered_data_home(folder, kept)}")
    terminal.say(f"Logs    {folder.logs}")
    for name in SERVER_URLS:
        if name in settings:
            terminal.say(f"{name}={settings[name]}")
    return 0


def process_lines(processes: list[ProcessInfo]) -> list[str]:
    rows = [("PROCESS", "PID", "STATE", "UPTIME")]
    rows += [
        (process.name, str(process.pid or "-"), process.state.lower(), show_uptime(process))
        for process in processes
    ]
    return [f"{name:<14} {pid:>8}  {state:<9} {uptime:>9}" for name, pid, state, uptime in rows]


def show_uptime(process: ProcessInfo) -> str:
    if not process.pid:
        return "-"
    minutes, seconds = divmod(int(process.uptime), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}"
