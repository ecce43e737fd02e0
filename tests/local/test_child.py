"""Whoever kills a process, and however, its children do not stay behind."""

import os
import select
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from portfolio.local import child
from portfolio.local.account import UNPRIVILEGED, find_server_account

LIMIT_SECONDS = 10
WRAPPER = [sys.executable, "-P", child.__file__]

PARENT = """
import os, subprocess, sys
command = [word.replace("PARENT", str(os.getpid())) for word in sys.argv[1:]]
subprocess.Popen(command, pass_fds=[{descriptor}])
sys.stdin.read()
"""

FORKING = """
import os, sys, time
if os.fork() == 0 and os.fork() == 0:
    os.write({descriptor}, b"%d " % os.getpid())
    time.sleep(1000)
time.sleep(1000)
"""


class Life:
    """A pipe whose other end is held by processes: it ends when the last of them has."""

    def __init__(self) -> None:
        self._reader, self.held = os.pipe()

    def handed_over(self) -> None:
        os.close(self.held)

    def read_pid(self) -> int:
        return int(self._read())

    def wait_for_the_end(self) -> None:
        assert self._read() == b""

    def close(self) -> None:
        os.close(self._reader)

    def _read(self) -> bytes:
        readable, _, _ = select.select([self._reader], [], [], LIMIT_SECONDS)
        assert readable, "neither a word nor the end"
        return os.read(self._reader, 100)


@pytest.fixture
def life() -> Iterator[Life]:
    pipe = Life()
    yield pipe
    pipe.close()


def start_parent(life: Life, *command: str) -> subprocess.Popen[bytes]:
    script = PARENT.format(descriptor=life.held)
    parent = subprocess.Popen(
        [sys.executable, "-c", script, *command], stdin=subprocess.PIPE, pass_fds=[life.held]
    )
    life.handed_over()
    return parent


def kill(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.communicate()


def test_a_program_dies_with_its_killed_parent(life: Life) -> None:
    announce = f"echo $$ >&{life.held}; exec sleep 1000"
    parent = start_parent(life, *WRAPPER, "--parent", "PARENT", "--", "/bin/bash", "-c", announce)
    os.kill(life.read_pid(), 0)
    kill(parent)
    life.wait_for_the_end()


def test_forked_children_die_with_a_killed_module(life: Life, tmp_path: Path) -> None:
    (tmp_path / "forking.py").write_text(FORKING.format(descriptor=life.held))
    options = ["--parent", "PARENT", "--directory", str(tmp_path), "--module"]
    parent = start_parent(life, *WRAPPER, *options, "--", "forking")
    os.kill(life.read_pid(), 0)
    kill(parent)
    life.wait_for_the_end()


def test_a_parent_that_is_gone_already_is_noticed() -> None:
    stranger = ["--parent", "1", "--", "/bin/echo", "started"]
    result = subprocess.run([*WRAPPER, *stranger], capture_output=True)
    assert (result.returncode, result.stdout) == (child.GONE, b"")


def test_the_leader_of_the_session_can_be_the_parent() -> None:
    options = ["--parent", child.PARENT_IS_SESSION_LEADER, "--", "/bin/echo", "started"]
    script = "import subprocess, sys; sys.exit(subprocess.run(sys.argv[1:]).returncode)"
    leader = [sys.executable, "-c", script, *WRAPPER, *options]
    result = subprocess.run(leader, capture_output=True, start_new_session=True)
    assert (result.returncode, result.stdout) == (0, b"started\n")


def test_a_module_gets_its_arguments_and_the_folder(tmp_path: Path) -> None:
    (tmp_path / "show.py").write_text("import sys; print(sys.argv[1:], __name__)")
    options = ["--parent", str(os.getpid()), "--directory", str(tmp_path), "--module"]
    result = subprocess.run([*WRAPPER, *options, "--", "show", "--flag", "x"], capture_output=True)
    assert result.stdout == b"['--flag', 'x'] __main__\n"


def test_a_server_for_somebody_else_does_not_inherit_secrets() -> None:
    options = ["--parent", str(os.getpid()), "--minimal-environment", "--", "/usr/bin/env"]
    result = subprocess.run(
        [*WRAPPER, *options], env={**os.environ, "SECRET_KEY": "hidden"}, capture_output=True
    )
    assert result.returncode == 0
    assert b"hidden" not in result.stdout


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_another_user_is_followed_too(life: Life) -> None:
    account = find_server_account()
    assert account is not None
    assert account.name == UNPRIVILEGED
    announce = f"echo $$ >&{life.held}; exec sleep 1000"
    options = ["--parent", "PARENT", "--account", f"{account.uid}:{account.gid}"]
    parent = start_parent(life, *WRAPPER, *options, "--", "/bin/bash", "-c", announce)
    assert os.stat(f"/proc/{life.read_pid()}").st_uid == account.uid
    kill(parent)
    life.wait_for_the_end()
