"""The commands that make a database ready for its first visitor, each in a process of its own."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Mapping

from portfolio.local.errors import LocalRuntimeError
from portfolio.local.preflight import PROJECT
from portfolio.local.program import Program
from portfolio.local.stop_signals import StopRequested, StopSignals

SAMPLE = PROJECT / "portfolio/local/sample.json"
POLL_SECONDS = 0.05


def migrate(environment: Mapping[str, str], signals: StopSignals) -> None:
    run_flask(["db", "upgrade"], environment, signals)


def import_sample(environment: Mapping[str, str], signals: StopSignals) -> None:
    run_flask(["portfolio", "import", str(SAMPLE), "--if-empty"], environment, signals)


def ensure_admin_token(environment: Mapping[str, str], signals: StopSignals) -> str:
    """The first admin token, or nothing if there was one already."""
    return run_flask(["token", "ensure-admin"], environment, signals).strip()


def run_flask(arguments: list[str], environment: Mapping[str, str], signals: StopSignals) -> str:
    """What the command printed; LocalRuntimeError with all its output if it fails."""
    command = ("flask", "--app", "wsgi:app", *arguments)
    program = Program("flask", command, module=True, directory=PROJECT)
    with tempfile.TemporaryFile("w+") as output, tempfile.TemporaryFile("w+") as errors:
        process = subprocess.Popen(  # noqa: S603 - our own command
            program.command(os.getpid()),
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=errors,
            start_new_session=True,
        )
        try:
            while process.poll() is None:
                signals.sleep(POLL_SECONDS)
        except StopRequested:
            process.kill()
            process.wait()
            raise
        output.seek(0)
        errors.seek(0)
        printed, complaints = output.read(), errors.read()
    if process.returncode != 0:
        shown = " ".join(["flask", *arguments])
        raise LocalRuntimeError(f"`{shown}` failed:\n{complaints}{printed}".rstrip())
    return printed
