"""Two instances never share a port, although their web servers could."""

import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from portfolio.local.errors import LocalRuntimeError
from portfolio.local.preflight import PROJECT
from portfolio.local.web_port import check_free, hold_port
from tests.local.instance import free_port, starting

HOLDER = """
import os, sys
from portfolio.local.web_port import hold_port
with hold_port(os.environ):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_of_many_at_the_same_moment_one_has_the_port() -> None:
    environ = {"PORT": str(free_port())}
    start, end = threading.Barrier(16), threading.Barrier(16)
    outcomes: list[str] = []

    def hold() -> None:
        start.wait(10)
        try:
            with hold_port(environ):
                outcomes.append("held")
                end.wait(10)
        except LocalRuntimeError as error:
            outcomes.append(str(error))
            end.wait(10)

    threads = [threading.Thread(target=hold) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count("held") == 1
    (refusal,) = {outcome for outcome in outcomes if outcome != "held"}
    assert refusal.startswith(f"PORT: {environ['PORT']} belongs to another instance")
    with hold_port(environ), hold_port({"PORT": str(free_port())}):
        pass


def test_a_launcher_that_is_killed_lets_go_of_the_port() -> None:
    environ = {"PORT": str(free_port())}
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER],
        cwd=PROJECT,
        env=environ,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(LocalRuntimeError, match="belongs to another"), hold_port(environ):
            pass
        holder.kill()
        holder.wait()
        with hold_port(environ):
            pass


def test_a_program_that_listens_is_seen_even_if_it_would_share() -> None:
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(LocalRuntimeError, match=f"PORT: {port} on 127.0.0.1 cannot be used"):
            check_free({"PORT": str(port)})


@pytest.mark.lifecycle
def test_two_instances_that_start_together_do_not_share_a_port(tmp_path: Path) -> None:
    port = free_port()
    with starting(tmp_path / "a", port) as one, starting(tmp_path / "b", port) as two:
        ended = threading.Event()

        def wait_for(launcher: subprocess.Popen[str]) -> None:
            launcher.wait()
            ended.set()

        for instance in (one, two):
            threading.Thread(target=wait_for, args=[instance.launcher], daemon=True).start()
        assert ended.wait(60)
        refused, other = (one, two) if one.launcher.poll() is not None else (two, one)
        said, _ = refused.launcher.communicate()
        assert refused.launcher.returncode == 1
        assert said.startswith(f"PORT: {port} belongs to another instance")
        other.wait_for("Starting PostgreSQL")
        assert other.end(signal.SIGTERM)[0] == 0
