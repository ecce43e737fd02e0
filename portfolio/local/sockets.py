"""Where unix sockets lie and which ports are free: addresses, nothing of the servers behind."""

from __future__ import annotations

import os
import random
import socket
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

from portfolio.local.account import Account, make_private_folder
from portfolio.local.errors import LocalRuntimeError

LONGEST_SOCKET_PATH = 107
SHORT_PARENT = Path("/tmp")  # noqa: S108 - the folders in it are 0700 and checked
FIRST_PORT = 20000
EPHEMERAL_RANGE = Path("/proc/sys/net/ipv4/ip_local_port_range")
USUAL_EPHEMERAL_START = 32768


def fits_socket(path: Path) -> bool:
    """The kernel takes 108 bytes with the closing zero."""
    return len(os.fsencode(path)) <= LONGEST_SOCKET_PATH


def make_socket_folder(
    preferred: Path, longest_name: str, account: Account | None, remembered: str | None = None
) -> Path:
    """A 0700 folder of that user in which a socket of that name fits.

    The preferred one, or else one of its own under /tmp: the remembered one if it is still ours,
    or a new one with a name that nobody can foresee.
    """
    if fits_socket(preferred / longest_name):
        make_private_folder(preferred, account)
        return preferred
    owner = account.uid if account else os.geteuid()
    if remembered and Path(remembered).parent == SHORT_PARENT:
        kept = Path(remembered)
        with suppress(FileExistsError):
            kept.mkdir(mode=0o700)
            make_private_folder(kept, account)
        if _is_private_folder_of(kept, owner):
            return kept
    folder = Path(tempfile.mkdtemp(prefix="portfolio-", dir=SHORT_PARENT))
    make_private_folder(folder, account)
    return folder


def remove_short_folder(folder: Path) -> None:
    """Leave nothing under /tmp; the name is remembered and taken again at the next start."""
    if folder.parent == SHORT_PARENT:
        with suppress(OSError):
            folder.rmdir()


def _is_private_folder_of(folder: Path, owner: int) -> bool:
    try:
        found = folder.lstat()
    except FileNotFoundError:
        return False
    private = stat.S_IMODE(found.st_mode) == 0o700
    return stat.S_ISDIR(found.st_mode) and found.st_uid == owner and private


def is_free_port(port: int, host: str = "127.0.0.1") -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def choose_port(remembered: int | None = None, avoid: frozenset[int] = frozenset()) -> int:
    """The remembered port if it is still free, or else a free one on loopback.

    Below the kernel's own range: a port from within can be taken by any outgoing connection
    while the server restarts, even by a client of this very server connecting to itself.
    """
    if remembered is not None and remembered not in avoid and is_free_port(remembered):
        return remembered
    candidates = list(range(FIRST_PORT, _ephemeral_start()))
    random.shuffle(candidates)
    for port in candidates:
        if port not in avoid and is_free_port(port):
            return port
    raise LocalRuntimeError(f"No port above {FIRST_PORT} is free on 127.0.0.1.")


def _ephemeral_start() -> int:
    try:
        start = int(EPHEMERAL_RANGE.read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return USUAL_EPHEMERAL_START
    return start if start > FIRST_PORT + 100 else USUAL_EPHEMERAL_START
