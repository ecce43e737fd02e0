"""Having what is cached computed when no visitor waits: visits, refreshes, and their way back."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum
from typing import Any

from flask import current_app
from werkzeug.test import Client

from ..policy import PolicyError
from .synthetic import encode_query

EXTENSION = "portfolio_cache"
"""Under this name an application has its cache."""


class Mode(StrEnum):
    """What a lookup accepts from the cache."""

    SERVE = "serve"
    """What is fresh, and what is expired while it is computed anew."""
    RENEW = "renew"
    """What is fresh; nobody waits who would rather have something old."""
    REFRESH = "refresh"
    """Nothing."""


_mode: ContextVar[Mode] = ContextVar("portfolio_cache_mode", default=Mode.SERVE)
_functions: dict[str, Callable[..., Any]] = {}


def current_mode() -> Mode:
    """What lookups accept here."""
    return _mode.get()


@contextmanager
def refreshing() -> Iterator[None]:
    """Inside, everything cached is computed anew and stored, although there are valid entries."""
    with _accepting(Mode.REFRESH):
        yield


def visit(path: str) -> int:
    """Ask for a path as an anonymous visitor would, so that its entry is fresh; the status."""
    mode = Mode.RENEW if current_mode() is Mode.SERVE else current_mode()
    behind_the_front = current_app.extensions[EXTENSION].front.application
    # A context of its own: a failed visit must not leave its session to the next.
    with _accepting(mode), current_app.app_context():
        return Client(behind_the_front).get(path).status_code


def renew(policy: str, arguments: Mapping[str, Any]) -> None:
    """Compute an entry unless it is fresh.

    Raises:
        PolicyError: nothing here is cached under that policy.
        Exception: whatever the computation raises.
    """
    function = _functions.get(policy)
    if function is None:
        visit(_path(policy, arguments))
        return
    with _accepting(Mode.RENEW):
        function(**arguments)


def register_function(policy: str, function: Callable[..., Any]) -> None:
    """Say by which function a policy's entries are computed."""
    _functions[policy] = function


def _path(policy: str, arguments: Mapping[str, Any]) -> str:
    for rule in current_app.url_map.iter_rules():
        cached = getattr(current_app.view_functions[rule.endpoint], "cache_policy", None)
        fixed = (rule.defaults or {}).items()
        if cached is not None and cached.name == policy and fixed <= arguments.items():
            values = {name: arguments[name] for name in rule.arguments}
            query = {name: arguments[name] for name in arguments.keys() - rule.arguments}
            path = current_app.url_map.bind("localhost").build(rule.endpoint, values)
            return f"{path}?{encode_query(query)}" if query else path
    raise PolicyError(f"nothing is cached under {policy} here")


@contextmanager
def _accepting(mode: Mode) -> Iterator[None]:
    reset = _mode.set(mode)
    try:
        yield
    finally:
        _mode.reset(reset)
