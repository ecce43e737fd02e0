"""Makes a database ready for its first visitor: migrations, sample, admin token.

The commands are the ones that anybody can type. They run in one process of their own, which loads
the application once: the launcher itself never imports it.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping

from flask.cli import FlaskGroup, ScriptInfo

from portfolio.local.errors import LocalRuntimeError
from portfolio.local.preflight import PROJECT
from portfolio.local.program import Program
from portfolio.local.stop_signals import StopRequested, StopSignals

SAMPLE = PROJECT / "portfolio/local/sample.json"
MIGRATE = ["db", "upgrade"]
IMPORT_SAMPLE = ["portfolio", "import", str(SAMPLE), "--if-empty"]
ENSURE_ADMIN = ["token", "ensure-admin"]
POLL_SECONDS = 0.05


def prepare_content(environment: Mapping[str, str], signals: StopSignals) -> str:
    """Run the commands; the first admin token, or nothing if there was one already.

    Raises:
        LocalRuntimeError: one of them failed; the message holds all that they said.
    """
    program = Program("bootstrap", ("portfolio.local.bootstrap",), module=True, directory=PROJECT)
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
        token, complaints = output.read().strip(), errors.read().strip()
    if process.returncode != 0:
        raise LocalRuntimeError(complaints)
    return token


def main() -> None:
    """The token goes to standard output, everything else that is said to standard error."""
    group, application = FlaskGroup(), ScriptInfo(app_import_path="wsgi:app")
    with contextlib.redirect_stdout(sys.stderr):
        run_command(group, application, MIGRATE)
        run_command(group, application, IMPORT_SAMPLE)
    run_command(group, application, ENSURE_ADMIN)


def run_command(group: FlaskGroup, application: ScriptInfo, arguments: list[str]) -> None:
    try:
        group.main(arguments, prog_name="flask", obj=application)
    except SystemExit as end:
        if end.code:
            raise SystemExit(f"`flask {' '.join(arguments)}` failed.") from None


if __name__ == "__main__":
    main()
