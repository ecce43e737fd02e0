"""What the launcher tells the person at the terminal, who may have closed it long ago."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TextIO

DOCS_PATH = "/api/v1/docs/"


def say(line: str) -> None:
    _write(sys.stdout, line)


def complain(line: str) -> None:
    _write(sys.stderr, line)


def announce(address: str, token: str, folder: Path, environ: Mapping[str, str]) -> None:
    """The one block that a start ends with."""
    shown = (
        f"{token}  (shown this once)"
        if token
        else f"{_flask(folder, environ)} token create --scope admin"
    )
    rows = {
        "Portfolio": f"{address}/",
        "API": f"{address}{DOCS_PATH}",
        "Admin token" if token else "New token": shown,
        "Stop": "Ctrl-C, or `make stop` in another terminal",
    }
    width = max(map(len, rows))
    block = "\n".join(f"  {name:<{width}}  {value}" for name, value in rows.items())
    say(f"\n{block}\n")


def _flask(folder: Path, environ: Mapping[str, str]) -> str:
    """The flask command as it must be typed to reach this very instance."""
    prefix = f"PORTFOLIO_VAR={folder} " if environ.get("PORTFOLIO_VAR") else ""
    return f"{prefix}.venv/bin/flask"


def _write(stream: TextIO, line: str) -> None:
    """A terminal that is gone must not keep us from ending in order."""
    try:
        print(line, file=stream, flush=True)
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
