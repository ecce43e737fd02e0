"""Which user the database server runs as, and what that user can reach. Creates no user."""

from __future__ import annotations

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path

from portfolio.local.errors import LocalRuntimeError

UNPRIVILEGED = "nobody"


@dataclass(frozen=True)
class Account:
    name: str
    uid: int
    gid: int


def find_server_account() -> Account | None:
    """The user for PostgreSQL, which refuses to run as root; None stands for ourselves."""
    if os.geteuid() != 0:
        return None
    try:
        entry = pwd.getpwnam(UNPRIVILEGED)
    except KeyError:
        raise LocalRuntimeError(
            f"PostgreSQL refuses to run as root and this system has no user {UNPRIVILEGED!r}: "
            "run as an ordinary user, or give DATABASE_URL."
        ) from None
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def can_enter(account: Account | None, folder: Path) -> bool:
    """Whether that user passes every folder on the way; asked of the kernel, not guessed."""
    return runs_as(account, ["/bin/sh", "-c", 'cd -- "$0"', str(folder)])


def runs_as(account: Account | None, command: list[str]) -> bool:
    """Whether the command succeeds for that user."""
    try:
        result = subprocess.run(  # noqa: S603 - our own command
            command,
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
            cwd="/",
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            start_new_session=True,  # Ctrl-C must not look like a "no"
        )
    except PermissionError:
        return False
    return result.returncode == 0


def make_private_folder(folder: Path, account: Account | None) -> None:
    """A 0700 folder of that user; its parents stay as they are, and must exist."""
    folder.mkdir(mode=0o700, exist_ok=True)
    if account is not None:
        os.chown(folder, account.uid, account.gid)
    folder.chmod(0o700)
