"""The application's own processes: web, worker, beat and relay, as command lines."""

from __future__ import annotations

from collections.abc import Mapping

from portfolio.local.preflight import PROJECT
from portfolio.local.program import Program
from portfolio.local.var_folder import VarFolder

WEB_WORKERS = 2
TASK_PROCESSES = 2


def app_programs(folder: VarFolder, settings: Mapping[str, str]) -> list[Program]:
    """Each may fork, so each runs as a module whose children follow it."""
    web = [
        *("granian", "--interface", "wsgi", "--host", settings["HOST"], "--port", settings["PORT"]),
        *("--workers", str(WEB_WORKERS), "--blocking-threads", settings["WEB_THREADS"]),
        *("--respawn-failed-workers", "--workers-kill-timeout", "3", "wsgi:application"),
    ]
    celery = ["celery", "-A", "celery_worker:celery"]
    worker = [
        *(*celery, "worker", "--pool", "prefork", "--concurrency", str(TASK_PROCESSES)),
        *("--loglevel", "INFO", "--without-gossip", "--without-mingle"),
    ]
    beat = [
        *(*celery, "beat", "--loglevel", "INFO", "--pidfile="),
        *("--schedule", str(folder.beat / "schedule")),
    ]
    relay = ["flask", "--app", "wsgi:app", "cache", "relay"]
    commands = {"web": web, "worker": worker, "beat": beat, "relay": relay}
    return [
        Program(
            name,
            tuple(arguments),
            module=True,
            directory=PROJECT,
            # QUIT: stop fetching, give running tasks a moment, hand the rest back to the queue.
            stop_signal="SIGQUIT" if name == "worker" else "SIGTERM",
        )
        for name, arguments in commands.items()
    ]
