"""Starts one program so that it cannot outlive its parent.

Run as a script, by path, with the standard library alone: it must start in milliseconds, so it
must not import the package that it lies in.
"""

from __future__ import annotations

import argparse
import ctypes
import multiprocessing
import os
import runpy
import signal
import sys
from typing import Final

PR_SET_PDEATHSIG: Final = 1
PARENT_IS_SESSION_LEADER: Final = "session-leader"
GONE: Final = 70
"""Exit status of a child whose parent died before it could be followed."""


def die_with_parent(death_signal: int) -> None:
    """Ask the kernel for `death_signal` when the thread that started this process ends.

    Survives exec, but neither fork nor a change of user: call it after setuid, and again in
    every forked child. Does nothing where the kernel is not Linux.
    """
    if not sys.platform.startswith("linux"):
        return
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(PR_SET_PDEATHSIG, death_signal, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl(PR_SET_PDEATHSIG) failed")


def expected_parent(parent: str) -> int:
    return os.getsid(0) if parent == PARENT_IS_SESSION_LEADER else int(parent)


def become(account: str) -> None:
    """Drop root for good; `account` is "uid:gid"."""
    uid, gid = (int(part) for part in account.split(":"))
    os.setgroups([])
    os.setgid(gid)
    os.setuid(uid)


def minimal_environment() -> dict[str, str]:
    """For servers that run as somebody else: their environment may be read by strangers."""
    return {"PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C", "HOME": "/"}


def guard_forked_children() -> None:
    """Every process that this one forks dies with it too, even when it is killed."""
    forking_process = os.getpid()

    def remember() -> None:
        nonlocal forking_process
        forking_process = os.getpid()

    def follow() -> None:
        die_with_parent(signal.SIGKILL)
        if os.getppid() != forking_process:
            os._exit(GONE)

    # Python 3.14 would use a fork server, whose children the hook does not reach.
    multiprocessing.set_start_method("fork")
    os.register_at_fork(before=remember, after_in_child=follow)


def run_module(program: list[str]) -> None:
    """Run `python -m program[0]` in this very process, with the current folder importable."""
    sys.argv = program
    sys.path.insert(0, os.getcwd())
    runpy.run_module(program[0], run_name="__main__", alter_sys=True)


def parse_arguments(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="child.py", description=__doc__)
    parser.add_argument("--parent", required=True, help=f"a pid, or {PARENT_IS_SESSION_LEADER}")
    parser.add_argument("--death-signal", default="SIGKILL", help="sent when the parent ends")
    parser.add_argument("--directory", default="/", help="to work in")
    parser.add_argument("--account", help="uid:gid to run as")
    parser.add_argument("--minimal-environment", action="store_true")
    parser.add_argument("--module", action="store_true", help="a Python module that may fork")
    parser.add_argument("program", nargs="+")
    return parser.parse_args(arguments)


def main(arguments: list[str]) -> None:
    options = parse_arguments(arguments)
    os.chdir(options.directory)
    if options.account:
        become(options.account)
    die_with_parent(signal.Signals[options.death_signal])
    if os.getppid() != expected_parent(options.parent):
        sys.exit(GONE)
    if options.module:
        guard_forked_children()
        run_module(options.program)
        return
    environment = minimal_environment() if options.minimal_environment else dict(os.environ)
    os.execve(options.program[0], options.program, environment)  # noqa: S606 - what it is for


if __name__ == "__main__":
    main(sys.argv[1:])
