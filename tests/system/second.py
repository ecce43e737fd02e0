"""A second web server with settings of its own, on the servers of a running system."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from .conftest import System, reachable, until


@contextmanager
def second_system(system: System, **settings: str) -> Iterator[System]:
    """One granian worker on the same database, with cache keys of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    environment = {**system.environment, "CACHE_KEY_PREFIX": "second", "PORT": port, **settings}
    second = replace(system, address=f"http://127.0.0.1:{port}", environment=environment)
    web = ("granian", "--interface", "wsgi", "--port", port, "--workers", "1")
    with second.process(*web, "--blocking-threads", "8", "wsgi:application"):
        until(lambda: reachable(second))
        yield second
