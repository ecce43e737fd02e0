"""Round trips to Redis over idle connections of our own: a pipeline without its overhead."""

from collections import deque
from collections.abc import Sequence
from typing import Any

import redis

from ..forks import after_fork

Command = tuple[str | bytes | int, ...]


class RedisLane:
    """Sends commands together and reads their answers, one thread a connection at a time.

    Args:
        pool: knows how to connect. It is not asked for connections: it would count them, and
            what it counts it never forgets.
    """

    def __init__(self, pool: "redis.ConnectionPool") -> None:
        self._pool = pool
        self._reset()
        after_fork(self._reset)

    def _reset(self) -> None:
        self._idle: deque[Any] = deque()

    def ask(self, commands: Sequence[Command]) -> list[Any]:
        """The answer to each command; reading ones only, since they may be sent twice.

        Raises:
            redis.RedisError, OSError: there is no answer, or one of them is an error.
        """
        try:
            connection = self._idle.pop()
        except IndexError:
            return self._talk(self._connect(), commands)
        try:
            return self._talk(connection, commands)
        except redis.TimeoutError:
            raise
        except (redis.ConnectionError, OSError):
            # It was closed while it lay idle, and so were the others; a new one tells whether the
            # server is there.
            self.close()
            return self._talk(self._connect(), commands)

    def _connect(self) -> Any:
        return self._pool.connection_class(**self._pool.connection_kwargs)

    def close(self) -> None:
        """Close every idle connection."""
        while self._idle:
            self._idle.pop().disconnect()

    def _talk(self, connection: Any, commands: Sequence[Command]) -> list[Any]:
        try:
            connection.send_packed_command(connection.pack_commands(commands))
            answers = [connection.read_response() for _command in commands]
        except BaseException:
            # What is still on its way must not be taken for the answer to another question.
            connection.disconnect()
            raise
        self._idle.append(connection)
        return answers
