"""`python -m portfolio.local run|stop|status`: the command line of the local runtime."""

from __future__ import annotations

import argparse
import os
import signal
import sys

# Ctrl-C while the rest is still being imported ends it without a traceback.
signal.signal(signal.SIGINT, signal.SIG_DFL)

from portfolio.local import control, launcher, terminal  # noqa: E402
from portfolio.local.errors import LocalRuntimeError  # noqa: E402


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m portfolio.local", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="start everything here, until Ctrl-C")
    run.add_argument(
        "--follow-make", action="store_true", help="end when the make that started us ends"
    )
    commands.add_parser("stop", help="end the running instance and wait for it")
    commands.add_parser("status", help="processes, folders and addresses; 3 if nothing runs")
    options = parser.parse_args(arguments)
    try:
        if options.command == "run":
            return launcher.run(os.environ, follow_make=options.follow_make)
        if options.command == "stop":
            return control.stop(os.environ)
        return control.status(os.environ)
    except LocalRuntimeError as error:
        terminal.complain(str(error))
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
