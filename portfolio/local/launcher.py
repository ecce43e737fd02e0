"""`run`: from an empty folder to a portfolio that is served, and back to nothing left running."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

from portfolio.local import bootstrap, terminal
from portfolio.local.app_programs import app_programs
from portfolio.local.errors import LocalRuntimeError
from portfolio.local.orphans import adopt_orphans, end_orphans
from portfolio.local.plan import ServerPlan, instance_settings, plan_servers
from portfolio.local.postgres import START_SECONDS as POSTGRES_SECONDS
from portfolio.local.postgres import prepare_database, remove_stale_pid_file
from portfolio.local.preflight import web_address
from portfolio.local.readiness import postgres_answers, redis_answers, wait_until
from portfolio.local.redis_servers import START_SECONDS as REDIS_SECONDS
from portfolio.local.server_check import check_given_servers
from portfolio.local.sockets import make_socket_folder
from portfolio.local.stop_signals import StopRequested, StopSignals
from portfolio.local.supervision import Supervision
from portfolio.local.supervisor_config import APP, SERVERS
from portfolio.local.var_folder import VarFolder, read_json, write_json
from portfolio.local.watch import watch
from portfolio.local.web_check import web_is_ready

SUPERVISOR_SOCKET = "supervisor.sock"
LONGEST_SOCKET_NAME = f"{SUPERVISOR_SOCKET}.4194304"
"""supervisord binds a name with its pid behind first."""

WEB_SECONDS = 60
NOT_FOR_CHILDREN = ("MAKEFLAGS", "MFLAGS", "MAKELEVEL")


def run(environ: Mapping[str, str], *, follow_make: bool) -> int:
    """The exit status; everything that was started has ended when it returns."""
    os.umask(0o077)
    signals = StopSignals()
    try:
        with ExitStack() as stack:
            stack.enter_context(signals.caught())
            if follow_make:
                signals.follow_make()
            check_given_servers(environ)
            folder = VarFolder.of(environ)
            folder.create()
            stack.enter_context(folder.hold())
            serve(folder, environ, signals, stack)
    except StopRequested:
        terminal.say("Stopped.")
        return 0
    except LocalRuntimeError as error:
        terminal.complain(str(error))
        return 1


def serve(
    folder: VarFolder, environ: Mapping[str, str], signals: StopSignals, stack: ExitStack
) -> None:
    """Start everything and watch over it; returns only by raising."""
    kept = read_json(folder.kept)
    terminal.say(f"Preparing {folder.root}")
    plan = plan_servers(folder, environ, kept)
    settings = instance_settings(folder, environ, plan, kept)
    socket = choose_supervisor_socket(folder, kept)
    write_json(folder.kept, kept)
    signals.check()

    environment = {name: value for name, value in environ.items() if name not in NOT_FOR_CHILDREN}
    environment |= settings | {"PYTHONUNBUFFERED": "1"}
    groups = {SERVERS: plan.programs, APP: app_programs(folder, settings)}
    supervision = Supervision(folder, socket, groups)
    adopt_orphans()
    stack.callback(end_everything, supervision, folder)
    if plan.postgres is not None:
        remove_stale_pid_file(plan.postgres)
    supervision.start(environment)
    wait_for_servers(plan, folder, supervision, signals)
    write_json(folder.instance, settings)

    terminal.say("Bringing the database up to date")
    bootstrap.migrate(environment, signals)
    bootstrap.import_sample(environment, signals)
    token = bootstrap.ensure_admin_token(environment, signals)

    terminal.say("Starting web, worker, beat and relay")
    address = web_address(settings["HOST"], settings["PORT"])
    supervision.start_app()
    wait_for_app(address, folder, supervision, signals)
    terminal.announce(address, token, folder.root, environ)
    watch(folder, supervision, signals)


def choose_supervisor_socket(folder: VarFolder, kept: dict[str, str]) -> Path:
    run_folder = make_socket_folder(folder.run, LONGEST_SOCKET_NAME, None, kept.get("RUN_FOLDER"))
    kept["RUN_FOLDER"] = str(run_folder)
    return run_folder / SUPERVISOR_SOCKET


def wait_for_servers(
    plan: ServerPlan, folder: VarFolder, supervision: Supervision, signals: StopSignals
) -> None:
    if plan.programs:
        terminal.say("Starting PostgreSQL and Redis")
    hopeful = Hope(folder, supervision, signals)
    if plan.postgres is not None:
        url = plan.postgres.superuser_url
        wait_until(
            "PostgreSQL", lambda: postgres_answers(url), hopeful.of("postgres"), POSTGRES_SECONDS
        )
        prepare_database(plan.postgres)
    for server in [plan.redis_cache, plan.redis_durable]:
        if server is not None:
            wait_until(server.name, lambda u=server.url: redis_answers(u), hopeful.of(server.name), REDIS_SECONDS)


def end_everything(supervision: Supervision, folder: VarFolder) -> None:
    terminal.say("Stopping …")
    supervision.stop()
    end_orphans()
    folder.instance.unlink(missing_ok=True)
