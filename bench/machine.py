"""The machine: what the report says of it, and which processors do what."""

import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from portfolio.local.app_programs import WEB_WORKERS

PACKAGES = (
    "granian",
    "Flask",
    "Flask-Caching",
    "redis",
    "hiredis",
    "SQLAlchemy",
    "psycopg",
    "gunicorn",
    "Django",
    "django-redis",
)


@dataclass(frozen=True)
class Cores:
    """Processors by duty.

    Attributes:
        servers: of the web servers that are compared.
        others: of the load generator, the bench itself and, as they start, the databases.
    """

    servers: frozenset[int]
    others: frozenset[int]

    @classmethod
    def divide(cls) -> "Cores":
        """As many of their own for the servers as they have workers, where that leaves two.

        With fewer everything shares all of them.
        """
        every = sorted(os.sched_getaffinity(0))
        if len(every) >= WEB_WORKERS + 2:
            return cls(frozenset(every[-WEB_WORKERS:]), frozenset(every[:-WEB_WORKERS]))
        return cls(frozenset(every), frozenset(every))

    def load_apart(self) -> "Cores":
        """Where all are shared and there are two or more: the first for the load alone."""
        if self.servers != self.others or len(self.servers) == 1:
            return self
        first, *rest = sorted(self.servers)
        return Cores(frozenset(rest), frozenset([first]))

    def describe(self) -> str:
        """What the report says of it."""
        if self.servers & self.others:
            return (
                f"Web servers, load generator, PostgreSQL and Redis share {_count(self.servers)}, "
                "as on a small machine."
            )
        return (
            f"Web servers run on {_count(self.servers)} of their own; the load generator and "
            f"the bench itself have {_count(self.others)}."
        )


@contextmanager
def pinned(cores: frozenset[int], pid: int = 0) -> Iterator[None]:
    """Inside, this thread and whatever it starts runs on these processors, or another process."""
    before = os.sched_getaffinity(pid)
    os.sched_setaffinity(pid, cores)
    try:
        yield
    finally:
        os.sched_setaffinity(pid, before)


def foreign_load() -> float:
    """How many processes wanted a processor in the last minute, for each that there is."""
    return os.getloadavg()[0] / (os.cpu_count() or 1)


def describe_machine(cores: Cores) -> list[tuple[str, str]]:
    """Names and values for the report; nothing that says whose machine it is."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return [
        ("Processor", f"{_processor()}, {len(cores.servers | cores.others)} cores usable"),
        ("Memory", f"{memory:.0f} GiB"),
        ("System", f"{platform.system()} {platform.release()}"),
        ("Python", platform.python_version()),
        *((name, _version(name)) for name in PACKAGES),
    ]


def is_installed(package: str) -> bool:
    """Whether a distribution is there."""
    return _version(package) != "not installed"


def available_memory() -> int:
    """Bytes that can be used without swapping."""
    lines = Path("/proc/meminfo").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable"))


def _count(cores: frozenset[int]) -> str:
    return "one core" if len(cores) == 1 else f"{len(cores)} cores"


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"
