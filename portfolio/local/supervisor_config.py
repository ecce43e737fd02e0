"""Renders supervisord's configuration from programs: text in, text out, nothing is started."""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from pathlib import Path

from portfolio.local.program import Program
from portfolio.local.var_folder import VarFolder

SERVERS = "servers"
APP = "app"
PRIORITIES = {SERVERS: 100, APP: 200}
"""Groups stop from the highest to the lowest, one after the other."""

LOG_BYTES = "5MB"
LOG_BACKUPS = 3
SETTLED_SECONDS = 1
RETRIES = 3


def render_configuration(
    folder: VarFolder, socket: Path, groups: dict[str, list[Program]], *, user: str | None
) -> str:
    """The whole file. Only the servers start by themselves; the launcher starts the rest.

    Paths are relative to PORTFOLIO_VAR, where supervisord works: written out they could hold a
    `#`, `;` or `%` that it would take for its own.
    """
    sections = [
        (
            "supervisord",
            {
                "nodaemon": "true",
                "silent": "true",
                "pidfile": _below(folder, folder.supervisor_pid),
                "logfile": _below(folder, folder.log("supervisord")),
                "logfile_maxbytes": LOG_BYTES,
                "logfile_backups": str(LOG_BACKUPS),
                "minfds": "256",
                "umask": "077",
                "identifier": "portfolio",
                **({"user": user} if user else {}),
            },
        ),
        ("unix_http_server", {"file": _below(folder, socket), "chmod": "0700"}),
        (
            "rpcinterface:supervisor",
            {"supervisor.rpcinterface_factory": "supervisor.rpcinterface:make_main_rpcinterface"},
        ),
    ]
    for group, programs in groups.items():
        names = ",".join(program.name for program in programs)
        if names:
            priority = str(PRIORITIES[group])
            sections.append((f"group:{group}", {"programs": names, "priority": priority}))
        for program in programs:
            section = _program_section(folder, program, autostart=group == SERVERS)
            sections.append((f"program:{program.name}", section))
    return "\n".join(_render_section(name, values.items()) for name, values in sections)


def quote_command(arguments: Iterable[str]) -> str:
    """A command that survives supervisord's ini file, its expansions and its splitting.

    A blank before `;` or `#` would begin a comment even between quotes: the quotes are closed and
    opened again in between.
    """
    words = (shlex.quote(argument) for argument in arguments)
    line = " ".join(words).replace("%", "%%")
    for mark in "#;":
        line = line.replace(f" {mark}", f" ''{mark}").replace(f"\t{mark}", f"\t''{mark}")
    return line


def _program_section(folder: VarFolder, program: Program, *, autostart: bool) -> dict[str, str]:
    return {
        "command": quote_command(program.command()),
        "autostart": "true" if autostart else "false",
        "autorestart": "true",
        "startsecs": str(SETTLED_SECONDS),
        "startretries": str(RETRIES),
        "stopsignal": program.stop_signal.removeprefix("SIG"),
        "stopwaitsecs": str(program.stop_seconds),
        "killasgroup": "true",
        "stdout_logfile": _below(folder, folder.log(program.name)),
        "stdout_logfile_maxbytes": LOG_BYTES,
        "stdout_logfile_backups": str(LOG_BACKUPS),
        "redirect_stderr": "true",
    }


def _below(folder: VarFolder, path: Path) -> str:
    return str(path.relative_to(folder.root) if path.is_relative_to(folder.root) else path)


def _render_section(name: str, values: Iterable[tuple[str, str]]) -> str:
    lines = [f"[{name}]", *(f"{key} = {value}" for key, value in values)]
    return "\n".join(lines) + "\n"
