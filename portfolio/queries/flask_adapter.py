"""The recorder of a Flask application, and the requests that statements are run for."""

from contextlib import ExitStack

from flask import Flask, current_app, request
from sqlalchemy import Engine

from portfolio.caching.folding import Folding
from portfolio.queries.ledger import QueryLedger
from portfolio.queries.recorder import Recorder
from portfolio.queries.work import watched

_EXTENSION = "portfolio_queries"
_OPEN = "portfolio.query_work"
_NOWHERE = "an unknown address"


def watch_queries(app: Flask, engine: Engine, folding: Folding) -> None:
    """Record the statements of this engine, with the request, task or command that ran them."""
    config = app.config
    ledger = QueryLedger(
        config["CELERY_BROKER_URL"], config["CACHE_KEY_PREFIX"], config["QUERY_RECORDS"]
    )
    recorder = Recorder(
        ledger,
        folding,
        slow_after=config["QUERY_SLOW_AFTER"],
        repeated_after=config["QUERY_REPEATED_AFTER"],
        kept=config["QUERY_RECORDS"],
    )
    recorder.watch(engine)
    app.extensions[_EXTENSION] = recorder
    app.before_request(_begin)
    app.teardown_request(_end)


def query_recorder() -> Recorder:
    """The running application's recorder."""
    recorder: Recorder = current_app.extensions[_EXTENSION]
    return recorder


def _begin() -> None:
    # The rule and not the path: what visitors put into paths is theirs.
    rule = request.url_rule
    stack = ExitStack()
    stack.enter_context(watched(f"{request.method} {rule.rule}" if rule else _NOWHERE))
    request.environ[_OPEN] = stack


def _end(_error: BaseException | None) -> None:
    # Requests that the cache makes up for itself end, too, and have never begun.
    stack: ExitStack | None = request.environ.pop(_OPEN, None)
    if stack is not None:
        stack.close()
