"""The load generator: wrk where it is installed, else one of our own in Python."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_SCRIPT = Path(__file__).with_name("wrk.lua")
_RESULT = re.compile(r"^bench (\d+) (\d+) (\d+) (\d+)$", re.MULTILINE)


class LoadFailed(Exception):
    """The load did not run, or was not answered."""


@dataclass(frozen=True)
class Load:
    """What a load came to.

    Attributes:
        failures: requests without an answer, or with another status than 2xx and 3xx.
        p99: seconds.
    """

    requests: int
    seconds: float
    failures: int
    p99: float

    @property
    def rate(self) -> float:
        """Answers in a second."""
        return self.requests / self.seconds


def generator_name() -> str:
    """What makes the load, for the report."""
    return "wrk" if shutil.which("wrk") else "bench/generator.py (wrk is not installed)"


def run_load(port: int, path: str, connections: int, seconds: float) -> Load:
    """Ask for a path over kept connections, each as fast as it is answered.

    Raises:
        LoadFailed: the generator could not do its work.
    """
    with _started(port, path, connections, seconds) as process:
        output, errors = process.communicate()
    found = _RESULT.search(output)
    if found is None:
        raise LoadFailed(f"no result from the load generator: {output} {errors}")
    requests, micros, failures, p99 = map(int, found.groups())
    return Load(requests, micros / 1e6, failures, p99 / 1e6)


@contextmanager
def background_load(port: int, path: str, connections: int) -> Iterator[None]:
    """The same, while the block runs."""
    with _started(port, path, connections, 3600) as process:
        yield
        if process.poll() is not None:
            raise LoadFailed("the load generator ended before its time")


@contextmanager
def _started(
    port: int, path: str, connections: int, seconds: float
) -> Iterator["subprocess.Popen[str]"]:
    process = subprocess.Popen(
        _command(port, path, connections, seconds),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def _command(port: int, path: str, connections: int, seconds: float) -> list[str]:
    address = f"http://127.0.0.1:{port}{path}"
    wrk = shutil.which("wrk")
    if wrk is None or seconds < 1:
        own = [sys.executable, "-m", "bench.generator"]
        return [*own, str(port), path, str(connections), str(seconds)]
    # It takes whole seconds only.
    duration = f"{round(seconds)}s"
    options = ["--threads", "1", "--connections", str(connections), "--duration", duration]
    return [wrk, *options, "--timeout", "10s", "--script", str(_SCRIPT), address]
