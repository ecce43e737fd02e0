"""A small Flask application with cached views, on real servers."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, request
from flask_caching import Cache
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import text

from portfolio.caching.flask_adapter import CacheExtension, cache_api_response
from portfolio.caching.policy import Policy, PolicyTable
from portfolio.extensions import AppSession
from portfolio.local.embedded import EmbeddedServers


@dataclass
class Mini:
    """An application, its parts, what its views have computed, and paths Flask was entered for."""

    app: Flask
    db: SQLAlchemy
    cache: CacheExtension
    flask_cache: Cache
    computed: list[Any] = field(default_factory=list)
    entered: list[str] = field(default_factory=list)

    def add(self, policy: Policy, rule: str, view: Callable[..., Any], name: str = "") -> None:
        """A cached view that notes its arguments whenever it is computed."""

        def noting(**arguments: Any) -> Any:
            self.computed.append(arguments)
            return view(**arguments)

        noting.__name__ = name or policy.name
        self.app.add_url_rule(rule, view_func=cache_api_response(policy)(noting))

    def write(self, statement: str) -> None:
        """A committed change."""
        with self.app.app_context():
            self.db.session.execute(text(statement))
            self.db.session.commit()


@contextmanager
def make_mini(
    servers: EmbeddedServers,
    database: str,
    *policies: Policy,
    send: Callable[[str, Mapping[str, Any]], bool] = lambda policy, arguments: False,
    **config: Any,
) -> Iterator[Mini]:
    """Several of one configuration stand for several processes."""
    app = Flask("mini")
    app.config.update(
        SQLALCHEMY_DATABASE_URI=database,
        REDIS_URL=servers.redis_url,
        CACHE_TYPE="portfolio.caching.flask_backend.EngineBackend",
        CACHE_KEY_PREFIX="mini",
        CACHE_TIMEOUT=0.2,
        CACHE_RETRY_INTERVAL=0.2,
        CACHE_MEMORY=1_000_000,
        CACHE_LEDGER_URL=servers.celery_broker_url,
        PUBLIC_URL="",
        SECRET_KEY="a secret of the test",
    )
    app.config.update(config)
    db = SQLAlchemy(app, session_options={"class_": AppSession})
    with app.app_context():
        extension = CacheExtension(
            app,
            db.session,
            db.engine,
            PolicyTable(*policies),
            send=send,
            absences=(LookupError,),
        )
    app.register_error_handler(LookupError, lambda _error: ({"error": "no such thing"}, 404))
    mini = Mini(app, db, extension, Cache(app))
    app.before_request(lambda: mini.entered.append(request.path))
    try:
        yield mini
    finally:
        extension.close()
        with app.app_context():
            db.engine.dispose()
