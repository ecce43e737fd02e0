"""Whether the servers that were given by their addresses accept a connection.

Part of preflight.py, which the system's Python runs: the standard library alone.
"""

import socket
import threading
import urllib.parse
from collections.abc import Callable, Iterator
from functools import partial

SCHEMES = {
    "DATABASE_URL": ("postgresql", "postgresql+psycopg"),
    "REDIS_URL": ("redis", "rediss", "unix"),
    "CELERY_BROKER_URL": ("redis", "rediss"),
}
SERVER_URLS = tuple(SCHEMES)
DATABASE_SOCKET_FOLDERS = ("/var/run/postgresql", "/tmp")  # noqa: S108 - libpq's own defaults
CONNECT_SECONDS = 2

Address = tuple[str, int] | str


def parse_addresses(name: str, url: str) -> Iterator[Address]:
    """Where the server may be, each as (host, port) or as the path of a unix socket."""
    parts = urllib.parse.urlsplit(url)
    if parts.scheme not in SCHEMES[name]:
        raise ValueError("expected " + " or ".join(f"{scheme}://…" for scheme in SCHEMES[name]))
    if parts.scheme == "unix":
        yield urllib.parse.unquote(parts.path)
    elif name != "DATABASE_URL":
        yield (parts.hostname or "localhost", parts.port or 6379)
    else:
        query = dict(urllib.parse.parse_qsl(parts.query))
        location = parts.netloc.rpartition("@")[2]
        hosts = query.get("hostaddr") or query.get("host") or location
        for host in hosts.split(","):
            yield from _database_addresses(host, query.get("port", ""))


def _database_addresses(host: str, port: str) -> Iterator[Address]:
    parts = urllib.parse.urlsplit(f"//{host}" if not host.startswith("/") else "")
    number = parts.port or int(port.split(",")[0] or 5432)
    folder = urllib.parse.unquote(host if host.startswith("/") else parts.hostname or "")
    if folder.startswith("/"):
        yield f"{folder}/.s.PGSQL.{number}"
    elif parts.hostname:
        yield (parts.hostname, number)
    else:
        yield from (f"{default}/.s.PGSQL.{number}" for default in DATABASE_SOCKET_FOLDERS)


def first_problem(addresses: list[Address]) -> str | None:
    """None if one of them accepts a connection, or else what hinders the first."""
    problems = [within_seconds(partial(connect, address)) for address in addresses]
    return None if None in problems else problems[0]


def connect(address: Address) -> str | None:
    """What hinders a connection, or None."""
    shown = address if isinstance(address, str) else "{}:{}".format(*address)
    try:
        if isinstance(address, str):
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
                client.settimeout(CONNECT_SECONDS)
                client.connect(address)
        else:
            socket.create_connection(address, timeout=CONNECT_SECONDS).close()
    except OSError as error:
        return f"nobody answers at {shown} ({error.strerror or error})"
    return None


def within_seconds(call: Callable[[], str | None]) -> str | None:
    """The call's result; looking up a name has no time limit of its own."""
    results: list[str | None] = ["no answer in time, is the host's name right"]
    thread = threading.Thread(target=lambda: results.append(call()), daemon=True)
    thread.start()
    thread.join(CONNECT_SECONDS + 1)
    return results[-1]
