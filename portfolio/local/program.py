"""What a supervised program is: its command, its user and its signals. Starts nothing itself."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from portfolio.local import child
from portfolio.local.account import Account


@dataclass(frozen=True)
class Program:
    """A program as supervisord and the tests start it, always behind the wrapper `child.py`.

    `stop_signal` asks it to end, `death_signal` is what the kernel sends when its parent died.
    `module` names a Python module instead of a binary; the processes that it forks follow it.
    """

    name: str
    arguments: tuple[str, ...]
    module: bool = False
    account: Account | None = None
    minimal_environment: bool = False
    directory: Path = Path("/")
    stop_signal: str = "SIGTERM"
    stop_seconds: int = 4
    death_signal: str = "SIGKILL"

    def command(self, parent: int | None = None) -> list[str]:
        """The full command line; without a pid the parent is the leader of its session."""
        followed = child.PARENT_IS_SESSION_LEADER if parent is None else str(parent)
        wrapper = [sys.executable, "-P", child.__file__, "--parent", followed]
        wrapper += ["--death-signal", self.death_signal, "--directory", str(self.directory)]
        if self.account is not None:
            wrapper += ["--account", f"{self.account.uid}:{self.account.gid}"]
        if self.minimal_environment:
            wrapper.append("--minimal-environment")
        if self.module:
            wrapper.append("--module")
        return [*wrapper, "--", *self.arguments]
