"""Opens the connection on which Redis says which keys under a prefix have changed."""

import socket
from typing import Any

import hiredis
import redis

from .answers import UNREADABLE

_CHUNK = 65536


class Tracking:
    """`CLIENT TRACKING ON BCAST PREFIX …` on a RESP3 connection of its own.

    Args:
        client: knows how to connect.
        prefix: of the keys.
    """

    def __init__(self, client: "redis.Redis", prefix: str) -> None:
        pool = client.connection_pool
        self._connection_class = pool.connection_class
        self._options = {**pool.connection_kwargs, "protocol": 3}
        self._options.pop("redis_connect_func", None)
        # The stubs know commands of one word only.
        command: Any = ("CLIENT", "TRACKING", "ON", "BCAST", "PREFIX", prefix)
        self._command = hiredis.pack_command(command)

    def connect(self) -> tuple[socket.socket, "hiredis.Reader"]:
        """A socket that does not block, and the reader of what it receives.

        Raises:
            redis.RedisError: Redis is away, or refuses.
        """
        connection = self._connection_class(**self._options)
        try:
            connection.connect()
            connected = connection._sock.dup()
        except (OSError, *UNREADABLE) as error:
            connection.disconnect()
            raise redis.ConnectionError(str(error)) from error
        connection._sock.detach()
        reader = hiredis.Reader()
        try:
            connected.settimeout(connection.socket_timeout)
            connected.sendall(self._command)
            _await_answer(connected, reader)
        except (OSError, hiredis.HiredisError) as error:
            connected.close()
            raise redis.ConnectionError(str(error)) from error
        connected.setblocking(False)
        return connected, reader


def _await_answer(connected: socket.socket, reader: "hiredis.Reader") -> None:
    # Not by redis-py: a push may follow the answer at once, and be cut in two between its reader
    # and ours. Pushes before the answer are of no use yet.
    while True:
        message = reader.gets()
        if message is False:
            data = connected.recv(_CHUNK)
            if not data:
                raise ConnectionResetError("closed by the server")
            reader.feed(data)
        elif isinstance(message, hiredis.HiredisError):
            raise message
        elif not isinstance(message, hiredis.PushNotification):
            return
