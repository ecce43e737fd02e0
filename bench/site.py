"""What is measured on: databases of the bench's own, the portfolio in them, and web servers."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg
import redis

from bench.content import generated_resume
from bench.machine import Cores, pinned
from bench.scale import Scale
from bench.wire import Connection, request_bytes
from portfolio.config import Settings
from portfolio.local.app_programs import app_programs
from portfolio.local.bootstrap import SAMPLE
from portfolio.local.embedded import EmbeddedServers, embedded_servers
from portfolio.local.preflight import PROJECT
from portfolio.local.program import Program
from portfolio.local.sockets import choose_port
from portfolio.local.var_folder import VarFolder

GENERATED_PROJECTS = 20
START_SECONDS = 60
WEB_THREADS: int = Settings.model_fields["WEB_THREADS"].default


class BenchError(Exception):
    """Something that is to be measured does not work."""


@dataclass(frozen=True)
class WebServer:
    """A running web server, and everything it started."""

    name: str
    port: int
    pid: int


@dataclass(frozen=True)
class Site:
    """Running databases with a portfolio in them, and how to start web servers on them.

    Attributes:
        environment: of the product's processes.
        folder: for logs and other files of this run.
    """

    scale: Scale
    cores: Cores
    servers: EmbeddedServers
    environment: Mapping[str, str]
    folder: Path

    @property
    def token(self) -> str:
        """A token that may do everything."""
        return self.environment["ADMIN_TOKEN"]

    def versions(self) -> list[tuple[str, str]]:
        """Of the databases."""
        with psycopg.connect(self.environment["DATABASE_URL"]) as connection:
            postgres = connection.info.server_version
        with redis.Redis.from_url(self.environment["REDIS_URL"]) as client:
            server = str(client.info("server")["redis_version"])
        return [("PostgreSQL", f"{postgres // 10000}.{postgres % 10000}"), ("Redis", server)]

    @contextmanager
    def granian(
        self,
        target: str,
        *,
        workers: int | None = None,
        ready: str = "/",
        environment: Mapping[str, str] | None = None,
    ) -> Iterator[WebServer]:
        """The product's web server with the product's settings, serving any WSGI callable."""
        port = choose_port()
        settings = {"HOST": "127.0.0.1", "PORT": str(port), "WEB_THREADS": str(WEB_THREADS)}
        programs = app_programs(VarFolder(self.folder), settings)
        arguments = list(next(p.arguments for p in programs if p.name == "web"))
        if workers is not None:
            arguments[arguments.index("--workers") + 1] = str(workers)
        arguments[-1] = target
        name = f"granian {target}"
        with self.web_server(name, arguments, port, ready, environment) as server:
            yield server

    @contextmanager
    def product(self, workers: int | None = None, **settings: str) -> Iterator[WebServer]:
        """The application itself."""
        started = self.granian(
            "wsgi:application", workers=workers, ready="/ready/", environment=settings or None
        )
        with started as server:
            yield server

    @contextmanager
    def web_server(
        self,
        name: str,
        arguments: list[str],
        port: int,
        ready: str,
        environment: Mapping[str, str] | None = None,
    ) -> Iterator[WebServer]:
        """A web server on its own processors, once it answers the path `ready` with 200."""
        with pinned(self.cores.servers), self.process(name, arguments, environment) as process:
            os.sched_setaffinity(0, self.cores.others)
            _wait_until_ready(name, port, ready, process)
            yield WebServer(name, port, process.pid)

    @contextmanager
    def relay(self) -> Iterator[None]:
        """The product's relay."""
        with self.process("relay", ["flask", "--app", "wsgi:app", "cache", "relay"]):
            yield

    @contextmanager
    def process(
        self, name: str, arguments: list[str], environment: Mapping[str, str] | None = None
    ) -> Iterator["subprocess.Popen[bytes]"]:
        """A Python module in a process that ends with the block."""
        program = Program(name, tuple(arguments), module=True, directory=PROJECT)
        with (self.folder / f"{name.replace('/', '-')}.log").open("ab") as log:
            process = subprocess.Popen(
                program.command(os.getpid()),
                env={**os.environ, **self.environment, **(environment or {})},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
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


@contextmanager
def open_site(scale: Scale) -> Iterator[Site]:
    """Start the databases, make the schema, import the sample and the generated projects."""
    cores = Cores.divide()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="portfolio-bench-")))
        stack.enter_context(pinned(cores.others))
        servers = stack.enter_context(embedded_servers())
        environment = {
            **servers.environment,
            "DATABASE_URL": servers.create_database("bench"),
            "SECRET_KEY": "a secret of the bench",
            "ADMIN_TOKEN": "an-admin-token-of-the-bench",
            "CACHE_KEY_PREFIX": "bench",
            "PORTFOLIO_VAR": str(folder),
            "FLASK_APP": "wsgi:app",
        }
        generated = folder / "generated.json"
        generated.write_bytes(generated_resume(GENERATED_PROJECTS))
        for step in (
            ["db", "upgrade"],
            ["portfolio", "import", str(SAMPLE)],
            ["portfolio", "import", str(generated)],
            ["token", "ensure-admin"],
        ):
            run_command(step, environment)
        yield Site(scale, cores, servers, environment, folder)


def run_command(arguments: list[str], environment: Mapping[str, str]) -> None:
    """Run `flask …`; raises BenchError when it fails."""
    done = subprocess.run(
        [sys.executable, "-m", "flask", *arguments],
        cwd=PROJECT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise BenchError(f"flask {' '.join(arguments)}: {done.stderr}")


def _wait_until_ready(name: str, port: int, path: str, process: "subprocess.Popen[bytes]") -> None:
    request = request_bytes(path, headers={"Connection": "close"})
    status = 0
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with suppress(OSError), Connection(port, 2) as connection:
            status = connection.ask(request).status
            if status == 200:
                return
        time.sleep(0.05)  # a server that starts can only be asked again
    raise BenchError(f"{name} does not answer {path} with 200 (but {status or 'not at all'})")
