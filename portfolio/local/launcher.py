"""`run`: from an empty folder to a portfolio that is served, and back to nothing left running."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

from portfolio.local import bootstrap, terminal
from portfolio.local.app_programs import app_programs
from portfolio.local.errors import LocalRuntimeError
from portfolio.local.first_look import check_given_servers, check_settings
from portfolio.local.orphans import adopt_orphans, end_orphans
from portfolio.local.plan import embedded_names, instance_settings, plan_servers
from portfolio.local.postgres import remove_stale_locks
from portfolio.local.preflight import web_address
from portfolio.local.sockets import make_socket_folder, remove_short_folder
from portfolio.local.startup import Startup
from portfolio.local.stop_signals import StopRequested, StopSignals
from portfolio.local.supervision import Supervision
from portfolio.local.supervisor_config import APP, SERVERS
from portfolio.local.var_folder import VarFolder, read_json, write_json
from portfolio.local.watch import watch
from portfolio.local.web_port import check_free, hold_port

SUPERVISOR_SOCKET = "supervisor.sock"
LONGEST_SOCKET_NAME = f"{SUPERVISOR_SOCKET}.4194304"
"""supervisord binds a name with its pid behind first."""

RUN_FOLDER = "RUN_FOLDER"
NOT_FOR_CHILDREN = ("MAKEFLAGS", "MFLAGS", "MAKELEVEL")


def run(environ: Mapping[str, str], *, follow_make: bool) -> int:
    """The exit status; everything that was started has ended when it returns."""
    signals = StopSignals()
    try:
        with ExitStack() as stack:
            signals.catch()
            if follow_make:
                signals.follow_make()
            check_settings(environ)
            check_given_servers(environ)
            folder = VarFolder.of(environ)
            folder.create()
            os.umask(0o077)
            stack.enter_context(folder.hold())
            stack.enter_context(hold_port(environ))
            serve(folder, environ, signals, stack)
    except StopRequested:
        return 0
    except LocalRuntimeError as error:
        terminal.complain(str(error))
        return 1
    return 0


def serve(
    folder: VarFolder, environ: Mapping[str, str], signals: StopSignals, stack: ExitStack
) -> None:
    """Start everything and watch over it, until StopRequested or LocalRuntimeError."""
    if embedded := embedded_names(environ):
        terminal.say(f"Starting {' and '.join(embedded)} in {folder.root}")
    kept = read_json(folder.kept)
    plan = plan_servers(folder, environ, kept)
    settings = instance_settings(folder, environ, plan, kept)
    run_folder = make_socket_folder(folder.run, LONGEST_SOCKET_NAME, None, kept.get(RUN_FOLDER))
    kept[RUN_FOLDER] = str(run_folder)
    write_json(folder.kept, kept)

    groups = {SERVERS: plan.programs, APP: app_programs(folder, settings)}
    supervision = Supervision(folder, run_folder / SUPERVISOR_SOCKET, groups)
    startup = Startup(folder, supervision, signals)
    environment = children_environment(environ, settings)
    short_folders = [run_folder, *([plan.postgres.sockets] if plan.postgres else [])]
    stack.callback(end_everything, folder, supervision, short_folders)
    signals.check()
    adopt_orphans()
    if plan.postgres is not None:
        remove_stale_locks(plan.postgres)
    supervision.start(environment)
    startup.wait_for_servers(plan)
    write_json(folder.instance, settings)

    terminal.say("Bringing the database up to date")
    bootstrap.prepare_content(environment, signals)

    # Not before: what a launcher that was killed has left may have listened until a moment ago.
    check_free(settings)
    terminal.say("Starting web, worker, beat and relay")
    address = web_address(settings["HOST"], settings["PORT"])
    supervision.client.start_group(APP)
    startup.wait_for_app(address)
    # Last, and shown whatever happens: it cannot be seen again.
    token = bootstrap.ensure_admin(environment, signals)
    terminal.announce(address, token, folder.root, environ)
    watch(folder, supervision, signals)


def children_environment(environ: Mapping[str, str], settings: Mapping[str, str]) -> dict[str, str]:
    inherited = {name: value for name, value in environ.items() if name not in NOT_FOR_CHILDREN}
    return {**inherited, **settings, "PYTHONUNBUFFERED": "1"}


def end_everything(folder: VarFolder, supervision: Supervision, short_folders: list[Path]) -> None:
    started = time.monotonic()
    terminal.say("Stopping …")
    supervision.stop()
    end_orphans()
    folder.instance.unlink(missing_ok=True)
    for short_folder in short_folders:
        remove_short_folder(short_folder)
    terminal.say(f"Everything has stopped ({time.monotonic() - started:.1f} s).")
