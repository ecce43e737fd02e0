"""Makes a database ready for its first visitor: migrations, sample, and at last the admin token.

The commands are the ones that anybody can type. They run in processes of their own: the launcher
itself never imports the application.
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
from portfolio.local.readiness import wait_while
from portfolio.local.stop_signals import StopRequested, StopSignals

SAMPLE = PROJECT / "portfolio/local/sample.json"
MIGRATE = ["db", "upgrade"]
IMPORT_SAMPLE = ["portfolio", "import", str(SAMPLE), "--if-empty", "--sample"]
ENSURE_ADMIN = ["token", "ensure-admin"]
CONTENT, TOKEN = "content", "token"
POLL_SECONDS = 0.05
TOKEN_SECONDS = 3.0
"""A command that may have made a token already gets this long to say it, even when we must end."""


def prepare_content(environment: Mapping[str, str], signals: StopSignals) -> None:
    """Migrations and the sample; LocalRuntimeError with all that was said if one of them fails."""
    _run(CONTENT, environment, signals, grace=0)


def ensure_admin(environment: Mapping[str, str], signals: StopSignals) -> str:
    """The first admin token, to be shown at once, or nothing if there was one already.

    A request to stop does not tear it: what was made is returned, and nobody would see it again.
    """
    return _run(TOKEN, environment, signals, grace=TOKEN_SECONDS)


def _run(step: str, environment: Mapping[str, str], signals: StopSignals, grace: float) -> str:
    """What the step printed; a request to stop ends it after the grace."""
    arguments = ("portfolio.local.bootstrap", step)
    program = Program("bootstrap", arguments, module=True, directory=PROJECT)
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
            if not wait_while(lambda: process.poll() is None, grace):
                process.kill()
                if process.wait() != 0:  # or it had come to its end just then
                    raise
        output.seek(0)
        errors.seek(0)
        printed, complaints = output.read().strip(), errors.read().strip()
    if process.returncode != 0:
        raise LocalRuntimeError(complaints)
    return printed


def main(step: str) -> None:
    """The token goes to standard output, everything else that is said to standard error."""
    group, application = FlaskGroup(), ScriptInfo(app_import_path="wsgi:app")
    if step == TOKEN:
        run_command(group, application, ENSURE_ADMIN)
        return
    with contextlib.redirect_stdout(sys.stderr):
        run_command(group, application, MIGRATE)
        run_command(group, application, IMPORT_SAMPLE)


def run_command(group: FlaskGroup, application: ScriptInfo, arguments: list[str]) -> None:
    try:
        group.main(arguments, prog_name="flask", obj=application)
    except SystemExit as end:
        if end.code:
            raise SystemExit(f"`flask {' '.join(arguments)}` failed.") from None


if __name__ == "__main__":
    main(sys.argv[1])
