"""The whole system as it is run: granian with two workers and the relay, on real servers."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from portfolio.local.embedded import EmbeddedServers
from portfolio.local.program import Program
from tests.waiting import until

TOKEN = "an-admin-token-for-tests-only"
THREADS = "32"
CLIENT = httpx.Client(
    # A connection for each request, so that any web worker may get it.
    limits=httpx.Limits(max_keepalive_connections=0),
    timeout=20,
    trust_env=False,
)
SAMPLE = Path(__file__).parents[2] / "portfolio/local/sample.json"


@dataclass
class System:
    """Running processes and how to reach them."""

    address: str
    environment: dict[str, str]
    servers: EmbeddedServers

    def ask(
        self, path: str, method: str = "GET", *, token: str | None = None, **options: Any
    ) -> httpx.Response:
        """One request over a connection of its own, so that any web worker may get it."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        headers |= options.pop("headers", {})
        return CLIENT.request(method, self.address + path, headers=headers, **options)

    def ask_everyone(self, path: str, times: int = 16) -> list[httpx.Response]:
        """Enough requests on new connections that each web worker answers some."""
        return [self.ask(path) for _ in range(times)]

    def run(self, *command: str, **options: Any) -> subprocess.CompletedProcess[str]:
        """A command of the operator's, in the system's environment."""
        return subprocess.run(
            [sys.executable, "-m", *command],
            env={**os.environ, **self.environment},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
            **options,
        )

    @contextmanager
    def process(self, *command: str) -> Iterator["subprocess.Popen[bytes]"]:
        """A process that ends with the block, and with the test session."""
        program = Program("test", command, module=True, directory=Path.cwd())
        process = subprocess.Popen(
            program.command(os.getpid()),
            env={**os.environ, **self.environment},
            start_new_session=True,
        )
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(8)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@pytest.fixture(scope="session")
def system(servers: EmbeddedServers, environment: dict[str, str]) -> Iterator[System]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    settings = {
        **environment,
        "DATABASE_URL": servers.create_database("system"),
        "CACHE_KEY_PREFIX": "system",
        # Longer than a busy machine stands still, and no longer, for here servers do hang.
        "CACHE_TIMEOUT": "2.5",
        "DATABASE_LOCK_TIMEOUT": "2.5",
        "DATABASE_POOL_TIMEOUT": "2.5",
        "ADMIN_TOKEN": TOKEN,
        "PORT": port,
        "WEB_THREADS": THREADS,
        "FLASK_APP": "wsgi:app",
    }
    running = System(f"http://127.0.0.1:{port}", settings, servers)
    for step in (["db", "upgrade"], ["token", "ensure-admin"]):
        done = running.run("flask", *step)
        assert done.returncode == 0, done.stderr
    web = ("granian", "--interface", "wsgi", "--port", port, "--workers", "2")
    with (
        running.process(*web, "--blocking-threads", THREADS, "wsgi:application"),
        running.process("flask", "cache", "relay"),
    ):
        until(lambda: reachable(running))
        yield running


@pytest.fixture
def sample(system: System) -> System:
    """The system with the sample portfolio as imported, and nothing else."""
    document = json.loads(SAMPLE.read_text("utf-8"))
    answer = system.ask("/api/v1/profiles/import/", "POST", token=TOKEN, json=document)
    assert answer.is_success, answer.text
    return system


def reachable(system: System) -> bool:
    try:
        return system.ask("/ready/").status_code == 200
    except httpx.TransportError:
        return False
