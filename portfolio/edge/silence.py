"""Ends connections on which nothing comes: the server itself would wait for ever.

It does not say which connection a request came by. That is told by when its last bytes came.
"""

import os
import socket
import struct
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from time import monotonic

INEXACT = 0.5
"""The part of a wait by which its beginning and the last that was heard may lie apart: the longer
nothing comes, the less exactly its connection has to be known."""

_TIMES = struct.Struct("=8x36x3I")
"""The beginning of Linux's `struct tcp_info`, up to `tcpi_last_data_recv`: of three times the first
and the last are of use."""


@dataclass(eq=False, slots=True)
class Wait:
    """A thread that waits for bytes of a body.

    Attributes:
        address: of the sender.
        port: of ours that it sends to.
        since: when the thread began to wait, on the monotonic clock.
        given_up: whether nothing more will come.
    """

    address: str
    port: str
    since: float = 0.0
    given_up: bool = False


@dataclass(eq=False, slots=True)
class _Connection:
    socket: socket.socket
    address: str
    port: str
    heard: float


def hang_up(waits: Sequence[Wait], patience: float) -> None:
    """End, for each wait, the silent connection that it is most likely for.

    Args:
        patience: seconds for which nothing has come and nothing was sent, at least.
    """
    with ExitStack() as stack:
        silent = list(_silent_connections(stack, patience))
        for wait in waits:
            near = [one for one in silent if (one.address, one.port) == (wait.address, wait.port)]
            closest = min(near, key=lambda one: abs(one.heard - wait.since), default=None)
            apart = (monotonic() - wait.since) * INEXACT
            if closest and abs(closest.heard - wait.since) < apart:
                silent.remove(closest)
                wait.given_up = True
                with suppress(OSError):  # it has just gone
                    closest.socket.shutdown(socket.SHUT_RD)


def _silent_connections(stack: ExitStack, patience: float) -> Iterator[_Connection]:
    if sys.platform != "linux":
        return
    for number in os.listdir("/proc/self/fd"):
        with suppress(OSError):  # no socket, or one without a connection, or closed meanwhile
            connected = stack.enter_context(_duplicate(int(number)))
            if connected.family not in (socket.AF_INET, socket.AF_INET6):
                continue
            address, port = connected.getpeername()[0], connected.getsockname()[1]
            info = connected.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _TIMES.size)
            sent, _, received = (milliseconds / 1000 for milliseconds in _TIMES.unpack(info))
            if min(sent, received) > patience:
                yield _Connection(connected, address, str(port), monotonic() - received)


def _duplicate(descriptor: int) -> socket.socket:
    """A socket of one's own, so that it is still the same one when it is shut down."""
    copy = os.dup(descriptor)
    try:
        return socket.socket(fileno=copy)
    except OSError:
        os.close(copy)
        raise
