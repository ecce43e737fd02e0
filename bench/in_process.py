"""WSGI in this very process: requests as granian hands them over, answers, and their timing."""

import gc
import io
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from apiflask import APIFlask

from bench.ready_answer import ReadyAnswer
from bench.site import Site
from bench.timing import typical_seconds
from portfolio.app import create_app
from portfolio.caching.flask_adapter import EXTENSION
from portfolio.config import Settings
from portfolio.extensions import db

Application = Callable[..., Iterable[bytes]]


@contextmanager
def product_in_process(site: Site, **settings: str) -> Iterator[APIFlask]:
    """The application on the site's databases."""
    app = create_app(Settings.load({**site.environment, **settings}))
    gc.freeze()  # as wsgi.py does
    try:
        yield app
    finally:
        app.extensions[EXTENSION].close()
        with app.app_context():
            db.engine.dispose()


def make_environ(
    path: str, headers: Mapping[str, str] | None = None, method: str = "GET"
) -> dict[str, Any]:
    """A request's environ, with all that granian puts in."""
    path, _, query = path.partition("?")
    environ = {
        "SERVER_PROTOCOL": "HTTP/1.1",
        "SERVER_SOFTWARE": "granian",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "localhost:8000",
        "HTTP_USER_AGENT": "bench",
        "HTTP_ACCEPT": "*/*",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        "wsgi.input_terminated": True,
    }
    for name, value in (headers or {}).items():
        environ[f"HTTP_{name.upper().replace('-', '_')}"] = value
    return environ


def call(application: Application, environ: Mapping[str, Any]) -> ReadyAnswer:
    """The answer of a WSGI application."""
    started: list[Any] = []
    chunks = application(dict(environ), lambda *given: started.append(given))
    body = b"".join(chunks)
    status, headers = started[-1][:2]
    return ReadyAnswer(status, list(headers), body)


def seconds_per_call(application: Application, environ: Mapping[str, Any], calls: int) -> float:
    """Time of one call, the copy of the environ and the taking of the body included."""
    template = dict(environ)

    def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> None:
        pass

    def run(count: int) -> None:
        for _ in range(count):
            for _chunk in application(template.copy(), start_response):
                pass

    return typical_seconds(run, calls)
