"""A whole instance for a test: the launcher in a process of its own, and all below it."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

from portfolio.local.preflight import PROJECT
from portfolio.local.sockets import choose_port

START_SECONDS = 90
POLL_SECONDS = 0.02
GONE_SECONDS = 20
"""For what ends by itself at once, on a machine that stands still now and then."""


class Instance:
    """`python -m portfolio.local run` on a folder and a port."""

    def __init__(self, folder: Path, port: int, settings: dict[str, str]) -> None:
        self.folder = folder
        self.address = f"http://127.0.0.1:{port}"
        self.environment = instance_environment(folder, port) | settings
        self.block = ""
        self.launcher = subprocess.Popen(
            [sys.executable, "-m", "portfolio.local", "run"],
            cwd=PROJECT,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def wait_until_announced(self) -> None:
        """Read what it says up to the last line of the block that a start ends with."""
        self.wait_for("Ctrl-C")

    def wait_for(self, words: str) -> None:
        """Read what it says up to the line with these words."""
        assert self.launcher.stdout is not None
        for line in self.launcher.stdout:
            self.block += line
            if words in line:
                return
        raise AssertionError(f"it ended while starting:\n{self.block}")

    def command(self, name: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "portfolio.local", name],
            cwd=PROJECT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=60,
        )

    def pids(self) -> dict[str, int]:
        """Of the running programs by name, as `status` shows them."""
        rows = re.finditer(r"^(\S+) +(\d+)  running", self.command("status").stdout, re.MULTILINE)
        return {row[1]: int(row[2]) for row in rows}

    def processes(self) -> list[psutil.Process]:
        """The launcher and everything below it."""
        launcher = psutil.Process(self.launcher.pid)
        return [launcher, *launcher.children(recursive=True)]

    def end(self, number: signal.Signals) -> tuple[int, float]:
        """Send a signal to the launcher alone; its exit status and the seconds that it took."""
        started = time.monotonic()
        self.launcher.send_signal(number)
        status = self.launcher.wait(timeout=60)
        return status, time.monotonic() - started

    def kill_everything(self) -> None:
        if self.launcher.poll() is None:
            processes = self.processes()
            for process in processes:
                with suppress(psutil.NoSuchProcess):
                    process.kill()
        self.launcher.wait()
        assert self.launcher.stdout is not None
        self.launcher.stdout.close()


def instance_environment(folder: Path, port: int) -> dict[str, str]:
    """Nothing of the person who runs the tests may leak in but what finds programs."""
    inherited = {name: os.environ[name] for name in ["PATH", "HOME"] if name in os.environ}
    return {**inherited, "PORTFOLIO_VAR": str(folder), "PORT": str(port)}


@contextmanager
def starting(folder: Path, port: int, **settings: str) -> Iterator[Instance]:
    instance = Instance(folder, port, settings)
    try:
        yield instance
    finally:
        instance.kill_everything()


@contextmanager
def running(folder: Path, port: int, **settings: str) -> Iterator[Instance]:
    with starting(folder, port, **settings) as instance:
        instance.wait_until_announced()
        yield instance


def free_port() -> int:
    return choose_port()


def is_alive(process: psutil.Process) -> bool:
    """A zombie has ended; whoever adopted it just has not looked yet."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def seconds_until_gone(processes: list[psutil.Process], limit: float) -> float:
    """How long they took to end; fails with their names when that is longer than the limit."""
    started = time.monotonic()
    while left := [process for process in processes if is_alive(process)]:
        if time.monotonic() - started > limit:
            raise AssertionError(f"still alive after {limit} s: {left}")
        time.sleep(POLL_SECONDS)
    return time.monotonic() - started
