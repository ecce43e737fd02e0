"""A small Flask application with cached views, on real servers."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, request
from flask_caching import Cache
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import text

from portfolio.caching.flask_adapter import EXTENSION, CacheExtension, cache_api_response
from portfolio.caching.policy import Policy, PolicyTable
from portfolio.local.embedded import EmbeddedServers

from .flask_app import small_app


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
    with small_app(
        servers,
        database,
        PolicyTable(*policies),
        empty=False,
        config=config,
        extension_options={"send": send, "absences": (LookupError,)},
    ) as app:
        app.register_error_handler(LookupError, lambda _error: ({"error": "no such thing"}, 404))
        mini = Mini(app, app.extensions["test"].db, app.extensions[EXTENSION], Cache(app))
        app.before_request(lambda: mini.entered.append(request.path))
        yield mini
