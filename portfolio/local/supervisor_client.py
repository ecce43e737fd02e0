"""Talks to a running supervisord over its unix socket; starts nothing by itself."""

from __future__ import annotations

import http.client
import socket
import time
import xmlrpc.client
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ANSWER_SECONDS = 5


@dataclass(frozen=True)
class ProcessInfo:
    """One process as supervisord sees it; `pid` is 0 while it does not run."""

    group: str
    name: str
    pid: int
    state: str
    uptime: float


class SupervisorUnreachable(Exception):
    """Nobody answers on the socket, or the answer is no good."""


class SupervisorClient:
    """The few calls that are needed, over one connection; for one thread."""

    def __init__(self, socket_path: Path) -> None:
        self._transport = _UnixTransport(socket_path)
        self._proxy = xmlrpc.client.ServerProxy("http://localhost", transport=self._transport)

    def close(self) -> None:
        self._transport.close()

    def processes(self) -> list[ProcessInfo]:
        now = time.time()
        return [
            ProcessInfo(
                group=found["group"],
                name=found["name"],
                pid=found["pid"],
                state=found["statename"],
                uptime=now - found["start"] if found["pid"] else 0.0,
            )
            for found in self._call("supervisor.getAllProcessInfo")
        ]

    def start(self, group: str, name: str) -> None:
        """Start one process without waiting for it to settle."""
        self._call("supervisor.startProcess", f"{group}:{name}", False)

    def start_group(self, group: str) -> None:
        self._call("supervisor.startProcessGroup", group, False)

    def _call(self, method: str, *arguments: Any) -> Any:
        try:
            return getattr(self._proxy, method)(*arguments)
        except (OSError, http.client.HTTPException, xmlrpc.client.Error) as error:
            raise SupervisorUnreachable(str(error)) from error


class _UnixConnection(http.client.HTTPConnection):
    def __init__(self, path: Path) -> None:
        super().__init__("localhost", timeout=ANSWER_SECONDS)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(str(self._path))


class _UnixTransport(xmlrpc.client.Transport):
    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._kept: _UnixConnection | None = None

    def make_connection(self, host: Any) -> http.client.HTTPConnection:
        if self._kept is None:
            self._kept = _UnixConnection(self._path)
        return self._kept

    def close(self) -> None:
        """Called by the base class too, after every failure."""
        if self._kept is not None:
            self._kept.close()
            self._kept = None
