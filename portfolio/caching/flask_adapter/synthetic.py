"""The request that a shared response is computed from: a GET with nothing in it but what is keyed.

What would make one visitor's answer everybody's cannot be read in it: trying to raises.
"""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from typing import Any, NoReturn
from urllib.parse import urlencode

from flask import Request, current_app
from flask.ctx import RequestContext
from flask.sessions import SessionMixin
from werkzeug.test import EnvironBuilder

_SOMEBODYS = frozenset({"HTTP_AUTHORIZATION", "HTTP_COOKIE", "REMOTE_USER"})


class UnkeyedRead(RuntimeError):
    """A view whose response is shared has read something of one visitor's."""


def synthetic_request(
    endpoint: str | None,
    values: Mapping[str, Any] | None,
    query: Mapping[str, Any],
    base_url: str,
) -> AbstractContextManager[RequestContext]:
    """The context of a GET of an endpoint, with values for its path and its query."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    path = app.url_map.bind("localhost").build(endpoint, dict(values or {}))
    builder = EnvironBuilder(path, query_string=encode_query(query), base_url=base_url)
    try:
        environ = _Environ(builder.get_environ())
    finally:
        builder.close()
    return RequestContext(app, environ, _NobodysRequest(environ), _NobodysSession())


def encode_query(query: Mapping[str, Any]) -> str:
    """A query string; lists become repeated parameters."""
    return urlencode(
        {
            name: str(value).lower() if isinstance(value, bool) else value
            for name, value in query.items()
        },
        doseq=True,
    )


def _refuse(subject: str) -> NoReturn:
    raise UnkeyedRead(f"{subject} cannot be read where a response for everybody is computed")


class _Environ(dict[str, Any]):
    def __getitem__(self, name: str) -> Any:
        self._check(name)
        return super().__getitem__(name)

    def __contains__(self, name: object) -> bool:
        self._check(name)
        return super().__contains__(name)

    def get(self, name: str, default: Any = None) -> Any:
        self._check(name)
        return super().get(name, default)

    @staticmethod
    def _check(name: object) -> None:
        if name in _SOMEBODYS:
            _refuse(str(name))


class _NobodysRequest(Request):
    @property
    def cookies(self) -> NoReturn:
        _refuse("a cookie")

    @property
    def authorization(self) -> NoReturn:
        _refuse("an identity")


class _NobodysSession(SessionMixin):
    def __getitem__(self, key: str) -> NoReturn:
        _refuse("the session")

    def __setitem__(self, key: str, value: Any) -> NoReturn:
        _refuse("the session")

    def __delitem__(self, key: str) -> NoReturn:
        _refuse("the session")

    def __iter__(self) -> Iterator[str]:
        _refuse("the session")

    def __len__(self) -> NoReturn:
        _refuse("the session")
