"""The port of the web server: one launcher of this machine has it, and nobody else listens there.

The web processes share their port (SO_REUSEPORT), so the kernel alone would let a second instance
share it too: visitors would see now the one and now the other.
"""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from portfolio.local.errors import LocalRuntimeError
from portfolio.local.preflight import DEFAULT_PORT, Refusal, check_port


@contextmanager
def hold_port(environ: Mapping[str, str]) -> Iterator[None]:
    """Be the one launcher of this port, whichever folder the others have.

    An abstract name of a unix socket is given to one process at a time, in the same network
    namespace as the port, and is free as soon as that process has ended, however it did.
    """
    port = int(environ.get("PORT") or DEFAULT_PORT)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as lock:
        if sys.platform == "linux":
            try:
                lock.bind(f"\0portfolio-web-port-{port}")
            except OSError as error:
                raise LocalRuntimeError(
                    f"PORT: {port} belongs to another instance that runs or is just starting "
                    f"({error.strerror}); give another, for example `PORT=8001 make run`."
                ) from None
        yield


def check_free(environ: Mapping[str, str]) -> None:
    """LocalRuntimeError if any other program listens on the port."""
    try:
        check_port(environ)
    except Refusal as refusal:
        raise LocalRuntimeError(str(refusal)) from None
