"""Waits until what supervisord started answers, or says why it never will."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from portfolio.local.errors import LocalRuntimeError
from portfolio.local.log_tail import LogTail
from portfolio.local.plan import ServerPlan
from portfolio.local.postgres import START_SECONDS as POSTGRES_SECONDS
from portfolio.local.postgres import prepare_database
from portfolio.local.readiness import postgres_answers, redis_answers, wait_until
from portfolio.local.redis_servers import START_SECONDS as REDIS_SECONDS
from portfolio.local.stop_signals import StopSignals
from portfolio.local.supervision import Supervision
from portfolio.local.supervisor_config import APP
from portfolio.local.var_folder import VarFolder
from portfolio.local.web_check import web_is_ready

SUPERVISOR_SECONDS = 15
WEB_SECONDS = 60


class Startup:
    """The waiting of one start; made before anything is started, to know where the logs begin."""

    def __init__(self, folder: VarFolder, supervision: Supervision, signals: StopSignals) -> None:
        self._supervision = supervision
        self._signals = signals
        names = ["supervisord", *supervision.program_names]
        self._tails = {name: LogTail(folder.log(name)) for name in names}

    def wait_for_servers(self, plan: ServerPlan) -> None:
        """All embedded servers answer, and the database exists."""
        self._wait("supervisord", self._supervision.answers, SUPERVISOR_SECONDS)
        if plan.postgres is not None:
            answers = partial(postgres_answers, plan.postgres.superuser_url)
            self._wait("postgres", answers, POSTGRES_SECONDS)
            prepare_database(plan.postgres)
        for server in [plan.redis_cache, plan.redis_durable]:
            if server is not None:
                self._wait(server.name, partial(redis_answers, server.url), REDIS_SECONDS)

    def wait_for_app(self, address: str) -> None:
        """Every process of the application has settled, and the web server is ready."""
        for name in self._supervision.names_in(APP):
            self._wait(name, partial(self._has_settled, name), WEB_SECONDS)
        self._wait("web", partial(web_is_ready, address), WEB_SECONDS)

    def _has_settled(self, name: str) -> bool:
        process = self._supervision.process(name)
        return process is not None and process.state == "RUNNING"

    def _wait(self, name: str, ready: Callable[[], bool], seconds: float) -> None:
        def hopeful() -> bool:
            self._signals.check()
            if name == "supervisord":
                return self._supervision.alive
            return self._supervision.is_hopeful(name)

        try:
            wait_until(name, ready, hopeful, seconds)
        except LocalRuntimeError as error:
            tail = self._tails[name]
            raise LocalRuntimeError(f"{error}\n{tail.read()}\nSee {tail.path}.") from None
